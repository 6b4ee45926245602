"""
Cases for the laws of rules: a count first, then a calendar whose holidays lie in its way.

Holidays are set as the State Council sets them, in blocks with make-up weekend days beside them, at
the start, on the plain answer itself, or between.  Nothing filters.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Any

import attrs
from hypothesis import strategies as st

from rectiflow.testing import reference
from rectiflow.workdays import WorkCalendar

from .law import Share

__all__ = [
    "COUNTED",
    "MONTHLY",
    "ROLLING",
    "UNITS",
    "Paused",
    "RuleCase",
    "back_cases",
    "crosses",
    "paused_cases",
    "plain_due",
    "rule_cases",
]

_DAY = timedelta(days=1)
_SATURDAY = 5
_DECEMBER = 12
# Most years from these days on hold the leap day of 2020.
_FIRST, _LAST = date(2019, 1, 1), date(2020, 12, 31)
UNITS = ("workday", "day", "week", "month", "year")
"""What a period may be counted in."""

# Room for decisions, and for every roll.
_BEFORE, _AFTER = timedelta(days=60), timedelta(days=130)
_LONGEST = {"workday": 40, "day": 60, "week": 9, "month": 14, "year": 2}


@attrs.frozen
class RuleCase:
    """
    So long after (or before) a day, on a calendar.
    """

    start: date
    n: int
    unit: str
    calendar: WorkCalendar

    @property
    def worked(self) -> reference.Worked:
        """
        Which days are worked.
        """
        return self.calendar.is_workday


@attrs.frozen
class Paused:
    """
    A case with days left out, first and last of each span.
    """

    case: RuleCase
    spans: tuple[tuple[date, date], ...]

    @property
    def days(self) -> frozenset[date]:
        """
        Every day that is left out.
        """
        return frozenset(
            first + n * _DAY for first, last in self.spans for n in range((last - first).days + 1)
        )


def plain_due(start: date, n: int, unit: str) -> date:
    """
    Count on a calendar of plain weeks, unrolled.
    """
    return reference.after(start, n, unit, lambda day: day.weekday() < _SATURDAY, roll=False)


_ENDS = [
    date(y, m, monthrange(y, m)[1])
    for y in range(_FIRST.year, _LAST.year + 1)
    for m in range(1, 13)
]
# Half of the starts are the last days of months, short ones above all, or lie just before them.
_STARTS = st.one_of(
    st.dates(_FIRST, _LAST),
    st.sampled_from([end - n * _DAY for n in range(3) for end in _ENDS]),
    st.sampled_from(_ENDS),
    st.sampled_from([end for end in _ENDS if end.day < 31 or end.month == _DECEMBER]),  # noqa: PLR2004 -- short months
)
# Laid down once: Hypothesis takes longer to make a strategy than to draw from it.
_LENGTHS = {
    unit: st.integers(1, min(5, most)) | st.integers(1, most) for unit, most in _LONGEST.items()
}
_BLOCKS = st.lists(
    st.tuples(
        st.sampled_from(("due", "between", "start")),
        st.integers(0, 800),
        st.integers(-2, 2),
        st.integers(1, 8),
        st.sampled_from(((), (-1,), (1,), (-1, 1))),
    ),
    max_size=2,
)


@st.composite
def _calendars(draw: st.DrawFn, start: date, due: date) -> WorkCalendar:
    first, last = min(start, due), max(start, due)
    off: set[date] = set()
    work: set[date] = set()
    for near, place, away, length, sides in draw(_BLOCKS):
        between = first + place % ((last - first).days + 1) * _DAY
        begun = {"due": due, "between": between, "start": start}[near] + away * _DAY
        off |= {begun + n * _DAY for n in range(length)}
        for side in sides:
            day = begun - _DAY if side < 0 else begun + length * _DAY
            while day.weekday() < _SATURDAY:
                day += side * _DAY
            work.add(day)
    return WorkCalendar(
        name="made",
        known_from=first - _BEFORE,
        known_until=last + _AFTER,
        off=(day for day in off if day.weekday() < _SATURDAY),
        work=work - off,
    )


def _units(units: tuple[str, ...]) -> st.SearchStrategy[str]:
    return _SOME_UNITS.setdefault(units, st.sampled_from(units))


_SOME_UNITS: dict[tuple[str, ...], st.SearchStrategy[str]] = {}


@st.composite
def rule_cases(draw: st.DrawFn, units: tuple[str, ...] = UNITS) -> RuleCase:
    """
    Draw counts on, in any of some units.
    """
    start, unit = draw(_STARTS), draw(_units(units))
    n = draw(_LENGTHS[unit])
    return RuleCase(start, n, unit, draw(_calendars(start, plain_due(start, n, unit))))


@st.composite
def back_cases(draw: st.DrawFn, units: tuple[str, ...] = UNITS) -> RuleCase:
    """
    Draw counts back, in any of some units.
    """
    start, unit = draw(_STARTS), draw(_units(units))
    n = draw(_LENGTHS[unit])
    due = reference.before(start, n, unit, lambda day: day.weekday() < _SATURDAY)
    return RuleCase(start, n, unit, draw(_calendars(start, due)))


_PAUSES = st.lists(
    st.tuples(st.sampled_from(("within", "start", "due")), st.integers(0, 800), st.integers(0, 15)),
    min_size=1,
    max_size=2,
)


@st.composite
def paused_cases(draw: st.DrawFn, units: tuple[str, ...] = UNITS, *, most: int = 2) -> Paused:
    """
    Draw counts with one to *most* suspensions, before, across, within or after them.
    """
    case = draw(rule_cases(units))
    span = (plain_due(case.start, case.n, case.unit) - case.start).days
    spans = []
    for near, place, length in draw(_PAUSES)[:most]:
        away = {"within": place % (span + 4), "start": place % 11 - 5, "due": span + place % 5 - 1}
        first = case.start + away[near] * _DAY
        spans.append((first, first + length * _DAY))
    return Paused(case, tuple(spans))


def crosses(case: RuleCase, *, worked: bool) -> bool:
    """
    Say whether a weekday off (or a weekend day worked) lies within a count or beside its end.
    """
    until = plain_due(case.start, case.n, case.unit) + 3 * _DAY
    odd = case.calendar.work if worked else case.calendar.off
    return any(case.start < day <= until for day in odd)


def _rests(_rules: Any, case: RuleCase) -> bool:  # noqa: ANN401 -- rules, watched
    return not case.worked(plain_due(case.start, case.n, case.unit))


COUNTED = (
    Share(name="crosses-a-holiday", least=0.2, meets=lambda _, case: crosses(case, worked=False)),
    Share(
        name="crosses-a-make-up-day", least=0.1, meets=lambda _, case: crosses(case, worked=True)
    ),
    Share(
        name="crosses-a-year-end",
        least=0.05,
        meets=lambda _, case: plain_due(case.start, case.n, case.unit).year > case.start.year,
    ),
)
"""What counts on must meet."""

ROLLING = (Share(name="ends-on-a-rest-day", least=0.2, meets=_rests),)
"""What counts whose last day may roll must meet."""

MONTHLY = (
    Share(
        name="begins-at-a-month-end",
        least=0.25,
        meets=lambda _, case: (case.start + 3 * _DAY).month != case.start.month,
    ),
)
"""What counts of months must meet."""
