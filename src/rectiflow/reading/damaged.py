"""
Points that lost 年, 月 or 日 to a scraper: 2020630日, 20206月30日, 2020年630日, 2020底.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .point import Part, days_in
from .sorts import Sort

if TYPE_CHECKING:
    from .point import Cursor, Point

__all__ = ["compact", "cuts", "lost_before_bottom", "lost_month", "lost_year"]

_FOUR_DIGITS = 4


def lost_year(cursor: Cursor, point: Point) -> int:
    """
    Read the year and month of 20206月30日, whose 年 was lost; 0 where they are none.
    """
    token = cursor.token
    if not token.text.isdecimal() or not 5 <= len(token.text) <= 6:  # noqa: PLR2004 -- a year and a month
        return 0
    year, month = int(token.text[:4]), int(token.text[4:])
    if not (1900 <= year <= 2099 and 1 <= month <= 12):  # noqa: PLR2004 -- as above
        return 0
    point.year, point.lost = year, ((token.first + 4, "年"),)
    return month


def lost_month(cursor: Cursor, point: Point) -> Point | None:
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
    return compact(cursor, point)


def compact(cursor: Cursor, point: Point) -> Point | None:
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


def _cut(cursor: Cursor, point: Point, digits: str, first: int) -> Point | None:
    point.part = Part.DAY
    ways = cuts(digits, point.year)
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


def cuts(digits: str, year: int | None) -> tuple[tuple[int, int], ...]:
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


def lost_before_bottom(cursor: Cursor, point: Point) -> Point | None:
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
