"""
Deadline rules, what an office decides about them, and the days they come to.
"""

from .adjustments import (
    Adjustment,
    CountUnit,
    Extension,
    ExtensionUntil,
    Override,
    Restart,
    Suspension,
    effective_on,
)
from .combined import Earliest, Latest
from .counted import After, Before
from .dates import FixedDate, Period, PeriodEnd
from .month_day import MonthDay
from .notation import RuleSyntaxError
from .parsing import parse_adjustment, parse_rule
from .recurring import Annual, Cycle, Recurring
from .resolution import Certainty, Resolution, TraceStep, UnresolvedDeadlineError
from .rule import DeadlineRule, RuleKind
from .setting import Answer, Setting
from .undated import StandingDuty, Unresolved

__all__ = [
    "Adjustment",
    "After",
    "Annual",
    "Answer",
    "Before",
    "Certainty",
    "CountUnit",
    "Cycle",
    "DeadlineRule",
    "Earliest",
    "Extension",
    "ExtensionUntil",
    "FixedDate",
    "Latest",
    "MonthDay",
    "Override",
    "Period",
    "PeriodEnd",
    "Recurring",
    "Resolution",
    "Restart",
    "RuleKind",
    "RuleSyntaxError",
    "Setting",
    "StandingDuty",
    "Suspension",
    "TraceStep",
    "Unresolved",
    "UnresolvedDeadlineError",
    "effective_on",
    "parse_adjustment",
    "parse_rule",
]
