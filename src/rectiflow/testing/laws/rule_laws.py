"""
The laws of deadline rules.
"""

from __future__ import annotations

from .family import LawFamily
from .protocols import RULES
from .rule_counting import COUNTING
from .rule_dates import DATES
from .rule_decisions import DECISIONS

__all__ = ["rule_laws"]

rule_laws = LawFamily(
    name="rules",
    parts=RULES,
    laws=(*COUNTING, *DATES, *DECISIONS),
    makes_classes=False,
)
"""What holds of every set of rules that counts as the law does."""
