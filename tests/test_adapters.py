"""
The calendars that people use today under the laws: what they break, and what they keep.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import holidays
import numpy as np
import pandas as pd
import pytest

import rectiflow as rf
from rectiflow.testing import LawOutcome, Report, calendar_laws, check, china_laws, rule_laws
from rectiflow.testing.adapters import (
    FunctionCalendar,
    FunctionRules,
    chinese_calendar_adapter,
    holidays_adapter,
    numpy_adapter,
    pandas_adapter,
)

CHINA = rf.WorkCalendar.china()
FIRST, LAST = date(2020, 1, 1), date(2022, 12, 31)
DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
REST = [day for day in DAYS if not CHINA.is_workday(day)]
# Every rest day a holiday, in a week of seven working days: the one exact way.
EXACT = np.busdaycalendar(weekmask="1111111", holidays=np.array(REST, dtype="datetime64[D]"))
PLAIN = np.busdaycalendar(holidays=np.array(CHINA.off, dtype="datetime64[D]"))
BOUNDS = {
    "calendar.below-one-is-refused",
    "calendar.backwards-count-is-refused",
    "calendar.count-past-the-end-is-refused",
    "calendar.day-outside-is-refused",
    "calendar.roll-outside-is-refused",
    "calendar.span-outside-is-refused",
    "calendar.start-before-the-first-day-is-refused",
    "calendar.start-outside-is-refused",
}
# Laws enough to tell one convention from another, so that each library is tried in a second.
COUNTING = calendar_laws.only(
    "calendar.add-equals-a-walk",
    "calendar.count-equals-a-walk",
    "calendar.count-takes-add-back",
    "calendar.nothing-between-a-day-and-itself",
    "calendar.last-workday-is-reached",
    *sorted(BOUNDS),
)


def broken(report: Report) -> set[str]:
    """
    Name the laws that fail.
    """
    return {each.law.id for each in report.failing}


@pytest.mark.unmeasured  # see conftest.py
def test_chinese_calendar_is_late_from_rest_days() -> None:
    """
    ``find_workday`` counts a start on a rest day one day late.
    """
    report = check(COUNTING, chinese_calendar_adapter())

    assert "calendar.add-equals-a-walk" in broken(report)
    assert "calendar.count-equals-a-walk" not in broken(report)
    assert "calendar.day-outside-is-refused" not in broken(report)


def test_chinese_calendar_has_one_wrong_day() -> None:
    """
    31 December 2005 was worked.
    """
    result = check(china_laws, chinese_calendar_adapter())["china.days-as-published"]

    assert result.outcome is LawOutcome.BROKEN
    assert result.wrong is not None
    assert result.wrong.facts["day"] == date(2005, 12, 31)


def test_holidays_answers_where_nobody_knows() -> None:
    """
    Its days are right, and its bounds are none.
    """
    china = holidays.country_holidays("CN", years=range(2020, 2023))
    adapter = holidays_adapter(china, FIRST, LAST)

    assert broken(check(COUNTING, adapter, examples=50)) <= BOUNDS
    assert "china.unpublished-is-refused" in broken(check(china_laws, adapter))


def test_numpy_with_every_rest_day_counts_right_and_knows_no_bounds() -> None:
    """
    Nothing is broken but bounds.
    """
    assert broken(check(COUNTING, numpy_adapter(EXACT, FIRST, LAST), examples=50)) <= BOUNDS


def test_numpy_with_a_plain_week_misses_make_up_days() -> None:
    """
    Monday to Friday less holidays is not China's calendar.
    """
    report = check(china_laws, numpy_adapter(PLAIN, FIRST, LAST))

    assert "china.make-up-days-are-worked" in broken(report)


def test_pandas_with_every_rest_day_counts_right_and_knows_no_bounds() -> None:
    """
    The same of its offsets, but for a count of no day.
    """
    offset = pd.offsets.CustomBusinessDay(weekmask="Mon Tue Wed Thu Fri Sat Sun", holidays=REST)
    found = broken(check(COUNTING, pandas_adapter(offset, FIRST, LAST), examples=50))

    assert found <= BOUNDS


def test_a_plain_function_is_a_calendar() -> None:
    """
    With a predicate and an addition; the count is walked where none is given.
    """
    mine = FunctionCalendar(
        known_from=CHINA.known_from,
        known_until=CHINA.known_until,
        is_workday=CHINA.is_workday,
        add=CHINA.add,
    )

    assert check(COUNTING, mine, examples=40).holds


def test_a_plain_function_is_a_rule() -> None:
    """
    Decisions and dates, which it does not know, are left out.
    """

    def after(start: date, n: int, unit: str, calendar: rf.WorkCalendar) -> date | None:
        return (
            rf.After("received", n, unit).resolve(events={"received": start}, calendar=calendar).due
        )  # a unit by its name

    report = check(rule_laws, FunctionRules(after), examples=20)  # type: ignore[arg-type]  # it does come to a day

    assert report.holds, report.text()
    assert report["rules.restart-counts-anew"].outcome is LawOutcome.LEFT_OUT
    assert report["rules.explanation-ends-in-the-answer"].outcome is LawOutcome.LEFT_OUT


@pytest.mark.parametrize("wrong", [lambda start, *_: start, lambda start, n, *_: start + n])
def test_a_wrong_function_is_found_out(wrong: Any) -> None:
    """
    One that stays where it is, one that raises.
    """
    assert not check(rule_laws, FunctionRules(wrong), examples=20).holds
