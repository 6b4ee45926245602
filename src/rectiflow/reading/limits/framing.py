"""
Whether a date sets a deadline at all, seen from the words around it.
"""

from __future__ import annotations

from rectiflow.reading.points import Part, Point
from rectiflow.reading.sorts import Sort
from rectiflow.reading.things import OVER

from .cell import DOES, ENDS, FAR, HARD, LEADS, Cell
from .dated import CLOSINGS, year_of

__all__ = ["is_ahead", "is_limit"]


_MOST_LEADS = 4
_OPENING = frozenset({Sort.NEVER, Sort.AFTER, Sort.ANNUAL, Sort.MORE})
_ENDING = frozenset({Sort.BEFORE, Sort.BY, Sort.WITHIN, Sort.ABOUT})
_ENDS_BY_ITSELF = frozenset(
    {Part.YEAR_END, Part.MONTH_END, Part.QUARTER_END, Part.HALF, Part.TEN_DAY}
)
_BARE = frozenset({Part.MONTH, Part.QUARTER})
_OPENS = frozenset({Sort.FROM, Sort.OPEN})
_ENDS_IN = frozenset({Sort.VERB, Sort.NAMED, Sort.SOFT})


def is_limit(cell: Cell, point: Point, closing: Sort | None, at: int) -> bool:
    """
    Say whether a point sets a deadline, seen from the words around it.
    """
    before = cell.sort(point.first - 1)
    if closing in _OPENING or before is Sort.PER:
        return False
    if before is Sort.OPEN and cell.words(point.first - 2, point.first - 1).endswith("》"):
        return False  # 《条例》(2019年5月15日起施行): the title's own date
    if before is Sort.MEASURE and cell.tokens[point.first - 1].text.startswith("由"):
        return False  # 由5月底前调整为6月底前
    after = at + (closing in CLOSINGS)
    if cell.sort(after) is Sort.ALREADY or _has_passed(cell, point.first):
        return False
    if _is_attribute(cell, point.first, after) or _reports_what_was(cell, point, after):
        return False
    if closing in _ENDING:
        return True
    if closing is Sort.SINCE:
        return point.part is not Part.YEAR or before is Sort.FROM or cell.sort(at + 1) in ENDS
    if point.part in _ENDS_BY_ITSELF:
        return cell.sort(after) is not Sort.OF
    if point.part is Part.DAY and not (point.has_year or point.month or point.cuts):
        return False
    stands_alone = cell.sort(after) in ENDS and (
        before in LEADS or point.first == cell.begins or before in _OPENS
    )
    if point.part is Part.YEAR:
        return (
            before is Sort.TO
            or cell.sort(after) in _ENDS_IN
            or (
                point.first == cell.begins
                and cell.sort(after) is Sort.COMMA
                and is_ahead(cell, point)
            )
        )
    if _is_told(cell, point.first, after):
        return True
    if point.part in _BARE and point.first == cell.begins:
        return stands_alone or _acts_within(cell, after)
    return stands_alone or before in LEADS or cell.sort(after) in DOES


def _acts_within(cell: Cell, after: int) -> bool:
    """
    Say whether a clause that begins with a month says what is done in it: 12月总结验收.
    """
    acts = False
    for at in range(after, min(after + FAR, len(cell.tokens))):
        if cell.sort(at) in HARD:
            break
        if cell.sort(at) is Sort.OF:
            return False
        acts = acts or cell.sort(at) in DOES
    return acts


def _has_passed(cell: Cell, first: int) -> bool:
    """
    Say whether 已 or 未 stands before a date: 已于2018年底前完成.
    """
    until = max(cell.begins, first - _MOST_LEADS)
    while first > until and cell.sort(first - 1) in LEADS:
        first -= 1
    return first > cell.begins and cell.sort(first - 1) is Sort.ALREADY


def is_ahead(cell: Cell, point: Point) -> bool:
    """
    Say whether a point may lie after the day of issue.
    """
    if cell.issued is None:
        return True
    year = year_of(cell, point) or cell.year or cell.issued.year
    last = (year, point.month or _DECEMBER, point.day or _LAST_DAY)
    return last >= (cell.issued.year, cell.issued.month, cell.issued.day)


_DECEMBER, _LAST_DAY = 12, 31


def _is_told(cell: Cell, first: int, after: int) -> bool:
    """
    Say whether a label tells the date: 截止时间为3月31日, 3月31日为最后期限.
    """
    if cell.words(max(first - 1, 0), first) == "为" and cell.sort(first - 2) is Sort.LABEL:
        return True
    return cell.words(after, after + 1) == "为" and cell.sort(after + 1) is Sort.LABEL


def _reports_what_was(cell: Cell, point: Point, after: int) -> bool:
    """
    Say whether a date only says how things stood: 截至2020年5月底,已完成3个.
    """
    first = point.first
    if cell.sort(first - 1) is not Sort.TO or not cell.words(first - 1, first).startswith("截"):
        return False
    if not is_ahead(cell, point):
        return True
    for at in range(after, min(after + FAR, len(cell.tokens))):
        if cell.sort(at) is Sort.ALREADY:
            return True
        if cell.sort(at) is Sort.STOP or (cell.sort(at) is Sort.COMMA and at > after):
            break
    return False


def _is_attribute(cell: Cell, first: int, after: int) -> bool:
    """
    Say whether a date only describes a thing: 对2015年1月1日前未批先建的项目.

    It does where 的 follows within the clause and the clause began with 对 or the like, or
    where what follows the 的 ends the clause and no act stands behind it.
    """
    for at in range(after, min(after + FAR, len(cell.tokens))):
        sort = cell.sort(at)
        if sort in HARD:
            return False
        if sort is Sort.OF:
            if _describes(cell, first) or any(
                cell.sort(n) is Sort.ALREADY for n in range(after, at)
            ):
                return True
            # ...前印发的文件: a thing dated by an act that is over.
            return cell.words(after, at) in OVER and cell.sort(at + 1) not in DOES
    return False


def _describes(cell: Cell, first: int) -> bool:
    opening = cell.words(cell.begins, min(cell.begins + 1, first))
    closing = cell.words(max(cell.begins, first - 1), first)
    return closing.endswith(_DESCRIBING) or opening.startswith(_DESCRIBING[:4])


_DESCRIBING = ("对", "对于", "针对", "凡", "将", "把")
