"""
A few assignments of a ledger without all the others: their own events on the one definition.

Whoever asks about one assignment of ten thousand, once, as a command does, need not have the
whole list read and every event folded.  Where a glance cannot tell, it gives ``None``, and the
whole is read: so it decides nothing of its own, and every refusal is the whole ledger's.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from rectiflow.errors import RectiflowError

from .bulk_rows import plain_rows
from .definitions import Definition, definition_in
from .events import Event
from .extra import msgspec, sa
from .tables import EVENT, LEDGER

if TYPE_CHECKING:
    from collections.abc import Collection

    from rectiflow.workflow import Workflow

    from .projection import Projection

__all__ = ["events_about", "glance", "number_of"]

MOST = 50
"""For how many assignments a glance is worth while."""


def events_about(
    connection: sa.Connection, ledger_id: int, number: int, after: int = 0
) -> tuple[Event, ...]:
    """
    Read the events about one assignment, those after *after*.
    """
    facts = {"id": ledger_id, "number": number, "seq": after}
    return tuple(Event.of_body(*row) for row in connection.execute(_ABOUT, facts))


def number_of(connection: sa.Connection, ledger_id: int, row: str, unit: str) -> int | None:
    """
    Give the number of an assignment by its row and the full name of its unit.
    """
    definition = _only_definition(connection, ledger_id)
    if definition is None:
        return None
    return {key: number for number, key in enumerate(_keys(definition))}.get((row, unit))


def glance(
    connection: sa.Connection,
    ledger_id: int,
    wanted: Collection[tuple[str, str]],
    workflow: Workflow | None,
) -> Projection | None:
    """
    Give a state that holds the wanted assignments and no others; ``None`` where it cannot be told.

    Args:
        connection: In whose transaction.
        ledger_id: Of which ledger.
        wanted: Rows and units, by any of their names.
        workflow: A caller's own guards and hooks.
    """
    definition = _only_definition(connection, ledger_id) if len(wanted) <= MOST else None
    if definition is None:
        return None
    # What is wrong with a name or a body, the whole ledger says.
    with suppress(RectiflowError, LookupError, TypeError, ValueError):
        return _glanced(connection, ledger_id, definition, wanted, workflow)
    return None


def _glanced(
    connection: sa.Connection,
    ledger_id: int,
    definition: Definition,
    wanted: Collection[tuple[str, str]],
    workflow: Workflow | None,
) -> Projection:
    # These load all there is, and a history needs none of it.
    from rectiflow.ledger import Ledger  # noqa: PLC0415 -- as above

    from .campaigns import campaign_of, restored  # noqa: PLC0415 -- as above
    from .projection import Projection  # noqa: PLC0415 -- as above

    narrow = _narrowed(definition, {row for row, _ in wanted})
    campaign = campaign_of(narrow, workflow)
    of_rows = Ledger(campaign, restored(narrow, campaign))
    found = (of_rows[key] for key in wanted)
    chosen = {(each.row.id, each.unit.name): each for each in found}
    state = Projection(workflow)
    state.hold(Ledger(campaign, chosen.values()), definition.versions, _keys(definition))
    for key in chosen:
        facts = {"id": ledger_id, "number": state.numbers[key], "seq": 0}
        state.fold(plain_rows(connection, _OF_ONE, facts))
    return state


def _narrowed(definition: Definition, rows: set[str]) -> Definition:
    # The rows are told apart by their ids alone; what stands in the others is not looked at.
    head = msgspec.json.decode(definition.rl, type=dict[str, msgspec.Raw])
    listed = msgspec.json.decode(head.pop("rows"), type=list[msgspec.Raw])
    heads = [(msgspec.json.decode(each, type=_RowHead), each) for each in listed]
    sources = {each.inherited_from for each, _ in heads if each.id in rows}
    kept = [raw for each, raw in heads if each.id in rows | sources]
    return msgspec.structs.replace(
        definition,
        rl=msgspec.Raw(msgspec.json.encode({**head, "rows": kept})),
        assignments={row: definition.assignments[row] for row in sorted(rows)},
    )


class _RowHead(msgspec.Struct):
    """
    What tells a row from others, and where its bodies come from.
    """

    id: str
    inherited_from: str | None = None


def _only_definition(connection: sa.Connection, ledger_id: int) -> Definition | None:
    # Where another came later, what an event meant hangs on the one before.
    body = connection.execute(_FIRST, {"id": ledger_id}).scalar_one_or_none()
    return None if body is None else definition_in(body)


def _keys(definition: Definition) -> list[tuple[str, str]]:
    return [
        (row, entry if isinstance(entry, str) else _name(entry["unit"]))
        for row, entries in definition.assignments.items()
        for entry in entries
    ]


def _name(unit: str | dict[str, str]) -> str:
    return unit if isinstance(unit, str) else unit["name"]


_of_one = (
    EVENT.c.ledger_id == sa.bindparam("id"),
    EVENT.c.assignment == sa.bindparam("number"),
    EVENT.c.seq > sa.bindparam("seq"),
)
_ABOUT = sa.select(EVENT.c.body, EVENT.c.hash).where(*_of_one).order_by(EVENT.c.seq)
_OF_ONE = (
    sa.select(EVENT.c.seq, EVENT.c.assignment, EVENT.c.body).where(*_of_one).order_by(EVENT.c.seq)
)
_FIRST = (
    sa.select(EVENT.c.body)
    .join(LEDGER, LEDGER.c.id == EVENT.c.ledger_id)
    .where(LEDGER.c.id == sa.bindparam("id"), LEDGER.c.definition_seq == 1, EVENT.c.seq == 1)
)
