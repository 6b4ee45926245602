"""
Workbooks as they show themselves.
"""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from rectiflow.problems import BadDocumentError
from rectiflow.reading.number_formats import shown
from rectiflow.reading.xlsx import read_xlsx

if TYPE_CHECKING:
    from openpyxl import Workbook

    from rectiflow.reading.grids import Grid


def _book() -> tuple[Workbook, Worksheet]:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Sheet1"
    return book, sheet


def _content(book: Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _texts(grid: Grid) -> list[list[str]]:
    return [
        [grid.text(row, column) for column in range(grid.width)] for row in range(len(grid.places))
    ]


def _one(book: Workbook) -> Grid:
    (grid,) = read_xlsx(_content(book), "a.xlsx").grids
    return grid


def _shown(value: Any, number_format: str) -> str:
    book, sheet = _book()
    sheet["A1"] = value
    sheet["A1"].number_format = number_format
    return _one(book).text(0, 0)


class TestCells:
    """
    Every cell is a text, as its number format shows it.
    """

    @pytest.mark.parametrize(
        ("value", "number_format", "text"),
        [
            (1.10, "0.00", "1.10"),
            (1.1, "General", "1.1"),
            (3, "General", "3"),
            (3.0, "General", "3"),
            (-2, "General", "-2"),
            (0.1 + 0.2, "General", "0.3"),
            (12345678901234, "General", "12345678901234"),
            (1234.5, "#,##0.00", "1,234.50"),
            (-1234.5, "#,##0.00;(#,##0.00)", "(1,234.50)"),
            (0, '0;-0;"—"', "—"),
            (0.5, "0%", "50%"),
            (7, "000", "007"),
            (5, '0"天"', "5天"),
            (5, '"第"0"项"', "第5项"),
            (5, 'G/通用格式"个"', "5个"),
            (2.5, "0.##", "2.5"),
            (1.005, "0.00", "1.01"),
            (0.5, "# ?/?", "0.5"),
            ("1.10", "@", "1.10"),
            ("  整改\n清单 ", "General", "整改\n清单"),
            (date(2020, 6, 30), 'yyyy"年"m"月"d"日"', "2020年6月30日"),
            (date(2020, 6, 30), "yyyy\\年m\\月d\\日;@", "2020年6月30日"),
            (date(2020, 6, 30), '[$-F800]yyyy"年"m"月"d"日"', "2020年6月30日"),
            (date(2020, 6, 3), "[$-F800]dddd, mmmm dd, yyyy", "2020年6月3日"),
            (date(2020, 6, 3), "yyyy-mm-dd", "2020-06-03"),
            (date(2020, 6, 3), "mm-dd-yy", "2020/6/3"),
            (date(2020, 6, 30), 'm"月"d"日"', "6月30日"),
            (date(2020, 6, 30), 'yyyy"年"m"月"', "2020年6月"),
            (date(2020, 11, 25), '[DBNum1][$-804]yyyy"年"m"月"d"日"', "二〇二〇年十一月二十五日"),
            (date(2020, 6, 30), "d-mmm-yy", "30-Jun-20"),
            (date(2020, 6, 30), "aaaa", "星期二"),
            (datetime(2020, 6, 30, 9, 5), "yyyy/m/d h:mm", "2020/6/30 9:05"),  # noqa: DTZ001 -- a cell has no zone
            (time(15, 4), "h:mm AM/PM", "3:04 PM"),
            (True, "General", "TRUE"),
        ],
    )
    def test_a_value_is_written_as_its_format_shows_it(
        self, value: Any, number_format: str, text: str
    ) -> None:
        """
        So that 1.10 stays 1.10 and a day stays the day that is printed.
        """
        assert _shown(value, number_format) == text

    @given(st.dates(date(1900, 3, 1), date(2199, 12, 31)))
    def test_a_day_comes_back(self, day: date) -> None:
        """
        Held against the count of days from the end of 1899, whose leap day of 1900 Excel invents.
        """
        serial = str((day - date(1899, 12, 30)).days)

        assert shown(serial, "yyyy-mm-dd") == day.isoformat()

    def test_days_since_1904_are_counted_from_there(self) -> None:
        """
        Old Macs did so.
        """
        book, sheet = _book()
        book.epoch = datetime(1904, 1, 1)  # noqa: DTZ001 -- a cell has no zone
        sheet["A1"] = date(2020, 6, 30)
        sheet["A1"].number_format = "yyyy-mm-dd"

        assert _one(book).text(0, 0) == "2020-06-30"

    @given(st.decimals(0, 10**9, places=2))
    def test_two_decimals_stay_two(self, value: Any) -> None:
        """
        Held against Python's own writing of the exact number.
        """
        assert shown(repr(float(value)), "0.00") == f"{value:.2f}"

    def test_rich_text_is_its_text(self) -> None:
        """
        Whatever its letters look like; the reading above them is not read.
        """
        book, sheet = _book()
        sheet["A1"] = "X"
        content = _replaced(
            _content(book),
            "xl/worksheets/sheet1.xml",
            b"<t>X</t>",
            "<r><t>整_x000D_\n</t></r><r><t>改</t></r><rPh><t>zheng</t></rPh>".encode(),
        )

        (grid,) = read_xlsx(content, "a").grids
        assert grid.text(0, 0) == "整\n改"

    def test_shared_texts_are_read(self) -> None:
        """
        As Excel itself writes them, rich or plain.
        """
        content = io.BytesIO()
        book = xlsxwriter.Workbook(content)
        sheet = book.add_worksheet("S")
        sheet.write_row(0, 0, ["整改", "清单_x0041_", "整改"])
        sheet.write_rich_string(1, 0, "a", book.add_format({"bold": True}), " b ", "c")
        book.close()

        (grid,) = read_xlsx(content.getvalue(), "a").grids

        assert _texts(grid) == [["整改", "清单_x0041_", "整改"], ["a b c", "", ""]]


def _replaced(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            assert name != part or old in data
            target.writestr(name, data.replace(old, new) if name == part else data)
    return made.getvalue()


class TestMergedCells:
    """
    The file says which cells are merged.
    """

    def test_a_merge_covers_its_places(self) -> None:
        """
        Empty places are none of it.
        """
        book, sheet = _book()
        sheet["B2"], sheet["C2"], sheet["C3"], sheet["D3"] = "任务", "a", "b", "c"
        sheet.merge_cells("B2:B3")

        grid = _one(book)

        assert _texts(grid) == [["任务", "a", ""], ["任务", "b", "c"]]
        assert grid.is_inherited(1, 0)
        assert grid.places[0][2] is None
        cell = grid.places[1][0]
        assert cell is not None
        assert (cell.place, cell.row, cell.column, cell.rows) == ("Sheet1!B2", 0, 0, 2)

    def test_outer_rows_and_columns_without_text_are_left_off(self) -> None:
        """
        Formatted or merged, they show nothing; inner ones stay.
        """
        book, sheet = _book()
        sheet["C3"], sheet["E5"] = "a", "b"
        sheet["H9"].number_format = "0.00"
        sheet.merge_cells("G1:H2")

        grid = _one(book)

        assert _texts(grid) == [["a", "", ""], ["", "", ""], ["", "", "b"]]

    def test_what_is_hidden_is_not_read(self) -> None:
        """
        Sheets, rows and columns; a merge across a hidden row is that much shorter.
        """
        book, sheet = _book()
        for row in range(1, 5):
            for column, letter in enumerate("ABC", 1):
                sheet.cell(row, column, f"{letter}{row}")
        sheet.merge_cells("A2:A4")
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["B"].hidden = True
        other = book.create_sheet("other")
        other["A1"], other.sheet_state = "x", "hidden"

        page = read_xlsx(_content(book), "a.xlsx")
        (grid,) = page.grids

        assert page.hidden == ("B3 C3", "B1")
        assert _texts(grid) == [["A1", "C1"], ["A2", "C2"], ["A2", "C4"]]
        cell = grid.places[2][1]
        assert cell is not None
        assert cell.place == "Sheet1!C4"

    @given(st.lists(st.integers(1, 4), min_size=1, max_size=8))
    def test_agrees_with_openpyxl(self, heights: list[int]) -> None:
        """
        Held against the ranges that openpyxl reads from the same file.
        """
        book, sheet = _book()
        row = 1
        for height in heights:
            sheet.cell(row, 1, f"task {row}")
            for each in range(row, row + height):
                sheet.cell(each, 2, f"measure {each}")
            if height > 1:
                sheet.merge_cells(
                    start_row=row, end_row=row + height - 1, start_column=1, end_column=1
                )
            row += height
        content = _content(book)

        (grid,) = read_xlsx(content, "a").grids

        theirs = openpyxl.load_workbook(io.BytesIO(content))["Sheet1"]
        inherited = {
            each - 1
            for merge in theirs.merged_cells.ranges
            for each in range(merge.min_row + 1, merge.max_row + 1)
        }
        assert {n for n in range(row - 1) if grid.is_inherited(n, 0)} == inherited


class TestFormulas:
    """
    What a formula gives is not in the file for certain.
    """

    def test_all_formulas_are_named_at_once(self) -> None:
        """
        Each with its place, of every sheet.
        """
        book, sheet = _book()
        sheet["A1"], sheet["B7"] = "a", "=1+1"
        other = book.create_sheet("附件 2")
        other["AA3"] = "=Sheet1!A1"

        with pytest.raises(BadDocumentError) as caught:
            read_xlsx(_content(book), "a.xlsx")

        assert [(each.place, each.code, each.value) for each in caught.value.problems] == [
            ("Sheet1!B7", "problem.formula-cell", "=1+1"),
            ("附件 2!AA3", "problem.formula-cell", "=Sheet1!A1"),
        ]

    def test_a_hidden_formula_is_no_problem(self) -> None:
        """
        It is not read at all.
        """
        book, sheet = _book()
        sheet["A1"], sheet["A2"] = "a", "=1"
        sheet.row_dimensions[2].hidden = True

        assert _texts(_one(book)) == [["a"]]


class TestEmbedded:
    """
    A list that rectiflow laid into the file comes out as it went in.
    """

    def test_the_pieces_are_joined_in_their_order(self) -> None:
        """
        White space at their ends counts, and so does what looks like an escape.
        """
        pieces = [f'{{"{n}": "整改 ' + "x" * 29_000 + " " for n in range(12)]
        book, sheet = _book()
        sheet["A1"] = "a"
        hidden = book.create_sheet("rectiflow")
        hidden.sheet_state = "veryHidden"
        for piece in pieces:
            hidden.append([piece])

        page = read_xlsx(_content(book), "a")

        assert page.embedded == "".join(pieces)
        assert [grid.name for grid in page.grids] == ["Sheet1"]

    def test_a_sheet_of_that_name_that_is_visible_is_a_sheet(self) -> None:
        """
        Somebody may call a sheet so.
        """
        book, sheet = _book()
        sheet.title = "rectiflow"
        sheet["A1"] = "a"

        page = read_xlsx(_content(book), "a")

        assert page.embedded is None
        assert len(list(page.grids)) == 1


class TestRefusals:
    """
    A cell beyond all bounds is named.
    """

    @pytest.mark.parametrize("place", ["A20001", "IW1", "XFD1048576"])
    def test_a_far_cell_has_its_place(self, place: str) -> None:
        """
        20,000 rows and 256 columns are read, one more is not.
        """
        book, sheet = _book()
        sheet["A1"], sheet[place] = "a", "b"

        with pytest.raises(BadDocumentError) as caught:
            read_xlsx(_content(book), "a.xlsx")

        (problem,) = caught.value.problems
        assert (problem.place, problem.code) == (f"Sheet1!{place}", "problem.far-cell")

    @pytest.mark.parametrize("place", ["A20000", "IV1"])
    def test_the_last_cell_within_bounds_is_read(self, place: str) -> None:
        """
        Both bounds are inclusive.
        """
        book, sheet = _book()
        sheet["A1"], sheet[place] = "a", "b"

        grid = _one(book)

        assert _texts(grid)[-1][-1] == "b"
