"""
Tables one inside the other, taken for data or for layout and made into blocks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from .bounds import MOST_COLUMNS, refusal
from .grids import Cell, Grid, Paragraph
from .laying import Layer

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["TO_THE_END", "Blocks", "Box", "Table"]

TO_THE_END = 0
"""As the rows of a box: all that follow."""
_FULL_ROWS_OF_DATA = 3


@attrs.define(eq=False)
class Box:
    """
    A cell as the page tells of it, which may hold tables.

    Attributes:
        columns: How many columns it covers.
        rows: How many rows it covers; :data:`TO_THE_END` for all that follow.
        continues: Whether it is a part of the one above it.
        is_gap: Whether it is no cell, but columns that a row leaves out.
        content: Its lines and tables, in order.
    """

    columns: int = 1
    rows: int = 1
    continues: bool = False
    is_gap: bool = False
    content: list[str | Table] = attrs.field(factory=list)


@attrs.define(eq=False)
class Table:
    """
    A table as the page tells of it.

    Attributes:
        loose: What stands in it but in no cell.
        rows: Its cells.
    """

    loose: list[str | Table] = attrs.field(factory=list)
    rows: list[list[Box]] = attrs.field(factory=list)

    @property
    def boxes(self) -> Iterator[Box]:
        """
        Go through its cells.
        """
        return (box for row in self.rows for box in row)

    @property
    def inner(self) -> Iterator[Table]:
        """
        Go through the tables in its cells.
        """
        return (each for box in self.boxes for each in box.content if isinstance(each, Table))


class Blocks:
    """
    Makes blocks of lines and tables, numbering both.
    """

    def __init__(self, document: str) -> None:
        """
        Begin with none.

        Args:
            document: The file's name, for errors.
        """
        self._layer = Layer(document)
        self._document = document
        self._tables = 0
        self._paragraphs = 0

    def of(self, content: list[str | Table]) -> Iterator[Paragraph | Grid]:
        """
        Give the blocks of some content.
        """
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

    def _grid(self, table: Table) -> Grid | None:
        name = f"table {self._tables + 1}"
        grid = self._layer.grid(name, _cells(table, name, self._document))
        if grid is None or grid.width < 2:  # noqa: PLR2004 -- two columns make a table
            return None
        self._tables += 1
        return grid


def _is_layout(table: Table) -> bool:
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


def _is_data(table: Table) -> bool:
    return any(len(row) > 1 for row in table.rows) or any(map(_is_data, table.inner))


def _text_count(table: Table) -> int:
    return sum(bool(_text(box)) for box in table.boxes)


def _text(box: Box) -> str:
    return "\n".join(_lines(box.content))


def _lines(content: list[str | Table]) -> Iterator[str]:
    for each in content:
        if isinstance(each, str):
            yield each
            continue
        yield from _lines(each.loose)
        for row in each.rows:
            if line := "\t".join(text for box in row if (text := _text(box))):
                yield line


def _cells(table: Table, name: str, document: str) -> list[Cell]:
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


def _cell(table: Table, box: Box, row: int, column: int, name: str) -> Cell:
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
