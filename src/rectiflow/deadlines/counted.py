"""
Deadlines that are counted: so long after an event, or so long before one.
"""

from __future__ import annotations

from datetime import date, timedelta

import attrs

from rectiflow.errors import InvalidValueError
from rectiflow.messages import Message
from rectiflow.workdays import Roll, WorkCalendar

from .adjusting import rolled_answer
from .adjustments import CountUnit, check_count, count_unit
from .clauses import CORRESPONDING_DAY, INCLUDED_NUMBER, LAST_DAY, START_DAY, in_force
from .counting import corresponding_day, count_back, count_on
from .dates import roll_of
from .notation import written
from .resolution import TraceStep
from .rule import DeadlineRule, RuleKind
from .setting import Answer, Setting, event_words, named_day

__all__ = ["After", "Before"]

_KINDS = {
    CountUnit.WORKDAY: RuleKind.WORKDAYS_AFTER,
    CountUnit.DAY: RuleKind.DAYS_AFTER,
    CountUnit.WEEK: RuleKind.DAYS_AFTER,
    CountUnit.MONTH: RuleKind.MONTHS_AFTER,
    CountUnit.YEAR: RuleKind.MONTHS_AFTER,
}
_SATURDAY = 5


def _event_name(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise InvalidValueError("event", value, 'the name of an event, e.g. "received"')
    return value


@attrs.frozen(repr=False)
class After(DeadlineRule):
    """
    So long after an event (自收到之日起3个工作日内), the last day included.

    Attributes:
        event: The event's name, e.g. ``"received"``.
        n: How many units, 1 or more.
        unit: ``"workday"``, ``"day"``, ``"week"``, ``"month"`` or ``"year"``.
        exclude_start_day: Whether the event's own day is left out of the count, as 民法典 201
            says; counting begins the next day, also from a rest day.
        roll: Where a last day on a rest day goes: ``"following"``, as 民法典 203 says,
            ``"preceding"`` or ``"none"``.  A count of working days ends on one by itself.

    >>> rule = After("received", 3, "workday")
    >>> rule.resolve(events={"received": date(2020, 6, 24)}).due
    datetime.date(2020, 6, 30)
    >>> After("received", 1, "month").resolve(events={"received": date(2020, 8, 31)}).due
    datetime.date(2020, 9, 30)
    """

    event: str = attrs.field(converter=_event_name)
    n: int = attrs.field(validator=check_count)
    unit: CountUnit = attrs.field(converter=count_unit)
    exclude_start_day: bool = attrs.field(default=True, kw_only=True)
    roll: Roll = attrs.field(default=Roll.FOLLOWING, converter=roll_of, kw_only=True)

    @property
    def kind(self) -> RuleKind:
        """
        ``workdays_after``, ``days_after`` (also weeks) or ``months_after`` (also years).
        """
        return _KINDS[self.unit]

    @property
    def events(self) -> frozenset[str]:
        """
        The one event it counts from, if it is not a day by name.
        """
        return frozenset() if named_day(self.event) else frozenset({self.event})

    def answer(self, setting: Setting) -> Answer:
        """
        Count on from the event's day, or wait for it.
        """
        begun = setting.day_of_event(self.event)
        if begun is None:
            step = TraceStep(Message.of("trace.waiting", event=event_words(self.event)))
            return Answer(due=None, steps=(step,), is_counted=True, waiting_for=(self.event,))
        steps = [
            TraceStep(Message.of("trace.event", event=event_words(self.event), day=begun), begun)
        ]
        start = begun
        if setting.restarted_on is not None:
            start = setting.restarted_on
            message = Message.of("trace.restart", on=start)
            steps.append(TraceStep(message, start, setting.restarted_under))
        code = "trace.start-excluded" if self.exclude_start_day else "trace.start-included"
        source = in_force(START_DAY, start) if self.exclude_start_day else None
        steps.append(TraceStep(Message.of(code, day=start), start, source))
        due = self._count(start, setting)
        steps += _days_that_differ(start, due, setting.calendar) if self._is_in_workdays else []
        steps.append(self._counted_step(due, start))
        answer = Answer(due=due, steps=tuple(steps), start=start, consulted=due, is_counted=True)
        if self._is_in_workdays:
            return answer
        return rolled_answer(answer, self.roll, setting, LAST_DAY)

    @property
    def _is_in_workdays(self) -> bool:
        return self.unit is CountUnit.WORKDAY

    def _count(self, start: date, setting: Setting) -> date:
        day = timedelta(days=1)
        before = start if self.exclude_start_day else start - day
        if self.exclude_start_day or self.unit not in {CountUnit.MONTH, CountUnit.YEAR}:
            return count_on(before, self.n, self.unit, setting.calendar, setting.left_out)
        # With its start day counted, a month ends on the day before the corresponding one;
        # where the month has none, on its last day.
        last = corresponding_day(start, self.n * (1 if self.unit is CountUnit.MONTH else 12))
        length = (last - before).days - (1 if last.day == start.day else 0)
        return count_on(before, length, CountUnit.DAY, setting.calendar, setting.left_out)

    def _counted_step(self, due: date, start: date) -> TraceStep:
        long = self.unit in {CountUnit.MONTH, CountUnit.YEAR}
        source = in_force(CORRESPONDING_DAY if long else INCLUDED_NUMBER, start)
        return TraceStep(Message.of(f"trace.count.{self.unit}", n=self.n, day=due), due, source)

    def __str__(self) -> str:
        """
        Write the rule in notation.
        """
        return written(
            "After",
            self.event,
            self.n,
            self.unit,
            exclude_start_day=None if self.exclude_start_day else False,
            roll=None if self.roll is Roll.FOLLOWING else self.roll,
        )

    __repr__ = __str__


@attrs.frozen(repr=False)
class Before(DeadlineRule):
    """
    So long before an event (届满前20个工作日), counted back; the day arrived at is in time.

    The event's own day is not counted.  The last day does not roll unless asked to: 民法典 203
    speaks of periods that end, and rolling on would shorten the notice that is asked for.

    Attributes:
        event: The event's name, e.g. ``"expiry"``.
        n: How many units, 1 or more.
        unit: ``"workday"``, ``"day"``, ``"week"``, ``"month"`` or ``"year"``.
        roll: ``"none"``, ``"preceding"`` or ``"following"``.

    >>> rule = Before("expiry", 20, "workday")
    >>> rule.resolve(events={"expiry": date(2020, 12, 31)}).due
    datetime.date(2020, 12, 3)
    """

    event: str = attrs.field(converter=_event_name)
    n: int = attrs.field(validator=check_count)
    unit: CountUnit = attrs.field(converter=count_unit)
    roll: Roll = attrs.field(default=Roll.NONE, converter=roll_of, kw_only=True)

    @property
    def kind(self) -> RuleKind:
        """
        Always ``before``.
        """
        return RuleKind.BEFORE

    @property
    def events(self) -> frozenset[str]:
        """
        The one event it counts from, if it is not a day by name.
        """
        return frozenset() if named_day(self.event) else frozenset({self.event})

    def answer(self, setting: Setting) -> Answer:
        """
        Count back from the event's day, or wait until it is known.
        """
        anchor = setting.day_of_event(self.event)
        words = event_words(self.event)
        if anchor is None:
            step = TraceStep(Message.of("trace.waiting", event=words))
            return Answer(due=None, steps=(step,), waiting_for=(self.event,))
        due = count_back(anchor, self.n, self.unit, setting.calendar)
        in_workdays = self.unit is CountUnit.WORKDAY
        steps = [TraceStep(Message.of("trace.event", event=words, day=anchor), anchor)]
        steps += _days_that_differ(due, anchor, setting.calendar) if in_workdays else []
        message = Message.of(f"trace.count-back.{self.unit}", n=self.n, day=due)
        steps.append(TraceStep(message, due))
        answer = Answer(due=due, steps=tuple(steps), consulted=anchor)
        return answer if in_workdays else rolled_answer(answer, self.roll, setting)

    def __str__(self) -> str:
        """
        Write the rule in notation.
        """
        roll = None if self.roll is Roll.NONE else self.roll
        return written("Before", self.event, self.n, self.unit, roll=roll)

    __repr__ = __str__


def _days_that_differ(after: date, until: date, calendar: WorkCalendar) -> list[TraceStep]:
    # The days a reader would count wrongly: Monday to Friday off, Saturday and Sunday worked.
    days = (after + timedelta(days=n) for n in range(1, (until - after).days + 1))
    unusual = [day for day in days if calendar.is_workday(day) is (day.weekday() >= _SATURDAY)]
    off = tuple(day for day in unusual if day.weekday() < _SATURDAY)
    made_up = tuple(day for day in unusual if day.weekday() >= _SATURDAY)
    named = (("trace.holidays", off), ("trace.made-up", made_up))
    return [TraceStep(Message.of(code, days=days, n=len(days))) for code, days in named if days]
