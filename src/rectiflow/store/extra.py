"""
The packages of the extra ``[store]``, or one error that names it.

SQLAlchemy's dialects are not among them: each takes long to load, and a ledger needs one only.
"""

from __future__ import annotations

from rectiflow.errors import MissingExtraError

try:
    import msgspec
    import sqlalchemy as sa
except ImportError as error:
    raise MissingExtraError("store", error.name or "sqlalchemy") from None

__all__ = ["msgspec", "sa"]
