"""
Where cells stand in a sheet: their references, what merges cover, what is hidden.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from .bounds import MOST_COLUMNS, MOST_ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Covered", "Shown", "place_of", "reference_of"]

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})", re.ASCII)


def place_of(reference: str) -> tuple[int, int] | None:
    """
    Give the row and column of a reference, from 0; ``None`` if it is none.

    >>> place_of("B7"), place_of("7B")
    ((6, 1), None)
    """
    match = _REFERENCE.fullmatch(reference)
    if match is None or not int(match[2]):
        return None
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def reference_of(row: int, column: int) -> str:
    """
    Write the reference of a place, counted from 0.

    >>> reference_of(6, 26)
    'AA7'
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


class Covered:
    """
    The places that merges cover, one byte a place, however many merges a file claims.
    """

    def __init__(self) -> None:
        """
        Begin with none covered.
        """
        self._places = bytearray()

    def add(self, top: int, left: int, bottom: int, right: int) -> bool:
        """
        Cover the places of a merge, its last row and column included.

        Returns:
            Whether all of them were free; if not, none is covered.
        """
        if not self._places:
            self._places = bytearray(MOST_ROWS * MOST_COLUMNS)
        width = right - left + 1
        starts = range(top * MOST_COLUMNS + left, bottom * MOST_COLUMNS + left + 1, MOST_COLUMNS)
        if any(self._places.find(1, start, start + width) != -1 for start in starts):
            return False
        for start in starts:
            self._places[start : start + width] = b"\x01" * width
        return True

    def __contains__(self, place: tuple[int, int]) -> bool:
        """
        Say whether a merge covers a place.
        """
        row, column = place
        return bool(self._places) and bool(self._places[row * MOST_COLUMNS + column])


class Shown:
    """
    Counts rows or columns without the hidden ones.
    """

    def __init__(self, hidden: Iterable[int]) -> None:
        """
        Take the numbers of what is hidden, from 0.
        """
        self._hidden = sorted(hidden)

    def before(self, number: int) -> int:
        """
        Count those before *number*.
        """
        return number - bisect_left(self._hidden, number)

    def count(self, first: int, last: int) -> int:
        """
        Count those from *first* to *last*, both included.
        """
        return self.before(last + 1) - self.before(first)
