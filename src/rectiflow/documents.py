"""
Whole lists and rosters to and from plain data, with all problems of a document at once.

Plain data are what a TOML file holds; ``docs/how-to/write-a-list.md`` says how they are laid
out for people.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from .consistency import id_problems, inheritance_problems
from .converting import plain, read
from .drafts import RowDraft, row_to_plain
from .errors import InvalidValueError
from .lists import RectificationList, Rows, zone_named
from .names import folded, is_name
from .problems import BadDocumentError, Problem
from .rosters import Roster, RosterMember, roster_problems
from .source import Doubt, Source
from .tables import Table
from .texts import OriginalText
from .units import Body, Responsibility, Unit, UnitGroup, UnitRegister, register_problems

__all__ = ["list_from_plain", "list_to_plain", "roster_from_plain", "roster_to_plain"]

_LIST_KEYS = (
    "id",
    "title",
    "issued",
    "issuer",
    "number",
    "basis",
    "time_zone",
    "preamble",
    "dateline",
    "doubts",
    "units",
    "groups",
    "rows",
)
_ROSTER_KEYS = ("id", "title", "members")


def list_from_plain(data: Mapping[str, Any], document: str = "") -> RectificationList:
    """
    Read a list from plain data.

    Args:
        data: The document.
        document: Its file name, for the error.

    Raises:
        BadDocumentError: With every problem of the document.
    """
    problems: list[Problem] = []
    table = Table(data, "", _LIST_KEYS, problems)
    head = _read_head(table, problems)
    unit_entries, group_entries = table.items("units"), table.items("groups")
    units = [read(value, Unit, place, problems) for place, value in unit_entries]
    groups = [read(value, UnitGroup, place, problems) for place, value in group_entries]
    problems += register_problems(units, groups)
    bodies = _bodies([*unit_entries, *group_entries], [*units, *groups])
    if "rows" not in table:
        table.missing("rows")
    named: dict[str, Responsibility] = {}
    rows = [RowDraft(value, place, bodies, problems, named) for place, value in table.items("rows")]
    ids, sources = [row.id for row in rows], [row.inherited_from for row in rows]
    problems += id_problems(ids)
    problems += inheritance_problems(ids, sources)
    if problems:
        raise BadDocumentError(tuple(problems), document)
    by_id = {row.id: row for row in rows}
    # Nothing is None any more: what could not be read would be a problem.
    register: dict[str, Any] = {"units": tuple(units), "groups": tuple(groups)}
    finished = [row.finished(by_id) for row in rows]
    return RectificationList(**head, units=UnitRegister(**register), rows=Rows(finished))


def list_to_plain(rl: RectificationList) -> dict[str, Any]:
    """
    Write a list as plain data; what is as by default is left out.
    """
    head = {
        "id": rl.id,
        "title": rl.title,
        "issued": rl.issued,
        "issuer": rl.issuer or None,
        "number": rl.number or None,
        "time_zone": None if rl.time_zone == "Asia/Shanghai" else rl.time_zone,
        "dateline": rl.dateline and plain(rl.dateline),
        "preamble": rl.preamble and plain(rl.preamble),
        "basis": plain(rl.basis) or None,
        "doubts": plain(rl.doubts) or None,
        "units": plain(rl.units.units) or None,
        "groups": plain(rl.units.groups) or None,
    }
    rows = [row_to_plain(row) for row in rl.rows.values()]
    return {**_given(head), "rows": rows}


def roster_from_plain(data: Mapping[str, Any], document: str = "") -> Roster:
    """
    Read a roster from plain data, doubtful members included.

    Raises:
        BadDocumentError: With every problem of the document.
    """
    problems: list[Problem] = []
    table = Table(data, "", _ROSTER_KEYS, problems)
    name, title = table.name("id"), table.take("title", str)
    members = table.each("members", RosterMember)
    problems += roster_problems(members)
    if problems:
        raise BadDocumentError(tuple(problems), document)
    parts: dict[str, Any] = {"id": name, "title": title or "", "members": tuple(members)}
    return Roster(**parts)


def roster_to_plain(roster: Roster) -> dict[str, Any]:
    """
    Write a roster as plain data; what is as by default is left out.
    """
    title = {"title": roster.title} if roster.title else {}
    return {"id": roster.id, **title, "members": plain(roster.members)}


def _read_head(table: Table, problems: list[Problem]) -> dict[str, Any]:
    head: dict[str, Any] = {
        "id": table.name("id"),
        "title": table.name("title"),
        "issued": table.take("issued", date),
        "issuer": table.take("issuer", str),
        "number": table.take("number", str),
        "time_zone": table.take("time_zone", str),
        "dateline": table.take("dateline", OriginalText),
        "preamble": table.take("preamble", OriginalText),
        "basis": tuple(table.each("basis", Source)),
        "doubts": tuple(table.each("doubts", Doubt)),
    }
    if head["time_zone"] is not None:
        try:
            zone_named(head["time_zone"])
        except InvalidValueError as error:
            problems.append(Problem.of("time_zone", "problem.unknown-zone", error.value))
    return _given(head)


def _given(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


def _bodies(
    entries: list[tuple[str, object]], found: list[Unit | UnitGroup | None]
) -> dict[str, Body]:
    """
    Lay the bodies down by every name, also those whose entries could not be read.

    A unit with a mistake in its entry would else be unknown in every row that names it.
    """
    names = (entry.get("name") for _place, entry in entries if isinstance(entry, Mapping))
    bodies: dict[str, Body] = {}
    broken = (Unit(name=name) for name in names if name and is_name(name))
    for body in (*(each for each in found if each is not None), *broken):
        for name in body.names:
            # Of two that claim a name the first has it; the second claim is reported elsewhere.
            bodies.setdefault(folded(name), body)
    return bodies
