"""
From the words of a requirement cell to its clauses, milestones and standing services.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from rectiflow.clauses import Act, Clause, ClauseDraft
from rectiflow.deadlines import (
    After,
    Before,
    DeadlineRule,
    FixedDate,
    RuleKind,
    StandingDuty,
    Unresolved,
)
from rectiflow.deadlines.setting import named_day
from rectiflow.errors import InvalidValueError
from rectiflow.messages import Message
from rectiflow.moments import check_day
from rectiflow.requirements import Requirement
from rectiflow.source import Doubt
from rectiflow.stages import Stage
from rectiflow.texts import OriginalText
from rectiflow.workdays import CalendarCoverageError

from .coverage import hurried, lost_limits, unread, with_unread
from .deriving import milestones_of, services_of
from .folding import Folded, fold
from .limits import Cell, Limit
from .limits.cell import NO_LIMIT, in_year, resolved
from .reasons import Why
from .scope import drafts
from .segments import Segment, segments
from .tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from .drafts import Draft

__all__ = ["read_clauses", "read_requirement"]


def read_requirement(
    text: str,
    issued: date | None = None,
    *,
    problems: str = "",
    limit_from: int | None = None,
) -> Requirement:
    """
    Read what is to be done by when (完成时限及要求) from officials' Chinese.

    Args:
        text: The cell as printed, damage and all.
        issued: The day the list was issued, from which a missing year is taken.
        problems: The row's problems cell, where a standing service may be promised too.
        limit_from: Where the words of a column of deadlines (完成时限) begin in *text*, if the
            table has one; a date that stands there alone is that of the whole row.

    Returns:
        The requirement with every clause that sets a deadline or demands a stage, the milestones
        and standing services they come to, and the doubts that a person must settle.

    Raises:
        InvalidValueError: If *text* is no text, or *issued* is no date.

    Source:
        The forms of 65 public lists, plans and notices; see docs/explanation/reading.md.

    >>> from datetime import date
    >>> requirement = read_requirement("2020630日前,完成自查整改,并持续推进。", date(2020, 6, 17))
    >>> [(str(each.act), str(each.due)) for each in requirement.clauses]
    [('self_check', '2020-06-30'), ('rectify', '2020-06-30'), ('sustain', 'None')]
    >>> requirement.text.restored
    '2020年6月30日前,完成自查整改,并持续推进。'
    """
    if not isinstance(text, str):
        raise InvalidValueError("text", text, "the words of a requirement cell")
    if not isinstance(problems, str):
        raise InvalidValueError("problems", problems, "the words of a problems cell")
    if issued is not None:
        check_day("issued", issued)
        if not 1901 <= issued.year <= 2099:  # noqa: PLR2004 -- the years that texts are read in
            raise InvalidValueError("issued", issued, "a day from 1901 to 2099")
    original, clauses, passed = _read(text, issued, limit_from)
    promised = read_clauses(problems, issued)[1] if problems else ()
    milestones = milestones_of(clauses)
    owed = [*clauses, *(each for each in promised if _is_service(each))]
    return Requirement(
        text=original,
        milestones=milestones,
        services=services_of(owed, (each.id for each in milestones)),
        clauses=clauses,
        passed=passed,
    )


def _is_service(clause: Clause) -> bool:
    return isinstance(clause.rule, After) and clause.stage is None and not clause.is_doubtful


def read_clauses(
    text: str, issued: date | None, limit_from: int | None = None
) -> tuple[OriginalText, tuple[Clause, ...]]:
    """
    Read a cell's restored text and its clauses in the order of the text.

    Args:
        text: The cell as printed, or two cells with a new line between them.
        issued: The day the list was issued.
        limit_from: Where the cell of a column of deadlines (完成时限) begins in *text*; ``None``
            if the table has no such column.  A date that stands there alone is the deadline of
            what the row asks for, and of rectification if nothing else is said.
    """
    return _read(text, issued, limit_from)[:2]


def _read(
    text: str, issued: date | None, limit_from: int | None = None
) -> tuple[OriginalText, tuple[Clause, ...], tuple[Message, ...]]:
    folded = fold(text)
    cell = Cell(tokens(folded.text), issued)
    cut, passed = segments(cell)
    if limit_from is not None:
        for segment in cut:
            if folded.place(segment.tokens[0].first) >= limit_from and segment.is_only_a_limit:
                segment.is_labelled = True
    found = drafts(cut)
    for segment, limit in list(lost_limits(cell, cut, found, passed)):
        with_unread(found, segment, limit)
    if limit_from is not None:
        _doubt_the_column(cell, folded, limit_from, found)
        _complete(found)
    passed += hurried(cut, found)
    printed = _Printed(folded, cell.lost)
    _settle_templates(found)
    keeps = StandingDuty in {type(draft.rule) for draft in found}
    clauses = [_clause(draft, printed, cell, keeps=keeps) for draft in found]
    clauses.sort(key=lambda clause: clause.span[0])
    told = tuple(_passed(each, printed, cell) for each in passed if each.why is not Why.UNREAD)
    return printed.original, _doubt_at_once(clauses), told


def _passed(limit: Limit, printed: _Printed, cell: Cell) -> Message:
    first, last = printed.span(cell.tokens[limit.first].first, cell.tokens[limit.last - 1].last)
    words = printed.words(first, last)
    # People count characters from 1.
    return Message.of("reading.passed", words=words, first=first + 1, last=last, why=limit.why)


def _doubt_the_column(cell: Cell, folded: Folded, limit_from: int, found: list[Draft]) -> None:
    """
    Doubt a cell of a column of deadlines that gave no clause, whatever it says.
    """
    places = [folded.place(token.first) >= limit_from for token in cell.tokens]
    if not any(places):
        return
    first, last = places.index(True), len(places)
    if any(
        (draft.limit is not None and draft.limit.last > first) or draft.segment.first >= first
        for draft in found
    ):
        return
    limit = unread(cell, first, last)
    undated = [draft for draft in found if draft.limit is None and draft.doubts]
    for draft in undated:
        draft.unread.append(limit)
    if not undated:
        with_unread(found, Segment(cell.tokens[first:last], first, last), limit)


def _complete(found: list[Draft]) -> None:
    """
    Take the date of a column of deadlines for that of rectification, where no act is named.
    """
    if not any(draft.stage is Stage.RECTIFIED for draft in found):
        for draft in found:
            if draft.act is Act.OTHER and not draft.name and draft.limit is not None:
                draft.act, draft.stage = Act.RECTIFY, Stage.RECTIFIED


class _Printed:
    """
    The printed text with the places of what it lost.
    """

    __slots__ = ("_lost", "_printed", "original", "span")

    def __init__(self, folded: Folded, lost: Sequence[tuple[int, str]]) -> None:
        self.span = folded.span
        self._printed = folded.printed
        # A character stood after the one before it, wherever white space is now.
        self._lost = sorted({(folded.place(at - 1) + 1, character) for at, character in lost})
        characters = tuple([character for _place, character in self._lost])
        whole = self.words(0, len(folded.printed))
        self.original = OriginalText(folded.printed, whole, characters)

    def of(self, segment: Segment) -> str:
        """
        Write the restored words of a segment.
        """
        return self.words(*self.span(segment.tokens[0].first, segment.tokens[-1].last))

    def words(self, first: int, last: int) -> str:
        """
        Give the restored words of a printed span.
        """
        printed, at = self._printed, first
        lost = self._lost
        if not lost or last < lost[0][0] or lost[-1][0] <= first:
            return printed[first:last]
        parts = []
        for place, character in lost:
            if first < place <= last:
                parts += [printed[at:place], character]
                at = place
        parts.append(printed[at:last])
        return "".join(parts)


def _clause(draft: Draft, printed: _Printed, cell: Cell, *, keeps: bool) -> Clause:
    segment, limit = draft.segment, draft.limit
    span = printed.span(segment.tokens[0].first, segment.tokens[-1].last)
    text = printed.words(*span)
    where = None
    if limit is not None:
        where = printed.span(cell.tokens[limit.first].first, cell.tokens[limit.last - 1].last)
    due, doubts = _due(draft.rule, cell.issued)
    if limit is not None and not limit.is_start and not doubts:
        doubts = _gone_by(limit, due, cell.issued, text)
    if doubts and where is not None:
        words = printed.words(*where)
        doubts = [attrs.evolve(each, words=words) for each in doubts]
    if limit is not None and limit.doubts:
        doubts = [*limit.doubts, *doubts]
    if draft.doubts:
        doubts = [*_own_doubts(draft, text, span), *doubts]
    for each in draft.unread:
        place = printed.span(cell.tokens[each.first].first, cell.tokens[each.last - 1].last)
        doubts += [attrs.evolve(doubt, span=place) for doubt in each.doubts]
    made: Any = ClauseDraft()  # a type checker holds a subclass for frozen too
    made.text, made.span, made.limit = text, span, where
    made.act, made.stage, made.name = draft.act, draft.stage, draft.name
    made.rule, made.due, made.ongoing, made.soft = draft.rule, due, keeps, draft.soft
    made.starts, made.notes = (None, ()) if limit is None else (limit.starts, tuple(limit.notes))
    made.alongside = tuple([printed.of(each) for each in draft.alongside])
    made.doubts = tuple(
        [each if each.span else attrs.evolve(each, span=where or span) for each in doubts]
    )
    clause: Clause = made.frozen()
    return clause


def _gone_by(limit: Limit, due: date | None, issued: date | None, words: str) -> list[Doubt]:
    """
    Doubt a day that the text prints and that was over when the list was issued.

    It is kept, since the page's date may be the later one.  A year that was carried to it may
    have been told of something else: 2018年10月建成投产。12月底前完成整改.
    """
    if due is None or issued is None or due >= issued:
        return []
    this_year = (in_year(due, issued.year).isoformat(),) if limit.carried else ()
    days = tuple(dict.fromkeys((due.isoformat(), *this_year, NO_LIMIT)))
    return [Doubt(code="doubt.before-the-list", words=words, candidates=days)]


def _own_doubts(draft: Draft, text: str, span: tuple[int, int]) -> list[Doubt]:
    found = []
    for code, facts in draft.doubts:
        words, candidates = (facts[0] or text), facts[1:]
        blocks = code == "doubt.no-date"
        found.append(Doubt(code=code, words=words, candidates=candidates, span=span, blocks=blocks))
    return found


def _due(rule: DeadlineRule, issued: date | None) -> tuple[date | None, list[Doubt]]:
    """
    Give the day that a rule comes to with the issue date alone, and what it leaves unclear.
    """
    # Of abstract classes, as rules are, isinstance asks five times as long.
    if type(rule) is FixedDate:
        return rule.day, []
    if type(rule) is StandingDuty or type(rule) is Unresolved:
        return None, []
    if isinstance(rule, (After, Before)) and rule.event != "issued" and not named_day(rule.event):
        return None, []
    try:
        resolution = resolved(rule, issued)
    except CalendarCoverageError:
        # The rule stands; the day can be counted when the calendar is published.
        return None, []
    except InvalidValueError:
        # 印发之日起99999999日内: past the last day there is.
        return None, [Doubt(code="doubt.no-such-day", blocks=True)]
    return resolution.due, list(resolution.doubts)


def _settle_templates(found: list[Draft]) -> None:
    """
    Tell a template made from publishing by template, and what is only explored from both.

    制定公开内容模板 is the stage unless 模板化公开 has a date of its own; 探索制定 does not
    demand it.
    """
    template = Act.TEMPLATE
    made = [draft for draft in found if draft.act is template or draft.explores]
    publishes = any(not draft.name and not draft.explores for draft in made)
    for draft in made:
        if draft.explores:
            draft.stage = None
            draft.doubts.append(("doubt.explored-act", ("", "yes", "no")))
        elif draft.name:
            if publishes:
                draft.stage = None
            else:
                draft.name = ""
            draft.doubts.append(("doubt.is-templating", ("", "yes", "no")))


def _doubt_at_once(clauses: list[Clause]) -> tuple[Clause, ...]:
    """
    Doubt what only the whole cell shows: 立行立改 with 长期坚持 or a date, and acts without a day.
    """
    if Unresolved not in {type(each.rule) for each in clauses}:
        return tuple(clauses)
    keeps = any(each.act is Act.SUSTAIN for each in clauses)
    days = tuple(
        dict.fromkeys(
            each.due.isoformat()
            for each in clauses
            if each.due is not None and each.rule.kind not in _COMING_BACK
        )
    )
    return tuple(_with_doubts(each, days, keeps=keeps) for each in clauses)


_COMING_BACK = frozenset({RuleKind.RECURRING, RuleKind.ANNUAL})


def _with_doubts(clause: Clause, days: tuple[str, ...], *, keeps: bool) -> Clause:
    if not isinstance(clause.rule, Unresolved):
        return clause
    doubts = list(clause.doubts)
    if clause.rule.kind == "immediate":
        found: list[tuple[str, tuple[str, ...]]] = []
        if keeps:
            found.append(("doubt.now-and-standing", ("done at once", "done and kept up")))
        if days and clause.act is not Act.SERVE:
            found.append(("doubt.now-and-dated", ("at once", *days)))
        doubts += [
            Doubt(code=code, words=clause.text, candidates=candidates, span=clause.span)
            for code, candidates in found
        ]
    elif days:
        doubts = [
            attrs.evolve(each, candidates=days) if each.code == "doubt.no-date" else each
            for each in doubts
        ]
    return attrs.evolve(clause, doubts=tuple(doubts)) if doubts else clause
