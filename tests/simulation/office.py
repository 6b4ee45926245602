"""
Clerks with stale pages and skewed clocks at one stored ledger, beside a model that knows the truth.

Each run follows from its seed alone.  The model is the core's own ledger in memory with a list of
what was written; the store must answer as it says, whatever the disk did in between.
"""

from __future__ import annotations

import tempfile
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NoReturn

import attrs
import msgspec

import rectiflow as rf
from rectiflow import store
from rectiflow.moments import CHINA_TIME
from rectiflow.store.addresses import Address
from rectiflow.store.engines import Database
from rectiflow.store.finding import find_ledger

from .disk import Disk
from .driver import on_disk

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "BrokenError",
    "Office",
    "assigned",
    "forget_engines",
    "fresh",
    "let_go",
    "opened",
    "run",
]

NOON = datetime(2020, 6, 20, 12, tzinfo=CHINA_TIME)
SUPERVISOR = store.Actor("李主任", "区政府办公室", "supervisor")
# Paths of the store are looked at on the real disk too: an empty file stands there.
_PLACE = Path(tempfile.gettempdir()) / "rectiflow-simulation.db"
_STEPS = 14


class BrokenError(AssertionError):
    """
    The store did what it must not.
    """


@cache
def small_list() -> rf.RectificationList:
    """
    Give one row of the Yuhui list, with four units.
    """
    rl = rf.load("yuhui-2020")
    return attrs.evolve(rl, id="small", rows={"4.1": rl.rows["4.1"]}, doubts=())


@cache
def _calendar() -> rf.WorkCalendar:
    # A store lays its tables down anew at every opening: one year is enough.
    first, last = date(2020, 1, 1), date(2021, 6, 30)
    return rf.WorkCalendar(name="2020", known_from=first, known_until=last)


def assigned() -> rf.Ledger:
    """
    Assign the small list, with a calendar of its own.
    """
    return rf.assign(small_list(), calendar=_calendar())


@cache
def fresh(*, wal: bool) -> dict[str, bytes]:
    """
    Give the files of a store just made, on a disk that works: most runs begin with it.
    """
    disk = Disk(Random(0))
    with on_disk(disk, wal=wal):
        _create().close()
    return disk.image()


def _create() -> store.StoredLedger:
    _PLACE.touch()
    ledger = assigned()
    return store.create(_PLACE, ledger, actor=SUPERVISOR, recorded_at=NOON)


@attrs.define(eq=False)
class Clerk:
    """
    Somebody at a page, in a process of their own.

    Attributes:
        actor: Who.
        skew: How far their clock is off.
        shared: The store as their process has it.
        page: What they see, as it was when they last looked.
        seq: Up to which event.
    """

    actor: store.Actor
    skew: timedelta
    shared: store.StoredLedger
    page: rf.Ledger
    seq: int


@attrs.frozen(kw_only=True)
class Request:
    """
    What a clerk sends, and sends again as it was.
    """

    command: str
    actor: store.Actor
    recorded_at: datetime
    moves: tuple[rf.Move, ...]
    expected: int | None


@attrs.define(eq=False)
class Truth:
    """
    What must be in the store.

    Attributes:
        ledger: The state.
        events: For each event after the first: command, person, when recorded, row and unit.
        done: By command: its request, its first and its last event.
        tried: The commands of attempts: sent again, they are no others.
        anchors: Of all that was acknowledged.
    """

    ledger: rf.Ledger
    events: list[tuple[str, str, datetime, str, str]] = attrs.field(factory=list)
    done: dict[str, tuple[Request, int, int]] = attrs.field(factory=dict)
    tried: set[str] = attrs.field(factory=set)
    anchors: list[store.Anchor] = attrs.field(factory=list)

    def answer(self, asked: Request) -> tuple[str, object]:
        """
        Say how the store must answer, and do the same here.
        """
        if asked.command in self.done:
            before, first, last = self.done[asked.command]
            if before.moves != asked.moves:
                return "CommandReusedError", first
            return "already done", (first, last)
        foreign = [m for m in asked.moves if _is_foreign(asked.actor, m)]
        if foreign:
            self._attempted(asked, foreign)
            return "NotPermittedError", len(foreign)
        if asked.expected is not None:
            touched = {(m.row, m.unit) for m in asked.moves}
            meanwhile = [
                seq
                for seq, (command, *_, row, unit) in enumerate(self.events, 2)
                if seq > asked.expected and command and (row, unit) in touched
            ]
            if meanwhile:
                return "ConcurrencyError", meanwhile
        try:
            self.ledger.apply(asked.moves, by=asked.actor.person, recorded_at=asked.recorded_at)
        except rf.BatchRefusedError as error:
            tried = [each.move for each in error.bad if each.move is not None]
            self._attempted(asked, tried)
            return "BatchRefusedError", [each.position for each in error.bad]
        first = len(self.events) + 2
        self.events += [_written(asked, asked.command, m) for m in asked.moves]
        self.done[asked.command] = (asked, first, len(self.events) + 1)
        return "done", (first, len(self.events) + 1)

    def _attempted(self, asked: Request, moves: list[rf.Move]) -> None:
        if asked.command not in self.tried:
            self.events += [_written(asked, "", each) for each in moves]
            self.tried.add(asked.command)


def _is_foreign(actor: store.Actor, move: rf.Move) -> bool:
    return "supervisor" not in actor.roles and actor.unit != move.unit


def _written(asked: Request, command: str, move: rf.Move) -> tuple[str, str, datetime, str, str]:
    return command, asked.actor.person, asked.recorded_at, move.row, move.unit


def _answer(shared: store.StoredLedger, asked: Request) -> tuple[str, object, store.Anchor | None]:
    try:
        receipt = shared.append(
            asked.moves,
            actor=asked.actor,
            recorded_at=asked.recorded_at,
            command=asked.command,
            expected=asked.expected,
        )
    except store.CommandReusedError as error:
        return "CommandReusedError", error.seq, None
    except store.NotPermittedError as error:
        return "NotPermittedError", len(error.refused), None
    except store.ConcurrencyError as error:
        return "ConcurrencyError", [event.seq for event in error.meanwhile], None
    except rf.BatchRefusedError as error:
        return "BatchRefusedError", [each.position for each in error.bad], None
    said = "already done" if receipt.already_done else "done"
    return said, (receipt.first, receipt.last), receipt.anchor


class Office:
    """
    One run.
    """

    def __init__(self, seed: int) -> None:
        """
        Draw the disk and who works there.
        """
        self.lot = Random(seed)
        self.seed = seed
        self.wal = bool(self.lot.getrandbits(1))
        self.disk = Disk(Random(self.lot.getrandbits(64)))
        self.truth = Truth(assigned())
        self.units = [each.unit.name for each in self.truth.ledger][:2]
        self.commands = 0
        self.polled: list[store.Event] = []
        self.clerks: list[Clerk] = []
        self.now = NOON

    def run(self) -> None:
        """
        Open the ledger, let everybody work, and look at the record in the end.

        Raises:
            BrokenError: If the store did what it must not.
        """
        if self.lot.random() < 0.1:
            self._open_on_a_failing_disk()
        else:
            self.disk = Disk.holding(fresh(wal=self.wal), self.disk.lot)
        with on_disk(self.disk, wal=self.wal):
            try:
                self._come_to_work()
                for _ in range(_STEPS):
                    self._step()
                self._power_cut()
            finally:
                let_go()

    def _open_on_a_failing_disk(self) -> None:
        with on_disk(self.disk, wal=self.wal):
            self._arm(60)
            with suppress(store.StoreError):
                _create().close()
            self._next_life()
            try:
                store.open(_PLACE).close()
            except (store.StoreError, rf.UnknownNameError):
                with suppress(store.LedgerExistsError):
                    _create().close()

    # The day's work

    def _step(self) -> None:
        lot = self.lot.random()
        clerk = self.lot.choice(self.clerks)
        if lot < 0.08:
            self._look(clerk)
        elif lot < 0.14:
            self._poll(clerk)
        elif lot < 0.20:
            self._power_cut()
        elif lot < 0.28 and self.truth.done:
            self._again(clerk)
        else:
            self._send(clerk)

    def _look(self, clerk: Clerk) -> None:
        clerk.page, clerk.seq = clerk.shared.ledger_and_seq()
        self._rest(clerk)
        if clerk.seq != len(self.truth.events) + 1 or clerk.page != self.truth.ledger:
            self._broken("a page shows another state than was written")

    def _poll(self, clerk: Clerk) -> None:
        after = self.polled[-1].seq if self.polled else 0
        self.polled += clerk.shared.poll(after)
        self._rest(clerk)
        if [event.seq for event in self.polled] != list(range(1, len(self.truth.events) + 2)):
            self._broken("a poll missed an event")

    def _again(self, clerk: Clerk) -> None:
        # A double click; or another request under an id that was used.
        before, *_ = self.truth.done[self.lot.choice(list(self.truth.done))]
        if self.lot.random() < 0.4:
            moves = (attrs.evolve(before.moves[0], note="another"), *before.moves[1:])
            before = attrs.evolve(before, moves=moves)
        self._ask(clerk, before)

    def _send(self, clerk: Clerk) -> None:
        if self.lot.random() < 0.3:
            self._look(clerk)
        asked = self._drawn(clerk)
        if asked is None:
            self._look(clerk)
            return
        trouble = self.lot.random()
        if trouble < 0.35:
            self._arm(26 if not self.wal else 10)
        elif trouble < 0.45:
            self.disk.room = self.lot.choice((0, 100, 4000, 8000, 16000))
        self._ask(clerk, asked)

    def _arm(self, steps: int) -> None:
        # The last steps are those of the commit: half of the failures are aimed there.
        first = 1 if self.lot.random() < 0.5 else max(1, steps - 10)
        self.disk.fails_at = self.disk.steps + self.lot.randint(first, steps)
        self.disk.loses_power = self.lot.random() < 0.7

    def _drawn(self, clerk: Clerk) -> Request | None:
        lot, page = self.lot, rf.Ledger(clerk.page.campaign, clerk.page)
        self.now += timedelta(minutes=lot.randint(0, 600))
        moves: list[rf.Move] = []
        for _ in range(lot.choice((1, 1, 2, 3))):
            move = self._move(clerk, page)
            if move is not None:
                moves.append(move)
                with suppress(rf.RectiflowError):
                    page.apply([move])
        if not moves:
            return None
        self.commands += 1
        return Request(
            command=f"{self.seed}-{self.commands}",
            actor=clerk.actor,
            recorded_at=self.now + clerk.skew,
            moves=tuple(moves),
            expected=clerk.seq if lot.random() < 0.75 else None,
        )

    def _move(self, clerk: Clerk, page: rf.Ledger) -> rf.Move | None:
        lot = self.lot
        day = (self.now + clerk.skew).date()
        if "supervisor" in clerk.actor.roles:
            held = page["4.1", lot.choice(self.units)]
            if held.stage is rf.Stage.ASSIGNED:
                decided = rf.Extension(lot.randint(1, 9), "workday", granted_on=day)
                return rf.Move(
                    "4.1", held.unit.name, "adjust", day, milestone="rectified", adjustment=decided
                )
            to = rf.Stage.ASSIGNED
            return rf.Move("4.1", held.unit.name, "send_back", day, to=to, reason="重做")
        unit = clerk.actor.unit if lot.random() < 0.93 else lot.choice(self.units)
        held = page["4.1", unit]
        free = [trigger for trigger, against in held.allowed().items() if not against]
        forward = [trigger for trigger in free if trigger is not rf.Trigger.SEND_BACK]
        if not forward:
            return None
        return rf.Move("4.1", unit, lot.choice(forward), day)

    # Asking, and what may come of it

    def _ask(self, clerk: Clerk, asked: Request) -> None:
        try:
            said, facts, anchor = _answer(clerk.shared, asked)
            self._rest(clerk)
        except store.StoreError as error:
            self._rest(clerk)
            self._unknown(clerk, asked, error)
            return
        must = self.truth.answer(asked)
        if (said, facts) != must:
            self._broken(f"{asked.command}: the store says {said} {facts}, it must be {must}")
        if anchor is not None:
            self.truth.anchors.append(anchor)
        self.disk.room = None
        if self.disk.failed:
            self._after_failure()
        self.disk.fails_at = None

    def _unknown(self, clerk: Clerk, asked: Request, error: store.StoreError) -> None:
        self.disk.fails_at = None
        if self.disk.failed:
            self._after_failure(asked)
            self._ask(self.clerks[0], asked)
            return
        if self.disk.room is None:
            self._broken(f"{asked.command}: {error!r} on a disk that works")
        if not isinstance(error, store.StoreFullError | store.StoreUnavailableError):
            self._broken(f"{asked.command}: {error!r} on a full disk")
        self.disk.room = None
        # Some try again, and some give up and let others go first.
        if self.lot.random() < 0.5:
            self._ask(clerk, asked)

    def _power_cut(self) -> None:
        self.disk.loses_power = True
        self._after_failure()

    def _after_failure(self, unknown: Request | None = None) -> None:
        for clerk in self.clerks:
            clerk.shared.close()
        self._next_life()
        self._come_to_work()
        self._audit(unknown)

    def _next_life(self) -> None:
        self.disk.next_life()

    def _come_to_work(self) -> None:
        try:
            first = opened(really=self.lot.random() < 0.2)
        except (store.StoreError, rf.UnknownNameError) as error:
            self._broken(f"the store cannot be opened: {error!r}")
        pages = [(each.page, each.seq) for each in self.clerks]
        self.clerks = []
        for n, actor in enumerate(self._actors()):
            shared = first if n == 0 else _another(first, n)
            # Some write their first by a glance at what it is about, as a command does, and some
            # by it all.
            shared._writer._may_glance = (n + len(self.truth.events)) % 4 == 0
            # A page stays on the screen while the server is down.
            page, seq = pages[n] if pages else (assigned(), 1)
            skew = timedelta(hours=self.lot.choice((0, 0, -30, 5)))
            self.clerks.append(Clerk(actor, skew, shared, page, seq))
            self._rest(self.clerks[-1])

    def _actors(self) -> Iterator[store.Actor]:
        yield store.Actor("王五", self.units[0], "responsible")
        yield store.Actor("赵六", self.units[0], "responsible")
        yield store.Actor("孙七", self.units[1], "responsible")
        yield SUPERVISOR

    def _rest(self, clerk: Clerk) -> None:
        # A simulated WAL has room for one process at a time: who is done lets go.
        if self.wal:
            clerk.shared.close()

    def _audit(self, unknown: Request | None) -> None:
        shared = self.clerks[0].shared
        try:
            found, seen, state = shared.verify(self.truth.anchors), shared.poll(), shared.ledger()
        except store.StoreError as error:
            self._broken(f"after a failure: {error!r}")
        self._rest(self.clerks[0])
        if not found.sound:
            self._broken(f"after a failure: {found.fault!r}")
        if unknown is not None and len(seen) > len(self.truth.events) + 1:
            # It was written and not acknowledged: as a whole, and as the last.
            self.truth.answer(unknown)
        told = [(r.command, r.person, r.recorded_at, r.row, r.unit) for r in _records(seen)]
        if told != self.truth.events:
            self._broken(f"after a failure: {len(told)} events, not {len(self.truth.events)}")
        if state != self.truth.ledger:
            self._broken("after a failure: the state is not what the events say")

    def _broken(self, what: str) -> NoReturn:
        raise BrokenError(
            f"{what}; again: PYTHONPATH=tests python -m simulation --seed {self.seed}"
        )


def _records(events: tuple[store.Event, ...]) -> Iterator[store.Record]:
    for event in events[1:]:
        record = event.record
        if event.kind is store.EventKind.REFUSED:
            yield msgspec.structs.replace(record, command="")
        else:
            yield record


@cache
def _engines() -> tuple[Database, ...]:
    # An engine takes longer to make than a run takes; it holds connections and nothing else.
    return tuple(Database(Address.of(_PLACE)) for _ in range(4))


def let_go() -> None:
    """
    Close every connection of the engines that are kept.
    """
    for each in _engines():
        each.close()


def forget_engines() -> None:
    """
    Let engines be made anew, with whatever the store does at a connection's beginning by then.
    """
    _engines.cache_clear()


def opened(policy: store.Policy | None = None, *, really: bool = False) -> store.StoredLedger:
    """
    Open the ledger on the disk that is in, by an engine that is kept, or as a new process would.
    """
    if really:
        return store.open(_PLACE)
    database = _engines()[0]
    ledger_id, named = find_ledger(database, None, "")
    return store.StoredLedger(database, ledger_id, named, None, policy or store.Policy())


def _another(shared: store.StoredLedger, number: int) -> store.StoredLedger:
    # As another process would open it: it has seen nothing yet.
    held = shared._writer
    return store.StoredLedger(_engines()[number], held.ledger_id, shared.named, None, held.policy)


def run(seed: int) -> str:
    """
    Run one seed, and give a digest of what is on the disk in the end.

    Raises:
        BrokenError: With the line that runs it again.
    """
    office = Office(seed)
    office.run()
    digest = sha256()
    for name, data in sorted(office.disk.image().items()):
        digest.update(name.encode() + data)
    return digest.hexdigest()
