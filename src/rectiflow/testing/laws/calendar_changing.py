"""
Laws of change: what closing or opening a day, or knowing a year more, may do to an answer.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from rectiflow.messages import Message

from .calendar_cases import Changed, Counted, changed_counts, counts, covered_days
from .kept import ITSELF, NAMED, ORACLE
from .law import Law, NothingToTryError
from .sources import NOTICES, SOUND

if TYPE_CHECKING:
    from .calendar_subject import CalendarSubject

__all__ = ["CHANGING"]

_DAY = timedelta(days=1)
_SATURDAY = 5


def _changed(case: Changed, one: date, other: date, code: str) -> Message:
    facts = {"start": case.count.start, "count": case.count.n, "day": case.day}
    return Message.of(f"law.wrong.{code}", one=one, other=other, **facts)


def _closing(subject: CalendarSubject, case: Changed) -> Message | None:
    start, n = case.count.start, case.count.n
    before, after = subject.cal.add(start, n), _closed(subject, case).add(start, n)
    inside = start < case.day <= before
    if inside and after <= before:
        # A working day of the count was taken out: the count needs another, later one.
        return _changed(case, before, after, "closing")
    if not inside and after != before:
        return _changed(case, before, after, "outside")
    return None


def _opening(subject: CalendarSubject, case: Changed) -> Message | None:
    start, n = case.count.start, case.count.n
    before, after = subject.cal.add(start, n), _opened(subject, case).add(start, n)
    inside = start < case.day <= before
    if inside and after >= before:
        return _changed(case, before, after, "opening")
    if not inside and after != before:
        return _changed(case, before, after, "outside")
    return None


def _closed(subject: CalendarSubject, case: Changed) -> Any:  # noqa: ANN401 -- a calendar, watched
    return subject.cal.overlay(off=[case.day])


def _opened(subject: CalendarSubject, case: Changed) -> Any:  # noqa: ANN401 -- a calendar, watched
    return subject.cal.overlay(work=[case.day])


def _does_as_told(subject: CalendarSubject, case: tuple[date, int]) -> Message | None:
    day, away = case
    was = subject.cal.is_workday(day)
    other = subject.cal.overlay(off=[day]) if was else subject.cal.overlay(work=[day])
    if other.is_workday(day) is was:
        return Message.of("law.wrong.workday", day=day, got=was, want=not was)
    near = min(max(day + away * _DAY, subject.begins), subject.last)
    if near != day and other.is_workday(near) is not subject.is_worked(near):
        want = subject.is_worked(near)
        return Message.of("law.wrong.workday", day=near, got=not want, want=want)
    return None


def _days_and_others(subject: CalendarSubject) -> st.SearchStrategy[tuple[date, int]]:
    return st.tuples(covered_days(subject), st.integers(-30, 30))


def _leaves_itself(subject: CalendarSubject, case: date) -> Message | None:
    was = subject.is_worked(case)
    subject.cal.overlay(off=[case]) if was else subject.cal.overlay(work=[case])
    got = subject.cal.is_workday(case)
    return None if got is was else Message.of("law.wrong.workday", day=case, got=got, want=was)


def _knows_more(subject: CalendarSubject, case: Counted) -> Message | None:
    longer = subject.cal.overlay(off=[_next_day(subject)])
    if longer.known_until <= subject.last:
        return Message.of("law.wrong.no-longer", last=subject.last, got=longer.known_until)
    one, other = subject.cal.add(case.start, case.n), longer.add(case.start, case.n)
    if one == other:
        return None
    facts = {"start": case.start, "count": case.n, "one": one, "other": other}
    return Message.of("law.wrong.longer", **facts)


def _next_day(subject: CalendarSubject) -> date:
    return subject.last + _DAY


def _extendable(subject: CalendarSubject) -> st.SearchStrategy[Counted]:
    if subject.last == date.max:
        raise NothingToTryError("no year is left")
    return counts(subject)


def _exceptions(subject: CalendarSubject, case: date) -> Message | None:
    off, work = set(subject.cal.off), set(subject.cal.work)
    plain = case.weekday() < _SATURDAY
    want = (case not in off) if plain else (case in work)
    got = subject.cal.is_workday(case)
    return None if got is want else Message.of("law.wrong.workday", day=case, got=got, want=want)


CHANGING = (
    Law(
        id="calendar.exceptions-are-kept",
        kept=ORACLE,
        source=NOTICES,
        cases=covered_days,
        objection=_exceptions,
        asks=("off", "work"),
    ),
    Law(
        id="calendar.closing-a-day-never-hastens",
        cases=lambda subject: changed_counts(subject, worked=True),
        objection=_closing,
        asks=("overlay",),
    ),
    Law(
        id="calendar.opening-a-day-never-delays",
        kept=ITSELF,
        cases=lambda subject: changed_counts(subject, worked=False),
        objection=_opening,
        asks=("overlay",),
    ),
    Law(
        id="calendar.overlay-does-as-told",
        kept=NAMED,
        source=NOTICES,
        cases=_days_and_others,
        objection=_does_as_told,
        asks=("overlay",),
    ),
    Law(
        id="calendar.overlay-leaves-the-calendar",
        kept=NAMED,
        source=SOUND,
        cases=covered_days,
        objection=_leaves_itself,
        asks=("overlay",),
    ),
    Law(
        id="calendar.knowing-more-changes-nothing-known",
        source=SOUND,
        cases=_extendable,
        objection=_knows_more,
        asks=("overlay",),
    ),
)
