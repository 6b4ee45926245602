"""
Strategies for stage paths and tables of moves.
"""

from __future__ import annotations

from itertools import pairwise, product
from typing import NamedTuple

import attrs
from hypothesis import strategies as st

from rectiflow.messages import Message
from rectiflow.stages import Stage, StagePath
from rectiflow.transition_table import Transition, TransitionTable

from .remembering import remembered

__all__ = ["BrokenTable", "all_paths", "broken_tables", "stage_paths", "transition_tables"]


def all_paths() -> list[StagePath]:
    """
    List every path there is: assigned, and any of the four stages after it.
    """
    later = tuple(Stage)[1:]
    return [
        StagePath.of(*(stage for stage, is_in in zip(later, chosen, strict=True) if is_in))
        for chosen in product((False, True), repeat=len(later))
    ]


@remembered
def stage_paths() -> st.SearchStrategy[StagePath]:
    """
    Draw stage paths; the smallest demands nothing.
    """
    return st.sampled_from(all_paths())


@remembered
@st.composite
def transition_tables(
    draw: st.DrawFn, *, min_states: int = 1, max_states: int = 5, max_triggers: int = 4
) -> TransitionTable:
    """
    Draw tables that check out: every state is reached, by a chain at least.
    """
    states = [f"s{n}" for n in range(draw(st.integers(min_states, max_states)))]
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


class BrokenTable(NamedTuple):
    """
    What a table would be built of, and what is wrong with it.

    Attributes:
        states: As :class:`~rectiflow.TransitionTable` takes them.
        initial: The same.
        transitions: The same.
        problems: Every problem that was planted, each once and in no order.
    """

    states: tuple[str, ...]
    initial: str
    transitions: tuple[Transition, ...]
    problems: tuple[Message, ...]


@remembered
@st.composite
def broken_tables(draw: st.DrawFn, *, min_faults: int = 1, max_faults: int = 8) -> BrokenTable:
    """
    Draw parts of a table with some of eight faults planted in them.

    Args:
        draw: Hypothesis's own.
        min_faults: At least so many, at most eight.
        max_faults: At most so many; one fault may be several problems.
    """
    sound = draw(transition_tables())
    # None stands for the initial state, which is replaced where all else is added.
    faults = _faults(draw(st.sampled_from(sound.states)))
    kinds = st.sampled_from([*range(len(faults)), None])
    planted = draw(st.sets(kinds, min_size=min_faults, max_size=max_faults))
    chosen = [fault for n, fault in enumerate(faults) if n in planted]
    states = (*sound.states, *(state for fault in chosen for state in fault.states))
    moves = (*sound.transitions, *(move for fault in chosen for move in fault.transitions))
    problems = [problem for fault in chosen for problem in fault.problems]
    if None in planted:
        problems += [Message.of("table.unknown-initial", state="beginning")]
        # Then nothing at all is reached.
        problems += _out_of_reach(*states)
        problems += _dead(*(move for move in moves if move.source in states))
    return BrokenTable(
        tuple(draw(st.permutations(states))),
        "beginning" if None in planted else sound.initial,
        tuple(draw(st.permutations(moves))),
        tuple(problem for n, problem in enumerate(problems) if problem not in problems[:n]),
    )


def _faults(at: str) -> list[BrokenTable]:
    # Each has names of its own, so that none hides or causes another.
    again, out = Transition("again", at, at), Transition("out", at, "nowhere")
    back, lost = Transition("in", "elsewhere", at), Transition("in", "lost", at)
    ring = Transition("on", "left", "right"), Transition("on", "right", "left")
    nothing = Transition("off", "beyond", "beneath")
    return [
        BrokenTable((at,), at, (), (Message.of("table.state-twice", state=at),)),
        BrokenTable((), at, (again, again), (_told("table.transition-twice", again),)),
        BrokenTable((), at, (out,), (_told("table.unknown-target", out),)),
        BrokenTable((), at, (back,), (_told("table.unknown-source", back),)),
        BrokenTable(
            (),
            at,
            (nothing,),
            (_told("table.unknown-source", nothing), _told("table.unknown-target", nothing)),
        ),
        BrokenTable(("lost",), at, (lost,), (*_out_of_reach("lost"), *_dead(lost))),
        BrokenTable(("left", "right"), at, ring, (*_out_of_reach("left", "right"), *_dead(*ring))),
    ]


def _told(code: str, move: Transition) -> Message:
    return Message.of(code, **attrs.asdict(move))


def _out_of_reach(*states: str) -> list[Message]:
    return [Message.of("table.unreachable", state=state) for state in states]


def _dead(*moves: Transition) -> list[Message]:
    return [_told("table.dead-source", move) for move in moves]
