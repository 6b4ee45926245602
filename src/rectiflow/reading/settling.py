"""
What a person decides about a list's doubts, and the list as it then is.
"""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

import attrs

from rectiflow.clauses import Act, Clause
from rectiflow.deadlines import (
    After,
    Before,
    DeadlineRule,
    FixedDate,
    MonthDay,
    Unresolved,
    parse_rule,
)
from rectiflow.deadlines.setting import named_day
from rectiflow.errors import InvalidValueError, RectiflowError
from rectiflow.fields import a_name
from rectiflow.problems import BadDocumentError, Problem
from rectiflow.source import Doubt
from rectiflow.stages import Stage, StagePath

from .deriving import milestones_of, services_of
from .limits.cell import NO_LIMIT
from .renaming import renamed_bodies
from .requirement import read_requirement
from .spoken import meant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from rectiflow.lists import RectificationList, Row
    from rectiflow.requirements import Requirement, Service

__all__ = ["OpenDoubt", "Settlement", "open_doubts", "settle"]


@attrs.frozen
class OpenDoubt:
    """
    A doubt that nobody has decided, with its number.

    Attributes:
        number: Counted from 1 through the list, its own doubts first, then row by row.
        row: The row's id; empty for a doubt about the list as a whole.
        doubt: What is unclear.
    """

    number: int
    row: str
    doubt: Doubt


@attrs.frozen(kw_only=True)
class Settlement:
    """
    What a person decided about one doubt.

    Attributes:
        row: The row's id; empty for a doubt about the list as a whole.
        code: The doubt's code.
        words: The doubt's words.
        answer: One of its candidates; for a deadline also any day (2020-06-30) or rule in
            notation.
        by: Who decided.
        note: Why; may be empty.
    """

    row: str = ""
    code: str
    words: str = ""
    answer: str = attrs.field(validator=a_name)
    by: str = attrs.field(validator=a_name)
    note: str = ""

    @classmethod
    def to(cls, asked: OpenDoubt, answer: str, *, by: str, note: str = "") -> Settlement:
        """
        Settlement an open doubt.
        """
        doubt = asked.doubt
        return cls(
            row=asked.row, code=doubt.code, words=doubt.words, answer=answer, by=by, note=note
        )


def open_doubts(rl: RectificationList) -> tuple[OpenDoubt, ...]:
    """
    List the doubts that nobody has decided, the list's own first, then row by row.

    >>> from rectiflow.reading.load import load
    >>> open_doubts(load("yuhui-2020"))
    ()
    """
    placed = [("", doubt) for doubt in rl.doubts]
    placed += [(row.id, doubt) for row in rl.rows.values() for doubt in row.doubts]
    still = ((place, doubt) for place, doubt in placed if doubt.is_open)
    return tuple(OpenDoubt(n, place, doubt) for n, (place, doubt) in enumerate(still, 1))


def settle(rl: RectificationList, answers: Iterable[Settlement]) -> RectificationList:
    """
    Decide doubts, and read the list as they then say; who decided is kept with each.

    Args:
        rl: The list.
        answers: At most one for each open doubt.

    Raises:
        BadDocumentError: With every answer that fits no open doubt, or is none of the readings.
    """
    problems: list[Problem] = []
    asked = open_doubts(rl)
    placed: dict[str, list[Settlement]] = {}
    counts: Counter[tuple[str, str, str]] = Counter()
    for n, answer in enumerate(answers):
        key = (answer.row, answer.code, answer.words)
        same = [each for each in asked if _key(each) == key]
        counts[key] += 1
        if not same:
            problems.append(Problem.of(f"answers[{n}]", "problem.no-such-doubt", answer.words))
        elif counts[key] > len(same):
            problems.append(Problem.of(f"answers[{n}]", "problem.answered-twice", answer.words))
        else:
            said = meant(answer.answer, same[0].doubt.candidates)
            answer = attrs.evolve(answer, answer=said)  # noqa: PLW2901 -- 是 is yes from here on
            problem = _unfit(same[0].doubt, answer, rl)
            problems += [] if problem is None else [problem.within(f"answers[{n}]")]
            placed.setdefault(answer.row, []).append(answer)
    if problems:
        raise BadDocumentError(tuple(problems), "")
    return _settled(rl, placed)


def _key(asked: OpenDoubt) -> tuple[str, str, str]:
    return asked.row, asked.doubt.code, asked.doubt.words


# Doubts about a deadline: a person may know a day that the words do not allow one to guess.
_DATED = frozenset(
    {
        "doubt.before-or-end",
        "doubt.before-the-list",
        "doubt.by-its-end",
        "doubt.carried-back",
        "doubt.compact-date",
        "doubt.count-contradicts",
        "doubt.date-or-number",
        "doubt.due-before-issued",
        "doubt.hours",
        "doubt.no-date",
        "doubt.no-event",
        "doubt.no-month",
        "doubt.no-such-day",
        "doubt.no-year",
        "doubt.now-and-dated",
        "doubt.relative-day",
        "doubt.unread-limit",
        "doubt.year-told",
        "doubt.weekday-contradicts",
        "doubt.which-month",
        "doubt.which-week",
        "doubt.which-weekday",
    }
)
_STAGED = frozenset({"doubt.is-templating", "doubt.explored-act", "doubt.no-stage"})
_NAMED = frozenset({"doubt.short-form", "doubt.lost-character"})


def _rule_told(answer: str) -> DeadlineRule | None:
    """
    Read an answer that is a day or a rule; ``None`` for other words.
    """
    day = named_day(answer)
    if day is not None:
        return FixedDate(day)
    with suppress(RectiflowError):
        return parse_rule(answer)
    return None


def _unfit(doubt: Doubt, answer: Settlement, rl: RectificationList) -> Problem | None:
    if doubt.code == "doubt.issue-date" and answer.answer != str(rl.issued):
        return Problem.of("answer", "problem.load-again", answer.answer)
    if answer.answer in doubt.candidates or not doubt.candidates:
        if doubt.code in _DATED and not doubt.candidates and _rule_told(answer.answer) is None:
            return Problem.of("answer", "problem.not-a-deadline", answer.answer)
        return None
    if doubt.code in _DATED and _rule_told(answer.answer) is not None:
        return None
    return Problem.of("answer", "problem.not-a-candidate", answer.answer, known=doubt.candidates)


def _settled(rl: RectificationList, answers: Mapping[str, list[Settlement]]) -> RectificationList:
    rows: dict[str, Row] = {}
    for row in rl.rows.values():
        rows[row.id] = _row(row, answers.get(row.id, []), rl)
    for row in list(rows.values()):
        source = row.inherited_from
        if source is not None:
            kept = rows[source].responsibilities
            rows[row.id] = attrs.evolve(row, responsibilities=kept)
    renamed = [
        (each.words, each.answer)
        for given in answers.values()
        for each in given
        if each.code in _NAMED
    ]
    units, made = renamed_bodies(rl.units, tuple(rows.values()), renamed)
    doubts = tuple(_answered(doubt, answers.get("", [])) for doubt in rl.doubts)
    return attrs.evolve(rl, units=units, rows=made, doubts=doubts)


def _answered(doubt: Doubt, answers: Iterable[Settlement]) -> Doubt:
    for each in answers:
        if doubt.is_open and (each.code, each.words) == (doubt.code, doubt.words):
            candidates = doubt.candidates
            if each.answer not in candidates:
                # What a person knows beyond the words is a reading from then on.
                candidates = (*candidates, each.answer)
            return attrs.evolve(
                doubt,
                candidates=candidates,
                answer=each.answer,
                answered_by=each.by,
                note=each.note,
            )
    return doubt


def _row(row: Row, answers: list[Settlement], rl: RectificationList) -> Row:
    if not answers:
        return row
    doubts = tuple(_answered(doubt, answers) for doubt in row.doubts)
    requirement, path = row.requirement, row.path
    mine = [each for each in answers if each.code in _DATED | _STAGED]
    if mine:
        requirement = _reread(row, rl)
        requirement = _decided(requirement, mine, rl.issued)
        stages = [each.stage for each in requirement.milestones if each.stage is not None]
        path = StagePath.of(Stage.ASSIGNED, *sorted(stages, key=list(Stage).index))
    if any(each.code == "doubt.inherited-cell" and each.answer == "blank" for each in answers):
        row = attrs.evolve(row, inherited_from=None, responsibilities=())
    return attrs.evolve(row, requirement=requirement, path=path, doubts=doubts)


def _reread(row: Row, rl: RectificationList) -> Requirement:
    """
    Give the row's requirement with its clauses, read anew if it came from a file of data.
    """
    if row.requirement.clauses:
        return row.requirement
    text, problems = row.requirement.text.printed, row.problems.printed
    for limit_from in (None, text.rfind("\n") + 1):
        found = read_requirement(text, rl.issued, problems=problems, limit_from=limit_from)
        if found == row.requirement:
            return found
    expected = "a row that reads as its text does; change the file by hand"
    raise InvalidValueError(f"rows[{row.id!r}].requirement", text, expected)


def _decided(
    requirement: Requirement, answers: Iterable[Settlement], issued: date | None
) -> Requirement:
    clauses = list(requirement.clauses)
    for answer in answers:
        change = _stage_told if answer.code in _STAGED else _deadline_told
        if answer.code == "doubt.no-stage":
            clauses = _rectifying(clauses, answer)
            continue
        for n, clause in enumerate(clauses):
            if any((d.code, d.words) == (answer.code, answer.words) for d in clause.doubts):
                clauses[n] = _with(clause, answer, change, issued)
    clauses = list(_without_no_limits(clauses))
    milestones = milestones_of(clauses)
    return attrs.evolve(
        requirement,
        clauses=tuple(clauses),
        milestones=milestones,
        services=_services(requirement, clauses, {each.id for each in milestones}),
    )


def _without_no_limits(clauses: Iterable[Clause]) -> Iterator[Clause]:
    """
    Take what a person said is no deadline out of the clauses; a stage stays demanded.
    """
    for clause in clauses:
        words = [each.words for each in clause.doubts if each.answer == NO_LIMIT]
        rests = isinstance(clause.rule, MonthDay | FixedDate) or (
            isinstance(clause.rule, Unresolved) and clause.rule.text in words
        )
        if not words or not rests:
            yield clause
        elif clause.stage is not None and clause.text not in words:
            yield attrs.evolve(clause, rule=Unresolved(clause.text), due=None)


def _services(
    requirement: Requirement, clauses: list[Clause], taken: set[str]
) -> tuple[Service, ...]:
    # Services promised in the problems cell have no clause here.
    own = {(each.rule, each.text) for each in services_of(requirement.clauses)}
    kept = [each for each in requirement.services if (each.rule, each.text) not in own]
    return (*services_of(clauses, taken | {each.id for each in kept}), *kept)


def _with(
    clause: Clause,
    answer: Settlement,
    change: Callable[[Clause, Settlement, date | None], Clause],
    issued: date | None,
) -> Clause:
    doubts = tuple(_answered(doubt, [answer]) for doubt in clause.doubts)
    return attrs.evolve(change(clause, answer, issued), doubts=doubts)


_STAGES = {
    Act.SELF_CHECK: Stage.SELF_CHECKED,
    Act.RECTIFY: Stage.RECTIFIED,
    Act.TEMPLATE: Stage.TEMPLATED,
}


def _stage_told(clause: Clause, answer: Settlement, _issued: date | None) -> Clause:
    if answer.code == "doubt.is-templating":
        if answer.answer == "yes":
            return attrs.evolve(clause, act=Act.TEMPLATE, stage=Stage.TEMPLATED)
        return attrs.evolve(clause, stage=None)
    stage = _STAGES.get(clause.act) if answer.answer == "yes" else None
    return attrs.evolve(clause, stage=stage)


def _rectifying(clauses: list[Clause], answer: Settlement) -> list[Clause]:
    """
    Take the last dated clause of a row that names no stage for its rectification, if so decided.
    """
    if answer.answer != "rectified":
        return clauses
    dated = [n for n, each in enumerate(clauses) if each.limit is not None]
    if dated:
        at = max(dated, key=lambda n: (clauses[n].due or date.min, n))
        clauses[at] = attrs.evolve(clauses[at], act=Act.RECTIFY, stage=Stage.RECTIFIED, name="")
    return clauses


def _deadline_told(clause: Clause, answer: Settlement, issued: date | None) -> Clause:
    if answer.answer == str(clause.due):
        return clause  # the reading taken is the one decided on
    rule: DeadlineRule | None = _rule_told(answer.answer)
    if rule is None and answer.code == "doubt.no-event" and isinstance(clause.rule, After | Before):
        rule = attrs.evolve(clause.rule, event=answer.answer)
    if rule is None:
        return clause
    due = None
    if isinstance(rule, FixedDate):
        due = rule.day
    elif rule.events <= {"issued"}:
        with suppress(RectiflowError):
            due = rule.resolve(issued=issued).due
    return attrs.evolve(clause, rule=rule, due=due)
