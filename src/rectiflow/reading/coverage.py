"""
What looks like a deadline and was read as none: it has a reason, or it is a doubt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from rectiflow.deadlines import RuleKind, Unresolved
from rectiflow.source import Doubt

from .asking import asked, tells
from .drafts import OTHER, Draft, bare
from .limits import Limit
from .limits.cell import NO_LIMIT, due_of
from .limits.cell import passed as passed_over
from .limits.dated import dated_limit
from .points import point_at
from .reasons import Why
from .sorts import Sort

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .limits import Cell
    from .segments import Segment

__all__ = ["hurried", "lost_limits", "unread", "with_unread"]

_COUNTS = frozenset(
    {
        Sort.YEAR,
        Sort.MONTH,
        Sort.DAY,
        Sort.DAYS,
        Sort.WORKDAYS,
        Sort.WEEKS,
        Sort.MONTHS,
        Sort.HOURS,
        Sort.YEAR_END,
        Sort.MONTH_END,
        Sort.QUARTER,
        Sort.QUARTER_END,
    }
)
_ALWAYS = frozenset(
    {
        Sort.DOTTED,
        Sort.MONTH_DAY,
        Sort.RELATIVE_YEAR,
        Sort.YEAR_END,
        Sort.MONTH_END,
        Sort.MONTH_START,
        Sort.QUARTER_END,
        Sort.HALF,
        Sort.EVERY,
        Sort.WEEKDAY,
        Sort.THIS_MONTH,
        Sort.NEXT_MONTH,
        Sort.HOLIDAY,
        Sort.TEN_DAY,
        Sort.NEAR_DAY,
        Sort.FIVE_YEARS,
        Sort.WHOLE_YEAR,
        Sort.UNTOLD,
    }
)
_MARKS = frozenset({Sort.BEFORE, Sort.WITHIN, Sort.PER, Sort.TIME, Sort.NUMBER})
_TIMELY = _ALWAYS | _MARKS
_GOES_ON = _ALWAYS | _COUNTS | {Sort.NUMBER, Sort.BEFORE, Sort.WITHIN, Sort.BOTTOM, Sort.DURING}
_CLOSES = frozenset(
    {Sort.COMMA, Sort.STOP, Sort.CLOSE, Sort.OPEN, Sort.PAUSE, Sort.COLON, Sort.VERB, Sort.ACT}
    | {Sort.NAMED, Sort.DRAFT, Sort.MODAL, Sort.SOFT, Sort.EXPLORE, None}
)
_SAME_DAY = frozenset({"当日", "当天"})
# 规定时间内, 有效期内; 范围内 and 辖区内 are places.
_TIMES = ("时间", "时限", "期限", "限期", "任期", "有效期", "周期", "学期", "年度", "节点", "工期")
_NAMED_TIMES = ("时间", "时限", "期限", "时间节点", "时间要求", "时限要求", "节点", "时序进度")
# 事前, 门前, 岗前培训: of a place, or of no time that one waits for.
_NO_TIMES = tuple("事岗课婚门房村赛眼跟饭睡楼屋床")


def lost_limits(
    cell: Cell, cut: Sequence[Segment], found: Sequence[Draft], passed: list[Limit]
) -> Iterator[tuple[Segment, Limit]]:
    """
    Find what looks like a deadline and is used by no clause, with the segment it stands in.

    Args:
        cell: The cell.
        cut: Its segments.
        found: Its clauses.
        passed: What was passed over, each for a reason.
    """
    used = {id(draft.limit) for draft in found if draft.limit is not None}
    strange = [limit for limit in passed if limit.why is Why.UNREAD]
    covered: set[int] | None = None
    for segment in cut:
        for limit in segment.limits:
            if limit.why is not None:
                passed.append(limit)
            elif id(limit) not in used:
                due = None if limit.rule is None else due_of(limit.rule, cell.issued)
                day = None if due is None else due.isoformat()
                yield segment, unread(cell, limit.first, limit.last, day)
        if strange or _looks_like_more(segment):
            covered = _covered(cut, found, passed) if covered is None else covered
            for limit in strange:
                if segment.first <= limit.first < segment.last and limit.first not in covered:
                    day = _day(cell, limit.first, limit.last)
                    yield segment, unread(cell, limit.first, limit.last, day)
                    covered.update(range(limit.first, limit.last))
            yield from _left(cell, segment, covered)


def _looks_like_more(segment: Segment) -> bool:
    """
    Say whether words beside its deadline look like one; most segments end here.
    """
    if segment.sorts.isdisjoint(_TIMELY):
        return False
    if not segment.limits:
        return True
    first, last = segment.limits[0].first, segment.limits[0].last
    return any(
        token.sort in _TIMELY and not first <= n < last
        for n, token in enumerate(segment.tokens, segment.first)
    )


def hurried(cut: Sequence[Segment], found: Sequence[Draft]) -> Iterator[Limit]:
    """
    Find 尽快 and the like that no clause is made of, since a date says when or nothing is asked.
    """
    beside: set[int] | None = None
    for segment in cut:
        if segment.sorts.isdisjoint(_HURRIES):
            continue
        if beside is None:
            at_once = [each for each in found if each.rule.kind is RuleKind.IMMEDIATE]
            beside = {id(each) for draft in at_once for each in draft.alongside}
        own = [draft for draft in found if draft.segment.first == segment.first]
        if any(draft.limit is None or draft.doubts for draft in own):
            continue
        dated = any(draft.limit is not None for draft in found)
        for n, token in enumerate(segment.tokens, segment.first):
            if token.sort in _HURRIES:
                why = Why.DATED if dated else Why.OVER
                yield passed_over(n, n + 1, Why.TWICE if id(segment) in beside else why)


_HURRIES = frozenset({Sort.VAGUE, Sort.NOW})


def _covered(cut: Sequence[Segment], found: Sequence[Draft], passed: Sequence[Limit]) -> set[int]:
    covered: set[int] = set()
    for segment in cut:
        for limit in segment.limits:
            covered.update(range(limit.first, limit.last))
    for draft in found:
        if draft.limit is not None:
            covered.update(range(draft.limit.first, draft.limit.last))
        elif draft.doubts:
            covered.update(range(draft.segment.first, draft.segment.last))
    for limit in passed:
        if limit.why is not Why.UNREAD:
            covered.update(range(limit.first, limit.last))
    return covered


def _left(cell: Cell, segment: Segment, covered: set[int]) -> Iterator[tuple[Segment, Limit]]:
    at = segment.first
    while at < segment.last:
        first = None if at in covered else _begins(cell, segment, at)
        if first is None:
            at += 1
            continue
        last = _ends(cell, segment, at)
        while last < segment.last and last not in covered and cell.sort(last) in _GOES_ON:
            last += 1
        yield segment, unread(cell, first, last, _day(cell, first, last))
        at = last


def _begins(cell: Cell, segment: Segment, at: int) -> int | None:
    """
    Give the place where the words begin that a token makes look like a deadline, if it does.
    """
    token = cell.tokens[at]
    sort = token.sort
    if sort not in _TIMELY:
        return None
    if sort in _ALWAYS or (sort is Sort.NUMBER and cell.sort(at + 1) in _COUNTS):
        return at
    before = cell.tokens[at - 1].text if at > segment.first else ""
    if sort is Sort.BEFORE:
        waits = cell.sort(at - 1) in _DOING or cell.sort(at + 1) in _CLOSES
        return at - 1 if before and waits and not before.endswith(_NO_TIMES) else None
    if sort is Sort.WITHIN:
        return at - 1 if before.endswith(_TIMES) else None
    if sort is Sort.TIME:
        return at if token.text in _SAME_DAY else None
    if sort is Sort.PER and not segment.limits:
        words = cell.words(at + 1, min(at + 4, segment.last))
        return at if any(word in words for word in _NAMED_TIMES) else None
    return None


_DOING = frozenset({Sort.ACT, Sort.NAMED, Sort.VERB})


def _ends(cell: Cell, segment: Segment, at: int) -> int:
    """
    Give the place after the token that what looks like a deadline began with.
    """
    if cell.sort(at) is Sort.PER:
        words = cell.text(at + 1)
        while at + 2 < segment.last and not words.endswith(_NAMED_TIMES):
            at += 1
            words = cell.text(at + 1)
        at += 1
    return at + 1


def _day(cell: Cell, first: int, last: int) -> str | None:
    """
    Give the day that words would come to if they were a deadline.
    """
    point = point_at(cell.tokens, first)
    if point is None or point.last > last or not point.is_real():
        return None
    trial = attrs.evolve(cell, lost=[])
    limit = dated_limit(trial, point, Limit(None, first, point.last), None)
    due = None if limit.rule is None else due_of(limit.rule, cell.issued)
    return None if due is None else due.isoformat()


def unread(cell: Cell, first: int, last: int, day: str | None = None) -> Limit:
    """
    Make a deadline that only a person can tell of words that look like one.
    """
    words = cell.words(first, last)
    candidates = (NO_LIMIT,) if day is None else (day, NO_LIMIT)
    doubt = Doubt(code="doubt.unread-limit", words=words, candidates=candidates, blocks=True)
    return Limit(Unresolved(words), first, last, doubts=[doubt], why=Why.UNREAD)


def with_unread(found: list[Draft], segment: Segment, limit: Limit) -> None:
    """
    Add to the drafts what looks like a deadline in *segment* and was not understood.
    """
    beside = [draft for draft in found if draft.segment.first == segment.first]
    for draft in beside:
        draft.unread.append(limit)
    if not beside and not tells(segment):
        strong, weak = asked(segment)
        for draft in strong or [bare(segment, weak or OTHER, limit)]:
            draft.limit, draft.rule = limit, limit.rule or draft.rule
            found.append(draft)
