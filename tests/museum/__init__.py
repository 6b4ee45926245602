"""
The museum of mistakes: planted bugs, each named and explained, that the shipped laws must catch.
"""

from __future__ import annotations

from . import calendars, cases, china, readers, records, rules, stores, verdicts
from .exhibits import Exhibit, caught_by, is_caught

__all__ = ["EXHIBITS", "Exhibit", "caught_by", "is_caught"]

EXHIBITS: tuple[Exhibit, ...] = (
    *calendars.EXHIBITS,
    *china.EXHIBITS,
    *rules.EXHIBITS,
    *cases.EXHIBITS,
    *verdicts.EXHIBITS,
    *records.EXHIBITS,
    *readers.EXHIBITS,
    *stores.EXHIBITS,
)
"""Every mistake on show, family by family; another family adds its module here."""
