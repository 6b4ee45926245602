"""
What every request must have: an actor, an instant, and a command id that can be kept.
"""

from __future__ import annotations

from datetime import datetime

from rectiflow.errors import InvalidValueError

from .actors import Actor

__all__ = ["check_actor", "check_request", "check_text"]

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
