"""
What a ledger was opened with: list, calendar, workflow and who answers for which row.

All of it goes into one event, whole, so that the ledger says the same years later, with a hash
of each part, by which two versions are told apart.
"""

from __future__ import annotations

from functools import lru_cache
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
    from collections.abc import Iterable

    from rectiflow.lists import RectificationList

__all__ = ["Definition", "Versions", "campaign_of", "defined_by", "restored", "versions_of"]


class Versions(msgspec.Struct, frozen=True, kw_only=True):
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


class Definition(msgspec.Struct, frozen=True, kw_only=True, rename={"rl": "list"}):
    """
    A definition as an event holds it.

    Attributes:
        rl: The list, as JSON of its own.
        calendar: The calendar.
        immediate: The rule that stands for 立行立改, in notation.
        workflow: The table of moves, and the names of guards and hooks.
        versions: The hashes of these.
        assignments: Row to who answers for it: a unit's name, or a table that says more.
    """

    rl: msgspec.Raw
    calendar: dict[str, Any]
    immediate: str | None
    workflow: dict[str, Any]
    versions: Versions
    assignments: dict[str, list[Any]]


def definition_in(body: bytes) -> Definition:
    """
    Read the definition that an event's body holds.
    """
    return _holder(body).details.definition


class _Details(msgspec.Struct):
    """
    What the details of an event that redefines hold, among other things.
    """

    definition: Definition


class _Holder(msgspec.Struct):
    """
    What is read of such an event.
    """

    details: _Details


_holder = msgspec.json.Decoder(_Holder).decode


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
    body, calendar = _encode(list_to_plain(campaign.rl)), campaign.calendar.to_plain()
    workflow = _plain_workflow(campaign.workflow)
    bodies: dict[str, list[Any]] = {}
    for each in assignments:
        bodies.setdefault(each.row.id, []).append(_named(each, campaign))
    return Definition(
        rl=msgspec.Raw(body),
        calendar=calendar,
        immediate=immediate,
        workflow=workflow,
        versions=Versions(
            list=_digest(body),
            calendar=_digest(_encode([calendar, immediate])),
            workflow=_digest(_encode(workflow)),
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


_encode = msgspec.json.Encoder(order="sorted").encode


def _digest(body: bytes) -> str:
    return sha256(body).hexdigest()


def list_version(rl: RectificationList) -> str:
    """
    Give the hash of a list.
    """
    return _digest(_encode(list_to_plain(rl)))


def calendar_version(calendar: WorkCalendar, immediate: str | None) -> str:
    """
    Give the hash of a calendar and the rule for 立行立改.
    """
    return _digest(_encode([calendar.to_plain(), immediate]))


def workflow_version(workflow: Workflow) -> str:
    """
    Give the hash of the table of moves and the names of guards and hooks.
    """
    return _digest(_encode(_plain_workflow(workflow)))


def _plain_workflow(workflow: Workflow) -> dict[str, Any]:
    return {
        "guards": [_code_name(guard) for guard in workflow.guards],
        "hooks": [_code_name(hook) for hook in workflow.hooks],
        "table": [attrs.astuple(each) for each in TABLE.transitions],
    }


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
