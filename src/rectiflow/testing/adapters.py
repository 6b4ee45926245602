"""
Calendars that people use today, as the laws of a calendar ask them: each asked, nothing put right.

What a library lacks is not made up, and what it answers is passed on: so the laws judge it, and not
the adapter.  Where its convention is another one, as a count that takes both ends in, it is stated.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import attrs

__all__ = [
    "FunctionCalendar",
    "FunctionRules",
    "RollingCalendar",
    "chinese_calendar_adapter",
    "holidays_adapter",
    "numpy_adapter",
    "pandas_adapter",
]

_DAY = timedelta(days=1)


def _walked(is_workday: Callable[[date], bool]) -> Callable[[date, date], int]:
    def count(after: date, until: date) -> int:
        if until < after:
            raise ValueError(until)
        is_workday(after)
        days = (after + n * _DAY for n in range(1, (until - after).days + 1))
        return sum(is_workday(day) for day in days)

    return count


@attrs.frozen(kw_only=True)
class FunctionCalendar:
    """
    A calendar of plain functions.

    Attributes:
        known_from: The first day covered, included.
        known_until: The last day covered, included.
        is_workday: Whether a day is worked.
        add: The n-th working day after a day.
        count: The working days after a day up to another.  If not given, they are counted with
            *is_workday*, so that the laws of counting then say nothing about your code.

    >>> from rectiflow import WorkCalendar
    >>> from rectiflow.testing import calendar_laws, check
    >>> china = WorkCalendar.china()
    >>> mine = FunctionCalendar(
    ...     known_from=china.known_from, known_until=china.known_until,
    ...     is_workday=china.is_workday, add=lambda day, n: china.add(day, n + 1))
    >>> laws = calendar_laws.only("calendar.count-takes-add-back")
    >>> check(laws, mine)["calendar.count-takes-add-back"].outcome.value
    'broken'
    """

    known_from: date
    known_until: date
    is_workday: Callable[[date], bool]
    add: Callable[[date, int], date]
    count: Callable[[date, date], int] = attrs.field()

    @count.default
    def _by_walking(self) -> Callable[[date, date], int]:
        return _walked(self.is_workday)


@attrs.frozen(kw_only=True)
class RollingCalendar(FunctionCalendar):
    """
    A calendar of plain functions that rolls too.

    Attributes:
        roll: A day and ``"following"`` or ``"preceding"`` to the nearest working day there.
    """

    roll: Callable[[date, str], date]


@attrs.frozen
class _FunctionAnswer:
    """
    What a function came to.
    """

    due: date | None
    waiting_for: tuple[str, ...] = ()


@attrs.frozen
class _FunctionRule:
    """
    A function that waits for its event.
    """

    function: Callable[[date, int, str, Any], date]
    event: str
    n: int
    unit: str

    def resolve(self, *, events: dict[str, date], calendar: Any) -> _FunctionAnswer:  # noqa: ANN401 -- whatever the function takes
        """
        Call the function with the event's day, or wait.
        """
        if self.event not in events:
            return _FunctionAnswer(None, (self.event,))
        return _FunctionAnswer(self.function(events[self.event], self.n, self.unit, calendar))


@attrs.frozen
class FunctionRules:
    """
    Rules of one plain function: so long after a day.

    Attributes:
        after: From the start, n, the unit (``"workday"``, ``"day"``, ``"week"``, ``"month"``,
            ``"year"``) and a :class:`~rectiflow.WorkCalendar` to the last day.
    """

    after: Callable[[date, int, str, Any], date]

    def After(self, event: str, n: int, unit: str) -> _FunctionRule:  # noqa: N802 -- as the library's
        """
        Make the rule "so long after an event".
        """
        return _FunctionRule(self.after, event, n, unit)


def holidays_adapter(calendar: Any, known_from: date, known_until: date) -> FunctionCalendar:  # noqa: ANN401 -- a holidays object
    """
    Ask a calendar of ``holidays``, e.g. ``holidays.country_holidays("CN")``.

    Its count takes both ends in; the first one is taken off again.
    """
    return FunctionCalendar(
        known_from=known_from,
        known_until=known_until,
        is_workday=calendar.is_working_day,
        add=calendar.get_nth_working_day,
        count=lambda after, until: (
            calendar.get_working_days_count(after, until) - calendar.is_working_day(after)
        ),
    )


def chinese_calendar_adapter() -> FunctionCalendar:
    """
    Ask ``chinese_calendar``, over the years of its tables.

    Its list of working days takes both ends in; the first one is taken off again.
    """
    import chinese_calendar as theirs  # noqa: PLC0415 -- slow to load, and only used here

    years = {day.year for day in theirs.holidays}
    return FunctionCalendar(
        known_from=date(min(years), 1, 1),
        known_until=date(max(years), 12, 31),
        is_workday=theirs.is_workday,
        add=lambda day, n: theirs.find_workday(n, day),
        count=lambda after, until: (
            len(theirs.get_workdays(after, until)) - theirs.is_workday(after)
        ),
    )


def numpy_adapter(calendar: Any, known_from: date, known_until: date) -> RollingCalendar:  # noqa: ANN401 -- a numpy.busdaycalendar
    """
    Ask a ``numpy.busdaycalendar``, whose holidays were entered for these days.

    ``busday_offset`` is asked with ``roll="backward"``, which counts from a rest day;
    ``busday_count`` takes the first day in and leaves the last one out, so both go on by one.
    """
    import numpy as np  # noqa: PLC0415 -- whoever made the calendar has it

    def offset(day: date, n: int, roll: str) -> date:
        found = np.busday_offset(day, n, roll=roll, busdaycal=calendar)  # type: ignore[call-overload]  # one of its words
        return date.fromisoformat(str(found))

    return RollingCalendar(
        known_from=known_from,
        known_until=known_until,
        is_workday=lambda day: bool(np.is_busday(day, busdaycal=calendar)),
        add=lambda day, n: offset(day, n, "backward"),
        count=lambda after, until: int(
            np.busday_count(after + _DAY, until + _DAY, busdaycal=calendar)
        ),
        roll=lambda day, how: offset(day, 0, how),
    )


def pandas_adapter(offset: Any, known_from: date, known_until: date) -> RollingCalendar:  # noqa: ANN401 -- a pandas offset
    """
    Ask a ``pandas.offsets.CustomBusinessDay``, whose holidays were entered for these days.

    Its count is the length of a ``date_range``, from the day after the first.
    """
    import pandas as pd  # noqa: PLC0415 -- whoever made the offset has it

    def roll(day: date, how: str) -> date:
        roll = offset.rollforward if how == "following" else offset.rollback
        found: date = roll(pd.Timestamp(day)).date()
        return found

    def add(day: date, n: int) -> date:
        found: date = (pd.Timestamp(day) + n * offset).date()
        return found

    return RollingCalendar(
        known_from=known_from,
        known_until=known_until,
        is_workday=lambda day: bool(offset.is_on_offset(pd.Timestamp(day))),
        add=add,
        count=lambda after, until: len(pd.date_range(after + _DAY, until, freq=offset)),
        roll=roll,
    )
