"""
What a history adds up to: the stage reached, what is done, what deadlines were told.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, tzinfo

import attrs

from .deadlines import Adjustment
from .history import (
    AdjustmentEntry,
    CompletionEntry,
    Entry,
    EventEntry,
    OpeningEntry,
    ReopeningEntry,
    StageEntry,
)
from .moments import Moment, day_of
from .requirements import Milestone
from .stages import Stage, Trigger

__all__ = ["Progress", "progress"]

Done = StageEntry | CompletionEntry | OpeningEntry


@attrs.frozen(kw_only=True)
class Progress:
    """
    What a history adds up to.

    Attributes:
        stage: The stage reached.
        stages: Stage to the entry that reached it, of those not sent back since.
        completed: Milestone id to the entry that completed it, of those not reopened since.
        events: Event to when it happened.
        adjustments: Milestone id to what was decided, in the order it was written.
        opening: How the record was taken over from another system; ``None`` if it was not.
    """

    stage: Stage = Stage.ASSIGNED
    stages: dict[Stage, Done] = attrs.field(factory=dict)
    completed: dict[str, Done] = attrs.field(factory=dict)
    events: dict[str, Moment] = attrs.field(factory=dict)
    adjustments: dict[str, list[Adjustment]] = attrs.field(factory=dict)
    opening: OpeningEntry | None = None

    def done(self, milestone: Milestone) -> Done | None:
        """
        Give the entry by which a milestone is done; ``None`` if it is not.
        """
        if milestone.stage is None:
            return self.completed.get(milestone.id)
        return self.stages.get(milestone.stage)


def progress(history: Iterable[Entry], as_of: date | None, zone: tzinfo) -> Progress:
    """
    Add up a history.

    Args:
        history: In the order it was written.
        as_of: The last day that counts, included: later moves are left out, and decisions that
            take effect later; ``None`` for all.  Events always count: a day from which a
            deadline counts may lie ahead.
        zone: The time zone that days are meant in.
    """
    stage, opening = Stage.ASSIGNED, None
    stages: dict[Stage, Done] = {}
    completed: dict[str, Done] = {}
    events: dict[str, Moment] = {}
    adjustments: dict[str, list[Adjustment]] = {}
    for entry in history:
        if isinstance(entry, OpeningEntry):
            opening = entry
        if isinstance(entry, EventEntry):
            events[entry.event] = entry.at
        elif isinstance(entry, AdjustmentEntry):
            if as_of is None or entry.effective_on <= as_of:
                adjustments.setdefault(entry.milestone, []).append(entry.adjustment)
        elif as_of is not None and day_of(entry.at, zone) > as_of:
            continue
        elif isinstance(entry, StageEntry):
            stage = entry.to_stage
            if entry.trigger is Trigger.SEND_BACK:
                stages = {s: done for s, done in stages.items() if s <= stage}
            else:
                stages[stage] = entry
        elif isinstance(entry, OpeningEntry):
            stage = entry.stage
            stages = {each: entry for each in Stage if each <= stage}
        elif isinstance(entry, CompletionEntry):
            completed[entry.milestone] = entry
        elif isinstance(entry, ReopeningEntry):
            completed.pop(entry.milestone, None)
    return Progress(
        stage=stage,
        stages=stages,
        completed=completed,
        events=events,
        adjustments=adjustments,
        opening=opening,
    )
