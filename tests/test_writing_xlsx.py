"""
Lists to spreadsheets.
"""

from __future__ import annotations

import os
import sys
from io import BytesIO
from typing import TYPE_CHECKING, Any

import attrs
import openpyxl
import pytest
from hypothesis import given, settings

from rectiflow.documents import list_from_plain
from rectiflow.errors import InvalidValueError, MissingExtraError
from rectiflow.forms import form_of_list
from rectiflow.lists import RectificationList
from rectiflow.reading.json import read_json
from rectiflow.reading.load import load
from rectiflow.testing.lists import rectification_lists
from rectiflow.texts import OriginalText
from rectiflow.units import Responsibility, Unit, UnitRegister
from rectiflow.writing.saving import save
from rectiflow.writing.xlsx import EMBEDDED_SHEET, write_xlsx

if TYPE_CHECKING:
    from pathlib import Path

YUHUI = load("yuhui-2020")
FORM = form_of_list(YUHUI)
ABOVE = 1 + len(FORM.head)  # the title and the head paragraphs
FORMULAS = ["=1+1", '=HYPERLINK("http://a.cn","b")', "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)",
            "{=1+1}", "http://a.cn", "0012", "TRUE"]  # fmt: skip


def written(rl: RectificationList) -> Any:
    """
    Write a list and open what was written.
    """
    content = BytesIO()
    write_xlsx(rl, content)
    return openpyxl.load_workbook(content)


def embedded(book: Any) -> RectificationList:
    """
    Read the list laid into a workbook.
    """
    pieces = [row[0].value for row in book[EMBEDDED_SHEET].iter_rows()]
    return list_from_plain(read_json("".join(pieces)))


def named(name: str) -> RectificationList:
    """
    Make a list in which *name* stands in every sort of cell.
    """
    unit = Unit(name=name)
    first = attrs.evolve(
        YUHUI.rows["2.1"],
        task=name,
        subtask=name,
        problems=OriginalText.whole(name),
        unit_cell=OriginalText.whole(name),
        responsibilities=(Responsibility(body=unit),),
    )
    return RectificationList(
        id="a",
        title=name,
        issuer=name,
        units=UnitRegister((unit,)),
        rows=[first],
    )


class TestForm:
    """
    The first sheet looks like the official form.
    """

    BOOK = written(YUHUI)
    SHEET = BOOK.worksheets[0]

    def test_every_cell_stands_where_the_form_has_it(self) -> None:
        """
        Title, head paragraphs, then the table.
        """
        above = [self.SHEET.cell(n + 1, 1).value for n in range(ABOVE)]
        shown = [
            self.SHEET.cell(cell.row + ABOVE + 1, cell.column + 1).value for cell in FORM.cells
        ]

        assert above == [FORM.title, *FORM.head]
        assert shown == [cell.text for cell in FORM.cells]

    def test_just_the_forms_merged_cells_are_merged(self) -> None:
        """
        And title and head paragraphs over the whole width.
        """
        expected = {(n, n, 1, 6) for n in range(1, ABOVE + 1)}
        expected |= {
            (top, top + cell.rows - 1, cell.column + 1, cell.column + cell.columns)
            for cell in FORM.cells
            for top in [cell.row + ABOVE + 1]
            if (cell.rows, cell.columns) != (1, 1)
        }

        found = {(m.min_row, m.max_row, m.min_col, m.max_col) for m in self.SHEET.merged_cells}
        assert found == expected

    def test_fonts_are_those_of_official_documents(self) -> None:
        """
        小标宋 for the title, bold 黑体 for headings, 仿宋 for all else; cells wrap.
        """
        title, heading, body = (self.SHEET.cell(n, 1) for n in (1, ABOVE + 1, ABOVE + 2))

        assert [each.font.name for each in (title, heading, body)] == [
            "方正小标宋简体",
            "黑体",
            "仿宋",
        ]
        assert (heading.font.b, body.font.b) == (True, False)
        assert all(each.alignment.wrap_text for each in (title, heading, body))
        assert {heading.border.left.style, body.border.bottom.style} == {"thin"}

    def test_headings_stay_in_sight_and_are_printed_on_each_page(self) -> None:
        """
        A4 lying down, as wide as one page.
        """
        setup = self.SHEET.page_setup

        assert self.SHEET.freeze_panes == f"A{ABOVE + 2}"
        assert self.SHEET.print_title_rows == f"${ABOVE + 1}:${ABOVE + 1}"
        assert (setup.orientation, int(setup.paperSize)) == ("landscape", 9)
        assert (setup.fitToWidth or 1, int(setup.fitToHeight)) == (1, 0)

    def test_a_long_letter_does_not_freeze_the_table_out_of_sight(self) -> None:
        """
        A head higher than a window scrolls with the rest.
        """
        long = attrs.evolve(YUHUI, preamble=OriginalText.whole("字" * 5000))

        assert written(long).worksheets[0].freeze_panes is None

    def test_rows_are_high_enough_for_merged_cells(self) -> None:
        """
        Excel fits no row to them: the 41 lines of a unit cell get their room in two rows.
        """
        rows = list(YUHUI.rows.values())[12:]
        tall = attrs.evolve(
            rows[0], unit_cell=OriginalText.whole(str(rows[0].unit_cell) + "\n。" * 40)
        )
        sheet = written(attrs.evolve(YUHUI, rows=[tall, rows[1]])).worksheets[0]

        assert sum(sheet.row_dimensions[ABOVE + n].height for n in (2, 3)) >= 41 * 15

    @pytest.mark.parametrize("text", FORMULAS)
    def test_every_text_stays_text(self, text: str) -> None:
        """
        No formula, no link, no number, whatever it looks like.
        """
        sheet = written(named(text)).worksheets[0]
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]

        assert {cell.data_type for cell in cells} == {"s"}
        assert [cell.value for cell in cells].count(text) == 6
        assert not any(cell.hyperlink for cell in cells)

    @pytest.mark.parametrize("text", ["\t=1+1", " =1+1", "\n=1"])
    def test_a_formula_behind_white_space_stays_text(self, text: str) -> None:
        """
        A problem's text may begin with it.
        """
        row = attrs.evolve(YUHUI.rows["1"], problems=OriginalText.whole(text))
        cell = written(attrs.evolve(YUHUI, rows=[row])).worksheets[0].cell(ABOVE + 2, 3)

        assert (cell.value, cell.data_type) == (text, "s")


class TestEmbedded:
    """
    The list itself lies in a sheet that people do not see.
    """

    def test_yuhui_reads_back_equal(self) -> None:
        """
        From a sheet that no menu shows, in pieces that cells can hold.
        """
        book = written(YUHUI)
        sheet = book[EMBEDDED_SHEET]

        assert (book.sheetnames[1], sheet.sheet_state) == (EMBEDDED_SHEET, "veryHidden")
        assert sheet.max_row > 0
        assert embedded(book) == YUHUI

    def test_rare_characters_fit_too(self) -> None:
        """
        No piece is over what a cell holds, although each of these counts as two.
        """
        rl = attrs.evolve(
            YUHUI, issuer="a", doubts=(attrs.evolve(YUHUI.doubts[0], note="😀" * 50_000),)
        )
        book = written(rl)

        longest = max(len(row[0].value.encode("utf-16-le")) for row in book[EMBEDDED_SHEET])
        assert longest <= 2 * 32_767
        # Compared so that a failure does not print them all.
        assert (embedded(book) == rl) is True

    @settings(max_examples=25)
    @given(rl=rectification_lists())
    def test_what_is_written_reads_back_equal(self, rl: RectificationList) -> None:
        """
        What is not written has a character in its form that no file holds.
        """
        try:
            book = written(rl)
        except InvalidValueError:
            shown = form_of_list(rl)
            texts = (rl.title, *shown.head, *(cell.text for cell in shown.cells), str(rl.issuer),
                     *(each.printed for each in (rl.dateline, rl.preamble) if each))  # fmt: skip
            assert "\x00" in "".join(texts)
        else:
            assert embedded(book) == rl


class TestWriteXlsx:
    """
    The whole file or nothing.
    """

    def test_the_same_list_makes_the_same_bytes(self) -> None:
        """
        The day of its making is the list's day of issue, or 1980-01-01.
        """
        one, other = BytesIO(), BytesIO()
        write_xlsx(YUHUI, one)
        write_xlsx(YUHUI, other)

        assert one.getvalue() == other.getvalue()
        assert written(YUHUI).properties.created.date() == YUHUI.issued
        assert written(attrs.evolve(YUHUI, issued=None)).properties.created.year == 1980

    @pytest.mark.parametrize(("length", "is_written"), [(32_767, True), (32_768, False)])
    def test_a_cell_holds_32767_characters(
        self,
        length: int,
        is_written: object,
        tmp_path: Path,
    ) -> None:
        """
        A longer text is refused with its row before anything is written.
        """
        row = attrs.evolve(YUHUI.rows["2.1"], problems=OriginalText.whole("字" * length))
        rl = attrs.evolve(YUHUI, rows=[row])
        path = tmp_path / "a.xlsx"

        if is_written:
            write_xlsx(rl, path)
            sheet = openpyxl.load_workbook(path).worksheets[0]
            assert len(str(sheet.cell(ABOVE + 2, 4).value)) == length
        else:
            with pytest.raises(InvalidValueError) as caught:
                write_xlsx(rl, path)
            assert caught.value.field == "write_xlsx(rows['2.1'].problems)"
            assert list(tmp_path.iterdir()) == []

    def test_without_the_extra_it_says_what_to_install(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        The extra's name and the module's.
        """
        monkeypatch.setitem(sys.modules, "xlsxwriter", None)

        with pytest.raises(MissingExtraError) as caught:
            write_xlsx(YUHUI, BytesIO())
        assert (caught.value.extra, caught.value.missing) == ("files", "xlsxwriter")


class TestSave:
    """
    No half of a file is ever seen.
    """

    def test_a_file_is_replaced_whole(self, tmp_path: Path) -> None:
        """
        Nothing else is left in the directory.
        """
        path = tmp_path / "a.bin"
        path.write_bytes(b"old")
        save(b"new", str(path))

        assert path.read_bytes() == b"new"
        assert list(tmp_path.iterdir()) == [path]

    def test_what_fails_leaves_the_old_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        And no temporary one.
        """
        path = tmp_path / "a.bin"
        path.write_bytes(b"old")

        def fail(*_given: object) -> None:
            raise OSError("disk full")

        monkeypatch.setattr(os, "replace", fail)
        monkeypatch.setattr("pathlib.Path.replace", fail)
        with pytest.raises(OSError, match="disk full"):
            save(b"new", path)

        assert path.read_bytes() == b"old"
        assert list(tmp_path.iterdir()) == [path]

    def test_a_link_is_followed(self, tmp_path: Path) -> None:
        """
        It stays a link.
        """
        link, path = tmp_path / "link", tmp_path / "a.bin"
        link.symlink_to(path)
        save(b"new", link)

        assert link.is_symlink()
        assert path.read_bytes() == b"new"
