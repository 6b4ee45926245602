"""
How one milestone of one assignment stands on a day.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import attrs

from .deadlines import Certainty, Resolution, UnresolvedDeadlineError
from .history import OpeningEntry
from .messages import Message
from .moments import day_of
from .source import Doubt
from .verdicts import Clock, Outcome, Verdict, verdict, workdays_left
from .workdays import CalendarCoverageError

if TYPE_CHECKING:
    from .campaign import Campaign
    from .lists import Row
    from .progress import Done, Progress
    from .requirements import Milestone

__all__ = ["Standing", "resolution_or_reason", "standing"]


@attrs.frozen(kw_only=True)
class Standing:
    """
    How one milestone of one assignment stands on a day.

    Attributes:
        verdict: Clock and outcome.
        due: The due day in force; for what is done, as it stood when it was done.
        original_due: The due day before any adjustment.
        certainty: ``"confirmed"``, ``"provisional"``, or ``None`` without a due day.
        completed_on: The day it was done; ``None`` if it is not, or if that is not known.
        days_left: Calendar days to the due day, negative for days late; ``None`` if it is
            done or has no due day.
        workdays_left: The same in working days; also ``None`` where the calendar ends.
        doubts: What its rule leaves unclear.
    """

    verdict: Verdict
    due: date | None = None
    original_due: date | None = None
    certainty: Certainty | None = None
    completed_on: date | None = None
    days_left: int | None = None
    workdays_left: int | None = None
    doubts: tuple[Doubt, ...] = ()


def resolution_or_reason(
    campaign: Campaign, row: Row, milestone: Milestone, so_far: Progress
) -> Resolution | Message:
    """
    Come to the due day of a milestone, or to the reason why there is none.
    """
    given = so_far.adjustments.get(milestone.id, ())
    try:
        return campaign.resolve(row, milestone, so_far.events, given)
    except (UnresolvedDeadlineError, CalendarCoverageError) as error:
        return error.message


def standing(
    campaign: Campaign,
    row: Row,
    milestone: Milestone,
    so_far: Progress,
    *,
    as_of: date,
    warn_workdays: int | None,
) -> Standing:
    """
    Say how a milestone stands at the end of a day; never raises for want of a date.

    Args:
        campaign: What the assignment shares with the others.
        row: Its row.
        milestone: One of the row's.
        so_far: What its history adds up to by that day.
        as_of: The day.
        warn_workdays: See :func:`~rectiflow.verdict`.
    """
    resolution = resolution_or_reason(campaign, row, milestone, so_far)
    entry = so_far.done(milestone)
    if entry is None and _may_be_done_already(so_far, milestone, as_of, campaign):
        return _unknown(resolution, Message.of("unresolved.before-takeover"))
    if entry is not None:
        return _when_done(campaign, entry, resolution, as_of)
    if isinstance(resolution, Message):
        return _unknown(None, resolution)
    found = verdict(resolution, as_of=as_of, warn_workdays=warn_workdays)
    due = resolution.due
    return Standing(
        verdict=found,
        due=due,
        original_due=resolution.original_due,
        certainty=resolution.certainty,
        days_left=None if due is None else (due - as_of).days,
        workdays_left=None if due is None else workdays_left(campaign.calendar, as_of, due),
        doubts=resolution.doubts,
    )


def _may_be_done_already(
    so_far: Progress, milestone: Milestone, as_of: date, campaign: Campaign
) -> bool:
    # Of the days before another system's record was taken over, nothing is known.
    opening, stage = so_far.opening, milestone.stage
    if opening is None or stage is None or stage > opening.stage:
        return False
    return day_of(opening.at, campaign.zone) > as_of


def _unknown(resolution: Resolution | Message | None, reason: Message) -> Standing:
    found = Verdict(Clock.NOT_STARTED, Outcome.UNRESOLVED, reason)
    if not isinstance(resolution, Resolution):
        return Standing(verdict=found)
    due, original = resolution.due, resolution.original_due
    return Standing(verdict=found, due=due, original_due=original, certainty=resolution.certainty)


def _when_done(
    campaign: Campaign, entry: Done, resolution: Resolution | Message, as_of: date
) -> Standing:
    day: date | None = day_of(entry.at, campaign.zone)
    original = certainty = due = None
    doubts: tuple[Doubt, ...] = ()
    if isinstance(resolution, Resolution):
        due, original = resolution.due, resolution.original_due
        certainty, doubts = resolution.certainty, resolution.doubts
    if isinstance(entry, OpeningEntry):
        found = _seen_done(resolution, day)
        day = None
    elif entry.outcome is not None:
        # Fixed when it was reached: no later change of calendar or decision rewrites it.
        found, due = Verdict(Clock.STOPPED, entry.outcome), entry.due
    elif isinstance(resolution, Message):
        found = Verdict(Clock.STOPPED, Outcome.UNRESOLVED, resolution)
    else:
        found = verdict(resolution, as_of=as_of, completed_on=day)
    return Standing(
        verdict=found,
        due=due,
        original_due=original,
        certainty=certainty,
        completed_on=day,
        doubts=doubts,
    )


def _seen_done(resolution: Resolution | Message, by: date | None) -> Verdict:
    # It was done on that day or before: in time for certain, or not to be told.
    if isinstance(resolution, Message):
        return Verdict(Clock.STOPPED, Outcome.UNRESOLVED, resolution)
    if resolution.standing:
        return Verdict(Clock.RUNNING, Outcome.ONGOING)
    if resolution.due is not None and by is not None and by <= resolution.due:
        return Verdict(Clock.STOPPED, Outcome.MET)
    reason = Message.of("unresolved.day-before-takeover")
    return Verdict(Clock.STOPPED, Outcome.UNRESOLVED, reason)
