"""
Making assignments: time, bytes, and whether both stay linear.
"""

from __future__ import annotations

import gc
import tracemalloc
from time import perf_counter

import rectiflow as rf

from .timing import Line

__all__ = ["measure"]


def _made(n: int) -> float:
    """
    Make *n* assignments and give the least seconds each took.
    """
    first = next(iter(rf.assign(rf.load("yuhui-2020"))))
    best = float("inf")
    for _ in range(5):
        gc.collect()
        begun = perf_counter()
        held = [rf.Assignment(first.campaign, first.row, first.unit) for _ in range(n)]
        best = min(best, (perf_counter() - begun) / n)
        del held
    return best


def _bytes(n: int) -> float:
    first = next(iter(rf.assign(rf.load("yuhui-2020"))))
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    held = [rf.Assignment(first.campaign, first.row, first.unit) for _ in range(n)]
    after = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return (after - before) / len(held)


def measure() -> list[Line]:
    """
    Measure 2,000, 20,000 and 200,000 of them.
    """
    times = {n: 1e6 * _made(n) for n in (2_000, 20_000, 200_000)}
    growth = ", ".join(f"{n:,}: {t:.2f} µs each" for n, t in times.items())
    return [
        Line(
            what="making an assignment, 200,000 of them",
            figure=times[200_000],
            unit="µs",
            bar=2.0,
            beside=growth,
        ),
        Line(
            what="an assignment's bytes, its place in a list included",
            figure=_bytes(200_000),
            unit="bytes",
            bar=300,
        ),
    ]
