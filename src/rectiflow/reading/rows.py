"""
The rows of a list as cells: what each column says of each row, and which cells are merged.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from rectiflow.problems import Problem
from rectiflow.units import Role

from .columns import Column, Heading, column_named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .grids import Cell, Grid

__all__ = ["RowCells", "rows_of"]

_NUMBER = re.compile(
    r"^[（(]?\d{1,4}(?:[.．]\d{1,3})*[)）.．、]?$|^[（(]?[一二三四五六七八九十]{1,3}[)）、.]?$"
)
_NOTE = re.compile(r"^(?:备注|注|说明|填表人|填报人|制表|审核人|联系人|扫一扫)")


@attrs.define(kw_only=True)
class RowCells:
    """
    One row of a list as printed.

    Attributes:
        place: Where it is in the file.
        section: The heading row it stands under (一、…); empty if there is none.
        number: The key task's number as printed; empty if there is none.
        group: Which number cell covers it: rows of one key task share it.
        task: The key task.
        subtask: The part of it; may be empty.
        problems: The problems.
        measures: The measures, where they have a column of their own.
        requirement: What is to be done by when.
        limit: The deadline, where it has a column of its own.
        units: Role (``None`` where the heading tells none) and text of each unit cell.
        inherits: Whether the unit cell is a merged one that begins in an earlier row; ``None``
            where it is empty and the file does not tell.
        places: Where each column's cell is in the file.
    """

    place: str
    section: str = ""
    number: str = ""
    group: str = ""
    task: str = ""
    subtask: str = ""
    problems: str = ""
    measures: str = ""
    requirement: str = ""
    limit: str = ""
    units: list[tuple[Role | None, str]] = attrs.field(factory=list)
    inherits: bool | None = False
    places: dict[Column, str] = attrs.field(factory=dict)

    @property
    def is_blank(self) -> bool:
        """
        Whether nothing stands in it that a list is made of.
        """
        texts = (self.task, self.problems, self.measures, self.requirement, self.limit)
        return not any(texts) and not any(text for _role, text in self.units)


_ROLES = {Column.UNITS: None, Column.LEAD: Role.LEAD, Column.SUPPORT: Role.SUPPORT}


def rows_of(grid: Grid, heading: Heading, problems: list[Problem]) -> list[RowCells]:
    """
    Read the rows below the headings, gathering *problems*.
    """
    return list(_Reader(grid, heading, problems).rows())


class _Reader:
    """
    Goes down the rows of one table.
    """

    __slots__ = ("_grid", "_heading", "_problems", "_section")

    def __init__(self, grid: Grid, heading: Heading, problems: list[Problem]) -> None:
        self._grid, self._heading, self._problems = grid, heading, problems
        self._section = ""

    def rows(self) -> Iterator[RowCells]:
        last: RowCells | None = None
        for row in range(self._heading.first, len(self._grid.places)):
            if self._is_heading_again(row):
                continue
            alone = self._alone(row)
            if alone is not None:
                # One cell across the table is the heading of a section, or a note below it.
                if _NOTE.match(alone.text) is None:
                    self._section = alone.text
                continue
            cells = self._row(row, last)
            if cells is None:
                continue
            yield cells
            last = cells

    def _is_heading_again(self, row: int) -> bool:
        """
        Say whether a row repeats the headings, as tables that run over pages do.
        """
        texts = [self._grid.text(row, column) for column in range(self._grid.width)]
        named = [column_named(text) for text in texts]
        return all(
            name is not None or not text for name, text in zip(named, texts, strict=True)
        ) and any(named)

    def _alone(self, row: int) -> Cell | None:
        cells = {
            id(cell): cell for cell in self._grid.places[row] if cell is not None and cell.text
        }
        if len(cells) != 1 or self._grid.width == 1:
            return None
        (cell,) = cells.values()
        return cell if cell.columns > self._grid.width // 2 and cell.row == row else None

    def _row(self, row: int, last: RowCells | None) -> RowCells | None:
        grid, columns = self._grid, self._heading.columns
        cells = RowCells(place=f"{grid.name}, row {row + 1}", section=self._section)
        own = False
        tasks: list[Cell] = []
        inherited: list[bool] = []
        for position, column in enumerate(columns):
            cell = grid.places[row][position]
            text = "" if cell is None else cell.text
            covered = grid.is_inherited(row, position)
            own = own or (bool(text) and not covered)
            if cell is not None:
                cells.places.setdefault(column, cell.place)
            match column:
                case Column.NUMBER if not cells.number:
                    cells.number = text
                    if cell is not None and (text or grid.knows_merges):
                        # Word's own numbering is in no text, and yet its cell is one's own.
                        cells.group = cell.place
                    elif last is not None:
                        cells.group = last.group
                case Column.TASK:
                    if cell is not None and all(cell is not each for each in tasks):
                        tasks.append(cell)
                case Column.UNITS | Column.LEAD | Column.SUPPORT:
                    cells.units.append((_ROLES[column], text))
                    inherited.append(covered)
                case Column.PROBLEMS | Column.MEASURES | Column.REQUIREMENT | Column.LIMIT:
                    before = getattr(cells, column.value)
                    joined = f"{before}\n{text}" if before and text else before or text
                    setattr(cells, column.value, joined)
                case _:
                    pass
        if not own:
            return None
        self._settle(cells, tasks, inherited, last)
        return None if cells.is_blank else cells

    def _settle(
        self, cells: RowCells, tasks: list[Cell], inherited: list[bool], last: RowCells | None
    ) -> None:
        cells.place = next(iter(cells.places.values()), cells.place)
        named = [cell.text for cell in tasks if cell.text]
        if named:
            cells.task, cells.subtask = named[0], "，".join(named[1:])
        if not cells.group:
            # Without a column of numbers each task is one.
            cells.group = tasks[0].place if tasks and tasks[0].text else cells.place
        if last is not None and cells.group == last.group:
            cells.number = cells.number or last.number
            cells.task = cells.task or last.task
        empty = not any(text for _role, text in cells.units)
        if inherited and all(inherited):
            cells.inherits = True
        elif empty:
            cells.inherits = None if not self._grid.knows_merges else False
