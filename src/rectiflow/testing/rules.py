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

from .remembering import remembered

__all__ = [
    "EVENTS",
    "adjustments",
    "afters",
    "annuals",
    "befores",
    "counted_rules",
    "dated_rules",
    "earliests",
    "extensions",
    "extensions_until",
    "latests",
    "month_days",
    "overrides",
    "period_ends",
    "plain_extensions",
    "recurring_rules",
    "recurrings",
    "restarts",
    "rules",
    "standing_duties",
    "suspensions",
    "undated_rules",
    "unresolved_rules",
]

FIRST, LAST = date(2019, 1, 1), date(2022, 12, 31)
"""The days that strategies draw from if not told otherwise, both included."""

EVENTS = ("received", "expiry", "formed")
"""The event names that rules are drawn with."""

_A_BASIS = st.sampled_from(("", "政府信息公开条例第三十三条"))
_WORDS = ("立行立改", "限期整改", "尽快完成", '按"方案"办理, 抓紧')
_LONGEST = {
    CountUnit.WORKDAY: 60,
    CountUnit.DAY: 90,
    CountUnit.WEEK: 12,
    CountUnit.MONTH: 14,
    CountUnit.YEAR: 2,
}


@remembered
def _days(min_day: date, max_day: date) -> st.SearchStrategy[date]:
    return st.dates(min_day, max_day)


@remembered
@st.composite
def _units_and_counts(draw: st.DrawFn, units: tuple[CountUnit, ...]) -> tuple[int, CountUnit]:
    unit = draw(st.sampled_from(units))
    return draw(st.integers(1, _LONGEST[unit])), unit


@remembered
def dated_rules(min_day: date = FIRST, max_day: date = LAST) -> st.SearchStrategy[FixedDate]:
    """
    Draw fixed dates from *min_day* to *max_day*, both included, with every roll.
    """
    return st.builds(FixedDate, _days(min_day, max_day), roll=st.sampled_from(Roll))


@remembered
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


_UNITS = tuple(CountUnit)
_AN_EVENT = st.sampled_from(EVENTS)
_A_ROLL = st.sampled_from(Roll)


@remembered
@st.composite
def afters(draw: st.DrawFn, *, units: tuple[CountUnit, ...] = _UNITS) -> After:
    """
    Draw rules that count on from an event.
    """
    n, unit = draw(_units_and_counts(units))
    event, roll = draw(_AN_EVENT), draw(_A_ROLL)
    return After(event, n, unit, roll=roll, exclude_start_day=not draw(st.booleans()))


@remembered
@st.composite
def befores(draw: st.DrawFn, *, units: tuple[CountUnit, ...] = _UNITS) -> Before:
    """
    Draw rules that count back from an event.
    """
    n, unit = draw(_units_and_counts(units))
    return Before(draw(_AN_EVENT), n, unit, roll=draw(_A_ROLL))


@remembered
def counted_rules(*, units: tuple[CountUnit, ...] = _UNITS) -> st.SearchStrategy[After | Before]:
    """
    Draw rules that count from an event, on or back.
    """
    return afters(units=units) | befores(units=units)


@remembered
def recurrings() -> st.SearchStrategy[Recurring]:
    """
    Draw deadlines that come back every week, month, quarter, half or year.
    """
    since = st.none() | _days(FIRST, LAST)
    return st.builds(Recurring, dated_rules(), st.sampled_from(Cycle), since=since)


@remembered
@st.composite
def annuals(draw: st.DrawFn) -> Annual:
    """
    Draw days of every year.
    """
    month, since = draw(st.integers(1, 12)), draw(st.none() | _days(FIRST, LAST))
    return Annual(month, draw(st.integers(1, _DAYS_IN[month - 1])), since=since)


@remembered
def recurring_rules() -> st.SearchStrategy[Recurring | Annual]:
    """
    Draw deadlines that come back.
    """
    return annuals() | recurrings()


@remembered
@st.composite
def month_days(draw: st.DrawFn) -> MonthDay:
    """
    Draw days of a month without a year, 29 February among them, with every roll.
    """
    month = draw(st.integers(1, 12))
    day = draw(st.integers(1, _DAYS_IN[month - 1]))
    return MonthDay(month, day, roll=draw(_A_ROLL))


_DAYS_IN = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@remembered
def undated_rules() -> st.SearchStrategy[StandingDuty | Unresolved]:
    """
    Draw standing duties and words that give no date.
    """
    return standing_duties() | unresolved_rules()


@remembered
def standing_duties() -> st.SearchStrategy[StandingDuty]:
    """
    Draw the standing duty; there is one.
    """
    return st.just(StandingDuty())


@remembered
def unresolved_rules() -> st.SearchStrategy[Unresolved]:
    """
    Draw words that give no date.
    """
    return st.builds(Unresolved, st.sampled_from(_WORDS))


@remembered
def rules(*, max_depth: int = 2) -> st.SearchStrategy[DeadlineRule]:
    """
    Draw any rule; earliest and latest nest up to *max_depth* deep.
    """
    plain: st.SearchStrategy[DeadlineRule] = st.one_of(
        undated_rules(),
        dated_rules(),
        month_days(),
        period_ends(),
        counted_rules(),
        recurring_rules(),
    )
    return plain if max_depth == 0 else plain | _combined(rules(max_depth=max_depth - 1))


@remembered
def _combined(parts: st.SearchStrategy[DeadlineRule]) -> st.SearchStrategy[Earliest | Latest]:
    several = st.lists(parts, min_size=2, max_size=3)
    return several.map(lambda given: Earliest(*given)) | several.map(lambda given: Latest(*given))


@remembered
def earliests() -> st.SearchStrategy[Earliest]:
    """
    Draw whichever comes first of two or three rules.
    """
    return st.lists(rules(max_depth=0), min_size=2, max_size=3).map(lambda given: Earliest(*given))


@remembered
def latests() -> st.SearchStrategy[Latest]:
    """
    Draw whichever comes last of two or three rules.
    """
    return st.lists(rules(max_depth=0), min_size=2, max_size=3).map(lambda given: Latest(*given))


@remembered
@st.composite
def plain_extensions(draw: st.DrawFn, min_day: date = FIRST, max_day: date = LAST) -> Extension:
    """
    Draw extensions by a period, granted from *min_day* to *max_day*, both included.
    """
    n, unit = draw(_units_and_counts(_UNITS))
    return Extension(n, unit, granted_on=draw(_days(min_day, max_day)), basis=draw(_A_BASIS))


@remembered
def extensions_until(
    min_day: date = FIRST, max_day: date = LAST
) -> st.SearchStrategy[ExtensionUntil]:
    """
    Draw extensions to a day, granted and reaching from *min_day* to *max_day*, both included.
    """
    days = _days(min_day, max_day)
    return st.builds(ExtensionUntil, days, granted_on=days, basis=_A_BASIS)


@remembered
def extensions(
    min_day: date = FIRST, max_day: date = LAST
) -> st.SearchStrategy[Extension | ExtensionUntil]:
    """
    Draw extensions granted from *min_day* to *max_day*, both included.
    """
    return plain_extensions(min_day, max_day) | extensions_until(min_day, max_day)


@remembered
@st.composite
def suspensions(
    draw: st.DrawFn, min_day: date = FIRST, max_day: date = LAST, *, max_days: int = 30
) -> Suspension:
    """
    Draw suspensions that begin from *min_day* to *max_day*, of at most *max_days* days.
    """
    first = draw(_days(min_day, max_day))
    last = first + timedelta(days=draw(st.integers(0, max_days - 1)))
    return Suspension(first, last, basis=draw(_A_BASIS))


@remembered
def restarts(min_day: date = FIRST, max_day: date = LAST) -> st.SearchStrategy[Restart]:
    """
    Draw restarts from *min_day* to *max_day*, both included.
    """
    return st.builds(Restart, _days(min_day, max_day), basis=_A_BASIS)


@remembered
def overrides(min_day: date = FIRST, max_day: date = LAST) -> st.SearchStrategy[Override]:
    """
    Draw overrides decided, and due, from *min_day* to *max_day*, both included.
    """
    days = _days(min_day, max_day)
    reasons = st.sampled_from(("另有安排", "上级批复（示例）"))
    return st.builds(Override, days, reason=reasons, issued_on=days)


@remembered
def adjustments(min_day: date = FIRST, max_day: date = LAST) -> st.SearchStrategy[Adjustment]:
    """
    Draw any adjustment that takes effect from *min_day* to *max_day*, both included.
    """
    given = (min_day, max_day)
    # What takes the fewest draws comes first: Hypothesis shrinks to it, and looks no further.
    return restarts(*given) | suspensions(*given) | extensions(*given) | overrides(*given)
