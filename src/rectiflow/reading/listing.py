"""
From a page's paragraphs and tables to a rectification list.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import attrs

from rectiflow.errors import InvalidValueError
from rectiflow.lists import RectificationList, Row
from rectiflow.problems import BadDocumentError, Problem
from rectiflow.source import Doubt
from rectiflow.stages import Stage, StagePath
from rectiflow.texts import OriginalText

from .bodies import Bodies
from .columns import ESSENTIAL, IGNORED, Column, Heading, find_heading
from .flat import unflattened
from .grids import Cell, Grid, Page
from .heads import Head, read_head
from .requirement import read_requirement
from .rows import RowCells, TableReader, first_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from rectiflow.units import Responsibility, Role

__all__ = ["list_from_page"]

_NUMBER = re.compile(r"[(（]?(?:\d{1,4}(?:[.．]\d{1,3})*|[一二三四五六七八九十]{1,3})[)）.．、]?")


def list_from_page(
    page: Page,
    id: str,  # noqa: A002 -- the list's attribute has this name
    document: str = "",
    *,
    issued: date | None = None,
    columns: Sequence[Column | str] | None = None,
) -> RectificationList:
    """
    Read the list that a page shows.

    Args:
        page: The page.
        id: The list's name.
        document: The file's name, for the error.
        issued: The day of issue; read from the page if not given.
        columns: What each column of the table holds, where its headings do not tell.

    Raises:
        BadDocumentError: With every problem of the page.
    """
    given = None if columns is None else tuple(_column(each) for each in columns)
    if not any(True for _grid in page.grids):
        page = unflattened(page, given)
    problems: list[Problem] = []
    tables = _tables(page, given, problems)
    around = _around(page, tables)
    head = read_head(around.before, around.after)
    head = attrs.evolve(head, issued=issued, doubts=()) if issued is not None else head
    reader = TableReader(problems, around.before)
    for grid, heading in tables:
        reader.read(grid, heading)
    reader.finish()
    if tables and not reader.rows:
        problems.append(Problem.of(tables[0][0].name, "problem.no-rows"))
    made, bodies = _Rows(reader.rows, head, problems).made()
    if problems:
        raise BadDocumentError(tuple(problems), document)
    unread = (*head.unread, *_sections(reader.rows), *reader.unread, *around.tables)
    return RectificationList(
        id=id,
        title=head.title or id,
        issued=head.issued,
        issuer=head.issuer,
        number=head.number,
        basis=head.basis,
        preamble=head.preamble,
        dateline=head.dateline,
        doubts=(*head.doubts, *_unread(unread)),
        units=bodies.register(),
        rows=tuple(made),
    )


def _column(name: Column | str) -> Column:
    try:
        return Column(name)
    except ValueError:
        expected = "for each column one of " + ", ".join(Column)
        raise InvalidValueError("columns", name, expected) from None


_Tables = list[tuple[Grid, Heading]]


def _tables(page: Page, given: tuple[Column, ...] | None, problems: list[Problem]) -> _Tables:
    """
    Find the tables of the list: those with its headings, and those that go on without any.
    """
    grids = [grid for grid in page.grids if grid.places]
    if given is not None:
        fitting = [grid for grid in grids if grid.width == len(given)]
        if not fitting:
            problems.append(Problem.of("", "problem.columns-do-not-fit", len(given)))
        return [(grid, _given(grid, given)) for grid in fitting]
    found: _Tables = []
    for grid in grids:
        heading = find_heading(grid) or (_going_on(grid, found[-1][1]) if found else None)
        if heading is not None:
            found.append((grid, heading))
    if not found:
        code = "problem.no-headings" if grids else "problem.no-table"
        problems.append(Problem.of("", code, None, n=len(grids)))
    kinds = {frozenset(heading.columns) - IGNORED for _grid, heading in found if heading.first}
    if len(kinds) > 1 or _starts_again(found):
        names = [grid.name for grid, _heading in found]
        problems.append(Problem.of(names[-1], "problem.several-tables", None, tables=names))
        return []
    return found


def _going_on(grid: Grid, heading: Heading) -> Heading | None:
    """
    Tell the columns of a table broken by a page, which goes on without its headings.

    A column that is empty from there on is gone, at the right unseen, so that the numbers at the
    left must tell that no other is.
    """
    columns = heading.columns
    if grid.width == len(columns):
        return Heading(columns, 0)
    is_left = columns[0] is Column.NUMBER and _NUMBER.fullmatch(grid.text(0, 0)) is not None
    kept = columns[: grid.width]
    if not is_left or grid.width > len(columns) or not set(kept) & ESSENTIAL:
        return None
    return Heading(kept, 0)


def _given(grid: Grid, columns: tuple[Column, ...]) -> Heading:
    heading = find_heading(grid)
    if heading is None:
        return Heading(columns, 0)
    return Heading(columns, heading.first, heading.start)


def _starts_again(found: Sequence[tuple[Grid, Heading]]) -> bool:
    """
    Say whether two tables both begin with number 1: two lists, and not one over two pages.
    """
    firsts = []
    for grid, heading in found:
        numbers = heading.of(Column.NUMBER)
        if numbers and heading.first < len(grid.places):
            firsts.append(grid.text(heading.first, numbers[0]).strip())
    return sum(first in {"1", "一"} for first in firsts) > 1


@attrs.frozen(kw_only=True)
class _Around:
    """
    What stands around the tables of a list.

    Attributes:
        before: The lines before the first table and between the tables, with the rows above its
            headings.
        after: The lines after the last.
        tables: The rows of the tables after the first that are none of the list's, and the
            headings, or else first words, of columns that no heading tells.
    """

    before: list[str]
    after: list[str]
    tables: list[str]


def _around(page: Page, tables: _Tables) -> _Around:
    own = {id(grid): heading for grid, heading in tables}
    before: list[str] = []
    after: list[str] = []
    others: list[str] = []
    seen = 0
    for block in page.blocks:
        if not isinstance(block, Grid):
            (after if seen else before).append(block.text)
        elif id(block) in own:
            before += () if seen else _above(block, own[id(block)])
            seen += 1
            others += _untold(block, own[id(block)])
        elif seen:
            others += (" ".join(_words(row)) for row in block.places)
    return _Around(before=_lines(before), after=_lines(after), tables=others)


def _lines(texts: Iterable[str]) -> list[str]:
    lines = [line.strip() for text in texts for line in text.split("\n")]
    return [line for line in lines if line]


def _above(grid: Grid, heading: Heading) -> list[str]:
    """
    List the words of the rows above the headings, such as a title within the table.
    """
    cells = (cell for row in grid.places[: heading.start] for cell in row)
    found = {id(cell): cell.text for cell in cells if cell is not None and cell.text}
    return list(found.values())


def _untold(grid: Grid, heading: Heading) -> list[str]:
    """
    List the headings, or else the first words, of columns that no heading tells.
    """
    found = []
    for n in heading.unknown:
        rows = range(heading.first, len(grid.places))
        cells = (grid.places[row][n] for row in rows)
        # A cell that begins farther left is told by its own column, or heads a section.
        words = [cell.text for cell in cells if cell and cell.text and cell.column == n]
        if words:
            found.append(grid.text(heading.first - 1, n) or words[0])
    return found


def _words(row: Sequence[Cell | None]) -> list[str]:
    found = {id(cell): cell.text for cell in row if cell is not None and cell.text}
    return list(found.values())


def _sections(rows: Sequence[RowCells]) -> list[str]:
    """
    List the headings of sections that no row shows as its task.
    """
    found = {row.section_place: row.section for row in rows if row.section}
    shown = {row.section_place for row in rows if not row.task}
    return [words for place, words in found.items() if place not in shown]


def _unread(lines: Iterable[str]) -> list[Doubt]:
    """
    Doubt the words that say nothing of the list, so that none is lost.
    """
    return [
        Doubt(code="doubt.unread-line", words=words, candidates=("of the page", "of the list"))
        for words in dict.fromkeys(lines)
    ]


class _Rows:
    """
    Makes the rows of a list from their cells.
    """

    def __init__(self, cells: Sequence[RowCells], head: Head, problems: list[Problem]) -> None:
        self._cells, self._head, self._problems = cells, head, problems
        self._bodies = Bodies()

    def made(self) -> tuple[list[Row], Bodies]:
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
        for row, name in zip(self._cells, ids, strict=True):
            if not (row.requirement or row.limit or row.measures):
                asking = (Column.REQUIREMENT, Column.LIMIT, Column.MEASURES)
                places = (row.places[column] for column in asking if column in row.places)
                place = next(places, row.place)
                self._problems.append(Problem.of(place, "problem.empty-requirement", row=name))
            if not (row.task or row.problems or row.section):
                self._problems.append(Problem.of(row.place, "problem.empty-task", row=name))

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
        doubts = list(requirement.doubts)
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
