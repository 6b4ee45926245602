"""
A law: one thing that must hold of whatever is under test, in every case that is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

import attrs
from hypothesis.strategies import SearchStrategy

from rectiflow.errors import InvalidValueError
from rectiflow.messages import Message
from rectiflow.source import Source

__all__ = [
    "CONVENTION",
    "UNPROVED",
    "Cases",
    "Law",
    "NothingToTryError",
    "Objection",
    "Share",
    "Unproved",
]


class Unproved:
    """
    What an objection gives for a case in which nothing was shown; see :data:`UNPROVED`.
    """


UNPROVED: Final = Unproved()
"""A case in which the law neither holds nor fails, e.g. a reader that gave only doubts."""

Cases = Callable[[Any], SearchStrategy[Any]]
"""From the subject to the strategy of its cases; a case is a small frozen value."""

Objection = Callable[[Any, Any], Message | str | Unproved | None]
"""From the subject and a case to what is wrong, or ``None``."""

CONVENTION = Source("docs/explanation/counting-days.md")
"""What no clause says and everybody counts by."""

_ID = re.compile(r"[a-z]+(\.[a-z0-9]+(-[a-z0-9]+)*)+")


class NothingToTryError(Exception):
    """
    A strategy's word that the thing under test has no such case: no day off, no worked day.
    """


def _always(_subject: object) -> bool:
    return True


@attrs.frozen(kw_only=True)
class Share:
    """
    A class of cases without which a run proves little, and how often it must be met.

    Attributes:
        name: What such a case does, e.g. ``"crosses-a-holiday"``.
        least: The least share of the cases, from 0 to 1.
        meets: Whether a case is one, from the subject and the case.
        applies: Whether the subject has such cases at all.
    """

    name: str
    least: float
    meets: Callable[[Any, Any], bool]
    applies: Callable[[Any], bool] = _always


def _is_id(_law: object, _field: attrs.Attribute[str], value: object) -> None:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise InvalidValueError("Law.id", value, 'e.g. "calendar.add-lands-on-a-workday"')


def _is_edition(_law: object, _field: attrs.Attribute[str], value: object) -> None:
    if not isinstance(value, str) or not value.isdecimal() or value.startswith("0"):
        raise InvalidValueError("Law.edition", value, 'a whole number as text, e.g. "1"')


@attrs.frozen(kw_only=True)
class Law:
    """
    One sentence that must hold, with the cases that try it and the judge of each.

    Attributes:
        id: Its name, never reused, e.g. ``"calendar.add-lands-on-a-workday"``.
        edition: The edition of its family that brought it; who pins an earlier one is not asked.
        source: The clause or convention it rests on.
        cases: The subject to a strategy of cases.
        objection: What is wrong in a case; ``None`` if nothing, :data:`UNPROVED` if it shows
            nothing.  It asks the subject and changes nothing.
        asks: The parts of the target that it uses beyond those its family requires; where the
            target does not offer them, the law is left out, and said to be.
        proves: The least share of cases, from 0 to 1, that must show something.
        shares: What a run must meet to prove anything.
        kept: Why it is kept though every mistake it catches is caught by another; may be empty.
        stated: The sentence of a law that is not in the catalogues; empty for a shipped one.
        catching: The mistake that breaks such a law.

    Raises:
        InvalidValueError: If the id or the edition is not written as one.
    """

    id: str = attrs.field(validator=_is_id)
    edition: str = attrs.field(default="1", validator=_is_edition)
    source: Source = CONVENTION
    cases: Cases = attrs.field(repr=False)
    objection: Objection = attrs.field(repr=False)
    asks: tuple[str, ...] = ()
    proves: float = 0.5
    shares: tuple[Share, ...] = attrs.field(default=(), repr=False)
    kept: str = attrs.field(default="", repr=False)
    stated: str = attrs.field(default="", repr=False)
    catching: str = attrs.field(default="", repr=False)

    @property
    def says(self) -> Message:
        """
        The law in one sentence.
        """
        return _own(self.stated) or Message.of(f"law.{self.id}.says")

    @property
    def catches(self) -> Message:
        """
        The mistake that breaks it.
        """
        return _own(self.catching) or Message.of(f"law.{self.id}.catches")


def _own(words: str) -> Message | None:
    return Message.of("law.own", words=words) if words else None
