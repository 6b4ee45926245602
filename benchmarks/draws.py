"""
Drawing a case of every strategy that Hypothesis finds by type, and what the hook costs.
"""

from __future__ import annotations

import subprocess
import sys
from statistics import median

from hypothesis import strategies as st

import rectiflow as rf
from rectiflow.testing._hypothesis_hook import STRATEGIES
from rectiflow.testing.phrases import requirement_cells

from .drawing import median_draw
from .timing import Line

__all__ = ["measure"]

# Whole documents: some hundred choices each, and Hypothesis takes 20 µs for one.
WHOLE = {"RectificationList", "Ledger", "Review", "Row", "Requirement", "ReviewRow", "Standing"}


def _hook() -> Line:
    code = (
        "import time, importlib.metadata as m, sys; m.entry_points = lambda **_: ()\n"
        "import hypothesis\n"
        "begun = time.perf_counter()\n"
        "from rectiflow.testing._hypothesis_hook import register; register()\n"
        "print((time.perf_counter() - begun) * 1e3)\n"
    )
    runs = [
        float(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout)  # noqa: S603 -- our own code
        for _ in range(5)
    ]
    return Line(
        what="what the entry point adds to `import hypothesis`", figure=min(runs), unit="ms", bar=5
    )


def measure() -> list[Line]:
    """
    Measure the median draw of every strategy; the slowest of each class is shown.
    """
    found = {name: median_draw(st.from_type(getattr(rf, name))) for name in sorted(STRATEGIES)}
    parts = {name: each for name, each in found.items() if name not in WHOLE}
    slowest, longest = max(parts, key=parts.__getitem__), max(found, key=found.__getitem__)
    return [
        Line(
            what="drawing a case, the median over all strategies of values",
            figure=median(found.values()),
            unit="ms",
            bar=1,
            beside=f"{sum(each <= 1 for each in found.values())} of {len(found)} within 1 ms",
        ),
        Line(
            what="drawing a part of a list, the slowest strategy",
            figure=parts[slowest],
            unit="ms",
            beside=slowest,
        ),
        Line(
            what="drawing a whole document, the slowest strategy",
            figure=found[longest],
            unit="ms",
            beside=longest,
        ),
        Line(
            what="drawing a requirement cell with its meaning",
            figure=median_draw(requirement_cells()),
            unit="ms",
        ),
        _hook(),
    ]
