"""
Why a request was not written although nothing is wrong with it: others were there before.
"""

from __future__ import annotations

from typing import ClassVar

import attrs

from rectiflow.errors import RectiflowError
from rectiflow.messages import Language, Message

from .events import Event

__all__ = ["CommandReusedError", "ConcurrencyError", "LedgerExistsError"]


@attrs.define(slots=False, eq=False, repr=False, kw_only=True)
class ConcurrencyError(RectiflowError, ValueError):
    """
    A request made on a page that others have overtaken; nothing of its batch was kept.

    Read the ledger again and decide anew.  It is no use to repeat the request as it was.

    Attributes:
        subjects: The assignments that moved on, in words; the ledger's name where it was to be
            redefined.
        meanwhile: What happened to them since, in order; a redefinition happens to all.
    """

    code: ClassVar[str] = "error.overtaken"

    subjects: tuple[str, ...]
    meanwhile: tuple[Event, ...]

    @property
    def message(self) -> Message:
        """
        The error as a code with its facts.
        """
        return Message.of(self.code, subjects=self.subjects, n=len(self.meanwhile))

    def text(self, lang: Language = "en") -> str:
        """
        Write the error, a line for each thing that happened meanwhile.
        """
        lines = ["- " + event.message.text(lang) for event in self.meanwhile]
        return "\n".join([self.message.text(lang), *lines])


@attrs.define(slots=False, eq=False, repr=False, kw_only=True)
class CommandReusedError(RectiflowError, ValueError):
    """
    A command id that was used for another request.

    Attributes:
        command: The id.
        seq: The first event of the request that has it.
    """

    code: ClassVar[str] = "error.command-reused"

    command: str
    seq: int


@attrs.define(slots=False, eq=False, repr=False, kw_only=True)
class LedgerExistsError(RectiflowError, ValueError):
    """
    A ledger to be created whose name is taken.

    Attributes:
        store: Where.
        name: The name.
        office: Of which office; may be empty.
    """

    code: ClassVar[str] = "error.ledger-exists"

    store: str
    name: str
    office: str
