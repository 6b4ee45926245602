"""
Known-wrong engines, under which a test suite must fail.

    with sabotage("start-day-counted"):
        ...  # a test that passes here does not look at how days are counted
"""

from .all import SABOTEURS, sabotage
from .running import SabotageOutcome, SabotageReport, SabotageResult, SuiteError, run_sabotage
from .saboteur import Saboteur

__all__ = [
    "SABOTEURS",
    "SabotageOutcome",
    "SabotageReport",
    "SabotageResult",
    "Saboteur",
    "SuiteError",
    "run_sabotage",
    "sabotage",
]
