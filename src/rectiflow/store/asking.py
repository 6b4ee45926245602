"""
What every request must have: an actor, an instant, and a command id that can be kept.
"""

from __future__ import annotations

from datetime import datetime

from rectiflow.errors import InvalidValueError

from .actors import Actor

__all__ = ["check_actor", "check_request"]

LONGEST_COMMAND = 200
"""The most characters of a command id."""


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
    if not isinstance(command, str) or len(command) > LONGEST_COMMAND or not command.isprintable():
        shown = command[:80] if isinstance(command, str) else command
        expected = f"a text of at most {LONGEST_COMMAND} printable characters"
        raise InvalidValueError("command", shown, expected)
