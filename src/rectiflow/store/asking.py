"""
What every request must have: an actor, an instant, and a command id that can be kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from importlib import import_module
from typing import TypeVar

from rectiflow.errors import InvalidValueError

from .actors import Actor

__all__ = ["check_actor", "check_note", "check_parts", "check_request", "check_text", "each_of"]

T = TypeVar("T")

LONGEST = 200
"""The most characters of a command id, and of a name of a ledger or an office."""


def check_actor(actor: object) -> None:
    """
    Refuse what is no actor.

    Raises:
        InvalidValueError: Saying what one is.
    """
    if not isinstance(actor, Actor):
        raise InvalidValueError("actor", actor, "an Actor: who asks, for which unit, in what roles")


def check_request(actor: object, recorded_at: object, command: object = "") -> None:
    """
    Refuse what is no actor, no instant or no command id.

    Raises:
        InvalidValueError: Naming it.
    """
    check_actor(actor)
    if not isinstance(recorded_at, datetime) or recorded_at.utcoffset() is None:
        raise InvalidValueError("recorded_at", recorded_at, "now, a datetime with a time zone")
    check_text("command", command, may_be_empty=True)


def check_note(note: object) -> None:
    """
    Refuse a note that is no text.

    Raises:
        InvalidValueError: Naming it.
    """
    if not isinstance(note, str):
        raise InvalidValueError("note", note, "a text")


_PARTS = {
    "calendar": ("rectiflow.workdays", "WorkCalendar"),
    "immediate": ("rectiflow.deadlines", "DeadlineRule"),
    "policy": ("rectiflow.store.policies", "Policy"),
    "rl": ("rectiflow.lists", "RectificationList"),
    "roster": ("rectiflow.rosters", "Roster"),
    "workflow": ("rectiflow.workflow", "Workflow"),
}


def check_parts(**given: object) -> None:
    """
    Refuse parts that are nothing of their kind; ``None`` is a part that was not given.

    Raises:
        InvalidValueError: Naming the first.
    """
    for field, value in given.items():
        if value is None:
            continue
        # Only what was given is loaded, which the caller has done already.
        module, name = _PARTS[field]
        if not isinstance(value, getattr(import_module(module), name)):
            raise InvalidValueError(field, value, f"a {name}")


def each_of(field: str, given: Iterable[T], kind: type[T]) -> tuple[T, ...]:
    """
    Give what was given, each of a kind.

    Raises:
        InvalidValueError: Naming the first that is none.
    """
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise InvalidValueError(field, given, f"a list of {kind.__name__}")
    found = tuple(given)
    for each in found:
        if not isinstance(each, kind):
            raise InvalidValueError(field, each, f"a {kind.__name__}")
    return found


def check_text(field: str, text: object, *, may_be_empty: bool = False) -> None:
    """
    Refuse what is no short line of text.

    Raises:
        InvalidValueError: Naming the field.
    """
    if isinstance(text, str) and len(text) <= LONGEST and text.isprintable():
        if text or may_be_empty:
            return
        raise InvalidValueError(field, text, "a text that is not empty")
    shown = text[:80] if isinstance(text, str) else text
    raise InvalidValueError(field, shown, f"a text of at most {LONGEST} printable characters")
