"""
Laws of rolling, and of counting back.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from rectiflow.messages import Message

from .calendar_bounds import not_refused
from .calendar_cases import SHARES, Counted, counts, covered_days
from .kept import ITSELF, NAMED, ORACLE
from .law import Law, NothingToTryError
from .sources import LAST_DAY, SOUND

if TYPE_CHECKING:
    from .calendar_subject import CalendarSubject

__all__ = ["ROLLING"]

_DAY = timedelta(days=1)


def _wrong_roll(day: date, how: str, got: object, want: object) -> Message | None:
    if got == want:
        return None
    return Message.of("law.wrong.roll", day=day, how=how, got=got, want=want)


def _between(subject: CalendarSubject) -> st.SearchStrategy[date]:
    # From the first working day to the last, where both rolls have an answer.
    first, last = subject.worked[0], subject.worked[-1]
    return covered_days(subject).map(lambda day: min(max(day, first), last))


def _rest_days(subject: CalendarSubject) -> st.SearchStrategy[date]:
    first, last = subject.worked[0], subject.worked[-1]
    span = [first + n * _DAY for n in range((last - first).days + 1)]
    rest = [day for day in span if not subject.is_worked(day)]
    if not rest:
        raise NothingToTryError("every day is worked")
    near = [day for day in rest if day.weekday() < 5] or rest  # noqa: PLR2004 -- Monday to Friday
    return st.sampled_from(rest) | st.sampled_from(near)


def _workdays(subject: CalendarSubject) -> st.SearchStrategy[date]:
    odd = [day for day in subject.odd if subject.is_worked(day)]
    plain = st.sampled_from(subject.worked)
    return plain | st.sampled_from(odd) if odd else plain


def _following(subject: CalendarSubject, case: date) -> Message | None:
    want = subject.walk(case - _DAY, 1) if case > subject.begins else case
    return _wrong_roll(case, "following", subject.cal.roll(case, "following"), want)


def _preceding(subject: CalendarSubject, case: date) -> Message | None:
    want = case if subject.is_worked(case) else subject.walk_back(case, 1)
    return _wrong_roll(case, "preceding", subject.cal.roll(case, "preceding"), want)


def _stays(subject: CalendarSubject, case: date) -> Message | None:
    for how in ("following", "preceding"):
        found = _wrong_roll(case, how, subject.cal.roll(case, how), case)
        if found is not None:
            return found
    return None


def _lands(subject: CalendarSubject, case: date) -> Message | None:
    for how in ("following", "preceding"):
        day = subject.cal.roll(case, how)
        if not subject.cal.is_workday(day):
            return Message.of("law.wrong.roll-rests", day=case, how=how, got=day)
        if (day < case) if how == "following" else (day > case):
            return Message.of("law.wrong.roll-direction", day=case, how=how, got=day)
        if subject.cal.roll(day, how) != day:
            return _wrong_roll(day, how, subject.cal.roll(day, how), day)
    return None


def _walked_back(subject: CalendarSubject, case: Counted) -> Message | None:
    # From the due day back: so many working days before the day after it.
    want = subject.walk_back(case.due, case.n)
    if want is None:
        return not_refused(
            "before-the-beginning",
            lambda: subject.cal.subtract(case.due, case.n),
            start=case.due,
            count=case.n,
        )
    return _wrong_back(case.due, case.n, subject.cal.subtract(case.due, case.n), want)


def _wrong_back(start: date, n: int, got: object, want: object) -> Message | None:
    if got == want:
        return None
    return Message.of("law.wrong.subtract", start=start, count=n, got=got, want=want)


def _there_and_back(subject: CalendarSubject, case: Counted) -> Message | None:
    start = case.start if subject.is_worked(case.start) else subject.walk_back(case.due, case.n)
    if start is None:
        return None
    due = subject.cal.add(start, case.n)
    return _wrong_back(due, case.n, subject.cal.subtract(due, case.n), start)


def _too_far_back(subject: CalendarSubject, case: tuple[int, int]) -> Message | None:
    place, more = case
    start = subject.worked[min(place, len(subject.worked) - 1)]
    n = min(place, len(subject.worked) - 1) + more
    ask = {"start": start, "count": n}
    return not_refused("before-the-beginning", lambda: subject.cal.subtract(start, n), **ask)


def _far_back(subject: CalendarSubject) -> st.SearchStrategy[tuple[int, int]]:
    if subject.begins != subject.first:
        raise NothingToTryError("the first days were not looked at")
    return st.tuples(st.integers(0, 30), st.one_of(st.just(1), st.integers(1, 30)))


ROLLING = (
    Law(
        id="calendar.roll-lands-on-a-workday",
        kept=NAMED,
        source=LAST_DAY,
        cases=_between,
        objection=_lands,
        asks=("roll",),
    ),
    Law(
        id="calendar.workday-does-not-roll",
        kept=NAMED,
        source=LAST_DAY,
        cases=_workdays,
        objection=_stays,
        asks=("roll",),
    ),
    Law(
        id="calendar.roll-following-equals-a-walk",
        kept=ORACLE,
        source=LAST_DAY,
        cases=_rest_days,
        objection=_following,
        asks=("roll",),
    ),
    Law(
        id="calendar.roll-preceding-equals-a-walk",
        kept=ORACLE,
        source=LAST_DAY,
        cases=_rest_days,
        objection=_preceding,
        asks=("roll",),
    ),
    Law(
        id="calendar.subtract-equals-a-walk",
        kept=ORACLE,
        cases=counts,
        objection=_walked_back,
        asks=("subtract",),
        shares=SHARES,
    ),
    Law(
        id="calendar.subtract-takes-add-back",
        kept=ITSELF,
        cases=counts,
        objection=_there_and_back,
        asks=("subtract",),
    ),
    Law(
        id="calendar.count-back-past-the-beginning-is-refused",
        source=SOUND,
        cases=_far_back,
        objection=_too_far_back,
        asks=("subtract",),
    ),
)
