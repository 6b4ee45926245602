"""
A table as people or programs want it: aligned, JSON or CSV.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Sequence
from datetime import date
from enum import Enum, StrEnum
from typing import Any

import attrs
from rich.console import Console
from rich.table import Table as RichTable

from rectiflow.messages import Language, Message

__all__ = ["Column", "Format", "Sheet", "console_for", "print_sheets", "shown"]

_WIDE = 120
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
    """

    key: str
    is_number: bool = False

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
                console.print(title, style="bold", highlight=False)
                if sheet.rows:
                    console.print(_table(sheet, lang))
                else:
                    console.print(Message.of("sheet.empty").text(lang))
        case Format.JSON:
            found = {sheet.name: sheet.records() for sheet in sheets}
            _write(console, json.dumps(found, ensure_ascii=False, indent=2) + "\n")
        case Format.CSV:
            chosen = next((s for s in sheets if s.name == main), sheets[0])
            _write(console, _csv(chosen))


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


def _write(console: Console, text: str) -> None:
    # Written as it is: what a program reads is neither wrapped nor styled.
    console.file.write(text)


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


def _table(sheet: Sheet, lang: Language) -> RichTable:
    written = [[shown(value, lang) for value in row] for row in sheet.rows]
    # A column that says nothing would only take the others' room.
    kept = [n for n in range(len(sheet.columns)) if any(row[n] for row in written)]
    table = RichTable()
    for column in (sheet.columns[n] for n in kept):
        table.add_column(
            column.heading(lang),
            justify="right" if column.is_number else "left",
            overflow="fold",
        )
    for number, row in enumerate(written):
        table.add_row(*(row[n] for n in kept), style=sheet.styles.get(number))
    return table


def _csv(sheet: Sheet) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(column.key for column in sheet.columns)
    for record in sheet.records():
        writer.writerow(map(_cell, record.values()))
    return out.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, dict):
        return _cell(value["text"])
    if isinstance(value, list):
        return _cell("; ".join(str(_cell(each)) for each in value))
    # A spreadsheet would run a text that begins like a formula.
    if isinstance(value, str) and value.startswith(_LIVE):
        return "'" + value
    return value


def console_for(file: Any) -> Console:  # noqa: ANN401 -- any text stream
    """
    Make a console as wide as the terminal, or as COLUMNS says; cells that do not fit are folded.
    """
    console = Console(file=file)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = _WIDE
    return console
