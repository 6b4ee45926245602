"""
Proving that a ledger is what was written: the chain, the look-up columns, the projection.
"""

from __future__ import annotations

from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING

import attrs

from rectiflow.messages import Message
from rectiflow.stages import Stage

from .anchors import Anchor
from .bulk_rows import plain_rows
from .events import EventKind, Record, command_kept, first_hash
from .extra import msgspec, sa
from .projection import REDEFINING
from .tables import ASSIGNMENT, EVENT, LEDGER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .finding import LedgerName

__all__ = ["Fault", "FaultKind", "Verification", "fault_in_rows", "verify"]


class FaultKind(StrEnum):
    """
    In what way a ledger is not what was written.
    """

    CHANGED = "changed"
    """An event does not have the hash it was written with: it, or the one before, was changed."""
    MISSING = "missing"
    """An event is gone."""
    MISPLACED = "misplaced"
    """An event stands in another's place: the order was changed, or one was inserted."""
    COLUMNS = "columns"
    """A look-up column says other than the event's body."""
    HEAD = "head"
    """The head is not the last event: events were cut off or added behind its back."""
    ANCHOR = "anchor"
    """The ledger is not the one that an anchor was taken of."""
    PROJECTION = "projection"
    """The table of assignments is not what the events add up to; it can be rebuilt."""


@attrs.frozen(kw_only=True)
class Fault:
    """
    The first thing that is wrong.

    Attributes:
        kind: What is wrong.
        seq: With which event; for the projection, the last one about the assignment.
        subject: With which assignment, for the projection; else empty.
    """

    kind: FaultKind
    seq: int
    subject: str = ""

    @property
    def message(self) -> Message:
        """
        The fault as a code with its facts.
        """
        return Message.of(f"fault.{self.kind.value}", seq=self.seq, subject=self.subject)


@attrs.frozen(kw_only=True)
class Verification:
    """
    What was found.

    Attributes:
        events: How many events were read.
        head: The ledger's head, to be kept elsewhere as the next anchor.
        fault: The first thing that is wrong; ``None`` if nothing is.
    """

    events: int
    head: Anchor
    fault: Fault | None = None

    @property
    def sound(self) -> bool:
        """
        Whether nothing is wrong.
        """
        return self.fault is None


class _Told(msgspec.Struct, gc=False):
    """
    What a verification reads of a record.
    """

    seq: int
    kind: EventKind
    row: str = ""
    unit: str = ""
    to_stage: Stage | None = None
    command: str = ""
    lines: int = 0


class _Bodies(msgspec.Struct):
    details: dict[str, object]


_told = msgspec.json.Decoder(_Told).decode
_record = msgspec.json.Decoder(Record).decode
_bodies = msgspec.json.Decoder(_Bodies).decode


class _Reading:
    """
    A ledger read from its first event on, with what it adds up to.
    """

    def __init__(self, named: LedgerName) -> None:
        self.hash = first_hash(named.office, named.name)
        self.seq = self.defined = 0
        self.numbers: dict[tuple[str, str], int] = {}
        self.stages: list[str] = []
        self.seqs: list[int] = []
        self.at: dict[int, str] = {}

    def read(  # noqa: C901 -- one loop over every event there is, where a call each would double it
        self, rows: Iterable[tuple[int, int | None, str | None, bytes, bytes]], wanted: set[int]
    ) -> Fault | None:
        """
        Read events till one is wrong.
        """
        before = self.hash
        numbers, stages, seqs = self.numbers, self.stages, self.seqs
        for expected, (seq, number, command, body, hash_) in enumerate(rows, 1):
            if seq != expected:
                return Fault(kind=FaultKind.MISSING, seq=expected)
            if type(body) is not bytes or sha256(before + body).digest() != hash_:
                return Fault(kind=_kind_of(body, expected), seq=seq)
            try:
                told = _told(body)
            except (msgspec.DecodeError, UnicodeDecodeError):
                return Fault(kind=FaultKind.CHANGED, seq=seq)
            if told.seq != seq:
                return Fault(kind=FaultKind.MISPLACED, seq=seq)
            kind = told.kind
            known = None
            if told.unit and kind is not _REFUSED:
                known = numbers.get((told.row, told.unit))
            kept = (told.command or None) if told.lines else None
            if kind is _REFUSED and kept is not None:
                kept = command_kept(kind, kept, _record(body).request)
            if number != known or command != kept:
                return Fault(kind=FaultKind.COLUMNS, seq=seq)
            if known is not None:
                seqs[known] = seq
                if told.to_stage is not None:
                    stages[known] = told.to_stage
            elif kind in REDEFINING:
                self._redefine(body)
                self.defined = seq
            before = hash_
            self.seq, self.hash = seq, hash_
            if seq in wanted:
                self.at[seq] = hash_.hex()
        return None

    def _redefine(self, body: bytes) -> None:
        definition = _bodies(body).details["definition"]
        for row, entries in definition["assignments"].items():  # type: ignore[index]  # our own plain data
            for entry in entries:
                unit = entry if isinstance(entry, str) else entry["unit"]
                key = (row, unit if isinstance(unit, str) else unit["name"])
                if key not in self.numbers:
                    self.numbers[key] = len(self.seqs)
                    self.seqs.append(0)
                    self.stages.append(Stage.ASSIGNED)


_REFUSED = EventKind.REFUSED


def _kind_of(body: object, expected: int) -> FaultKind:
    # The hash is wrong already; the body's own number tells a swap from a change.
    try:
        moved = _told(body).seq != expected  # type: ignore[arg-type]  # what is no bytes is below
    except (msgspec.DecodeError, UnicodeDecodeError, TypeError):
        return FaultKind.CHANGED
    return FaultKind.MISPLACED if moved else FaultKind.CHANGED


def verify(
    connection: sa.Connection, ledger_id: int, named: LedgerName, anchors: Iterable[Anchor]
) -> Verification:
    """
    Read a whole ledger and compare it with itself, and with anchors kept elsewhere.
    """
    kept = sorted(anchors, key=lambda anchor: anchor.seq)
    reading = _Reading(named)
    columns = (EVENT.c.seq, EVENT.c.assignment, EVENT.c.command, EVENT.c.body, EVENT.c.hash)
    chosen = sa.select(*columns).where(EVENT.c.ledger_id == ledger_id).order_by(EVENT.c.seq)
    fault = reading.read(plain_rows(connection, chosen, {}), {anchor.seq for anchor in kept})
    head = Anchor(reading.seq, reading.hash.hex())
    if fault is None:
        fault = _head_fault(connection, ledger_id, reading) or _anchor_fault(reading, kept)
    if fault is None:
        fault = _projection_fault(connection, ledger_id, reading)
    return Verification(events=reading.seq, head=head, fault=fault)


def fault_in_rows(
    named: LedgerName,
    rows: Iterable[tuple[int, int | None, str | None, bytes, bytes]],
    head: Anchor,
) -> Fault | None:
    """
    Find the first thing that is wrong with events that are in no ledger yet.

    Args:
        named: Whose they are to be.
        rows: Number, assignment, command, body and hash of each.
        head: Where they are to end.
    """
    reading = _Reading(named)
    fault = reading.read(rows, set())
    if fault is None and Anchor(reading.seq, reading.hash.hex()) != head:
        fault = Fault(kind=FaultKind.HEAD, seq=min(head.seq, reading.seq) + 1)
    return fault


def _head_fault(connection: sa.Connection, ledger_id: int, reading: _Reading) -> Fault | None:
    columns = (LEDGER.c.seq, LEDGER.c.hash, LEDGER.c.definition_seq)
    chosen = sa.select(*columns).where(LEDGER.c.id == ledger_id)
    seq, hash_, defined = connection.execute(chosen).one()
    told = (reading.seq, reading.hash, reading.defined)
    if (seq, hash_, defined) == told and seq > 0:
        return None
    return Fault(kind=FaultKind.HEAD, seq=min(seq, reading.seq) + 1)


def _anchor_fault(reading: _Reading, kept: list[Anchor]) -> Fault | None:
    for anchor in kept:
        if reading.at.get(anchor.seq) != anchor.hash:
            # Between two anchors any event may be the first that differs; this one does.
            return Fault(kind=FaultKind.ANCHOR, seq=anchor.seq)
    return None


def _projection_fault(connection: sa.Connection, ledger_id: int, reading: _Reading) -> Fault | None:
    columns = (
        ASSIGNMENT.c.number,
        ASSIGNMENT.c.row,
        ASSIGNMENT.c.unit,
        ASSIGNMENT.c.stage,
        ASSIGNMENT.c.seq,
    )
    chosen = sa.select(*columns).where(ASSIGNMENT.c.ledger_id == ledger_id)
    found = {row[0]: tuple(row) for row in connection.execute(chosen)}
    for (row, unit), number in reading.numbers.items():
        seq = reading.seqs[number]
        if found.pop(number, None) != (number, row, unit, reading.stages[number], seq):
            return Fault(kind=FaultKind.PROJECTION, seq=seq, subject=f"{row} × {unit}")
    if found:
        _, row, unit, _, seq = next(iter(found.values()))
        return Fault(kind=FaultKind.PROJECTION, seq=seq, subject=f"{row} × {unit}")
    return None
