"""
Journals that are cut or have a bit flipped, as a process left them in the midst of a commit.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from random import Random
from typing import TYPE_CHECKING

from rectiflow import store
from rectiflow.errors import RectiflowError

from . import office
from .disk import Disk
from .driver import on_disk
from .kills import OPEN, append

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["after", "damaged", "left_by_a_crash"]

JOURNALS = {False: "ledger.db-journal", True: "ledger.db-wal"}
LINES = 4


@cache
def left_by_a_crash(*, wal: bool) -> tuple[dict[str, bytes], ...]:
    """
    Give what lay on the disk at each step of a third append that was killed there.
    """
    images = []
    for step in range(1, 60):
        disk = Disk.holding(office.fresh(wal=wal), Random(0))
        with on_disk(disk, wal=wal):
            shared = office.opened(OPEN)
            for number in range(2):
                append(shared, number, LINES)
            disk.fails_at = disk.steps + step
            with suppress(store.StoreError):
                append(shared, 2, LINES)
            failed = disk.failed
            shared.close()
        if not failed:
            break
        if JOURNALS[wal] in disk.files:
            images.append(disk.image())
    return tuple(images)


def damaged(image: dict[str, bytes], name: str, lot: Random) -> dict[str, bytes]:
    """
    Cut the journal somewhere, or flip a bit of it.
    """
    data = bytearray(image[name])
    if data and lot.random() < 0.5:
        place = (
            lot.randrange(len(data)) if lot.random() < 0.7 else lot.randrange(min(80, len(data)))
        )
        data[place] ^= 1 << lot.randrange(8)
    else:
        del data[lot.randint(0, len(data)) :]
    return {**image, name: bytes(data)}


def after(image: dict[str, bytes], *, wal: bool) -> str:
    """
    Say what a store on such a disk does.

    Returns:
        ``"0"`` to ``"3"``: it is whole, with so many requests of the three; or what the typed
        error or ``verify`` said.  Anything that is not whole and not told is ``"silent: …"``.
    """
    with on_disk(Disk.holding(image, Random(0)), wal=wal):
        try:
            with office.opened(OPEN) as shared:
                return _seen(shared)
        except RectiflowError as error:
            return type(error).__name__
        finally:
            office.let_go()


def _seen(shared: store.StoredLedger) -> str:
    found = shared.verify()
    if found.fault is not None:
        return f"verify: {found.fault.kind}"
    events = shared.poll(1)
    whole, rest = divmod(len(events), LINES)
    if rest:
        return "silent: a part of a request"
    told = [event.record.command for event in events]
    if told != [f"c{n}" for n in range(whole) for _ in range(LINES)]:
        return "silent: other events"
    return _goes_on(shared, whole)


def _goes_on(shared: store.StoredLedger, whole: int) -> str:
    # What is whole must also go on: what was done is found done, and the rest is done once.
    for number in range(3):
        if append(shared, number, LINES).already_done != (number < whole):
            return "silent: a request done twice"
    unit = next(iter(shared.ledger())).unit.name
    if len(shared.history("4.1", unit)) != 3 * LINES:
        return "silent: a history in part"
    if not shared.verify().sound:
        return "silent: spoilt afterwards"
    return str(whole)


def tried(seeds: range) -> Iterator[tuple[bool, str]]:
    """
    Damage a journal for each seed, and give which kind it was and what came of it.
    """
    for seed in seeds:
        lot = Random(seed)
        wal = bool(seed % 2)
        image = lot.choice(left_by_a_crash(wal=wal))
        yield wal, after(damaged(image, JOURNALS[wal], lot), wal=wal)
