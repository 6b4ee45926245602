"""
Plain text flattened from a table: one cell a line, bars or tabs in the line, back to a grid.

A merged cell vanishes from such a text without a trace, so that what it covered is inferred by
what the cells say: a number begins a key task, a deadline is the requirement, names of bodies are
the unit cell.  What was inferred so is doubted.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .columns import Column, column_named
from .grids import Cell, Grid, Page, Paragraph
from .headings import heading_of
from .requirement import read_clauses
from .units import read_units

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["unflattened"]

_PART = re.compile(r"\s*[|｜│┃\t]\s*")
_RULE = re.compile(r"^[\s|｜│┃+\-─━=:]*$")
_WHOLE_NUMBER = re.compile(r"^\d{1,3}$")
_MOST_COLUMNS = 12


def unflattened(page: Page, given: tuple[Column, ...] | None = None) -> Page:
    """
    Find the table in the lines of a plain text; the page as it is if there is none.

    Args:
        page: The page.
        given: What each column holds, where no line tells it.
    """
    del given
    lines = list(page.paragraphs)
    return _by_bars(lines) or _by_lines(lines) or page


def _by_bars(lines: Sequence[Paragraph]) -> Page | None:
    """
    Read a table whose lines part their cells by bars or tabs.
    """
    cut = [_cells(line.text) for line in lines]
    heads = (n for n, words in enumerate(cut) if len(words) > 1 and heading_of(words))
    n = next(heads, None)
    if n is None:
        return None
    width = len(cut[n])
    last = n
    rows: list[tuple[Cell | None, ...]] = []
    for at in range(n, len(lines)):
        if _RULE.match(lines[at].text):
            continue
        if len(cut[at]) < 2:  # noqa: PLR2004 -- one part is no row
            break
        padded = (cut[at] + [""] * width)[:width]
        number = len(rows)
        rows.append(
            tuple(
                Cell(
                    text=text,
                    place=f"{lines[at].place}, column {column + 1}",
                    row=number,
                    column=column,
                )
                for column, text in enumerate(padded)
            )
        )
        last = at
    grid = Grid(name="table 1", places=tuple(rows), knows_merges=False)
    return Page(blocks=(*lines[:n], grid, *lines[last + 1 :]))


def _cells(line: str) -> list[str]:
    bare = line.strip("|｜│┃")
    return [part.strip() for part in _PART.split(bare)]


def _by_lines(lines: Sequence[Paragraph]) -> Page | None:
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
    width = len(columns) + (1 if reader.has_parts else 0)
    if reader.has_parts:
        at = columns.index(Column.TASK)
        task = headings[at]
        wide = Cell(text=task.text, place=task.place, row=0, column=at, columns=2)
        headings = (*headings[:at], wide, wide, *headings[at + 1 :])
    places = [
        headings,
        *(_placed(n, row, columns, has_parts=reader.has_parts) for n, row in enumerate(rows, 1)),
    ]
    del width
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
            if _WHOLE_NUMBER.match(line.text) and self._is_next(line.text, number, held, rows):
                number, held = line, []
                continue
            if number is None:
                return []
            waits = wants_units and rows and not held and "units" not in rows[-1]
            if waits and _names_bodies(line.text):
                rows[-1]["units"] = line
                self.end = at + 1
            elif held and _is_dated(line.text):
                rows.append(self._row(number, held, texts, dated, line, rows))
                held = []
                self.end = at + 1
            else:
                held.append(line)
        return rows

    @staticmethod
    def _is_next(
        text: str, number: Paragraph | None, held: list[Paragraph], rows: list[Row]
    ) -> bool:
        """
        Say whether a number begins the next key task and is no number within a cell.
        """
        if number is None:
            return True
        return not held and bool(rows) and int(text) == int(number.text) + 1

    def _row(
        self,
        number: Paragraph,
        held: list[Paragraph],
        texts: Sequence[Column],
        dated: Column,
        line: Paragraph,
        rows: list[Row],
    ) -> Row:
        row: Row = {"number": number, dated.value: line}
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


def _is_dated(text: str) -> bool:
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
