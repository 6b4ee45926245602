"""
What was attempted and refused, as it is written down.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .events import EventKind
from .policies import NotPermittedError, RefusedAct

if TYPE_CHECKING:
    from rectiflow.messages import Message

    from .actors import Actor
    from .policies import Request

__all__ = ["attempt", "refusal"]


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


def refusal(
    actor: Actor, refused: list[tuple[int, Request, tuple[Message, ...]]]
) -> NotPermittedError:
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
