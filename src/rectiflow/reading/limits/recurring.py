"""
Deadlines that come back: 每年1月31日前, 每季度末月20日前, 每月底.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from rectiflow.deadlines import Annual, DeadlineRule, FixedDate, PeriodEnd, Recurring, Unresolved
from rectiflow.messages import Message
from rectiflow.reading.points import TEN_DAYS, Part, point_at
from rectiflow.reading.reasons import Why
from rectiflow.reading.sorts import Sort
from rectiflow.source import Doubt

from .cell import CLOSERS, DOES, ENDS, Cell, Limit, day_of, passed, past_marks
from .dated import closing_doubts

__all__ = ["recurring_limits"]


_Reader = Callable[[Cell, int, Limit, date | None], int]
_EVERY = (
    ("半年", "half"),
    ("年", "year"),
    ("季", "quarter"),
    ("月", "month"),
    ("周", "week"),
    ("星期", "week"),
)


def recurring_limits(
    cell: Cell, at: int, since: date | None, first: int | None = None
) -> list[Limit]:
    """
    Read 每年, 每季度, 每月, 每周 and the day within, if one is named.
    """
    every = next(name for word, name in _EVERY if word in cell.tokens[at].text)
    if cell.text(at + 1) in _OVER:
        return []  # 每季度结束后10日内 counts from its end
    begins = at if first is None else first
    if cell.sort(at + 1) is Sort.OF:
        if cell.sort(at + 2) is not Sort.NUMBER:
            return [passed(begins, at + 2, Why.NAMED)]
        at += 1  # 每年的6月30日前
    limit = Limit(None, begins, at + 1)
    for n in range(at + 2, at + 4):
        if cell.sort(n) is Sort.WORKDAYS and cell.sort(at + 1) not in ENDS:
            return [_open(cell, limit, _closed(cell, n + 1))]
    reader = {"year": _yearly, "quarter": _quarterly, "month": _monthly}.get(every)
    if reader is not None:
        limit.last = reader(cell, at + 1, limit, since)
    if limit.rule is None and (waits := _waits_for(cell, limit.last)):
        return [_open(cell, limit, waits)]
    if limit.rule is None:
        limit.rule = _cycle_end(cell, limit, every, since)
    limit.last = _closed(cell, limit.last)
    found = [limit] if reader is None else _further(cell, limit, since, reader)
    if cell.issued is None and since is None and not limit.doubts:
        words = cell.words(limit.first, limit.last)
        limit.notes.append(Message.of("reading.first-occurrence-unknown", words=words))
    return found


_OVER = frozenset({"结束", "终了", "届满", "期满"})


def _open(cell: Cell, limit: Limit, last: int) -> Limit:
    """
    Leave 每月前5个工作日内, 每月最后一个工作日前 and 每年汛期前 open: no rule says them.
    """
    limit.last = last
    words = cell.words(limit.first, limit.last)
    limit.rule = Unresolved(words)
    limit.doubts.append(Doubt(code="doubt.no-date", words=words, blocks=True))
    return limit


_MOST_WORDS = 4  # of an event that comes back


def _waits_for(cell: Cell, at: int) -> int:
    """
    Give the place after 汛期前 in 每年汛期前, and after 开学前后; 0 where no event is waited for.
    """
    for n in range(at, at + _MOST_WORDS):
        sort = cell.sort(n)
        if sort in ENDS or sort in DOES:
            break
        if n > at and (sort is Sort.BEFORE or sort is Sort.ABOUT):
            return n + 1
    return 0


def _closed(cell: Cell, at: int) -> int:
    at = past_marks(cell, at)
    return at + (cell.sort(at) in CLOSERS)


def _further(cell: Cell, limit: Limit, since: date | None, reader: _Reader) -> list[Limit]:
    """
    Read on after a day of every year or month: 每年6月底和12月底前, 每年1月1日至6月30日.
    """
    found = [limit]
    while len(found) <= _MOST:
        at = found[-1].last
        until = cell.sort(at) is Sort.TO
        if not until and not cell.joins(at):
            break
        more = Limit(None, limit.first, at + 1, notes=list(limit.notes))
        more.last = _closed(cell, reader(cell, at + 1, more, since))
        if more.rule is None:
            break
        if until:
            found.pop()
        found.append(more)
    for each in found:
        each.last = found[-1].last
        each.doubts = each.doubts and found[-1].doubts  # 4月和10月底: both end there
    return found


_MOST = 12


def _anchor(cell: Cell, month: int, day: int) -> date:
    year = cell.issued.year if cell.issued else 2000
    found = day_of(year, month, day)
    return found if found is not None else date(2000, month, min(day, 28))


def _yearly(cell: Cell, at: int, limit: Limit, since: date | None) -> int:
    """
    Read what of a year: 每年1月31日前, 每年6月底前, 每年底.
    """
    if cell.sort(at) is None:
        return at
    if cell.sort(at) is Sort.BOTTOM:
        return at + 1
    point = point_at(cell.tokens, at)
    if point is None or point.has_year or not point.is_real():
        return at
    if point.part is Part.DAY and point.month and point.day:
        limit.rule = Annual(point.month, point.day, since=since)
    elif point.part in {Part.MONTH, Part.MONTH_END} and point.month:
        limit.rule = Recurring(PeriodEnd("month", month=point.month), "year", since=since)
    elif point.part in {Part.QUARTER, Part.QUARTER_END} and point.number:
        limit.rule = Recurring(PeriodEnd("quarter", quarter=point.number), "year", since=since)
    elif point.part in {Part.HALF, Part.HALF_END}:
        limit.rule = Recurring(PeriodEnd("half", half=point.number), "year", since=since)
    elif point.part is Part.YEAR_END:
        limit.rule = Recurring(PeriodEnd("year"), "year", since=since)
    elif point.part is Part.TEN_DAY:
        ends = PeriodEnd("ten_day", month=point.month, ten_day=point.number)
        limit.rule = Recurring(ends, "year", since=since)
    else:
        return at
    cell.lost += point.lost
    closing = cell.sort(past_marks(cell, point.last))
    words = cell.words(limit.first, point.last)
    limit.doubts += closing_doubts(cell, point, closing, limit.rule, words)
    return point.last


def _quarterly(cell: Cell, at: int, limit: Limit, since: date | None) -> int:
    """
    Read what of a quarter: 每季度末, 每季度末月20日前, 每季度首月10日前.
    """
    month = 3
    if cell.sort(at) is Sort.QUARTER_MONTH:
        month = 1 if cell.tokens[at].text in _FIRST_MONTHS else 3
        at += 1
    elif cell.sort(at) is Sort.NEXT_MONTH:
        month, at = 1, at + 1
    elif cell.sort(at) is Sort.BOTTOM:
        at += 1
        if cell.sort(at) is not Sort.MONTH:
            return at
        at += 1
    else:
        return at
    if cell.sort(at) is Sort.NUMBER and cell.sort(at + 1) is Sort.DAY:
        day = cell.tokens[at].number
        if 1 <= day <= 31:  # noqa: PLR2004 -- a month's days
            anchor = _anchor(cell, month, day)
            limit.rule = Recurring(FixedDate(anchor), "quarter", since=since)
            return at + 2
    return at


_FIRST_MONTHS = frozenset({"首月", "第一个月", "第1个月"})


def _monthly(cell: Cell, at: int, limit: Limit, since: date | None) -> int:
    """
    Read what of a month: 每月底, 每月5日前, 每月上旬.
    """
    if cell.sort(at) is Sort.NEXT_MONTH:
        at += 1
    sort = cell.sort(at)
    if sort in {Sort.BOTTOM, Sort.MONTH_END}:
        return at + 1
    if sort is Sort.MONTH and cell.sort(at + 1) is Sort.BOTTOM:
        return at + 2
    if sort is Sort.TEN_DAY:
        third = TEN_DAYS[cell.tokens[at].text]
        limit.rule = Recurring(PeriodEnd("ten_day", ten_day=third), "month", since=since)
        return at + 1
    if sort is Sort.NUMBER and cell.sort(at + 1) in {Sort.DAY, Sort.BEFORE, Sort.TO}:
        day = cell.tokens[at].number
        if 1 <= day <= 31:  # noqa: PLR2004 -- a month's days
            limit.rule = Recurring(FixedDate(_anchor(cell, 1, day)), "month", since=since)
            return at + 1 + (cell.sort(at + 1) is Sort.DAY)
    return at


def _cycle_end(cell: Cell, limit: Limit, every: str, since: date | None) -> DeadlineRule:
    if every == "week":
        words = cell.words(limit.first, limit.last)
        limit.doubts.append(Doubt(code="doubt.which-weekday", words=words))
        return Recurring(FixedDate(date(2000, 1, 2)), "week", since=since)  # a Sunday
    return Recurring(PeriodEnd(every), every, since=since)
