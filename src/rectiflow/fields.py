"""
What fields may hold: attrs validators that several values share.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .errors import InvalidValueError
from .names import is_name

if TYPE_CHECKING:
    from collections.abc import Callable

    import attrs

__all__ = ["a_name", "a_tuple_of", "some_names"]

_NAME = "a text, not empty and without white space around it"


def a_name(instance: object, field: attrs.Attribute[Any], value: object) -> None:
    """
    Refuse what is no name.

    Raises:
        InvalidValueError: Naming the field.
    """
    if not is_name(value):
        raise InvalidValueError(_of(instance, field), value, _NAME)


def some_names(instance: object, field: attrs.Attribute[Any], value: object) -> None:
    """
    Refuse what is no tuple of names.

    Raises:
        InvalidValueError: Naming the field and, if one name is wrong, its position.
    """
    if not isinstance(value, tuple):
        raise InvalidValueError(_of(instance, field), value, "a tuple of names")
    for position, each in enumerate(value):
        if not is_name(each):
            raise InvalidValueError(f"{_of(instance, field)}[{position}]", each, _NAME)


def a_tuple_of(kind: type) -> Callable[[object, attrs.Attribute[Any], object], None]:
    """
    Make the validator that refuses what is no tuple of *kind*.
    """

    def check(instance: object, field: attrs.Attribute[Any], value: object) -> None:
        """
        Refuse what is no tuple of the kind, naming the field.
        """
        if not isinstance(value, tuple):
            raise InvalidValueError(_of(instance, field), value, f"a tuple of {kind.__name__}")
        for position, each in enumerate(value):
            if not isinstance(each, kind):
                where = f"{_of(instance, field)}[{position}]"
                raise InvalidValueError(where, each, f"a {kind.__name__}")

    return check


def _of(instance: object, field: attrs.Attribute[Any]) -> str:
    return f"{type(instance).__name__}.{field.name}"
