"""
``rectiflow review``: the board on a day.
"""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, TypeVar

import attrs
from cyclopts import CoercionError, Parameter, Token
from rich.console import Console
from rich.progress import track

from rectiflow.deadlines import Certainty
from rectiflow.ledger import assign
from rectiflow.reading.moves import load_moves
from rectiflow.review import Counts, Review, ReviewRow
from rectiflow.review import review as reviewed
from rectiflow.verdicts import Outcome

from .options import (
    AsOf,
    DoubtfulFlag,
    FormatOption,
    LangOption,
    ListArgument,
    MovesOption,
    RosterOption,
    default_language,
    load,
    read_day,
    roster_named,
    today,
)
from .table import Column, Format, Sheet, console_for, print_sheets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

__all__ = ["By", "board", "review"]

T = TypeVar("T")
_OVERDUE_FOUND = 1
_LONG = 5_000
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
FailFlag = Annotated[bool, Parameter(negative="", help="Exit with 1 if anything is overdue.")]
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
    source: ListArgument,
    /,
    *,
    as_of: AsOf = None,
    moves: MovesOption = None,
    roster: RosterOption = None,
    doubtful: DoubtfulFlag = False,
    warn_workdays: WarnOption = 5,
    by: ByOption = By.UNIT,
    only: OnlyOption = None,
    fail_overdue: FailFlag = False,
    format: FormatOption = Format.TABLE,  # noqa: A002 -- the option's name
    lang: LangOption = None,
) -> int:
    """
    Review a list on a day: what is due when, and who is late.
    """
    day = today() if as_of is None else read_day("--as-of", as_of)
    ledger = assign(load(source), roster_named(roster, doubtful=doubtful))
    if moves is not None:
        batch = load_moves(moves)
        ledger.apply(_watched(batch, len(batch)))
    found = reviewed(_watched(ledger, len(ledger)), day, warn_workdays)
    wanted = tuple(only) if only else (_ATTENTION if format is Format.TABLE else tuple(Outcome))
    sheets = board(found, by=by, only=wanted)
    console = console_for(sys.stdout)
    print_sheets(sheets, format, lang or default_language(), console, main="milestones")
    return _OVERDUE_FOUND if fail_overdue and found.with_outcome(Outcome.OVERDUE) else 0


def board(
    found: Review, *, by: By = By.UNIT, only: tuple[Outcome, ...] = _ATTENTION
) -> list[Sheet]:
    """
    Lay a review out: counts in all, counts by unit, row or stage, and milestones.
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
    return [
        Sheet(name="totals", columns=totals, rows=[_counts(found.totals)], facts=facts),
        Sheet(name=f"by_{by}", columns=[Column(by.value), *totals], rows=lines, facts=facts),
        _milestones(rows, facts),
    ]


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


def _watched(items: Iterable[T], total: int) -> Iterator[T] | Iterable[T]:
    if total < _LONG or not sys.stderr.isatty():
        return items
    return track(items, total=total, description="", console=Console(stderr=True), transient=True)
