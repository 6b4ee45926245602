"""
Rows and lists whose parts agree.
"""

from __future__ import annotations

import copy
import pickle
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import attrs
import pytest
from hypothesis import given

from rectiflow.deadlines import After, FixedDate
from rectiflow.errors import InvalidValueError, UnknownNameError
from rectiflow.lists import RectificationList, Row, Rows
from rectiflow.problems import InconsistentValueError
from rectiflow.requirements import Milestone, Requirement, Service
from rectiflow.stages import StagePath
from rectiflow.testing.lists import rectification_lists
from rectiflow.texts import OriginalText
from rectiflow.units import Responsibility, Unit, UnitRegister

JUSTICE, FINANCE = Unit(name="区司法局"), Unit(name="区财政局")
ROW = Row(
    id="2.1",
    task="示例任务",
    problems=OriginalText.whole("3个工作日内回复。"),
    requirement=Requirement(
        text=OriginalText.whole("2020年6月30日前,完成整改。"),
        milestones=(
            Milestone(stage="rectified", rule=FixedDate(date(2020, 6, 30)), text="完成整改"),
        ),
        services=(
            Service(id="reply", rule=After("received", 3, "workday"), text="3个工作日内回复"),
        ),
    ),
    unit_cell=OriginalText("区司法局、区政局", "区司法局、区财政局", ("财",)),
    responsibilities=(
        Responsibility(body=JUSTICE),
        Responsibility(body=FINANCE, printed="区政局"),
    ),
    path=StagePath.of("rectified"),
)
HEIR = attrs.evolve(ROW, id="2.2", unit_cell=None, inherited_from="2.1")
LIST = RectificationList(
    id="example", title="示例清单", units=UnitRegister((JUSTICE, FINANCE)), rows=Rows((ROW, HEIR))
)


def problems_of(value: Row | RectificationList, **changes: Any) -> set[tuple[str, str]]:
    """
    Change a value into one that contradicts itself; give places and codes of what is told.
    """
    with pytest.raises(InconsistentValueError) as caught:
        attrs.evolve(value, **changes)
    return {(each.place, each.code) for each in caught.value.problems}


class TestRow:
    """
    One row: a task, what is wrong, what is to be done by when, and by whom.
    """

    def test_knows_its_key_task(self) -> None:
        """
        The number before the dot.
        """
        assert ROW.key_task == "2"
        assert attrs.evolve(ROW, id="3").key_task == "3"

    def test_gives_its_milestones_by_id(self) -> None:
        """
        An unknown id brings the nearest.
        """
        assert ROW.milestone("rectified") is ROW.milestones[0]
        with pytest.raises(UnknownNameError) as caught:
            ROW.milestone("rectifed")
        assert caught.value.nearest == ("rectified",)

    def test_a_service_may_be_promised_in_the_problems_or_the_requirement(self) -> None:
        """
        In either text, in none is a contradiction.
        """
        elsewhere = OriginalText.whole("3个工作日内回复")
        moved = attrs.evolve(ROW.requirement, text=OriginalText.whole("完成整改,3个工作日内回复"))

        assert attrs.evolve(ROW, requirement=moved, problems=OriginalText.whole("")).services
        assert attrs.evolve(ROW, problems=elsewhere).services
        assert problems_of(ROW, problems=OriginalText.whole("5个工作日内回复")) == {
            ("services[0].text", "problem.words-absent")
        }

    def test_a_milestones_stage_is_on_the_path(self) -> None:
        """
        A deadline for a stage that the row does not demand is a contradiction.
        """
        assert problems_of(ROW, path=StagePath.of("self_checked")) == {
            ("milestones[0].stage", "problem.stage-off-path")
        }

    def test_a_body_is_named_once(self) -> None:
        """
        Row and unit name an assignment, so that a second one could not be told apart.
        """
        twice = (*ROW.responsibilities, Responsibility(body=FINANCE, printed="区司法局"))

        assert problems_of(ROW, responsibilities=twice) == {
            ("responsibilities[2]", "problem.unit-twice")
        }

    def test_bodies_are_printed_in_the_cell(self) -> None:
        """
        The printed cell counts, not the restored one.
        """
        restored = (Responsibility(body=FINANCE, printed="区财政局"),)

        assert problems_of(ROW, responsibilities=restored) == {
            ("responsibilities[0]", "problem.words-absent")
        }
        assert attrs.evolve(ROW, unit_cell=None, responsibilities=restored).responsibilities

    def test_prints_a_cell_or_inherits_one(self) -> None:
        """
        Never both.
        """
        assert problems_of(ROW, inherited_from="1") == {
            ("inherited_from", "problem.inherits-and-prints")
        }


class TestRows:
    """
    The rows of a list by id, in list order, never to be changed.
    """

    def test_is_a_mapping_in_list_order(self) -> None:
        """
        What a dict can be asked, it can be asked too.
        """
        rows = Rows((HEIR, ROW))

        assert isinstance(rows, Mapping)
        assert list(rows) == ["2.2", "2.1"]
        assert list(rows.values()) == [HEIR, ROW]
        assert dict(rows.items()) == {"2.2": HEIR, "2.1": ROW}
        assert len(rows) == 2
        assert rows["2.1"] is ROW
        assert repr(rows) == "<Rows 2.2, 2.1>"

    def test_an_unknown_id_brings_the_nearest(self) -> None:
        """
        Only indexing raises: ``in`` and ``get`` ask first.
        """
        with pytest.raises(UnknownNameError) as caught:
            LIST.rows["2.3"]
        assert (caught.value.kind, caught.value.nearest) == ("row", ("2.2", "2.1"))
        assert "2.3" not in LIST.rows
        assert "2.1" in LIST.rows
        assert LIST.rows.get("2.3") is None
        assert LIST.rows.get("2.3", ROW) is ROW
        assert LIST.rows.get("2.1") == ROW

    def test_order_is_part_of_it(self) -> None:
        """
        Unlike a dict: a list in another order is another list.
        """
        assert Rows((ROW, HEIR)) == LIST.rows
        assert hash(Rows((ROW, HEIR))) == hash(LIST.rows)
        assert Rows((HEIR, ROW)) != LIST.rows
        assert Rows() != ()

    def test_cannot_be_changed(self) -> None:
        """
        It has no item assignment.
        """
        with pytest.raises(TypeError):
            LIST.rows["2.1"] = HEIR  # type: ignore[index]  # the mistake under test

    def test_takes_a_mapping_too(self) -> None:
        """
        Rows given by id are taken in their order.
        """
        assert Rows(LIST.rows) == Rows({"a": ROW, "b": HEIR}) == LIST.rows

    def test_an_id_is_used_once(self) -> None:
        """
        Every second use is told.
        """
        with pytest.raises(InconsistentValueError) as caught:
            Rows((ROW, HEIR, ROW))
        assert [each.place for each in caught.value.problems] == ["rows[2].id"]

    @given(rectification_lists())
    def test_copies_and_pickles(self, rl: RectificationList) -> None:
        """
        A list comes back equal from a copy and from another process.
        """
        assert copy.deepcopy(rl) == rl
        assert pickle.loads(pickle.dumps(rl)) == rl  # noqa: S301 -- our own bytes


class TestRectificationList:
    """
    A list as issued.
    """

    def test_bodies_are_registered(self) -> None:
        """
        A body that the register does not hold could not be found by its other names.
        """
        assert problems_of(LIST, units=UnitRegister((JUSTICE,))) == {
            (f"rows[{n}].responsibilities[1]", "problem.unregistered") for n in (0, 1)
        }

    def test_an_heir_names_a_row_that_prints_its_cell(self) -> None:
        """
        Not a row that is not there, nor another heir.
        """
        lost = attrs.evolve(HEIR, inherited_from="2.9")
        second = attrs.evolve(HEIR, id="2.3", inherited_from="2.2")

        assert problems_of(LIST, rows=Rows((ROW, lost))) == {
            ("rows[1].inherited_from", "problem.unknown-name")
        }
        assert problems_of(LIST, rows=Rows((ROW, HEIR, second))) == {
            ("rows[2].inherited_from", "problem.inherits-from-heir")
        }

    def test_an_heir_may_stand_before_its_source(self) -> None:
        """
        The order of rows says nothing about whose cell covers whom.
        """
        assert list(attrs.evolve(LIST, rows=Rows((HEIR, ROW))).rows) == ["2.2", "2.1"]

    def test_an_heir_has_its_sources_bodies(self) -> None:
        """
        All of them, in the same order.
        """
        fewer = attrs.evolve(HEIR, responsibilities=ROW.responsibilities[:1])

        assert problems_of(LIST, rows=Rows((ROW, fewer))) == {
            ("rows[1].responsibilities", "problem.unlike-source")
        }

    def test_its_zone_is_chinas_unless_said(self) -> None:
        """
        Eight hours before Greenwich; six for a list in the time of Ürümqi.
        """
        noon = datetime(2020, 6, 17, 12)  # noqa: DTZ001 -- its zone is put in below

        assert noon.replace(tzinfo=LIST.zone).utcoffset() == timedelta(hours=8)
        other = attrs.evolve(LIST, time_zone="Asia/Urumqi")
        assert noon.replace(tzinfo=other.zone).utcoffset() == timedelta(hours=6)
        assert LIST.zone is attrs.evolve(LIST, title="另一清单").zone

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"time_zone": "Asia/Bengbu"}, "RectificationList.time_zone"),
            ({"time_zone": "../etc"}, "RectificationList.time_zone"),
            ({"issued": datetime(2020, 6, 17)}, "RectificationList.issued"),  # noqa: DTZ001 -- the mistake under test
            ({"id": ""}, "RectificationList.id"),
            ({"title": " "}, "RectificationList.title"),
        ],
    )
    def test_refuses(self, changes: dict[str, Any], field: str) -> None:
        """
        Zones that do not exist, a day with a time, empty names.
        """
        with pytest.raises(InvalidValueError) as caught:
            attrs.evolve(LIST, **changes)

        assert caught.value.field == field

    @given(rectification_lists(min_rows=1))
    def test_drawn_lists_are_consistent(self, rl: RectificationList) -> None:
        """
        Every heir of a drawn list has its source's bodies, and every body is registered.
        """
        for row in rl.rows.values():
            source = rl.rows[row.inherited_from or row.id]
            assert row.responsibilities == source.responsibilities
            assert all(each.body in rl.units for each in row.responsibilities)
