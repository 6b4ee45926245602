"""
Verdicts gone wrong: a function written by hand, with one mistake each.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import rectiflow as rf
from rectiflow.testing import verdict_laws

from .exhibits import Exhibit

__all__ = ["EXHIBITS", "Judge"]

DAY = timedelta(days=1)
CHINA = rf.WorkCalendar.china()
EXHIBITS: list[Exhibit] = []
# ruff: noqa: D102 -- each method is the part that the class's docstring calls wrong


class Judge:
    """
    A judge who keeps the rules; each exhibit overrides one of the parts.
    """

    def outcome(
        self,
        due: date | None,
        *,
        as_of: date,
        completed_on: date | None,
        warn_workdays: int | None,
    ) -> str:
        if due is None:
            return self.without_day(completed_on)
        if completed_on is not None and self.counts(completed_on, as_of):
            return self.done(due, completed_on, as_of)
        return self.open(due, as_of, warn_workdays)

    def without_day(self, completed_on: date | None) -> str:
        return "unresolved" if completed_on is not None else "pending"

    def counts(self, completed_on: date, as_of: date) -> bool:
        return completed_on <= as_of

    def done(self, due: date, completed_on: date, _as_of: date) -> str:
        return "met" if completed_on <= due else "met_late"

    def open(self, due: date, as_of: date, warn_workdays: int | None) -> str:
        if as_of > due:
            return "overdue"
        if as_of == due:
            return "due_today"
        if warn_workdays is not None and self.left(as_of, due) <= warn_workdays:
            return "due_soon"
        return "pending"

    def left(self, as_of: date, due: date) -> int:
        return CHINA.count(as_of, due)

    def clock(self, due: date, *, as_of: date, suspended: tuple[date, date]) -> str:
        rests = suspended[0] <= as_of <= suspended[1]
        return "suspended" if rests and as_of <= due else "running"


def shown(law: str) -> Any:
    """
    Put a broken judge on show: its name and docstring are those of the mistake.
    """

    def put(judge: type[Judge]) -> type[Judge]:
        letters = (f"-{each.lower()}" if each.isupper() else each for each in judge.__name__)
        says = " ".join((judge.__doc__ or "").split())
        EXHIBITS.append(
            Exhibit(
                name="".join(letters).lstrip("-"),
                says=says,
                family=verdict_laws,
                law=f"verdict.{law}",
                make=judge,
            )
        )
        return judge

    return put


@shown("overdue-is-after-the-day")
class DueDayIsLate(Judge):
    """
    What is not done on its day is overdue already.
    """

    def open(self, due: date, as_of: date, warn_workdays: int | None) -> str:
        return "overdue" if as_of == due else super().open(due, as_of, warn_workdays)


@shown("overdue-is-after-the-day")
class ADayOfGrace(Judge):
    """
    What is not done is overdue only from the second day after.
    """

    def open(self, due: date, as_of: date, warn_workdays: int | None) -> str:
        return "due_today" if as_of == due + DAY else super().open(due, as_of, warn_workdays)


@shown("the-due-day-is-in-time")
class DoneOnTheDayIsLate(Judge):
    """
    What is done on its day is late.
    """

    def done(self, due: date, completed_on: date, _as_of: date) -> str:
        return "met" if completed_on < due else "met_late"


@shown("the-due-day-is-in-time")
class DoneADayLateIsMet(Judge):
    """
    What is done a day late is in time.
    """

    def done(self, due: date, completed_on: date, _as_of: date) -> str:
        return "met" if completed_on <= due + DAY else "met_late"


@shown("done-by-then-is-met")
class JudgedByTheDayOfLooking(Judge):
    """
    What was done in time is late as soon as somebody looks late.
    """

    def done(self, due: date, completed_on: date, _as_of: date) -> str:
        return "met" if max(_as_of, completed_on) <= due else "met_late"


@shown("done-stays-as-it-is")
class ForgottenAfterAYear(Judge):
    """
    What was done more than a year ago is archived as pending.
    """

    def done(self, due: date, completed_on: date, _as_of: date) -> str:
        if (_as_of - completed_on).days > 365:
            return "pending"
        return super().done(due, completed_on, _as_of)


@shown("done-later-is-not-yet-done")
class SeesAhead(Judge):
    """
    What is done tomorrow counts as done today.
    """

    def counts(self, completed_on: date, as_of: date) -> bool:
        del completed_on, as_of
        return True


@shown("done-is-judged-at-once")
class DoneFromTheNextDay(Judge):
    """
    What was done today counts from tomorrow.
    """

    def counts(self, completed_on: date, as_of: date) -> bool:
        return completed_on < as_of


@shown("due-soon-by-the-table")
class WarnsInCalendarDays(Judge):
    """
    The warning counts calendar days.
    """

    def left(self, as_of: date, due: date) -> int:
        return (due - as_of).days


@shown("due-soon-by-the-table")
class WarnsADayLate(Judge):
    """
    The warning comes when fewer working days are left than asked for.
    """

    def left(self, as_of: date, due: date) -> int:
        return CHINA.count(as_of, due) + 1


@shown("due-soon-by-the-table")
class CountsTheDayOfLooking(Judge):
    """
    The day on which one looks counts as a day that is left.
    """

    def left(self, as_of: date, due: date) -> int:
        return CHINA.count(as_of - DAY, due)


@shown("due-soon-by-the-table")
class WarnsOnWeekdays(Judge):
    """
    The warning counts Monday to Friday and knows no holiday.
    """

    def left(self, as_of: date, due: date) -> int:
        days = (as_of + n * DAY for n in range(1, (due - as_of).days + 1))
        return sum(day.weekday() < 5 for day in days)


@shown("no-warning-asked-none-given")
class WarnsUnasked(Judge):
    """
    Where no warning was asked for, three days are taken.
    """

    def open(self, due: date, as_of: date, warn_workdays: int | None) -> str:
        return super().open(due, as_of, 3 if warn_workdays is None else warn_workdays)


@shown("longer-warning-comes-sooner")
class WarnsTheOtherWay(Judge):
    """
    The warning time is compared the wrong way round.
    """

    def open(self, due: date, as_of: date, warn_workdays: int | None) -> str:
        found = super().open(due, as_of, warn_workdays)
        swap = {"due_soon": "pending", "pending": "due_soon"}
        return found if warn_workdays is None else swap.get(found, found)


@shown("only-worsens")
class CalmsDownAfterAWeek(Judge):
    """
    What has been overdue for a week is no longer shown.
    """

    def open(self, due: date, as_of: date, warn_workdays: int | None) -> str:
        return "pending" if (as_of - due).days > 7 else super().open(due, as_of, warn_workdays)


@shown("no-day-no-lateness")
class NoDayIsMet(Judge):
    """
    What has no due day is met when it is done.
    """

    def without_day(self, completed_on: date | None) -> str:
        return "met" if completed_on is not None else "pending"


@shown("has-a-known-name")
class HasItsOwnNames(Judge):
    """
    What was done late is called late.
    """

    def done(self, due: date, completed_on: date, _as_of: date) -> str:
        return "met" if completed_on <= due else "late"


@shown("suspension-hides-no-lateness")
class SuspendsForGood(Judge):
    """
    What is overdue is shown as suspended.
    """

    def clock(self, due: date, *, as_of: date, suspended: tuple[date, date]) -> str:
        del due
        return "suspended" if suspended[0] <= as_of <= suspended[1] else "running"


@shown("suspended-while-it-rests")
class WakesADayEarly(Judge):
    """
    The last day of a suspension is not part of it.
    """

    def clock(self, due: date, *, as_of: date, suspended: tuple[date, date]) -> str:
        return super().clock(due, as_of=as_of, suspended=(suspended[0], suspended[1] - DAY))
