"""
Paragraphs and tables as a page tells of them, one inside the other, made into blocks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from .bounds import MOST_CELLS, MOST_COLUMNS, MOST_DEPTH, refusal
from .grids import Cell, Grid, Page, Paragraph
from .laying import Layer

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["TO_THE_END", "Builder"]

TO_THE_END = 0
_FULL_ROWS_OF_DATA = 3


@attrs.define(eq=False)
class _Box:
    columns: int = 1
    rows: int = 1
    continues: bool = False
    is_gap: bool = False
    content: list[str | _Table] = attrs.field(factory=list)


@attrs.define(eq=False)
class _Table:
    loose: list[str | _Table] = attrs.field(factory=list)
    rows: list[list[_Box]] = attrs.field(factory=list)

    @property
    def boxes(self) -> Iterator[_Box]:
        return (box for row in self.rows for box in row)

    @property
    def inner(self) -> Iterator[_Table]:
        return (each for box in self.boxes for each in box.content if isinstance(each, _Table))


@attrs.define(eq=False)
class _Open:
    table: _Table
    box: _Box | None = None


class Builder:
    """
    Hears a page in its order and gives its blocks in the end.

    A table that only lays out the page (it has a table inside that says more than itself) is
    taken apart: its texts become paragraphs, the inner tables stand for themselves.  So is a
    table of a single column.

    Args:
        document: The file's name, for errors.
    """

    def __init__(self, document: str) -> None:
        self._document = document
        self._top: list[str | _Table] = []
        self._open: list[_Open] = []
        self._line: list[str] = []
        self._boxes = 0

    def text(self, text: str) -> None:
        """
        Hear of text within a line; runs of white space are still as in the file.
        """
        self._line.append(text)

    def end_line(self) -> None:
        """
        Hear that a line or a paragraph ends.
        """
        line = "".join(self._line).strip()
        self._line.clear()
        if line:
            self._content.append(line)

    def open_table(self) -> None:
        """
        Hear that a table begins.
        """
        self.end_line()
        if len(self._open) >= MOST_DEPTH:
            raise refusal(self._document, "", "problem.nested-too-deep")
        table = _Table()
        self._content.append(table)
        self._open.append(_Open(table))

    def close_table(self) -> None:
        """
        Hear that a table ends.
        """
        self.end_line()
        if self._open:
            self._open.pop()

    def open_row(self) -> None:
        """
        Hear that a row begins.
        """
        self.end_line()
        if self._open:
            self._open[-1].box = None
            self._open[-1].table.rows.append([])

    def open_cell(self, columns: int = 1, rows: int = 1) -> None:
        """
        Hear that a cell begins.

        Args:
            columns: How many columns it covers.
            rows: How many rows it covers; :data:`TO_THE_END` for all that follow.
        """
        self.end_line()
        if self._open:
            self._open[-1].box = self._add(_Box(columns=columns, rows=rows))

    def widen(self, columns: int) -> None:
        """
        Hear how many columns the open cell covers.
        """
        if self._open and (box := self._open[-1].box):
            box.columns = columns

    def continue_above(self) -> None:
        """
        Hear that the open cell is a part of the one above it.
        """
        if self._open and (box := self._open[-1].box):
            box.continues = True

    def gap(self, columns: int) -> None:
        """
        Hear that a row leaves out some columns.
        """
        if self._open and columns:
            self._add(_Box(columns=columns, is_gap=True))

    def close_cell(self) -> None:
        """
        Hear that a cell ends.
        """
        self.end_line()
        if self._open:
            self._open[-1].box = None

    def drop_row(self) -> None:
        """
        Hear that the row just heard of does not count.
        """
        self.end_line()
        if self._open and self._open[-1].table.rows:
            self._open[-1].box = None
            self._open[-1].table.rows.pop()

    def page(self, embedded: str | None = None) -> Page:
        """
        Give the blocks.

        Raises:
            BadDocumentError: If a table is larger than one may be.
        """
        self.end_line()
        return Page(blocks=tuple(_Blocks(self._document).of(self._top)), embedded=embedded)

    @property
    def _content(self) -> list[str | _Table]:
        if not self._open:
            return self._top
        last = self._open[-1]
        # Browsers show what stands in a table but in no cell before the table.
        return last.table.loose if last.box is None else last.box.content

    def _add(self, box: _Box) -> _Box:
        self._boxes += 1
        if self._boxes > MOST_CELLS:
            raise refusal(self._document, "", "problem.too-many-cells", most=MOST_CELLS)
        rows = self._open[-1].table.rows
        if not rows:
            rows.append([])
        rows[-1].append(box)
        return box


class _Blocks:
    def __init__(self, document: str) -> None:
        self._layer = Layer(document)
        self._document = document
        self._tables = 0
        self._paragraphs = 0

    def of(self, content: list[str | _Table]) -> Iterator[Paragraph | Grid]:
        for each in content:
            if isinstance(each, str):
                self._paragraphs += 1
                yield Paragraph(each, f"paragraph {self._paragraphs}")
                continue
            yield from self.of(each.loose)
            grid = None if _is_layout(each) else self._grid(each)
            if grid is not None:
                yield grid
                continue
            for box in each.boxes:
                yield from self.of(box.content)

    def _grid(self, table: _Table) -> Grid | None:
        name = f"table {self._tables + 1}"
        grid = self._layer.grid(name, _cells(table, name, self._document))
        if grid is None or grid.width < 2:  # noqa: PLR2004 -- two columns make a table
            return None
        self._tables += 1
        return grid


def _is_layout(table: _Table) -> bool:
    inner = [_text_count(each) for each in table.inner if _is_data(each)]
    if not inner:
        return False
    width = max(sum(box.columns for box in row) for row in table.rows)
    full = sum(
        len(row) > 1 and all(any(isinstance(each, str) for each in box.content) for box in row)
        for row in table.rows
        if sum(box.columns for box in row) == width
    )
    # A list may well have a small table inside one of its cells.
    own = sum(any(isinstance(each, str) for each in box.content) for box in table.boxes)
    return full < _FULL_ROWS_OF_DATA or own <= sum(inner)


def _is_data(table: _Table) -> bool:
    return any(len(row) > 1 for row in table.rows) or any(map(_is_data, table.inner))


def _text_count(table: _Table) -> int:
    return sum(bool(_text(box)) for box in table.boxes)


def _text(box: _Box) -> str:
    return "\n".join(_lines(box.content))


def _lines(content: list[str | _Table]) -> Iterator[str]:
    for each in content:
        if isinstance(each, str):
            yield each
            continue
        yield from _lines(each.loose)
        for row in each.rows:
            if line := "\t".join(text for box in row if (text := _text(box))):
                yield line


def _cells(table: _Table, name: str, document: str) -> list[Cell]:
    taken: dict[int, int] = {}  # Column to the first row in which it is free again.
    cells: list[Cell] = []
    starts: dict[int, int] = {}  # Column to the last cell that begins in it, by its position.
    for number, row in enumerate(table.rows):
        column = 0
        for box in row:
            while taken.get(column, 0) > number:
                column += 1
            cell = _cell(table, box, number, column, name)
            if column >= MOST_COLUMNS:
                place = f"{name}, row {number + 1}"
                raise refusal(document, place, "problem.too-many-columns", most=MOST_COLUMNS)
            taken |= dict.fromkeys(range(column, column + cell.columns), number + cell.rows)
            column += cell.columns
            first = starts.get(cell.column)
            if box.continues and first is not None and _continues(cell, cells[first]):
                cells[first] = attrs.evolve(cells[first], rows=cells[first].rows + 1)
            elif not box.is_gap:
                starts[cell.column] = len(cells)
                cells.append(cell)
    return cells


def _cell(table: _Table, box: _Box, row: int, column: int, name: str) -> Cell:
    below = len(table.rows) - row
    return Cell(
        text=_text(box),
        place=f"{name}, row {row + 1}, column {column + 1}",
        row=row,
        column=column,
        rows=below if box.rows == TO_THE_END else min(box.rows, below),
        # A span of a thousand columns means: all of them.
        columns=min(box.columns, max(MOST_COLUMNS - column, 1)),
    )


def _continues(cell: Cell, first: Cell) -> bool:
    return first.columns == cell.columns and first.row + first.rows == cell.row
