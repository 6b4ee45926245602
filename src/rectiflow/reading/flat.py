"""
Plain text flattened from a table, back to a grid: bars, tabs or blanks in the line, or lines.

A merged cell vanishes from such a text without a trace, so that what it covered is inferred by
what the cells say: a number begins a key task, a deadline is the requirement, names of bodies are
the unit cell.  What was inferred so is doubted.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from .bounds import MOST_CELL, MOST_FLAT_ROWS
from .columns import ESSENTIAL, Column, column_named
from .flat_lines import by_lines, is_dated
from .grids import Cell, Grid, Page, Paragraph
from .headings import heading_of
from .notes import stands_apart

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["unflattened"]

_BARS = re.compile(r"\s*[|｜│┃\t]\s*")
_BLANKS = re.compile(r"\s*(?:[ \xa0]{2,}|\u3000+)\s*")
_BLANK = re.compile(r"\s+")
_EDGES = "|｜│┃ \t\u3000"
_RULE = re.compile(r"^[\s|｜│┃+\-─━=:]*$")
_WHOLE_NUMBER = re.compile(r"\d{1,3}")
_FEWEST = 3


def unflattened(page: Page) -> Page:
    """
    Find the table in the lines of a plain text; the page as it is if there is none.
    """
    lines = list(page.paragraphs)
    for parting in (_BARS, _BLANKS):
        found = _in_lines(lines, parting)
        if found is not None:
            return found
    bare = [attrs.evolve(line, text=line.text.strip(_EDGES)) for line in lines]
    bare = [line for line in bare if line.text]
    return by_lines(bare) or by_lines(_words(bare)) or page


def _in_lines(lines: Sequence[Paragraph], parting: re.Pattern[str]) -> Page | None:
    """
    Read a table whose lines part their cells by bars, tabs or blanks.
    """
    cut = [_cells(line.text, parting) for line in lines]
    heads = (n for n, words in enumerate(cut) if len(words) > 1 and heading_of(words))
    n = next(heads, None)
    if n is None:
        return None
    reader = _Rows(cut[n], lines[n].place)
    for at in range(n + 1, len(lines)):
        if not _RULE.match(lines[at].text):
            reader.take(lines[at].place, cut[at], at + 1)
            if reader.count > MOST_FLAT_ROWS:
                break
        elif reader.end == at:
            reader.end += 1
    last = reader.end or n + 1
    return Page(blocks=(*lines[:n], reader.grid(), *lines[last:]))


def _cells(line: str, parting: re.Pattern[str]) -> list[str]:
    bare = line.strip().strip("|｜│┃")
    return [part.strip() for part in parting.split(bare.strip() if parting is _BLANKS else bare)]


class _Rows:
    """
    Puts the cells of lines into rows: a cell of several lines goes on in the next one.

    Attributes:
        end: How many lines of the text have been read once the last row ends; 0 before it.
    """

    def __init__(self, headings: list[str], place: str) -> None:
        self.end = 0
        self._width = len(headings)
        self._columns = [column_named(each) for each in headings]
        self._rows: list[tuple[str, list[str]]] = [(place, headings)]
        self._waiting: list[tuple[str, str]] = []  # Lines of one cell, until a row follows.

    @property
    def count(self) -> int:
        """
        How many rows there are so far, the headings included.
        """
        return len(self._rows)

    def take(self, place: str, cells: list[str], end: int) -> None:
        """
        Take a line; *end* is how many have been read with it.
        """
        if len(cells) == 1 and not self._lacks(cells):
            self._waiting.append((place, cells[0]))
            return
        self._settle()
        if self._lacks(cells):
            row = self._rows[-1][1]
            row[-1:] = [f"{row[-1]}\n{cells[0]}", *cells[1:]]
        else:
            self._rows.append((place, self._aligned(cells)))
        self.end = end

    def grid(self) -> Grid:
        """
        Give the table; what no heading stands over is its last columns.
        """
        width = max(len(row) for _place, row in self._rows)
        places = tuple(
            tuple(
                Cell(text=_unquoted(text), place=f"{place}, column {n + 1}", row=number, column=n)
                for n, text in enumerate(row + [""] * (width - len(row)))
            )
            for number, (place, row) in enumerate(self._rows)
        )
        return Grid(name="table 1", places=places, knows_merges=False)

    def _lacks(self, cells: list[str]) -> bool:
        """
        Say whether the last row lacks just what these cells go on with, or leaves a quote open.
        """
        row = self._rows[-1][1]
        if row[-1].startswith('"') and len(row[-1]) <= MOST_CELL and row[-1].count('"') % 2:
            return True
        is_begun = len(self._rows) > 1 and _WHOLE_NUMBER.fullmatch(row[0]) is not None
        is_next = _WHOLE_NUMBER.fullmatch(cells[0]) is not None
        is_whole = len(row) + len(cells) - 1 <= self._width
        return is_begun and len(row) < self._width and not is_next and is_whole

    def _settle(self) -> None:
        """
        Put lines that stood alone between two rows where they belong.
        """
        for place, words in self._waiting:
            if stands_apart(words) or len(self._rows) == 1:
                self._rows.append((place, [words]))
            else:
                self._rows[-1][1][-1] += f"\n{words}"
        self._waiting.clear()

    def _aligned(self, cells: list[str]) -> list[str]:
        """
        Leave out at the left what a merged cell above covers, if the right column then is dated.
        """
        lacking = self._width - len(cells)
        if lacking > 0 and not _WHOLE_NUMBER.fullmatch(cells[0]):
            moved = [""] * lacking + cells
            dated = {Column.REQUIREMENT, Column.LIMIT} & ESSENTIAL
            if any(
                column in dated and is_dated(text)
                for column, text in zip(self._columns, moved, strict=True)
            ):
                return moved
        return cells


def _unquoted(text: str) -> str:
    # Spreadsheets put a cell of several lines between quotes when it is copied.
    is_quoted = len(text) > 1 and text[0] == text[-1] == '"' and "\n" in text
    return text[1:-1].replace('""', '"') if is_quoted else text


def _words(lines: Sequence[Paragraph]) -> list[Paragraph]:
    """
    Cut the lines into cells, from the first in which headings stand beside one another.
    """
    for n, line in enumerate(lines):
        has_bars = _BARS.search(line.text) is not None
        parting = _BARS if has_bars else _BLANK
        words = [each for each in parting.split(line.text) if each]
        if has_bars:
            # The title has no bar behind it.
            words = [*words[0].split(), *words[1:]]
        named = [column_named(each) is not None for each in words]
        if sum(named) < _FEWEST:
            continue
        start = named.index(True)
        title = [Paragraph(" ".join(words[:start]), line.place)] if start else []
        rest = (
            (each.place, parting.split(each.text) if at else words[start:])
            for at, each in enumerate(lines[n:])
        )
        cells = [
            Paragraph(word, f"{place}, cell {number}")
            for place, parts in rest
            for number, word in enumerate((part for part in parts if part), 1)
        ]
        return [*lines[:n], *title, *cells]
    return []
