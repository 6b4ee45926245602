"""
Making a store and a ledger in it, and finding one that is there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from rectiflow.errors import UnknownNameError
from rectiflow.lists import RectificationList
from rectiflow.workdays import WorkCalendar
from rectiflow.workflow import Workflow

from .conflicts import LedgerExistsError
from .definitions import (
    Definition,
    Versions,
    calendar_version,
    defined_by,
    definition_in,
    list_version,
    workflow_version,
)
from .entries import said_of
from .events import EventKind, first_hash
from .extra import sa
from .faults import NotAStoreError, StoreVersionError
from .pens import Pen, project
from .projection import Projection
from .redefining import DefinitionDiffersError
from .tables import EVENT, LEDGER, METADATA, SCHEMA, STORE

if TYPE_CHECKING:
    from datetime import datetime

    from rectiflow.ledger import Ledger

    from .actors import Actor
    from .engines import Database
    from .requests import Saying

__all__ = [
    "Given",
    "LedgerName",
    "check_definition",
    "check_schema",
    "find_ledger",
    "lay_down",
    "ledgers_in",
    "prepare",
    "versions_told",
]


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
    METADATA.create_all(connection)
    found = connection.scalars(sa.select(STORE.c.schema)).all()
    if not found:
        connection.execute(sa.insert(STORE), {"schema": SCHEMA})
    else:
        _check(found[0], place)


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


@attrs.frozen(kw_only=True)
class Given:
    """
    What a caller believes a ledger to be kept with.
    """

    rl: RectificationList | None
    calendar: WorkCalendar | None
    workflow: Workflow | None


def check_definition(database: Database, ledger_id: int, named: LedgerName, given: Given) -> None:
    """
    Compare what a ledger is kept with to what the caller believes.

    Raises:
        DefinitionDiffersError: Naming what differs.
    """
    with database.reading() as connection:
        definition = definition_at(connection, ledger_id)
    kept = definition.versions
    # What is not given is not compared, but for the workflow: without one, it is the house's.
    workflow = Workflow() if given.workflow is None else given.workflow
    calendar = kept.calendar
    if given.calendar is not None:
        calendar = calendar_version(given.calendar, definition.immediate)
    believed = Versions(
        list=kept.list if given.rl is None else list_version(given.rl),
        calendar=calendar,
        workflow=workflow_version(workflow),
    )
    differences = kept.differences(believed)
    if differences:
        raise DefinitionDiffersError(ledger=named.name, parts=differences)


def definition_at(connection: sa.Connection, ledger_id: int) -> Definition:
    """
    Read the definition in force.
    """
    chosen = (
        sa.select(EVENT.c.body)
        .join(LEDGER, LEDGER.c.id == EVENT.c.ledger_id)
        .where(LEDGER.c.id == ledger_id, EVENT.c.seq == LEDGER.c.definition_seq)
    )
    return definition_in(connection.execute(chosen).scalar_one())


def versions_told(connection: sa.Connection, ledger_id: int) -> Versions:
    """
    Give the hashes of what a ledger is kept with.
    """
    return definition_at(connection, ledger_id).versions


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
