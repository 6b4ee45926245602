"""
A period in days and what is decided about it, counted a second time and as plainly as can be.

Like :mod:`~rectiflow.testing.plain`, it shares no line with the library's own counting.
"""

from __future__ import annotations

from datetime import date, timedelta

import attrs

from rectiflow.deadlines import Adjustment, ExtensionUntil, Override, Restart, Suspension

__all__ = ["PlainPeriod"]

_DAY = timedelta(days=1)


@attrs.define
class PlainPeriod:
    """
    A date that is named, or so many calendar days after an event, and what was decided about it.

    Attributes:
        named: The date, if it is named.
        days: How many days otherwise; the event's own day is not counted.
        begun: The day of the event; ``None`` until it is recorded.
        decided: What was decided, in the order it was written.
    """

    named: date | None = None
    days: int = 0
    begun: date | None = None
    decided: list[Adjustment] = attrs.field(factory=list)

    def copy(self) -> PlainPeriod:
        """
        Make one that can be decided about without changing this one.
        """
        return attrs.evolve(self, decided=list(self.decided))

    def due(self, as_of: date) -> date | None:
        """
        Give the last day, as decided up to a day, included; ``None`` while the event is awaited.
        """
        known = [each for each in self.decided if _day_of(each) <= as_of]
        known.sort(key=_day_of)
        restart = None if self.named is not None else self._last_restart(known)
        due = self.named or self._counted(known, restart)
        for each in known[known.index(restart) :] if restart else known:
            if isinstance(each, Override):
                due = each.due
            elif isinstance(each, ExtensionUntil) and due is not None:
                due = max(due, each.day)
        return due

    def _last_restart(self, known: list[Adjustment]) -> Restart | None:
        # What would start a period anew before it began does nothing.
        restarts = [each for each in known if isinstance(each, Restart)]
        valid = [each for each in restarts if self.begun is None or each.on >= self.begun]
        return valid[-1] if valid else None

    def _counted(self, known: list[Adjustment], restart: Restart | None) -> date | None:
        if self.begun is None:
            return None
        day = self.begun if restart is None else restart.on
        pauses = [each for each in known if isinstance(each, Suspension)]
        left = self.days
        while left:
            day += _DAY
            left -= not any(each.first_day <= day <= each.last_day for each in pauses)
        return day


def _day_of(adjustment: Adjustment) -> date:
    match adjustment:
        case Suspension():
            return adjustment.first_day
        case Restart():
            return adjustment.on
        case Override():
            return adjustment.issued_on
        case _:
            return adjustment.granted_on
