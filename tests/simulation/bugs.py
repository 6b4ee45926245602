"""
Mistakes that a store could make, each switched on by a patch of ours: the simulation must find all.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import attrs

from rectiflow.store import engines, overtaking, pens, readable, single, writing
from rectiflow.store.extra import sa
from rectiflow.store.pens import Pen
from rectiflow.store.policies import Policy
from rectiflow.store.writing import Writer

from .office import forget_engines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectiflow.store.projection import Projection

__all__ = ["BUGS", "Bug"]


@attrs.frozen
class Bug:
    """
    A mistake.

    Attributes:
        name: What it goes by.
        says: What is wrong, in one sentence.
        place: What is replaced, as (owner, attribute).
        make: Makes the faulty one of the right one.
    """

    name: str
    says: str
    place: tuple[Any, str]
    make: Callable[[Any], Any]

    @contextmanager
    def on(self) -> Iterator[None]:
        """
        Let the store make it.
        """
        owner, name = self.place
        right = getattr(owner, name)
        setattr(owner, name, self.make(right))
        forget_engines()
        try:
            yield
        finally:
            setattr(owner, name, right)
            forget_engines()


def _with_pragmas(*pragmas: str) -> Callable[[Any], Any]:
    def make(right: Any) -> Any:
        def set_up(connection: Any, record: object) -> None:
            right(connection, record)
            for each in pragmas:
                connection.execute(f"PRAGMA {each}")

        return set_up

    return make


def _committing_line_by_line(right: Any) -> Any:
    def save(pen: Pen, connection: sa.Connection) -> None:
        rows = pen.rows
        for n, row in enumerate(rows, 1):
            pen.rows = [row]
            seq, hash_ = pen.seq, pen.hash
            pen.seq, pen.hash = row[1], row[5]
            right(pen, connection)
            pen.seq, pen.hash = seq, hash_
            if n < len(rows):
                connection.exec_driver_sql("COMMIT")
                connection.exec_driver_sql("BEGIN IMMEDIATE")
        pen.rows = rows

    return save


def _events_and_head_apart(right: Any) -> Any:
    def execute_many(connection: sa.Connection, statement: Any, rows: Any) -> None:
        right(connection, statement, rows)
        if statement is pens._INSERT:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return execute_many


def _keeping_what_was_not_committed(right: Any) -> Any:
    def written_under_lock(writer: Writer, asked: Any, **options: Any) -> Any:
        state = writer._state
        head = None if state is None else (state.seq, state.hash)
        try:
            return right(writer, asked, **options)
        except BaseException:
            if head is not None and writer._ahead is not None:
                # With the head of before: the ledger in it is what nobody put back.
                writer._state = writer._ahead
                writer._state.seq, writer._state.hash = head
            raise

    return written_under_lock


def _trusting_its_memory(right: Any) -> Any:
    def caught_up(writer: Writer, connection: sa.Connection, seq: int, head: bytes) -> Projection:
        if writer._state is not None and writer._state.seq + 1 == seq:
            return writer._state
        caught: Projection = right(writer, connection, seq, head)
        return caught

    return caught_up


def _versions_before_commands(right: Any) -> Any:
    def first_of(writer: Writer, connection: Any, command: str) -> Any:
        done = right(writer, connection, command)
        head, _ = writer._head(connection, lock=False)
        # A reader of its own page sees its own move as somebody else's.
        return None if done is not None and done.seq + done.lines - 1 == head else done

    return first_of


def _only_the_first_line(right: Any) -> Any:
    def project(connection: Any, ledger_id: int, state: Any, pen: Pen, known: int) -> None:
        right(connection, ledger_id, state, pen, known)
        if len(pen.touched) > 1:
            last = list(pen.touched)[-1]
            sql = "UPDATE rectiflow_assignment SET seq = seq - 1 WHERE number = ?"
            connection.exec_driver_sql(sql, (last,))

    return project


def _receipt_before_commit(_right: Any) -> Any:
    @contextmanager
    def writing_(database: Any) -> Iterator[sa.Connection]:
        with database.engine.connect() as connection:
            connection.execution_options(rectiflow_writes=True)
            transaction = connection.begin()
            yield connection
            try:
                transaction.commit()
            except sa.exc.DBAPIError:
                transaction.rollback()

    return writing_


def _skipping_after_a_portion(right: Any) -> Any:
    def poll(shared: Any, after: int = 0, limit: int = 1000) -> Any:
        return right(shared, after + 1 if after > 3 else after, limit)

    return poll


def _clock_never_back(right: Any) -> Any:
    latest: list[Any] = []

    def init(pen: Pen, ledger_id: int, seq: int, *rest: Any) -> None:
        head, actor, at, command = rest
        latest[:] = [max([at, *latest])] if seq > 1 else [at]
        right(pen, ledger_id, seq, head, actor, latest[0], command)

    return init


def _version_of_the_first_touched(right: Any) -> Any:
    def check(writer: Writer, connection: Any, state: Any, ask: Any, expected: Any) -> None:
        class First:
            @staticmethod
            def touched(state: Any) -> Any:
                return list(ask.touched(state))[:1]

        right(writer, connection, state, First, expected)

    return check


def _one_late(right: Any) -> Any:
    return lambda state, expected: lambda number: right(state, expected)(number) + 1


def _command_on_the_last_line(right: Any) -> Any:
    def write_all(pen: Pen, state: Any, sayings: Any, request: str) -> None:
        right(pen, state, sayings, request)
        if len(pen.rows) > 1:
            first = pen.rows[0]
            pen.rows[0] = (*first[:3], None, *first[4:])

    return write_all


def _single_events_win_always(right: Any) -> Any:
    def write_single(database: Any, facts: Any) -> bool:
        right(database, facts)
        return True

    return write_single


def _single_events_without_id(right: Any) -> Any:
    return lambda database, facts: right(database, {**facts, "command": None})


def _single_receipt_before_commit(right: Any) -> Any:
    class Careless:
        def __init__(self, cursor: Any) -> None:
            self._cursor = cursor

        def __getattr__(self, name: str) -> Any:
            return getattr(self._cursor, name)

        def execute(self, sql: str, *parameters: Any) -> Any:
            if sql != "COMMIT":
                return self._cursor.execute(sql, *parameters)
            with suppress(sqlite3.Error):
                self._cursor.execute(sql)
            return self._cursor

    @contextmanager
    def driving(database: Any) -> Iterator[Any]:
        with right(database) as cursor:
            yield Careless(cursor)

    return driving


def _nobody_is_asked(right: Any) -> Any:
    def foreseen(writer: Writer, state: Any, asked: Any) -> Any:
        held, writer.policy = writer.policy, Policy(())
        try:
            return right(writer, state, asked)
        finally:
            writer.policy = held

    return foreseen


BUGS = (
    Bug(
        "no-sync",
        "Nothing is synced: a commit is a wish.",
        (engines, "_set_up"),
        _with_pragmas("synchronous=OFF"),
    ),
    Bug(
        "normal-sync",
        "A log is synced now and then only, and a removed journal not at all.",
        (engines, "_set_up"),
        _with_pragmas("synchronous=NORMAL"),
    ),
    Bug(
        "full-sync",
        "The removal of the journal, which is the commit, is not synced.",
        (engines, "_set_up"),
        _with_pragmas("synchronous=FULL"),
    ),
    Bug(
        "journal-in-memory",
        "What is needed to undo a torn write is kept in memory.",
        (engines, "_set_up"),
        _with_pragmas("journal_mode=MEMORY"),
    ),
    Bug(
        "line-by-line",
        "Each line of a batch is committed by itself.",
        (Pen, "save"),
        _committing_line_by_line,
    ),
    Bug(
        "head-apart",
        "The events are committed before the head.",
        (pens, "execute_many"),
        _events_and_head_apart,
    ),
    Bug(
        "ahead-of-the-disk",
        "The state in memory is taken for good before it is committed.",
        (Writer, "_written_under_lock"),
        _keeping_what_was_not_committed,
    ),
    Bug(
        "stale-memory",
        "A process that missed one event judges by the state that it remembers.",
        (Writer, "_caught_up"),
        _trusting_its_memory,
    ),
    Bug(
        "no-version-check",
        "What the caller's page showed is not compared with what is there.",
        (Writer, "_check_versions"),
        lambda _right: lambda *_args: None,
    ),
    Bug(
        "version-one-late",
        "A page that missed exactly one event passes for fresh.",
        (overtaking, "_seen"),
        _one_late,
    ),
    Bug(
        "version-of-the-first",
        "Only the first line of a batch is compared with the caller's page.",
        (Writer, "_check_versions"),
        _version_of_the_first_touched,
    ),
    Bug(
        "no-command-check",
        "A request sent again is carried out again.",
        (Writer, "_first_of"),
        lambda _right: lambda *_args: None,
    ),
    Bug(
        "last-command-forgotten",
        "A retry of the very last request is taken for a new one.",
        (Writer, "_first_of"),
        _versions_before_commands,
    ),
    Bug(
        "batch-without-command",
        "The command id of a batch of several lines is not stored for look-up.",
        (Pen, "write_all"),
        _command_on_the_last_line,
    ),
    Bug(
        "any-request-will-do",
        "A command id answers for whatever request is sent under it.",
        (writing, "_digest"),
        lambda _right: lambda _ask: "",
    ),
    Bug(
        "projection-behind",
        "The table of assignments is brought up to date for the first of a batch only.",
        (writing, "project"),
        _only_the_first_line,
    ),
    Bug(
        "receipt-before-commit",
        "A commit that fails is passed over, and the receipt is given all the same.",
        (engines.Database, "writing"),
        _receipt_before_commit,
    ),
    Bug(
        "single-always-wins",
        "A single event that came second is called written all the same.",
        (writing, "write_single"),
        _single_events_win_always,
    ),
    Bug(
        "single-without-command",
        "The command id of a single event is not stored for look-up.",
        (writing, "write_single"),
        _single_events_without_id,
    ),
    Bug(
        "single-projection-behind",
        "A single event leaves the table of assignments as it was.",
        (single, "_PROJECT"),
        lambda right: right.where(sa.false()),
    ),
    Bug(
        "single-receipt-before-commit",
        "The commit of a single event fails and is passed over.",
        (engines.Database, "driving"),
        _single_receipt_before_commit,
    ),
    Bug(
        "single-unasked",
        "The policy is not asked about a single event.",
        (Writer, "_foreseen"),
        _nobody_is_asked,
    ),
    Bug(
        "poll-skips",
        "A reader who asks for what came after an event is given what came after the next.",
        (readable.ReadableLedger, "poll"),
        _skipping_after_a_portion,
    ),
    Bug(
        "clock-set-right",
        "A clerk's clock that is behind is replaced by the latest one seen.",
        (Pen, "__init__"),
        _clock_never_back,
    ),
)
"""Every one of them is found; see :mod:`simulation.__main__`."""
