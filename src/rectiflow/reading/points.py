"""
Points of the calendar as they are written: 2020年6月30日, 6月底, 三季度末.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .damaged import compact, cuts, lost_before_bottom, lost_month, lost_year
from .point import TEN_DAYS, Cursor, Part, Point
from .sorts import Sort
from .time_words import YEARS

if TYPE_CHECKING:
    from .tokens import Token

__all__ = ["TEN_DAYS", "Part", "Point", "point_at"]

_END = frozenset({Sort.COMMA, Sort.STOP, Sort.PAUSE, Sort.CLOSE})
_CLOSING = frozenset({Sort.BEFORE, Sort.BY, Sort.TO, Sort.TIME, Sort.CLOCK, Sort.OPEN}) | _END
_PARTING = re.compile(r"[./·-]")
_ANNUAL_ENDS = frozenset({Sort.WITHIN, Sort.BOTTOM})
_MONTHS = frozenset({Sort.MONTH, Sort.MONTH_END, Sort.MONTH_START})
_FOUR_DIGITS = 4
_EIGHT_DIGITS = 8


def _is_year(token: Token) -> bool:
    return len(token.text) == _FOUR_DIGITS and 1900 <= token.number <= 2099  # noqa: PLR2004 -- a list's years


def point_at(tokens: list[Token], at: int) -> Point | None:
    """
    Read the point that begins at a token; ``None`` if none does, or past the last token.
    """
    if at >= len(tokens):
        return None
    cursor = Cursor(tokens, at)
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


def _dotted(cursor: Cursor) -> Point | None:
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


def _month_day(cursor: Cursor) -> Point:
    month, day = map(int, _PARTING.split(cursor.token.text))
    point = Point(Part.DAY, cursor.at, cursor.at, month=month, day=day)
    cursor.at += 1 + (cursor.sort(1) is Sort.DAY)
    return point


def _relative(cursor: Cursor) -> Point | None:
    point = Point(Part.YEAR, cursor.at, cursor.at, years_on=YEARS[cursor.token.text])
    cursor.at += 1
    return _within_year(cursor, point)


def _from_number(cursor: Cursor) -> Point | None:
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
        if len(token.text) <= 2:  # noqa: PLR2004 -- a month's digits
            return _month(cursor, point)
        month = lost_year(cursor, point)
        return _month(cursor, point, month) if month else None
    if following is Sort.TO and cursor.sort(2) is Sort.NUMBER and cursor.sort(3) in _MONTHS:
        return _shared_month(cursor, point)
    if following is Sort.DAY:
        return lost_month(cursor, point)
    if following is Sort.QUARTER or following is Sort.QUARTER_END:
        return _quarter(cursor, point)
    if _is_year(token) and following is Sort.HALF:
        point.year, cursor.at = token.number, start + 1
        point.lost = ((token.last, "年"),)
        return _within_year(cursor, point)
    if following is Sort.BOTTOM:
        return lost_before_bottom(cursor, point)
    if following is Sort.BEFORE and len(token.text) in {6, 7, 8} and token.text.isdecimal():
        return compact(cursor, point)
    if len(token.text) == _EIGHT_DIGITS and (following is None or following in _CLOSING):
        return compact(cursor, point) if cuts(token.text[4:], None) else None
    return None


def _with_year(cursor: Cursor, point: Point) -> Point | None:
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


def _within_year(cursor: Cursor, point: Point) -> Point | None:
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
            point.part = Part.HALF_END
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
            return lost_month(cursor, point)
        if following is Sort.TO and cursor.sort(2) is Sort.NUMBER and cursor.sort(3) in _MONTHS:
            return _shared_month(cursor, point)
        if following is Sort.BOTTOM and cursor.token.number <= 12:  # noqa: PLR2004 -- a year's months
            point.month, point.part = cursor.token.number, Part.MONTH_END
            point.lost = (*point.lost, (cursor.token.last, "月"))
            cursor.at += 2
    elif sort is Sort.ANNUAL:
        return None
    return point


def _shared_month(cursor: Cursor, point: Point) -> Point | None:
    """
    Read the first of 6-9月: a month whose 月 stands with the last of its span.
    """
    if not 1 <= cursor.token.number <= 12:  # noqa: PLR2004 -- a year's months
        return None
    point.month, point.part = cursor.token.number, Part.MONTH
    cursor.at += 1
    return point


def _quarter(cursor: Cursor, point: Point) -> Point | None:
    if cursor.sort(1) not in {Sort.QUARTER, Sort.QUARTER_END} or not 1 <= cursor.token.number <= 4:  # noqa: PLR2004 -- a year's quarters
        return None
    point.number = cursor.token.number
    point.part = Part.QUARTER_END if cursor.sort(1) is Sort.QUARTER_END else Part.QUARTER
    cursor.at += 2
    if cursor.sort() is Sort.BOTTOM:
        point.part = Part.QUARTER_END
        cursor.at += 1
    return point


def _month(cursor: Cursor, point: Point, month: int = 0) -> Point | None:
    point.month, point.part = month or cursor.token.number, Part.MONTH
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


def _day(cursor: Cursor, point: Point) -> None:
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
