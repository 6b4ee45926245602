"""
``rectiflow init``: a ledger that is kept, from a list.
"""

from __future__ import annotations

import sys
from typing import Annotated

from cyclopts import Parameter

from rectiflow.ledger import assign

from .acting import Acting, Who
from .options import (
    DoubtfulFlag,
    FormatOption,
    LangOption,
    ListArgument,
    RosterOption,
    default_language,
    load,
    now,
    roster_named,
)
from .places import LedgerArgument, Place
from .table import Column, Format, Sheet, console_for, print_sheets

__all__ = ["init"]

NameOption = Annotated[
    str | None, Parameter(help="What the ledger is to go by; the list's id by default.")
]


def init(
    ledger: LedgerArgument,
    source: ListArgument,
    /,
    *,
    roster: RosterOption = None,
    doubtful: DoubtfulFlag = False,
    name: NameOption = None,
    place: Place = Place(),  # noqa: B008 -- a frozen value
    who: Who = None,
    format: FormatOption = Format.TABLE,  # noqa: A002 -- the option's name
    lang: LangOption = None,
) -> None:
    """
    Make a ledger that is kept: in a file, which is made, or in a database that many share.
    """
    from rectiflow import store  # noqa: PLC0415 -- heavy, and an extra

    acting = who or Acting()
    where, named = place.of(ledger)
    assigned = assign(load(source), roster_named(roster, doubtful=doubtful))
    with store.create(
        where,
        assigned,
        actor=acting.actor(),
        recorded_at=now(),
        name=name or named,
        office=place.office,
        policy=acting.policy(),
    ) as shared:
        columns = [
            Column("ledger"),
            Column("office"),
            Column("title"),
            Column("assignments", is_number=True),
            Column("anchor"),
        ]
        title = assigned.rl.title
        values = [shared.named.name, place.office, title, len(assigned), str(shared.anchor())]
    sheet = Sheet(name="ledger", columns=columns, rows=[values])
    print_sheets([sheet], format, lang or default_language(), console_for(sys.stdout))
