"""
Counted periods: 自收到之日起3个工作日内, 届满前20个工作日, and measures that only look like them.
"""

from __future__ import annotations

from rectiflow.deadlines import After, Before, CountUnit, Unresolved
from rectiflow.messages import Message
from rectiflow.reading.acts import EVENTS
from rectiflow.reading.points import Point, point_at
from rectiflow.reading.reasons import Why
from rectiflow.reading.sorts import Sort
from rectiflow.source import Doubt

from .cell import DOES, FAR, HARD, LEADS, STARTERS, UNNAMED, Cell, Limit, due_of, passed
from .dated import dated_limit

__all__ = ["counted_limit"]


_UNITS = {
    Sort.WORKDAYS: CountUnit.WORKDAY,
    Sort.DAYS: CountUnit.DAY,
    Sort.DAY: CountUnit.DAY,
    Sort.WEEKS: CountUnit.WEEK,
    Sort.MONTHS: CountUnit.MONTH,
    Sort.YEAR: CountUnit.YEAR,
    Sort.YEAR_END: CountUnit.YEAR,  # 3年内
    Sort.HALF_YEAR: CountUnit.MONTH,
}


_OF_YEARS = frozenset({Sort.YEAR, Sort.YEAR_END})
_MEASURES = frozenset({Sort.MORE, Sort.NEVER, Sort.ABOUT})
_MARKS = frozenset({Sort.SINCE, Sort.AFTER, Sort.BEFORE})
_BEGINNING = frozenset({Sort.SINCE, Sort.AFTER})
_BEFORE_A_DAY = LEADS | {Sort.FROM, Sort.AND, Sort.TIME}
_ALONE = HARD | {Sort.MODAL, Sort.AT, Sort.LABEL}


def counted_limit(cell: Cell, at: int) -> Limit | None:
    """
    Read [event之日起]N个工作日内, 届满前N个工作日, and measures that only look like them.
    """
    token = cell.tokens[at]
    unit: Sort | None
    if token.sort is Sort.HALF_YEAR:
        n, after, unit = 6, at + 1, Sort.HALF_YEAR
    elif token.sort is Sort.NUMBER and cell.sort(at + 1) in _UNITS:
        n, after, unit = token.number, at + 2, cell.sort(at + 1)
    elif token.sort is Sort.NUMBER and cell.sort(at + 1) is Sort.HOURS:
        return _hours(cell, at)
    else:
        return None
    if unit is Sort.YEAR and cell.sort(after) is Sort.NUMBER:
        return None  # 20年6月
    if n < 1 or (unit in _OF_YEARS and n >= 100):  # noqa: PLR2004 -- a year, not a count
        return None
    if unit is Sort.DAY and n > 10_000:  # noqa: PLR2004 -- 2020630日 is a date, and no count
        return None
    before = cell.sort(at - 1)
    if before in _TELLING and at > cell.begins:
        leads = cell.tokens[at - 1].text
        if leads.endswith("每"):
            return _every(cell, at, after)
        if leads.endswith(_WHICH):
            return passed(at, after, Why.UNREAD if cell.sort(after) in HARD else Why.NAMED)
    if before is Sort.MEASURE or (before is Sort.TO and _shortens(cell, at)):
        last = after + (cell.sort(after) in {Sort.WITHIN, Sort.BEFORE})
        return passed(at, last, Why.MEASURE)
    if cell.sort(after) is Sort.AFTER:
        asks = cell.sort(after + 1) in DOES or cell.sort(after + 1) in HARD
        return passed(at, after + 1, Why.UNREAD if asks else Why.LENGTH)  # 两个月后评估
    if cell.sort(after) in _MEASURES:
        why = Why.OVER if cell.sort(after) is Sort.NEVER else Why.MEASURE
        return passed(at, after + 1, why)
    closes = cell.sort(after) is Sort.WITHIN or unit is Sort.YEAR_END
    last = after + (cell.sort(after) is Sort.WITHIN)
    if closes and cell.text(last).endswith("率"):
        return passed(at, last, Why.MEASURE)  # 3个工作日内办结率
    if closes and cell.sort(last) is Sort.ALREADY:
        return passed(at, last, Why.OVER)  # 3年内未开工的
    if unit is Sort.DAY and not closes and before not in _MARKS:
        return _days_before(cell, at, after, n)
    counted = None if unit is None else _UNITS[unit]
    return None if counted is None else _from_event(cell, at, last, n, counted, closes=closes)


def _shortens(cell: Cell, at: int) -> bool:
    """
    Say whether a clause shortens something to a count: 压缩办理时限至3个工作日.
    """
    words = cell.words(max(cell.begins, at - FAR), at)
    return any(word in words for word in _SHORTER)


_SHORTER = ("压缩", "压减", "缩短", "缩减", "压降", "降低", "减少", "提速", "延长")
_TELLING = frozenset({Sort.OTHER, Sort.THING, Sort.ORDINAL, Sort.VERB})
_WHICH = ("最后", "最前", "头", "首", "第")  # 最后一周, 第3周


def _every(cell: Cell, at: int, after: int) -> Limit:
    """
    Leave 每两年 and 每3个工作日 open: no rule says them.
    """
    words = "每" + cell.words(at, after)
    doubt = Doubt(code="doubt.no-date", words=words, blocks=True)
    return Limit(Unresolved(words), at, after, doubts=[doubt])


def _days_before(cell: Cell, at: int, after: int, n: int) -> Limit | None:
    """
    Read 会议召开3日前; a 3日前 with no event is a day of the month.
    """
    if cell.sort(after) is not Sort.BEFORE or cell.sort(at - 1) in _BEFORE_A_DAY:
        return None
    begins = max(cell.begins, at - FAR)
    event_words = cell.words(begins, at)
    if not event_words or cell.month is not None or len(cell.tokens[at].text) > 2:  # noqa: PLR2004 -- a count of days
        return None
    event = _event(cell, begins, at)
    return Limit(Before(event, n, CountUnit.DAY), _event_start(cell, begins, at), after + 1)


def _from_event(
    cell: Cell, at: int, last: int, n: int, unit: CountUnit, *, closes: bool
) -> Limit | None:
    mark = at - 1
    if cell.sort(mark) is Sort.OF:
        mark -= 1
    if cell.sort(mark) is Sort.COMMA and cell.sort(mark - 1) in _BEGINNING:
        mark -= 1
    sort = cell.sort(mark)
    begins = min(_clause_start(cell, mark), at)
    if sort in _BEGINNING and mark >= begins:
        return _after(cell, begins, mark, last, n, unit)
    if sort is Sort.BEFORE and mark >= begins:
        return _before(cell, begins, mark, last, n, unit)
    if cell.sort(last) is Sort.BEFORE:
        if unit in {CountUnit.MONTH, CountUnit.YEAR} and begins >= at:
            return passed(at, last + 1, Why.OVER)  # 三年前: it was three years ago
        return _before(cell, begins, at, last + 1, n, unit)
    alone = cell.sort(at - 1) in _ALONE and cell.sort(last) in HARD
    if cell.text(last) in _TIME and cell.sort(last + 1) in _DONE_IN | {Sort.WITHIN}:
        last += 1 + (cell.sort(last + 1) is Sort.WITHIN)  # 用三年时间完成
        closes = True
    closes = closes or cell.sort(last) in _DONE_IN
    if not closes and not (alone and at == cell.begins):
        return passed(at, last, Why.LENGTH)  # 三年行动
    words = cell.words(at, last)
    if closes and cell.begins <= begins < at and cell.tokens[begins].text in _ARRIVALS:
        return _after(cell, begins, at, last, n, unit)  # 收到交办单2日内
    cell.event = cell.event or _opened(cell, at)
    if cell.event:
        note = Message.of("reading.event-carried", words=words, event=cell.event)
        return Limit(After(cell.event, n, unit), at, last, notes=[note])
    doubt = Doubt(
        code="doubt.no-event", words=words, candidates=("issued", "received"), blocks=True
    )
    return Limit(After(UNNAMED, n, unit), at, last, doubts=[doubt])


# 3天完成, but 三年行动 and 一个月整改期; 用三年时间.
_DONE_IN = frozenset({Sort.VERB, Sort.NAMED})
_TIME = frozenset({"时间", "的时间"})
_ARRIVALS = frozenset({"收到", "接到"})


def _opened(cell: Cell, at: int) -> str:
    """
    Name the event that the sentence opens with: 自受理之日起，一般事项3个工作日内办结.
    """
    for n in range(at - 1, max(0, at - FAR), -1):
        if cell.sort(n) is Sort.STOP:
            break
        opens = cell.sort(n) in _BEGINNING
        if opens and cell.sort(n + 1) is Sort.COMMA:
            begins = _clause_start(cell, n)
            event = _event(cell, begins, n)
            known = event != UNNAMED and _point_before(cell, begins, n) is None
            return event if known else ""
    return ""


def _clause_start(cell: Cell, mark: int) -> int:
    """
    Give the place after the separator before *mark*.
    """
    at = max(mark, 0)
    until = max(0, at - FAR)
    while at > until and cell.sort(at - 1) not in HARD:
        at -= 1
    return at


def _after(cell: Cell, begins: int, mark: int, last: int, n: int, unit: CountUnit) -> Limit:
    point = _point_before(cell, begins, mark)
    if point is not None:
        start = dated_limit(cell, point, Limit(None, point.first, mark), Sort.WITHIN)
        due = None if start.rule is None else due_of(start.rule, cell.issued)
        name = "" if due is None else due.isoformat()
        if name:
            return Limit(
                After(name, n, unit), point.first, last, notes=start.notes, doubts=start.doubts
            )
    first = _event_start(cell, begins, mark)
    event = _event(cell, begins, mark)
    limit = Limit(After(event, n, unit), first, last)
    if event != UNNAMED:
        cell.event = event
    else:
        words = cell.words(first, last)
        candidates = ("issued", "received")
        limit.doubts.append(
            Doubt(code="doubt.no-event", words=words, candidates=candidates, blocks=True)
        )
    return limit


def _point_before(cell: Cell, begins: int, mark: int) -> Point | None:
    for at in range(begins, mark):
        if cell.sort(at) in STARTERS:
            point = point_at(cell.tokens, at)
            if point is not None and point.last == mark:
                return point
    return None


def _before(cell: Cell, begins: int, mark: int, last: int, n: int, unit: CountUnit) -> Limit:
    first = _event_start(cell, begins, mark)
    event = _event(cell, begins, mark)
    if cell.text(mark) == "提前" and event not in EVENTS.values():
        first, event = mark, UNNAMED  # 京津冀等区域提前一年: before what, another clause says
    limit = Limit(Before(event, n, unit), first, last)
    if event == UNNAMED:
        words = cell.words(first, last)
        limit.doubts.append(
            Doubt(code="doubt.no-event", words=words, candidates=("expiry",), blocks=True)
        )
    return limit


_BEFORE_EVENT = frozenset({Sort.AT, Sort.FROM, Sort.MODAL})


def _event_start(cell: Cell, begins: int, mark: int) -> int:
    """
    Give the place where an event's words begin: after 自, 在 or 应当, if one stands there.
    """
    for at in range(begins, mark):
        if cell.sort(at) in _BEFORE_EVENT:
            while at + 1 < mark and cell.sort(at + 1) in _BEFORE_EVENT:
                at += 1  # noqa: PLW2901 -- the run of such words is passed
            return at + 1
    return begins


def _event(cell: Cell, begins: int, mark: int) -> str:
    """
    Name the event whose words end at a token: the library's name, or else the words.
    """
    words = cell.words(_event_start(cell, begins, mark), mark).removeprefix("其").strip("、")
    if not words:
        return UNNAMED
    for word, name in EVENTS.items():
        if word in words:
            return name
    return words


def _hours(cell: Cell, at: int) -> Limit | None:
    after = at + 2
    if cell.sort(after) is not Sort.WITHIN or cell.sort(at - 1) is Sort.MEASURE:
        why = Why.MEASURE if cell.sort(at - 1) is Sort.MEASURE else Why.LENGTH
        return passed(at, after, why)
    words = cell.words(at, after + 1)
    # A day is counted in days, never in hours, so that no rule says this.
    doubt = Doubt(code="doubt.hours", words=words, blocks=True)
    return Limit(Unresolved(words), at, after + 1, doubts=[doubt])
