"""
How long it takes to draw one case of a strategy.
"""

from __future__ import annotations

from statistics import median
from time import perf_counter

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

__all__ = ["median_draw"]

DRAWS = 200


def median_draw(strategy: st.SearchStrategy[object]) -> float:
    """
    Draw again and again and give the median, in milliseconds.
    """
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
        data.draw(strategy)
        times.append(perf_counter() - begun)

    draw()
    return median(times) * 1e3
