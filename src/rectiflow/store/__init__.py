"""
The shared ledger: a durable, append-only, tamper-evident event log on SQLite or PostgreSQL.

    from rectiflow import store

    shared = store.create("ledger.db", rf.assign(rf.load("yuhui-2020")), actor=..., recorded_at=...)
    shared.append([rf.Move(...)], actor=..., recorded_at=..., command="…", expected=shared.seq)
"""

from .actors import Actor, OfficeRole
from .anchors import Anchor
from .conflicts import CommandReusedError, ConcurrencyError, LedgerExistsError
from .definitions import Versions
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
from .logs import BadLogError
from .opening import LedgerName
from .policies import OFFICE_RULES, NotPermittedError, OfficeAct, Policy, RefusedAct, Request
from .projection import Confirmation
from .redefining import DefinitionDiffersError, HistoryLostError
from .reminders import OutboxState, Reminder, ReminderKind, due_reminders
from .requests import NotConfirmableError
from .reviewing import BackDated, StoredReview
from .stored import StoredLedger, create, import_log, ledgers, open  # noqa: A004 -- store.open, as in shelve.open
from .verifying import Fault, FaultKind, Verification
from .writing import Receipt

__all__ = [
    "OFFICE_RULES",
    "Actor",
    "Anchor",
    "BackDated",
    "BadLogError",
    "CommandReusedError",
    "ConcurrencyError",
    "Confirmation",
    "DamagedStoreError",
    "DefinitionDiffersError",
    "Event",
    "EventKind",
    "Fault",
    "FaultKind",
    "HistoryLostError",
    "LedgerExistsError",
    "LedgerName",
    "NetworkShareWarning",
    "NotAStoreError",
    "NotConfirmableError",
    "NotPermittedError",
    "OfficeAct",
    "OfficeRole",
    "OutboxState",
    "Policy",
    "Receipt",
    "Record",
    "RefusedAct",
    "Reminder",
    "ReminderKind",
    "Request",
    "StoreError",
    "StoreFullError",
    "StoreLockedError",
    "StoreReadOnlyError",
    "StoreUnavailableError",
    "StoreVersionError",
    "StoredLedger",
    "StoredReview",
    "Verification",
    "Versions",
    "create",
    "due_reminders",
    "import_log",
    "ledgers",
    "open",
    "retryable",
    "retrying",
]
