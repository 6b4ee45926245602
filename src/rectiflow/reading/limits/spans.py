"""
Several points that one closing governs: a span (6月1日至30日), or dates shared out by 分别.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import attrs

from rectiflow.deadlines import Unresolved
from rectiflow.messages import Message
from rectiflow.reading.points import Part, Point, point_at
from rectiflow.reading.sorts import Sort
from rectiflow.source import Doubt
from rectiflow.workdays import CalendarCoverageError, WorkCalendar

from .cell import FAR, HARD, Cell, Limit, due_of, first_day, past_marks
from .dated import dated_limit

if TYPE_CHECKING:
    from rectiflow.reading.tokens import Token

__all__ = ["is_span", "series", "shared_unit", "span_limit"]


_MOST_POINTS = 12


def shared_unit(cell: Cell, at: int) -> Point | None:
    """
    Read the first of 2025-2027年底, or of 3、6、9月底前分别: its 年 or 月 stands with the last.
    """
    token = cell.tokens[at]
    joins = cell.sort(at + 1) is Sort.TO or cell.joins(at + 1)
    if token.sort is not Sort.NUMBER or not joins or cell.sort(at + 2) is not Sort.NUMBER:
        return None
    last = at + 2
    while last < at + FAR and cell.joins(last + 1) and cell.sort(last + 2) is Sort.NUMBER:
        last += 2
    unit = cell.sort(last + 1)
    is_year = len(token.text) == 4  # noqa: PLR2004 -- a year
    if unit in _YEARS and is_year:
        return Point(Part.YEAR, at, at + 1, year=token.number)
    is_listed = unit in _MONTHS and cell.joins(at + 1) and 1 <= token.number <= 12  # noqa: PLR2004 -- a year's months
    # 1、6月底前 may be the first item of a list; 3、6、9月底前 is none.
    rises = at + 2 < last and all(
        cell.tokens[n].number < cell.tokens[n + 2].number for n in range(at, last, 2)
    )
    if is_listed and (rises or _closes_with_shares(cell, Point(Part.MONTH, at, last + 1))):
        return Point(Part.MONTH, at, at + 1, month=token.number)
    return None


_YEARS = frozenset({Sort.YEAR, Sort.YEAR_END})
_MONTHS = frozenset({Sort.MONTH, Sort.MONTH_END})


def series(cell: Cell, point: Point) -> list[Point]:
    """
    Gather points that one closing governs: 6月1日至30日, 2025年、2026年底分别.
    """
    points = [point]
    while len(points) <= _MOST_POINTS:
        at = _joint(cell, points[-1])
        sort = cell.sort(at)
        if sort is not Sort.TO and not cell.joins(at):
            break
        following = None
        if at + 1 < len(cell.tokens):
            following = shared_unit(cell, at + 1) if sort is not Sort.TO else None
            following = following or point_at(cell.tokens, at + 1)
        if following is None or (
            sort is not Sort.TO
            and not _closes_with_shares(cell, following)
            and not _ends_alike(cell, points[-1], following)
        ):
            break
        points.append(following)
    return points


def _joint(cell: Cell, point: Point) -> int:
    """
    Give the place of what joins a point to the next: past the 起 of 自7月1日起至.
    """
    at = past_marks(cell, point.last)
    if cell.sort(at) is not Sort.SINCE and cell.text(at) != "开始":
        return at
    until = at + 1 + (cell.sort(at + 1) is Sort.COMMA)
    return until if cell.sort(until) is Sort.TO else at


def _closes_with_shares(cell: Cell, point: Point) -> bool:
    if _shared_before(cell, point):
        return True
    begins = point.last + (cell.sort(point.last) is Sort.COMMA)  # 2025年和2030年,分别…
    at = cell.shares.find(cell.tokens, begins, begins + FAR, _shares_or_ends)
    return at is not None and cell.sort(at) not in HARD


def _shares_or_ends(token: Token) -> bool:
    # 4月、10月各开展一次
    return token[0] in HARD or token[0] is Sort.SHARED or token[1] == "各"


def _shared_before(cell: Cell, point: Point) -> bool:
    """
    Say whether 分别 stands before the dates: 自查、整改分别于3月10日、4月10日前完成.
    """
    for at in range(point.first - 1, max(cell.begins, point.first - FAR) - 1, -1):
        if cell.sort(at) is Sort.SHARED:
            return True
        if cell.sort(at) not in _WITHIN_DATES and not cell.joins(at) and cell.text(at) != "为":
            break
    return False


_WITHIN_DATES = frozenset(
    {Sort.NUMBER, Sort.YEAR, Sort.MONTH, Sort.DAY, Sort.YEAR_END, Sort.MONTH_END, Sort.BOTTOM}
    | {Sort.AT, Sort.TO, Sort.MODAL, Sort.BEFORE}
)


def _ends_alike(cell: Cell, point: Point, following: Point) -> bool:
    """
    Say whether a bare point ends as the last of its list does: 3月、6月、9月底前.
    """
    until = following.last
    for _turn in range(_MOST_POINTS):
        if until <= cell.loose:
            break
        if point.part not in _BARE or following.part not in {point.part, _BARE[point.part]}:
            break
        at = past_marks(cell, following.last)
        if following.part is _BARE[point.part] or cell.sort(at) in {Sort.BEFORE, Sort.EVERY}:
            return True
        further = point_at(cell.tokens, at + 1) if cell.joins(at) else None
        if further is None:
            break
        following, until = further, further.last
    # What was looked at once is not looked at again from the next month of the list.
    cell.loose = max(cell.loose, until)
    return False


def is_span(cell: Cell, points: list[Point]) -> bool:
    """
    Say whether the points are the ends of a span and not shared out by 分别.
    """
    last = points[-1]
    shares = _closes_with_shares(cell, last)
    joined_by_to = cell.sort(_joint(cell, points[0])) is Sort.TO
    if shares and joined_by_to and all(p.part in {Part.YEAR, Part.YEAR_END} for p in points):
        first, until = points[0].year or 0, last.year or 0
        # 2025-2027年底前分别: every year of the span, each to its end.
        points[:] = [
            attrs.evolve(last, year=year, first=points[0].first)
            for year in range(first, min(until, first + 30) + 1)
        ]
        return False
    if shares or not joined_by_to:
        points[:] = [attrs.evolve(p, part=last.part) if p.part in _BARE else p for p in points]
        return False
    return True


_BARE = {Part.YEAR: Part.YEAR_END, Part.MONTH: Part.MONTH_END, Part.QUARTER: Part.QUARTER_END}


def span_limit(cell: Cell, points: list[Point], limit: Limit, closing: Sort | None) -> Limit:
    """
    Make the deadline of a span: its last day, with the first kept beside it.
    """
    first, last = points[0], points[-1]
    if (
        first.month is None
        and last.month is not None
        and first.part is Part.YEAR
        and not first.has_year
    ):
        first.month = last.month
    if first.year is None and last.year is not None and first.part is not Part.YEAR:
        first.year = last.year
    if last.part in _BARE and closing is not Sort.BEFORE:
        last.part = _BARE[last.part]  # 6月至9月: to the end of the last
    start = dated_limit(cell, first, Limit(None, limit.first, limit.last), Sort.WITHIN)
    if last.year is None and last.years_on is None and first.year is not None:
        crosses = (last.month or 13, last.day or 32) < (first.month or 0, first.day or 0)
        last.year = first.year + crosses
        if crosses:
            words = cell.words(limit.first, limit.last)
            limit.notes.append(Message.of("reading.year-crossed", words=words, year=last.year))
    if last.day is not None and last.month is None:
        last.month = first.month
    cell.dated = None
    found = dated_limit(cell, last, limit, closing)
    found.notes = [*start.notes, *found.notes]
    if start.rule is not None and not isinstance(start.rule, Unresolved):
        begin = due_of(start.rule, cell.issued)
        if begin is not None:
            found.starts = begin if first.part is Part.DAY else first_day(first, begin)
    else:
        found.doubts = [*start.doubts, *found.doubts]
    _check_total(cell, found)
    return found


def _check_total(cell: Cell, limit: Limit) -> None:
    """
    Check 共10个工作日 against the dates, which win.
    """
    bracketed = cell.sort(limit.last) is Sort.OPEN
    at = limit.last + (bracketed or cell.sort(limit.last) is Sort.COMMA)
    if cell.sort(at) is not Sort.TOTAL:
        if not (bracketed and cell.sort(at + 2) is Sort.CLOSE):
            return
        at -= 1  # (7天)
    if cell.sort(at + 1) is not Sort.NUMBER:
        return
    unit, n = cell.sort(at + 2), cell.tokens[at + 1].number
    due = None if limit.rule is None else due_of(limit.rule, cell.issued)
    if due is None or limit.starts is None or unit not in {Sort.WORKDAYS, Sort.DAYS, Sort.DAY}:
        return
    if limit.starts > due:
        return
    words = cell.words(limit.first, at + 3)
    before = limit.starts - timedelta(days=1)
    try:
        calendar = WorkCalendar.china()
        counted = calendar.count(before, due) if unit is Sort.WORKDAYS else (due - before).days
        by_count = calendar.add(before, n) if unit is Sort.WORKDAYS else before + timedelta(days=n)
    except (CalendarCoverageError, OverflowError):
        return
    limit.last = at + 3 + (bracketed and cell.sort(at + 3) is Sort.CLOSE)
    if counted != n:
        candidates = (due.isoformat(), by_count.isoformat())
        doubt = Doubt(code="doubt.count-contradicts", words=words, candidates=candidates)
        limit.doubts.append(doubt)
        limit.notes.append(Message.of("reading.counted", n=counted, words=words))
