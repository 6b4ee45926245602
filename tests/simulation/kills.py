"""
Writers that are killed with kill -9 at random points, on a real file.

    PYTHONPATH=tests python -m simulation.kills --rounds 40

One process forks the writers, so that the library is loaded once.
"""

from __future__ import annotations

import argparse
import os
import select
import signal
import sys
import tempfile
from collections import Counter
from pathlib import Path
from random import Random

import attrs

import rectiflow as rf
from rectiflow import store

from .office import NOON, SUPERVISOR, assigned

__all__ = ["Tally", "request", "rounds"]

OPEN = store.Policy(())
"""Permits all: who may do what is another test's."""
_UNIT = next(iter(assigned())).unit.name
_DAY = NOON.date()


def request(number: int, lines: int, unit: str = _UNIT) -> tuple[rf.Move, ...]:
    """
    Give the moves of the request of this number: forth and back, so that there is no end of them.

    Args:
        number: Counted from 0; single requests go forth with even numbers and back with odd ones.
        lines: How many; 1, or an even number.
        unit: Of which unit.
    """
    forth = rf.Move("4.1", unit, "self_check", _DAY)
    back = rf.Move("4.1", unit, "send_back", _DAY, to=rf.Stage.ASSIGNED, reason="重做")
    if lines == 1:
        return (back if number % 2 else forth,)
    return (forth, back) * (lines // 2)


def append(shared: store.StoredLedger, number: int, lines: int) -> store.Receipt:
    """
    Send the request of this number, under its own id.
    """
    return shared.append(
        request(number, lines), actor=SUPERVISOR, recorded_at=NOON, command=f"c{number}"
    )


@attrs.define
class Tally:
    """
    What was seen of the writers.

    Attributes:
        kills: How many were killed.
        acknowledged: How many requests were acknowledged.
        unknown: How many were under way.
        written: How many of those had been written.
    """

    kills: int = 0
    acknowledged: int = 0
    unknown: int = 0
    written: int = 0


def _write_till_killed(place: Path, first: int, lines: int, told: int) -> None:
    with store.open(place, policy=OPEN) as shared:
        for number in range(first, sys.maxsize):
            receipt = append(shared, number, lines)
            os.write(told, f"{receipt.anchor}\n".encode())


def _killed(place: Path, first: int, lines: int, lot: Random) -> list[store.Anchor]:
    # Forks a writer, kills it some moment after some acknowledgements, and gives these.
    ear, mouth = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            os.close(ear)
            _write_till_killed(place, first, lines, mouth)
        finally:
            os._exit(1)
    os.close(mouth)
    heard, wanted = b"", lot.randint(1, 5)
    while heard.count(b"\n") < wanted and (more := os.read(ear, 65536)):
        heard += more
    # From the end of one append to the end of the next, and a little further.
    select.select((), (), (), lot.uniform(0, 0.008))
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    while more := os.read(ear, 65536):
        heard += more
    os.close(ear)
    lines_heard = heard.decode().split("\n")[:-1]
    return [store.Anchor.parse(line) for line in lines_heard]


def rounds(count: int, lines: int, seed: int) -> Tally:
    """
    Kill so many writers, one after another on one ledger, and look at it after each.

    Raises:
        AssertionError: If anything acknowledged is lost, a batch is there in part, the file is
            damaged, or a retry does a thing twice.
    """
    lot, tally = Random(seed), Tally()
    anchors: list[store.Anchor] = []
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "ledger.db"
        store.create(place, assigned(), actor=SUPERVISOR, recorded_at=NOON, policy=OPEN).close()
        done = 0
        for _ in range(count):
            new = _killed(place, done, lines, lot)
            anchors += new
            done += len(new)
            with store.open(place, policy=OPEN) as shared:
                found = shared.verify(anchors)
                assert found.sound, found.fault
                counts = Counter(event.record.command for event in shared.events(1))
                known = [f"c{number}" for number in range(done)]
                assert set(known) <= counts.keys() <= {*known, f"c{done}"}, "lost or invented"
                assert set(counts.values()) <= {lines}, "a batch in part"
                receipt = append(shared, done, lines)
                assert receipt.already_done == (f"c{done}" in counts)
                assert shared.seq == 1 + lines * (done + 1), "done twice"
                tally.written += receipt.already_done
                anchors.append(shared.anchor())
            done += 1
            tally.kills, tally.unknown = tally.kills + 1, tally.unknown + 1
            tally.acknowledged += len(new)
    return tally


def main() -> None:
    """
    Kill writers of single events and of batches, and print what was seen.
    """
    parser = argparse.ArgumentParser(prog="python -m simulation.kills", description=__doc__)
    parser.add_argument("--rounds", type=int, default=40, help="how many kills, of each")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    for lines in (1, 50):
        print(f"{lines} an append: {rounds(given.rounds, lines, given.seed)}")


if __name__ == "__main__":
    main()
