"""
Another definition for a ledger that is open: doubts settled, a roster changed, a new version.

Whoever has a history stays: nothing that happened is lost by a change of the list or the roster.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import attrs

from rectiflow.assignments import Assignment
from rectiflow.errors import RectiflowError
from rectiflow.history import AdjustmentEntry, CompletionEntry, ReopeningEntry, StageEntry
from rectiflow.ledger import assign
from rectiflow.messages import Language, Message
from rectiflow.units import Unit, UnitGroup

from .campaigns import calendar_version, list_version, versions_of
from .definitions import plain_workflow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rectiflow.campaign import Campaign
    from rectiflow.deadlines import DeadlineRule
    from rectiflow.ledger import Ledger
    from rectiflow.lists import RectificationList, Row
    from rectiflow.reading.settling import Settlement
    from rectiflow.rosters import Roster
    from rectiflow.workdays import WorkCalendar
    from rectiflow.workflow import Workflow

    from .projection import Projection

__all__ = [
    "DefinitionDiffersError",
    "HistoryLostError",
    "migrated",
    "plain_parts",
    "rostered",
    "settled",
]

Made = tuple["Campaign", list[Assignment], dict[str, Any]]


@attrs.define(slots=False, eq=False, repr=False, kw_only=True)
class DefinitionDiffersError(RectiflowError, ValueError):
    """
    A ledger opened with another list, calendar or workflow than it is kept with.

    Attributes:
        ledger: Its name.
        parts: What differs: ``list``, ``calendar``, ``workflow``.
    """

    code: ClassVar[str] = "error.definition-differs"

    ledger: str
    parts: tuple[str, ...]

    @property
    def message(self) -> Message:
        """
        The error as a code with its facts.
        """
        parts = tuple(Message.of(f"definition.{part}") for part in self.parts)
        return Message.of(self.code, ledger=self.ledger, parts=parts)


@attrs.define(slots=False, eq=False, repr=False, kw_only=True)
class HistoryLostError(RectiflowError, ValueError):
    """
    Another list that has no place for what a history holds: a row, a stage, a milestone.

    Attributes:
        subjects: The assignments whose history would be lost, wholly or in part, in words.
    """

    code: ClassVar[str] = "error.history-lost"

    subjects: tuple[str, ...]

    def text(self, lang: Language = "en") -> str:
        """
        Write the error, a line for each assignment.
        """
        return "\n".join([self.message.text(lang), *("- " + each for each in self.subjects)])


def settled(state: Projection, answers: Iterable[Settlement]) -> Made:
    """
    Decide doubts of the list.

    Raises:
        BadDocumentError: With every answer that fits no open doubt.
    """
    # The grammar of requirements, which only this needs, takes long to load.
    from rectiflow.reading.settling import settle  # noqa: PLC0415 -- as above

    given = tuple(answers)
    campaign = attrs.evolve(state.ledger.campaign, rl=settle(state.ledger.rl, given))
    details = {"answers": [attrs.asdict(each) for each in given]}
    fresh = _under_new_names(state.ledger, campaign)
    return campaign, _carried(state.ledger, campaign, fresh), details


def rostered(state: Projection, roster: Roster) -> Made:
    """
    Have groups stand for what another roster says.
    """
    former = state.ledger.campaign
    fresh = _assigned(former, roster)
    made = _carried(state.ledger, fresh.campaign, list(fresh))
    return fresh.campaign, made, {"roster": roster.id}


def migrated(
    state: Projection,
    *,
    rl: RectificationList | None,
    calendar: WorkCalendar | None,
    immediate: DeadlineRule | None,
    workflow: Workflow | None,
    roster: Roster | None,
) -> Made:
    """
    Take another version of the list, the calendar or the workflow.
    """
    former = state.ledger.campaign
    given: dict[str, Any] = {
        "rl": rl,
        "calendar": calendar,
        "immediate": immediate,
        "workflow": workflow,
    }
    campaign = attrs.evolve(former, **{k: v for k, v in given.items() if v is not None})
    fresh = list(_assigned(campaign, roster)) if rl is not None or roster is not None else None
    if fresh is not None:
        campaign = fresh[0].campaign if fresh else campaign
    before, after = state.versions or versions_of(former), versions_of(campaign)
    details = {"from": before, "differences": list(before.differences(after))}
    return campaign, _carried(state.ledger, campaign, fresh), details


def plain_parts(
    *,
    rl: RectificationList | None,
    calendar: WorkCalendar | None,
    immediate: DeadlineRule | None,
    workflow: Workflow | None,
    roster: Roster | None,
) -> dict[str, object]:
    """
    Give what a migration was asked for, the same in every process; what was not given is ``None``.
    """
    code = None if workflow is None else plain_workflow(workflow.guards, workflow.hooks)
    return {
        "rl": None if rl is None else list_version(rl),
        "calendar": None if calendar is None else calendar_version(calendar, None),
        "immediate": None if immediate is None else str(immediate),
        "workflow": code,
        "roster": roster,
    }


def _assigned(campaign: Campaign, roster: Roster | None) -> Ledger:
    return assign(
        campaign.rl,
        roster,
        campaign.workflow,
        calendar=campaign.calendar,
        immediate=campaign.immediate,
    )


def _under_new_names(ledger: Ledger, campaign: Campaign) -> list[Assignment]:
    """
    Give the same assignments, each under the name that the list has for its body by now.

    One with a history stays under its own: its events say it, and are not to be written anew.
    """
    made: dict[tuple[str, str], Assignment] = {}
    for held in ledger:
        row = campaign.rl.rows[held.row.id]
        body = None if held.history else _renamed(held, row)
        one = Assignment(
            campaign,
            row,
            _body(held, campaign) if body is None else body,
            external_id=held.external_id,
            role=held.role,
        )
        key = (row.id, one.unit.name)
        if body is None or key not in made:
            # Where two bodies are one by now, what was assigned under its name goes before.
            made[key] = one
    return list(made.values())


def _renamed(held: Assignment, row: Row) -> Unit | UnitGroup | None:
    # By what was printed, which no answer changes, or as the short form of another.
    named = {each.body.name for each in row.responsibilities}
    for former in held.row.responsibilities:
        if former.body.name == held.unit.name and former.body.name not in named:
            for each in row.responsibilities:
                if each.printed == former.printed or held.unit.name in each.body.names:
                    return each.body
    return None


def _carried(
    ledger: Ledger, campaign: Campaign, fresh: list[Assignment] | None
) -> list[Assignment]:
    """
    Give the assignments of a new campaign.

    Args:
        ledger: The former state.
        campaign: The new campaign.
        fresh: What it assigns; ``None`` where everybody stays, under the names of the new list.
    """
    made = {(each.row.id, each.unit.name): each for each in fresh or ()}
    lost, rows = [], dict(campaign.rl.rows)
    for held in ledger:
        key = (held.row.id, held.unit.name)
        row = rows.get(held.row.id)
        if held.history and (row is None or not _has_place_for(held, row)):
            lost.append(held.label)
        if key in made or row is None or (fresh is not None and not held.history):
            continue
        made[key] = Assignment(
            campaign, row, _body(held, campaign), external_id=held.external_id, role=held.role
        )
    if lost:
        raise HistoryLostError(subjects=tuple(lost))
    order = {row: n for n, row in enumerate(campaign.rl.rows)}
    return sorted(made.values(), key=lambda each: order[each.row.id])


def _has_place_for(held: Assignment, row: Row) -> bool:
    """
    Say whether a row demands all that is in a history: stages passed, milestones done or decided.

    A confirmation is of a milestone that is done.
    """
    stages, named = {held.stage}, set()
    for entry in held.history:
        if isinstance(entry, StageEntry):
            stages.add(entry.to_stage)
        elif isinstance(entry, CompletionEntry | ReopeningEntry | AdjustmentEntry):
            named.add(entry.milestone)
    done = held.progress().done
    touched = {
        (each.id, each.stage)
        for each in held.milestones
        if each.id in named or each.stage in stages or done(each) is not None
    }
    return stages <= set(row.path) and touched <= {(each.id, each.stage) for each in row.milestones}


def _body(held: Assignment, campaign: Campaign) -> Any:  # noqa: ANN401 -- a unit or a group
    # A unit that the list names is the list's; one that came from a roster is kept as it was.
    for body in campaign.rl.units:
        if body.name == held.unit.name:
            return body
    return held.unit if isinstance(held.unit, Unit) else Unit(name=held.unit.name)
