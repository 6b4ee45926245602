"""
What a fresh process pays: importing, and the first load, assign and review.
"""

from __future__ import annotations

import os
import subprocess
import sys

from .timing import Line

__all__ = ["measure"]

_PEERS = "import transitions, attrs, chinese_calendar.constants"
_WHOLE = f"""
from time import perf_counter
{_PEERS}
begun = perf_counter()
import rectiflow as rf
alone = perf_counter()
[getattr(rf, name) for name in rf.__all__]
print(alone - begun, perf_counter() - begun)
"""
_FIRST = """
from datetime import date
from time import perf_counter
import rectiflow as rf
[getattr(rf, name) for name in rf.__all__]
def board():
    rf.assign(rf.load("yuhui-2020")).review(date(2020, 7, 1))
begun = perf_counter()
board()
first = perf_counter()
board()
print(first - begun, perf_counter() - first)
"""


def _least(code: str, *, rounds: int = 12) -> list[float]:
    # Compiled files are what an installed library has, whatever this shell says.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    best: list[float] = []
    for _ in range(rounds):
        done = subprocess.run(  # noqa: S603 -- our own code
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env=environment,
        )
        found = [1e3 * float(word) for word in done.stdout.split()]
        best = found if not best else list(map(min, best, found))
    return best


def measure() -> list[Line]:
    """
    Measure in processes of their own, the least of twelve.
    """
    alone, whole = _least(_WHOLE)
    first, again = _least(_FIRST)
    return [
        Line(
            what="import rectiflow, beyond transitions, attrs and chinese_calendar.constants",
            figure=alone,
            unit="ms",
            bar=25,
            beside=f"with every public name touched {whole:.0f} ms",
        ),
        Line(
            what="load + assign + review of the Yuhui list, the first time in a process",
            figure=first,
            unit="ms",
            bar=50,
            beside=f"the second time {again:.1f} ms",
        ),
    ]
