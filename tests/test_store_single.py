"""
A single event written at one blow: the same bytes as by the long way, and the same answers.
"""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

import rectiflow as rf
from rectiflow import store
from rectiflow.moments import CHINA_TIME
from rectiflow.store import Actor, OfficeRole, following, single, writing
from rectiflow.store.addresses import Address
from rectiflow.store.engines import Database
from rectiflow.store.writing import Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NOW = datetime(2020, 6, 20, 9, 30, tzinfo=CHINA_TIME)
DAY = date(2020, 6, 20)
ROW, UNIT = "2.1", "区城市管理局"
OFFICE = Actor("李主任", "区政府办公室", OfficeRole.SUPERVISOR)
CLERK = Actor("王五", UNIT, OfficeRole.RESPONSIBLE)
CHECK = rf.Move(ROW, UNIT, "self_check", DAY)
RECTIFY = rf.Move(ROW, UNIT, "rectify", DAY, note="整改完毕", evidence=("https://example/1",))
BACK = rf.Move(ROW, UNIT, "send_back", DAY, to="assigned", reason="重做")
EXTEND = rf.Move(
    ROW,
    UNIT,
    "adjust",
    DAY,
    milestone="rectified",
    adjustment=rf.Extension(5, "workday", granted_on=DAY),
)
RECEIVED = rf.Move(ROW, UNIT, "record", DAY, event="received")


def made(place: str, workflow: rf.Workflow | None = None) -> store.StoredLedger:
    """
    Make a ledger of the Yuhui list whose state is known to its process.
    """
    immediate = rf.After("received", 3, "workday")
    ledger = rf.assign(rf.load("yuhui-2020"), workflow=workflow, immediate=immediate)
    shared = store.create(place, ledger, actor=OFFICE, recorded_at=NOW)
    shared.ledger()
    return shared


@pytest.fixture
def shared(place: str) -> Iterator[store.StoredLedger]:
    """
    Give such a ledger.
    """
    with made(place) as found:
        yield found


@pytest.fixture
def long_way(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """
    Count the requests that went the long way, under the lock.
    """
    right: Any = Writer._written_under_lock
    taken: list[str] = []

    def counted(writer: Writer, asked: Any, **options: Any) -> Any:
        taken.append(asked.command)
        return right(writer, asked, **options)

    monkeypatch.setattr(Writer, "_written_under_lock", counted)
    return taken


def all_of_it(shared: store.StoredLedger) -> list[store.Receipt]:
    """
    Append one event of each kind, one at a time.
    """
    requests = [(CHECK, CLERK), (EXTEND, OFFICE), (RECTIFY, CLERK), (BACK, OFFICE)]
    requests += [(RECEIVED, CLERK), (CHECK, CLERK)]
    return [
        shared.append([move], actor=actor, recorded_at=NOW, command=f"c{n}", expected=n + 1)
        for n, (move, actor) in enumerate(requests)
    ]


class TestBothWays:
    """
    "single durable append ≤ 1.5 × bare" -- issue 5, and not a byte less
    """

    def test_write_the_same_bytes(
        self, place: str, long_way: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        """
        The whole log and every receipt are equal, and one never asks the database before.
        """
        with made(place) as shared:
            receipts = all_of_it(shared)
            log, state = list(shared.export()), shared.ledger()
            assert shared.verify([each.anchor for each in receipts]).sound
        assert long_way == []

        monkeypatch.setattr(Writer, "_written_at_once", lambda *_args: None)
        with made(str(tmp_path / "other.db")) as shared:
            assert all_of_it(shared) == receipts
            assert list(shared.export()) == log
            assert shared.ledger() == state
        assert long_way == [f"c{n}" for n in range(6)]

    def test_know_their_own_state_afterwards(self, shared: store.StoredLedger, place: str) -> None:
        """
        Nothing is read again, and it is what another process reads.
        """
        all_of_it(shared)
        state, seq = shared.ledger_and_seq()

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(following, "plain_rows", lambda *_args: pytest.fail("read again"))
            assert shared.ledger_and_seq() == (state, 7)
        with store.open(place) as again:
            assert again.ledger_and_seq() == (state, seq)

    def test_run_a_hook_once(self, place: str, long_way: list[str]) -> None:
        """
        An office's hook may send a letter: it is not left to a guess.
        """
        told = []
        workflow = rf.Workflow(hooks=[lambda step, _entry: told.append(step)])

        with made(place, workflow) as shared:
            shared.append([CHECK], actor=CLERK, recorded_at=NOW)

        assert len(told) == len(long_way) == 1


class TestSecond:
    """
    Who comes second by a hair is answered as ever.
    """

    @pytest.fixture
    def faster(self, shared: store.StoredLedger, place: str) -> Iterator[store.StoredLedger]:
        """
        Give another process, which wrote an event that *shared* has not seen.
        """
        del shared
        with store.open(place) as found:
            found.append([CHECK], actor=CLERK, recorded_at=NOW, command="faster")
            yield found

    def test_to_another_place_it_is_written_after_it(
        self, shared: store.StoredLedger, faster: store.StoredLedger, long_way: list[str]
    ) -> None:
        """
        By the long way, since the head moved on; the next one goes that way too.
        """
        other = Actor("赵六", "区卫生健康委", OfficeRole.RESPONSIBLE)
        for n, trigger in enumerate(("self_check", "rectify", "template")):
            move = rf.Move(ROW, "区卫生健康委", trigger, DAY)
            receipt = shared.append([move], actor=other, recorded_at=NOW, command=str(n))
            assert receipt.first == n + 3

        # It hopes again once nobody was in between.
        assert long_way == ["0", "1"]
        assert faster.verify().sound

    def test_on_a_stale_page_is_told_what_happened(
        self, shared: store.StoredLedger, faster: store.StoredLedger
    ) -> None:
        """
        The rules as it knew them would have let it through.
        """
        with pytest.raises(store.ConcurrencyError) as caught:
            shared.append([EXTEND], actor=OFFICE, recorded_at=NOW, expected=1)

        assert [event.seq for event in caught.value.meanwhile] == [2]
        assert faster.seq == 2

    @pytest.mark.parametrize(("day", "answer"), [(DAY, "done"), (date(2020, 6, 19), "reused")])
    def test_with_the_same_id_is_told_so(
        self, shared: store.StoredLedger, faster: store.StoredLedger, day: date, answer: str
    ) -> None:
        """
        The same request is done, another is a mistake, and neither is written.
        """
        move = rf.Move(ROW, UNIT, "self_check", day)

        def again() -> store.Receipt:
            return shared.append([move], actor=CLERK, recorded_at=NOW, command="faster")

        if answer == "done":
            assert again().already_done
        else:
            with pytest.raises(store.CommandReusedError):
                again()
        assert faster.seq == 2

    def test_with_the_id_of_what_it_has_seen(
        self, shared: store.StoredLedger, long_way: list[str]
    ) -> None:
        """
        The head is where it was: the unique index says it.
        """
        shared.append([RECEIVED], actor=CLERK, recorded_at=NOW, command="c")
        again = shared.append([RECEIVED], actor=CLERK, recorded_at=NOW, command="c")

        assert (again.first, again.already_done) == (2, True)
        assert long_way == ["c"]
        assert shared.seq == 2

    def test_another_file_in_its_place_is_read_anew(self, tmp_path: Path) -> None:
        """
        As many events as were seen are not the same events.
        """
        places = [str(tmp_path / name) for name in ("a.db", "b.db")]
        with made(places[0]) as shared:
            with made(places[1]) as other:
                other.append([CHECK], actor=CLERK, recorded_at=NOW)
                shared.append([RECEIVED], actor=CLERK, recorded_at=NOW)
                restored = other.ledger()
            with sqlite3.connect(places[1]) as good, sqlite3.connect(places[0]) as target:
                good.backup(target)
            good.close()
            target.close()

            # By either state it may be done.
            shared.append([EXTEND], actor=OFFICE, recorded_at=NOW)

            restored.apply([EXTEND], by="李主任", recorded_at=NOW)
            assert shared.ledger() == restored
            assert shared.verify().sound


def _waits(connection: sa.Connection) -> bool:
    asked = sa.text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
    return bool(connection.execute(asked).scalar_one())


class TestWaiting:
    """
    PostgreSQL: a statement that waited for a lock sees most of the database as it was before.
    """

    @pytest.fixture
    def while_it_waits(self, postgres_place: str) -> Iterator[Callable[..., Any]]:
        """
        Give what has one process write while another is in the midst of its own transaction.
        """
        with ThreadPoolExecutor(1) as pool, made(postgres_place) as slow:

            def run(first: Callable[[], object], place: str, owner: Any, name: str) -> Any:
                right = getattr(owner, name)
                started: list[Any] = []
                watching = Database(Address.of(postgres_place))
                with store.open(place) as quick, pytest.MonkeyPatch.context() as patched:
                    quick.ledger()

                    def in_the_midst(*args: Any) -> Any:
                        patched.undo()
                        done = right(*args)
                        ask = pool.submit(quick.append, [CHECK], actor=CLERK, recorded_at=NOW)
                        started.append(ask)
                        with watching.engine.connect() as connection:
                            while not (_waits(connection) or ask.done()):
                                connection.rollback()
                        return done

                    patched.setattr(owner, name, in_the_midst)
                    first()
                    receipt = started[0].result()
                watching.close()
                assert slow.verify().sound
                return receipt

            yield lambda *args: run(args[0](slow), *args[1:])

    def test_for_a_table_made_anew(
        self, while_it_waits: Callable[..., Any], postgres_place: str
    ) -> None:
        """
        The row that it brings up to date is the new one.
        """
        receipt = while_it_waits(lambda slow: slow.rebuild, postgres_place, writing, "lay_out")

        assert receipt.last == 2

    @pytest.mark.parametrize("level", ["read committed", "serializable"])
    def test_for_another_event(
        self, while_it_waits: Callable[..., Any], postgres_place: str, level: str
    ) -> None:
        """
        It finds the head moved on, also where the server's own rules are stricter than ours.
        """
        options = sa.make_url(postgres_place).query["options"]
        setting = f"{options} -cdefault_transaction_isolation={level.replace(' ', chr(92) + ' ')}"
        stricter = sa.make_url(postgres_place).update_query_dict({"options": setting})
        elsewhere = rf.Move(ROW, "区卫生健康委", "self_check", DAY)
        other = Actor("赵六", "区卫生健康委", OfficeRole.RESPONSIBLE)

        def writes(slow: store.StoredLedger) -> Callable[[], object]:
            moves = [elsewhere, rf.Move(ROW, "区卫生健康委", "rectify", DAY)]
            return lambda: slow.append(moves, actor=other, recorded_at=NOW)

        receipt = while_it_waits(
            writes, stricter.render_as_string(hide_password=False), writing, "project"
        )

        assert receipt.last == 4

    def test_the_connection_is_made_anew_once_it_is_lost(
        self, postgres_place: str, long_way: list[str]
    ) -> None:
        """
        What was asked meanwhile is a typed error, and done when it is asked again.
        """
        with made(postgres_place) as shared:
            shared.append([RECEIVED], actor=CLERK, recorded_at=NOW)
            shared._database._standing.connection.close()
            with pytest.raises(store.StoreUnavailableError):
                shared.append([CHECK], actor=CLERK, recorded_at=NOW, command="c")
            receipt = shared.append([CHECK], actor=CLERK, recorded_at=NOW, command="c")

        assert (receipt.last, receipt.already_done) == (3, False)
        assert long_way == []

    def test_only_what_came_second_goes_the_long_way(self) -> None:
        """
        A broken constraint and a strict server say so; whatever else fails is raised.
        """

        class StrictError(Exception):
            sqlstate = "40001"

        assert single._came_second(sqlite3.IntegrityError(), sqlite3)
        assert single._came_second(StrictError(), sqlite3)
        assert not single._came_second(sqlite3.OperationalError("disk I/O error"), sqlite3)
