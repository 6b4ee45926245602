"""
From a page's paragraphs and tables to a rectification list.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import attrs

from rectiflow.lists import RectificationList, Row
from rectiflow.problems import BadDocumentError, Problem
from rectiflow.source import Doubt
from rectiflow.stages import Stage, StagePath
from rectiflow.texts import OriginalText
from rectiflow.units import Responsibility, Role

from .bodies import Bodies
from .columns import Column, Heading, find_heading
from .flat import unflattened
from .grids import Grid, Page
from .heads import Head, read_head
from .requirement import read_requirement
from .rows import RowCells, rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["list_from_page"]


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
    if not any(True for _grid in page.grids):
        page = unflattened(page)
    problems: list[Problem] = []
    tables = _tables(page, columns, problems)
    before, after = _around(page, tables)
    head = read_head(before, after)
    head = attrs.evolve(head, issued=issued, doubts=()) if issued is not None else head
    cells = [row for grid, heading in tables for row in rows_of(grid, heading, problems)]
    if tables and not cells:
        problems.append(Problem.of(tables[0][0].name, "problem.no-rows"))
    made, bodies = _Rows(cells, head, problems).made()
    if problems:
        raise BadDocumentError(tuple(problems), document)
    return RectificationList(
        id=id,
        title=head.title or id,
        issued=head.issued,
        issuer=head.issuer,
        number=head.number,
        basis=head.basis,
        preamble=head.preamble,
        dateline=head.dateline,
        doubts=(*head.doubts, *_unread(after, head)),
        units=bodies.register(),
        rows=tuple(made),
    )


def _tables(
    page: Page, columns: Sequence[Column | str] | None, problems: list[Problem]
) -> list[tuple[Grid, Heading]]:
    """
    Find the tables of the list: those with its headings, and those that go on without any.
    """
    grids = [grid for grid in page.grids if grid.places]
    if columns is not None:
        given = tuple(Column(each) for each in columns)
        fitting = [grid for grid in grids if grid.width == len(given)]
        if not fitting:
            problems.append(Problem.of("", "problem.columns-do-not-fit", len(given)))
        return [(grid, _given(grid, given)) for grid in fitting]
    found: list[tuple[Grid, Heading]] = []
    for grid in grids:
        heading = find_heading(grid)
        if heading is not None:
            found.append((grid, heading))
        elif found and grid.width == len(found[-1][1].columns) and grid.knows_merges:
            # A table broken by a page goes on without its headings.
            found.append((grid, Heading(found[-1][1].columns, 0)))
    if not found:
        code = "problem.no-headings" if grids else "problem.no-table"
        problems.append(Problem.of("", code, None, n=len(grids)))
    kinds = {tuple(sorted(set(heading.columns))) for _grid, heading in found}
    if len(kinds) > 1 or _starts_again(found):
        names = [grid.name for grid, _heading in found]
        problems.append(Problem.of(names[-1], "problem.several-tables", None, tables=names))
        return []
    return found


def _given(grid: Grid, columns: tuple[Column, ...]) -> Heading:
    heading = find_heading(grid)
    return Heading(columns, heading.first if heading is not None else 0)


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


def _around(page: Page, tables: Sequence[tuple[Grid, Heading]]) -> tuple[list[str], list[str]]:
    """
    Gather the words before the first table, with the rows above its headings, and after the last.
    """
    grids = [grid for grid, _heading in tables]
    before: list[str] = []
    after: list[str] = []
    seen = 0
    for block in page.blocks:
        if isinstance(block, Grid):
            if any(block is grid for grid in grids):
                seen += 1
                if seen == 1:
                    before += _above(block, tables[0][1])
            continue
        (after if seen and seen == len(grids) else before).append(block.text)
    lines = [line.strip() for text in before for line in text.split("\n")]
    return [line for line in lines if line], after


def _above(grid: Grid, heading: Heading) -> list[str]:
    found: dict[int, str] = {}
    for row in grid.places[: heading.first]:
        cells = {id(cell): cell for cell in row if cell is not None and cell.text}
        # A row of headings has several cells; a title or an issuer stands alone.
        if len(cells) == 1:
            found.update((key, cell.text) for key, cell in cells.items())
    return list(found.values())


def _unread(after: Sequence[str], head: Head) -> list[Doubt]:
    """
    Doubt the lines below the table that say nothing of the list, so that none is lost.
    """
    told = {head.issuer, head.dateline.printed if head.dateline is not None else ""}
    return [
        Doubt(code="doubt.unread-line", words=words, candidates=("of the page", "of the list"))
        for words in after
        if words not in told
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
        Number the rows: the key task's number, with .k where it has more than one row.
        """
        keys = [(row.section, row.group, row.number) for row in self._cells]
        order = {key: n for n, key in enumerate(dict.fromkeys(keys), 1)}
        sizes = Counter(keys)
        by_number: dict[str, set[tuple[str, str]]] = {}
        for section, group, number in keys:
            by_number.setdefault(_bare(number), set()).add((section, group))
        seen: Counter[tuple[str, str, str]] = Counter()
        found = []
        sections = list(dict.fromkeys(row.section for row in self._cells))
        for key in keys:
            number = _bare(key[2]) or str(order[key])
            if len(by_number.get(number, ())) > 1 and len(sections) > 1:
                # Numbers restart under each heading.
                number = f"{sections.index(key[0]) + 1}-{number}"
            if sizes[key] > 1:
                seen[key] += 1
                number = f"{number}.{seen[key]}"
            found.append(number)
        return found

    def _check(self, ids: Sequence[str]) -> None:
        first: dict[str, str] = {}
        for row, name in zip(self._cells, ids, strict=True):
            place = row.places.get(Column.NUMBER, row.place)
            if name in first:
                facts = {"first": first[name]}
                self._problems.append(Problem.of(place, "problem.number-twice", name, **facts))
            first.setdefault(name, place)
            if not (row.requirement or row.limit or row.measures):
                at = next(
                    (
                        row.places[column]
                        for column in (Column.REQUIREMENT, Column.LIMIT, Column.MEASURES)
                        if column in row.places
                    ),
                    row.place,
                )
                self._problems.append(Problem.of(at, "problem.empty-requirement", None, row=name))
            if not (row.task or row.problems):
                self._problems.append(Problem.of(row.place, "problem.empty-task", None, row=name))

    def _row(self, cells: RowCells, name: str, rows: list[Row], sources: list[str]) -> Row:
        parts = [part for part in (cells.measures, cells.requirement, cells.limit) if part]
        text = "\n".join(parts)
        limit_from = len(text) - len(cells.limit) if cells.limit else None
        requirement = read_requirement(
            text, self._head.issued, problems=cells.problems, limit_from=limit_from
        )
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
        task = cells.task or _first_line(cells.problems)
        return Row(
            id=name,
            task=task,
            subtask=cells.subtask,
            problems=OriginalText.whole(cells.problems),
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
        if cells.inherits is None:
            # Flat text: only within a key task may the cell above be taken for a merged one.
            task = rows[-1].id.partition(".")[0]
            if not _bare(cells.number) or _bare(cells.number) != task:
                return None
        return sources[-1]


def _bare(number: str) -> str:
    """
    Write a number without its marks: (一), 1. and 1、 are 一 and 1.
    """
    return number.strip("()（）.．、 \n")


def _first_line(text: str) -> str:
    line = text.split("\n", 1)[0]
    return line.partition("。")[0] or line


def _roles(cells: RowCells) -> list[tuple[Role | None, int]]:
    """
    Give each unit cell's role and how long its text is in the joined one.
    """
    return [(role, len(text)) for role, text in cells.units if text]
