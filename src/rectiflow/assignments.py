"""
One row × one responsible body: where it stands, what happened, what may be done next.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict, Unpack

import attrs

from .campaign import Campaign
from .deadlines import Adjustment, Resolution, effective_on
from .errors import InvalidValueError, UnknownNameError
from .history import (
    AdjustmentEntry,
    CompletionEntry,
    Entry,
    EventEntry,
    ReopeningEntry,
    StageEntry,
    stage_entry,
)
from .lists import Row
from .messages import Message
from .moments import Moment, check_day, check_moment, day_of, is_before
from .progress import Progress, progress
from .refusals import Fact, FactRefusedError
from .requirements import Milestone
from .stages import FORWARD, Stage, StagePath, Trigger, as_stage
from .standings import Standing, resolution_or_reason, standing
from .steps import Step
from .units import Body, Role
from .verdicts import Outcome, Verdict, check_warning, worst

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Assignment", "Details", "Taken"]

# Looking a member up in its class costs as much as a guard.
_SELF_CHECK, _RECTIFY = Trigger.SELF_CHECK, Trigger.RECTIFY
_TEMPLATE, _SUSTAIN, _SEND_BACK = Trigger.TEMPLATE, Trigger.SUSTAIN, Trigger.SEND_BACK
_MET, _MET_LATE = Outcome.MET, Outcome.MET_LATE
_TARGETS: Mapping[Trigger, Stage] = FORWARD


class Details(TypedDict, total=False):
    """
    What can be said of every entry; see :class:`~rectiflow.history.Entry`.
    """

    by: str
    note: str
    evidence: Iterable[str]
    recorded_at: Moment | None
    external_id: str


class Taken(NamedTuple):
    """
    A step that nothing stands against, before its hooks ran.
    """

    assignment: Assignment
    step: Step
    entry: StageEntry

    def confirmed(self) -> Assignment:
        """
        Run the workflow's hooks and give the new assignment.
        """
        assignment = self.assignment
        for hook in assignment.campaign.workflow.hooks:
            hook(self.step, self.entry)
        return assignment


@attrs.frozen(weakref_slot=False)
class Assignment:
    """
    One row × one responsible body; every step gives a new one and leaves this as it was.

    Attributes:
        campaign: What all assignments of the list share.
        row: The row.
        unit: The unit, or the group where the list names no more.
        stage: Where it stands.
        history: What happened, in the order it was written down.
        external_id: What another system calls it; may be empty.
        role: What the unit is in the row.

    >>> import rectiflow as rf
    >>> a = rf.assign(rf.load("yuhui-2020"))["2.1", "区城市管理局"]
    >>> checked = a.self_check(at=date(2020, 6, 24), by="李四")
    >>> str(a.stage), str(checked.stage)
    ('assigned', 'self_checked')
    >>> str(checked.verdict(as_of=date(2020, 7, 1)).outcome)
    'overdue'
    """

    campaign: Campaign = attrs.field(repr=False)
    row: Row = attrs.field(repr=lambda row: row.id)
    unit: Body = attrs.field(repr=lambda unit: unit.name)
    stage: Stage = Stage.ASSIGNED
    history: tuple[Entry, ...] = ()
    external_id: str = ""
    role: Role = Role.RESPONSIBLE

    @property
    def path(self) -> StagePath:
        """
        The stages that its row demands, from assigned on.
        """
        return self.row.path

    @property
    def milestones(self) -> tuple[Milestone, ...]:
        """
        The dated parts of its row's requirement.
        """
        return self.row.milestones

    @property
    def label(self) -> str:
        """
        Its name for people: row × unit.
        """
        return f"{self.row.id} × {self.unit.name}"

    # Moves

    def self_check(
        self,
        *,
        at: Moment,
        by: str = "",
        note: str = "",
        evidence: Iterable[str] = (),
        recorded_at: Moment | None = None,
        external_id: str = "",
    ) -> Assignment:
        """
        Move to ``self_checked`` (自查).

        Raises:
            TransitionRefusedError: With every reason.
        """
        return self._moved(_SELF_CHECK, at, None, "", by, note, evidence, recorded_at, external_id)

    def rectify(
        self,
        *,
        at: Moment,
        by: str = "",
        note: str = "",
        evidence: Iterable[str] = (),
        recorded_at: Moment | None = None,
        external_id: str = "",
    ) -> Assignment:
        """
        Move to ``rectified`` (整改).

        Raises:
            TransitionRefusedError: With every reason.
        """
        return self._moved(_RECTIFY, at, None, "", by, note, evidence, recorded_at, external_id)

    def template(
        self,
        *,
        at: Moment,
        by: str = "",
        note: str = "",
        evidence: Iterable[str] = (),
        recorded_at: Moment | None = None,
        external_id: str = "",
    ) -> Assignment:
        """
        Move to ``templated`` (模板化).

        Raises:
            TransitionRefusedError: With every reason.
        """
        return self._moved(_TEMPLATE, at, None, "", by, note, evidence, recorded_at, external_id)

    def sustain(
        self,
        *,
        at: Moment,
        by: str = "",
        note: str = "",
        evidence: Iterable[str] = (),
        recorded_at: Moment | None = None,
        external_id: str = "",
    ) -> Assignment:
        """
        Move to ``ongoing`` (持续推进).

        Raises:
            TransitionRefusedError: With every reason.
        """
        return self._moved(_SUSTAIN, at, None, "", by, note, evidence, recorded_at, external_id)

    def send_back(
        self,
        *,
        to: Stage | str,
        reason: str,
        at: Moment,
        by: str = "",
        note: str = "",
        evidence: Iterable[str] = (),
        recorded_at: Moment | None = None,
        external_id: str = "",
    ) -> Assignment:
        """
        Return to an earlier stage of the path (退回); the history stays.

        Raises:
            TransitionRefusedError: With every reason.
            UnknownNameError: If there is no such stage.

        >>> import rectiflow as rf
        >>> day = date(2020, 6, 24)
        >>> done = rf.assign(rf.load("yuhui-2020"))["3", "区商务外事局"].rectify(at=day)
        >>> back = done.send_back(to="assigned", reason="整改不到位", at=day)
        >>> str(back.stage), len(back.history)
        ('assigned', 2)
        """
        return self._moved(_SEND_BACK, at, to, reason, by, note, evidence, recorded_at, external_id)

    def take(
        self,
        trigger: Trigger,
        *,
        at: Moment,
        to: Stage | str | None = None,
        reason: str = "",
        by: str = "",
        note: str = "",
        evidence: Iterable[str] = (),
        recorded_at: Moment | None = None,
        external_id: str = "",
    ) -> Taken:
        """
        Find out whether a move may be made, without running hooks.

        Raises:
            TransitionRefusedError: With every reason.
            InvalidValueError: If *at* is no time, or a naive one.
        """
        return self._taken(trigger, at, to, reason, by, note, evidence, recorded_at, external_id)

    def allowed(
        self, *, at: Moment | None = None, by: str = ""
    ) -> Mapping[Trigger, tuple[Message, ...]]:
        """
        Say of each trigger what stands against it now; ``()`` where nothing does.

        Args:
            at: When it would be done; by default no earlier than the last move.
            by: Who would do it, for a caller's own guards.

        >>> import rectiflow as rf
        >>> a = rf.assign(rf.load("yuhui-2020"))["2.1", "区城市管理局"]
        >>> for trigger, against in a.allowed().items():
        ...     print(trigger, [reason.code for reason in against])
        self_check []
        rectify ['refused.skips-demanded']
        template ['refused.skips-demanded']
        sustain ['refused.skips-demanded', 'refused.not-demanded']
        send_back ['refused.nowhere-back']
        """
        if at is not None:
            check_moment("at", at)
        last_at = self._last_moved_at()
        step = Step(
            trigger=Trigger.SELF_CHECK,
            stage=self.stage,
            target=None,
            path=self.row.path,
            at=last_at if at is None else at,
            last_at=last_at,
            by=by,
            subject=self,
            zone=self.campaign.zone,
        )
        return self.campaign.workflow.allowed(step)

    # Facts beside the stages

    def complete(self, milestone_id: str, *, at: Moment, **details: Unpack[Details]) -> Assignment:
        """
        Complete a dated milestone that is not a stage.

        Raises:
            FactRefusedError: If it is a stage, is complete already, or *at* is before the last
                move.
            UnknownNameError: If the row has no such milestone.

        >>> import rectiflow as rf
        >>> a = rf.assign(rf.load("yuhui-2020"))["6.3", "区发改委"]
        >>> done = a.complete("template_drafted", at=date(2020, 6, 30))
        >>> str(done.history[-1].outcome)
        'met'
        """
        check_moment("at", at)
        milestone = self.row.milestone(milestone_id)
        reasons = self._too_early(at)
        if milestone.stage is not None:
            reasons.append(Message.of("refused.is-a-stage", stage=milestone.stage))
        else:
            done = self.progress().done(milestone)
            if done is not None:
                reasons.append(Message.of("refused.completed", at=done.at))
        self._refuse(Fact.COMPLETE, milestone_id, reasons)
        due, outcome = self._judged(milestone, at)
        entry = CompletionEntry(at=at, milestone=milestone_id, due=due, outcome=outcome, **details)
        return self._with(entry)

    def reopen(
        self, milestone_id: str, *, reason: str, at: Moment, **details: Unpack[Details]
    ) -> Assignment:
        """
        Have a completed milestone done again; a stage is sent back instead.

        Raises:
            FactRefusedError: If it is not complete, no reason is given, or *at* is before the
                last move.
            UnknownNameError: If the row has no such milestone.
        """
        check_moment("at", at)
        milestone = self.row.milestone(milestone_id)
        reasons = self._too_early(at)
        if milestone.stage is not None:
            reasons.append(Message.of("refused.is-a-stage", stage=milestone.stage))
        elif self.progress().done(milestone) is None:
            reasons.append(Message.of("refused.not-completed"))
        if not reason.strip():
            reasons.append(Message.of("refused.no-reason"))
        self._refuse(Fact.REOPEN, milestone_id, reasons)
        entry = ReopeningEntry(at=at, milestone=milestone_id, reason=reason, **details)
        return self._with(entry)

    def record(self, event: str, *, on: Moment, **details: Unpack[Details]) -> Assignment:
        """
        Record an event that deadlines count from; it may lie before the last move.

        Raises:
            FactRefusedError: If it is recorded already: a day once counted from never moves.
            UnknownNameError: If no deadline of the row counts from it.

        >>> import rectiflow as rf
        >>> a = rf.assign(rf.load("yuhui-2020"))["8.2", "区政府各部门"]
        >>> str(a.resolution("reply").due)
        'None'
        >>> told = a.record("received", on=date(2020, 6, 24))
        >>> str(told.resolution("reply").due)
        '2020-06-30'
        """
        check_moment("on", on)
        known = self.campaign.events_of(self.row)
        if event not in known:
            raise UnknownNameError.among("event", event, sorted(known))
        recorded = self.progress().events.get(event)
        if recorded is not None:
            reasons = [Message.of("refused.event-recorded", event=event, at=recorded)]
            self._refuse(Fact.RECORD, event, reasons)
        return self._with(EventEntry(at=on, event=event, **details))

    def adjust(
        self,
        adjustment: Adjustment,
        milestone_id: str,
        *,
        at: Moment | None = None,
        **details: Unpack[Details],
    ) -> Assignment:
        """
        Write down an extension, suspension, restart or override of a milestone's deadline.

        Args:
            adjustment: What was decided.
            milestone_id: Which milestone, a stage's or another.
            at: When it was decided; by default the day it takes effect.
            details: See :class:`Details`.

        Raises:
            FactRefusedError: If the milestone is done: its verdict stands.
            UnknownNameError: If the row has no such milestone or service.

        >>> import rectiflow as rf
        >>> a = rf.assign(rf.load("yuhui-2020"))["2.1", "区城市管理局"]
        >>> more = rf.Extension(5, "workday", granted_on=date(2020, 6, 24))
        >>> str(a.adjust(more, "rectified").resolution("rectified").due)
        '2020-07-07'
        """
        if not isinstance(adjustment, Adjustment):
            expected = "an Extension, ExtensionUntil, Suspension, Restart or Override"
            raise InvalidValueError("adjustment", adjustment, expected)
        promise = self.campaign.promise(self.row, milestone_id)
        done = self.progress().done(promise) if isinstance(promise, Milestone) else None
        if done is not None:
            reasons = [Message.of("refused.completed", at=done.at)]
            self._refuse(Fact.ADJUST, milestone_id, reasons)
        when = effective_on(adjustment) if at is None else at
        entry = AdjustmentEntry(at=when, milestone=milestone_id, adjustment=adjustment, **details)
        return self._with(entry)

    # Questions

    def progress(self, as_of: date | None = None) -> Progress:
        """
        Add up the history, up to *as_of*, included, if it is given.
        """
        return progress(self.history, as_of, self.campaign.zone)

    def resolution(self, milestone_id: str, *, as_of: date | None = None) -> Resolution:
        """
        Come to the due day of a milestone or standing service, with every step.

        Raises:
            UnresolvedDeadlineError: If the text gives no date and nobody has set one.
            CalendarCoverageError: If working days are counted past the calendar.
            UnknownNameError: If the row has neither of that id.
        """
        promise = self.campaign.promise(self.row, milestone_id)
        so_far = self.progress(as_of)
        given = so_far.adjustments.get(milestone_id, ())
        return self.campaign.resolve(self.row, promise, so_far.events, given)

    def standing(
        self, milestone_id: str, *, as_of: date, warn_workdays: int | None = None
    ) -> Standing:
        """
        Say how one milestone stands at the end of a day, with its due day and days left.

        Raises:
            UnknownNameError: If the row has no such milestone.

        >>> import rectiflow as rf
        >>> a = rf.assign(rf.load("yuhui-2020"))["2.1", "区城市管理局"]
        >>> found = a.standing("rectified", as_of=date(2020, 6, 24), warn_workdays=5)
        >>> str(found.verdict.outcome), found.days_left, found.workdays_left
        ('due_soon', 6, 3)
        """
        check_day("as_of", as_of)
        check_warning(warn_workdays)
        milestone = self.row.milestone(milestone_id)
        so_far = self.progress(as_of)
        return standing(
            self.campaign, self.row, milestone, so_far, as_of=as_of, warn_workdays=warn_workdays
        )

    def verdict(self, *, as_of: date, warn_workdays: int | None = None) -> Verdict:
        """
        Say how the assignment stands at the end of a day: as its worst milestone does.

        Args:
            as_of: The day; later entries do not count.
            warn_workdays: See :func:`~rectiflow.verdict`.
        """
        check_day("as_of", as_of)
        check_warning(warn_workdays)
        so_far = self.progress(as_of)
        return worst(
            standing(
                self.campaign, self.row, each, so_far, as_of=as_of, warn_workdays=warn_workdays
            ).verdict
            for each in self.row.milestones
        )

    # Own business

    def _moved(  # noqa: PLR0917 -- called for every step, where keywords cost
        self,
        trigger: Trigger,
        at: Moment,
        to: Stage | str | None,
        reason: str,
        by: str,
        note: str,
        evidence: Iterable[str],
        recorded_at: Moment | None,
        external_id: str,
    ) -> Assignment:
        taken = self._taken(trigger, at, to, reason, by, note, evidence, recorded_at, external_id)
        return taken.confirmed() if self.campaign.workflow.hooks else taken.assignment

    def _taken(  # noqa: PLR0917 -- called for every step, where keywords cost
        self,
        trigger: Trigger,
        at: Moment,
        to: Stage | str | None,
        reason: str,
        by: str = "",
        note: str = "",
        evidence: Iterable[str] = (),
        recorded_at: Moment | None = None,
        external_id: str = "",
    ) -> Taken:
        if type(at) is not date:
            check_moment("at", at)
        campaign, row, stage, history = self.campaign, self.row, self.stage, self.history
        target = _TARGETS.get(trigger) if to is None else as_stage(to)
        last_at = None
        if history:
            last = history[-1]
            last_at = last.at if last.is_move else self._last_moved_at()
        asked = trigger, stage, target, row.path, at, last_at, by, note, reason, self, campaign.zone
        step: Step = _tuple(Step, asked)
        reached = campaign.workflow.take(step)
        due = outcome = None
        if trigger is not _SEND_BACK:
            milestone, due = campaign.stage_due(row, reached)
            if milestone is not None:
                due, outcome = self._judged(milestone, at, due)
        entry = stage_entry(
            at,
            trigger,
            stage,
            reached,
            reason,
            due,
            outcome,
            by,
            note,
            evidence,
            recorded_at,
            external_id,
        )
        taken: Taken = _tuple(Taken, (self._with(entry, reached), step, entry))
        return taken

    def _with(self, entry: Entry, stage: Stage | None = None) -> Assignment:
        draft: Any = _new(_Draft)
        draft.campaign, draft.row, draft.unit = self.campaign, self.row, self.unit
        draft.stage = self.stage if stage is None else stage
        draft.history = (*self.history, entry)
        draft.external_id, draft.role = self.external_id, self.role
        draft.__class__ = Assignment
        return draft  # type: ignore[no-any-return]  # it has just become one

    def _last_moved_at(self) -> Moment | None:
        for entry in reversed(self.history):
            if entry.is_move:
                return entry.at
        return None

    def _too_early(self, at: Moment) -> list[Message]:
        last_at = self._last_moved_at()
        if last_at is None or not is_before(at, last_at, self.campaign.zone):
            return []
        return [Message.of("refused.earlier-than-last", at=at, last_at=last_at)]

    def _judged(
        self, milestone: Milestone, at: Moment, due: date | None = None
    ) -> tuple[date | None, Outcome | None]:
        # What is done gets its verdict now, and keeps it whatever is decided later.
        day = at if type(at) is date else day_of(at, self.campaign.zone)
        for entry in self.history:
            if not entry.is_move:
                # An event or a decision may have moved the day that the list alone comes to.
                due = None
                break
        if due is None:
            found = resolution_or_reason(self.campaign, self.row, milestone, self.progress(day))
            if isinstance(found, Message) or found.due is None:
                return None, None
            due = found.due
        return due, _MET if day <= due else _MET_LATE

    def _refuse(self, fact: Fact, about: str, reasons: list[Message]) -> None:
        if reasons:
            raise FactRefusedError(
                fact=fact, about=about, reasons=tuple(reasons), subject=self.label
            )


class _Draft(Assignment):
    """
    An assignment being filled in, as :mod:`~rectiflow.history` does with an entry.
    """

    __slots__ = ()
    __setattr__ = object.__setattr__
    __delattr__ = object.__delattr__


_new = object.__new__
# What a named tuple's own constructor does, without the call around it.
_tuple: Any = tuple.__new__
