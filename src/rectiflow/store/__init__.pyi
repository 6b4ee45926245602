# What __init__.py loads on first use, for type checkers and editors; a test holds the two equal.
from .actors import Actor as Actor
from .actors import OfficeRole as OfficeRole
from .anchors import Anchor as Anchor
from .conflicts import CommandReusedError as CommandReusedError
from .conflicts import ConcurrencyError as ConcurrencyError
from .conflicts import LedgerExistsError as LedgerExistsError
from .definitions import Versions as Versions
from .engines import NetworkShareWarning as NetworkShareWarning
from .entrances import create as create
from .entrances import import_log as import_log
from .entrances import ledgers as ledgers
from .entrances import open as open  # noqa: A004 -- store.open, as in shelve.open
from .events import Event as Event
from .events import EventKind as EventKind
from .events import Record as Record
from .faults import DamagedStoreError as DamagedStoreError
from .faults import NotAStoreError as NotAStoreError
from .faults import StoreDiskError as StoreDiskError
from .faults import StoreEncodingError as StoreEncodingError
from .faults import StoreError as StoreError
from .faults import StoreFullError as StoreFullError
from .faults import StoreLockedError as StoreLockedError
from .faults import StoreLostError as StoreLostError
from .faults import StoreReadOnlyError as StoreReadOnlyError
from .faults import StoreUnavailableError as StoreUnavailableError
from .faults import StoreVersionError as StoreVersionError
from .faults import retryable as retryable
from .faults import retrying as retrying
from .finding import LedgerName as LedgerName
from .logs import BadLogError as BadLogError
from .policies import OFFICE_RULES as OFFICE_RULES
from .policies import NotPermittedError as NotPermittedError
from .policies import OfficeAct as OfficeAct
from .policies import Policy as Policy
from .policies import RefusedAct as RefusedAct
from .policies import Request as Request
from .projection import Confirmation as Confirmation
from .redefining import DefinitionDiffersError as DefinitionDiffersError
from .redefining import HistoryLostError as HistoryLostError
from .reminders import OutboxState as OutboxState
from .reminders import Reminder as Reminder
from .reminders import ReminderKind as ReminderKind
from .reminders import due_reminders as due_reminders
from .requests import NotConfirmableError as NotConfirmableError
from .reviewing import BackDated as BackDated
from .reviewing import StoredReview as StoredReview
from .stored import StoredLedger as StoredLedger
from .verifying import Fault as Fault
from .verifying import FaultKind as FaultKind
from .verifying import Verification as Verification
from .writing import Receipt as Receipt

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
    "StoreDiskError",
    "StoreEncodingError",
    "StoreError",
    "StoreFullError",
    "StoreLockedError",
    "StoreLostError",
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
