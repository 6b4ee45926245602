"""
A second engine: slow and plain, one day after another, to hold a fast one to.

It shares no counting with the library: no table, no arithmetic on months, no short cut.  What a
rule means is written down again, from docs/explanation/counting-days.md and the clauses it names.

>>> from rectiflow import WorkCalendar
>>> after(date(2022, 9, 30), 20, "workday", WorkCalendar.china().is_workday)
datetime.date(2022, 11, 2)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

__all__ = [
    "Worked",
    "after",
    "before",
    "count",
    "months_back",
    "months_on",
    "nth_workday",
    "period_end",
    "rolled",
]

Worked = Callable[[date], bool]
"""Whether a day is worked; it raises where nobody knows."""

_DAY = timedelta(days=1)
_UNKNOWN = (ValueError, LookupError)
_MONTHS = {"year": 12, "half": 6, "quarter": 3, "month": 1}


def nth_workday(start: date, n: int, worked: Worked, left_out: Iterable[date] = ()) -> date:
    """
    Walk to the *n*-th working day after *start*, which is not counted.

    Args:
        start: The day walked from; it must be known.
        n: How many, 1 or more.
        worked: Which days are worked.
        left_out: Days that are not counted.
    """
    worked(start)
    skipped, day = frozenset(left_out), start
    while n:
        day += _DAY
        if worked(day) and day not in skipped:
            n -= 1
    return day


def count(after_day: date, until: date, worked: Worked) -> int:
    """
    Count the working days after *after_day* up to *until*, included, on fingers.
    """
    found, day = 0, after_day
    while day < until:
        day += _DAY
        if worked(day):
            found += 1
    return found


def months_on(start: date, months: int) -> date:
    """
    Walk on to the corresponding day, or to the last day of a month that has none (民法典 202).

    >>> months_on(date(2020, 1, 31), 1), months_on(date(2020, 2, 29), 12)
    (datetime.date(2020, 2, 29), datetime.date(2021, 2, 28))
    """
    day = start
    while months:
        day += _DAY
        if day.day == 1:
            months -= 1
    while day.day < start.day and (day + _DAY).day > 1:
        day += _DAY
    return day


def months_back(start: date, months: int) -> date:
    """
    Walk back to the corresponding day, or to the last day of a month that has none.

    >>> months_back(date(2020, 3, 31), 1)
    datetime.date(2020, 2, 29)
    """
    day = start
    while months:
        if day.day == 1:
            months -= 1
        day -= _DAY
    while day.day > start.day:
        day -= _DAY
    return day


def rolled(day: date, worked: Worked, left_out: Iterable[date] = ()) -> date:
    """
    Walk on to the first day that is worked (民法典 203), or stay where nobody knows.
    """
    skipped, on = frozenset(left_out), day
    try:
        while not worked(on) or on in skipped:
            on += _DAY
    except _UNKNOWN:
        return day
    return on


def after(
    start: date,
    n: int,
    unit: str,
    worked: Worked,
    *,
    left_out: Iterable[date] = (),
    roll: bool = True,
) -> date:
    """
    Walk to the last day of a period, its start day not counted (民法典 201).

    Args:
        start: The day counted from.
        n: How many, 1 or more.
        unit: ``"workday"``, ``"day"``, ``"week"``, ``"month"`` or ``"year"``.
        worked: Which days are worked.
        left_out: Days of a suspension, which are not counted.
        roll: Whether a last day on a rest day gives way (民法典 203).
    """
    skipped = frozenset(left_out)
    if unit == "workday":
        return nth_workday(start, n, worked, skipped)
    if unit in {"day", "week"}:
        length = n * (7 if unit == "week" else 1)
    else:
        length = (months_on(start, n * (12 if unit == "year" else 1)) - start).days
    day = start
    while length:
        day += _DAY
        if day not in skipped:
            length -= 1
    return rolled(day, worked, skipped) if roll else day


def before(start: date, n: int, unit: str, worked: Worked) -> date:
    """
    Walk back so long before a day, which is not counted; the day arrived at does not roll.
    """
    if unit in {"month", "year"}:
        return months_back(start, n * (12 if unit == "year" else 1))
    day, left = start, n * (7 if unit == "week" else 1)
    while left:
        day -= _DAY
        if unit != "workday" or worked(day):
            left -= 1
    return day


def period_end(day: date, period: str) -> date:
    """
    Walk on from a day to the last day of the period it lies in.

    Args:
        day: Any day of the period.
        period: ``"year"``, ``"half"``, ``"quarter"``, ``"month"`` or ``"ten_day"``.
    """
    while not _is_last(day, period):
        day += _DAY
    return day


def _is_last(day: date, period: str) -> bool:
    morrow = day + _DAY
    if period == "ten_day":
        return day.day in {10, 20} or morrow.day == 1
    return morrow.day == 1 and day.month % _MONTHS[period] == 0
