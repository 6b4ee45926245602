"""
A list laid out as the official form.
"""

from __future__ import annotations

from collections import Counter

import attrs
import pytest
from hypothesis import given

from rectiflow.errors import InvalidValueError
from rectiflow.forms import HEADINGS, FormCell, ListForm, check_printable, form_of_list
from rectiflow.lists import RectificationList, Row
from rectiflow.reading.load import load
from rectiflow.requirements import Requirement
from rectiflow.stages import StagePath
from rectiflow.testing.lists import rectification_lists
from rectiflow.texts import OriginalText
from rectiflow.units import Responsibility, Unit, UnitRegister

YUHUI = load("yuhui-2020")
BUREAU = Unit(name="区司法局")


def row(id: str, task: str = "任务", **parts: object) -> Row:  # noqa: A002 -- the attribute's name
    """
    Make a row for which one bureau answers.
    """
    base = Row(
        id=id,
        task=task,
        problems=OriginalText.whole("问题" + id),
        requirement=Requirement(text=OriginalText.whole("要求" + id)),
        responsibilities=(Responsibility(body=BUREAU),),
        path=StagePath.of(),
    )
    return attrs.evolve(base, **parts)  # type: ignore[arg-type]  # any field of a row


def form(*rows: Row, **parts: object) -> ListForm:
    """
    Lay out a list of these rows.
    """
    base = RectificationList(id="a", title="清单", units=UnitRegister((BUREAU,)), rows=rows)
    return form_of_list(attrs.evolve(base, **parts))  # type: ignore[arg-type]  # any field of a list


def column(laid: ListForm, number: int) -> list[tuple[str, int, int]]:
    """
    Give text, first row and row count of a column's cells below the headings.
    """
    cells = (cell for cell in laid.cells if cell.column == number and cell.row > 0)
    return [(cell.text, cell.row, cell.rows) for cell in cells]


class TestYuhui:
    """
    The bundled list is laid out as its page prints it.
    """

    LAID = form_of_list(YUHUI)

    def test_it_has_six_columns_under_five_headings(self) -> None:
        """
        Key tasks have subtasks, so 重点任务 stands over two columns.
        """
        assert (self.LAID.columns, self.LAID.rows) == (6, 15)
        assert self.LAID.headings == HEADINGS
        assert self.LAID.cells[1] == FormCell("重点任务", 0, 1, 1, 2)

    def test_numbers_are_merged_over_their_rows(self) -> None:
        """
        Eight key tasks, four of them with more than one row.
        """
        assert [(text, count) for text, _row, count in column(self.LAID, 0)] == [
            ("1", 1), ("2", 2), ("3", 1), ("4", 3), ("5", 1), ("6", 3), ("7", 1), ("8", 2),
        ]  # fmt: skip

    def test_a_task_without_subtask_stands_over_both_columns(self) -> None:
        """
        疫情防控 has none, 加强政策解读 has one although it is a single row.
        """
        tasks = {cell.text: cell.columns for cell in self.LAID.cells if cell.column == 1}

        assert (tasks["疫情防控"], tasks["加强政策解读"]) == (2, 1)

    def test_merged_unit_cells_are_those_of_the_page(self) -> None:
        """
        Over the three rows of task 4 and the two of task 8, and nowhere else.
        """
        merged = [(first, count) for _text, first, count in column(self.LAID, 5) if count > 1]

        assert merged == [(5, 3), (13, 2)]

    def test_texts_stand_as_printed(self) -> None:
        """
        Damaged as the page is, not restored.
        """
        assert "2020617" in self.LAID.head
        assert column(self.LAID, 4)[0][0].startswith("2020630日前")
        assert "、然资源和规划分局、" in column(self.LAID, 5)[8][0]


class TestFormOfList:
    """
    Which cells there are, and which are merged.
    """

    @given(rl=rectification_lists())
    def test_the_cells_tile_the_table(self, rl: RectificationList) -> None:
        """
        Every place is covered by one cell, and no cell goes beyond the table.
        """
        laid = form_of_list(rl)
        covered = Counter(
            (cell.row + down, cell.column + right)
            for cell in laid.cells
            for down in range(cell.rows)
            for right in range(cell.columns)
        )

        assert covered == Counter((r, c) for r in range(laid.rows) for c in range(laid.columns))
        assert laid.rows == len(rl.rows) + 1

    @given(rl=rectification_lists())
    def test_every_printed_text_is_there(self, rl: RectificationList) -> None:
        """
        Problems and requirements row by row, with a newline for every line end.
        """
        laid = form_of_list(rl)
        printed = [
            (each.problems.printed, each.requirement.text.printed) for each in rl.rows.values()
        ]
        shown = [[text for text, *_ in column(laid, laid.columns - n)] for n in (3, 2)]

        assert list(zip(*shown, strict=True)) == [
            tuple("\n".join(text.replace("\r\n", "\n").split("\r")) for text in pair)
            for pair in printed
        ]

    def test_without_subtasks_there_are_five_columns(self) -> None:
        """
        Nothing is merged across then.
        """
        laid = form(row("1"), row("2", "别的任务"))

        assert laid.columns == 5
        assert all(cell.columns == 1 for cell in laid.cells)

    def test_a_row_without_subtask_beside_one_with_it_has_an_empty_cell(self) -> None:
        """
        Their common task stands to the left of both.
        """
        laid = form(row("1.1", subtask="一"), row("1.2"))

        assert column(laid, 1) == [("任务", 1, 2)]
        assert column(laid, 2) == [("一", 1, 1), ("", 2, 1)]

    def test_only_the_same_number_and_name_are_merged(self) -> None:
        """
        Another name under the same number, or the number again farther down, is printed anew.
        """
        laid = form(row("1.1"), row("1.2", "别的任务"), row("2"), row("1.3"))

        assert [text for text, *_ in column(laid, 0)] == ["1", "1", "2", "1"]

    @pytest.mark.parametrize("own", ["三.1", "A-2", "1.2.3", "1.", "1.a"])
    def test_an_unusual_id_stands_as_it_is(self, own: str) -> None:
        """
        Only ``number`` and ``number.k`` are shortened to the number.
        """
        assert column(form(row(own)), 0) == [(own, 1, 1)]

    def test_heirs_that_follow_share_the_cell_and_others_print_it_again(self) -> None:
        """
        Row 2 follows its source; row 4 comes after another cell, and row 5 after an heir.
        """
        first = row("1", unit_cell=OriginalText("司法局区司法局", "区司法局区司法局", ("区",)))
        near, far, farther = (row(own, inherited_from="1") for own in ("2", "4", "5"))
        laid = form(first, near, row("3"), far, farther)

        assert column(laid, 4) == [
            ("司法局区司法局", 1, 2), ("区司法局", 3, 1),
            ("司法局区司法局", 4, 1), ("司法局区司法局", 5, 1),
        ]  # fmt: skip

    def test_the_head_has_what_is_there(self) -> None:
        """
        Issuer, dateline, preamble, in this order; what is absent or blank leaves no paragraph.
        """
        preamble = OriginalText.whole("请落实。\r\n特此通知。")
        blank = OriginalText.whole(" ")

        assert form().head == ()
        assert form(issuer="办公室", preamble=preamble, dateline=blank).head == (
            "办公室",
            "请落实。\n特此通知。",
        )


class TestCheckPrintable:
    """
    What a file cannot hold is refused with its row.
    """

    @pytest.mark.parametrize("bad", ["\x00", "\x0b", "\x1f", "\ud800", "\ufffe", "\uffff"])
    def test_what_xml_cannot_hold_is_refused(self, bad: str) -> None:
        """
        The error shows the character and names row and field.
        """
        broken = row("4.2", problems=OriginalText.whole(f"问{bad}题"))
        rl = attrs.evolve(
            YUHUI, rows=[*YUHUI.rows.values(), attrs.evolve(broken, id="9.2", responsibilities=())]
        )

        with pytest.raises(InvalidValueError) as caught:
            check_printable("write", rl)

        assert (caught.value.field, caught.value.value) == ("write(rows['9.2'].problems)", bad)

    @pytest.mark.parametrize("good", ["\t", "\n", "\r", "\x7f", "\x85", "\u2028", "\ufeff", "😀"])
    def test_what_xml_can_hold_is_let_pass(self, good: str) -> None:
        """
        Line ends, tabs and rare characters among it.
        """
        check_printable("write", attrs.evolve(YUHUI, preamble=OriginalText.whole(f"a{good}b")))

    @pytest.mark.parametrize("place", ["title", "issuer", "dateline", "preamble"])
    def test_the_head_is_looked_at_too(self, place: str) -> None:
        """
        Whether its field is a text or an original text.
        """
        bad = "a\x00b"
        text = bad if place in {"title", "issuer"} else OriginalText.whole(bad)

        with pytest.raises(InvalidValueError) as caught:
            check_printable("write", attrs.evolve(YUHUI, **{place: text}))  # type: ignore[arg-type]  # a field's name

        assert caught.value.field == f"write({place})"

    def test_the_longest_text_is_included(self) -> None:
        """
        Counted in UTF-16 code units: 😀 is two.
        """
        rl = attrs.evolve(YUHUI, rows=(), preamble=OriginalText.whole("字" * 98 + "😀"))

        check_printable("write", rl, 100)
        with pytest.raises(InvalidValueError) as caught:
            check_printable("write", rl, 99)
        assert caught.value.field == "write(preamble)"
