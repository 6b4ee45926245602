"""
Which tables of a page are the list's, and what stands around them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from rectiflow.problems import Problem

from .columns import ESSENTIAL, IGNORED, Column, column_named
from .grids import Cell, Grid, Page
from .headings import Heading, find_heading

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Around", "Tables", "around", "tables_of"]

_NUMBER = re.compile(r"[(（]?(?:\d{1,4}(?:[.．]\d{1,3})*|[一二三四五六七八九十]{1,3})[)）.．、]?")


_LABEL = re.compile(r".{0,6}(?:日期|时间|单位|机关|机构|文号|来源|人)\s*[:：]?")

Tables = list[tuple[Grid, Heading]]
"""The tables of a list, each with its headings."""


def tables_of(page: Page, given: tuple[Column, ...] | None, problems: list[Problem]) -> Tables:
    """
    Find the tables of the list: those with its headings, and those that go on without any.
    """
    grids = [grid for grid in page.grids if grid.places]
    if given is not None:
        fitting = [grid for grid in grids if grid.width == len(given)]
        if not fitting:
            problems.append(Problem.of("", "problem.columns-do-not-fit", len(given)))
        return [(grid, _given(grid, given)) for grid in fitting]
    found: Tables = []
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
    if _is_another(grid, columns):
        return None
    if grid.width == len(columns):
        return Heading(columns, 0)
    is_left = columns[0] is Column.NUMBER and _NUMBER.fullmatch(grid.text(0, 0)) is not None
    kept = columns[: grid.width]
    if not is_left or grid.width > len(columns) or not set(kept) & ESSENTIAL:
        return None
    return Heading(kept, 0)


def _is_another(grid: Grid, columns: tuple[Column, ...]) -> bool:
    """
    Say whether a table has headings of its own, or words where the list has its numbers.
    """
    named = [column_named(grid.text(0, n)) for n in range(grid.width)]
    if sum(each is not None for each in named) > 1:
        return True
    firsts = [text for row in range(len(grid.places)) if (text := grid.text(row, 0))]
    is_numbered = columns[0] is Column.NUMBER and bool(firsts)
    return is_numbered and not any(_NUMBER.fullmatch(text) for text in firsts)


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
class Around:
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


def around(page: Page, tables: Tables) -> Around:
    """
    Gather what stands around the tables of a list.
    """
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
    return Around(before=_lines(before), after=_lines(after), tables=others)


def _lines(texts: Iterable[str]) -> list[str]:
    lines = [line.strip() for text in texts for line in text.split("\n")]
    return [line for line in lines if line]


def _above(grid: Grid, heading: Heading) -> list[str]:
    """
    List the words of the rows above the headings, such as a title within the table.

    A label and what it labels may stand in two cells: 填报日期 and its day.
    """
    found: list[str] = []
    for number, row in enumerate(grid.places[: heading.start]):
        begun = [cell for cell in row if cell is not None and cell.row == number]
        words = _words(begun)
        while words:
            first, *words = words
            if words and _LABEL.fullmatch(first):
                first = f"{first.rstrip(':： ')}：{words.pop(0)}"
            found.append(first)
    return found


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
