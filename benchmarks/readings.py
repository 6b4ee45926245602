"""
Reading officials' Chinese, and whole files of a thousand rows.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import attrs
import docx
import openpyxl

import rectiflow as rf
from rectiflow.reading.listing import list_from_page
from rectiflow.reading.pages import read_page

from .timing import Line, minima

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["measure"]

ROWS = 1_000


def _cells() -> list[str]:
    """
    Give the requirement cells of the bundled list, each a text of its own by its years.
    """
    rows = rf.load("yuhui-2020").rows.values()
    texts = [row.requirement.text.printed for row in rows]
    return [text.replace("2020", str(year)) for year in range(2015, 2025) for text in texts]


def _large() -> rf.RectificationList:
    """
    Make a list of a thousand rows: those of Yuhui over and over, under numbers of their own.
    """
    rl = rf.load("yuhui-2020")
    own = [row for row in rl.rows.values() if row.inherited_from is None]
    rows = [
        attrs.evolve(own[n % len(own)], id=str(n + 1), task=f"任务{n + 1}") for n in range(ROWS)
    ]
    return attrs.evolve(rl, rows=tuple(rows))


def _seconds(call: Callable[[], object], rounds: int = 3) -> float:
    best = float("inf")
    for _ in range(rounds):
        begun = perf_counter()
        call()
        best = min(best, perf_counter() - begun)
    return best


def _by_openpyxl(path: Path) -> int:
    sheet = openpyxl.load_workbook(path).worksheets[0]
    return sum(1 for row in sheet.iter_rows() for cell in row if cell.value is not None)


def _by_python_docx(path: Path) -> int:
    table = docx.Document(str(path)).tables[0]
    return sum(1 for row in table.rows for cell in row.cells if cell.text)


def _texts() -> list[Line]:
    cells = _cells()
    issued = rf.load("yuhui-2020").issued
    clauses = sum(len(rf.read_requirement(text, issued).clauses) for text in cells)
    units = [row.unit_cell.printed for row in rf.load("yuhui-2020").rows.values() if row.unit_cell]
    best = minima(
        {
            "requirements": lambda: [rf.read_requirement(text, issued) for text in cells],
            "units": lambda: [rf.read_units(text) for text in units],
        },
        calls=1,
        rounds=15,
    )
    entries = sum(len(rf.read_units(text).entries) for text in units)
    return [
        Line(
            what="reading one clause of a requirement cell (20,000 a second)",
            figure=best["requirements"] / clauses * 1e6,
            unit="µs",
            bar=50,
            beside=f"{clauses / best['requirements']:,.0f} clauses a second",
        ),
        Line(
            what="reading one body of a unit cell",
            figure=best["units"] / entries * 1e6,
            unit="µs",
        ),
    ]


def _files(folder: Path) -> list[Line]:
    rl = _large()
    lines = []
    for ending, write, bar, peer, beside in (
        ("xlsx", rf.write_xlsx, 2, _by_openpyxl, "openpyxl, cells alone"),
        ("docx", rf.write_docx, 5, _by_python_docx, "python-docx, cells alone"),
    ):
        path = folder / f"list.{ending}"
        write(rl, path)
        # A page is read as any office's would be: without the copy that our writers lay in.
        seen = attrs.evolve(read_page(path), embedded=None)
        assert len(list_from_page(seen, "list").rows) == ROWS
        ours = _seconds(lambda path=path: list_from_page(read_page(path), "list"))
        theirs = _seconds(lambda path=path, peer=peer: peer(path), rounds=2)
        lines.append(
            Line(
                what=f"a {ending.upper()} of {ROWS:,} rows, read to a list",
                figure=ours,
                unit="s",
                bar=bar,
                beside=f"{beside}: {theirs:.2f} s",
            )
        )
    return lines


def measure() -> list[Line]:
    """
    Measure texts, and files written by our own writers and read as anybody's.
    """
    with tempfile.TemporaryDirectory() as folder:
        return [*_texts(), *_files(Path(folder))]
