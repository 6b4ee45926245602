"""
The board on a day: every assignment × milestone with its due day, and the counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType

import attrs

from .assignments import Assignment
from .moments import check_day
from .progress import Done, Progress
from .requirements import Milestone
from .stages import Stage
from .standings import Standing, standing
from .verdicts import Clock, Outcome, Verdict, check_warning, worst

__all__ = ["Accepted", "Counts", "Review", "ReviewRow", "review"]

Counts = Mapping[Outcome, int]
Accepted = Callable[[Assignment, Milestone, Done], bool]
"""Says of what is done whether it counts."""


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
    """

    def __init__(
        self, as_of: date, warn_workdays: int | None, accepted: Accepted | None = None
    ) -> None:
        self._as_of, self._warn, self._accepted = as_of, warn_workdays, accepted
        self._rows: list[ReviewRow] = []
        self._tallies: dict[tuple[str, Stage, str], dict[Outcome, int]] = {}
        # Assignments without a history share the standings of their row.
        self._untouched: dict[tuple[int, str], tuple[tuple[Standing, ...], Verdict]] = {}

    def add(self, assignment: Assignment) -> None:
        row, stage = assignment.row, Stage.ASSIGNED
        standings, overall = self._of_row(assignment)
        if assignment.history:
            so_far = assignment.progress(self._as_of)
            stage = so_far.stage
            if self._accepted is not None:
                so_far = self._counting(assignment, so_far, self._accepted)
            standings = tuple(self._standings(assignment, so_far, standings))
            overall = worst(each.verdict for each in standings)
        for milestone, each in zip(row.milestones, standings, strict=True):
            self._rows.append(ReviewRow(assignment, milestone, stage, each))
        place = (assignment.unit.name, stage, row.id)
        tally = self._tallies.setdefault(place, {})
        tally[overall.outcome] = tally.get(overall.outcome, 0) + 1

    def _counting(self, assignment: Assignment, so_far: Progress, accepted: Accepted) -> Progress:
        counting = so_far
        for milestone in assignment.milestones:
            done = so_far.done(milestone)
            if done is not None and not accepted(assignment, milestone, done):
                counting = counting.without(milestone)
        return counting

    def _of_row(self, assignment: Assignment) -> tuple[tuple[Standing, ...], Verdict]:
        key = (id(assignment.campaign), assignment.row.id)
        found = self._untouched.get(key)
        if found is None:
            standings = tuple(
                self._standing(assignment, each, Progress()) for each in assignment.milestones
            )
            found = (standings, worst(each.verdict for each in standings))
            self._untouched[key] = found
        return found

    def _standings(
        self, assignment: Assignment, so_far: Progress, untouched: tuple[Standing, ...]
    ) -> Iterator[Standing]:
        told = so_far.events or so_far.adjustments or so_far.opening
        for milestone, shared in zip(assignment.milestones, untouched, strict=True):
            if told or so_far.done(milestone) is not None:
                yield self._standing(assignment, milestone, so_far)
            else:
                # Nothing was said of it, so it stands as in any untouched assignment.
                yield shared

    def _standing(self, assignment: Assignment, milestone: Milestone, so_far: Progress) -> Standing:
        campaign, row = assignment.campaign, assignment.row
        return standing(
            campaign, row, milestone, so_far, as_of=self._as_of, warn_workdays=self._warn
        )

    def review(self) -> Review:
        totals: dict[Outcome, int] = {}
        by_unit: dict[str, dict[Outcome, int]] = {}
        by_stage: dict[Stage, dict[Outcome, int]] = {}
        by_row: dict[str, dict[Outcome, int]] = {}
        for (unit, stage, row), tally in self._tallies.items():
            of_unit = by_unit.setdefault(unit, {})
            of_row = by_row.setdefault(row, {})
            of_stage = by_stage.setdefault(stage, {})
            for outcome, n in tally.items():
                for counts in (totals, of_unit, of_row, of_stage):
                    counts[outcome] = counts.get(outcome, 0) + n
        return Review(
            as_of=self._as_of,
            warn_workdays=self._warn,
            rows=tuple(self._rows),
            totals=MappingProxyType(totals),
            by_unit=MappingProxyType(by_unit),
            by_row=MappingProxyType(by_row),
            by_stage=MappingProxyType({s: by_stage[s] for s in Stage if s in by_stage}),
        )
