"""
``rectiflow due``: the day a rule comes to, and why.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from rectiflow.deadlines import DeadlineRule, Resolution, parse_adjustment, parse_rule
from rectiflow.errors import InvalidValueError, UnknownNameError
from rectiflow.workdays import WorkCalendar

from .options import FormatOption, LangOption, default_language, read_day
from .table import Column, Format, Sheet, console_for, print_sheets

if TYPE_CHECKING:
    from datetime import date

__all__ = ["due"]

RuleArgument = Annotated[str, Parameter(help="E.g. 'After(received, 3, workday)'.")]
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
    Say on which day a deadline rule falls.
    """
    read = parse_rule(rule)
    events, issue_day = _days(read, start, event or [], issued)
    day = None if known_on is None else read_day("--known-on", known_on)
    resolution = read.resolve(
        issued=issue_day,
        events=events,
        calendar=WorkCalendar.china(day),
        adjustments=[parse_adjustment(each) for each in adjust or []],
    )
    spoken = lang or default_language()
    sheets = [_answer(read, resolution)]
    if explain and format is not Format.TABLE:
        sheets.append(_trace(resolution))
    # A table of the one day is no explanation: in CSV it is the steps that were asked for.
    main = sheets[-1].name
    print_sheets(sheets, format, spoken, console_for(sys.stdout), main=main)
    if explain and format is Format.TABLE:
        sys.stdout.write(resolution.explain(spoken) + "\n")


def _days(
    rule: DeadlineRule, start: str | None, given: list[str], issued: str | None
) -> tuple[dict[str, date], date | None]:
    issue_day = None if issued is None else read_day("--issued", issued)
    counted_from = rule.events - {"issued"}
    events = dict(_event(each, counted_from) for each in given)
    if start is None:
        return events, issue_day
    day_from = read_day("--from", start)
    wanted = sorted(counted_from - set(events))
    if len(wanted) > 1:
        expected = "one day for each event: " + " ".join(f"--event {name}=…" for name in wanted)
        raise InvalidValueError("--from", start, expected)
    if wanted:
        return {**events, wanted[0]: day_from}, issue_day
    if counted_from or issue_day is not None:
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


def _answer(rule: DeadlineRule, resolution: Resolution) -> Sheet:
    columns = [
        Column("rule"),
        Column("due"),
        Column("original_due"),
        Column("certainty"),
        Column("waiting_for"),
    ]
    values = [
        str(rule),
        resolution.due,
        resolution.original_due,
        resolution.certainty,
        list(resolution.waiting_for),
    ]
    return Sheet(name="due", columns=columns, rows=[values])


def _trace(resolution: Resolution) -> Sheet:
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
        for step in resolution.trace
    ]
    return Sheet(name="trace", columns=columns, rows=lines)
