"""
The whole battery of laws on the library itself, and drawing one case of a law.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from statistics import median
from time import perf_counter

import rectiflow as rf
from rectiflow import deadlines
from rectiflow.testing import calendar_laws, check, china_laws, rule_laws
from rectiflow.testing.laws.calendar_subject import subject_of

from .drawing import median_draw
from .timing import Line

__all__ = ["measure"]

CHINA = rf.WorkCalendar.china()
BATTERY = (
    *((calendar_laws, CHINA, law.id) for law in calendar_laws),
    *((china_laws, CHINA, law.id) for law in china_laws),
    *((rule_laws, deadlines, law.id) for law in rule_laws),
)


def _tried(place: int) -> bool:
    family, target, law = BATTERY[place]
    return check(family.only(law), target).holds


def _battery() -> float:
    begun = perf_counter()
    with ProcessPoolExecutor(2) as pool:
        held = list(pool.map(_tried, range(len(BATTERY)), chunksize=4))
    if not all(held):
        raise AssertionError([BATTERY[n][2] for n, each in enumerate(held) if not each])
    return perf_counter() - begun


def measure() -> list[Line]:
    """
    Measure the battery, and the slowest case to draw.
    """
    subject = subject_of(CHINA)
    draws = {law.id: median_draw(law.cases(subject)) for law in calendar_laws}
    draws |= {law.id: median_draw(law.cases(deadlines)) for law in rule_laws}
    slowest = max(draws, key=lambda law: draws[law])
    return [
        Line(
            what=f"all {len(BATTERY)} laws on the real calendar and the rules, two processes",
            figure=_battery(),
            unit="s",
            bar=60,
            beside="200 cases each",
        ),
        Line(
            what="drawing a case of a law, the slowest law's median",
            figure=draws[slowest],
            unit="ms",
            bar=1,
            beside=f"{slowest}; the median law {median(draws.values()):.2f} ms",
        ),
    ]
