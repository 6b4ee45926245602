"""
Stages, paths, and a table that checks itself.
"""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given

from rectiflow.errors import InvalidValueError
from rectiflow.stages import (
    FORWARD,
    TABLE,
    BadTableError,
    Stage,
    StagePath,
    Transition,
    TransitionTable,
    Trigger,
)
from rectiflow.testing.paths import all_paths, stage_paths, transition_tables


class TestStage:
    """
    The five stages, in order.
    """

    def test_stages_are_ordered_as_work_goes_on(self) -> None:
        """
        Sorting puts them in the order of the work, and not of the alphabet.
        """
        for shuffled in permutations(Stage):
            assert sorted(shuffled) == list(Stage)
        assert max(Stage) is Stage.ONGOING
        assert Stage.ASSIGNED < Stage.SELF_CHECKED <= Stage.SELF_CHECKED
        assert Stage.TEMPLATED > Stage.RECTIFIED >= Stage.RECTIFIED

    def test_a_stage_is_not_compared_with_a_text(self) -> None:
        """
        What is no stage has no place among them; a stage's own name has.
        """
        for other in (3, None, "someday"):
            with pytest.raises(TypeError):
                _ = other > Stage.ASSIGNED
        assert Stage.ONGOING > "assigned"
        assert Stage.RECTIFIED < "ongoing"

    def test_every_forward_trigger_has_its_stage(self) -> None:
        """
        Each trigger but send_back leads to one stage, and each stage but the first is led to.
        """
        assert set(FORWARD) == set(Trigger) - {Trigger.SEND_BACK}
        assert list(FORWARD.values()) == list(Stage)[1:]


class TestStagePath:
    """
    The ordered subset of stages that a row demands.
    """

    def test_there_are_sixteen(self) -> None:
        """
        Any of the four later stages may be demanded or not.
        """
        assert len({str(path) for path in all_paths()}) == 16

    @given(stage_paths())
    def test_demanded_between_leaves_both_ends_out(self, path: StagePath) -> None:
        """
        Exactly the path's stages that lie strictly between two.
        """
        for one in Stage:
            for other in Stage:
                expected = [s for s in Stage if s in path and one < s < other]
                assert list(path.demanded_between(one, other)) == expected

    @pytest.mark.parametrize(
        "stages",
        [
            (),
            (Stage.RECTIFIED,),
            (Stage.ASSIGNED, Stage.ASSIGNED),
            (Stage.ASSIGNED, Stage.TEMPLATED, Stage.RECTIFIED),
            ("assigned",),
            [Stage.ASSIGNED],
        ],
    )
    def test_refuses_what_is_no_path(self, stages: tuple[Stage, ...]) -> None:
        """
        A path begins with assigned, goes on in order, and holds stages.
        """
        with pytest.raises(InvalidValueError):
            StagePath(stages)


class TestTransitionTable:
    """
    A table that cannot work is refused when it is put together.
    """

    def test_the_table_of_the_five_stages(self) -> None:
        """
        Forward from every earlier stage, back from every later one: ten of each.
        """
        back = [move for move in TABLE.transitions if move.trigger == Trigger.SEND_BACK]

        assert len(back) == 10
        assert len(TABLE.transitions) == 20
        assert set(TABLE.targets("send_back", "templated")) == {
            "assigned",
            "self_checked",
            "rectified",
        }
        assert TABLE.triggers == tuple(Trigger)

    def test_every_problem_is_named_at_once(self) -> None:
        """
        Six different mistakes give their six codes.
        """
        with pytest.raises(BadTableError) as caught:
            TransitionTable(
                ("a", "b", "b", "island", "lost"),
                "start",
                (
                    Transition("go", "a", "b"),
                    Transition("go", "a", "b"),
                    Transition("go", "a", "nowhere"),
                    Transition("go", "elsewhere", "a"),
                    Transition("leave", "island", "lost"),
                ),
            )

        assert {problem.code for problem in caught.value.problems} == {
            "table.state-twice",
            "table.unknown-initial",
            "table.transition-twice",
            "table.unknown-target",
            "table.unknown-source",
            "table.unreachable",
            "table.dead-source",
        }
        assert "island" in str(caught.value)
        assert "island" in caught.value.text("zh")

    @given(transition_tables())
    def test_a_sound_table_is_taken(self, table: TransitionTable) -> None:
        """
        The strategy's tables all check out, and say where each trigger leads.
        """
        for move in table.transitions:
            assert move.target in table.targets(move.trigger, move.source)
