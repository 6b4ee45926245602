"""
A point of the calendar as far as it is written, and the tokens that it is read from.
"""

from __future__ import annotations

from calendar import isleap
from typing import TYPE_CHECKING, ClassVar

import attrs

if TYPE_CHECKING:
    from .sorts import Sort
    from .tokens import Token

__all__ = ["TEN_DAYS", "Cursor", "Part", "Point", "days_in"]

TEN_DAYS = {"上旬": 1, "中旬": 2, "上中旬": 2, "下旬": 3, "中下旬": 3}
"""Which third of a month each word ends with."""


class Part:
    """
    How much of the calendar a point names; no ``Enum`` for the reason that ``Sort`` is none.
    """

    __slots__ = ()

    DAY: ClassVar[Part]
    MONTH: ClassVar[Part]
    MONTH_END: ClassVar[Part]
    MONTH_START: ClassVar[Part]
    TEN_DAY: ClassVar[Part]
    QUARTER: ClassVar[Part]
    QUARTER_END: ClassVar[Part]
    HALF: ClassVar[Part]
    HALF_END: ClassVar[Part]
    YEAR: ClassVar[Part]
    YEAR_END: ClassVar[Part]


for _name in Part.__annotations__:
    setattr(Part, _name, Part())


_DAYS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FEBRUARY = 2


def days_in(year: int, month: int) -> int:
    """
    Give the number of days of a month; ``calendar.monthrange`` finds its weekdays as well.
    """
    return _DAYS[month] + (month == _FEBRUARY and isleap(year))


@attrs.define
class Point:
    """
    A point of the calendar as far as it is written.

    Attributes:
        part: How much it names.
        first: The place of its first token, included.
        last: The place after its last token.
        year: The year; ``None`` if not written.
        years_on: Years after the year of issue (今年 is 0, 明年 is 1); ``None`` if not so written.
        month: 1 to 12; ``None`` if not written.
        day: The day of the month.
        number: Which half, quarter or third of a month.
        cuts: Every month and day that a number whose 月 was lost may be.
        lost: The characters lost, each with the folded place where it must have stood.
        is_short_year: Whether only two digits of the year are written.
    """

    part: Part
    first: int
    last: int
    year: int | None = None
    years_on: int | None = None
    month: int | None = None
    day: int | None = None
    number: int | None = None
    cuts: tuple[tuple[int, int], ...] = ()
    lost: tuple[tuple[int, str], ...] = ()
    is_short_year: bool = False

    @property
    def has_year(self) -> bool:
        """
        Whether the text says which year.
        """
        return self.year is not None or self.years_on is not None

    def is_real(self) -> bool:
        """
        Say whether there is such a month and day in its year, or in any.
        """
        if self.cuts:
            return True
        if self.month is not None and not 1 <= self.month <= 12:  # noqa: PLR2004 -- a year's months
            return False
        if self.day is None or self.month is None:
            return True
        return 1 <= self.day <= days_in(self.year or 2000, self.month)


class Cursor:
    """
    The tokens from a place on.
    """

    __slots__ = ("at", "tokens")

    def __init__(self, tokens: list[Token], at: int) -> None:
        """
        Stand at a place.
        """
        self.tokens, self.at = tokens, at

    def sort(self, ahead: int = 0) -> Sort | None:
        """
        Give the sort of a token ahead; ``None`` past the last one.
        """
        place = self.at + ahead
        return self.tokens[place].sort if place < len(self.tokens) else None

    @property
    def token(self) -> Token:
        """
        The token it stands at.
        """
        return self.tokens[self.at]
