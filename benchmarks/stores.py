"""
The store beside a bare driver that writes or reads the same rows, as durably, in the same run.
"""

from __future__ import annotations

import gc
import sqlite3
import tempfile
from contextlib import ExitStack
from datetime import date, datetime
from hashlib import sha256
from itertools import count
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import rectiflow as rf
from rectiflow import store
from rectiflow.moments import CHINA_TIME

from .reviews import large
from .timing import Line, minima

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["measure"]

NOW = datetime(2020, 6, 20, 9, 30, tzinfo=CHINA_TIME)
DAY = NOW.date()
ROW, UNIT = "2.1", "区城市管理局"
CLERK = store.Actor("李主任", "区政府办公室", "supervisor")
ANY = store.Policy(())
CHECK = rf.Move(ROW, UNIT, "self_check", DAY)
BACK = rf.Move(ROW, UNIT, "send_back", DAY, to=rf.Stage.ASSIGNED, reason="重做")
BATCH, LONG = 10_000, 50_000
TABLE = (
    "CREATE TABLE bare (ledger_id integer, seq bigint, assignment integer, command text, "
    "body {bytes} NOT NULL, hash {bytes} NOT NULL, PRIMARY KEY (ledger_id, seq))"
)
COLUMNS = "ledger_id, seq, assignment, command, body, hash"


def _made(place: str, ledger: rf.Ledger) -> store.StoredLedger:
    return store.create(place, ledger, actor=CLERK, recorded_at=NOW, policy=ANY)


def _appending(shared: store.StoredLedger) -> Callable[[], object]:
    # Forth and back, so that there is no end of legal moves.
    turns = count()

    def append() -> object:
        n = next(turns)
        moves = [BACK if n % 2 else CHECK]
        return shared.append(moves, actor=CLERK, recorded_at=NOW, command=f"c{n}")

    return append


def _bare_sqlite(path: Path, journal: str) -> sqlite3.Connection:
    bare = sqlite3.connect(path, isolation_level=None)
    bare.execute("PRAGMA synchronous=EXTRA")
    bare.execute(f"PRAGMA journal_mode={journal}")
    bare.execute(TABLE.format(bytes="blob"))
    return bare


def _bare_append(
    execute: Callable[..., object], row: tuple[Any, ...], mark: str, begin: str
) -> Any:
    """
    Insert the same row in a transaction of its own; with no *begin*, by one statement.
    """
    turns = count(1 if begin else 10**9)
    statement = f"INSERT INTO bare ({COLUMNS}) VALUES ({', '.join([mark] * 6)})"

    def append() -> None:
        n = next(turns)
        if begin:
            execute(begin)
        execute(statement, (row[0], n, row[2], f"c{n}", row[4], row[5]))
        if begin:
            execute("COMMIT")

    return append


def _ratio(what: str, times: dict[str, float], bar: float, peer: str, *, scale: float) -> Line:
    unit = "µs" if scale == 1e6 else "ms"  # noqa: PLR2004 -- a million of them is a second
    own, bare = times["own"] * scale, times["bare"] * scale
    return Line(
        what=what,
        figure=own / bare,
        unit="×",
        bar=bar,
        beside=f"{own:.3g} {unit} beside {bare:.3g} {unit}: {peer}",
    )


def _single(own: Callable[[], object], bare: Callable[[str], Any], begin: str, where: str) -> Line:
    # The bar's peer is BEGIN, INSERT, COMMIT, as a driver inserts; the leanest is told beside it.
    contest = {"own": own, "bare": bare(begin), "leanest": bare("")}
    times = minima(contest, calls=1, rounds=200)
    leanest = f"bare insert; {times['leanest'] * 1e6:.0f} µs as one statement"
    return _ratio(f"one durable append, {where}", times, 1.5, leanest, scale=1e6)


def _batch(place: str, where: str, bar: float | None) -> Line:
    # A line for each of as many assignments, as when a campaign's month is reported at once.
    ledger = large(BATCH)
    steps = iter(("self_check", "rectify", "template") * 2)
    back: dict[str, Any] = {"to": rf.Stage.ASSIGNED, "reason": "重做"}
    best = float("inf")
    with store.create(
        place, ledger, name="batch", actor=CLERK, recorded_at=NOW, policy=ANY
    ) as shared:
        for n, trigger in enumerate(steps):
            if n == 3:  # noqa: PLR2004 -- all have reached the end of their path
                moves = [rf.Move(a.row.id, a.unit.name, "send_back", DAY, **back) for a in ledger]
                shared.append(moves, actor=CLERK, recorded_at=NOW)
            moves = [rf.Move(a.row.id, a.unit.name, trigger, DAY) for a in ledger]
            gc.collect()
            begun = perf_counter()
            shared.append(moves, actor=CLERK, recorded_at=NOW, command=f"b{n}")
            best = min(best, (perf_counter() - begun) / BATCH)
    return Line(
        what=f"a batch of {BATCH:,}, an event, {where}",
        figure=best * 1e6,
        unit="µs",
        bar=bar,
        beside=f"{1 / best:,.0f} events a second",
    )


def _reading(place: str, fetch: Callable[[str], list[Any]], where: str) -> list[Line]:
    def replay() -> object:
        with store.open(place, policy=ANY) as shared:
            return shared.ledger()

    def verified() -> object:
        with store.open(place, policy=ANY) as shared:
            found = shared.verify()
            assert found.sound
            return found

    def hashed() -> object:
        before = b""
        for _, _, _, _, body, _ in fetch(COLUMNS):
            before = sha256(before + body).digest()
        return before

    def fetched() -> object:
        return fetch("seq, assignment, body")

    gc.collect()
    replayed = minima({"own": replay, "bare": fetched}, calls=1, rounds=7)
    proved = minima({"own": verified, "bare": hashed}, calls=1, rounds=7)
    n = f"{len(fetch('seq')):,}"
    return [
        _ratio(f"replay of {n} events, {where}", replayed, 4, "bare fetch", scale=1e3),
        _ratio(f"verify of {n} events, {where}", proved, 3, "bare fetch and SHA-256", scale=1e3),
    ]


def _spread(place: str) -> None:
    # Many assignments with a handful of events each, as a campaign has.
    ledger = large(LONG // 5)
    with _made(place, ledger) as shared:
        back: dict[str, Any] = {"to": rf.Stage.ASSIGNED, "reason": "重做"}
        for trigger in ("self_check", "rectify", "template", "send_back", "self_check"):
            more = back if trigger == "send_back" else {}
            moves = [rf.Move(a.row.id, a.unit.name, trigger, DAY, **more) for a in ledger]
            shared.append(moves, actor=CLERK, recorded_at=NOW)


def _sqlite(folder: Path) -> list[Line]:
    place = folder / "own.db"
    with _made(str(place), rf.assign(rf.load("yuhui-2020"))) as shared, ExitStack() as stack:
        own = _appending(shared)
        own()
        database = sqlite3.connect(place)
        stack.callback(database.close)
        (journal,) = database.execute("PRAGMA journal_mode").fetchone()
        row = database.execute(f"SELECT {COLUMNS} FROM rectiflow_event WHERE seq = 2").fetchone()
        bare = _bare_sqlite(folder / "bare.db", journal)
        stack.callback(bare.close)

        def append(begin: str) -> Any:
            return _bare_append(bare.execute, row, "?", begin)

        lines = [_single(own, append, "BEGIN IMMEDIATE", "SQLite")]
        lines.append(_batch(str(folder / "batch.db"), "SQLite", 20))
    return lines + _long_sqlite(folder / "long.db")


def _long_sqlite(place: Path) -> list[Line]:
    _spread(str(place))

    def fetch(columns: str) -> list[Any]:
        database = sqlite3.connect(place)
        found = database.execute(f"SELECT {columns} FROM rectiflow_event ORDER BY seq").fetchall()
        database.close()
        return found

    return _reading(str(place), fetch, "SQLite")


def _review(place: Path) -> Line:
    n = 100_000
    ledger = large(n)
    at = date(2020, 6, 24)
    with _made(str(place), ledger) as shared:
        half = [a for k, a in enumerate(ledger) if k % 2]
        for trigger in ("self_check", "rectify"):
            moves = [rf.Move(a.row.id, a.unit.name, trigger, at) for a in half]
            shared.append(moves, actor=CLERK, recorded_at=NOW)
    del ledger, half, moves
    gc.collect()
    begun = perf_counter()
    with store.open(place, policy=ANY) as shared:
        state = shared.ledger()
        opened = perf_counter() - begun
        del state
        best = float("inf")
        for _ in range(3):
            gc.collect()
            begun = perf_counter()
            shared.review(date(2020, 7, 1))
            best = min(best, perf_counter() - begun)
    return Line(
        what=f"review of a stored ledger of {n:,} assignments, half of them moved twice",
        figure=best,
        unit="s",
        bar=3,
        beside=f"opened and replayed in {opened:.2f} s before",
    )


def _postgresql() -> list[Line]:
    import psycopg

    from rectiflow.testing.postgres import PostgresServer

    with PostgresServer(durable=True) as server, ExitStack() as stack:
        shared = stack.enter_context(_made(server.url, rf.assign(rf.load("yuhui-2020"))))
        own = _appending(shared)
        own()
        bare = stack.enter_context(psycopg.connect(server.url, autocommit=True))
        bare.execute(TABLE.format(bytes="bytea"))
        select = f"SELECT {COLUMNS} FROM rectiflow_event WHERE seq = 2"
        row = bare.execute(select).fetchone()
        assert row is not None

        def append(begin: str) -> Any:
            return _bare_append(bare.execute, row, "%s", begin)

        return [
            _single(own, append, "BEGIN", "PostgreSQL"),
            _batch(server.url, "PostgreSQL", None),
        ]


def measure() -> list[Line]:
    """
    Measure SQLite, and PostgreSQL by a server of one's own.
    """
    with tempfile.TemporaryDirectory(prefix="rectiflow-bench-") as folder:
        lines = _sqlite(Path(folder))
        lines.append(_review(Path(folder) / "review.db"))
    return lines + _postgresql()
