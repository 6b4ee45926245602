"""
What a ledger was opened with: list, calendar, workflow and who answers for which row.

All of it goes into one event, whole, so that the ledger says the same years later, with a hash
of each part, by which two versions are told apart.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

import attrs

from rectiflow import __version__
from rectiflow.assignments import Assignment
from rectiflow.campaign import Campaign
from rectiflow.converting import plain, read
from rectiflow.deadlines import parse_rule
from rectiflow.documents import list_from_plain, list_to_plain
from rectiflow.problems import BadDocumentError, Problem
from rectiflow.transition_table import TABLE
from rectiflow.units import Body, Role, Unit
from rectiflow.workdays import WorkCalendar
from rectiflow.workflow import Workflow

from .extra import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


__all__ = ["Versions", "campaign_of", "definition_of", "restored", "versions_of"]


@attrs.frozen(kw_only=True)
class Versions:
    """
    By what hashes the parts of a definition go.

    Attributes:
        list: SHA-256 of the list, in hexadecimal digits.
        calendar: Of the calendar and of the rule for 立行立改.
        workflow: Of the table of moves and the names of guards and hooks, which are code.
        library: The version of rectiflow that wrote it; it alone makes no difference.
    """

    list: str
    calendar: str
    workflow: str
    library: str = __version__

    def differences(self, other: Versions) -> tuple[str, ...]:
        """
        Name the parts that differ: ``list``, ``calendar``, ``workflow``.
        """
        parts = ("list", "calendar", "workflow")
        return tuple(each for each in parts if getattr(self, each) != getattr(other, each))


def versions_of(campaign: Campaign) -> Versions:
    """
    Give the hashes of what a campaign is made of.
    """
    return _versions(definition_of(campaign, ()))


def definition_of(campaign: Campaign, assignments: Iterable[Assignment]) -> dict[str, Any]:
    """
    Write a campaign and who answers for which row as plain data.
    """
    immediate = None if campaign.immediate is None else str(campaign.immediate)
    definition: dict[str, Any] = {
        "list": list_to_plain(campaign.rl),
        "calendar": campaign.calendar.to_plain(),
        "immediate": immediate,
        "workflow": {
            "guards": [_code_name(guard) for guard in campaign.workflow.guards],
            "hooks": [_code_name(hook) for hook in campaign.workflow.hooks],
            "table": [attrs.astuple(each) for each in TABLE.transitions],
        },
    }
    definition["versions"] = attrs.asdict(_versions(definition))
    bodies: dict[str, list[Any]] = {}
    for each in assignments:
        bodies.setdefault(each.row.id, []).append(_named(each, campaign))
    definition["assignments"] = bodies
    return definition


def campaign_of(definition: Mapping[str, Any], workflow: Workflow | None) -> Campaign:
    """
    Read a campaign from plain data.

    Raises:
        BadDocumentError: With every problem of the list.
    """
    immediate = definition.get("immediate")
    return Campaign(
        rl=list_from_plain(definition["list"]),
        calendar=WorkCalendar.from_plain(definition["calendar"]),
        workflow=Workflow() if workflow is None else workflow,
        immediate=None if immediate is None else parse_rule(immediate),
    )


def restored(definition: Mapping[str, Any], campaign: Campaign) -> list[Assignment]:
    """
    Make the assignments that a definition names, in list order and without a history.

    Raises:
        BadDocumentError: If a unit's entry cannot be read.
    """
    found: dict[str, Body] = {body.name: body for body in campaign.rl.units}
    problems: list[Problem] = []
    made = []
    for row_id, entries in definition["assignments"].items():
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


def told_versions(definition: Mapping[str, Any]) -> Versions:
    """
    Give the hashes that a definition says it has.
    """
    return Versions(**definition["versions"])


def _versions(definition: Mapping[str, Any]) -> Versions:
    return Versions(
        list=_digest(definition["list"]),
        calendar=_digest([definition["calendar"], definition["immediate"]]),
        workflow=_digest(definition["workflow"]),
    )


def _digest(value: object) -> str:
    return sha256(msgspec.json.encode(value, order="sorted")).hexdigest()


def _code_name(code: object) -> str:
    return str(getattr(code, "__qualname__", type(code).__qualname__))


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
