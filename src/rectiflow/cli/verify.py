"""
``rectiflow verify``: whether a stored ledger is what was written.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from rectiflow.messages import Message
from rectiflow.problems import BadDocumentError, Problem
from rectiflow.writing.saving import save_text

from .options import FormatOption, LangOption, default_language
from .places import LedgerArgument, Place, opened
from .table import Column, Format, Sheet, console_for, print_sheets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectiflow.store import Anchor

__all__ = ["verify"]

BROKEN = 1
_LONGEST = 1_000_000

AnchorOption = Annotated[
    list[Path] | None,
    Parameter(
        negative="", help="A file with heads that were kept elsewhere, one a line; may be repeated."
    ),
]
SaveOption = Annotated[
    Path | None, Parameter(help="Write the head there, to be kept where nobody can change both.")
]


def verify(
    ledger: LedgerArgument,
    /,
    *,
    anchor: AnchorOption = None,
    save_anchor: SaveOption = None,
    place: Place = Place(),  # noqa: B008 -- a frozen value
    format: FormatOption = Format.TABLE,  # noqa: A002 -- the option's name
    lang: LangOption = None,
) -> int:
    """
    Verify that every event is as it was written; exit with 1 and name the first that is not.

    Only an anchor shows that the last events were cut off, or that all of them were written anew.
    """
    spoken = lang or default_language()
    anchors = [found for path in anchor or [] for found in _anchors(path)]
    with opened(ledger, place) as shared:
        found = shared.verify(anchors)
    columns = [
        Column("events", is_number=True),
        Column("anchors", is_number=True),
        Column("sound", usual=found.sound),
        Column("first_bad", is_number=True),
        Column("kind"),
        Column("reason"),
        Column("anchor"),
    ]
    fault = found.fault
    values = [
        found.events,
        len(anchors),
        found.sound,
        fault and fault.seq,
        fault and fault.kind.value,
        Message.of("cli.sound") if fault is None else fault.message,
        str(found.head),
    ]
    sheet = Sheet(name="verification", columns=columns, rows=[values])
    print_sheets([sheet], format, spoken, console_for(sys.stdout))
    if fault is not None:
        sys.stderr.write(fault.message.text(spoken) + "\n")
        return BROKEN
    if save_anchor is not None:
        save_text(f"{found.head}\n", save_anchor)
    return 0


def _anchors(path: Path) -> Iterator[Anchor]:
    from rectiflow.errors import InvalidValueError  # noqa: PLC0415 -- beside the store's own
    from rectiflow.store import Anchor  # noqa: PLC0415 -- heavy, and an extra

    with path.open(encoding="utf-8-sig", errors="replace") as file:
        text = file.read(_LONGEST)
    problems = []
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            found.append(Anchor.parse(line))
        except InvalidValueError as error:
            problems.append(Problem.of(f"line {number}", "problem.bad-line", error=error.message))
    if not found and not problems:
        # A file that proves nothing must not pass for a proof.
        problems.append(Problem.of("line 1", "problem.no-anchor"))
    if problems:
        raise BadDocumentError(tuple(problems), str(path))
    yield from found
