"""
The rows and the head of a list, from tables laid out in memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rectiflow.problems import BadDocumentError
from rectiflow.reading.grids import Cell, Grid, Page, Paragraph
from rectiflow.reading.laying import Layer
from rectiflow.reading.listing import list_from_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rectiflow.lists import RectificationList

HEADINGS = "序号|重点任务|主要问题|完成时限及要求|责任单位"
FIRST = "1|疫情防控|公开不及时|2024年6月底前完成整改|县卫健委"
SECOND = "2|六稳六保|专栏缺失|2024年9月底前完成整改|县人社局"
_UNREAD = "doubt.unread-line"


def grid(*rows: str, name: str = "table 1") -> Grid:
    """
    Lay out a table: a bar parts cells, ``<`` goes on to the left, ``^`` above.
    """
    texts = [row.split("|") for row in rows]
    cells = []
    for row, line in enumerate(texts):
        for column, text in enumerate(line):
            if text in {"<", "^"}:
                continue
            width = next((n for n, each in enumerate(line[column + 1 :], 1) if each != "<"), None)
            below = (n for n, each in enumerate(texts[row + 1 :], 1) if each[column] != "^")
            cell = Cell(
                text=text,
                place=f"{name}, row {row + 1}, column {column + 1}",
                row=row,
                column=column,
                rows=next(below, len(texts) - row),
                columns=width or len(line) - column,
            )
            cells.append(cell)
    made = Layer("").grid(name, cells)
    assert made is not None
    return made


def read(*blocks: Grid | str) -> RectificationList:
    """
    Read a page of tables and paragraphs.
    """
    made = [each if isinstance(each, Grid) else Paragraph(each, "") for each in blocks]
    return list_from_page(Page(blocks=tuple(made)), "a")


def unread(rl: RectificationList) -> list[str]:
    """
    List the words that were not read.
    """
    return [doubt.words for doubt in rl.doubts if doubt.code == _UNREAD]


def shown(rl: RectificationList) -> list[tuple[str, str, str]]:
    """
    Show each row's id, task and requirement.
    """
    return [(row.id, row.task, row.requirement.text.printed) for row in rl.rows.values()]


BOTH = [
    ("1", "疫情防控", "2024年6月底前完成整改"),
    ("2", "六稳六保", "2024年9月底前完成整改"),
]


class TestHeadings:
    """
    Headings stand in one row or two, once or on every page.
    """

    def test_when_work_begins_is_no_deadline(self) -> None:
        """
        Below 整改时限 the first day is left out, and said to be.
        """
        rl = read(
            grid(
                "序号|主要问题|整改措施|整改时限|<|责任单位",
                "^|^|^|开始时间|完成时间|^",
                "1|公开不及时|完成整改|2024年3月1日|2024年6月30日|县司法局",
            )
        )

        assert [(each.stage, str(each.rule)) for each in rl.rows["1"].milestones] == [
            ("rectified", "FixedDate(2024-06-30)")
        ]
        assert unread(rl) == ["开始时间"]

    def test_words_over_the_headings_are_no_title(self) -> None:
        """
        They begin in the row where the tallest heading does.
        """
        rl = read(
            "某省整改任务分解表",
            grid(
                "序号|问题清单|<|整改清单|<|责任清单|<|<",
                "^|问题类型|具体问题|整改措施|完成时限|牵头单位|责任单位|责任人",
                "1|决策公开|征集不规范|规范征集|2024年4月底前|省政府办公厅|公开办|张三",
            ),
        )

        assert rl.title == "某省整改任务分解表"
        assert unread(rl) == []

    def test_words_down_the_side_hide_no_title(self) -> None:
        """
        A cell merged down the whole table is no heading, however tall.
        """
        rl = read(grid("密件|某县整改清单|<|<|<|<", f"^|{HEADINGS}", f"^|{FIRST}", f"^|{SECOND}"))

        assert rl.title == "某县整改清单"
        assert shown(rl) == BOTH

    @pytest.mark.parametrize("again", [HEADINGS, "|||牵头|配合"])
    def test_headings_repeated_on_a_page_are_no_row(self, again: str) -> None:
        """
        Nor is their second row.
        """
        rl = read(
            grid(
                "序号|重点任务|完成时限及要求|责任单位|<",
                "^|^|^|牵头|配合",
                "1|疫情防控|2024年6月底前完成整改|县卫健委|县教育局",
                "序号|重点任务|完成时限及要求|责任单位|<",
                "|||牵头|配合",
                "2|六稳六保|2024年9月底前完成整改|县人社局|县教育局",
            )
            if again != HEADINGS
            else grid(HEADINGS, FIRST, HEADINGS, SECOND)
        )

        assert shown(rl) == BOTH

    def test_numbers_below_no_heading_number_the_rows(self) -> None:
        """
        They are the leftmost column, and numbers all of them.
        """
        rl = read(grid(HEADINGS.replace("序号", ""), "7" + FIRST[1:], "9" + SECOND[1:]))

        assert [*rl.rows] == ["7", "9"]
        assert unread(rl) == []

    def test_a_second_number_is_said_to_be_unread(self) -> None:
        """
        The first numbers the rows.
        """
        rl = read(
            grid(
                "序号|问题编号|存在问题|整改时限|责任单位",
                "1|皖-01|公开不及时|2024年6月底前整改|县政府办",
            )
        )

        assert [*rl.rows] == ["1"]
        assert unread(rl) == ["问题编号"]

    def test_other_words_below_no_heading_are_not_numbers(self) -> None:
        """
        The column is doubted by its first words.
        """
        rl = read(grid(HEADINGS.replace("序号", ""), "甲" + FIRST[1:], "9" + SECOND[1:]))

        assert [*rl.rows] == ["1", "2"]
        assert unread(rl) == ["甲"]


class TestNotes:
    """
    A row that sums up or says who filled in the table is none of the list, and is said.
    """

    @pytest.mark.parametrize(
        "note",
        [
            "注：列第一位者为牵头单位，下同。|<|<|<|<",
            "注：时限为办结时限|||下同|",
            "填报人：张三||联系电话：0551-1234567||2024年3月1日",
            "审核人：李四|||填报人：张三|",
            "小计|2个|||",
            "合 计|2|||",
            "|合计：2个|||",
            "总计（2个）|<|<||",
        ],
    )
    def test_a_note_is_no_row(self, note: str) -> None:
        """
        Its words are doubted together.
        """
        rl = read(grid(HEADINGS, FIRST, SECOND, note))

        assert shown(rl) == BOTH
        assert unread(rl) == [" ".join(each for each in note.split("|") if each.strip("<"))]

    @pytest.mark.parametrize("task", ["说明书公开", "审核把关不严", "合计数公开", "小计"])
    def test_a_task_that_begins_so_is_a_row(self, task: str) -> None:
        """
        Its number stands before it.
        """
        rl = read(grid(HEADINGS, FIRST, SECOND.replace("六稳六保", task)))

        assert [row.task for row in rl.rows.values()] == ["疫情防控", task]

    def test_problems_that_begin_so_are_a_row(self) -> None:
        """
        Below a merged key task they are the first words of their row.
        """
        rl = read(grid(HEADINGS, FIRST, "^|^|合计12条信息过期|2024年9月底前完成整改|县人社局"))

        assert [*rl.rows] == ["1.1", "1.2"]


class TestRepeats:
    """
    Where a table may be sorted, offices type again what a merged cell would say.
    """

    def test_number_and_task_again_are_one_key_task(self) -> None:
        """
        The row is its next.
        """
        again = FIRST.replace("公开不及时", "内容不全").replace("6月", "7月")

        assert [*read(grid(HEADINGS, FIRST, again, SECOND)).rows] == ["1.1", "1.2", "2"]

    @pytest.mark.parametrize("again", ["1|六稳六保", "1|"])
    def test_the_number_alone_again_is_refused(self, again: str) -> None:
        """
        It may be that of another key task.
        """
        with pytest.raises(BadDocumentError) as caught:
            read(grid(HEADINGS, FIRST, f"{again}|专栏缺失|2024年9月底前整改|县人社局"))

        assert [problem.code for problem in caught.value.problems] == ["problem.number-twice"]

    @pytest.mark.parametrize("nobody", ["/", "—", "无", ""])
    def test_nobody_supports(self, nobody: str) -> None:
        """
        A stroke or 无 is how an empty cell is written.
        """
        rl = read(
            grid(
                "序号|存在问题|整改时限|牵头单位|配合单位",
                f"1|公开不及时|2024年6月底前整改|县政府办|{nobody}",
            )
        )
        row = rl.rows["1"]

        assert [(each.unit, each.role) for each in row.responsibilities] == [("县政府办", "lead")]
        assert row.doubts == ()


class TestLostZero:
    """
    "Numbers like 1.10 stay text": where a workbook has lost the 0 already, it is asked for.
    """

    @pytest.mark.parametrize(
        ("numbers", "doubted"),
        [
            ("1.8 1.9 1.1 1.11", ["1.1"]),
            ("1.19 1.2 1.21", ["1.2"]),
            ("1.1 1.2 1.9", []),
            ("1.9 1.10 1.11", []),
            ("1.9 2.1 2.2", []),
            ("1.8 1.1", []),
            ("9 1 10", []),
        ],
    )
    def test_the_first_after_a_nine_is_doubted(self, numbers: str, doubted: list[str]) -> None:
        """
        Only where the two belong together.
        """
        rows = [f"{each}|a|b|2024年6月底前整改|县政府办" for each in numbers.split()]

        rl = read(grid(HEADINGS, *rows))

        assert [*rl.rows] == numbers.split()
        assert [
            (row.id, doubt.candidates)
            for row in rl.rows.values()
            for doubt in row.doubts
            if doubt.code == "doubt.lost-zero"
        ] == [(each, (f"{each}0", each)) for each in doubted]


class TestNumbersWithinTasks:
    """
    Where 序号 stands right of the key task its numbers may begin anew under each.
    """

    HEADINGS = "重点任务|序号|存在问题|整改措施|整改时限|责任单位"

    @pytest.mark.parametrize("above", ["^", ""])
    def test_they_restart_under_each_task(self, above: str) -> None:
        """
        Merged or left blank below its first row; the task's own place comes first in the id.
        """
        rl = read(
            grid(
                self.HEADINGS,
                "组织领导|(1)|甲|完成整改|2024年6月底前|县政府办",
                f"{above}|(2)|乙|完成整改|2024年7月底前|县政府办",
                "平台建设|(1)|丙|完成整改|2024年8月底前|县政府办",
            )
        )

        assert [(row.id, row.task) for row in rl.rows.values()] == [
            ("1-1", "组织领导"),
            ("1-2", "组织领导"),
            ("2-1", "平台建设"),
        ]

    def test_they_may_go_on(self) -> None:
        """
        Then they are the rows' ids.
        """
        rl = read(
            grid(
                self.HEADINGS,
                "组织领导|1|甲|完成整改|2024年6月底前|县政府办",
                "平台建设|2|丙|完成整改|2024年8月底前|县政府办",
            )
        )

        assert [*rl.rows] == ["1", "2"]

    def test_twice_under_one_task_is_refused(self) -> None:
        """
        As within any list.
        """
        with pytest.raises(BadDocumentError) as caught:
            read(
                grid(
                    self.HEADINGS,
                    "组织领导|1|甲|完成整改|2024年6月底前|县政府办",
                    "^|1|丙|完成整改|2024年8月底前|县政府办",
                )
            )

        assert [problem.code for problem in caught.value.problems] == ["problem.number-twice"]


class TestHidden:
    """
    What a workbook hides is said, since a filter hides the half of a list.
    """

    def test_hidden_rows_are_doubted(self) -> None:
        """
        Once each.
        """
        page = Page(blocks=(grid(HEADINGS, FIRST),), hidden=(SECOND, SECOND, "内部意见"))

        doubts = list_from_page(page, "a").doubts

        assert [(doubt.code, doubt.words) for doubt in doubts] == [
            ("doubt.hidden", SECOND),
            ("doubt.hidden", "内部意见"),
        ]


class TestPages:
    """
    A table that goes on over a page is one list.
    """

    TITLE = "某县政务公开整改清单"
    REST = "||内容不全|2024年12月底前完成整改|县民政局"

    @pytest.mark.parametrize("headings", [(HEADINGS,), ()])
    def test_a_key_task_goes_on_over_the_page(self, headings: Sequence[str]) -> None:
        """
        Its number and name stand on the first page only.
        """
        rl = read(self.TITLE, grid(HEADINGS, FIRST), grid(*headings, self.REST, SECOND, name="t"))

        assert shown(rl) == [
            ("1.1", *BOTH[0][1:]),
            ("1.2", "疫情防控", "2024年12月底前完成整改"),
            BOTH[1],
        ]

    @pytest.mark.parametrize(
        "other",
        [
            ("单位|联系人|电话|邮箱|备注", "县政府办|张三|123|a@b|无"),
            ("序号|单位|问题数|已整改|整改率", "1|县政府办|3|2|66%"),
            ("县政府办|张三|123|a@b|无", "县卫健委|李四|123|a@b|无"),
        ],
    )
    def test_another_table_of_that_width_does_not_go_on(self, other: Sequence[str]) -> None:
        """
        It has headings of its own, or no numbers; its words are doubted.
        """
        rl = read(self.TITLE, grid(HEADINGS, FIRST, SECOND), grid(*other, name="table 2"))

        assert shown(rl) == BOTH
        assert unread(rl) == [row.replace("|", " ") for row in other]

    def test_two_lists_are_not_one(self) -> None:
        """
        Both begin with number 1.
        """
        with pytest.raises(BadDocumentError) as caught:
            read(self.TITLE, grid(HEADINGS, FIRST), grid(HEADINGS, FIRST, name="table 2"))

        assert [problem.code for problem in caught.value.problems] == ["problem.several-tables"]


class TestHead:
    """
    What stands around the table says what the list is.
    """

    LETTER = (
        "某政办秘〔2024〕12号",
        "关于印发《某县政务公开问题整改清单》的通知",
        "各乡镇人民政府，县政府各部门：",
        "现将《某县政务公开问题整改清单》印发给你们，请认真抓好落实。",
        "某县人民政府办公室",
        "2024年3月1日",
        "（此件公开发布）",
        "附件",
        "某县政务公开问题整改清单",
    )

    def test_an_official_document_is_read_without_doubt(self) -> None:
        """
        The day of printing contradicts no dateline, and whom a copy goes to is routine.
        """
        rl = read(
            *self.LETTER,
            grid(HEADINGS, FIRST),
            "抄送：县委办公室。",
            "某县人民政府办公室　　2024年3月2日印发",
        )

        assert (rl.title, str(rl.issued)) == ("某县政务公开问题整改清单", "2024-03-01")
        assert (rl.number, rl.issuer) == ("某政办秘〔2024〕12号", "某县人民政府办公室")
        assert rl.doubts == ()

    def test_the_day_of_printing_alone_is_doubted(self) -> None:
        """
        It is near the day of issue, and is not it.
        """
        rl = read("某县整改清单", grid(HEADINGS, FIRST), "某县人民政府办公室　2024年3月2日印发")

        assert str(rl.issued) == "2024-03-02"
        assert [doubt.code for doubt in rl.doubts] == ["doubt.issue-date"]

    @pytest.mark.parametrize("label", ["填报日期", "填报日期："])
    def test_a_labelled_day_in_two_cells_is_doubted(self, label: str) -> None:
        """
        As it is in one.
        """
        for row in (f"{label}|2024年3月5日||<|<", "填报日期：2024年3月5日|<|<|<|<"):
            rl = read(grid("某县整改清单|<|<|<|<", row, HEADINGS, FIRST))

            assert str(rl.issued) == "2024-03-05"
            assert [doubt.code for doubt in rl.doubts] == ["doubt.issue-date"]

    def test_a_title_may_stand_in_two_rows_of_a_table(self) -> None:
        """
        In either script.
        """
        for tail in ("整改清单", "整改清單"):
            table = grid(
                "附件2|<|<|<|<", "某市2024年度第三方評估反饋問題|<|<|<|<", f"{tail}|<|<|<|<",
                HEADINGS, FIRST,
            )  # fmt: skip

            assert read(table).title == f"某市2024年度第三方評估反饋問題{tail}"
