"""
What was written, for whoever asked for it.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rectiflow.messages import Language, Message
from rectiflow.moments import CHINA_TIME, day_of

from .acting import UNSTATED
from .options import default_language
from .table import Column, Format, Sheet, console_for, print_sheets

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rectiflow.store import Event, Receipt, StoredLedger

__all__ = ["events_sheet", "print_receipt"]

_MOST_SHOWN = 20


def print_receipt(
    shared: StoredLedger, receipt: Receipt, how: Format, lang: Language | None
) -> None:
    """
    Print what was written: which events, what they say, and the head to be kept as an anchor.
    """
    written = receipt.last - receipt.first + 1
    shown = written if how is not Format.TABLE else min(written, _MOST_SHOWN)
    events = shared.poll(receipt.first - 1, shown)
    columns = [
        Column("already_done", usual=False),
        Column("first", is_number=True),
        Column("last", is_number=True),
        Column("anchor"),
    ]
    values = [receipt.already_done, receipt.first, receipt.last, str(receipt.anchor)]
    sheets = [
        Sheet(name="receipt", columns=columns, rows=[values], facts={"n": written}),
        events_sheet(events),
    ]
    spoken = lang or default_language()
    print_sheets(sheets, how, spoken, console_for(sys.stdout), main="events")
    if receipt.already_done and how is Format.TABLE:
        sys.stdout.write(Message.of("cli.already-done").text(spoken) + "\n")


def events_sheet(events: Iterable[Event]) -> Sheet:
    """
    Lay events out: when each happened, when it was written down, by whom.
    """
    columns = [
        Column("seq", is_number=True),
        Column("at"),
        Column("recorded_at"),
        Column("days_late", is_number=True),
        Column("what"),
        Column("by"),
        Column("person"),
        Column("person_unit", usual=UNSTATED),
        Column("roles"),
        Column("outcome"),
        Column("due"),
        Column("note"),
        Column("evidence"),
    ]
    lines = [
        [
            event.seq,
            event.at,
            event.record.recorded_at,
            _days_late(event),
            event.message,
            event.record.by,
            event.record.person,
            event.record.person_unit,
            list(event.record.roles),
            event.record.outcome,
            event.record.due,
            event.record.note,
            list(event.record.evidence),
        ]
        for event in events
    ]
    styles = {n: "yellow" for n, line in enumerate(lines) if line[3]}
    return Sheet(name="events", columns=columns, rows=lines, styles=styles)


def _days_late(event: Event) -> int | None:
    if event.at is None or not event.back_dated:
        return None
    written = event.record.recorded_at
    return (written.date() - day_of(event.at, written.tzinfo or CHINA_TIME)).days
