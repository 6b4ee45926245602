"""
Connections that keep what they were told: the pragmas of SQLite, the transactions of both.
"""

from __future__ import annotations

import sqlite3
import warnings
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from rectiflow.errors import MissingExtraError

from .extra import sa
from .faults import StoreEncodingError, StoreUnavailableError, telling_faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .addresses import Address

__all__ = ["Database", "NetworkShareWarning"]

TIMEOUT_SECONDS = 60
"""How long a writer waits for the one before it; a batch of a hundred thousand takes seconds."""

# Before this one a checkpoint that met another could, rarely, corrupt a WAL database.
_SAFE_WAL = (3, 51, 3)
# Not READ ONLY too: to take that back would overrule a server that lets nobody write.
_SNAPSHOT = {"isolation_level": "REPEATABLE READ"}
_NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "afs", "ceph"})
_MOUNTS = Path("/proc/self/mounts")


class NetworkShareWarning(UserWarning):
    """
    A SQLite file on a network share, whose locks cannot be trusted.
    """


class Database:
    """
    One database: transactions that read, and transactions that write.

    Attributes:
        address: Where it is.
        place: The same in words, without a password.
        engine: SQLAlchemy's engine.
    """

    isolation: ClassVar[str] = "READ COMMITTED"

    def __init__(self, address: Address, *, create: bool = False) -> None:
        """
        Make the engine; nothing is connected yet, but for a file that is to be made.
        """
        self.address, self.place = address, str(address)
        self._standing: Any = None
        if address.path is None:
            self.engine = _postgresql(address)
        else:
            self.engine = _sqlite(address.path, create=create)

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """
        Read in one transaction, all of whose statements see the same: that of the first one.
        """
        with telling_faults(self.place), self.engine.connect() as connection:
            if self.address.path is None:
                # SQLite reads so anyway; a server would show each statement what is new.
                connection.execution_options(**_SNAPSHOT)
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """
        Write in one transaction, committed at the end; an error rolls it all back.
        """
        with telling_faults(self.place), self.engine.connect() as connection:
            # A BEGIN that reads first and writes later would find the file busy and lose.
            connection.execution_options(rectiflow_writes=True)
            with connection.begin():
                yield connection

    @property
    def driver(self) -> Any:  # noqa: ANN401 -- sqlite3 or psycopg, in the form of PEP 249
        """
        The driver's module.
        """
        return self.engine.dialect.loaded_dbapi

    @contextmanager
    def driving(self) -> Iterator[Any]:
        """
        Give a cursor of the driver's own: each statement by itself, unless it says ``BEGIN``.

        For what is so little that SQLAlchemy's connection would take longer than the database.
        What was begun and not committed is rolled back at the end.  One thread at a time.
        """
        with telling_faults(self.place):
            if self.address.path is None:
                yield from self._by_standing_connection()
                return
            held = self.engine.raw_connection()
            try:
                yield held.cursor()
            except BaseException:
                # Whatever became of it, nobody is to be given a connection of before.
                held.invalidate()
                self.engine.dispose()
                raise
            held.close()

    def _by_standing_connection(self) -> Iterator[Any]:
        # To take one from the pool and give it back costs as much as to write an event.
        if self._standing is None:
            held = self.engine.raw_connection()
            connection: Any = held.driver_connection
            held.detach()
            connection.autocommit = True
            self._standing = connection.cursor()
        try:
            yield self._standing
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """
        Close every connection.
        """
        if self._standing is not None:
            self._standing.connection.close()
            self._standing = None
        self.engine.dispose()


def _postgresql(address: Address) -> sa.Engine:
    try:
        import psycopg  # noqa: F401, PLC0415 -- asked for where a server is
    except ImportError:
        raise MissingExtraError("store", "psycopg") from None
    assert address.url is not None  # noqa: S101 -- an address has a path or a URL
    engine = sa.create_engine(
        address.url,
        isolation_level=Database.isolation,
        pool_pre_ping=False,
        # What is said and heard is UTF-8, whatever the machine's settings are.
        connect_args={"connect_timeout": 10, "client_encoding": "utf8"},
    )

    def check(connection: Any, _record: object) -> None:  # noqa: ANN401 -- SQLAlchemy's own form
        # The server told it when the connection was made: nothing is asked.
        encoding = connection.info.parameter_status("server_encoding")
        if encoding != "UTF8":
            raise StoreEncodingError(store=str(address), detail=str(encoding))

    # Before SQLAlchemy's own first look, which such a database may fail.
    sa.event.listen(engine, "connect", check, insert=True)
    return engine


def _sqlite(path: Path, *, create: bool) -> sa.Engine:
    if not path.parent.is_dir() or (not create and not path.exists()):
        raise StoreUnavailableError(store=str(path), detail="no such file or folder")
    _warn_of_network(path)
    mode = "rwc" if create else "rw"
    uri = f"{path.resolve().as_uri()}?mode={mode}"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(
            uri,
            uri=True,
            timeout=TIMEOUT_SECONDS,
            # We begin and commit ourselves; the module would begin when it sees fit.
            isolation_level=None,
            check_same_thread=False,
        )

    engine = sa.create_engine("sqlite://", creator=connect, poolclass=sa.QueuePool)
    sa.event.listen(engine, "connect", _set_up)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: Any, _record: object) -> None:  # noqa: ANN401 -- SQLAlchemy's own form
    connection.execute("PRAGMA synchronous=EXTRA")
    wanted = journal_mode(sqlite3.sqlite_version_info)
    (found,) = connection.execute("PRAGMA journal_mode").fetchone()
    if found != wanted and connection.execute("PRAGMA query_only").fetchone() == (0,):
        try:
            connection.execute(f"PRAGMA journal_mode={wanted}")
        except sqlite3.OperationalError as error:
            if found == "wal" and error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
                # Another program has it open in a journal that this version could spoil.
                raise
            # It may only be read, or others read it: it stays as they set it.
            return


def journal_mode(version: tuple[int, ...]) -> str:
    """
    Name the journal for a version of SQLite: WAL where it is safe.

    >>> journal_mode((3, 51, 2)), journal_mode((3, 51, 3))
    ('delete', 'wal')
    """
    return "wal" if version >= _SAFE_WAL else "delete"


def _begin(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get("rectiflow_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _warn_of_network(path: Path) -> None:
    try:
        mounts = _MOUNTS.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return
    kind = file_system_of(path.resolve(), mounts)
    if kind in _NETWORK:
        text = f"{path} lies on a network share ({kind}): use PostgreSQL, or a local disk"
        warnings.warn(text, NetworkShareWarning, stacklevel=4)


def file_system_of(path: Path, mounts: str) -> str:
    r"""
    Find the kind of file system that *path* lies on, in what ``/proc/self/mounts`` says.

    >>> file_system_of(Path("/srv/share/a.db"), "sda / ext4 rw 0 0\nnas:/x /srv/share nfs4 rw 0 0")
    'nfs4'
    """
    best, kind = -1, ""
    for line in mounts.splitlines():
        parts = line.split()
        if len(parts) < 3:  # noqa: PLR2004 -- device, place, kind
            continue
        place = Path(parts[1].replace("\\040", " "))
        if path.is_relative_to(place) and len(place.parts) > best:
            best, kind = len(place.parts), parts[2]
    return kind
