"""
Deadlines that are dates: a day as written, or the end of a calendar period.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from enum import StrEnum

import attrs

from rectiflow.errors import InvalidValueError
from rectiflow.messages import Message
from rectiflow.source import Doubt
from rectiflow.workdays import Roll

from .adjusting import rolled_answer
from .adjustments import a_day
from .counting import corresponding_day
from .notation import written
from .resolution import TraceStep
from .rule import DeadlineRule, RuleKind
from .setting import Answer, Setting

__all__ = ["FixedDate", "Period", "PeriodEnd", "roll_of", "undated"]


def roll_of(value: Roll | str) -> Roll:
    """
    Read a roll from its name.

    Raises:
        InvalidValueError: If there is no such roll.
    """
    try:
        return Roll(value)
    except ValueError:
        raise InvalidValueError("roll", value, "one of " + ", ".join(Roll)) from None


@attrs.frozen(repr=False)
class FixedDate(DeadlineRule):
    """
    A day as written (2020年6月30日前), itself in time: 前 with a date includes it, by convention.

    Attributes:
        day: The last day, included.
        roll: What happens if it is a rest day.  Taken as written by default, since 民法典 203
            speaks of counted periods and not of dates.

    >>> FixedDate(date(2020, 6, 30)).resolve().due
    datetime.date(2020, 6, 30)
    """

    day: date = attrs.field(validator=a_day)
    roll: Roll = attrs.field(default=Roll.NONE, converter=roll_of, kw_only=True)

    @property
    def kind(self) -> RuleKind:
        """
        Always ``fixed``.
        """
        return RuleKind.FIXED

    def answer(self, setting: Setting) -> Answer:
        """
        Give the day as written, rolled only if asked to.
        """
        step = TraceStep(Message.of("trace.fixed", day=self.day), self.day)
        return rolled_answer(Answer(due=self.day, steps=(step,)), self.roll, setting)

    def __str__(self) -> str:
        """
        Write the rule in notation.
        """
        return written("FixedDate", self.day, roll=None if self.roll is Roll.NONE else self.roll)

    __repr__ = __str__


class Period(StrEnum):
    """
    A calendar period whose end is a deadline.
    """

    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"
    TEN_DAY = "ten_day"


_KINDS = {
    Period.YEAR: RuleKind.YEAR_END,
    Period.HALF: RuleKind.HALF_YEAR,
    Period.QUARTER: RuleKind.QUARTER_END,
    Period.MONTH: RuleKind.MONTH_END,
    Period.TEN_DAY: RuleKind.TEN_DAY,
}
# What each period is told by, besides its year.
_PLACES: dict[Period, tuple[str, ...]] = {
    Period.YEAR: (),
    Period.HALF: ("half",),
    Period.QUARTER: ("quarter",),
    Period.MONTH: ("month",),
    Period.TEN_DAY: ("month", "ten_day"),
}
_BOUNDS = {"half": 2, "quarter": 4, "month": 12, "ten_day": 3}


def _period(value: Period | str) -> Period:
    try:
        return Period(value)
    except ValueError:
        raise InvalidValueError("PeriodEnd.period", value, "one of " + ", ".join(Period)) from None


@attrs.frozen(repr=False)
class PeriodEnd(DeadlineRule):
    """
    The last calendar day of a period (年底前, 9月底前, 上半年, 6月中旬), included, by convention.

    What is not given is taken from the issue date and marked as inferred; the year is never
    rolled forward, and without an issue date there is no day but a doubt that blocks.

    Attributes:
        period: ``"year"``, ``"half"``, ``"quarter"``, ``"month"`` or ``"ten_day"``.
        half: 1 or 2.
        quarter: 1 to 4.
        month: 1 to 12.
        ten_day: 1, 2 or 3: up to the 10th (上旬), the 20th (中旬), the month's end (下旬).
        year: Four digits.
        roll: What happens if the last day is a rest day; taken as it is by default.

    Raises:
        InvalidValueError: If a place does not belong to the period or is out of bounds.

    >>> PeriodEnd("year").resolve(issued=date(2020, 6, 17)).due
    datetime.date(2020, 12, 31)
    >>> PeriodEnd("ten_day", month=6, ten_day=2, year=2021)
    PeriodEnd(ten_day, month=6, ten_day=2, year=2021)
    """

    period: Period = attrs.field(converter=_period)
    half: int | None = attrs.field(default=None, kw_only=True)
    quarter: int | None = attrs.field(default=None, kw_only=True)
    month: int | None = attrs.field(default=None, kw_only=True)
    ten_day: int | None = attrs.field(default=None, kw_only=True)
    year: int | None = attrs.field(default=None, kw_only=True)
    roll: Roll = attrs.field(default=Roll.NONE, converter=roll_of, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """
        Check that each place given belongs to the period and lies in its bounds.
        """
        places = _PLACES[self.period]
        for name, most in _BOUNDS.items():
            value = getattr(self, name)
            if value is not None and name not in places:
                expected = f"nothing: the end of a {self.period} is not told by it"
                raise InvalidValueError(f"PeriodEnd.{name}", value, expected)
            if value is not None and (type(value) is not int or not 1 <= value <= most):
                raise InvalidValueError(f"PeriodEnd.{name}", value, f"1 to {most}")
        if self.year is not None and (type(self.year) is not int or not 1900 <= self.year <= 9998):  # noqa: PLR2004 -- four digits, and a day after it
            raise InvalidValueError("PeriodEnd.year", self.year, "four digits, e.g. 2020")
        given = [self._has(place) for place in ("year", *places)]
        if given != sorted(given):
            # 2021年 with no quarter named has no quarter's end that an issue date could tell.
            name = ("year", *places)[given.index(False, given.index(True))]
            expected = "a value, as a longer part of the date is given"
            raise InvalidValueError(f"PeriodEnd.{name}", None, expected)

    @property
    def kind(self) -> RuleKind:
        """
        The kind that belongs to the period, e.g. ``year_end``.
        """
        return _KINDS[self.period]

    def answer(self, setting: Setting) -> Answer:
        """
        Give the last day of the period, its missing places taken from the issue date.
        """
        places = ("year", *_PLACES[self.period])
        missing = tuple(place for place in places if not self._has(place))
        issued = setting.issued
        if issued is None:
            if missing:
                return undated(str(self))
            issued = date.min  # nothing is taken from it
        due = self.end_seen_from(issued)
        steps = [TraceStep(Message.of(f"trace.period-end.{self.period}", day=due), due)]
        doubts: tuple[Doubt, ...] = ()
        if missing:
            inferred = tuple(Message.of(f"place.{place}") for place in missing)
            message = Message.of("trace.inferred", places=inferred, issued=issued)
            steps.insert(0, TraceStep(message, inferred=True))
            if due < issued:
                doubts = (self._doubt(due, months=1 if "month" in missing else 12),)
        return rolled_answer(Answer(due=due, steps=tuple(steps), doubts=doubts), self.roll, setting)

    def _has(self, place: str) -> bool:
        return getattr(self, place) is not None

    def _doubt(self, due: date, months: int) -> Doubt:
        # The year is never rolled forward in silence: a person is asked.
        later = self.end_seen_from(corresponding_day(due, months))
        candidates = (due.isoformat(), later.isoformat())
        return Doubt(code="doubt.due-before-issued", words=str(self), candidates=candidates)

    def end_seen_from(self, day: date) -> date:
        """
        Give the period's last day, whatever is not given taken from *day*.
        """
        year = day.year if self.year is None else self.year
        month = day.month if self.month is None else self.month
        match self.period:
            case Period.YEAR:
                month = 12
            case Period.HALF:
                month = 6 * (self.half or (month + 5) // 6)
            case Period.QUARTER:
                month = 3 * (self.quarter or (month + 2) // 3)
            case Period.TEN_DAY:
                third = self.ten_day or (day.day + 9) // 10  # the 31st counts as a third too
                if third < _BOUNDS["ten_day"]:
                    return date(year, month, 10 * third)
        return date(year, month, monthrange(year, month)[1])

    def __str__(self) -> str:
        """
        Write the rule in notation.
        """
        return written(
            "PeriodEnd",
            self.period,
            half=self.half,
            quarter=self.quarter,
            month=self.month,
            ten_day=self.ten_day,
            year=self.year,
            roll=None if self.roll is Roll.NONE else self.roll,
        )

    __repr__ = __str__


def undated(words: str) -> Answer:
    """
    Answer for a rule that needs the issue date and was given none.
    """
    step = TraceStep(Message.of("trace.no-issue-date"))
    doubt = Doubt(code="doubt.no-year", words=words, blocks=True)
    return Answer(due=None, steps=(step,), doubts=(doubt,))
