"""
``rectiflow due``: the day a rule comes to, and why.
"""

from __future__ import annotations

import re
import sys
from datetime import date
from typing import TYPE_CHECKING, Annotated

import attrs
from cyclopts import Parameter

from rectiflow.clauses import Clause
from rectiflow.deadlines import (
    Adjustment,
    DeadlineRule,
    Resolution,
    UnresolvedDeadlineError,
    parse_adjustment,
    parse_rule,
)
from rectiflow.errors import InvalidValueError, UnknownNameError
from rectiflow.messages import Message
from rectiflow.reading.requirement import read_requirement
from rectiflow.workdays import WorkCalendar

from .options import FormatOption, LangOption, default_language, read_day
from .table import Column, Format, Sheet, console_for, print_sheets

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["due"]

_NOTATION = re.compile(r"\s*[A-Za-z_]+\s*[(（]")
RuleArgument = Annotated[
    str, Parameter(help="E.g. 'After(received, 3, workday)', or 自收到之日起3个工作日内.")
]
FromOption = Annotated[
    str | None,
    Parameter(name="--from", help="The day counted from, or else the issue date."),
]
EventOption = Annotated[
    list[str] | None,
    Parameter(name="--event", negative="", help="received=2020-06-24; may be repeated."),
]
IssuedOption = Annotated[
    str | None, Parameter(help="The issue date, from which a missing year is taken.")
]
KnownOption = Annotated[
    str | None, Parameter(help="Count by the calendar as it was published on that day.")
]
ExplainFlag = Annotated[
    bool, Parameter(negative="", help="Tell every step, with the clause it rests on.")
]
AdjustOption = Annotated[
    list[str] | None,
    Parameter(
        name="--adjust",
        negative="",
        help="'Extension(20, workday, granted_on=2020-07-01)' and the like; may be repeated.",
    ),
]


def due(
    rule: RuleArgument,
    /,
    *,
    start: FromOption = None,
    event: EventOption = None,
    issued: IssuedOption = None,
    adjust: AdjustOption = None,
    known_on: KnownOption = None,
    explain: ExplainFlag = False,
    format: FormatOption = Format.TABLE,  # noqa: A002 -- the option's name
    lang: LangOption = None,
) -> None:
    """
    Say on which day a deadline falls: a rule in notation, or words as officials write them.
    """
    issue_day = None if issued is None else read_day("--issued", issued)
    stated, issue_day = _stated(rule, issue_day, start)
    counted = frozenset().union(*(each.rule.events for each in stated)) - {"issued"}
    events, issue_day = _days(counted, start, event or [], issue_day)
    day = None if known_on is None else read_day("--known-on", known_on)
    facts = _Facts(
        issued=issue_day,
        events=events,
        calendar=WorkCalendar.china(day),
        adjustments=[parse_adjustment(each) for each in adjust or []],
    )
    found = [facts.resolved(each) for each in stated]
    spoken = lang or default_language()
    sheets = [_answer(stated, found)]
    if explain and format is not Format.TABLE:
        sheets.append(_trace(found))
    # A table of the one day is no explanation: in CSV it is the steps that were asked for.
    main = sheets[-1].name
    print_sheets(sheets, format, spoken, console_for(sys.stdout), main=main)
    if explain and format is Format.TABLE:
        for each, resolution in zip(stated, found, strict=True):
            told = "" if each.clause is None else each.clause.explain(rule, spoken) + "\n"
            steps = resolution.explain(spoken) + "\n" if isinstance(resolution, Resolution) else ""
            sys.stdout.write(told + steps)


@attrs.frozen
class _Stated:
    """
    A deadline that was asked about.

    Attributes:
        rule: What it comes to.
        clause: The clause it was read from; ``None`` for a rule in notation.
    """

    rule: DeadlineRule
    clause: Clause | None = None


@attrs.frozen(kw_only=True)
class _Facts:
    """
    What the command line tells a rule.
    """

    issued: date | None
    events: dict[str, date]
    calendar: WorkCalendar
    adjustments: list[Adjustment]

    def resolved(self, stated: _Stated) -> Resolution | Message:
        """
        Resolve a deadline; for words that give no date, say so.
        """
        try:
            return stated.rule.resolve(
                issued=self.issued,
                events=self.events,
                calendar=self.calendar,
                adjustments=self.adjustments,
            )
        except UnresolvedDeadlineError as error:
            if stated.clause is None:
                raise
            return error.message


def _stated(text: str, issued: date | None, start: str | None) -> tuple[list[_Stated], date | None]:
    """
    Read a rule in notation, or every deadline in officials' words.
    """
    if _NOTATION.match(text):
        return [_Stated(parse_rule(text))], issued
    requirement = read_requirement(text, issued)
    if issued is None and start is not None and not _counts(requirement.clauses):
        # With nothing to count from, the day given is the day of issue.
        issued = read_day("--from", start)
        requirement = read_requirement(text, issued)
    if not requirement.clauses:
        expected = "a rule in notation, or words that set a deadline"
        raise InvalidValueError("RULE", text, expected)
    return [_Stated(each.rule, each) for each in requirement.clauses], issued


def _counts(clauses: Iterable[Clause]) -> bool:
    return any(each.rule.events - {"issued"} for each in clauses)


def _days(
    counted_from: frozenset[str], start: str | None, given: list[str], issued: date | None
) -> tuple[dict[str, date], date | None]:
    events = dict(_event(each, counted_from) for each in given)
    if start is None:
        return events, issued
    day_from = read_day("--from", start)
    wanted = sorted(counted_from - set(events))
    if len(wanted) > 1:
        expected = "one day for each event: " + " ".join(f"--event {name}=…" for name in wanted)
        raise InvalidValueError("--from", start, expected)
    if wanted:
        return {**events, wanted[0]: day_from}, issued
    if counted_from or (issued is not None and issued != day_from):
        raise InvalidValueError("--from", start, "nothing, as --event or --issued gives the day")
    return events, day_from


def _event(given: str, known: frozenset[str]) -> tuple[str, date]:
    name, equals, day = (part.strip() for part in given.partition("="))
    if not equals:
        raise InvalidValueError("--event", given, "name=day, e.g. received=2020-06-24")
    if name not in known:
        # Passed on, a misspelt event would leave the rule waiting without a word.
        raise UnknownNameError.among("event", name, known)
    return name, read_day("--event", day)


def _answer(stated: Sequence[_Stated], found: Sequence[Resolution | Message]) -> Sheet:
    columns = [
        Column("words"),
        Column("act"),
        Column("rule"),
        Column("due"),
        Column("original_due"),
        Column("certainty"),
        Column("waiting_for"),
        Column("reason"),
        Column("candidates"),
    ]
    if all(each.clause is None for each in stated):
        columns = [each for each in columns if each.key in _OF_A_RULE]
    lines = []
    for each, resolution in zip(stated, found, strict=True):
        known = resolution if isinstance(resolution, Resolution) else None
        clause = each.clause
        values = {
            "words": clause and clause.text,
            "act": clause and clause.act,
            "rule": str(each.rule),
            "due": known and known.due,
            "original_due": known and known.original_due,
            "certainty": known and known.certainty,
            "waiting_for": list(known.waiting_for) if known else [],
            "reason": resolution if known is None else _doubted(clause),
            "candidates": [c for d in clause.doubts for c in d.candidates] if clause else [],
        }
        lines.append([values[column.key] for column in columns])
    return Sheet(name="due", columns=columns, rows=lines)


_OF_A_RULE = frozenset({"rule", "due", "original_due", "certainty", "waiting_for"})


def _doubted(clause: Clause | None) -> list[Message]:
    return [Message.of(each.code, words=each.words) for each in clause.doubts] if clause else []


def _trace(found: Sequence[Resolution | Message]) -> Sheet:
    columns = [
        Column("code"),
        Column("day"),
        Column("source"),
        Column("inferred"),
        Column("zh"),
        Column("en"),
    ]
    lines = [
        [
            step.code,
            step.day,
            "" if step.source is None else str(step.source),
            step.inferred,
            step.text("zh"),
            step.text("en"),
        ]
        for resolution in found
        if isinstance(resolution, Resolution)
        for step in resolution.trace
    ]
    return Sheet(name="trace", columns=columns, rows=lines)
