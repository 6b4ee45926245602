"""
The command line as a user meets it.
"""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from datetime import date
from importlib.resources import files
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest

from rectiflow.cli import options
from rectiflow.cli.app import EXIT_CODES, run
from rectiflow.verdicts import Outcome

MOVES = str(Path(__file__).parents[1] / "examples" / "yuhui-2020-moves.csv")


class Said(NamedTuple):
    """
    What a command came to.
    """

    code: int
    out: str
    err: str


@pytest.fixture(name="say")
def _say(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """
    Run a command line in this process.
    """
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")

    def say(*tokens: str) -> Said:
        """
        Give exit code, output and errors.
        """
        code = run(tokens)
        out, err = capsys.readouterr()
        return Said(code, out, err)

    return say


class TestShow:
    """
    ``rectiflow show``.
    """

    def test_the_list_in_chinese(self, say: Any) -> None:
        """
        Titles, rows, rules and doubts, with nothing cut.
        """
        said = say("show", "yuhui-2020", "--lang", "zh")

        assert said.code == 0
        for word in ("皖政务办〔2020〕4号", "2.1", "已模板化", "PeriodEnd(year)", "探索"):
            assert word in said.out
        assert "…" not in said.out

    def test_no_line_is_folded_where_there_is_no_terminal(self, say: Any) -> None:
        """
        A program that searches the lines finds the longest name whole.
        """
        assert "公开平台统筹优化" in say("show", "yuhui-2020").out
        assert (
            "《安徽省政务公开办公室关于开展政务公开“六提六促”专项行动的通知》皖政务办〔2020〕4号"
            in (say("show", "yuhui-2020", "--row", "8.1", "--lang", "zh").out)
        )

    def test_brackets_in_a_list_are_no_markup(self, say: Any, tmp_path: Path) -> None:
        """
        They are printed as they are: once, Rich took them for its own and failed.
        """
        bundled = files("rectiflow") / "data" / "yuhui-2020.toml"
        path = tmp_path / "list.toml"
        text = bundled.read_text(encoding="utf-8")
        path.write_text(text.replace("专项行动整改清单", "[red]清单[/] [/x]"), encoding="utf-8")

        assert "[red]清单[/] [/x]" in say("show", str(path)).out

    def test_json_has_stable_keys(self, say: Any) -> None:
        """
        Everything about one row.
        """
        found = json.loads(say("show", "yuhui-2020", "--row", "6.3", "--format", "json").out)

        assert set(found) == {"list", "rows", "texts", "milestones", "doubts"}
        assert found["rows"][0]["assignments"] == 20
        assert found["rows"][0]["path"][0] == "assigned"
        assert found["list"][0]["issued"] == "2020-06-17"
        assert {"row": "6.3", "milestone": "templated", "due": "2020-12-31"}.items() <= next(
            m for m in found["milestones"] if m["milestone"] == "templated"
        ).items()

    def test_roster(self, say: Any) -> None:
        """
        Groups expanded, the doubtful member only if asked for.
        """
        for more, expected in (((), 149), (("--doubtful",), 162)):
            said = say("show", "yuhui-2020", "--roster", "yuhui-2020", *more, "-f", "json")
            assert json.loads(said.out)["list"][0]["assignments"] == expected


class TestReview:
    """
    ``rectiflow review``.
    """

    def test_after_the_example_moves(self, say: Any) -> None:
        """
        What needs attention, counted by row.
        """
        said = say(
            "review",
            "yuhui-2020",
            "--as-of",
            "2020-07-01",
            "--moves",
            MOVES,
            "--by",
            "row",
            "--lang",
            "zh",
        )

        assert said.code == 0
        assert "已逾期" in said.out
        assert "区民政局" in said.out

    def test_csv_holds_every_milestone(self, say: Any) -> None:
        """
        A header and a line for each assignment × milestone, ISO dates, plain outcomes.
        """
        out = say("review", "yuhui-2020", "--as-of", "2020-06-24", "-f", "csv").out
        lines = list(csv.DictReader(io.StringIO(out)))

        assert len(lines) > 200
        assert lines[0] == {
            "row": "1",
            "unit": "区政府办公室",
            "stage": "assigned",
            "milestone": "self_checked",
            "outcome": "due_soon",
            "due": "2020-06-30",
            "days_left": "6",
            "workdays_left": "3",
            "completed_on": "",
            "certainty": "confirmed",
            "reason": "",
        }

    def test_fail_overdue_is_an_exit_code(self, say: Any) -> None:
        """
        1 on the day after, 0 on the day itself.
        """
        assert say("review", "yuhui-2020", "--as-of", "2020-07-01", "--fail-overdue").code == 1
        assert say("review", "yuhui-2020", "--as-of", "2020-06-30", "--fail-overdue").code == 0

    def test_only_picks_outcomes(self, say: Any) -> None:
        """
        Several may be given.
        """
        said = say(
            "review", "yuhui-2020", "--as-of", "2020-06-24", "--only", "ongoing", "-f", "json"
        )

        assert {m["outcome"] for m in json.loads(said.out)["milestones"]} == {"ongoing"}

    @pytest.mark.parametrize("words", ["overdue,due_today", "due-today, overdue"])
    def test_only_takes_a_list_in_one_word(self, say: Any, words: str) -> None:
        """
        Parted by commas, with either dash.
        """
        found = {}
        for day in ("2020-06-30", "2020-07-01"):
            out = say("review", "yuhui-2020", "--as-of", day, "--only", words, "-f", "json").out
            found[day] = {m["outcome"] for m in json.loads(out)["milestones"]}

        assert found == {"2020-06-30": {"due_today"}, "2020-07-01": {"overdue"}}

    def test_json_keys_do_not_hang_on_what_is_found(self, say: Any) -> None:
        """
        Every outcome is counted, those with none as 0; the table leaves them out.
        """
        line = ("review", "yuhui-2020", "--as-of", "2020-06-24", "--by", "stage")
        found = json.loads(say(*line, "-f", "json").out)

        assert set(found["totals"][0]) == {f"outcome.{each}" for each in Outcome}
        assert found["by_stage"][0]["outcome.overdue"] == 0
        assert "overdue" not in say(*line).out

    def test_today_by_default(self, say: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        The clock is read in one place.
        """
        monkeypatch.setattr("rectiflow.cli.review.today", lambda: date(2020, 6, 30))
        said = say("review", "yuhui-2020", "-f", "json")

        assert {m["outcome"] for m in json.loads(said.out)["milestones"]} >= {"due_today"}
        assert options.today().year >= 2020


class TestDue:
    """
    ``rectiflow due``.
    """

    def test_explains(self, say: Any) -> None:
        """
        The day, the holiday on the way, the clause.
        """
        said = say(
            "due",
            "After(received, 3, workday)",
            "--from",
            "2020-06-24",
            "--explain",
            "--lang",
            "zh",
        )

        assert "2020-06-30" in said.out
        assert "民法总则第二百零一条" in said.out
        assert "2020年6月28日" in said.out

    def test_from_is_the_issue_date_where_nothing_is_counted(self, say: Any) -> None:
        """
        年底前 takes its year from it.
        """
        found = json.loads(
            say("due", "PeriodEnd(year)", "--from", "2020-06-17", "--explain", "-f", "json").out
        )

        assert found["due"][0]["due"] == "2020-12-31"
        assert [step["inferred"] for step in found["trace"]] == [True, False, False]

    def test_several_events_are_named(self, say: Any) -> None:
        """
        One --from would be a guess.
        """
        rule = "Latest(After(received, 3, day), Before(expiry, 3, day))"
        refused = say("due", rule, "--from", "2020-06-24")
        given = say(
            "due",
            rule,
            "--event",
            "received=2020-06-01",
            "--event",
            "expiry=2020-06-30",
            "-f",
            "json",
        )

        assert refused.code == 3
        assert "--event" in refused.err
        assert json.loads(given.out)["due"][0]["due"] == "2020-06-27"

    def test_a_misspelt_event_is_refused(self, say: Any) -> None:
        """
        With the nearest name: passed on, it would leave the rule waiting without a word.
        """
        said = say("due", "After(received, 3, day)", "--event", "recieved=2020-06-24")

        assert said.code == 3
        assert "nearest are: received" in said.err

    @pytest.mark.parametrize(
        "tokens",
        [
            ("After(received, 3, day)", "--event", "received=2020-06-24"),
            ("PeriodEnd(year)", "--issued", "2020-06-17"),
        ],
    )
    def test_from_with_nothing_left_to_give_is_refused(
        self, say: Any, tokens: tuple[str, ...]
    ) -> None:
        """
        One of two days would be dropped in silence.
        """
        said = say("due", *tokens, "--from", "2020-06-25")

        assert said.code == 3
        assert "--from" in said.err

    def test_csv_of_an_explanation_is_its_steps(self, say: Any) -> None:
        """
        The day is in the last of them.
        """
        line = ("due", "After(received, 3, workday)", "--from", "2020-06-24", "-f", "csv")
        steps = list(csv.DictReader(io.StringIO(say(*line, "--explain").out)))

        assert steps[-1]["code"] == "trace.answer"
        assert steps[-1]["day"] == "2020-06-30"

    def test_decisions_and_the_calendar_of_a_day(self, say: Any) -> None:
        """
        An extension; and what was known before the Spring Festival of 2020 was prolonged.
        """
        extended = say(
            "due",
            "FixedDate(2020-06-30)",
            "--adjust",
            "Extension(1, workday, granted_on=2020-06-01)",
            "-f",
            "csv",
        )
        known = say(
            "due",
            "After(received, 1, workday)",
            "--from",
            "2020-01-23",
            "--known-on",
            "2020-01-25",
            "-f",
            "csv",
        )

        assert "2020-07-01,2020-06-30,confirmed" in extended.out
        assert "2020-01-31" in known.out


class TestDiagram:
    """
    ``rectiflow diagram``.
    """

    def test_a_row_with_chinese_labels(self, say: Any) -> None:
        """
        Its own path and no other stage.
        """
        said = say("diagram", "yuhui-2020", "3", "--lang", "zh")

        assert 'state "已整改" as rectified' in said.out
        assert "templated" not in said.out

    def test_a_row_notes_its_due_days(self, say: Any) -> None:
        """
        One note for each stage that has a day; Mermaid ends a note at a second colon.
        """
        lines = say("diagram", "yuhui-2020", "2.1", "--lang", "zh").out.splitlines()
        notes = [line.strip() for line in lines if "note" in line]

        assert notes == [
            "note right of self_checked: 期限 2020年6月30日",
            "note right of rectified: 期限 2020年6月30日",
            "note right of templated: 期限 2020年12月31日",
        ]

    def test_as_json(self, say: Any) -> None:
        """
        The drawing as one text.
        """
        assert (
            "stateDiagram" in json.loads(say("diagram", "yuhui-2020", "-f", "json").out)["mermaid"]
        )


class TestFailures:
    """
    A clear line on stderr, an exit code, never a stack trace.
    """

    @pytest.mark.parametrize(
        ("tokens", "code", "word"),
        [
            (("show", "yuhui-2021"), 3, "yuhui-2020"),
            (("show", "nowhere.toml"), 3, "nowhere.toml"),
            (("show", "yuhui-2020", "--row", "2.9"), 3, "2.9"),
            (("due", "Aftr(x, 3, day)"), 3, "After"),
            (("due", "After(x, 3"), 3, "expected"),
            (("due", "After(x, 3, day)", "--from", "24 June"), 3, "2020-06-30"),
            (("due", "After(x, 3, workday)", "--from", "2026-12-31"), 3, "overlay"),
            (("due", "Unresolved(立行立改)"), 3, "立行立改"),
            (("due", "After(x, 3, day)", "--event", "x"), 3, "name=day"),
            (
                ("review", "yuhui-2020", "--as-of", "2020-06-24", "--moves", "nowhere.csv"),
                3,
                "nowhere.csv",
            ),
            (
                ("review", "yuhui-2020", "--warn-workdays", "-1", "--as-of", "2020-06-24"),
                3,
                "warn_workdays",
            ),
            (("review", "yuhui-2020", "--by", "colour"), 2, "colour"),
            (("fly",), 2, "fly"),
            (("show",), 2, "SOURCE"),
        ],
    )
    def test_each_has_its_code_and_words(
        self, say: Any, tokens: tuple[str, ...], code: int, word: str
    ) -> None:
        """
        The value and the cure stand in the line.
        """
        said = say(*tokens, "--lang", "en") if code == 3 else say(*tokens)

        assert said.code == code
        assert word in said.err
        assert "Traceback" not in said.err
        assert said.out == ""

    def test_errors_speak_the_chosen_language(self, say: Any) -> None:
        """
        Chinese if asked for.
        """
        assert "没有名为" in say("show", "yuhui-2020", "--row", "2.9", "--lang=zh").err

    @pytest.mark.parametrize(
        ("tokens", "words"),
        [
            (("fly",), "没有“fly”这个命令"),
            (("show",), "缺少 SOURCE"),
            (("show", "yuhui-2020", "--nope"), "没有 --nope 这个选项"),
            (("show", "a", "b", "c"), "多余的参数：b、c"),
            (("show", "a", "-f", "xml"), "“xml”，可取：table、json、csv"),
            (("review", "a", "--only", "met,late"), "--only 不能是“late”，可取：pending"),
            (("review", "a", "--warn-workdays", "x"), "--warn-workdays 不能是“x”。"),
            (("show", "a", "-f", "csv", "-f", "csv"), "命令行有误"),
        ],
    )
    def test_misuse_is_said_in_chinese(self, say: Any, tokens: tuple[str, ...], words: str) -> None:
        """
        Not in the English of the package that reads the command line.
        """
        said = say(*tokens, "--lang", "zh")

        assert said.code == 2
        assert words in said.err
        assert "用法见" in said.err

    def test_a_reader_that_stops_is_no_error(
        self, say: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Exit code 141, which nobody takes for "overdue", and not a word.
        """

        def gone(*_: object, **__: object) -> None:
            raise BrokenPipeError

        monkeypatch.setattr("rectiflow.cli.show.print_sheets", gone)
        monkeypatch.setattr("rectiflow.cli.app.drop_output", lambda: None)

        assert say("show", "yuhui-2020") == Said(141, "", "")

    def test_a_full_disk_is_said(self, say: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        It is the output that fails, so no file is named.
        """

        def full(*_: object, **__: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("rectiflow.cli.show.print_sheets", full)
        monkeypatch.setattr("rectiflow.cli.app.drop_output", lambda: None)
        said = say("show", "yuhui-2020")

        assert said == Said(3, "", "Cannot write the output: No space left on device.\n")

    def test_an_interruption_has_its_code(self, say: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        130, as shells have it.
        """

        def interrupted(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("rectiflow.cli.show.print_sheets", interrupted)

        assert say("show", "yuhui-2020").code == 130

    def test_a_bad_moves_file_lists_all(self, say: Any, tmp_path: Path) -> None:
        """
        Every bad line with its place, and nothing reviewed.
        """
        path = tmp_path / "moves.csv"
        path.write_text(
            "row,unit,trigger,at\n1,x,fly,2020-06-24\n1,x,rectify,soon\n", encoding="utf-8"
        )
        said = say("review", "yuhui-2020", "--as-of", "2020-06-24", "--moves", str(path))

        assert said.code == 3
        assert "line 2, trigger" in said.err
        assert "line 3, at" in said.err

    def test_the_help_names_the_codes(self, say: Any) -> None:
        """
        All of them.
        """
        out = " ".join(say("--help").out.split())

        assert all(f"{code}: " in out for code in EXIT_CODES)

    @pytest.mark.parametrize("asked", [(), ("-h",), ("--help",)])
    def test_the_help_says_what_each_command_does(self, asked: tuple[str, ...], say: Any) -> None:
        """
        Each of them, with or without being asked for help, and one that is written otherwise.
        """
        out = " ".join(say(*asked).out.replace("│", " ").split())

        assert "review Review a list or a stored ledger on a day" in out
        assert "send-back Send an assignment back to an earlier stage (退回)." in out
        assert "import Import a log into a store" in out

    def test_the_entry_point_runs(self) -> None:
        """
        As a program of its own, with its exit code.
        """
        line = [sys.executable, "-m", "rectiflow", "due", "FixedDate(2020-06-30)", "-f", "json"]
        done = subprocess.run(line, capture_output=True, text=True, check=True)  # noqa: S603 -- our own program
        assert json.loads(done.stdout)["due"][0]["due"] == "2020-06-30"

    def test_without_the_extra_it_says_what_to_install(self) -> None:
        """
        Exit code 3 and the pip line, in the chosen language.
        """
        code = (
            "import sys; sys.modules['rich'] = None; sys.argv = ['x', 'show', '--lang=zh'];"
            "from rectiflow.cli import main; main()"
        )
        line = [sys.executable, "-X", "utf8", "-c", code]
        done = subprocess.run(line, capture_output=True, check=False)  # noqa: S603 -- our own program
        assert done.returncode == 3
        assert "pip install 'rectiflow[cli]'" in done.stderr.decode()

    @pytest.mark.parametrize(
        ("module", "tokens"),
        [
            ("rectiflow.testing.laws.families", ("prove", "rectiflow:WorkCalendar")),
            ("rectiflow.testing.saboteurs", ("sabotage", "tests")),
        ],
    )
    @pytest.mark.parametrize("missing", ["hypothesis", "pytest"])
    def test_without_the_extra_for_tests_it_says_what_to_install(
        self,
        say: Any,
        monkeypatch: pytest.MonkeyPatch,
        module: str,
        tokens: tuple[str, ...],
        missing: str,
    ) -> None:
        """
        Exit code 3 and the pip line, whichever package the import of the laws or saboteurs lacks.
        """

        class Lacking(ModuleType):
            def __getattr__(self, name: str) -> object:
                raise ModuleNotFoundError(name, name=missing)

        monkeypatch.setitem(sys.modules, module, Lacking(module))

        said = say(*tokens, "--lang=zh")

        assert said.code == 3
        assert said.err.endswith("请运行 pip install 'rectiflow[testing]'。\n")
