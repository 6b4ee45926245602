"""
The head of a ledger to be kept elsewhere: what a log cut short or written anew cannot match.
"""

from __future__ import annotations

import re

import attrs

from rectiflow.errors import InvalidValueError

__all__ = ["Anchor"]

_TEXT = re.compile(r"rectiflow-anchor/1 (\d{1,18}) ([0-9a-f]{64})")


@attrs.frozen
class Anchor:
    """
    How many events a ledger had, and the hash of the last of them.

    Printed on a report or sent to another office, it proves later that the events up to there
    are the same: the chain alone does not show that its tail was cut off, or that all of it was
    written anew.

    Attributes:
        seq: The number of the last event.
        hash: Its hash, in hexadecimal digits.

    >>> str(Anchor(3, "ab" * 32))[:28]
    'rectiflow-anchor/1 3 abababa'
    >>> Anchor.parse(str(Anchor(3, "ab" * 32))) == Anchor(3, "ab" * 32)
    True
    """

    seq: int
    hash: str

    @classmethod
    def parse(cls, text: str) -> Anchor:
        """
        Read what ``str`` wrote.

        Raises:
            InvalidValueError: If it is not that.
        """
        found = _TEXT.fullmatch(text.strip()) if isinstance(text, str) else None
        if found is None:
            raise InvalidValueError("anchor", text, "a line: rectiflow-anchor/1 NUMBER HASH")
        return cls(int(found[1]), found[2])

    def __str__(self) -> str:
        """
        Write it as one line.
        """
        return f"rectiflow-anchor/1 {self.seq} {self.hash}"
