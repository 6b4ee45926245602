"""
A step that is asked for, and its refusal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

import attrs

from .errors import RectiflowError
from .messages import Language, Message
from .moments import CHINA_TIME, Moment
from .stages import Stage, StagePath, Trigger

if TYPE_CHECKING:
    from datetime import tzinfo

__all__ = ["Step", "TransitionRefusedError"]


class Step(NamedTuple):
    """
    A step that is asked for: what a guard may look at.

    A named tuple and no attrs class, as one is made for every step, in a third of the time.

    Attributes:
        trigger: What is asked for.
        stage: Where it starts.
        target: Where it would lead; ``None`` for a ``send_back`` that does not say.
        path: The stages that the row demands.
        at: When; ``None`` only where :meth:`Workflow.allowed` asks before anything is known.
        last_at: When the last move was; ``None`` if there was none.
        by: Who.
        note: Anything said about it.
        reason: Why it is sent back.
        subject: What is to move: an :class:`~rectiflow.Assignment` or the caller's own object.
        zone: The time zone that days are meant in.
    """

    trigger: Trigger
    stage: Stage
    target: Stage | None
    path: StagePath
    at: Moment | None
    last_at: Moment | None = None
    by: str = ""
    note: str = ""
    reason: str = ""
    subject: Any = None
    zone: tzinfo = CHINA_TIME


@attrs.define(slots=False, eq=False, repr=False, kw_only=True)
class TransitionRefusedError(RectiflowError, ValueError):
    """
    A step that the list or the rules do not allow, with every reason.

    Attributes:
        trigger: What was asked for.
        stage: Where the assignment stands.
        reasons: Every reason, each a message with a stable code; at least one.
        allowed: The triggers that nothing stands against.
        subject: What was to move, in words; may be empty.

    >>> from datetime import date
    >>> import rectiflow as rf
    >>> a = rf.assign(rf.load("yuhui-2020"))["2.1", "区城市管理局"]
    >>> try:
    ...     a.rectify(at=date(2020, 6, 24))
    ... except TransitionRefusedError as refusal:
    ...     refusal.codes, [str(trigger) for trigger in refusal.allowed]
    (('refused.skips-demanded',), ['self_check'])
    """

    code: ClassVar[str] = "error.refused"

    trigger: Trigger
    stage: Stage
    reasons: tuple[Message, ...]
    allowed: tuple[Trigger, ...]
    subject: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """
        The stable codes of the reasons.
        """
        return tuple(reason.code for reason in self.reasons)

    def text(self, lang: Language = "en") -> str:
        """
        Write the refusal, a line for each reason, and what may be done instead.
        """
        code = "error.refused.subject" if self.subject else self.code
        head = Message.of(code, trigger=self.trigger, stage=self.stage, subject=self.subject)
        lines = [head.text(lang), *("- " + reason.text(lang) for reason in self.reasons)]
        hint = "error.refused.allowed" if self.allowed else "error.refused.nothing-allowed"
        return "\n".join([*lines, Message.of(hint, allowed=self.allowed).text(lang)])
