"""
Where a store is: a path of a file, or the URL of a database.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from rectiflow.errors import InvalidValueError

from .extra import sa

if TYPE_CHECKING:
    import os

__all__ = ["Address"]

_EXPECTED = "a path of a file, or a URL: sqlite:///ledger.db or postgresql://user@host/database"


@attrs.frozen
class Address:
    """
    Where a store is.

    Attributes:
        path: The file, for SQLite; ``None`` for a server.
        url: SQLAlchemy's URL, for a server; ``None`` for a file.
    """

    path: Path | None
    url: sa.URL | None = attrs.field(repr=False, default=None)

    @classmethod
    def of(cls, place: str | os.PathLike[str]) -> Address:
        """
        Read a path or a URL.

        Raises:
            InvalidValueError: If the scheme is neither, or no file is named.

        >>> str(Address.of("sqlite:///ledger.db"))
        'ledger.db'
        """
        if not isinstance(place, str):
            return cls(_a_path(place))
        if "://" not in place:
            return cls(_a_path(place))
        try:
            url = sa.make_url(place)
        except (sa.exc.ArgumentError, ValueError):
            raise InvalidValueError("store", _without_secrets(place), _EXPECTED) from None
        backend = url.drivername.partition("+")[0]
        if backend == "sqlite":
            return cls(_a_path(url.database or ""))
        if backend not in {"postgresql", "postgres"}:
            raise InvalidValueError("store", _without_secrets(place), _EXPECTED)
        return cls(None, url.set(drivername="postgresql+psycopg"))

    def __str__(self) -> str:
        """
        Write it as people may see it: without a password.
        """
        if self.url is None:
            return str(self.path)
        return self.url.set(drivername="postgresql").render_as_string(hide_password=True)


def _a_path(place: object) -> Path:
    try:
        path = Path(place)  # type: ignore[arg-type]  # what is no path is told below
    except TypeError:
        raise InvalidValueError("store", place, _EXPECTED) from None
    text = str(path)
    if "\0" in text or not path.name or text == ":memory:":
        # A ledger in memory would be gone with the process: that is what a Ledger is for.
        raise InvalidValueError("store", text, _EXPECTED)
    return path


def _without_secrets(place: str) -> str:
    # What cannot be read may still hold a password: only the scheme is shown.
    return place.partition("://")[0] + "://…"
