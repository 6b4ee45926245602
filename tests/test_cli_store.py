"""
The commands on a stored ledger, as a clerk meets them.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import xlsxwriter

import rectiflow as rf
from rectiflow import store
from rectiflow.cli import apply as applying
from rectiflow.cli import init as initiating
from rectiflow.cli import remind as reminding
from rectiflow.cli import repeats, writing_down
from rectiflow.cli.app import run
from rectiflow.moments import CHINA_TIME

MOVES = str(Path(__file__).parents[1] / "examples" / "yuhui-2020-moves.csv")
NOW = datetime(2020, 6, 26, 9, 30, tzinfo=CHINA_TIME)
ROW, UNIT, OTHER = "2.1", "区城市管理局", "区民政局"
DECIDED = f"{ROW},{UNIT},adjust,rectified,2020-06-24,"


class Said(NamedTuple):
    """
    What a command came to.
    """

    code: int
    out: str
    err: str

    def rows(self, sheet: str) -> list[dict[str, Any]]:
        """
        Give the rows of one sheet of its JSON.
        """
        found: list[dict[str, Any]] = json.loads(self.out)[sheet]
        return found


@pytest.fixture(name="say")
def _say(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """
    Run a command line in this process, at a time that stands still.
    """
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    for name in ("URL", "AS", "UNIT", "ROLE", "OFFICE"):
        monkeypatch.delenv(f"RECTIFLOW_{name}", raising=False)
    for module in (applying, initiating, reminding, writing_down):
        monkeypatch.setattr(module, "now", lambda: NOW)

    def say(*tokens: str) -> Said:
        """
        Give exit code, output and errors.
        """
        code = run(tokens)
        out, err = capsys.readouterr()
        return Said(code, out, err)

    return say


@pytest.fixture
def ledger(say: Any, tmp_path: Path) -> str:
    """
    Give the file of a new ledger of the Yuhui list.
    """
    path = str(tmp_path / "ledger.db")
    assert say("init", path, "yuhui-2020").code == 0
    return path


class TestWritingOneFact:
    """
    ``move`` and the commands named after what they write down.
    """

    def test_a_move_is_there_for_the_next_process(self, say: Any, ledger: str) -> None:
        """
        Who did it and when, and when it was written down.
        """
        said = say("move", ledger, ROW, UNIT, "self_check", "--at", "2020-06-24", "--by", "张三")
        assert said.code == 0

        (event,) = say("history", ledger, ROW, UNIT, "-f", "json").rows("events")
        assert (event["at"], event["recorded_at"]) == ("2020-06-24", NOW.isoformat())
        assert (event["by"], event["days_late"], event["outcome"]) == ("张三", 2, "met")

    @pytest.mark.parametrize(
        ("tokens", "kind"),
        [
            (("extend", "1", OTHER, "rectified", "--for", "20"), "extended"),
            (("extend", "1", OTHER, "rectified", "--until", "2020-08-31"), "extended"),
            (
                (
                    "suspend",
                    "1",
                    OTHER,
                    "rectified",
                    "--first",
                    "2020-06-25",
                    "--last",
                    "2020-06-26",
                ),
                "suspended",
            ),
            (("restart", "1", OTHER, "rectified", "--on", "2020-06-25"), "restarted"),
            (
                ("override", "1", OTHER, "rectified", "--due", "2020-07-31", "--reason", "防汛"),
                "overridden",
            ),
            (("complete", "8.1", "区政府各部门", "platform_optimised"), "completed"),
        ],
    )
    def test_each_fact_has_a_command(
        self, say: Any, ledger: str, tokens: tuple[str, ...], kind: str
    ) -> None:
        """
        It writes one event of its kind.
        """
        name, *rest = tokens
        said = say(name, ledger, *rest, "--at", "2020-06-24", "-f", "json")

        assert said.err == ""
        with store.open(ledger) as shared:
            assert shared.poll(1)[0].kind == kind

    def test_sent_back_and_done_again(self, say: Any, ledger: str) -> None:
        """
        The stage goes back, and a confirmation of what was done lapses with it.
        """
        at = ("--at", "2020-06-24")
        say("move", ledger, ROW, UNIT, "self-check", "--by", "张三", *at)
        assert say("confirm", ledger, ROW, UNIT, "self_checked", "--by", "李四", *at).code == 0
        back = ("--to", "assigned", "--reason", "标准不全")
        assert say("send-back", ledger, ROW, UNIT, *back, *at).code == 0

        again = say("confirm", ledger, ROW, UNIT, "self_checked", "--by", "李四", *at)
        assert (again.code, len(again.err.splitlines())) == (3, 2)

    def test_the_same_command_is_done_once(self, say: Any, ledger: str) -> None:
        """
        Typed twice under one id, it is one event; another request under that id is refused.
        """
        tokens = ("move", ledger, ROW, UNIT, "self_check", "--at", "2020-06-24", "--command", "k")
        assert say(*tokens, "-f", "json").rows("receipt")[0]["already_done"] is False
        assert say(*tokens, "-f", "json").rows("receipt")[0]["already_done"] is True
        other = (*tokens[:4], "rectify", *tokens[5:])
        assert say(*other).code == 3

    def test_whoever_was_overtaken_is_told(self, say: Any, ledger: str) -> None:
        """
        ``--expected`` names the last event that was seen.
        """
        at = ("--at", "2020-06-24")
        say("move", ledger, ROW, UNIT, "self_check", *at)
        said = say("move", ledger, ROW, UNIT, "rectify", *at, "--expected", "1")

        assert said.code == 3
        assert "self-checked" in said.err


class TestWhoActs:
    """
    "--as PERSON --unit UNIT --role ROLE or environment": a claim, judged by the house's rules.
    """

    def test_a_claim_is_judged(self, say: Any, ledger: str) -> None:
        """
        The unit itself moves forward; another one, and a person without a role, do not.
        """
        move = ("move", ledger, ROW, UNIT, "self_check", "--at", "2020-06-24", "--as", "王五")
        role = ("--role", "responsible")

        without = say(*move)
        assert (without.code, "no role" in without.err) == (3, True)
        assert say(*move, *role).code == 3
        assert say(*move, *role, "--unit", OTHER).code == 3
        assert say(*move, *role, "--unit", UNIT).code == 0

    def test_the_environment_claims_too(
        self, say: Any, ledger: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A supervisor extends and does not move.
        """
        monkeypatch.setenv("RECTIFLOW_AS", "李主任")
        monkeypatch.setenv("RECTIFLOW_UNIT", "区政府办公室")
        monkeypatch.setenv("RECTIFLOW_ROLE", "supervisor")
        at = ("--at", "2020-06-24")

        assert say("move", ledger, ROW, UNIT, "self_check", *at).code == 3
        assert say("extend", ledger, "1", OTHER, "rectified", "--for", "5", *at).code == 0
        with store.open(ledger) as shared:
            assert [each.record.person for each in shared.attempts()] == ["李主任"]

    def test_a_ledger_opened_with_a_claim_asks_all_for_one(self, say: Any, tmp_path: Path) -> None:
        """
        Leaving the claim out gives nobody more than making it; reading asks for none.
        """
        ledger = str(tmp_path / "ledger.db")
        chief = ("--as", "李主任", "--unit", "区政府办公室", "--role", "supervisor")
        assert say("init", ledger, "yuhui-2020", *chief).code == 0
        at = ("--at", "2020-06-24")

        said = say("move", ledger, ROW, UNIT, "self_check", *at)
        assert (said.code, "no role" in said.err) == (3, True)
        assert say("extend", ledger, "1", OTHER, "rectified", "--for", "5", *at).code == 3
        assert say("review", ledger, "--as-of", "2020-06-25").code == 0
        assert say("extend", ledger, "1", OTHER, "rectified", "--for", "5", *at, *chief).code == 0
        with store.open(ledger) as shared:
            assert shared.opened_by.person == "李主任"
            assert len(shared.attempts()) == 2

    def test_nobody_confirms_their_own(self, say: Any, ledger: str) -> None:
        """
        Even where nobody claims a role.
        """
        at = ("--at", "2020-06-24", "--by", "张三")
        say("move", ledger, ROW, UNIT, "self_check", *at)

        assert say("confirm", ledger, ROW, UNIT, "self_checked", *at).code == 3


class TestApply:
    """
    ``apply``: all of it or nothing, done once.
    """

    def test_the_example_is_applied_once(self, say: Any, ledger: str) -> None:
        """
        Tried first, then done, then told that it is done.
        """
        assert "284" in say("apply", ledger, MOVES, "--dry-run").out
        with store.open(ledger) as shared:
            assert shared.seq == 1
        assert say("apply", ledger, MOVES).code == 0
        again = say("apply", ledger, MOVES)
        assert (again.code, "done before" in again.out) == (0, True)
        with store.open(ledger) as shared:
            assert shared.seq == 285
            assert shared.verify().sound

    @pytest.mark.parametrize("theirs", [4, 5])
    def test_two_files_at_once_count_once(
        self, say: Any, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, theirs: int
    ) -> None:
        """
        What another writes between the look for repeated lines and the writing is looked at too.
        """
        assert say("init", place, "yuhui-2020").code == 0
        line = DECIDED + '"Extension(20, day, granted_on=2020-06-2%d)"\n'
        files = [tmp_path / "mine.csv", tmp_path / "theirs.csv"]
        for day, path in zip((4, theirs), files, strict=True):
            lines = [
                "row,unit,trigger,milestone,at,adjustment\n",
                line % day,
                "\n" * (path is files[0]),
            ]
            path.write_text("".join(lines), encoding="utf-8")
        looked: list[object] = []

        def overtaken(shared: Any, moves: Any, command: str) -> Any:
            found = repeats.repeated(shared, moves, command)
            if not looked:
                looked.append(found)
                monkeypatch.setattr(applying, "repeated", repeats.repeated)
                assert run(["apply", place, str(files[1])]) == 0
            return found

        monkeypatch.setattr(applying, "repeated", overtaken)
        said = say("apply", place, str(files[0]))

        same = theirs == 4
        assert looked == [{}]
        assert (said.code, "is written already" in said.err) == ((3, True) if same else (0, False))
        with store.open(place) as shared:
            decided = [each for each in shared.events() if each.kind == "extended"]
        assert len(decided) == (1 if same else 2)

    def test_who_is_overtaken_without_end_is_told(
        self, say: Any, ledger: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        It gives up, and says what was written meanwhile; nothing of the file is kept.
        """
        path = tmp_path / "mine.csv"
        line = DECIDED + '"Extension(20, day, granted_on=2020-06-24)"\n'
        path.write_text(f"row,unit,trigger,milestone,at,adjustment\n{line}", encoding="utf-8")
        looks: list[int] = []

        def overtaken(shared: Any, *_: object) -> dict[int, Any]:
            looks.append(shared.seq)
            days = rf.Extension(len(looks), "day", granted_on=NOW.date())
            fields: dict[str, Any] = {"milestone": "rectified", "adjustment": days}
            move = rf.Move(ROW, UNIT, "adjust", NOW.date(), **fields)
            shared.append([move], actor=store.Actor("王五", UNIT), recorded_at=NOW)
            return {}

        monkeypatch.setattr(applying, "repeated", overtaken)
        said = say("apply", ledger, str(path))

        assert (said.code, said.out, looks) == (3, "", list(range(1, 11)))
        with store.open(ledger) as shared:
            assert {each.record.person for each in shared.events(after=1)} == {"王五"}

    def test_a_changed_file_is_never_counted_twice(
        self, say: Any, ledger: str, tmp_path: Path
    ) -> None:
        """
        Its old lines are refused with their places, also those that no rule would refuse.
        """
        path = tmp_path / "moves.csv"
        head = "row,unit,trigger,at,milestone,adjustment,note\n"
        extension = "'Extension(20, workday, granted_on=2020-06-24)'".replace("'", '"')
        line = f"1,{OTHER},adjust,2020-06-24,rectified,{extension},"
        path.write_text(f"{head}{line}\n", encoding="utf-8")
        assert say("apply", ledger, str(path)).err == ""
        assert "done before" in say("apply", ledger, str(path)).out

        more = f"2.1,{UNIT},self_check,2020-06-24,,,\n2.1,{UNIT},template,2020-06-24,,,\n"
        path.write_text(f"{head}{line}\n{more}", encoding="utf-8")
        said = say("apply", ledger, str(path))
        assert (said.code, "as event 2." in said.err) == (3, True)
        assert ("line 2, 1 ×" in said.err, "line 4, 2.1 ×" in said.err) == (True, True)
        assert len(say("history", ledger, "1", OTHER, "-f", "json").rows("events")) == 1

        # A second one that says so is a second one.
        path.write_text(f"{head}{line}再次延期\n", encoding="utf-8")
        assert say("apply", ledger, str(path)).err == ""
        assert len(say("history", ledger, "1", OTHER, "-f", "json").rows("events")) == 2

    def test_a_long_file_counts_what_is_repeated_too(
        self, say: Any, ledger: str, tmp_path: Path
    ) -> None:
        """
        For many assignments all events are gone through once, with the same answer.
        """
        with store.open(ledger) as shared:
            keys = [(each.row.id, each.unit.name) for each in shared.ledger()][:30]
        decided = '"Extension(20, workday, granted_on=2020-06-24)"'
        lines = [f"{row},{unit},adjust,2020-06-24,rectified,{decided}\n" for row, unit in keys]
        path = tmp_path / "moves.csv"
        head = "row,unit,trigger,at,milestone,adjustment\n"
        path.write_text(head + "".join(lines), encoding="utf-8")
        assert say("apply", ledger, str(path)).err == ""
        path.write_text(head + "".join(lines[1:]), encoding="utf-8")

        assert say("apply", ledger, str(path)).err.count("is written already") == 29

    def test_who_waits_at_a_terminal_sees_that_it_goes_on(
        self, say: Any, ledger: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A long file shows that it is being written, on standard error, and only on a terminal.
        """
        back = f"2.1,{UNIT},send_back,2020-06-24,assigned,重做\n"
        there = f"2.1,{UNIT},self_check,2020-06-24,,\n"
        path = tmp_path / "moves.csv"
        path.write_text(
            "row,unit,trigger,at,to,reason\n" + (there + back) * 1_000, encoding="utf-8"
        )
        assert "2,000" not in say("apply", ledger, str(path), "--dry-run").err
        ours, theirs = os.openpty()
        monkeypatch.setenv("TERM", "xterm")
        with os.fdopen(theirs, "w", encoding="utf-8") as terminal:
            monkeypatch.setattr(sys, "stderr", terminal)
            assert run(["apply", ledger, str(path), "--dry-run"]) == 0
            terminal.flush()
            seen = os.read(ours, 4096).decode()
        os.close(ours)

        assert "writing 2000 lines" in seen

    def test_every_bad_line_is_told_with_its_place(
        self, say: Any, ledger: str, tmp_path: Path
    ) -> None:
        """
        What the rules refuse, what is no unit, and nothing is kept.
        """
        path = tmp_path / "moves.csv"
        path.write_text(
            "row,unit,trigger,at\n# remark\n2.1,区城市管理局,template,2020-06-24\n"
            "2.1,'; DROP TABLE rectiflow_event; --,self_check,2020-06-24\n"
            "2.1,区卫生健康委,self_check,2020-06-24\n",
            encoding="utf-8",
        )
        said = say("apply", ledger, str(path))

        assert said.code == 3
        assert "line 3, 2.1 × 区城市管理局" in said.err
        assert "line 4, 2.1 × '; DROP" in said.err
        assert "line 5" not in said.err
        with store.open(ledger) as shared:
            assert [event.record.line for event in shared.attempts()] == [0]
            assert shared.seq == 2

    def test_what_the_policy_refuses_has_its_place(
        self, say: Any, ledger: str, tmp_path: Path
    ) -> None:
        """
        One unit's clerk does not report for another.
        """
        path = tmp_path / "moves.csv"
        path.write_text(
            f"row,unit,trigger,at\n2.1,{UNIT},self_check,2020-06-24\n"
            "2.1,区卫生健康委,self_check,2020-06-24\n",
            encoding="utf-8",
        )
        said = say("apply", ledger, str(path), "--unit", UNIT, "--role", "responsible")

        assert (said.code, "line 3" in said.err, "line 2," in said.err) == (3, True, False)

    @pytest.mark.parametrize("form", ["jsonl", "xlsx"])
    def test_other_forms_say_the_same(
        self, say: Any, ledger: str, tmp_path: Path, form: str
    ) -> None:
        """
        JSON Lines and a workbook, whose days are a spreadsheet's.
        """
        path = tmp_path / f"moves.{form}"
        line = {"row": ROW, "unit": UNIT, "trigger": "self_check", "at": "2020-06-24"}
        if form == "jsonl":
            path.write_text(json.dumps({**line, "evidence": ["a", "b"]}) + "\n\n", encoding="utf-8")
        else:
            with xlsxwriter.Workbook(path) as book:
                sheet = book.add_worksheet()
                sheet.write_row(0, 0, list(line))
                sheet.write_row(1, 0, list(line.values())[:3])
                day = book.add_format({"num_format": "yyyy/m/d"})
                sheet.write_datetime(1, 3, datetime(2020, 6, 24), day)  # noqa: DTZ001 -- a spreadsheet's
        assert say("apply", ledger, str(path)).err == ""

        (event,) = say("history", ledger, ROW, UNIT, "-f", "json").rows("events")
        assert event["at"] == "2020-06-24"
        assert event["evidence"] == (["a", "b"] if form == "jsonl" else [])

    @pytest.mark.parametrize(
        ("text", "word"),
        [
            ('{"row": 2.1, "unit": "a", "trigger": "self_check", "at": "2020-06-24"}', "2.1"),
            ('{"row": "2.1"}', "unit"),
            ('{"row": "2.1", "row": "2.2"}', "row"),
            ('["2.1"]', "line 1"),
            ("{", "line 1"),
            ('{"a": ' * 100_000, "line 1"),
            (f"row,unit,trigger,at\n{ROW},{UNIT},self_check,2020-06-24T09:00\n", "zone"),
            (f"row,unit,trigger,at,note\n{ROW},{UNIT},self_check,2020-06-24,a\0b\n", "NUL"),
            (
                f"row,unit,trigger,at,note\n{ROW},{UNIT},self_check,2020-06-24,{'长' * 100_000}\n",
                "line 2",
            ),
        ],
    )
    def test_what_is_wrong_with_a_file_is_told(
        self, say: Any, ledger: str, tmp_path: Path, text: str, word: str
    ) -> None:
        """
        With its place, and nothing is kept.
        """
        path = tmp_path / "moves"
        path.write_text(text, encoding="utf-8")
        said = say("apply", ledger, str(path))

        assert (said.code, word in said.err) == (3, True), said.err[:500]
        with store.open(ledger) as shared:
            assert shared.seq == 1


class TestReading:
    """
    ``review``, ``history``, ``remind``.
    """

    def test_the_board_as_it_was_known(self, say: Any, ledger: str) -> None:
        """
        What was entered late counts now and did not count then, and is shown as such.
        """
        say("move", ledger, ROW, UNIT, "self_check", "--at", "2020-06-24")
        tokens = ("review", ledger, "--as-of", "2020-06-25", "-f", "json")

        def stage(said: Said) -> str:
            """
            Give the stage of the assignment.
            """
            rows = said.rows("milestones")
            return next(str(r["stage"]) for r in rows if (r["row"], r["unit"]) == (ROW, UNIT))

        assert stage(say(*tokens)) == "self_checked"
        assert [each["days_late"] for each in say(*tokens).rows("back_dated")] == [2]
        assert stage(say(*tokens, "--known-at", "2020-06-26")) == "self_checked"
        earlier = say(*tokens, "--known-at", "2020-06-26T09:29+08:00")
        assert earlier.code == 3
        assert say("history", ledger, ROW, UNIT, "--known-at", "2020-06-25").code == 0

    def test_only_what_was_confirmed_counts(self, say: Any, ledger: str) -> None:
        """
        With ``--confirmed-only`` a done milestone is open till it is confirmed.
        """
        say("apply", ledger, MOVES)
        tokens = ("review", ledger, "--as-of", "2020-12-31", "-f", "json")

        assert say(*tokens).rows("totals")[0]["outcome.met"] > 0
        assert say(*tokens, "--confirmed-only").rows("totals")[0]["outcome.met"] == 0

    def test_options_of_lists_and_of_ledgers_are_kept_apart(self, say: Any, ledger: str) -> None:
        """
        What would be ignored is refused.
        """
        assert say("review", ledger, "--moves", MOVES).code == 3
        assert say("review", ledger, "--roster", "yuhui-2020").code == 3
        assert say("review", "yuhui-2020", "--known-at", "2020-06-26").code == 3

    def test_reminders_wait_till_they_are_sent(self, say: Any, ledger: str) -> None:
        """
        A run made twice prints the same; what was marked is not printed again.
        """
        tokens = ("remind", ledger, "--from", "2020-06-20", "--to", "2020-06-30", "-f", "json")
        first = say(*tokens).rows("reminders")

        assert {each["kind"] for each in first} == {"due_soon", "due_today"}
        assert say(*tokens, "--mark-sent").rows("reminders") == first
        assert say(*tokens).rows("reminders") == []


class TestLongBoards:
    """
    "never drop rows in silence": a table shows the most pressing, and says how many more there are.
    """

    def test_shows_the_most_pressing_and_says_what_is_left(self, say: Any, ledger: str) -> None:
        """
        What is overdue longest comes first; --all, JSON and CSV have every row.
        """
        tokens = ("review", ledger, "--as-of", "2021-01-04", "--lang", "en")
        every = say(*tokens, "-f", "json", "--only", "overdue").rows("milestones")
        said = say(*tokens)

        assert f"{len(every) - 100} more rows are not shown: --all" in said.out
        assert said.out.count("2020-06-30") == 100
        assert "2020-12-31" not in said.out
        whole = say(*tokens, "--all").out
        assert "not shown" not in whole
        assert whole.count("2020-12-31") > 0

    def test_what_is_taken_for_sent_was_shown(self, say: Any, ledger: str) -> None:
        """
        With --mark-sent every reminder is printed, however many there are.
        """
        tokens = ("remind", ledger, "--from", "2020-06-20", "--to", "2020-06-24", "--lang", "en")
        waiting = say(*tokens, "-f", "json").rows("reminders")

        assert f"{len(waiting) - 100} more rows" in say(*tokens).out
        assert say(*tokens, "--all").out.count("due_soon") == len(waiting)
        assert "not shown" not in say(*tokens, "--mark-sent").out


class TestTrust:
    """
    ``verify``, ``export``, ``import``.
    """

    def test_a_changed_event_is_named(self, say: Any, ledger: str, tmp_path: Path) -> None:
        """
        Exit code 1 and the number of the first; before that, all is sound.
        """
        say("apply", ledger, MOVES)
        anchor = tmp_path / "anchor.txt"
        assert say("verify", ledger, "--save-anchor", str(anchor)).code == 0
        assert say("verify", ledger, "--anchor", str(anchor)).code == 0
        with sqlite3.connect(ledger) as connection:
            connection.execute("DROP TRIGGER rectiflow_no_update")
            connection.execute(
                "UPDATE rectiflow_event SET body = replace(body, '2020', '2019') WHERE seq = 7"
            )
        connection.close()

        said = say("verify", ledger, "-f", "json")
        assert (said.code, said.rows("verification")[0]["first_bad"]) == (1, 7)

    def test_an_anchor_finds_a_ledger_written_anew(
        self, say: Any, ledger: str, tmp_path: Path
    ) -> None:
        """
        Another ledger of the same name is sound in itself, and not the one.
        """
        anchor = tmp_path / "anchor.txt"
        say("verify", ledger, "--save-anchor", str(anchor))
        other = str(tmp_path / "other.db")
        say("init", other, "yuhui-2020", "--as", "某人", "--unit", "某局", "--role", "supervisor")

        assert say("verify", other).code == 0
        assert say("verify", other, "--anchor", str(anchor)).code == 1
        empty = tmp_path / "empty.txt"
        empty.touch()
        assert say("verify", ledger, "--anchor", str(empty)).code == 3

    def test_out_and_in_again(self, say: Any, ledger: str, tmp_path: Path) -> None:
        """
        The same head, the same board, and it goes on from there.
        """
        say("apply", ledger, MOVES)
        log, other = tmp_path / "log.jsonl", str(tmp_path / "other.db")
        assert say("export", ledger, "--out", str(log)).code == 0
        assert say("export", ledger).out == log.read_text(encoding="utf-8")
        assert say("import", other, str(log)).code == 0

        with store.open(ledger) as one, store.open(other) as two:
            assert one.anchor() == two.anchor()
            assert one.ledger() == two.ledger()
            assert two.verify([one.anchor()]).sound
        assert "done before" in say("apply", other, MOVES).out
        assert say("import", other, str(log)).code == 3

    @pytest.mark.parametrize("how", ["changed", "cut", "swapped", "headless", "foreign"])
    def test_a_log_that_is_not_what_was_written(
        self, say: Any, ledger: str, tmp_path: Path, how: str
    ) -> None:
        """
        The line is named and nothing is kept: the whole log goes in afterwards.
        """
        say("apply", ledger, MOVES)
        whole = say("export", ledger).out
        lines = whole.splitlines(keepends=True)
        match how:
            case "changed":
                lines[3] = lines[3].replace("2020-06", "2019-06")
            case "cut":
                del lines[-1]
            case "swapped":
                lines[3:5] = reversed(lines[3:5])
            case "headless":
                del lines[0]
            case _:
                lines[3] = "row,unit\n"
        log, other = tmp_path / "log.jsonl", tmp_path / "other.db"
        log.write_text("".join(lines), encoding="utf-8")
        said = say("import", str(other), str(log))

        assert said.code == 3
        where = {"cut": "Line 286", "headless": "Line 1 "}.get(how, "Line 4")
        assert where in said.err
        log.write_text(whole, encoding="utf-8")
        assert say("import", str(other), str(log)).code == 0


class TestPlaces:
    """
    A file, a URL, or a name in the store that ``--url`` or the environment names.
    """

    def test_a_ledger_on_a_server(
        self, say: Any, postgres_place: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        The same commands, by the ledger's name.
        """
        monkeypatch.setenv("RECTIFLOW_URL", postgres_place)
        assert say("init", "campaign", "yuhui-2020").err == ""
        assert say("move", "campaign", ROW, UNIT, "self_check", "--at", "2020-06-24").err == ""
        assert say("review", "campaign", "--as-of", "2020-06-25").err == ""
        assert say("verify", "campaign").code == 0
        assert say("verify", postgres_place).code == 0
        assert say("history", "campain", ROW, UNIT).err.count("campaign") == 1

    @pytest.mark.parametrize("lang", ["zh", "en"])
    @pytest.mark.parametrize(
        ("place", "word"),
        [
            ("nowhere.db", "nowhere.db"),
            ("mysql://user:secret@host/db", "mysql"),
            ("postgresql://", "postgresql"),
        ],
    )
    def test_what_is_no_ledger(
        self, say: Any, tmp_path: Path, place: str, word: str, lang: str
    ) -> None:
        """
        One line and a cure; no password.
        """
        given = place if "://" in place else str(tmp_path / place)
        said = say("verify", given, "--lang", lang)

        assert said.code == 3
        assert word in said.err
        assert "secret" not in said.err

    def test_a_newer_store(self, say: Any, ledger: str) -> None:
        """
        It is not touched, and the cure is told.
        """
        with sqlite3.connect(ledger) as connection:
            connection.execute("UPDATE rectiflow_store SET schema = 99")
        connection.close()
        for lang, word in (("en", "upgrade"), ("zh", "升级")):
            said = say("move", ledger, ROW, UNIT, "self_check", "--lang", lang)
            assert (said.code, word in said.err.lower()) == (3, True)

    def test_a_text_that_is_no_store(self, say: Any, tmp_path: Path) -> None:
        """
        A list given where a ledger belongs.
        """
        path = tmp_path / "list.db"
        path.write_text("一份清单" * 100, encoding="utf-8")

        assert say("verify", str(path)).code == 3


class TestBadInput:
    """
    "typed errors with a cure" -- issue 5
    """

    @pytest.mark.parametrize(
        ("options", "word"),
        [
            (("--at", "2020-06-24T09:00"), "zone"),
            (("--note", "长" * 350_000), "50,000"),
            (("--note", "a\0b"), "NUL"),
            (("--by", "'; DROP TABLE rectiflow_event; --"), ""),
        ],
    )
    def test_a_move_that_cannot_be_kept(
        self, say: Any, ledger: str, options: tuple[str, ...], word: str
    ) -> None:
        """
        Refused by name, or kept as the text it is.
        """
        day = () if "--at" in options else ("--at", "2020-06-24")
        said = say("move", ledger, ROW, UNIT, "self_check", *day, *options)
        with store.open(ledger) as shared:
            kept = shared.seq - 1

        assert word in said.err
        assert len(said.err) < 1_000
        assert (said.code, kept) == ((3, 0) if word else (0, 1))

    def test_a_unit_that_is_sql(self, say: Any, ledger: str) -> None:
        """
        There is no such unit, and the tables stand.
        """
        said = say("move", ledger, ROW, "x'); DROP TABLE rectiflow_event; --", "self_check")

        assert said.code == 3
        assert say("verify", ledger).code == 0

    def test_nothing_written_out_is_a_formula(self, say: Any, ledger: str) -> None:
        """
        A note that begins like one is quoted in CSV.
        """
        say("move", ledger, ROW, UNIT, "self_check", "--at", "2020-06-24", "--note", "=1+1")

        assert ",'=1+1," in say("history", ledger, ROW, UNIT, "-f", "csv").out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_generated(shell: Any) -> None:
    """
    For each shell, with the commands in it.
    """
    from rectiflow.cli.app import make_app  # noqa: PLC0415 -- the one test that needs it

    script = make_app().generate_completion(shell=shell)

    assert all(name in script for name in ("send-back", "known-at", "install-completion"))
