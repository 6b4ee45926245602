"""
Days told from the day of issue: 本周五, 下月5日前; and feasts, which tell no date.
"""

from __future__ import annotations

from datetime import date, timedelta

from rectiflow.deadlines import FixedDate, PeriodEnd, Recurring, Unresolved
from rectiflow.messages import Message
from rectiflow.reading.points import TEN_DAYS, Part, Point, point_at
from rectiflow.reading.reasons import Why
from rectiflow.reading.sorts import Sort
from rectiflow.reading.time_words import DAYS_ON, WEEKDAYS
from rectiflow.source import Doubt

from .cell import (
    CLOSERS,
    DOES,
    ENDS,
    Cell,
    Limit,
    day_of,
    due_of,
    following_month,
    passed,
    past_marks,
)
from .dated import closing_doubts, dated_limit

__all__ = [
    "holiday_limits",
    "near_day_limits",
    "near_month_limits",
    "untold_limits",
    "weekday_limits",
]


def weekday_limits(
    cell: Cell, at: int, since: date | None = None, first: int | None = None
) -> list[Limit]:
    """
    Read 本周五, 下周一, 每周五; without an issue date a person must say which.
    """
    text = cell.tokens[at].text
    weekday = WEEKDAYS[text[-1]]
    if (dated := _bracketed_day(cell, at)) is not None:
        return [dated]
    after = past_marks(cell, at + 1)
    closing = cell.sort(after)
    limit = Limit(None, at, after + (closing in CLOSERS))
    words = cell.words(at, limit.last)
    if text.startswith("每"):
        anchor = FixedDate(date(2000, 1, 2) + timedelta(days=weekday))
        limit.rule = Recurring(anchor, "week", since=since)
        limit.first = at if first is None else first
        return [limit]
    if text.startswith("上") or closing in {Sort.NEVER, Sort.AFTER}:
        limit.why = Why.UNREAD if closing is Sort.AFTER else Why.OVER
        return [limit]
    weeks = 1 if text.startswith("下") else 0
    if cell.issued is None:
        limit.rule = Unresolved(words)
        limit.doubts.append(Doubt(code="doubt.relative-day", words=words, blocks=True))
        return [limit]
    monday = cell.issued - timedelta(days=cell.issued.isoweekday() - 1)
    due = monday + timedelta(days=7 * weeks + weekday - 1)
    limit.rule = FixedDate(due)
    limit.notes.append(Message.of("reading.weekday", words=words, issued=cell.issued, day=due))
    if due < cell.issued or not text.startswith(("本", "这", "下")):
        candidates = (due.isoformat(), (due + timedelta(days=7)).isoformat())
        limit.doubts.append(Doubt(code="doubt.which-week", words=words, candidates=candidates))
    return [limit]


def _bracketed_day(cell: Cell, at: int) -> Limit | None:
    """
    Read 本周五(3月17日)前: the day in brackets is the one meant.
    """
    point = point_at(cell.tokens, at + 2) if cell.sort(at + 1) is Sort.OPEN else None
    if point is None or point.part is not Part.DAY or cell.sort(point.last) is not Sort.CLOSE:
        return None
    after = past_marks(cell, point.last + 1)
    closing = cell.sort(after)
    return dated_limit(cell, point, Limit(None, at, after + (closing in CLOSERS)), closing)


def near_month_limits(cell: Cell, at: int) -> list[Limit]:
    """
    Read 本月底, 本月20日, 下月5日前.
    """
    token = cell.tokens[at]
    place, day = at + 1, None
    third = None
    if cell.sort(place) in {Sort.BOTTOM, Sort.MONTH_END}:
        place += 1
    elif cell.sort(place) is Sort.TEN_DAY:
        third, place = TEN_DAYS[cell.tokens[place].text], place + 1
    elif cell.sort(place) is Sort.NUMBER and cell.sort(place + 1) is Sort.DAY:
        day, place = cell.tokens[place].number, place + 2
    elif cell.sort(place) not in CLOSERS:
        return [passed(at, place, _why_month(cell, at))]
    place = past_marks(cell, place)
    limit = Limit(None, at, place + (cell.sort(place) in CLOSERS))
    words = cell.words(at, limit.last)
    if cell.issued is None:
        limit.rule = Unresolved(words)
        limit.doubts.append(Doubt(code="doubt.relative-day", words=words, blocks=True))
        return [limit]
    year, month = cell.issued.year, cell.issued.month
    if token.sort is Sort.NEXT_MONTH:
        year, month = following_month(cell.issued)
    if third is not None:
        limit.rule = PeriodEnd("ten_day", ten_day=third, month=month, year=year)
        point = Point(Part.TEN_DAY, at, place, year=year, month=month, number=third)
        closing = cell.sort(limit.last - 1)
        limit.doubts += closing_doubts(cell, point, closing, limit.rule, words)
    elif day is None:
        limit.rule = PeriodEnd("month", month=month, year=year)
    elif (due := day_of(year, month, day)) is not None:
        limit.rule = FixedDate(due)
    else:
        limit.rule = Unresolved(words)
        limit.doubts.append(Doubt(code="doubt.no-such-day", words=words, blocks=True))
    found = due_of(limit.rule, cell.issued) if day is None or due is not None else None
    if found is not None:
        note = Message.of("reading.near-month", words=words, issued=cell.issued, day=found)
        limit.notes.append(note)
    if token.text in {"次月", "当月"}:
        # The month of something else, perhaps: only the text around it could tell.
        days = () if found is None else (found.isoformat(),)
        limit.doubts.append(Doubt(code="doubt.which-month", words=words, candidates=days))
    return [limit]


def _why_month(cell: Cell, at: int) -> Why:
    """
    Say why a month alone is no deadline: 本月工作要点 names a thing, 本月完成 was not understood.
    """
    does = cell.sort(at + 1) in DOES or cell.sort(at + 1) in ENDS
    return Why.UNREAD if does else Why.NAMED


def near_day_limits(cell: Cell, at: int) -> list[Limit]:
    """
    Read 今天下班前, 明天上午10点前, 后天完成.
    """
    place = past_marks(cell, at + 1)
    closing = cell.sort(place)
    if closing not in CLOSERS and closing not in DOES and closing not in ENDS:
        return [passed(at, place, Why.OVER if closing in _GONE_ON else Why.UNREAD)]
    limit = Limit(None, at, place + (closing in CLOSERS))
    words = cell.words(at, limit.last)
    if cell.issued is None:
        limit.rule = Unresolved(words)
        limit.doubts.append(Doubt(code="doubt.relative-day", words=words, blocks=True))
        return [limit]
    due = cell.issued + timedelta(days=DAYS_ON[cell.tokens[at].text])
    limit.rule = FixedDate(due)
    limit.notes.append(Message.of("reading.weekday", words=words, issued=cell.issued, day=due))
    return [limit]


_GONE_ON = frozenset({Sort.NEVER, Sort.OF})


def untold_limits(cell: Cell, at: int, first: int | None = None) -> list[Limit]:
    """
    Pass 月中报送, 任期内完成 and 今冬明春 on to a person; 年初预算 names a thing.
    """
    closing = cell.sort(at + 1)
    closes = closing in CLOSERS or (closing in _ABOUT_THEN and closing is not Sort.TO)
    begins = at if first is None else first
    opens = begins == cell.begins or cell.sort(begins - 1) in _POINTS
    asks = closes or (opens and (closing in ENDS or closing in DOES))
    return [passed(begins, at + 1 + closes, Why.UNREAD if asks else Why.NAMED)]


_POINTS = frozenset({Sort.AT, Sort.TO})


def holiday_limits(cell: Cell, at: int, first: int | None = None) -> list[Limit]:
    """
    Leave 春节前 open: no date is read from a feast's name.
    """
    begins = at if first is None else first
    last = at + 1
    while last < at + _MOST_FEASTS and (cell.sort(last) is Sort.HOLIDAY or cell.joins(last)):
        last += 1  # 中秋、国庆“两节”前
    last += cell.text(last) in _OF_A_SEASON
    if cell.sort(last) is not Sort.BEFORE:
        told = cell.sort(last) in _ABOUT_THEN
        return [passed(begins, last + told, Why.UNREAD if told else Why.NAMED)]
    words = cell.words(begins, last + 1)
    doubt = Doubt(code="doubt.no-date", words=words, blocks=True)
    return [Limit(Unresolved(words), begins, last + 1, doubts=[doubt])]


_ABOUT_THEN = frozenset({Sort.AFTER, Sort.DURING, Sort.WITHIN, Sort.ABOUT, Sort.TO})
_MOST_FEASTS = 6
_OF_A_SEASON = frozenset({"结束", "来临", "到来", "开始", "来到"})
