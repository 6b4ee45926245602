"""
APSW in the shape of the standard ``sqlite3``, as far as the store uses it.

The standard module takes no file system of one's own; APSW does, and brings its own SQLite.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager, suppress
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NoReturn

import apsw

from rectiflow.store import engines

from .vfs import files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .disk import Disk

__all__ = ["on_disk"]


_CODES = {
    apsw.BusyError: sqlite3.SQLITE_BUSY,
    apsw.CantOpenError: sqlite3.SQLITE_CANTOPEN,
    apsw.FullError: sqlite3.SQLITE_FULL,
    apsw.IOError: sqlite3.SQLITE_IOERR,
}


def _raise(error: apsw.Error) -> NoReturn:
    kind = sqlite3.IntegrityError if isinstance(error, apsw.ConstraintError) else None
    told = (kind or sqlite3.OperationalError)(str(error))
    # What our own files raise comes through as it is, without SQLite's numbers.
    told.sqlite_errorcode = getattr(error, "extendedresult", _CODES.get(type(error), 1))
    raise told from None


class _Cursor:
    """
    A cursor that has fetched everything.
    """

    arraysize = 1

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self.rows: Iterator[Any] = iter(())
        self.description: Any = None
        self.lastrowid, self.rowcount = 0, -1

    def _described(self, cursor: apsw.Cursor, _sql: str, _bindings: object) -> bool:
        # Here, and not after: a query without rows would have forgotten its columns.
        columns = cursor.get_description()
        self.description = [(name, *(None,) * 6) for name, *_ in columns] or None
        return True

    def execute(self, sql: str, parameters: Any = ()) -> _Cursor:
        cursor = self._connection.cursor()
        cursor.exec_trace = self._described
        try:
            rows = cursor.execute(sql, tuple(parameters)).fetchall()
        except apsw.Error as error:
            _raise(error)
        self.rows = iter(rows)
        self.lastrowid = self._connection.last_insert_rowid()
        self.rowcount = -1 if self.description else self._connection.changes()
        return self

    def executemany(self, sql: str, parameters: Iterable[Any]) -> _Cursor:
        try:
            self._connection.cursor().executemany(sql, [tuple(each) for each in parameters])
        except apsw.Error as error:
            _raise(error)
        return self

    def fetchone(self) -> Any:
        return next(self.rows, None)

    def fetchmany(self, size: int = 1) -> list[Any]:
        return [row for row, _ in zip(self.rows, range(size), strict=False)]

    def fetchall(self) -> list[Any]:
        return list(self.rows)

    def __iter__(self) -> Iterator[Any]:
        return self.rows

    def close(self) -> None:
        self.rows = iter(())


class _Connection:
    """
    A connection that begins and commits only what it is told to.
    """

    isolation_level = None

    def __init__(self, *, wal: bool) -> None:
        try:
            self._held = apsw.Connection("ledger.db", vfs=files().name)
        except apsw.Error as error:
            _raise(error)
        self._held.set_busy_timeout(1000)
        if wal:
            # A simulated disk shares no memory: the log's index is the process's own.
            self.execute("PRAGMA locking_mode=EXCLUSIVE")

    def cursor(self, *_args: object) -> _Cursor:
        return _Cursor(self._held)

    def execute(self, sql: str, parameters: Any = ()) -> _Cursor:
        return self.cursor().execute(sql, parameters)

    def create_function(self, *_args: object, **_options: object) -> None:
        """
        Leave out what the store does not use.
        """

    def commit(self) -> None:
        if self._held.in_transaction:
            self.execute("COMMIT")

    def rollback(self) -> None:
        if self._held.in_transaction:
            self.execute("ROLLBACK")

    def close(self) -> None:
        # On a disk that has failed there is nothing left to be put in order.
        with suppress(apsw.Error):
            self._held.close(force=True)


@contextmanager
def on_disk(disk: Disk, *, wal: bool) -> Iterator[None]:
    """
    Let the store read and write on *disk*, as with a SQLite old enough for a rollback journal.
    """
    files().disk = disk
    version = (3, 51, 3) if wal else (3, 40, 1)
    module = SimpleNamespace(
        connect=lambda *_args, **_options: _Connection(wal=wal),
        Connection=_Connection,
        OperationalError=sqlite3.OperationalError,
        sqlite_version_info=version,
    )
    held, engines.sqlite3 = engines.sqlite3, module  # type: ignore[attr-defined, assignment]  # put in
    try:
        yield
    finally:
        engines.sqlite3 = held  # type: ignore[attr-defined]  # and taken out
