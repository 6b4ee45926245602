"""
``rectiflow review``: the board on a day.
"""

from __future__ import annotations

import sys
from datetime import date
from enum import StrEnum
from heapq import nsmallest
from typing import TYPE_CHECKING, Annotated, Any

import attrs
from cyclopts import CoercionError, Parameter, Token

from rectiflow.deadlines import Certainty
from rectiflow.errors import InvalidValueError
from rectiflow.moments import read_moment
from rectiflow.verdicts import Outcome

from .history import KnownAt  # noqa: TC001 -- cyclopts reads it
from .options import (
    AsOf,
    DoubtfulFlag,
    FormatOption,
    LangOption,
    MovesOption,
    RosterOption,
    default_language,
    load,
    read_day,
    roster_named,
    today,
)
from .places import Place, holds_store, opened, refuse_for_store
from .table import Column, Format, Sheet, console_for, print_sheets
from .watching import watched

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from rectiflow.lists import RectificationList
    from rectiflow.review import Counts, Review, ReviewRow
    from rectiflow.rosters import Roster
    from rectiflow.store import StoredReview

__all__ = ["By", "board", "review"]

_OVERDUE_FOUND = 1
# A page or two: who wants all of a long board wants it in a file.
_MOST_SHOWN = 100
_ATTENTION = (Outcome.OVERDUE, Outcome.DUE_TODAY, Outcome.DUE_SOON, Outcome.UNRESOLVED)
_STYLES = {
    Outcome.OVERDUE: "red",
    Outcome.DUE_TODAY: "yellow",
    Outcome.DUE_SOON: "yellow",
    Outcome.MET_LATE: "magenta",
    Outcome.MET: "green",
}


class By(StrEnum):
    """
    What assignments are counted by.
    """

    UNIT = "unit"
    ROW = "row"
    STAGE = "stage"


WarnOption = Annotated[
    int, Parameter(help="How many working days before its day a milestone is due soon.")
]
SourceArgument = Annotated[
    str,
    Parameter(help="A list (bundled or a file), or a stored ledger: a file, a URL, a name."),
]
ConfirmedFlag = Annotated[
    bool,
    Parameter(negative="", help="Count a milestone as done only once it was confirmed."),
]
FailFlag = Annotated[bool, Parameter(negative="", help="Exit with 1 if anything is overdue.")]
AllFlag = Annotated[
    bool,
    Parameter(
        name="--all", negative="", help="Every row of a long table, not only the most pressing 100."
    ),
]
ByOption = Annotated[By, Parameter(help="What assignments are counted by.")]


def _outcomes(_kind: object, tokens: Sequence[Token]) -> list[Outcome]:
    # overdue,due_today is one word of the command line and two outcomes.
    found = []
    for token in tokens:
        for word in token.value.split(","):
            name = word.strip().replace("-", "_")
            if name not in set(Outcome):
                wrong = attrs.evolve(token, value=word)
                raise CoercionError(token=wrong, target_type=Outcome)
            found.append(Outcome(name))
    return found


OnlyOption = Annotated[
    list[Outcome] | None,
    Parameter(
        negative="",
        converter=_outcomes,
        help="Only milestones that stand so, e.g. overdue,due_today; else what needs attention.",
    ),
]


def review(
    source: SourceArgument,
    /,
    *,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    confirmed_only: ConfirmedFlag = False,
    moves: MovesOption = None,
    roster: RosterOption = None,
    doubtful: DoubtfulFlag = False,
    warn_workdays: WarnOption = 5,
    by: ByOption = By.UNIT,
    only: OnlyOption = None,
    show_all: AllFlag = False,
    fail_overdue: FailFlag = False,
    place: Place = Place(),  # noqa: B008 -- a frozen value
    format: FormatOption = Format.TABLE,  # noqa: A002 -- the option's name
    lang: LangOption = None,
) -> int:
    """
    Review a list or a stored ledger on a day: what is due when, and who is late.
    """
    day = today() if as_of is None else read_day("--as-of", as_of)
    late: list[Sheet] = []
    if holds_store(source, place):
        for option, value in (("--moves", moves), ("--roster", roster), ("--doubtful", doubtful)):
            refuse_for_store(option, value)
        known = None if known_at is None else read_moment("--known-at", known_at)
        with opened(source, place) as shared:
            stored = shared.review(
                day, warn_workdays, known_at=known, confirmed_only=confirmed_only
            )
        found = stored.review
        late = [_back_dated(stored)]
    else:
        for option, value in (("--known-at", known_at), ("--confirmed-only", confirmed_only)):
            if value:
                raise InvalidValueError(option, value, "a stored ledger to review")
        group = roster_named(roster, doubtful=doubtful)
        found = _of_list(load(source), group, moves, day, warn_workdays)
    wanted = tuple(only) if only else (_ATTENTION if format is Format.TABLE else tuple(Outcome))
    is_short = format is Format.TABLE and not show_all
    sheets = board(found, by=by, only=wanted, most=_MOST_SHOWN if is_short else None)
    # In a table for people what is not there need not be said to be empty.
    sheets += [each for each in late if each.rows or format is not Format.TABLE]
    if is_short:
        sheets = [_most_pressing(each) for each in sheets]
    console = console_for(sys.stdout)
    print_sheets(sheets, format, lang or default_language(), console, main="milestones")
    return _OVERDUE_FOUND if fail_overdue and found.with_outcome(Outcome.OVERDUE) else 0


def _of_list(
    rl: RectificationList,
    roster: Roster | None,
    moves: Path | None,
    day: date,
    warn_workdays: int,
) -> Review:
    # A stored ledger needs none of these.
    from rectiflow.ledger import assign  # noqa: PLC0415 -- as above
    from rectiflow.reading.move_files import load_move_file  # noqa: PLC0415 -- as above
    from rectiflow.review import review as reviewed  # noqa: PLC0415 -- as above

    ledger = assign(rl, roster)
    if moves is not None:
        batch = load_move_file(moves, watched).moves
        ledger.apply(watched(batch, len(batch)))
    return reviewed(watched(ledger, len(ledger)), day, warn_workdays)


def board(
    found: Review,
    *,
    by: By = By.UNIT,
    only: tuple[Outcome, ...] = _ATTENTION,
    most: int | None = None,
) -> list[Sheet]:
    """
    Lay a review out: counts in all, counts by unit, row or stage, and milestones.

    Args:
        found: What was found.
        by: What assignments are counted by.
        only: With which outcomes milestones are told.
        most: How many milestones are told, where there are more: the most pressing ones.
    """
    facts: dict[str, object] = {"as_of": found.as_of}
    counted: Mapping[By, Iterable[tuple[str, Counts]]] = {
        By.UNIT: found.by_unit.items(),
        By.ROW: found.by_row.items(),
        By.STAGE: found.by_stage.items(),
    }
    lines = [[name, *_counts(counts)] for name, counts in counted[by]]
    totals = [Column(f"outcome.{each}", is_number=True, usual=0) for each in Outcome]
    rows = [row for row in found.rows if row.outcome in only]
    total = len(rows)
    if most is not None and total > most:
        # Only what is seen is laid out.
        rows = nsmallest(most, rows, key=_pressing)
    return [
        Sheet(name="totals", columns=totals, rows=[_counts(found.totals)], facts=facts),
        Sheet(name=f"by_{by}", columns=[Column(by.value), *totals], rows=lines, facts=facts),
        attrs.evolve(_milestones(rows, facts), total=total),
    ]


def _pressing(row: ReviewRow) -> tuple[int, date]:
    outcome = row.outcome
    place = _ATTENTION.index(outcome) if outcome in _ATTENTION else len(_ATTENTION)
    return place, row.due or date.max


def _most_pressing(sheet: Sheet) -> Sheet:
    """
    Cut a sheet that is too long to be read to the rows that matter most; it says so itself.
    """
    if len(sheet.rows) <= _MOST_SHOWN:
        return sheet
    order = sorted(range(len(sheet.rows)), key=lambda n: _press(sheet, n))
    rows = [sheet.rows[n] for n in order]
    styles = {new: sheet.styles[n] for new, n in enumerate(order) if n in sheet.styles}
    return attrs.evolve(sheet, rows=rows, styles=styles, most=_MOST_SHOWN)


def _press(sheet: Sheet, number: int) -> tuple[Any, ...]:
    row: dict[str, Any] = dict(
        zip([column.key for column in sheet.columns], sheet.rows[number], strict=True)
    )
    if sheet.name == "back_dated":
        return (-row["days_late"],)
    return tuple(-row[f"outcome.{each}"] for each in _ATTENTION)


def _back_dated(stored: StoredReview) -> Sheet:
    columns = [
        Column("row"),
        Column("unit"),
        Column("at"),
        Column("recorded_at"),
        Column("days_late", is_number=True),
        Column("by"),
    ]
    lines: list[list[object]] = [
        [each.row, each.unit, each.entry.at, each.recorded_at, each.days, each.entry.by]
        for each in stored.back_dated
    ]
    return Sheet(name="back_dated", columns=columns, rows=lines)


def _counts(counts: Counts) -> list[object]:
    return [counts.get(outcome, 0) for outcome in Outcome]


def _milestones(rows: list[ReviewRow], facts: dict[str, object]) -> Sheet:
    columns = [
        Column("row"),
        Column("unit"),
        Column("stage"),
        Column("milestone"),
        Column("outcome"),
        Column("due"),
        Column("days_left", is_number=True),
        Column("workdays_left", is_number=True),
        Column("completed_on"),
        Column("certainty", usual=Certainty.CONFIRMED),
        Column("reason"),
    ]
    lines = [
        [
            row.row,
            row.unit,
            row.stage,
            row.milestone.stage or row.milestone.id,
            row.outcome,
            row.due,
            row.days_left,
            row.workdays_left,
            row.standing.completed_on,
            row.standing.certainty,
            row.standing.verdict.reason,
        ]
        for row in rows
    ]
    styles = {n: _STYLES[row.outcome] for n, row in enumerate(rows) if row.outcome in _STYLES}
    return Sheet(name="milestones", columns=columns, rows=lines, styles=styles, facts=facts)
