"""
A single event written at one blow, on the condition that the head is where it was last seen.

Who appends a line now and then is mostly alone.  The guard of the update is then the lock: it
waits for who came before, and finds the head moved on if they wrote.  Nothing is asked before.
"""

from __future__ import annotations

from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from .bulk_rows import written_out
from .extra import sa
from .tables import ASSIGNMENT, EVENT, LEDGER

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .engines import Database

__all__ = ["write_single"]


def write_single(database: Database, facts: Mapping[str, Any]) -> bool:
    """
    Write one event, move the head and bring the table of assignments up to it, durably.

    Args:
        database: Where the ledger is.
        facts: The columns of the event, ``stage``, and the head as it was seen, as ``seen_seq``
            and ``seen_hash``.

    Returns:
        Whether it is written.  If not, nothing is: others came first, or its command id is
        there already.
    """
    with database.driving() as cursor:
        try:
            return _WAYS[database.engine.name](cursor, type(database.engine.dialect), facts)
        except database.driver.Error as error:
            if not _came_second(error, database.driver):
                raise
            return False


def _came_second(error: BaseException, driver: Any) -> bool:  # noqa: ANN401 -- a driver's module
    # A server whose transactions are stricter than ours does not say it by the guard.
    strict = str(getattr(error, "sqlstate", None) or "").startswith("40")
    return strict or isinstance(error, driver.IntegrityError)


def _on_sqlite(cursor: Any, kind: type, facts: Mapping[str, Any]) -> bool:  # noqa: ANN401 -- a driver's own
    cursor.execute("BEGIN IMMEDIATE")
    for n, statement in enumerate((_MOVE, _WRITE, _PROJECT)):
        text, chosen = _prepared(statement, kind)
        cursor.execute(text, chosen(facts))
        if n == 0 and cursor.rowcount != 1:
            cursor.execute("ROLLBACK")
            return False
    cursor.execute("COMMIT")
    return True


def _on_postgresql(cursor: Any, kind: type, facts: Mapping[str, Any]) -> bool:  # noqa: ANN401 -- as above
    text, chosen = _prepared(_ALL_AT_ONCE, kind)
    return bool(cursor.execute(text, chosen(facts)).rowcount == 1)


_WAYS: dict[str, Callable[[Any, type, Mapping[str, Any]], bool]] = {
    "sqlite": _on_sqlite,
    "postgresql": _on_postgresql,
}


@cache
def _prepared(statement: Any, kind: type) -> tuple[str, Callable[[Mapping[str, Any]], Any]]:  # noqa: ANN401 -- any statement
    text, names = written_out(statement, kind)
    return text, itemgetter(*names)


_bound = sa.bindparam
_ROW = ("seq", "assignment", "command", "body", "hash")
_MOVE = (
    sa.update(LEDGER)
    .where(
        LEDGER.c.id == _bound("ledger_id"),
        LEDGER.c.seq == _bound("seen_seq"),
        LEDGER.c.hash == _bound("seen_hash"),
    )
    .values(seq=_bound("seq"), hash=_bound("hash"))
)
_WRITE = sa.insert(EVENT)
_PROJECT = (
    sa.update(ASSIGNMENT)
    .where(
        ASSIGNMENT.c.ledger_id == _bound("ledger_id"), ASSIGNMENT.c.number == _bound("assignment")
    )
    .values(stage=_bound("stage"), seq=_bound("seq"))
)


def _all_at_once() -> Any:  # noqa: ANN401 -- a statement
    # One round trip, and a transaction of its own: what hangs on the head is written if it moved.
    moved = _MOVE.returning(LEDGER.c.id).cte("moved")
    projected = _PROJECT.where(ASSIGNMENT.c.ledger_id == moved.c.id).cte("projected")
    row = [_bound(name, type_=EVENT.c[name].type).label(name) for name in _ROW]
    written = _WRITE.from_select(("ledger_id", *_ROW), sa.select(moved.c.id, *row))
    return written.add_cte(projected)


_ALL_AT_ONCE = _all_at_once()
