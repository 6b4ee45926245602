"""
A table of moves that checks itself.
"""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest
from hypothesis import event, given

from rectiflow.stages import (
    Trigger,
)
from rectiflow.testing.paths import (
    BrokenTable,
    broken_tables,
    transition_tables,
)
from rectiflow.transition_table import TABLE, BadTableError, Transition, TransitionTable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rectiflow.messages import Message


def _as_set(problems: Iterable[Message]) -> set[tuple[str, tuple[tuple[str, object], ...]]]:
    return {(problem.code, tuple(sorted(problem.facts.items()))) for problem in problems}


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
        Seven different mistakes give their seven codes.
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

    @given(broken_tables())
    def test_every_planted_problem_is_named_and_no_other(self, broken: BrokenTable) -> None:
        """
        However many faults there are and wherever they stand, and in both languages.
        """
        with pytest.raises(BadTableError) as caught:
            TransitionTable(broken.states, broken.initial, broken.transitions)

        error = caught.value
        assert _as_set(error.problems) == _as_set(broken.problems)
        for lang in ("zh", "en"):
            lines = error.text(lang).splitlines()
            assert len(lines) == 1 + len(error.problems)
            assert "table." not in error.text(lang), "a code without a sentence"
        event(f"{min(len(_as_set(broken.problems)), 4)} problems or more")

    def test_the_error_survives_pickling(self) -> None:
        """
        With its problems, as it must to come back from another process.
        """
        with pytest.raises(BadTableError) as caught:
            TransitionTable(("a",), "b", ())

        assert pickle.loads(pickle.dumps(caught.value)).problems == caught.value.problems  # noqa: S301 -- our own
