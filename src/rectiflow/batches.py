"""
Why a batch, or an assignment to be kept, was refused.
"""

from __future__ import annotations

from typing import ClassVar

import attrs

from .errors import RectiflowError
from .messages import Language, Message
from .moves import Move

__all__ = ["BadMove", "BatchRefusedError", "StaleAssignmentError"]


@attrs.frozen
class BadMove:
    """
    A line of a batch that cannot be carried out.

    Attributes:
        position: Its place in the batch, from 0.
        move: The line; ``None`` where a whole history cannot be taken over.
        error: Why.
    """

    position: int
    move: Move | None
    error: RectiflowError


@attrs.define(slots=False, eq=False, repr=False, kw_only=True)
class BatchRefusedError(RectiflowError, ValueError):
    """
    A batch of which nothing was kept, with every bad line.

    Attributes:
        bad: Every line that cannot be carried out, in order.
        untried: Positions of lines on the same assignments after a bad one, which were not
            judged, since what they start from is not known.
        n: How many lines are bad.
    """

    code: ClassVar[str] = "error.batch-refused"

    bad: tuple[BadMove, ...]
    untried: tuple[int, ...] = ()

    @property
    def message(self) -> Message:
        """
        The error as a code with its facts: how many lines are bad.
        """
        return Message.of(self.code, n=len(self.bad), untried=len(self.untried))

    def text(self, lang: Language = "en") -> str:
        """
        Write the error and then every bad line.
        """
        lines = [self.message.text(lang)]
        for each in self.bad:
            what = "" if each.move is None else f" {each.move.row} × {each.move.unit}:"
            reason = each.error.text(lang).replace("\n", "\n    ")
            lines.append(f"  [{each.position}]{what} {reason}")
        return "\n".join(lines)


@attrs.define(slots=False, eq=False, repr=False)
class StaleAssignmentError(RectiflowError, ValueError):
    """
    An assignment to be kept that does not continue the one in the ledger.

    Attributes:
        subject: The assignment, in words.
    """

    code: ClassVar[str] = "error.stale-assignment"

    subject: str
