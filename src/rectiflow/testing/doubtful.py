"""
Strategies for what a text leaves unclear: clauses as read, open doubts, what a person decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from rectiflow.clauses import Act, Clause
from rectiflow.reading.settling import OpenDoubt, Settlement
from rectiflow.stages import Stage

from .lists import doubts, names
from .remembering import remembered
from .rules import rules

if TYPE_CHECKING:
    from rectiflow.source import Doubt

__all__ = ["clauses", "open_doubts", "settlements"]

_ROWS = st.sampled_from(("", "1", "2.1"))
_STAGES = st.none() | st.sampled_from(Stage)
_FEW = st.lists(doubts(), max_size=2).map(tuple)


@remembered
@st.composite
def clauses(draw: st.DrawFn) -> Clause:
    """
    Draw clauses of a requirement as they are read.
    """
    words, start = draw(names()), draw(st.integers(0, 20))
    return Clause(
        text=words,
        span=(start, start + len(words)),
        act=draw(st.sampled_from(Act)),
        stage=draw(_STAGES),
        rule=draw(rules()),
        ongoing=draw(st.booleans()),
        soft=draw(st.booleans()),
        doubts=draw(_FEW),
    )


@remembered
def open_doubts() -> st.SearchStrategy[OpenDoubt]:
    """
    Draw doubts that nobody has decided, with their numbers.
    """
    return st.builds(OpenDoubt, st.integers(1, 20), _ROWS, doubts(is_open=True))


@remembered
@st.composite
def settlements(draw: st.DrawFn) -> Settlement:
    """
    Draw what a person decides: one of a doubt's candidates.
    """
    asked = draw(open_doubts())
    doubt: Doubt = asked.doubt
    answer = doubt.candidates[draw(st.integers(0, len(doubt.candidates) - 1))]
    return Settlement.to(asked, answer, by=draw(names()))
