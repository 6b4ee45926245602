"""
The reference engine against the library: days walked one by one, and days counted.
"""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

import rectiflow as rf
from rectiflow.testing import reference

CHINA = rf.WorkCalendar.china()
WORKED = CHINA.is_workday
DAYS = st.dates(date(2015, 1, 1), date(2024, 6, 30))
COUNTS = st.integers(1, 40)
UNITS = st.sampled_from(tuple(rf.CountUnit))
BRIEF = settings(max_examples=60, derandomize=True, database=None)


@BRIEF
@given(DAYS, COUNTS, UNITS, st.booleans())
def test_after(start: date, n: int, unit: rf.CountUnit, roll: bool) -> None:  # noqa: FBT001 -- drawn
    """
    So long after a day, in every unit, rolled and not.
    """
    rolls = roll and unit is not rf.CountUnit.WORKDAY
    rule = rf.After("e", n, unit, roll="following" if rolls else "none")
    walked = reference.after(start, n, unit.value, WORKED, roll=rolls)

    assert rule.resolve(events={"e": start}, calendar=CHINA).due == walked


@BRIEF
@given(DAYS, COUNTS, UNITS)
def test_before(end: date, n: int, unit: rf.CountUnit) -> None:
    """
    So long before a day, in every unit.
    """
    rule = rf.Before("e", min(n, 10), unit, roll="none")
    walked = reference.before(end, min(n, 10), unit.value, WORKED)

    assert rule.resolve(events={"e": end}, calendar=CHINA).due == walked


@BRIEF
@given(DAYS, st.sampled_from(("year", "half", "quarter", "month", "ten_day")))
def test_the_end_of_a_period(day: date, period: str) -> None:
    """
    Of the period that a day lies in.
    """
    rule = rf.PeriodEnd(period, roll="none")

    assert rule.resolve(issued=day, calendar=CHINA).due == reference.period_end(day, period)


@BRIEF
@given(DAYS, COUNTS, st.integers(0, 120))
def test_counting_and_rolling(day: date, n: int, days: int) -> None:
    """
    The days between, the n-th day, and the first worked one.
    """
    until = date.fromordinal(day.toordinal() + days)

    assert CHINA.count(day, until) == reference.count(day, until, WORKED)
    assert CHINA.add(day, n) == reference.nth_workday(day, n, WORKED)
    assert CHINA.roll(day, "following") == reference.rolled(day, WORKED)


@BRIEF
@given(DAYS, st.integers(1, 30), st.integers(0, 20), st.integers(0, 20))
def test_counting_past_a_suspension(start: date, n: int, ahead: int, length: int) -> None:
    """
    The days of a suspension that begins within the count are left out.
    """
    first, last = (date.fromordinal(start.toordinal() + k) for k in (1 + ahead, 1 + ahead + length))
    left_out = [date.fromordinal(k) for k in range(first.toordinal(), last.toordinal() + 1)]
    plain = reference.after(start, n, "workday", WORKED)
    # A suspension after the due day cures no default.
    walked = reference.after(
        start, n, "workday", WORKED, left_out=left_out if first <= plain else ()
    )
    rule = rf.After("e", n, "workday")
    stopped = rule.resolve(
        events={"e": start}, calendar=CHINA, adjustments=(rf.Suspension(first, last),)
    )

    assert stopped.due == walked
