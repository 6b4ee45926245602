"""
A saboteur: one known mistake in the library's own engine, and how it gets in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import attrs

from rectiflow.messages import Message

__all__ = ["Saboteur", "saboteur"]


@attrs.frozen
class Saboteur:
    """
    One known mistake.

    Attributes:
        name: E.g. ``"start-day-counted"``.
        swaps: Place of a function to what is called instead, with the original first.
    """

    name: str
    swaps: Mapping[str, Callable[..., Any]] = attrs.field(repr=False)

    @property
    def says(self) -> Message:
        """
        The mistake in one sentence.
        """
        return Message.of(f"saboteur.{self.name}")


def saboteur(name: str, **swaps: Callable[..., Any]) -> Saboteur:
    """
    Make a saboteur from the short names of the seams.
    """
    return Saboteur(name, MappingProxyType({SEAMS[seam]: how for seam, how in swaps.items()}))


SEAMS = {
    "add": "rectiflow.workdays:WorkCalendar.add",
    "adjusted": "rectiflow.deadlines.adjusting:adjusted",
    "after": "rectiflow.deadlines.counted:After.answer",
    "along_the_path": "rectiflow.guards:along_the_path",
    "apply": "rectiflow.ledger:Ledger.apply",
    "applies_on": "rectiflow.rosters:RosterMember.applies_on",
    "assignment_to_plain": "rectiflow.snapshots:_assignment_to_plain",
    "back_for_a_reason": "rectiflow.guards:back_for_a_reason",
    "china": "rectiflow.workdays:WorkCalendar.china",
    "confirmed": "rectiflow.assignments:Taken.confirmed",
    "corresponding_day": "rectiflow.deadlines.counting:corresponding_day",
    "count": "rectiflow.workdays:WorkCalendar.count",
    "count_back": "rectiflow.deadlines.counting:count_back",
    "count_on": "rectiflow.deadlines.counting:count_on",
    "day_of": "rectiflow.moments:day_of",
    "earliest": "rectiflow.deadlines.combined:Earliest.answer",
    "extended": "rectiflow.deadlines.adjusting:_extended",
    "extended_until": "rectiflow.deadlines.adjusting:_extended_until",
    "fire": "rectiflow.machine:TableMachine.fire",
    "in_time_order": "rectiflow.guards:in_time_order",
    "is_soon": "rectiflow.verdicts:_is_soon",
    "is_workday": "rectiflow.workdays:WorkCalendar.is_workday",
    "judged": "rectiflow.assignments:Assignment._judged",
    "keep": "rectiflow.ledger:Ledger.keep",
    "merged_spans": "rectiflow.deadlines.counting:merged_spans",
    "moved": "rectiflow.progress:_moved",
    "period_end": "rectiflow.deadlines.dates:PeriodEnd.answer",
    "progress": "rectiflow.progress:progress",
    "record": "rectiflow.assignments:Assignment.record",
    "roll": "rectiflow.workdays:WorkCalendar.roll",
    "rolled": "rectiflow.deadlines.counting:rolled",
    "step": "rectiflow.workflow:Workflow.step",
    "subtract": "rectiflow.workdays:WorkCalendar.subtract",
    "verdict": "rectiflow.verdicts:verdict",
    "when_done": "rectiflow.standings:_when_done",
    "with": "rectiflow.assignments:Assignment._with",
    "workdays_left": "rectiflow.verdicts:workdays_left",
    "worst": "rectiflow.verdicts:worst",
}
"""The seams: short name to the place of a function."""
