"""
Batches of moves from a file: CSV, JSON Lines or a workbook, each line with its place.

A line of JSON is an object whose keys are the columns of the table::

    {"row": "2.1", "unit": "区城市管理局", "trigger": "self_check", "at": "2020-06-24"}
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from rectiflow.moves import Move
from rectiflow.problems import BadDocumentError, Problem

from .bounds import MOST_LINES, refusal
from .formats import Form, check_size, form_of
from .moves import COLUMNS, Line, column_problems, csv_lines, decoded_csv, move_of

if TYPE_CHECKING:
    from os import PathLike

    from .grids import Grid

__all__ = ["MoveFile", "load_move_file"]


@attrs.frozen(kw_only=True)
class MoveFile:
    """
    What a file of moves says.

    Attributes:
        document: Its path, for reports.
        moves: Its lines, in order.
        places: Where each stands in the file, e.g. ``"line 3"`` or ``"Sheet1!A3"``.
        digest: SHA-256 of its bytes: the same file has the same, wherever it lies.
    """

    document: str
    moves: tuple[Move, ...]
    places: tuple[str, ...]
    digest: str


Watch = Callable[[Iterable[Line], int], Iterable[Line]]
"""Goes through the lines of a file, of which there are about so many, before somebody's eyes."""


def load_move_file(path: str | PathLike[str], watch: Watch | None = None) -> MoveFile:
    """
    Read a batch from a file, whose form is told by what is in it.

    Args:
        path: The file.
        watch: Is handed the lines, to show how far they were read.

    Raises:
        BadDocumentError: With every bad line.
        OSError: If the file cannot be opened.
    """
    document = str(path)
    check_size(path)
    raw = Path(path).read_bytes()
    problems: list[Problem] = []
    lines: Iterable[Line] = _lines(raw, document, problems)
    if watch is not None:
        lines = watch(lines, raw.count(b"\n"))
    placed = [(line[0], move) for line in lines if (move := move_of(line, problems)) is not None]
    if problems:
        raise BadDocumentError(tuple(problems), document)
    return MoveFile(
        document=document,
        moves=tuple(move for _, move in placed),
        places=tuple(place for place, _ in placed),
        digest=sha256(raw).hexdigest(),
    )


def _lines(raw: bytes, document: str, problems: list[Problem]) -> Iterator[Line]:
    if raw.startswith(b"PK"):
        if form_of(raw, document) is not Form.XLSX:
            raise refusal(document, "", "problem.not-moves")
        return _of_workbook(raw, document, problems)
    text = decoded_csv(raw, document)
    if text.lstrip().startswith(("{", "[")):
        return _of_json(text, document, problems)
    return csv_lines(text, problems)


def _of_json(text: str, document: str, problems: list[Problem]) -> Iterator[Line]:
    # Not splitlines: a string of JSON may hold the other separators that it knows.
    for number, line in enumerate(text.split("\n"), 1):
        if number > MOST_LINES:
            raise refusal(document, f"line {number}", "problem.too-many-lines", most=MOST_LINES)
        if not line.strip():
            continue
        place = f"line {number}"
        try:
            read = json.loads(line, object_pairs_hook=list)
        except (ValueError, RecursionError) as error:
            why = getattr(error, "msg", None) or str(error)
            problems.append(Problem.of(place, "problem.bad-json", why))
            continue
        cells = _cells(read, place, problems)
        if cells is not None:
            yield place, cells, {}


def _cells(read: object, place: str, problems: list[Problem]) -> dict[str, str] | None:
    # An object is a list of pairs here, so that a key that stands twice is seen.
    if not isinstance(read, list) or not all(isinstance(pair, tuple) for pair in read):
        problems.append(Problem.of(place, "problem.not-object"))
        return None
    before = len(problems)
    names = [name for name, _ in read]
    problems += column_problems(names, place)
    cells: dict[str, str] = {}
    for name, value in read:
        if name == "evidence" and isinstance(value, list) and all(map(_is_link, value)):
            cells[name] = " ".join(value)
        elif isinstance(value, str) or value is None:
            cells[name] = value or ""
        elif name in COLUMNS:
            problems.append(Problem.of(f"{place}, {name}", "problem.not-text", json.dumps(value)))
    return None if len(problems) > before else cells


def _is_link(value: Any) -> bool:  # noqa: ANN401 -- whatever JSON holds
    return isinstance(value, str) and len(value.split()) == 1


def _of_workbook(raw: bytes, document: str, problems: list[Problem]) -> Iterator[Line]:
    # Only a program that reads a workbook pays for the reader.
    from .xlsx import read_xlsx  # noqa: PLC0415 -- as above

    grids = [grid for grid in read_xlsx(raw, document).grids if _is_filled(grid)]
    if len(grids) != 1:
        names = ", ".join(grid.name for grid in grids)
        raise refusal(document, "", "problem.one-sheet", names)
    return _of_grid(grids[0], problems)


def _is_filled(grid: Grid) -> bool:
    return any(cell is not None and cell.text for row in grid.places for cell in row)


def _of_grid(grid: Grid, problems: list[Problem]) -> Iterator[Line]:
    columns: list[str] | None = None
    for row in grid.places:
        texts = ["" if cell is None else cell.text.strip() for cell in row]
        if not any(texts) or texts[0].startswith("#"):
            continue
        place = next(cell.place for cell in row if cell is not None)
        if columns is None:
            # What stands to the right of the last heading is nobody's.
            while texts and not texts[-1]:
                texts.pop()
            columns = texts
            problems += column_problems(columns, place)
            if problems:
                return
            continue
        if any(texts[len(columns) :]):
            facts = {"expected": len(columns)}
            problems.append(Problem.of(place, "problem.cell-count", len(texts), **facts))
            continue
        cells = dict(zip(columns, texts, strict=False))
        places = {name: cell.place for name, cell in zip(columns, row, strict=False) if cell}
        yield place, cells, places
