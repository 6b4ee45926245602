"""
TOML in and out.
"""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import attrs
import pytest
from hypothesis import given

from rectiflow.documents import list_from_plain, list_to_plain, roster_from_plain
from rectiflow.problems import BadDocumentError
from rectiflow.reading.load import load
from rectiflow.reading.toml import read_toml, read_toml_file
from rectiflow.testing.lists import rectification_lists, rosters
from rectiflow.writing.toml import write_roster_toml, write_toml

if TYPE_CHECKING:
    from pathlib import Path

    from rectiflow.lists import RectificationList
    from rectiflow.rosters import Roster


class TestReadToml:
    """
    A document that is no TOML has one problem: where it stops being TOML.
    """

    @pytest.mark.parametrize(
        ("text", "place"),
        [
            ('id = "a"\ntitle = 示例', "line 2, column 9"),
            ("id = 'a'\nid = 'b'", "line 2, column 9"),
            ("a = [1,\n2", "line 2, column 2"),
            ('a = "没有写完', "line 1, column 10"),
            ("a = ", "line 1, column 5"),
        ],
    )
    def test_a_syntax_error_has_line_and_column(self, text: str, place: str) -> None:
        """
        Counted from 1, as editors do; at the end of the text too.
        """
        with pytest.raises(BadDocumentError) as caught:
            read_toml(text, "a.toml")

        (problem,) = caught.value.problems
        assert (problem.place, problem.code) == (place, "problem.toml-syntax")
        assert caught.value.document == "a.toml"

    def test_deep_nesting_is_a_problem_and_no_crash(self) -> None:
        """
        A hostile file ends in an error of ours.
        """
        with pytest.raises(BadDocumentError) as caught:
            read_toml("a = " + "[" * 100_000)

        assert caught.value.problems[0].code in {"problem.too-deep", "problem.toml-syntax"}


class TestReadTomlFile:
    """
    Files as editors save them.
    """

    def test_a_byte_order_mark_and_windows_line_ends(self, tmp_path: Path) -> None:
        """
        Both are what Notepad writes.
        """
        path = tmp_path / "a.toml"
        path.write_bytes('\ufeffid = "甲"\r\ntitle = "乙"\r\n'.encode())

        assert read_toml_file(path) == {"id": "甲", "title": "乙"}

    def test_another_encoding_is_told_with_its_line(self, tmp_path: Path) -> None:
        """
        GBK is common in old files.
        """
        path = tmp_path / "a.toml"
        path.write_bytes('id = "a"\ntitle = "示例"\n'.encode("gbk"))
        with pytest.raises(BadDocumentError) as caught:
            read_toml_file(path)

        (problem,) = caught.value.problems
        assert (problem.place, problem.code) == ("line 2", "problem.not-utf-8")
        assert caught.value.document == str(path)


class TestWriteToml:
    """
    What is written is read back.
    """

    @given(rectification_lists())
    def test_lists_round_trip(self, rl: RectificationList) -> None:
        """
        Every list, with odd characters and line ends, is read back equal.
        """
        assert list_from_plain(read_toml(write_toml(rl))) == rl

    @given(rosters())
    def test_rosters_round_trip(self, roster: Roster) -> None:
        """
        Every roster likewise.
        """
        assert roster_from_plain(read_toml(write_roster_toml(roster))) == roster

    @given(rectification_lists())
    def test_is_what_the_standard_library_reads(self, rl: RectificationList) -> None:
        """
        The text is the plain data in TOML and nothing more.
        """
        assert tomllib.loads(write_toml(rl)) == list_to_plain(rl)

    def test_a_text_of_several_lines_is_written_over_several(self) -> None:
        """
        So that people can read it; a carriage return is kept at the price of one long line.
        """
        rl = load("yuhui-2020")

        assert '"""\n一\n二"""' in write_toml(attrs.evolve(rl, issuer="一\n二"))
        assert '"一\\r\\n二"' in write_toml(attrs.evolve(rl, issuer="一\r\n二"))
