"""
The whole log as JSON Lines, byte for byte, and back into another store.

The first line says whose log it is and where it ends; each other one is an event: its body just
as it is hashed, and its hash.  What is read back is verified before any of it is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import attrs

from rectiflow.errors import InvalidValueError, RectiflowError

from .anchors import Anchor
from .bulk_rows import execute_many, plain_rows
from .conflicts import LedgerExistsError
from .events import EventKind, command_kept
from .extra import msgspec, sa
from .finding import LedgerName
from .opening import prepare
from .pens import lay_out
from .projection import REDEFINING, Projection
from .tables import EVENT, LEDGER
from .verifying import fault_in_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .engines import Database

__all__ = ["BadLogError", "exported", "imported"]

FORMAT = "rectiflow-log/1"
"""What a log calls itself; the number goes up when an older reader could misread it."""
_AT_ONCE = 10_000
"""How many events are read at a time."""


@attrs.define(slots=False, eq=False, repr=False, kw_only=True)
class BadLogError(RectiflowError, ValueError):
    """
    A log that is none, or no longer what was written; nothing of it was kept.

    Attributes:
        line: The first line that is wrong, from 1 on.
        detail: What is wrong with it.
    """

    code: ClassVar[str] = "error.bad-log"

    line: int
    detail: str


class _Head(msgspec.Struct, kw_only=True):
    """
    The first line of a log.
    """

    format: str
    name: str
    office: str
    seq: int
    hash: str


class _Line(msgspec.Struct):
    """
    One event of a log.
    """

    hash: str
    body: msgspec.Raw


class _Told(msgspec.Struct):
    """
    What the look-up columns are made of.
    """

    seq: int
    kind: EventKind
    row: str = ""
    unit: str = ""
    command: str = ""
    request: str = ""
    lines: int = 0


_head = msgspec.json.Decoder(_Head).decode
_line = msgspec.json.Decoder(_Line).decode
_told = msgspec.json.Decoder(_Told).decode


def exported(
    database: Database, ledger_id: int, named: LedgerName, anchor: Anchor
) -> Iterator[str]:
    """
    Write a log line by line, up to *anchor*.

    Whoever stops in the midst holds nothing: each portion is a reading of its own, since a file
    that is read is not written, and what was written once does not change.
    """
    head = _Head(
        format=FORMAT, name=named.name, office=named.office, seq=anchor.seq, hash=anchor.hash
    )
    yield msgspec.json.encode(head).decode()
    for first in range(1, anchor.seq + 1, _AT_ONCE):
        last = min(first + _AT_ONCE - 1, anchor.seq)
        chosen = (
            sa.select(EVENT.c.body, EVENT.c.hash)
            .where(EVENT.c.ledger_id == ledger_id, EVENT.c.seq.between(first, last))
            .order_by(EVENT.c.seq)
        )
        with database.reading() as connection:
            rows = [*plain_rows(connection, chosen, {})]
        for body, hash_ in rows:
            yield msgspec.json.encode(_Line(hash_.hex(), msgspec.Raw(body))).decode()


def imported(database: Database, lines: Iterable[str]) -> tuple[int, LedgerName]:
    """
    Read a log into a store, all of it or nothing; give the ledger's number and name.

    Raises:
        BadLogError: If a line is none, or the log is not what was written.
        LedgerExistsError: If there is a ledger of that name.
    """
    numbered = enumerate((line for line in _texts(lines) if line.strip()), 1)
    head = _read_head(next(numbered, (1, "")))
    named = LedgerName(head.name, head.office)
    # All of it is read and verified before a file is made: a bad log leaves none behind.
    read = _read(numbered)
    fault = fault_in_rows(named, (row[1:] for row in read.rows), Anchor(head.seq, head.hash))
    if fault is not None:
        raise BadLogError(line=fault.seq + 1, detail=fault.message.text())
    with database.writing() as connection:
        prepare(connection, str(database.address))
        values = {"office": named.office, "name": named.name, "seq": head.seq}
        values |= {"hash": bytes.fromhex(head.hash), "definition_seq": read.defined}
        try:
            made = connection.execute(sa.insert(LEDGER), values)
        except sa.exc.IntegrityError:
            place = str(database.address)
            raise LedgerExistsError(store=place, name=named.name, office=named.office) from None
        (ledger_id,) = made.inserted_primary_key or (0,)
        _fill(connection, int(ledger_id), read)
    return int(ledger_id), named


def _texts(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        if not isinstance(line, str):
            raise InvalidValueError("lines", line, "lines of text, as export gives them")
        yield line


def _read_head(numbered: tuple[int, str]) -> _Head:
    line, text = numbered
    try:
        head = _head(text)
        bytes.fromhex(head.hash)
    except (msgspec.DecodeError, ValueError) as error:
        raise BadLogError(line=line, detail=str(error)) from None
    if head.format != FORMAT or head.seq < 1:
        raise BadLogError(line=line, detail=f"{head.format!r} is not {FORMAT}")
    return head


@attrs.frozen
class _Read:
    """
    A log read: its rows, what they add up to, and the last of them that holds a definition.
    """

    rows: list[tuple[Any, ...]]
    state: Projection
    defined: int


def _read(numbered: Iterable[tuple[int, str]]) -> _Read:
    state, defined, rows, folded = Projection(), 0, [], 0
    commands: set[str | None] = set()
    for line, text in numbered:
        try:
            row, told = _row(text, state)
        except (msgspec.MsgspecError, ValueError, LookupError, TypeError) as error:
            raise BadLogError(line=line, detail=str(error)) from None
        if told.seq != line - 1:
            raise BadLogError(line=line, detail=f"event {told.seq} stands here")
        if row[3] is not None and row[3] in commands:
            raise BadLogError(line=line, detail=f"the command {row[3]!r} stands here again")
        commands.add(row[3])
        rows.append(row)
        if told.kind in REDEFINING:
            # From here on there may be other assignments.
            defined = told.seq
            _fold(state, rows[folded:])
            folded = len(rows)
    _fold(state, rows[folded:])
    return _Read(rows, state, defined)


def _fold(state: Projection, rows: list[tuple[Any, ...]]) -> None:
    told = [(row[1], row[2], row[4]) for row in rows]
    before = state.seq
    try:
        state.fold(told)
    except (msgspec.MsgspecError, ValueError, LookupError, TypeError) as error:
        # The first that was not taken; one that no assignment took is told as the last of them.
        seq = min(state.seq, before + len(rows) - 1) + 1
        raise BadLogError(line=seq + 1, detail=str(error)) from None


def _fill(connection: sa.Connection, ledger_id: int, read: _Read) -> None:
    execute_many(connection, sa.insert(EVENT), [(ledger_id, *row[1:]) for row in read.rows])
    lay_out(connection, ledger_id, read.state)


def _row(text: str, state: Projection) -> tuple[tuple[Any, ...], _Told]:
    line = _line(text)
    body = bytes(line.body)
    told = _told(body)
    number = None
    if told.unit and told.kind is not EventKind.REFUSED:
        number = state.numbers.get((told.row, told.unit))
    command = command_kept(told.kind, told.command, told.request) if told.lines else None
    return (0, told.seq, number, command, body, bytes.fromhex(line.hash)), told
