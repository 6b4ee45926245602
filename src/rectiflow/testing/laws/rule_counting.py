"""
Laws of periods: counted on and back, months clamped, a last day that gives way.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import attrs
from hypothesis import strategies as st

from rectiflow.messages import Message
from rectiflow.testing import reference
from rectiflow.workdays import WorkCalendar

from .kept import EDGE, ITSELF, NAMED, ORACLE
from .law import CONVENTION, UNPROVED, Law, Unproved
from .rule_asking import EVENT, asked, asked_back, wrong_due
from .rule_cases import (
    COUNTED,
    MONTHLY,
    ROLLING,
    UNITS,
    RuleCase,
    back_cases,
    plain_due,
    rule_cases,
)
from .sources import LAST_DAY, MONTHS, NUMBER, SOUND, START_DAY
from .watched import refused

__all__ = ["COUNTING", "every_day"]

_DAY = timedelta(days=1)
_SATURDAY = 5


def every_day(first: date, last: date) -> WorkCalendar:
    """
    Make a calendar on which every day is worked, so that nothing rolls.
    """
    first, last = date(first.year, 1, 1), date(last.year, 12, 31)
    days = (first + n * _DAY for n in range((last - first).days + 1))
    weekends = [day for day in days if day.weekday() >= _SATURDAY]
    return WorkCalendar(name="every day", known_from=first, known_until=last, work=weekends)


def _walked(rules: Any, case: RuleCase) -> Message | None:  # noqa: ANN401 -- rules, watched
    want = reference.after(case.start, case.n, case.unit, case.worked)
    return wrong_due(case, asked(rules, case).due, want)


def _of(*units: str) -> Any:  # noqa: ANN401 -- a maker of cases
    return lambda _rules: rule_cases(units)


def _next_day(rules: Any, case: RuleCase) -> Message | None:  # noqa: ANN401 -- rules, watched
    one = RuleCase(case.start, 1, "day", every_day(case.start, case.start + _DAY))
    return wrong_due(one, asked(rules, one).due, case.start + _DAY)


def _unrolled(case: RuleCase) -> RuleCase:
    due = plain_due(case.start, case.n, case.unit)
    return attrs.evolve(case, calendar=every_day(case.start, due))


def _corresponding(rules: Any, case: RuleCase) -> Message | None:  # noqa: ANN401 -- rules, watched
    plain = _unrolled(case)
    months = case.n * (12 if case.unit == "year" else 1)
    return wrong_due(plain, asked(rules, plain).due, reference.months_on(case.start, months))


def _later_start(rules: Any, case: tuple[RuleCase, int]) -> Message | None:  # noqa: ANN401 -- rules, watched
    later, days = case
    earlier = attrs.evolve(later, start=later.start - days * _DAY)
    one, other = asked(rules, earlier).due, asked(rules, later).due
    if one <= other:
        return None
    facts = {"start": earlier.start, "later": later.start, "one": one, "other": other}
    rule = f"After({EVENT}, {later.n}, {later.unit})"
    return Message.of("law.wrong.due-monotone", rule=rule, **facts)


def _two_starts(_rules: Any) -> st.SearchStrategy[tuple[RuleCase, int]]:  # noqa: ANN401 -- rules, watched
    return st.tuples(rule_cases(), st.integers(1, 5))


def _planted(rules: Any, case: RuleCase) -> Message | None:  # noqa: ANN401 -- rules, watched
    # The holiday is laid on the rule's own answer.
    due = asked(rules, case).due
    if due.weekday() < _SATURDAY:
        calendar = case.calendar.overlay(off=[due, due + _DAY])
    else:
        calendar = case.calendar.overlay(off=[due])
    after = attrs.evolve(case, calendar=calendar)
    want = reference.after(case.start, case.n, case.unit, after.worked)
    return wrong_due(after, asked(rules, after).due, want)


def _made_up(rules: Any, case: RuleCase) -> Message | None:  # noqa: ANN401 -- rules, watched
    # The weekend day on which the count ends is worked, so that it is no rest day.
    due = plain_due(case.start, case.n, case.unit)
    while due.weekday() < _SATURDAY:
        due += _DAY
    n = (due - case.start).days
    ends = RuleCase(case.start, n, "day", case.calendar.overlay(work=[due]))
    return wrong_due(ends, asked(rules, ends).due, due)


def _walked_back(rules: Any, case: RuleCase) -> Message | None:  # noqa: ANN401 -- rules, watched
    want = reference.before(case.start, case.n, case.unit, case.worked)
    return wrong_due(case, asked_back(rules, case).due, want, maker="Before")


def _back(*units: str) -> Any:  # noqa: ANN401 -- a maker of cases
    return lambda _rules: back_cases(units)


def _waits(rules: Any, case: tuple[RuleCase, str, bool]) -> Message | None:  # noqa: ANN401 -- rules, watched
    count, event, back = case
    made = (rules.Before if back else rules.After)(event, count.n, count.unit)
    found = made.resolve(events={f"{event}-other": count.start}, calendar=count.calendar)
    if found.due is not None:
        return Message.of("law.wrong.due-unseen", event=event, due=found.due)
    if tuple(found.waiting_for) != (event,):
        return Message.of("law.wrong.not-named", event=event, named=tuple(found.waiting_for))
    return None


def _unseen(_rules: Any) -> st.SearchStrategy[tuple[RuleCase, str, bool]]:  # noqa: ANN401 -- rules, watched
    events = st.sampled_from(("received", "expiry", "formed", "收到"))
    return st.tuples(rule_cases(), events, st.booleans())


def _unless_all(rules: Any, case: RuleCase) -> Unproved | None:  # noqa: ANN401 -- rules, watched
    # Who refuses everything refuses what is wrong too, and shows nothing by it.
    return UNPROVED if refused(lambda: asked(rules, case).due) else None


def _past(rules: Any, case: RuleCase) -> Message | Unproved | None:  # noqa: ANN401 -- rules, watched
    short = _ending_with(case)
    if refused(lambda: asked(rules, short).due):
        return _unless_all(rules, case)
    rule = f"After({EVENT}, {case.n}, {case.unit})"
    until = short.calendar.known_until
    return Message.of("law.wrong.due-unpublished", rule=rule, start=case.start, until=until)


def _ending_with(case: RuleCase) -> RuleCase:
    # The calendar ends on the start, or one working day before the count is complete.
    until = case.start
    if case.n > 1:
        until = reference.nth_workday(case.start, case.n - 1, case.worked)
    calendar = case.calendar
    first = calendar.known_from
    ended = WorkCalendar(
        name="short",
        known_from=first,
        known_until=until,
        off=(day for day in calendar.off if day <= until),
        work=(day for day in calendar.work if day <= until),
    )
    return attrs.evolve(case, calendar=ended)


def _goes_on(rules: Any, case: RuleCase) -> Message | None:  # noqa: ANN401 -- rules, watched
    short = attrs.evolve(
        case,
        calendar=WorkCalendar(name="short", known_from=case.start, known_until=case.start),
    )
    want = plain_due(case.start, case.n, case.unit)
    return wrong_due(short, asked(rules, short).due, want)


def _below_one(rules: Any, case: tuple[RuleCase, int]) -> Message | Unproved | None:  # noqa: ANN401 -- rules, watched
    count, n = case
    less = attrs.evolve(count, n=n)
    if refused(lambda: asked(rules, less).due):
        return _unless_all(rules, count)
    rule = f"After({EVENT}, {n}, {count.unit})"
    return Message.of("law.wrong.due-below-one", rule=rule)


def _less(_rules: Any) -> st.SearchStrategy[tuple[RuleCase, int]]:  # noqa: ANN401 -- rules, watched
    return st.tuples(rule_cases(), st.integers(0, 5).map(lambda n: -n))


def _forward(rules: Any, case: RuleCase) -> Message | None:  # noqa: ANN401 -- rules, watched
    found = asked(rules, case)
    days = [step.day for step in found.trace if step.day is not None]
    if not days or days[-1] != found.due:
        return Message.of("law.wrong.trace-ends", due=found.due, last=days[-1] if days else "–")
    for one, other in pairwise(days):
        if other < one:
            return Message.of("law.wrong.trace-back", one=one, other=other)
    return None


COUNTING = (
    Law(
        id="rules.workdays-equal-a-walk",
        kept=ORACLE,
        source=START_DAY,
        cases=_of("workday"),
        objection=_walked,
        asks=("After",),
        shares=COUNTED,
    ),
    Law(
        id="rules.days-equal-a-walk",
        kept=ORACLE,
        source=LAST_DAY,
        cases=_of("day", "week"),
        objection=_walked,
        asks=("After",),
        shares=(*COUNTED, *ROLLING),
    ),
    Law(
        id="rules.months-equal-a-walk",
        kept=ORACLE,
        source=MONTHS,
        cases=_of("month", "year"),
        objection=_walked,
        asks=("After",),
        shares=(*COUNTED, *ROLLING, *MONTHLY),
    ),
    Law(
        id="rules.months-end-on-the-corresponding-day",
        kept=NAMED,
        source=MONTHS,
        cases=_of("month", "year"),
        objection=_corresponding,
        asks=("After",),
        shares=MONTHLY,
    ),
    Law(
        id="rules.start-day-is-not-counted",
        kept=NAMED,
        source=START_DAY,
        cases=_of("day"),
        objection=_next_day,
        asks=("After",),
    ),
    Law(
        id="rules.later-start-no-earlier-due",
        kept=ITSELF,
        cases=_two_starts,
        objection=_later_start,
        asks=("After",),
    ),
    Law(
        id="rules.holiday-on-the-answer-moves-it",
        kept=EDGE,
        source=LAST_DAY,
        cases=_of(*UNITS),
        objection=_planted,
        asks=("After",),
    ),
    Law(
        id="rules.make-up-day-is-no-rest-day",
        kept=NAMED,
        source=LAST_DAY,
        cases=_of("day", "week"),
        objection=_made_up,
        asks=("After",),
    ),
    Law(
        id="rules.workdays-back-equal-a-walk",
        kept=ORACLE,
        source=CONVENTION,
        cases=_back("workday"),
        objection=_walked_back,
        asks=("Before",),
    ),
    Law(
        id="rules.days-back-do-not-roll",
        source=CONVENTION,
        cases=_back("day", "week", "month", "year"),
        objection=_walked_back,
        asks=("Before",),
    ),
    Law(
        id="rules.unseen-event-has-no-day",
        source=SOUND,
        cases=_unseen,
        objection=_waits,
        asks=("After", "Before"),
    ),
    Law(
        id="rules.workdays-past-the-calendar-are-refused",
        kept=EDGE,
        source=SOUND,
        cases=_of("workday"),
        objection=_past,
        asks=("After",),
    ),
    Law(
        id="rules.days-go-on-past-the-calendar",
        source=SOUND,
        cases=_of("day", "week", "month", "year"),
        objection=_goes_on,
        asks=("After",),
    ),
    Law(
        id="rules.below-one-is-refused",
        source=NUMBER,
        cases=_less,
        objection=_below_one,
        asks=("After",),
    ),
    Law(
        id="rules.explanation-ends-in-the-answer",
        source=SOUND,
        cases=_of(*UNITS),
        objection=_forward,
        asks=("After",),
    ),
)
