"""
The bodies that answer for a row: units, groups of units, and their names.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import attrs

from .errors import InvalidValueError, UnknownNameError
from .fields import a_name, a_tuple_of, some_names
from .names import folded
from .problems import Problem, refuse, twice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = [
    "Body",
    "Responsibility",
    "Role",
    "Unit",
    "UnitGroup",
    "UnitRegister",
    "register_problems",
]


class Role(StrEnum):
    """
    What a body is in a row.
    """

    RESPONSIBLE = "responsible"
    """责任单位"""
    LEAD = "lead"
    """牵头单位"""
    SUPPORT = "support"
    """配合单位"""


@attrs.frozen(kw_only=True)
class Unit:
    """
    One body (单位), whatever it is called.

    Attributes:
        name: Its name, as it is to be shown.
        second_plates: Names of other name plates at its door (加挂牌子).
        short_forms: Shorter names that the list uses for it (简称).

    >>> Unit(name="区财政局", second_plates=("区地方金融监管局",)).names
    ('区财政局', '区地方金融监管局', '区财政局(区地方金融监管局)')
    """

    name: str = attrs.field(validator=a_name)
    second_plates: tuple[str, ...] = attrs.field(default=(), validator=some_names)
    short_forms: tuple[str, ...] = attrs.field(default=(), validator=some_names)

    @property
    def names(self) -> tuple[str, ...]:
        """
        Every name it goes by, also with a second plate in brackets.
        """
        both = (f"{self.name}({plate})" for plate in self.second_plates)
        return (self.name, *self.second_plates, *self.short_forms, *both)


@attrs.frozen
class UnitGroup:
    """
    A name for bodies that the list does not name one by one, e.g. 各乡镇政府.
    """

    name: str = attrs.field(validator=a_name)

    @property
    def names(self) -> tuple[str, ...]:
        """
        The only name it goes by.
        """
        return (self.name,)


Body = Unit | UnitGroup


def _role(value: Role | str) -> Role:
    try:
        return Role(value)
    except ValueError:
        raise InvalidValueError("Responsibility.role", value, "one of " + ", ".join(Role)) from None


def _a_body(value: Body) -> Body:
    # As a converter it comes before the default of `printed`, which asks the body for its name.
    if not isinstance(value, (Unit, UnitGroup)):
        raise InvalidValueError("Responsibility.body", value, "a Unit or a UnitGroup")
    return value


@attrs.frozen(kw_only=True)
class Responsibility:
    """
    That a body answers for a row, and in which role.

    Attributes:
        body: The unit or group.
        role: Responsible if the cell says nothing else.
        printed: The words of the unit cell that name it, as printed.
    """

    body: Body = attrs.field(converter=_a_body)
    role: Role = attrs.field(default=Role.RESPONSIBLE, converter=_role)
    printed: str = attrs.field(
        default=attrs.Factory(lambda self: self.body.name, takes_self=True), validator=a_name
    )

    @property
    def unit(self) -> str:
        """
        The body's full name.
        """
        return self.body.name

    @property
    def is_group(self) -> bool:
        """
        Whether it stands for bodies that the list does not name.
        """
        return isinstance(self.body, UnitGroup)


@attrs.frozen(repr=False)
class UnitRegister:
    """
    The units and groups of a list, found by any of their names.

    Attributes:
        units: Every unit, in order of first mention.
        groups: Every group, likewise.

    Raises:
        InconsistentValueError: If a name is used twice; every such name is reported.

    >>> register = UnitRegister((Unit(name="区发展改革委", short_forms=("区发改委",)),))
    >>> register.find("区发改委").name
    '区发展改革委'
    """

    units: tuple[Unit, ...] = attrs.field(default=(), validator=a_tuple_of(Unit))
    groups: tuple[UnitGroup, ...] = attrs.field(default=(), validator=a_tuple_of(UnitGroup))
    _by_name: dict[str, Body] = attrs.field(init=False, eq=False)

    def __attrs_post_init__(self) -> None:
        """
        Check that every name is used once, and lay the bodies down by name.
        """
        refuse("UnitRegister", register_problems(self.units, self.groups))
        by_name = {folded(name): body for body in self for name in body.names}
        object.__setattr__(self, "_by_name", by_name)

    def find(self, name: str) -> Body:
        """
        Give the body that goes by *name*: full, short, or with or as its second plate.

        Full-width and half-width brackets are the same.

        Raises:
            UnknownNameError: If there is none.
        """
        body = self._by_name.get(folded(name))
        if body is None:
            raise UnknownNameError.among("unit", name, self._by_name)
        return body

    def __contains__(self, body: object) -> bool:
        """
        Say whether just this unit or group, with all its names, is registered.
        """
        if not isinstance(body, (Unit, UnitGroup)):
            return False
        found = self._by_name.get(folded(body.name))
        return found is body or found == body

    def __iter__(self) -> Iterator[Body]:
        """
        Go through the units, then the groups.
        """
        yield from self.units
        yield from self.groups

    def __repr__(self) -> str:
        """
        Say how many there are.
        """
        return f"<UnitRegister of {len(self.units)} units and {len(self.groups)} groups>"


def register_problems(
    units: Iterable[Unit | None], groups: Iterable[UnitGroup | None]
) -> Iterator[Problem]:
    """
    Find the names that are used twice; ``None`` stands for an entry that could not be read.
    """
    entries: list[tuple[str, Body | None]] = [(f"units[{n}]", unit) for n, unit in enumerate(units)]
    entries += [(f"groups[{n}]", group) for n, group in enumerate(groups)]
    placed = ((at, name) for at, body in entries if body is not None for name in body.names)
    return twice("problem.name-twice", placed, folded)
