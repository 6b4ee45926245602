"""
The machine that drives a store beside a model, on a disk that crashes and fills up under it.
"""

from __future__ import annotations

import shutil
import weakref
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule, run_state_machine_as_test
from simulation.bugs import BUGS
from simulation.disk import Disk
from simulation.driver import on_disk

from rectiflow import store
from rectiflow.testing import StoreMachine
from rectiflow.testing.store_files import Lease, created
from rectiflow.testing.stores import SharedStore

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from rectiflow.testing.stores import Kept

_UNIT, _DAYS = st.sampled_from(("单位0", "单位1")), st.integers(0, 5)
# A dozen steps reach what a crash can spoil; most time goes into opening anew.
QUIET = settings(
    max_examples=12, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
)
DEEP = settings(QUIET, max_examples=1500, stateful_step_count=30)


class Anew(Lease):
    """
    A store made anew on the simulated disk that is in, with all who have it open.
    """

    def __init__(self, folder: Path) -> None:
        self.file = folder / "ledger.db"
        self.holders: list[store.StoredLedger] = []
        created(self.file)
        # Whether there is a file is asked of the real disk.
        self.file.touch()

    @property
    def place(self) -> Path:
        """
        The file.
        """
        return self.file

    def opened(self) -> store.StoredLedger:
        """
        Open it, its definition read and compared.
        """
        self.holders.append(store.open(self.file, policy=store.Policy(())))
        return self.holders[-1]

    def close(self) -> None:
        """
        Close whoever has it open.
        """
        while self.holders:
            self.holders.pop().close()


class OnDisk(SharedStore):
    """
    The library's own store on the simulated disk that is in.
    """

    def __init__(self) -> None:
        folder = Path(mkdtemp(prefix="rectiflow-crashes-"))
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        self._lease: Lease = Anew(folder)
        self._stored = self._lease.opened()


class CrashingMachine(StoreMachine):
    """
    Crashes at any step of an append, power cuts, full disks, and opening anew after each.
    """

    make = OnDisk

    @initialize()
    def open(self) -> None:
        """
        Put a disk in first.
        """
        self.disk = Disk(Random(0))
        self.inside: AbstractContextManager[None] = on_disk(self.disk, wal=False)
        self.inside.__enter__()
        super().open()
        # Its folder goes when it does.
        self.made = self.handles[0]

    @rule(unit=_UNIT, days=_DAYS, steps=st.integers(1, 32), power=st.booleans(), lot=st.integers())
    def crash(self, unit: str, days: int, steps: int, lot: int, *, power: bool) -> None:
        """
        Fail in the midst of an append, open anew, and send it again.
        """
        move, command = self._legal(unit, days), f"c-{len(self.commands)}"
        self.disk.lot.seed(lot)
        self.disk.fails_at = self.disk.steps + steps
        self.disk.loses_power = power
        acknowledged = True
        try:
            self._handle(0).append([move], command=command)
        except store.StoreError:
            acknowledged = False
        self._open_anew()
        if acknowledged:
            assert self._moves() == len(self.kept) + 1, "acknowledged and lost"
        self._handle(0).append([move], command=command)
        self._keep(move)
        self.commands.append([move])

    @rule(unit=_UNIT, days=_DAYS, room=st.integers(0, 20_000))
    def fill_up(self, unit: str, days: int, room: int) -> None:
        """
        Let the disk fill up in the midst of an append: it is there, or nothing of it is.
        """
        move, command = self._legal(unit, days), f"c-{len(self.commands)}"
        self.disk.room = room
        try:
            self._handle(0).append([move], command=command)
        except store.StoreFullError:
            assert self._moves() == len(self.kept)
            return
        finally:
            self.disk.room = None
        self._keep(move)
        self.commands.append([move])

    def _moves(self) -> int:
        found: list[Kept] = list(self._handle(0).events())
        return len(found)

    def _open_anew(self) -> None:
        count, first = len(self.handles), self.handles[0]
        self._close_all()
        self.disk.next_life()
        self.handles = [first.again() for _ in range(count)]
        again = self.handles[0]
        assert isinstance(again, SharedStore)
        assert again.is_sound()

    def _close_all(self) -> None:
        for each in self.handles[:1]:
            assert isinstance(each, SharedStore)
            assert isinstance(each._lease, Anew)
            each._lease.close()

    def teardown(self) -> None:
        """
        Take the disk out.
        """
        self._close_all()
        if hasattr(self, "inside"):
            self.inside.__exit__(None, None, None)


def test_the_store_stays_beside_its_model() -> None:
    """
    Whatever crashes, every handle sees every move that was acknowledged, and no other.
    """
    deep = settings.default is not None and settings.default.max_examples >= 1000
    run_state_machine_as_test(CrashingMachine, settings=DEEP if deep else QUIET)


@pytest.mark.parametrize("name", ["full-sync", "head-apart"])
def test_the_machine_falls_on_a_planted_bug(name: str) -> None:
    """
    A machine that never fails proves nothing.
    """
    (bug,) = (each for each in BUGS if each.name == name)
    # Where it fails is of no interest: nothing is shrunk.
    many = settings(QUIET, max_examples=100, derandomize=True, phases=[Phase.generate])

    with bug.on(), pytest.raises((AssertionError, store.StoreError)):
        run_state_machine_as_test(CrashingMachine, settings=many)
