"""
Strategies for work calendars, and for days near what matters in one.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import cache

from hypothesis import strategies as st

from rectiflow.workdays import WorkCalendar

from .remembering import remembered

__all__ = ["calendars", "days", "made_calendars", "turning_days"]

_SATURDAY = 5
_DAY = timedelta(days=1)


# How long a holiday is, and on which sides of it a weekend day is worked.
_SHAPE = st.sampled_from(
    [(length, edges) for edges in ((), (1,), (-1,), (-1, 1)) for length in range(1, 9)]
)


@remembered
@st.composite
def made_calendars(
    draw: st.DrawFn, *, min_year: int = 2019, max_year: int = 2022, max_holidays: int = 5
) -> WorkCalendar:
    """
    Draw calendars made as the State Council makes them, all years from *min_year* to *max_year*.

    A holiday is a block of days off in a row; for some of them a weekend day before or after is
    worked.  The smallest case is a plain week without any.
    """
    first, last = date(min_year, 1, 1), date(max_year, 12, 31)
    off: set[date] = set()
    work: set[date] = set()
    # A start is a number of days and a shape one of a table: as few draws as there are choices.
    starts = (last - first).days - 30
    holidays = st.lists(st.tuples(st.integers(0, starts), _SHAPE), max_size=max_holidays)
    for place, (length, edges) in draw(holidays):
        start = first + (10 + place) * _DAY
        off |= {start + n * _DAY for n in range(length)}
        for edge in edges:
            # The nearest weekend day outside the block, on the side that was drawn.
            day = start - _DAY if edge < 0 else start + length * _DAY
            while day.weekday() < _SATURDAY:
                day += edge * _DAY
            work.add(day)
    work -= off
    return WorkCalendar(
        name="made",
        known_from=first,
        known_until=last,
        off=(day for day in off if day.weekday() < _SATURDAY),
        work=work,
    )


@remembered
def calendars() -> st.SearchStrategy[WorkCalendar]:
    """
    Draw made calendars, and China's real one as it was known in some year.
    """
    # As many choices as a made one without holidays, so that this, the plainest, is the smallest.
    return made_calendars() | st.integers(2020, 2025).map(_china)


@cache
def _china(year: int) -> WorkCalendar:
    # Laid down once: twenty years of days take longer than all other draws together.
    return WorkCalendar.china(date(year, 12, 31))


def turning_days(calendar: WorkCalendar, min_day: date, max_day: date) -> list[date]:
    """
    List the days of a span on which a count is easily wrong, and those on either side of each.

    They are the edges of holidays, make-up days, month ends, 28 and 29 February, year ends.

    Args:
        calendar: Whose holidays and make-up days.
        min_day: The first day, included.
        max_day: The last day, included.
    """
    edges = {*calendar.off, *calendar.work}
    for year in range(min_day.year, max_day.year + 1):
        edges |= {date(year, month, monthrange(year, month)[1]) for month in range(1, 13)}
        edges.add(date(year, 2, 28))
    around = {edge + n * _DAY for edge in edges for n in (-1, 0, 1)}
    return sorted(day for day in around if min_day <= day <= max_day)


@st.composite
def days(
    draw: st.DrawFn,
    calendar: WorkCalendar,
    *,
    min_day: date | None = None,
    max_day: date | None = None,
) -> date:
    """
    Draw days of a calendar, two thirds of them where a count is easily wrong.

    Args:
        draw: Hypothesis's own.
        calendar: Its coverage bounds the days if nothing else does.
        min_day: The first day, included.
        max_day: The last day, included.
    """
    first = calendar.known_from if min_day is None else max(min_day, calendar.known_from)
    last = calendar.known_until if max_day is None else min(max_day, calendar.known_until)
    turning = turning_days(calendar, first, last)
    plain = st.dates(first, last)
    return draw(plain | st.sampled_from(turning) | st.sampled_from(turning) if turning else plain)
