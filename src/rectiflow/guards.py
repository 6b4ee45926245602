"""
The house's guards: what stands against a step by the row's path and by time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from .messages import Message
from .moments import is_before
from .stages import Trigger
from .steps import Step

__all__ = ["HOUSE_GUARDS", "Guard", "along_the_path", "back_for_a_reason", "in_time_order"]

Guard = Callable[[Step], Message | Iterable[Message] | None]
"""Gives every reason that stands against a step, or ``None``."""

_BACK = Trigger.SEND_BACK


def along_the_path(step: Step) -> tuple[Message, ...] | None:
    """
    Refuse to jump over a demanded stage, and to reach one that is not demanded.
    """
    target, path = step.target, step.path
    if target is path.next_after(step.stage) or target is None:
        return None
    reasons = []
    if step.trigger is not _BACK and (skipped := path.demanded_between(step.stage, target)):
        reasons.append(Message.of("refused.skips-demanded", target=target, skipped=skipped))
    if target not in path:
        reasons.append(Message.of("refused.not-demanded", target=target, path=path.stages))
    return tuple(reasons)


def in_time_order(step: Step) -> Message | None:
    """
    Refuse a step that is dated before the last move.
    """
    at, last_at = step.at, step.last_at
    if at is None or last_at is None or not is_before(at, last_at, step.zone):
        return None
    return Message.of("refused.earlier-than-last", at=at, last_at=last_at)


def back_for_a_reason(step: Step) -> tuple[Message, ...] | None:
    """
    Refuse to send back without saying where to and why.
    """
    if step.trigger is not _BACK:
        return None
    codes = {"refused.no-reason": step.reason.strip(), "refused.no-target": step.target}
    return tuple(Message.of(code, stage=step.stage) for code, said in codes.items() if not said)


HOUSE_GUARDS: tuple[Guard, ...] = (
    along_the_path,
    in_time_order,
    back_for_a_reason,
)
