"""
Making a store and a ledger in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .campaigns import defined_by
from .conflicts import LedgerExistsError
from .entries import said_of
from .events import EventKind, first_hash
from .extra import sa
from .finding import LedgerName, check_version
from .pens import Pen, project
from .projection import Projection
from .tables import LEDGER, METADATA, SCHEMA, STORE

if TYPE_CHECKING:
    from datetime import datetime

    from rectiflow.ledger import Ledger

    from .actors import Actor
    from .engines import Database
    from .requests import Saying

__all__ = ["lay_down", "prepare"]


def lay_down(
    database: Database, named: LedgerName, ledger: Ledger, actor: Actor, recorded_at: datetime
) -> int:
    """
    Write a new ledger with its first events, in one transaction; give its number.

    Raises:
        LedgerExistsError: If there is one of that name.
        StoreVersionError: If the store is of another version.
    """
    with database.writing() as connection:
        prepare(connection, str(database.address))
        head = first_hash(named.office, named.name)
        values = {"office": named.office, "name": named.name, "seq": 0, "hash": head}
        values["definition_seq"] = 1
        try:
            made = connection.execute(sa.insert(LEDGER), values)
        except sa.exc.IntegrityError:
            place = str(database.address)
            raise LedgerExistsError(store=place, name=named.name, office=named.office) from None
        (ledger_id,) = made.inserted_primary_key or (0,)
        pen = Pen(ledger_id, 0, head, actor, recorded_at, "")
        state = Projection(ledger.campaign.workflow)
        definition = defined_by(ledger.campaign, ledger)
        state.adopt(ledger.campaign, list(ledger), definition.versions)
        sayings: list[Saying] = [
            (None, {"kind": EventKind.OPENED, "details": {"definition": definition}})
        ]
        for each in ledger:
            number = state.number(each)
            sayings += ((number, said_of(entry, recorded_at)) for entry in each.history)
        pen.write_all(state, sayings, "")
        pen.save(connection)
        project(connection, ledger_id, state, pen, 0)
    return int(ledger_id)


def prepare(connection: sa.Connection, place: str) -> None:
    """
    Make the tables where there are none.

    Raises:
        StoreVersionError: If there are some of another version.
    """
    if connection.dialect.name == "postgresql" and not sa.inspect(connection).has_table(STORE.name):
        # Two that make the tables at once would meet in the server's own catalogues.
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_MAKING)))
    METADATA.create_all(connection)
    found = connection.scalars(sa.select(STORE.c.schema)).all()
    if not found:
        connection.execute(sa.insert(STORE), {"schema": SCHEMA})
    else:
        check_version(found[0], place)


_MAKING = int.from_bytes(b"rectflow")
"""The server's name for the making of our tables, which nobody else's lock is likely to have."""
