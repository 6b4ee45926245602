"""
A table drawn line by line, as wide as it needs to be: for files, pipes and thousands of rows.

Rich, which folds and colours for a terminal, takes a millisecond for each row and a tenth of a
second to load.  What is drawn here is what it draws where there is no edge, to the character.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["drawn"]

# Bell, backspace, vertical tab, form feed and carriage return move a cursor and show nothing.
_SILENT = {7: None, 8: None, 11: None, 12: None, 13: None}


def drawn(
    headings: Sequence[str], rows: Sequence[Sequence[str]], is_number: Sequence[bool]
) -> Iterator[str]:
    """
    Draw a table line by line, each with its line break.

    Args:
        headings: Of the columns, at least one.
        rows: A text for each column; one of several lines makes its row as high.
        is_number: Whether a column is set to the right.
    """
    cells = [[_lines(each) for each in row] for row in (headings, *rows)]
    widths = [
        max(cell_len(line) for cell in column for line in cell)
        for column in zip(*cells, strict=True)
    ]
    bars = ["━" * (width + 2) for width in widths]
    yield f"┏{'┳'.join(bars)}┓\n"
    yield from _row(cells[0], widths, is_number, "┃")
    yield f"┡{'╇'.join(bars)}┩\n"
    for row in cells[1:]:
        yield from _row(row, widths, is_number, "│")
    yield f"└{'┴'.join(bar.replace('━', '─') for bar in bars)}┘\n"


def _lines(text: str) -> list[str]:
    if text.isprintable():
        return [text]
    return text.translate(_SILENT).expandtabs(8).split("\n")


def _row(
    cells: Iterable[list[str]], widths: Sequence[int], is_number: Sequence[bool], bar: str
) -> Iterator[str]:
    held = list(cells)
    between = f" {bar} "
    for n in range(max(map(len, held))):
        padded = []
        for cell, width, right in zip(held, widths, is_number, strict=True):
            line = cell[n] if n < len(cell) else ""
            line = line.rstrip() if right else line
            gap = " " * (width - cell_len(line))
            padded.append(gap + line if right else line + gap)
        yield f"{bar} {between.join(padded)} {bar}\n"
