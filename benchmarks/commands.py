"""
Each command on a stored ledger of ten thousand assignments, as a whole process.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import rectiflow as rf
from rectiflow import store

from .reviews import large
from .stores import ANY, NOW
from .timing import Line

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["measure"]

ASSIGNMENTS = 10_000
ROUNDS = 2
BAR_SECONDS = 0.5
ON_SERVER = ("history", "extend", "review")
"""What is measured on PostgreSQL too; the others differ from these in nothing of the server's."""

# Half of the assignments have been self-checked and rectified: 单位1 has, 单位0 has not.
NEW, MOVED = ("0", "单位0"), ("0", "单位1")
AT = ("--at", "2020-06-24")
# Opened without a claim of who acts, so that none is asked for.
OPENER = store.Actor("李主任", "区政府办公室")
CHIEF = ("--as", "王局长", "--unit", "督查室", "--role", "supervisor")


def _commands(ledger: str, folder: Path) -> dict[str, tuple[str, ...]]:
    moves, log, listed = folder / "moves.csv", folder / "log.jsonl", folder / "list.json"
    on = ("--as-of", "2020-07-01")
    days = ("--first", "2020-06-25", "--last", "2020-06-26")
    return {
        "init": ("init", str(folder / "made.db"), str(listed)),
        "move": ("move", ledger, *NEW, "self_check", *AT),
        "move, refused": ("move", ledger, *NEW, "template", *AT),
        "apply of one row": ("apply", ledger, str(moves)),
        "apply --dry-run": ("apply", ledger, str(moves), "--dry-run"),
        "send-back": ("send-back", ledger, *MOVED, "--to", "assigned", "--reason", "重做", *AT),
        "extend": ("extend", ledger, *NEW, "rectified", "--for", "20", *AT),
        "suspend": ("suspend", ledger, *NEW, "rectified", *days, *AT),
        "confirm": ("confirm", ledger, *MOVED, "rectified", *AT, *CHIEF),
        "history": ("history", ledger, *MOVED),
        "review": ("review", ledger, *on),
        "review --format csv": ("review", ledger, *on, "-f", "csv"),
        "review --format json": ("review", ledger, *on, "-f", "json"),
        "remind": ("remind", ledger, "--from", "2020-06-20", "--to", "2020-06-24"),
        "verify": ("verify", ledger),
        "export": ("export", ledger, "--out", str(folder / "out.jsonl")),
        "import": ("import", str(folder / "made.db"), str(log)),
        "show of its list": ("show", str(listed)),
        "due": ("due", "After(received, 3, workday)", "--from", "2020-06-24"),
    }


def _made(place: str) -> None:
    ledger = large(ASSIGNMENTS)
    with store.create(place, ledger, actor=OPENER, recorded_at=NOW, policy=ANY) as shared:
        half = [each for n, each in enumerate(ledger) if n % 2]
        for trigger in ("self_check", "rectify"):
            day = date(2020, 6, 24)
            moves = [rf.Move(each.row.id, each.unit.name, trigger, day) for each in half]
            shared.append(moves, actor=OPENER, recorded_at=NOW)


Taken = tuple[float, float]
"""Seconds by the clock, and of the processor."""


def _taken(tokens: tuple[str, ...]) -> Taken:
    # Compiled files are what an installed library has, whatever this shell says.
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("RECTIFLOW", "PYTHONDONT"))}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = perf_counter()
    done = subprocess.run(  # noqa: S603 -- our own command
        [sys.executable, "-m", "rectiflow", *tokens],
        capture_output=True,
        check=False,
        env={**kept, "LC_ALL": "C.UTF-8"},
    )
    taken = perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    expected = 3 if "template" in tokens else 0
    assert done.returncode == expected, done.stderr.decode()
    return taken, busy


def _on_files(folder: Path) -> dict[str, Taken]:
    kept, ledger = folder / "kept.db", folder / "ledger.db"
    _made(str(kept))
    (folder / "moves.csv").write_text(
        "row,unit,trigger,at\n" + ",".join((*NEW, "self_check", "2020-06-24")) + "\n",
        encoding="utf-8",
    )
    (folder / "list.json").write_text(rf.write_json(large(ASSIGNMENTS).rl), encoding="utf-8")
    _taken(("export", str(kept), "--out", str(folder / "log.jsonl")))
    best: dict[str, Taken] = {}
    for _ in range(ROUNDS):
        for name, tokens in _commands(str(ledger), folder).items():
            shutil.copy(kept, ledger)
            (folder / "made.db").unlink(missing_ok=True)
            found = _taken(tokens)
            best[name] = min(best.get(name, found), found)
    return best


def _on_server(folder: Path) -> dict[str, Taken]:
    from rectiflow.testing.postgres import PostgresServer

    with PostgresServer(durable=True) as server:
        _made(server.url)
        commands = _commands(server.url, folder)
        return {name: min(_taken(commands[name]) for _ in range(ROUNDS)) for name in ON_SERVER}


def _lines(files: dict[str, Taken], server: dict[str, Taken]) -> Iterator[Line]:
    for name, (seconds, busy) in files.items():
        beside = f"{busy:.2f} s of the processor"
        if name in server:
            beside += "; on PostgreSQL {:.2f} s, {:.2f} s".format(*server[name])
        yield Line(
            what=f"`rectiflow {name}` on {ASSIGNMENTS:,} assignments, the whole process",
            figure=seconds,
            unit="s",
            bar=BAR_SECONDS,
            beside=beside,
        )


def measure() -> list[Line]:
    """
    Measure each command in a process of its own, the least of a few.
    """
    with tempfile.TemporaryDirectory(prefix="rectiflow-bench-") as folder:
        return list(_lines(_on_files(Path(folder)), _on_server(Path(folder))))
