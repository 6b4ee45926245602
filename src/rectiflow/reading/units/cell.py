"""
A unit cell, read as a whole.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rectiflow.source import Doubt
from rectiflow.units import Role, UnitRegister

from .grammar import parse
from .items import Remark
from .lexicon import ends_as_name, lost_first
from .register import CellRegister
from .sharing import share
from .tokens import fold
from .values import UnitCell, UnitEntry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .items import Item, Parsed

__all__ = ["read_units"]

_LOST_INSIDE = re.compile(r"(?<=[各直级省市县区州])关(?=部门|单位|科室)|^关(?=部门|单位|科室)")
_WHICH = re.compile(r"有关|相关")


def _restore(item: Item) -> Iterator[Remark]:
    """
    Put back a character that a scraper has dropped.
    """
    lost = lost_first(item.flat)
    found = _LOST_INSIDE.search(item.flat)
    if lost is None and found is not None:
        lost = (found.start(), "相")
    if lost is None:
        return
    at, char = lost
    printed = item.name
    item.flat = item.flat[:at] + char + item.flat[at:]
    item.name = printed[:at] + char + printed[at:]
    item.is_group = item.is_group or found is not None
    yield Remark("doubt.lost-character", item.start, item.end, (item.name, printed))


def _remarks(parsed: Parsed) -> Iterator[Remark]:
    """
    Complete the items, and tell what stays in doubt about them.
    """
    for item in parsed.items:
        yield from _restore(item)
    yield from share(parsed.items)
    seen: set[tuple[str, Role]] = set()
    for item in parsed.items:
        if _WHICH.search(item.flat) and item.is_group:
            yield Remark("doubt.which-bodies", item.start, item.end, (item.name,))
        elif not item.is_group and not ends_as_name(item.flat):
            yield Remark("doubt.not-a-body", item.start, item.end, ("yes", "no"))
        if item.flat.startswith("会同县") and item is not parsed.items[0]:
            # A county in Hunan, or 会同 and a body of the county: both are printed alike.
            candidates = (item.name, item.name[2:])
            yield Remark("doubt.with-or-place", item.start, item.end, candidates)
        if (item.flat, item.role) in seen:
            yield Remark("doubt.named-twice", item.start, item.end, ("once", "twice"))
        seen.add((item.flat, item.role))


def _entry(item: Item, parsed: Parsed, short_for: str | None) -> UnitEntry:
    first, last = parsed.folded.span(item.start, item.end)
    return UnitEntry(
        name=item.name,
        printed=parsed.folded.printed[first:last],
        span=(first, last),
        role=item.role,
        is_group=item.is_group,
        second_plate=item.plate,
        short_for=short_for,
    )


def _appoint(parsed: Parsed, *, first_leads: bool) -> None:
    """
    Let the first body lead where a rule says so and the cell names nobody else.
    """
    items = parsed.items
    if not first_leads or not items or any(item.role is Role.LEAD for item in items):
        return
    if not items[0].is_group and items[0].role is Role.RESPONSIBLE:
        items[0].role = Role.LEAD


def _limit(parsed: Parsed) -> tuple[int, int] | None:
    """
    Give the printed place of the first deadline, with those that follow it at once.
    """
    if not parsed.limits:
        return None
    start, end = parsed.limits[0]
    for first, last in parsed.limits[1:]:
        if first == end + 1:
            end = last
        else:
            parsed.remarks.append(Remark("doubt.second-limit", first, last))
    return parsed.folded.span(start, end)


def _resolve(parsed: Parsed, register: CellRegister) -> Iterator[UnitEntry]:
    for item in parsed.items:
        fuller = () if item.is_group else register.fuller(item.name)
        if len(fuller) > 1:
            remark = Remark("doubt.short-form", item.start, item.end, fuller)
            parsed.remarks.append(remark)
        yield _entry(item, parsed, fuller[0] if len(fuller) == 1 else None)


def _doubt(remark: Remark, parsed: Parsed) -> Doubt:
    first, last = parsed.folded.span(remark.start, remark.end)
    return Doubt(
        code=remark.code,
        words=parsed.folded.printed[first:last],
        candidates=remark.candidates,
        span=(first, last),
    )


def _learn(parsed: Parsed, entries: tuple[UnitEntry, ...], register: CellRegister) -> None:
    """
    Leave to later cells what this one says about them.
    """
    for entry in entries:
        if not entry.is_group and entry.short_for is None:
            register.remember(entry.name, entry.second_plate)
    # A rule that stands alone, as in a head cell, can only be about the cells below.
    register.first_leads |= parsed.first_leads and (parsed.below or not entries)
    for start, end in parsed.unlisted:
        first, last = parsed.folded.span(start, end)
        register.unlisted.append(parsed.folded.printed[first:last])


def read_units(text: str, register: CellRegister | UnitRegister | None = None) -> UnitCell:
    """
    Read which bodies a unit cell names, in which role, and what it leaves open.

    Args:
        text: The cell as printed.
        register: What is known already.  A :class:`CellRegister` is made once for a document
            and also takes down what this cell tells later ones.

    >>> cell = read_units("区发展改革委、区财政局(区地方金融监管局),各乡镇政府、街道办事处")
    >>> [entry.name for entry in cell.entries]
    ['区发展改革委', '区财政局', '各乡镇政府', '各街道办事处']
    >>> cell.entries[1].second_plate
    '区地方金融监管局'
    """
    if isinstance(register, UnitRegister):
        register = CellRegister.of_units(register)
    known = CellRegister() if register is None else register
    unlisted = list(known.unlisted)
    parsed = parse(fold(text))
    parsed.remarks.extend(_remarks(parsed))
    first_leads = known.first_leads or parsed.first_leads
    _appoint(parsed, first_leads=first_leads)
    entries = tuple(_resolve(parsed, known))
    span = _limit(parsed)
    _learn(parsed, entries, known)
    remarks = sorted(parsed.remarks, key=lambda remark: (remark.start, remark.code))
    doubts = [_doubt(remark, parsed) for remark in remarks]
    doubts += [Doubt(code="doubt.unlisted-bodies", words=words) for words in unlisted]
    if not entries:
        doubts.append(Doubt(code="doubt.no-units", candidates=("inherited", "blank")))
    return UnitCell(
        text=text,
        entries=entries,
        doubts=tuple(doubts),
        first_leads=first_leads,
        limit=text[span[0] : span[1]] if span else "",
        limit_span=span,
    )
