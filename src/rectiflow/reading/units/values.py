"""
What is read from a unit cell.
"""

from __future__ import annotations

import attrs

from rectiflow.source import Doubt
from rectiflow.units import Role

__all__ = ["UnitCell", "UnitEntry"]


@attrs.frozen(kw_only=True)
class UnitEntry:
    """
    One body that a unit cell names.

    Attributes:
        name: Its full name; shared beginnings and endings and lost characters are put in.
        printed: The words of the cell that name it, as printed, its second plate included.
        span: Where these words stand in the cell, first included and last excluded.
        role: What it is in the row.
        is_group: Whether it stands for bodies that the cell does not name one by one.
        second_plate: The name of another plate at its door, if one is printed beside it.
        short_for: The document's own fuller name for it, if this one is a short form.
    """

    name: str
    printed: str
    span: tuple[int, int]
    role: Role = Role.RESPONSIBLE
    is_group: bool = False
    second_plate: str | None = None
    short_for: str | None = None


@attrs.frozen(kw_only=True)
class UnitCell:
    """
    A unit cell as read.

    Attributes:
        text: The cell as printed.
        entries: The bodies, in the order of the cell.
        doubts: What the cell leaves open; a person decides.
        first_leads: Whether a rule "the first one leads" was in force for the cell.
        limit: A deadline printed in the cell, e.g. ``"6月底完成"``; empty if there is none.
        limit_span: Where the deadline stands, first included and last excluded; ``None`` if
            there is none.
    """

    text: str
    entries: tuple[UnitEntry, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    first_leads: bool = False
    limit: str = ""
    limit_span: tuple[int, int] | None = None
