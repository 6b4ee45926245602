"""
What was attempted and refused, as it is written down.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectiflow.batches import BatchRefusedError
from rectiflow.messages import Message
from rectiflow.refusals import FactRefusedError
from rectiflow.steps import TransitionRefusedError

from .events import EventKind
from .policies import NotPermittedError, RefusedAct, Request
from .redefining import HistoryLostError
from .requests import NotConfirmableError

if TYPE_CHECKING:
    from rectiflow.errors import RectiflowError

    from .actors import Actor

__all__ = ["Refused", "attempt", "objections_in", "refusal"]

Refused = tuple[int, Request, tuple[Message, ...]]
"""A line that is refused: its place in the request, what it asks, every reason against it."""


def attempt(line: int, request: Request, reasons: tuple[Message, ...]) -> dict[str, Any]:
    """
    Give the fields of the record that says what was attempted, and what stood against it.
    """
    held = request.assignment
    said: dict[str, Any] = {"kind": EventKind.REFUSED, "line": line, "event": request.act.value}
    if held is not None:
        said |= {"row": held.row.id, "unit": held.unit.name}
    if request.move is not None:
        said["at"] = request.move.at.isoformat()
    said["reasons"] = tuple((each.code, _told(each)) for each in reasons)
    return said


def _told(reason: Message) -> dict[str, Any]:
    return {
        name: [str(each) for each in value] if isinstance(value, tuple) else str(value)
        for name, value in reason.facts.items()
    }


def refusal(actor: Actor, refused: list[Refused]) -> NotPermittedError:
    """
    Give the error that names every line that the policy refuses.
    """
    acts = (
        RefusedAct(
            line=line,
            act=request.act,
            subject="" if request.assignment is None else request.assignment.label,
            reasons=reasons,
        )
        for line, request, reasons in refused
    )
    return NotPermittedError(person=actor.person, refused=tuple(acts))


def objections_in(error: RectiflowError) -> dict[int, tuple[Message, ...]]:
    """
    Give what the rules have against each line of a request, as their refusal says.

    What asks for something that is not there is malformed and no attempt, as is a bad document;
    for these there is nothing.
    """
    if isinstance(error, BatchRefusedError):
        return {
            each.position: each.error.reasons
            for each in error.bad
            if isinstance(each.error, TransitionRefusedError | FactRefusedError)
        }
    if isinstance(error, NotConfirmableError):
        return {0: error.reasons}
    if isinstance(error, HistoryLostError):
        return {0: (error.message,)}
    return {}
