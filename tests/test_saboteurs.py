"""
The saboteurs: each makes its one mistake, is noticed, and leaves nothing behind.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import attrs
import pytest

import rectiflow as rf
from rectiflow.cli.app import run
from rectiflow.deadlines import counting
from rectiflow.testing import saboteurs
from rectiflow.testing.ledgers import small_list
from rectiflow.testing.saboteurs import (
    SABOTEURS,
    SabotageOutcome,
    SabotageReport,
    SabotageResult,
    Saboteur,
    SuiteError,
    run_sabotage,
    sabotage,
)
from rectiflow.testing.saboteurs.saboteur import SEAMS
from rectiflow.testing.saboteurs.seams import function_at, swapped
from rectiflow.testing.saboteurs.suite import Suite

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CHINA = rf.WorkCalendar.china()
JUNE = date(2020, 6, 24)
WHOLE = rf.StagePath.of("self_checked", "rectified", "templated", "ongoing")
# Made before any saboteur is at work: what is remembered must not hide one.
OLD = rf.assign(small_list([WHOLE]))
OLD.review(JUNE)


def _due(rule: rf.DeadlineRule, *decided: rf.Adjustment, **events: date) -> date | None:
    return rule.resolve(issued=date(2020, 6, 17), events=events, adjustments=decided).due


def _refused(call: Callable[[], object], error: type[Exception]) -> bool:
    try:
        call()
    except error:
        return True
    return False


def _tried(move: Callable[..., rf.Assignment], **asked: Any) -> list[Any]:
    try:
        return [entry.message for entry in move(**asked).history]
    except rf.TransitionRefusedError as refusal:
        return sorted(refusal.codes)


def _days() -> list[Any]:
    return [
        CHINA.add(JUNE, 3),
        CHINA.count(JUNE, date(2020, 6, 30)),
        CHINA.is_workday(date(2020, 6, 28)),
        CHINA.is_workday(date(2020, 6, 25)),
        CHINA.roll(date(2020, 6, 27), "following"),
        _refused(lambda: CHINA.is_workday(date(2031, 1, 6)), rf.CalendarCoverageError),
        rf.WorkCalendar.china(known_on=date(2015, 1, 1)).known_until,
    ]


def _rules() -> list[Any]:
    three, twenty = rf.After("received", 3, "workday"), rf.Before("expiry", 20, "workday")
    month = rf.After("received", 1, "month", roll="none")
    cut = rf.Suspension(date(2020, 6, 29), date(2020, 6, 30))
    longer = rf.ExtensionUntil(date(2020, 7, 10), granted_on=date(2020, 6, 29))
    shorter = rf.ExtensionUntil(date(2020, 6, 29), granted_on=date(2020, 6, 29))
    more = rf.Extension(5, "workday", granted_on=date(2020, 6, 28))
    other = rf.Override(date(2020, 8, 3), reason="另有安排", issued_on=date(2020, 6, 29))
    parts = rf.FixedDate(JUNE), rf.FixedDate(date(2020, 7, 1))
    return [
        _due(three, received=JUNE),
        _due(three, cut, received=JUNE),
        _due(three, rf.Restart(date(2020, 7, 1)), received=JUNE),
        _due(three, longer, received=JUNE),
        _due(three, shorter, received=JUNE),
        _due(three, more, received=JUNE),
        _due(three, more, more, received=JUNE),
        _due(three, other, received=JUNE),
        _due(twenty, expiry=date(2020, 12, 31)),
        _due(month, received=date(2020, 1, 31)),
        _due(month, received=date(2020, 7, 15)),
        _due(rf.After("received", 10, "day"), received=date(2020, 6, 17)),
        _due(rf.Earliest(*parts)),
        _due(rf.PeriodEnd("year")),
        _due(three),
    ]


def _moves() -> list[Any]:
    by_hand = rf.Workflow(guards=[lambda step: rf.Message.of("our.no") if step.note else None])
    hooked: list[object] = []
    noting = rf.Workflow(hooks=[lambda step, _entry: hooked.append(step.trigger)])
    own = next(iter(rf.assign(small_list([WHOLE]), workflow=by_hand)))
    case = next(iter(rf.assign(small_list([WHOLE]))))
    short = next(iter(rf.assign(small_list([rf.StagePath.of("self_checked", "rectified")]))))
    checked = case.self_check(at=JUNE)
    next(iter(rf.assign(small_list([WHOLE]), workflow=noting))).self_check(at=JUNE)
    event = attrs.evolve(
        small_list([WHOLE]).rows["1"].milestones[0], rule=rf.After("received", 3, "workday")
    )
    row = small_list([WHOLE]).rows["1"]
    counted = attrs.evolve(
        row,
        requirement=attrs.evolve(row.requirement, milestones=(event, *row.milestones[1:])),
    )
    told = next(iter(rf.assign(attrs.evolve(small_list([WHOLE]), rows=(counted,)))))
    told = told.record("received", on=JUNE)
    return [
        _tried(case.rectify, at=JUNE),
        _tried(short.template, at=JUNE),
        _tried(short.self_check, at=JUNE),
        _tried(checked.rectify, at=date(2020, 6, 23)),
        _tried(checked.send_back, to="assigned", reason="", at=JUNE),
        _tried(checked.send_back, to="assigned", reason="再办", at=JUNE),
        hooked,
        _refused(lambda: own.self_check(at=JUNE, note="x"), rf.TransitionRefusedError),
        _refused(lambda: told.record("received", on=JUNE), rf.FactRefusedError),
    ]


def _board(ledger: rf.Ledger, *days: date) -> list[Any]:
    return [
        [(row.outcome, row.workdays_left, row.standing.completed_on) for row in board.rows]
        + [board.totals]
        for board in (ledger.review(day) for day in days)
    ]


def _verdicts() -> list[Any]:
    fresh = rf.assign(small_list([WHOLE]))
    done = date(2020, 6, 30)
    moves = [
        rf.Move("1", "单位0", "self_check", done),
        rf.Move("1", "单位0", "rectify", date(2020, 7, 1)),
        rf.Move("1", "单位0", "send_back", date(2020, 7, 2), to="assigned", reason="再办"),
        rf.Move("1", "单位0", "self_check", date(2020, 7, 3)),
    ]
    fresh.apply(moves)
    onward = rf.assign(small_list([WHOLE]))
    onward.apply([*moves[:2], rf.Move("1", "单位0", "template", date(2020, 7, 2))])
    onward.move("1", "单位0", "sustain", at=date(2020, 7, 2))
    paused = rf.After("received", 3, "workday").resolve(
        events={"received": JUNE}, adjustments=[rf.Suspension(date(2020, 6, 29), date(2020, 6, 30))]
    )
    # A decision that was backdated after the verdict had been given.
    done_late = next(iter(rf.assign(small_list([WHOLE])))).self_check(at=date(2020, 7, 1))
    until = rf.ExtensionUntil(date(2020, 8, 3), granted_on=JUNE)
    entry = rf.AdjustmentEntry(at=JUNE, milestone="self_checked", adjustment=until)
    rewritten = attrs.evolve(done_late, history=(*done_late.history, entry))
    midnight = datetime(2020, 6, 30, 17, tzinfo=UTC)
    at_night = next(iter(rf.assign(small_list([WHOLE])))).self_check(at=midnight)
    days = (date(2020, 6, 22), date(2020, 6, 23), done, date(2020, 7, 1), date(2020, 7, 4))
    return [
        _board(OLD, *days, date(2020, 10, 9)),
        _board(fresh, *days),
        _board(onward, date(2020, 7, 1), date(2020, 10, 9)),
        rf.verdict(paused, as_of=date(2020, 8, 3)),
        rewritten.standing("self_checked", as_of=date(2020, 7, 4)),
        at_night.standing("self_checked", as_of=date(2020, 7, 4)).verdict,
    ]


def _kept() -> list[Any]:
    ledger = rf.assign(small_list([WHOLE]))
    stale = ledger["1", "单位0"]
    good = rf.Move("1", "单位0", "self_check", JUNE, note="注", recorded_at=JUNE)
    bad = rf.Move("1", "单位0", "sustain", JUNE)
    refused = _refused(lambda: ledger.apply([good, bad]), rf.BatchRefusedError)
    ledger.apply([good], dry_run=True)
    nothing = ledger["1", "单位0"].history
    ledger.apply([good])
    source = rf.Source("名录（示例）")
    member = rf.RosterMember(group="各镇", name="甲镇", until=date(2019, 1, 1), source=source)
    return [
        refused,
        nothing,
        rf.Ledger.from_json(ledger.to_json()) == ledger,
        _refused(lambda: ledger.keep(stale.self_check(at=JUNE)), rf.StaleAssignmentError),
        member.applies_on(JUNE),
    ]


CLAIMS: tuple[Callable[[], list[Any]], ...] = (_days, _rules, _moves, _verdicts, _kept)
SOUND = {claim: claim() for claim in CLAIMS}


def _differs(claim: Callable[[], list[Any]]) -> bool:
    try:
        return claim() != SOUND[claim]
    except rf.RectiflowError:
        return True


class TestEachSaboteur:
    """
    "Known-wrong engines, each one sentence, switched on at seams." -- issue 4
    """

    @pytest.mark.parametrize("name", SABOTEURS)
    def test_is_noticed_and_leaves_nothing_behind(self, name: str) -> None:
        """
        Some answer differs, or is an error, while it is at work, and none afterwards.
        """
        with sabotage(name):
            noticed = next(filter(_differs, CLAIMS), None)

        assert noticed is not None
        assert noticed() == SOUND[noticed]

    @pytest.mark.parametrize("name", SABOTEURS)
    def test_is_one_sentence_in_each_language(self, name: str) -> None:
        """
        A reader learns what the mistake is.
        """
        stops: dict[rf.Language, str] = {"zh": "。", "en": "."}
        for lang, stop in stops.items():
            text = SABOTEURS[name].says.text(lang)

            assert text.endswith(stop)
            assert text.count(stop) == 1

    def test_is_one_of_many(self) -> None:
        """
        At least twenty.
        """
        assert len(SABOTEURS) >= 20

    def test_is_known_by_name(self) -> None:
        """
        A misspelt one is told its nearest.
        """
        with pytest.raises(rf.UnknownNameError, match="start-day-counted"), sabotage("start-day"):
            pass


class TestSeams:
    """
    Whoever holds a function calls the saboteur.
    """

    @pytest.mark.parametrize("place", sorted(SEAMS.values()))
    def test_every_seam_is_a_function(self, place: str) -> None:
        """
        A function that was renamed is noticed here.
        """
        assert callable(function_at(place))

    def test_a_copy_of_the_name_is_swapped_too(self) -> None:
        """
        ``from x import f`` before, a table that holds it, and a lambda's default.
        """
        held, table = counting.corresponding_day, {"f": counting.corresponding_day}

        with swapped("rectiflow.deadlines.counting:corresponding_day", lambda *_: "swapped"):
            assert str(held(JUNE, 1)) == str(table["f"](JUNE, 1)) == "swapped"
        assert held(JUNE, 1) == date(2020, 7, 24)

    def test_an_error_inside_switches_it_off(self) -> None:
        """
        A test that fails under a saboteur does not spoil the next.
        """
        with pytest.raises(ZeroDivisionError), sabotage("holidays-ignored"):
            raise ZeroDivisionError

        assert not CHINA.is_workday(date(2020, 6, 25))

    def test_two_may_be_at_work(self) -> None:
        """
        Also at one seam; each is switched off by itself.
        """
        with sabotage("holidays-ignored"), sabotage("make-up-days-ignored"):
            assert CHINA.is_workday(date(2020, 6, 25))
            assert not CHINA.is_workday(date(2020, 6, 28))

    def test_what_is_no_function_is_refused(self) -> None:
        """
        A class cannot be swapped by its code.
        """
        with pytest.raises(rf.InvalidValueError, match="the place of a function"):
            function_at("rectiflow.workdays:WorkCalendar")


WEAK = """
from datetime import date
import rectiflow as rf

def test_a_plain_week():
    assert rf.WorkCalendar.china().add(date(2020, 6, 15), 3) == date(2020, 6, 18)
"""
ONLY = ("--only", "holidays-ignored")


REMEMBERING = """
from datetime import date
from functools import cache
import rectiflow as rf

@cache
def a_day():
    return rf.WorkCalendar.china().add(date(2020, 9, 29), 2)
"""
LOOKS_AWAY = """
from remembering import a_day

def test_there_is_a_day():
    assert a_day()
"""
LOOKS = """
from datetime import date
from remembering import a_day

def test_the_day():
    assert a_day() == date(2020, 10, 9)
"""


class TestRunningASuite:
    """
    "Runs the user's own suite under each and lists what it missed." -- issue 4
    """

    def test_tells_caught_missed_and_untouched(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        One example of a plain week notices a start day that is counted, and no make-up day.
        """
        # Eight runs of pytest: what it loads by itself takes longer than the suite.
        monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
        (tmp_path / "test_mine.py").write_text(WEAK, encoding="utf-8")
        (tmp_path / "remembering.py").write_text(REMEMBERING, encoding="utf-8")
        (tmp_path / "test_a.py").write_text(LOOKS_AWAY, encoding="utf-8")
        (tmp_path / "test_b.py").write_text(LOOKS, encoding="utf-8")
        chosen = ["start-day-counted", "make-up-days-ignored", "stale-pages-win"]
        chosen.append("holidays-ignored")
        told: list[object] = []

        report = run_sabotage(
            ["."],
            only=chosen,
            folder=tmp_path,
            progress=told.append,
            proven=lambda _seconds, files: told.append(files),
        )

        outcomes = [each.outcome for each in report.results]
        assert outcomes == ["caught", "missed", "untouched", "caught"]
        assert report.results[0].by == "test_mine.py::test_a_plain_week"
        # In the sound run it came by nothing: the day was remembered from another file.
        assert report.results[3].by == "test_b.py::test_the_day"
        assert (report.caught, round(report.percent)) == (2, 50)
        assert told[0] == 3
        assert len(told) == 5
        assert not list(tmp_path.glob(".*"))

    def test_what_comes_by_goes_first_the_quickest_at_the_head(self, tmp_path: Path) -> None:
        """
        And nothing is left out.
        """
        add, roll = SEAMS["add"], SEAMS["roll"]
        suite = Suite(
            args=(),
            folder=tmp_path,
            files={"d": 1.0, "a": 2.0, "c": 3.0, "b": 4.0},
            seams={"d": set(), "a": {add, roll}, "c": {roll}, "b": {add}},
        )

        assert suite.parts(Saboteur("mine", {add: max})) == [["a", "b"], ["d", "c"]]
        assert suite.parts(Saboteur("mine", {SEAMS["keep"]: max})) == [["d", "a", "c", "b"]]

    @pytest.mark.parametrize("text", ["def test_no():\n    assert False\n", ""])
    def test_a_suite_that_fails_by_itself_is_not_tried(self, tmp_path: Path, text: str) -> None:
        """
        Nor one without a test: everything would seem caught, or missed.
        """
        (tmp_path / "test_mine.py").write_text(text, encoding="utf-8")

        with pytest.raises(SuiteError) as error:
            run_sabotage(["."], folder=tmp_path)

        assert error.value.exit_code == (1 if text else 5)

    def test_on_the_command_line(
        self,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        """
        What is missed is listed, each result is told as it comes, and the exit code is 1.
        """
        (tmp_path / "test_mine.py").write_text(WEAK, encoding="utf-8")
        monkeypatch.chdir(tmp_path)

        code = run(["sabotage", ".", *ONLY, "--format", "json", "--lang", "zh"])
        said = capsys.readouterr()

        (row,) = json.loads(said.out)["sabotage"]
        assert (code, row["outcome"]) == (1, "missed")
        proven, told = said.err.splitlines()
        assert "1个文件" in proven
        assert told.startswith("1/1：holidays-ignored 未发现")

    @pytest.mark.parametrize(
        ("outcome", "least", "code"),
        [("missed", "100", 1), ("missed", "0", 0), ("caught", "100", 0), ("hung", "100", 0)],
    )
    def test_the_exit_code_is_of_the_share(
        self, monkeypatch: pytest.MonkeyPatch, outcome: str, least: str, code: int
    ) -> None:
        """
        1 where less than the asked-for share is caught.
        """
        result = SabotageResult(
            saboteur=SABOTEURS["holidays-ignored"], outcome=SabotageOutcome(outcome), seconds=1.0
        )
        report = SabotageReport(results=(result,))
        monkeypatch.setattr(saboteurs, "run_sabotage", lambda *_args, **_more: report)

        assert run(["sabotage", ".", *ONLY, "--fail-under", least]) == code
