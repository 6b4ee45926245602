"""
Cases for the laws of a calendar, drawn where a count is easily wrong.

A due day is drawn first, at an odd day, an end or anywhere, and then a start backwards from it, so
that holidays fall between.  Nothing filters, and every part shrinks to the plain case by itself.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import attrs
from hypothesis import strategies as st

from .law import NothingToTryError, Share

if TYPE_CHECKING:
    from .calendar_subject import CalendarSubject

__all__ = [
    "SHARES",
    "Changed",
    "Counted",
    "Span",
    "changed_counts",
    "counts",
    "covered_days",
    "last_counts",
    "spans",
    "uncovered_days",
]

_DAY = timedelta(days=1)
_MOST = 30
_NEAR = 3
_SATURDAY = 5
_FEBRUARY, _DECEMBER = 2, 12


@attrs.frozen
class Counted:
    """
    So many working days after a start; *due* is where a walk day by day comes to.
    """

    start: date
    n: int
    due: date


@attrs.frozen
class Span:
    """
    Two days, the first not after the second.
    """

    after: date
    until: date


@attrs.frozen
class Changed:
    """
    A count, and a day that is to be closed or opened.
    """

    count: Counted
    day: date


def _turning(subject: CalendarSubject) -> list[tuple[date, ...]]:
    off = tuple(day for day in subject.odd if day.weekday() < _SATURDAY)
    made_up = tuple(day for day in subject.odd if day.weekday() >= _SATURDAY)
    year_ends = tuple(day for day in subject.ends if day.month == _DECEMBER)
    februaries = tuple(day for day in subject.ends if day.month == _FEBRUARY)
    # Holidays come twice: a count that begins within one does not cross it.
    return [off, off, made_up, subject.ends, februaries, year_ends]


def _places(subject: CalendarSubject, days: tuple[date, ...]) -> list[int]:
    # The places of the working days on, before and after some days.
    last = len(subject.worked) - 1
    around = {subject.place(day) + n for day in days for n in (-1, 0, 1, 2)}
    return sorted(place for place in around if 1 <= place <= last)


def counts(
    subject: CalendarSubject, *, max_n: int = _MOST, room: int = 0
) -> st.SearchStrategy[Counted]:
    """
    Draw counts that fit the coverage.

    Args:
        subject: The calendar.
        max_n: The most working days.
        room: How many working days must still lie after the due day.

    Raises:
        NothingToTryError: If there are too few working days.
    """
    last = len(subject.worked) - 1 - room
    if last < 1:
        raise NothingToTryError(f"{len(subject.worked)} working days")
    aimed = [[p for p in _places(subject, days) if p <= last] for days in _turning(subject)]
    # Each kind as likely as any other, however rare it is in the calendar.
    places = st.one_of(st.integers(1, last), *(st.sampled_from(each) for each in aimed if each))
    short, long = min(5, max_n), max_n
    lengths = st.one_of(st.integers(1, short), st.integers(1, long))

    @st.composite
    def drawn(draw: st.DrawFn) -> Counted:
        place = draw(places)
        n = min(draw(lengths), place)
        before, after = subject.worked[place - n], subject.worked[place - n + 1]
        # Any day from one working day up to the next begins the same count.
        start = before + draw(st.integers(0, (after - before).days - 1)) * _DAY
        return Counted(start, n, subject.worked[place])

    return drawn()


def last_counts(subject: CalendarSubject, *, max_n: int = _MOST) -> st.SearchStrategy[Counted]:
    """
    Draw counts that end on the last working day there is.
    """
    last = len(subject.worked) - 1
    if last < 1:
        raise NothingToTryError(f"{len(subject.worked)} working days")
    ends = [
        Counted(subject.worked[last - n], n, subject.worked[last])
        for n in range(1, min(max_n, last) + 1)
    ]
    return st.sampled_from(ends)


def covered_days(subject: CalendarSubject) -> st.SearchStrategy[date]:
    """
    Draw days that are covered: plain ones, odd ones and their neighbours, ends, and the two edges.
    """
    days = st.integers(0, (subject.last - subject.begins).days).map(
        lambda n: subject.begins + n * _DAY
    )
    near = _near(subject, (*subject.odd, *subject.ends))
    edges = sorted({subject.first, subject.last, subject.begins})
    return st.one_of(days, *(st.sampled_from(each) for each in (near, edges) if each))


def _near(subject: CalendarSubject, days: tuple[date, ...]) -> list[date]:
    around = {day + n * _DAY for day in days for n in (-1, 0, 1)}
    return sorted(day for day in around if subject.begins <= day <= subject.last)


@st.composite
def _spans(draw: st.DrawFn, subject: CalendarSubject, ends: st.SearchStrategy[date]) -> Span:
    until = draw(ends)
    most = min((until - subject.begins).days, 60)
    return Span(until - draw(st.integers(0, most)) * _DAY, until)


def spans(subject: CalendarSubject) -> st.SearchStrategy[Span]:
    """
    Draw spans of up to 60 days, within the coverage.
    """
    return _spans(subject, covered_days(subject))


def changed_counts(subject: CalendarSubject, *, worked: bool) -> st.SearchStrategy[Changed]:
    """
    Draw counts with a day to change: worked ones to close, or rest days to open.

    The day lies in the count, on its own answer (as often as not), or shortly outside.
    """
    if all(flag is not worked for flag in subject.flags):
        raise NothingToTryError("every day is alike")
    drawn_counts = counts(subject, room=1)

    @st.composite
    def drawn(draw: st.DrawFn) -> Changed:
        count = draw(drawn_counts)
        wished = count.due if worked else count.due - _DAY
        if draw(st.booleans()):
            wished = (
                count.start
                + draw(st.integers(-_NEAR, (count.due - count.start).days + _NEAR)) * _DAY
            )
        return Changed(count, _nearest(subject, wished, worked=worked))

    return drawn()


def _nearest(subject: CalendarSubject, wished: date, *, worked: bool) -> date:
    # There is one, so the search ends.
    days = (subject.last - subject.begins).days
    place = min(max((wished - subject.begins).days, 0), days)
    for off in range(days + 1):
        for near in (place - off, place + off):
            if 0 <= near <= days and subject.flags[near] is worked:
                return subject.begins + near * _DAY
    raise NothingToTryError("every day is alike")


def uncovered_days(subject: CalendarSubject) -> st.SearchStrategy[date]:
    """
    Draw days shortly before the first covered day and after the last, and far from both.
    """
    before = min((subject.first - date.min).days, 1000)
    after = min((date.max - subject.last).days, 1000)
    sides = []
    if after:
        sides.append(st.integers(1, after).map(lambda n: subject.last + n * _DAY))
    if before:
        sides.append(st.integers(1, before).map(lambda n: subject.first - n * _DAY))
    if not sides:
        raise NothingToTryError("every day there is is covered")
    return st.one_of(*sides)


def _crosses(subject: CalendarSubject, case: Counted, *, worked: bool) -> bool:
    return subject.crosses(case.start, case.due, worked=worked)


SHARES = (
    Share(
        name="crosses-a-holiday",
        least=0.2,
        meets=lambda subject, case: _crosses(subject, case, worked=False),
        applies=lambda subject: subject.has_odd(worked=False),
    ),
    Share(
        name="crosses-a-make-up-day",
        least=0.1,
        meets=lambda subject, case: _crosses(subject, case, worked=True),
        applies=lambda subject: subject.has_odd(worked=True),
    ),
    Share(
        name="crosses-a-year-end",
        least=0.05,
        meets=lambda _subject, case: case.start.year < case.due.year,
        applies=lambda subject: subject.begins.year < subject.last.year,
    ),
)
"""What counts must meet to prove anything, where the calendar has such days."""
