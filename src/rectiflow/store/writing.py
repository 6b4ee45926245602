"""
The only way into a ledger: every public method that writes goes through :meth:`Writer.write`.

The head row is locked for the whole of it, so that order of commit is order of sequence and
nobody writes on a state that another has just changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from threading import RLock
from typing import TYPE_CHECKING, Any

import attrs

from rectiflow.errors import InvalidValueError, RectiflowError
from rectiflow.pausing import collector_paused

from .actors import Actor
from .anchors import Anchor
from .bulk_rows import execute_many, plain_rows
from .conflicts import CommandReusedError, ConcurrencyError
from .events import Event, EventKind, Record, chained, to_body
from .extra import msgspec, sa
from .faults import DamagedStoreError, StoreError
from .policies import NotPermittedError, Policy, RefusedAct, Request
from .projection import REDEFINING, Projection
from .tables import ASSIGNMENT, EVENT, LEDGER

if TYPE_CHECKING:
    from rectiflow.assignments import Assignment
    from rectiflow.messages import Message
    from rectiflow.workflow import Workflow

    from .engines import Database
    from .requests import Deed, Saying

__all__ = ["Expected", "Pen", "Receipt", "Writer", "check_actor", "check_request", "project"]

Expected = int | Mapping[tuple[str, str], int] | None
"""
Up to which event the caller had seen the ledger, or each assignment; ``None`` to write on
whatever is there.
"""


@attrs.frozen(kw_only=True)
class Receipt:
    """
    That a request is durably written.

    Attributes:
        first: The number of its first event.
        last: The number of its last event, included.
        already_done: Whether it had been written before, by the same command id.
        anchor: The head of the ledger when it was written; for what was done before, the head
            now.
    """

    first: int
    last: int
    already_done: bool = False
    anchor: Anchor


class Writer:
    """
    One ledger's way in, with the state that it last saw.
    """

    def __init__(
        self, database: Database, ledger_id: int, workflow: Workflow | None, policy: Policy
    ) -> None:
        """
        Hold what is needed; nothing is read yet.
        """
        self.database = database
        self.ledger_id = ledger_id
        self.workflow = workflow
        self.policy = policy
        self.lock = RLock()
        self._state: Projection | None = None
        self._ahead: Projection | None = None

    def write(
        self,
        ask: Deed,
        *,
        actor: Actor,
        recorded_at: datetime,
        command: str = "",
        expected: Expected = None,
        dry_run: bool = False,
    ) -> Receipt:
        """
        Write what is asked, if it is permitted, not overtaken and allowed, in this order.

        A dry run does all of it and gives the transaction up at its end.

        Raises:
            NotPermittedError: The attempt is written down, and nothing else.
            ConcurrencyError, CommandReusedError, RectiflowError: Nothing is written.
        """
        check_request(actor, recorded_at, command)
        context = (actor, recorded_at, command, expected)
        with self.lock:
            self._ahead = None
            for last_try in (False, True):
                try:
                    with self.database.writing() as connection, collector_paused():
                        done = self._written(connection, ask, *context)
                        if dry_run:
                            connection.rollback()
                            self._state = self._ahead = None
                except sa.exc.IntegrityError as error:
                    # Another wrote the same command while we waited: now it can be seen.
                    self._state = None
                    if last_try:
                        place = str(self.database.address)
                        raise StoreError(store=place, detail=str(error.orig)) from error
                else:
                    break
            # Only now, as it is committed.
            self._state, self._ahead = self._ahead or self._state, None
        if isinstance(done, NotPermittedError):
            raise done
        return done

    def current(self, connection: sa.Connection) -> Projection:
        """
        Give the state as of what *connection* sees; not to be changed by the caller.
        """
        seq, _ = self._head(connection, lock=False)
        return self._caught_up(connection, seq)

    def anchor(self, connection: sa.Connection) -> Anchor:
        """
        Give the head as of what *connection* sees.
        """
        seq, head = self._head(connection, lock=False)
        return Anchor(seq, head.hex())

    def known(self, connection: sa.Connection, until: datetime) -> Projection:
        """
        Give the state by the events that were known at *until*.

        Raises:
            InvalidValueError: If there was none.
        """
        state = Projection(self.workflow)
        rows = plain_rows(connection, _AFTER, {"id": self.ledger_id, "seq": 0})
        self._fold(state, rows, until)
        if state.seq == 0:
            raise InvalidValueError("known_at", until, "a time after the ledger was opened")
        return state

    def rebuild(self) -> None:
        """
        Make the table of assignments anew from the events.
        """
        with self.lock, self.database.writing() as connection:
            seq, _ = self._head(connection, lock=True)
            self._state = None
            state = self._caught_up(connection, seq)
            connection.execute(
                sa.delete(ASSIGNMENT).where(ASSIGNMENT.c.ledger_id == self.ledger_id)
            )
            rows = [
                (self.ledger_id, number, *key, state.stage_of(number), state.seqs[number])
                for key, number in state.numbers.items()
            ]
            execute_many(connection, _NEW, rows)

    def _head(self, connection: sa.Connection, *, lock: bool) -> tuple[int, bytes]:
        row = connection.execute(_HEAD_LOCKED if lock else _HEAD, {"id": self.ledger_id}).one()
        return row[0], row[1]

    def _caught_up(self, connection: sa.Connection, seq: int) -> Projection:
        state = self._state
        if state is None or state.seq > seq:
            state = Projection(self.workflow)
        if state.seq < seq:
            # Half-folded is worse than not at all, should a body be unreadable.
            self._state = None
            facts = {"id": self.ledger_id, "seq": state.seq}
            self._fold(state, plain_rows(connection, _AFTER, facts))
        self._state = state
        return state

    def _fold(
        self,
        state: Projection,
        rows: Iterator[tuple[Any, ...]],
        until: datetime | None = None,
    ) -> None:
        try:
            with collector_paused():
                state.fold(rows, until)
        except (LookupError, TypeError, RectiflowError) as error:
            # The rules were kept when it was written, so somebody has changed it since.
            detail = f"{type(error).__name__} after event {state.seq}: {error}"
            raise DamagedStoreError(store=str(self.database.address), detail=detail) from error

    def _written(  # noqa: PLR0917 -- one request's context, passed on once
        self,
        connection: sa.Connection,
        ask: Deed,
        actor: Actor,
        recorded_at: datetime,
        command: str,
        expected: Expected,
    ) -> Receipt | NotPermittedError:
        seq, head = self._head(connection, lock=True)
        digest = _digest(ask) if command else ""
        if command:
            done = self._done_before(connection, command, digest, Anchor(seq, head.hex()))
            if done is not None:
                return done
        state = self._caught_up(connection, seq)
        pen = Pen(self.ledger_id, seq, head, actor, recorded_at, command)
        refused = self._refused(connection, state, ask, actor)
        if refused:
            for line, request, reasons in refused:
                pen.write(None, _attempt(line, request, reasons))
            pen.save(connection)
            return _refusal(actor, refused)
        self._check_versions(connection, state, ask, expected)
        # From here on the state is ahead of the database: it is good only once committed.
        self._state = None
        known = len(state.seqs)
        pen.write_all(state, ask.carried_out(state, seq + 1), digest)
        pen.save(connection)
        project(connection, self.ledger_id, state, pen, known)
        ask.beside(connection, self.ledger_id, state)
        self._ahead = state
        return Receipt(first=seq + 1, last=pen.seq, anchor=Anchor(pen.seq, pen.hash.hex()))

    def _done_before(
        self, connection: sa.Connection, command: str, digest: str, head: Anchor
    ) -> Receipt | None:
        facts = {"id": self.ledger_id, "command": command}
        found = connection.execute(_COMMAND, facts).one_or_none()
        if found is None:
            return None
        record = Event.of_body(*found).record
        if record.request != digest:
            raise CommandReusedError(command=command, seq=record.seq)
        last = record.seq + record.lines - 1
        return Receipt(first=record.seq, last=last, already_done=True, anchor=head)

    def past(self, connection: sa.Connection, number: int, after: int = 0) -> tuple[Event, ...]:
        """
        Read the events about one assignment, those after *after*.
        """
        facts = {"id": self.ledger_id, "number": number, "seq": after}
        return tuple(Event.of_body(*row) for row in connection.execute(_ABOUT, facts))

    def _refused(
        self, connection: sa.Connection, state: Projection, ask: Deed, actor: Actor
    ) -> list[tuple[int, Request, tuple[Message, ...]]]:
        found = []
        for line, request in ask.requests(state, actor, lambda n: self.past(connection, n)):
            reasons = self.policy.objections(request)
            if reasons:
                found.append((line, request, reasons))
        return found

    def _check_versions(
        self, connection: sa.Connection, state: Projection, ask: Deed, expected: Expected
    ) -> None:
        if expected is None:
            return
        seen = _seen(state, expected)
        overtaken: dict[int, Assignment] = {}
        for each in ask.touched(state):
            number = state.number(each)
            if state.seqs[number] > seen(number):
                overtaken[number] = each
        if not overtaken:
            return
        meanwhile = [e for n in overtaken for e in self.past(connection, n, seen(n))]
        raise ConcurrencyError(
            subjects=tuple(each.label for each in overtaken.values()),
            meanwhile=tuple(sorted(meanwhile, key=lambda event: event.seq)),
        )


class Pen:
    """
    Writes records one after another, each chained to the one before.
    """

    def __init__(  # noqa: PLR0917 -- what all records of a request share
        self,
        ledger_id: int,
        seq: int,
        head: bytes,
        actor: Actor,
        recorded_at: datetime,
        command: str,
    ) -> None:
        self.seq, self.hash = seq, head
        self.rows: list[tuple[Any, ...]] = []
        self.touched: dict[int, int] = {}
        self.redefined_at = 0
        self._ledger_id, self._command = ledger_id, command
        self._shared: dict[str, Any] = {
            "recorded_at": recorded_at,
            "person": actor.person,
            "person_unit": actor.unit,
            "roles": actor.roles,
            "command": command,
        }

    def write(
        self, number: int | None, said: dict[str, Any], lines: int = 0, request: str = ""
    ) -> None:
        """
        Add a record; the first of a request says how many there are, and what was asked.
        """
        self.seq += 1
        first = bool(lines) and not self.rows
        if first:
            said = {**said, "lines": lines, "request": request}
        body = to_body(Record(seq=self.seq, **self._shared, **said))
        self.hash = chained(self.hash, body)
        command = (self._command or None) if first else None
        self.rows.append((self._ledger_id, self.seq, number, command, body, self.hash))
        if number is not None:
            self.touched[number] = self.seq
        elif said["kind"] in REDEFINING:
            self.redefined_at = self.seq

    def write_all(self, state: Projection, sayings: list[Saying], request: str) -> None:
        """
        Add the records of one request, in order.
        """
        lines = len(sayings)
        for line, (number, said) in enumerate(sayings):
            if number is not None:
                said["row"], said["unit"] = state.key(number)
            if line:
                said["line"] = line
            self.write(number, said, lines, request)

    def save(self, connection: sa.Connection) -> None:
        """
        Write all to the database, and move the head.
        """
        execute_many(connection, _INSERT, self.rows)
        if not self.rows:
            return
        facts = {"of": self._ledger_id, "to_seq": self.seq, "to_hash": self.hash}
        connection.execute(_MOVE_HEAD, facts)
        if self.redefined_at:
            facts = {"of": self._ledger_id, "to_seq": self.redefined_at}
            connection.execute(_MOVE_DEFINITION, facts)


def project(
    connection: sa.Connection, ledger_id: int, state: Projection, pen: Pen, known: int
) -> None:
    """
    Bring the table of assignments to the state after what the pen wrote.

    Args:
        connection: In whose transaction.
        ledger_id: Of which ledger.
        state: After the events.
        pen: What wrote them.
        known: How many assignments the table has.
    """
    state.seq = pen.seq
    for number, seq in pen.touched.items():
        state.seqs[number] = seq
    new = range(known, len(state.seqs))
    if new:
        fresh = [(ledger_id, n, *state.key(n), "assigned", 0) for n in new]
        execute_many(connection, _NEW, fresh)
    changed = [
        (state.stage_of(number), seq, ledger_id, number) for number, seq in pen.touched.items()
    ]
    if changed:
        execute_many(connection, _PROJECT, changed)


def _attempt(line: int, request: Request, reasons: tuple[Message, ...]) -> dict[str, Any]:
    held = request.assignment
    said: dict[str, Any] = {"kind": EventKind.REFUSED, "line": line, "event": request.act.value}
    if held is not None:
        said |= {"row": held.row.id, "unit": held.unit.name}
    if request.move is not None:
        said["at"] = request.move.at.isoformat()
    said["reasons"] = tuple((each.code, _told(each)) for each in reasons)
    return said


def _told(reason: Message) -> dict[str, Any]:
    return {
        name: [str(each) for each in value] if isinstance(value, tuple) else str(value)
        for name, value in reason.facts.items()
    }


def _refusal(
    actor: Actor, refused: list[tuple[int, Request, tuple[Message, ...]]]
) -> NotPermittedError:
    acts = (
        RefusedAct(
            line=line,
            act=request.act,
            subject="" if request.assignment is None else request.assignment.label,
            reasons=reasons,
        )
        for line, request, reasons in refused
    )
    return NotPermittedError(person=actor.person, refused=tuple(acts))


def _seen(state: Projection, expected: int | Mapping[tuple[str, str], int]) -> Callable[[int], int]:
    if isinstance(expected, Mapping):
        by_number = {state.number(state.ledger[key]): seq for key, seq in expected.items()}
        if not all(type(seq) is int for seq in by_number.values()):
            raise InvalidValueError("expected", dict(expected), _EXPECTED)
        return lambda number: by_number.get(number, state.seq)
    if type(expected) is not int or expected < 0:
        raise InvalidValueError("expected", expected, _EXPECTED)
    return lambda _number: expected


_EXPECTED = "the number of the last event you have seen, or one for each (row, unit)"


def _digest(ask: Deed) -> str:
    # Half of it is enough to tell two requests of one command id apart.
    return sha256(_encode_request(ask.plain())).hexdigest()[:32]


_encode_request = msgspec.json.Encoder(order="sorted", enc_hook=str).encode


def check_actor(actor: object) -> None:
    """
    Refuse what is no actor.

    Raises:
        InvalidValueError: Saying what one is.
    """
    if not isinstance(actor, Actor):
        raise InvalidValueError("actor", actor, "an Actor: who asks, for which unit, in what roles")


def check_request(actor: object, recorded_at: object, command: object = "") -> None:
    """
    Refuse what is no actor, no instant or no command id.

    Raises:
        InvalidValueError: Naming it.
    """
    check_actor(actor)
    if not isinstance(recorded_at, datetime) or recorded_at.utcoffset() is None:
        raise InvalidValueError("recorded_at", recorded_at, "now, a datetime with a time zone")
    if not isinstance(command, str) or len(command) > LONGEST_COMMAND or not _is_plain(command):
        shown = command[:80] if isinstance(command, str) else command
        expected = f"a text of at most {LONGEST_COMMAND} printable characters"
        raise InvalidValueError("command", shown, expected)


LONGEST_COMMAND = 200
"""The most characters of a command id."""


def _is_plain(command: str) -> bool:
    return command.isprintable()


_of_this = EVENT.c.ledger_id == sa.bindparam("id")
_HEAD = sa.select(LEDGER.c.seq, LEDGER.c.hash).where(LEDGER.c.id == sa.bindparam("id"))
_HEAD_LOCKED = _HEAD.with_for_update()
_AFTER = (
    sa.select(EVENT.c.seq, EVENT.c.assignment, EVENT.c.body)
    .where(_of_this, EVENT.c.seq > sa.bindparam("seq"))
    .order_by(EVENT.c.seq)
)
_ABOUT = (
    sa.select(EVENT.c.body, EVENT.c.hash)
    .where(
        _of_this,
        EVENT.c.assignment == sa.bindparam("number"),
        EVENT.c.seq > sa.bindparam("seq"),
    )
    .order_by(EVENT.c.seq)
)
_COMMAND = sa.select(EVENT.c.body, EVENT.c.hash).where(
    _of_this, EVENT.c.command == sa.bindparam("command")
)
_INSERT = sa.insert(EVENT)
_MOVE_HEAD = (
    sa.update(LEDGER)
    .where(LEDGER.c.id == sa.bindparam("of"))
    .values(seq=sa.bindparam("to_seq"), hash=sa.bindparam("to_hash"))
)
_MOVE_DEFINITION = (
    sa.update(LEDGER)
    .where(LEDGER.c.id == sa.bindparam("of"))
    .values(definition_seq=sa.bindparam("to_seq"))
)
_PROJECT = (
    sa.update(ASSIGNMENT)
    .where(
        ASSIGNMENT.c.ledger_id == sa.bindparam("of"), ASSIGNMENT.c.number == sa.bindparam("which")
    )
    .values(stage=sa.bindparam("stage"), seq=sa.bindparam("at_seq"))
)
_NEW = sa.insert(ASSIGNMENT)
