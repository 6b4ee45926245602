"""
The store on a simulated disk; `make soak` runs a hundred thousand seeds, and CI five hundred.
"""

from __future__ import annotations

from random import Random

import pytest
from simulation.__main__ import MOST_SEEDS, found_by
from simulation.bugs import BUGS, Bug
from simulation.disk import SECTOR, Disk, DiskFile, DiskFullError
from simulation.office import run

SEEDS = range(60)

pytestmark = pytest.mark.unmeasured  # see conftest.py


def test_nothing_acknowledged_is_lost() -> None:
    """
    Whatever the disk forgets, tears or refuses, the store answers as the model does.
    """
    for seed in SEEDS:
        run(seed)


def test_one_seed_is_one_run() -> None:
    """
    What a seed found is found again: two runs write the same to the disk.
    """
    assert run(7) == run(7)
    assert run(7) != run(8)


@pytest.mark.parametrize("bug", BUGS, ids=[bug.name for bug in BUGS])
def test_planted_bugs_are_found(bug: Bug) -> None:
    """
    A store that makes this mistake is caught.
    """
    assert found_by(bug, range(MOST_SEEDS)) is not None


class TestDisk:
    """
    "a disk that tears, zero-fills, loses power and fills up" -- issue 5
    """

    OLD, NEW = b"o" * 2 * SECTOR, b"n" * 2 * SECTOR

    def _left(self, *, synced: bool) -> set[bytes]:
        left = set()
        for seed in range(200):
            file = DiskFile(bytearray(self.OLD), self.OLD)
            file.put(0, self.NEW)
            if synced:
                file.sync()
            left.add(file.after_power_loss(Random(seed)))
        return left

    def test_a_write_that_was_not_synced_ends_in_any_way(self) -> None:
        """
        All of it, nothing, a half, a torn sector, zeros.
        """
        left = self._left(synced=False)

        assert {self.OLD, self.NEW, self.NEW[:SECTOR] + self.OLD[SECTOR:]} <= left
        assert any(bytes(SECTOR) in each for each in left)
        assert any(0 < each[:SECTOR].count(b"n") < SECTOR for each in left)

    def test_a_write_that_was_synced_stays(self) -> None:
        """
        Every time.
        """
        assert self._left(synced=True) == {self.NEW}

    def test_a_removed_name_may_come_back(self) -> None:
        """
        Unless the directory was synced, which is what SQLite's EXTRA is for.
        """
        back = set()
        for sync in (False, True):
            for seed in range(20):
                disk = Disk.holding({"journal": b"hot"}, Random(seed))
                disk.remove("journal", sync=sync)
                disk.next_life()
                back.add((sync, "journal" in disk.files))

        assert back == {(False, False), (False, True), (True, False)}

    def test_a_killed_process_loses_nothing(self) -> None:
        """
        The cache is the system's: that is why kill -9 alone proves nothing of syncs.
        """
        disk = Disk.holding({}, Random(0))
        disk.files["a"] = DiskFile()
        disk.write(disk.files["a"], 0, b"x")
        disk.loses_power = False
        disk.next_life()

        assert disk.image() == {"a": b"x"}

    def test_it_fills_up(self) -> None:
        """
        The last byte that fits is taken, and the next is not.
        """
        disk = Disk.holding({"a": b""}, Random(0))
        disk.room = 2
        disk.write(disk.files["a"], 0, b"xy")
        with pytest.raises(DiskFullError):
            disk.write(disk.files["a"], 2, b"z")

        assert disk.image() == {"a": b"xy"}
