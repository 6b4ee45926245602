"""
Laws of counting on: the n-th working day after a day, and the working days between two.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from rectiflow.messages import Message

from .calendar_cases import SHARES, Counted, Span, counts, last_counts, spans
from .kept import EDGE, ITSELF, NAMED, ORACLE
from .law import Law
from .sources import NUMBER, START_DAY, UNITS

if TYPE_CHECKING:
    from .calendar_subject import CalendarSubject

__all__ = ["COUNTING"]

_DAY = timedelta(days=1)


def wrong_add(start: date, n: int, got: object, want: object) -> Message | None:
    """
    Object to a due day that is not the one wanted.
    """
    if got == want:
        return None
    return Message.of("law.wrong.add", start=start, count=n, got=got, want=want)


def wrong_count(span: Span, got: object, want: object) -> Message | None:
    """
    Object to a count that is not the one wanted.
    """
    if got == want:
        return None
    facts = {"after": span.after, "until": span.until, "got": got, "want": want}
    return Message.of("law.wrong.count", **facts)


def _lands(subject: CalendarSubject, case: Counted) -> Message | None:
    due = subject.cal.add(case.start, case.n)
    if subject.cal.is_workday(due):
        return None
    return Message.of("law.wrong.rests", start=case.start, count=case.n, due=due)


def _goes_on(subject: CalendarSubject, case: Counted) -> Message | None:
    due = subject.cal.add(case.start, case.n)
    if due > case.start:
        return None
    return Message.of("law.wrong.not-after", start=case.start, count=case.n, due=due)


def _counted_again(subject: CalendarSubject, case: Counted) -> Message | None:
    due = subject.cal.add(case.start, case.n)
    return wrong_count(Span(case.start, due), subject.cal.count(case.start, due), case.n)


def _agrees(subject: CalendarSubject, case: tuple[Counted, int]) -> Message | None:
    count, away = case
    day = min(max(count.due + away * _DAY, count.start), subject.last)
    due, found = subject.cal.add(count.start, count.n), subject.cal.count(count.start, day)
    if (due <= day) is (found >= count.n):
        return None
    facts = {"start": count.start, "count": count.n, "due": due, "day": day, "found": found}
    return Message.of("law.wrong.adjoint", **facts)


def _near_counts(subject: CalendarSubject) -> st.SearchStrategy[tuple[Counted, int]]:
    return st.tuples(counts(subject), st.integers(-3, 3))


def _monotone(subject: CalendarSubject, case: tuple[Counted, int]) -> Message | None:
    count, earlier = case
    start = max(count.start - earlier * _DAY, subject.begins)
    one, other = subject.cal.add(start, count.n), subject.cal.add(count.start, count.n)
    if one <= other:
        return None
    facts = {"start": start, "later": count.start, "count": count.n, "one": one, "other": other}
    return Message.of("law.wrong.monotone", **facts)


def _earlier_starts(subject: CalendarSubject) -> st.SearchStrategy[tuple[Counted, int]]:
    return st.tuples(counts(subject), st.integers(1, 12))


def _strict(subject: CalendarSubject, case: Counted) -> Message | None:
    one, other = subject.cal.add(case.start, case.n), subject.cal.add(case.start, case.n + 1)
    if one < other:
        return None
    return Message.of("law.wrong.strict", start=case.start, count=case.n, one=one, other=other)


def _roomy(subject: CalendarSubject) -> st.SearchStrategy[Counted]:
    return counts(subject, room=1)


def _adds_up(subject: CalendarSubject, case: tuple[Counted, int]) -> Message | None:
    count, share = case
    first = 1 + share % (count.n - 1) if count.n > 1 else 1
    rest = count.n + 1 - first if count.n == 1 else count.n - first
    half = subject.cal.add(count.start, first)
    got, want = subject.cal.add(half, rest), subject.cal.add(count.start, first + rest)
    return wrong_add(half, rest, got, want)


def _halves(subject: CalendarSubject) -> st.SearchStrategy[tuple[Counted, int]]:
    return st.tuples(counts(subject, room=1), st.integers(0, 29))


def _counts_add_up(subject: CalendarSubject, case: tuple[Span, int]) -> Message | None:
    span, share = case
    middle = span.after + (share % ((span.until - span.after).days + 1)) * _DAY
    parts = subject.cal.count(span.after, middle) + subject.cal.count(middle, span.until)
    return wrong_count(span, subject.cal.count(span.after, span.until), parts)


def _split_spans(subject: CalendarSubject) -> st.SearchStrategy[tuple[Span, int]]:
    return st.tuples(spans(subject), st.integers(0, 60))


def _nothing(subject: CalendarSubject, case: Span) -> Message | None:
    day = case.until
    return wrong_count(Span(day, day), subject.cal.count(day, day), 0)


def _one_day(subject: CalendarSubject, case: Span) -> Message | None:
    day = min(max(case.until, subject.begins + _DAY), subject.last)
    span = Span(day - _DAY, day)
    want = int(subject.cal.is_workday(day))
    return wrong_count(span, subject.cal.count(span.after, day), want)


def _nothing_skipped(subject: CalendarSubject, case: Counted) -> Message | None:
    until = subject.cal.add(case.start, case.n)
    after = subject.cal.add(case.start, case.n - 1) if case.n > 1 else case.start
    for n in range(1, (until - after).days):
        if subject.is_worked(after + n * _DAY):
            facts = {"start": case.start, "count": case.n, "due": until, "day": after + n * _DAY}
            return Message.of("law.wrong.skipped", **facts)
    return None


def _walked(subject: CalendarSubject, case: Counted) -> Message | None:
    want = subject.walk(case.start, case.n)
    return wrong_add(case.start, case.n, subject.cal.add(case.start, case.n), want)


def _walked_count(subject: CalendarSubject, case: Span) -> Message | None:
    got, want = subject.cal.count(case.after, case.until), subject.walked(case.after, case.until)
    return wrong_count(case, got, want)


def _long_counts(subject: CalendarSubject) -> st.SearchStrategy[Counted]:
    return counts(subject, max_n=max(min(len(subject.worked) - 1, 260), 1))


COUNTING = (
    Law(
        id="calendar.add-lands-on-a-workday",
        kept=NAMED,
        source=UNITS,
        cases=counts,
        objection=_lands,
        shares=SHARES,
    ),
    Law(
        id="calendar.add-goes-past-its-start",
        kept=NAMED,
        source=START_DAY,
        cases=counts,
        objection=_goes_on,
        shares=SHARES,
    ),
    Law(
        id="calendar.count-takes-add-back",
        kept=ITSELF,
        source=NUMBER,
        cases=counts,
        objection=_counted_again,
        shares=SHARES,
    ),
    Law(
        id="calendar.due-by-a-day-as-counted",
        kept=ITSELF,
        source=NUMBER,
        cases=_near_counts,
        objection=_agrees,
    ),
    Law(
        id="calendar.later-start-no-earlier-due",
        kept=ITSELF,
        cases=_earlier_starts,
        objection=_monotone,
    ),
    Law(
        id="calendar.one-more-is-later",
        kept=ITSELF,
        cases=_roomy,
        objection=_strict,
        shares=SHARES,
    ),
    Law(
        id="calendar.add-adds-up",
        kept=ITSELF,
        cases=_halves,
        objection=_adds_up,
    ),
    Law(
        id="calendar.counts-add-up",
        kept=ITSELF,
        cases=_split_spans,
        objection=_counts_add_up,
    ),
    Law(
        id="calendar.nothing-between-a-day-and-itself",
        kept=NAMED,
        source=START_DAY,
        cases=spans,
        objection=_nothing,
    ),
    Law(
        id="calendar.one-day-counts-if-worked",
        kept=NAMED,
        source=START_DAY,
        cases=spans,
        objection=_one_day,
    ),
    Law(
        id="calendar.no-workday-is-skipped",
        kept=NAMED,
        cases=counts,
        objection=_nothing_skipped,
        shares=SHARES,
    ),
    Law(
        id="calendar.add-equals-a-walk",
        kept=ORACLE,
        source=START_DAY,
        cases=counts,
        objection=_walked,
        shares=SHARES,
    ),
    Law(
        id="calendar.long-add-equals-a-walk",
        source=START_DAY,
        cases=_long_counts,
        objection=_walked,
    ),
    Law(
        id="calendar.count-equals-a-walk",
        kept=ORACLE,
        source=START_DAY,
        cases=spans,
        objection=_walked_count,
    ),
    Law(
        id="calendar.last-workday-is-reached",
        kept=EDGE,
        cases=last_counts,
        objection=_walked,
    ),
)
