"""
Which days are worked: a calendar that answers inside its coverage and nowhere else.

A day here is a date without a time.  "The n-th working day after a day" never counts that day;
"between a and b" leaves a out and takes b in.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, Self

import attrs

from .errors import InvalidValueError, RectiflowError
from .moments import check_day
from .notices import Published, published

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["CalendarCoverageError", "Roll", "WorkCalendar"]

_DAY = timedelta(days=1)
_SATURDAY = 5
_LATE_DECEMBER = 29


class Roll(StrEnum):
    """
    Where a day that is not worked goes.
    """

    NONE = "none"
    FOLLOWING = "following"
    PRECEDING = "preceding"


@attrs.define(slots=False, eq=False, repr=False)
class CalendarCoverageError(RectiflowError, LookupError):
    """
    A question about a day of which nothing is published, or past the end of what is.

    Attributes:
        day: The day asked about, or counted from.
        known_from: The first day covered, included.
        known_until: The last day covered, included.
    """

    code: ClassVar[str] = "error.calendar-coverage"

    day: date
    known_from: date
    known_until: date


def _sorted_days(days: Iterable[date]) -> tuple[date, ...]:
    given = tuple(days)
    for day in given:
        check_day("WorkCalendar days", day)
    return tuple(sorted(set(given)))


@attrs.frozen(kw_only=True)
class WorkCalendar:
    """
    Which days are worked, from a first to a last day that are both covered.

    Mondays to Fridays are worked and weekends are not, but for the exceptions.

    Attributes:
        name: What it is, for people.
        known_from: The first day covered, included.
        known_until: The last day covered, included.
        off: Mondays to Fridays that are not worked, sorted.
        work: Saturdays and Sundays that are worked (调休上班), sorted.
        provisional_from: The first day that a later notice may still change; ``None`` if none.

    Raises:
        InvalidValueError: If a day is no date, lies outside, or is no exception at all.

    >>> china = WorkCalendar.china()
    >>> china.add(date(2022, 9, 30), 20)
    datetime.date(2022, 11, 2)
    >>> china.is_workday(date(2020, 6, 28))  # a Sunday worked for the Dragon Boat Festival
    True
    """

    name: str
    known_from: date
    known_until: date
    off: tuple[date, ...] = attrs.field(
        default=(), converter=_sorted_days, repr=lambda days: f"<{len(days)} days>"
    )
    work: tuple[date, ...] = attrs.field(
        default=(), converter=_sorted_days, repr=lambda days: f"<{len(days)} days>"
    )
    provisional_from: date | None = None
    _first: int = attrs.field(init=False, eq=False, repr=False)
    # Working days in [known_from, day], by the day's place; and the k-th working day, from 0.
    _rank: list[int] = attrs.field(init=False, eq=False, repr=False)
    _nth: list[date] = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """
        Check the days and lay down both tables.
        """
        for field in ("known_from", "known_until"):
            check_day(f"WorkCalendar.{field}", getattr(self, field))
        if self.known_until < self.known_from:
            expected = f"a day not before known_from ({self.known_from})"
            raise InvalidValueError("WorkCalendar.known_until", self.known_until, expected)
        if self.provisional_from is not None:
            check_day("WorkCalendar.provisional_from", self.provisional_from)
        self._check_exceptions("off", self.off, on_weekend=False)
        self._check_exceptions("work", self.work, on_weekend=True)
        off, work = set(self.off), set(self.work)
        rank: list[int] = []
        nth: list[date] = []
        day = self.known_from
        for _ in range((self.known_until - self.known_from).days + 1):
            if (day not in off) if day.weekday() < _SATURDAY else (day in work):
                nth.append(day)
            rank.append(len(nth))
            if day < self.known_until:
                day += _DAY
        for name, value in (("first", self.known_from.toordinal()), ("rank", rank), ("nth", nth)):
            object.__setattr__(self, f"_{name}", value)

    def _check_exceptions(self, field: str, days: Iterable[date], *, on_weekend: bool) -> None:
        for day in days:
            if not self.known_from <= day <= self.known_until:
                expected = f"a day from {self.known_from} to {self.known_until}"
                raise InvalidValueError(f"WorkCalendar.{field}", day, expected)
            if (day.weekday() >= _SATURDAY) is not on_weekend:
                expected = "a Saturday or Sunday" if on_weekend else "a Monday to Friday"
                raise InvalidValueError(f"WorkCalendar.{field}", day, expected)

    @classmethod
    def china(cls, known_on: date | None = None) -> WorkCalendar:
        """
        Give mainland China's calendar, from 2004 to the last year that is published.

        Args:
            known_on: As it was published by that day, included: later years are not covered
                and later changes not made.  ``None`` for all that the installed tables hold.

        Raises:
            CalendarCoverageError: If nothing had been published by then.

        Source:
            The yearly notices of the State Council's General Office; see
            :data:`rectiflow.NOTICES`.
        """
        if known_on is not None:
            check_day("known_on", known_on)
        try:
            return _china(published(known_on))
        except LookupError:
            if known_on is None:
                raise
            whole = cls.china()
            raise CalendarCoverageError(known_on, whole.known_from, whole.known_until) from None

    def is_workday(self, day: date) -> bool:
        """
        Say whether *day* is worked; a make-up weekend day is.

        Raises:
            CalendarCoverageError: If it is not covered.
        """
        place = self._place(day)
        return self._rank[place] > (self._rank[place - 1] if place else 0)

    def is_provisional(self, day: date) -> bool:
        """
        Say whether a later notice may still change *day*.

        Raises:
            CalendarCoverageError: If it is not covered.
        """
        self._place(day)
        return self.provisional_from is not None and day >= self.provisional_from

    def add(self, day: date, n: int) -> date:
        """
        Give the *n*-th working day after *day*, which is not counted.

        Raises:
            InvalidValueError: If *n* is less than 1 or no whole number.
            CalendarCoverageError: If *day* or the answer is not covered.
        """
        if type(day) is date and type(n) is int and n > 0:
            place = day.toordinal() - self._first
            if place >= 0:
                try:
                    return self._nth[self._rank[place] + n - 1]
                except IndexError:
                    self._refuse(day)
        return self._nth[self._counted(day, n) - 1 + self._rank[self._place(day)]]

    def subtract(self, day: date, n: int) -> date:
        """
        Give the *n*-th working day before *day*, which is not counted (届满前n个工作日).

        Raises:
            InvalidValueError: If *n* is less than 1 or no whole number.
            CalendarCoverageError: If *day* or the answer is not covered.
        """
        place = self._place(day)
        before = self._rank[place - 1] if place else 0
        wanted = before - self._counted(day, n)
        if wanted < 0:
            self._refuse(day)
        return self._nth[wanted]

    def count(self, after: date, until: date) -> int:
        """
        Count the working days after *after* up to *until*, included.

        Raises:
            InvalidValueError: If *until* is before *after*.
            CalendarCoverageError: If either is not covered.
        """
        first, last = self._place(after), self._place(until)
        if last < first:
            raise InvalidValueError("until", until, f"a day not before {after}")
        return self._rank[last] - self._rank[first]

    def roll(self, day: date, how: Roll | str) -> date:
        """
        Give *day* itself if it is worked, else the next or the last working day.

        Args:
            day: The day.
            how: ``"following"``, ``"preceding"``, or ``"none"`` for *day* as it is.

        Raises:
            InvalidValueError: If there is no such roll.
            CalendarCoverageError: If *day* or the answer is not covered.
        """
        try:
            wanted = Roll(how)
        except ValueError:
            raise InvalidValueError("how", how, "one of " + ", ".join(Roll)) from None
        if wanted is Roll.NONE or self.is_workday(day):
            check_day("day", day)
            return day
        return self.add(day, 1) if wanted is Roll.FOLLOWING else self.subtract(day, 1)

    def overlay(
        self,
        *,
        off: Iterable[date] = (),
        work: Iterable[date] = (),
        name: str | None = None,
    ) -> WorkCalendar:
        """
        Make a calendar in which these days are off or worked: a province's, or a later year.

        Days after ``known_until`` extend the coverage to the end of the last year named, every
        year on the way being named too; its other days are plain weekdays and weekends, and
        its days from 29 December on are provisional.

        Args:
            off: Days that are not worked; a weekend day may be among them, as notices have it.
            work: Days that are worked.
            name: What the new calendar is; by default this one's name.

        Raises:
            InvalidValueError: If a day is both, lies before the coverage, or leaves a year out.

        >>> guangxi = WorkCalendar.china().overlay(
        ...     off=[date(2017, 3, 30), date(2017, 3, 31)], work=[date(2017, 4, 8)])
        >>> guangxi.is_workday(date(2017, 3, 30)), guangxi.is_workday(date(2017, 4, 8))
        (False, True)
        """
        free, worked = set(_sorted_days(off)), set(_sorted_days(work))
        both = free & worked
        if both:
            raise InvalidValueError("overlay(off, work)", min(both), "a day in one of them only")
        until = self._extended(free | worked)
        tail = self.provisional_from
        if until > self.known_until:
            tail = date(until.year, 12, _LATE_DECEMBER)
        new_off = ({*self.off} | free) - worked
        new_work = ({*self.work} | worked) - free
        return WorkCalendar(
            name=self.name if name is None else name,
            known_from=self.known_from,
            known_until=until,
            off=(day for day in new_off if day.weekday() < _SATURDAY),
            work=(day for day in new_work if day.weekday() >= _SATURDAY),
            provisional_from=tail,
        )

    def _extended(self, days: set[date]) -> date:
        if days and min(days) < self.known_from:
            expected = f"a day from {self.known_from} on"
            raise InvalidValueError("overlay(off, work)", min(days), expected)
        years = {day.year for day in days if day > self.known_until}
        if not years:
            return self.known_until
        first = (self.known_until + _DAY).year
        missing = sorted(set(range(first, max(years) + 1)) - years)
        if missing:
            expected = f"the days of {missing[0]} too: a year left out is not known"
            raise InvalidValueError("overlay(off, work)", max(days), expected)
        return date(max(years), 12, 31)

    def to_plain(self) -> dict[str, Any]:
        """
        Write the calendar as plain data with ISO dates; :meth:`from_plain` reads it.
        """
        tail = self.provisional_from
        return {
            "name": self.name,
            "known_from": self.known_from.isoformat(),
            "known_until": self.known_until.isoformat(),
            "provisional_from": None if tail is None else tail.isoformat(),
            "off": [day.isoformat() for day in self.off],
            "work": [day.isoformat() for day in self.work],
        }

    @classmethod
    def from_plain(cls, data: Mapping[str, Any]) -> Self:
        """
        Read what :meth:`to_plain` wrote.

        Raises:
            InvalidValueError: If it is not that.
        """
        try:
            tail = data.get("provisional_from")
            return cls(
                name=data["name"],
                known_from=date.fromisoformat(data["known_from"]),
                known_until=date.fromisoformat(data["known_until"]),
                provisional_from=None if tail is None else date.fromisoformat(tail),
                off=map(date.fromisoformat, data["off"]),
                work=map(date.fromisoformat, data["work"]),
            )
        except (KeyError, TypeError, AttributeError) as error:
            expected = "name, known_from, known_until, off and work, with ISO dates"
            raise InvalidValueError("WorkCalendar", str(error), expected) from None
        except InvalidValueError:
            raise
        except ValueError as error:
            raise InvalidValueError("WorkCalendar", str(error), "ISO dates") from None

    def _place(self, day: date) -> int:
        if type(day) is not date:
            check_day("day", day)
        place = day.toordinal() - self._first
        if not 0 <= place < len(self._rank):
            self._refuse(day)
        return place

    def _counted(self, day: date, n: int) -> int:
        self._place(day)
        if type(n) is not int or n < 1:
            raise InvalidValueError("n", n, "a whole number of working days, 1 or more")
        return n

    def _refuse(self, day: date) -> NoReturn:
        raise CalendarCoverageError(day, self.known_from, self.known_until)


@cache
def _china(days: Published) -> WorkCalendar:
    return WorkCalendar(
        name="中国大陆",
        known_from=days.first,
        known_until=days.last,
        off=days.off,
        work=days.work,
        provisional_from=days.provisional_from,
    )
