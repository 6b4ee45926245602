"""
What an office writes down of an assignment beside its moves: work done, an event, decisions.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

import attrs
from hypothesis import strategies as st

from rectiflow.deadlines import Adjustment, Extension, ExtensionUntil, Override, Restart, Suspension
from rectiflow.lists import Row
from rectiflow.moves import Move
from rectiflow.refusals import Fact

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rectiflow.requirements import Milestone
    from rectiflow.stages import Stage

__all__ = ["Written", "legal_facts"]

_DAY = timedelta(days=1)
Decide = Callable[[date, int], Adjustment]
_DECISIONS: tuple[Decide, ...] = (
    lambda day, n: Suspension(day, day + (n - 1) * _DAY),
    lambda day, _n: Restart(day),
    lambda day, n: Extension(n, "workday", granted_on=day),
    lambda day, n: ExtensionUntil(day + n * _DAY, granted_on=day),
    lambda day, n: Override(day + n * _DAY, reason="另有安排", issued_on=day),
)
# Work done and an event come before the decisions, so that a fact shrinks to work done.
_AN_EVENT, _FIRST_DECISION = 1, 2
_KINDS = st.integers(0, _FIRST_DECISION + len(_DECISIONS) - 1)
_LENGTHS = st.integers(1, 30)


@attrs.define
class Written:
    """
    What is written of an assignment so far, its moves apart.

    Attributes:
        row: Its row.
        unit: Its unit.
        done: The milestones, no stages, that are done.
        seen: The events that are recorded.
    """

    row: Row
    unit: str
    done: set[str] = attrs.field(factory=set)
    seen: set[str] = attrs.field(factory=set)

    def undone(self, stage: Stage) -> list[Milestone]:
        """
        List what is not done at a stage, what counts from an event first.
        """
        found = [
            each
            for each in self.row.milestones
            if (each.id not in self.done if each.stage is None else each.stage > stage)
        ]
        return sorted(found, key=lambda each: not each.rule.events)

    def record(self, milestones: Iterable[Milestone], day: date) -> list[Move]:
        """
        Record the events that deadlines count from, each once.
        """
        awaited = {name for each in milestones for name in each.rule.events if name != "issued"}
        new = sorted(awaited - self.seen)
        self.seen.update(new)
        return [Move(self.row.id, self.unit, Fact.RECORD, day, event=event) for event in new]


def legal_facts(draw: st.DrawFn, written: Written, stage: Stage, day: date) -> list[Move]:
    """
    Draw a fact that an assignment takes, and note it; none if its row has nothing to say.

    Of a deadline that counts from an event, the event is recorded before anything is decided:
    else most suspensions and restarts would find no period that runs.

    Args:
        draw: Hypothesis's own.
        written: What is written of it already.
        stage: Where it stands.
        day: The day of the fact, not before its last move.
    """
    kind = draw(_KINDS)
    if kind >= _FIRST_DECISION:
        return _decided(draw, written, stage, day, _DECISIONS[kind - _FIRST_DECISION])
    news = written.record(written.row.milestones, day) if kind == _AN_EVENT else []
    return news or _worked(draw, written, day)


def _worked(draw: st.DrawFn, written: Written, day: date) -> list[Move]:
    named = [each.id for each in written.row.milestones if each.stage is None]
    if not named:
        return []
    name = named[draw(st.integers(0, len(named) - 1))]
    fact, reason = (Fact.REOPEN, "再办") if name in written.done else (Fact.COMPLETE, "")
    written.done ^= {name}
    return [Move(written.row.id, written.unit, fact, day, milestone=name, reason=reason)]


def _decided(
    draw: st.DrawFn, written: Written, stage: Stage, day: date, decide: Decide
) -> list[Move]:
    # Of what is done the verdict stands.
    undone = written.undone(stage)
    if not undone:
        return []
    milestone = undone[draw(st.integers(0, len(undone) - 1))]
    news = written.record([milestone], day)
    decided = decide(day, draw(_LENGTHS))
    adjust = Move(
        written.row.id,
        written.unit,
        Fact.ADJUST,
        day,
        milestone=milestone.id,
        adjustment=decided,
    )
    return [*news, adjust]
