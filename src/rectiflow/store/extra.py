"""
The packages of the extra ``[store]``, or one error that names it.

``psycopg`` and ``sqlite`` are SQLAlchemy's dialects: how statements are written for each.
"""

from __future__ import annotations

from rectiflow.errors import MissingExtraError

try:
    import msgspec
    import sqlalchemy as sa
    from sqlalchemy.dialects.postgresql.psycopg import dialect as psycopg
    from sqlalchemy.dialects.sqlite.pysqlite import dialect as sqlite
except ImportError as error:
    raise MissingExtraError("store", error.name or "sqlalchemy") from None

__all__ = ["msgspec", "psycopg", "sa", "sqlite"]
