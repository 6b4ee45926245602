"""
Strategies for batches of moves as files, legal and spoilt: CSV tables and lines of JSON.
"""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import TYPE_CHECKING

import attrs
from hypothesis import strategies as st

from rectiflow.moves import Move
from rectiflow.reading.moves import COLUMNS
from rectiflow.refusals import Fact
from rectiflow.stages import Stage, Trigger

from .ledgers import moves, small_lists

if TYPE_CHECKING:
    from collections.abc import Callable

    from rectiflow.lists import RectificationList

__all__ = [
    "PrintedBatch",
    "SpoiltBatch",
    "batch_files",
    "batch_lines",
    "spoilt_batches",
]

_A_LIST = small_lists(max_rows=1, max_units=1)


@attrs.frozen
class PrintedBatch:
    """
    A batch file and the moves it means.

    Attributes:
        text: The table as CSV, or a line of JSON for each move.
        expected: What reading it must give.
    """

    text: str
    expected: tuple[Move, ...]


@attrs.frozen
class SpoiltBatch:
    """
    A batch file with one mistake.

    Attributes:
        text: A line of JSON for each move.
        place: Where the one problem is, e.g. ``"line 3, at"``.
        code: The code of that problem, e.g. ``"problem.bad-cell"``.
    """

    text: str
    place: str
    code: str


@st.composite
def batch_files(draw: st.DrawFn, rl: RectificationList | None = None) -> PrintedBatch:
    """
    Draw batch files as spreadsheets write them: any order of columns, remarks, blank lines.

    Args:
        draw: Hypothesis's own.
        rl: The list whose rows and units they name; a small one if not given.
    """
    drawn = st.lists(moves(draw(_A_LIST) if rl is None else rl), max_size=4)
    given = tuple(draw(drawn))
    columns = draw(st.permutations(COLUMNS)) if draw(st.booleans()) else COLUMNS
    ending = draw(st.sampled_from(("\n", "\r\n")))
    out = io.StringIO()
    table = csv.writer(out, lineterminator=ending)
    out.write(draw(st.sampled_from(("", "# 备注" + ending, ending))))
    table.writerow(columns)
    for move in given:
        table.writerow([_cell(move, column) for column in columns])
        out.write(draw(st.sampled_from(("", ending, "," * (len(columns) - 1) + ending))))
    return PrintedBatch(out.getvalue(), given)


def _cell(move: Move, column: str) -> str:
    value = getattr(move, column)
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return " ".join(value)
    if isinstance(value, (Trigger, Fact, Stage)):
        return value.value
    return str(value)


@st.composite
def batch_lines(draw: st.DrawFn, rl: RectificationList | None = None) -> PrintedBatch:
    """
    Draw batches as programs write them, a JSON object a line: keys in any order, some left out.

    Args:
        draw: Hypothesis's own.
        rl: The list whose rows and units they name; a small one if not given.
    """
    given = draw(st.lists(moves(draw(_A_LIST) if rl is None else rl), min_size=1, max_size=4))
    leaves_out, turned, blank = draw(st.tuples(st.booleans(), st.booleans(), st.booleans()))
    lines = [_line(_cells(move, leaves_out=leaves_out, turned=turned)) for move in given]
    return PrintedBatch(("\n\n" if blank else "\n").join(lines) + "\n", tuple(given))


def _cells(move: Move, *, leaves_out: bool, turned: bool) -> dict[str, object]:
    cells: dict[str, object] = {name: _cell(move, name) for name in COLUMNS}
    cells["evidence"] = list(move.evidence)
    if leaves_out:
        cells = {name: value for name, value in cells.items() if value}
    return dict(reversed(cells.items())) if turned else cells


def _line(cells: dict[str, object]) -> str:
    return json.dumps(cells, ensure_ascii=False)


def _put(name: str, value: object) -> Callable[[dict[str, object]], str]:
    return lambda cells: _line({**cells, name: value})


# What is done to a line, where in it the problem is told, and its code.
_WAYS: tuple[tuple[Callable[[dict[str, object]], str], str, str], ...] = (
    (_put("at", "2020-02-30"), ", at", "problem.bad-cell"),
    (_put("trigger", "finish"), ", trigger", "problem.bad-cell"),
    (_put("at", ""), ", at", "problem.empty-cell"),
    (_put("row", 2.1), ", row", "problem.not-text"),
    (_put("office", "区政府"), "", "problem.unknown-column"),
    (
        lambda cells: _line({k: v for k, v in cells.items() if k != "unit"}),
        "",
        "problem.missing-column",
    ),
    (lambda cells: _line(cells)[:-1] + ', "row": "1"}', "", "problem.column-twice"),
    (lambda cells: _line(cells)[:-1], "", "problem.bad-json"),
    (lambda cells: json.dumps(list(cells)), "", "problem.not-object"),
)


@st.composite
def spoilt_batches(draw: st.DrawFn, rl: RectificationList | None = None) -> SpoiltBatch:
    """
    Draw batches of JSON lines of which one is spoilt: it must be told, and nothing taken.

    Args:
        draw: Hypothesis's own.
        rl: The list whose rows and units they name; a small one if not given.
    """
    given = draw(st.lists(moves(draw(_A_LIST) if rl is None else rl), min_size=1, max_size=3))
    spoil, within, code = draw(st.sampled_from(_WAYS))
    at = draw(st.integers(0, len(given) - 1))
    cells = [_cells(move, leaves_out=False, turned=False) for move in given]
    lines = [spoil(each) if n == at else _line(each) for n, each in enumerate(cells)]
    return SpoiltBatch("\n".join(lines) + "\n", f"line {at + 1}{within}", code)
