"""
Bodies called otherwise, as a person decided: in the register and in every row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from rectiflow.names import folded
from rectiflow.units import Responsibility, Unit, UnitRegister

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rectiflow.lists import Row

__all__ = ["renamed_bodies"]


def renamed_bodies(
    units: UnitRegister, rows: tuple[Row, ...], renamed: Iterable[tuple[str, str]]
) -> tuple[UnitRegister, tuple[Row, ...]]:
    """
    Call bodies as decided: a short form joins its full name, a damaged name is mended or kept.
    """
    for words, name in renamed:
        by_name = {folded(each): unit for unit in units.units for each in unit.names}
        target = by_name.get(folded(name))
        old = by_name.get(folded(words)) or _mended(units, rows, words)
        if old is None or old is target:
            continue
        if target is None:
            new = attrs.evolve(old, name=name)
            kept = tuple(new if unit is old else unit for unit in units.units)
        else:
            shorts = dict.fromkeys((*target.short_forms, *old.names))
            new = attrs.evolve(target, short_forms=tuple(s for s in shorts if s != target.name))
            kept = tuple(new if unit is target else unit for unit in units.units if unit is not old)
        units = UnitRegister(kept, units.groups)
        rows = tuple(_moved(row, {old, target} - {None}, new) for row in rows)
    return units, rows


def _mended(units: UnitRegister, rows: Iterable[Row], words: str) -> Unit | None:
    for row in rows:
        for each in row.responsibilities:
            if each.printed == words and isinstance(each.body, Unit):
                return next((unit for unit in units.units if unit == each.body), None)
    return None


def _moved(row: Row, old: set[Unit | None], new: Unit) -> Row:
    if not any(each.body in old for each in row.responsibilities):
        return row
    made: dict[str, Responsibility] = {}
    for each in row.responsibilities:
        one = attrs.evolve(each, body=new) if each.body in old else each
        made.setdefault(one.unit, one)
    return attrs.evolve(row, responsibilities=tuple(made.values()))
