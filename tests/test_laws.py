"""
Laws, families, reports: what comes of trying a thing, however it behaves.
"""

from __future__ import annotations

import ast
import random
import subprocess
import sys
import threading
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

import rectiflow as rf
from rectiflow import deadlines, testing
from rectiflow.messages import LANGUAGES
from rectiflow.testing import (
    UNPROVED,
    Law,
    LawFamily,
    LawOutcome,
    NothingToTryError,
    Part,
    Share,
    calendar_laws,
    check,
    china_laws,
    rule_laws,
)
from rectiflow.testing.laws.families import FAMILIES, family_named

CHINA = rf.WorkCalendar.china()
NONE = len(())
FEW = calendar_laws.only("calendar.add-lands-on-a-workday", "calendar.count-equals-a-walk")

ADDING = calendar_laws.only(
    "calendar.add-lands-on-a-workday", "calendar.add-equals-a-walk", "calendar.add-adds-up"
)


class Plain:
    """
    A calendar of the required parts only, each of which a test breaks in turn.
    """

    known_from = date(2020, 1, 1)
    known_until = date(2020, 12, 31)

    def is_workday(self, day: date) -> Any:
        """
        Say what China's calendar says.
        """
        return CHINA.is_workday(self._covered(day))

    def add(self, day: date, n: int) -> Any:
        """
        Add as it does, within the year.
        """
        return self._covered(CHINA.add(self._covered(day), n))

    def count(self, after: date, until: date) -> Any:
        """
        Count as it does, within the year.
        """
        return CHINA.count(self._covered(after), self._covered(until))

    def _covered(self, day: date) -> date:
        if not self.known_from <= day <= self.known_until:
            raise LookupError(day)
        return day


def plain(**parts: Any) -> Any:
    """
    Make a plain calendar with some parts replaced.
    """
    return type("Broken", (Plain,), parts)()


def law(objection: Any, **fields: Any) -> Law:
    """
    Make a law over the numbers from 0 to 50.
    """
    return Law(
        id="own.small",
        cases=lambda _subject: st.integers(0, 50),
        objection=objection,
        stated="Numbers are small.",
        catching="Large numbers.",
        **fields,
    )


def family(*laws: Law, **fields: Any) -> LawFamily:
    """
    Make a family of one's own.
    """
    return LawFamily(name="own", laws=laws, **fields)


@pytest.mark.unmeasured  # see conftest.py
class TestWhatHolds:
    """
    "Safety and completeness." -- a sound calendar is never accused.
    """

    def test_the_library_itself_holds(self) -> None:
        """
        China's calendar keeps every law, none is left out.
        """
        report = check(calendar_laws, CHINA, examples=60)

        assert report.holds, report.text()
        assert {each.outcome for each in report.results} == {LawOutcome.HOLDS}

    def test_the_real_calendar_is_the_published_one(self) -> None:
        """
        Every year of it.
        """
        report = check(china_laws, CHINA)

        assert report.holds, report.text()
        assert report["china.days-as-published"].tried == 23

    def test_the_library_s_rules_hold(self) -> None:
        """
        Every law of periods, dates and decisions.
        """
        report = check(rule_laws, deadlines, examples=25)

        assert report.holds, report.text()
        assert {each.outcome for each in report.results} == {LawOutcome.HOLDS}

    def test_optional_parts_are_left_out_and_said_to_be(self) -> None:
        """
        A calendar that cannot roll is not asked to.
        """
        report = check(calendar_laws, Plain(), examples=40)
        result = report["calendar.workday-does-not-roll"]

        assert report.holds, report.text()
        assert result.outcome is LawOutcome.LEFT_OUT
        assert "target.roll" in result.text("en")
        assert "未检验" in result.text("zh")

    def test_the_same_seed_draws_the_same_cases(self) -> None:
        """
        A report can be repeated.
        """
        one, other = (check(FEW, CHINA, examples=50, seed=7) for _ in range(2))

        assert one.results[0].met == other.results[0].met

    def test_each_law_is_told_as_it_comes(self) -> None:
        """
        Progress is one call a law.
        """
        told: list[Any] = []

        report = check(FEW, CHINA, examples=5, on_result=told.append)

        assert tuple(told) == report.results


class TestWhatIsBroken:
    """
    A broken law comes with a sentence, the smallest case as code, and the clause.
    """

    def test_a_broken_law_is_told_in_both_languages(self) -> None:
        """
        What is wrong, the calls to paste, the clause it rests on.
        """
        late = plain(add=lambda self, day, n: self._covered(CHINA.add(day, n) + timedelta(1)))
        result = check(FEW, late)["calendar.add-lands-on-a-workday"]

        assert result.outcome is LawOutcome.BROKEN
        assert any(line.startswith("target.add(date(2020, ") for line in result.code)
        assert "not worked" in result.text("en")
        assert "而该日休息" in result.text("zh")
        assert "民法典第二百条" in result.text("en")

    def test_the_case_is_the_smallest(self) -> None:
        """
        From 7 on is broken at 7.
        """
        found = check(family(law(lambda _t, n: f"{n}" if n >= 7 else None)), object())

        assert found.results[0].wrong == rf.Message.of("law.own", words="7")

    def test_the_code_can_be_pasted(self) -> None:
        """
        It runs where target is the thing that was tried, and gives what the comment says.
        """
        target = plain(count=lambda _self, after, until: (until - after).days)
        result = check(FEW, target)["calendar.count-equals-a-walk"]
        *head, last = result.code

        space: dict[str, Any] = {"target": target}
        exec("\n".join(head), space)  # noqa: S102 -- our own code
        code, _, comment = last.partition("  # ")
        assert repr(eval(code, space)) == comment  # noqa: S307 -- our own code

    def test_a_report_finds_what_fails(self) -> None:
        """
        By its id; an unknown id is a KeyError.
        """
        report = check(FEW, plain(count=lambda *_: 0))

        assert [each.law.id for each in report.failing] == ["calendar.count-equals-a-walk"]
        assert not report.holds
        with pytest.raises(KeyError):
            report["calendar.nothing-of-the-kind"]


def _endless(_self: object, _day: date, _n: int) -> date:
    for _ in count():
        pass
    raise AssertionError


def _swallowing(_self: object, _day: date, _n: int) -> date:
    for _ in range(2):
        try:
            for _ in count():
                pass
        except BaseException:  # noqa: BLE001, S110 -- as bad as a target can be
            pass
    return _day


def _exits(_self: object, _day: date, _n: int) -> date:
    sys.exit(3)


def _fails(_self: object, _day: date, _n: int) -> date:
    pytest.fail("no")


class _Odd:
    def __repr__(self) -> str:
        raise ZeroDivisionError


class _Unequal(date):
    def __eq__(self, other: object) -> bool:
        raise ZeroDivisionError

    __hash__ = date.__hash__


FAULTY_ADDS = {
    "no method": (7, "law.fault.type", "a method"),
    "raises": (lambda *_: 1 // 0, "law.fault.raised", "ZeroDivisionError"),
    "takes less": (lambda _self, _day: date.max, "law.fault.raised", "TypeError"),
    "refuses all": (lambda *_: ()[NONE], "law.fault.refused", "IndexError"),
    "does not know": (lambda _self, day, _n: {}[day], "law.fault.refused", "KeyError"),
    "text": (lambda _self, day, _n: str(day), "law.fault.type", "'20"),
    "nothing": (lambda *_: None, "law.fault.type", "None"),
    "an instant": (lambda *_: datetime(2020, 1, 1), "law.fault.type", "datetime"),  # noqa: DTZ001 -- that is the point
    "not to be shown": (lambda *_: _Odd(), "law.fault.type", "<_Odd>"),
    "unequal to itself": (lambda *_: _Unequal(2020, 1, 3), "law.fault.", ""),
    "loops": (_endless, "law.fault.loops", "target.add(date("),
    "loops and will not stop": (_swallowing, "law.fault.loops", "target.add(date("),
    "exits": (_exits, "law.fault.raised", "SystemExit"),
    "fails the test": (_fails, "law.fault.raised", "Failed"),
    "too deep": (lambda self, day, n: self.add(day, n), "law.fault.raised", "RecursionError"),
    "any day": (
        lambda *_: date(2020, 1, random.randint(1, 31)),  # noqa: S311 -- no secret
        "law.fault.changes",
        "asked again",
    ),
}


class TestBadTargets:
    """
    "The report says which law, which call and what was expected; never a pass." -- the order
    """

    @pytest.mark.parametrize("name", FAULTY_ADDS)
    def test_a_faulty_method(self, name: str) -> None:
        """
        Whatever add does, each law that asks it says so.
        """
        add, code, words = FAULTY_ADDS[name]
        seconds = 0.3 if code == "law.fault.loops" else 10
        report = check(ADDING, plain(add=add), examples=20, seconds=seconds)
        result = report["calendar.add-lands-on-a-workday"]

        assert not report.holds
        assert result.outcome is LawOutcome.BROKEN
        assert result.wrong is not None
        assert result.wrong.code.startswith(code)
        assert words in result.wrong.text("en")
        assert "Traceback" not in report.text("zh")

    @pytest.mark.parametrize("target", [None, object(), 7, "calendar"])
    def test_a_thing_without_the_parts(self, target: object) -> None:
        """
        Every law says what is not there.
        """
        report = check(calendar_laws, target)

        assert {each.outcome for each in report.results} <= {
            LawOutcome.UNTRIED,
            LawOutcome.LEFT_OUT,
        }
        assert not report.holds
        assert "target.known_from" in report.text()

    @pytest.mark.parametrize(
        "parts",
        [
            {"is_workday": lambda *_: 1},
            {"is_workday": lambda *_: 1 // 0},
            {"is_workday": lambda *_: ()[NONE]},
            {"is_workday": lambda *_: all(n >= 0 for n in count())},
            {"known_from": "2020-01-01"},
            {"known_from": property(lambda _self: 1 // 0)},
            {"known_from": date(2021, 1, 1)},
            {"is_workday": lambda *_: False},
        ],
    )
    def test_a_calendar_that_cannot_be_laid_out(self, parts: dict[str, Any]) -> None:
        """
        Days of a wrong type, bounds that raise, bounds in disorder, nothing worked at all.
        """
        report = check(FEW, plain(**parts), seconds=0.3)

        assert report.failing
        assert LawOutcome.HOLDS not in {each.outcome for each in report.results}

    def test_a_loop_is_found_on_any_thread(self) -> None:
        """
        No signal is needed, which only the main thread has.
        """
        found: list[Any] = []
        laws = calendar_laws.only("calendar.add-lands-on-a-workday")
        target = plain(add=_endless)
        thread = threading.Thread(target=lambda: found.append(check(laws, target, seconds=0.1)))
        thread.start()
        thread.join()

        assert found[0].results[0].wrong.code == "law.fault.loops"

    def test_a_law_that_trips_over_an_answer(self) -> None:
        """
        Its own error is said, and is no pass.
        """
        report = check(family(law(lambda _t, n: 1 // (n - 9))), object())

        assert report.results[0].outcome is LawOutcome.BROKEN
        assert report.results[0].wrong is not None
        assert "ZeroDivisionError" in report.results[0].wrong.text("zh")

    def test_numbers_out_of_bounds(self) -> None:
        """
        Misuse of the kit itself raises.
        """
        for given in ({"examples": 0}, {"seed": "x"}, {"seconds": 0}):
            with pytest.raises(rf.InvalidValueError):
                check(FEW, CHINA, **given)


class TestVacuity:
    """
    "A pass that proved little fails." -- TESTING-NOTES
    """

    def test_cases_that_show_nothing(self) -> None:
        """
        Answered 0 of so many is no pass, at the least share it is one.
        """
        none = check(family(law(lambda *_: UNPROVED)), object()).results[0]
        half = check(family(law(lambda _t, n: UNPROVED if n > 40 else None)), object()).results[0]

        assert none.outcome is LawOutcome.VACUOUS
        assert none.wrong is not None
        assert "Only 0 of" in none.wrong.text("en")
        assert half.outcome is LawOutcome.HOLDS

    def test_cases_that_do_not_meet_a_share(self) -> None:
        """
        A class of cases that hardly comes up; where the subject has none it is not asked for.
        """
        rare = Share(name="crosses-a-holiday", least=0.9, meets=lambda _s, n: n > 40)
        result = check(family(law(lambda *_: None, shares=(rare,))), object()).results[0]
        absent = Share(
            name="crosses-a-holiday",
            least=0.9,
            meets=lambda _s, n: n > 40,
            applies=lambda _s: False,
        )

        assert result.outcome is LawOutcome.VACUOUS
        assert "cross a holiday" in result.text("en")
        assert check(family(law(lambda *_: None, shares=(absent,))), object()).holds

    def test_nothing_to_try(self) -> None:
        """
        A strategy without cases says why.
        """

        def none(_subject: object) -> Any:
            raise NothingToTryError("no day off")

        empty = Law(id="own.empty", cases=none, objection=lambda *_: None)
        result = check(family(empty), object()).results[0]

        assert result.outcome is LawOutcome.VACUOUS
        assert "no day off" in result.text("en")

    def test_a_report_of_laws_left_out_is_no_pass(self) -> None:
        """
        Nothing was shown.
        """
        laws = calendar_laws.only("calendar.workday-does-not-roll")

        assert not check(laws, Plain()).holds


class TestCatalogues:
    """
    Every shipped law has its sentences in both languages.
    """

    @pytest.mark.parametrize(
        "family_", [family_named(name) for name in FAMILIES], ids=lambda each: each.name
    )
    def test_every_law_is_stated(self, family_: LawFamily) -> None:
        """
        What must hold, what breaks it, what each share is, what the family is called.
        """
        name = family_.name
        named = [rf.Message.of(code) for code in (f"law.family.{name}", f"sheet.laws_{name}")]
        for each in family_:
            named += [each.says, each.catches]
            named += [rf.Message.of(f"law.share.{share.name}") for share in each.shares]

        assert [m.code for m in named for lang in LANGUAGES if m.text(lang) == m.code] == []


class TestFamilies:
    """
    Ids are never reused, editions are pinned.
    """

    def test_the_shipped_ones_are_on_record(self) -> None:
        """
        By edition and id: a new law takes a new edition, one given up goes among the retired.
        """
        page = Path(__file__).with_name("data") / "law-ids.txt"
        families = [family_named(name) for name in FAMILIES]
        held = {f"{each.edition} {each.id}" for one in families for each in one}
        retired = {id_ for one in families for id_ in one.retired}
        recorded = set(page.read_text(encoding="utf-8").splitlines())

        assert held <= recorded
        assert {line.partition(" ")[2] for line in recorded - held} <= retired

    def test_an_id_stands_once(self) -> None:
        """
        Twice, or that of a retired law, is refused.
        """
        one = law(lambda *_: None)

        with pytest.raises(rf.InvalidValueError, match=r"own\.small"):
            family(one, one)
        with pytest.raises(rf.InvalidValueError, match=r"own\.small"):
            family(one, retired=("own.small",))

    @pytest.mark.parametrize("fields", [{"id": "Large"}, {"id": "one"}, {"edition": "0"}])
    def test_ids_and_editions_are_written_as_such(self, fields: dict[str, str]) -> None:
        """
        Dotted lower case; a whole number.
        """
        with pytest.raises(rf.InvalidValueError):
            Law(**{"id": "own.one", **fields}, cases=st.integers, objection=lambda *_: None)  # type: ignore[arg-type]  # that is the point

    def test_a_later_edition_asks_nothing_of_who_pins_an_earlier_one(self) -> None:
        """
        As of edition 1 the law of edition 2 is not there.
        """
        newer = Law(id="own.new", edition="2", cases=lambda _: st.none(), objection=lambda *_: "x")
        both = family(law(lambda *_: None), newer)

        assert [each.id for each in both.as_of("1")] == ["own.small"]
        assert len(both.as_of("2")) == 2
        with pytest.raises(rf.InvalidValueError):
            both.as_of("3")

    def test_some_laws_of_a_family(self) -> None:
        """
        Only these, all but these, and more.
        """
        own = law(lambda *_: None)

        assert [each.id for each in FEW.plus(own)][-1] == "own.small"
        assert [each.id for each in FEW.without(FEW.laws[0].id)] == [FEW.laws[1].id]
        with pytest.raises(rf.UnknownNameError, match="add-lands"):
            calendar_laws.only("calendar.add-land")

    def test_a_maker_is_called_for_every_case(self) -> None:
        """
        What changes under test is made anew each time, and a function is asked by calling it.
        """
        pushes = family(
            law(lambda stack, n: None if stack.append(n) or len(stack()) == 1 else "not fresh"),
            fresh=True,
            parts={"append": Part(), "__call__": Part(gives=(list,), steady=False)},
        )

        class Stack(list[int]):
            def __call__(self) -> list[int]:
                return self

        assert check(pushes, Stack).holds


class TestPytestClass:
    """
    One test a law; excuses are strict both ways.
    """

    def _run(self, tests: type, name: str) -> None:
        getattr(tests(), name)()

    def test_one_test_a_law(self) -> None:
        """
        A sound one passes, a broken one fails with the report's words.
        """
        tests = FEW.tests(plain(count=lambda *_: 0))

        assert sorted(name for name in vars(tests) if name.startswith("test_")) == [
            "test_add_lands_on_a_workday",
            "test_count_equals_a_walk",
        ]
        self._run(tests, "test_add_lands_on_a_workday")
        with pytest.raises(AssertionError, match="given as 0"):
            self._run(tests, "test_count_equals_a_walk")

    def test_a_class_stands_for_what_it_makes(self) -> None:
        """
        As in ``calendar_laws.tests(MyCalendar)``.
        """
        self._run(FEW.tests(Plain), "test_count_equals_a_walk")

    def test_an_excused_law_that_is_broken_is_expected_to_fail(self) -> None:
        """
        With its reason.
        """
        tests = FEW.tests(
            plain(count=lambda *_: 0), excused={"calendar.count-equals-a-walk": "we never count"}
        )

        with pytest.raises(pytest.xfail.Exception, match="we never count"):
            self._run(tests, "test_count_equals_a_walk")

    def test_an_excused_law_that_holds_fails(self) -> None:
        """
        An excuse that is not needed hides the next mistake.
        """
        tests = FEW.tests(CHINA, excused={"calendar.count-equals-a-walk": "slow"})

        with pytest.raises(AssertionError, match="excuse"):
            self._run(tests, "test_count_equals_a_walk")

    @pytest.mark.parametrize("target", [object(), None, plain(count=lambda *_: 1 // 0)])
    def test_an_excuse_hides_no_fault(self, target: object) -> None:
        """
        A method that is not there or raises is told, whatever was excused.
        """
        tests = FEW.tests(target, excused={"calendar.count-equals-a-walk": "we never count"})

        with pytest.raises(AssertionError, match=r"excuse[^$]*target\."):
            self._run(tests, "test_count_equals_a_walk")

    def test_an_excuse_hides_no_vacuity(self) -> None:
        """
        What showed too little is no wrong answer.
        """
        nothing = family(law(lambda *_: UNPROVED)).tests(object(), excused={"own.small": "odd"})

        with pytest.raises(AssertionError, match="Only 0 of"):
            self._run(nothing, "test_small")

    def test_an_excuse_is_for_a_law_and_has_a_reason(self) -> None:
        """
        An unknown id and an empty reason are refused when the class is made.
        """
        with pytest.raises(rf.UnknownNameError):
            FEW.tests(CHINA, excused={"calendar.count": "slow"})
        with pytest.raises(rf.InvalidValueError):
            FEW.tests(CHINA, excused={"calendar.count-equals-a-walk": " "})

    def test_a_law_left_out_is_skipped(self) -> None:
        """
        With the part that is not there.
        """
        tests = calendar_laws.tests(Plain)

        with pytest.raises(pytest.skip.Exception, match="roll"):
            self._run(tests, "test_workday_does_not_roll")


TestChina = FEW.tests(CHINA, examples=30)


class TestThePackage:
    """
    ``import rectiflow.testing`` stays light.
    """

    def test_import_loads_no_hypothesis(self) -> None:
        """
        Only the first use of a name does.
        """
        code = (
            "import sys, rectiflow.testing\n"
            "assert 'hypothesis' not in sys.modules\n"
            "from rectiflow.testing import calendar_laws, check\n"
            "assert 'pytest' not in sys.modules\n"
        )
        subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 -- our own code

    def test_every_name_is_there(self) -> None:
        """
        And an unknown one is an AttributeError.
        """
        for name in testing.__all__:
            assert getattr(testing, name) is not None
        assert not hasattr(testing, "laws_of_nature")

    def test_the_stub_tells_the_same_names(self) -> None:
        """
        What type checkers read is what is loaded, module by module.
        """
        stub = ast.parse(Path(testing.__file__).with_suffix(".pyi").read_text(encoding="utf-8"))
        told = {
            alias.asname: node.module
            for node in ast.walk(stub)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }

        assert told == testing._MODULE_OF  # type: ignore[attr-defined]  # the stub shows no private names
