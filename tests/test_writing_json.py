"""
Lists to JSON and back.
"""

from __future__ import annotations

import json
from datetime import date

import attrs
import pytest
from hypothesis import example, given

from rectiflow.documents import list_from_plain, list_to_plain
from rectiflow.lists import RectificationList
from rectiflow.problems import BadDocumentError, Problem
from rectiflow.reading.json import FORMAT, read_json
from rectiflow.reading.load import load
from rectiflow.testing.lists import rectification_lists
from rectiflow.texts import OriginalText
from rectiflow.writing.json import embedded_json, write_json

YUHUI = load("yuhui-2020")
ODD = RectificationList(
    id="odd",
    title="_x0041_ \\_x000D_ \ud800 \ufffe",
    issuer="\x00\x0b\r\n\x85\u2028\ufeff😀",
    preamble=OriginalText.whole("]]></rectiflow>&amp;"),
)


def problems_of(text: str) -> list[tuple[str, str]]:
    """
    Give place and code of every problem of a text.
    """
    return [(each.place, each.code.removeprefix("problem.")) for each in raw_problems(text)]


def raw_problems(text: str) -> tuple[Problem, ...]:
    """
    Give every problem of a text.
    """
    with pytest.raises(BadDocumentError) as caught:
        read_json(text, "a.json")
    assert caught.value.document == "a.json"
    return caught.value.problems


class TestWriteJson:
    """
    A list's JSON is its TOML with days as texts and the format's name.
    """

    @example(rl=ODD)
    @example(rl=YUHUI)
    @given(rl=rectification_lists())
    def test_it_reads_back_to_the_equal_list(self, rl: RectificationList) -> None:
        """
        Both the text for people and the one that is laid into files.
        """
        for text in (write_json(rl), embedded_json(rl)):
            assert list_from_plain(read_json(text)) == rl

    def test_it_holds_what_toml_holds(self) -> None:
        """
        But for the day, which JSON has as a text, and the format before everything.
        """
        data = json.loads(write_json(YUHUI))
        plain = list_to_plain(YUHUI)

        assert next(iter(data.items())) == ("format", FORMAT)
        assert data == {"format": FORMAT, **plain, "issued": "2020-06-17"}
        assert plain["issued"] == date(2020, 6, 17)

    def test_it_is_for_people_to_read(self) -> None:
        """
        Chinese stands as it is, indented by two, with a line end at the end.
        """
        text = write_json(YUHUI)

        assert '\n  "title": "禹会区政务公开“六提六促”专项行动整改清单",\n' in text
        assert text.endswith("}\n")

    @example(rl=ODD)
    @given(rl=rectification_lists())
    def test_every_line_is_a_line_and_every_character_utf_8(self, rl: RectificationList) -> None:
        """
        Odd characters are escaped, so that no editor and no encoder stumbles.
        """
        text = write_json(rl)

        assert text.encode()
        assert text.split("\n") == [*text.splitlines(), ""]

    @example(rl=ODD)
    @given(rl=rectification_lists())
    def test_the_embedded_text_has_nothing_a_file_would_change(self, rl: RectificationList) -> None:
        """
        No character that XML lacks, and nothing like a spreadsheet's escape.
        """
        text = embedded_json(rl)

        assert text.isprintable() or all(ord(each) >= 0x20 for each in text)
        assert not {"\n", "\r", "\ud800", "\ufffe", "\ufeff"} & set(text)
        assert "_x" not in text


class TestReadJson:
    """
    What is no JSON, or no JSON of ours, is told with its place.
    """

    @pytest.mark.parametrize(
        ("text", "place"),
        [
            ("", "line 1, column 1"),
            ('{\n  "id": 示例}', "line 2, column 9"),
            ('{"id": "a"', "line 1, column 11"),
            ('{"id": "a"} x', "line 1, column 13"),
            ('{"id": "a\n"}', "line 1, column 10"),
        ],
    )
    def test_a_syntax_error_has_line_and_column(self, text: str, place: str) -> None:
        """
        Counted from 1, as editors do.
        """
        assert problems_of(text) == [(place, "bad-json")]

    @pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000])
    def test_deep_nesting_is_a_problem_and_no_crash(self, text: str) -> None:
        """
        A hostile file ends in an error of ours.
        """
        assert problems_of(text) == [("", "too-deep")]

    def test_every_key_that_stands_twice_is_told(self) -> None:
        """
        With its place; Python alone would keep the last in silence.
        """
        text = '{"id": "a", "id": "b", "rows": [{}, {"task": 1, "x": {"y": 1, "y": 1}, "task": 2}]}'

        assert problems_of(text) == [
            ("id", "key-twice"),
            ("rows[1].task", "key-twice"),
            ("rows[1].x.y", "key-twice"),
        ]

    @pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
    def test_a_number_that_is_none_is_told(self, number: str) -> None:
        """
        JSON has no such words, though Python reads them.
        """
        assert problems_of(f'{{"rows": [{number}]}}') == [("rows[0]", "bad-json")]

    def test_an_endless_number_is_told(self) -> None:
        """
        Python refuses to read so many digits.
        """
        assert problems_of(f'{{"a": {"9" * 5000}}}') == [("", "bad-json")]

    @pytest.mark.parametrize("text", ["[]", '"a"', "1", "null"])
    def test_a_text_that_is_no_object_is_told(self, text: str) -> None:
        """
        A list begins with a brace.
        """
        assert problems_of(text) == [("", "wrong-type")]

    @pytest.mark.parametrize("name", ['"rectiflow-list/2"', '"rectiflow-ledger/1"', "1", "null"])
    def test_another_format_is_refused(self, name: str) -> None:
        """
        A newer one most of all: it might mean something else by the same keys.
        """
        assert problems_of(f'{{"format": {name}}}') == [("format", "unknown-format")]

    def test_the_keys_about_the_text_are_not_the_lists(self) -> None:
        """
        A text may lack them; a byte order mark is passed over.
        """
        about = '\ufeff{"$schema": "list.schema.json", "format": "rectiflow-list/1", "id": "a"}'

        assert read_json(about) == read_json('{"id": "a"}') == {"id": "a"}

    def test_yuhui_without_its_format_is_still_yuhui(self) -> None:
        """
        Someone who writes JSON by hand need not know the format's name.
        """
        data = {**list_to_plain(attrs.evolve(YUHUI, issued=None))}

        assert list_from_plain(read_json(json.dumps(data))) == attrs.evolve(YUHUI, issued=None)
