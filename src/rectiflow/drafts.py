"""
A row as far as it could be read from plain data, and a row written as plain data.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .consistency import row_problems
from .converting import not_a, plain
from .lists import Row
from .names import folded
from .problems import Problem
from .requirements import Milestone, Requirement, Service, requirement_problems
from .source import Doubt
from .stages import StagePath
from .tables import Table
from .texts import OriginalText
from .units import Body, Responsibility, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["RowDraft", "row_to_plain"]

_KEYS = (
    "id",
    "task",
    "subtask",
    "problems",
    "requirement",
    "path",
    "milestones",
    "services",
    "unit_cell",
    "inherited_from",
    "responsibilities",
    "doubts",
)
_RESPONSIBILITY_KEYS = ("unit", "role", "printed")


class RowDraft:
    """
    A row as far as it could be read: a part that could not be is ``None``.

    Attributes:
        id: The row's id.
        inherited_from: The id of the row whose bodies it takes over.
        responsibilities: Its own.
    """

    def __init__(
        self,
        data: object,
        place: str,
        bodies: Mapping[str, Body],
        problems: list[Problem],
        named: dict[str, Responsibility],
    ) -> None:
        """
        Read *data*, gathering *problems*; *bodies* are known by their folded names.

        *named* remembers what a text came to: a hundred rows name the same hundred bodies.
        """
        table = Table(data, place, _KEYS, problems)
        self.id, self._task = table.name("id"), table.name("task")
        self._subtask = table.take("subtask", str) or ""
        self._problems = table.need("problems", OriginalText)
        self._text = table.need("requirement", OriginalText)
        self._path = table.need("path", StagePath)
        self._milestones = table.each("milestones", Milestone)
        self._services = table.each("services", Service)
        self._unit_cell = table.take("unit_cell", OriginalText)
        self.inherited_from = table.take("inherited_from", str)
        self.responsibilities = [
            (named.get(value) if type(value) is str else None)
            or _responsibility(value, at, bodies, problems, named)
            for at, value in table.items("responsibilities")
        ]
        self._doubts = table.each("doubts", Doubt)
        if "responsibilities" not in table and "inherited_from" not in table:
            table.missing("responsibilities")
        problems += (problem.within(place) for problem in self._contradictions())

    def _contradictions(self) -> Iterator[Problem]:
        yield from requirement_problems(self._text, self._milestones, self._services)
        yield from row_problems(
            problems=self._problems,
            requirement=self._text,
            milestones=self._milestones,
            services=self._services,
            unit_cell=self._unit_cell,
            inherited_from=self.inherited_from,
            responsibilities=self.responsibilities,
            path=self._path,
        )
        if self.inherited_from is not None and self.responsibilities:
            yield Problem.of("responsibilities", "problem.inherits-and-names", self.inherited_from)

    def finished(self, rows: Mapping[str | None, RowDraft]) -> Row:
        """
        Make the row, taking its bodies from another of *rows* if it inherits them.

        Only for a document without problems: every part is there.
        """
        source = self if self.inherited_from is None else rows[self.inherited_from]
        requirement: dict[str, Any] = {
            "text": self._text,
            "milestones": tuple(self._milestones),
            "services": tuple(self._services),
        }
        parts: dict[str, Any] = {
            "id": self.id,
            "task": self._task,
            "problems": self._problems,
            "path": self._path,
            "responsibilities": tuple(source.responsibilities),
            "doubts": tuple(self._doubts),
        }
        return Row(
            **parts,
            subtask=self._subtask,
            requirement=Requirement(**requirement),
            unit_cell=self._unit_cell,
            inherited_from=self.inherited_from,
        )


def _responsibility(
    data: object,
    place: str,
    bodies: Mapping[str, Body],
    problems: list[Problem],
    named: dict[str, Responsibility],
) -> Responsibility | None:
    if not isinstance(data, (str, Mapping)):
        problems.append(not_a("responsibility", data).within(place))
        return None
    # A text alone is how the cell names the body, which is then responsible.
    table = Table(
        {"unit": data, "printed": data} if isinstance(data, str) else data,
        place,
        _RESPONSIBILITY_KEYS,
        problems,
    )
    name, printed = table.name("unit"), None
    role = table.take("role", Role) or Role.RESPONSIBLE
    if "printed" in table:
        printed = table.name("printed")
    if name is None:
        return None
    body = bodies.get(folded(name))
    if body is None:
        problems.append(Problem.unknown(place, "unit", name, bodies))
        return None
    made = Responsibility(body=body, role=role, printed=printed or body.name)
    if isinstance(data, str):
        named[data] = made
    return made


def row_to_plain(row: Row) -> dict[str, Any]:
    """
    Write a row as plain data; what is as by default is left out.
    """
    parts = {
        "id": row.id,
        "task": row.task,
        "subtask": row.subtask,
        "problems": plain(row.problems),
        "requirement": plain(row.requirement.text),
        "path": plain(row.path),
        "milestones": plain(row.milestones),
        "services": plain(row.services),
        "unit_cell": row.unit_cell and plain(row.unit_cell),
        "inherited_from": row.inherited_from,
        "responsibilities": None
        if row.inherited_from
        else [_responsibility_to_plain(each) for each in row.responsibilities],
        "doubts": plain(row.doubts),
    }
    always = ("problems", "requirement", "unit_cell", "responsibilities")
    return {
        key: value for key, value in parts.items() if value or (key in always and value is not None)
    }


def _is_a_name(printed: str, body: Body) -> bool:
    return printed == body.name or folded(printed) in map(folded, body.names)


def _responsibility_to_plain(each: Responsibility) -> Any:  # noqa: ANN401 -- a text or a table
    if each.role is Role.RESPONSIBLE and _is_a_name(each.printed, each.body):
        return each.printed
    role = {} if each.role is Role.RESPONSIBLE else {"role": each.role.value}
    printed = {} if each.printed == each.unit else {"printed": each.printed}
    return {"unit": each.unit, **role, **printed}
