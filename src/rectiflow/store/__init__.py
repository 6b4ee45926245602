"""
The shared ledger: a durable, append-only, tamper-evident event log on SQLite or PostgreSQL.

    from rectiflow import store

    shared = store.create("ledger.db", rf.assign(rf.load("yuhui-2020")), actor=..., recorded_at=...)
    shared.append([rf.Move(...)], actor=..., recorded_at=..., command="…", expected=shared.seq)
"""

from .actors import Actor, OfficeRole
from .anchors import Anchor
from .conflicts import CommandReusedError, ConcurrencyError, LedgerExistsError
from .engines import NetworkShareWarning
from .events import Event, EventKind, Record
from .faults import (
    DamagedStoreError,
    NotAStoreError,
    StoreError,
    StoreFullError,
    StoreLockedError,
    StoreReadOnlyError,
    StoreUnavailableError,
    StoreVersionError,
    retryable,
    retrying,
)
from .opening import LedgerName
from .policies import OFFICE_RULES, NotPermittedError, OfficeAct, Policy, RefusedAct, Request
from .requests import NotConfirmableError
from .stored import StoredLedger, create, ledgers, open  # noqa: A004 -- store.open, as in shelve.open
from .verifying import Fault, FaultKind, Verification
from .writing import Receipt

__all__ = [
    "OFFICE_RULES",
    "Actor",
    "Anchor",
    "CommandReusedError",
    "ConcurrencyError",
    "DamagedStoreError",
    "Event",
    "EventKind",
    "Fault",
    "FaultKind",
    "LedgerExistsError",
    "LedgerName",
    "NetworkShareWarning",
    "NotAStoreError",
    "NotConfirmableError",
    "NotPermittedError",
    "OfficeAct",
    "OfficeRole",
    "Policy",
    "Receipt",
    "Record",
    "RefusedAct",
    "Request",
    "StoreError",
    "StoreFullError",
    "StoreLockedError",
    "StoreReadOnlyError",
    "StoreUnavailableError",
    "StoreVersionError",
    "StoredLedger",
    "Verification",
    "create",
    "ledgers",
    "open",
    "retryable",
    "retrying",
]
