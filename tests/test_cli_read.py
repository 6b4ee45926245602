"""
``rectiflow read``, and ``rectiflow due`` on officials' words, as a user meets them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from rectiflow.cli.app import run
from rectiflow.reading.load import load
from rectiflow.reading.settling import open_doubts

SEED = str(Path(__file__).with_name("data") / "yuhui-2020.txt")


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


class TestRead:
    """
    From a file to a list whose doubts are settled.
    """

    def test_shows_rows_restored_text_and_doubts(self, say: Any) -> None:
        """
        The scraped page has 14 rows, restored dates and 13 numbered doubts with candidates.
        """
        found = json.loads(say("read", SEED, "--format", "json").out)

        assert len(found["rows"]) == 14
        assert {"年", "月"} <= {
            c for line in found["restored"] for c in line["restored_characters"]
        }
        assert [line["n"] for line in found["open_doubts"]] == list(range(1, 14))
        assert found["open_doubts"][0]["candidates"] == ["2020-06-17", "2020-06-18"]

    def test_csv_is_of_the_doubts(self, say: Any) -> None:
        """
        A clerk who sorts doubts in a spreadsheet gets them alone.
        """
        assert "n,row,doubt,candidates" in say("read", SEED, "--format", "csv").out.splitlines()[0]

    @pytest.mark.parametrize("ending", [".toml", ".json", ".xlsx", ".docx"])
    def test_writes_the_list(self, say: Any, tmp_path: Path, ending: str) -> None:
        """
        What is written, in any form, is the list that was read.
        """
        out = tmp_path / f"yuhui-2020{ending}"

        assert say("read", SEED, "--out", str(out)).code == 0
        assert load(out) == load(SEED)

    def test_settles_and_records(self, say: Any, tmp_path: Path) -> None:
        """
        An answer settles its doubt, and the written list says who decided.
        """
        out = tmp_path / "list.toml"
        said = say(
            "read", SEED, "--answer", "3=no", "--by", "王科长", "--note", "试", "--out", str(out)
        )
        doubts = [doubt for row in load(out).rows.values() for doubt in row.doubts]
        settled = [doubt for doubt in doubts if not doubt.is_open]

        assert said.code == 0
        assert [(each.answer, each.answered_by, each.note) for each in settled] == [
            ("no", "王科长", "试")
        ]
        assert len(open_doubts(load(out))) == 12

    def test_candidates_are_in_the_language_of_who_decides(self, say: Any, tmp_path: Path) -> None:
        """
        A clerk sees 是 and 否, and may answer so; programs see and the list keeps yes and no.
        """
        out = tmp_path / "list.toml"
        told = say("read", SEED, "--lang", "zh").out
        say("read", SEED, "--answer", "3=否", "--by", "王科长", "--out", str(out))
        asked = json.loads(say("read", SEED, "--format", "json").out)["open_doubts"]

        assert "是、否" in told
        assert asked[2]["candidates"] == ["yes", "no"]
        assert [each.answer for each in load(out).rows["2.2"].doubts if not each.is_open] == ["no"]

    def test_another_issue_date_is_read_anew(self, say: Any, tmp_path: Path) -> None:
        """
        Answering the doubt about the issue date with the page's date reads the file with it.
        """
        out = tmp_path / "list.toml"
        say("read", SEED, "--answer", "1=2020-06-18", "--by", "王科长", "--out", str(out))
        rl = load(out)

        assert str(rl.issued) == "2020-06-18"
        assert [doubt.answer for doubt in rl.doubts if not doubt.is_open] == ["2020-06-18"]

    def test_questions_and_answers_by_file(self, say: Any, tmp_path: Path) -> None:
        """
        Questions go out to a file, and come back answered.
        """
        path = tmp_path / "questions.toml"
        say("read", SEED, "--questions", str(path))
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace('answer = ""', 'answer = "2020-06-17"', 1), encoding="utf-8")
        said = say("read", SEED, "--answers", str(path), "--by", "王科长", "--format", "json")

        assert [line["answer"] for line in json.loads(said.out)["settled"]] == ["2020-06-17"]

    def test_explain_tells_the_words(self, say: Any) -> None:
        """
        Each clause names the words it was read from.
        """
        out = say("read", SEED, "--explain", "--lang", "zh").out

        assert "期限出自“2020630日前”：FixedDate(2020-06-30)" in out

    def test_open_doubts_can_fail_a_script(self, say: Any) -> None:
        """
        With --fail-open the exit code is 1 while a doubt is open, and 0 else.
        """
        assert say("read", SEED, "--fail-open").code == 1
        assert say("read", "yuhui-2020", "--fail-open").code == 0

    @pytest.mark.parametrize(
        ("tokens", "says"),
        [
            (("--answer", "99=no", "--by", "x"), "1 to 13"),
            (("--answer", "no", "--by", "x"), "3=no"),
            (("--answer", "3=maybe", "--by", "x"), "yes, no"),
            (("--answer", "3=no"), "who decides"),
            (("--out", "list.pdf"), ".xlsx"),
            (("--columns", "number,tasks"), "tasks"),
        ],
    )
    def test_misuse_is_told_with_the_cure(
        self, say: Any, tokens: tuple[str, ...], says: str
    ) -> None:
        """
        Nothing is written, the exit code is 3, and the sentence names the cure.
        """
        said = say("read", SEED, *tokens)

        assert said.code == 3
        assert says in said.err

    def test_a_wrong_answer_is_told_as_it_was_typed(self, say: Any, tmp_path: Path) -> None:
        """
        Behind the answers of a file as well, which are told by their place in it.
        """
        path = tmp_path / "questions.toml"
        say("read", SEED, "--questions", str(path))
        before, _, after = path.read_text(encoding="utf-8").rpartition('answer = ""')
        path.write_text(f'{before}answer = "或许"{after}', encoding="utf-8")
        typed = ("--answer", "3=或许", "--by", "王科长", "--lang", "zh")

        assert "- --answer 3=或许：" in say("read", SEED, *typed).err
        both = say("read", SEED, "--answers", str(path), *typed).err
        assert "- --answer 3=或许：" in both
        assert "- answers[0].answer：" in both

    def test_a_clerk_sees_no_code(self, say: Any) -> None:
        """
        Yes and no are words of the clerk's language; programs get the codes.
        """
        told = say("read", SEED, "--lang", "zh").out

        assert not any(word in told for word in ("True", "False", "doubt."))
        assert "doubt.unread-line" in say("read", SEED, "--format", "json").out

    def test_the_same_answers_make_the_same_list(self, say: Any, tmp_path: Path) -> None:
        """
        Byte for byte, so that a second run changes nothing.
        """
        outs = [tmp_path / f"{n}.toml" for n in range(2)]
        for out in outs:
            say("read", SEED, "--answer", "3=no", "--by", "王科长", "--out", str(out))

        assert outs[0].read_bytes() == outs[1].read_bytes()

    def test_a_picture_names_the_cure(self, say: Any, tmp_path: Path) -> None:
        """
        What cannot be read says what to do.
        """
        path = tmp_path / "list.pdf"
        path.write_bytes(b"%PDF-1.7\n")
        said = say("read", str(path))

        assert said.code == 3
        assert "docx" in said.err


class TestDueOnWords:
    """
    ``rectiflow due`` on officials' Chinese.
    """

    def test_a_counted_period(self, say: Any) -> None:
        """
        Three working days from 24 June 2020 end on the 30th, over a holiday and a make-up day.
        """
        said = say("due", "自收到之日起3个工作日内", "--from", "2020-06-24", "--explain")

        assert "2020-06-30" in said.out
        assert "2020-06-28" in said.out

    def test_several_clauses(self, say: Any) -> None:
        """
        Each clause has a line of its own.
        """
        words = "2020630日前,完成自查整改,年底前模板化公开,并持续推进"
        found = json.loads(say("due", words, "--issued", "2020-06-17", "--format", "json").out)

        assert [line["due"] for line in found["due"]] == [
            "2020-06-30",
            "2020-06-30",
            "2020-12-31",
            None,
        ]

    def test_the_day_given_is_the_day_of_issue(self, say: Any) -> None:
        """
        With nothing to count from, --from says when it was issued.
        """
        found = json.loads(say("due", "年底前", "--from", "2020-06-17", "--format", "json").out)

        assert found["due"][0]["due"] == "2020-12-31"

    def test_words_without_a_date_say_so(self, say: Any) -> None:
        """
        限期整改 has no day, and the reason stands beside it.
        """
        said = say("due", "限期整改")

        assert said.code == 0
        assert "gives no date" in said.out

    def test_other_words_are_refused(self, say: Any) -> None:
        """
        Words that set no deadline are not a rule.
        """
        assert say("due", "你好").code == 3


def test_the_schema_is_printed(say: Any) -> None:
    """
    ``rectiflow schema`` gives programs the schema of a list's JSON.
    """
    assert json.loads(say("schema").out)["title"] == "rectiflow-list/1"
