"""
What all assignments of one list share: the list, the workflow, the calendar, the policy.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date, tzinfo
from typing import TYPE_CHECKING

import attrs

from .deadlines import Adjustment, DeadlineRule, Resolution, UnresolvedDeadlineError
from .errors import InvalidValueError, UnknownNameError
from .lists import RectificationList, Row
from .requirements import Milestone, Service
from .stages import Stage
from .workdays import CalendarCoverageError, WorkCalendar
from .workflow import Workflow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .moments import Moment

__all__ = ["Campaign", "NoDayError"]

NoDayError = UnresolvedDeadlineError | CalendarCoverageError
"""Why a rule may come to no answer at all: the text gives no day, or the calendar ends."""


@attrs.frozen(kw_only=True, eq=False)
class Campaign:
    """
    What all assignments of one list share.

    Attributes:
        rl: The list.
        workflow: Guards and hooks.
        calendar: Which days are worked.
        immediate: The rule that stands for 立行立改; ``None`` if the office has set none.
        zone: The time zone in which days are meant: the list's.
    """

    rl: RectificationList
    workflow: Workflow = attrs.field(factory=Workflow)
    calendar: WorkCalendar = attrs.field(factory=WorkCalendar.china)
    immediate: DeadlineRule | None = None
    _untouched: dict[tuple[str, str], Resolution | NoDayError] = attrs.field(
        init=False, factory=dict, repr=False
    )
    _by_stage: dict[tuple[str, Stage], tuple[Milestone | None, date | None]] = attrs.field(
        init=False, factory=dict, repr=False
    )
    zone: tzinfo = attrs.field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """
        Check the types, since a wrong one would be noticed only much later.
        """
        for name, wanted in _TYPES.items():
            value = getattr(self, name)
            if not isinstance(value, wanted) and not (name == "immediate" and value is None):
                raise InvalidValueError(name, value, f"a {wanted.__name__}")
        object.__setattr__(self, "zone", self.rl.zone)

    def __eq__(self, other: object) -> bool:
        """
        Compare what was given; what is remembered on the way does not matter.
        """
        if not isinstance(other, Campaign):
            return NotImplemented
        return self is other or all(getattr(self, n) == getattr(other, n) for n in _TYPES)

    def __hash__(self) -> int:
        """
        Hash the list's id.
        """
        return hash(self.rl.id)

    def stage_due(self, row: Row, stage: Stage) -> tuple[Milestone | None, date | None]:
        """
        Give the milestone of *stage* in a row and its due day before anything was decided.

        Either is ``None`` if there is none.
        """
        found = self._by_stage.get((row.id, stage))
        if found is None:
            milestone = next((each for each in row.milestones if each.stage is stage), None)
            due = None
            if milestone is not None:
                with suppress(UnresolvedDeadlineError, CalendarCoverageError):
                    due = self._untouched_resolution(row, milestone).due
            self._by_stage[row.id, stage] = found = (milestone, due)
        return found

    def promise(self, row: Row, id: str) -> Milestone | Service:  # noqa: A002 -- as in Row.milestone
        """
        Give the milestone or standing service of a row by its id.

        Raises:
            UnknownNameError: If there is none.
        """
        promises: tuple[Milestone | Service, ...] = (*row.milestones, *row.services)
        for each in promises:
            if each.id == id:
                return each
        raise UnknownNameError.among("milestone", id, (each.id for each in promises))

    def resolve(
        self,
        row: Row,
        promise: Milestone | Service,
        events: Mapping[str, Moment],
        adjustments: Iterable[Adjustment],
    ) -> Resolution:
        """
        Come to the due day of a milestone or service.

        Raises:
            UnresolvedDeadlineError: If the text gives no date and nobody has set one.
            CalendarCoverageError: If working days are counted past the calendar.
        """
        given = tuple(adjustments)
        if not events and not given:
            # Ten thousand assignments of a list share a few dozen of these.
            return self._untouched_resolution(row, promise)
        return self._resolved(promise, events, given)

    def events_of(self, row: Row) -> frozenset[str]:
        """
        Name the events that the deadlines of a row count from, but for the issue of the list.
        """
        rules = [each.rule for each in row.milestones] + [each.rule for each in row.services]
        rules += [self.immediate] if self.immediate is not None else []
        return frozenset().union(*(rule.events for rule in rules)) - {"issued"}

    def _untouched_resolution(self, row: Row, promise: Milestone | Service) -> Resolution:
        key = (row.id, promise.id)
        answer = self._untouched.get(key)
        if answer is None:
            try:
                answer = self._resolved(promise, {}, ())
            except (UnresolvedDeadlineError, CalendarCoverageError) as error:
                answer = error
            self._untouched[key] = answer
        if isinstance(answer, Resolution):
            return answer
        # A raised exception carries its traceback, so each caller gets one of its own.
        raise type(answer)(**attrs.asdict(answer, recurse=False))

    def _resolved(
        self,
        promise: Milestone | Service,
        events: Mapping[str, Moment],
        adjustments: tuple[Adjustment, ...],
    ) -> Resolution:
        return promise.rule.resolve(
            issued=self.rl.issued,
            events=events,
            calendar=self.calendar,
            adjustments=adjustments,
            immediate=self.immediate,
            zone=self.zone,
        )


_TYPES: dict[str, type] = {
    "rl": RectificationList,
    "workflow": Workflow,
    "calendar": WorkCalendar,
    "immediate": DeadlineRule,
}
