"""
Deadline rules, clause by clause, and the laws they keep.
"""

from __future__ import annotations

import contextlib
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import attrs
import pytest
from hypothesis import event, example, given
from hypothesis import strategies as st

from rectiflow.deadlines import (
    Adjustment,
    After,
    Annual,
    Before,
    CountUnit,
    DeadlineRule,
    Earliest,
    Extension,
    ExtensionUntil,
    FixedDate,
    Latest,
    MonthDay,
    Override,
    PeriodEnd,
    Recurring,
    Resolution,
    Restart,
    StandingDuty,
    Suspension,
    Unresolved,
    UnresolvedDeadlineError,
    parse_adjustment,
    parse_rule,
)
from rectiflow.deadlines.clauses import START_DAY, in_force
from rectiflow.deadlines.notation import RuleSyntaxError
from rectiflow.errors import InvalidValueError, RectiflowError, UnknownNameError
from rectiflow.testing.calendars import days, made_calendars
from rectiflow.testing.rules import EVENTS, FIRST, LAST, adjustments, recurring_rules, rules
from rectiflow.verdicts import verdict
from rectiflow.workdays import CalendarCoverageError, WorkCalendar

CHINA = WorkCalendar.china()
DAY = timedelta(days=1)
ISSUED = date(2020, 6, 17)


def due(rule: DeadlineRule, **given: Any) -> date | None:
    """
    Give the due day of a rule.
    """
    return rule.resolve(**given).due


def after(day: date, n: int, unit: str, **options: Any) -> date | None:
    """
    Give the due day of so long after *day*.
    """
    return due(After("received", n, unit, **options), events={"received": day})


def codes(resolution: Resolution) -> list[str]:
    """
    List the codes of the steps.
    """
    return [step.code for step in resolution.trace]


class TestStartDay:
    """
    "按照年、月、日计算期间的，开始的当日不计入，自下一日开始计算。" -- 民法典 201
    """

    def test_the_start_day_is_not_counted(self) -> None:
        """
        One working day from a Monday is Tuesday; with the start counted it is that Monday.
        """
        monday = date(2020, 6, 1)

        assert after(monday, 1, "workday") == date(2020, 6, 2)
        assert after(monday, 1, "workday", exclude_start_day=False) == monday

    def test_counting_begins_the_next_day_also_from_a_rest_day(self) -> None:
        """
        From Saturday or from Friday the first working day is the same Monday.
        """
        assert after(date(2020, 6, 5), 1, "workday") == date(2020, 6, 8)
        assert after(date(2020, 6, 6), 1, "workday") == date(2020, 6, 8)

    @pytest.mark.parametrize(
        ("day", "law"),
        [
            (date(2017, 9, 30), "民法通则"),
            (date(2017, 10, 1), "民法总则"),
            (date(2020, 12, 31), "民法总则"),
            (date(2021, 1, 1), "民法典"),
        ],
    )
    def test_the_clause_is_cited_as_it_was_in_force(self, day: date, law: str) -> None:
        """
        On either side of the day each law came into force.
        """
        step = After("received", 3, "day").resolve(events={"received": day}).trace[1]

        assert step.source is not None
        assert step.source.document == law == in_force(START_DAY, day).document


class TestCorrespondingDay:
    """
    "到期月的对应日为期间的最后一日；没有对应日的，月末日为期间的最后一日。" -- 民法典 202
    """

    @pytest.mark.parametrize(
        ("start", "n", "unit", "expected"),
        [
            (date(2020, 1, 30), 1, "month", date(2020, 2, 29)),
            (date(2020, 1, 29), 1, "month", date(2020, 2, 29)),
            (date(2021, 1, 28), 1, "month", date(2021, 2, 28)),
            (date(2021, 1, 31), 1, "month", date(2021, 2, 28)),
            (date(2020, 2, 29), 1, "year", date(2021, 2, 28)),
            (date(2020, 2, 28), 1, "year", date(2021, 2, 28)),
            (date(2020, 11, 30), 3, "month", date(2021, 2, 28)),
            (date(2020, 6, 3), 2, "week", date(2020, 6, 17)),
        ],
    )
    def test_the_same_day_or_the_months_last(
        self, start: date, n: int, unit: str, expected: date
    ) -> None:
        """
        Both sides of a February, in a leap year and not.
        """
        assert after(start, n, unit, roll="none") == expected

    @given(st.dates(FIRST, LAST), st.integers(1, 30), st.booleans())
    def test_agrees_with_walking_month_by_month(self, start: date, n: int, at_end: bool) -> None:  # noqa: FBT001 -- drawn
        """
        Stepping to each next month in turn, half the starts being a month's last day.
        """
        if at_end:
            start = start.replace(day=monthrange(start.year, start.month)[1])
        year, month = start.year, start.month
        for _ in range(n):
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        expected = date(year, month, min(start.day, monthrange(year, month)[1]))

        assert after(start, n, "month", roll="none") == expected
        # With the start day counted, the period ends a day before, unless the month is too short.
        earlier = expected - DAY if expected.day == start.day else expected
        assert after(start, n, "month", roll="none", exclude_start_day=False) == earlier


class TestLastDay:
    """
    "期间的最后一日是法定休假日的，以法定休假日结束的次日为期间的最后一日。" -- 民法典 203
    """

    @pytest.mark.parametrize(
        ("start", "expected"),
        [
            (date(2020, 6, 9), date(2020, 6, 19)),  # a Friday: stays
            (date(2020, 6, 10), date(2020, 6, 22)),  # a Saturday: to Monday
            (
                date(2020, 6, 15),
                date(2020, 6, 28),
            ),  # the Dragon Boat Festival: to the make-up Sunday
            (date(2020, 6, 18), date(2020, 6, 28)),  # that Sunday itself is no rest day
        ],
    )
    def test_a_counted_period_rolls_on(self, start: date, expected: date) -> None:
        """
        Ten days, ending on a working day, a Saturday, a holiday, a make-up Sunday.
        """
        assert after(start, 10, "day") == expected

    def test_the_last_day_ends_at_midnight(self) -> None:
        """
        The first late instant is the midnight after it, in China.
        """
        resolution = FixedDate(date(2020, 6, 30)).resolve()

        assert resolution.due_at is not None
        assert resolution.due_at.isoformat() == "2020-07-01T00:00:00+08:00"
        assert StandingDuty().resolve().due_at is None

    def test_a_fixed_date_stays_on_a_rest_day_unless_asked(self) -> None:
        """
        Article 203 speaks of a counted period: a named Saturday stands, and rolls by option.
        """
        saturday = date(2020, 6, 20)

        assert due(FixedDate(saturday)) == saturday
        assert due(FixedDate(saturday, roll="following")) == date(2020, 6, 22)
        assert due(FixedDate(saturday, roll="preceding")) == date(2020, 6, 19)

    def test_past_the_calendar_days_are_counted_and_not_rolled(self) -> None:
        """
        Calendar-day rules must not raise; what is not known is provisional and said so.
        """
        rule = After("received", 10, "day")
        inside = rule.resolve(events={"received": date(2026, 12, 21)})
        outside = rule.resolve(events={"received": date(2026, 12, 22)})

        assert (inside.due, outside.due) == (date(2026, 12, 31), date(2027, 1, 1))
        assert "trace.roll.unpublished" in codes(outside)
        assert str(outside.certainty) == "provisional"

    def test_past_the_calendar_working_days_are_an_error(self) -> None:
        """
        What just fits is answered, and one more is refused.
        """
        assert after(date(2026, 12, 30), 1, "workday") == date(2026, 12, 31)
        with pytest.raises(CalendarCoverageError):
            after(date(2026, 12, 30), 2, "workday")


class TestIncludedNumber:
    """
    "民法所称的“以上”、“以下”、“以内”、“届满”，包括本数。" -- 民法典 1259
    """

    @pytest.mark.parametrize("unit", ["workday", "day"])
    def test_within_n_days_includes_day_n(self, unit: str) -> None:
        """
        Done on the fifth day is met, on the sixth late; before the first nothing is late.
        """
        resolution = After("received", 5, unit).resolve(events={"received": date(2020, 6, 1)})
        fifth = date(2020, 6, 8)  # the fifth working day; the fifth day is a Saturday and rolls
        late = verdict(resolution, as_of=fifth + DAY, completed_on=fifth + DAY)

        assert resolution.due == fifth
        assert verdict(resolution, as_of=fifth, completed_on=fifth).outcome == "met"
        assert late.outcome == "met_late"


class TestDisclosureRegulation:
    """
    政府信息公开条例 (2019), articles 26, 30, 33 and 49.
    """

    def test_20_working_days_from_formation(self) -> None:
        """
        Article 26: formed on Monday 1 June 2020, the 20th working day is 30 June.
        """
        rule = After("formed", 20, "workday")

        assert due(rule, events={"formed": date(2020, 6, 1)}) == date(2020, 6, 30)
        assert due(rule, events={"formed": date(2020, 5, 31)}) == date(2020, 6, 29)

    def test_the_answer_restarts_with_the_corrected_request(self) -> None:
        """
        Article 30: corrected on 10 June, the 20 working days begin again on the 11th.
        """
        rule, events = After("received", 20, "workday"), {"received": date(2020, 6, 1)}

        assert due(rule, events=events, adjustments=[Restart(date(2020, 6, 10))]) == CHINA.add(
            date(2020, 6, 10), 20
        )

    def test_consulting_a_third_party_is_not_counted(self) -> None:
        """
        Article 33: 20 and at most 20 more, and the days of consulting beside.
        """
        rule, events = After("received", 20, "workday"), {"received": date(2020, 6, 1)}
        decided = [
            Suspension(date(2020, 6, 3), date(2020, 6, 5)),
            Extension(20, "workday", granted_on=date(2020, 6, 24)),
        ]

        assert due(rule, events=events, adjustments=decided) == CHINA.add(date(2020, 6, 1), 43)

    @pytest.mark.parametrize(
        ("issued", "report", "expected"),
        [
            (date(2020, 1, 31), Annual(1, 31), date(2020, 1, 31)),
            (date(2020, 2, 1), Annual(1, 31), date(2021, 1, 31)),
            (date(2020, 3, 31), Annual(3, 31), date(2020, 3, 31)),
            (date(2020, 4, 1), Annual(3, 31), date(2021, 3, 31)),
        ],
    )
    def test_annual_reports_of_departments_and_governments(
        self, issued: date, report: Annual, expected: date
    ) -> None:
        """
        Article 49: by 31 January and by 31 March.
        """
        assert due(report, issued=issued) == expected


class TestCertainty:
    """
    The last days of the last published year are provisional.
    """

    @pytest.mark.parametrize(("day", "certainty"), [(28, "confirmed"), (29, "provisional")])
    def test_both_sides_of_29_december(self, day: int, certainty: str) -> None:
        """
        A count that ends on the 28th rests on settled days only, one that ends on the 29th not.
        """
        rule = After("received", 1, "workday")
        start = CHINA.subtract(date(2026, 12, day), 1)
        resolution = rule.resolve(events={"received": start})

        assert resolution.due == date(2026, 12, day)
        assert resolution.certainty == certainty

    def test_a_named_day_is_never_provisional(self) -> None:
        """
        No notice can change a date that is written down.
        """
        assert FixedDate(date(2026, 12, 31)).resolve().certainty == "confirmed"
        assert StandingDuty().resolve().certainty is None


class TestPeriodEnd:
    """
    年底前, 月底前, 季度末前, 上半年, 上旬: the last calendar day of the period.
    """

    @pytest.mark.parametrize(
        ("rule", "expected"),
        [
            (PeriodEnd("year"), date(2020, 12, 31)),
            (PeriodEnd("half"), date(2020, 6, 30)),
            (PeriodEnd("half", half=2), date(2020, 12, 31)),
            (PeriodEnd("quarter"), date(2020, 6, 30)),
            (PeriodEnd("quarter", quarter=3), date(2020, 9, 30)),
            (PeriodEnd("month"), date(2020, 6, 30)),
            (PeriodEnd("month", month=2, year=2021), date(2021, 2, 28)),
            (PeriodEnd("month", month=2, year=2024), date(2024, 2, 29)),
            (PeriodEnd("ten_day"), date(2020, 6, 20)),
            (PeriodEnd("ten_day", month=7, ten_day=1), date(2020, 7, 10)),
            (PeriodEnd("ten_day", month=7, ten_day=2), date(2020, 7, 20)),
            (PeriodEnd("ten_day", month=7, ten_day=3), date(2020, 7, 31)),
        ],
    )
    def test_ends_as_the_word_says(self, rule: PeriodEnd, expected: date) -> None:
        """
        What is not written is taken from the issue date, 17 June 2020.
        """
        assert due(rule, issued=ISSUED) == expected

    @given(st.dates(FIRST, LAST))
    def test_the_end_is_the_last_day_of_the_period_of_issue(self, issued: date) -> None:
        """
        The issue date lies in the period and the day after the end does not.
        """
        for period, key in (
            ("year", lambda d: d.year),
            ("half", lambda d: (d.year, d.month > 6)),
            ("quarter", lambda d: (d.year, (d.month - 1) // 3)),
            ("month", lambda d: (d.year, d.month)),
            ("ten_day", lambda d: (d.year, d.month, min((d.day - 1) // 10, 2))),
        ):
            end = due(PeriodEnd(period), issued=issued)
            assert end is not None
            assert key(end) == key(issued) != key(end + DAY)

    def test_the_year_is_inferred_and_said_so(self) -> None:
        """
        The step that takes the year from the issue date is marked.
        """
        inferred = PeriodEnd("year").resolve(issued=ISSUED)
        written = PeriodEnd("year", year=2020).resolve(issued=ISSUED)

        assert codes(inferred) == ["trace.inferred", "trace.period-end.year", "trace.answer"]
        assert [step.inferred for step in inferred.trace] == [True, False, False]
        assert codes(written) == ["trace.period-end.year", "trace.answer"]

    @pytest.mark.parametrize(
        ("rule", "candidates"),
        [
            # The month is not written either: the next one is the other reading.
            (PeriodEnd("ten_day", ten_day=1), None),
            (PeriodEnd("quarter", quarter=1), ("2020-03-31", "2021-03-31")),
            (PeriodEnd("month", month=5), ("2020-05-31", "2021-05-31")),
            (PeriodEnd("ten_day", month=6, ten_day=1), ("2020-06-10", "2021-06-10")),
        ],
    )
    def test_the_other_reading_is_the_next_one(
        self, rule: PeriodEnd, candidates: tuple[str, ...] | None
    ) -> None:
        """
        Of what the text leaves out: the next month, or the next year.
        """
        (doubt,) = rule.resolve(issued=ISSUED).doubts

        assert doubt.candidates == (candidates or ("2020-06-10", "2020-07-10"))

    def test_in_december_the_other_reading_is_of_the_next_year(self) -> None:
        """
        And not of the one after it.
        """
        rule = PeriodEnd("ten_day", month=12, ten_day=1)
        (doubt,) = rule.resolve(issued=date(2020, 12, 17)).doubts

        assert doubt.candidates == ("2020-12-10", "2021-12-10")

    def test_rolls_if_asked(self) -> None:
        """
        31 May 2020 is a Sunday.
        """
        for roll, day in (("none", date(2020, 5, 31)), ("following", date(2020, 6, 1))):
            assert due(PeriodEnd("month", month=5, year=2020, roll=roll)) == day

    @pytest.mark.parametrize(("year", "is_one"), [(1899, 0), (1900, 1), (9998, 1), (9999, 0)])
    def test_a_year_has_four_digits(self, year: int, is_one: int) -> None:
        """
        And a day after it that Python knows.
        """
        if is_one:
            assert due(PeriodEnd("year", year=year)) == date(year, 12, 31)
            return
        with pytest.raises(InvalidValueError) as caught:
            PeriodEnd("year", year=year)
        assert (caught.value.field, caught.value.value) == ("PeriodEnd.year", year)

    def test_without_an_issue_date_there_is_a_doubt_that_blocks(self) -> None:
        """
        No year and no issue date: no day is given.
        """
        resolution = PeriodEnd("year").resolve()

        assert resolution.due is None
        assert resolution.is_blocked
        assert due(PeriodEnd("year", year=2020)) == date(2020, 12, 31)

    def test_the_year_is_never_rolled_forward(self) -> None:
        """
        A March issued in June stays in its year, with a doubt that names both years.
        """
        past = PeriodEnd("month", month=3).resolve(issued=ISSUED)
        same = PeriodEnd("month", month=6).resolve(issued=ISSUED)

        assert past.due == date(2020, 3, 31)
        assert past.doubts[0].candidates == ("2020-03-31", "2021-03-31")
        assert not past.is_blocked
        assert same.doubts == ()
        assert PeriodEnd("month", month=6).resolve(issued=date(2020, 6, 30)).doubts == ()

    @pytest.mark.parametrize(
        "fields",
        [
            {"period": "decade"},
            {"period": "year", "month": 3},
            {"period": "month", "month": 13},
            {"period": "month", "month": 0},
            {"period": "month", "year": 2020},
            {"period": "ten_day", "month": 3},
            {"period": "year", "year": 20},
            {"period": "quarter", "quarter": 5},
            {"period": "half", "half": True},
        ],
    )
    def test_refuses_what_is_no_period(self, fields: dict[str, Any]) -> None:
        """
        Unknown words, places of another period, out of bounds, or a year without its month.
        """
        with pytest.raises(InvalidValueError):
            PeriodEnd(**fields)


class TestBefore:
    """
    届满前20个工作日: counted back, the event's day not counted, the day arrived at in time.
    """

    def test_counts_back(self) -> None:
        """
        Working days, days and months before a known expiry.
        """
        events = {"expiry": date(2020, 12, 31)}

        assert due(Before("expiry", 20, "workday"), events=events) == CHINA.subtract(
            date(2020, 12, 31), 20
        )
        assert due(Before("expiry", 1, "day"), events=events) == date(2020, 12, 30)
        assert due(Before("expiry", 1, "month"), events=events) == date(2020, 11, 30)
        assert due(Before("expiry", 2, "week"), events=events) == date(2020, 12, 17)

    def test_does_not_roll_unless_asked(self) -> None:
        """
        A Sunday stays; rolling on would shorten the notice that is asked for.
        """
        events = {"expiry": date(2020, 6, 22)}

        assert due(Before("expiry", 1, "day"), events=events) == date(2020, 6, 21)
        assert due(Before("expiry", 1, "day", roll="preceding"), events=events) == date(2020, 6, 19)


class TestEvents:
    """
    An event not yet seen: no due day, and its name.
    """

    @given(st.sampled_from(EVENTS), st.sampled_from((After, Before)), st.sampled_from(CountUnit))
    def test_an_unseen_event_is_named(self, name: str, kind: Any, unit: CountUnit) -> None:
        """
        Whatever is counted, a rule waits for its event and says for which.
        """
        resolution = kind(name, 3, unit).resolve(issued=ISSUED)

        assert resolution.due is None
        assert resolution.waiting_for == (name,)
        assert not resolution.is_blocked

    def test_an_instant_counts_from_its_day_in_the_zone(self) -> None:
        """
        17:00 UTC is the next day in China.
        """
        late = datetime(2020, 6, 1, 17, tzinfo=UTC)

        assert due(After("received", 1, "day"), events={"received": late}) == date(2020, 6, 3)
        assert due(After("received", 1, "day"), events={"received": late}, zone=UTC) == date(
            2020, 6, 2
        )

    def test_the_issue_date_is_an_event(self) -> None:
        """
        A rule may count from the issue of the list.
        """
        assert due(After("issued", 1, "workday"), issued=ISSUED) == date(2020, 6, 18)

    @pytest.mark.parametrize("moment", [datetime(2020, 6, 1), "2020-06-01", 20200601])  # noqa: DTZ001 -- that is the point
    def test_refuses_what_is_no_moment(self, moment: Any) -> None:
        """
        A naive datetime, a text and a number are no moments.
        """
        with pytest.raises(InvalidValueError):
            After("received", 1, "day").resolve(events={"received": moment})


_GAPS = {
    "week": (7, 7),
    "month": (28, 31),
    "quarter": (89, 93),
    "half": (180, 185),
    "year": (365, 366),
}


class TestRecurring:
    """
    每季度末月20日前, 每年1月31日前: the first on or after the issue date, and so on.
    """

    @pytest.mark.parametrize(
        ("issued", "expected"),
        [
            (date(2016, 3, 20), date(2016, 3, 20)),
            (date(2016, 3, 21), date(2016, 6, 20)),
            (date(2015, 12, 31), date(2016, 3, 20)),
        ],
    )
    def test_every_quarter(self, issued: date, expected: date) -> None:
        """
        The issue date itself is in time; the day after it waits for the next quarter.
        """
        assert due(Recurring(FixedDate(date(2016, 3, 20)), "quarter"), issued=issued) == expected

    def test_the_31st_gives_way(self) -> None:
        """
        A monthly 31st falls on the last day of shorter months and comes back to the 31st.
        """
        rule = Recurring(FixedDate(date(2021, 1, 31)), "month")

        assert rule.occurrences(date(2021, 1, 1), date(2021, 4, 30)) == [
            date(2021, 1, 31),
            date(2021, 2, 28),
            date(2021, 3, 31),
            date(2021, 4, 30),
        ]

    def test_periods_and_weeks(self) -> None:
        """
        Each month's end; each Wednesday.
        """
        ends = Recurring(PeriodEnd("month"), "month")
        weekly = Recurring(FixedDate(date(2020, 6, 3)), "week")

        assert ends.occurrences(date(2020, 2, 1), date(2020, 3, 31)) == [
            date(2020, 2, 29),
            date(2020, 3, 31),
        ]
        assert weekly.occurrences(date(2020, 6, 3), date(2020, 6, 17)) == [
            date(2020, 6, 3),
            date(2020, 6, 10),
            date(2020, 6, 17),
        ]

    @given(
        st.dates(FIRST, LAST),
        st.sampled_from(("week", "month", "quarter", "half", "year")),
        st.dates(FIRST, LAST),
    )
    def test_one_in_each_cycle(self, day: date, every: str, issued: date) -> None:
        """
        Due is the first occurrence on or after the issue date; over years there is one a cycle.
        """
        rule = Recurring(FixedDate(day), every)
        found = rule.occurrences(issued, issued.replace(year=issued.year + 2, day=1))
        shortest, longest = _GAPS[every]

        assert due(rule, issued=issued) == rule.occurrences(issued, issued + 400 * DAY)[0]
        assert found == sorted(set(found))
        assert all(shortest <= (b - a).days <= longest for a, b in pairwise(found))
        assert all(other >= issued for other in found)

    @pytest.mark.parametrize(
        ("issued", "expected"),
        [
            (date(2019, 1, 31), date(2019, 1, 31)),
            (date(2019, 2, 1), date(2020, 1, 31)),
        ],
    )
    def test_annual_reports(self, issued: date, expected: date) -> None:
        """
        By 31 January: that day is in time, the next waits a year. -- 政府信息公开条例 49
        """
        assert due(Annual(1, 31), issued=issued) == expected

    def test_a_named_part_of_the_year_comes_once_a_year(self) -> None:
        """
        The third quarter's end every year, and not every quarter.
        """
        rule = Recurring(PeriodEnd("quarter", quarter=3), "year")

        assert rule.occurrences(date(2020, 9, 30), date(2022, 9, 29)) == [
            date(2020, 9, 30),
            date(2021, 9, 30),
        ]
        with pytest.raises(InvalidValueError):
            Recurring(PeriodEnd("quarter", quarter=3), "quarter")

    def test_annual_29_february(self) -> None:
        """
        In a common year it is the 28th.
        """
        assert Annual(2, 29).occurrences(date(2020, 1, 1), date(2021, 12, 31)) == [
            date(2020, 2, 29),
            date(2021, 2, 28),
        ]

    def test_without_an_issue_date_it_blocks(self) -> None:
        """
        Which occurrence is meant cannot be told.
        """
        assert Annual(1, 31).resolve().is_blocked

    @pytest.mark.parametrize(
        "make",
        [
            lambda: Annual(13, 1),
            lambda: Annual(4, 31),
            lambda: Annual(1, 0),
            lambda: Recurring(StandingDuty(), "month"),  # type: ignore[arg-type]  # that is the point
            lambda: Recurring(PeriodEnd("month", month=3, year=2020), "month"),
            lambda: Recurring(PeriodEnd("year"), "month"),
            lambda: Recurring(FixedDate(date(2020, 1, 1)), "fortnight"),
        ],
    )
    def test_refuses_what_cannot_come_back(self, make: Any) -> None:
        """
        Days that do not exist, and rules without a place in a cycle.
        """
        with pytest.raises(InvalidValueError):
            make()


class TestSince:
    """
    2021年起，每年…: nothing falls before the day it begins.
    """

    @pytest.mark.parametrize(
        ("since", "expected"),
        [
            (date(2022, 1, 31), date(2022, 1, 31)),
            (date(2022, 2, 1), date(2023, 1, 31)),
            (date(2020, 1, 1), date(2021, 1, 31)),
        ],
    )
    def test_the_first_day_is_included(self, since: date, expected: date) -> None:
        """
        A day on the beginning counts, one before it does not; an earlier beginning is nothing.
        """
        yearly = Recurring(FixedDate(date(2020, 1, 31)), "year", since=since)

        assert due(Annual(1, 31, since=since), issued=date(2020, 6, 17)) == expected
        assert due(yearly, issued=date(2020, 6, 17)) == expected

    @given(rule=recurring_rules(), first=st.dates(FIRST, LAST), last=st.dates(FIRST, LAST))
    def test_is_the_same_rule_cut_off(
        self, rule: Recurring | Annual, first: date, last: date
    ) -> None:
        """
        The occurrences are those of the rule without a beginning, from the beginning on.
        """
        whole = attrs.evolve(rule, since=None).occurrences(first, last)
        since = rule.since or date.min

        assert rule.occurrences(first, last) == [day for day in whole if day >= since]


class TestMonthDay:
    """
    3月17日前 without a year: the issue date's year, inferred, never rolled forward.
    """

    @pytest.mark.parametrize(("day", "doubts"), [(17, 0), (18, 1)])
    def test_is_in_the_year_of_issue(self, day: int, doubts: int) -> None:
        """
        On the day itself it is due; issued a day later it is doubted, not rolled.
        """
        resolution = MonthDay(3, 17).resolve(issued=date(2023, 3, day))

        assert resolution.due == date(2023, 3, 17)
        assert len(resolution.doubts) == doubts
        assert resolution.trace[0].inferred

    def test_the_doubt_has_both_years(self) -> None:
        """
        The candidates are the day of that year and of the next.
        """
        (doubt,) = MonthDay(2, 29).resolve(issued=date(2023, 3, 1)).doubts

        assert doubt.candidates == ("2023-02-28", "2024-02-29")

    def test_without_an_issue_date_blocks(self) -> None:
        """
        No year and no issue date is no day.
        """
        resolution = MonthDay(3, 17).resolve()

        assert resolution.due is None
        assert resolution.is_blocked

    @pytest.mark.parametrize(("month", "day"), [(0, 1), (13, 1), (2, 30), (4, 31), (1, 0)])
    def test_refuses_what_no_year_has(self, month: int, day: int) -> None:
        """
        A month or day out of bounds is refused.
        """
        with pytest.raises(InvalidValueError):
            MonthDay(month, day)


class TestUndated:
    """
    立行立改 has no number in law; 持续推进 no due date.
    """

    def test_a_standing_duty_never_falls_due(self) -> None:
        """
        Not even by an override.
        """
        moved = StandingDuty().resolve(
            adjustments=[Override(date(2020, 7, 1), reason="r", issued_on=ISSUED)]
        )

        assert moved.due is None
        assert moved.standing
        assert "trace.standing.unmoved" in codes(moved)

    def test_words_without_a_date_raise(self) -> None:
        """
        The error names the words; a policy or an override gives the day.
        """
        with pytest.raises(UnresolvedDeadlineError) as caught:
            Unresolved("立行立改").resolve(issued=ISSUED)
        assert caught.value.words == "立行立改"

        policy = After("issued", 5, "workday")
        by_policy = Unresolved("立行立改").resolve(issued=ISSUED, immediate=policy)
        assert by_policy.due == date(2020, 6, 24)
        assert by_policy.trace[0].inferred

        override = Override(date(2020, 7, 1), reason="定", issued_on=ISSUED)
        assert due(Unresolved("限期"), adjustments=[override]) == date(2020, 7, 1)

    def test_a_policy_for_at_once_is_not_for_soon(self) -> None:
        """
        限期 does not mean at once, so the policy does not apply.
        """
        with pytest.raises(UnresolvedDeadlineError):
            Unresolved("限期").resolve(issued=ISSUED, immediate=After("issued", 5, "workday"))
        assert Unresolved("限期").kind == "none"
        assert Unresolved("立行立改、长期坚持").kind == "immediate"


class TestCombined:
    """
    The earliest and the latest of several.
    """

    FIXED = FixedDate(date(2020, 6, 30))
    COUNTED = After("received", 3, "workday")

    def test_the_earliest_does_not_wait(self) -> None:
        """
        A known day stands until the event comes; then the earlier of the two.
        """
        rule = Earliest(self.FIXED, self.COUNTED)
        waiting = rule.resolve()

        assert waiting.due == date(2020, 6, 30)
        assert waiting.waiting_for == ("received",)
        assert due(rule, events={"received": date(2020, 6, 1)}) == date(2020, 6, 4)
        assert due(rule, events={"received": date(2020, 7, 1)}) == date(2020, 6, 30)

    def test_the_latest_waits_for_all(self) -> None:
        """
        Without the event there is no latest.
        """
        rule = Latest(self.FIXED, self.COUNTED)

        assert due(rule) is None
        assert due(rule, events={"received": date(2020, 7, 1)}) == date(2020, 7, 6)

    def test_what_is_open_leaves_the_whole_open(self) -> None:
        """
        A part that a person must decide leaves even the earliest without a day.
        """
        assert Earliest(self.FIXED, PeriodEnd("year")).resolve().is_blocked
        assert due(Earliest(self.FIXED, PeriodEnd("year"))) is None
        with pytest.raises(UnresolvedDeadlineError):
            Earliest(self.FIXED, Unresolved("限期")).resolve()

    def test_a_standing_duty_never_comes_first_and_always_last(self) -> None:
        """
        The earliest ignores it; the latest never comes.
        """
        assert due(Earliest(self.FIXED, StandingDuty())) == date(2020, 6, 30)
        assert Latest(self.FIXED, StandingDuty()).resolve().standing

    def test_one_rule_is_no_choice(self) -> None:
        """
        At least two rules, and only rules.
        """
        with pytest.raises(InvalidValueError):
            Earliest(self.FIXED)
        with pytest.raises(InvalidValueError):
            Latest(self.FIXED, date(2020, 6, 30))  # type: ignore[arg-type]  # that is the point


class TestTrace:
    """
    The last step is the answer, and the steps of each kind of rule are just these.
    """

    @pytest.mark.parametrize(
        ("rule", "expected"),
        [
            (FixedDate(date(2020, 6, 30)), ["trace.fixed"]),
            (
                FixedDate(date(2020, 6, 20), roll="following"),
                ["trace.fixed", "trace.roll.following"],
            ),
            (
                After("received", 3, "workday"),
                [
                    "trace.event",
                    "trace.start-excluded",
                    "trace.holidays",
                    "trace.made-up",
                    "trace.count.workday",
                ],
            ),
            (
                After("received", 3, "day"),
                ["trace.event", "trace.start-excluded", "trace.count.day", "trace.roll.following"],
            ),
            (
                After("received", 1, "month", exclude_start_day=False),
                ["trace.event", "trace.start-included", "trace.count.month"],
            ),
            (Before("received", 1, "week"), ["trace.event", "trace.count-back.week"]),
            (Annual(1, 31), ["trace.first-occurrence"]),
            (
                Earliest(FixedDate(date(2020, 6, 30)), FixedDate(date(2020, 7, 1))),
                ["trace.fixed", "trace.fixed", "trace.earliest"],
            ),
        ],
    )
    def test_the_steps_of_each_kind(self, rule: DeadlineRule, expected: list[str]) -> None:
        """
        From Wednesday 24 June 2020, before the Dragon Boat Festival.
        """
        resolution = rule.resolve(issued=ISSUED, events={"received": date(2020, 6, 24)})

        assert codes(resolution) == [*expected, "trace.answer"]
        assert resolution.trace[-1].day == resolution.due

    @given(
        rules(),
        st.none() | st.dates(FIRST, LAST),
        st.dictionaries(st.sampled_from(EVENTS), st.dates(FIRST, LAST)),
        st.lists(adjustments(), max_size=3),
    )
    @example(FixedDate(date(2020, 6, 30)), None, {}, [])
    def test_every_resolution_explains_itself(
        self,
        rule: DeadlineRule,
        issued: date | None,
        events: dict[str, date],
        decided: list[Adjustment],
    ) -> None:
        """
        The last step is the answer, in words of both languages, whatever is asked.
        """
        try:
            resolution = rule.resolve(issued=issued, events=events, adjustments=decided)
        except (UnresolvedDeadlineError, CalendarCoverageError):
            event("no day at all")
            return
        event(f"closing: {resolution.trace[-1].code}")
        assert resolution.explain() == resolution.explain("en")
        assert [step.text() for step in resolution.trace] == [
            step.text("en") for step in resolution.trace
        ]
        assert resolution.trace[-1].day == resolution.due
        assert (resolution.due is None) == (resolution.certainty is None)
        for lang in ("zh", "en"):
            text = resolution.explain(lang)
            assert text.count("\n") + 1 == len(resolution.trace)
            for raw in ("trace.", "event.", "doubt.", "place.", "{", "None"):
                assert raw not in text


class TestSuspension:
    """
    Time of consulting is not counted (政府信息公开条例 33); a fixed date does not move.
    """

    def test_both_edge_days_are_left_out(self) -> None:
        """
        Suspended Tuesday to Wednesday, three working days from Monday end on Monday.
        """
        rule, events = After("received", 3, "workday"), {"received": date(2020, 6, 1)}

        assert due(rule, events=events) == date(2020, 6, 4)
        paused = [Suspension(date(2020, 6, 2), date(2020, 6, 3))]
        assert due(rule, events=events, adjustments=paused) == date(2020, 6, 8)
        one = [Suspension(date(2020, 6, 4), date(2020, 6, 4))]
        assert due(rule, events=events, adjustments=one) == date(2020, 6, 5)
        late = [Suspension(date(2020, 6, 5), date(2020, 6, 30))]
        assert due(rule, events=events, adjustments=late) == date(2020, 6, 4)

    @pytest.mark.parametrize(
        ("first", "last", "code"),
        [
            (1, 1, "trace.suspension.outside"),  # the start day is not counted anyway
            (2, 2, "trace.suspension"),
            (4, 4, "trace.suspension"),  # the due day moves on
            (5, 9, "trace.suspension.outside"),
        ],
    )
    def test_one_outside_the_counted_days_says_so(self, first: int, last: int, code: str) -> None:
        """
        Three working days from Monday 1 June count 2, 3 and 4 June, and none beside them.
        """
        paused = Suspension(date(2020, 6, first), date(2020, 6, last))
        found = After("received", 3, "workday").resolve(
            events={"received": date(2020, 6, 1)}, adjustments=[paused]
        )

        (step,) = (each for each in found.trace if each.code.startswith("trace.suspension"))
        assert step.code == code
        assert step.message.facts == {"first": paused.first_day, "last": paused.last_day}
        assert (found.due == found.original_due) is (code == "trace.suspension.outside")

    def test_law_is_cited_only_where_it_moves_a_day(self) -> None:
        """
        Article 203 moves the end of a counted period on; no law moves a date, or anything back.
        """
        saturday = date(2020, 6, 20)
        events = {"received": saturday - 10 * DAY, "expiry": saturday + 10 * DAY}
        for rule, cites in (
            (After("received", 10, "day"), True),
            (After("received", 10, "day", roll="preceding"), False),
            (FixedDate(saturday, roll="following"), False),
            (Before("expiry", 10, "day", roll="following"), False),
        ):
            trace = rule.resolve(events=events).trace
            (step,) = (each for each in trace if each.code.startswith("trace.roll"))
            assert (step.source is not None) is cites

    def test_never_moves_a_date(self) -> None:
        """
        Fixed dates, period ends and counts back stay where they are, and say why.
        """
        paused = [Suspension(date(2020, 6, 1), date(2020, 6, 30))]
        for rule in (
            FixedDate(date(2020, 6, 30)),
            PeriodEnd("year"),
            Before("expiry", 3, "workday"),
        ):
            given: dict[str, Any] = {"issued": ISSUED, "events": {"expiry": date(2020, 7, 1)}}
            moved = rule.resolve(adjustments=paused, **given)
            assert moved.due == due(rule, **given)
            assert "trace.suspension.nothing-counted" in codes(moved)

    @given(
        made_calendars(),
        st.data(),
        st.integers(1, 25),
        st.sampled_from((CountUnit.WORKDAY, CountUnit.DAY)),
    )
    def test_is_the_same_rule_on_a_calendar_with_those_days_closed(
        self, calendar: WorkCalendar, data: st.DataObject, n: int, unit: CountUnit
    ) -> None:
        """
        And the same as a walk day by day; order and overlap do not matter.
        """
        start = data.draw(days(calendar, max_day=calendar.known_until - 250 * DAY))
        spans = data.draw(st.lists(st.tuples(st.integers(-10, 40), st.integers(0, 12)), max_size=4))
        paused = [
            Suspension(start + a * DAY, start + (a + length) * DAY)
            for a, length in spans
            if start + a * DAY >= calendar.known_from
        ]
        closed = {
            p.first_day + k * DAY
            for p in paused
            for k in range((p.last_day - p.first_day).days + 1)
        }
        walked, left = start, n
        while left:
            walked += DAY
            counts = calendar.is_workday(walked) if unit is CountUnit.WORKDAY else True
            left -= counts and walked not in closed
        given = {"events": {"received": start}, "calendar": calendar}
        rule = After("received", n, unit, roll="none")

        assert due(rule, adjustments=paused, **given) == walked
        assert due(rule, adjustments=paused[::-1], **given) == walked
        if unit is CountUnit.WORKDAY:
            overlaid = calendar.overlay(off=closed)
            assert due(rule, events={"received": start}, calendar=overlaid) == walked

    def test_a_last_day_does_not_roll_into_a_suspension(self) -> None:
        """
        A day that is not counted can be no last day.
        """
        rule, events = After("received", 3, "day"), {"received": date(2020, 6, 3)}
        paused = [Suspension(date(2020, 6, 8), date(2020, 6, 9))]

        assert due(rule, events=events) == date(2020, 6, 8)
        assert due(rule, events=events, adjustments=paused) == date(2020, 6, 10)

    def test_months_are_paused_day_by_day(self) -> None:
        """
        A month with two days left out ends two days later.
        """
        rule, events = After("received", 1, "month"), {"received": date(2020, 6, 1)}
        paused = [Suspension(date(2020, 6, 10), date(2020, 6, 11))]

        assert due(rule, events=events) == date(2020, 7, 1)
        assert due(rule, events=events, adjustments=paused) == date(2020, 7, 3)


class TestExtension:
    """
    Prolonged by at most 20 working days (政府信息公开条例 33).
    """

    RULE = After("received", 20, "workday")
    EVENTS = {"received": date(2020, 6, 1)}  # noqa: RUF012 -- it is never changed

    def test_counts_from_the_day_in_force(self) -> None:
        """
        20 and 20 working days are 40.
        """
        longer = self.RULE.resolve(
            events=self.EVENTS, adjustments=[Extension(20, "workday", granted_on=date(2020, 6, 20))]
        )

        assert longer.due == after(date(2020, 6, 1), 40, "workday")
        assert longer.original_due == after(date(2020, 6, 1), 20, "workday")

    @given(st.lists(st.integers(1, 5), min_size=2, max_size=4))
    def test_several_add_up(self, granted: list[int]) -> None:
        """
        Each goes on from where the one before it ended, whatever order they are given in.
        """
        days = (date(2020, 6, 20) + timedelta(days=n) for n in range(len(granted)))
        given_ = [
            Extension(n, "workday", granted_on=on) for n, on in zip(granted, days, strict=True)
        ]
        expected = after(date(2020, 6, 1), 20 + sum(granted), "workday")

        for order in (given_, given_[::-1]):
            assert due(self.RULE, events=self.EVENTS, adjustments=order) == expected

    @given(st.dates(date(2020, 6, 1), date(2020, 9, 1)))
    def test_until_a_day_is_the_later_of_the_two(self, until: date) -> None:
        """
        It never shortens.
        """
        base = after(date(2020, 6, 1), 20, "workday")
        assert base is not None
        granted = [ExtensionUntil(until, granted_on=date(2020, 6, 20))]

        assert due(self.RULE, events=self.EVENTS, adjustments=granted) == max(base, until)

    def test_days_end_on_no_rest_day(self) -> None:
        """
        An extension is a counted period: its last day rolls on.
        """
        granted = [Extension(1, "day", granted_on=ISSUED)]

        assert due(FixedDate(date(2020, 6, 19)), adjustments=granted) == date(2020, 6, 22)

    def test_a_suspension_in_the_extended_time_counts_too(self) -> None:
        """
        Two days left out of the extension move its end by two.
        """
        granted = Extension(5, "workday", granted_on=date(2020, 6, 20))
        without = self.RULE.resolve(events=self.EVENTS, adjustments=[granted])
        assert without.due == date(2020, 7, 7)
        paused = Suspension(date(2020, 7, 2), date(2020, 7, 3))

        found = self.RULE.resolve(events=self.EVENTS, adjustments=[paused, granted])
        assert found.due == date(2020, 7, 9)
        assert codes(found).count("trace.suspension") == 1

    def test_the_latest_override_wins_by_its_day(self) -> None:
        """
        Decisions take effect in the order of their days, whatever order they are given in.
        """
        one = Override(date(2020, 8, 1), reason="a", issued_on=date(2020, 6, 2))
        other = Override(date(2020, 7, 1), reason="b", issued_on=date(2020, 6, 3))
        then = Extension(1, "workday", granted_on=date(2020, 6, 4))
        given = {"events": self.EVENTS}

        for order in ([one, other], [other, one]):
            assert due(self.RULE, adjustments=order, **given) == date(2020, 7, 1)
        assert due(self.RULE, adjustments=[then, other], **given) == date(2020, 7, 2)

    def test_an_override_decides_what_the_calendar_cannot(self) -> None:
        """
        Past the published calendar a day that was decided stands; one that lapsed does not.
        """
        events = {"received": date(2026, 12, 30)}
        decided = Override(date(2027, 2, 1), reason="r", issued_on=date(2027, 1, 4))
        found = self.RULE.resolve(events=events, adjustments=[decided])

        assert (found.due, found.original_due) == (date(2027, 2, 1), None)
        assert codes(found)[0] == "error.calendar-coverage"
        with pytest.raises(CalendarCoverageError):
            self.RULE.resolve(events=events, adjustments=[decided, Restart(date(2027, 1, 5))])

    def test_nothing_to_extend_without_a_day(self) -> None:
        """
        An extension of a rule that waits is kept for later and said so; an override decides.
        """
        granted = Extension(5, "workday", granted_on=ISSUED)
        waiting = self.RULE.resolve(adjustments=[granted])
        decided = Override(date(2020, 7, 1), reason="r", issued_on=ISSUED)

        assert waiting.due is None
        assert "trace.extension.nothing-to-extend" in codes(waiting)
        assert due(self.RULE, adjustments=[decided]) == date(2020, 7, 1)


class TestBasis:
    """
    Only whoever decided knows what a decision rests on, so that nothing is cited unasked.
    """

    @pytest.mark.parametrize("basis", ["", "政府信息公开条例第三十三条"])
    @pytest.mark.parametrize(
        ("code", "adjustment"),
        [
            ("trace.extension.workday", Extension(5, "workday", granted_on=date(2020, 6, 26))),
            (
                "trace.extension-until",
                ExtensionUntil(date(2020, 8, 1), granted_on=date(2020, 6, 26)),
            ),
            ("trace.suspension", Suspension(date(2020, 6, 28), date(2020, 6, 29))),
            ("trace.restart", Restart(date(2020, 6, 29))),
        ],
    )
    def test_is_cited_as_given(self, basis: str, code: str, adjustment: Any) -> None:
        """
        The step of a decision cites its basis, and nothing if none was given.
        """
        decided = attrs.evolve(adjustment, basis=basis)
        resolution = After("received", 3, "workday").resolve(
            events={"received": date(2020, 6, 24)}, adjustments=[decided]
        )
        (step,) = (each for each in resolution.trace if each.code == code)

        assert ("" if step.source is None else str(step.source)) == basis
        assert parse_adjustment(str(decided)) == decided

    def test_of_joined_suspensions_the_one_named(self) -> None:
        """
        Two suspensions that touch are one span; the basis that one of them names is cited.
        """
        first = Suspension(date(2020, 6, 28), date(2020, 6, 28))
        second = Suspension(date(2020, 6, 29), date(2020, 6, 29), basis="办法第五条")
        resolution = After("received", 3, "workday").resolve(
            events={"received": date(2020, 6, 24)}, adjustments=[first, second]
        )
        (step,) = (each for each in resolution.trace if each.code == "trace.suspension")

        assert str(step.source) == "办法第五条"


class TestRestart:
    """
    The period restarts on receipt of the corrected request (政府信息公开条例 30).
    """

    def test_counts_anew_and_lapses_what_came_before(self) -> None:
        """
        An extension of the first period lapses, one of the second counts.
        """
        rule, events = After("received", 20, "workday"), {"received": date(2020, 6, 1)}
        anew = Restart(date(2020, 6, 15))
        before = Extension(5, "workday", granted_on=date(2020, 6, 10))
        later = Extension(5, "workday", granted_on=date(2020, 6, 20))
        found = rule.resolve(events=events, adjustments=[before, anew])

        assert found.due == after(date(2020, 6, 15), 20, "workday")
        assert "trace.lapsed" in codes(found)
        assert due(rule, events=events, adjustments=[anew, later]) == after(
            date(2020, 6, 15), 25, "workday"
        )

    @pytest.mark.parametrize(("on", "restarts"), [(31, False), (32, True)])
    def test_a_period_cannot_restart_before_it_begins(self, on: int, *, restarts: bool) -> None:
        """
        A restart dated before the event changes nothing and says so; on its day it counts.
        """
        day = date(2020, 5, 1) + (on - 1) * DAY
        rule, events = After("received", 20, "workday"), {"received": date(2020, 6, 1)}
        granted = Extension(5, "workday", granted_on=date(2020, 5, 20))
        found = rule.resolve(events=events, adjustments=[granted, Restart(day)])

        assert ("trace.restart.before-start" in codes(found)) is not restarts
        assert found.due == after(date(2020, 6, 1), 20 if restarts else 25, "workday")

    def test_a_date_has_nothing_to_restart(self) -> None:
        """
        A fixed date stays, and an extension of it does not lapse.
        """
        granted = ExtensionUntil(date(2020, 7, 9), granted_on=date(2020, 6, 1))
        found = FixedDate(date(2020, 6, 30)).resolve(
            adjustments=[granted, Restart(date(2020, 6, 15))]
        )

        assert found.due == date(2020, 7, 9)
        assert "trace.restart.nothing-counted" in codes(found)


class TestNotation:
    """
    Rules and adjustments as files and the command line write them.
    """

    @given(rules())
    def test_a_rule_reads_back(self, rule: DeadlineRule) -> None:
        """
        parse_rule(str(rule)) is the rule.
        """
        assert parse_rule(str(rule)) == rule

    @given(adjustments())
    def test_an_adjustment_reads_back(self, adjustment: Adjustment) -> None:
        """
        parse_adjustment(str(adjustment)) is the adjustment.
        """
        assert parse_adjustment(str(adjustment)) == adjustment

    @pytest.mark.parametrize(
        "text",
        [
            "After（received，3，workday）",
            "  After( received ,3,workday ) ",
            'After("received", 3, "workday")',
            "After(received, 3, unit=workday)",
        ],
    )
    def test_is_lenient_about_width_and_space(self, text: str) -> None:
        """
        Full-width marks, blanks, quotes and names make no difference.
        """
        assert parse_rule(text) == After("received", 3, "workday")

    @pytest.mark.parametrize(
        ("text", "position", "found"),
        [
            ("", 0, ""),
            ("After", 5, ""),
            ("After(received, 3, workday", 26, ""),
            ("After(received, 3, workday))", 27, ")"),
            ("After(received 3, workday)", 15, "3"),
            ("After(received) 3", 16, "3"),
            ("After(,3)", 6, ","),
            ("After(3(4, workday)", 7, "("),
            ("After(received,", 15, ""),
            ("3(received)", 0, "3"),
            ("After)received)", 5, ")"),
            ("FixedDate(2020-06-31)", 10, "2020-06-31"),
            ("FixedDate(2020-6-30)", 14, "-"),
            ("After(event=received, 3, workday)", 22, "3"),
            ("After(event=a, event=b, n=1, unit=day)", 15, "event"),
            ("FixedDate(2020-06-30, 2020-07-01, 1)", 0, "FixedDate"),
            ("Latest(StandingDuty(), StandingDuty(1))", 23, "StandingDuty"),
            ("Recurring(rule=StandingDuty(1), every=month)", 15, "StandingDuty"),
            ("~", 0, "~"),
            ("  ~", 2, "~"),
        ],
    )
    def test_tells_where_the_trouble_is(self, text: str, position: int, found: str) -> None:
        """
        The position of the first thing that does not fit, what it is, and the whole text.
        """
        with pytest.raises(RuleSyntaxError) as caught:
            parse_rule(text)

        assert (caught.value.notation, caught.value.position, caught.value.found) == (
            text,
            position,
            found,
        )
        assert caught.value.expected

    def test_an_adjustment_tells_too(self) -> None:
        """
        With the whole text.
        """
        with pytest.raises(RuleSyntaxError) as caught:
            parse_adjustment("Restart(2020-06-30, 1)")
        assert caught.value.notation == "Restart(2020-06-30, 1)"

    @pytest.mark.parametrize(
        "text",
        [
            "After(received, 3, workday)",
            "Before(expiry, 3, day)",
            "Before(expiry, 3, day, roll=preceding)",
            "FixedDate(2020-06-30)",
            "MonthDay(3, 17)",
            "MonthDay(3, 17, roll=following)",
            "PeriodEnd(month)",
            "PeriodEnd(month, month=5, year=2021, roll=following)",
            "Annual(1, 31)",
            "Annual(1, 31, since=2021-01-01)",
        ],
    )
    def test_only_what_is_not_usual_is_written(self, text: str) -> None:
        """
        What a rule takes by itself is left out.
        """
        assert str(parse_rule(text)) == text

    def test_a_word_is_no_value_of_another_kind(self) -> None:
        """
        Only texts stand for words such as True; numbers and days are what they are.
        """
        rule = parse_rule("After(received, 3, workday, exclude_start_day=False)")

        assert isinstance(rule, After)
        assert rule.exclude_start_day is False

    def test_a_misspelt_rule_suggests_the_nearest(self) -> None:
        """
        As for any name.
        """
        with pytest.raises(UnknownNameError) as caught:
            parse_rule("FixDate(2020-06-30)")
        assert caught.value.nearest[0] == "FixedDate"

    @given(
        st.text(alphabet="After(received,3workday)=\"'\\2020-06-30 FixedDate（）", max_size=60)
        | st.text()
    )
    def test_any_text_is_read_or_refused(self, text: str) -> None:
        """
        Nothing but the library's own errors, also for deep nesting.
        """
        for read in (parse_rule, parse_adjustment):
            with contextlib.suppress(RectiflowError):
                read(text)

    @pytest.mark.parametrize("named", [False, True])
    def test_deep_nesting_is_refused(self, *, named: bool) -> None:
        """
        Twenty deep is read and twenty-one is a typed error; no recursion error.
        """
        with pytest.raises(RuleSyntaxError):
            parse_rule("Earliest(" * 500)
        head = "Earliest(a=" if named else "Earliest("
        deepest = head * 20 + "StandingDuty()" + ")" * 20
        with pytest.raises(RuleSyntaxError) as caught:
            parse_rule(head + deepest + ")")
        assert (caught.value.notation, caught.value.position, caught.value.found) == (
            head + deepest + ")",
            len(head) * 21,
            "StandingDuty",
        )
        # Read, and then refused for what it holds.
        with pytest.raises(RuleSyntaxError if named else InvalidValueError) as inner:
            parse_rule(deepest)
        if isinstance(inner.value, RuleSyntaxError):
            assert inner.value.found == "Earliest"

    @pytest.mark.parametrize(
        "make",
        [
            lambda: After("", 3, "workday"),
            lambda: After("received", 0, "workday"),
            lambda: After("received", 3.0, "workday"),  # type: ignore[arg-type]  # that is the point
            lambda: After("received", 3, "fortnight"),
            lambda: After("received", 3, "day", roll="up"),
            lambda: FixedDate(datetime(2020, 6, 30, tzinfo=UTC)),
            lambda: FixedDate("2020-06-30"),  # type: ignore[arg-type]  # that is the point
            lambda: Suspension(date(2020, 6, 2), date(2020, 6, 1)),
            lambda: Override(date(2020, 6, 2), reason=" ", issued_on=date(2020, 6, 1)),
            lambda: Extension(0, "day", granted_on=date(2020, 6, 1)),
            lambda: Unresolved(" "),
            lambda: FixedDate(date(2020, 6, 30)).resolve(adjustments=[3]),  # type: ignore[list-item]  # that is the point
        ],
    )
    def test_a_wrong_value_is_refused_when_made(self, make: Any) -> None:
        """
        Field, value and cure are told at once and not when a date is wanted.
        """
        with pytest.raises(InvalidValueError):
            make()
