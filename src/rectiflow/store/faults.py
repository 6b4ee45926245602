"""
What a database can refuse, as typed errors with a cure, and which of them pass by themselves.
"""

from __future__ import annotations

import random
import sqlite3
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar, TypeVar

import attrs

from rectiflow.errors import RectiflowError

from .extra import msgspec, sa

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = [
    "DamagedStoreError",
    "NotAStoreError",
    "StoreDiskError",
    "StoreEncodingError",
    "StoreError",
    "StoreFullError",
    "StoreLockedError",
    "StoreLostError",
    "StoreReadOnlyError",
    "StoreUnavailableError",
    "StoreVersionError",
    "retryable",
    "retrying",
    "telling_faults",
]

T = TypeVar("T")


@attrs.define(slots=False, eq=False, repr=False, kw_only=True)
class StoreError(RectiflowError, RuntimeError):
    """
    A store that cannot do what it was asked; nothing of it was done, unless the error says else.

    Attributes:
        store: Its path or address, without a password.
        detail: What the database said.
    """

    code: ClassVar[str] = "error.store"

    store: str
    detail: str = ""


@attrs.define(slots=False, eq=False, repr=False, kw_only=True)
class StoreUnavailableError(StoreError):
    """
    A store that cannot be reached: no such file or folder, no server, a wrong password.
    """

    code: ClassVar[str] = "error.store-unavailable"


@attrs.define(slots=False, eq=False, repr=False, kw_only=True)
class StoreLostError(StoreUnavailableError):
    """
    A store whose server went away under way: whether what was asked is done is not known.
    """

    code: ClassVar[str] = "error.store-lost"


@attrs.define(slots=False, eq=False, repr=False, kw_only=True)
class StoreDiskError(StoreUnavailableError):
    """
    A store whose disk does not read or write: it fails, or a quota or limit is reached.
    """

    code: ClassVar[str] = "error.store-disk"


@attrs.define(slots=False, eq=False, repr=False, kw_only=True)
class StoreEncodingError(StoreError):
    """
    A database in an encoding that does not hold every text; *detail* names it.
    """

    code: ClassVar[str] = "error.store-encoding"


@attrs.define(slots=False, eq=False, repr=False, kw_only=True)
class StoreLockedError(StoreError):
    """
    A store that others held for too long, or that gave way to others; trying again may help.
    """

    code: ClassVar[str] = "error.store-locked"


@attrs.define(slots=False, eq=False, repr=False, kw_only=True)
class StoreReadOnlyError(StoreError):
    """
    A store that may be read and not written.
    """

    code: ClassVar[str] = "error.store-read-only"


@attrs.define(slots=False, eq=False, repr=False, kw_only=True)
class StoreFullError(StoreError):
    """
    A store whose disk is full.
    """

    code: ClassVar[str] = "error.store-full"


@attrs.define(slots=False, eq=False, repr=False, kw_only=True)
class NotAStoreError(StoreError):
    """
    A database without our tables, or without some of them.
    """

    code: ClassVar[str] = "error.not-a-store"


@attrs.define(slots=False, eq=False, repr=False, kw_only=True)
class DamagedStoreError(StoreError):
    """
    A file that is no database, or no longer one; or an event that nobody can read.
    """

    code: ClassVar[str] = "error.store-damaged"


@attrs.define(slots=False, eq=False, repr=False, kw_only=True)
class StoreVersionError(StoreError):
    """
    A store written by another version of the library, whose tables this one does not know.

    Attributes:
        found: The version of its tables.
        known: The version that this library reads and writes.
    """

    code: ClassVar[str] = "error.store-version"

    found: int
    known: int


_Fault = type[StoreError]
# By the primary result code, the low byte of an extended one.
_SQLITE: dict[int, _Fault] = {
    sqlite3.SQLITE_BUSY: StoreLockedError,
    sqlite3.SQLITE_LOCKED: StoreLockedError,
    sqlite3.SQLITE_READONLY: StoreReadOnlyError,
    sqlite3.SQLITE_PERM: StoreReadOnlyError,
    sqlite3.SQLITE_FULL: StoreFullError,
    sqlite3.SQLITE_CANTOPEN: StoreUnavailableError,
    sqlite3.SQLITE_IOERR: StoreDiskError,
    sqlite3.SQLITE_CORRUPT: DamagedStoreError,
    sqlite3.SQLITE_NOTADB: DamagedStoreError,
    sqlite3.SQLITE_SCHEMA: NotAStoreError,
}
# By SQLSTATE, the longest prefix first.
_POSTGRESQL: tuple[tuple[str, _Fault], ...] = (
    ("42P01", NotAStoreError),
    ("42703", NotAStoreError),
    ("42501", StoreReadOnlyError),
    ("25006", StoreReadOnlyError),
    ("53100", StoreFullError),
    ("40", StoreLockedError),
    ("55P03", StoreLockedError),
    ("53", StoreUnavailableError),
    ("57P03", StoreUnavailableError),
    ("57P", StoreLostError),
    ("08", StoreLostError),
    ("XX", DamagedStoreError),
)
_MISSING = ("no such table", "no such column", "has no column named")


def _fault(error: BaseException) -> _Fault:
    original = getattr(error, "orig", None) or error
    code = getattr(original, "sqlite_errorcode", None)
    if code is not None:
        if any(word in str(original) for word in _MISSING):
            return NotAStoreError
        return _SQLITE.get(code & 0xFF, StoreError)
    if isinstance(original, sqlite3.Error):
        # The module's own: text that is no UTF-8, a value of another type.
        return DamagedStoreError
    state = getattr(original, "sqlstate", None)
    if state is None:
        if not any(each.__name__ == "OperationalError" for each in type(original).__mro__):
            return StoreError
        # The server went away; or it was not reached, or refused the login, as only SQLAlchemy,
        # which makes every connection, says.
        lost = getattr(error, "connection_invalidated", True)
        return StoreLostError if lost else StoreUnavailableError
    return next((fault for prefix, fault in _POSTGRESQL if state.startswith(prefix)), StoreError)


def _is_drivers(error: BaseException) -> bool:
    # psycopg's own errors are known by their attribute: it is not loaded where SQLite is used.
    return isinstance(error, sa.exc.DBAPIError | sqlite3.Error) or hasattr(error, "sqlstate")


@contextmanager
def telling_faults(store: str) -> Iterator[None]:
    """
    Turn what the database raises into typed errors of the store at *store*.

    A broken unique constraint is the caller's to read and passes through.
    """
    try:
        yield
    except sa.exc.IntegrityError:
        raise
    except sa.exc.TimeoutError as error:
        raise StoreLockedError(store=store, detail=str(error)) from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        # A body that is none of ours: whoever wants to know which asks verify.
        raise DamagedStoreError(store=store, detail=str(error)) from error
    except Exception as error:
        if not _is_drivers(error):
            raise
        detail = str(getattr(error, "orig", None) or error).strip()
        raise _fault(error)(store=store, detail=detail) from error


def retryable(error: BaseException) -> bool:
    """
    Say whether doing the same again may succeed: SQLite busy, PostgreSQL 40001, 40P01, 55P03.

    It takes our own errors, SQLAlchemy's and the drivers'.
    """
    if isinstance(error, StoreError):
        return isinstance(error, StoreLockedError)
    return _is_drivers(error) and _fault(error) is StoreLockedError


def retrying(
    action: Callable[[], T],
    *,
    attempts: int = 5,
    base_seconds: float = 0.02,
    sleep: Callable[[float], object] = time.sleep,
    jitter: Callable[[], float] = random.random,
) -> T:
    """
    Do *action*, again where its error is :func:`retryable`, each time after a longer random wait.

    Give an append a command id: then it is done once, whatever became of the attempts.

    Args:
        action: What to do.
        attempts: How often in all, at least 1.
        base_seconds: The longest first wait; it doubles each time.
        sleep: Waits for so many seconds.
        jitter: Gives a number from 0 to 1, so that those who collided do not meet again.
    """
    for attempt in range(attempts - 1):
        try:
            return action()
        except Exception as error:
            if not retryable(error):
                raise
            sleep(base_seconds * 2**attempt * jitter())
    return action()
