"""
The simulation's command: seeds in a few processes, one seed again, or the planted bugs.
"""

from __future__ import annotations

import argparse
import os
import sys
import warnings
from concurrent.futures import ProcessPoolExecutor
from time import perf_counter

from sqlalchemy.exc import SQLAlchemyError

from rectiflow.errors import RectiflowError

from .bugs import BUGS, Bug
from .office import BrokenError, run

__all__ = ["found_by", "main"]

MOST_SEEDS = 200
"""Within so many seeds every planted bug must be found."""


def found_by(bug: Bug, seeds: range) -> int | None:
    """
    Give the first seed under which a planted bug shows; ``None`` if none does.
    """
    with bug.on(), warnings.catch_warnings():
        # A bug may leave its connections anyhow.
        warnings.simplefilter("ignore")
        for seed in seeds:
            try:
                run(seed)
            except (BrokenError, RectiflowError, SQLAlchemyError):
                # Anything else would be a mistake in the patch, and finds nothing.
                return seed
    return None


def broken_in(seeds: range) -> list[str]:
    """
    Run seeds, and give what each of them that failed says.
    """
    said = []
    for seed in seeds:
        try:
            run(seed)
        except Exception as error:  # noqa: BLE001 -- whatever it is, its seed is told
            said.append(f"seed {seed}: {type(error).__name__}: {error}")
    return said


def _seeds(first: int, count: int, workers: int) -> int:
    begun, failed = perf_counter(), 0
    parts = [range(n, min(n + 250, first + count)) for n in range(first, first + count, 250)]
    with ProcessPoolExecutor(workers) as pool:
        for said in pool.map(broken_in, parts):
            failed += len(said)
            for line in said:
                print(line)
    seconds = perf_counter() - begun
    print(f"{count:,} seeds from {first} on, {failed} broken, {count / seconds:.0f} a second")
    return 1 if failed else 0


def _bugs() -> int:
    missed = 0
    for bug in BUGS:
        seed = found_by(bug, range(MOST_SEEDS))
        missed += seed is None
        print(f"{bug.name:24} {'MISSED' if seed is None else f'seed {seed}':10} {bug.says}")
    return 1 if missed else 0


def main() -> int:
    """
    Do what the command line says; the exit code says whether all is as it must be.
    """
    parser = argparse.ArgumentParser(prog="python -m simulation", description=__doc__)
    parser.add_argument("--seed", type=int, help="run this one again, with its traceback")
    parser.add_argument("--seeds", type=int, default=500, help="how many to run")
    parser.add_argument("--first", type=int, default=0, help="the first of them")
    parser.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--bugs", action="store_true", help="how soon planted bugs are found")
    given = parser.parse_args()
    if given.bugs:
        return _bugs()
    if given.seed is not None:
        run(given.seed)
        print(f"seed {given.seed}: nothing broken")
        return 0
    return _seeds(given.first, given.seeds, given.workers)


if __name__ == "__main__":
    sys.exit(main())
