"""
The rows of a list as cells: what each column says of each row, and which cells are merged.

A column of persons or remarks is no part of a list and is left unread, as are columns given as
``other``.  Any other words below the headings come into a row or among what was not read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from rectiflow.problems import Problem
from rectiflow.units import Role

from .columns import IGNORED, Column
from .notes import begun_in, is_heading_again, is_note, notes, stands_alone

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .grids import Cell, Grid
    from .headings import Heading

__all__ = ["RowCells", "TableReader", "first_line"]

_ROLES = {Column.UNITS: None, Column.LEAD: Role.LEAD, Column.SUPPORT: Role.SUPPORT}
_NOBODY = frozenset({"/", "／", "\\", "-", "—", "——", "无"})
_AS_ABOVE = frozenset({"同上", "同前", "〃", "″"})


@attrs.define(kw_only=True)
class RowCells:
    """
    One row of a list as printed.

    Attributes:
        place: Where it is in the file.
        section: The heading row it stands under (一、…); empty if there is none.
        section_place: Where that heading row is in the file; empty if there is none.
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
    section_place: str = ""
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


class TableReader:
    """
    Goes down the rows of the tables of a list, one table after the other.

    Attributes:
        rows: The rows read so far.
        unread: The words of cells that came into no row, in order.
    """

    def __init__(self, problems: list[Problem], furniture: Iterable[str] = ()) -> None:
        """
        Begin with no table.

        Args:
            problems: Where what is wrong is gathered.
            furniture: Words that may stand again within the table, such as its title.
        """
        self.rows: list[RowCells] = []
        self.unread: list[str] = []
        self._problems = problems
        self._furniture = frozenset(furniture)
        self._alone: list[Cell] = []
        self._section = self._section_place = ""

    def read(self, grid: Grid, heading: Heading) -> None:
        """
        Read the rows below the headings of a table.
        """
        is_numbered = any(
            grid.text(row, column)
            for column in heading.of(Column.NUMBER)
            for row in range(heading.first, len(grid.places))
        )
        headings = {
            cell.text for row in range(heading.start, heading.first) for cell in begun_in(grid, row)
        }
        for row in range(heading.first, len(grid.places)):
            own = begun_in(grid, row)
            if not own or is_heading_again(own, headings):
                continue
            if is_note(heading, own):
                self.unread.append(" ".join(cell.text for cell in own))
            elif stands_alone(grid, heading, own):
                self._set_aside(own[0])
            else:
                self._add(grid, heading, row, is_numbered=is_numbered)

    def finish(self) -> None:
        """
        Count heading rows that no row follows among what was not read.
        """
        self.unread += [cell.text for cell in self._alone]
        self._alone = []

    def _set_aside(self, cell: Cell) -> None:
        """
        Keep the heading row of a section until a row follows; a note heads nothing.
        """
        if cell.text in self._furniture:
            return
        if notes(cell.text):
            self.unread.append(cell.text)
        else:
            self._alone.append(cell)

    def _add(self, grid: Grid, heading: Heading, row: int, *, is_numbered: bool) -> None:
        maker = _RowMaker(grid, heading, row)
        if not maker.has_own:
            return
        cells = maker.cells
        if self._alone:
            self._section = "\n".join(cell.text for cell in self._alone)
            self._section_place = self._alone[0].place
            self._alone = []
        cells.section, cells.section_place = self._section, self._section_place
        last = self.rows[-1] if self.rows else None
        if maker.has_task_first:
            # Numbers right of the key task are its own and may restart under the next.
            goes_on = not maker.task_place and last is not None
            cells.section_place = last.section_place if goes_on and last else maker.task_place
        if last is not None and last.section_place != cells.section_place:
            last = None
        maker.settle_task(last, is_numbered=is_numbered)
        if maker.has_task_first and last is not None:
            cells.task = cells.task or last.task
        if is_numbered and not cells.number:
            place = cells.places.get(Column.NUMBER, cells.place)
            self._problems.append(Problem.of(place, "problem.empty-cell"))
        self.rows.append(cells)


class _RowMaker:
    """
    Sorts the cells of a row by their columns.

    Attributes:
        cells: What the row says.
        has_own: Whether words of it begin here, in a column that is read.
    """

    def __init__(self, grid: Grid, heading: Heading, row: int) -> None:
        self.cells = RowCells(place=f"{grid.name}, row {row + 1}")
        self.has_own = False
        self._knows_merges = grid.knows_merges
        self._row, self._columns = row, heading.columns
        self._number: Cell | None = None
        self._tasks: list[Cell] = []
        units: list[Cell] = []
        taken: set[int] = set()
        for cell, column in zip(grid.places[row], heading.columns, strict=True):
            if cell is None or id(cell) in taken:
                continue
            # A cell merged over two columns is one, and says what it says once.
            taken.add(id(cell))
            if column not in IGNORED:
                self.cells.places.setdefault(column, cell.place)
                self.has_own = self.has_own or (bool(cell.text) and cell.row == row)
                self._take(cell, column, units)
        self.cells.place = next(iter(self.cells.places.values()), self.cells.place)
        self._settle_units(units)

    @property
    def has_task_first(self) -> bool:
        """
        Whether the numbers stand right of the key tasks.
        """
        firsts = [each for each in self._columns if each in {Column.TASK, Column.NUMBER}]
        return firsts[:1] == [Column.TASK] and Column.NUMBER in firsts

    @property
    def task_place(self) -> str:
        """
        Where the key task stands; empty if the row names none.
        """
        return next((cell.place for cell in self._tasks if cell.text), "")

    def _take(self, cell: Cell, column: Column, units: list[Cell]) -> None:
        cells = self.cells
        if column is Column.NUMBER:
            if self._number is None or not cells.number:
                self._number, cells.number = cell, cell.text
        elif column is Column.TASK:
            self._tasks.append(cell)
        elif column in _ROLES:
            units.append(cell)
            cells.units.append((_ROLES[column], "" if cell.text in _NOBODY else cell.text))
        else:
            both = (getattr(cells, column.value), cell.text)
            setattr(cells, column.value, "\n".join(each for each in both if each))

    def _settle_units(self, units: list[Cell]) -> None:
        cells = self.cells
        if units and (
            all(cell.row < self._row for cell in units)
            or "".join(cell.text for cell in units) in _AS_ABOVE
        ):
            cells.inherits = True
        elif not any(cell.text for cell in units):
            cells.inherits = False if self._knows_merges else None

    def settle_task(self, last: RowCells | None, *, is_numbered: bool) -> None:
        """
        Tell to which key task the row belongs, and name it.

        Args:
            last: The row before it, in the same section.
            is_numbered: Whether any row of the table has a number.
        """
        cells = self.cells
        named = [cell.text for cell in self._tasks if cell.text]
        if named:
            cells.task, cells.subtask = named[0], "，".join(named[1:])
        goes_on = last is not None and (
            self._goes_on(is_numbered=is_numbered) or self._repeats(last)
        )
        if goes_on and last is not None:
            cells.group = last.group
        elif self._number is not None and (cells.number or not is_numbered):
            # Word's own numbering is in no text, and yet its cell is one's own.
            cells.group = self._number.place
        else:
            # Without a column of numbers each task is one.
            cells.group = self._tasks[0].place if named else cells.place
        if last is not None and cells.group == last.group:
            cells.number = cells.number or last.number
            cells.task = cells.task or last.task or first_line(last.problems)

    def _repeats(self, last: RowCells) -> bool:
        """
        Say whether number and key task are typed again in place of merged cells.
        """
        cells = self.cells
        if self.has_task_first or not (cells.number and cells.task):
            return False
        return (cells.number, cells.task) == (last.number, last.task)

    def _goes_on(self, *, is_numbered: bool) -> bool:
        """
        Say whether nothing that begins a key task stands in the row.
        """
        cells = self.cells
        if cells.number:
            return False
        if Column.TASK in self._columns:
            is_unnamed = not cells.task
        else:
            is_unnamed = not cells.problems and Column.PROBLEMS in self._columns
        if is_numbered:
            return is_unnamed or not self._knows_merges
        return is_unnamed and self._number is None


def first_line(text: str) -> str:
    """
    Give the first sentence or line of a text.
    """
    line = text.split("\n", 1)[0]
    return line.partition("。")[0] or line
