"""
Deadlines that come back: every quarter's end, every year by 31 January.
"""

from __future__ import annotations

from calendar import monthrange
from contextlib import suppress
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

import attrs

from rectiflow.errors import InvalidValueError
from rectiflow.messages import Message
from rectiflow.moments import check_day

from .counting import corresponding_day
from .dates import FixedDate, Period, PeriodEnd, undated
from .month_day import check_month_day
from .notation import written
from .resolution import TraceStep
from .rule import DeadlineRule, RuleKind
from .setting import Answer, Setting

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Annual", "Cycle", "Recurring"]


class Cycle(StrEnum):
    """
    How often a deadline comes back.
    """

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


_MONTHS = {Cycle.MONTH: 1, Cycle.QUARTER: 3, Cycle.HALF: 6, Cycle.YEAR: 12}
_SHORTEST = {
    Period.YEAR: Cycle.YEAR,
    Period.HALF: Cycle.HALF,
    Period.QUARTER: Cycle.QUARTER,
    Period.MONTH: Cycle.MONTH,
    Period.TEN_DAY: Cycle.MONTH,
}


def _cycle(value: Cycle | str) -> Cycle:
    try:
        return Cycle(value)
    except ValueError:
        raise InvalidValueError("Recurring.every", value, "one of " + ", ".join(Cycle)) from None


def _a_day_or_none(instance: object, field: attrs.Attribute[date | None], value: object) -> None:
    if value is not None:
        check_day(f"{type(instance).__name__}.{field.name}", value)


def _first_occurrence(rule: Recurring | Annual, setting: Setting) -> Answer:
    issued = setting.issued
    if issued is None:
        return undated(str(rule))
    due = next(rule._from(issued), None)  # noqa: SLF001 -- the two classes of this file share it
    if due is None:
        expected = "a rule that comes again before the year 10000"
        raise InvalidValueError("rule", str(rule), expected)
    if rule.since is None or rule.since <= issued:
        message = Message.of("trace.first-occurrence", issued=issued, day=due)
    else:
        message = Message.of("trace.first-occurrence-since", since=rule.since, day=due)
    return Answer(due=due, steps=(TraceStep(message, due, inferred=True),))


@attrs.frozen(repr=False)
class Recurring(DeadlineRule):
    """
    A deadline that comes back (每月底前); due is the first on or after the issue date.

    Attributes:
        rule: One of its days, as a :class:`FixedDate` that gives the place in the cycle (20
            March for every quarter means also 20 June; the 31st gives way to a month's last
            day), or a :class:`PeriodEnd` without a year that is at most one cycle long.
        every: ``"week"``, ``"month"``, ``"quarter"``, ``"half"`` or ``"year"``.
        since: The first day on which it may fall, included (2021年起，每年…); ``None`` for any.

    Raises:
        InvalidValueError: If *rule* is neither, or cannot come back so often.

    >>> rule = Recurring(FixedDate(date(2016, 3, 20)), "quarter")
    >>> rule.resolve(issued=date(2016, 2, 26)).due
    datetime.date(2016, 3, 20)
    >>> [str(day) for day in rule.occurrences(date(2016, 6, 20), date(2016, 9, 20))]
    ['2016-06-20', '2016-09-20']
    """

    rule: FixedDate | PeriodEnd
    every: Cycle = attrs.field(converter=_cycle)
    since: date | None = attrs.field(default=None, kw_only=True, validator=_a_day_or_none)

    def __attrs_post_init__(self) -> None:
        """
        Check that the rule can come back every cycle.
        """
        rule = self.rule
        if isinstance(rule, FixedDate):
            fits = True
        elif isinstance(rule, PeriodEnd):
            fits = rule.year is None and self.every is self._cycle_of(rule)
        else:
            fits = False
        if not fits:
            expected = "a FixedDate, or a PeriodEnd without a year that comes once a cycle"
            raise InvalidValueError("Recurring.rule", rule, expected)

    @staticmethod
    def _cycle_of(rule: PeriodEnd) -> Cycle:
        named = rule.half, rule.quarter, rule.month
        return Cycle.YEAR if any(named) else _SHORTEST[rule.period]

    @property
    def kind(self) -> RuleKind:
        """
        Always ``recurring``.
        """
        return RuleKind.RECURRING

    def occurrences(self, first: date, last: date) -> list[date]:
        """
        List the due days from *first* to *last*, both included, in order.

        Raises:
            InvalidValueError: If either is no date.
        """
        return _between(self, first, last)

    def _from(self, first: date) -> Iterator[date]:
        first = first if self.since is None else max(first, self.since)
        if self.every is Cycle.WEEK:
            day = self._on_weekday(first)
            while True:
                yield day
                day += timedelta(days=7)
        months = _MONTHS[self.every]
        # One cycle back is early enough: every cycle has one day.
        turn = -1
        while True:
            day = self._in_cycle(first, turn * months)
            if day >= first:
                yield day
            turn += 1

    def _on_weekday(self, first: date) -> date:
        day = self.rule.day if isinstance(self.rule, FixedDate) else first
        return first + timedelta(days=(day - first).days % 7)

    def _in_cycle(self, around: date, months: int) -> date:
        within = corresponding_day(around.replace(day=1), months)
        if isinstance(self.rule, FixedDate):
            day = self.rule.day
            apart = 12 * (within.year - day.year) + within.month - day.month
            step = _MONTHS[self.every]
            return corresponding_day(day, apart - apart % step)
        return self.rule.end_seen_from(within)

    def answer(self, setting: Setting) -> Answer:
        """
        Give the first day on or after the issue date.
        """
        return _first_occurrence(self, setting)

    def __str__(self) -> str:
        """
        Write the rule in notation.
        """
        return written("Recurring", self.rule, self.every, since=self.since)

    __repr__ = __str__


@attrs.frozen(repr=False)
class Annual(DeadlineRule):
    """
    The same day every year (每年1月31日前), included; due is the first on or after the issue date.

    Attributes:
        month: 1 to 12.
        day: 1 to the month's last; 29 February is the 28th in a common year.
        since: The first day on which it may fall, included; ``None`` for any.

    Source:
        政府信息公开条例 49: annual reports by 31 January and 31 March.

    >>> Annual(1, 31).resolve(issued=date(2018, 12, 5)).due
    datetime.date(2019, 1, 31)
    """

    month: int
    day: int
    since: date | None = attrs.field(default=None, kw_only=True, validator=_a_day_or_none)

    def __attrs_post_init__(self) -> None:
        """
        Check that the day exists.
        """
        check_month_day("Annual", self.month, self.day)

    @property
    def kind(self) -> RuleKind:
        """
        Always ``annual``.
        """
        return RuleKind.ANNUAL

    def occurrences(self, first: date, last: date) -> list[date]:
        """
        List the due days from *first* to *last*, both included, in order.

        Raises:
            InvalidValueError: If either is no date.
        """
        return _between(self, first, last)

    def _from(self, first: date) -> Iterator[date]:
        first = first if self.since is None else max(first, self.since)
        for year in range(first.year, date.max.year + 1):
            day = date(year, self.month, min(self.day, monthrange(year, self.month)[1]))
            if day >= first:
                yield day

    def answer(self, setting: Setting) -> Answer:
        """
        Give the first day on or after the issue date.
        """
        return _first_occurrence(self, setting)

    def __str__(self) -> str:
        """
        Write the rule in notation.
        """
        return written("Annual", self.month, self.day, since=self.since)

    __repr__ = __str__


def _between(rule: Recurring | Annual, first: date, last: date) -> list[date]:
    check_day("first", first)
    check_day("last", last)
    days = []
    # Python's days end with the year 9999, and so does the list.
    with suppress(OverflowError, ValueError):
        for day in rule._from(first):  # noqa: SLF001 -- the two classes of this file share it
            if day > last:
                break
            days.append(day)
    return days
