"""
What ``rectiflow prove`` is pointed at: imported, and fitted with families of laws.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import attrs

from rectiflow.errors import InvalidValueError, RectiflowError
from rectiflow.messages import Message

if TYPE_CHECKING:
    from rectiflow.testing import LawFamily

__all__ = ["TargetError", "families_for", "imported", "pasted"]

_MAKING_SECONDS = 20.0


@attrs.define(slots=False, eq=False, repr=False, kw_only=True)
class TargetError(RectiflowError, ValueError):
    """
    A target of which it cannot be told what it is, or that cannot be made.

    Attributes:
        target: As it was given.
        why: What is wrong with it, and what would do.
    """

    code: ClassVar[str] = "error.target"

    target: str
    why: Message


def imported(target: str) -> Any:  # noqa: ANN401 -- whatever stands there
    """
    Import what a target names.

    Raises:
        InvalidValueError: If there is nothing of that name, or importing it fails.
    """
    module, colon, names = target.partition(":")
    if not (colon and module and names):
        raise InvalidValueError("TARGET", target, "package.module:object")
    here = str(Path.cwd())
    if here not in sys.path:
        # As with python -m, what lies where the command is given is found.
        sys.path.insert(0, here)
    try:
        found: Any = import_module(module)
        for name in names.split("."):
            found = getattr(found, name)
    except (Exception, SystemExit) as error:  # noqa: BLE001 -- a module may do anything when it is loaded
        why = f"{type(error).__name__}: {error}"
        raise InvalidValueError("TARGET", target, f"package.module:object ({why})") from None
    return found


def families_for(thing: object, target: str, laws: str | None) -> list[LawFamily]:
    """
    Find the families a thing is tried under: those named, or those that it looks made for.

    Raises:
        TargetError: If it cannot be told what the thing is, or it can be none of these.
        UnknownNameError: If there is no such family.
    """
    from rectiflow.testing.laws.families import family_named  # noqa: PLC0415 -- only here

    names = _fitting(thing, target) if laws is None else [each.strip() for each in laws.split(",")]
    found = [family_named(name) for name in names]
    lost = _arguments(thing)
    if lost and any(_is_called(thing, family) for family in found):
        raise TargetError(target=target, why=_why("needs", arguments=lost))
    return found


def _is_called(thing: object, family: LawFamily) -> bool:
    if isinstance(thing, type):
        return family.makes_classes
    # A reader is called with its text, and is no maker of anything.
    return "__call__" not in (family.parts or {})


def _arguments(thing: object) -> str:
    from rectiflow.testing.laws.targets import is_function, needs  # noqa: PLC0415 -- as above

    return ", ".join(needs(thing)) if isinstance(thing, type) or is_function(thing) else ""


def _fitting(thing: object, target: str) -> tuple[str, ...]:
    from rectiflow.testing.laws.families import fitting  # noqa: PLC0415 -- as above
    from rectiflow.testing.laws.targets import is_function, made_by  # noqa: PLC0415 -- as above
    from rectiflow.testing.laws.watched import FaultError  # noqa: PLC0415 -- as above

    found = fitting(thing)
    if found:
        return found
    if lost := _arguments(thing):
        raise TargetError(target=target, why=_why("needs", arguments=lost))
    made = thing
    if isinstance(thing, type) or is_function(thing):
        try:
            made = made_by(thing, _MAKING_SECONDS)
        except FaultError as fault:
            raise TargetError(target=target, why=fault.message) from None
    found = fitting(made)
    if not found:
        raise TargetError(target=target, why=_why("fits-nothing", kind=type(made).__name__))
    return found


def _why(code: str, **facts: object) -> Message:
    from rectiflow.testing.laws.families import FAMILIES  # noqa: PLC0415 -- as above

    return Message.of(f"cli.prove.{code}", families=", ".join(FAMILIES), **facts)


def pasted(thing: object, target: str, family: str) -> str:
    """
    Write the code that gives the thing which a report calls target.
    """
    from rectiflow.testing.laws.families import family_named  # noqa: PLC0415 -- as above
    from rectiflow.testing.laws.targets import is_made_for  # noqa: PLC0415 -- as above

    module, _, names = target.partition(":")
    laws = family_named(family)
    made = names + ("()" if laws.fresh or is_made_for(thing, laws) else "")
    return f"from {module} import {names.partition('.')[0]}; target = {made}"
