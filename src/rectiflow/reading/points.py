"""
Points of the calendar as they are written: 2020年6月30日, 6月底, 三季度末, and damaged ones.
"""

from __future__ import annotations

from calendar import isleap
from typing import TYPE_CHECKING, ClassVar

import attrs

from .lexicon import YEARS
from .sorts import Sort

if TYPE_CHECKING:
    from .tokens import Token

__all__ = ["TEN_DAYS", "Part", "Point", "point_at"]


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


_END = frozenset({Sort.COMMA, Sort.STOP, Sort.PAUSE, Sort.CLOSE})
_CLOSING = frozenset({Sort.BEFORE, Sort.BY, Sort.TO, Sort.TIME, Sort.CLOCK, Sort.OPEN}) | _END
_ANNUAL_ENDS = frozenset({Sort.WITHIN, Sort.BOTTOM})
_MONTHS = frozenset({Sort.MONTH, Sort.MONTH_END, Sort.MONTH_START})
_FOUR_DIGITS = 4
_EIGHT_DIGITS = 8
TEN_DAYS = {"上旬": 1, "中旬": 2, "上中旬": 2, "下旬": 3, "中下旬": 3}


def _is_year(token: Token) -> bool:
    return len(token.text) == _FOUR_DIGITS and 1900 <= token.number <= 2099  # noqa: PLR2004 -- a list's years


def _cuts(digits: str, year: int | None) -> tuple[tuple[int, int], ...]:
    """
    Give every way to cut *digits* into a real month and day without leading zeros.

    A whole eight-digit date (20200630) keeps its zeros: there is one way to cut it.
    """
    if len(digits) == _FOUR_DIGITS and (digits[0] == "0" or digits[2] == "0"):
        ways = [(digits[:2], digits[2:])]
    else:
        ways = [(digits[:at], digits[at:]) for at in range(1, len(digits))]
        ways = [(m, d) for m, d in ways if m[0] != "0" and d[:1] not in {"", "0"}]
    found = []
    for m, d in ways:
        month, day = int(m), int(d)
        if 1 <= month <= 12 and 1 <= day <= days_in(year or 2000, month):  # noqa: PLR2004 -- a year's months
            found.append((month, day))
    return tuple(found)


class _Cursor:
    """
    The tokens from a place on.
    """

    __slots__ = ("at", "tokens")

    def __init__(self, tokens: list[Token], at: int) -> None:
        self.tokens, self.at = tokens, at

    def sort(self, ahead: int = 0) -> Sort | None:
        place = self.at + ahead
        return self.tokens[place].sort if place < len(self.tokens) else None

    @property
    def token(self) -> Token:
        return self.tokens[self.at]


def point_at(tokens: list[Token], at: int) -> Point | None:
    """
    Read the point that begins at a token; ``None`` if none does, or past the last token.
    """
    if at >= len(tokens):
        return None
    cursor = _Cursor(tokens, at)
    match tokens[at].sort:
        case Sort.NUMBER:
            point = _from_number(cursor)
        case Sort.DOTTED:
            point = _dotted(cursor)
        case Sort.MONTH_DAY:
            point = _month_day(cursor)
        case Sort.RELATIVE_YEAR:
            point = _relative(cursor)
        case _:
            point = _within_year(cursor, Point(Part.YEAR, at, at))
            if point is not None and point.part is Part.YEAR:
                point = None
    if point is not None:
        point.last = cursor.at
    return point


def _dotted(cursor: _Cursor) -> Point | None:
    text = cursor.token.text
    year, month, *days = (int(part) for part in text.replace("/", ".").replace("-", ".").split("."))
    point = Point(Part.MONTH, cursor.at, cursor.at, year=year, month=month)
    cursor.at += 1
    if not days:
        if cursor.sort() in _MONTHS:
            cursor.at -= 1  # 2021.9月底
            _month(cursor, point)
            point.month = month
            return point
        if cursor.sort() is Sort.BOTTOM:
            point.part = Part.MONTH_END
            cursor.at += 1
        return point
    point.part, point.day = Part.DAY, days[0]
    if cursor.sort() is Sort.DAY:
        cursor.at += 1
    return point


def _month_day(cursor: _Cursor) -> Point:
    month, day = map(int, cursor.token.text.split("."))
    point = Point(Part.DAY, cursor.at, cursor.at, month=month, day=day)
    cursor.at += 1 + (cursor.sort(1) is Sort.DAY)
    return point


def _relative(cursor: _Cursor) -> Point | None:
    point = Point(Part.YEAR, cursor.at, cursor.at, years_on=YEARS[cursor.token.text])
    cursor.at += 1
    return _within_year(cursor, point)


def _from_number(cursor: _Cursor) -> Point | None:
    token, start = cursor.token, cursor.at
    following = cursor.sort(1)
    point = Point(Part.YEAR, start, start)
    if following is Sort.YEAR or following is Sort.YEAR_END:
        return _with_year(cursor, point)
    if following is Sort.ANNUAL and _is_year(token) and cursor.sort(2) in _ANNUAL_ENDS:
        # 2021年度内, 2021年度末
        point.year, point.part, cursor.at = token.number, Part.YEAR_END, start + 2
        cursor.at += cursor.sort() is Sort.BOTTOM
        return point
    if following in _MONTHS:
        return _lost_year(cursor, point) if len(token.text) > 2 else _month(cursor, point)  # noqa: PLR2004 -- a month's digits
    if following is Sort.TO and cursor.sort(2) is Sort.NUMBER and cursor.sort(3) in _MONTHS:
        return _shared_month(cursor, point)
    if following is Sort.DAY:
        return _lost_month(cursor, point)
    if following is Sort.QUARTER or following is Sort.QUARTER_END:
        return _quarter(cursor, point)
    if _is_year(token) and following is Sort.HALF:
        point.year, cursor.at = token.number, start + 1
        point.lost = ((token.last, "年"),)
        return _within_year(cursor, point)
    if following is Sort.BOTTOM:
        return _lost_before_bottom(cursor, point)
    if following is Sort.BEFORE and len(token.text) in {6, 7, 8} and token.text.isdecimal():
        return _compact(cursor, point)
    if len(token.text) == _EIGHT_DIGITS and (following is None or following in _CLOSING):
        return _compact(cursor, point) if _cuts(token.text[4:], None) else None
    return None


def _with_year(cursor: _Cursor, point: Point) -> Point | None:
    token = cursor.token
    if not _is_year(token):
        is_short = len(token.text) == 2 and token.text.isdecimal()  # noqa: PLR2004 -- 20年6月
        if not (is_short and cursor.sort(2) is Sort.NUMBER and cursor.sort(3) in _MONTHS):
            return None
        point.is_short_year = True
        point.year = 2000 + token.number
    else:
        point.year = token.number
    if cursor.sort(1) is Sort.YEAR_END:
        cursor.at += 2
        point.part = Part.YEAR_END
        return point
    cursor.at += 2
    return _within_year(cursor, point)


def _within_year(cursor: _Cursor, point: Point) -> Point | None:
    """
    Read what of a year is named; the year, if any, has been passed.
    """
    sort = cursor.sort()
    if sort is Sort.YEAR_END or (sort is Sort.BOTTOM and point.has_year):
        point.part = Part.YEAR_END
        cursor.at += 1
    elif sort is Sort.HALF:
        point.part, point.number = Part.HALF, 1 if cursor.token.text == "上半年" else 2
        cursor.at += 1
        if cursor.sort() is Sort.BOTTOM:
            cursor.at += 1
    elif sort is Sort.ORDINAL and cursor.sort(1) is Sort.NUMBER:
        cursor.at += 1
        return _quarter(cursor, point)
    elif sort is Sort.QUARTER_END and not point.has_year:
        point.part = Part.QUARTER_END
        cursor.at += 1
    elif sort is Sort.MONTH_END and not point.has_year:
        point.part = Part.MONTH_END
        cursor.at += 1
    elif sort is Sort.NUMBER and point.has_year:
        following = cursor.sort(1)
        if following in _MONTHS:
            return _month(cursor, point)
        if following is Sort.QUARTER or following is Sort.QUARTER_END:
            return _quarter(cursor, point)
        if following is Sort.DAY:
            return _lost_month(cursor, point)
        if following is Sort.TO and cursor.sort(2) is Sort.NUMBER and cursor.sort(3) in _MONTHS:
            return _shared_month(cursor, point)
        if following is Sort.BOTTOM and cursor.token.number <= 12:  # noqa: PLR2004 -- a year's months
            point.month, point.part = cursor.token.number, Part.MONTH_END
            point.lost = (*point.lost, (cursor.token.last, "月"))
            cursor.at += 2
    elif sort is Sort.ANNUAL:
        return None
    return point


def _shared_month(cursor: _Cursor, point: Point) -> Point | None:
    """
    Read the first of 6-9月: a month whose 月 stands with the last of its span.
    """
    if not 1 <= cursor.token.number <= 12:  # noqa: PLR2004 -- a year's months
        return None
    point.month, point.part = cursor.token.number, Part.MONTH
    cursor.at += 1
    return point


def _quarter(cursor: _Cursor, point: Point) -> Point | None:
    if cursor.sort(1) not in {Sort.QUARTER, Sort.QUARTER_END} or not 1 <= cursor.token.number <= 4:  # noqa: PLR2004 -- a year's quarters
        return None
    point.number = cursor.token.number
    point.part = Part.QUARTER_END if cursor.sort(1) is Sort.QUARTER_END else Part.QUARTER
    cursor.at += 2
    if cursor.sort() is Sort.BOTTOM:
        point.part = Part.QUARTER_END
        cursor.at += 1
    return point


def _month(cursor: _Cursor, point: Point) -> Point | None:
    point.month, point.part = cursor.token.number, Part.MONTH
    if cursor.sort(1) is Sort.MONTH_END:
        cursor.at += 2
        point.part = Part.MONTH_END
        return point
    if cursor.sort(1) is Sort.MONTH_START:
        cursor.at += 2
        point.part = Part.MONTH_START
        return point
    cursor.at += 2
    sort = cursor.sort()
    if sort is Sort.BOTTOM or sort is Sort.MONTH_END:
        point.part = Part.MONTH_END
        cursor.at += 1
    elif sort is Sort.TEN_DAY:
        point.part, point.number = Part.TEN_DAY, TEN_DAYS[cursor.token.text]
        cursor.at += 1
    elif sort is Sort.NUMBER:
        _day(cursor, point)
    return point


def _day(cursor: _Cursor, point: Point) -> None:
    token, following = cursor.token, cursor.sort(1)
    if following is Sort.DAY:
        point.part, point.day = Part.DAY, token.number
        cursor.at += 2
    elif following is Sort.TO and cursor.sort(2) is Sort.NUMBER and cursor.sort(3) is Sort.DAY:
        # 6月1-30日: the 日 stands with the last of the span.
        point.part, point.day = Part.DAY, token.number
        cursor.at += 1
    elif token.number <= 31 and (following is None or following in _CLOSING):  # noqa: PLR2004 -- a month's days
        # 6月30前: the 日 was lost.
        point.part, point.day = Part.DAY, token.number
        point.lost = (*point.lost, (token.last, "日"))
        cursor.at += 1


def _lost_year(cursor: _Cursor, point: Point) -> Point | None:
    """
    Read 20206月30日, whose 年 was lost: the year is always its first four digits.
    """
    token = cursor.token
    if not token.text.isdecimal() or not 5 <= len(token.text) <= 6:  # noqa: PLR2004 -- a year and a month
        return None
    year, month = int(token.text[:4]), int(token.text[4:])
    if not (1900 <= year <= 2099 and 1 <= month <= 12):  # noqa: PLR2004 -- as above
        return None
    point.year, point.lost = year, ((token.first + 4, "年"),)
    point = _month(cursor, point) or point
    point.month = month
    return point


def _lost_month(cursor: _Cursor, point: Point) -> Point | None:
    """
    Read a number before 日: a day alone, 630日, 2020年630日 or 2020630日.
    """
    token = cursor.token
    digits = token.text
    if not digits.isdecimal():
        if point.has_year:
            return None
        point.part, point.day = Part.DAY, token.number
        cursor.at += 2
        return point
    if len(digits) <= 2:  # noqa: PLR2004 -- a day's digits
        if point.has_year:
            return _cut(cursor, point, digits, token.first)
        point.part, point.day = Part.DAY, token.number
        cursor.at += 2
        return point
    if point.has_year or len(digits) <= _FOUR_DIGITS:
        if not point.has_year and cursor.sort(2) is not Sort.BEFORE:
            return None  # 100日: a count, or a number of days
        return _cut(cursor, point, digits, token.first)
    return _compact(cursor, point)


def _compact(cursor: _Cursor, point: Point) -> Point | None:
    """
    Read 2020630日, whose 年 and 月 were lost: a four-digit year and the rest.
    """
    token = cursor.token
    year = int(token.text[:4])
    if not (6 <= len(token.text) <= 8 and 1900 <= year <= 2099):  # noqa: PLR2004 -- a year, a month and a day
        return None
    point.year = year
    point.lost = ((token.first + 4, "年"),)
    return _cut(cursor, point, token.text[4:], token.first + 4)


def _cut(cursor: _Cursor, point: Point, digits: str, first: int) -> Point | None:
    point.part = Part.DAY
    ways = _cuts(digits, point.year)
    cursor.at += 1
    has_day_mark = cursor.sort() is Sort.DAY
    cursor.at += has_day_mark
    if len(ways) == 1:
        point.month, point.day = ways[0]
        width = len(digits) - len(str(point.day))
        point.lost = (*point.lost, (first + width, "月"))
        if not has_day_mark:
            # 20200630 is a way of writing, and not a date that lost anything.
            point.lost = (
                () if len(digits) == _FOUR_DIGITS else (*point.lost, (first + len(digits), "日"))
            )
    elif ways:
        point.cuts = ways
    else:
        # No such day: said as it stands, and never read as something else.
        point.month, point.day = 0, 0
    return point


def _lost_before_bottom(cursor: _Cursor, point: Point) -> Point | None:
    """
    Read 2020底 and 20206底, whose 年, or 年 and 月, were lost.
    """
    token = cursor.token
    year = int(token.text[:4]) if token.text.isdecimal() else 0
    if not 1900 <= year <= 2099 or len(token.text) > 6:  # noqa: PLR2004 -- a year and a month
        return None
    point.year, point.lost = year, ((token.first + 4, "年"),)
    rest = token.text[4:]
    if not rest:
        point.part = Part.YEAR_END
    elif rest[0] != "0" and int(rest) <= 12:  # noqa: PLR2004 -- a year's months
        point.part, point.month = Part.MONTH_END, int(rest)
        point.lost = (*point.lost, (token.last, "月"))
    else:
        return None
    cursor.at += 2
    return point
