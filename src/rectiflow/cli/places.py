"""
Which stored ledger a command is about: a file, a URL, or a name in the store that a URL names.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import attrs
from cyclopts import Parameter

from rectiflow.errors import InvalidValueError

if TYPE_CHECKING:
    from rectiflow.store import StoredLedger

    from .acting import Acting

__all__ = ["LedgerArgument", "Place", "holds_store", "opened", "refuse_for_store"]

_SQLITE = b"SQLite format 3\0"

LedgerArgument = Annotated[
    str,
    Parameter(help="A file, a URL, or with --url the ledger's name there."),
]


@Parameter(name="*")
@attrs.frozen(kw_only=True)
class Place:
    """
    The options that say where ledgers are.

    Attributes:
        url: The store.
        office: Whose ledgers, where many offices share a store.
    """

    url: Annotated[
        str | None,
        Parameter(
            name="--url",
            env_var="RECTIFLOW_URL",
            help="The store, e.g. postgresql://user@host/database; LEDGER is then a name in it.",
        ),
    ] = None
    office: Annotated[
        str,
        Parameter(
            name="--office",
            env_var="RECTIFLOW_OFFICE",
            help="Whose ledger, where many offices share a store.",
        ),
    ] = ""

    def of(self, ledger: str) -> tuple[str, str | None]:
        """
        Tell the store and the name of a ledger; no name where the store has but one.
        """
        if self.url is None or "://" in ledger:
            return ledger, None
        return self.url, ledger


def opened(ledger: str, place: Place, acting: Acting | None = None) -> StoredLedger:
    """
    Open a stored ledger.

    Raises:
        UnknownNameError, InvalidValueError, StoreError: With the cure.
    """
    from rectiflow import store  # noqa: PLC0415 -- heavy, and an extra

    where, name = place.of(ledger)
    policy = None if acting is None else acting.policy()
    shared = store.open(where, name, office=place.office, policy=policy)
    if acting is not None and not acting.is_claimed and shared.opened_by.roles:
        # Whoever opened it said in what role, so that all others have to.
        shared.close()
        shared = store.open(where, name, office=place.office)
    return shared


def holds_store(source: str, place: Place) -> bool:
    """
    Say whether what may be a list is a stored ledger.

    A file is told by what is in it; what is no file is a ledger's name where a store is named.
    """
    if "://" in source:
        return True
    path = Path(source)
    if path.is_file():
        with path.open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    if path.suffix.lower() in {".db", ".sqlite", ".sqlite3"}:
        # It is not there, and the store says so better than the list's reader.
        return True
    return place.url is not None


def refuse_for_store(option: str, value: object) -> None:
    """
    Refuse an option that is for lists only.

    Raises:
        InvalidValueError: If it is given.
    """
    if value:
        expected = "nothing: a stored ledger has its own moves and bodies (see apply and init)"
        raise InvalidValueError(option, value, expected)
