"""
Lists to text documents.
"""

from __future__ import annotations

import sys
import time
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import attrs
import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from hypothesis import given, settings
from lxml import etree

from rectiflow.documents import list_from_plain
from rectiflow.errors import InvalidValueError, MissingExtraError
from rectiflow.forms import form_of_list
from rectiflow.reading.json import read_json
from rectiflow.reading.load import load
from rectiflow.testing.lists import rectification_lists
from rectiflow.texts import OriginalText
from rectiflow.writing.docx import EMBEDDED_NAMESPACE, EMBEDDED_PART, write_docx

if TYPE_CHECKING:
    from pathlib import Path

    from rectiflow.lists import RectificationList

YUHUI = load("yuhui-2020")
FORM = form_of_list(YUHUI)


def content(rl: RectificationList) -> BytesIO:
    """
    Write a list.
    """
    file = BytesIO()
    write_docx(rl, file)
    return file


def embedded(file: BytesIO) -> RectificationList:
    """
    Read the list laid into a file.
    """
    with ZipFile(file) as archive:
        root = etree.fromstring(archive.read(EMBEDDED_PART.removeprefix("/")))
    assert root.tag == f"{{{EMBEDDED_NAMESPACE}}}rectiflow"
    return list_from_plain(read_json(root.text or ""))


class TestForm:
    """
    The document looks like the official form.
    """

    DOCUMENT: Any = docx.Document(content(YUHUI))
    TABLE: Any = DOCUMENT.tables[0]

    def test_title_and_head_stand_over_the_table(self) -> None:
        """
        As paragraphs in order.
        """
        assert [each.text for each in self.DOCUMENT.paragraphs] == [FORM.title, *FORM.head]

    def test_every_place_shows_the_cell_that_covers_it(self) -> None:
        """
        python-docx finds merged cells by vMerge and gridSpan.
        """
        shown = [[cell.text for cell in row.cells] for row in self.TABLE.rows]
        expected = [[""] * FORM.columns for _row in range(FORM.rows)]
        for cell in FORM.cells:
            for row in range(cell.row, cell.row + cell.rows):
                for column in range(cell.column, cell.column + cell.columns):
                    expected[row][column] = cell.text

        assert shown == expected

    def test_just_the_forms_merged_cells_are_merged(self) -> None:
        """
        One vMerge begins for each cell over rows; one gridSpan stands in each row of one across.
        """
        merges = [each.get(qn("w:val")) for each in self.TABLE._tbl.iter(qn("w:vMerge"))]
        spans = list(self.TABLE._tbl.iter(qn("w:gridSpan")))

        assert merges.count("restart") == sum(cell.rows > 1 for cell in FORM.cells)
        assert merges.count("continue") == sum(cell.rows - 1 for cell in FORM.cells)
        assert len(spans) == sum(cell.rows for cell in FORM.cells if cell.columns > 1)

    def test_the_page_lies_down_and_headings_are_repeated(self) -> None:
        """
        A4; only the first row is a heading.
        """
        section = self.DOCUMENT.sections[0]
        repeated = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in self.TABLE.rows]

        assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
        assert section.orientation == WD_ORIENT.LANDSCAPE
        assert repeated == [True, *[False] * (FORM.rows - 1)]

    def test_a_key_task_stays_on_one_page(self) -> None:
        """
        Each of its rows but the last is kept with the next, unless it has more than six.
        """
        numbers = [cell for cell in FORM.cells if cell.column == 0]
        kept = [row._tr.find(f".//{qn('w:keepNext')}") is not None for row in self.TABLE.rows]
        row = next(iter(YUHUI.rows.values()))
        for count, together in ((6, [True] * 5 + [False]), (7, [False] * 7)):
            rows = tuple(attrs.evolve(row, id=f"1.{n}") for n in range(1, count + 1))
            table = docx.Document(content(attrs.evolve(YUHUI, rows=rows))).tables[0]
            assert [each._tr.find(f".//{qn('w:keepNext')}") is not None for each in table.rows] == [
                False,
                *together,
            ]

        assert kept == [n < cell.rows for cell in numbers for n in range(1, cell.rows + 1)]

    def test_pages_are_numbered(self) -> None:
        """
        In the footer, between dashes, by a field of ours.
        """
        (paragraph,) = self.DOCUMENT.sections[0].footer.paragraphs
        fields = [each.get(qn("w:instr")) for each in paragraph._p.iter(qn("w:fldSimple"))]

        assert (paragraph.text.split(), fields) == (["—", "—"], ["PAGE"])

    def test_characters_are_drawn_as_china_writes_them(self) -> None:
        """
        By whatever font there is.
        """
        (language,) = self.DOCUMENT.styles.element.iter(qn("w:lang"))

        assert language.get(qn("w:eastAsia")) == "zh-CN"

    def test_fonts_are_those_of_official_documents(self) -> None:
        """
        Named for East Asian text, which python-docx alone does not.
        """
        paragraphs = (
            self.DOCUMENT.paragraphs[0],
            self.DOCUMENT.paragraphs[1],
            self.TABLE.cell(0, 0).paragraphs[0],
            self.TABLE.cell(1, 3).paragraphs[0],
        )
        fonts = [each.style.element.rPr.rFonts.get(qn("w:eastAsia")) for each in paragraphs]

        assert fonts == ["方正小标宋简体", "仿宋_GB2312", "黑体", "仿宋_GB2312"]
        assert (
            self.DOCUMENT.paragraphs[0].alignment or paragraphs[0].style.paragraph_format.alignment
        )

    @pytest.mark.parametrize("text", ["=1+1", "{ HYPERLINK http://a.cn }", "<w:fldSimple/>", "a&b"])
    def test_every_text_stays_text(self, text: str) -> None:
        """
        No field, no markup, whatever it looks like.
        """
        row = attrs.evolve(YUHUI.rows["1"], task=text, problems=OriginalText.whole(text))
        document: Any = docx.Document(content(attrs.evolve(YUHUI, title=text, rows=[row])))
        body = document.element.body

        assert document.tables[0].cell(1, 2).text == document.paragraphs[0].text == text
        assert not [each for each in body.iter() if "fld" in each.tag or "instr" in each.tag]

    def test_lines_tabs_and_outer_spaces_are_kept(self) -> None:
        """
        A line is a paragraph of its own.
        """
        row = attrs.evolve(YUHUI.rows["1"], problems=OriginalText.whole("  一\t二\r\n\n三 "))
        document: Any = docx.Document(content(attrs.evolve(YUHUI, rows=[row])))

        assert document.tables[0].cell(1, 2).text == "  一\t二\n\n三 "

    def test_a_thousand_rows_take_no_time_by_the_square(self) -> None:
        """
        Under five seconds.
        """
        rows = [attrs.evolve(YUHUI.rows["1"], id=str(n)) for n in range(1000)]
        big = attrs.evolve(YUHUI, rows=rows)
        begun = time.perf_counter()
        content(big)

        assert time.perf_counter() - begun < 5


class TestEmbedded:
    """
    The list itself lies in a part that people do not see.
    """

    def test_yuhui_reads_back_equal(self) -> None:
        """
        From a part that the package itself is related to, also after python-docx saved it.
        """
        document: Any = docx.Document(content(YUHUI))
        again = BytesIO()
        document.save(again)

        assert embedded(content(YUHUI)) == YUHUI
        assert embedded(again) == YUHUI

    @settings(max_examples=25)
    @given(rl=rectification_lists())
    def test_what_is_written_reads_back_equal(self, rl: RectificationList) -> None:
        """
        What is not written has a character in its form that no file holds.
        """
        try:
            file = content(rl)
        except InvalidValueError:
            shown = form_of_list(rl)
            texts = (rl.issuer, *(cell.text for cell in shown.cells), *shown.head)
            blank = [each.printed for each in (rl.dateline, rl.preamble) if each]
            assert "\x00" in "".join((*texts, *blank))
        else:
            assert embedded(file) == rl


class TestWriteDocx:
    """
    The whole file or nothing.
    """

    def test_the_same_list_makes_the_same_bytes(self) -> None:
        """
        No file in the package says when it was packed; its day is the list's, or 1980-01-01.
        """
        with ZipFile(content(YUHUI)) as archive:
            assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert content(YUHUI).getvalue() == content(YUHUI).getvalue()
        about = docx.Document(content(attrs.evolve(YUHUI, issued=None))).core_properties
        assert about.created is not None
        assert about.created.year == 1980

    def test_a_control_character_is_refused_before_anything_is_written(
        self, tmp_path: Path
    ) -> None:
        """
        With its row.
        """
        row = attrs.evolve(YUHUI.rows["2.1"], subtask="a\x0bb")

        with pytest.raises(InvalidValueError) as caught:
            write_docx(attrs.evolve(YUHUI, rows=[row]), tmp_path / "a.docx")

        assert caught.value.field == "write_docx(rows['2.1'].subtask)"
        assert list(tmp_path.iterdir()) == []

    def test_a_path_gets_the_whole_file(self, tmp_path: Path) -> None:
        """
        The same bytes as a buffer.
        """
        path = tmp_path / "a.docx"
        write_docx(YUHUI, path)

        assert path.read_bytes() == content(YUHUI).getvalue()

    def test_without_the_extra_it_says_what_to_install(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        The extra's name and the module's.
        """
        monkeypatch.setitem(sys.modules, "docx", None)

        with pytest.raises(MissingExtraError) as caught:
            write_docx(YUHUI, BytesIO())
        assert (caught.value.extra, caught.value.missing) == ("files", "docx")
