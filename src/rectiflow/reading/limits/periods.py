"""
Stretches of time that may be filled or ended by: 全年, “十四五”期间.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectiflow.deadlines import PeriodEnd, Unresolved
from rectiflow.reading.reasons import Why
from rectiflow.reading.sorts import Sort
from rectiflow.reading.time_words import PLAN_ENDS
from rectiflow.source import Doubt

from .cell import CLOSERS, DOES, ENDS, LEADS, Cell, Limit, due_of, passed
from .dated import year_of
from .facts import states_a_fact

if TYPE_CHECKING:
    from rectiflow.reading.points import Point

__all__ = ["period_limits"]


def period_limits(cell: Cell, at: int, first: int, point: Point | None = None) -> list[Limit]:
    """
    Leave 全年, 2023年全年 and “十四五”期间 open: their end is but one reading.

    Args:
        cell: The cell.
        at: The place of 全年 or “十四五”期间.
        first: Where its words begin.
        point: The year before 全年, if it is printed.
    """
    token, following = cell.tokens[at], cell.sort(at + 1)
    why = _why_none(cell, first, at + 1)
    if why is not None:
        return [passed(first, at + 1, why)]
    year = PLAN_ENDS.get(token.text) if point is None else year_of(cell, point)
    is_over = cell.issued is not None and year is not None and year < cell.issued.year
    if is_over and following not in CLOSERS and states_a_fact(cell, at + 1):
        return [passed(first, at + 1, Why.OVER)]  # “十三五”期间应建成3座，实际仅建成1座
    limit = Limit(None, first, at + 1 + (following in CLOSERS))
    words = cell.words(limit.first, limit.last)
    limit.rule = Unresolved(words)
    limit.during = True
    due = due_of(PeriodEnd("year", year=year or cell.year), cell.issued)
    days = () if due is None else (due.isoformat(),)
    limit.doubts.append(Doubt(code="doubt.by-its-end", words=words, candidates=days, blocks=True))
    return [limit]


def _why_none(cell: Cell, first: int, after: int) -> Why | None:
    """
    Say why 全年 sets no deadline: 全年工作总结, 全年持续推进, 全年控制在3个工作日内.
    """
    following = cell.sort(after)
    if cell.tokens[after - 1].sort is Sort.FIVE_YEARS:
        if following is Sort.NEVER:
            return Why.OVER
        return Why.NAMED if following is Sort.OF else None
    if following is Sort.MEASURE:
        return Why.MEASURE
    if following is Sort.KEEP:
        return Why.MEANWHILE
    opens = first == cell.begins or cell.sort(first - 1) in LEADS
    return None if opens and (following in ENDS or following in DOES) else Why.NAMED
