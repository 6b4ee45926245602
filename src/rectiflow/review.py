"""
The board on a day: every assignment × milestone with its due day, and the counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, tzinfo
from types import MappingProxyType
from typing import Any

import attrs

from .assignments import Assignment
from .history import OpeningEntry
from .moments import check_day, day_of
from .pausing import collector_paused
from .progress import Done, Progress
from .requirements import Milestone
from .stages import Stage
from .standings import Standing, standing
from .verdicts import Clock, Outcome, check_warning, worst

__all__ = ["Accepted", "Counts", "Review", "ReviewRow", "review"]

Counts = Mapping[Outcome, int]
Accepted = Callable[[Assignment, Milestone, Done], bool]
"""Says of what is done whether it counts."""

_Deed = tuple[date, date | None, Outcome | None]
_Deeds = tuple[_Deed | None, ...]
_Standings = tuple[tuple[Standing, ...], Outcome]


@attrs.frozen(weakref_slot=False)
class ReviewRow:
    """
    One milestone of one assignment on a day.

    Attributes:
        assignment: Whose.
        milestone: Which.
        stage: Where the assignment stood on that day.
        standing: How the milestone stood: verdict, due day, days left.
    """

    assignment: Assignment
    milestone: Milestone
    stage: Stage
    standing: Standing

    @property
    def row(self) -> str:
        """
        The row's id.
        """
        return self.assignment.row.id

    @property
    def unit(self) -> str:
        """
        The unit's name.
        """
        return self.assignment.unit.name

    @property
    def clock(self) -> Clock:
        """
        Whether time is running.
        """
        return self.standing.verdict.clock

    @property
    def outcome(self) -> Outcome:
        """
        What can be said of the due day.
        """
        return self.standing.verdict.outcome

    @property
    def due(self) -> date | None:
        """
        The due day in force.
        """
        return self.standing.due

    @property
    def days_left(self) -> int | None:
        """
        Calendar days left; negative for days late.
        """
        return self.standing.days_left

    @property
    def workdays_left(self) -> int | None:
        """
        Working days left; negative for days late.
        """
        return self.standing.workdays_left


@attrs.frozen(kw_only=True)
class Review:
    """
    The board on a day.

    The counts are of assignments, each by the outcome of its worst milestone.

    Attributes:
        as_of: The day; later moves do not count.
        warn_workdays: How many working days before its day, or fewer, a milestone is due soon.
        rows: One for each assignment and milestone, in list order.
        totals: Outcome to number of assignments.
        by_unit: The same for each unit, by name.
        by_row: The same for each row, by id.
        by_stage: The same for each stage that an assignment stands at.

    >>> import rectiflow as rf
    >>> board = rf.assign(rf.load("yuhui-2020")).review(date(2020, 6, 30))
    >>> {str(outcome): n for outcome, n in board.by_unit["各乡镇政府"].items()}
    {'due_today': 13}
    >>> [(row.row, row.milestone.id, row.days_left) for row in board.with_outcome("due_today")][:2]
    [('1', 'self_checked', 0), ('1', 'rectified', 0)]
    """

    as_of: date
    warn_workdays: int | None
    rows: tuple[ReviewRow, ...] = attrs.field(repr=lambda rows: f"<{len(rows)} rows>")
    totals: Counts
    by_unit: Mapping[str, Counts] = attrs.field(repr=False)
    by_row: Mapping[str, Counts] = attrs.field(repr=False)
    by_stage: Mapping[Stage, Counts]

    def with_outcome(self, *outcomes: Outcome | str) -> tuple[ReviewRow, ...]:
        """
        Pick the rows with one of these outcomes, e.g. ``"overdue"``.
        """
        wanted = {Outcome(each) for each in outcomes}
        return tuple(row for row in self.rows if row.outcome in wanted)

    def _repr_pretty_(self, printer: Any, _is_cycle: bool) -> None:  # noqa: ANN401, FBT001 -- as IPython calls it
        # Hypothesis too would write out every row of it, with assignment and list: 46,000 letters.
        printer.text(repr(self))


@collector_paused()
def review(
    assignments: Iterable[Assignment],
    as_of: date,
    warn_workdays: int | None = 5,
    accepted: Accepted | None = None,
) -> Review:
    """
    Review assignments at the end of a day; see :meth:`rectiflow.Ledger.review`.

    Args:
        assignments: Which.
        as_of: The day.
        warn_workdays: As there.
        accepted: What is done counts only where this says so; all of it if not given.

    Raises:
        InvalidValueError: If *as_of* is no date or *warn_workdays* no number.
    """
    check_day("as_of", as_of)
    check_warning(warn_workdays)
    board = _Board(as_of, warn_workdays, accepted)
    for assignment in assignments:
        board.add(assignment)
    return board.review()


class _Board:
    """
    A review being drawn up.

    Of a hundred thousand assignments most stand alike, so what was found of one is shared by
    all of the same row in which the same was done on the same days.
    """

    def __init__(
        self, as_of: date, warn_workdays: int | None, accepted: Accepted | None = None
    ) -> None:
        self._as_of, self._warn, self._accepted = as_of, warn_workdays, accepted
        self._rows: list[ReviewRow] = []
        self._by_unit: dict[str, dict[Outcome, int]] = {}
        self._places: dict[tuple[str, Stage, Outcome], int] = {}
        self._shared: dict[tuple[int, str, _Deeds], _Standings] = {}

    def add(self, assignment: Assignment) -> None:
        so_far = _UNTOUCHED
        if assignment.history:
            so_far = assignment.progress(self._as_of)
            if self._accepted is not None:
                so_far = self._counting(assignment, so_far, self._accepted)
        stage = so_far.stage
        standings, outcome = self._of(assignment, so_far)
        for milestone, each in zip(assignment.milestones, standings, strict=True):
            self._rows.append(ReviewRow(assignment, milestone, stage, each))
        of_unit = self._by_unit.setdefault(assignment.unit.name, {})
        of_unit[outcome] = of_unit.get(outcome, 0) + 1
        place = (assignment.row.id, stage, outcome)
        self._places[place] = self._places.get(place, 0) + 1

    def _counting(self, assignment: Assignment, so_far: Progress, accepted: Accepted) -> Progress:
        counting = so_far
        for milestone in assignment.milestones:
            done = so_far.done(milestone)
            if done is not None and not accepted(assignment, milestone, done):
                counting = counting.without(milestone)
        return counting

    def _of(self, assignment: Assignment, so_far: Progress) -> _Standings:
        if so_far.events or so_far.adjustments or so_far.opening:
            # It was told more than what was done, which few are alike in.
            return self._asked(assignment, so_far)
        zone = assignment.campaign.zone
        deeds: _Deeds = ()
        if so_far.stages or so_far.completed:
            deeds = tuple(_deed(so_far.done(each), zone) for each in assignment.milestones)
        key = (id(assignment.campaign), assignment.row.id, deeds)
        found = self._shared.get(key)
        if found is None:
            self._shared[key] = found = self._asked(assignment, so_far)
        return found

    def _asked(self, assignment: Assignment, so_far: Progress) -> _Standings:
        campaign, row = assignment.campaign, assignment.row
        standings = tuple(
            standing(campaign, row, each, so_far, as_of=self._as_of, warn_workdays=self._warn)
            for each in row.milestones
        )
        return standings, worst(each.verdict for each in standings).outcome

    def review(self) -> Review:
        totals: dict[Outcome, int] = {}
        by_row: dict[str, dict[Outcome, int]] = {}
        by_stage: dict[Stage, dict[Outcome, int]] = {}
        for (row, stage, outcome), n in self._places.items():
            for counts in (totals, by_row.setdefault(row, {}), by_stage.setdefault(stage, {})):
                counts[outcome] = counts.get(outcome, 0) + n
        return Review(
            as_of=self._as_of,
            warn_workdays=self._warn,
            rows=tuple(self._rows),
            totals=MappingProxyType(totals),
            by_unit=MappingProxyType(self._by_unit),
            by_row=MappingProxyType(by_row),
            by_stage=MappingProxyType({s: by_stage[s] for s in Stage if s in by_stage}),
        )


_UNTOUCHED = Progress()


def _deed(done: Done | None, zone: tzinfo) -> _Deed | None:
    # All that a standing takes from the entry, where nothing else was told.
    if done is None or isinstance(done, OpeningEntry):
        return None
    return day_of(done.at, zone), done.due, done.outcome
