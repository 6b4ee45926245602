"""
Campaigns and assignments as a definition holds them, and back.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rectiflow.assignments import Assignment
from rectiflow.campaign import Campaign
from rectiflow.converting import plain, read
from rectiflow.deadlines import parse_rule
from rectiflow.documents import list_from_plain, list_to_plain
from rectiflow.problems import BadDocumentError, Problem
from rectiflow.units import Body, Role, Unit
from rectiflow.workdays import WorkCalendar
from rectiflow.workflow import Workflow

from .definitions import Definition, Versions, digest_of, encoded, plain_workflow
from .extra import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rectiflow.lists import RectificationList

__all__ = [
    "calendar_version",
    "campaign_of",
    "defined_by",
    "list_version",
    "restored",
    "versions_of",
]


def versions_of(campaign: Campaign) -> Versions:
    """
    Give the hashes of what a campaign is made of.
    """
    return defined_by(campaign, ()).versions


def defined_by(campaign: Campaign, assignments: Iterable[Assignment]) -> Definition:
    """
    Write a campaign and who answers for which row.
    """
    immediate = None if campaign.immediate is None else str(campaign.immediate)
    body, calendar = encoded(list_to_plain(campaign.rl)), campaign.calendar.to_plain()
    workflow = plain_workflow(campaign.workflow.guards, campaign.workflow.hooks)
    bodies: dict[str, list[Any]] = {}
    for each in assignments:
        bodies.setdefault(each.row.id, []).append(_named(each, campaign))
    return Definition(
        rl=msgspec.Raw(body),
        calendar=calendar,
        immediate=immediate,
        workflow=workflow,
        versions=Versions(
            list=digest_of(body),
            calendar=digest_of(encoded([calendar, immediate])),
            workflow=digest_of(encoded(workflow)),
        ),
        assignments=bodies,
    )


def campaign_of(definition: Definition, workflow: Workflow | None) -> Campaign:
    """
    Read a campaign from its definition.

    Raises:
        BadDocumentError: With every problem of the list.
    """
    immediate = definition.immediate
    return Campaign(
        rl=_list_of(bytes(definition.rl)),
        calendar=WorkCalendar.from_plain(definition.calendar),
        workflow=Workflow() if workflow is None else workflow,
        immediate=None if immediate is None else parse_rule(immediate),
    )


def restored(definition: Definition, campaign: Campaign) -> list[Assignment]:
    """
    Make the assignments that a definition names, in list order and without a history.

    Raises:
        BadDocumentError: If a unit's entry cannot be read.
    """
    found: dict[str, Body] = {body.name: body for body in campaign.rl.units}
    problems: list[Problem] = []
    made = []
    for row_id, entries in definition.assignments.items():
        row = campaign.rl.rows[row_id]
        for entry in entries:
            if isinstance(entry, str):
                made.append(Assignment(campaign, row, found[entry]))
                continue
            unit = entry["unit"]
            body = found.get(unit) if isinstance(unit, str) else read(unit, Unit, "", problems)
            role, external_id = Role(entry.get("role", Role.RESPONSIBLE)), entry.get("id", "")
            if body is not None:
                made.append(Assignment(campaign, row, body, external_id=external_id, role=role))
    if problems:
        raise BadDocumentError(tuple(problems))
    return made


@lru_cache(4)
def _list_of(body: bytes) -> RectificationList:
    # Found by its whole text: a list is opened again and again, and takes longer to read than
    # the history of a campaign.
    return list_from_plain(msgspec.json.decode(body))


def list_version(rl: RectificationList) -> str:
    """
    Give the hash of a list.
    """
    return digest_of(encoded(list_to_plain(rl)))


def calendar_version(calendar: WorkCalendar, immediate: str | None) -> str:
    """
    Give the hash of a calendar and the rule for 立行立改.
    """
    return digest_of(encoded([calendar.to_plain(), immediate]))


def _named(assignment: Assignment, campaign: Campaign) -> Any:  # noqa: ANN401 -- plain data
    unit = assignment.unit
    listed = unit in campaign.rl.units
    if listed and assignment.role is Role.RESPONSIBLE and not assignment.external_id:
        return unit.name
    entry = {"unit": unit.name if listed else plain(unit)}
    if assignment.role is not Role.RESPONSIBLE:
        entry["role"] = assignment.role.value
    if assignment.external_id:
        entry["id"] = assignment.external_id
    return entry
