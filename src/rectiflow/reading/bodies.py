"""
The bodies of a whole list: every unit cell read with what the others tell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from rectiflow.names import folded
from rectiflow.source import Doubt
from rectiflow.texts import OriginalText
from rectiflow.units import Body, Responsibility, Role, Unit, UnitGroup, UnitRegister

from .units import CellRegister, UnitCell, UnitEntry, read_units

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Bodies"]


@attrs.define
class _Known:
    """
    A unit as far as the cells have told.
    """

    name: str
    second_plates: list[str] = attrs.field(factory=list)
    short_forms: list[str] = attrs.field(factory=list)


class Bodies:
    """
    Gathers the units and groups of a list cell by cell.
    """

    def __init__(self) -> None:
        """
        Begin with none.
        """
        self._known: dict[str, _Known] = {}
        self._groups: dict[str, UnitGroup] = {}
        self._cells: dict[str, UnitCell] = {}

    def learn(self, texts: Iterable[str]) -> None:
        """
        Read every cell, twice: short forms may stand above the full names they join.
        """
        texts = list(texts)
        register = CellRegister()
        for text in dict.fromkeys(texts):
            read_units(text, register)
        for text in texts:
            if text not in self._cells:
                cell = read_units(text, register)
                self._cells[text] = cell
                for entry in cell.entries:
                    self._note(entry)

    def _note(self, entry: UnitEntry) -> None:
        if entry.is_group:
            self._groups.setdefault(folded(entry.name), UnitGroup(entry.name))
            return
        name = entry.short_for or entry.name
        known = self._known.setdefault(folded(name), _Known(name))
        if entry.second_plate and entry.second_plate not in known.second_plates:
            known.second_plates.append(entry.second_plate)
        if entry.short_for and entry.name != name and entry.name not in known.short_forms:
            known.short_forms.append(entry.name)

    def register(self) -> UnitRegister:
        """
        Give every unit and group in order of first mention.
        """
        units = tuple(unit for unit in self._units().values())
        taken = {folded(name) for unit in units for name in unit.names}
        groups = tuple(g for key, g in self._groups.items() if key not in taken)
        return UnitRegister(units, groups)

    def _units(self) -> dict[str, Unit]:
        """
        Make the units, each name used once: a plate that is a unit's own name stays that unit's.
        """
        taken = set(self._known)
        made: dict[str, Unit] = {}
        for key, known in self._known.items():
            plates = [p for p in known.second_plates if folded(p) not in taken]
            taken |= {folded(p) for p in plates}
            shorts = [s for s in known.short_forms if folded(s) not in taken]
            taken |= {folded(s) for s in shorts}
            made[key] = Unit(
                name=known.name, second_plates=tuple(plates), short_forms=tuple(shorts)
            )
        return made

    def read(
        self, printed: str, parts: Sequence[tuple[Role | None, int]]
    ) -> tuple[OriginalText | None, tuple[Responsibility, ...], list[Doubt]]:
        """
        Give a row's unit cell, who answers for the row, and what the cell leaves unclear.

        Args:
            printed: The texts of the row's unit cells, joined by new lines.
            parts: The role that each cell's heading tells, and the length of its text.
        """
        if not parts:
            doubt = Doubt(code="doubt.no-units", candidates=("blank", "merged"), blocks=False)
            return None, (), [doubt]
        units = self._units()
        found: list[Responsibility] = []
        seen: set[str] = set()
        doubts: list[Doubt] = []
        lost: list[tuple[int, str]] = []
        at = 0
        for role, length in parts:
            cell = self._cells[printed[at : at + length]]
            doubts += (_moved(doubt, at) for doubt in cell.doubts)
            for entry in cell.entries:
                body = self._body(entry, units)
                if folded(body.name) in seen:
                    continue  # named twice in one row, it answers once
                seen.add(folded(body.name))
                taken = role if role is not None and entry.role is Role.RESPONSIBLE else entry.role
                found.append(Responsibility(body=body, role=taken, printed=entry.printed))
            lost += [(at + place, character) for place, character in _lost(cell)]
            at += length + 1
        return _restored(printed, lost), tuple(found), doubts

    def _body(self, entry: UnitEntry, units: dict[str, Unit]) -> Body:
        if entry.is_group and folded(entry.name) in self._groups:
            return self._groups[folded(entry.name)]
        return units[folded(entry.short_for or entry.name)]


def _moved(doubt: Doubt, by: int) -> Doubt:
    if doubt.span is None or not by:
        return doubt
    return attrs.evolve(doubt, span=(doubt.span[0] + by, doubt.span[1] + by))


def _lost(cell: UnitCell) -> list[tuple[int, str]]:
    """
    List the characters that entries have lost, each with its place in the cell.
    """
    doubted = {doubt.words for doubt in cell.doubts if doubt.code == "doubt.lost-character"}
    found: list[tuple[int, str]] = []
    for entry in cell.entries:
        if entry.printed not in doubted:
            continue
        at = 0
        for character in entry.name:
            if at < len(entry.printed) and entry.printed[at] == character:
                at += 1
            else:
                found.append((entry.span[0] + at, character))
    return found


def _restored(printed: str, lost: Sequence[tuple[int, str]]) -> OriginalText:
    pieces, done = [], 0
    for at, character in lost:
        pieces += [printed[done:at], character]
        done = at
    pieces.append(printed[done:])
    return OriginalText(printed, "".join(pieces), tuple(character for _at, character in lost))
