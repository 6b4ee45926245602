"""
Lists and rosters to and from plain data; all problems of a document at once.
"""

from __future__ import annotations

import copy
import tomllib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from rectiflow.documents import (
    list_from_plain,
    list_to_plain,
    roster_from_plain,
    roster_to_plain,
)
from rectiflow.problems import BadDocumentError, Problem
from rectiflow.testing.lists import rectification_lists, rosters
from rectiflow.units import Role

if TYPE_CHECKING:
    from rectiflow.lists import RectificationList
    from rectiflow.rosters import Roster

BAD = tomllib.loads(Path(__file__).with_name("data").joinpath("bad-list.toml").read_text("utf-8"))
GOOD: dict[str, Any] = {
    "id": "example",
    "title": "示例清单",
    "issued": date(2020, 6, 17),
    "units": [{"name": "区财政局", "second_plates": ["区地方金融监管局"]}, {"name": "区司法局"}],
    "groups": [{"name": "各街道办事处"}],
    "rows": [
        {
            "id": "1",
            "task": "示例任务",
            "problems": "公开不及时。",
            "requirement": {
                "printed": "2020630日前,完成整改。",
                "restored": "2020年6月30日前,完成整改。",
                "restored_characters": ["年", "月"],
            },
            "path": ["assigned", "rectified"],
            "milestones": [
                {"stage": "rectified", "rule": "FixedDate(2020-06-30)", "text": "完成整改"}
            ],
            "responsibilities": [
                "区财政局(区地方金融监管局)",
                {"unit": "各街道办事处", "role": "support", "printed": "街道办事处"},
            ],
        },
        {
            "id": "2",
            "task": "示例任务",
            "problems": "公开不及时。",
            "requirement": "完成整改。",
            "path": ["assigned"],
            "inherited_from": "1",
        },
    ],
}
ROSTER: dict[str, Any] = {
    "id": "example",
    "members": [{"group": "各镇", "name": "甲镇", "source": {"document": "示例公告"}}],
}

PLACES = [
    ("titel", "unknown-key"),
    ("id", "not-a-name"),
    ("title", "missing-key"),
    ("issued", "wrong-type"),
    ("dateline.restored", "restored-mismatch"),
    ("doubts[0].answer", "answer-not-candidate"),
    ("time_zone", "unknown-zone"),
    ("units[1].second_plates", "wrong-type"),
    ("groups[0].town", "unknown-key"),
    ("units[2]", "name-twice"),
    ("rows[0].problems", "wrong-type"),
    ("rows[0].milestones[0].rule", "bad-rule"),
    ("rows[0].milestones[2].stage", "unknown-name"),
    ("rows[0].milestones[2].rule", "bad-rule"),
    ("rows[0].milestones[3].id", "invalid-value"),
    ("rows[0].milestones[6].text", "missing-key"),
    ("rows[0].milestones[7]", "wrong-type"),
    ("rows[0].responsibilities[1]", "unknown-name"),
    ("rows[0].responsibilities[3].role", "unknown-name"),
    ("rows[0].responsibilities[5]", "wrong-type"),
    ("rows[0].milestones[5].id", "id-twice"),
    ("rows[0].milestones[4].text", "words-absent"),
    ("rows[0].milestones[4].span", "span-outside"),
    ("rows[0].milestones[1].stage", "stage-off-path"),
    ("rows[0].responsibilities[3]", "unit-twice"),
    ("rows[0].responsibilities[4]", "words-absent"),
    ("rows[1].task", "not-a-name"),
    ("rows[1].path", "bad-path"),
    ("rows[1].responsibilities", "inherits-and-names"),
    ("rows[2].path[1]", "unknown-name"),
    ("rows[2].inherited_from", "inherits-and-prints"),
    ("rows[3].task", "missing-key"),
    ("rows[3].problems", "missing-key"),
    ("rows[3].requirement", "missing-key"),
    ("rows[3].path", "missing-key"),
    ("rows[3].responsibilities", "missing-key"),
    ("rows[4].id", "missing-key"),
    ("rows[4].task", "missing-key"),
    ("rows[4].problems", "missing-key"),
    ("rows[4].requirement", "missing-key"),
    ("rows[4].path", "missing-key"),
    ("rows[4].responsibilities", "missing-key"),
    ("rows[2].id", "id-twice"),
    ("rows[1].inherited_from", "unknown-name.no-hint"),
    ("rows[2].inherited_from", "inherits-from-heir"),
]


def problems_of(data: Any) -> tuple[Problem, ...]:
    """
    Read a list that is to be refused, and give what is told.
    """
    with pytest.raises(BadDocumentError) as caught:
        list_from_plain(data)
    return caught.value.problems


def changed(data: dict[str, Any], place: str, value: object) -> dict[str, Any]:
    """
    Give a copy of *data* with another value at *place*, keys and positions parted by dots.
    """
    whole: Any = copy.deepcopy(data)
    inner = whole
    *way, last = place.split(".")
    for step in way:
        inner = inner[int(step) if step.isdigit() else step]
    inner[int(last) if last.isdigit() else last] = value
    return dict(whole)


class TestBadList:
    """
    "Bad documents report all problems, each with its place." -- STYLE, checklist, 12.
    """

    def test_every_mistake_is_told_with_its_place(self) -> None:
        """
        Exactly these and no others: nothing is missed, nothing follows from another mistake.
        """
        found = [(each.place, each.code.removeprefix("problem.")) for each in problems_of(BAD)]

        assert found == PLACES

    def test_a_cure_that_is_known_is_told(self) -> None:
        """
        The nearest key, the nearest unit, the place that took the name first.
        """
        told = {each.place: each for each in problems_of(BAD)}

        assert told["titel"].facts["keys"] == ("title", "dateline", "time_zone")
        assert told["groups[0].town"].facts["keys"] == ("name",)
        assert told["rows[0].responsibilities[1]"].facts["nearest"] == (
            "区司法局",
            "区财政局",
            "区审计局",
        )
        assert told["rows[0].milestones[5].id"].facts["first"] == "rows[0].milestones[4].id"
        assert told["rows[2].id"].facts["first"] == "rows[0].id"

    def test_every_sentence_names_its_place_in_both_languages(self) -> None:
        """
        And none is a bare code with facts.
        """
        for problem in problems_of(BAD):
            for text in (problem.text("zh"), problem.text("en")):
                assert text.startswith(problem.place)
                assert "problem." not in text

    def test_a_broken_unit_is_not_unknown_too(self) -> None:
        """
        区财政局's entry has a mistake of its own; the rows that name it have none.
        """
        assert "rows[0].responsibilities[2]" not in {each.place for each in problems_of(BAD)}

    @pytest.mark.parametrize(
        ("place", "value", "told", "code"),
        [
            ("units", "区财政局", "units", "wrong-type"),
            ("rows", {"1": {}}, "rows", "wrong-type"),
            ("rows.0", "1", "rows[0]", "wrong-type"),
            ("issued", "2020/06/17", "issued", "wrong-type"),
            ("issuer", 7, "issuer", "wrong-type"),
            ("basis", [{"document": 5}], "basis[0].document", "wrong-type"),
            ("doubts", [{"code": "x", "blocks": 1}], "doubts[0].blocks", "wrong-type"),
            ("doubts", [{"code": "x", "span": [1]}], "doubts[0].span", "wrong-type"),
            ("doubts", [{"code": "x", "candidates": [1]}], "doubts[0].candidates[0]", "wrong-type"),
            ("units.1.short_forms", [""], "units[1].short_forms[0]", "invalid-value"),
            ("rows.1.inherited_from", "2", "rows[1].inherited_from", "inherits-from-heir"),
            ("rows.1.inherited_from", "3", "rows[1].inherited_from", "unknown-name.no-hint"),
        ],
    )  # fmt: skip
    def test_one_mistake_is_one_problem(
        self, place: str, value: object, told: str, code: str
    ) -> None:
        """
        In a good document, each mistake is told once and exactly where it is.
        """
        problems = problems_of(changed(GOOD, place, value))

        assert (told, f"problem.{code}") in [(each.place, each.code) for each in problems]
        assert {each.place.partition(".")[0].partition("[")[0] for each in problems} == {
            told.partition(".")[0].partition("[")[0],
            *(["rows"] if place == "units" else []),
        }

    @pytest.mark.parametrize(
        ("place", "value", "told", "code"),
        [
            ("path", "assigned", "path", "wrong-type"),
            ("path", [], "path", "bad-path"),
            ("path", ["assigned", "rectified", "rectified"], "path", "bad-path"),
            ("milestones.0.rule", 5, "milestones[0].rule", "wrong-type"),
            ("milestones.0.rule", "FixedDate()", "milestones[0].rule", "bad-rule"),
            ("milestones.0.rule", "PeriodEnd(week)", "milestones[0].rule", "bad-rule"),
            ("milestones.0.act", "rectified", "milestones[0].act", "unknown-name"),
            ("requirement.printed", "2020630", "requirement.restored", "restored-mismatch"),
            ("requirement.extra", "a", "requirement.extra", "unknown-key"),
            ("responsibilities.1.unit", "", "responsibilities[1].unit", "not-a-name"),
            ("responsibilities.1.printed", "", "responsibilities[1].printed", "not-a-name"),
            ("responsibilities.1.name", "甲", "responsibilities[1].name", "unknown-key"),
        ],
    )  # fmt: skip
    def test_one_mistake_in_a_row_is_one_problem(
        self, place: str, value: object, told: str, code: str
    ) -> None:
        """
        The same within a row, its place put before.
        """
        problems = problems_of(changed(GOOD, f"rows.0.{place}", value))

        assert [(each.place, each.code) for each in problems] == [
            (f"rows[0].{told}", f"problem.{code}")
        ]

    @pytest.mark.parametrize("data", [{}, [], "id", None])
    def test_what_is_no_list_at_all(self, data: object) -> None:
        """
        An empty document lacks everything; another type is not looked into.
        """
        found = [(each.place, each.code) for each in problems_of(data)]

        if data == {}:
            missing = "problem.missing-key"
            assert found == [("id", missing), ("title", missing), ("rows", missing)]
        else:
            assert found == [("", "problem.wrong-type")]

    @given(rectification_lists(min_rows=1), st.data())
    def test_any_missing_or_misspelt_key_is_told(
        self, rl: RectificationList, data: st.DataObject
    ) -> None:
        """
        Whichever key of whichever row is misspelt, the error names it; nothing else is raised.
        """
        plain = list_to_plain(rl)
        row = data.draw(st.integers(0, len(plain["rows"]) - 1))
        key = data.draw(st.sampled_from(sorted(plain["rows"][row])))
        plain["rows"][row][key + "x"] = plain["rows"][row].pop(key)

        assert f"rows[{row}].{key}x" in [each.place for each in problems_of(plain)]

    @given(rectification_lists(), st.data())
    def test_any_value_of_another_type_is_a_problem_or_fine(
        self, rl: RectificationList, data: st.DataObject
    ) -> None:
        """
        Whatever stands wherever, it is read or told, never another exception.
        """
        plain = list_to_plain(rl)
        inner: Any = plain
        while True:
            key = data.draw(
                st.sampled_from(sorted(inner) if isinstance(inner, dict) else range(len(inner)))
            )
            if (
                not inner[key]
                or not isinstance(inner[key], (dict, list))
                or data.draw(st.booleans())
            ):
                break
            inner = inner[key]
        inner[key] = data.draw(
            st.sampled_from((None, 5, 1.5, True, "x", "", [], {}, [5], {"a": 5}, date(2020, 1, 1)))
        )
        try:
            list_from_plain(plain)
            event("read")
        except BadDocumentError as error:
            event("told" if error.problems else "nothing told")


class TestGoodList:
    """
    What the keys mean.
    """

    def test_a_text_alone_lost_nothing(self) -> None:
        """
        Both forms of a text give printed and restored.
        """
        one, two = list_from_plain(GOOD).rows.values()

        assert one.requirement.text.printed == "2020630日前,完成整改。"
        assert one.requirement.text.restored == "2020年6月30日前,完成整改。"
        assert two.requirement.text.restored == "完成整改。"

    def test_a_responsible_body_is_a_text_as_the_cell_prints_it(self) -> None:
        """
        Found by any of its names; a table says role and printed words.
        """
        first, second = list_from_plain(GOOD).rows["1"].responsibilities

        assert (first.unit, first.printed) == ("区财政局", "区财政局(区地方金融监管局)")
        assert (second.unit, second.printed) == ("各街道办事处", "街道办事处")
        assert (first.role, second.role) == (Role.RESPONSIBLE, Role.SUPPORT)

    def test_an_heir_gets_its_sources_bodies(self) -> None:
        """
        It names none of its own, also where it stands before its source.
        """
        swapped = {**GOOD, "rows": GOOD["rows"][::-1]}
        for data in (GOOD, swapped):
            rows = list_from_plain(data).rows
            assert rows["2"].responsibilities == rows["1"].responsibilities

    def test_a_day_may_be_a_text(self) -> None:
        """
        JSON has no dates of its own.
        """
        assert list_from_plain({**GOOD, "issued": "2020-06-17"}).issued == date(2020, 6, 17)

    def test_reading_leaves_the_data_alone(self) -> None:
        """
        Plain data may be read again.
        """
        before = copy.deepcopy(GOOD)
        list_from_plain(GOOD)

        assert before == GOOD

    def test_only_what_is_not_by_default_is_written(self) -> None:
        """
        The document above is written as it was read.
        """
        assert list_to_plain(list_from_plain(GOOD)) == GOOD

    @given(rectification_lists())
    def test_round_trip(self, rl: RectificationList) -> None:
        """
        Every list is read back from what is written, spans included.
        """
        event("heir" if any(row.inherited_from for row in rl.rows.values()) else "no heir")
        back = list_from_plain(list_to_plain(rl))

        assert back == rl
        for row in rl.rows.values():
            spans = [each.span for each in back.rows[row.id].milestones]
            assert spans == [each.span for each in row.milestones]


class TestRoster:
    """
    Rosters as documents.
    """

    @given(rosters())
    def test_round_trip(self, roster: Roster) -> None:
        """
        Every roster is read back from what is written, doubtful members included.
        """
        assert roster_from_plain(roster_to_plain(roster)) == roster

    @pytest.mark.parametrize(
        ("place", "value", "told", "code"),
        [
            ("id", "", "id", "not-a-name"),
            ("titel", "a", "titel", "unknown-key"),
            ("members.0.since", "2020", "members[0].since", "wrong-type"),
            ("members.0.source", "示例公告", "members[0].source", "wrong-type"),
            ("members.0.source", {}, "members[0].source.document", "missing-key"),
            ("members.0.name", " ", "members[0].name", "invalid-value"),
            ("members", ROSTER["members"] * 2, "members[1]", "member-twice"),
        ],
    )
    def test_one_mistake_is_one_problem(
        self, place: str, value: object, told: str, code: str
    ) -> None:
        """
        Each mistake is told once and exactly where it is.
        """
        with pytest.raises(BadDocumentError) as caught:
            roster_from_plain(changed(ROSTER, place, value))

        assert [(each.place, each.code) for each in caught.value.problems] == [
            (told, f"problem.{code}")
        ]

    def test_the_last_day_before_the_first_is_told_at_until(self) -> None:
        """
        A contradiction within one member has its place too.
        """
        member = {**ROSTER["members"][0], "since": date(2020, 2, 1), "until": date(2020, 1, 1)}
        with pytest.raises(BadDocumentError) as caught:
            roster_from_plain({**ROSTER, "members": [member]})

        assert [each.place for each in caught.value.problems] == ["members[0].until"]


def test_the_document_is_named() -> None:
    """
    An error of a file says which.
    """
    with pytest.raises(BadDocumentError) as caught:
        list_from_plain({}, "a.toml")
    assert caught.value.document == "a.toml"
    with pytest.raises(BadDocumentError) as caught:
        roster_from_plain({}, "b.toml")
    assert attrs.asdict(caught.value)["document"] == "b.toml"
