"""
A table as people or programs want it: aligned, JSON or CSV.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import date
from enum import Enum, StrEnum
from typing import Any

import attrs
from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from rectiflow.messages import Language, Message

from .streams import write_data

__all__ = ["Column", "Format", "Sheet", "console_for", "print_sheets", "shown"]

# What has no edge is never folded: a line that a program searches stays one line.
_NO_EDGE = 1_000_000
# Room for two Chinese characters.
_LEAST = 4
_LIVE = ("=", "+", "-", "@", "\t", "\r")


class Format(StrEnum):
    """
    How a command writes what it found.
    """

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


@attrs.frozen
class Column:
    """
    A column: its key for programs, which is its heading's message code too.

    Attributes:
        key: The same in every language.
        is_number: Whether it is set to the right.
        usual: The value that says nothing; where no other occurs, a table for people leaves the
            column out.
    """

    key: str
    is_number: bool = False
    usual: object = None

    def heading(self, lang: Language) -> str:
        """
        Give the heading for people.
        """
        return Message.of(f"column.{self.key}").text(lang)


@attrs.frozen(kw_only=True)
class Sheet:
    """
    A table to be written.

    Attributes:
        name: Its key in JSON, its title's message code too.
        columns: In order.
        rows: A value for each column.
        styles: Row number to a style, for what should catch the eye.
        facts: What its title names.
    """

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[object]]
    styles: dict[int, str] = attrs.field(factory=dict)
    facts: dict[str, object] = attrs.field(factory=dict)

    def records(self) -> list[dict[str, Any]]:
        """
        Give the rows as plain data with stable keys.
        """
        keys = [column.key for column in self.columns]
        return [dict(zip(keys, map(_plain, row), strict=True)) for row in self.rows]


def print_sheets(
    sheets: Sequence[Sheet], how: Format, lang: Language, console: Console, *, main: str = ""
) -> None:
    """
    Write sheets to a console.

    Args:
        sheets: In order.
        how: Aligned tables; one JSON object with a list for each sheet; or CSV of one sheet.
        lang: The language of headings and names.
        console: Where to.
        main: The sheet that CSV writes; the first if not given.
    """
    match how:
        case Format.TABLE:
            for sheet in sheets:
                title = Message(f"sheet.{sheet.name}", sheet.facts).text(lang)
                # As Text: a list may hold brackets, which Rich would read as its markup.
                console.print(Text(title, style="bold"))
                if sheet.rows:
                    console.print(_table(sheet, lang, console.width))
                else:
                    console.print(Text(Message.of("sheet.empty").text(lang)))
        case Format.JSON:
            found = {sheet.name: sheet.records() for sheet in sheets}
            write_data(console.file, json.dumps(found, ensure_ascii=False, indent=2) + "\n")
        case Format.CSV:
            chosen = next((s for s in sheets if s.name == main), sheets[0])
            write_data(console.file, _csv(chosen))


def shown(value: object, lang: Language) -> str:
    """
    Write a value for people: names of stages and outcomes in their language, nothing for none.
    """
    if value is None:
        return ""
    if isinstance(value, Message):
        return value.text(lang)
    if isinstance(value, Enum):
        return Message.of("value", value=value).text(lang)
    if isinstance(value, (tuple, list)):
        return ("、" if lang == "zh" else ", ").join(shown(each, lang) for each in value)
    return str(value)


def _plain(value: object) -> object:
    if isinstance(value, Message):
        return {"code": value.code, "text": value.text("en")}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (tuple, list)):
        return [_plain(each) for each in value]
    return value


def _table(sheet: Sheet, lang: Language, room: int) -> RichTable:
    # A column that says nothing would only take the others' room.
    kept = [
        n
        for n, column in enumerate(sheet.columns)
        if any(row[n] not in (None, "", [], (), column.usual) for row in sheet.rows)
    ]
    columns = [sheet.columns[n] for n in kept]
    written = [[shown(row[n], lang) for n in kept] for row in sheet.rows]
    headings = [column.heading(lang) for column in columns]
    natural = [max(map(cell_len, cells)) for cells in zip(headings, *written, strict=True)]
    if sum(natural) + 3 * len(kept) + 1 <= room:
        table = RichTable()
        fixed: list[int | None] = [None] * len(kept)
    else:
        table = RichTable(
            box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, collapse_padding=True
        )
        values = [[row[n] for row in sheet.rows] for n in kept]
        fixed = _fixed(headings, values, written, room)
    for column, heading, width in zip(columns, headings, fixed, strict=True):
        table.add_column(
            Text(heading),
            justify="right" if column.is_number else "left",
            overflow="fold",
            width=width,
        )
    for number, row in enumerate(written):
        table.add_row(*map(Text, row), style=sheet.styles.get(number))
    return table


def _fixed(
    headings: list[str], values: list[list[object]], written: list[list[str]], room: int
) -> list[int | None]:
    # Where room is short, days, numbers and names of states stay whole and prose is folded.
    widths: list[int | None] = [
        max(_narrowest(heading), *(cell_len(row[n]) for row in written))
        if all(each is None or isinstance(each, (date, int, Enum)) for each in values[n])
        else None
        for n, heading in enumerate(headings)
    ]
    folded = widths.count(None)
    taken = sum(width for width in widths if width is not None) + 2 * (len(widths) - 1)
    if taken + _LEAST * folded > room:
        return [None] * len(widths)
    return widths


def _narrowest(heading: str) -> int:
    # English is folded between words, Chinese anywhere: two characters a line read well.
    return max(cell_len(word) if word.isascii() else _LEAST for word in heading.split())


def _csv(sheet: Sheet) -> str:
    heading: list[object] = [column.key for column in sheet.columns]
    lines = [[_cell(each) for each in record.values()] for record in sheet.records()]
    return "".join(map(_csv_line, [heading, *lines]))


def _csv_line(cells: Sequence[object]) -> str:
    # The writer quotes only what is in its own line ending: with "\n" alone, a "\r" within a cell
    # would part the line for a reader.
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue().removesuffix("\r\n") + "\n"


def _cell(value: object) -> object:
    if isinstance(value, dict):
        return _cell(value["text"])
    if isinstance(value, list):
        return _cell("; ".join(str(_cell(each)) for each in value))
    # A spreadsheet would run a text that begins like a formula.
    if isinstance(value, str) and value.startswith(_LIVE):
        return "'" + value
    return value


class _Console(Console):
    """
    A console that leaves it to the program what to do when nobody reads on.
    """

    def on_broken_pipe(self) -> None:
        """
        Raise what has happened; Rich would exit with 1.
        """
        raise BrokenPipeError


def console_for(file: Any) -> Console:  # noqa: ANN401 -- any text stream
    """
    Make a console as wide as the terminal, or without an edge where there is none.

    In a terminal COLUMNS overrules its width; cells that do not fit are folded, never cut.
    """
    console = _Console(file=file)
    if not console.is_terminal:
        console.width = _NO_EDGE
    return console
