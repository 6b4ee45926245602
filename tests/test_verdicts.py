"""
Clock and outcome of a deadline as of a day.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectiflow.deadlines import (
    After,
    FixedDate,
    Latest,
    PeriodEnd,
    Resolution,
    StandingDuty,
    Suspension,
)
from rectiflow.errors import InvalidValueError
from rectiflow.messages import Message
from rectiflow.testing.calendars import days
from rectiflow.verdicts import Clock, Outcome, Verdict, verdict, workdays_left, worst
from rectiflow.workdays import WorkCalendar

CHINA = WorkCalendar.china()
DAY = timedelta(days=1)
DUE = date(2020, 6, 30)
FIXED = FixedDate(DUE).resolve()
NOT_DONE = (Outcome.PENDING, Outcome.DUE_SOON, Outcome.DUE_TODAY, Outcome.OVERDUE)


def outcome(resolution: Resolution, as_of: date, **options: Any) -> str:
    """
    Give the outcome as of a day.
    """
    return verdict(resolution, as_of=as_of, **options).outcome.value


class TestOutcome:
    """
    Overdue if and only if it is not done and the day is after the due day.
    """

    @pytest.mark.parametrize(
        ("day", "expected"),
        [
            (date(2020, 6, 29), "pending"),
            (date(2020, 6, 30), "due_today"),
            (date(2020, 7, 1), "overdue"),
        ],
    )
    def test_both_sides_of_the_due_day(self, day: date, expected: str) -> None:
        """
        The day before, the day, the day after.
        """
        assert outcome(FIXED, day) == expected

    @pytest.mark.parametrize(("done", "expected"), [(29, "met"), (30, "met"), (31, "met_late")])
    def test_done_on_the_due_day_is_met(self, done: int, expected: str) -> None:
        """
        Done a day later is met late, and neither changes as days pass.
        """
        day = date(2020, 6, 29) + (done - 29) * DAY
        for as_of in (day, day + DAY, date(2026, 1, 1)):
            assert verdict(FIXED, as_of=as_of, completed_on=day) == Verdict(
                Clock.STOPPED, Outcome(expected)
            )

    def test_what_is_done_later_is_not_yet_done(self) -> None:
        """
        As of a day before the completion the deadline still runs.
        """
        assert outcome(FIXED, date(2020, 6, 30), completed_on=date(2020, 7, 1)) == "due_today"

    @given(days(CHINA, min_day=date(2020, 1, 1)), st.integers(0, 10), st.integers(-60, 60))
    def test_an_outcome_only_worsens(self, due: date, warn: int, apart: int) -> None:
        """
        With nothing happening, each next day is at least as bad.
        """
        as_of = due + apart * DAY
        if CHINA.known_from <= as_of <= CHINA.known_until - DAY:
            resolution = FixedDate(due).resolve()
            one = verdict(resolution, as_of=as_of, warn_workdays=warn).outcome
            other = verdict(resolution, as_of=as_of + DAY, warn_workdays=warn).outcome
            assert NOT_DONE.index(one) <= NOT_DONE.index(other)
            assert (one is Outcome.OVERDUE) == (as_of > due)


class TestDueSoon:
    """
    Due soon if and only if at most so many working days are left.
    """

    # From Monday 22 June 2020: 25 to 27 June off, Sunday 28 worked, due on Tuesday 30.
    LEFT = (
        (date(2020, 6, 22), 5),
        (date(2020, 6, 23), 4),
        (date(2020, 6, 24), 3),
        (date(2020, 6, 25), 3),
        (date(2020, 6, 27), 3),
        (date(2020, 6, 28), 2),
        (date(2020, 6, 29), 1),
    )

    @pytest.mark.parametrize(("as_of", "left"), LEFT)
    def test_the_exact_table_near_the_due_day(self, as_of: date, left: int) -> None:
        """
        With as many days' warning as are left it is due soon, with one fewer it is not.
        """
        assert workdays_left(CHINA, as_of, DUE) == left
        assert outcome(FIXED, as_of, warn_workdays=left) == "due_soon"
        assert outcome(FIXED, as_of, warn_workdays=left - 1) == "pending"
        assert outcome(FIXED, as_of) == "pending"

    def test_days_late_are_negative(self) -> None:
        """
        Working days since the due day, which is not counted.
        """
        assert workdays_left(CHINA, date(2020, 7, 3), DUE) == -3
        assert workdays_left(CHINA, DUE, DUE) == 0

    def test_past_the_calendar_it_warns_early_rather_than_late(self) -> None:
        """
        What is not published cannot be counted; a warning comes, but not a year too soon.
        """
        due = FixedDate(date(2027, 3, 1)).resolve()

        assert workdays_left(CHINA, date(2026, 12, 31), date(2027, 3, 1)) is None
        assert outcome(due, date(2027, 2, 22), warn_workdays=5) == "due_soon"
        assert outcome(due, date(2027, 1, 4), warn_workdays=5) == "pending"

    @given(st.dates(date(2027, 1, 1), date(2027, 12, 1)), st.integers(12, 60))
    def test_past_the_calendar_the_longest_rest_is_left_out(self, as_of: date, apart: int) -> None:
        """
        It warns from eight weekdays before the first day on which it could be needed.
        """
        due = as_of + apart * DAY
        weekdays = sum((as_of + n * DAY).weekday() < 5 for n in range(1, apart + 1))
        fewest = max(weekdays - 8, 0)

        resolution = FixedDate(due).resolve()
        assert outcome(resolution, as_of, warn_workdays=fewest) == "due_soon"
        if fewest:
            assert outcome(resolution, as_of, warn_workdays=fewest - 1) == "pending"

    @pytest.mark.parametrize("warn", [-1, 2.5, True, "5"])
    def test_refuses_what_is_no_number_of_days(self, warn: Any) -> None:
        """
        None or a whole number, 0 or more.
        """
        with pytest.raises(InvalidValueError):
            verdict(FIXED, as_of=DUE, warn_workdays=warn)

    @pytest.mark.parametrize("day", [datetime(2020, 6, 30, tzinfo=UTC), "2020-06-30", None])
    def test_refuses_what_is_no_day(self, day: Any) -> None:
        """
        A time of day would be lost in silence.
        """
        with pytest.raises(InvalidValueError):
            verdict(FIXED, as_of=day)


class TestClock:
    """
    Not started, running, suspended, stopped.
    """

    RULE = After("received", 10, "workday")

    def test_waits_for_its_event(self) -> None:
        """
        An event not yet seen: not started and pending, done or not.
        """
        waiting = self.RULE.resolve()

        assert verdict(waiting, as_of=DUE) == Verdict(Clock.NOT_STARTED, Outcome.PENDING)
        assert verdict(waiting, as_of=DUE, completed_on=DUE).outcome is Outcome.PENDING

    def test_starts_on_the_day_counted_from(self) -> None:
        """
        The day before it has not started, on the day it runs.
        """
        counted = self.RULE.resolve(events={"received": date(2020, 6, 1)})

        assert verdict(counted, as_of=date(2020, 5, 31)).clock is Clock.NOT_STARTED
        assert verdict(counted, as_of=date(2020, 6, 1)).clock is Clock.RUNNING

    def test_a_suspension_is_only_said_of_what_is_not_overdue(self) -> None:
        """
        On its first and last day the clock is suspended; before and after it runs.
        """
        paused = self.RULE.resolve(
            events={"received": date(2020, 6, 1)},
            adjustments=[
                Suspension(date(2020, 6, 8), date(2020, 6, 9)),
                Suspension(date(2020, 12, 1), date(2020, 12, 2)),
            ],
        )
        clocks = [verdict(paused, as_of=date(2020, 6, day)).clock.value for day in (7, 8, 9, 10)]

        assert clocks == ["running", "suspended", "suspended", "running"]
        assert verdict(paused, as_of=date(2020, 12, 1)) == Verdict(Clock.RUNNING, Outcome.OVERDUE)

    def test_a_standing_duty_goes_on(self) -> None:
        """
        It is ongoing whatever the day.
        """
        for done in (None, date(2020, 6, 1)):
            found = verdict(StandingDuty().resolve(), as_of=DUE, completed_on=done)
            assert found == Verdict(Clock.RUNNING, Outcome.ONGOING)

    def test_what_a_person_must_decide_is_unresolved_with_the_reason(self) -> None:
        """
        No year and no issue date: the doubt is the reason.
        """
        found = verdict(PeriodEnd("year").resolve(), as_of=DUE)

        assert found.outcome is Outcome.UNRESOLVED
        assert found.reason == Message.of("doubt.no-year", words="PeriodEnd(year)")

    def test_what_is_open_is_open_when_done(self) -> None:
        """
        Done without a day to hold it against: the clock stops, and the reason stays.
        """
        blocked = PeriodEnd("year").resolve()
        waiting = self.RULE.resolve()
        reason = Message.of("doubt.no-year", words="PeriodEnd(year)")

        assert verdict(blocked, as_of=DUE) == Verdict(Clock.NOT_STARTED, Outcome.UNRESOLVED, reason)
        assert verdict(blocked, as_of=DUE, completed_on=DUE) == Verdict(
            Clock.STOPPED, Outcome.UNRESOLVED, reason
        )
        assert verdict(waiting, as_of=DUE, completed_on=DUE) == Verdict(
            Clock.STOPPED, Outcome.PENDING
        )

    def test_what_waits_and_is_blocked_is_unresolved(self) -> None:
        """
        A person can act on it now, whatever else is waited for.
        """
        both = Latest(self.RULE, PeriodEnd("year")).resolve()

        assert both.waiting_for == ("received",)
        assert verdict(both, as_of=DUE).outcome is Outcome.UNRESOLVED

    @pytest.mark.parametrize(
        "changes",
        [{"blocks": False}, {"candidates": ("2020", "2021"), "answer": "2020"}],
    )
    def test_the_reason_is_the_first_that_blocks(self, changes: dict[str, Any]) -> None:
        """
        A doubt that does not block, or that somebody has settled, is no reason.
        """
        blocked = PeriodEnd("year").resolve()
        first = attrs.evolve(blocked.doubts[0], code="doubt.due-before-issued", **changes)
        found = verdict(attrs.evolve(blocked, doubts=(first, *blocked.doubts)), as_of=DUE)

        assert found.reason == Message.of("doubt.no-year", words="PeriodEnd(year)")


class TestWorst:
    """
    An assignment stands as its worst milestone.
    """

    def test_a_missed_part_is_never_hidden(self) -> None:
        """
        By what is met, or by 持续推进.
        """
        ongoing = Verdict(Clock.RUNNING, Outcome.ONGOING)
        late = Verdict(Clock.STOPPED, Outcome.MET_LATE)
        met = Verdict(Clock.STOPPED, Outcome.MET)
        overdue = Verdict(Clock.RUNNING, Outcome.OVERDUE)

        assert worst([met, ongoing, late]) == late
        assert worst([ongoing, overdue, met]) == overdue
        assert worst([met, ongoing]) == ongoing
        assert worst([]) == met
