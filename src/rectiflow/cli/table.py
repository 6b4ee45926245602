"""
A table as people or programs want it: aligned, JSON or CSV.
"""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from enum import Enum, StrEnum
from functools import lru_cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

import attrs

from rectiflow.messages import Language, Message

from .drawing import drawn
from .streams import write_data

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["Column", "Format", "Layout", "Paper", "Sheet", "console_for", "print_sheets", "shown"]

Cell = TypeVar("Cell")

# More rows than these are not folded on a terminal either: that would take a second.
_MOST_FOLDED = 200
# Nor is JSON for people any more.
_MOST_INDENTED = 500
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
        most: How many rows a table for people has; it says how many more there are.
        total: How many rows there are, where those that nobody would see were left out.
    """

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[object]]
    styles: dict[int, str] = attrs.field(factory=dict)
    facts: dict[str, object] = attrs.field(factory=dict)
    most: int | None = None
    total: int | None = None

    def written(self, write: Callable[[object], Cell]) -> Iterator[tuple[Cell, ...]]:
        """
        Give the rows with each cell written.
        """
        columns = zip(*self.rows, strict=True)
        return zip(*(_each_once(values, write) for values in columns), strict=True)


@attrs.frozen
class Paper:
    """
    Output without an edge and without colours: a file, a pipe.

    Attributes:
        file: Where it goes.
    """

    file: TextIO


@attrs.frozen(kw_only=True)
class Layout:
    """
    A sheet as it is written for people: columns that say nothing are left out.

    Attributes:
        headings: Of its columns.
        written: Its rows, as texts.
        values: Its columns, as values.
        is_number: Which columns are set to the right.
        styles: Row number to a style.
    """

    headings: list[str]
    written: list[list[str]]
    values: list[list[object]]
    is_number: list[bool]
    styles: dict[int, str]

    @classmethod
    def of(cls, sheet: Sheet, lang: Language) -> Layout:
        """
        Lay a sheet out.
        """
        rows = sheet.rows[: sheet.most]
        # A column that says nothing would only take the others' room.
        kept = [
            n
            for n, column in enumerate(sheet.columns)
            if any(row[n] not in (None, "", [], (), column.usual) for row in rows)
        ]
        return cls(
            headings=[sheet.columns[n].heading(lang) for n in kept],
            written=[[shown(row[n], lang) for n in kept] for row in rows],
            values=[[row[n] for row in rows] for n in kept],
            is_number=[sheet.columns[n].is_number for n in kept],
            styles=sheet.styles,
        )


def print_sheets(
    sheets: Sequence[Sheet],
    how: Format,
    lang: Language,
    console: Paper | Console,
    *,
    main: str = "",
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
                _print(sheet, lang, console)
        case Format.JSON:
            write_data(console.file, _json(sheets))
        case Format.CSV:
            chosen = next((s for s in sheets if s.name == main), sheets[0])
            write_data(console.file, _csv(chosen))


def console_for(file: Any) -> Paper | Console:  # noqa: ANN401 -- any text stream
    """
    Make a console as wide as the terminal, or without an edge where there is none.

    In a terminal COLUMNS overrules its width; cells that do not fit are folded, never cut.
    """
    encoding = getattr(file, "encoding", None) or "utf-8"
    if file.isatty() or not encoding.lower().startswith("utf") or not _ASKED.isdisjoint(os.environ):
        # Only who looks at a terminal pays for Rich; it knows what boxes another encoding has.
        from .terminal import terminal  # noqa: PLC0415 -- as above

        return terminal(file)
    return Paper(file)


# By these a caller asks Rich to take any file for a terminal.
_ASKED = frozenset({"FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"})


def _print(sheet: Sheet, lang: Language, console: Paper | Console) -> None:
    title = Message(f"sheet.{sheet.name}", sheet.facts).text(lang)
    layout = Layout.of(sheet, lang)
    total = len(sheet.rows) if sheet.total is None else sheet.total
    hidden = total - len(layout.written)
    more = f"{Message.of('sheet.more', n=hidden).text(lang)}\n" if hidden else ""
    empty = "" if sheet.rows else f"{Message.of('sheet.empty').text(lang)}\n"
    if not isinstance(console, Paper):
        from rich.text import Text  # noqa: PLC0415 -- it is there: the console came from it

        from .terminal import print_layout  # noqa: PLC0415 -- as above

        # As Text: a list may hold brackets, which Rich would read as its markup.
        console.print(Text(title, style="bold"))
        if len(layout.written) <= _MOST_FOLDED:
            if layout.headings:
                print_layout(layout, console)
            console.print(Text(empty + more), end="")
            return
        console.file.flush()
    else:
        console.file.write(f"{title}\n")
    if layout.headings:
        console.file.writelines(drawn(layout.headings, layout.written, layout.is_number))
    console.file.write(empty + more)


def shown(value: object, lang: Language) -> str:
    """
    Write a value for people: names of stages and outcomes in their language, nothing for none.
    """
    if value is None:
        return ""
    if isinstance(value, Message):
        return value.text(lang)
    if isinstance(value, bool):
        return Message.of("answer.yes" if value else "answer.no").text(lang)
    if isinstance(value, Enum):
        return _named(value, lang)
    if isinstance(value, (tuple, list)):
        return ("、" if lang == "zh" else ", ").join(shown(each, lang) for each in value)
    return str(value)


@lru_cache(1024)
def _named(value: Enum, lang: Language) -> str:
    return Message.of("value", value=value).text(lang)


_AS_THEY_ARE = frozenset({str, int, bool, float, type(None)})


def _plain(value: object) -> object:
    if type(value) in _AS_THEY_ARE:
        return value
    if isinstance(value, Message):
        return {"code": value.code, "text": value.text("en")}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (tuple, list)):
        return [_plain(each) for each in value]
    return value


def _json(sheets: Sequence[Sheet]) -> str:
    if sum(len(sheet.rows) for sheet in sheets) <= _MOST_INDENTED:
        return json.dumps(_records(sheets), ensure_ascii=False, indent=2) + "\n"
    # A line for each row: indented, the standard library writes ten times as slowly.
    return "{\n" + ",\n".join(map(_lines, sheets)) + "\n}\n"


def _records(sheets: Sequence[Sheet]) -> dict[str, list[dict[str, Any]]]:
    return {
        sheet.name: [
            {column.key: _plain(each) for column, each in zip(sheet.columns, row, strict=True)}
            for row in sheet.rows
        ]
        for sheet in sheets
    }


def _lines(sheet: Sheet) -> str:
    if not sheet.rows:
        return f"  {_line(sheet.name)}: []"
    keys = (_line(column.key).replace("%", "%%") for column in sheet.columns)
    form = "{" + ", ".join(f"{key}: %s" for key in keys) + "}"
    rows = (form % row for row in sheet.written(_plain_line))
    return f"  {_line(sheet.name)}: [\n    " + ",\n    ".join(rows) + "\n  ]"


_line = json.JSONEncoder(ensure_ascii=False).encode


def _plain_line(value: object) -> str:
    return _line(_plain(value))


def _csv(sheet: Sheet) -> str:
    written: list[str] = []
    # The writer quotes only what is in its own line ending: with "\n" alone, a "\r" within a cell
    # would part the line for a reader.
    writer = csv.writer(SimpleNamespace(write=written.append), lineterminator="\r\n")
    writer.writerow([column.key for column in sheet.columns])
    writer.writerows(sheet.written(_plain_cell))
    return "".join([line.removesuffix("\r\n") + "\n" for line in written])


def _plain_cell(value: object) -> object:
    return _cell(_plain(value))


def _each_once(values: Sequence[object], write: Callable[[object], Cell]) -> Iterator[Cell]:
    # In ten thousand rows the same few days, stages and outcomes come again and again.
    if all(map(_is_told_apart, set(map(type, values)))):
        known = {value: write(value) for value in set(values)}
        return map(known.__getitem__, values)
    return map(write, values)


def _is_told_apart(kind: type) -> bool:
    # Of these no two values are equal that are written in two ways, as 1 and True are.
    return kind in {str, int, date, type(None)} or issubclass(kind, StrEnum)


def _cell(value: object) -> object:
    if value is None or type(value) is int:
        return value
    if isinstance(value, dict):
        return _cell(value["text"])
    if isinstance(value, list):
        return _cell("; ".join(str(_cell(each)) for each in value))
    # A spreadsheet would run a text that begins like a formula.
    if isinstance(value, str) and value.startswith(_LIVE):
        return "'" + value
    return value
