"""
The tables of a store, the same on SQLite and PostgreSQL, and the triggers that guard the events.

The event's body is the record: canonical JSON, to which the chain of hashes is tied.  The other
columns say again what the body says, so that a database can look it up; ``verify`` compares them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .extra import sa

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ASSIGNMENT", "EVENT", "LEDGER", "METADATA", "REMINDER", "SCHEMA", "STORE"]

SCHEMA = 1
"""The version of these tables; it goes up when an older program could misread or spoil them."""

METADATA = sa.MetaData()


class _Bytes(sa.LargeBinary):
    """
    Bytes as they are: both drivers take and give them, and a conversion costs for each row.
    """

    cache_ok = True

    def bind_processor(self, dialect: Any) -> None:  # noqa: ANN401, ARG002 -- SQLAlchemy's own form
        return None

    def result_processor(self, dialect: Any, coltype: Any) -> None:  # noqa: ANN401, ARG002 -- as above
        return None


STORE = sa.Table(
    "rectiflow_store",
    METADATA,
    sa.Column("schema", sa.Integer, primary_key=True, autoincrement=False),
)

LEDGER = sa.Table(
    "rectiflow_ledger",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("office", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    # The head: the last event's number and hash.  Who appends holds this row till the commit.
    sa.Column("seq", sa.BigInteger, nullable=False),
    sa.Column("hash", _Bytes, nullable=False),
    # The last event that holds a definition, so that opening need not read all.
    sa.Column("definition_seq", sa.BigInteger, nullable=False),
    # The last event that the last run of reminders saw; 0 before the first.
    sa.Column("reminded_seq", sa.BigInteger, nullable=False, server_default="0"),
    sa.UniqueConstraint("office", "name"),
)

EVENT = sa.Table(
    "rectiflow_event",
    METADATA,
    sa.Column("ledger_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    # The number of the assignment whose version it raises; none for what is about the ledger.
    sa.Column("assignment", sa.Integer),
    # On the first event of its command only, so that the unique index holds one line a command.
    sa.Column("command", sa.Text),
    sa.Column("body", _Bytes, nullable=False),
    sa.Column("hash", _Bytes, nullable=False),
    # One tree and no second one by row number: an append writes fewer pages.
    sqlite_with_rowid=False,
)
ASSIGNMENT = sa.Table(
    "rectiflow_assignment",
    METADATA,
    # The projection, for an office's own SQL: it can always be rebuilt, and verify compares it.
    sa.Column("ledger_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("row", sa.Text, nullable=False),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("stage", sa.Text, nullable=False),
    sa.Column("seq", sa.BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

REMINDER = sa.Table(
    "rectiflow_reminder",
    METADATA,
    # The outbox: not part of the record, but of what became of it.  The key is what makes a
    # reminder the same one, however often it is come to.
    sa.Column("ledger_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("row", sa.Text, primary_key=True),
    sa.Column("unit", sa.Text, primary_key=True),
    sa.Column("milestone", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("due", sa.Text, primary_key=True),
    sa.Column("on_day", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)

_REFUSED = "rectiflow_event is append-only"


def _indexes() -> Iterator[str]:
    # In SQL that both databases read: as an Index of SQLAlchemy's, a condition for PostgreSQL
    # loads its dialect, a tenth of what a command on a file may take.
    yield (
        "CREATE UNIQUE INDEX rectiflow_event_command "
        "ON rectiflow_event (ledger_id, command) WHERE command IS NOT NULL"
    )
    yield (
        "CREATE INDEX rectiflow_event_assignment "
        "ON rectiflow_event (ledger_id, assignment, seq) WHERE assignment IS NOT NULL"
    )


def _sqlite_guards() -> Iterator[str]:
    for verb in ("UPDATE", "DELETE"):
        yield (
            f"CREATE TRIGGER rectiflow_no_{verb.lower()} BEFORE {verb} ON rectiflow_event "
            f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
        )
    # REPLACE deletes without asking the trigger above; it needs a row that is there already.
    there = "SELECT 1 FROM rectiflow_event WHERE ledger_id = NEW.ledger_id AND seq = NEW.seq"
    yield (
        "CREATE TRIGGER rectiflow_no_replace BEFORE INSERT ON rectiflow_event "
        f"WHEN EXISTS ({there}) BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
    )


def _postgresql_guards() -> Iterator[str]:
    yield (
        "CREATE FUNCTION rectiflow_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REFUSED}' USING ERRCODE = 'restrict_violation'; END $$"
    )
    yield (
        "CREATE TRIGGER rectiflow_no_change BEFORE UPDATE OR DELETE OR TRUNCATE "
        "ON rectiflow_event FOR EACH STATEMENT EXECUTE FUNCTION rectiflow_refuse()"
    )


for _text in _indexes():
    sa.event.listen(EVENT, "after_create", sa.DDL(_text))  # type: ignore[no-untyped-call]  # untyped in SQLAlchemy
for _dialect, _guards in (("sqlite", _sqlite_guards()), ("postgresql", _postgresql_guards())):
    for _guard in _guards:
        sa.event.listen(EVENT, "after_create", sa.DDL(_guard).execute_if(dialect=_dialect))  # type: ignore[no-untyped-call]  # untyped in SQLAlchemy
