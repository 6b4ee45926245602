"""
Finding a ledger that is there, and what it is kept with.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from rectiflow.errors import UnknownNameError

from .anchors import Anchor
from .definitions import (
    Definition,
    Versions,
    definition_in,
    workflow_version,
)
from .extra import sa
from .faults import NotAStoreError, StoreVersionError
from .tables import EVENT, LEDGER, METADATA, SCHEMA, STORE

if TYPE_CHECKING:
    from rectiflow.lists import RectificationList
    from rectiflow.workdays import WorkCalendar
    from rectiflow.workflow import Workflow

    from .engines import Database

__all__ = [
    "LedgerName",
    "anchor_of",
    "check_definition",
    "check_schema",
    "check_version",
    "definition_at",
    "find_ledger",
    "ledgers_in",
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
        check_version(found[0], place)
        there = set(sa.inspect(connection).get_table_names())
        missing = [name for name in METADATA.tables if name not in there]
        if missing:
            raise NotAStoreError(store=place, detail=", ".join(missing))


def check_version(found: object, place: str) -> None:
    """
    Refuse tables of another version.

    Raises:
        StoreVersionError: With the cure.
    """
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


def check_definition(
    database: Database,
    ledger_id: int,
    named: LedgerName,
    *,
    rl: RectificationList | None,
    calendar: WorkCalendar | None,
    workflow: Workflow | None,
) -> None:
    """
    Compare what a ledger is kept with to what the caller believes; what is ``None`` is not.

    Without a workflow it must be the house's.

    Raises:
        DefinitionDiffersError: Naming what differs.
    """
    with database.reading() as connection:
        definition = definition_at(connection, ledger_id)
    differences = definition.versions.differences(_believed(definition, rl, calendar, workflow))
    if differences:
        from .redefining import DefinitionDiffersError  # noqa: PLC0415 -- it loads all there is

        raise DefinitionDiffersError(ledger=named.name, parts=differences)


def _believed(
    definition: Definition,
    rl: RectificationList | None,
    calendar: WorkCalendar | None,
    workflow: Workflow | None,
) -> Versions:
    kept, code_hash = definition.versions, workflow_version()
    list_hash, calendar_hash = kept.list, kept.calendar
    if workflow is not None:
        code_hash = workflow_version(workflow.guards, workflow.hooks)
    if rl is not None or calendar is not None:
        from .campaigns import calendar_version, list_version  # noqa: PLC0415 -- as above

        list_hash = list_hash if rl is None else list_version(rl)
        if calendar is not None:
            calendar_hash = calendar_version(calendar, definition.immediate)
    return Versions(list=list_hash, calendar=calendar_hash, workflow=code_hash)


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


def anchor_of(connection: sa.Connection, ledger_id: int) -> Anchor:
    """
    Give the head of a ledger.
    """
    chosen = sa.select(LEDGER.c.seq, LEDGER.c.hash).where(LEDGER.c.id == ledger_id)
    seq, head = connection.execute(chosen).one()
    return Anchor(seq, head.hex())


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
