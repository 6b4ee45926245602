"""
Cells with spans laid out into tables in which every place knows the cell that covers it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from .bounds import MOST_CELLS, MOST_COLUMNS, MOST_PLACES, MOST_ROWS, refusal
from .grids import Cell, Grid

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Layer"]

_Row = list[Cell | None]


@attrs.define
class Layer:
    """
    Lays out the tables of one file, and refuses when they grow beyond all bounds.

    Attributes:
        document: The file's name, for errors.
    """

    document: str
    _places: int = attrs.field(init=False, default=0)
    _cells: int = attrs.field(init=False, default=0)

    def grid(self, name: str, cells: Sequence[Cell]) -> Grid | None:
        """
        Lay out a table; ``None`` if it has no text.

        Outer rows and columns without text are left off.  So are those in which no cell begins:
        they only repeat what lies before them.

        Args:
            name: What the file calls the table.
            cells: Those that there are, in the order in which they take their places: of two
                that want the same place the first has it.

        Raises:
            BadDocumentError: If the table is larger than one may be.
        """
        shown = [cell for cell in cells if cell.text]
        if not shown:
            return None
        top = min(cell.row for cell in shown)
        left = min(cell.column for cell in shown)
        bottom = max(cell.row + cell.rows for cell in shown)
        right = max(cell.column + cell.columns for cell in shown)
        self._check(shown, bottom - top, right - left)
        rows = _placed(cells, top, left, bottom, right)
        rows = _without_repeated_columns(_without_repeated_rows(rows, top), left)
        return Grid(name=name, places=_renumbered(rows))

    def _check(self, shown: list[Cell], rows: int, columns: int) -> None:
        self._places += rows * columns
        self._cells += len(shown)
        place = shown[0].place
        if rows > MOST_ROWS:
            place = max(shown, key=lambda cell: cell.row + cell.rows).place
            raise refusal(self.document, place, "problem.too-many-rows", most=MOST_ROWS)
        if columns > MOST_COLUMNS:
            place = max(shown, key=lambda cell: cell.column + cell.columns).place
            raise refusal(self.document, place, "problem.too-many-columns", most=MOST_COLUMNS)
        if self._places > MOST_PLACES or self._cells > MOST_CELLS:
            raise refusal(self.document, place, "problem.too-many-cells", most=MOST_CELLS)


def _placed(cells: Iterable[Cell], top: int, left: int, bottom: int, right: int) -> list[_Row]:
    width = right - left
    rows: list[_Row] = [[None] * width for _ in range(bottom - top)]
    for cell in cells:
        first, last = max(cell.column, left) - left, min(cell.column + cell.columns, right) - left
        for row in rows[max(cell.row - top, 0) : max(cell.row + cell.rows - top, 0)]:
            for column in range(first, last):
                if row[column] is None:
                    row[column] = cell
    return rows


def _without_repeated_rows(rows: list[_Row], top: int) -> list[_Row]:
    return [row for number, row in enumerate(rows, top) if not _is_repeated(row, number)]


def _is_repeated(row: _Row, number: int) -> bool:
    begun = [cell.row for cell in row if cell is not None]
    return bool(begun) and max(begun) < number


def _without_repeated_columns(rows: list[_Row], left: int) -> list[_Row]:
    begun = [-1] * len(rows[0])
    for row in rows:
        for column, cell in enumerate(row):
            if cell is not None and cell.column > begun[column]:
                begun[column] = cell.column
    kept = [column for column, last in enumerate(begun) if last == -1 or last >= column + left]
    return rows if len(kept) == len(begun) else [[row[column] for column in kept] for row in rows]


def _renumbered(rows: list[_Row]) -> tuple[tuple[Cell | None, ...], ...]:
    # Where a cell now begins and ends follows from the places it holds.
    boxes: dict[int, list[int]] = {}
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell is None:
                continue
            box = boxes.setdefault(id(cell), [number, column, number, column])
            box[2] = number
            box[3] = max(box[3], column)
    known: dict[int, Cell] = {}
    for row in rows:
        for cell in row:
            if cell is not None and id(cell) not in known:
                known[id(cell)] = _moved(cell, *boxes[id(cell)])
    return tuple(tuple(None if cell is None else known[id(cell)] for cell in row) for row in rows)


def _moved(cell: Cell, top: int, left: int, bottom: int, right: int) -> Cell:
    return Cell(
        text=cell.text,
        place=cell.place,
        row=top,
        column=left,
        rows=bottom - top + 1,
        columns=right - left + 1,
    )
