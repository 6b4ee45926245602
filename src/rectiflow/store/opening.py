"""
Making a store and a ledger in it, and finding one that is there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from rectiflow.errors import UnknownNameError
from rectiflow.stages import Stage

from .conflicts import LedgerExistsError
from .definitions import definition_of
from .entries import said_of
from .events import EventKind, first_hash
from .extra import sa
from .faults import NotAStoreError, StoreVersionError
from .projection import Projection
from .tables import LEDGER, METADATA, SCHEMA, STORE
from .writing import Pen, project

if TYPE_CHECKING:
    from datetime import datetime

    from rectiflow.ledger import Ledger

    from .actors import Actor
    from .engines import Database
    from .requests import Saying

__all__ = ["LedgerName", "check_schema", "find_ledger", "lay_down", "ledgers_in"]


@attrs.frozen
class LedgerName:
    """
    What a ledger in a store goes by.

    Attributes:
        name: Its name, by default its list's id.
        office: Whose it is, where many offices share a store; may be empty.
    """

    name: str
    office: str = ""


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
        METADATA.create_all(connection)
        found = connection.scalars(sa.select(STORE.c.schema)).all()
        if not found:
            connection.execute(sa.insert(STORE), {"schema": SCHEMA})
        else:
            _check(found[0], str(database.address))
        head = first_hash(named.office, named.name)
        values = {"office": named.office, "name": named.name, "seq": 0, "hash": head}
        try:
            made = connection.execute(sa.insert(LEDGER), values)
        except sa.exc.IntegrityError:
            place = str(database.address)
            raise LedgerExistsError(store=place, name=named.name, office=named.office) from None
        (ledger_id,) = made.inserted_primary_key or (0,)
        pen = Pen(ledger_id, 0, head, actor, recorded_at, "")
        state = Projection(ledger.campaign.workflow)
        definition = definition_of(ledger.campaign, ledger)
        state.redefine(definition, ledger.campaign)
        sayings: list[Saying] = [
            (None, {"kind": EventKind.OPENED, "details": {"definition": definition}})
        ]
        for each in ledger:
            number = state.number(each)
            sayings += ((number, said_of(entry, recorded_at)) for entry in each.history)
            if each.stage is not Stage.ASSIGNED:
                state.ledger.keep(each)
        pen.write_all(state, sayings, "")
        pen.save(connection)
        project(connection, ledger_id, state, pen, 0)
    return int(ledger_id)


def check_schema(database: Database) -> None:
    """
    Refuse a database that is no store, or one of another version.

    Raises:
        NotAStoreError, StoreVersionError: Naming it, with the cure.
    """
    place = str(database.address)
    with database.reading() as connection:
        found = connection.scalars(sa.select(STORE.c.schema)).all()
        if len(found) != 1:
            raise NotAStoreError(store=place, detail="rectiflow_store")
        _check(found[0], place)
        there = set(sa.inspect(connection).get_table_names())
        missing = [name for name in METADATA.tables if name not in there]
        if missing:
            raise NotAStoreError(store=place, detail=", ".join(missing))


def _check(found: object, place: str) -> None:
    if found != SCHEMA:
        number = found if type(found) is int else -1
        raise StoreVersionError(store=place, found=number, known=SCHEMA)


def ledgers_in(database: Database) -> tuple[LedgerName, ...]:
    """
    List the ledgers of a store, in the order of their making.
    """
    chosen = sa.select(LEDGER.c.name, LEDGER.c.office).order_by(LEDGER.c.id)
    with database.reading() as connection:
        return tuple(LedgerName(*row) for row in connection.execute(chosen))


def find_ledger(database: Database, name: str | None, office: str) -> tuple[int, LedgerName]:
    """
    Find a ledger by its name; without one, the only one of the office.

    Raises:
        UnknownNameError: If there is none, or several to choose from; the names are told.
    """
    chosen = sa.select(LEDGER.c.id, LEDGER.c.name).where(LEDGER.c.office == office)
    with database.reading() as connection:
        found = connection.execute(chosen.order_by(LEDGER.c.id)).all()
    for id_, each in found:
        if each == name or (name is None and len(found) == 1):
            return id_, LedgerName(each, office)
    known = [each for _, each in found]
    if name is None:
        raise UnknownNameError("ledger", "", tuple(known[:3]))
    raise UnknownNameError.among("ledger", name, known)
