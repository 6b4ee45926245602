"""
Laws of dates: what is written stays, a period ends on its last day, a standing duty never does.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import attrs
from hypothesis import strategies as st

from rectiflow.messages import Message
from rectiflow.testing import reference
from rectiflow.workdays import WorkCalendar

from .kept import NAMED, ORACLE
from .law import CONVENTION, Law
from .rule_cases import rule_cases
from .sources import LAST_DAY, SOUND

__all__ = ["DATES"]

_DAY = timedelta(days=1)
_SATURDAY = 5
_PERIODS = ("year", "half", "quarter", "month", "ten_day")


@attrs.frozen
class _Dated:
    """
    A day, and a calendar on which it may be a rest day.
    """

    day: date
    calendar: WorkCalendar


@attrs.frozen
class _Period:
    """
    A period told by any of its days, and how much of it is named.
    """

    day: date
    period: str

    @property
    def places(self) -> dict[str, int]:
        """
        What names the period within its year.
        """
        month = self.day.month
        return {
            "year": {},
            "half": {"half": 1 if month <= 6 else 2},  # noqa: PLR2004 -- half a year
            "quarter": {"quarter": (month + 2) // 3},
            "month": {"month": month},
            "ten_day": {"month": month, "ten_day": min((self.day.day + 9) // 10, 3)},
        }[self.period]


@st.composite
def _rest_dates(draw: st.DrawFn) -> _Dated:
    case = draw(rule_cases(("day",)))
    day = case.start
    if draw(st.booleans()):
        while day.weekday() < _SATURDAY:
            day += _DAY
    return _Dated(day, case.calendar)


def _dates(_rules: Any) -> st.SearchStrategy[_Dated]:  # noqa: ANN401 -- rules, watched
    return _rest_dates()


def _fixed(rules: Any, case: _Dated) -> Message | None:  # noqa: ANN401 -- rules, watched
    got = rules.FixedDate(case.day).resolve(calendar=case.calendar).due
    if got == case.day:
        return None
    return Message.of("law.wrong.date", rule=f"FixedDate({case.day})", got=got, want=case.day)


def _periods(_rules: Any) -> st.SearchStrategy[_Period]:  # noqa: ANN401 -- rules, watched
    days = st.dates(date(2019, 1, 1), date(2024, 12, 31))
    return st.builds(_Period, days, st.sampled_from(_PERIODS))


def _ended(rules: Any, case: _Period) -> Message | None:  # noqa: ANN401 -- rules, watched
    places = {**case.places, "year": case.day.year}
    got = rules.PeriodEnd(case.period, **places).resolve().due
    return _wrong_end(case, places, got)


def _wrong_end(case: _Period, places: dict[str, int], got: object) -> Message | None:
    want = reference.period_end(case.day, case.period)
    if got == want:
        return None
    named = ", ".join([case.period, *(f"{name}={value}" for name, value in places.items())])
    return Message.of("law.wrong.date", rule=f"PeriodEnd({named})", got=got, want=want)


def _from_issue_date(rules: Any, case: tuple[_Period, date]) -> Message | None:  # noqa: ANN401 -- rules, watched
    period, issued = case
    seen = _Period(_in_year(period.day, issued.year), period.period)
    got = rules.PeriodEnd(seen.period, **seen.places).resolve(issued=issued).due
    return _wrong_end(seen, seen.places, got)


def _in_year(day: date, year: int) -> date:
    return date(year, day.month, min(day.day, 28))


def _issued(_rules: Any) -> st.SearchStrategy[tuple[_Period, date]]:  # noqa: ANN401 -- rules, watched
    return st.tuples(_periods(None), st.dates(date(2019, 1, 1), date(2024, 12, 31)))


def _no_year(rules: Any, case: _Period) -> Message | None:  # noqa: ANN401 -- rules, watched
    got = rules.PeriodEnd(case.period, **case.places).resolve().due
    if got is None:
        return None
    named = ", ".join([case.period, *(f"{name}={value}" for name, value in case.places.items())])
    return Message.of("law.wrong.due-guessed", rule=f"PeriodEnd({named})", due=got)


def _stands(rules: Any, case: _Dated) -> Message | None:  # noqa: ANN401 -- rules, watched
    found = rules.StandingDuty().resolve(issued=case.day, calendar=case.calendar)
    if found.due is None:
        return None
    return Message.of("law.wrong.standing", due=found.due)


DATES = (
    Law(
        id="rules.date-stays-as-written",
        kept=NAMED,
        source=LAST_DAY,
        cases=_dates,
        objection=_fixed,
        asks=("FixedDate",),
    ),
    Law(
        id="rules.period-ends-on-its-last-day",
        kept=ORACLE,
        source=CONVENTION,
        cases=_periods,
        objection=_ended,
        asks=("PeriodEnd",),
    ),
    Law(
        id="rules.year-is-that-of-the-issue-date",
        source=CONVENTION,
        cases=_issued,
        objection=_from_issue_date,
        asks=("PeriodEnd",),
    ),
    Law(
        id="rules.no-year-no-day",
        source=SOUND,
        cases=_periods,
        objection=_no_year,
        asks=("PeriodEnd",),
    ),
    Law(
        id="rules.standing-duty-never-falls-due",
        kept=NAMED,
        source=CONVENTION,
        cases=_dates,
        objection=_stands,
        asks=("StandingDuty",),
    ),
)
