"""
One ledger as it was last seen, brought up to what a transaction sees by what came since.
"""

from __future__ import annotations

from datetime import datetime
from itertools import starmap
from threading import RLock
from typing import TYPE_CHECKING, Any

from rectiflow.errors import InvalidValueError, RectiflowError
from rectiflow.pausing import collector_paused

from .anchors import Anchor
from .bulk_rows import plain_rows
from .clocks import known_by
from .events import Event
from .extra import msgspec, sa
from .faults import DamagedStoreError
from .glances import events_about
from .projection import REDEFINING, Projection
from .tables import EVENT, LEDGER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rectiflow.workflow import Workflow

    from .engines import Database
    from .redefining import DefinitionDiffersError

__all__ = ["Follower"]


class _Written(msgspec.Struct):
    """
    When a record says it was written.
    """

    recorded_at: datetime


_written = msgspec.json.Decoder(_Written).decode


class Follower:
    """
    Remembers the state that it last saw, and reads only what came since.

    Attributes:
        database: Where the ledger is.
        ledger_id: Its number there.
        workflow: A caller's own guards and hooks.
        differing: Whether to read on although the ledger is kept with another workflow.
        lock: To be held by whoever asks for the state: threads share it.
    """

    def __init__(
        self,
        database: Database,
        ledger_id: int,
        workflow: Workflow | None,
        *,
        differing: bool = False,
    ) -> None:
        """
        Hold what is needed; nothing is read yet.
        """
        self.database = database
        self.ledger_id = ledger_id
        self.workflow = workflow
        self.differing = differing
        self.lock = RLock()
        self._state: Projection | None = None

    def current(self, connection: sa.Connection) -> Projection:
        """
        Give the state as of what *connection* sees; not to be changed by the caller.

        Raises:
            DefinitionDiffersError: If the ledger was migrated to another workflow meanwhile.
        """
        state = self._caught_up(connection, *self._head(connection, lock=False))
        if not (state.fits or self.differing):
            raise self._differs(connection)
        return state

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
        last, _ = self._head(connection, lock=False)
        rows = [*plain_rows(connection, _AFTER, {"id": self.ledger_id, "seq": 0, "last": last})]
        count = known_by([_written(body).recorded_at for *_, body in rows], until)
        if count == 0:
            raise InvalidValueError("known_at", until, "a time after the ledger was opened")
        self._fold(state, rows[:count])
        return state

    def past(self, connection: sa.Connection, number: int, after: int = 0) -> tuple[Event, ...]:
        """
        Read the events about one assignment, those after *after*.
        """
        return events_about(connection, self.ledger_id, number, after)

    def _head(self, connection: sa.Connection, *, lock: bool) -> tuple[int, bytes]:
        row = connection.execute(_HEAD_LOCKED if lock else _HEAD, {"id": self.ledger_id}).one()
        return row[0], row[1]

    def _differs(self, connection: sa.Connection) -> DefinitionDiffersError:
        from .redefining import DefinitionDiffersError  # noqa: PLC0415 -- it is rarely needed

        return DefinitionDiffersError(ledger=self._name(connection), parts=("workflow",))

    def _name(self, connection: sa.Connection) -> str:
        return str(connection.execute(_NAME, {"id": self.ledger_id}).scalar_one())

    def _redefined(self, connection: sa.Connection, after: int) -> list[Event]:
        rows = connection.execute(_OF_NONE, {"id": self.ledger_id, "seq": after})
        return [each for each in starmap(Event.of_body, rows) if each.kind in REDEFINING]

    def _caught_up(self, connection: sa.Connection, seq: int, head: bytes) -> Projection:
        state = self._state
        if state is None or state.seq > seq or (state.seq == seq and state.hash != head):
            # Another file was put in the place of the one we saw.
            state = Projection(self.workflow)
        if state.seq < seq:
            # Half-folded is worse than not at all, should a body be unreadable.
            self._state = None
            facts = {"id": self.ledger_id, "seq": state.seq, "last": seq}
            self._fold(state, plain_rows(connection, _AFTER, facts))
            state.hash = head
        self._state = state
        return state

    def _fold(self, state: Projection, rows: Iterable[tuple[Any, ...]]) -> None:
        try:
            with collector_paused():
                state.fold(rows)
        except (LookupError, TypeError, RectiflowError) as error:
            # The rules were kept when it was written, so somebody has changed it since.
            detail = f"{type(error).__name__} after event {state.seq}: {error}"
            raise DamagedStoreError(store=str(self.database.address), detail=detail) from error


_of_this = EVENT.c.ledger_id == sa.bindparam("id")
_HEAD = sa.select(LEDGER.c.seq, LEDGER.c.hash).where(LEDGER.c.id == sa.bindparam("id"))
_NAME = sa.select(LEDGER.c.name).where(LEDGER.c.id == sa.bindparam("id"))
_OF_NONE = (
    sa.select(EVENT.c.body, EVENT.c.hash)
    .where(_of_this, EVENT.c.assignment.is_(None), EVENT.c.seq > sa.bindparam("seq"))
    .order_by(EVENT.c.seq)
)
_HEAD_LOCKED = _HEAD.with_for_update()
_AFTER = (
    sa.select(EVENT.c.seq, EVENT.c.assignment, EVENT.c.body)
    .where(_of_this, EVENT.c.seq > sa.bindparam("seq"), EVENT.c.seq <= sa.bindparam("last"))
    .order_by(EVENT.c.seq)
)
