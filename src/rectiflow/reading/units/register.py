"""
What earlier cells of a document tell later ones: full names, second plates, and rules.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import attrs

from .lexicon import level_of
from .tokens import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rectiflow.units import UnitRegister

__all__ = ["CellRegister"]

_ENDINGS = (
    ("街道办事处", "街道"), ("街道", "街道"), ("街办", "街道"),
    ("镇人民政府", "镇"), ("镇政府", "镇"), ("镇", "镇"),
    ("乡人民政府", "乡"), ("乡政府", "乡"), ("乡", "乡"),
    ("监督管理委员会", "委"), ("管理委员会", "管委会"), ("管委会", "管委会"),
    ("人民政府", "政府"), ("政府", "政府"),
    ("联合会", "联"), ("联", "联"), ("委员会", "委"), ("委", "委"), ("办公室", "办"), ("办", "办"),
    ("分局", "分局"), ("总局", "总局"), ("局", "局"), ("中心", "中心"), ("部", "部"), ("厅", "厅"),
    ("总队", "总队"), ("支队", "支队"), ("大队", "大队"), ("公司", "公司"), ("集团", "集团"),
    ("法院", "法院"), ("检察院", "检察院"), ("医院", "医院"), ("学院", "学院"), ("院", "院"),
    ("指挥部", "指挥部"), ("银行", "银行"), ("站", "站"), ("所", "所"), ("会", "会"), ("处", "处"),
)  # fmt: skip
_PLACES = frozenset(("街道", "镇", "乡", "政府"))
_WHOLE = frozenset(("", "委", "政府", "人大", "人大常委会", "政协", "纪委", "人民政府", "党委"))
_ENDS = re.compile(r"[局委办部府院处厅]")


class _Parts(NamedTuple):
    """
    A name taken apart: place, level, stem, and the kind of body its ending tells.
    """

    place: str
    level: str
    stem: str
    kind: str


@lru_cache(maxsize=4096)
def _parts(flat: str) -> _Parts:
    for ending, kind in _ENDINGS:
        if flat.endswith(ending) and len(flat) > len(ending):
            if kind in _PLACES:
                return _Parts("", "", flat[: -len(ending)], kind)
            place, level, rest = level_of(flat)
            if not rest.endswith(ending):
                place, level, rest = "", "", flat
            stem = rest[: len(rest) - len(ending)].replace("人民政府", "政府")
            return _Parts(place, level, stem, kind)
    return _Parts("", "", flat, "")


def _within(short: str, full: str) -> bool:
    """
    Say whether the characters of *short* stand in *full* in order, and no ending between them.
    """
    if short[:1] != full[:1]:
        return False
    at, skipped = 0, []
    for char in full:
        if at < len(short) and char == short[at]:
            at += 1
        else:
            skipped.append(char)
    return at == len(short) and not _ENDS.search("".join(skipped))


def _fits(short: str, full: str) -> bool:
    """
    Say whether *short* may be a short form of *full*.
    """
    if len(short) >= len(full):
        return False
    one, other = _parts(short), _parts(full)
    if not one.kind or one.kind != other.kind or not one.stem:
        return False
    if (one.level and one.level != other.level) or (one.place and one.place != other.place):
        return False
    if one.kind in _PLACES or one.stem in _WHOLE:
        return one.stem == other.stem
    return _within(one.stem, other.stem)


@attrs.define(eq=False, repr=False)
class CellRegister:
    """
    The memory of one document's unit cells; made once, and given to every reading in order.

    Attributes:
        first_leads: Whether a rule of the document says that the first body of a cell leads.
        unlisted: Its rules that bodies are left out of later cells, as printed.

    >>> register = CellRegister()
    >>> register.remember("区发展改革委")
    >>> register.fuller("区发改委")
    ('区发展改革委',)
    """

    first_leads: bool = False
    unlisted: list[str] = attrs.field(factory=list)
    _names: dict[str, str] = attrs.field(factory=dict, init=False)
    _plates: dict[str, str] = attrs.field(factory=dict, init=False)
    _alike: dict[tuple[str, str], list[str]] = attrs.field(factory=dict, init=False)

    @classmethod
    def naming(cls, names: Iterable[str]) -> CellRegister:
        """
        Make a register that knows *names* already, and no rule.
        """
        register = cls()
        for name in names:
            register.remember(name)
        return register

    @classmethod
    def of_units(cls, units: UnitRegister) -> CellRegister:
        """
        Make a register that knows the units of a list, their plates and short forms.
        """
        register = cls.naming(body.name for body in units)
        for unit in units.units:
            for other in (*unit.second_plates, *unit.short_forms):
                register.remember(unit.name, other)
        return register

    def remember(self, name: str, plate: str | None = None) -> None:
        """
        Take down a full name, and another plate of the body if it has one.
        """
        flat = fold(name).flat
        if flat not in self._names:
            self._names[flat] = name
            parts = _parts(flat)
            self._alike.setdefault((parts.kind, parts.stem[:1]), []).append(flat)
        if plate:
            self._plates.setdefault(fold(plate).flat, name)

    def fuller(self, name: str) -> tuple[str, ...]:
        """
        Give the fuller names that *name* may stand for: none, one, or several in doubt.
        """
        flat = fold(name).flat
        if flat in self._plates:
            return (self._plates[flat],)
        parts = _parts(flat)
        fits = [
            each for each in self._alike.get((parts.kind, parts.stem[:1]), ()) if _fits(flat, each)
        ]
        # A form between the two, itself short for a longer one, is no rival of that one.
        longest = [each for each in fits if not any(_fits(each, other) for other in fits)]
        return tuple(self._names[each] for each in longest)
