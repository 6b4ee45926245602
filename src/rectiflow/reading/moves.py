"""
Batches of moves as a CSV table.

    row,unit,trigger,at,by,note
    2.1,区城市管理局,self_check,2020-06-24,张三,

The first line names the columns: ``row``, ``unit``, ``trigger`` and ``at`` must be there;
``by``, ``note``, ``evidence`` (links, parted by blanks), ``recorded_at``, ``to``, ``reason``,
``milestone``, ``event``, ``adjustment`` (in notation) and ``external_id`` may be.  A line that
begins with ``#`` is a remark.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rectiflow.deadlines import parse_adjustment
from rectiflow.errors import InvalidValueError, RectiflowError
from rectiflow.moments import read_moment
from rectiflow.moves import Move, as_act
from rectiflow.problems import BadDocumentError, Problem
from rectiflow.stages import as_stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from os import PathLike

__all__ = [
    "COLUMNS",
    "Line",
    "column_problems",
    "csv_lines",
    "decoded_csv",
    "load_moves",
    "move_of",
    "read_moves",
]

Line = tuple[str, dict[str, str], Mapping[str, str]]
"""Where a line stands, its cells by their columns, and where each cell stands if not beside it."""

_NEEDED = ("row", "unit", "trigger", "at")
COLUMNS = (
    *_NEEDED,
    "by",
    "note",
    "evidence",
    "recorded_at",
    "to",
    "reason",
    "milestone",
    "event",
    "adjustment",
    "external_id",
)
"""The columns a table may have."""
# As a spreadsheet shows a day, or saves it as CSV: with an office's own separators, and zeros left
# off.
_DAY = re.compile(r"(\d{4})(?:[/.-](\d{1,2})[/.-](\d{1,2})|年(\d{1,2})月(\d{1,2})日)", re.ASCII)


def load_moves(path: str | PathLike[str]) -> tuple[Move, ...]:
    """
    Read a batch from a CSV file in UTF-8, with or without a byte order mark.

    Raises:
        BadDocumentError: With every bad line.
        OSError: If the file cannot be opened.
    """
    from pathlib import Path  # noqa: PLC0415 -- a program that reads no file need not load it

    return read_moves(decoded_csv(Path(path).read_bytes(), str(path)), document=str(path))


def decoded_csv(raw: bytes, document: str) -> str:
    """
    Decode a file in UTF-8, with or without a byte order mark.

    Raises:
        BadDocumentError: With the line that is not UTF-8.
    """
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        problem = Problem.of(f"line {line}", "problem.not-utf-8")
        raise BadDocumentError((problem,), document) from None


def read_moves(text: str, *, document: str = "") -> tuple[Move, ...]:
    r"""
    Read a batch from the text of a CSV table.

    Raises:
        BadDocumentError: With every bad line, each problem's place being line and column.

    >>> read_moves("row,unit,trigger,at\n2.1,区城市管理局,self_check,2020-06-24\n")[0].unit
    '区城市管理局'
    """
    problems: list[Problem] = []
    found = (move_of(line, problems) for line in csv_lines(text, problems))
    moves = [move for move in found if move is not None]
    if problems:
        raise BadDocumentError(tuple(problems), document)
    return tuple(moves)


def csv_lines(text: str, problems: list[Problem]) -> Iterator[Line]:
    """
    Go through the lines of a CSV table; what is wrong with the table is added to *problems*.
    """
    import csv  # noqa: PLC0415 -- a program that reads no table need not load it

    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    columns: list[str] | None = None
    try:
        for cells in reader:
            line = f"line {reader.line_num}"
            if not any(map(str.strip, cells)) or cells[0].startswith("#"):
                continue
            if columns is None:
                columns = [cell.strip() for cell in cells]
                problems += column_problems(columns, line)
                if problems:
                    return
            elif len(cells) != len(columns):
                facts = {"expected": len(columns)}
                problems.append(Problem.of(line, "problem.cell-count", len(cells), **facts))
            else:
                yield line, dict(zip(columns, cells, strict=True)), {}
    except csv.Error as error:
        problems.append(Problem.of(f"line {reader.line_num}", "problem.bad-csv", str(error)))
    if columns is None and not problems:
        problems.append(Problem.of("line 1", "problem.no-columns", ",".join(_NEEDED)))


def column_problems(columns: list[str], line: str) -> Iterator[Problem]:
    """
    Say what is wrong with the names of columns that stand on a line.
    """
    for name in _NEEDED:
        if name not in columns:
            yield Problem.of(line, "problem.missing-column", name)
    for position, name in enumerate(columns):
        if name not in COLUMNS:
            yield Problem.of(line, "problem.unknown-column", name, known=COLUMNS)
        elif name in columns[:position]:
            yield Problem.of(line, "problem.column-twice", name)


def move_of(found: Line, problems: list[Problem]) -> Move | None:
    """
    Make the move that a line says, or add to *problems* what is wrong with it.
    """
    line, cells, places = found
    read: dict[str, Any] = {}
    before = len(problems)
    for name, cell in cells.items():
        place = places.get(name) or f"{line}, {name}"
        if not cell.strip():
            if name in _NEEDED:
                problems.append(Problem.of(place, "problem.empty-cell"))
            continue
        try:
            read[name] = _value(name, cell.strip())
        except RectiflowError as error:
            problems.append(Problem.of(place, "problem.bad-cell", cell, error=error.message))
    if len(problems) > before:
        return None
    try:
        return Move(**read)
    except RectiflowError as error:
        problems.append(Problem.of(line, "problem.bad-line", error=error.message))
        return None


def _value(name: str, cell: str) -> object:
    if "\0" in cell:
        raise InvalidValueError(name, cell[:80], "a text without NUL characters; remove them")
    match name:
        case "at" | "recorded_at":
            return read_moment(name, _iso(cell))
        case "trigger":
            return as_act(cell)
        case "to":
            return as_stage(cell)
        case "evidence":
            return tuple(cell.split())
        case "adjustment":
            return parse_adjustment(cell)
        case _:
            return cell


def _iso(text: str) -> str:
    found = _DAY.fullmatch(text)
    if found is None:
        return text
    year, *rest = (part for part in found.groups() if part)
    return "-".join([year, *(part.zfill(2) for part in rest)])
