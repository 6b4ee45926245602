"""
What a store of moves must offer to be tried; and the library's own as such.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING, Protocol

from rectiflow import store

from .store_files import CLERK, NOW, STORED_LIST, Lease

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rectiflow.moves import Move

__all__ = ["STORED_LIST", "Kept", "SharedStore", "StoreLike"]

Kept = tuple[str, str, str, date]
"""A move that is kept: row, unit, stage reached, day."""

_REFUSED = store.EventKind.REFUSED


class StoreLike(Protocol):
    """
    A store that many share, new and empty, of :data:`STORED_LIST`.

    What is refused raises a ``ValueError`` or ``LookupError``.  ``damage(place)``, which spoils one
    character of what is kept, at a place from 0 to 1, and ``is_sound()`` may be left out.
    """

    @property
    def seq(self) -> int:
        """
        A number that grows with everything that is kept: what a page has seen.
        """

    def append(
        self, moves: Sequence[Move], *, command: str = "", expected: int | None = None
    ) -> int:
        """
        Keep a batch, all of it or nothing, and give the number after it.

        *command* is the request's own id: tried again, it is done once.  *expected* is what the
        page had seen: if the moved assignments have changed since, nothing is kept.
        """

    def events(self) -> Sequence[Kept]:
        """
        List every move that is kept, oldest first.
        """

    def again(self) -> StoreLike:
        """
        Open the same store as another process would.
        """


class SharedStore:
    """
    The library's own store on SQLite, in a file that is used again when it is gone.
    """

    def __init__(self) -> None:
        """
        Make a new one.
        """
        self._lease = Lease()
        self._stored = self._lease.opened()

    @property
    def seq(self) -> int:
        """
        The number of the last event.
        """
        return self._stored.seq

    def append(
        self, moves: Sequence[Move], *, command: str = "", expected: int | None = None
    ) -> int:
        """
        Append a batch.
        """
        facts = {"actor": CLERK, "recorded_at": NOW}
        receipt = self._stored.append(moves, command=command, expected=expected, **facts)  # type: ignore[arg-type]  # as append takes them
        return receipt.last

    def events(self) -> list[Kept]:
        """
        List the moves, each assignment's from its history, in the order of the log.
        """
        told = (each.record for each in self._stored.events() if each.kind is not _REFUSED)
        return [
            (each.row, each.unit, each.to_stage.value, date.fromisoformat(each.at))
            for each in told
            if each.trigger is not None and each.to_stage is not None
        ]

    def again(self) -> SharedStore:
        """
        Open it once more.
        """
        other = object.__new__(SharedStore)
        other._lease, other._stored = self._lease, self._lease.opened()
        return other

    def damage(self, place: float) -> None:
        """
        Spoil a byte of an event, past the triggers that forbid it.
        """
        with closing(sqlite3.connect(self._lease.place)) as connection, connection:
            for name in ("update", "delete", "replace"):
                connection.execute(f"DROP TRIGGER IF EXISTS rectiflow_no_{name}")
            found = connection.execute("SELECT seq, body FROM rectiflow_event ORDER BY seq")
            rows = found.fetchall()
            seq, body = rows[int(place * len(rows))]
            at = int(place * 997) % len(body)
            spoilt = bytearray(body)
            spoilt[at] ^= 1
            statement = "UPDATE rectiflow_event SET body = ? WHERE seq = ?"
            connection.execute(statement, (bytes(spoilt), seq))

    def is_sound(self) -> bool:
        """
        Verify the log.
        """
        return self._stored.verify().sound
