"""
Lines of a file that say what another file has said already.

A file that was applied and then changed is another request.  The rules refuse its old moves by
themselves; a decision or an event that is written down twice would count twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import attrs

from rectiflow.errors import RectiflowError
from rectiflow.refusals import Fact

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rectiflow.moves import Move
    from rectiflow.store import Event, StoredLedger

__all__ = ["LineRepeatedError", "counts_twice", "repeated"]

_COUNT_TWICE = frozenset({Fact.ADJUST, Fact.RECORD})
# For more assignments than these one pass over all events is faster.
_FEW = 20


@attrs.define(slots=False, eq=False, repr=False, kw_only=True)
class LineRepeatedError(RectiflowError, ValueError):
    """
    A line that says what was written down already, by another request.

    Attributes:
        seq: The event that says the same.
    """

    code: ClassVar[str] = "error.line-repeated"

    seq: int


def counts_twice(move: Move) -> bool:
    """
    Say whether a line, written down twice, would count twice.
    """
    return move.trigger in _COUNT_TWICE


def repeated(
    shared: StoredLedger, moves: Sequence[Move], command: str
) -> dict[int, LineRepeatedError]:
    """
    Find lines that would count twice, by their positions; none if *command* wrote them itself.
    """
    asked = {n: move for n, move in enumerate(moves) if counts_twice(move)}
    names = {(move.row, move.unit) for move in asked.values()}
    if not names:
        return {}
    written = _written(shared, names)
    if any(event.record.command == command for events in written.values() for event in events):
        return {}
    found = {}
    for n, move in asked.items():
        for event in written.get((move.row, move.unit), ()):
            if _says(event, move):
                found[n] = LineRepeatedError(seq=event.seq)
    return found


def _written(
    shared: StoredLedger, names: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], tuple[Event, ...]]:
    wanted = list(names)
    if len(wanted) <= _FEW:
        return {name: events for name in wanted if (events := _history(shared, name)) is not None}
    ledger = shared.ledger()
    by_key: dict[tuple[str, str], list[Event]] = {}
    for event in shared.events():
        if event.kind == "refused":
            # An attempt is about an assignment and has done nothing to it.
            continue
        by_key.setdefault((event.record.row, event.record.unit), []).append(event)
    known = {name: ledger[name] for name in wanted if name in ledger}
    return {
        name: tuple(by_key.get((held.row.id, held.unit.name), ())) for name, held in known.items()
    }


def _history(shared: StoredLedger, name: tuple[str, str]) -> tuple[Event, ...] | None:
    try:
        return shared.history(*name)
    except RectiflowError:
        # There is no such assignment, which the ledger itself says better.
        return None


def _says(event: Event, move: Move) -> bool:
    record = event.record
    decided = "" if move.adjustment is None else str(move.adjustment)
    told = (record.milestone, record.event, record.adjustment, record.at, record.note)
    return told == (move.milestone, move.event, decided, move.at.isoformat(), move.note)
