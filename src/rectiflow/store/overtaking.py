"""
Whether others were there before: what the caller had seen, beside what has happened since.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from rectiflow.errors import InvalidValueError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rectiflow.assignments import Assignment

    from .projection import Projection

__all__ = ["Expected", "overtaken"]

Expected = int | Mapping[tuple[str, str], int] | None
"""
Up to which event the caller had seen the ledger, or each assignment; ``None`` to write on
whatever is there.
"""


def overtaken(
    state: Projection, touched: Iterable[Assignment], expected: Expected
) -> dict[int, tuple[Assignment, int]]:
    """
    Find the assignments that moved on since the caller saw them.

    Returns:
        By number: the assignment, and the event up to which the caller had seen it.

    Raises:
        InvalidValueError: If *expected* is nothing of the kind.
    """
    if expected is None:
        return {}
    seen = _seen(state, expected)
    found: dict[int, tuple[Assignment, int]] = {}
    for each in touched:
        number = state.number(each)
        if state.seqs[number] > seen(number):
            found[number] = each, seen(number)
    return found


def _seen(state: Projection, expected: int | Mapping[tuple[str, str], int]) -> Callable[[int], int]:
    if isinstance(expected, Mapping):
        by_number = {state.number(state.ledger[key]): seq for key, seq in expected.items()}
        if not all(type(seq) is int for seq in by_number.values()):
            raise InvalidValueError("expected", dict(expected), _EXPECTED)
        return lambda number: by_number.get(number, state.seq)
    if type(expected) is not int or expected < 0:
        raise InvalidValueError("expected", expected, _EXPECTED)
    return lambda _number: expected


_EXPECTED = "the number of the last event you have seen, or one for each (row, unit)"
