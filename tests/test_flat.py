"""
Tables flattened to plain text, in all the ways in which that is done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectiflow.problems import BadDocumentError
from rectiflow.reading import flat, flat_lines, listing
from rectiflow.reading.formats import Form
from rectiflow.reading.listing import list_from_page
from rectiflow.reading.pages import page_of

if TYPE_CHECKING:
    from rectiflow.lists import RectificationList

TITLE = "某县整改清单"
HEADINGS = ["序号", "重点任务", "主要问题", "完成时限及要求", "责任单位"]
ROWS = [
    ["1", "疫情防控", "公开不及时", "2024年6月底前完成整改", "县卫健委"],
    ["2", "六稳六保", "专栏缺失", "2024年9月底前完成整改", "县人社局"],
    ["3", "政策解读", "形式单一", "2024年12月底前完成整改", "县政府办"],
]
ALL = [HEADINGS, *ROWS]
CELLS = [cell for row in ALL for cell in row]


def read(text: str) -> RectificationList:
    """
    Read a plain text.
    """
    return list_from_page(page_of(text.encode(), Form.TEXT, "a.txt"), "a")


def shown(rl: RectificationList) -> list[list[str]]:
    """
    Show the cells of the rows.
    """
    return [
        [
            row.id,
            row.task,
            row.problems.printed,
            row.requirement.text.printed,
            "" if row.unit_cell is None else row.unit_cell.printed,
        ]
        for row in rl.rows.values()
    ]


def lines(by: str, rows: list[list[str]] = ALL) -> str:
    """
    Write rows as lines.
    """
    return "\n".join(by.join(row) for row in rows)


FLAT = {
    "tabs": lines("\t"),
    "bars": lines("|"),
    "framed": "\n".join(f"| {' | '.join(row)} |\n+---+---+" for row in ALL),
    "blanks": lines("    "),
    "wide blanks": lines("　"),
    "one cell a line": "\n".join(CELLS),
    "one cell a line, apart": "\n\n".join(CELLS),
    "one cell a line, each with a bar": "\n".join(f"{cell} |" for cell in CELLS),
    "one cell a line, a bar between": "\n|\n".join(CELLS),
    "one line": " ".join(CELLS),
    "one line with bars": " | ".join(CELLS),
    "a row a line, single blanks": lines(" "),
}


@pytest.mark.parametrize("name", FLAT)
@pytest.mark.parametrize("between", ["\n", "\n\n", " "])
def test_a_flattened_table_is_read(name: str, between: str) -> None:
    """
    Every row and every cell, below the title or behind it.
    """
    if between == " " and not name.startswith("one line"):
        between = "\n"

    rl = read(f"{TITLE}{between}{FLAT[name]}\n")

    assert rl.title == TITLE
    assert shown(rl) == ROWS
    assert rl.doubts == ()


class TestLinesOfOneCell:
    """
    A cell of several lines goes on in the next, and no row is lost by it.
    """

    @pytest.mark.parametrize("by", ["\t", "|"])
    @given(row=st.integers(0, 2), column=st.integers(1, 4))
    def test_a_cell_may_have_two_lines(self, by: str, row: int, column: int) -> None:
        """
        Whichever it is; spreadsheets put it between quotes.
        """
        for quote in ('"', "") if by == "\t" else ("",):
            printed, expected = [[*each] for each in ROWS], [[*each] for each in ROWS]
            printed[row][column] = f"{quote}{ROWS[row][column]}\n全部{quote}"
            expected[row][column] = f"{ROWS[row][column]}\n全部"
            # What follows the last row is no part of it.
            is_last = (row, column, quote) == (2, 4, "")

            rl = read(f"{TITLE}\n{lines(by, [HEADINGS, *printed])}\n")

            assert shown(rl) == (ROWS if is_last else expected)
            assert [doubt.words for doubt in rl.doubts] == (["全部"] if is_last else [])

    def test_a_section_between_rows_is_no_part_of_a_cell(self) -> None:
        """
        It heads the rows below it.
        """
        text = lines("|", [HEADINGS, ROWS[0]]) + "\n二、平台建设\n" + lines("|", ROWS[1:])

        assert shown(read(f"{TITLE}\n{text}")) == ROWS

    def test_what_a_merged_cell_covered_is_left_out_at_the_left(self) -> None:
        """
        The date tells which column is which.
        """
        text = lines("|", [HEADINGS, ROWS[0], ROWS[1][2:], ROWS[2]])

        rl = read(f"{TITLE}\n{text}")

        assert [each[:4] for each in shown(rl)] == [
            ["1.1", *ROWS[0][1:4]],
            ["1.2", ROWS[0][1], *ROWS[1][2:4]],
            ROWS[2][:4],
        ]


class TestNothingIsHalfRead:
    """
    What cannot be told is refused or doubted.
    """

    def test_a_cell_too_many_is_doubted(self) -> None:
        """
        No heading stands over it.
        """
        rl = read(f"{TITLE}\n{lines('|')}|多出")

        assert [(doubt.code, doubt.words) for doubt in rl.doubts] == [("doubt.unread-line", "多出")]

    @pytest.mark.parametrize("rows", ["\n1|a|b", "\n整改\n6月底前整改"])
    def test_more_rows_than_can_be_inferred_are_refused(
        self, rows: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Before they are read: those of a list are far fewer.
        """
        for module in (flat, flat_lines, listing):
            monkeypatch.setattr(module, "MOST_FLAT_ROWS", 50)
        headings = lines("|" if "|" in rows else "\n", [HEADINGS])

        with pytest.raises(BadDocumentError) as caught:
            read(f"{headings}\n1{rows * 51}")

        assert [problem.code for problem in caught.value.problems] == ["problem.too-many-rows"]

    @pytest.mark.parametrize("lost", [1, 2, 3])
    @pytest.mark.parametrize("way", ["|", "\n"])
    def test_a_row_that_asks_nothing_is_refused(self, lost: int, way: str) -> None:
        """
        With its place; it is not run together with the next.
        """
        rows = [[*row] for row in ROWS]
        rows[lost - 1][3] = "无"

        with pytest.raises(BadDocumentError) as caught:
            read(f"{TITLE}\n{lines(way, [HEADINGS, *rows])}".replace("|无", "|"))

        assert [problem.code for problem in caught.value.problems] == ["problem.empty-requirement"]
