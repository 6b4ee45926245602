"""
The whole state of a ledger as one JSON text, and back.

The text holds the list, the exact calendar, the policy for 立行立改 and every assignment with
its history and ids, so that it says the same years later.  Guards and hooks are code: their
names are written, and a ledger that had some is opened only with some.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from .assignments import Assignment
from .campaign import Campaign
from .converting import plain, read
from .deadlines import DeadlineRule
from .documents import list_from_plain, list_to_plain
from .errors import RectiflowError, UnknownNameError
from .history import (
    AdjustmentEntry,
    CompletionEntry,
    Entry,
    EventEntry,
    OpeningEntry,
    ReopeningEntry,
    StageEntry,
)
from .problems import BadDocumentError, Problem
from .progress import progress
from .tables import Table
from .units import Body, Role, Unit
from .workdays import WorkCalendar
from .workflow import Workflow

if TYPE_CHECKING:
    from datetime import date

    from .lists import RectificationList

__all__ = ["FORMAT", "state_from_json", "state_to_json"]

FORMAT = "rectiflow-ledger/1"
"""What the text calls itself; the number goes up when an older reader could misread it."""

_KEYS = ("format", "list", "calendar", "immediate", "guards", "hooks", "assignments")
_ASSIGNMENT_KEYS = ("row", "unit", "role", "external_id", "history")
_ENTRIES: dict[str, type[Entry]] = {
    "stage": StageEntry,
    "opening": OpeningEntry,
    "completion": CompletionEntry,
    "reopening": ReopeningEntry,
    "event": EventEntry,
    "adjustment": AdjustmentEntry,
}
_TYPE_OF = {cls: name for name, cls in _ENTRIES.items()}


def state_to_json(campaign: Campaign, assignments: Iterable[Assignment]) -> str:
    """
    Write a campaign and its assignments; see :meth:`rectiflow.Ledger.to_json`.
    """
    document: dict[str, Any] = {
        "format": FORMAT,
        "list": list_to_plain(campaign.rl),
        "calendar": campaign.calendar.to_plain(),
        "guards": [_code_name(guard) for guard in campaign.workflow.guards],
        "hooks": [_code_name(hook) for hook in campaign.workflow.hooks],
        "assignments": [_assignment_to_plain(each, campaign.rl) for each in assignments],
    }
    if campaign.immediate is not None:
        document["immediate"] = str(campaign.immediate)
    return json.dumps(document, ensure_ascii=False, indent=1, default=_written)


def state_from_json(
    text: str, workflow: Workflow | None = None
) -> tuple[Campaign, list[Assignment]]:
    """
    Read a campaign and its assignments; see :meth:`rectiflow.Ledger.from_json`.

    Raises:
        BadDocumentError: With every problem and its place.
    """
    problems: list[Problem] = []
    data = _parsed(text)
    table = Table(data, "", _KEYS, problems)
    if table.need("format", str) not in {FORMAT, None}:
        problems.append(Problem.of("format", "problem.unknown-format", expected=FORMAT))
        raise BadDocumentError(tuple(problems))
    parts = data if isinstance(data, Mapping) else {}
    campaign = _campaign(table, parts, workflow, problems)
    if campaign is None:
        raise BadDocumentError(tuple(problems))
    read_places: dict[tuple[str, str], str] = {}
    assignments = []
    for place, value in table.items("assignments"):
        assignment = _assignment(value, place, campaign, problems)
        if assignment is not None:
            key = (assignment.row.id, assignment.unit.name)
            first = read_places.setdefault(key, place)
            if first != place:
                problems.append(Problem.of(place, "problem.unit-twice", key[1], first=first))
            assignments.append(assignment)
    if problems:
        raise BadDocumentError(tuple(problems))
    return campaign, assignments


def _written(value: date) -> str:
    return value.isoformat()


def _code_name(code: object) -> str:
    return str(getattr(code, "__qualname__", type(code).__qualname__))


def _assignment_to_plain(assignment: Assignment, rl: RectificationList) -> dict[str, Any]:
    unit = assignment.unit
    written = {"row": assignment.row.id, "unit": unit.name if unit in rl.units else plain(unit)}
    if assignment.role is not Role.RESPONSIBLE:
        written["role"] = assignment.role.value
    if assignment.external_id:
        written["external_id"] = assignment.external_id
    if assignment.history:
        written["history"] = [{"type": _TYPE_OF[type(e)], **plain(e)} for e in assignment.history]
    return written


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        problem = Problem.of(place, "problem.bad-json", error.msg)
    except RecursionError:
        problem = Problem.of("", "problem.bad-json", "nested too deeply")
    raise BadDocumentError((problem,))


def _campaign(
    table: Table, parts: Mapping[str, Any], workflow: Workflow | None, problems: list[Problem]
) -> Campaign | None:
    rl = calendar = None
    try:
        rl = list_from_plain(parts.get("list", {}))
    except BadDocumentError as error:
        problems += (problem.within("list") for problem in error.problems)
    try:
        calendar = WorkCalendar.from_plain(parts.get("calendar", {}))
    except RectiflowError as error:
        problems.append(Problem.of("calendar", "problem.bad-line", error=error.message))
    immediate = table.take("immediate", DeadlineRule)  # type: ignore[type-abstract]  # read from notation
    given = Workflow() if workflow is None else workflow
    for key, found in (("guards", given.guards), ("hooks", given.hooks)):
        names = table.take(key, tuple[str, ...]) or ()
        if len(names) != len(found):
            facts = {"names": names, "n": len(found)}
            problems.append(Problem.of(key, "problem.workflow-differs", **facts))
    if problems or rl is None or calendar is None:
        return None
    return Campaign(rl=rl, workflow=given, calendar=calendar, immediate=immediate)


def _assignment(
    value: object, place: str, campaign: Campaign, problems: list[Problem]
) -> Assignment | None:
    before = len(problems)
    table = Table(value, place, _ASSIGNMENT_KEYS, problems)
    unit = value.get("unit") if isinstance(value, Mapping) else None
    row_id, body = table.need("row", str), _body(unit, f"{place}.unit", campaign, problems)
    role = table.take("role", Role) or Role.RESPONSIBLE
    external_id = table.take("external_id", str) or ""
    history = tuple(_entry(each, where, problems) for where, each in table.items("history"))
    if row_id is not None and row_id not in campaign.rl.rows:
        problems.append(Problem.unknown(f"{place}.row", "row", row_id, campaign.rl.rows))
    if len(problems) > before or row_id is None or body is None:
        return None
    entries = tuple(entry for entry in history if entry is not None)
    stage = progress(entries, None, campaign.zone).stage
    row = campaign.rl.rows[row_id]
    return Assignment(campaign, row, body, stage, entries, external_id, role)


def _body(unit: object, place: str, campaign: Campaign, problems: list[Problem]) -> Body | None:
    if not isinstance(unit, str):
        # A unit that the list does not name: it came from a roster.
        return read(unit, Unit, place, problems)
    try:
        return campaign.rl.units.find(unit)
    except UnknownNameError as error:
        problems.append(Problem.of(place, "problem.bad-line", unit, error=error.message))
        return None


def _entry(value: object, place: str, problems: list[Problem]) -> Entry | None:
    if not isinstance(value, Mapping) or value.get("type") not in _ENTRIES:
        found = value.get("type") if isinstance(value, Mapping) else value
        problems.append(Problem.unknown(f"{place}.type", "entry", found, _ENTRIES))
        return None
    fields = {key: each for key, each in value.items() if key != "type"}
    return read(fields, _ENTRIES[value["type"]], place, problems)
