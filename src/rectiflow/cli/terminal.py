"""
Tables on a terminal: folded where room is short, and coloured.
"""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

if TYPE_CHECKING:
    from .table import Layout

__all__ = ["print_layout", "terminal"]

# What has no edge is never folded: a line that a program searches stays one line.
_NO_EDGE = 1_000_000
# Room for two Chinese characters.
_LEAST = 4


def print_layout(layout: Layout, console: Console) -> None:
    """
    Print a table, folded to the width of a console.
    """
    console.print(_table(layout, console.width))


def _table(layout: Layout, room: int) -> RichTable:
    headings, written = layout.headings, layout.written
    natural = [max(map(cell_len, cells)) for cells in zip(headings, *written, strict=True)]
    if sum(natural) + 3 * len(headings) + 1 <= room:
        table = RichTable()
        fixed: list[int | None] = [None] * len(headings)
    else:
        table = RichTable(
            box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, collapse_padding=True
        )
        fixed = _fixed(layout, room)
    for heading, right, width in zip(headings, layout.is_number, fixed, strict=True):
        table.add_column(
            Text(heading), justify="right" if right else "left", overflow="fold", width=width
        )
    for number, row in enumerate(written):
        table.add_row(*map(Text, row), style=layout.styles.get(number))
    return table


def _fixed(layout: Layout, room: int) -> list[int | None]:
    # Where room is short, days, numbers and names of states stay whole and prose is folded.
    widths: list[int | None] = [
        max(_narrowest(heading), *(cell_len(row[n]) for row in layout.written))
        if all(each is None or isinstance(each, (date, int, Enum)) for each in layout.values[n])
        else None
        for n, heading in enumerate(layout.headings)
    ]
    folded = widths.count(None)
    taken = sum(width for width in widths if width is not None) + 2 * (len(widths) - 1)
    if taken + _LEAST * folded > room:
        return [None] * len(widths)
    return widths


def _narrowest(heading: str) -> int:
    # English is folded between words, Chinese anywhere: two characters a line read well.
    return max(cell_len(word) if word.isascii() else _LEAST for word in heading.split())


class _Console(Console):
    """
    A console that leaves it to the program what to do when nobody reads on.
    """

    def on_broken_pipe(self) -> None:
        """
        Raise what has happened; Rich would exit with 1.
        """
        raise BrokenPipeError


def terminal(file: Any) -> Console:  # noqa: ANN401 -- any text stream
    """
    Make a console as wide as the terminal, or without an edge where there is none.

    In a terminal COLUMNS overrules its width; cells that do not fit are folded, never cut.
    """
    console = _Console(file=file)
    if not console.is_terminal:
        console.width = _NO_EDGE
    return console
