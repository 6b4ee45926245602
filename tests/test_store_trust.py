"""
What was written stays written: triggers, the chain, anchors, the projection.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, datetime
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import rectiflow as rf
from rectiflow import store
from rectiflow.moments import CHINA_TIME
from rectiflow.store import Actor, Anchor, FaultKind, OfficeRole
from rectiflow.store.addresses import Address
from rectiflow.store.engines import Database
from rectiflow.store.finding import LedgerName
from rectiflow.store.verifying import verify

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime(2020, 6, 20, 9, 30, tzinfo=CHINA_TIME)
DAY = date(2020, 6, 20)
ROW, UNIT = "2.1", "区城市管理局"
OFFICE = Actor("李主任", "区政府办公室", OfficeRole.SUPERVISOR)
CLERK = Actor("王五", UNIT, OfficeRole.RESPONSIBLE)
LAST = 5


def told(place: str) -> store.StoredLedger:
    """
    Make a stored ledger with five events: opened, three about one assignment, an attempt.
    """
    made = store.create(place, rf.assign(rf.load("yuhui-2020")), actor=OFFICE, recorded_at=NOW)
    moves = [rf.Move(ROW, UNIT, "self_check", DAY), rf.Move(ROW, UNIT, "rectify", DAY)]
    made.append(moves, actor=CLERK, recorded_at=NOW, command="c1")
    made.confirm(ROW, UNIT, "rectified", at=DAY, actor=OFFICE, recorded_at=NOW)
    with pytest.raises(store.NotPermittedError):
        made.append([rf.Move(ROW, UNIT, "template", DAY)], actor=OFFICE, recorded_at=NOW)
    return made


@contextmanager
def behind_its_back(place: str) -> Iterator[sa.Connection]:
    """
    Write to the tables as somebody does who may do all, the guards being off.
    """
    database = Database(Address.of(place))
    with database.writing() as connection:
        if connection.dialect.name == "sqlite":
            for name in ("update", "delete", "replace"):
                connection.execute(sa.text(f"DROP TRIGGER IF EXISTS rectiflow_no_{name}"))
        else:
            connection.execute(sa.text("ALTER TABLE rectiflow_event DISABLE TRIGGER USER"))
        yield connection
    database.close()


def run(connection: sa.Connection, statement: str, **facts: Any) -> Any:
    """
    Run a statement.
    """
    return connection.execute(sa.text(statement), facts)


@pytest.fixture
def shared(place: str) -> Iterator[store.StoredLedger]:
    """
    Give the stored ledger of five events.
    """
    with told(place) as made:
        yield made


class TestTheGuards:
    """
    "triggers refuse UPDATE and DELETE" -- issue 5
    """

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE rectiflow_event SET body = hash WHERE seq = 2",
            "DELETE FROM rectiflow_event WHERE seq = 5",
            "DELETE FROM rectiflow_event",
        ],
    )
    def test_refuse(self, shared: store.StoredLedger, place: str, statement: str) -> None:
        """
        Also where the statement is the owner's own.
        """
        database = Database(Address.of(place))
        refused = (sa.exc.DBAPIError, store.StoreError)
        with pytest.raises(refused, match="append-only"), database.writing() as connection:
            connection.execute(sa.text(statement))
        database.close()

        assert shared.verify().sound

    def test_refuse_to_empty_the_table(self, postgres_place: str) -> None:
        """
        PostgreSQL's TRUNCATE deletes without saying so.
        """
        with told(postgres_place) as shared:
            database = Database(Address.of(postgres_place))
            refused = sa.exc.IntegrityError
            with pytest.raises(refused, match="append-only"), database.writing() as connection:
                run(connection, "TRUNCATE rectiflow_event")
            database.close()
            assert shared.verify().events == LAST

    def test_refuse_a_replacement(self, tmp_path: Any) -> None:
        """
        SQLite's REPLACE deletes without saying so.
        """
        place = str(tmp_path / "ledger.db")
        with told(place) as shared:
            database = Database(Address.of(place))
            with pytest.raises(sa.exc.IntegrityError), database.writing() as connection:
                run(
                    connection,
                    "REPLACE INTO rectiflow_event SELECT ledger_id, seq, assignment, NULL, hash,"
                    " body FROM rectiflow_event WHERE seq = 3",
                )
            database.close()
            assert shared.verify().sound


class TestTheChain:
    """
    "finds any changed, removed, reordered or inserted event and names the first" -- issue 5
    """

    def test_holds_for_what_was_written(self, shared: store.StoredLedger) -> None:
        """
        All events are read, and the head is the anchor.
        """
        found = shared.verify()

        assert found.sound
        assert (found.events, found.head) == (LAST, shared.anchor())

    @pytest.mark.parametrize("seq", range(1, LAST + 1))
    def test_shows_what_was_changed(self, shared: store.StoredLedger, place: str, seq: int) -> None:
        """
        Each event in turn.
        """
        with behind_its_back(place) as connection:
            body = run(connection, "SELECT body FROM rectiflow_event WHERE seq = :n", n=seq)
            changed = bytes(body.scalar_one()).replace("区".encode(), "县".encode(), 1)
            statement = "UPDATE rectiflow_event SET body = :b WHERE seq = :n"
            run(connection, statement, b=changed, n=seq)

        assert shared.verify().fault == store.Fault(kind=FaultKind.CHANGED, seq=seq)

    @pytest.mark.parametrize("seq", range(1, LAST))
    def test_shows_what_is_gone(self, shared: store.StoredLedger, place: str, seq: int) -> None:
        """
        The first, and any between.
        """
        with behind_its_back(place) as connection:
            run(connection, "DELETE FROM rectiflow_event WHERE seq = :n", n=seq)

        assert shared.verify().fault == store.Fault(kind=FaultKind.MISSING, seq=seq)

    def test_shows_a_swap(self, shared: store.StoredLedger, place: str) -> None:
        """
        The first of the two is named.
        """
        with behind_its_back(place) as connection:
            for before, after in ((2, 99), (3, 2), (99, 3)):
                run(
                    connection,
                    "UPDATE rectiflow_event SET seq = :a WHERE seq = :b",
                    a=after,
                    b=before,
                )

        assert shared.verify().fault == store.Fault(kind=FaultKind.MISPLACED, seq=2)

    def test_shows_an_insertion(self, shared: store.StoredLedger, place: str) -> None:
        """
        A copy of an event put between two others.
        """
        with behind_its_back(place) as connection:
            for seq in (5, 4, 3):
                run(
                    connection,
                    "UPDATE rectiflow_event SET seq = :a WHERE seq = :b",
                    a=seq + 1,
                    b=seq,
                )
            run(
                connection,
                "INSERT INTO rectiflow_event SELECT ledger_id, 3, assignment, NULL, body, hash"
                " FROM rectiflow_event WHERE seq = 2",
            )

        assert shared.verify().fault == store.Fault(kind=FaultKind.MISPLACED, seq=3)

    @pytest.mark.parametrize(
        ("column", "value"), [("assignment", "7"), ("command", "'c2'"), ("assignment", "NULL")]
    )
    def test_shows_a_changed_column(
        self, shared: store.StoredLedger, place: str, column: str, value: str
    ) -> None:
        """
        What a database looks up by is compared with the body.
        """
        with behind_its_back(place) as connection:
            statement = f"UPDATE rectiflow_event SET {column} = {value} WHERE seq = 2"  # noqa: S608 -- our own words
            run(connection, statement)

        assert shared.verify().fault == store.Fault(kind=FaultKind.COLUMNS, seq=2)

    def test_shows_a_moved_ledger(self, place: str) -> None:
        """
        The chain is bound to the name: one ledger's log does not pass for another's.
        """
        with told(place) as shared, behind_its_back(place) as connection:
            run(connection, "UPDATE rectiflow_ledger SET name = 'another'")
            assert shared.named.name == "yuhui-2020"
        with store.open(place, "another") as shared:
            assert shared.verify().fault == store.Fault(kind=FaultKind.CHANGED, seq=1)


@pytest.fixture
def kept(place: str) -> Iterator[tuple[Database, list[Any]]]:
    """
    Give a ledger without guards, and its rows.
    """
    told(place).close()
    with behind_its_back(place) as connection:
        rows = run(connection, "SELECT * FROM rectiflow_event ORDER BY seq").mappings().all()
    database = Database(Address.of(place))
    yield database, [*rows]
    database.close()


def with_a_bit_changed(value: Any, bit: int) -> Any:
    """
    Change one bit of bytes, of a number, or of a short text; of nothing, make something.
    """
    if isinstance(value, bytes):
        found = bytearray(value)
        found[bit // 8 % len(found)] ^= 1 << bit % 8
        return bytes(found)
    if isinstance(value, str):
        # None of these is a NUL, which PostgreSQL takes in no text.
        return chr(ord(value[0]) ^ 1 << bit % 7) + value[1:]
    return (value or 0) ^ 1 << bit % 31


class TestEveryBit:
    """
    "Every single-bit change of a stored event is found by verify" -- issue 5
    """

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    @example(where=("body", 1), bit=8 * len('{"seq":'))
    @given(
        where=st.tuples(
            st.sampled_from(("body", "body", "hash", "assignment", "command", "seq")),
            st.integers(0, LAST - 1),
        ),
        bit=st.integers(0, 8 * 4000),
    )
    def test_of_an_event_is_found(
        self, kept: tuple[Database, list[Any]], where: tuple[str, int], bit: int
    ) -> None:
        """
        On either database, in its body, its hash or a column; nothing before it is blamed.
        """
        database, rows = kept
        column, place = where
        row, seq = rows[place], place + 1
        value = "x" if (column, row[column]) == ("command", None) else row[column]
        # A number that another event has is refused by the database itself.
        changed = with_a_bit_changed(value, bit % 28 + 3 if column == "seq" else bit)
        with database.writing() as connection:
            statement = f"UPDATE rectiflow_event SET {column} = :v WHERE seq = :n"  # noqa: S608 -- our own words
            run(connection, statement, v=changed, n=seq)
            fault = verify(connection, 1, LedgerName("yuhui-2020"), ()).fault
            connection.rollback()

        assert fault is not None
        assert fault.seq == seq
        assert fault.kind in {
            # The body's own number is one of its bits.
            "body": {FaultKind.CHANGED, FaultKind.MISPLACED},
            "hash": {FaultKind.CHANGED},
            "seq": {FaultKind.MISSING},
        }.get(column, {FaultKind.COLUMNS})

    def test_of_the_head_is_found(self, kept: tuple[Database, list[Any]]) -> None:
        """
        The number and hash of the last event, and which one holds the definition.
        """
        database, _ = kept
        columns = ("seq", "hash", "definition_seq")
        for column, bit in product(columns, (0, 7, 100, 255)):
            with database.writing() as connection:
                value = run(connection, f"SELECT {column} FROM rectiflow_ledger").scalar_one()  # noqa: S608 -- our own words
                statement = f"UPDATE rectiflow_ledger SET {column} = :v"  # noqa: S608 -- as above
                run(connection, statement, v=with_a_bit_changed(value, bit))
                fault = verify(connection, 1, LedgerName("yuhui-2020"), ()).fault
                connection.rollback()

            assert fault is not None
            assert fault.kind is FaultKind.HEAD


class TestTheAnchor:
    """
    "an exported head hash (anchor) detects truncation and a wholly rewritten log" -- issue 5
    """

    def test_shows_a_tail_cut_off_with_its_head(
        self, shared: store.StoredLedger, place: str
    ) -> None:
        """
        Without the anchor a shorter ledger is sound.
        """
        anchor = shared.anchor()
        with behind_its_back(place) as connection:
            run(connection, "DELETE FROM rectiflow_event WHERE seq = :n", n=LAST)
            statement = "SELECT hash FROM rectiflow_event WHERE seq = :n"
            head = run(connection, statement, n=LAST - 1).scalar_one()
            statement = "UPDATE rectiflow_ledger SET seq = :n, hash = :h"
            run(connection, statement, n=LAST - 1, h=head)

        assert shared.verify().sound
        assert shared.verify([anchor]).fault == store.Fault(kind=FaultKind.ANCHOR, seq=LAST)

    def test_shows_a_tail_cut_off_without_its_head(
        self, shared: store.StoredLedger, place: str
    ) -> None:
        """
        The head itself tells.
        """
        with behind_its_back(place) as connection:
            run(connection, "DELETE FROM rectiflow_event WHERE seq = :n", n=LAST)

        assert shared.verify().fault == store.Fault(kind=FaultKind.HEAD, seq=LAST)

    def test_shows_a_log_written_anew(self, place: str, tmp_path: Any) -> None:
        """
        A chain made afresh is sound in itself, and not the one the anchor was taken of.
        """
        with told(place) as shared:
            anchor = Anchor.parse(str(shared.anchor()))
        other = str(tmp_path / "other.db")
        moves = [rf.Move(ROW, UNIT, "self_check", date(2020, 6, 19))]
        ledger = rf.assign(rf.load("yuhui-2020"))
        with store.create(other, ledger, actor=OFFICE, recorded_at=NOW) as anew:
            for _ in range(4):
                anew.append(moves, actor=CLERK, recorded_at=NOW)
                move = rf.Move(ROW, UNIT, "send_back", DAY, to="assigned", reason="重做")
                anew.append([move], actor=OFFICE, recorded_at=NOW)
                moves = [rf.Move(ROW, UNIT, "self_check", DAY)]
            assert anew.verify().sound
            assert anew.verify([anchor]).fault == store.Fault(kind=FaultKind.ANCHOR, seq=LAST)

    @pytest.mark.parametrize("text", ["", "rectiflow-anchor/2 1 ab", "x" * 90])
    def test_is_read_strictly(self, text: str) -> None:
        """
        What is no anchor is refused, not taken for one that differs.
        """
        with pytest.raises(rf.InvalidValueError):
            Anchor.parse(text)


class TestTheProjection:
    """
    "Current state is a projection that can always be rebuilt" -- issue 5
    """

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE rectiflow_assignment SET stage = 'ongoing' WHERE number = 3",
            "UPDATE rectiflow_assignment SET seq = 4 WHERE number = 3",
            "UPDATE rectiflow_assignment SET unit = '区' WHERE number = 3",
            "DELETE FROM rectiflow_assignment WHERE number = 3",
            "INSERT INTO rectiflow_assignment VALUES (1, 999, 'x', 'y', 'assigned', 0)",
        ],
    )
    def test_is_compared_and_made_anew(
        self, shared: store.StoredLedger, place: str, statement: str
    ) -> None:
        """
        Whatever was done to it.
        """
        with behind_its_back(place) as connection:
            run(connection, statement)

        fault = shared.verify().fault
        assert fault is not None
        assert fault.kind is FaultKind.PROJECTION
        shared.rebuild()
        assert shared.verify().sound
