"""
What the grammar finds: items that name bodies, and all the other stretches of a cell.
"""

from __future__ import annotations

import attrs

from rectiflow.units import Role

from .tokens import Folded

__all__ = ["Item", "Parsed", "Remark"]


@attrs.define(kw_only=True)
class Item:
    """
    A body as the cell prints it; sharing completes it.

    Attributes:
        flat: Its name, folded; the same length as *name*, character for character.
        name: Its name in printed characters.
        start: Its first place in the folded text.
        end: The place after its last.
        link: The separator before it: ``"、"``, ``","``, a newline or blank, ``"和"`` for a
            joining word, ``";"`` for what nothing is shared across, empty for the first.
        role: What it is.
        own_role: What a note beside it says it is.
        plate: A second plate, in printed characters.
        is_group: Whether it stands for several bodies.
    """

    flat: str
    name: str
    start: int
    end: int
    link: str = ""
    role: Role = Role.RESPONSIBLE
    own_role: Role | None = None
    plate: str | None = None
    is_group: bool = False

    def begin_with(self, flat: str, name: str) -> None:
        """
        Put a shared beginning before the name.
        """
        self.flat, self.name = flat + self.flat, name + self.name

    def end_with(self, flat: str, name: str) -> None:
        """
        Put a shared ending after the name.
        """
        self.flat, self.name = self.flat + flat, self.name + name


@attrs.frozen
class Remark:
    """
    A doubt before its words are known: its code, its place and the readings it allows.
    """

    code: str
    start: int
    end: int
    candidates: tuple[str, ...] = ()


@attrs.define(kw_only=True)
class Parsed:
    """
    All that one cell says.

    Attributes:
        folded: The cell.
        items: The bodies, in order.
        remarks: What is in doubt.
        marks: Every stretch of the folded text that is no item, and what it is.
        limits: Where deadlines stand.
        first_leads: Whether the cell says that the first body leads.
        below: Whether it says so for later cells too.
        unlisted: Where it says that bodies are left out from here on.
    """

    folded: Folded
    items: list[Item] = attrs.field(factory=list)
    remarks: list[Remark] = attrs.field(factory=list)
    marks: list[tuple[int, int, str]] = attrs.field(factory=list)
    limits: list[tuple[int, int]] = attrs.field(factory=list)
    first_leads: bool = False
    below: bool = False
    unlisted: list[tuple[int, int]] = attrs.field(factory=list)
