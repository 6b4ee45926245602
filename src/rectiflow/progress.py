"""
What a history adds up to: the stage reached, what is done, what deadlines were told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

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
from .stages import Stage, Trigger

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, tzinfo

    from .requirements import Milestone

__all__ = ["Done", "Progress", "progress"]

Done = StageEntry | CompletionEntry | OpeningEntry

_SEND_BACK = Trigger.SEND_BACK


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

    def without(self, milestone: Milestone) -> Progress:
        """
        Give the same with one milestone not done; the stage reached stays.
        """
        if milestone.stage is None:
            completed = {k: v for k, v in self.completed.items() if k != milestone.id}
            return attrs.evolve(self, completed=completed)
        stages = {k: v for k, v in self.stages.items() if k is not milestone.stage}
        return attrs.evolve(self, stages=stages)

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
    events: dict[str, Moment] = {}
    adjustments: dict[str, list[Adjustment]] = {}
    moves: list[Entry] = []
    opening = None
    for entry in history:
        if entry.is_move:
            opening = entry if isinstance(entry, OpeningEntry) else opening
            if as_of is None or day_of(entry.at, zone) <= as_of:
                moves.append(entry)
        elif isinstance(entry, EventEntry):
            events[entry.event] = entry.at
        elif isinstance(entry, AdjustmentEntry) and (as_of is None or entry.effective_on <= as_of):
            adjustments.setdefault(entry.milestone, []).append(entry.adjustment)
    stage, stages, completed = _moved(moves)
    return Progress(
        stage=stage,
        stages=stages,
        completed=completed,
        events=events,
        adjustments=adjustments,
        opening=opening,
    )


def _moved(moves: Iterable[Entry]) -> tuple[Stage, dict[Stage, Done], dict[str, Done]]:
    stage = Stage.ASSIGNED
    stages: dict[Stage, Done] = {}
    completed: dict[str, Done] = {}
    for entry in moves:
        if isinstance(entry, StageEntry):
            stage = entry.to_stage
            if entry.trigger == _SEND_BACK:
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
    return stage, stages, completed
