"""
Tables as people or programs want them.
"""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

import rectiflow as rf
from rectiflow.cli.drawing import drawn
from rectiflow.cli.review import board
from rectiflow.cli.table import Column, Format, Sheet, console_for, print_sheets
from rectiflow.stages import Stage
from rectiflow.verdicts import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rectiflow.messages import Language


def _sheet(*rows: list[object], usual: object = None) -> Sheet:
    columns = [Column("unit"), Column("due"), Column("days_left", is_number=True, usual=usual)]
    return Sheet(name="milestones", columns=columns, rows=list(rows))


def _printed(
    *sheets: Sheet, how: Format = Format.TABLE, width: int | None = None, lang: Language = "zh"
) -> str:
    out = io.StringIO()
    if width is None:
        console = console_for(out)
    else:
        console = Console(file=out, force_terminal=True, width=width, color_system=None)
    print_sheets(sheets, how, lang, console)
    return out.getvalue()


class TestTable:
    """
    Aligned, folded where room is short, never cut.
    """

    @pytest.mark.parametrize("width", [80, 120])
    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_the_board_fits_the_terminal(self, width: int, lang: Language) -> None:
        """
        No line is wider, Chinese characters counted as two; no day is folded, no name cut.
        """
        found = rf.assign(rf.load("yuhui-2020")).review(as_of=date(2020, 7, 1))
        printed = _printed(*board(found), width=width, lang=lang)

        assert max(map(cell_len, printed.splitlines())) <= width
        assert printed.count("2020-06-30") == len(found.with_outcome("overdue"))
        assert "…" not in printed

    @pytest.mark.parametrize("width", [20, 40])
    def test_nothing_is_cut_even_where_there_is_no_room(self, width: int) -> None:
        """
        Every character of a name is there, if on many lines.
        """
        name = "区住房和城乡建设交通局"
        printed = _printed(_sheet([name, date(2020, 6, 30), -188]), width=width)

        assert max(map(cell_len, printed.splitlines())) <= width
        assert all(each in printed for each in name)

    def test_days_stay_whole_as_long_as_prose_can_give_way(self) -> None:
        """
        Half a day in a line could be read as another.
        """
        sheet = _sheet(["区住房和城乡建设交通局", date(2020, 6, 30), -188])

        assert "2020-06-30" in _printed(sheet, width=24)

    def test_no_edge_without_a_terminal(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        A long name stays on its line, whatever COLUMNS says.
        """
        monkeypatch.setenv("COLUMNS", "40")
        name = "禹会区人民政府办公室" * 30

        assert name in _printed(_sheet([name, None, 1]))

    def test_columns_are_aligned(self) -> None:
        """
        Every line of a table is as wide as the next.
        """
        printed = _printed(_sheet(["区统计局", None, 1], ["abc", date(2020, 6, 30), -188]))

        assert len({cell_len(line) for line in printed.splitlines()[1:]}) == 1

    def test_columns_that_say_nothing_are_left_out(self) -> None:
        """
        Empty ones, and those with nothing but their usual value; 0 days left is not nothing.
        """
        assert "期限" not in _printed(_sheet(["a", None, 0]))
        assert "剩余天数" in _printed(_sheet(["a", None, 0]))
        assert "剩余天数" not in _printed(_sheet(["a", None, 0], usual=0))
        assert "剩余天数" in _printed(_sheet(["a", None, 0], ["b", None, 1], usual=0))

    def test_markup_and_emoji_codes_are_texts(self) -> None:
        """
        A list's own words are never commands to Rich.
        """
        assert "[/x] :smile:" in _printed(_sheet(["[/x] :smile:", None, 1]))

    def test_an_empty_sheet_says_so(self) -> None:
        """
        Not a head without a body.
        """
        assert "（无）" in _printed(_sheet())


CELLS = st.text(st.sampled_from("a Ｂ区é\U0001f600[/x]\n"), max_size=12).map(str.strip)


class TestDrawing:
    """
    "what is drawn here is what it draws where there is no edge, to the character"
    """

    @given(
        rows=st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=5),
        numbers=st.tuples(st.booleans(), st.booleans()),
    )
    @example(rows=[("区\n区区", "a"), ("", "b")], numbers=(False, True))
    def test_is_what_rich_would_draw(
        self, rows: list[tuple[str, str]], numbers: tuple[bool, bool]
    ) -> None:
        """
        Wide characters, cells of many lines, empty ones, numbers to the right.
        """
        headings = ["责任单位", "n"]
        table = Table()
        for heading, right in zip(headings, numbers, strict=True):
            table.add_column(Text(heading), justify="right" if right else "left")
        for row in rows:
            table.add_row(*map(Text, row))
        out = io.StringIO()
        Console(file=out, width=1_000).print(table)

        assert "".join(drawn(headings, rows, numbers)) == out.getvalue()

    def test_a_long_sheet_says_what_it_leaves_out(self) -> None:
        """
        And nothing is left out of one that is just as long as may be, nor of JSON and CSV.
        """
        rows: list[list[object]] = [[f"u{n}", None, n] for n in range(101)]
        long = attrs.evolve(_sheet(*rows), most=100)
        printed = _printed(long, lang="en")

        assert "1 more row is not shown: --all" in printed
        assert ("u99" in printed, "u100" in printed) == (True, False)
        assert "not shown" not in _printed(attrs.evolve(long, rows=rows[:100]), lang="en")
        assert "u100" in _printed(long, how=Format.CSV)
        assert "u100" in _printed(long, how=Format.JSON)

    @pytest.mark.parametrize("n", [0, 1, 500, 501])
    def test_long_json_is_the_same_json(self, n: int) -> None:
        """
        Written row by row or indented.
        """
        rows: list[list[object]] = [[f"u{k}", date(2020, 6, 30), k] for k in range(n)]
        long = _sheet(*rows)
        empty = attrs.evolve(_sheet(), name="none")
        read = json.loads(_printed(long, empty, how=Format.JSON))

        assert read["none"] == []
        assert [row["days_left"] for row in read["milestones"]] == list(range(n))

    @pytest.mark.parametrize("how", [Format.JSON, Format.CSV])
    def test_a_long_sheet_keeps_apart_what_is_equal(self, how: Format) -> None:
        """
        A number and an answer, a key with a sign of formats: as each would be written alone.
        """
        kinds: list[object] = [1, True, None, 0, False, "1", Stage.RECTIFIED, "rectified", "=1"]
        rows: list[list[object]] = [[kinds[k % 9], ("a", k % 2), k] for k in range(1_000)]
        columns = [Column("%s"), Column("due"), Column("n")]
        long = Sheet(name="milestones", columns=columns, rows=rows)
        one_by_one = [_printed(attrs.evolve(long, rows=[row]), how=how) for row in rows[:18]]
        printed = _printed(long, how=how)

        if how is Format.CSV:
            assert printed.splitlines()[1:19] == [each.splitlines()[1] for each in one_by_one]
        else:
            alone = [json.loads(each)["milestones"] for each in one_by_one]
            found = json.loads(printed)["milestones"]
            assert repr(found[:18]) == repr([*chain.from_iterable(alone)])

    def test_rows_that_nobody_would_see_are_counted(self) -> None:
        """
        Where they were not even laid out.
        """
        long = attrs.evolve(_sheet(["u0", None, 0]), total=3)

        assert "2 more rows are not shown: --all" in _printed(long, lang="en")

    def test_a_board_cut_short_has_the_most_pressing_in_order(self) -> None:
        """
        Those that sorting all of it puts first; a board that is not too long stays as it is.
        """
        found = rf.assign(rf.load("yuhui-2020")).review(as_of=date(2020, 6, 29))
        whole = board(found, only=tuple(Outcome))[-1]
        attention = list(map(str, ("overdue", "due_today", "due_soon", "unresolved")))

        def press(row: Sequence[object]) -> tuple[int, object]:
            outcome = str(row[4])
            place = attention.index(outcome) if outcome in attention else len(attention)
            return place, row[5] or date.max

        for most in (1, 30, len(whole.rows) - 1):
            cut = board(found, only=tuple(Outcome), most=most)[-1]
            assert list(cut.rows) == sorted(whole.rows, key=press)[:most]
            assert cut.total == len(whole.rows)
        full = board(found, only=tuple(Outcome), most=len(whole.rows))[-1]
        assert full.rows == whole.rows

    def test_a_long_table_on_a_terminal_is_not_folded(self) -> None:
        """
        It is drawn as into a file: all of it, and at once.
        """
        rows: list[list[object]] = [[f"u{k}", None, k] for k in range(201)]
        long = _sheet(*rows)

        assert _printed(long, width=10, lang="en") == _printed(long, lang="en")


class Closed(io.StringIO):
    """
    A pipe that nobody reads.
    """

    def write(self, _text: str) -> int:
        """
        Fail as one does.
        """
        raise BrokenPipeError


class TestClosedPipe:
    """
    Whoever runs the command decides what to do, not the package that draws tables.
    """

    def test_is_raised(self) -> None:
        """
        Rich would exit with 1, which stands for "overdue".
        """
        with pytest.raises(BrokenPipeError):
            print_sheets([_sheet()], Format.TABLE, "en", console_for(Closed()))


class TestJson:
    """
    One object with a list for each sheet.
    """

    def test_plain_values(self) -> None:
        """
        ISO days, numbers as numbers, names of states as their codes, none as null.
        """
        found = _sheet(["a", date(2020, 6, 30), -1], [Stage.RECTIFIED, None, 0], usual=0)

        assert json.loads(_printed(found, how=Format.JSON)) == {
            "milestones": [
                {"unit": "a", "due": "2020-06-30", "days_left": -1},
                {"unit": "rectified", "due": None, "days_left": 0},
            ]
        }


class TestCsv:
    """
    One sheet, with a line of keys.
    """

    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
    def test_formulas_are_defused(self, start: str) -> None:
        """
        Also as the first of several; a number below nought is a number.
        """
        text = f"{start}1+1"
        printed = _printed(_sheet([text, None, -1], [[text, "b"], None, 0]), how=Format.CSV)
        rows = list(csv.reader(io.StringIO(printed, newline="")))

        assert rows[0] == ["unit", "due", "days_left"]
        assert rows[1] == [f"'{text}", "", "-1"]
        assert rows[2][0].startswith(f"'{text}")

    def test_commas_quotes_and_line_breaks_come_back(self) -> None:
        """
        As they were.
        """
        printed = _printed(_sheet(['a,"b"\nc', None, 1]), how=Format.CSV)

        assert list(csv.reader(io.StringIO(printed, newline="")))[1][0] == 'a,"b"\nc'
