"""
The laws of a calendar, and those of China's.
"""

from __future__ import annotations

from .calendar_bounds import BOUNDS
from .calendar_changing import CHANGING
from .calendar_counting import COUNTING
from .calendar_rolling import ROLLING
from .calendar_subject import subject_of
from .family import LawFamily
from .protocols import CALENDAR

__all__ = ["calendar_laws"]

calendar_laws = LawFamily(
    name="calendar",
    parts=CALENDAR,
    laws=(*BOUNDS, *COUNTING, *ROLLING, *CHANGING),
    prepare=subject_of,
)
"""What holds of every calendar of working days."""
