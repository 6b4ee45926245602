"""
The ways to a ledger in a store: it is made, opened, brought in from a log, or listed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rectiflow.errors import InvalidValueError

from .addresses import Address
from .asking import check_actor, check_parts, check_request, check_text
from .engines import Database
from .finding import LedgerName, check_definition, check_schema, find_ledger, ledgers_in
from .stored import StoredLedger

if TYPE_CHECKING:
    import os
    from datetime import datetime

    from rectiflow.ledger import Ledger
    from rectiflow.lists import RectificationList
    from rectiflow.workdays import WorkCalendar
    from rectiflow.workflow import Workflow

    from .actors import Actor
    from .policies import Policy

__all__ = ["create", "import_log", "ledgers", "open"]


def create(
    place: str | os.PathLike[str],
    ledger: Ledger,
    *,
    actor: Actor,
    recorded_at: datetime,
    name: str | None = None,
    office: str = "",
    policy: Policy | None = None,
) -> StoredLedger:
    """
    Put a ledger into a store, which is made if there is none; its histories become events.

    Args:
        place: A path of a file (SQLite), or a URL (``postgresql://…``).
        ledger: What :func:`rectiflow.assign` or :meth:`rectiflow.Ledger.replay` made.
        actor: Who opens it.
        recorded_at: Now, with a time zone.
        name: What it is to go by; the list's id if not given.
        office: Whose it is, where many offices share a store.
        policy: Who may do what; the house's rules if not given.

    Raises:
        LedgerExistsError: If there is one of that name.
        NotPermittedError: If the policy refuses; nothing is made.
        StoreError: With the cure.
    """
    from rectiflow.ledger import Ledger  # noqa: PLC0415 -- not before it is asked for

    from .opening import lay_down  # noqa: PLC0415 -- as above

    if not isinstance(ledger, Ledger):
        raise InvalidValueError("ledger", ledger, "a Ledger, e.g. rf.assign(rf.load(...))")
    check_request(actor, recorded_at)
    check_parts(policy=policy)
    _check_may_open(policy, actor)
    named = LedgerName(ledger.rl.id if name is None else name, office)
    check_text("name", named.name)
    check_text("office", named.office, may_be_empty=True)
    database = Database(Address.of(place), create=True)
    try:
        ledger_id = lay_down(database, named, ledger, actor, recorded_at)
    except BaseException:
        database.close()
        raise
    return StoredLedger(database, ledger_id, named, ledger.campaign.workflow, policy)


def open(  # noqa: A001 -- store.open, as in shelve.open
    place: str | os.PathLike[str],
    name: str | None = None,
    *,
    office: str = "",
    workflow: Workflow | None = None,
    policy: Policy | None = None,
    rl: RectificationList | None = None,
    calendar: WorkCalendar | None = None,
    differing: bool = False,
) -> StoredLedger:
    """
    Open a ledger that is in a store.

    It is kept with the list, calendar and workflow that it was opened with, and only
    :meth:`StoredLedger.migrate` changes them.

    Args:
        place: A path of a file, or a URL.
        name: Which ledger; may be left out where the office has only one.
        office: Whose.
        workflow: A caller's own guards and hooks, which are code and not stored.
        policy: Who may do what; the house's rules if not given.
        rl: The list that the caller believes it is of, to be compared.
        calendar: The calendar, likewise.
        differing: Whether to open it although they differ, to migrate it; it goes on with its
            own list and calendar till then.  With another workflow, nothing but that is written.

    Raises:
        DefinitionDiffersError: Naming what differs: list, calendar, or the names of guards and
            hooks.
        UnknownNameError: If there is no such ledger.
        StoreError: With the cure: no such file, no store, another version, no access.
    """
    check_parts(rl=rl, calendar=calendar, workflow=workflow, policy=policy)
    database = Database(Address.of(place))
    try:
        check_schema(database)
        ledger_id, named = find_ledger(database, name, office)
        if not differing:
            check_definition(
                database, ledger_id, named, rl=rl, calendar=calendar, workflow=workflow
            )
    except BaseException:
        database.close()
        raise
    return StoredLedger(database, ledger_id, named, workflow, policy, differing=differing)


def import_log(
    place: str | os.PathLike[str],
    lines: Iterable[str],
    *,
    actor: Actor,
    workflow: Workflow | None = None,
    policy: Policy | None = None,
) -> StoredLedger:
    """
    Put a log that :meth:`StoredLedger.export` wrote into a store, verified and byte for byte.

    Args:
        place: A path of a file, or a URL.
        lines: The log.
        actor: Who asks; nothing is added to the log.
        workflow: As for :func:`open`.
        policy: Likewise.

    Raises:
        BadLogError: If it is not what was written; nothing of it is kept.
        LedgerExistsError: If there is a ledger of that name.
        NotPermittedError: If the policy lets the actor open no ledger.
        StoreError: With the cure.
    """
    from .logs import imported  # noqa: PLC0415 -- not before it is asked for

    check_actor(actor)
    check_parts(workflow=workflow, policy=policy)
    if isinstance(lines, str) or not isinstance(lines, Iterable):
        raise InvalidValueError("lines", lines, "lines of text, as export gives them")
    _check_may_open(policy, actor)
    database = Database(Address.of(place), create=True)
    try:
        ledger_id, named = imported(database, lines)
    except BaseException:
        database.close()
        raise
    return StoredLedger(database, ledger_id, named, workflow, policy)


def ledgers(place: str | os.PathLike[str]) -> tuple[LedgerName, ...]:
    """
    List the ledgers of a store.

    Raises:
        StoreError: With the cure.
    """
    database = Database(Address.of(place))
    try:
        check_schema(database)
        return ledgers_in(database)
    finally:
        database.close()


def _check_may_open(given: Policy | None, actor: Actor) -> None:
    from .policies import (  # noqa: PLC0415 -- not before it is asked for
        NotPermittedError,
        OfficeAct,
        Policy,
        RefusedAct,
        Request,
    )

    policy = Policy() if given is None else given
    reasons = policy.objections(Request(actor=actor, act=OfficeAct.OPEN))
    if reasons:
        # There is no ledger yet that could keep the attempt.
        refused = RefusedAct(line=0, act=OfficeAct.OPEN, subject="", reasons=reasons)
        raise NotPermittedError(person=actor.person, refused=(refused,))
