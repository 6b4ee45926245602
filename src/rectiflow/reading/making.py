"""
The rows of a list, made from their cells.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import attrs

from rectiflow.lists import Row
from rectiflow.problems import Problem
from rectiflow.source import Doubt
from rectiflow.stages import Stage, StagePath
from rectiflow.texts import OriginalText

from .bodies import Bodies
from .bounds import MOST_CELL, MOST_READ
from .columns import Column
from .requirement import read_requirement
from .rows import RowCells, first_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rectiflow.units import Responsibility, Role

    from .heads import Head

__all__ = ["ListRows"]

_PARTED = re.compile(r"([0-9]{1,4})[.．]([0-9]{1,4})")
_READ = (Column.PROBLEMS, Column.MEASURES, Column.REQUIREMENT, Column.LIMIT)


class ListRows:
    """
    Makes the rows of a list from their cells.
    """

    def __init__(self, cells: Sequence[RowCells], head: Head, problems: list[Problem]) -> None:
        """
        Take the cells of all rows.

        Args:
            cells: They.
            head: What stands around the table.
            problems: Where what is wrong is gathered.
        """
        self._cells, self._head, self._problems = cells, head, problems
        self._bodies = Bodies()

    def made(self) -> tuple[list[Row], Bodies]:
        """
        Make the rows, and the bodies that they name; none if anything is wrong.
        """
        ids = self._ids()
        self._check(ids)
        if self._problems:
            return [], self._bodies
        # Full names may stand below their short forms, so every cell is read before any is kept.
        self._bodies.learn(text for row in self._cells for _role, text in row.units if text)
        rows: list[Row] = []
        sources: list[str] = []
        for cells, name in zip(self._cells, ids, strict=True):
            rows.append(self._row(cells, name, rows, sources))
        return rows, self._bodies

    def _ids(self) -> list[str]:
        """
        Give each row its id: the key task's number, with .k where it has more than one row.

        Where numbers restart under each heading of a section, the section's comes before it.
        """
        keys = [(row.section_place, row.group) for row in self._cells]
        order = {key: n for n, key in enumerate(dict.fromkeys(keys), 1)}
        sizes, seen = Counter(keys), Counter[tuple[str, str]]()
        sections = list(dict.fromkeys(row.section_place for row in self._cells))
        used: dict[str, set[str]] = {}
        for row in self._cells:
            used.setdefault(_bare(row.number), set()).add(row.section_place)
        restarts = any(len(where) > 1 for number, where in used.items() if number)
        found = []
        for row, key in zip(self._cells, keys, strict=True):
            number = _bare(row.number) or str(order[key])
            if restarts and row.number:
                number = f"{sections.index(key[0]) + 1}-{number}"
            if sizes[key] > 1:
                seen[key] += 1
                number = f"{number}.{seen[key]}"
            found.append(number)
        return found

    def _check(self, ids: Sequence[str]) -> None:
        self._check_numbers(ids)
        self._check_lengths()
        for row, name in zip(self._cells, ids, strict=True):
            if not (row.requirement or row.limit or row.measures):
                asking = (Column.REQUIREMENT, Column.LIMIT, Column.MEASURES)
                places = (row.places[column] for column in asking if column in row.places)
                place = next(places, row.place)
                self._problems.append(Problem.of(place, "problem.empty-requirement", row=name))
            if not (row.task or row.problems or row.section):
                self._problems.append(Problem.of(row.place, "problem.empty-task", row=name))

    def _check_lengths(self) -> None:
        """
        Report cells so long that they are none of a list, and a list longer than one is read.
        """
        total = 0
        for row in self._cells:
            texts = [(column, getattr(row, column.value)) for column in _READ]
            texts += [(Column.UNITS, text) for _role, text in row.units]
            for column, text in texts:
                total += len(text)
                if len(text) > MOST_CELL:
                    place = row.places.get(column, row.place)
                    problem = Problem.of(place, "problem.cell-too-long", None, most=MOST_CELL)
                    self._problems.append(problem)
        if total > MOST_READ:
            place = self._cells[-1].place
            self._problems.append(Problem.of(place, "problem.too-much-text", None, most=MOST_READ))

    def _check_numbers(self, ids: Sequence[str]) -> None:
        """
        Report a number that two key tasks of a section have, and an id that two rows come to.
        """
        groups: dict[tuple[str, str], tuple[str, str]] = {}
        first: dict[str, str] = {}
        for row, name in zip(self._cells, ids, strict=True):
            place, number = row.places.get(Column.NUMBER, row.place), _bare(row.number)
            group, earlier = groups.setdefault(
                (row.section_place, number or name), (row.group, place)
            )
            if group != row.group:
                groups[row.section_place, number or name] = (row.group, earlier)
            elif name in first:
                earlier = first[name]
            else:
                first[name] = place
                continue
            problem = Problem.of(place, "problem.number-twice", number or name, first=earlier)
            self._problems.append(problem)

    def _row(self, cells: RowCells, name: str, rows: list[Row], sources: list[str]) -> Row:
        parts = [part for part in (cells.measures, cells.requirement, cells.limit) if part]
        text = "\n".join(parts)
        limit_from = len(text) - len(cells.limit) if cells.limit else None
        requirement = read_requirement(
            text, self._head.issued, problems=cells.problems, limit_from=limit_from
        )
        asked = (Column.REQUIREMENT, Column.MEASURES, Column.LIMIT)
        place = next((cells.places[each] for each in asked if each in cells.places), cells.place)
        placed = attrs.evolve(requirement.text, place=place)
        requirement = attrs.evolve(requirement, text=placed)
        stages = [each.stage for each in requirement.milestones if each.stage is not None]
        path = StagePath.of(Stage.ASSIGNED, *sorted(stages, key=list(Stage).index))
        before = self._cells[len(rows) - 1].number if rows else ""
        doubts = [*requirement.doubts, *_lost_zero(_bare(before), _bare(cells.number))]
        if not stages:
            doubts.append(
                Doubt(code="doubt.no-stage", words=text, candidates=("rectified", "none"))
            )
        source = self._source(cells, rows, sources)
        responsibilities: tuple[Responsibility, ...]
        unit_cell: OriginalText | None = None
        if source is not None:
            responsibilities = next(row for row in rows if row.id == source).responsibilities
            if cells.inherits is None:
                doubts.append(Doubt(code="doubt.inherited-cell", candidates=(source, "blank")))
        else:
            printed = "\n".join(text for _role, text in cells.units if text)
            unit_cell, responsibilities, found = self._bodies.read(printed, _roles(cells))
            doubts += found
            sources.append(name)
            bodies = (Column.UNITS, Column.LEAD, Column.SUPPORT)
            at = next((cells.places[each] for each in bodies if each in cells.places), cells.place)
            unit_cell = None if unit_cell is None else attrs.evolve(unit_cell, place=at)
        task = cells.task or cells.section or first_line(cells.problems)
        return Row(
            id=name,
            task=task,
            subtask=cells.subtask,
            problems=OriginalText.whole(
                cells.problems, cells.places.get(Column.PROBLEMS, cells.place)
            ),
            requirement=requirement,
            unit_cell=unit_cell,
            inherited_from=source,
            responsibilities=responsibilities,
            path=path,
            doubts=tuple(dict.fromkeys(doubts)),
        )

    def _source(self, cells: RowCells, rows: list[Row], sources: list[str]) -> str | None:
        """
        Find the row whose unit cell covers this one too.
        """
        if not sources or cells.inherits is False:
            return None
        # Flat text: only within a key task may the cell above be taken for a merged one.
        if cells.inherits is None and cells.group != self._cells[len(rows) - 1].group:
            return None
        return sources[-1]


def _lost_zero(before: str, number: str) -> list[Doubt]:
    """
    Doubt 1.1 behind 1.9: a spreadsheet that takes 1.10 for a number shows it so.
    """
    earlier, now = _PARTED.fullmatch(before), _PARTED.fullmatch(number)
    if earlier is None or now is None or earlier[1] != now[1]:
        return []
    if int(now[2]) * 10 != int(earlier[2]) + 1:
        return []
    return [Doubt(code="doubt.lost-zero", words=number, candidates=(f"{number}0", number))]


def _bare(number: str) -> str:
    """
    Write a number without its marks: (一), 1. and 1、 are 一 and 1.
    """
    return number.strip("()（）.．、 \n")


def _roles(cells: RowCells) -> list[tuple[Role | None, int]]:
    """
    Give each unit cell's role and how long its text is in the joined one.
    """
    return [(role, len(text)) for role, text in cells.units if text]
