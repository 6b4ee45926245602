"""
Calendars gone wrong, each in one method of a plain one.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import rectiflow as rf
from rectiflow.testing import calendar_laws

from .exhibits import Exhibit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["EXHIBITS", "Sound"]

DAY = timedelta(days=1)
SATURDAY, FRIDAY = 5, 4
FIRST, LAST = date(2019, 1, 1), date(2022, 12, 31)
LEAP_DAY = date(2020, 2, 29)  # a Saturday
CHINA = rf.WorkCalendar.china()


class Sound:
    """
    A calendar as an office might write it: two sets of days, and a walk. It keeps every law.
    """

    def __init__(self, off: Iterable[date], work: Iterable[date], until: date = LAST) -> None:
        self.known_from, self.known_until = FIRST, until
        self.off, self.work = frozenset(off), frozenset(work)

    def worked(self, day: date) -> bool:
        """
        Say whether a day is worked, wherever it lies.
        """
        return day not in self.off if day.weekday() < SATURDAY else day in self.work

    def covered(self, day: date) -> date:
        """
        Refuse a day outside.
        """
        if not self.known_from <= day <= self.known_until:
            raise LookupError(day)
        return day

    def is_workday(self, day: date) -> bool:
        """
        Say whether a covered day is worked.
        """
        return self.worked(self.covered(day))

    def step(self, day: date, n: int, way: timedelta) -> date:
        """
        Walk on or back over so many working days.
        """
        if n < 1:
            raise ValueError(n)
        self.covered(day)
        while n:
            day = self.covered(day + way)
            n -= self.worked(day)
        return day

    def add(self, day: date, n: int) -> date:
        """
        Count on.
        """
        return self.step(day, n, DAY)

    def subtract(self, day: date, n: int) -> date:
        """
        Count back.
        """
        return self.step(day, n, -DAY)

    def count(self, after: date, until: date) -> int:
        """
        Count between.
        """
        if self.covered(until) < self.covered(after):
            raise ValueError(until)
        return sum(self.worked(after + n * DAY) for n in range(1, (until - after).days + 1))

    def roll(self, day: date, how: str) -> date:
        """
        Move off a rest day.
        """
        self.covered(day)
        while not self.worked(day):
            day = self.covered(day + (DAY if how == "following" else -DAY))
        return day

    def overlay(self, *, off: Iterable[date] = (), work: Iterable[date] = ()) -> Any:
        """
        Make another, with days closed or opened.
        """
        free, busy = set(off), set(work)
        until = max([self.known_until, *(date(day.year, 12, 31) for day in free | busy)])
        new_off = {d for d in (self.off | free) - busy if d.weekday() < SATURDAY}
        new_work = {d for d in (self.work | busy) - free if d.weekday() >= SATURDAY}
        return type(self)(new_off, new_work, until)


OFF = [day for day in CHINA.off if FIRST <= day <= LAST]
WORK = [day for day in CHINA.work if FIRST <= day <= LAST]
EXHIBITS: list[Exhibit] = []


Broken = type[Sound]


def shown(law: str, worked: Iterable[date] = (), **more: Any) -> Callable[[Broken], Broken]:
    """
    Put a broken class on show: its name and docstring are those of the mistake.

    Args:
        law: The law that is expected to catch it, without its family.
        worked: Make-up days without which the mistake would not show.
        more: Whether it is equivalent.
    """

    def put(broken: Broken) -> Broken:
        words = "".join(f"-{each.lower()}" if each.isupper() else each for each in broken.__name__)
        EXHIBITS.append(
            Exhibit(
                name=words.removeprefix("-"),
                says=" ".join((broken.__doc__ or "").split()),
                family=calendar_laws,
                law=f"calendar.{law}",
                make=lambda: broken(OFF, [*WORK, *worked]),
                **more,
            )
        )
        return broken

    return put


@shown("add-equals-a-walk")
class StartDayCounted(Sound):
    """
    The start day is counted where it is worked.
    """

    def add(self, day: date, n: int) -> date:
        return super().add(day - DAY, n) if day > FIRST else super().add(day, n)


@shown("exceptions-are-kept")
class MakeUpDaysIgnored(Sound):
    """
    Make-up days are listed, but every weekend day is taken for a rest day.
    """

    def worked(self, day: date) -> bool:
        return day.weekday() < SATURDAY and day not in self.off


@shown("add-equals-a-walk")
class MakeUpDaysNotAdded(Sound):
    """
    Adding passes over make-up days.
    """

    def add(self, day: date, n: int) -> date:
        found = super().add(day, n)
        while found.weekday() >= SATURDAY:
            found = super().add(found, 1)
        return found


@shown("add-equals-a-walk")
class MakeUpDaysNotPassed(Sound):
    """
    Adding counts Monday to Friday without holidays; make-up days on the way do not count.
    """

    def add(self, day: date, n: int) -> date:
        if n < 1:
            raise ValueError(n)
        self.covered(day)
        while n:
            day = self.covered(day + DAY)
            n -= day.weekday() < SATURDAY and day not in self.off
        return day


@shown("add-lands-on-a-workday")
class HolidaysNotAdded(Sound):
    """
    Adding knows weekends and no holidays.
    """

    def add(self, day: date, n: int) -> date:
        if n < 1:
            raise ValueError(n)
        self.covered(day)
        while n:
            day = self.covered(day + DAY)
            n -= day.weekday() < SATURDAY
        return day


@shown("exceptions-are-kept")
class HolidaysUnread(Sound):
    """
    Holidays are listed, but nothing looks at them.
    """

    def worked(self, day: date) -> bool:
        return day.weekday() < SATURDAY or day in self.work


@shown("count-takes-add-back")
class OneTooMany(Sound):
    """
    Adding n goes to the working day after the n-th.
    """

    def add(self, day: date, n: int) -> date:
        return super().add(super().add(day, n), 1)


@shown("count-takes-add-back")
class LastDayLeftOut(Sound):
    """
    Within n days is read as before the n-th: two or more come out one short.
    """

    def add(self, day: date, n: int) -> date:
        return super().add(day, n - 1 if n > 1 else n)


@shown("add-equals-a-walk")
class RestDayStartsLate(Sound):
    """
    A start on a rest day is first moved on, as chinese_calendar.find_workday does.
    """

    def add(self, day: date, n: int) -> date:
        return super().add(self.roll(day, "following"), n)


@shown("add-equals-a-walk")
class SundayStartsLate(Sound):
    """
    A start on a Sunday is taken for the Monday after it.
    """

    def add(self, day: date, n: int) -> date:
        return super().add(day + DAY if day.weekday() == SATURDAY + 1 else day, n)


@shown("add-equals-a-walk")
class MakeUpStartMoved(Sound):
    """
    A start on a make-up Saturday or Sunday is taken for the Friday before.
    """

    def add(self, day: date, n: int) -> date:
        while day in self.work and day > FIRST:
            day -= DAY
        return super().add(day, n)


@shown("add-equals-a-walk")
class FridayAlwaysMonday(Sound):
    """
    One working day after a Friday is the Monday, whatever is worked between.
    """

    def add(self, day: date, n: int) -> date:
        monday = day + 3 * DAY
        if n == 1 and day.weekday() == FRIDAY and monday <= LAST and self.worked(monday):
            return monday
        return super().add(day, n)


@shown("add-equals-a-walk")
class WholeWeeks(Sound):
    """
    Every five working days are taken for a week.
    """

    def add(self, day: date, n: int) -> date:
        weeks, rest = divmod(n, 5)
        if weeks < 1 or day.weekday() >= SATURDAY:
            return super().add(day, n)
        day = self.covered(day + 7 * weeks * DAY)
        return super().add(day, rest) if rest else self.roll(day, "following")


@shown("long-add-equals-a-walk")
class LongCountsEstimated(Sound):
    """
    More than sixty working days are worked out as seven days in five.
    """

    def add(self, day: date, n: int) -> date:
        if n <= 60:
            return super().add(day, n)
        return self.roll(self.covered(day + (n * 7 // 5) * DAY), "following")


@shown("long-add-equals-a-walk")
class LongCountsBounded(Sound):
    """
    The walk gives up after a hundred working days.
    """

    def add(self, day: date, n: int) -> date:
        return super().add(day, min(n, 100))


@shown("add-equals-a-walk")
class YearEndPassedOver(Sound):
    """
    The tables are by year: the first working day of a year is missed by counts from before.
    """

    def add(self, day: date, n: int) -> date:
        found = super().add(day, n)
        return super().add(found, 1) if found.year > day.year and found < LAST - 9 * DAY else found


@shown("add-equals-a-walk", worked=[LEAP_DAY])
class NoLeapDay(Sound):
    """
    29 February is passed over.
    """

    def add(self, day: date, n: int) -> date:
        found = super().add(day, n)
        return super().add(found, 1) if day < LEAP_DAY <= found else found


@shown("count-equals-a-walk")
class BothEndsCounted(Sound):
    """
    Counting takes both ends in.
    """

    def count(self, after: date, until: date) -> int:
        return super().count(after, until) + self.worked(after)


@shown("count-equals-a-walk")
class EndNotCounted(Sound):
    """
    Counting leaves the last day out.
    """

    def count(self, after: date, until: date) -> int:
        return super().count(after, until) - (self.worked(until) and until > after)


@shown("one-day-counts-if-worked")
class FirstCountedLastNot(Sound):
    """
    Counting takes the first day in and leaves the last one out.
    """

    def count(self, after: date, until: date) -> int:
        return super().count(after, until) + self.worked(after) - self.worked(until)


@shown("count-equals-a-walk")
class LongSpansEstimated(Sound):
    """
    More than thirty days are counted as five in seven.
    """

    def count(self, after: date, until: date) -> int:
        exact, days = super().count(after, until), (until - after).days
        return days * 5 // 7 if days > 30 else exact


@shown("count-equals-a-walk")
class MakeUpDaysUncounted(Sound):
    """
    Counting is weekdays less holidays; make-up days are forgotten.
    """

    def count(self, after: date, until: date) -> int:
        made_up = sum(after < day <= until for day in self.work)
        return super().count(after, until) - made_up


@shown("count-equals-a-walk")
class HolidayTwice(Sound):
    """
    A holiday next to a weekend is taken off twice.
    """

    def count(self, after: date, until: date) -> int:
        twice = sum(after < d <= until and d.weekday() == FRIDAY for d in self.off)
        return max(super().count(after, until) - twice, 0)


@shown("backwards-count-is-refused")
class BackwardsIsNegative(Sound):
    """
    Counting back gives a negative number.
    """

    def count(self, after: date, until: date) -> int:
        return -super().count(until, after) if until < after else super().count(after, until)


@shown("backwards-count-is-refused")
class BackwardsIsZero(Sound):
    """
    Counting back gives zero.
    """

    def count(self, after: date, until: date) -> int:
        return 0 if until < after else super().count(after, until)


@shown("below-one-is-refused")
class ZeroIsTheDay(Sound):
    """
    Zero working days after a day is the day itself, as the holidays package has it.
    """

    def add(self, day: date, n: int) -> date:
        return self.roll(day, "following") if n == 0 else super().add(day, n)


@shown("below-one-is-refused")
class NegativeGoesBack(Sound):
    """
    A negative number counts back.
    """

    def add(self, day: date, n: int) -> date:
        return self.subtract(day, -n) if n < 0 else super().add(day, n)


@shown("below-one-is-refused")
class ZeroIsOne(Sound):
    """
    Zero or less is quietly one.
    """

    def add(self, day: date, n: int) -> date:
        return super().add(day, max(n, 1))


@shown("count-past-the-end-is-refused")
class LastDayForEver(Sound):
    """
    A count past the end answers with the last working day.
    """

    def add(self, day: date, n: int) -> date:
        try:
            return super().add(day, n)
        except LookupError:
            return self.roll(self.known_until, "preceding") if day in self else self.covered(day)

    def __contains__(self, day: date) -> bool:
        """
        Say whether a day is covered.
        """
        return self.known_from <= day <= self.known_until


@shown("count-past-the-end-is-refused")
class NextYearGuessed(Sound):
    """
    A count past the end goes on by Monday to Friday.
    """

    def add(self, day: date, n: int) -> date:
        if n < 1:
            raise ValueError(n)
        self.covered(day)
        while n:
            day += DAY
            n -= self.worked(day)
        return day


@shown("day-outside-is-refused")
class DaysOutsideGuessed(Sound):
    """
    Whether a day of an unpublished year is worked is guessed from the week.
    """

    def is_workday(self, day: date) -> bool:
        return self.worked(day)


@shown("start-outside-is-refused")
class StartsOutsideTaken(Sound):
    """
    A start before the first day is moved to it.
    """

    def add(self, day: date, n: int) -> date:
        return super().add(max(day, self.known_from), n)


@shown("span-outside-is-refused")
class SpansCut(Sound):
    """
    Counting cuts what lies outside.
    """

    def count(self, after: date, until: date) -> int:
        inside = [min(max(d, self.known_from), self.known_until) for d in (after, until)]
        if until < after:
            raise ValueError(until)
        return super().count(*inside)


@shown("last-workday-is-reached")
class LastDayUnreached(Sound):
    """
    The walk stops one day before the end.
    """

    def add(self, day: date, n: int) -> date:
        found = super().add(day, n)
        if found == self.roll(self.known_until, "preceding"):
            raise LookupError(found)
        return found


@shown("last-workday-is-reached")
class LastDayUnknown(Sound):
    """
    The last covered day is taken for the first one that is not.
    """

    def is_workday(self, day: date) -> bool:
        if day == self.known_until:
            raise LookupError(day)
        return super().is_workday(day)


@shown("roll-following-equals-a-walk")
class RollsOneDay(Sound):
    """
    A rest day gives way to the next day, whatever that is.
    """

    def roll(self, day: date, how: str) -> date:
        if self.worked(self.covered(day)):
            return day
        return self.covered(day + (DAY if how == "following" else -DAY))


@shown("workday-does-not-roll")
class EveryWeekendRolls(Sound):
    """
    A Saturday or Sunday rolls, make-up days too.
    """

    def roll(self, day: date, how: str) -> date:
        while day.weekday() >= SATURDAY:
            day = self.covered(day + (DAY if how == "following" else -DAY))
        return super().roll(day, how)


@shown("roll-lands-on-a-workday")
class RollsOverWeekendsOnly(Sound):
    """
    A roll looks at weekends and not at holidays.
    """

    def roll(self, day: date, how: str) -> date:
        self.covered(day)
        while day.weekday() >= SATURDAY and day not in self.work:
            day = self.covered(day + (DAY if how == "following" else -DAY))
        return day


@shown("roll-preceding-equals-a-walk")
class PrecedingGoesOn(Sound):
    """
    Rolling back rolls on.
    """

    def roll(self, day: date, how: str) -> date:
        del how
        return super().roll(day, "following")


@shown("workday-does-not-roll")
class WorkdaysRollToo(Sound):
    """
    A roll always moves at least one day.
    """

    def roll(self, day: date, how: str) -> date:
        return self.add(day, 1) if how == "following" else self.subtract(day, 1)


@shown("roll-outside-is-refused")
class RollsNothingOutside(Sound):
    """
    A day that is not covered is given back as it is.
    """

    def roll(self, day: date, how: str) -> date:
        return super().roll(day, how) if self.known_from <= day <= self.known_until else day


@shown("subtract-equals-a-walk")
class BackCountsItsStart(Sound):
    """
    Counting back counts the day it begins on.
    """

    def subtract(self, day: date, n: int) -> date:
        return super().subtract(day + DAY if day < self.known_until else day, n)


@shown("subtract-equals-a-walk")
class BackPassesMakeUpDays(Sound):
    """
    Counting back passes over make-up days.
    """

    def subtract(self, day: date, n: int) -> date:
        found = super().subtract(day, n)
        while found.weekday() >= SATURDAY:
            found = super().subtract(found, 1)
        return found


@shown("count-back-past-the-beginning-is-refused")
class BackWrapsAround(Sound):
    """
    A count back past the first day takes the last one, as a negative place in a list does.
    """

    def subtract(self, day: date, n: int) -> date:
        try:
            return super().subtract(day, n)
        except LookupError:
            self.covered(day)
            return self.roll(self.known_until, "preceding")


@shown("overlay-does-as-told")
class ClosingForgotten(Sound):
    """
    An overlay forgets the days that were closed.
    """

    def overlay(self, *, off: Iterable[date] = (), work: Iterable[date] = ()) -> Any:
        longer = [day for day in off if day > self.known_until]
        return super().overlay(off=longer, work=work)


@shown("overlay-does-as-told")
class OpeningForgotten(Sound):
    """
    An overlay forgets the days that were opened.
    """

    def overlay(self, *, off: Iterable[date] = (), work: Iterable[date] = ()) -> Any:
        del work
        return super().overlay(off=off)


@shown("overlay-does-as-told")
class WholeWeekClosed(Sound):
    """
    Closing a day closes its week.
    """

    def overlay(self, *, off: Iterable[date] = (), work: Iterable[date] = ()) -> Any:
        weeks = {d + n * DAY for d in off for n in range(-d.weekday(), 5 - d.weekday())}
        inside = {d for d in weeks | set(off) if d >= self.known_from}
        return super().overlay(off=inside, work=work)


@shown("overlay-leaves-the-calendar")
class OverlayInPlace(Sound):
    """
    An overlay writes into the calendar itself.
    """

    def overlay(self, *, off: Iterable[date] = (), work: Iterable[date] = ()) -> Any:
        made = super().overlay(off=off, work=work)
        self.off, self.work = made.off, made.work
        return self


@shown("knowing-more-changes-nothing-known")
class OverlayNoLonger(Sound):
    """
    Days after the end are taken in, but the calendar still ends where it did.
    """

    def overlay(self, *, off: Iterable[date] = (), work: Iterable[date] = ()) -> Any:
        made = super().overlay(off=off, work=work)
        made.known_until = self.known_until
        return made


@shown("knowing-more-changes-nothing-known")
class LengthInTheCount(Sound):
    """
    On a longer calendar every count begins a day later.
    """

    def add(self, day: date, n: int) -> date:
        return super().add(day + DAY if self.known_until > LAST else day, n)


@shown("add-adds-up")
class CachedByStart(Sound):
    """
    Answers are remembered by their start, whatever was asked of it.
    """

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.known: dict[date, date] = {}

    def add(self, day: date, n: int) -> date:
        if n < 1:
            raise ValueError(n)
        return self.known.setdefault(day, super().add(day, n))


@shown("same-day-same-answer")
class EveryFiftiethAnswer(Sound):
    """
    A counter shared by all questions turns every fiftieth answer round.
    """

    asked = 0

    def is_workday(self, day: date) -> bool:
        self.asked += 1
        return super().is_workday(day) is not (self.asked % 50 == 0)


@shown("closing-a-day-never-hastens")
class ClosedDaysStillAdded(Sound):
    """
    An overlay's days are known, but adding goes by the holidays of the calendar before it.
    """

    def add(self, day: date, n: int) -> date:
        if not hasattr(self, "before"):
            return super().add(day, n)
        found = self.before.add(day, n)
        return found if isinstance(found, date) else day

    def overlay(self, *, off: Iterable[date] = (), work: Iterable[date] = ()) -> Any:
        made = super().overlay(off=off, work=work)
        if set(off) | set(work) <= {day for day in [*off, *work] if day <= self.known_until}:
            made.before = self
        return made


@shown("add-equals-a-walk", equivalent="Walking by the count of single days is the same walk.")
class AddsByCounting(Sound):
    """
    Adding counts day by day instead of stepping.
    """

    def add(self, day: date, n: int) -> date:
        if n < 1:
            raise ValueError(n)
        self.covered(day)
        found = day
        while self.count(day, self.covered(found)) < n:
            found += DAY
        return found


@shown("roll-following-equals-a-walk", equivalent="From a rest day both say the same.")
class RollsByAdding(Sound):
    """
    Rolling is adding one, or subtracting one, from a rest day.
    """

    def roll(self, day: date, how: str) -> date:
        if self.is_workday(day):
            return day
        return self.add(day, 1) if how == "following" else self.subtract(day, 1)
