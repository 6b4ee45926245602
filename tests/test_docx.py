"""
Word documents as Word shows them with all changes accepted.
"""

from __future__ import annotations

import io
import zipfile
from itertools import product

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from hypothesis import given
from hypothesis import strategies as st

from rectiflow.problems import BadDocumentError
from rectiflow.reading.docx import read_docx
from rectiflow.reading.grids import Grid, Page, Paragraph

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_X = "<w:p><w:r><w:t>x</w:t></w:r></w:p>"
_BOX = f"<w:pict><w:txbxContent>{_X}</w:txbxContent></w:pict>"
_GONE = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
_MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
_TWICE = (
    f"<mc:AlternateContent {_MC}><mc:Choice><w:r>{_BOX}</w:r></mc:Choice>"
    f"<mc:Fallback><w:r>{_BOX}</w:r></mc:Fallback></mc:AlternateContent>"
)
_TC = "<w:tc>{}<w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"


def _page(body: str, more: dict[str, str] | None = None) -> Page:
    document = docx.Document()
    for each in parse_xml(f"<w:body {_W}>{body}</w:body>"):
        document.element.body.insert_element_before(each, "w:sectPr")
    content = io.BytesIO()
    document.save(content)
    with zipfile.ZipFile(content, "a") as archive:
        for name, part in (more or {}).items():
            archive.writestr(name, part)
    return read_docx(content.getvalue(), "a.docx")


def _paragraphs(body: str) -> list[str]:
    return [paragraph.text for paragraph in _page(body).paragraphs]


def _texts(grid: Grid) -> list[list[str]]:
    return [
        [grid.text(row, column) for column in range(grid.width)] for row in range(len(grid.places))
    ]


def _grids(*rows: str) -> list[list[list[str]]]:
    table = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    return [_texts(grid) for grid in _page(f"<w:tbl>{table}</w:tbl>").grids]


def _tc(text: str, span: int = 1, merge: str = "") -> str:
    width = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return _TC.format(f"<w:tcPr>{width}{merge}</w:tcPr>", text)


_FIRST = '<w:vMerge w:val="restart"/>'
_NEXT = "<w:vMerge/>"


class TestTexts:
    """
    What is printed is read, and nothing else.
    """

    @pytest.mark.parametrize(
        ("inner", "text"),
        [
            ("<w:r><w:t>整</w:t></w:r><w:r><w:t>改</w:t></w:r>", "整改"),
            ("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r>", "a|b"),
            ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r>", "a\tb"),
            ("<w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr><w:r><w:t>a</w:t></w:r>", "a"),
            ("<w:ins><w:r><w:t>a</w:t></w:r></w:ins>", "a"),
            ("<w:del><w:r><w:t>x</w:t></w:r></w:del><w:r><w:t>a</w:t></w:r>", "a"),
            ("<w:moveFrom><w:r><w:t>x</w:t></w:r></w:moveFrom><w:r><w:t>a</w:t></w:r>", "a"),
            ("<w:hyperlink><w:r><w:t>a</w:t></w:r></w:hyperlink>", "a"),
            ("<w:sdt><w:sdtContent><w:r><w:t>a</w:t></w:r></w:sdtContent></w:sdt>", "a"),
            ("<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>1</w:t></w:r>", "1"),
            ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r><w:r><w:t>a</w:t></w:r>", "a"),
            ("<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>a</w:t></w:r>", "a"),
            (f"<w:r><w:t>a</w:t>{_BOX}<w:t>b</w:t></w:r>", "x|ab"),
            (f"<w:r><w:rPr><w:vanish/></w:rPr>{_BOX}</w:r><w:r><w:t>a</w:t></w:r>", "a"),
            (f"{_GONE}<w:r>{_BOX}<w:t>a</w:t></w:r></w:p><w:p><w:r><w:t>b</w:t></w:r>", "x|ab"),
            (_TWICE, "x"),
        ],
    )  # fmt: skip
    def test_a_paragraph_is_read_as_shown(self, inner: str, text: str) -> None:
        """
        Insertions are in, deletions, fields and hidden text are out; text boxes come first, once.
        """
        assert "|".join(_paragraphs(f"<w:p>{inner}</w:p>")) == text

    def test_a_deleted_paragraph_mark_joins_two_paragraphs(self) -> None:
        """
        As accepting the change does.
        """
        mark = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"

        assert _paragraphs(
            f"<w:p>{mark}<w:r><w:t>a</w:t></w:r></w:p><w:p><w:r><w:t>b</w:t></w:r></w:p>"
        ) == ["ab"]

    def test_footnotes_stand_at_the_end(self) -> None:
        """
        Their words are the document's too.
        """
        document = docx.Document()
        document.add_paragraph("a")
        part = Part(
            PackURI("/word/footnotes.xml"),
            "application/xml",
            f"<w:footnotes {_W}><w:footnote>{_X}</w:footnote></w:footnotes>".encode(),
            document.part.package,
        )
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        content = io.BytesIO()
        document.save(content)

        page = read_docx(content.getvalue(), "a")

        assert [paragraph.text for paragraph in page.paragraphs] == ["a", "x"]

    def test_a_deleted_row_is_not_read(self) -> None:
        """
        The others are.
        """
        gone = "<w:trPr><w:del/></w:trPr>" + _tc("x") + _tc("y")

        assert _grids(_tc("a") + _tc("b"), gone, _tc("c") + _tc("d")) == [[["a", "b"], ["c", "d"]]]

    def test_paragraphs_and_tables_keep_their_order(self) -> None:
        """
        Paragraphs of a cell are lines of its text.
        """
        document = docx.Document()
        document.add_paragraph("一")
        table = document.add_table(1, 2)
        table.cell(0, 0).text = "a\nb"
        table.cell(0, 1).add_paragraph("c")
        document.add_paragraph("")
        document.add_paragraph("二")
        content = io.BytesIO()
        document.save(content)

        first, grid, last = read_docx(content.getvalue(), "a").blocks

        assert (first, last) == (Paragraph("一", "paragraph 1"), Paragraph("二", "paragraph 2"))
        assert isinstance(grid, Grid)
        assert _texts(grid) == [["a\nb", "c"]]


class TestMergedCells:
    """
    The file says which cells are merged.
    """

    @pytest.mark.parametrize(
        ("rows", "texts"),
        [
            ([_tc("a", 2), _tc("b") + _tc("c")], [["a", "a"], ["b", "c"]]),
            (
                [_tc("a", 1, _FIRST) + _tc("b"), _tc("", 1, _NEXT) + _tc("c")],
                [["a", "b"], ["a", "c"]],
            ),
            (
                [_tc("a", 1, _FIRST) + _tc("b"), _tc("c", 1, _FIRST) + _tc("d")],
                [["a", "b"], ["c", "d"]],
            ),
            ([_tc("a", 1, _NEXT) + _tc("b")], [["a", "b"]]),
            (
                [_tc("a", 2, _FIRST) + _tc("b"), _tc("x", 1, _NEXT) + _tc("y") + _tc("c")],
                [["a", "a", "b"], ["x", "y", "c"]],
            ),
            (
                [_tc("a") + _tc("b"), '<w:trPr><w:gridBefore w:val="1"/></w:trPr>' + _tc("c")],
                [["a", "b"], ["", "c"]],
            ),
            ([_tc("a", 2) + _tc("b", 3), _tc("c", 2) + _tc("d", 3)], [["a", "b"], ["c", "d"]]),
            (
                [_tc("a", 2, _FIRST) + _tc("b"), _tc("", 2, _NEXT) + _tc("c"), _tc("d") * 3],
                [["a", "a", "b"], ["a", "a", "c"], ["d", "d", "d"]],
            ),
        ],
    )
    def test_merges_are_laid_out(self, rows: list[str], texts: list[list[str]]) -> None:
        """
        Across, down and both; a part of a merge that begins nowhere is a cell.
        """
        assert _grids(*rows) == [texts]

    @given(
        st.integers(2, 5),
        st.integers(2, 5),
        st.lists(st.tuples(*[st.integers(0, 4)] * 4), max_size=3),
    )
    def test_agrees_with_python_docx(
        self, height: int, width: int, merges: list[tuple[int, int, int, int]]
    ) -> None:
        """
        Each place holds the text that python-docx has there.
        """
        document = docx.Document()
        # The last row and column are never merged, so that none only repeats.
        table = document.add_table(height + 1, width + 1)
        for row in range(height + 1):
            for column in range(width + 1):
                table.cell(row, column).text = f"{row},{column}"
        taken: set[tuple[int, int]] = set()
        for first_row, first_column, last_row, last_column in merges:
            top, bottom = sorted((first_row % height, last_row % height))
            left, right = sorted((first_column % width, last_column % width))
            places = set(product(range(top, bottom + 1), range(left, right + 1)))
            # python-docx writes nonsense where one merge crosses another.
            if not places & taken:
                table.cell(top, left).merge(table.cell(bottom, right))
                taken |= places
        content = io.BytesIO()
        document.save(content)

        (grid,) = read_docx(content.getvalue(), "a").grids

        assert _texts(grid) == [[cell.text for cell in row.cells] for row in table.rows]


class TestNestedTables:
    """
    A table that lays out the page does not swallow the table of data.
    """

    def test_a_layout_table_is_taken_apart(self) -> None:
        """
        Its texts are paragraphs.
        """
        inner = f"<w:tbl><w:tr>{_tc('1')}{_tc('2')}</w:tr></w:tbl><w:p/>"
        page = _page(f"<w:tbl><w:tr>{_tc('menu')}<w:tc>{inner}</w:tc></w:tr></w:tbl>")

        paragraph, grid = page.blocks
        assert paragraph == Paragraph("menu", "paragraph 1")
        assert isinstance(grid, Grid)
        assert _texts(grid) == [["1", "2"]]


class TestEmbedded:
    """
    A list that rectiflow laid into the file comes out as it went in.
    """

    def test_the_part_is_read_from_the_archive(self) -> None:
        """
        Its text is the JSON, with what XML has to escape.
        """
        part = '<rectiflow xmlns="urn:rectiflow:list">{"a": "&lt;整改&gt;"}</rectiflow>'

        page = _page("<w:p/>", {"customXml/rectiflow.json.xml": part})

        assert page.embedded == '{"a": "<整改>"}'

    def test_most_files_have_none(self) -> None:
        """
        Which is not the same as an empty one.
        """
        assert _page("<w:p/>").embedded is None


class TestRefusals:
    """
    What would be read wrongly is refused.
    """

    def test_a_definition_in_the_document_is_refused_with_its_line(self) -> None:
        """
        Other readers leave out in silence what it stands for.
        """
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as archive:
            archive.writestr(
                "_rels/.rels",
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                '<Relationship Id="a" Target="d.xml" Type="a/officeDocument"/></Relationships>',
            )
            archive.writestr(
                "d.xml", f"<!--{'x' * 70_000}-->\n<!DOCTYPE a [<!ENTITY b 'c'>]><w:document {_W}/>"
            )

        with pytest.raises(BadDocumentError) as caught:
            read_docx(content.getvalue(), "a.docx")

        (problem,) = caught.value.problems
        assert (problem.place, problem.code) == ("d.xml, line 2", "problem.dtd")
