"""
How a deadline stands on a day: the clock and the outcome, two axes.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

import attrs

from .deadlines import Resolution
from .errors import InvalidValueError
from .messages import Message
from .moments import check_day
from .workdays import CalendarCoverageError, WorkCalendar

if TYPE_CHECKING:
    from collections.abc import Iterable


__all__ = ["Clock", "Outcome", "Verdict", "check_warning", "verdict", "workdays_left", "worst"]


class Clock(StrEnum):
    """
    Whether time is running.
    """

    NOT_STARTED = "not_started"
    RUNNING = "running"
    SUSPENDED = "suspended"
    STOPPED = "stopped"


class Outcome(StrEnum):
    """
    What can be said of the due day.
    """

    PENDING = "pending"
    DUE_SOON = "due_soon"
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"
    MET = "met"
    MET_LATE = "met_late"
    ONGOING = "ongoing"
    UNRESOLVED = "unresolved"


@attrs.frozen
class Verdict:
    """
    How a deadline stands on a day.

    Attributes:
        clock: Whether time is running.
        outcome: What can be said of the due day.
        reason: Why no day could be given, where the outcome is ``unresolved``.
    """

    clock: Clock
    outcome: Outcome
    reason: Message | None = None


# Worst first: what a clerk has to see of an assignment with several milestones.  What is met
# stands last, so that a missed part is never hidden by 持续推进.
_SEVERITY = {
    outcome: rank
    for rank, outcome in enumerate(
        (
            Outcome.OVERDUE,
            Outcome.DUE_TODAY,
            Outcome.DUE_SOON,
            Outcome.UNRESOLVED,
            Outcome.PENDING,
            Outcome.MET_LATE,
            Outcome.ONGOING,
            Outcome.MET,
        )
    )
}
# No notice has ever set more weekdays off in a row, so a warning past the published calendar
# that leaves so many out comes early rather than late.
_LONGEST_REST_WEEKDAYS = 8
_ONE_DAY = timedelta(days=1)
_SATURDAY = 5

_PENDING = Verdict(Clock.RUNNING, Outcome.PENDING)
_NOT_STARTED = Verdict(Clock.NOT_STARTED, Outcome.PENDING)
_STANDING = Verdict(Clock.RUNNING, Outcome.ONGOING)
_OVERDUE = Verdict(Clock.RUNNING, Outcome.OVERDUE)
_MET = Verdict(Clock.STOPPED, Outcome.MET)
_MET_LATE = Verdict(Clock.STOPPED, Outcome.MET_LATE)


def check_warning(warn_workdays: object) -> None:
    """
    Refuse a warning time that is not ``None`` or a whole number, 0 or more.

    Raises:
        InvalidValueError: Saying so.
    """
    if warn_workdays is not None and (type(warn_workdays) is not int or warn_workdays < 0):
        expected = "a whole number of working days, 0 or more, or None"
        raise InvalidValueError("warn_workdays", warn_workdays, expected)


def verdict(
    resolution: Resolution,
    *,
    as_of: date,
    completed_on: date | None = None,
    warn_workdays: int | None = None,
) -> Verdict:
    """
    Say how a deadline stands at the end of a day.

    Args:
        resolution: The answer of its rule.
        as_of: The day; what was completed later counts as not yet done.
        completed_on: The day it was done; on the due day itself is met.
        warn_workdays: How many working days before the due day, or fewer, are ``due_soon``;
            the due day is counted and *as_of* is not.  ``None`` never warns.

    Raises:
        InvalidValueError: If a day is no date or the warning time no number.

    >>> from rectiflow.deadlines import FixedDate
    >>> due = FixedDate(date(2020, 6, 30)).resolve()
    >>> str(verdict(due, as_of=date(2020, 6, 30)).outcome)
    'due_today'
    >>> str(verdict(due, as_of=date(2020, 7, 9), completed_on=date(2020, 7, 1)).outcome)
    'met_late'
    """
    if not isinstance(resolution, Resolution):
        raise InvalidValueError("resolution", resolution, "what rule.resolve(...) gives")
    check_day("as_of", as_of)
    check_warning(warn_workdays)
    if completed_on is not None:
        check_day("completed_on", completed_on)
        if completed_on <= as_of:
            return _done(resolution, completed_on)
    due = resolution.due
    if due is None:
        return _without_day(resolution)
    if as_of > due:
        return _OVERDUE
    outcome = Outcome.PENDING
    if as_of == due:
        outcome = Outcome.DUE_TODAY
    elif warn_workdays is not None and _is_soon(resolution.calendar, as_of, due, warn_workdays):
        outcome = Outcome.DUE_SOON
    clock = _clock(resolution, as_of)
    if clock is Clock.RUNNING and outcome is Outcome.PENDING:
        return _PENDING
    return Verdict(clock, outcome)


def workdays_left(calendar: WorkCalendar, as_of: date, due: date) -> int | None:
    """
    Count the working days after *as_of* up to *due*, included; negative for days late.

    Returns:
        ``None`` where the calendar does not know some of the days.

    >>> workdays_left(WorkCalendar.china(), date(2020, 6, 24), date(2020, 6, 30))
    3
    """
    try:
        if due < as_of:
            return -calendar.count(due, as_of)
        return calendar.count(as_of, due)
    except CalendarCoverageError:
        return None


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """
    Pick the one that a clerk has to see first; ``met`` for none.

    From worst to best: overdue, due today, due soon, unresolved, pending, met late, ongoing,
    met; the first of equals.
    """
    return min(verdicts, key=lambda each: _SEVERITY[each.outcome], default=_MET)


def _done(resolution: Resolution, completed_on: date) -> Verdict:
    if resolution.standing:
        return _STANDING
    if resolution.due is None:
        open_ = Outcome.PENDING if resolution.waiting_for else Outcome.UNRESOLVED
        return Verdict(Clock.STOPPED, open_, _reason(resolution))
    return _MET if completed_on <= resolution.due else _MET_LATE


def _without_day(resolution: Resolution) -> Verdict:
    if resolution.standing:
        return _STANDING
    if resolution.is_blocked or not resolution.waiting_for:
        return Verdict(Clock.NOT_STARTED, Outcome.UNRESOLVED, _reason(resolution))
    return _NOT_STARTED


def _reason(resolution: Resolution) -> Message | None:
    for doubt in resolution.doubts:
        if doubt.blocks and doubt.is_open:
            return Message.of(doubt.code, words=doubt.words)
    return None


def _clock(resolution: Resolution, as_of: date) -> Clock:
    if resolution.is_suspended_on(as_of):
        return Clock.SUSPENDED
    if resolution.start is not None and as_of < resolution.start:
        return Clock.NOT_STARTED
    return Clock.RUNNING


def _is_soon(calendar: WorkCalendar, as_of: date, due: date, warn_workdays: int) -> bool:
    if (due - as_of).days <= warn_workdays:
        return True
    left = workdays_left(calendar, as_of, due)
    return (_fewest_workdays(as_of, due) if left is None else left) <= warn_workdays


def _fewest_workdays(as_of: date, due: date) -> int:
    # Whole weeks have five weekdays each; only the days after them are looked at one by one.
    weeks, days = divmod((due - as_of).days, 7)
    rest = sum((as_of + n * _ONE_DAY).weekday() < _SATURDAY for n in range(1, days + 1))
    return 5 * weeks + rest - _LONGEST_REST_WEEKDAYS
