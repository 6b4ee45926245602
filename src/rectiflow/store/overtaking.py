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
    state: Projection, touched: Iterable[Assignment | None], expected: Expected
) -> dict[int | None, tuple[Assignment | None, int]]:
    """
    Find the assignments that moved on since the caller saw them, or were redefined.

    Args:
        state: As it is now.
        touched: What is asked about; ``None`` for the definition of the whole ledger.
        expected: What the caller had seen.

    Returns:
        By number: the assignment, and the event up to which the caller had seen it.

    Raises:
        InvalidValueError: If *expected* is nothing of the kind.
    """
    if expected is None:
        return {}
    seen = _seen(state, expected)
    found: dict[int | None, tuple[Assignment | None, int]] = {}
    for each in touched:
        number = None if each is None else state.number(each)
        version = state.defined if number is None else state.version(number)
        if version > seen(number):
            found[number] = each, seen(number)
    return found


def _seen(
    state: Projection, expected: int | Mapping[tuple[str, str], int]
) -> Callable[[int | None], int]:
    if isinstance(expected, Mapping):
        by_number: dict[int | None, int] = {
            state.number(state.ledger[key]): seq for key, seq in expected.items()
        }
        for seq in by_number.values():
            _check(state, seq)
        return lambda number: by_number.get(number, state.seq)
    _check(state, expected)
    return lambda _number: expected


def _check(state: Projection, seq: object) -> None:
    # Whoever saw more than there is had another ledger before them: it guards nothing.
    if type(seq) is not int or not 0 <= seq <= state.seq:
        expected = (
            "the number of the last event you have seen, or one for each (row, unit); "
            f"the last there is is {state.seq}"
        )
        raise InvalidValueError("expected", seq, expected)
