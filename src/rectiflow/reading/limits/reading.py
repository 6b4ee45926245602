"""
Deadlines as they are written: which form begins at a token.
"""

from __future__ import annotations

from datetime import date

import attrs

from rectiflow.reading.points import Part, Point, point_at
from rectiflow.reading.reasons import Why
from rectiflow.reading.sorts import Sort

from .cell import STARTERS, Cell, Limit, day_of, passed, past_marks
from .counted import counted_limit
from .dated import CLOSINGS, dated_limit, year_of
from .framing import describes, is_ahead, why_none
from .near import holiday_limits, near_day_limits, near_month_limits, untold_limits, weekday_limits
from .periods import period_limits
from .recurring import recurring_limits
from .spans import is_span, series, shared_unit, span_limit

__all__ = ["limits_at"]


def limits_at(cell: Cell, at: int) -> list[Limit]:
    """
    Read the deadline that begins at a token: none, one, or several that one phrase shares out.

    One whose rule is ``None`` is a date or number that sets no deadline, to be passed over.
    """
    sort = cell.tokens[at].sort
    if sort not in STARTERS:
        return []
    if sort is Sort.EVERY:
        return recurring_limits(cell, at, None)
    if sort is Sort.WEEKDAY:
        return weekday_limits(cell, at)
    if sort is Sort.HOLIDAY:
        return holiday_limits(cell, at)
    if sort is Sort.THIS_MONTH or sort is Sort.NEXT_MONTH:
        return near_month_limits(cell, at)
    if sort is Sort.UNTOLD:
        return untold_limits(cell, at)
    if sort is Sort.NEAR_DAY:
        return near_day_limits(cell, at)
    if sort is Sort.FIVE_YEARS or sort is Sort.WHOLE_YEAR:
        return period_limits(cell, at, at)
    counted = counted_limit(cell, at)
    if counted is not None:
        return [counted]
    point = shared_unit(cell, at) or point_at(cell.tokens, at)
    return [] if point is None else _pointed(cell, point)


def _first_month(point: Point) -> int:
    if point.part is Part.QUARTER:
        return 3 * (point.number or 1) - 2
    return point.month or 1


def _closing(cell: Cell, at: int) -> Sort | None:
    return Sort.SINCE if cell.text(at) == "开始" else cell.sort(at)


def _every_since(cell: Cell, point: Point) -> list[Limit] | None:
    """
    Read 2021年起，每年…, 4月起每季度… and 7月1日起每周五.
    """
    at = point.last
    if point.part not in _BEGINNING or _closing(cell, at) is not Sort.SINCE:
        return None
    then = at + 1 + (cell.sort(at + 1) is Sort.COMMA)
    year = year_of(cell, point) or cell.year or (cell.issued.year if cell.issued else None)
    known = year is not None and point.is_real()
    since = day_of(year, _first_month(point), point.day or 1) if year and known else None
    if cell.sort(then) is Sort.EVERY and since is not None:
        return recurring_limits(cell, then, since, point.first)
    if cell.text(then).startswith("每") and cell.sort(then) is Sort.WEEKDAY:
        return weekday_limits(cell, then, since, point.first)
    return None


def _every_within(cell: Cell, points: list[Point], at: int) -> list[Limit] | None:
    """
    Read 7月至12月，每月底前报送: the span says when to report, and is no deadline by itself.
    """
    if len(points) == 1:
        return None
    first, last = points[0], points[-1]
    if last.part is Part.YEAR and cell.sort(at) is Sort.EVERY:
        # 2023年至2025年每年底前
        return recurring_limits(cell, at, date(year_of(cell, first) or 1, 1, 1), first.first)
    at += cell.sort(at) is Sort.COMMA
    if last.part not in _OF_A_YEAR or cell.sort(at) is not Sort.EVERY:
        return None
    year = year_of(cell, first) or cell.year or (cell.issued.year if cell.issued else None)
    since = None if year is None else day_of(year, first.month or 1, first.day or 1)
    return recurring_limits(cell, at, since, first.first) if is_span(cell, points) else None


_OF_A_YEAR = frozenset({Part.MONTH, Part.MONTH_END, Part.DAY})
_WITHIN_THEM = frozenset({Part.YEAR, Part.MONTH})
_BEGINNING = frozenset({Part.YEAR, Part.QUARTER, Part.MONTH, Part.DAY})


_PASSED = CLOSINGS | {Sort.NEVER, Sort.AFTER, Sort.ANNUAL, Sort.MORE}


def _pointed(cell: Cell, point: Point) -> list[Limit]:
    if (since_then := _every_since(cell, point)) is not None:
        return since_then
    points = series(cell, point)
    last = points[-1]
    at = past_marks(cell, last.last)
    if (every := _every_within(cell, points, at)) is not None:
        return every
    if last.part in _WITHIN_THEM and cell.sort(at) is Sort.UNTOLD:
        return untold_limits(cell, at, point.first)  # 2020年春季, 7月上半月
    if last.part is Part.YEAR and cell.sort(at) is Sort.HOLIDAY:
        cell.year = year_of(cell, last) or cell.year
        return holiday_limits(cell, at, point.first)  # 2023年春节前
    if last.part is Part.DAY and cell.sort(at) is Sort.HOLIDAY:
        at += cell.sort(at + 1) is Sort.BEFORE  # 10月1日国庆节前
    is_shared = len(points) > 1 and not is_span(cell, points)
    last = points[-1]
    if len(points) > 1 and last.part is Part.DAY and last.month is None:
        last.month = points[0].month
    closing = _closing(cell, at)
    ahead = is_shared and (
        cell.text(at) == "各" or (last.part is Part.YEAR and is_ahead(cell, points[0]))
    )
    spans = len(points) > 1 and not is_shared
    if spans and closing not in CLOSINGS and describes(cell, at):
        return [passed(point.first, at, Why.NAMED)]  # 1—3月亏损的企业
    if spans and closing is Sort.OF:
        return [passed(point.first, at + 1, Why.NAMED)]  # 2021年1月至7月的收支
    seen = last if spans or last is point else attrs.evolve(last, first=point.first)
    if len(points) == 1 and last.part is Part.YEAR and closing is Sort.WHOLE_YEAR:
        return period_limits(cell, at, point.first, last)
    why = None if ahead else why_none(cell, seen, closing, at)
    if why is not None:
        return [passed(point.first, at + (closing in _PASSED), why)]
    limit = Limit(None, point.first, at + (closing in CLOSINGS))
    if closing is Sort.SINCE:
        limit.is_start = True
    if spans:
        return [span_limit(cell, points, limit, closing)]
    if is_shared and cell.sort(limit.last) is Sort.SHARED:
        limit.last += 1
    if len(points) == 1:
        return [dated_limit(cell, last, limit, closing)]
    return [
        dated_limit(cell, each, attrs.evolve(limit, notes=[], doubts=[]), closing)
        for each in points
    ]
