"""
The bundled Yuhui list against the text it was taken from.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rectiflow.clauses import Act
from rectiflow.deadlines import After, FixedDate, PeriodEnd, StandingDuty
from rectiflow.reading.load import load, load_roster
from rectiflow.stages import Stage
from rectiflow.units import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectiflow.texts import OriginalText

SEED = Path(__file__).with_name("data").joinpath("yuhui-2020.txt").read_text(encoding="utf-8")
CELLS = [line.strip() for line in SEED.splitlines() if line.strip()]
YUHUI = load("yuhui-2020")
JUNE, YEAR_END = FixedDate(date(2020, 6, 30)), PeriodEnd("year")

COUNTS = {
    "1": 11, "2.1": 6, "2.2": 4, "3": 7, "4.1": 4, "4.2": 4, "4.3": 4, "5": 4,
    "6.1": 4, "6.2": 4, "6.3": 20, "7": 4, "8.1": 4, "8.2": 4,
}  # fmt: skip

# Row by row: how far each deadline reaches, J for 30 June, Y for the year's end, O for ongoing.
DEADLINES = {
    "1": "self_checked J, rectified J, ongoing O",
    "2.1": "self_checked J, rectified J, templated Y",
    "2.2": "self_checked J, rectified J, templated Y",
    "3": "rectified J",
    "4.1": "self_checked J, rectified J, templated J, ongoing O",
    "4.2": "self_checked J, rectified J, templated J, ongoing O",
    "4.3": "self_checked J, rectified J, templated J, ongoing O",
    "5": "self_checked J, rectified J, templated J, ongoing O",
    "6.1": "self_checked J, rectified J, ongoing O",
    "6.2": "self_checked J, rectified J, templated J, ongoing O",
    "6.3": "self_checked J, rectified J, template_drafted J, templated Y, ongoing O",
    "7": "rectified J",
    "8.1": "self_checked J, rectified J, platform_optimised Y, ongoing O",
    "8.2": "self_checked J, rectified J, platform_optimised Y, ongoing O",
}
RULES = {"J": JUNE, "Y": YEAR_END, "O": StandingDuty()}

DOUBTS = {
    "2.2": [("doubt.explored-act", "no"), ("doubt.is-templating", "yes")],
    "4.2": [("doubt.inherited-cell", "4.1")],
    "4.3": [("doubt.inherited-cell", "4.1")],
    "6.1": [("doubt.explored-act", "no")],
    "6.2": [("doubt.is-templating", "yes")],
    "6.3": [("doubt.is-templating", "no"), ("doubt.lost-character", "自然资源和规划分局")],
    "7": [("doubt.other-level", "as printed")],
    "8.1": [("doubt.is-templating", "no")],
    "8.2": [("doubt.inherited-cell", "8.1"), ("doubt.is-templating", "no")],
}


def original_texts() -> Iterator[OriginalText]:
    """
    Go through every original text of the list.
    """
    for row in YUHUI.rows.values():
        yield row.problems
        yield row.requirement.text
        if row.unit_cell is not None:
            yield row.unit_cell
    for text in (YUHUI.preamble, YUHUI.dateline):
        assert text is not None
        yield text


class TestAgainstTheSeed:
    """
    "Every text of the original is kept [...] with the restored characters named." -- DESIGN, 10.
    """

    def test_every_cell_is_a_line_of_the_seed(self) -> None:
        """
        Character by character, only the white space around a cell left off.
        """
        for text in original_texts():
            assert text.printed in CELLS

    def test_tasks_and_title_are_lines_of_the_seed(self) -> None:
        """
        What has no restored form is printed whole.
        """
        for row in YUHUI.rows.values():
            assert row.task in CELLS
            assert row.subtask in {*CELLS, ""}
        assert YUHUI.title in CELLS
        assert YUHUI.issuer in SEED

    def test_no_cell_of_the_table_is_left_out(self) -> None:
        """
        Between the table's head and the page's foot, every line is in the list, in order.
        """
        table = CELLS[CELLS.index("责任单位") + 1 : CELLS.index("扫一扫在手机打开当前页")]
        told: list[str] = []
        for row in YUHUI.rows.values():
            is_first = row.id in {row.key_task, f"{row.key_task}.1"}
            told += [row.key_task, row.task] if is_first else []
            told += [row.subtask] if row.subtask else []
            told += [row.problems.printed, row.requirement.text.printed]
            told += [row.unit_cell.printed] if row.unit_cell is not None else []

        assert told == table

    def test_only_documented_characters_were_restored(self) -> None:
        """
        年 and 月 in each date, 年 月 日 in the dateline, 〕 in the basis, 自 in one bureau's name.
        """
        assert YUHUI.preamble is not None
        assert YUHUI.dateline is not None
        assert YUHUI.preamble.restored_characters == ("〕",)
        assert "皖政务办〔2020〕4号" in YUHUI.preamble.restored
        assert YUHUI.dateline.restored_characters == ("年", "月", "日")
        assert YUHUI.dateline.restored == "2020年6月17日"
        for row in YUHUI.rows.values():
            assert row.problems.restored_characters == ()
            text = row.requirement.text
            assert text.restored_characters == ("年", "月")
            assert text.restored == text.printed.replace("2020630日前", "2020年6月30日前")
            if row.unit_cell is not None:
                lost = ("自",) if row.id == "6.3" else ()
                assert row.unit_cell.restored_characters == lost
        cell = YUHUI.rows["6.3"].unit_cell
        assert cell is not None
        assert "、自然资源和规划分局、" in cell.restored

    def test_the_bodies_of_a_row_are_its_cell_taken_apart(self) -> None:
        """
        Joined again by the cell's own marks, the printed names give the cell.
        """
        for row in YUHUI.rows.values():
            if row.unit_cell is not None:
                names = [each.printed for each in row.responsibilities]
                assert re.split("[、,]", row.unit_cell.printed) == names


class TestHead:
    """
    Who issued the list, when, and on what it rests.
    """

    def test_issue_and_basis(self) -> None:
        """
        Issued on the day of the dateline, not on that of the page.
        """
        assert YUHUI.id == "yuhui-2020"
        assert YUHUI.issued == date(2020, 6, 17)
        assert YUHUI.issuer == "禹会区人民政府办公室"
        assert [each.clause for each in YUHUI.basis] == ["皖政务办〔2020〕4号"]
        assert [(each.code, each.answer) for each in YUHUI.doubts] == [
            ("doubt.issue-date", "2020-06-17")
        ]

    def test_bodies(self) -> None:
        """
        22 units and 4 groups; short forms and second plates find the same body.
        """
        assert len(YUHUI.units.units) == 22
        assert [each.name for each in YUHUI.units.groups] == [
            "各乡镇政府",
            "各街道办事处",
            "区政府各部门",
            "区政府各直属单位",
        ]
        for one, other in (
            ("区发改委", "区发展改革委"),
            ("区人社局", "区人力资源社会保障局"),
            ("区财政局(区地方金融监管局)", "区财政局"),
            ("区地方金融监管局", "区财政局"),
        ):
            assert YUHUI.units.find(one).name == other

    def test_every_registered_body_answers_for_something(self) -> None:
        """
        None is registered that no row names, and units stand in order of first mention.
        """
        named = chain.from_iterable(row.responsibilities for row in YUHUI.rows.values())
        in_order = list(dict.fromkeys(each.body for each in named))

        assert [each for each in in_order if each in YUHUI.units.units] == list(YUHUI.units.units)
        assert set(in_order) == set(YUHUI.units)


class TestRows:
    """
    "Four different paths occur." -- DESIGN, section 2.
    """

    def test_84_assignments(self) -> None:
        """
        Row by row, groups unexpanded; everybody is responsible, nobody leads.
        """
        counts = {row.id: len(row.responsibilities) for row in YUHUI.rows.values()}

        assert counts == COUNTS
        assert sum(counts.values()) == 84
        assert {each.role for row in YUHUI.rows.values() for each in row.responsibilities} == {
            Role.RESPONSIBLE
        }

    @pytest.mark.parametrize("row", list(DEADLINES))
    def test_milestones(self, row: str) -> None:
        """
        What is due when, in order; the path is its stages and no others.
        """
        expected = [each.split() for each in DEADLINES[row].split(", ")]
        milestones = YUHUI.rows[row].milestones
        stages = [each.stage for each in milestones if each.stage is not None]

        assert [(each.id, each.rule) for each in milestones] == [
            (name, RULES[letter]) for name, letter in expected
        ]
        assert list(YUHUI.rows[row].path) == [Stage.ASSIGNED, *stages]
        assert all(each.id == each.stage for each in milestones if each.stage is not None)

    def test_dated_parts_that_are_no_stage(self) -> None:
        """
        6.3's template itself, and the platforms of 8.1 and 8.2.
        """
        parts = {
            (row.id, each.id, each.act)
            for row in YUHUI.rows.values()
            for each in row.milestones
            if each.stage is None
        }

        assert parts == {
            ("6.3", "template_drafted", Act.TEMPLATE),
            ("8.1", "platform_optimised", Act.OTHER),
            ("8.2", "platform_optimised", Act.OTHER),
        }

    def test_the_one_standing_service(self) -> None:
        """
        8.2 promises, among its problems, an answer to each message within 3 working days.
        """
        services = [(row.id, each) for row in YUHUI.rows.values() for each in row.services]
        ((row, service),) = services

        assert (row, service.id) == ("8.2", "reply")
        assert service.rule == After("received", 3, "workday")
        assert service.text in YUHUI.rows["8.2"].problems.restored

    def test_inherited_cells(self) -> None:
        """
        4.2, 4.3 and 8.2 print no cell: the merged cell above covers them.
        """
        heirs = {row.id: row.inherited_from for row in YUHUI.rows.values() if row.inherited_from}

        assert heirs == {"4.2": "4.1", "4.3": "4.1", "8.2": "8.1"}

    def test_readings_are_recorded_as_answered_doubts(self) -> None:
        """
        Each reading that was a decision, with its reason; none is left open.
        """
        told = {
            row.id: [(each.code, each.answer) for each in row.doubts]
            for row in YUHUI.rows.values()
            if row.doubts
        }

        assert told == DOUBTS
        for row in YUHUI.rows.values():
            for doubt in row.doubts:
                assert len(doubt.candidates) > 1
                assert doubt.answered_by == "the editors of rectiflow"
                assert doubt.note
                assert doubt.words in f"{row.problems} {row.requirement.text} {row.unit_cell}" or (
                    row.unit_cell is not None and doubt.words in row.unit_cell.printed
                )

    def test_every_deadline_resolves(self) -> None:
        """
        The year of 年底前 comes from the day of issue; only standing duties have no day.
        """
        for row in YUHUI.rows.values():
            for each in row.milestones:
                due = each.rule.resolve(issued=YUHUI.issued).due
                expected = {JUNE: date(2020, 6, 30), YEAR_END: date(2020, 12, 31)}
                assert due == expected.get(each.rule)


class TestRoster:
    """
    "The optional roster has a source per line and a day." -- DESIGN, section 6.
    """

    @pytest.mark.parametrize(
        ("doubtful", "towns", "assignments"), [(False, 2, 149), (True, 3, 162)]
    )
    def test_expands_two_groups(self, doubtful: bool, towns: int, assignments: int) -> None:  # noqa: FBT001 -- a table of cases
        """
        Thirteen rows have both groups; the departments have no public list and stay groups.
        """
        roster = load_roster("yuhui-2020", doubtful=doubtful)
        issued = date(2020, 6, 17)
        expanded = [
            len(roster.expand(each.unit, issued)) or 1 if each.is_group else 1
            for row in YUHUI.rows.values()
            for each in row.responsibilities
        ]

        assert len(roster.expand("各街道办事处", issued)) == 5
        assert len(roster.expand("各乡镇政府", issued)) == towns
        assert roster.expand("区政府各部门", issued) == ()
        assert sum(expanded) == assignments

    def test_only_one_member_is_doubtful(self) -> None:
        """
        秦集镇, known from the Statistics Bureau's codes alone.
        """
        (doubtful,) = (
            each for each in load_roster("yuhui-2020", doubtful=True).members if each.doubtful
        )

        assert doubtful.name == "秦集镇人民政府"
        assert doubtful.source.document == "国家统计局统计用区划代码"

    def test_every_member_has_a_source_and_a_warning(self) -> None:
        """
        Nobody relies on a name without knowing where it is from.
        """
        for each in load_roster("yuhui-2020", doubtful=True).members:
            assert each.source.document
            assert each.note
