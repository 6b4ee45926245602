"""
The only way into a ledger: every public method that writes goes through :meth:`Writer.write`.

The head row is locked for the whole of it, so that order of commit is order of sequence and
nobody writes on a state that another has just changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

import attrs

from rectiflow.errors import RectiflowError
from rectiflow.pausing import collector_paused

from .actors import Actor
from .anchors import Anchor
from .asking import check_request
from .attempts import Refused, attempt, objections_in, refusal
from .conflicts import CommandReusedError, ConcurrencyError
from .events import Event, EventKind, command_kept
from .extra import msgspec, sa
from .faults import StoreError
from .following import Follower
from .glances import glance
from .overtaking import Expected, overtaken
from .pens import COLUMNS, Pen, lay_out, project
from .policies import OFFICE_RULES
from .requests import Deed
from .single import write_single
from .tables import ASSIGNMENT, EVENT, LEDGER

if TYPE_CHECKING:
    from rectiflow.assignments import Assignment
    from rectiflow.workflow import Workflow

    from .engines import Database
    from .events import Record
    from .policies import Policy, Request
    from .projection import Projection

__all__ = ["Receipt", "Writer"]


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


@attrs.frozen(kw_only=True)
class Asked:
    """
    A request as it came in.

    Attributes:
        deed: What for.
        actor: By whom.
        recorded_at: When.
        command: Under which id; may be empty.
        expected: On what page.
    """

    deed: Deed
    actor: Actor
    recorded_at: datetime
    command: str
    expected: Expected

    @property
    def digest(self) -> str:
        """
        What tells it from another of the same command id.
        """
        return _digest(self.deed.plain()) if self.command else ""

    @property
    def attempt(self) -> str:
        """
        What tells it from another of the same command id, or by another, where it is refused.
        """
        actor = self.actor
        asked = [self.digest, actor.person, actor.unit, actor.roles]
        return _digest(asked) if self.command else ""


class Writer(Follower):
    """
    One ledger's way in, with the state that it last saw.
    """

    def __init__(
        self,
        database: Database,
        ledger_id: int,
        workflow: Workflow | None,
        policy: Policy,
        *,
        differing: bool = False,
    ) -> None:
        """
        Hold what is needed; nothing is read yet.
        """
        super().__init__(database, ledger_id, workflow, differing=differing)
        self.policy = policy
        # Whether nobody else had written when we last did, and none will have now, we hope.
        self._alone = True
        self._ahead: Projection | None = None
        # A caller's own guards and rules may look at any part of the list.
        own = workflow is not None or not set(policy.rules) <= set(OFFICE_RULES)
        self._may_glance = not own

    def write(
        self,
        deed: Deed,
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
            NotPermittedError, BatchRefusedError, NotConfirmableError, HistoryLostError: What was
                attempted is written down, and nothing else.
            ConcurrencyError, CommandReusedError, RectiflowError: Nothing is written.
        """
        check_request(actor, recorded_at, command)
        asked = Asked(
            deed=deed, actor=actor, recorded_at=recorded_at, command=command, expected=expected
        )
        with self.lock:
            done: Receipt | RectiflowError | None = None
            if self._alone and not dry_run:
                done = self._written_at_once(asked)
            if done is None:
                done = self._written_under_lock(asked, dry_run=dry_run)
        if isinstance(done, RectiflowError):
            raise done
        return done

    def _written_under_lock(self, asked: Asked, *, dry_run: bool) -> Receipt | RectiflowError:
        self._ahead = None
        for last_try in (False, True):
            try:
                with self.database.writing() as connection, collector_paused():
                    done = self._written(connection, asked)
                    if dry_run:
                        connection.rollback()
                        self._state = None if self._ahead is not None else self._state
                        self._ahead = None
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
        return done

    def rebuild(self) -> None:
        """
        Make the table of assignments anew from the events.
        """
        with self.lock, self.database.writing() as connection:
            if connection.dialect.name == "postgresql":
                # A single event sees the table as it was before it waited: none may be waiting.
                connection.exec_driver_sql("LOCK TABLE rectiflow_ledger IN EXCLUSIVE MODE")
            seq, head = self._head(connection, lock=True)
            self._state = None
            state = self._caught_up(connection, seq, head)
            connection.execute(
                sa.delete(ASSIGNMENT).where(ASSIGNMENT.c.ledger_id == self.ledger_id)
            )
            lay_out(connection, self.ledger_id, state)

    def _written_at_once(self, asked: Asked) -> Receipt | None:
        """
        Write one event on the state as it was last seen, without asking the database before.

        ``None`` for whatever does not go through at once: the long way then says why.
        """
        state = self._state
        try:
            found = None if state is None else self._foreseen(state, asked)
        except Exception:  # noqa: BLE001 -- the long way raises it, if nothing comes before it
            return None
        if state is None or found is None:
            return None
        moved, pen = found
        facts = dict(zip(COLUMNS, pen.rows[0], strict=True))
        facts |= {"stage": moved.stage.value, "seen_seq": state.seq, "seen_hash": state.hash}
        if not write_single(self.database, facts):
            return None
        # Only now, as it is committed.
        state.take(moved, pen.seq, pen.hash)
        return Receipt(first=pen.seq, last=pen.seq, anchor=Anchor(pen.seq, pen.hash.hex()))

    def _foreseen(self, state: Projection, asked: Asked) -> tuple[Assignment, Pen] | None:
        """
        Give what a request for one event comes to, written by a pen and changing nothing.

        Raises:
            Exception: Whatever there is against it.
        """
        found = asked.deed.foreseen(state) if asked.deed.suits(state) else None
        if found is None:
            return None
        moved, said = found
        for _, request in asked.deed.requests(state, asked.actor, lambda _number: ()):
            if self.policy.objections(request):
                return None
        if overtaken(state, asked.deed.touched(state), asked.expected):
            return None
        pen = self._pen(asked, state.seq, state.hash)
        pen.write_all(state, [(state.number(moved), said)], asked.digest)
        return moved, pen

    def _pen(self, asked: Asked, seq: int, head: bytes) -> Pen:
        return Pen(self.ledger_id, seq, head, asked.actor, asked.recorded_at, asked.command)

    def _written(self, connection: sa.Connection, asked: Asked) -> Receipt | RectiflowError:
        seq, head = self._head(connection, lock=True)
        self._alone = self._state is None or self._state.seq == seq
        deed, digest = asked.deed, asked.digest
        anchor = Anchor(seq, head.hex())
        before = self._first_of(connection, asked.command) if asked.command else None
        # Who asked for it is told that it is done, whatever the policy says of the state by now.
        if before is not None and _is_by(before, asked.actor):
            return self._done_before(connection, before, digest, anchor)
        glanced = self._glanced(connection, asked, seq)
        state = glanced or self._caught_up(connection, seq, head)
        if not deed.suits(state):
            raise self._differs(connection)
        pen = self._pen(asked, seq, head)
        requests = list(deed.requests(state, asked.actor, lambda n: self.past(connection, n)))
        refused = self._refused(requests)
        if refused:
            self._attempted(connection, pen, asked, refused)
            return refusal(asked.actor, refused)
        if before is not None:
            return self._done_before(connection, before, digest, anchor)
        self._check_versions(connection, state, deed, asked.expected)
        # From here on the state is ahead of the database: it is good only once committed.
        self._state = None
        known = len(state.seqs)
        try:
            sayings = deed.carried_out(state, seq + 1)
        except RectiflowError as error:
            against = objections_in(error)
            refused = [(n, request, against[n]) for n, request in requests if n in against]
            if not refused:
                raise
            # What the rules refuse leaves the state as it was.
            self._state = None if glanced else state
            self._attempted(connection, pen, asked, refused)
            return error
        pen.write_all(state, sayings, digest)
        pen.save(connection)
        project(connection, self.ledger_id, state, pen, known)
        deed.beside(connection, self.ledger_id, state)
        # A part is of no use to who comes next.
        self._ahead = None if glanced else state
        return Receipt(first=seq + 1, last=pen.seq, anchor=Anchor(pen.seq, pen.hash.hex()))

    def _glanced(self, connection: sa.Connection, asked: Asked, seq: int) -> Projection | None:
        # Who writes once, as a command does, need not have all events read; who writes again is
        # better off with all of them, of which only the new ones are read each time.
        may, self._may_glance = self._may_glance and self._state is None, False
        # A mapping may name assignments that are not asked about.
        may = may and not isinstance(asked.expected, Mapping)
        subjects = asked.deed.subjects() if may else ()
        state = glance(connection, self.ledger_id, subjects, None) if subjects else None
        if state is not None:
            state.seq = seq
        return state

    def _first_of(self, connection: sa.Connection, command: str) -> Record | None:
        facts = {"id": self.ledger_id, "command": command}
        found = connection.execute(_COMMAND, facts).one_or_none()
        return None if found is None else Event.of_body(*found).record

    def _done_before(
        self, connection: sa.Connection, record: Record, digest: str, head: Anchor
    ) -> Receipt:
        if record.request != digest:
            raise CommandReusedError(command=record.command, seq=record.seq)
        if connection.dialect.name == "sqlite":
            # Who was killed before the last sync left it to be seen and not on the disk, and a
            # power cut would take back what we acknowledge.  To write anything syncs all of it;
            # SQLite writes no page that does not change.
            for step in (1, -1):
                connection.execute(_TOUCH, {"of": self.ledger_id, "step": step})
        last = record.seq + record.lines - 1
        return Receipt(first=record.seq, last=last, already_done=True, anchor=head)

    def _attempted(
        self, connection: sa.Connection, pen: Pen, asked: Asked, refused: list[Refused]
    ) -> None:
        """
        Write attempts down, unless they are: a client that had no answer tries again.
        """
        request = asked.attempt
        kept = command_kept(EventKind.REFUSED, asked.command, request)
        if kept is not None and self._first_of(connection, kept) is not None:
            return
        lines = len(refused) if kept is not None else 0
        for line, of_line, reasons in refused:
            pen.write(None, attempt(line, of_line, reasons), lines, request)
        pen.save(connection)

    def _refused(self, requests: list[tuple[int, Request]]) -> list[Refused]:
        found = []
        for line, request in requests:
            reasons = self.policy.objections(request)
            if reasons:
                found.append((line, request, reasons))
        return found

    def _check_versions(
        self, connection: sa.Connection, state: Projection, deed: Deed, expected: Expected
    ) -> None:
        late = overtaken(state, deed.touched(state), expected)
        if not late:
            return
        meanwhile = self._redefined(connection, min(seen for _, seen in late.values()))
        for number, (_, seen) in late.items():
            if number is not None:
                meanwhile += self.past(connection, number, seen)
        name = self._name(connection)
        raise ConcurrencyError(
            subjects=tuple(name if each is None else each.label for each, _ in late.values()),
            meanwhile=tuple(sorted(meanwhile, key=lambda event: event.seq)),
        )


def _is_by(record: Record, actor: Actor) -> bool:
    return (record.person, record.person_unit) == (actor.person, actor.unit)


def _digest(asked: object) -> str:
    # Half of it is enough to tell two requests of one command id apart.
    return sha256(_encode_request(asked)).hexdigest()[:32]


_encode_request = msgspec.json.Encoder(order="sorted", enc_hook=str).encode


_TOUCH = (
    sa.update(LEDGER)
    .where(LEDGER.c.id == sa.bindparam("of"))
    .values(seq=LEDGER.c.seq + sa.bindparam("step"))
)
_COMMAND = sa.select(EVENT.c.body, EVENT.c.hash).where(
    EVENT.c.ledger_id == sa.bindparam("id"), EVENT.c.command == sa.bindparam("command")
)
