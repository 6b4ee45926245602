"""
What the store keeps: events, each one fact, chained by hashes over their canonical bytes.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import attrs

from rectiflow.errors import InvalidValueError
from rectiflow.messages import Message
from rectiflow.moments import CHINA_TIME, Moment, day_of, read_moment
from rectiflow.stages import Stage, Trigger
from rectiflow.verdicts import Outcome

from .actors import Actor
from .extra import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "Event",
    "EventKind",
    "Record",
    "chained",
    "command_kept",
    "first_hash",
    "moment_of",
    "to_body",
]

LONGEST = 50_000
"""The most characters that one text of an event holds; what is longer belongs in a file."""
LARGEST, LARGEST_DEFINITION = 1_000_000, 100_000_000
"""The most bytes of an event, and of one that holds a whole list."""

_FORMAT = b"rectiflow-event/1"


class EventKind(StrEnum):
    """
    What an event says.
    """

    OPENED = "opened"
    """The ledger was opened with its list, calendar and versions."""
    TAKEN_OVER = "taken_over"
    """An assignment's state was taken over from another system."""
    MOVED = "moved"
    SENT_BACK = "sent_back"
    COMPLETED = "completed"
    REOPENED = "reopened"
    RECORDED = "recorded"
    """An event that deadlines count from happened."""
    EXTENDED = "extended"
    SUSPENDED = "suspended"
    RESTARTED = "restarted"
    OVERRIDDEN = "overridden"
    CONFIRMED = "confirmed"
    """验收/销号: the supervising office found it done."""
    SETTLED = "settled"
    """Doubts of the list were decided."""
    ROSTER_CHANGED = "roster_changed"
    MIGRATED = "migrated"
    """The list, calendar or workflow was replaced by another version, as somebody asked."""
    REFUSED = "refused"
    """Somebody attempted what they may not do, or the rules forbid; nothing else was written."""


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """
    What an event says, field by field; what does not apply is left out of its bytes.

    The order of the fields is part of the format: the bytes are hashed.

    Attributes:
        seq: Its number in its ledger, from 1 on, without gaps.
        kind: What it says.
        recorded_at: When it was written down, by the caller's clock.
        person: Who wrote it.
        person_unit: For which unit.
        roles: In which roles.
        row: The row's id; empty for what is about the whole ledger.
        unit: The unit's full name; likewise.
        at: When it happened: a day or an instant, in ISO 8601; see :func:`moment_of`.
        trigger: What moved it.
        from_stage: The stage it left.
        to_stage: The stage it reached, or was taken over at.
        reason: Why it was sent back or reopened.
        milestone: Which.
        event: Which event happened.
        adjustment: What was decided, in notation.
        due: The due day as it stood when this was done.
        outcome: The verdict, fixed when this was done.
        by: Who did it, as the caller names them.
        note: Anything worth saying.
        evidence: Links.
        written_at: When another system wrote it down, if it came from one.
        external_id: What another system calls it.
        command: The caller's id of the request; empty if it had none.
        line: Its place in the request, from 0 on.
        lines: How many events the request made; on the first of them only.
        request: The digest of what was asked; on the first of them only.
        confirms: The number of the event that is confirmed.
        reasons: Why it was refused: codes with their facts.
        details: What ``opened``, ``settled``, ``roster_changed`` and ``migrated`` carry.
    """

    seq: int
    kind: EventKind
    recorded_at: datetime
    person: str
    person_unit: str
    roles: tuple[str, ...] = ()
    row: str = ""
    unit: str = ""
    at: str = ""
    trigger: Trigger | None = None
    from_stage: Stage | None = None
    to_stage: Stage | None = None
    reason: str = ""
    milestone: str = ""
    event: str = ""
    adjustment: str = ""
    due: date | None = None
    outcome: Outcome | None = None
    by: str = ""
    note: str = ""
    evidence: tuple[str, ...] = ()
    written_at: str = ""
    external_id: str = ""
    command: str = ""
    line: int = 0
    lines: int = 0
    request: str = ""
    confirms: int = 0
    reasons: tuple[tuple[str, dict[str, Any]], ...] = ()
    details: dict[str, Any] | None = None

    @property
    def actor(self) -> Actor:
        """
        Who wrote it, for whom, in which roles.
        """
        return Actor(self.person, self.person_unit, self.roles)


@attrs.frozen
class Event:
    """
    One event as it is stored.

    Attributes:
        record: What it says.
        body: Its canonical bytes: JSON in UTF-8.
        hash: SHA-256 over the hash of the event before it and its own body.
    """

    record: Record
    body: bytes = attrs.field(repr=False)
    hash: bytes = attrs.field(repr=False)

    @property
    def seq(self) -> int:
        """
        Its number in its ledger.
        """
        return self.record.seq

    @property
    def kind(self) -> EventKind:
        """
        What it says.
        """
        return self.record.kind

    @property
    def at(self) -> Moment | None:
        """
        When it happened; ``None`` for what happened when it was written.
        """
        return moment_of(self.record.at) if self.record.at else None

    @property
    def subject(self) -> str:
        """
        About what, for people: row × unit; empty for what is about the whole ledger.
        """
        return f"{self.record.row} × {self.record.unit}" if self.record.unit else ""

    @property
    def back_dated(self) -> bool:
        """
        Whether it was written down on a later day than it happened, by the record's own times.
        """
        at, known = self.at, self.record.recorded_at
        if at is None:
            return False
        return day_of(at, known.tzinfo or CHINA_TIME) < known.date()

    @property
    def message(self) -> Message:
        """
        What it says, as a code with its facts.
        """
        record = self.record
        facts = {
            "at": self.at or record.recorded_at,
            "seq": record.seq,
            "subject": self.subject,
            "person": record.person,
            "stage": record.to_stage or "",
            "milestone": record.milestone or record.event,
            "adjustment": record.adjustment,
            "reason": record.reason,
        }
        return Message.of(f"event.{record.kind.value.replace('_', '-')}", **facts)

    @classmethod
    def of_body(cls, body: bytes, hash_: bytes) -> Event:
        """
        Read an event from its bytes.

        Raises:
            msgspec.DecodeError: If they are none.
        """
        return cls(_decode(body), body, hash_)


_encode = msgspec.json.Encoder(order=None).encode
_plain = msgspec.json.Decoder(dict[str, Any]).decode
_decode = msgspec.json.Decoder(Record).decode


def first_hash(office: str, name: str) -> bytes:
    """
    Give the hash that stands before the first event of a ledger: it binds the chain to its name.
    """
    return sha256(b"\0".join((_FORMAT, office.encode(), name.encode()))).digest()


def command_kept(kind: EventKind, command: str, request: str) -> str | None:
    """
    Give what the first event of a request is found by: its command id, or that of an attempt.

    A refused request takes up no id: it may be permitted later.  An id has no line breaks.

    >>> command_kept(EventKind.MOVED, "form-17", "ab12")
    'form-17'
    """
    if not command or kind is not EventKind.REFUSED:
        return command or None
    return f"{command}\nrefused {request}"


def chained(before: bytes, body: bytes) -> bytes:
    """
    Give the hash of the event with *body* that follows the one whose hash is *before*.
    """
    return sha256(before + body).digest()


def to_body(record: Record) -> bytes:
    """
    Write a record as its canonical bytes.

    Raises:
        InvalidValueError: If a text is too long, holds a NUL, or is no Unicode; or all of it
            together is too long.
    """
    try:
        body = _encode(record)
    except UnicodeEncodeError as error:
        raise InvalidValueError("text", error.object, "a text without lone surrogates") from None
    # Only what looks suspicious is looked at closely: this is done for every event.
    if len(body) > LONGEST or (b"\\" in body and b"\\u0000" in body):
        _check(record, body)
    return body


_OF_ACTOR = {"person": "Actor.person", "person_unit": "Actor.unit", "roles": "Actor.roles"}


def _check(record: Record, body: bytes) -> None:
    for field, value in _plain(body).items():
        name = _OF_ACTOR.get(field, field)
        for text in _texts(value):
            _check_text(name, text)
    most = LARGEST if record.details is None else LARGEST_DEFINITION
    if len(body) > most:
        expected = f"at most {most:,} bytes in all; put the rest in files and link to them"
        raise InvalidValueError("event", f"{len(body):,} bytes", expected)


def _check_text(name: str, text: str) -> None:
    if len(text) > LONGEST:
        shown = f"{text[:20]}… ({len(text):,} characters)"
        expected = f"at most {LONGEST:,} characters; put the rest in a file and link to it"
        raise InvalidValueError(name, shown, expected)
    if "\0" in text:
        raise InvalidValueError(name, text[:200], "a text without NUL characters; remove them")


def _texts(value: object) -> Iterator[str]:
    # No call for each: a definition has tens of thousands.
    left = [value]
    while left:
        each = left.pop()
        if isinstance(each, str):
            yield each
        elif isinstance(each, dict):
            yield from each
            left += each.values()
        elif isinstance(each, list):
            left += each


@lru_cache(4096)
def moment_of(text: str) -> Moment:
    """
    Read the day or instant that a record says.

    >>> moment_of("2020-06-30")
    datetime.date(2020, 6, 30)
    """
    return read_moment("at", text)
