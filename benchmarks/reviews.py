"""
Reviewing a hundred thousand assignments.
"""

from __future__ import annotations

import gc
from datetime import date
from time import perf_counter

import attrs

import rectiflow as rf

from .timing import Line

__all__ = ["large", "measure"]

DAY = date(2020, 7, 1)


def large(n: int) -> rf.Ledger:
    """
    Make a ledger of *n* assignments: row 2.1 of Yuhui a hundred times, with made-up units.
    """
    rl = rf.load("yuhui-2020")
    rows = 100
    units = tuple(rf.Unit(name=f"单位{k}") for k in range(n // rows))
    bodies = tuple(rf.Responsibility(body=unit) for unit in units)
    row = attrs.evolve(rl.rows["2.1"], unit_cell=None, responsibilities=bodies, doubts=())
    many = tuple(attrs.evolve(row, id=str(k)) for k in range(rows))
    return rf.assign(attrs.evolve(rl, units=rf.UnitRegister(units), rows=many))


def _seconds(ledger: rf.Ledger) -> float:
    best = float("inf")
    for _ in range(3):
        gc.collect()
        begun = perf_counter()
        ledger.review(DAY)
        best = min(best, perf_counter() - begun)
    return best


def measure() -> list[Line]:
    """
    Measure it untouched, and with half of them moved twice.
    """
    n = 100_000
    ledger = large(n)
    untouched = _seconds(ledger)
    at = date(2020, 6, 24)
    for k, assignment in enumerate(ledger):
        if k % 2:
            ledger.keep(assignment.self_check(at=at).rectify(at=at))
    moved = _seconds(ledger)
    return [
        Line(
            what=f"review of {n:,} assignments, half of them moved twice",
            figure=moved,
            unit="s",
            bar=2,
            beside=f"untouched {untouched:.2f} s",
        )
    ]
