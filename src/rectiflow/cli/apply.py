"""
``rectiflow apply``: a file of moves, all of it or nothing.
"""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar

import attrs
from cyclopts import Parameter

from rectiflow.batches import BatchRefusedError
from rectiflow.errors import InvalidValueError, RectiflowError
from rectiflow.messages import Language, Message
from rectiflow.reading.move_files import MoveFile, load_move_file

from .acting import Acting, Who
from .options import FormatOption, LangOption, default_language, now
from .places import LedgerArgument, Place, opened
from .receipts import print_receipt
from .repeats import counts_twice, repeated
from .table import Format
from .watching import watched

if TYPE_CHECKING:
    from collections.abc import Iterable
    from contextlib import AbstractContextManager

    from rectiflow.store import Actor, Receipt, RefusedAct, StoredLedger

__all__ = ["FileRefusedError", "apply"]

_LONG = 2_000
_TRIES = 10

FileArgument = Annotated[
    Path, Parameter(help="CSV, JSON Lines or a workbook (XLSX), told by what is in it.")
]
DryRunFlag = Annotated[
    bool, Parameter(name="--dry-run", negative="", help="Judge every line and keep nothing.")
]
ByOption = Annotated[str, Parameter(help="Who did it, for lines that do not say.")]
CommandOption = Annotated[
    str,
    Parameter(help="An id of this request; by default it is made from the bytes of the file."),
]


@attrs.define(slots=False, eq=False, repr=False, kw_only=True)
class FileRefusedError(RectiflowError, ValueError):
    """
    A file of which nothing was kept, with every bad line at its place.

    Attributes:
        document: Its path.
        bad: Place, assignment and error of each bad line, in order.
        untried: How many lines were not judged, as they build on bad ones.
    """

    code: ClassVar[str] = "error.file-refused"

    document: str
    bad: tuple[tuple[str, str, RectiflowError], ...]
    untried: int = 0

    @property
    def message(self) -> Message:
        """
        The error as a code with its facts.
        """
        facts = {"document": self.document, "untried": self.untried}
        return Message.of(self.code, n=len(self.bad), **facts)

    def text(self, lang: Language = "en") -> str:
        """
        Write the error, and every bad line with all its reasons.
        """
        lines = [self.message.text(lang)]
        for place, subject, error in self.bad:
            reason = error.text(lang).replace("\n", "\n    ")
            lines.append(f"  {place}, {subject}: {reason}")
        return "\n".join(lines)


def apply(
    ledger: LedgerArgument,
    file: FileArgument,
    /,
    *,
    dry_run: DryRunFlag = False,
    by: ByOption = "",
    command: CommandOption = "",
    place: Place = Place(),  # noqa: B008 -- a frozen value
    who: Who = None,
    format: FormatOption = Format.TABLE,  # noqa: A002 -- the option's name
    lang: LangOption = None,
) -> None:
    """
    Write down a whole file of moves, or nothing and a report of every bad line.

    The same file applied again is already done, whatever became of the first try.  Of a file that
    was changed since, a line that would count twice is refused.
    """
    acting = who or Acting()
    found = load_move_file(file, watched)
    spoken = lang or default_language()
    with opened(ledger, place, acting) as shared:
        name = command or f"file:{found.digest}"
        with _working(found, spoken):
            receipt = _written(shared, found, acting.actor(by), name, dry_run=dry_run)
        if dry_run:
            facts = {"n": len(found.moves), "document": found.document}
            code = "cli.would-be-done" if not receipt.already_done else "cli.already-done"
            sys.stdout.write(Message.of(code, **facts).text(spoken) + "\n")
            return
        print_receipt(shared, receipt, format, lang)


def _written(
    shared: StoredLedger, found: MoveFile, actor: Actor, command: str, *, dry_run: bool
) -> Receipt:
    from rectiflow.store import ConcurrencyError  # noqa: PLC0415 -- heavy, and an extra

    tries = _TRIES
    while True:
        tries -= 1
        try:
            return _tried(shared, found, actor, command, dry_run=dry_run)
        except ConcurrencyError:
            # Another wrote about the same since it was looked for lines that count twice.
            if not tries:
                raise


def _tried(
    shared: StoredLedger, found: MoveFile, actor: Actor, command: str, *, dry_run: bool
) -> Receipt:
    from rectiflow.store import NotPermittedError  # noqa: PLC0415 -- as above

    # The store itself sees to it that what is looked at now is so when it is written.
    seen = shared.seq if any(map(counts_twice, found.moves)) else None
    twice = repeated(shared, found.moves, command)
    dry_run = dry_run or bool(twice)
    stamp = {"actor": actor, "recorded_at": now(), "command": command}
    try:
        receipt = shared.append(found.moves, expected=seen, dry_run=dry_run, **stamp)  # type: ignore[arg-type]  # as named
    except BatchRefusedError as error:
        bad = {**twice, **{each.position: each.error for each in error.bad}}
        raise _refused(found, sorted(bad.items()), len(error.untried)) from error
    except NotPermittedError as error:
        alone = [attrs.evolve(one, line=0) for one in error.refused]
        each = [NotPermittedError(person=error.person, refused=(one,)) for one in alone]
        raise _refused(found, zip(map(_line_of, error.refused), each, strict=True)) from error
    except InvalidValueError as error:
        position = _position(found, error)
        if position is None:
            raise
        raise _refused(found, [(position, error)]) from error
    if twice:
        raise _refused(found, twice.items())
    return receipt


def _line_of(refused: RefusedAct) -> int:
    return refused.line


def _refused(
    found: MoveFile, bad: Iterable[tuple[int, RectiflowError]], untried: int = 0
) -> FileRefusedError:
    lines = []
    for position, error in bad:
        move = found.moves[position]
        lines.append((found.places[position], f"{move.row} × {move.unit}", error))
    return FileRefusedError(document=found.document, bad=tuple(lines), untried=untried)


def _position(found: MoveFile, error: InvalidValueError) -> int | None:
    # The store refuses a text that is too long by its field; the line that has it is ours to find.
    shown = str(error.value)[:20]
    for position, move in enumerate(found.moves):
        text = getattr(move, error.field, None)
        if isinstance(text, str) and len(text) > len(shown) and text.startswith(shown):
            return position
    return None


def _working(found: MoveFile, lang: Language) -> AbstractContextManager[object]:
    if len(found.moves) < _LONG or not sys.stderr.isatty():
        return nullcontext()
    # Only who waits at a terminal pays for the spinner.
    from rich.console import Console  # noqa: PLC0415 -- as above
    from rich.status import Status  # noqa: PLC0415 -- as above

    text = Message.of("cli.writing", n=len(found.moves)).text(lang)
    return Status(text, console=Console(stderr=True))
