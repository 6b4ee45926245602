"""
Milestones, services and the text that demands them.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest
from hypothesis import given

from rectiflow.clauses import Act
from rectiflow.deadlines import After, FixedDate
from rectiflow.errors import InvalidValueError
from rectiflow.problems import InconsistentValueError
from rectiflow.requirements import Milestone, Requirement, Service
from rectiflow.stages import Stage
from rectiflow.testing.lists import requirements
from rectiflow.texts import OriginalText

JUNE = FixedDate(date(2020, 6, 30))
TEXT = OriginalText("2020630日前,完成整改。", "2020年6月30日前,完成整改。", ("年", "月"))
RECTIFIED = Milestone(stage=Stage.RECTIFIED, rule=JUNE, text="完成整改")


class TestMilestone:
    """
    A part of a requirement with its own deadline.
    """

    @pytest.mark.parametrize(
        ("stage", "act"),
        [
            ("self_checked", Act.SELF_CHECK),
            ("rectified", Act.RECTIFY),
            ("templated", Act.TEMPLATE),
            ("ongoing", Act.SUSTAIN),
        ],
    )
    def test_a_stage_gives_id_and_act(self, stage: str, act: Act) -> None:
        """
        What is not said follows from the stage.
        """
        milestone = Milestone(stage=stage, rule=JUNE, text="完成整改")

        assert (milestone.id, milestone.act, milestone.stage) == (stage, act, Stage(stage))

    def test_a_part_that_is_no_stage_needs_an_id(self) -> None:
        """
        With an id its act is other unless said.
        """
        assert Milestone(id="drafted", rule=JUNE, text="完成").act is Act.OTHER
        with pytest.raises(InvalidValueError) as caught:
            Milestone(rule=JUNE, text="完成")
        assert caught.value.field == "Milestone.id"

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"stage": "assigned"}, "Milestone.stage"),
            ({"stage": "rectifid"}, "Milestone.stage"),
            ({"id": "templated"}, "Milestone.id"),
            ({"id": " drafted"}, "Milestone.id"),
            ({"act": "rectified"}, "Milestone.act"),
            ({"rule": "FixedDate(2020-06-30)"}, "Milestone.rule"),
            ({"text": ""}, "Milestone.text"),
        ],
    )
    def test_refuses(self, given: dict[str, Any], field: str) -> None:
        """
        The stage everything begins in, unknown words, another stage's name, a rule as a text.
        """
        right: dict[str, Any] = {"stage": "rectified", "rule": JUNE, "text": "完成整改"}
        with pytest.raises(InvalidValueError) as caught:
            Milestone(**(right | given))

        assert caught.value.field == field

    def test_where_its_words_stand_says_nothing_about_what_is_demanded(self) -> None:
        """
        Two readings that differ in the span alone are equal.
        """
        assert attrs.evolve(RECTIFIED, span=(9, 13)) == RECTIFIED


class TestRequirement:
    """
    The parts agree with the text and with one another.
    """

    def test_words_are_looked_for_in_the_restored_text(self) -> None:
        """
        Words that only the restored text has may be quoted.
        """
        june = attrs.evolve(RECTIFIED, text="2020年6月30日前")

        assert Requirement(text=TEXT, milestones=(june,)).milestones == (june,)

    def test_all_contradictions_are_told(self) -> None:
        """
        Words that are not there, a span past the end, an id used twice, by a service too.
        """
        absent = attrs.evolve(RECTIFIED, text="2020630日前")
        outside = attrs.evolve(RECTIFIED, id="b", span=(0, len(TEXT.printed) + 1))
        reply = Service(id="b", rule=After("received", 3, "workday"), text="回复")
        with pytest.raises(InconsistentValueError) as caught:
            Requirement(text=TEXT, milestones=(absent, outside), services=(reply,))

        assert {(each.place, each.code) for each in caught.value.problems} == {
            ("milestones[0].text", "problem.words-absent"),
            ("milestones[1].span", "problem.span-outside"),
            ("services[0].id", "problem.id-twice"),
        }

    @pytest.mark.parametrize(
        ("span", "is_inside"),
        [((0, 1), True), ((0, 15), True), ((0, 16), False), ((-1, 3), False), ((3, 3), False)],
    )
    def test_a_span_lies_in_the_printed_text(
        self,
        span: tuple[int, int],
        is_inside: bool,  # noqa: FBT001 -- a table of cases
    ) -> None:
        """
        First included, last excluded, of the 15 characters as printed; never empty.
        """
        assert len(TEXT.printed) == 15
        milestone = attrs.evolve(RECTIFIED, span=span)
        if is_inside:
            Requirement(text=TEXT, milestones=(milestone,))
            return
        with pytest.raises(InconsistentValueError):
            Requirement(text=TEXT, milestones=(milestone,))

    def test_refuses_a_list_of_milestones(self) -> None:
        """
        A list could be changed behind its back.
        """
        with pytest.raises(InvalidValueError):
            Requirement(text=TEXT, milestones=[RECTIFIED])  # type: ignore[arg-type]  # the mistake under test

    @given(requirements())
    def test_drawn_requirements_quote_their_text(self, requirement: Requirement) -> None:
        """
        The strategy draws consistent values, some of each kind.
        """
        words = [each.text for each in requirement.milestones]
        words += [each.text for each in requirement.services]

        assert all(each in requirement.text.restored for each in words)
