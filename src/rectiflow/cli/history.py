"""
``rectiflow history``: everything that was written down about an assignment.
"""

from __future__ import annotations

import sys
from datetime import datetime, time
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from rectiflow.moments import CHINA_TIME, day_of, read_moment

from .options import (
    AsOf,
    FormatOption,
    LangOption,
    RowArgument,
    UnitArgument,
    default_language,
    read_day,
)
from .places import LedgerArgument, Place, opened
from .receipts import events_sheet
from .table import Format, console_for, print_sheets

if TYPE_CHECKING:
    from rectiflow.moments import Moment

__all__ = ["KnownAt", "history"]

KnownAt = Annotated[
    str | None,
    Parameter(help="Only what was written down by then: a day, its end included, or an instant."),
]


def history(
    ledger: LedgerArgument,
    row: RowArgument,
    unit: UnitArgument,
    /,
    *,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    place: Place = Place(),  # noqa: B008 -- a frozen value
    format: FormatOption = Format.TABLE,  # noqa: A002 -- the option's name
    lang: LangOption = None,
) -> None:
    """
    Tell the history of an assignment: when each thing happened, and when it was written down.

    What was written down on a later day than it happened is marked.
    """
    day = None if as_of is None else read_day("--as-of", as_of)
    known = None if known_at is None else read_moment("--known-at", known_at)
    with opened(ledger, place) as shared:
        events = shared.history(row, unit)
    chosen = [
        event
        for event in events
        if (day is None or day_of(event.at or event.record.recorded_at, CHINA_TIME) <= day)
        and (known is None or _is_by(event.record.recorded_at, known))
    ]
    sheet = events_sheet(chosen)
    print_sheets([sheet], format, lang or default_language(), console_for(sys.stdout))


def _is_by(recorded: datetime, known: Moment) -> bool:
    if isinstance(known, datetime):
        return recorded <= known
    return recorded <= datetime.combine(known, time.max, CHINA_TIME)
