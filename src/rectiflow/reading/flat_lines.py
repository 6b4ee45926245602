"""
A table flattened to one cell a line, or to words of one line, back to a grid.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .bounds import MOST_FLAT_ROWS
from .columns import Column, column_named
from .grids import Cell, Grid, Page, Paragraph
from .headings import heading_of
from .requirement import read_clauses
from .units import read_units

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["by_lines", "is_dated"]

_WHOLE_NUMBER = re.compile(r"^\d{1,3}$")
_MOST_COLUMNS = 12
_MOST_HELD = 300  # lines without a date; no row has so many


def by_lines(lines: Sequence[Paragraph]) -> Page | None:
    """
    Read a table that stands one cell a line.
    """
    found = _heading(lines)
    if found is None:
        return None
    start, columns = found
    first = start + len(columns)
    reader = _Lines(lines, first, columns)
    rows = reader.rows()
    if not rows:
        return None
    headings = tuple(
        Cell(text=line.text, place=line.place, row=0, column=n)
        for n, line in enumerate(lines[start:first])
    )
    if reader.has_parts:
        at = columns.index(Column.TASK)
        task = headings[at]
        wide = Cell(text=task.text, place=task.place, row=0, column=at, columns=2)
        headings = (*headings[:at], wide, wide, *headings[at + 1 :])
    places = [
        headings,
        *(_placed(n, row, columns, has_parts=reader.has_parts) for n, row in enumerate(rows, 1)),
    ]
    grid = Grid(name="table 1", places=tuple(places), knows_merges=False)
    return Page(blocks=(*lines[:start], grid, *lines[reader.end :]))


def _heading(lines: Sequence[Paragraph]) -> tuple[int, tuple[Column, ...]] | None:
    """
    Find the run of lines that are the headings.
    """
    run: list[Column] = []
    for n, line in enumerate(lines):
        column = column_named(line.text)
        if column is not None and column not in run and len(run) < _MOST_COLUMNS:
            run.append(column)
            continue
        if len(run) > 2 and heading_of([lines[n - len(run) + k].text for k in range(len(run))]):  # noqa: PLR2004 -- two could stand in a text
            return n - len(run), tuple(run)
        run = [column] if column is not None else []
    return None


Row = dict[str, Paragraph]


class _Lines:
    """
    Goes down the lines below the headings and puts each into its column.
    """

    def __init__(self, lines: Sequence[Paragraph], first: int, columns: tuple[Column, ...]) -> None:
        self._lines, self._at, self._columns = lines, first, columns
        self.end = first
        self.has_parts = False

    def rows(self) -> list[Row]:
        texts = [c for c in self._columns if c in {Column.TASK, Column.PROBLEMS, Column.MEASURES}]
        wants_units = any(c in {Column.UNITS, Column.LEAD} for c in self._columns)
        dated = next((c for c in (Column.REQUIREMENT, Column.LIMIT) if c in self._columns), None)
        if dated is None or Column.NUMBER not in self._columns:
            return []
        rows: list[Row] = []
        held: list[Paragraph] = []
        number: Paragraph | None = None
        for at in range(self._at, len(self._lines)):
            line = self._lines[at]
            if len(held) > _MOST_HELD or len(rows) > MOST_FLAT_ROWS:
                break
            if _WHOLE_NUMBER.match(line.text) and _is_next(line.text, number):
                if number is not None and not _has_row(number, rows):
                    rows.append(self._row(number, held, texts, None, rows))
                number, held = line, []
                continue
            if number is None:
                return []
            waits = wants_units and rows and not held and "units" not in rows[-1]
            if waits and _names_bodies(line.text):
                rows[-1]["units"] = line
                self.end = at + 1
            elif held and is_dated(line.text):
                rows.append(self._row(number, held, texts, (dated, line), rows))
                held = []
                self.end = at + 1
            else:
                held.append(line)
        if number is not None and not _has_row(number, rows):
            # It is told as a row that asks nothing, and the list is not taken for whole.
            rows.append(self._row(number, held, texts, None, rows))
        return rows

    def _row(
        self,
        number: Paragraph,
        held: list[Paragraph],
        texts: Sequence[Column],
        dated: tuple[Column, Paragraph] | None,
        rows: list[Row],
    ) -> Row:
        row: Row = {"number": number}
        if dated is not None:
            row[dated[0].value] = dated[1]
        is_first = not rows or rows[-1]["number"] is not number
        wanted = [column.value for column in texts]
        if Column.TASK in texts:
            at = wanted.index("task")
            if not is_first:
                wanted = [*wanted[:at], "subtask", *wanted[at + 1 :]]
                row["task"] = rows[-1]["task"]
                if len(held) < len(wanted):
                    wanted.remove("subtask")
            elif len(held) > len(texts):
                wanted = [*wanted[: at + 1], "subtask", *wanted[at + 1 :]]
        # More lines than columns: paragraphs of the last of them.
        for name, each in zip(wanted, held, strict=False):
            row[name] = each
        extra = held[len(wanted) :]
        if extra and wanted:
            joined = "\n".join(each.text for each in (row[wanted[-1]], *extra))
            row[wanted[-1]] = Paragraph(joined, row[wanted[-1]].place)
        self.has_parts = self.has_parts or "subtask" in row
        return row


def _is_next(text: str, number: Paragraph | None) -> bool:
    """
    Say whether a number begins the next key task.
    """
    return number is None or int(text) == int(number.text) + 1


def _has_row(number: Paragraph, rows: list[Row]) -> bool:
    return any(row["number"] is number for row in rows)


def _placed(
    n: int, row: Row, columns: tuple[Column, ...], *, has_parts: bool
) -> tuple[Cell | None, ...]:
    names: list[str] = []
    for column in columns:
        names.append("units" if column in {Column.UNITS, Column.LEAD} else column.value)
        if column is Column.TASK and has_parts:
            names.append("subtask")
    return tuple(
        None
        if name not in row
        else Cell(text=row[name].text, place=row[name].place, row=n, column=position)
        for position, name in enumerate(names)
    )


def is_dated(text: str) -> bool:
    """
    Say whether a line says what is to be done by when.
    """
    clauses = read_clauses(text, None)[1]
    return any(clause.limit is not None or clause.stage is not None for clause in clauses) and (
        (clauses[0].limit is not None and clauses[0].limit[0] < len(text) // 2) or len(clauses) > 1
    )


def _names_bodies(text: str) -> bool:
    """
    Say whether a line names bodies and nothing else.
    """
    cell = read_units(text)
    return bool(cell.entries) and not any(
        doubt.code in {"doubt.not-a-body", "doubt.no-units"} for doubt in cell.doubts
    )
