"""
Stages, paths, and a table that checks itself.
"""

from __future__ import annotations

from itertools import pairwise, permutations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectiflow.errors import InvalidValueError
from rectiflow.stages import (
    FORWARD,
    Stage,
    StagePath,
    Trigger,
)
from rectiflow.testing.paths import (
    all_paths,
    stage_paths,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rectiflow.messages import Message


def _as_set(problems: Iterable[Message]) -> set[tuple[str, tuple[tuple[str, object], ...]]]:
    return {(problem.code, tuple(sorted(problem.facts.items()))) for problem in problems}


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
    def test_is_gone_through_in_order(self, path: StagePath) -> None:
        """
        From assigned on, each stage later than the one before, as many as it says.
        """
        gone_through = list(path)

        assert gone_through[0] is Stage.ASSIGNED
        assert all(one < other for one, other in pairwise(gone_through))
        assert len(path) == len(gone_through)
        assert [stage for stage in Stage if stage in path] == gone_through
        assert str(path) == " → ".join(stage.value for stage in gone_through)

    @given(stage_paths())
    def test_assigned_may_be_said_or_left_out(self, path: StagePath) -> None:
        """
        Both ways, in members or in texts, it is the same path, and hashes as one.
        """
        for given_so in (path.stages, path.stages[1:], [stage.value for stage in path]):
            assert StagePath.of(*given_so) == path
            assert hash(StagePath.of(*given_so)) == hash(path)

    @given(stage_paths(), stage_paths())
    def test_is_its_stages_and_nothing_else(self, one: StagePath, other: StagePath) -> None:
        """
        Two paths are equal exactly when they demand the same.
        """
        assert (one == other) == (set(one) == set(other))

    @given(stage_paths(), st.sets(st.sampled_from(Stage), min_size=3, max_size=3))
    def test_what_lies_between_adds_up(self, path: StagePath, three: set[Stage]) -> None:
        """
        Over a stage in the middle: what is before it, itself if demanded, what is after it.
        """
        one, middle, other = sorted(three)
        itself = (middle,) if middle in path else ()

        assert path.demanded_between(one, other) == (
            *path.demanded_between(one, middle),
            *itself,
            *path.demanded_between(middle, other),
        )
        assert path.demanded_between(other, one) == ()

    @given(stage_paths())
    def test_the_next_is_the_first_that_is_later(self, path: StagePath) -> None:
        """
        Also after a stage that is not on the path; after the last one comes none.
        """
        # Made here, since what is drawn may have been made before.
        made = StagePath(path.stages)
        for stage in Stage:
            later = [each for each in path if each > stage]
            assert made.next_after(stage) is (later[0] if later else None)

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
