"""
Every family of laws that ships, by name; each is loaded when it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from inspect import getattr_static
from typing import TYPE_CHECKING

from rectiflow.errors import UnknownNameError

if TYPE_CHECKING:
    from .family import LawFamily

__all__ = ["FAMILIES", "family_named", "fitting"]

# Name to the module that holds it, and the part by which a target is known to be one, if any.
_PLACES = {
    "calendar": ("calendar_laws", "is_workday"),
    "china": ("china_laws", None),
    "history": ("history_laws", "write"),
    "reading": ("reading_laws", None),
    "rules": ("rule_laws", "After"),
    "store": ("store_laws", "again"),
    "verdict": ("verdict_laws", "outcome"),
    "workflow": ("workflow_laws", "begin"),
}
FAMILIES = tuple(_PLACES)
"""The names of the families."""


def family_named(name: str) -> LawFamily:
    """
    Give a family by its name.

    Raises:
        UnknownNameError: If there is none.
    """
    if name not in _PLACES:
        raise UnknownNameError.among("family", name, FAMILIES)
    module, _ = _PLACES[name]
    family: LawFamily = getattr(import_module(f"{__package__}.{module}"), module)
    return family


def fitting(target: object) -> tuple[str, ...]:
    """
    Name the families that a thing looks as if it were made for.
    """
    return tuple(name for name, (_, part) in _PLACES.items() if part and _has(target, part))


def _has(target: object, part: str) -> bool:
    try:
        # A property is not asked: it may raise, or come to no end.
        getattr_static(target, part)
    except AttributeError:
        return _gives(target, part)
    return True


def _gives(target: object, part: str) -> bool:
    try:
        return hasattr(target, part)
    except Exception:  # noqa: BLE001 -- what cannot be looked at says nothing of what it is
        return False
