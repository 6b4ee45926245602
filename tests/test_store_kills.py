"""
Writers, servers and journals that break in the midst of a commit; `make soak` breaks many more.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from threading import Barrier, Lock, Thread
from typing import TYPE_CHECKING

import pytest
from simulation import kills
from simulation.journals import JOURNALS, LINES, after, left_by_a_crash, tried
from simulation.office import NOON, SUPERVISOR, assigned

from rectiflow import store
from rectiflow.testing.postgres import PostgresServer

if TYPE_CHECKING:
    from collections.abc import Iterator

TESTS = Path(__file__).parent
DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"


def test_a_killed_writer_loses_nothing_acknowledged() -> None:
    """
    Kill -9 at random points: nothing lost, nothing in part, and a retry settles what was unknown.
    """
    # In a process of its own, since it forks.
    done = subprocess.run(  # noqa: S603 -- our own module
        [sys.executable, "-m", "simulation.kills", "--rounds", "40" if DEEP else "3"],
        env={**os.environ, "PYTHONPATH": str(TESTS)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.count("acknowledged") == 2


class TestJournals:
    """
    "Torn and bit-flipped journal: a whole-transaction prefix or a clear error." -- issue 5
    """

    @pytest.mark.parametrize("wal", [False, True])
    def test_as_a_crash_left_them_are_before_or_after(self, wal: bool) -> None:  # noqa: FBT001 -- which journal
        """
        At every step of a commit: the append is there as a whole, or not at all.
        """
        seen = {after(image, wal=wal) for image in left_by_a_crash(wal=wal)}

        assert "2" in seen
        assert seen <= {"2", "3"}

    def test_that_are_damaged_are_a_prefix_or_said_to_be(self) -> None:
        """
        Nothing in part, nothing twice, nothing invented without a word.
        """
        seen = Counter(tried(range(20_000 if DEEP else 150)))

        assert not [each for each in seen if each[1].startswith("silent")]
        # Both happen: else the damage would do none.
        assert any(said not in "0123" for _, said in seen)
        assert any(said in "0123" for _, said in seen)

    def test_that_are_gone_are_not_noticed_without_an_anchor(self) -> None:
        """
        Why an anchor goes on every report: a log whose tail is gone is sound by itself.
        """
        image = dict(left_by_a_crash(wal=True)[-1])
        image[JOURNALS[True]] = b""

        assert after(image, wal=True) == "0"


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    """
    Give a PostgreSQL that syncs, to be killed.
    """
    with PostgresServer(durable=True) as running:
        yield running


class _Writers:
    """
    Some threads, each with a ledger of its own, that append till the server is gone.
    """

    def __init__(self, url: str, units: list[str], first: int) -> None:
        self.url, self.units, self.lock = url, units, Lock()
        self.done = dict.fromkeys(units, first)
        self.anchors: list[store.Anchor] = []
        self.met: list[Exception] = []
        self.enough = Barrier(len(units) + 1)

    def write(self, unit: str) -> None:
        with store.open(self.url, policy=kills.OPEN) as shared:
            try:
                for more in range(100_000):
                    receipt = self.append(shared, unit)
                    with self.lock:
                        self.anchors.append(receipt.anchor)
                        self.done[unit] += 1
                    if more == 5:
                        self.enough.wait()
            except store.StoreError as error:
                with self.lock:
                    self.met.append(error)

    def append(self, shared: store.StoredLedger, unit: str) -> store.Receipt:
        number = self.done[unit]
        moves = kills.request(number, LINES, unit)
        command = f"{unit}-{number}"
        return shared.append(moves, actor=SUPERVISOR, recorded_at=NOON, command=command)


@pytest.mark.parametrize("time", range(10 if DEEP else 1))
def test_a_killed_server_loses_nothing_acknowledged(server: PostgresServer, time: int) -> None:
    """
    With fsync on, four writers under way, and SIGKILL for every process of the server.
    """
    units = [each.unit.name for each in assigned()]
    if not time:
        made = store.create(server.url, assigned(), actor=SUPERVISOR, recorded_at=NOON)
        made.close()
    with store.open(server.url) as shared:
        before = Counter(event.record.command for event in shared.events(1))
    writers = _Writers(server.url, units, len(before) // len(units))
    threads = [Thread(target=writers.write, args=(unit,)) for unit in units]
    for each in threads:
        each.start()
    writers.enough.wait()
    server.kill()
    for each in threads:
        each.join()
    server.start()

    with store.open(server.url, policy=kills.OPEN) as shared:
        assert len(writers.met) == len(units), "a writer went on without a server"
        assert shared.verify(writers.anchors).sound
        counts = Counter(event.record.command for event in shared.events(1))
        for unit in units:
            known = [f"{unit}-{n}" for n in range(writers.done[unit])]
            assert set(known) <= counts.keys()
            under_way = f"{unit}-{writers.done[unit]}" in counts
            assert writers.append(shared, unit).already_done == under_way
            writers.done[unit] += 1
        assert shared.seq == 1 + LINES * sum(writers.done.values())
        counts = Counter(event.record.command for event in shared.events(1))
        assert set(counts.values()) == {LINES}


def test_a_disk_is_full_for_the_whole_of_a_batch(tmp_path: Path) -> None:
    """
    A real file that may not grow: the error says so, nothing is kept, and with room it goes on.
    """
    place = tmp_path / "ledger.db"
    made = store.create(place, assigned(), actor=SUPERVISOR, recorded_at=NOON, policy=kills.OPEN)
    with made as shared:
        raw = shared._database.engine.raw_connection()
        (pages,) = raw.execute("PRAGMA page_count").fetchone()
        raw.execute(f"PRAGMA max_page_count={pages + 1}")
        raw.close()
        with pytest.raises(store.StoreFullError) as caught:
            kills.append(shared, 0, 1000)
        assert "full" in caught.value.text("en")
        assert shared.verify().sound
        assert shared.seq == 1
        raw = shared._database.engine.raw_connection()
        raw.execute("PRAGMA max_page_count=100000")
        raw.close()
        assert kills.append(shared, 0, 1000).last == 1001
