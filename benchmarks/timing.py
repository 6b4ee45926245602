"""
Minima of interleaved rounds, and a line of the report.
"""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Line", "minima"]


def minima(
    contestants: Mapping[str, Callable[[], object]], *, calls: int, rounds: int = 40
) -> dict[str, float]:
    """
    Time contestants turn by turn and give the least seconds a call of each.

    Interleaved, so that a slow moment of the machine falls on all; the minimum, since noise
    only ever adds.
    """
    best = dict.fromkeys(contestants, float("inf"))
    for _ in range(rounds):
        for name, call in contestants.items():
            begun = perf_counter()
            for _ in range(calls):
                call()
            best[name] = min(best[name], (perf_counter() - begun) / calls)
    return best


@attrs.frozen(kw_only=True)
class Line:
    """
    One line of the report.

    Attributes:
        what: What was measured.
        figure: The measured figure.
        unit: Of what; ``"×"`` for a ratio.
        bar: What it must not exceed; ``None`` for a figure without one.
        beside: What a reader may compare it with.
    """

    what: str
    figure: float
    unit: str
    bar: float | None = None
    beside: str = ""

    @property
    def verdict(self) -> str:
        """
        Say whether the bar is met.
        """
        if self.bar is None:
            return ""
        return "met" if self.figure <= self.bar else "MISSED"
