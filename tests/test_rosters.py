"""
What groups stand for, day by day.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectiflow.errors import InvalidValueError
from rectiflow.problems import InconsistentValueError
from rectiflow.rosters import Roster, RosterMember
from rectiflow.source import Source
from rectiflow.testing.lists import rosters
from rectiflow.units import UnitGroup

FIRST, LAST = date(2019, 5, 1), date(2020, 6, 30)
TOWN = RosterMember(
    group="各镇", name="甲镇", since=FIRST, until=LAST, source=Source("示例公告", "第一条")
)
ROSTER = Roster(id="example", members=(TOWN,))
DAY = timedelta(days=1)


class TestExpand:
    """
    The members of a group on one day; the first and the last day are included.
    """

    @pytest.mark.parametrize(
        ("day", "is_member"),
        [(FIRST - DAY, False), (FIRST, True), (LAST, True), (LAST + DAY, False)],
    )
    def test_both_ends_are_included(self, day: date, is_member: bool) -> None:  # noqa: FBT001 -- a table of cases
        """
        A member on its first and last days, not a day outside them.
        """
        assert [unit.name for unit in ROSTER.expand("各镇", day)] == ["甲镇"] * is_member

    def test_unknown_days_are_open_ends(self) -> None:
        """
        A member whose days are not known is one on every day.
        """
        always = attrs.evolve(ROSTER, members=(attrs.evolve(TOWN, since=None, until=None),))

        assert len(always.expand(UnitGroup("各镇"), date(1950, 1, 1))) == 1

    def test_a_group_it_does_not_know_is_empty(self) -> None:
        """
        An unknown group is no error: it stays a group.
        """
        assert ROSTER.expand("各街道", FIRST) == ()

    def test_a_datetime_is_no_day(self) -> None:
        """
        A time of day would be lost in silence.
        """
        with pytest.raises(InvalidValueError):
            ROSTER.expand("各镇", datetime(2020, 1, 1))  # noqa: DTZ001 -- the mistake under test

    @given(rosters(), st.dates(date(2018, 12, 1), date(2023, 2, 1)))
    def test_agrees_with_asking_each_member(self, roster: Roster, day: date) -> None:
        """
        Every member is in its own group exactly on its days, in the roster's order.
        """
        for group in ("各镇", "各街道"):
            expected = [
                each.name
                for each in roster.members
                if each.group == group
                and not (each.since and day < each.since)
                and not (each.until and day > each.until)
            ]
            assert [unit.name for unit in roster.expand(group, day)] == expected


class TestMembers:
    """
    A body is in a group once on any day.
    """

    @pytest.mark.parametrize(("days_later", "is_refused"), [(0, True), (1, False)])
    def test_a_second_spell_begins_after_the_first(
        self,
        days_later: int,
        is_refused: bool,  # noqa: FBT001 -- a table of cases
    ) -> None:
        """
        On the last day itself it would be a member twice, on the next day it is not.
        """
        again = attrs.evolve(TOWN, since=LAST + days_later * DAY, until=None)
        if not is_refused:
            assert len(Roster(id="example", members=(TOWN, again)).members) == 2
            return
        with pytest.raises(InconsistentValueError) as caught:
            Roster(id="example", members=(TOWN, again))
        assert caught.value.problems[0].place == "members[1]"
        assert caught.value.problems[0].facts["first"] == "members[0]"

    def test_the_order_of_spells_does_not_matter(self) -> None:
        """
        The later spell may be listed first.
        """
        later = attrs.evolve(TOWN, since=LAST + DAY, until=None)

        assert Roster(id="example", members=(later, TOWN)).members[1] == TOWN

    def test_the_last_day_is_not_before_the_first(self) -> None:
        """
        One day is enough, less is a mistake.
        """
        assert attrs.evolve(TOWN, until=FIRST).applies_on(FIRST)
        with pytest.raises(InvalidValueError) as caught:
            attrs.evolve(TOWN, until=FIRST - DAY)
        assert caught.value.field == "RosterMember.until"

    def test_days_are_bare_dates(self) -> None:
        """
        A datetime is refused.
        """
        with pytest.raises(InvalidValueError):
            attrs.evolve(TOWN, since=datetime(2020, 1, 1))  # noqa: DTZ001 -- the mistake under test

    @given(rosters())
    def test_doubtful_members_can_be_left_out(self, roster: Roster) -> None:
        """
        Exactly the doubtful ones go, the others keep their order.
        """
        kept = roster.without_doubtful().members

        assert kept == tuple(each for each in roster.members if not each.doubtful)
