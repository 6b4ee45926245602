"""
Many rows for one statement, handed to the driver as they are.

SQLAlchemy's own way from dictionaries to the driver's parameters takes longer than the insert.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .extra import sa

__all__ = ["execute_many", "plain_rows", "written_out"]


def execute_many(
    connection: sa.Connection, statement: sa.Executable, rows: Sequence[tuple[Any, ...]]
) -> None:
    """
    Execute a statement of Core once for each row.

    Args:
        connection: In whose transaction.
        statement: An insert, or an update, each of whose values is a parameter.
        rows: Each the parameters in the order in which the statement's text names them.
    """
    if rows:
        kind: Any = type(connection.dialect)
        connection.exec_driver_sql(written_out(statement, kind)[0], list(rows))


def plain_rows(
    connection: sa.Connection, statement: sa.Executable, facts: dict[str, Any]
) -> Iterator[tuple[Any, ...]]:
    """
    Read rows as the driver gives them, a portion at a time.

    The columns must be of types that need no conversion: numbers, texts, our bytes.
    """
    result = connection.execute(statement, facts)
    cursor = result.cursor
    while portion := cursor.fetchmany(_PORTION) if cursor is not None else ():
        yield from portion
    result.close()


_PORTION = 5_000


_PARAMSTYLES = {"sqlite": "qmark", "postgresql": "format"}


@cache
def written_out(statement: Any, kind: Any) -> tuple[str, tuple[str, ...]]:  # noqa: ANN401 -- a statement, and a class of dialects
    """
    Write a statement for a driver, and give the names of its parameters in their order.
    """
    # Parameters by their place, in each driver's own way of writing them.
    compiled = statement.compile(dialect=kind(paramstyle=_PARAMSTYLES[kind.name]))
    return str(compiled), tuple(compiled.positiontup or ())
