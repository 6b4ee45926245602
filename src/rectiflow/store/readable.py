"""
A ledger in a store as it is read: its state, its events, its board, and whether to trust them.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Self

from rectiflow.errors import InvalidValueError
from rectiflow.moments import Moment, check_moment

from .anchors import Anchor
from .asking import each_of
from .events import Event, EventKind
from .extra import sa
from .finding import anchor_of, versions_told
from .glances import events_about, number_of
from .tables import EVENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from types import TracebackType

    from rectiflow.ledger import Ledger
    from rectiflow.workflow import Workflow

    from .actors import Actor
    from .definitions import Versions
    from .engines import Database
    from .finding import LedgerName
    from .policies import Policy
    from .projection import Confirmation
    from .reminders import OutboxState, Reminder
    from .reviewing import StoredReview
    from .verifying import Verification
    from .writing import Writer

__all__ = ["ReadableLedger"]

_AT_ONCE = 10_000
"""How many events are read from the database at a time."""


class ReadableLedger:
    """
    What is read of a ledger in a store; :class:`~rectiflow.store.StoredLedger` adds what writes.
    """

    def __init__(
        self,
        database: Database,
        ledger_id: int,
        named: LedgerName,
        workflow: Workflow | None,
        policy: Policy | None,
        *,
        differing: bool = False,
    ) -> None:
        """
        Hold on to a ledger that is there.

        :func:`~rectiflow.store.create` and :func:`~rectiflow.store.open` make these.
        """
        self.named = named
        self._database = database
        self._id = ledger_id
        self._workflow, self._policy, self._differing = workflow, policy, differing
        self._first = Lock()
        self._made: Writer | None = None

    @property
    def _writer(self) -> Writer:
        # Who reads and who writes share the state that was last seen.  Only who asks for all of
        # it, or writes, pays for what that takes.
        with self._first:
            if self._made is None:
                from .policies import Policy  # noqa: PLC0415 -- as said
                from .writing import Writer  # noqa: PLC0415 -- as said

                rules = Policy() if self._policy is None else self._policy
                self._made = Writer(
                    self._database, self._id, self._workflow, rules, differing=self._differing
                )
        return self._made

    def __repr__(self) -> str:
        """
        Say which and where.
        """
        return f"<{type(self).__name__} {self.named.name!r} in {self._database.address}>"

    def __enter__(self) -> Self:
        """
        Give itself; it is closed at the end of the block.
        """
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """
        Close it.
        """
        self.close()

    def close(self) -> None:
        """
        Close its connections.
        """
        self._database.close()

    # Reading

    @property
    def seq(self) -> int:
        """
        The number of the last event: what a page shows, and hands back as ``expected``.
        """
        return self.anchor().seq

    @property
    def opened_by(self) -> Actor:
        """
        Who opened it, for which unit, in which roles.
        """
        return self.poll(0, 1)[0].record.actor

    def ledger(self) -> Ledger:
        """
        Give the current state as an ordinary ledger of the caller's own.

        What is done to it changes nothing here.
        """
        return self.ledger_and_seq()[0]

    def ledger_and_seq(self) -> tuple[Ledger, int]:
        """
        Give the current state, and the number of the last event in it.
        """
        with self._writer.lock, self._database.reading() as connection:
            state = self._writer.current(connection)
            return state.ledger.copy(), state.seq

    def version(self, row: str, unit: str) -> int:
        """
        Give the number of the last event about an assignment, or that redefined the ledger.

        0 if there was none since it was opened.
        """
        with self._writer.lock, self._database.reading() as connection:
            state = self._writer.current(connection)
            return state.version(state.number(state.ledger[row, unit]))

    def history(self, row: str, unit: str) -> tuple[Event, ...]:
        """
        Give every event about an assignment, in order; refused attempts are not among them.

        Raises:
            UnknownNameError: If there is no such assignment.
        """
        if self._made is None:
            with self._database.reading() as connection:
                number = number_of(connection, self._id, row, unit)
                if number is not None:
                    return events_about(connection, self._id, number)
        with self._writer.lock, self._database.reading() as connection:
            state = self._writer.current(connection)
            return self._writer.past(connection, state.number(state.ledger[row, unit]))

    def poll(self, after: int = 0, limit: int = 1000) -> tuple[Event, ...]:
        """
        Give the next events after the one of number *after*, at most *limit*.

        Who asks again and again with the last number it got misses none: an event is never seen
        before one of a smaller number.
        """
        for field, number, least in (("after", after, 0), ("limit", limit, 1)):
            if type(number) is not int or number < least:
                raise InvalidValueError(field, number, f"a whole number, {least} or more")
        chosen = (
            sa.select(EVENT.c.body, EVENT.c.hash)
            .where(EVENT.c.ledger_id == self._id, EVENT.c.seq > after)
            .order_by(EVENT.c.seq)
            .limit(limit)
        )
        with self._database.reading() as connection:
            return tuple(Event.of_body(*row) for row in connection.execute(chosen))

    def events(self, after: int = 0) -> Iterator[Event]:
        """
        Go through all events after the one of number *after*, a portion at a time.
        """
        while portion := self.poll(after, _AT_ONCE):
            yield from portion
            after = portion[-1].seq

    def attempts(self) -> tuple[Event, ...]:
        """
        Give every attempt that was refused.
        """
        return tuple(each for each in self.events() if each.kind is EventKind.REFUSED)

    def review(
        self,
        as_of: date,
        warn_workdays: int | None = 5,
        *,
        known_at: Moment | None = None,
        confirmed_only: bool = False,
    ) -> StoredReview:
        """
        Say how every milestone stood at the end of a day, by what was known at a time.

        An event is known from its ``recorded_at`` on, and not before the events before it: a
        clock that ran behind makes nothing known earlier than what it followed.  One that ran
        ahead, by more than a day of what most others say, hides nothing that came after.

        Args:
            as_of: The day; what happened later does not count.
            warn_workdays: As for :meth:`rectiflow.Ledger.review`.
            known_at: The last day or instant of which the events count; all if not given.
            confirmed_only: Whether a milestone counts as done only once it is confirmed; a done
                one that is not is judged as if it were open.

        Raises:
            InvalidValueError: If the ledger was not open yet at *known_at*.
        """
        from .reviewing import last_instant, review_of  # noqa: PLC0415 -- not before it is asked for

        with self._writer.lock, self._database.reading() as connection:
            state = self._writer.current(connection)
            until = None
            if known_at is not None:
                check_moment("known_at", known_at)
                until = last_instant(known_at, state.ledger.campaign.zone)
                state = self._writer.known(connection, until)
            return review_of(state, as_of, warn_workdays, until, confirmed_only=confirmed_only)

    def confirmations(self, row: str, unit: str) -> tuple[Confirmation, ...]:
        """
        Give the confirmations of an assignment that still stand.
        """
        with self._writer.lock, self._database.reading() as connection:
            state = self._writer.current(connection)
            held = state.ledger[row, unit]
            found = (state.confirmation(held, each) for each in held.milestones)
            return tuple(each for each in found if each is not None)

    def versions(self) -> Versions:
        """
        Give the hashes of list, calendar and workflow that the ledger is kept with.
        """
        with self._database.reading() as connection:
            return versions_told(connection, self._id)

    # Trust

    def anchor(self) -> Anchor:
        """
        Give the head, to be kept where nobody who can write here can.
        """
        with self._database.reading() as connection:
            return anchor_of(connection, self._id)

    def verify(self, anchors: Iterable[Anchor] = ()) -> Verification:
        """
        Read every event anew and prove that all is as it was written.

        Args:
            anchors: Heads that were kept elsewhere; only they show that a tail was cut off, or
                that the whole was written anew.
        """
        from .verifying import verify  # noqa: PLC0415 -- not before it is asked for

        anchors = each_of("anchors", anchors, Anchor)
        with self._database.reading() as connection:
            return verify(connection, self._id, self.named, anchors)

    def export(self) -> Iterator[str]:
        """
        Write the whole log as JSON Lines, byte for byte.

        :func:`~rectiflow.store.import_log` reads it back.

        It ends with the last event that there is when it begins.  Whoever reads it slowly keeps
        nobody from writing.
        """
        from .logs import exported  # noqa: PLC0415 -- not before it is asked for

        yield from exported(self._database, self._id, self.named, self.anchor())

    def outbox(self, state: OutboxState | str = "pending") -> tuple[Reminder, ...]:
        """
        Give the reminders that wait, or that were sent or cancelled.
        """
        from .reminders import OutboxState, outbox  # noqa: PLC0415 -- not before it is asked for

        if state not in set(OutboxState):
            raise InvalidValueError("state", state, " or ".join(OutboxState))
        with self._database.reading() as connection:
            return outbox(connection, self._id, OutboxState(state))
