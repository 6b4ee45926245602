"""
The common face of all deadline rules.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING

from rectiflow.errors import InvalidValueError, RectiflowError
from rectiflow.moments import CHINA_TIME, Moment
from rectiflow.workdays import WorkCalendar

from .adjusting import adjusted
from .setting import Answer, Setting

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, tzinfo

    from .adjustments import Adjustment
    from .resolution import Resolution

__all__ = ["DeadlineRule", "RuleKind"]


class RuleKind(StrEnum):
    """
    The kinds of deadline that lists are written with.
    """

    FIXED = "fixed"
    MONTH_END = "month_end"
    QUARTER_END = "quarter_end"
    HALF_YEAR = "half_year"
    YEAR_END = "year_end"
    TEN_DAY = "ten_day"
    WORKDAYS_AFTER = "workdays_after"
    DAYS_AFTER = "days_after"
    MONTHS_AFTER = "months_after"
    BEFORE = "before"
    RECURRING = "recurring"
    ANNUAL = "annual"
    IMMEDIATE = "immediate"
    ONGOING = "ongoing"
    NONE = "none"
    EARLIEST = "earliest"
    LATEST = "latest"


class DeadlineRule(ABC):
    """
    A rule that comes to a day: a frozen value, compared by content.

    ``str(rule)`` writes it in the notation that :func:`~rectiflow.deadlines.parse_rule` reads.
    """

    __slots__ = ()

    @property
    @abstractmethod
    def kind(self) -> RuleKind:
        """
        The kind of deadline it is.
        """

    @property
    def events(self) -> frozenset[str]:
        """
        The names of the events it counts from.
        """
        return frozenset()

    @abstractmethod
    def answer(self, setting: Setting) -> Answer:
        """
        Come to a day from the facts of *setting* alone.
        """

    def resolve(
        self,
        issued: date | None = None,
        events: Mapping[str, Moment] | None = None,
        calendar: WorkCalendar | None = None,
        adjustments: Iterable[Adjustment] = (),
        *,
        immediate: DeadlineRule | None = None,
        zone: tzinfo = CHINA_TIME,
    ) -> Resolution:
        """
        Come to the due day, with every step that led there.

        Args:
            issued: The day the list was issued; gives the year where the text has none.
            events: Name to day, or instant, of what deadlines count from.
            calendar: Which days are worked; China's if not given.
            adjustments: Extensions, suspensions, restarts and overrides, in any order: each
                takes effect by its own day, two of one day in the order given.
            immediate: The rule that stands for 立行立改, for which the law has no number.
            zone: The time zone that days are meant in.

        Raises:
            UnresolvedDeadlineError: If the text gives no date and nobody has set one.
            CalendarCoverageError: If working days are counted past the calendar.
            InvalidValueError: If a day is no date, or an instant has no time zone.
        """
        used = WorkCalendar.china() if calendar is None else calendar
        if not isinstance(used, WorkCalendar):
            raise InvalidValueError("calendar", calendar, "a WorkCalendar")
        if not (immediate is None or isinstance(immediate, DeadlineRule)):
            raise InvalidValueError("immediate", immediate, "a rule, e.g. After(...)")
        if not isinstance(adjustments, Iterable):
            raise InvalidValueError("adjustments", adjustments, "a list of adjustments")
        setting = Setting(
            issued=issued,
            events=Setting.days_of(issued, events, zone),
            calendar=used,
            zone=zone,
            immediate=immediate,
        )
        try:
            return adjusted(self.answer, setting, tuple(adjustments))
        except RectiflowError:
            raise
        except (OverflowError, ValueError):
            # Python's days end with the year 9999.
            raise InvalidValueError("rule", self, "a rule that comes to a day there is") from None

    @abstractmethod
    def __str__(self) -> str:
        """
        Write the rule in notation.
        """
