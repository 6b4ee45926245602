"""
Paragraphs and tables heard of in a page's order, one inside the other.
"""

from __future__ import annotations

import attrs

from .blocks import Blocks, Box, Table
from .bounds import MOST_CELLS, MOST_DEPTH, refusal
from .grids import Page

__all__ = ["Builder"]


@attrs.define(eq=False)
class _Open:
    table: Table
    box: Box | None = None


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
        self._top: list[str | Table] = []
        self._open: list[_Open] = []
        self._line: list[str] = []
        self._lines_around: list[list[str]] = []
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
        if not self._line:
            return
        line = "".join(self._line).strip()
        self._line.clear()
        if line:
            self._content.append(line)

    def open_aside(self) -> None:
        """
        Hear that a text box begins within a line: it stands before that line, which goes on.
        """
        self._lines_around.append(self._line)
        self._line = []

    def close_aside(self) -> None:
        """
        Hear that the text box ends.
        """
        self.end_line()
        self._line = self._lines_around.pop()

    def open_table(self) -> None:
        """
        Hear that a table begins.
        """
        self.end_line()
        if len(self._open) >= MOST_DEPTH:
            raise refusal(self._document, "", "problem.nested-too-deep")
        table = Table()
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
            rows: How many rows it covers; :data:`~rectiflow.reading.blocks.TO_THE_END` for all
                that follow.
        """
        self.end_line()
        if self._open:
            self._open[-1].box = self._add(Box(columns=columns, rows=rows))

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
            self._add(Box(columns=columns, is_gap=True))

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
        return Page(blocks=tuple(Blocks(self._document).of(self._top)), embedded=embedded)

    @property
    def _content(self) -> list[str | Table]:
        if not self._open:
            return self._top
        last = self._open[-1]
        # Browsers show what stands in a table but in no cell before the table.
        return last.table.loose if last.box is None else last.box.content

    def _add(self, box: Box) -> Box:
        self._boxes += 1
        if self._boxes > MOST_CELLS:
            raise refusal(self._document, "", "problem.too-many-cells", most=MOST_CELLS)
        rows = self._open[-1].table.rows
        if not rows:
            rows.append([])
        rows[-1].append(box)
        return box
