"""
Files with a new store each, lent to one case after another.

To make a store, and to open it, takes longer than all that a law does with it.  A file that is lent
again has its connections still, and holds again what it held at first.
"""

from __future__ import annotations

import atexit
import os
import shutil
import sqlite3
import tempfile
import weakref
from contextlib import closing
from datetime import date, datetime
from functools import cache
from itertools import count
from pathlib import Path

import attrs

from rectiflow import store
from rectiflow.ledger import assign
from rectiflow.moments import CHINA_TIME
from rectiflow.stages import Stage, StagePath
from rectiflow.store.addresses import Address
from rectiflow.store.engines import Database
from rectiflow.store.finding import find_ledger
from rectiflow.workdays import WorkCalendar

from .ledgers import small_list

__all__ = ["CLERK", "NOW", "STORED_LIST", "Lease", "created"]

STORED_LIST = small_list([StagePath.of(*list(Stage)[1:])], 2)
"""The list that a store under test is opened with: row 1 on the whole path, 单位0 and 单位1."""

NOW = datetime(2020, 6, 17, 9, tzinfo=CHINA_TIME)
CLERK = store.Actor("张三", "区政府办公室", "supervisor")
# Who may do what is for laws of its own.
_ANYBODY = store.Policy(())
# Laws look at what is kept; whether a disk keeps its word after a power cut is not theirs to see.
_SHARED_MEMORY = "/dev/shm"  # noqa: S108 -- a folder of a name of its own is made there


@attrs.define(eq=False)
class _StoreFile:
    """
    One file, and a database for each of those who have it open.
    """

    place: Path
    databases: list[Database] = attrs.field(factory=list)

    def cleared(self) -> None:
        """
        Let it hold what it held at first.
        """
        with closing(sqlite3.connect(self.place)) as connection:
            _new_store().backup(connection)

    def database(self, number: int) -> Database:
        """
        Give the connections of one of those who have it open, from 0.
        """
        while len(self.databases) <= number:
            self.databases.append(Database(Address.of(self.place)))
        return self.databases[number]


class Lease:
    """
    A new store in a file, which is free again once nobody holds this.
    """

    def __init__(self) -> None:
        """
        Take a file that is free, or another one.
        """
        self._file = _free.pop() if _free else _StoreFile(_folder() / f"{next(_numbers)}.db")
        self._file.cleared()
        self._opened = count()
        weakref.finalize(self, _free.append, self._file)

    @property
    def place(self) -> Path:
        """
        The file.
        """
        return self._file.place

    def opened(self) -> store.StoredLedger:
        """
        Open it as another process would, with connections and a memory of its own.
        """
        database = self._file.database(next(self._opened))
        return store.StoredLedger(database, *find_ledger(database, None, ""), None, _ANYBODY)


_free: list[_StoreFile] = []
_numbers = count()


@cache
def _folder() -> Path:
    within = _SHARED_MEMORY if os.access(_SHARED_MEMORY, os.W_OK) else None
    folder = Path(tempfile.mkdtemp(prefix="rectiflow-stores-", dir=within))
    atexit.register(_leave, folder)
    return folder


def _leave(folder: Path) -> None:
    for each in _free:
        for database in each.databases:
            database.close()
    shutil.rmtree(folder, ignore_errors=True)


@cache
def _new_store() -> sqlite3.Connection:
    place = _folder() / "new.db"
    created(place)
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    with closing(sqlite3.connect(place)) as made:
        made.backup(connection)
    return connection


def created(place: Path) -> None:
    """
    Create the store that laws begin with.
    """
    calendar = WorkCalendar(
        name="示例", known_from=date(2020, 1, 1), known_until=date(2021, 12, 31)
    )
    ledger = assign(STORED_LIST, calendar=calendar)
    store.create(place, ledger, actor=CLERK, recorded_at=NOW, policy=_ANYBODY).close()
