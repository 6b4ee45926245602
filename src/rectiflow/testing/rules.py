"""
Strategies for deadline rules and for what an office decides about them.
"""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from rectiflow.deadlines import (
    Adjustment,
    After,
    Annual,
    Before,
    CountUnit,
    Cycle,
    DeadlineRule,
    Earliest,
    Extension,
    ExtensionUntil,
    FixedDate,
    Latest,
    MonthDay,
    Override,
    Period,
    PeriodEnd,
    Recurring,
    Restart,
    StandingDuty,
    Suspension,
    Unresolved,
)
from rectiflow.workdays import Roll

__all__ = [
    "EVENTS",
    "adjustments",
    "counted_rules",
    "dated_rules",
    "extensions",
    "month_days",
    "overrides",
    "period_ends",
    "recurring_rules",
    "restarts",
    "rules",
    "suspensions",
    "undated_rules",
]

FIRST, LAST = date(2019, 1, 1), date(2022, 12, 31)
"""The days that strategies draw from if not told otherwise, both included."""

EVENTS = ("received", "expiry", "formed")
"""The event names that rules are drawn with."""

_BASES = ("", "政府信息公开条例第三十三条")
_WORDS = ("立行立改", "限期整改", "尽快完成", '按"方案"办理, 抓紧')
_LONGEST = {
    CountUnit.WORKDAY: 60,
    CountUnit.DAY: 90,
    CountUnit.WEEK: 12,
    CountUnit.MONTH: 14,
    CountUnit.YEAR: 2,
}


def _days(min_day: date, max_day: date) -> st.SearchStrategy[date]:
    return st.dates(min_day, max_day)


@st.composite
def _units_and_counts(draw: st.DrawFn, units: tuple[CountUnit, ...]) -> tuple[int, CountUnit]:
    unit = draw(st.sampled_from(units))
    return draw(st.integers(1, _LONGEST[unit])), unit


def dated_rules(min_day: date = FIRST, max_day: date = LAST) -> st.SearchStrategy[FixedDate]:
    """
    Draw fixed dates from *min_day* to *max_day*, both included, with every roll.
    """
    return st.builds(FixedDate, _days(min_day, max_day), roll=st.sampled_from(Roll))


@st.composite
def period_ends(draw: st.DrawFn, *, with_year: bool | None = None) -> PeriodEnd:
    """
    Draw ends of periods: with a year, without one, or (``None``) either.
    """
    period = draw(st.sampled_from(Period))
    named = draw(st.booleans()) if with_year is None else with_year
    years = st.integers(FIRST.year, LAST.year)
    fields: dict[str, int] = {"year": draw(years)} if named else {}
    whole = bool(fields)
    for name, most in _PLACES[period]:
        whole = whole or draw(st.booleans())
        if whole:
            fields[name] = draw(st.integers(1, most))
    return PeriodEnd(period, **fields)  # type: ignore[arg-type]  # only places of that period


_PLACES: dict[Period, tuple[tuple[str, int], ...]] = {
    Period.YEAR: (),
    Period.HALF: (("half", 2),),
    Period.QUARTER: (("quarter", 4),),
    Period.MONTH: (("month", 12),),
    Period.TEN_DAY: (("month", 12), ("ten_day", 3)),
}


@st.composite
def counted_rules(
    draw: st.DrawFn, *, units: tuple[CountUnit, ...] = tuple(CountUnit)
) -> After | Before:
    """
    Draw rules that count from an event, on or back.
    """
    n, unit = draw(_units_and_counts(units))
    event, roll = draw(st.sampled_from(EVENTS)), draw(st.sampled_from(Roll))
    if draw(st.booleans()):
        return Before(event, n, unit, roll=roll)
    return After(event, n, unit, roll=roll, exclude_start_day=not draw(st.booleans()))


@st.composite
def recurring_rules(draw: st.DrawFn) -> Recurring | Annual:
    """
    Draw deadlines that come back.
    """
    since = draw(st.none() | _days(FIRST, LAST))
    if draw(st.booleans()):
        return Recurring(draw(dated_rules()), draw(st.sampled_from(Cycle)), since=since)
    month = draw(st.integers(1, 12))
    return Annual(month, draw(st.integers(1, _DAYS_IN[month - 1])), since=since)


@st.composite
def month_days(draw: st.DrawFn) -> MonthDay:
    """
    Draw days of a month without a year, 29 February among them, with every roll.
    """
    month = draw(st.integers(1, 12))
    day = draw(st.integers(1, _DAYS_IN[month - 1]))
    return MonthDay(month, day, roll=draw(st.sampled_from(Roll)))


_DAYS_IN = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def undated_rules() -> st.SearchStrategy[StandingDuty | Unresolved]:
    """
    Draw standing duties and words that give no date.
    """
    return st.just(StandingDuty()) | st.builds(Unresolved, st.sampled_from(_WORDS))


def rules(*, max_depth: int = 2) -> st.SearchStrategy[DeadlineRule]:
    """
    Draw any rule; earliest and latest nest up to *max_depth* deep.
    """
    plain: st.SearchStrategy[DeadlineRule] = st.one_of(
        dated_rules(),
        month_days(),
        period_ends(),
        counted_rules(),
        recurring_rules(),
        undated_rules(),
    )
    return plain if max_depth == 0 else plain | _combined(rules(max_depth=max_depth - 1))


def _combined(parts: st.SearchStrategy[DeadlineRule]) -> st.SearchStrategy[Earliest | Latest]:
    several = st.lists(parts, min_size=2, max_size=3)
    kinds = st.sampled_from((Earliest, Latest))
    return st.builds(lambda kind, given: kind(*given), kinds, several)


@st.composite
def extensions(
    draw: st.DrawFn, min_day: date = FIRST, max_day: date = LAST
) -> Extension | ExtensionUntil:
    """
    Draw extensions granted from *min_day* to *max_day*, both included.
    """
    granted_on, basis = draw(_days(min_day, max_day)), draw(st.sampled_from(_BASES))
    if draw(st.booleans()):
        day = draw(_days(min_day, max_day))
        return ExtensionUntil(day, granted_on=granted_on, basis=basis)
    n, unit = draw(_units_and_counts(tuple(CountUnit)))
    return Extension(n, unit, granted_on=granted_on, basis=basis)


@st.composite
def suspensions(
    draw: st.DrawFn, min_day: date = FIRST, max_day: date = LAST, *, max_days: int = 30
) -> Suspension:
    """
    Draw suspensions that begin from *min_day* to *max_day*, of at most *max_days* days.
    """
    first = draw(_days(min_day, max_day))
    last = first + timedelta(days=draw(st.integers(0, max_days - 1)))
    return Suspension(first, last, basis=draw(st.sampled_from(_BASES)))


def restarts(min_day: date = FIRST, max_day: date = LAST) -> st.SearchStrategy[Restart]:
    """
    Draw restarts from *min_day* to *max_day*, both included.
    """
    return st.builds(Restart, _days(min_day, max_day), basis=st.sampled_from(_BASES))


def overrides(min_day: date = FIRST, max_day: date = LAST) -> st.SearchStrategy[Override]:
    """
    Draw overrides decided, and due, from *min_day* to *max_day*, both included.
    """
    days = _days(min_day, max_day)
    reasons = st.sampled_from(("另有安排", "上级批复（示例）"))
    return st.builds(Override, days, reason=reasons, issued_on=days)


def adjustments(min_day: date = FIRST, max_day: date = LAST) -> st.SearchStrategy[Adjustment]:
    """
    Draw any adjustment that takes effect from *min_day* to *max_day*, both included.
    """
    given = (min_day, max_day)
    return extensions(*given) | suspensions(*given) | restarts(*given) | overrides(*given)
