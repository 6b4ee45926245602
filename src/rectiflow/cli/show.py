"""
``rectiflow show``: what a list says.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from rectiflow.ledger import assign
from rectiflow.messages import Message
from rectiflow.progress import Progress
from rectiflow.standings import resolution_or_reason

from .options import (
    DoubtfulFlag,
    FormatOption,
    LangOption,
    ListArgument,
    RosterOption,
    default_language,
    load,
    roster_named,
)
from .table import Column, Format, Sheet, console_for, print_sheets

if TYPE_CHECKING:
    from rectiflow.campaign import Campaign
    from rectiflow.lists import RectificationList, Row

__all__ = ["head_sheet", "milestones_sheet", "show"]

RowOption = Annotated[str | None, Parameter(help="Only this row, with its texts and units.")]


def show(
    source: ListArgument,
    /,
    *,
    row: RowOption = None,
    roster: RosterOption = None,
    doubtful: DoubtfulFlag = False,
    format: FormatOption = Format.TABLE,  # noqa: A002 -- the option's name
    lang: LangOption = None,
) -> None:
    """
    Show a list: its rows, paths, deadlines and doubts.
    """
    rl = load(source)
    ledger = assign(rl, roster_named(roster, doubtful=doubtful))
    rows = [rl.rows[row]] if row is not None else list(rl.rows.values())
    assigned = {each.id: 0 for each in rows}
    for each in ledger:
        if each.row.id in assigned:
            assigned[each.row.id] += 1
    sheets = [
        head_sheet(rl, len(ledger)),
        _rows(rows, assigned, with_units=row is not None or format is not Format.TABLE),
    ]
    if row is not None:
        sheets += [_texts(rows[0])]
    sheets += [milestones_sheet(ledger.campaign, rows), _doubts(rl, rows, row)]
    console = console_for(sys.stdout)
    print_sheets(sheets, format, lang or default_language(), console, main="rows")


def head_sheet(rl: RectificationList, assignments: int) -> Sheet:
    """
    Say of a list as a whole where it comes from and how large it is.
    """
    columns = [
        Column("title"),
        Column("issued"),
        Column("issuer"),
        Column("basis"),
        Column("rows", is_number=True),
        Column("assignments", is_number=True),
    ]
    basis = [str(source) for source in rl.basis]
    values = [rl.title, rl.issued, rl.issuer, basis, len(rl.rows), assignments]
    return Sheet(name="list", columns=columns, rows=[values])


def _rows(rows: list[Row], assigned: dict[str, int], *, with_units: bool) -> Sheet:
    columns = [
        Column("row"),
        Column("task"),
        Column("subtask"),
        Column("path"),
        Column("assignments", is_number=True),
        *([Column("units")] if with_units else []),
    ]
    lines = [
        [
            row.id,
            row.task,
            row.subtask,
            list(row.path),
            assigned[row.id],
            *([[each.unit for each in row.responsibilities]] if with_units else []),
        ]
        for row in rows
    ]
    return Sheet(name="rows", columns=columns, rows=lines)


def _texts(row: Row) -> Sheet:
    columns = [Column("cell"), Column("printed"), Column("restored")]
    cells = [("problems", row.problems), ("requirement", row.requirement.text)]
    if row.unit_cell is not None:
        cells.append(("unit_cell", row.unit_cell))
    lines = [
        [Message.of(f"column.{name}"), text.printed, list(text.restored_characters)]
        for name, text in cells
    ]
    return Sheet(name="texts", columns=columns, rows=lines)


def milestones_sheet(campaign: Campaign, rows: list[Row]) -> Sheet:
    """
    Say what is due when in each row, and why there is no day where there is none.
    """
    columns = [Column("row"), Column("milestone"), Column("rule"), Column("due"), Column("text")]
    columns.append(Column("reason"))
    lines: list[list[object]] = []
    for row in rows:
        for each in row.milestones:
            found = resolution_or_reason(campaign, row, each, Progress())
            due, reason = (None, found) if isinstance(found, Message) else (found.due, None)
            name = each.id if each.stage is None else each.stage
            lines.append([row.id, name, str(each.rule), due, each.text, reason])
        lines += [[row.id, each.id, str(each.rule), None, each.text, None] for each in row.services]
    return Sheet(name="milestones", columns=columns, rows=lines)


def _doubts(rl: RectificationList, rows: list[Row], only: str | None) -> Sheet:
    columns = [
        Column("row"),
        Column("doubt"),
        Column("candidates"),
        Column("answer"),
        Column("answered_by"),
        Column("note"),
    ]
    placed = [("", doubt) for doubt in rl.doubts if only is None]
    placed += [(row.id, doubt) for row in rows for doubt in row.doubts]
    lines = [
        [
            place,
            Message.of(doubt.code, words=doubt.words),
            list(doubt.candidates),
            doubt.answer,
            doubt.answered_by,
            doubt.note,
        ]
        for place, doubt in placed
    ]
    return Sheet(name="doubts", columns=columns, rows=lines)
