"""
The calendar against independent sources and against counting on fingers.
"""

from __future__ import annotations

import pickle
import warnings
from datetime import UTC, date, datetime, timedelta

import holidays as peer
import pytest
from chinese_calendar.constants import holidays, workdays
from hypothesis import event, example, given
from hypothesis import strategies as st

from rectiflow.errors import InvalidValueError
from rectiflow.testing.calendars import calendars, days, made_calendars
from rectiflow.workdays import CalendarCoverageError, Roll, WorkCalendar

CHINA = WorkCalendar.china()
DAY = timedelta(days=1)
SATURDAY = 5


def every_day(calendar: WorkCalendar) -> list[date]:
    """
    List all covered days.
    """
    length = (calendar.known_until - calendar.known_from).days + 1
    return [calendar.known_from + n * DAY for n in range(length)]


def on_fingers(calendar: WorkCalendar, day: date, n: int) -> date | None:
    """
    Walk from *day* until *n* worked days are counted; ``None`` past the coverage.
    """
    while n:
        day += DAY
        if day > calendar.known_until:
            return None
        n -= calendar.is_workday(day)
    return day


@st.composite
def questions(draw: st.DrawFn) -> tuple[WorkCalendar, date, int]:
    """
    Draw a calendar, a day of it and a number of working days.
    """
    calendar = draw(calendars())
    return calendar, draw(days(calendar)), draw(st.integers(1, 30))


class TestChina:
    """
    China's calendar, 2004 to 2026, day by day.
    """

    def test_agrees_with_holidays_on_every_day(self) -> None:
        """
        Of 8,401 days the ``holidays`` package differs on none.
        """
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            china = peer.country_holidays("CN", years=range(2004, 2027))
            differing = [
                d for d in every_day(CHINA) if CHINA.is_workday(d) != china.is_working_day(d)
            ]

        assert len(every_day(CHINA)) == 8401
        assert differing == []

    def test_the_raw_tables_differ_on_one_day(self) -> None:
        """
        The tables of chinesecalendar have one wrong day: 2005-12-31 was worked.
        """
        raw = {
            d
            for d in every_day(CHINA)
            if (d in workdays or d.weekday() < SATURDAY) and d not in holidays
        }
        ours = {d for d in every_day(CHINA) if CHINA.is_workday(d)}

        assert (len(raw), len(ours)) == (5744, 5745)
        assert raw ^ ours == {date(2005, 12, 31)}

    def test_make_up_days_are_worked(self) -> None:
        """
        151 weekend days are worked, as the notices say 上班.
        """
        worked = [d for d in every_day(CHINA) if d.weekday() >= SATURDAY and CHINA.is_workday(d)]

        assert len(worked) == 151

    def test_a_deadline_that_a_court_found(self) -> None:
        """
        20 working days from 2022-09-30 end on 2022-11-02.
        """
        assert CHINA.add(date(2022, 9, 30), 20) == date(2022, 11, 2)

    @pytest.mark.parametrize(("day", "provisional"), [(28, False), (29, True), (31, True)])
    def test_the_last_days_of_the_last_year_are_provisional(
        self, day: int, *, provisional: bool
    ) -> None:
        """
        From 29 December on the next notice may still change a day.
        """
        assert CHINA.is_provisional(date(2026, 12, day)) is provisional

    def test_as_it_was_known(self) -> None:
        """
        Before 26 January 2020, 31 January was a working day.
        """
        before = WorkCalendar.china(known_on=date(2020, 1, 25))

        assert before.add(date(2020, 1, 23), 1) == date(2020, 1, 31)
        assert CHINA.add(date(2020, 1, 23), 1) == date(2020, 2, 3)

    def test_nothing_known_before_the_first_notice(self) -> None:
        """
        Asking for the calendar of 2003 is an error that names the coverage.
        """
        with pytest.raises(CalendarCoverageError) as caught:
            WorkCalendar.china(known_on=date(2003, 6, 1))
        assert caught.value.day == date(2003, 6, 1)
        assert caught.value.known_from == date(2004, 1, 1)
        assert caught.value.known_until == CHINA.known_until


class TestAdd:
    """
    The n-th working day after a day, which is not counted.
    """

    @given(questions())
    @example((CHINA, date(2020, 6, 24), 3))
    @example((CHINA, date(2026, 12, 30), 1))
    @example((CHINA, date(2026, 12, 31), 1))
    def test_agrees_with_counting_on_fingers(self, case: tuple[WorkCalendar, date, int]) -> None:
        """
        The same day as a walk, and an error exactly where the walk leaves the coverage.
        """
        calendar, day, n = case
        expected = on_fingers(calendar, day, n)
        if expected is None:
            event("past the coverage")
            with pytest.raises(CalendarCoverageError):
                calendar.add(day, n)
        else:
            assert calendar.add(day, n) == expected
            assert calendar.count(day, expected) == n
            if any(day < off <= expected for off in calendar.off):
                event("crosses a holiday")
            if any(day < made_up <= expected for made_up in calendar.work):
                event("crosses a make-up day")

    @given(questions(), st.integers(1, 10))
    def test_adding_twice_is_adding_the_sum(
        self, case: tuple[WorkCalendar, date, int], m: int
    ) -> None:
        """
        add(add(day, n), m) = add(day, n + m).
        """
        calendar, day, n = case
        if on_fingers(calendar, day, n + m) is not None:
            assert calendar.add(calendar.add(day, n), m) == calendar.add(day, n + m)

    @given(questions())
    def test_subtract_undoes_add_from_a_worked_day(
        self, case: tuple[WorkCalendar, date, int]
    ) -> None:
        """
        From a worked day, n working days on and n back is the same day.
        """
        calendar, day, n = case
        if calendar.is_workday(day) and on_fingers(calendar, day, n) is not None:
            assert calendar.subtract(calendar.add(day, n), n) == day

    @given(questions())
    def test_subtract_agrees_with_counting_on_fingers(
        self, case: tuple[WorkCalendar, date, int]
    ) -> None:
        """
        The same day as a walk backwards, and an error where that leaves the coverage.
        """
        calendar, day, n = case
        walked: date | None = day
        left = n
        while left and walked is not None:
            walked -= DAY
            if walked < calendar.known_from:
                walked = None
            else:
                left -= calendar.is_workday(walked)
        if walked is None:
            with pytest.raises(CalendarCoverageError):
                calendar.subtract(day, n)
        else:
            assert calendar.subtract(day, n) == walked

    @pytest.mark.parametrize("n", [0, -1, 1.0, True, "1"])
    def test_refuses_what_is_no_count(self, n: int) -> None:
        """
        A count is a whole number, 1 or more.
        """
        with pytest.raises(InvalidValueError):
            CHINA.add(date(2020, 6, 1), n)
        with pytest.raises(InvalidValueError):
            CHINA.subtract(date(2020, 6, 1), n)

    def test_a_datetime_is_no_day(self) -> None:
        """
        A time of day would be lost in silence, so it is refused.
        """
        with pytest.raises(InvalidValueError):
            CHINA.add(datetime(2020, 6, 1, tzinfo=UTC), 1)


class TestCount:
    """
    Working days after one day up to another, which is included.
    """

    @given(calendars(), st.data())
    def test_agrees_with_counting_on_fingers(
        self, calendar: WorkCalendar, data: st.DataObject
    ) -> None:
        """
        As many as a walk meets; counts add up over a split.
        """
        first, second, third = sorted(data.draw(days(calendar)) for _ in range(3))
        third = min(third, first + 400 * DAY)
        second = min(second, third)
        walked = sum(
            calendar.is_workday(first + n * DAY) for n in range(1, (third - first).days + 1)
        )

        assert calendar.count(first, third) == walked
        assert calendar.count(first, second) + calendar.count(second, third) == walked
        assert calendar.count(first, first) == 0

    def test_backwards_is_refused(self) -> None:
        """
        A count to a day before is misuse, not a negative number.
        """
        with pytest.raises(InvalidValueError):
            CHINA.count(date(2020, 6, 2), date(2020, 6, 1))


class TestRoll:
    """
    Where a day that is not worked goes.
    """

    @given(calendars(), st.data())
    def test_rolls_to_the_nearest_worked_day(
        self, calendar: WorkCalendar, data: st.DataObject
    ) -> None:
        """
        A worked day stays; else the answer is worked, on the right side, with none between.
        """
        middle = {
            "min_day": calendar.known_from + 30 * DAY,
            "max_day": calendar.known_until - 30 * DAY,
        }
        day = data.draw(days(calendar, **middle))
        for how, step in ((Roll.FOLLOWING, DAY), (Roll.PRECEDING, -DAY)):
            walked = day
            while not calendar.is_workday(walked):
                walked += step
            assert calendar.roll(day, how) == walked
            assert calendar.roll(walked, how) == walked
        assert calendar.roll(day, "none") == day

    def test_an_unknown_roll_is_refused(self) -> None:
        """
        Only the three names are rolls.
        """
        with pytest.raises(InvalidValueError):
            CHINA.roll(date(2020, 6, 1), "nearest")


class TestCoverage:
    """
    Outside the coverage there is an error and never an answer, for every question.
    """

    @pytest.mark.parametrize("day", [date(2003, 12, 31), date(2027, 1, 1)])
    def test_every_question_outside_is_an_error(self, day: date) -> None:
        """
        The day before the first and the day after the last.
        """
        inside = date(2020, 6, 1)
        for ask in (
            lambda: CHINA.is_workday(day),
            lambda: CHINA.is_provisional(day),
            lambda: CHINA.add(day, 1),
            lambda: CHINA.subtract(day, 1),
            lambda: CHINA.roll(day, "following"),
            lambda: CHINA.count(min(day, inside), max(day, inside)),
        ):
            with pytest.raises(CalendarCoverageError) as caught:
                ask()
            assert (caught.value.known_from, caught.value.known_until) == (
                date(2004, 1, 1),
                date(2026, 12, 31),
            )

    def test_what_just_fits_is_answered(self) -> None:
        """
        The last working day of the coverage can be counted to, and one more cannot.
        """
        last = CHINA.add(date(2026, 12, 30), 1)

        assert last == date(2026, 12, 31)
        assert CHINA.count(date(2026, 1, 1), date(2026, 12, 31)) > 0
        with pytest.raises(CalendarCoverageError):
            CHINA.add(date(2026, 12, 30), 2)
        assert CHINA.subtract(CHINA.add(date(2004, 1, 1), 2), 1) == CHINA.add(date(2004, 1, 1), 1)


class TestFirstAndLastDay:
    """
    Both ends of a coverage are covered, and nothing beside them.
    """

    @pytest.mark.parametrize(
        ("first", "last"),
        [
            (date(2020, 6, 1), date(2020, 6, 30)),  # a Monday and a Tuesday
            (date(2020, 6, 6), date(2020, 6, 28)),  # a Saturday and a Sunday
            (date(2020, 6, 5), date(2020, 6, 5)),
            (date(9999, 12, 30), date.max),
        ],
    )
    def test_every_day_between_and_none_beside(self, first: date, last: date) -> None:
        """
        Each is worked if it is a weekday; before the first and after the last is an error.
        """
        made = WorkCalendar(name="made", known_from=first, known_until=last)

        assert [made.is_workday(day) for day in every_day(made)] == [
            day.weekday() < SATURDAY for day in every_day(made)
        ]
        worked = [day for day in every_day(made) if day.weekday() < SATURDAY]
        if worked and worked[0] > first:
            assert made.add(first, len(worked)) == worked[-1]
        outside = [first - DAY] if last == date.max else [first - DAY, last + DAY]
        for day in outside:
            for ask in (made.is_workday, made.is_provisional, lambda day: made.add(day, 1)):
                with pytest.raises(CalendarCoverageError) as caught:
                    ask(day)
                assert (caught.value.day, caught.value.known_from, caught.value.known_until) == (
                    day,
                    first,
                    last,
                )

    def test_counting_out_of_it_names_the_day_counted_from(self) -> None:
        """
        In both directions.
        """
        made = WorkCalendar(name="m", known_from=date(2020, 6, 1), known_until=date(2020, 6, 30))
        for ask in (made.add, made.subtract):
            with pytest.raises(CalendarCoverageError) as caught:
                ask(date(2020, 6, 15), 40)
            assert caught.value.day == date(2020, 6, 15)

    def test_an_exception_may_stand_on_either_end(self) -> None:
        """
        Off on the first day and worked on the last, a Sunday.
        """
        first, last = date(2020, 6, 1), date(2020, 6, 28)
        made = WorkCalendar(name="m", known_from=first, known_until=last, off=[first], work=[last])
        other = WorkCalendar(
            name="m",
            known_from=date(2020, 6, 7),
            known_until=last + DAY,
            work=[date(2020, 6, 7)],
            off=[last + DAY],
        )

        assert (made.is_workday(first), made.is_workday(last)) == (False, True)
        assert (other.is_workday(date(2020, 6, 7)), other.is_workday(last + DAY)) == (True, False)

    def test_a_subclass_of_date_is_the_day_it_is(self) -> None:
        """
        Such as the dates of a test's frozen clock.
        """

        class Frozen(date):
            """
            A date as freezing libraries make it.
            """

        for n in (1, 3, 20):
            assert CHINA.add(Frozen(2020, 6, 24), n) == CHINA.add(date(2020, 6, 24), n)
        assert CHINA.is_workday(Frozen(2020, 6, 28))


class TestOverlay:
    """
    A province that differs, or a year entered by hand.
    """

    def test_guangxi_2017(self) -> None:
        """
        Guangxi was off from 30 March to 4 April 2017 and worked on 8 April.
        """
        off = [date(2017, 3, 30) + n * DAY for n in range(6)]
        guangxi = CHINA.overlay(off=off, work=[date(2017, 4, 8)], name="广西")

        assert guangxi.add(date(2017, 3, 29), 1) == date(2017, 4, 5)
        assert CHINA.add(date(2017, 3, 29), 1) == date(2017, 3, 30)
        assert guangxi.is_workday(date(2017, 4, 8))
        assert guangxi.name == "广西"

    def test_an_unpublished_year_by_hand(self) -> None:
        """
        Days of the next year extend the coverage to its end, from a mapping as it may be stored.
        """
        year = {"off": [date(2027, 1, 1), date(2027, 1, 2)], "work": [date(2027, 1, 3)]}
        longer = CHINA.overlay(off=year["off"], work=year["work"])

        assert longer.known_until == date(2027, 12, 31)
        assert longer.add(date(2026, 12, 31), 1) == date(2027, 1, 3)
        assert not longer.is_provisional(date(2026, 12, 31))
        assert longer.is_provisional(date(2027, 12, 29))

    def test_inside_the_coverage_all_else_stays(self) -> None:
        """
        Name, ends and provisional days, also where its very last day is named.
        """
        last = date(2020, 6, 30)
        for tail in (None, date(2020, 6, 29)):
            made = WorkCalendar(
                name="made", known_from=date(2020, 6, 1), known_until=last, provisional_from=tail
            )
            closed = made.overlay(off=[last])

            assert (closed.name, closed.known_from, closed.known_until) == (
                "made",
                date(2020, 6, 1),
                last,
            )
            assert closed.provisional_from == tail
            assert (closed.off, closed.work) == ((last,), ())
            assert made.overlay() == made
            assert made.overlay(name="").name == ""

    def test_a_year_that_began_is_completed(self) -> None:
        """
        A coverage that ends in June goes on to December; a year on the way must be named.
        """
        made = WorkCalendar(name="m", known_from=date(2020, 1, 1), known_until=date(2020, 6, 30))

        assert made.overlay(off=[date(2020, 7, 1)]).known_until == date(2020, 12, 31)
        both = made.overlay(off=[date(2020, 7, 1)], work=[date(2021, 1, 3)])
        assert both.known_until == date(2021, 12, 31)
        with pytest.raises(InvalidValueError):
            made.overlay(off=[date(2021, 1, 1)])

    @pytest.mark.parametrize(
        ("off", "work"),
        [
            ([date(2020, 6, 1)], [date(2020, 6, 1)]),
            ([date(2003, 12, 31)], []),
            ([date(2028, 1, 1)], []),
            ([datetime(2020, 6, 1, tzinfo=UTC)], []),
        ],
    )
    def test_refuses_what_cannot_be(self, off: list[date], work: list[date]) -> None:
        """
        A day both off and worked, before the coverage, past a year left out, or no day.
        """
        with pytest.raises(InvalidValueError):
            CHINA.overlay(off=off, work=work)

    @given(made_calendars(), st.data())
    def test_an_exception_outside_the_count_changes_nothing(
        self, calendar: WorkCalendar, data: st.DataObject
    ) -> None:
        """
        Closing a day never makes a due day earlier, and one outside (day, due] leaves it alone.
        """
        day = data.draw(days(calendar, max_day=calendar.known_until - 90 * DAY))
        n = data.draw(st.integers(1, 15))
        closed = data.draw(days(calendar, max_day=calendar.known_until - 60 * DAY))
        due, later = calendar.add(day, n), calendar.overlay(off=[closed]).add(day, n)

        assert later >= due
        if not day < closed <= due:
            assert later == due


class TestValue:
    """
    A calendar is a value.
    """

    @given(calendars())
    def test_plain_data_and_pickles_give_it_back(self, calendar: WorkCalendar) -> None:
        """
        to_plain and from_plain are exact, and so is pickling.
        """
        assert WorkCalendar.from_plain(calendar.to_plain()) == calendar
        assert pickle.loads(pickle.dumps(calendar)) == calendar  # noqa: S301 -- our own bytes
        assert hash(WorkCalendar.from_plain(calendar.to_plain())) == hash(calendar)

    @pytest.mark.parametrize(
        "changes",
        [
            {"known_until": date(2018, 12, 31)},
            {"off": [date(2020, 6, 6)]},
            {"work": [date(2020, 6, 1)]},
            {"off": [date(2021, 6, 1)]},
            {"off": ["2020-06-01"]},
            {"provisional_from": "soon"},
        ],
    )
    def test_refuses_what_is_no_calendar(self, changes: dict[str, object]) -> None:
        """
        Ends before the first day, exceptions that are none or lie outside, texts for days.
        """
        fields: dict[str, object] = {
            "name": "x",
            "known_from": date(2020, 1, 1),
            "known_until": date(2020, 12, 31),
        }
        with pytest.raises(InvalidValueError):
            WorkCalendar(**(fields | changes))  # type: ignore[arg-type]  # that is the point

    @pytest.mark.parametrize("data", [{}, {"name": "x"}, [], {"name": "x", "known_from": "2020"}])
    def test_refuses_what_is_no_plain_calendar(self, data: dict[str, object]) -> None:
        """
        from_plain says what it expected and never fails in another way.
        """
        with pytest.raises(InvalidValueError):
            WorkCalendar.from_plain(data)
