"""
What was published when.
"""

from __future__ import annotations

from datetime import date

import pytest
from chinese_calendar.constants import holidays, workdays

from rectiflow.notices import NOTICES, published

SATURDAY = 5


class TestNotices:
    """
    The yearly notices of the State Council, and those that changed a year in its course.
    """

    def test_every_year_of_the_tables_has_its_notice(self) -> None:
        """
        From 2004 to the last year of the tables, one notice sets each year.
        """
        last = max(*holidays, *workdays).year

        assert [n.year for n in NOTICES if not n.is_change] == list(range(2004, last + 1))

    def test_a_notice_comes_before_its_year(self) -> None:
        """
        Every dated yearly notice was issued in the year before; a change in its own year.
        """
        for notice in NOTICES:
            if notice.issued is not None:
                assert notice.issued.year == notice.year - (0 if notice.is_change else 1)

    def test_what_a_change_set_is_what_the_tables_hold(self) -> None:
        """
        Each change's days off are off in the tables and its days of work are worked.
        """
        found = published()
        for notice in NOTICES:
            assert all(day in found.off or day.weekday() >= SATURDAY for day in notice.off)
            assert all(day in found.work for day in notice.work)
            assert not any(day in found.work for day in notice.work_before)


class TestPublished:
    """
    Which days were off or worked, as known on a day.
    """

    def test_one_day_of_the_tables_is_put_right(self) -> None:
        """
        The tables hold 150 worked weekend days; 2005-12-31 is the 151st.
        """
        raw = {day for day in workdays if day.weekday() >= SATURDAY}

        assert len(raw) == 150
        assert published().work - raw == {date(2005, 12, 31)}

    @pytest.mark.parametrize(
        ("known_on", "day", "is_off"),
        [
            (date(2015, 5, 12), date(2015, 9, 3), False),
            (date(2015, 5, 13), date(2015, 9, 3), True),
            (date(2019, 3, 21), date(2019, 5, 2), False),
            (date(2019, 3, 22), date(2019, 5, 2), True),
            (date(2019, 3, 21), date(2019, 5, 1), True),
            (date(2020, 1, 25), date(2020, 1, 31), False),
            (date(2020, 1, 26), date(2020, 1, 31), True),
            (date(2020, 1, 25), date(2020, 1, 30), True),
        ],
    )
    def test_a_change_counts_from_its_own_day(
        self, known_on: date, day: date, *, is_off: bool
    ) -> None:
        """
        On the day before a change was issued its days were as before; on the day itself, after.
        """
        assert (day in published(known_on).off) is is_off

    @pytest.mark.parametrize(
        ("known_on", "day", "is_worked"),
        [
            (date(2015, 5, 12), date(2015, 9, 6), False),
            (date(2015, 5, 13), date(2015, 9, 6), True),
            (date(2019, 3, 21), date(2019, 4, 28), False),
            (date(2019, 3, 22), date(2019, 4, 28), True),
            (date(2020, 1, 25), date(2020, 2, 1), True),
            (date(2020, 1, 26), date(2020, 2, 1), False),
        ],
    )
    def test_make_up_days_change_with_it(
        self, known_on: date, day: date, *, is_worked: bool
    ) -> None:
        """
        Weekend days that a change had worked, or no longer worked, follow its day.
        """
        assert (day in published(known_on).work) is is_worked

    @pytest.mark.parametrize(
        ("known_on", "last_year"),
        [
            (date(2025, 11, 3), 2025),
            (date(2025, 11, 4), 2026),
            (date(2019, 11, 20), 2019),
            (date(2019, 11, 21), 2020),
            (date(2003, 12, 31), None),
            (date(2004, 1, 1), 2004),
        ],
    )
    def test_a_year_is_covered_from_its_notice_on(
        self, known_on: date, last_year: int | None
    ) -> None:
        """
        Coverage ends with the last year whose notice had been issued, the day itself included.
        """
        if last_year is None:
            with pytest.raises(LookupError):
                published(known_on)
        else:
            assert published(known_on).last == date(last_year, 12, 31)

    def test_late_december_belongs_to_the_next_notice(self) -> None:
        """
        31 December 2018 was set off by the notice of 1 December 2018, not before.
        """
        day = date(2018, 12, 31)

        assert day not in published(date(2018, 11, 30)).off
        assert day in published(date(2018, 12, 1)).off
        assert published(date(2018, 11, 30)).provisional_from == date(2018, 12, 29)
