"""
Who asks for something: a person, for a unit, in roles; the caller's system says so, never we.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import attrs

from rectiflow.errors import InvalidValueError
from rectiflow.fields import a_name

__all__ = ["Actor", "OfficeRole"]


class OfficeRole(StrEnum):
    """
    What a person may act as; an office's own policy may know other roles.
    """

    RESPONSIBLE = "responsible"
    """责任单位: moves its own assignments forward."""
    SUPERVISOR = "supervisor"
    """督办单位: sends back, extends, suspends, overrides, confirms, keeps list and roster."""
    SYSTEM = "system"
    """The office's own system: writes down events that deadlines count from, and imports."""


def _roles(given: Iterable[str]) -> tuple[str, ...]:
    if isinstance(given, str):
        # A single role is what was meant; a tuple of its characters never is.
        given = (given,)
    roles = tuple(given) if isinstance(given, Iterable) else (given,)
    for role in roles:
        if not isinstance(role, str) or not role.strip():
            raise InvalidValueError("Actor.roles", given, 'names of roles, e.g. ("supervisor",)')
    return tuple(sorted(str(role) for role in set(roles)))


@attrs.frozen
class Actor:
    """
    A person who acts for a unit in some roles, as the caller's login says.

    Attributes:
        person: Who, by a name that tells people apart.
        unit: For which unit; any of its names.
        roles: As what; see :class:`OfficeRole`.  Without any, the house's policy refuses all.

    >>> Actor("王五", "区司法局", "responsible").roles
    ('responsible',)
    """

    person: str = attrs.field(validator=a_name)
    unit: str = attrs.field(validator=a_name)
    roles: tuple[str, ...] = attrs.field(default=(), converter=_roles)
