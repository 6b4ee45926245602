"""
What each step of a trace arrives at, and how sure the day is that it leads to.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectiflow.deadlines import (
    Adjustment,
    DeadlineRule,
    Resolution,
    UnresolvedDeadlineError,
    parse_adjustment,
    parse_rule,
)
from rectiflow.deadlines.clauses import (
    CORRESPONDING_DAY,
    INCLUDED_NUMBER,
    LAST_DAY,
    START_DAY,
    UNITS,
    in_force,
)
from rectiflow.messages import Message
from rectiflow.source import Source
from rectiflow.testing.rules import EVENTS, FIRST, LAST, adjustments, rules
from rectiflow.workdays import CalendarCoverageError, WorkCalendar

ISSUED = date(2020, 6, 17)
# Which fact of a step is the day that it arrives at; the fullest code that fits counts.
OWN_DAY = {
    "trace.event": "day",
    "trace.start-excluded": "day",
    "trace.start-included": "day",
    "trace.restart": "on",
    "trace.count": "day",
    "trace.count-back": "day",
    "trace.fixed": "day",
    "trace.period-end": "day",
    "trace.first-occurrence": "day",
    "trace.first-occurrence-since": "day",
    "trace.roll": "due",
    "trace.roll.unpublished": "day",
    "trace.earliest": "due",
    "trace.latest": "due",
    "trace.extension": "due",
    "trace.extension-until": "due",
    "trace.override": "due",
    "trace.answer": "due",
}
# These leave the day where the steps before them put it.
DAY_SO_FAR = {"trace.suspension", "trace.extension-until.earlier", "trace.provisional"}
# These say why, and arrive nowhere.
NO_DAY = {
    "trace.answer.doubt",
    "trace.answer.standing",
    "trace.answer.waiting",
    "trace.extension.nothing-to-extend",
    "trace.holidays",
    "trace.immediate-policy",
    "trace.inferred",
    "trace.lapsed",
    "trace.made-up",
    "trace.no-issue-date",
    "trace.restart.before-start",
    "trace.restart.nothing-counted",
    "trace.standing",
    "trace.standing.unmoved",
    "trace.suspension.nothing-counted",
    "trace.suspension.outside",
    "trace.unresolved",
    "trace.waiting",
}
THREE = "After(received, 3, workday)"
DECIDED = "Override(2020-08-31, reason=批复, issued_on=2020-07-01)"


def resolve(rule: str, *decided: str, issued: date | None = ISSUED, **events: str) -> Resolution:
    """
    Resolve a rule in notation with decisions in notation; events are ISO dates by name.
    """
    return parse_rule(rule).resolve(
        issued=issued,
        events={name: date.fromisoformat(day) for name, day in events.items()},
        adjustments=[parse_adjustment(each) for each in decided],
    )


def days_hold(resolution: Resolution) -> set[str]:
    """
    Hold the day of every step to the tables above, and give the codes that were met.
    """
    so_far: date | None = None
    for step in resolution.trace:
        parts = step.code.split(".")
        known = [".".join(parts[:n]) for n in range(len(parts), 1, -1)]
        if step.code in NO_DAY or step.code.startswith("error."):
            assert step.day is None, step.code
            continue
        if step.code in DAY_SO_FAR:
            assert step.day == so_far is not None, step.code
        else:
            fact = next(OWN_DAY[code] for code in known if code in OWN_DAY)
            assert step.day == step.message.facts[fact] is not None, step.code
        so_far = step.day
    return {step.code for step in resolution.trace}


class TestDayOfEachStep:
    """
    A step's day is the day that its sentence names, so that a trace can be drawn on a calendar.
    """

    @pytest.mark.parametrize(
        ("rule", "decided", "codes"),
        [
            (THREE, (), "event start-excluded holidays made-up count.workday answer"),
            ("After(received, 9, day)", (), "event start-excluded count.day answer"),
            (
                "After(received, 10, day, exclude_start_day=False)",
                (),
                "event start-included count.day answer",
            ),
            ("After(received, 3, day)", (), "event start-excluded count.day roll.following answer"),
            (
                "After(received, 3, day, roll=preceding)",
                (),
                "event start-excluded count.day roll.preceding answer",
            ),
            ("After(received, 1, week)", (), "event start-excluded count.week answer"),
            ("After(received, 1, month)", (), "event start-excluded count.month answer"),
            ("After(received, 1, year)", (), "event start-excluded count.year answer"),
            ("After(decided, 1, month)", (), "waiting answer.waiting"),
            (
                'After("2026-12-29", 2, day)',
                (),
                "event start-excluded count.day provisional answer",
            ),
            (
                'After("2026-12-29", 3, day)',
                (),
                "event start-excluded count.day roll.unpublished provisional answer",
            ),
            ("Before(received, 2, workday)", (), "event count-back.workday answer"),
            ("Before(received, 2, year)", (), "event count-back.year answer"),
            (
                "Before(received, 3, day, roll=preceding)",
                (),
                "event count-back.day roll.preceding answer",
            ),
            ("Before(decided, 2, year)", (), "waiting answer.waiting"),
            ("FixedDate(2020-06-30)", (), "fixed answer"),
            ("MonthDay(6, 30)", (), "inferred fixed answer"),
            ("PeriodEnd(half)", (), "inferred period-end.half answer"),
            ("Annual(1, 31)", (), "first-occurrence answer"),
            (
                "Recurring(PeriodEnd(month), month, since=2021-01-01)",
                (),
                "first-occurrence-since answer",
            ),
            (
                "Earliest(FixedDate(2020-06-30), MonthDay(6, 29))",
                (),
                "fixed inferred earliest answer",
            ),
            ("Latest(FixedDate(2020-06-30), MonthDay(6, 29))", (), "fixed inferred latest answer"),
            ("StandingDuty()", (DECIDED,), "standing standing.unmoved answer.standing"),
            ("Unresolved(限期)", (DECIDED,), "unresolved override answer"),
            (
                "FixedDate(2020-06-30)",
                ("Suspension(2020-06-20, 2020-06-21)", "Restart(2020-06-20)", DECIDED),
                "fixed suspension.nothing-counted restart.nothing-counted override answer",
            ),
            (
                "FixedDate(2020-06-30)",
                ("Extension(1, week, granted_on=2020-06-20)",),
                "fixed extension.week answer",
            ),
            (
                "FixedDate(2020-06-30)",
                ("ExtensionUntil(2020-07-15, granted_on=2020-06-20)",),
                "fixed extension-until answer",
            ),
            (
                "FixedDate(2020-06-30)",
                ("ExtensionUntil(2020-06-29, granted_on=2020-06-20)",),
                "fixed extension-until.earlier answer",
            ),
            (
                "After(decided, 3, day)",
                ("Extension(1, week, granted_on=2020-06-20)",),
                "waiting extension.nothing-to-extend answer.waiting",
            ),
            (
                "After(received, 9, day)",
                ("Suspension(2020-06-30, 2020-07-01)", "Suspension(2020-08-01, 2020-08-01)"),
                "event start-excluded count.day suspension suspension.outside answer",
            ),
            (
                "After(received, 9, day)",
                (
                    "Extension(4, workday, granted_on=2020-07-01)",
                    "Suspension(2020-07-06, 2020-07-07)",
                ),
                "event start-excluded count.day extension.workday suspension answer",
            ),
            (
                "After(received, 9, day)",
                (
                    "Extension(1, month, granted_on=2020-06-25)",
                    "Restart(2020-06-26)",
                    "Restart(2020-06-01)",
                ),
                "event restart restart.before-start start-excluded count.day lapsed answer",
            ),
        ],
    )
    def test_the_day_its_sentence_names(
        self, rule: str, decided: tuple[str, ...], codes: str
    ) -> None:
        """
        Received on Wednesday 24 June 2020, before the Dragon Boat Festival.
        """
        met = days_hold(resolve(rule, *decided, received="2020-06-24"))

        assert {f"trace.{code}" for code in codes.split()} <= met

    def test_without_an_issue_date_there_is_none(self) -> None:
        """
        Neither the step that says so nor the closing one has a day.
        """
        found = resolve("MonthDay(6, 30)", issued=None)

        assert days_hold(found) == {"trace.no-issue-date", "trace.answer.doubt"}

    @given(
        rules(),
        st.none() | st.dates(FIRST, LAST),
        st.dictionaries(st.sampled_from(EVENTS), st.dates(FIRST, LAST)),
        st.lists(adjustments(), max_size=3),
    )
    def test_of_any_rule_and_decisions(
        self,
        rule: DeadlineRule,
        issued: date | None,
        events: dict[str, date],
        decided: list[Adjustment],
    ) -> None:
        """
        The same tables hold whatever is asked.
        """
        try:
            days_hold(rule.resolve(issued=issued, events=events, adjustments=decided))
        except (UnresolvedDeadlineError, CalendarCoverageError):
            return


class TestFactsOfSteps:
    """
    What the unusual days and the suspensions on the way are said to be.
    """

    @pytest.mark.parametrize(
        ("received", "n", "off", "made_up"),
        [
            # Off 25 and 26 June; the weekday after the last holiday; worked on Sunday 28.
            ("2020-06-23", 1, (), ()),
            ("2020-06-24", 1, (25, 26), (28,)),
            ("2020-06-26", 1, (), (28,)),
            ("2020-06-25", 1, (26,), (28,)),
            ("2020-06-28", 1, (), ()),
        ],
    )
    def test_unusual_days_are_those_that_were_counted_over(
        self, received: str, n: int, off: tuple[int, ...], made_up: tuple[int, ...]
    ) -> None:
        """
        After the start day, which does not count, up to the last, which does; with their number.
        """
        found = resolve(f"After(received, {n}, workday)", received=received)
        facts = {step.code: step.message.facts for step in found.trace}

        for code, days in (("trace.holidays", off), ("trace.made-up", made_up)):
            named = tuple(date(2020, 6, day) for day in days)
            expected = {"days": named, "n": len(named)} if named else None
            assert facts.get(code) == expected

    def test_counting_back_names_them_too(self) -> None:
        """
        Two working days before Monday 29 June 2020 is Wednesday 24.
        """
        found = resolve("Before(expiry, 2, workday)", expiry="2020-06-29")

        assert found.due == date(2020, 6, 24)
        assert [step.code for step in found.trace] == [
            "trace.event",
            "trace.holidays",
            "trace.made-up",
            "trace.count-back.workday",
            "trace.answer",
        ]

    @pytest.mark.parametrize(
        ("first", "last", "basis"),
        [("2020-06-29", "2020-07-01", "后"), ("2020-06-20", "2020-06-22", "前")],
    )
    def test_a_span_is_cited_by_its_own_suspension(self, first: str, last: str, basis: str) -> None:
        """
        Two that do not touch rest each on its own basis, and one with none on nothing.
        """
        other = "Suspension(2020-06-25, 2020-06-26)"
        found = resolve(
            "After(received, 9, workday)",
            other,
            f"Suspension({first}, {last}, basis={basis})",
            received="2020-06-17",
        )
        cited = {
            step.message.facts["first"]: step.source
            for step in found.trace
            if step.code == "trace.suspension"
        }

        assert cited == {date(2020, 6, 25): None, date.fromisoformat(first): Source(basis)}

    def test_a_suspension_that_ends_on_the_last_day_of_an_extension_counts(self) -> None:
        """
        The first day of one that begins on the very last day moves it.
        """
        extended = "Extension(5, workday, granted_on=2020-06-29)"
        plain = resolve(THREE, extended, received="2020-06-24")
        assert plain.due == date(2020, 7, 7)
        paused = resolve(
            THREE, extended, "Suspension(2020-07-07, 2020-07-07)", received="2020-06-24"
        )

        assert paused.due == date(2020, 7, 8)
        assert "trace.suspension" in days_hold(paused)

    def test_a_rolled_extension_cites_the_clause(self) -> None:
        """
        An extension in days is a counted period: its end on a Saturday moves on by 民法典 203.
        """
        found = resolve("FixedDate(2021-06-18)", "Extension(1, day, granted_on=2021-06-01)")
        (step,) = (each for each in found.trace if each.code == "trace.roll.following")

        assert found.due == date(2021, 6, 21)
        assert str(step.source) == "民法典第二百零三条"

    def test_a_date_rolls_over_no_suspension(self) -> None:
        """
        Saturday 20 June 2020 moves on to Monday, suspended or not: nothing is counted.
        """
        found = resolve(
            "FixedDate(2020-06-20, roll=following)", "Suspension(2020-06-22, 2020-06-22)"
        )

        assert found.due == date(2020, 6, 22)

    def test_the_day_ends_in_the_zone_that_was_given(self) -> None:
        """
        The first late instant is a midnight there.
        """
        found = parse_rule("FixedDate(2020-06-30)").resolve(zone=UTC)

        assert found.zone is UTC
        assert found.due_at == datetime(2020, 7, 1, tzinfo=UTC)

    def test_a_date_that_came_before_a_count_is_not_suspended(self) -> None:
        """
        Nothing was counted to it, so that the suspension met no counted day.
        """
        rule = "Earliest(FixedDate(2020-06-30), After(decided, 3, day))"
        found = resolve(rule, "Suspension(2020-06-20, 2020-06-21)")

        assert found.due == date(2020, 6, 30)
        assert "trace.suspension.outside" in days_hold(found)

    def test_a_dated_rule_is_extended_over_a_suspension(self) -> None:
        """
        What is not counted is not suspended, not even in its extension.
        """
        extended = "Extension(5, day, granted_on=2020-06-20)"
        found = resolve("FixedDate(2020-06-30)", extended, "Suspension(2020-07-01, 2020-07-02)")

        assert found.due == date(2020, 7, 6)
        assert found.suspended == ()
        assert "trace.suspension" not in days_hold(found)


class TestClauses:
    """
    Each clause in the three laws that held it.
    """

    @pytest.mark.parametrize(
        ("clause", "code", "provisions", "principles"),
        [
            (UNITS, "二百", "二百", "一百五十四"),
            (START_DAY, "二百零一", "二百零一", "一百五十四"),
            (CORRESPONDING_DAY, "二百零二", "二百零二", "一百五十四"),
            (LAST_DAY, "二百零三", "二百零三", "一百五十四"),
            (INCLUDED_NUMBER, "一千二百五十九", "二百零五", "一百五十五"),
        ],
    )
    def test_law_number_and_first_day(
        self, clause: tuple[Source, ...], code: str, provisions: str, principles: str
    ) -> None:
        """
        民法典 from 2021, 民法总则 from October 2017, 民法通则 from 1987.
        """
        assert clause == (
            Source("民法典", f"第{code}条", date(2021, 1, 1)),
            Source("民法总则", f"第{provisions}条", date(2017, 10, 1)),
            Source("民法通则", f"第{principles}条", date(1987, 1, 1)),
        )

    @pytest.mark.parametrize("day", [date(1986, 12, 31), date(1987, 1, 1), date(2017, 9, 30)])
    def test_the_oldest_stands_for_all_before(self, day: date) -> None:
        """
        Before 1987 there was none; the oldest is cited.
        """
        assert in_force(START_DAY, day) is START_DAY[2]


class TestCertainty:
    """
    Provisional if and only if a later notice may move the day.

    It may if the calendar was asked about a day from 29 December of its last year on.
    """

    @pytest.mark.parametrize(
        ("rule", "decided", "certainty"),
        [
            ('Before("2026-12-28", 5, workday)', (), "confirmed"),
            # Counted back from a day that may yet be off: so may all before it.
            ('Before("2026-12-29", 5, workday)', (), "provisional"),
            # Not rolled, so that no calendar was asked.
            ('Before("2026-12-31", 1, day)', (), "confirmed"),
            ('Before("2026-12-31", 1, day, roll=preceding)', (), "provisional"),
            ('Before("2026-12-29", 1, day, roll=preceding)', (), "confirmed"),
            ("FixedDate(2026-12-31, roll=following)", (), "provisional"),
            # A Saturday, moved on over none of the days that may change, and back.
            ("FixedDate(2026-12-26, roll=following)", (), "confirmed"),
            ("FixedDate(2027-01-01, roll=preceding)", (), "provisional"),
            ('After("2026-12-21", 10, day, roll=none)', (), "confirmed"),
            ('After("2026-12-21", 10, day)', (), "provisional"),
            (
                "FixedDate(2026-12-25)",
                ("Extension(1, workday, granted_on=2026-12-01)",),
                "confirmed",
            ),
            (
                "FixedDate(2026-12-25)",
                ("Extension(2, workday, granted_on=2026-12-01)",),
                "provisional",
            ),
            ("FixedDate(2026-12-25)", ("Extension(4, day, granted_on=2026-12-01)",), "provisional"),
            # A day that was decided is sure, whatever it replaces.
            (
                'After("2026-12-28", 1, workday)',
                ("ExtensionUntil(2026-12-31, granted_on=2026-12-01)",),
                "confirmed",
            ),
            (
                'After("2026-12-28", 1, workday)',
                ("ExtensionUntil(2026-12-29, granted_on=2026-12-01)",),
                "provisional",
            ),
            (
                'After("2026-12-28", 1, workday)',
                ("Override(2026-12-31, reason=定, issued_on=2026-12-01)",),
                "confirmed",
            ),
            # Which is first or last may turn on any part.
            ('Earliest(FixedDate(2026-12-28), After("2026-12-28", 1, workday))', (), "provisional"),
            ('Earliest(FixedDate(2026-12-28), After("2026-12-25", 1, workday))', (), "confirmed"),
            ('Latest(After("2026-12-28", 1, workday), FixedDate(2026-12-31))', (), "provisional"),
            ('Latest(FixedDate(2026-12-31), After("2026-12-25", 1, workday))', (), "confirmed"),
        ],
    )
    def test_of_each_kind_of_rule(
        self, rule: str, decided: tuple[str, ...], certainty: str
    ) -> None:
        """
        Both sides of Tuesday 29 December 2026.
        """
        found = resolve(rule, *decided)

        assert found.certainty == certainty
        assert ("trace.provisional" in days_hold(found)) is (certainty == "provisional")

    @pytest.mark.parametrize(("tail", "certainty"), [(None, "confirmed"), (28, "provisional")])
    def test_the_last_day_of_a_calendar(self, tail: int | None, certainty: str) -> None:
        """
        It is as sure as the calendar says: what it does not call provisional is known.
        """
        made = WorkCalendar(
            name="made",
            known_from=date(2020, 6, 1),
            known_until=date(2020, 6, 30),
            provisional_from=None if tail is None else date(2020, 6, tail),
        )
        rule = parse_rule("After(received, 1, workday)")
        found = rule.resolve(events={"received": date(2020, 6, 29)}, calendar=made)

        assert (found.due, found.certainty) == (date(2020, 6, 30), certainty)

    @pytest.mark.parametrize(
        ("roll", "tail", "certainty"),
        [
            ("following", 29, "provisional"),
            ("following", 30, "confirmed"),
            ("preceding", 27, "provisional"),
            ("preceding", 28, "confirmed"),
        ],
    )
    def test_a_rolled_day_rests_on_both(self, roll: str, tail: int, certainty: str) -> None:
        """
        Saturday 27 June 2020 moves to Monday 29 or Friday 26: the later of the two counts.
        """
        made = WorkCalendar(
            name="made",
            known_from=date(2020, 6, 1),
            known_until=date(2020, 6, 30),
            provisional_from=date(2020, 6, tail),
        )
        found = parse_rule(f"FixedDate(2020-06-27, roll={roll})").resolve(calendar=made)

        assert found.certainty == certainty


class TestDoubts:
    """
    A doubt names the rule it is about, in the notation that reads back.
    """

    @pytest.mark.parametrize(
        "rule", ["MonthDay(3, 1)", "PeriodEnd(quarter, quarter=1)", "PeriodEnd(month, month=3)"]
    )
    def test_a_day_before_the_issue_date(self, rule: str) -> None:
        """
        It stands, and the doubt says of which words.
        """
        (doubt,) = resolve(rule).doubts

        assert (doubt.code, doubt.words) == ("doubt.due-before-issued", rule)
        assert not doubt.blocks

    @pytest.mark.parametrize(
        "rule",
        [
            "MonthDay(3, 1)",
            "PeriodEnd(year)",
            "Annual(1, 31)",
            "Recurring(PeriodEnd(month), month)",
        ],
    )
    def test_no_issue_date(self, rule: str) -> None:
        """
        There is no day, and the doubt that blocks says of which words.
        """
        found = resolve(rule, issued=None)
        (doubt,) = found.doubts

        assert (doubt.code, doubt.words, doubt.blocks) == ("doubt.no-year", rule, True)
        assert found.trace[0].message == Message.of("trace.no-issue-date")


class TestOverride:
    """
    A decision gives the day and settles what was open.
    """

    @pytest.mark.parametrize(
        ("rule", "issued"),
        [
            ("MonthDay(3, 1)", None),
            ("After(decided, 3, workday)", ISSUED),
            ("Unresolved(限期)", ISSUED),
            ("Earliest(After(decided, 3, day), Unresolved(限期))", ISSUED),
        ],
    )
    def test_settles_what_was_open(self, rule: str, issued: date | None) -> None:
        """
        Nothing blocks, nothing is waited for, and what is unclear is still told.
        """
        found = resolve(rule, DECIDED, issued=issued)

        assert found.due == date(2020, 8, 31)
        assert found.waiting_for == ()
        assert not found.is_blocked
        assert [doubt.blocks for doubt in found.doubts] == [False] * (rule == "MonthDay(3, 1)")

    def test_then_an_extension_counts_from_it(self) -> None:
        """
        The words that gave no date are settled for what is decided later too.
        """
        found = resolve("Unresolved(限期)", DECIDED, "Extension(1, day, granted_on=2020-07-02)")

        assert found.due == date(2020, 9, 1)
        assert found.waiting_for == ()


class TestWaiting:
    """
    A rule that waits for its event.
    """

    def test_is_counted_already(self) -> None:
        """
        A suspension of it is kept for later, and not said to be of no use.
        """
        found = resolve("After(decided, 3, day)", "Suspension(2020-06-20, 2020-06-21)")

        assert found.suspended == ((date(2020, 6, 20), date(2020, 6, 21)),)
        assert [step.code for step in found.trace] == ["trace.waiting", "trace.answer.waiting"]

    @pytest.mark.parametrize(
        ("rule", "standing", "waiting"),
        [
            ("Latest(StandingDuty(), After(decided, 3, day))", False, ("decided",)),
            ("Latest(StandingDuty(), FixedDate(2020-06-30))", True, ()),
            ("Earliest(StandingDuty(), After(decided, 3, day))", False, ("decided",)),
            ("Earliest(StandingDuty(), StandingDuty())", True, ()),
        ],
    )
    def test_with_a_standing_duty(
        self, rule: str, *, standing: bool, waiting: tuple[str, ...]
    ) -> None:
        """
        It waits while an event is to come; only then does it never fall due.
        """
        found = resolve(rule)

        assert (found.due, found.standing, found.waiting_for) == (None, standing, waiting)
        assert found.doubts == ()

    def test_an_open_part_beside_a_standing_duty_is_open(self) -> None:
        """
        A person has yet to decide, so that it is no standing duty.
        """
        found = resolve("Latest(StandingDuty(), MonthDay(3, 1))", issued=None)

        assert found.is_blocked
        assert not found.standing


class TestStartDayIncluded:
    """
    With the start day counted, a period ends one day earlier.
    """

    @pytest.mark.parametrize(
        ("rule", "expected"),
        [
            ("After(received, 1, year, exclude_start_day=False, roll=none)", date(2021, 6, 23)),
            ("After(received, 2, year, exclude_start_day=False, roll=none)", date(2022, 6, 23)),
            ("After(received, 2, month, exclude_start_day=False, roll=none)", date(2020, 8, 23)),
            ("After(received, 1, week, exclude_start_day=False, roll=none)", date(2020, 6, 30)),
        ],
    )
    def test_months_and_years(self, rule: str, expected: date) -> None:
        """
        And days left out move it on by as many.
        """
        paused = "Suspension(2020-06-29, 2020-06-30)"
        plain = resolve(rule, received="2020-06-24")
        moved = resolve(rule, paused, received="2020-06-24")

        assert plain.due == expected
        assert moved.due is not None
        assert (moved.due - expected).days == 2

    @pytest.mark.parametrize(
        ("unit", "expected"),
        [
            ("day", date(2020, 6, 22)),
            ("week", date(2020, 6, 10)),
            ("month", date(2020, 4, 24)),
            ("year", date(2018, 6, 24)),
        ],
    )
    def test_two_units_back(self, unit: str, expected: date) -> None:
        """
        Counting back, for comparison, has no start day to count.
        """
        assert resolve(f"Before(expiry, 2, {unit})", expiry="2020-06-24").due == expected


def test_what_a_policy_decides_is_not_asked_of_it_again() -> None:
    """
    A policy that itself reads 立行立改 leaves the day open instead of running in circles.
    """
    at_once: Any = parse_rule("Unresolved(立行立改)")
    with pytest.raises(UnresolvedDeadlineError) as caught:
        at_once.resolve(issued=ISSUED, immediate=attrs.evolve(at_once, text="马上"))

    assert caught.value.words == "马上"
