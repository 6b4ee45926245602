"""
Counting a period from a day: the units of 民法典 200, days left out, the last day's roll.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING

from rectiflow.workdays import CalendarCoverageError, Roll, WorkCalendar

from .adjustments import CountUnit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["corresponding_day", "count_back", "count_on", "merged_spans", "rolled"]

Span = tuple[date, date]
_DAY = timedelta(days=1)


def corresponding_day(start: date, months: int) -> date:
    """
    Give the same day of the month *months* on (back, if negative), or that month's last day.

    >>> corresponding_day(date(2020, 1, 31), 1)
    datetime.date(2020, 2, 29)

    Source:
        民法典 202.
    """
    years, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(years, month + 1, min(start.day, monthrange(years, month + 1)[1]))


def merged_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """
    Join spans that overlap or touch; both ends are included.

    >>> one, other = (date(2020, 1, 1), date(2020, 1, 3)), (date(2020, 1, 4), date(2020, 1, 5))
    >>> merged_spans([other, one]) == ((date(2020, 1, 1), date(2020, 1, 5)),)
    True
    """
    merged: list[Span] = []
    for first, last in sorted(spans):
        if merged and first <= merged[-1][1] + _DAY:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return tuple(merged)


def count_on(
    start: date, n: int, unit: CountUnit, calendar: WorkCalendar, left_out: tuple[Span, ...] = ()
) -> date:
    """
    Give the last day of a period of *n* units, the start day not counted.

    Args:
        start: The day counted from.
        n: How many, 1 or more.
        unit: Of what.
        calendar: Asked for working days only.
        left_out: Merged spans of days that are not counted.

    Raises:
        CalendarCoverageError: If working days are counted past the calendar.
    """
    if unit is CountUnit.WORKDAY:
        return _skipping(start, n, calendar.add, calendar.count, left_out)
    return _skipping(start, _days(start, n, unit), _days_later, _days_between, left_out)


def count_back(anchor: date, n: int, unit: CountUnit, calendar: WorkCalendar) -> date:
    """
    Give the day *n* units before *anchor*, which is not counted.

    Raises:
        CalendarCoverageError: If working days are counted past the calendar.
    """
    match unit:
        case CountUnit.WORKDAY:
            return calendar.subtract(anchor, n)
        case CountUnit.DAY | CountUnit.WEEK:
            return anchor - timedelta(days=n if unit is CountUnit.DAY else 7 * n)
        case CountUnit.MONTH | CountUnit.YEAR:
            return corresponding_day(anchor, -n if unit is CountUnit.MONTH else -12 * n)


def rolled(
    day: date, how: Roll, calendar: WorkCalendar, left_out: tuple[Span, ...] = ()
) -> date | None:
    """
    Move a last day off a rest day, and off days that are not counted.

    Returns:
        *day* itself if it is worked or nothing is to roll; ``None`` if the calendar does not
        know, since a period in days or months ends whether or not a notice is published.
    """
    if how is Roll.NONE:
        return day
    step = _DAY if how is Roll.FOLLOWING else -_DAY
    try:
        while not calendar.is_workday(day) or any(a <= day <= b for a, b in left_out):
            day += step
    except CalendarCoverageError:
        return None
    return day


def _days(start: date, n: int, unit: CountUnit) -> int:
    match unit:
        case CountUnit.WEEK:
            return 7 * n
        case CountUnit.MONTH | CountUnit.YEAR:
            months = n if unit is CountUnit.MONTH else 12 * n
            return (corresponding_day(start, months) - start).days
        case _:
            return n


def _days_later(day: date, n: int) -> date:
    return day + timedelta(days=n)


def _days_between(first: date, last: date) -> int:
    return (last - first).days


def _skipping(
    start: date,
    n: int,
    add: Callable[[date, int], date],
    count: Callable[[date, date], int],
    left_out: tuple[Span, ...],
) -> date:
    # Each round adds the left-out days that the last answer ran over; since the answer only
    # grows, the first one that runs over no more than were added is the earliest right one.
    due, skipped = add(start, n), 0
    while left_out:
        found = 0
        for first, last in left_out:
            after, until = max(first - _DAY, start), min(last, due)
            if after < until:
                found += count(after, until)
        if found == skipped:
            break
        due, skipped = add(start, n + found), found
    return due
