"""
Laws of the bounds: inside the coverage an answer to every question, outside none.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import attrs
from hypothesis import strategies as st

from rectiflow.messages import Message

from .calendar_cases import Counted, Span, counts, covered_days, last_counts, spans, uncovered_days
from .kept import EDGE, ITSELF, NAMED
from .law import UNPROVED, Law, Unproved
from .sources import SOUND
from .watched import refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from .calendar_subject import CalendarSubject

__all__ = ["BOUNDS"]

_DAY = timedelta(days=1)


def not_refused(why: str, question: Callable[[], object], **facts: object) -> Message | None:
    """
    Object to a question that is answered though no answer can be right.
    """
    if refused(question):
        return None
    return Message.of(f"law.wrong.answered.{why}", **facts)


def _in_order(subject: CalendarSubject, case: date) -> Message | None:
    first, last = subject.cal.known_from, subject.cal.known_until
    subject.cal.is_workday(case)
    return None if first <= case <= last else Message.of("law.wrong.bounds", first=first, last=last)


def _every_day(subject: CalendarSubject, case: date) -> Message | None:
    got, want = subject.cal.is_workday(case), subject.is_worked(case)
    return None if got is want else Message.of("law.wrong.workday", day=case, got=got, want=want)


def _day_outside(subject: CalendarSubject, case: date) -> Message | None:
    return not_refused("uncovered-day", lambda: subject.cal.is_workday(case), day=case)


@attrs.frozen
class _Outside:
    """
    A count, and a day outside that takes the place of its start.
    """

    count: Counted
    day: date


def _starts_outside(subject: CalendarSubject) -> st.SearchStrategy[_Outside]:
    return st.builds(_Outside, counts(subject), uncovered_days(subject))


def _start_outside(subject: CalendarSubject, case: _Outside) -> Message | None:
    n = case.count.n
    ask = {"start": case.day, "count": n}
    return not_refused("uncovered-start", lambda: subject.cal.add(case.day, n), **ask)


def _start_before(subject: CalendarSubject, case: int) -> Message | Unproved | None:
    # The day before the first: a count that runs in from outside cannot know what it passed.
    if (subject.first - date.min).days < case:
        return UNPROVED
    day = subject.first - case * _DAY
    return not_refused("uncovered-start", lambda: subject.cal.add(day, 1), start=day, count=1)


def _before(_subject: CalendarSubject) -> st.SearchStrategy[int]:
    return st.integers(1, 10)


def _count_outside(subject: CalendarSubject, case: _Outside) -> Message | None:
    after, until = sorted((case.count.start, case.day))
    return not_refused(
        "uncovered-span", lambda: subject.cal.count(after, until), after=after, until=until
    )


def _roll_outside(subject: CalendarSubject, case: date) -> Message | None:
    for how in ("following", "preceding"):
        found = not_refused("uncovered-day", lambda how=how: subject.cal.roll(case, how), day=case)  # type: ignore[misc]  # a default of a lambda
        if found is not None:
            return found
    return None


def _past_the_end(subject: CalendarSubject, case: tuple[Counted, int]) -> Message | None:
    count, more = case
    n = count.n + more
    ask = {"start": count.start, "count": n}
    return not_refused("past-the-end", lambda: subject.cal.add(count.start, n), **ask)


def _too_long(subject: CalendarSubject) -> st.SearchStrategy[tuple[Counted, int]]:
    return st.tuples(last_counts(subject), st.one_of(st.just(1), st.integers(1, 400)))


def _not_one(subject: CalendarSubject, case: tuple[date, int]) -> Message | None:
    day, n = case
    return not_refused("below-one", lambda: subject.cal.add(day, n), start=day, count=n)


def _below_one(subject: CalendarSubject) -> st.SearchStrategy[tuple[date, int]]:
    return st.tuples(covered_days(subject), st.integers(0, 30).map(lambda n: -n))


def _backwards(subject: CalendarSubject, case: Span) -> Message | None:
    after, until = case.until, case.after
    if after == until:
        after, until = _apart(subject, after)
    return not_refused(
        "backwards", lambda: subject.cal.count(after, until), after=after, until=until
    )


def _apart(subject: CalendarSubject, day: date) -> tuple[date, date]:
    return (day + _DAY, day) if day < subject.last else (day, day - _DAY)


BOUNDS = (
    Law(
        id="calendar.bounds-are-what-they-say",
        kept=EDGE,
        source=SOUND,
        cases=covered_days,
        objection=_in_order,
    ),
    Law(
        id="calendar.same-day-same-answer",
        kept=ITSELF,
        source=SOUND,
        cases=covered_days,
        objection=_every_day,
    ),
    Law(
        id="calendar.day-outside-is-refused",
        source=SOUND,
        cases=uncovered_days,
        objection=_day_outside,
    ),
    Law(
        id="calendar.start-outside-is-refused",
        kept=NAMED,
        source=SOUND,
        cases=_starts_outside,
        objection=_start_outside,
    ),
    Law(
        id="calendar.start-before-the-first-day-is-refused",
        kept=EDGE,
        source=SOUND,
        cases=_before,
        objection=_start_before,
    ),
    Law(
        id="calendar.span-outside-is-refused",
        source=SOUND,
        cases=_starts_outside,
        objection=_count_outside,
    ),
    Law(
        id="calendar.roll-outside-is-refused",
        source=SOUND,
        cases=uncovered_days,
        objection=_roll_outside,
        asks=("roll",),
    ),
    Law(
        id="calendar.count-past-the-end-is-refused",
        source=SOUND,
        cases=_too_long,
        objection=_past_the_end,
    ),
    Law(id="calendar.below-one-is-refused", source=SOUND, cases=_below_one, objection=_not_one),
    Law(id="calendar.backwards-count-is-refused", source=SOUND, cases=spans, objection=_backwards),
)
