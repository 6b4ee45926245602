"""
``rectiflow remind``: what to remind whom of.
"""

from __future__ import annotations

import sys
from typing import Annotated

from cyclopts import Parameter

from .acting import Acting, Who
from .options import FormatOption, LangOption, default_language, now, read_day, today
from .places import LedgerArgument, Place, opened
from .table import Column, Format, Sheet, console_for, print_sheets

__all__ = ["remind"]

FromOption = Annotated[
    str,
    Parameter(name="--from", help="The first day: the one on which it last ran will do."),
]
ToOption = Annotated[str | None, Parameter(name="--to", help="The last day; today by default.")]
WarnOption = Annotated[
    int, Parameter(help="How many working days before its day a milestone is due soon; 0: never.")
]
SentFlag = Annotated[
    bool, Parameter(negative="", help="Take what is printed for sent: it is not printed again.")
]
AllFlag = Annotated[
    bool, Parameter(name="--all", negative="", help="Every row of a long table, not only 100.")
]
_MOST_SHOWN = 100


def remind(
    ledger: LedgerArgument,
    /,
    *,
    first: FromOption,
    last: ToOption = None,
    warn_workdays: WarnOption = 5,
    mark_sent: SentFlag = False,
    show_all: AllFlag = False,
    place: Place = Place(),  # noqa: B008 -- a frozen value
    who: Who = None,
    format: FormatOption = Format.TABLE,  # noqa: A002 -- the option's name
    lang: LangOption = None,
) -> None:
    """
    Put the reminders of some days into the outbox, and print all that wait there.

    A run that was missed loses nothing and a run made twice adds nothing.
    """
    acting = who or Acting()
    days = read_day("--from", first), today() if last is None else read_day("--to", last)
    stamp = {"actor": acting.actor(), "recorded_at": now()}
    with opened(ledger, place, acting) as shared:
        found = shared.remind(*days, warn_workdays=warn_workdays, **stamp)  # type: ignore[arg-type]  # as named
        columns = [
            Column("row"),
            Column("unit"),
            Column("milestone"),
            Column("kind"),
            Column("due"),
            Column("on"),
            Column("what"),
        ]
        # What is taken for sent must have been shown, all of it.
        is_short = format is Format.TABLE and not (show_all or mark_sent)
        lines = [
            [each.row, each.unit, each.milestone, each.kind.value, each.due, each.on, each.message]
            for each in (found[:_MOST_SHOWN] if is_short else found)
        ]
        sheet = Sheet(name="reminders", columns=columns, rows=lines, total=len(found))
        print_sheets([sheet], format, lang or default_language(), console_for(sys.stdout))
        sys.stdout.flush()
        if mark_sent and found:
            # Only now: what could not be printed is not sent.
            shared.sent(found, **stamp)  # type: ignore[arg-type]  # as named
