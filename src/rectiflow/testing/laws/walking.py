"""
A walk of a case as one question: moves asked for in order, and what was seen after each.

A system's cases are handles of its own, and what they hold changes.  What a law may compare are
plain values, so a walk is asked as a whole and answered in texts and days.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from rectiflow.testing.systems import refusals_of

from .code import as_code
from .watched import Part, Question, Watched

if TYPE_CHECKING:
    from rectiflow.testing.plain import Ask

__all__ = ["WORKFLOW", "Seen", "Walker", "walker_of"]

WORKFLOW = {
    "begin": Part(),
    "move": Part(),
    "stage": Part(gives=(str,)),
    "history": Part(),
    "refusals": Part(called=False, required=False),
}
"""The parts of a :class:`~rectiflow.testing.CaseSystem`."""

_A_WALK = Part(gives=(tuple,))


@attrs.frozen
class Seen:
    """
    What was seen after a move was asked for.

    Attributes:
        answer: ``"taken"``, ``"refused"``, or what was raised instead.
        stage: Where the case stood then.
        history: Stage and day of each of its moves.
    """

    answer: str
    stage: Any = None
    history: tuple[tuple[Any, ...], ...] = ()


class _Walk(Question):
    """
    The question, as the code that asks it.
    """

    def code(self) -> str:
        """
        Write it as Python: the moves, one after another.
        """
        path, asks = self.args or ((), ())
        return f"walk(target, {as_code(path)}, [{', '.join(map(as_code, asks))}])"


class Walker:
    """
    The subject of laws about moves.
    """

    def __init__(self, watched: Watched) -> None:
        """
        Stand for a watched system.
        """
        # The parts of a walk are no questions of their own: their answers are handles.
        self._target: Any = watched._target  # noqa: SLF001 -- see above
        self._watch = watched._watch  # noqa: SLF001 -- see above

    def walk(self, path: tuple[str, ...], asks: tuple[Ask, ...]) -> tuple[Seen, ...]:
        """
        Walk a new case; the first thing seen is the new case itself.
        """
        question = _Walk(None, "walk", (path, asks))
        seen: tuple[Seen, ...] = self._watch.ask(
            question, _A_WALK, lambda: walk(self._target, path, asks)
        )
        return seen


def walk(system: Any, path: tuple[str, ...], asks: tuple[Ask, ...]) -> tuple[Seen, ...]:  # noqa: ANN401 -- a system of cases
    """
    Have a new case of a system moved along, and note what is seen after each move.
    """
    try:
        case = system.begin(path)
    except Exception as error:  # noqa: BLE001 -- whatever it raises is what was seen
        return (Seen(f"begin: {as_code(error)}"),)
    seen = [_look(system, case, "begun")]
    for ask in asks:
        answer = "taken"
        try:
            after = system.move(case, ask.trigger, at=ask.at, to=ask.to, reason=ask.reason)
            case = case if after is None else after
        except refusals_of(system):
            answer = "refused"
        except Exception as error:  # noqa: BLE001 -- as above
            answer = f"move: {as_code(error)}"
        seen.append(_look(system, case, answer))
    return tuple(seen)


def _look(system: Any, case: Any, answer: str) -> Seen:  # noqa: ANN401 -- as above
    try:
        history = tuple(tuple(each) for each in system.history(case))
        return Seen(answer, system.stage(case), history)
    except Exception as error:  # noqa: BLE001 -- as above
        return Seen(f"stage or history: {as_code(error)}")


def walker_of(watched: Watched) -> Walker:
    """
    Give the subject of a watched system.
    """
    return Walker(watched)
