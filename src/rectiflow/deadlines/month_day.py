"""
A deadline that is a day of a month, its year not written (3月17日前).
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import attrs

from rectiflow.errors import InvalidValueError
from rectiflow.messages import Message
from rectiflow.source import Doubt
from rectiflow.workdays import Roll

from .adjusting import rolled_answer
from .dates import roll_of, undated
from .notation import written
from .resolution import TraceStep
from .rule import DeadlineRule, RuleKind
from .setting import Answer, Setting

__all__ = ["MonthDay", "check_month_day"]

_LEAP_YEAR = 2000
_MONTHS = 12


def check_month_day(kind: str, month: int, day: int) -> None:
    """
    Refuse a month or day that no year has.

    Raises:
        InvalidValueError: Naming the field of *kind*.
    """
    if type(month) is not int or not 1 <= month <= _MONTHS:
        raise InvalidValueError(f"{kind}.month", month, "1 to 12")
    most = monthrange(_LEAP_YEAR, month)[1]
    if type(day) is not int or not 1 <= day <= most:
        raise InvalidValueError(f"{kind}.day", day, f"1 to {most}")


@attrs.frozen(repr=False)
class MonthDay(DeadlineRule):
    """
    A day without a year (3月17日前), itself in time; the year is the issue date's.

    That year is marked as inferred and never rolled forward; without an issue date there is
    no day but a doubt that blocks.

    Attributes:
        month: 1 to 12.
        day: 1 to the month's last; 29 February is the 28th in a common year.
        roll: What happens if it is a rest day; taken as written by default.

    >>> MonthDay(3, 17).resolve(issued=date(2023, 3, 1)).due
    datetime.date(2023, 3, 17)
    """

    month: int
    day: int
    roll: Roll = attrs.field(default=Roll.NONE, converter=roll_of, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """
        Check that the day exists.
        """
        check_month_day("MonthDay", self.month, self.day)

    @property
    def kind(self) -> RuleKind:
        """
        Always ``fixed``.
        """
        return RuleKind.FIXED

    def answer(self, setting: Setting) -> Answer:
        """
        Give the day in the year of the issue date.
        """
        issued = setting.issued
        if issued is None:
            return undated(str(self))
        due = self._in(issued.year)
        inferred = TraceStep(
            Message.of("trace.inferred", places=(Message.of("place.year"),), issued=issued),
            inferred=True,
        )
        doubts: tuple[Doubt, ...] = ()
        if due < issued:
            candidates = (due.isoformat(), self._in(issued.year + 1).isoformat())
            code = "doubt.due-before-issued"
            doubts = (Doubt(code=code, words=str(self), candidates=candidates),)
        steps = (inferred, TraceStep(Message.of("trace.fixed", day=due), due))
        return rolled_answer(Answer(due=due, steps=steps, doubts=doubts), self.roll, setting)

    def _in(self, year: int) -> date:
        return date(year, self.month, min(self.day, monthrange(year, self.month)[1]))

    def __str__(self) -> str:
        """
        Write the rule in notation.
        """
        roll = None if self.roll is Roll.NONE else self.roll
        return written("MonthDay", self.month, self.day, roll=roll)

    __repr__ = __str__
