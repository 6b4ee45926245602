"""
A calendar under test with its days laid out, so that laws can draw cases and walk by themselves.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import monthrange
from datetime import date, timedelta
from typing import Any

import attrs

from .law import NothingToTryError

__all__ = ["CalendarSubject", "subject_of"]

_DAY = timedelta(days=1)
_SATURDAY = 5
# Some 27 years; of a longer calendar the last ones.
_MOST_DAYS = 10_000


@attrs.frozen(eq=False, kw_only=True)
class CalendarSubject:
    """
    A calendar under test and what it says of each day, asked once.

    Attributes:
        cal: The calendar, watched.
        first: The first day covered, as it says itself.
        last: The last day covered.
        begins: The first day that was looked at.
        flags: Whether each day is worked, from *begins* to *last*.
        worked: The working days among them, in order.
        odd: Mondays to Fridays off and weekend days worked, in order.
        ends: 28 and 29 February, and the last days of months, in order.
    """

    cal: Any
    first: date
    last: date
    begins: date
    flags: tuple[bool, ...] = attrs.field(repr=False)
    worked: tuple[date, ...] = attrs.field(repr=False)
    odd: tuple[date, ...] = attrs.field(repr=False)
    ends: tuple[date, ...] = attrs.field(repr=False)

    def is_worked(self, day: date) -> bool:
        """
        Say what the calendar said of a day when it was looked at.
        """
        return self.flags[(day - self.begins).days]

    def walk(self, start: date, n: int) -> date | None:
        """
        Go forth day by day to the *n*-th working day after *start*; ``None`` past the end.
        """
        day, left = start, n
        while left:
            if day >= self.last:
                return None
            day += _DAY
            left -= self.is_worked(day)
        return day

    def walk_back(self, start: date, n: int) -> date | None:
        """
        Go back day by day to the *n*-th working day before *start*; ``None`` before the beginning.
        """
        day, left = start, n
        while left:
            if day <= self.begins:
                return None
            day -= _DAY
            left -= self.is_worked(day)
        return day

    def walked(self, after: date, until: date) -> int:
        """
        Count the working days after *after* up to *until* day by day.
        """
        span = range(1, (until - after).days + 1)
        return sum(self.is_worked(after + n * _DAY) for n in span)

    def crosses(self, after: date, until: date, *, worked: bool) -> bool:
        """
        Say whether a weekday off (or a weekend day worked) lies after *after*, up to *until*.
        """
        low, high = bisect_right(self.odd, after), bisect_right(self.odd, until)
        return any((each.weekday() >= _SATURDAY) is worked for each in self.odd[low:high])

    def has_odd(self, *, worked: bool) -> bool:
        """
        Say whether there is a weekday off (or a weekend day worked) a year, on the average.
        """
        found = sum((each.weekday() >= _SATURDAY) is worked for each in self.odd)
        return found > len(self.flags) // 366

    def place(self, day: date) -> int:
        """
        Give how many of the working days lie before *day*.
        """
        return bisect_left(self.worked, day)


def subject_of(cal: Any) -> CalendarSubject:  # noqa: ANN401 -- the calendar, watched
    """
    Ask a calendar for every day it covers.

    Raises:
        NothingToTryError: If it covers no day, or works on none.
    """
    first, last = cal.known_from, cal.known_until
    if last < first:
        raise NothingToTryError(f"known_until {last} < known_from {first}")
    begins = max(first, last - (_MOST_DAYS - 1) * _DAY)
    days = [begins + n * _DAY for n in range((last - begins).days + 1)]
    flags = tuple(cal.is_workday(day) for day in days)
    worked = tuple(day for day, flag in zip(days, flags, strict=True) if flag)
    if not worked:
        raise NothingToTryError(f"no working day from {begins} to {last}")
    return CalendarSubject(
        cal=cal,
        first=first,
        last=last,
        begins=begins,
        flags=flags,
        worked=worked,
        odd=tuple(
            day
            for day, flag in zip(days, flags, strict=True)
            if flag is (day.weekday() >= _SATURDAY)
        ),
        ends=tuple(
            day
            for day in days
            if day.day == monthrange(day.year, day.month)[1] or (day.month, day.day) == (2, 28)
        ),
    )
