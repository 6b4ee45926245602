"""
An assignment of a small list, as plainly as can be: stages, two milestones that are none, an event.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import attrs

from rectiflow.deadlines import ExtensionUntil, Override, Restart, Suspension
from rectiflow.moves import Move
from rectiflow.refusals import Fact

from .ledgers import EVENT, ISSUED, PLATFORM, REPLY
from .plain import Ask, PlainCase
from .plain_periods import PlainPeriod

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rectiflow.deadlines import Adjustment

__all__ = ["DECISIONS", "PlainAssignment"]

# The due days of a small list, worked out by hand.
_DUE = {
    "self_checked": date(2020, 6, 30),
    "rectified": date(2020, 6, 30),
    "templated": date(2020, 12, 31),
}

DECISIONS: tuple[Callable[[date, date], Adjustment], ...] = (
    lambda day, until: ExtensionUntil(until, granted_on=day),
    Suspension,
    lambda day, until: Override(until, reason="另有安排", issued_on=day),
    lambda day, _until: Restart(day),
)
"""What may be decided on a day, each with another day, not before it."""


def _periods() -> dict[str, PlainPeriod]:
    named = {name: PlainPeriod(day) for name, day in _DUE.items()}
    return named | {PLATFORM: PlainPeriod(date(2020, 9, 30)), REPLY: PlainPeriod(days=15)}


@attrs.define
class PlainAssignment:
    """
    A plain case with milestones that are no stages.

    Attributes:
        case: Its stages.
        facts: Milestone to days on which it was completed (``True``) or reopened, oldest first.
        periods: Milestone to its deadline.
        last: The day of the last move, completion or reopening.
    """

    case: PlainCase
    facts: dict[str, list[tuple[date, bool]]] = attrs.field(
        factory=lambda: {PLATFORM: [], REPLY: []}
    )
    periods: dict[str, PlainPeriod] = attrs.field(factory=_periods)
    last: date = ISSUED

    def copy(self) -> PlainAssignment:
        """
        Make one that can be moved without moving this one.
        """
        return PlainAssignment(
            PlainCase(self.case.path, self.case.stage, list(self.case.moves)),
            {name: list(told) for name, told in self.facts.items()},
            {name: period.copy() for name, period in self.periods.items()},
            self.last,
        )

    @property
    def milestones(self) -> list[str]:
        """
        Those with a deadline.
        """
        return [name for name in self.periods if name in self.facts or name in self.case.path]

    @property
    def is_received(self) -> bool:
        """
        Whether the event that the reply counts from is recorded.
        """
        return self.periods[REPLY].begun is not None

    def is_complete(self, milestone: str) -> bool:
        """
        Say whether a milestone that is no stage is done.
        """
        told = self.facts[milestone]
        return bool(told) and told[-1][1]

    def open_since(self, milestone: str) -> date:
        """
        Give the day on which a milestone that is no stage began, or last began anew.
        """
        told = (day for day, _done in self.facts[milestone])
        return max([self.periods[milestone].begun or ISSUED, *told])

    def outcome(self, milestone: str, day: date) -> str:
        """
        Say how a milestone stands at the end of a day; ``"open"`` for all before its day.
        """
        if milestone in self.facts:
            told = [fact for fact in self.facts[milestone] if fact[0] <= day]
            done = told[-1][0] if told and told[-1][1] else None
        else:
            done = self.case.done_on(milestone, day)
        # What is done is held against the day that stood when it was done.
        due = self.periods[milestone].due(day if done is None else done)
        if due is None:
            return "open"
        if done is not None:
            return "met" if done <= due else "met_late"
        if day > due:
            return "overdue"
        return "due_today" if day == due else "open"

    def impossible(self, row: str, unit: str) -> Iterator[Move]:
        """
        Give the facts that contradict what is written.
        """
        day, more = self.last, ExtensionUntil(self.last, granted_on=self.last)
        if self.is_received:
            yield Move(row, unit, Fact.RECORD, day, event=EVENT)
        for name in self.milestones:
            if name not in self.facts:
                yield Move(row, unit, Fact.COMPLETE, day, milestone=name)
            elif self.is_complete(name):
                yield Move(row, unit, Fact.COMPLETE, day, milestone=name)
                yield Move(row, unit, Fact.ADJUST, day, milestone=name, adjustment=more)
            else:
                yield Move(row, unit, Fact.REOPEN, day, milestone=name, reason="再办")

    def carry_out(self, move: Move) -> None:
        """
        Make a move, or write down a fact, that nothing stands against.
        """
        day = move.at
        if move.trigger is Fact.RECORD:
            self.periods[REPLY].begun = day
        elif move.adjustment is not None:
            self.periods[move.milestone].decided.append(move.adjustment)
        elif move.milestone:
            self.facts[move.milestone].append((day, move.trigger is Fact.COMPLETE))
            self.last = day
        else:
            to = None if move.to is None else move.to.value
            self.case.take(Ask(move.trigger.value, day, to, move.reason))
            self.last = day
