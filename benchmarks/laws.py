"""
The whole battery of laws on the library itself, and drawing one case of a law.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from statistics import median
from time import perf_counter

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import rectiflow as rf
from rectiflow import deadlines
from rectiflow.testing import Law, calendar_laws, check, china_laws, rule_laws
from rectiflow.testing.laws.calendar_subject import subject_of

from .timing import Line

__all__ = ["measure"]

DRAWS = 200
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


def _draw(law: Law, subject: object) -> float:
    cases = law.cases(subject)
    times: list[float] = []

    @settings(
        max_examples=DRAWS,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def draw(data: st.DataObject) -> None:
        begun = perf_counter()
        data.draw(cases)
        times.append(perf_counter() - begun)

    draw()
    return 1e3 * median(times)


def measure() -> list[Line]:
    """
    Measure the battery, and the slowest case to draw.
    """
    subject = subject_of(CHINA)
    draws = {law.id: _draw(law, subject) for law in calendar_laws}
    draws |= {law.id: _draw(law, deadlines) for law in rule_laws}
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
