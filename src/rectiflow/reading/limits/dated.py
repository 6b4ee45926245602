"""
A point of the calendar as a deadline: its year, its rule, and what it leaves unclear.
"""

from __future__ import annotations

from datetime import date, timedelta

from rectiflow.deadlines import (
    DeadlineRule,
    FixedDate,
    MonthDay,
    Period,
    PeriodEnd,
    StandingDuty,
    Unresolved,
)
from rectiflow.messages import Message
from rectiflow.reading.points import Part, Point
from rectiflow.reading.sorts import Sort
from rectiflow.reading.time_words import WEEKDAYS
from rectiflow.source import Doubt

from .cell import NO_LIMIT, Cell, Limit, day_of, due_of, first_day, following_month, in_year

__all__ = ["CLOSINGS", "closing_doubts", "dated_limit", "year_of"]


CLOSINGS = frozenset({Sort.BEFORE, Sort.BY, Sort.WITHIN, Sort.SINCE, Sort.ABOUT})


def year_of(cell: Cell, point: Point) -> int | None:
    """
    Give the year that a point names, by number or from the day of issue.
    """
    if point.year is not None:
        return point.year
    if point.years_on is not None and cell.issued is not None:
        return cell.issued.year + point.years_on
    return None


def dated_limit(cell: Cell, point: Point, limit: Limit, closing: Sort | None) -> Limit:
    """
    Make the rule of one point.
    """
    words = cell.words(limit.first, limit.last)
    if not point.is_real():
        limit.rule = Unresolved(words)
        limit.doubts.append(Doubt(code="doubt.no-such-day", words=words, blocks=True))
        return limit
    if point.lost and not point.cuts:
        cell.lost += point.lost
        lost = tuple(character for _place, character in point.lost)
        limit.notes.append(Message.of("reading.lost", words=words, characters=lost))
    carried = limit.carried = _settle_year(cell, point, limit, words)
    if limit.rule is not None:
        return limit
    if point.cuts:
        _cut_open(cell, point, limit, words)
        return limit
    limit.rule = _rule(cell, point, carried)
    if limit.is_start and point.part is not Part.DAY:
        _begin(cell, point, limit)
        return limit
    if limit.rule is None:
        limit.rule = Unresolved(words)
        limit.doubts.append(Doubt(code="doubt.no-year", words=words, blocks=True))
    limit.doubts += closing_doubts(cell, point, closing, limit.rule, words)
    if cell.tokens[point.first].sort is Sort.MONTH_DAY and closing not in _CLOSED:
        limit.doubts.append(_a_number(limit.rule, cell.issued, words))
    _check_weekday(cell, point, limit, words)
    due = due_of(limit.rule, cell.issued)
    _exclude(cell, point, limit)
    if due is not None:
        if carried:
            _doubt_going_back(cell, due, limit, words)
        elif cell.told is not None and point.year is None and cell.told < due.year:
            _doubt_the_year(cell.told, due, limit, words)
        cell.dated = due
    return limit


_CLOSED = frozenset({Sort.BEFORE, Sort.BY})


def _a_number(rule: DeadlineRule, issued: date | None, words: str) -> Doubt:
    """
    Doubt whether a bare 8.31 is a day at all.
    """
    due = due_of(rule, issued)
    days = () if due is None else (due.isoformat(),)
    return Doubt(code="doubt.date-or-number", words=words, candidates=(*days, NO_LIMIT))


def _doubt_going_back(cell: Cell, due: date, limit: Limit, words: str) -> None:
    """
    Doubt a carried year that puts a date before the one it was carried from.
    """
    if cell.dated is None or due >= cell.dated or due.month == cell.dated.month:
        return
    candidates = (due.isoformat(), in_year(due, due.year + 1).isoformat())
    limit.doubts.append(Doubt(code="doubt.carried-back", words=words, candidates=candidates))


def _doubt_the_year(told: int, due: date, limit: Limit, words: str) -> None:
    """
    Doubt the year of a date behind a fact of an earlier one: 2023年6月发现…，要求6月底前修复.
    """
    candidates = (due.isoformat(), in_year(due, told).isoformat())
    limit.doubts.append(Doubt(code="doubt.year-told", words=words, candidates=candidates))


def _exclude(cell: Cell, point: Point, limit: Limit) -> None:
    """
    Take 不含当日 at its word: the day before is the last in time.
    """
    last, rule = limit.last, limit.rule
    after = cell.sort(last) is Sort.OPEN and cell.sort(last + 1) is Sort.EXCLUSIVE
    within = [n for n in range(point.last, last) if cell.sort(n) is Sort.EXCLUSIVE]
    if not (after or within) or not isinstance(rule, (FixedDate, MonthDay)):
        return
    if isinstance(rule, FixedDate):
        limit.rule = FixedDate(rule.day - timedelta(days=1))
    else:
        earlier = date(_LEAP_YEAR, rule.month, rule.day) - timedelta(days=1)
        limit.rule = MonthDay(earlier.month, earlier.day)
    while after and cell.sort(limit.last) not in {Sort.CLOSE, None}:
        limit.last += 1
    limit.last += after and cell.sort(limit.last) is Sort.CLOSE
    limit.notes.append(Message.of("reading.excluded", day=due_of(rule, cell.issued) or str(rule)))


_LEAP_YEAR = 2000


def _settle_year(cell: Cell, point: Point, limit: Limit, words: str) -> bool:
    """
    Find the year of a point that names none; say whether it was carried from the cell.
    """
    year = year_of(cell, point)
    if year is not None:
        if point.year is None:
            limit.notes.append(Message.of("reading.year-of-issue", words=words, year=year))
        elif point.is_short_year:
            limit.notes.append(Message.of("reading.short-year", words=words, year=year))
        point.year = cell.year = year
        if point.month is not None:
            cell.month = point.month
        return False
    if point.years_on is not None:
        limit.rule = Unresolved(words)
        limit.doubts.append(Doubt(code="doubt.no-year", words=words, blocks=True))
        return False
    if point.part is Part.DAY and point.month is None and not point.cuts:
        _day_alone(cell, point, limit, words)
    if point.month is not None:
        cell.month = point.month
    if cell.year is None or limit.rule is not None:
        return False
    point.year = cell.year
    return True


def _begin(cell: Cell, point: Point, limit: Limit) -> None:
    """
    Take 从2020年起 and 自7月起 for what they are: a duty that begins, and no day to be done by.
    """
    end = None if limit.rule is None else due_of(limit.rule, cell.issued)
    if end is not None:
        limit.starts = end if point.part in _WHOLE else first_day(point, end)
        cell.dated = limit.starts
    limit.rule = StandingDuty()


def _day_alone(cell: Cell, point: Point, limit: Limit, words: str) -> None:
    if cell.month is not None:
        point.month = cell.month
        limit.notes.append(Message.of("reading.month-carried", words=words, month=cell.month))
        if not point.is_real():
            limit.rule = Unresolved(words)
            limit.doubts.append(Doubt(code="doubt.no-such-day", words=words, blocks=True))
        return
    candidates: tuple[str, ...] = ()
    if cell.issued is not None:
        months = [(cell.issued.year, cell.issued.month), following_month(cell.issued)]
        days = [day_of(year, month, point.day or 0) for year, month in months]
        candidates = tuple(day.isoformat() for day in days if day is not None)
    limit.rule = Unresolved(words)
    limit.doubts.append(
        Doubt(code="doubt.no-month", words=words, candidates=candidates, blocks=True)
    )


def _cut_open(cell: Cell, point: Point, limit: Limit, words: str) -> None:
    """
    Leave a damaged date that can be cut in two ways to a person.
    """
    year = point.year or (cell.issued.year if cell.issued else None)
    days = [] if year is None else [day_of(year, month, day) for month, day in point.cuts]
    found = tuple(day.isoformat() for day in days if day is not None)
    limit.rule = Unresolved(words)
    limit.doubts.append(
        Doubt(code="doubt.compact-date", words=words, candidates=found, blocks=True)
    )


_PERIODS = {
    Part.YEAR: Period.YEAR,
    Part.YEAR_END: Period.YEAR,
    Part.HALF: Period.HALF,
    Part.HALF_END: Period.HALF,
    Part.QUARTER: Period.QUARTER,
    Part.QUARTER_END: Period.QUARTER,
    Part.MONTH: Period.MONTH,
    Part.MONTH_END: Period.MONTH,
    Part.MONTH_START: Period.TEN_DAY,
    Part.TEN_DAY: Period.TEN_DAY,
}


def _rule(cell: Cell, point: Point, carried: bool) -> DeadlineRule | None:  # noqa: FBT001 -- how the year was found
    year = point.year
    if point.part is Part.DAY:
        month, day = point.month or 0, point.day or 0
        if year is None:
            return MonthDay(month, day)
        found = day_of(year, month, day)
        return None if found is None else FixedDate(found)
    if carried and cell.issued is not None and cell.issued.year == year:
        # The text does not print it, and the issue date alone gives the same.
        year = None
    period = _PERIODS[point.part]
    places: dict[str, int] = {}
    if period in {Period.MONTH, Period.TEN_DAY} and point.month is not None:
        places["month"] = point.month
    if period is Period.TEN_DAY:
        places["ten_day"] = point.number or 1
    if period in {Period.HALF, Period.QUARTER} and point.number is not None:
        places[period.value] = point.number
    if year is not None and (period is Period.YEAR or places):
        places["year"] = year
    return PeriodEnd(period, **places)  # type: ignore[arg-type]  # only places of that period


_WHOLE = frozenset({Part.DAY, Part.YEAR_END, Part.HALF_END, Part.MONTH_END, Part.QUARTER_END})


_FILLED = frozenset({Part.HALF, Part.QUARTER})


def closing_doubts(
    cell: Cell, point: Point, closing: Sort | None, rule: DeadlineRule, words: str
) -> list[Doubt]:
    """
    Doubt what ends within a period: 5月前, 到2025年, 6月下旬, 9月投入使用.
    """
    if closing is Sort.ABOUT:
        day = due_of(rule, cell.issued)
        near = () if day is None else (day.isoformat(),)
        return [Doubt(code="doubt.about", words=words, candidates=near)]
    if closing is Sort.WITHIN or point.part in _WHOLE:
        return []
    if point.part in _FILLED and closing is not Sort.BEFORE:
        return []  # 上半年完成, 三季度完成
    end = due_of(rule, cell.issued)
    if end is None:
        code = "doubt.before-or-end" if closing is Sort.BEFORE else "doubt.by-its-end"
        return [Doubt(code=code, words=words)]
    first = first_day(point, end)
    if closing is Sort.SINCE:
        return []
    if closing is Sort.BEFORE:
        days: tuple[date, ...] = (end, first - timedelta(days=1))
        code = "doubt.before-or-end"
    else:
        # Nobody who writes 到2025年 means its first day.
        days = (end,) if point.part is Part.YEAR else (end, first)
        code = "doubt.by-its-end"
    candidates = tuple(each.isoformat() for each in days)
    return [Doubt(code=code, words=words, candidates=candidates)]


def _check_weekday(cell: Cell, point: Point, limit: Limit, words: str) -> None:
    at = point.last + (cell.sort(point.last) is Sort.OPEN)
    if cell.sort(at) is not Sort.WEEKDAY or point.part is not Part.DAY:
        return
    due = due_of(limit.rule, cell.issued) if limit.rule is not None else None
    weekday = WEEKDAYS[cell.tokens[at].text[-1]]
    if due is not None and due.isoweekday() != weekday:
        limit.doubts.append(
            Doubt(code="doubt.weekday-contradicts", words=words, candidates=(due.isoformat(),))
        )
