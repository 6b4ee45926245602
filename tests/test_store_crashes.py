"""
The machine that drives a store beside a model, on a disk that crashes and fills up under it.
"""

from __future__ import annotations

import shutil
import weakref
from contextlib import suppress
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule, run_state_machine_as_test
from simulation.bugs import BUGS
from simulation.disk import Disk
from simulation.driver import on_disk

import rectiflow as rf
from rectiflow import store
from rectiflow.store import OutboxState
from rectiflow.testing import StoreMachine
from rectiflow.testing.store_files import CLERK, NOW, Lease, created
from rectiflow.testing.stores import SharedStore

if TYPE_CHECKING:
    from collections.abc import Callable
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


_Seen = tuple[tuple[object, ...], ...]
_FACTS: dict[str, Any] = {"actor": CLERK, "recorded_at": NOW}
_ROSTER = rf.Roster(id="名录")


def _migrate(shared: store.StoredLedger, n: int, command: str) -> None:
    immediate = rf.After("received", n, "workday")
    shared.migrate(immediate=immediate, command=command, **_FACTS)


def _change_roster(shared: store.StoredLedger, _n: int, command: str) -> None:
    shared.change_roster(_ROSTER, command=command, **_FACTS)


def _confirm(shared: store.StoredLedger, n: int, command: str) -> None:
    # What is not done, or confirmed already, is refused: once, under one id.
    unit, milestone = f"单位{n % 2}", ("self_checked", "rectified", "templated")[n % 3]
    with suppress(store.NotConfirmableError):
        shared.confirm("1", unit, milestone, at=date(2021, 6, 30), command=command, **_FACTS)


def _remind(shared: store.StoredLedger, n: int, _command: str) -> None:
    shared.remind(date(2020, 6, 20), date(2020, 6, 20) + timedelta(days=n), **_FACTS)


def _events(shared: store.StoredLedger) -> _Seen:
    return (tuple(event.hash for event in shared.events()),)


def _outbox(shared: store.StoredLedger) -> _Seen:
    return tuple(shared.outbox(state) for state in OutboxState)


_DEEDS: dict[str, tuple[Callable[[store.StoredLedger, int, str], None], Callable[..., _Seen]]] = {
    "change_roster": (_change_roster, _events),
    "confirm": (_confirm, _events),
    "migrate": (_migrate, _events),
    "remind": (_remind, _outbox),
}


class CrashingMachine(StoreMachine):
    """
    Crashes at any step of an append, power cuts, full disks, and opening anew after each.
    """

    make = OnDisk
    asked = 0

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

    @rule(
        deed=st.sampled_from(sorted(_DEEDS)),
        n=st.integers(1, 9),
        steps=st.integers(1, 32),
        power=st.booleans(),
        lot=st.integers(),
    )
    def crash_another_deed(self, deed: str, n: int, steps: int, lot: int, *, power: bool) -> None:
        """
        Fail in the midst of what is no move, open anew, and ask for it again: it is done once.
        """
        ask, seen = _DEEDS[deed]
        self.asked += 1
        before = seen(self._first())
        self.disk.lot.seed(lot)
        self.disk.fails_at = self.disk.steps + steps
        self.disk.loses_power = power
        acknowledged = True
        try:
            ask(self._first(), n, f"d-{self.asked}")
        except store.StoreError:
            acknowledged = False
        self._open_anew()
        there = seen(self._first())
        ask(self._first(), n, f"d-{self.asked}")
        after = seen(self._first())
        assert there in {before, after}, "done in part, or twice"
        assert there == after or not acknowledged, "acknowledged and lost"
        assert all(len(set(each)) == len(each) for each in after)

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

    def _first(self) -> store.StoredLedger:
        shared = self._handle(0)
        assert isinstance(shared, SharedStore)
        return shared._stored

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


def test_what_was_said_to_be_done_outlives_a_power_cut(tmp_path: Path) -> None:
    """
    Killed at the last steps of a commit, asked for again and told it is done, and the power goes.

    Whoever comes after a kill may see what is not on the disk yet.
    """
    move = rf.Move("1", "单位0", "self_check", date(2020, 6, 30))
    facts: dict[str, Any] = {**_FACTS, "command": "c"}
    seen = []
    for step, lot in product(range(29, 32), range(5)):
        disk = Disk(Random(lot))
        with on_disk(disk, wal=False):
            folder = tmp_path / f"{step}-{lot}"
            folder.mkdir()
            anew = Anew(folder)
            shared = anew.opened()
            shared.ledger()
            disk.steps, disk.fails_at, disk.loses_power = 0, step, False
            with suppress(store.StoreError):
                shared.append([move], **facts)
            anew.close()
            disk.next_life()
            done = anew.opened().append([move], **facts).already_done
            anew.close()
            disk.loses_power = True
            disk.next_life()
            if done:
                seen.append(anew.opened().seq)
            anew.close()
    assert set(seen) == {2}
