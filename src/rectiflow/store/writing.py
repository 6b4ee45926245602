"""
The only way into a ledger: every public method that writes goes through :meth:`Writer.write`.

The head row is locked for the whole of it, so that order of commit is order of sequence and
nobody writes on a state that another has just changed.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import attrs

from rectiflow.pausing import collector_paused

from .anchors import Anchor
from .asking import check_request
from .attempts import attempt, refusal
from .conflicts import CommandReusedError, ConcurrencyError
from .events import Event
from .extra import msgspec, sa
from .faults import StoreError
from .following import Follower
from .overtaking import overtaken
from .pens import Pen, lay_out, project
from .policies import NotPermittedError
from .tables import ASSIGNMENT, EVENT

if TYPE_CHECKING:
    from datetime import datetime

    from rectiflow.messages import Message
    from rectiflow.workflow import Workflow

    from .actors import Actor
    from .engines import Database
    from .overtaking import Expected
    from .policies import Policy, Request
    from .projection import Projection
    from .requests import Deed

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


class Writer(Follower):
    """
    One ledger's way in, with the state that it last saw.
    """

    def __init__(
        self, database: Database, ledger_id: int, workflow: Workflow | None, policy: Policy
    ) -> None:
        """
        Hold what is needed; nothing is read yet.
        """
        super().__init__(database, ledger_id, workflow)
        self.policy = policy
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
            lay_out(connection, self.ledger_id, state)

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
                pen.write(None, attempt(line, request, reasons))
            pen.save(connection)
            return refusal(actor, refused)
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
        late = overtaken(state, ask.touched(state), expected)
        if not late:
            return
        meanwhile = [e for n, (_, seen) in late.items() for e in self.past(connection, n, seen)]
        raise ConcurrencyError(
            subjects=tuple(each.label for each, _ in late.values()),
            meanwhile=tuple(sorted(meanwhile, key=lambda event: event.seq)),
        )


def _digest(ask: Deed) -> str:
    # Half of it is enough to tell two requests of one command id apart.
    return sha256(_encode_request(ask.plain())).hexdigest()[:32]


_encode_request = msgspec.json.Encoder(order="sorted", enc_hook=str).encode


_COMMAND = sa.select(EVENT.c.body, EVENT.c.hash).where(
    EVENT.c.ledger_id == sa.bindparam("id"), EVENT.c.command == sa.bindparam("command")
)
