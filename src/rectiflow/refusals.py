"""
Facts beside the stages, and why one cannot be written down.
"""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

import attrs

from .errors import RectiflowError
from .messages import Language, Message

__all__ = ["Fact", "FactRefusedError"]


class Fact(StrEnum):
    """
    What can be said of an assignment besides its moves from stage to stage.
    """

    COMPLETE = "complete"
    """A dated milestone that is not a stage is done."""
    REOPEN = "reopen"
    """A completed milestone is to be done again."""
    RECORD = "record"
    """An event that deadlines count from has happened."""
    ADJUST = "adjust"
    """An extension, suspension, restart or override was decided."""


@attrs.define(slots=False, eq=False, repr=False, kw_only=True)
class FactRefusedError(RectiflowError, ValueError):
    """
    A fact that contradicts what is already written, with every reason.

    Attributes:
        fact: What was to be written.
        about: The milestone or event it is about.
        reasons: Every reason, each a message with a stable code; at least one.
        subject: The assignment, in words.

    >>> from datetime import date
    >>> import rectiflow as rf
    >>> a = rf.assign(rf.load("yuhui-2020"))["2.1", "区城市管理局"]
    >>> try:
    ...     a.complete("rectified", at=date(2020, 6, 24))
    ... except FactRefusedError as refusal:
    ...     refusal.codes
    ('refused.is-a-stage',)
    """

    code: ClassVar[str] = "error.fact-refused"

    fact: Fact
    about: str
    reasons: tuple[Message, ...]
    subject: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """
        The stable codes of the reasons.
        """
        return tuple(reason.code for reason in self.reasons)

    def text(self, lang: Language = "en") -> str:
        """
        Write the refusal, a line for each reason.
        """
        lines = ["- " + reason.text(lang) for reason in self.reasons]
        return "\n".join([self.message.text(lang), *lines])
