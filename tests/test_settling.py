"""
A person's answers to a list's doubts, and the list as it then is.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import pytest

from rectiflow.deadlines import After, FixedDate, MonthDay, PeriodEnd
from rectiflow.problems import BadDocumentError
from rectiflow.reading.answers import load_answers, write_questions
from rectiflow.reading.load import load
from rectiflow.reading.settling import OpenDoubt, Settlement, open_doubts, settle
from rectiflow.stages import Stage
from rectiflow.writing.toml import write_toml

if TYPE_CHECKING:
    from rectiflow.lists import RectificationList

SEED = Path(__file__).with_name("data") / "yuhui-2020.txt"
HEADINGS = "| 序号 | 主要问题 | 完成时限及要求 | 责任单位 |"


@pytest.fixture(name="scraped", scope="module")
def _scraped() -> RectificationList:
    """
    Read the scraped page.
    """
    return load(SEED)


def small(tmp_path: Path, requirement: str, units: str = "区司法局") -> RectificationList:
    """
    Read a list of one row, issued on 17 June 2020.
    """
    path = tmp_path / "small.txt"
    row = f"| 1 | 公开不及时 | {requirement} | {units} |"
    path.write_text(f"整改清单\n\n{HEADINGS}\n{row}\n2020年6月17日\n", encoding="utf-8")
    return load(path, issued=date(2020, 6, 17))


def asked(rl: RectificationList, code: str, row: str = "1") -> OpenDoubt:
    """
    Find the one open doubt of this code in a row.
    """
    (found,) = (each for each in open_doubts(rl) if each.doubt.code == code and each.row == row)
    return found


def answered(rl: RectificationList, code: str, answer: str, *, row: str = "1") -> RectificationList:
    """
    Settle one doubt of a row.
    """
    return settle(rl, [Settlement.to(asked(rl, code, row), answer, by="王科长", note="经核实")])


def bare(rl: RectificationList) -> RectificationList:
    """
    Leave the doubts off.
    """
    rows = tuple(attrs.evolve(row, doubts=()) for row in rl.rows.values())
    return attrs.evolve(rl, doubts=(), rows=rows)


class TestOpenDoubts:
    """
    Doubts nobody has decided, numbered from 1.
    """

    def test_are_numbered_through(self, scraped: RectificationList) -> None:
        """
        The list's own come first, then row by row, without a gap.
        """
        found = open_doubts(scraped)

        assert [each.number for each in found] == list(range(1, len(found) + 1))
        assert [each.row for each in found[:3]] == ["", "", "2.2"]

    def test_a_settled_list_has_none(self) -> None:
        """
        The bundled list's doubts have all been decided.
        """
        assert open_doubts(load("yuhui-2020")) == ()


class TestSettlingYuhui:
    """
    The page's doubts answered as the bundled list's editors did.
    """

    def test_gives_the_bundled_list(self, scraped: RectificationList) -> None:
        """
        With the same answers the scraped page is the bundled list, doubts apart.
        """
        decided = load("yuhui-2020")
        known = {
            (row.id, doubt.code): doubt.answer
            for row in decided.rows.values()
            for doubt in row.doubts
        }
        answers = [
            Settlement.to(
                each, known.get((each.row, each.doubt.code)) or each.doubt.candidates[0], by="x"
            )
            for each in open_doubts(scraped)
        ]
        settled = settle(scraped, answers)

        assert bare(settled) == bare(decided)
        assert open_doubts(settled) == ()

    def test_keeps_who_decided(self, scraped: RectificationList) -> None:
        """
        The settled list records answer, person and reason, also in its file.
        """
        settled = answered(scraped, "doubt.explored-act", "no", row="6.1")
        (doubt,) = settled.rows["6.1"].doubts

        assert (doubt.answer, doubt.answered_by, doubt.note) == ("no", "王科长", "经核实")
        assert 'answered_by = "王科长"' in write_toml(settled)

    def test_a_no_takes_the_stage_away(self, scraped: RectificationList) -> None:
        """
        If 制定公开内容模板 is not templating, row 6.2 has a dated part instead and no such stage.
        """
        row = answered(scraped, "doubt.is-templating", "no", row="6.2").rows["6.2"]

        assert Stage.TEMPLATED not in row.path
        assert [each.rule for each in row.milestones if each.stage is None] == [
            FixedDate(date(2020, 6, 30))
        ]

    def test_a_yes_puts_the_stage_in(self, scraped: RectificationList) -> None:
        """
        If what is explored is demanded, row 6.1 is templated by 30 June.
        """
        row = answered(scraped, "doubt.explored-act", "yes", row="6.1").rows["6.1"]

        assert Stage.TEMPLATED in row.path
        assert row.milestone("templated").rule == FixedDate(date(2020, 6, 30))

    def test_a_blank_cell_has_no_units(self, scraped: RectificationList) -> None:
        """
        If the unit cell of 4.2 is blank, nobody answers for it, and 4.3 stays as it was.
        """
        settled = answered(scraped, "doubt.inherited-cell", "blank", row="4.2")

        assert settled.rows["4.2"].responsibilities == ()
        assert settled.rows["4.2"].inherited_from is None
        assert settled.rows["4.3"].inherited_from == "4.1"

    def test_a_name_is_kept_as_printed(self, scraped: RectificationList) -> None:
        """
        If 然资源和规划分局 lost nothing, that is what the body is called.
        """
        settled = answered(scraped, "doubt.lost-character", "然资源和规划分局", row="6.3")
        names = [each.unit for each in settled.rows["6.3"].responsibilities]

        assert "然资源和规划分局" in names
        assert "自然资源和规划分局" not in names
        assert settled.units.find("然资源和规划分局").name == "然资源和规划分局"

    def test_another_issue_date_means_another_reading(self, scraped: RectificationList) -> None:
        """
        Inferred years rest on the issue date, so that another one is no mere answer.
        """
        with pytest.raises(BadDocumentError) as caught:
            answered(scraped, "doubt.issue-date", "2020-06-18", row="")

        assert [each.code for each in caught.value.problems] == ["problem.load-again"]


class TestDeadlines:
    """
    A doubt about a day is settled by a day, a candidate or a rule.
    """

    def test_a_candidate(self, tmp_path: Path) -> None:
        """
        2019112 cut as 2 November.
        """
        rl = small(tmp_path, "2020112日前完成整改")
        row = answered(rl, "doubt.compact-date", "2020-11-02").rows["1"]

        assert row.milestone("rectified").rule == FixedDate(date(2020, 11, 2))

    def test_the_reading_taken_stays_a_rule(self, tmp_path: Path) -> None:
        """
        Confirming the end of May keeps the rule that the words are.
        """
        rl = small(tmp_path, "5月前完成整改")
        kept = answered(rl, "doubt.before-or-end", "2020-05-31").rows["1"]
        other = answered(rl, "doubt.before-or-end", "2020-04-30").rows["1"]

        assert kept.milestone("rectified").rule == PeriodEnd("month", month=5)
        assert other.milestone("rectified").rule == FixedDate(date(2020, 4, 30))

    @pytest.mark.parametrize(
        ("answer", "rule"),
        [
            ("2020-07-15", FixedDate(date(2020, 7, 15))),
            ("After(issued, 15, workday)", After("issued", 15, "workday")),
        ],
    )
    def test_a_day_or_rule_that_a_person_knows(
        self, tmp_path: Path, answer: str, rule: object
    ) -> None:
        """
        限期 gives no candidates; a day or a rule settles it and joins them.
        """
        settled = answered(small(tmp_path, "限期整改"), "doubt.no-date", answer)
        row = settled.rows["1"]

        assert row.milestone("rectified").rule == rule
        assert [doubt.candidates for doubt in row.doubts] == [(answer,)]

    def test_an_event(self, tmp_path: Path) -> None:
        """
        5个工作日内 from the day of issue.
        """
        rl = small(tmp_path, "5个工作日内完成整改")
        row = answered(rl, "doubt.no-event", "issued").rows["1"]

        assert row.milestone("rectified").rule == After("issued", 5, "workday")

    def test_from_a_file_of_data(self, tmp_path: Path) -> None:
        """
        A list written out with its doubts open can be settled after it is loaded again.
        """
        path = tmp_path / "list.toml"
        path.write_text(write_toml(small(tmp_path, "5月前完成整改")), encoding="utf-8")
        row = answered(load(path), "doubt.before-or-end", "2020-04-30").rows["1"]

        assert row.milestone("rectified").rule == FixedDate(date(2020, 4, 30))


class TestNoDeadline:
    """
    Words that only looked like a deadline.
    """

    def test_words_alone_go(self, tmp_path: Path) -> None:
        """
        What was made a clause only for its doubt is none any more; the rest stays.
        """
        rl = small(tmp_path, "6月底前完成整改，国庆期间加强值守")
        found = answered(rl, "doubt.unread-limit", "不是期限")

        assert [each.id for each in rl.rows["1"].requirement.milestones] == [
            "rectified",
            "complete",
        ]
        assert [each.id for each in found.rows["1"].requirement.milestones] == ["rectified"]

    def test_a_stage_stays_demanded(self, tmp_path: Path) -> None:
        """
        The stage that a bare number seemed to date is still demanded, by no day.
        """
        rl = small(tmp_path, "完成整改（8.31）")
        found = answered(rl, "doubt.date-or-number", "no limit")

        assert [each.rule for each in rl.rows["1"].requirement.milestones] == [MonthDay(8, 31)]
        (left,) = found.rows["1"].requirement.milestones
        assert (left.stage, left.rule.kind) == (Stage.RECTIFIED, "none")

    def test_a_duty_that_begins_has_no_day(self, tmp_path: Path) -> None:
        """
        10月起 is kept as the day that a standing duty begins on, and is no deadline.
        """
        rl = small(tmp_path, "2020年6月底前完成整改，10月起常态化检查")
        started = rl.rows["1"].requirement.clauses[-1]

        assert [str(each.due) for each in rl.rows["1"].requirement.clauses] == [
            "2020-06-30",
            "None",
        ]
        assert started.starts == date(2020, 10, 1)


class TestRefusals:
    """
    Answers that fit no doubt are all named, and nothing is settled.
    """

    def test_every_problem_at_once(self, scraped: RectificationList) -> None:
        """
        An unknown doubt, a reading that is none, and a second answer are three problems.
        """
        first = asked(scraped, "doubt.explored-act", "2.2")
        second = asked(scraped, "doubt.explored-act", "6.1")
        answers = [
            Settlement(row="9", code="doubt.no-date", words="", answer="x", by="x"),
            Settlement.to(first, "maybe", by="x"),
            Settlement.to(second, "no", by="x"),
            Settlement.to(second, "yes", by="x"),
        ]
        with pytest.raises(BadDocumentError) as caught:
            settle(scraped, answers)

        assert [(each.place, each.code) for each in caught.value.problems] == [
            ("answers[0]", "problem.no-such-doubt"),
            ("answers[1].answer", "problem.not-a-candidate"),
            ("answers[3]", "problem.answered-twice"),
        ]

    def test_words_are_no_deadline(self, tmp_path: Path) -> None:
        """
        A doubt without candidates wants a day or a rule.
        """
        with pytest.raises(BadDocumentError) as caught:
            answered(small(tmp_path, "限期整改"), "doubt.no-date", "尽快")

        assert [each.code for each in caught.value.problems] == ["problem.not-a-deadline"]


class TestAnswersFile:
    """
    Questions written to a file, filled in, read back.
    """

    def test_unanswered_questions_are_passed_over(
        self, scraped: RectificationList, tmp_path: Path
    ) -> None:
        """
        A file as written answers nothing.
        """
        path = tmp_path / "questions.toml"
        path.write_text(write_questions(scraped), encoding="utf-8")

        assert load_answers(path) == ()

    def test_answers_are_read(self, scraped: RectificationList, tmp_path: Path) -> None:
        """
        Filled in, the answers fit the doubts they were asked for.
        """
        path = tmp_path / "questions.toml"
        text = write_questions(scraped).replace('by = ""', 'by = "王科长"', 1)
        path.write_text(text.replace('answer = ""', 'answer = "2020-06-17"', 1), encoding="utf-8")
        answers = load_answers(path)
        settled = settle(scraped, answers)

        assert [(each.code, each.by) for each in answers] == [("doubt.issue-date", "王科长")]
        assert len(open_doubts(settled)) == len(open_doubts(scraped)) - 1

    def test_the_file_asks_and_takes_answers_in_chinese(
        self, scraped: RectificationList, tmp_path: Path
    ) -> None:
        """
        The questions stand in the file in words, and 是 settles what yes does.
        """
        path = tmp_path / "questions.toml"
        text = write_questions(scraped, "zh").replace('by = ""', 'by = "王科长"', 1)
        before, after = text.split('code = "doubt.is-templating"', 1)
        path.write_text(
            before
            + 'code = "doubt.is-templating"'
            + after.replace('answer = ""', 'answer = "是"', 1),
            encoding="utf-8",
        )
        settled = settle(scraped, load_answers(path))

        assert "“年底前规范化公开”是否就是模板化阶段？" in text
        assert [each.answer for each in settled.rows["2.2"].doubts if not each.is_open] == ["yes"]

    def test_nobody_decided(self, tmp_path: Path) -> None:
        """
        An answer without a person is a problem with its place; one given by the caller is taken.
        """
        path = tmp_path / "answers.toml"
        path.write_text('[[answers]]\ncode = "doubt.no-date"\nanswer = "x"\n', encoding="utf-8")
        with pytest.raises(BadDocumentError) as caught:
            load_answers(path)

        assert [each.place for each in caught.value.problems] == ["answers[0].by"]
        assert [each.by for each in load_answers(path, by="王科长")] == ["王科长"]

    def test_unknown_keys_and_missing_codes(self, tmp_path: Path) -> None:
        """
        Every problem of the file is told.
        """
        path = tmp_path / "answers.toml"
        path.write_text('[[answers]]\nanwser = "x"\n', encoding="utf-8")
        with pytest.raises(BadDocumentError) as caught:
            load_answers(path)

        assert sorted(each.place for each in caught.value.problems) == [
            "answers[0].anwser",
            "answers[0].code",
        ]
