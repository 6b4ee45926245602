"""
A line of a batch: one move or fact, addressed to an assignment by row and unit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from .deadlines import Adjustment
from .errors import InvalidValueError, UnknownNameError
from .moments import Moment, check_moment
from .refusals import Fact
from .stages import Stage, Trigger, as_stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .assignments import Assignment, Details, Taken

__all__ = ["History", "Move", "as_act", "carried_out"]

# What each kind of line must say besides row, unit, trigger and time, and what it may.
_NEEDS: Mapping[Trigger | Fact, tuple[str, ...]] = {
    Trigger.SEND_BACK: ("to", "reason"),
    Fact.COMPLETE: ("milestone",),
    Fact.REOPEN: ("milestone", "reason"),
    Fact.RECORD: ("event",),
    Fact.ADJUST: ("milestone", "adjustment"),
}
_SPECIAL = ("to", "reason", "milestone", "event", "adjustment")


def as_act(value: Trigger | Fact | str) -> Trigger | Fact:
    """
    Read a trigger or the name of a fact.

    Raises:
        UnknownNameError: If it is neither, with the nearest.
    """
    for kind in (Trigger, Fact):
        if value in kind.__members__.values():
            return kind(value)
    raise UnknownNameError.among("trigger", value, (*Trigger, *Fact))


def _stage_or_none(value: Stage | str | None) -> Stage | None:
    return None if value in {None, ""} or value is None else as_stage(value)


@attrs.frozen
class Move:
    """
    One move or fact to be written, as a batch file or another system gives it.

    Attributes:
        row: The row's id.
        unit: Any name of the unit.
        trigger: A :class:`Trigger`, or a :class:`Fact`: ``complete``, ``reopen``, ``record``
            or ``adjust``.
        at: When it happened.
        by: Who did it.
        note: Anything worth saying.
        evidence: Links to what proves it.
        recorded_at: When it was written down.
        to: Where to, for ``send_back``.
        reason: Why, for ``send_back`` and ``reopen``.
        milestone: Which, for ``complete``, ``reopen`` and ``adjust``.
        event: Which, for ``record``.
        adjustment: What was decided, for ``adjust``.
        external_id: What another system calls it.

    Raises:
        InvalidValueError: If it lacks what its trigger needs, or says what does not belong to it.
        UnknownNameError: If there is no such trigger or stage.

    >>> from datetime import date
    >>> move = Move("1", "区司法局", "send_back", date(2020, 7, 1), to="assigned", reason="再查")
    >>> str(move.trigger), str(move.to)
    ('send_back', 'assigned')
    """

    row: str
    unit: str
    trigger: Trigger | Fact = attrs.field(converter=as_act)
    at: Moment
    by: str = ""
    note: str = ""
    evidence: tuple[str, ...] = attrs.field(default=(), kw_only=True)
    recorded_at: Moment | None = attrs.field(default=None, kw_only=True)
    to: Stage | None = attrs.field(default=None, converter=_stage_or_none, kw_only=True)
    reason: str = attrs.field(default="", kw_only=True)
    milestone: str = attrs.field(default="", kw_only=True)
    event: str = attrs.field(default="", kw_only=True)
    adjustment: Adjustment | None = attrs.field(default=None, kw_only=True)
    external_id: str = attrs.field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        """
        Check that it says what its trigger needs, and nothing that would be lost.
        """
        check_moment("Move.at", self.at)
        needs = _NEEDS.get(self.trigger, ())
        for name in _SPECIAL:
            value = getattr(self, name)
            if name in needs and not value:
                raise InvalidValueError(f"Move.{name}", value, f"a value: {self.trigger} needs one")
            if name not in needs and value:
                expected = f"nothing: {self.trigger} has none"
                raise InvalidValueError(f"Move.{name}", value, expected)

    @property
    def details(self) -> Details:
        """
        What it says of the entry.
        """
        return {
            "by": self.by,
            "note": self.note,
            "evidence": self.evidence,
            "recorded_at": self.recorded_at,
            "external_id": self.external_id,
        }


def _in_order(moves: Iterable[Move]) -> tuple[Move, ...]:
    return tuple(moves)


@attrs.frozen(kw_only=True)
class History:
    """
    What another system holds of one assignment, to open a ledger with in mid-campaign.

    Attributes:
        row: The row's id.
        unit: Any name of the unit.
        moves: What is known to have happened, oldest first; all of the same row and unit.
        stage: Where it stood when it was taken over, if not all its moves are known.
        since: The day on which it was seen at *stage*; given with *stage* only.  Milestones up
            to that stage are taken as met if that day is in time, else as not to be told.
        external_id: What the other system calls the assignment.

    Raises:
        InvalidValueError: If *stage* and *since* are not given together, or a move belongs
            elsewhere.
    """

    row: str
    unit: str
    moves: tuple[Move, ...] = attrs.field(default=(), converter=_in_order)
    stage: Stage | None = attrs.field(default=None, converter=_stage_or_none)
    since: Moment | None = None
    external_id: str = ""

    def __attrs_post_init__(self) -> None:
        """
        Check that its parts belong together.
        """
        if (self.stage is None) is not (self.since is None):
            expected = "the day on which it was seen at stage; the two are given together"
            raise InvalidValueError("History.since", self.since, expected)
        if self.since is not None:
            check_moment("History.since", self.since)
        for move in self.moves:
            if (move.row, move.unit) != (self.row, self.unit):
                expected = f"moves of {self.row} × {self.unit} only"
                raise InvalidValueError("History.moves", move, expected)


def carried_out(
    assignment: Assignment, move: Move, by: str = "", recorded_at: Moment | None = None
) -> tuple[Assignment, Taken | None]:
    """
    Make the assignment that a move leads to; a stage's move comes with its step, hooks not run.

    Args:
        assignment: As it stands.
        move: What to do.
        by: Who did it, where the move does not say.
        recorded_at: When it was written down, where the move does not say.

    Raises:
        TransitionRefusedError, FactRefusedError: With every reason.
        UnknownNameError: If the row has no such milestone or event.
    """
    trigger = move.trigger
    by = move.by or by
    if move.recorded_at is not None:
        recorded_at = move.recorded_at
    if isinstance(trigger, Trigger):
        taken = assignment.take(
            trigger,
            at=move.at,
            to=move.to,
            reason=move.reason,
            by=by,
            note=move.note,
            evidence=move.evidence,
            recorded_at=recorded_at,
            external_id=move.external_id,
        )
        return taken.assignment, taken
    details = move.details
    details["by"], details["recorded_at"] = by, recorded_at
    if trigger is Fact.COMPLETE:
        return assignment.complete(move.milestone, at=move.at, **details), None
    if trigger is Fact.REOPEN:
        reopened = assignment.reopen(move.milestone, reason=move.reason, at=move.at, **details)
        return reopened, None
    if trigger is Fact.RECORD:
        return assignment.record(move.event, on=move.at, **details), None
    if move.adjustment is None:
        raise InvalidValueError("Move.adjustment", None, "what was decided")
    adjusted = assignment.adjust(move.adjustment, move.milestone, at=move.at, **details)
    return adjusted, None
