"""
The next word of some kind, looked for once however many dates of a list ask.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable

    from rectiflow.reading.tokens import Token

__all__ = ["Ahead"]


@attrs.define
class Ahead:
    """
    How far a look ahead went, and where it ended.

    Attributes:
        first: Where it began, included.
        last: The place it came to: that of the word, or the first not yet looked at.
        is_found: Whether the word stands at *last*.
    """

    first: int = 0
    last: int = -1
    is_found: bool = False

    def find(
        self, tokens: list[Token], at: int, until: int, is_it: Callable[[Token], bool]
    ) -> int | None:
        """
        Give the place of the first such word from *at*, included, to *until*, excluded.

        Every call must look for the same kind of word in the same tokens.
        """
        known = self.first <= at <= self.last
        self.first = at
        if known and self.is_found:
            return self.last if self.last < until else None
        n, until = (self.last if known else at), min(until, len(tokens))
        while n < until and not is_it(tokens[n]):
            n += 1
        self.last, self.is_found = n, n < until
        return n if self.is_found else None
