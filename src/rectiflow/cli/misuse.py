"""
What is wrong with a command line, in words.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, get_args

from cyclopts import (
    CoercionError,
    MissingArgumentError,
    UnknownCommandError,
    UnknownOptionError,
    UnusedCliTokensError,
)

from rectiflow.messages import Message

if TYPE_CHECKING:
    from cyclopts import CycloptsError

__all__ = ["misuse"]


def misuse(error: CycloptsError) -> Message:
    """
    Give the message for an error of cyclopts; its own English words for the rarer ones.
    """
    code, facts = _sorted_out(error)
    return Message(f"cli.misuse{code}", facts)


def _sorted_out(error: CycloptsError) -> tuple[str, dict[str, object]]:
    # A line break at its head is all that is left of its long form.
    found: tuple[str, dict[str, object]] = ("", {"why": str(error).strip()})
    match error:
        case UnknownCommandError():
            found = ".command", {"given": (error.unused_tokens or [])[:1]}
        case MissingArgumentError() if error.argument is not None:
            found = ".missing", {"name": error.argument.name}
        case UnknownOptionError():
            found = ".option", {"given": error.token.keyword or error.token.value}
        case CoercionError() if error.token is not None:
            choices = _choices(error.target_type)
            found = (
                ".choice" if choices else ".value",
                {
                    "given": error.token.value,
                    "name": error.token.keyword or "",
                    "choices": choices,
                },
            )
        case UnusedCliTokensError():
            found = ".unused", {"given": error.unused_tokens or []}
    return found


def _choices(kind: object) -> list[str]:
    if isinstance(kind, type) and issubclass(kind, Enum):
        return [str(each.value) for each in kind]
    return [each for each in get_args(kind) if isinstance(each, str)]
