"""
``rectiflow export`` and ``import``: a whole ledger as a file, and back.
"""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from rectiflow.writing.saving import save_text

from .acting import Acting, Who
from .options import FormatOption, LangOption, default_language
from .places import LedgerArgument, Place, opened
from .streams import write_data
from .table import Column, Format, Sheet, console_for, print_sheets

__all__ = ["export", "import_"]

_AT_ONCE = 1_000

OutOption = Annotated[
    Path | None, Parameter(help="Write it there, whole or not at all; else to standard output.")
]
LogArgument = Annotated[Path, Parameter(help="What export wrote (JSON Lines).")]
StoreArgument = Annotated[
    str, Parameter(help="The file, made if it is not there, or the URL to take it into.")
]


def export(
    ledger: LedgerArgument,
    /,
    *,
    out: OutOption = None,
    place: Place = Place(),  # noqa: B008 -- a frozen value
    lang: LangOption = None,  # noqa: ARG001 -- for errors, which read it themselves
) -> None:
    """
    Export every event of a ledger as JSON Lines, each with its hash.
    """
    with opened(ledger, place) as shared:
        if out is not None:
            save_text("".join(f"{line}\n" for line in shared.export()), out)
            return
        lines = (f"{line}\n" for line in shared.export())
        while portion := "".join(islice(lines, _AT_ONCE)):
            write_data(sys.stdout, portion)


def import_(
    store: StoreArgument,
    file: LogArgument,
    /,
    *,
    who: Who = None,
    format: FormatOption = Format.TABLE,  # noqa: A002 -- the option's name
    lang: LangOption = None,
) -> None:
    """
    Import a log into a store, if every event is as it was written; else nothing.
    """
    from rectiflow.store import import_log  # noqa: PLC0415 -- heavy, and an extra

    acting = who or Acting()
    # As it is, byte for byte: what is no UTF-8 is then no line of a log either.
    with file.open(encoding="utf-8", errors="replace", newline="\n") as lines:
        shared = import_log(store, lines, actor=acting.actor(), policy=acting.policy())
    with shared:
        columns = [
            Column("ledger"),
            Column("office"),
            Column("events", is_number=True),
            Column("anchor"),
        ]
        head = shared.anchor()
        values = [shared.named.name, shared.named.office, head.seq, str(head)]
    sheet = Sheet(name="ledger", columns=columns, rows=[values])
    print_sheets([sheet], format, lang or default_language(), console_for(sys.stdout))
