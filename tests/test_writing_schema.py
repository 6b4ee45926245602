"""
The JSON Schema of a list's JSON.
"""

from __future__ import annotations

import copy
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from jsonschema import Draft202012Validator

import rectiflow as rf
from rectiflow.clauses import Act
from rectiflow.documents import list_from_plain
from rectiflow.errors import MissingExtraError
from rectiflow.problems import BadDocumentError
from rectiflow.reading.json import read_json
from rectiflow.reading.load import load
from rectiflow.stages import Stage
from rectiflow.testing.lists import rectification_lists
from rectiflow.units import Role
from rectiflow.writing.json import write_json
from rectiflow.writing.schema import list_schema

if TYPE_CHECKING:
    from rectiflow.lists import RectificationList

YUHUI = load("yuhui-2020")
SCHEMA = list_schema()
VALIDATOR = Draft202012Validator(SCHEMA)
GONE = object()
# Places with the value put there; GONE takes the key away.
MISTAKES: list[tuple[str, object]] = [
    ("id", GONE), ("title", GONE), ("rows", GONE), ("rows.0.id", GONE), ("rows.0.task", GONE),
    ("rows.0.problems", GONE), ("rows.0.requirement", GONE), ("rows.0.path", GONE),
    ("rows.0.responsibilities", GONE), ("rows.0.milestones.0.rule", GONE),
    ("rows.0.milestones.0.text", GONE), ("units.0.name", GONE), ("groups.0.name", GONE),
    ("basis.0.document", GONE), ("doubts.0.code", GONE), ("dateline.restored", GONE),
    ("titel", "x"), ("rows.0.tsk", "x"), ("units.0.town", "x"), ("groups.0.town", "x"),
    ("rows.0.milestones.0.due", "x"), ("basis.0.page", "x"), ("doubts.0.x", 1),
    ("dateline.x", "x"),
    ("id", 1), ("title", None), ("issued", 20200617), ("issued", "2020/06/17"), ("rows", {}),
    ("rows.0", "1"), ("units", "区财政局"), ("rows.0.subtask", ["x"]), ("rows.0.problems", 1),
    ("rows.0.path", "assigned"), ("rows.0.responsibilities", "区司法局"),
    ("rows.0.responsibilities.0", 1), ("rows.0.milestones.0.span", [1]),
    ("rows.0.milestones.0.rule", 1), ("doubts.0.blocks", 1), ("doubts.0.candidates", "x"),
    ("rows.0.path.1", "done"), ("rows.0.path", ["rectified"]), ("rows.0.path", []),
    ("rows.0.path", ["assigned", "rectified", "rectified"]), ("rows.0.milestones.0.stage", "done"),
    ("rows.0.milestones.0.act", "do"), ("rows.0.milestones.0.rule", "by June"),
    ("rows.0.responsibilities.0", {"unit": "区政府办公室", "role": "boss"}),
    ("rows.0.responsibilities.0", {"role": "lead"}), ("rows.0.id", " 1"), ("title", "a\n"),
    ("units.0.name", ""), ("units.0.short_forms", ["x "]), ("rows.0.inherited_from", "3"),
]  # fmt: skip


def changed(place: str, value: object) -> dict[str, Any]:
    """
    Give Yuhui's data with another value at *place*.
    """
    data = json.loads(write_json(YUHUI))
    inner: Any = data
    *way, last = (int(step) if step.isdigit() else step for step in place.split("."))
    for step in way:
        inner = inner[step]
    if value is GONE:
        del inner[last]
    else:
        inner[last] = copy.deepcopy(value)
    return dict(data)


class TestListSchema:
    """
    The schema and the reader agree on keys, types and closed sets of words.
    """

    def test_it_is_a_schema(self) -> None:
        """
        Of the draft it names.
        """
        Draft202012Validator.check_schema(SCHEMA)

        assert SCHEMA["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
        assert json.loads(json.dumps(SCHEMA)) == SCHEMA

    @example(rl=YUHUI)
    @given(rl=rectification_lists())
    def test_every_list_is_valid(self, rl: RectificationList) -> None:
        """
        As it is written.
        """
        VALIDATOR.validate(json.loads(write_json(rl)))

    @pytest.mark.parametrize(("place", "value"), MISTAKES)
    def test_a_mistake_fails_schema_and_reader(self, place: str, value: object) -> None:
        """
        One mistake in a good document.
        """
        data = changed(place, value)

        assert not VALIDATOR.is_valid(data)
        with pytest.raises(BadDocumentError):
            list_from_plain(read_json(json.dumps(data)))

    @pytest.mark.parametrize(
        ("place", "value"),
        [
            ("format", GONE), ("$schema", "list.json"), ("issued", GONE), ("preamble", "x"),
            ("doubts.0.span", None), ("rows.0.milestones.0.act", "plan"),
            ("rows.0.milestones.0.rule", " FixedDate（2020-06-30）"),
            ("rows.0.responsibilities.0", {"unit": "区政府办公室", "role": "lead"}),
        ],
    )  # fmt: skip
    def test_what_is_good_passes_both(self, place: str, value: object) -> None:
        """
        Another way to write a good document.
        """
        data = changed(place, value)

        VALIDATOR.validate(data)
        assert list_from_plain(read_json(json.dumps(data)))

    def test_another_format_is_not_valid(self) -> None:
        """
        The reader refuses it as well.
        """
        data = changed("format", "rectiflow-list/2")

        assert not VALIDATOR.is_valid(data)
        with pytest.raises(BadDocumentError):
            read_json(json.dumps(data))

    @pytest.mark.parametrize("words", [Stage, Act, Role])
    def test_closed_sets_are_listed(self, words: Any) -> None:
        """
        Every word and no other.
        """
        assert set(SCHEMA["$defs"][words.__name__]["enum"]) == {each.value for each in words}

    def test_no_table_takes_unknown_keys(self) -> None:
        """
        Every object is closed.
        """
        tables = [each for each in SCHEMA["$defs"].values() if each.get("type") == "object"]

        assert len(tables) == 10
        assert all(each["additionalProperties"] is False for each in tables)

    def test_without_the_extra_it_says_what_to_install(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        The extra's name and the module's.
        """
        monkeypatch.setitem(sys.modules, "msgspec", None)

        with pytest.raises(MissingExtraError) as caught:
            list_schema()
        assert (caught.value.extra, caught.value.missing) == ("files", "msgspec")


def test_the_published_file_is_the_schema() -> None:
    """
    What ships for editors and other programs is what the library makes.
    """
    path = Path(rf.__file__).parent / "data" / "rectiflow-list-1.schema.json"

    assert json.loads(path.read_text(encoding="utf-8")) == list_schema()
