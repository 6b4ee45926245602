"""
Strategies for stage paths and tables of moves.
"""

from __future__ import annotations

from itertools import pairwise, product

from hypothesis import strategies as st

from rectiflow.stages import Stage, StagePath, Transition, TransitionTable

__all__ = ["all_paths", "stage_paths", "transition_tables"]


def all_paths() -> list[StagePath]:
    """
    List every path there is: assigned, and any of the four stages after it.
    """
    later = tuple(Stage)[1:]
    return [
        StagePath.of(*(stage for stage, is_in in zip(later, chosen, strict=True) if is_in))
        for chosen in product((False, True), repeat=len(later))
    ]


def stage_paths() -> st.SearchStrategy[StagePath]:
    """
    Draw stage paths; the smallest demands nothing.
    """
    return st.sampled_from(all_paths())


@st.composite
def transition_tables(
    draw: st.DrawFn, *, max_states: int = 5, max_triggers: int = 4
) -> TransitionTable:
    """
    Draw tables that check out: every state is reached, by a chain at least.
    """
    states = [f"s{n}" for n in range(draw(st.integers(1, max_states)))]
    triggers = [f"t{n}" for n in range(draw(st.integers(1, max_triggers)))]
    moves = {
        Transition(draw(st.sampled_from(triggers)), one, other) for one, other in pairwise(states)
    }
    more = st.builds(
        Transition,
        st.sampled_from(triggers),
        st.sampled_from(states),
        st.sampled_from(states),
    )
    moves |= draw(st.sets(more, max_size=8))
    return TransitionTable(tuple(states), states[0], tuple(sorted(moves, key=repr)))
