"""
Many writers at once: no gap, no double, every refusal typed, and readers miss nothing.
"""

from __future__ import annotations

import os
import random
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from threading import Event as Signal
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

import rectiflow as rf
from rectiflow import store
from rectiflow.moments import CHINA_TIME
from rectiflow.store import Actor, EventKind, OfficeRole
from rectiflow.store.addresses import Address
from rectiflow.store.engines import Database

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2020, 6, 20, 9, 30, tzinfo=CHINA_TIME)
DAY = date(2020, 6, 20)
OFFICE = Actor("李主任", "区政府办公室", OfficeRole.SUPERVISOR)
ANYBODY = store.Policy(())
WRITERS, HOT = 16, 50
# A count here, where time is dear, and the whole three seconds in `make soak`.
TRIES, SECONDS = (10_000, 3.0) if os.environ.get("HYPOTHESIS_PROFILE") == "deep" else (12, 600.0)


def opened(place: str) -> store.StoredLedger:
    """
    Open it under a policy that lets everybody do everything.
    """
    return store.open(place, policy=ANYBODY)


@pytest.fixture
def there(place: str) -> str:
    """
    Give the place of a new ledger.
    """
    ledger = rf.assign(rf.load("yuhui-2020"))
    store.create(place, ledger, actor=OFFICE, recorded_at=NOW).close()
    return place


def a_move(held: rf.Assignment, chance: random.Random) -> rf.Move:
    """
    Ask for the next stage, or now and then for the way back.
    """
    where = (held.row.id, held.unit.name)
    following = held.path.next_after(held.stage)
    if following is None or (held.stage is not rf.Stage.ASSIGNED and chance.random() < 0.2):
        return rf.Move(*where, "send_back", DAY, to="assigned", reason="重做")
    triggers = dict(zip(list(rf.Stage)[1:], rf.Trigger, strict=False))
    return rf.Move(*where, triggers[following], DAY)


def write(place: str, seed: int) -> tuple[int, int]:
    """
    Try moves for a while, each on a page that others may have overtaken; count what was written.
    """
    chance, done, overtaken = random.Random(seed), 0, 0  # noqa: S311 -- no secret
    with opened(place) as shared:
        ledger, seen = shared.ledger_and_seq()
        hot = list(ledger)[:HOT]
        end = time.monotonic() + SECONDS
        for n in range(TRIES):
            if time.monotonic() > end:
                break
            held = chance.choice(hot)
            move = a_move(ledger[held.row.id, held.unit.name], chance)
            actor = Actor(f"甲{seed}", held.unit.name)
            try:
                receipt = shared.append(
                    [move], actor=actor, recorded_at=NOW, command=f"{seed}-{n}", expected=seen
                )
            except (store.ConcurrencyError, rf.BatchRefusedError):
                overtaken += 1
            else:
                assert not receipt.already_done
                done += 1
            if chance.random() < 0.3:
                ledger, seen = shared.ledger_and_seq()
    return done, overtaken


class TestManyWriters:
    """
    "16 writers on 50 hot assignments for 3 s: no gap, no double, … every refusal typed" -- issue 5
    """

    def test_leave_a_log_without_gaps(self, there: str) -> None:
        """
        Whatever raised anything untyped would fail its writer.
        """
        with ThreadPoolExecutor(WRITERS) as pool:
            counts = list(pool.map(write, [there] * WRITERS, range(WRITERS)))

        done = sum(each for each, _ in counts)
        with opened(there) as shared:
            events = list(shared.events())
            assert [event.seq for event in events] == list(range(1, done + 2))
            assert len({event.record.command for event in events[1:]}) == done
            assert all(each + overtaken for each, overtaken in counts)
            assert shared.verify().sound
            assert shared.ledger().apply([]) == ()

    def test_of_one_command_do_it_once(self, there: str) -> None:
        """
        Eight tries of the same request at once: one writes, seven are told.
        """
        move = rf.Move("2.1", "区城市管理局", "self_check", DAY)

        def once(_n: int) -> bool:
            with opened(there) as shared:
                receipt = shared.append(
                    [move], actor=OFFICE, recorded_at=NOW, command="c", expected=1
                )
                assert (receipt.first, receipt.last) == (2, 2)
                return receipt.already_done

        with ThreadPoolExecutor(8) as pool:
            told = list(pool.map(once, range(8)))

        assert sorted(told) == [False] + [True] * 7

    def test_of_two_ledgers_never_wait_for_each_other(self, postgres_place: str) -> None:
        """
        While somebody holds the head of one, the other is written, one event or two.

        The first is waited for.  SQLite has one writer for the whole file.
        """
        ledger = rf.assign(rf.load("yuhui-2020"))
        for name in "ab":
            store.create(postgres_place, ledger, name=name, actor=OFFICE, recorded_at=NOW).close()
        url = sa.make_url(postgres_place)
        options = f"{url.query['options']} -clock_timeout=50"
        url = url.update_query_dict({"options": options})
        impatient = url.render_as_string(hide_password=False)
        triggers = ("self_check", "rectify", "template")
        moves = [rf.Move("2.1", "区城市管理局", each, DAY) for each in triggers]
        database = Database(Address.of(postgres_place))
        with (
            store.open(impatient, "a", policy=ANYBODY) as held,
            store.open(impatient, "b", policy=ANYBODY) as free,
        ):
            with database.writing() as connection:
                connection.execute(
                    sa.text("UPDATE rectiflow_ledger SET seq = seq WHERE name = 'a'")
                )
                for batch in (moves[:2], moves[2:]):
                    free.append(batch, actor=OFFICE, recorded_at=NOW)
                with pytest.raises(store.StoreLockedError):
                    held.append(moves, actor=OFFICE, recorded_at=NOW)
            assert (free.seq, held.seq) == (4, 1)
        database.close()

    def test_make_one_store_between_them(self, place: str) -> None:
        """
        Six ledgers at once where there is no table yet.
        """
        ledger = rf.assign(rf.load("yuhui-2020"))
        names = [f"campaign-{n}" for n in range(6)]

        def make(name: str) -> None:
            store.create(place, ledger, name=name, actor=OFFICE, recorded_at=NOW).close()

        with ThreadPoolExecutor(len(names)) as pool:
            list(pool.map(make, names))

        assert {each.name for each in store.ledgers(place)} == set(names)


class TestPolling:
    """
    "A reader that polls ``seq >`` never misses a row" -- issue 5
    """

    def test_misses_nothing_under_load(self, there: str) -> None:
        """
        The reader asks as fast as it can while four write, and sees 1, 2, 3, … to the end.
        """
        over = Signal()

        def read() -> list[int]:
            seen: list[int] = []
            with opened(there) as shared:
                while True:
                    last = over.is_set()
                    found = shared.poll(seen[-1] if seen else 0, limit=7)
                    seen += (event.seq for event in found)
                    if last and not found:
                        return seen

        with ThreadPoolExecutor(5) as pool:
            reader = pool.submit(read)
            done = sum(each for each, _ in pool.map(write, [there] * 4, range(4)))
            over.set()
            seen = reader.result()

        assert seen == list(range(1, done + 2))

    def test_sees_no_number_before_a_smaller_one(self, there: str) -> None:
        """
        While one holds the head, nobody else gets a number.
        """
        database = Database(Address.of(there))
        move = rf.Move("2.1", "区城市管理局", "self_check", DAY)
        with ThreadPoolExecutor(1) as pool, opened(there) as shared:
            with database.writing() as connection:
                connection.execute(sa.text("UPDATE rectiflow_ledger SET seq = seq"))
                later = pool.submit(shared.append, [move], actor=OFFICE, recorded_at=NOW)
                assert not later.done()
                assert [event.kind for event in opened_events(there)] == [EventKind.OPENED]
            assert later.result(30).first == 2
        database.close()


class TestReadingWhileOthersWrite:
    """
    "``rectiflow verify`` proves that it equals the events" -- issue 5
    """

    def test_verify_and_export_are_of_one_moment(self, there: str) -> None:
        """
        Nobody who only appends is taken for one who tampered, nor tears an export.
        """
        over = Signal()

        def read() -> list[store.Fault | None]:
            faults: list[store.Fault | None] = []
            with opened(there) as shared:
                while not (over.is_set() and faults):
                    faults.append(shared.verify().fault)
                    head, *lines = shared.export()
                    assert f'"seq":{len(lines)},' in head
            return faults

        with ThreadPoolExecutor(3) as pool:
            reader = pool.submit(read)
            assert sum(done for done, _ in pool.map(write, [there] * 2, range(2)))
            over.set()
            faults = reader.result()

        assert set(faults) == {None}

    def test_a_reading_shows_what_its_first_statement_saw(self, postgres_place: str) -> None:
        """
        What is committed meanwhile belongs to the next reading; a SQLite file waits instead.
        """
        ledger = rf.assign(rf.load("yuhui-2020"))
        store.create(postgres_place, ledger, actor=OFFICE, recorded_at=NOW).close()
        move = rf.Move("2.1", "区城市管理局", "self_check", DAY)
        database = Database(Address.of(postgres_place))
        count = sa.text("SELECT count(*) FROM rectiflow_event")
        with opened(postgres_place) as shared:
            with database.reading() as connection:
                before = connection.scalar(count)
                shared.append([move], actor=OFFICE, recorded_at=NOW)
                assert connection.scalar(count) == before == 1
            with database.reading() as connection:
                assert connection.scalar(count) == 2
        database.close()


def opened_events(place: str) -> tuple[store.Event, ...]:
    """
    Read all events over a connection of one's own.
    """
    with opened(place) as shared:
        return shared.poll()


class TestTryingAgain:
    """
    "One ``retryable(exc)`` hook for 40001/40P01/SQLITE_BUSY with jitter" -- issue 5
    """

    def test_waits_longer_each_time_and_differently(self) -> None:
        """
        What passes by itself is tried again, with a random wait that doubles.
        """
        waits: list[float] = []
        outcomes = [store.StoreLockedError(store="x")] * 2

        def action() -> str:
            if outcomes:
                raise outcomes.pop()
            return "done"

        found = store.retrying(action, base_seconds=1, sleep=waits.append, jitter=lambda: 0.5)

        assert found == "done"
        assert waits == [0.5, 1.0]

    def test_gives_up_in_the_end_and_at_once_for_others(self) -> None:
        """
        The last error is the caller's, and a full disk does not pass by waiting.
        """
        tries: list[int] = []

        def locked() -> None:
            tries.append(1)
            raise store.StoreLockedError(store="x")

        with pytest.raises(store.StoreLockedError):
            store.retrying(locked, attempts=3, sleep=lambda _: None)
        assert len(tries) == 3

        def full() -> None:
            tries.append(1)
            raise store.StoreFullError(store="x")

        with pytest.raises(store.StoreFullError):
            store.retrying(full, sleep=lambda _: None)
        assert len(tries) == 4

    @pytest.mark.parametrize(
        ("state", "again"),
        [("40001", True), ("40P01", True), ("55P03", True), ("42P01", False), ("53100", False)],
    )
    def test_knows_the_states_of_postgresql(self, state: str, again: bool) -> None:  # noqa: FBT001 -- the answer
        """
        Serialisation failures, deadlocks and lock timeouts, and no others.
        """
        original = type("Refused", (Exception,), {"sqlstate": state})()

        assert store.retryable(original) is again
        assert store.retryable(sa.exc.OperationalError("", {}, original)) is again

    def test_knows_a_busy_file(self, tmp_path: Path) -> None:
        """
        As SQLite itself says it.
        """
        path = tmp_path / "busy.db"
        holder, other = (sqlite3.connect(path, isolation_level=None, timeout=0) for _ in "ab")
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.OperationalError) as caught:
            other.execute("BEGIN IMMEDIATE")
        holder.close()
        other.close()

        assert store.retryable(caught.value)
        assert not store.retryable(ValueError())
