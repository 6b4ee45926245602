"""
Pages as a browser shows them.
"""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectiflow.errors import MissingExtraError
from rectiflow.problems import BadDocumentError
from rectiflow.reading.grids import Grid, Paragraph
from rectiflow.reading.html import read_html


def _grids(page: str) -> list[list[list[str]]]:
    grids = read_html(page.encode(), "a.html").grids
    return [
        [
            [grid.text(row, column) for column in range(grid.width)]
            for row in range(len(grid.places))
        ]
        for grid in grids
    ]


def _paragraphs(page: str) -> list[str]:
    return [paragraph.text for paragraph in read_html(page.encode(), "a.html").paragraphs]


class TestMergedCells:
    """
    Every place knows the cell that covers it.
    """

    def test_a_row_span_covers_the_rows_below(self) -> None:
        """
        It is known to be inherited there, and its place is where it begins.
        """
        (grid,) = read_html(
            b"<table><tr><td rowspan=2>1<td>a<tr><td>b<tr><td>2<td>c</table>", "a"
        ).grids

        assert grid.is_inherited(1, 0)
        assert not grid.is_inherited(2, 0)
        cell = grid.places[1][0]
        assert cell is not None
        assert (cell.row, cell.rows, cell.place) == (0, 2, "table 1, row 1, column 1")

    @pytest.mark.parametrize(
        ("table", "texts"),
        [
            ("<tr><td colspan=2>a<tr><td>b<td>c", [["a", "a"], ["b", "c"]]),
            ("<tr><td>a<td rowspan=9>b<tr><td>c", [["a", "b"], ["c", "b"]]),
            ("<tr><td rowspan=0>a<td>b<tr><td>c<tr><td>d", [["a", "b"], ["a", "c"], ["a", "d"]]),
            ("<tr><td rowspan=2>a<td rowspan=2>b<tr><tr><td>c<td>d", [["a", "b"], ["c", "d"]]),
            ("<tr><td colspan=1000>a<tr><td>b<td>c", [["a", "a"], ["b", "c"]]),
            ("<tr><td colspan=x rowspan=-1>a<td>b", [["a", "b"]]),
            ("<tr><td>a<td>b<tr><td>c", [["a", "b"], ["c", ""]]),
            ("<tr><td><td><td><tr><td><td>a<td>b<tr><td>", [["a", "b"]]),
            (
                "<tr><td rowspan=2>a<td>b<td rowspan=2>c<tr><td>d",
                [["a", "b", "c"], ["a", "d", "c"]],
            ),
        ],
    )
    def test_spans_are_laid_out(self, table: str, texts: list[list[str]]) -> None:
        """
        To the end of the table at most, and without rows and columns that only repeat.
        """
        assert _grids(f"<table>{table}</table>") == [texts]

    @given(st.lists(st.integers(1, 4), min_size=1, max_size=6))
    def test_a_row_span_reaches_as_far_as_it_says(self, spans: list[int]) -> None:
        """
        Held against a list written out row by row.
        """
        rows = [
            f"<tr><td rowspan={span}>{n}<td>x" + "<tr><td>x" * (span - 1)
            for n, span in enumerate(spans)
        ]
        expected = [[str(n), "x"] for n, span in enumerate(spans) for _ in range(span)]

        assert _grids(f"<table>{''.join(rows)}</table>") == [expected]


class TestTexts:
    """
    A cell's text is what is printed, line by line.
    """

    @pytest.mark.parametrize(
        ("cell", "text"),
        [
            ("1,234", "1,234"),
            ("a<br>b", "a\nb"),
            ("<p>a</p><p>b", "a\nb"),
            ("<p>a<p>&nbsp;<p>b", "a\nb"),
            ("a\n  b", "a b"),
            ("a <b> b</b>", "a b"),
            ("&nbsp;a&nbsp;b&#12288;", "a\xa0b"),
            ("<pre>a\n  b</pre>", "a\nb"),
            ("<ul><li>a<li>b</ul>", "a\nb"),
            ("<script>x</script>a<style>y</style><!-- z -->", "a"),
            ("<span style='Display: none'>x</span>a<span hidden>y</span>", "a"),
            ("2020<b>年</b>6<font>月</font>", "2020年6月"),
            ("&lt;b&gt;&#x6574;", "<b>整"),
            ("1.10", "1.10"),
        ],
    )
    def test_a_cell_is_read_as_shown(self, cell: str, text: str) -> None:
        """
        Nothing becomes a number, nothing hidden is read.
        """
        assert _grids(f"<table><tr><td>{cell}<td>z</table>") == [[[text, "z"]]]

    def test_paragraphs_and_tables_keep_their_order(self) -> None:
        """
        Each has the place that it has among its kind.
        """
        page = read_html(b"<title>t</title><h1>a</h1>b<table><tr><td>1<td>2</table><p>c", "a.html")

        first, second, grid, third = page.blocks
        assert isinstance(grid, Grid)
        assert grid.name == "table 1"
        assert (first, second, third) == (
            Paragraph("a", "paragraph 1"),
            Paragraph("b", "paragraph 2"),
            Paragraph("c", "paragraph 3"),
        )

    def test_a_long_text_is_not_cut_off(self) -> None:
        """
        By itself lxml drops what is longer than 10 MB.
        """
        (paragraph,) = read_html(b"<html><p>" + "整".encode("gbk") * 4_900_000, "a").paragraphs

        assert len(paragraph.text) == 4_900_000

    @pytest.mark.parametrize("declared", ["gb2312", "GBK", "gb18030"])
    def test_a_page_in_gb18030_is_read(self, declared: str) -> None:
        """
        As it declares in either form.
        """
        for head in (
            f"<meta charset='{declared}'>",
            f"<meta content='text/html; charset={declared}'>",
        ):
            page = read_html(f"{head}<p>整改镕".encode("gb18030"), "a")
            assert [each.text for each in page.paragraphs] == ["整改镕"]


class TestNestedTables:
    """
    A table that lays out the page does not swallow the table of data.
    """

    def test_a_layout_table_is_taken_apart(self) -> None:
        """
        Its texts are paragraphs before and after.
        """
        page = read_html(
            b"<table><tr><td>menu<td><table><tr><td>1<td>2<tr><td>3<td>4</table>foot</table>", "a"
        )

        assert [type(block) for block in page.blocks] == [Paragraph, Grid, Paragraph]

    def test_the_innermost_of_three_is_the_table(self) -> None:
        """
        However deep the page was built.
        """
        inner = "<table><tr><td>1<td>2</table>"
        page = f"<table><tr><td>a<td><table><tr><td>b<tr><td>{inner}</table></table>"

        assert _grids(page) == [[["1", "2"]]]
        assert _paragraphs(page) == ["a", "b"]

    def test_a_long_menu_does_not_hide_the_table(self) -> None:
        """
        However regular the menu is, if the table inside says more.
        """
        inner = f"<table>{'<tr><td>1<td>2' * 9}</table>"
        page = f"<table>{'<tr><td>a<td>b' * 4}<tr><td>c<td>{inner}</table>"

        assert _grids(page) == [[["1", "2"]] * 9]

    def test_two_tables_side_by_side_are_two(self) -> None:
        """
        Both are read, in order.
        """
        page = (
            "<table><tr><td><table><tr><td>1<td>2</table><td><table><tr><td>3<td>4</table></table>"
        )

        assert _grids(page) == [[["1", "2"]], [["3", "4"]]]

    def test_a_list_with_a_small_table_in_a_cell_stays_a_list(self) -> None:
        """
        The small one is read as lines of its cell.
        """
        row = "<tr><td>1<td>a<td>b"
        inner = "<table><tr><td>x<td>y</table>"
        page = f"<table>{row * 4}<tr><td>5<td>c<td>{inner}</table>"

        (grid,) = _grids(page)
        assert grid[4] == ["5", "c", "x\ty"]

    def test_a_single_column_is_paragraphs(self) -> None:
        """
        A frame around a text is no table.
        """
        assert _paragraphs("<table><tr><td>a<tr><td>b</table>") == ["a", "b"]

    def test_what_stands_beside_the_cells_comes_before_them(self) -> None:
        """
        As in browsers; a caption too.
        """
        page = "<table><caption>c</caption><tr>x<td>1<td>2</table>"

        assert _paragraphs(page) == ["c", "x"]


class TestRefusals:
    """
    What is not whole is not read.
    """

    def test_a_page_cut_off_in_a_table_is_refused(self) -> None:
        """
        At the line where its last table begins.
        """
        with pytest.raises(BadDocumentError) as caught:
            read_html(b"<p>a\n<table>\n<tr><td>1<td>2", "a.html")

        (problem,) = caught.value.problems
        assert (problem.place, problem.code) == ("line 2", "problem.html-cut")

    def test_a_page_that_ends_without_closing_its_table_is_read(self) -> None:
        """
        Writers forget an end tag; the page's own end shows that nothing is lost.
        """
        assert _grids("<table><tr><td>1<td>2</body>") == [[["1", "2"]]]

    def test_without_lxml_the_extra_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        So that the clerk knows what to install.
        """
        monkeypatch.setitem(sys.modules, "lxml", None)

        with pytest.raises(MissingExtraError) as caught:
            read_html(b"<p>a", "a")

        assert (caught.value.extra, caught.value.missing) == ("files", "lxml")
