# What __init__.py loads on first use, for type checkers and editors; a test holds the two equal.
from . import store as store
from .assignments import Assignment as Assignment
from .batches import BadMove as BadMove
from .batches import BatchRefusedError as BatchRefusedError
from .batches import StaleAssignmentError as StaleAssignmentError
from .campaign import Campaign as Campaign
from .clauses import Act as Act
from .clauses import Clause as Clause
from .deadlines import Adjustment as Adjustment
from .deadlines import After as After
from .deadlines import Annual as Annual
from .deadlines import Before as Before
from .deadlines import CountUnit as CountUnit
from .deadlines import Cycle as Cycle
from .deadlines import DeadlineRule as DeadlineRule
from .deadlines import Earliest as Earliest
from .deadlines import Extension as Extension
from .deadlines import ExtensionUntil as ExtensionUntil
from .deadlines import FixedDate as FixedDate
from .deadlines import Latest as Latest
from .deadlines import MonthDay as MonthDay
from .deadlines import Override as Override
from .deadlines import Period as Period
from .deadlines import PeriodEnd as PeriodEnd
from .deadlines import Recurring as Recurring
from .deadlines import Resolution as Resolution
from .deadlines import Restart as Restart
from .deadlines import RuleKind as RuleKind
from .deadlines import RuleSyntaxError as RuleSyntaxError
from .deadlines import StandingDuty as StandingDuty
from .deadlines import Suspension as Suspension
from .deadlines import TraceStep as TraceStep
from .deadlines import Unresolved as Unresolved
from .deadlines import UnresolvedDeadlineError as UnresolvedDeadlineError
from .deadlines import parse_adjustment as parse_adjustment
from .deadlines import parse_rule as parse_rule
from .errors import InvalidValueError as InvalidValueError
from .errors import MissingExtraError as MissingExtraError
from .errors import RectiflowError as RectiflowError
from .errors import UnknownNameError as UnknownNameError
from .history import AdjustmentEntry as AdjustmentEntry
from .history import CompletionEntry as CompletionEntry
from .history import Entry as Entry
from .history import EventEntry as EventEntry
from .history import OpeningEntry as OpeningEntry
from .history import ReopeningEntry as ReopeningEntry
from .history import StageEntry as StageEntry
from .ledger import Ledger as Ledger
from .ledger import assign as assign
from .lists import RectificationList as RectificationList
from .lists import Row as Row
from .messages import Language as Language
from .messages import Message as Message
from .moves import History as History
from .moves import Move as Move
from .notices import NOTICES as NOTICES
from .notices import Notice as Notice
from .problems import BadDocumentError as BadDocumentError
from .problems import InconsistentValueError as InconsistentValueError
from .problems import Problem as Problem
from .reading.answers import load_answers as load_answers
from .reading.answers import write_questions as write_questions
from .reading.load import load as load
from .reading.load import load_roster as load_roster
from .reading.moves import load_moves as load_moves
from .reading.moves import read_moves as read_moves
from .reading.requirement import read_requirement as read_requirement
from .reading.settling import OpenDoubt as OpenDoubt
from .reading.settling import Settlement as Settlement
from .reading.settling import open_doubts as open_doubts
from .reading.settling import settle as settle
from .reading.units import CellRegister as CellRegister
from .reading.units import UnitCell as UnitCell
from .reading.units import UnitEntry as UnitEntry
from .reading.units import read_units as read_units
from .refusals import Fact as Fact
from .refusals import FactRefusedError as FactRefusedError
from .requirements import Milestone as Milestone
from .requirements import Requirement as Requirement
from .requirements import Service as Service
from .review import Review as Review
from .review import ReviewRow as ReviewRow
from .rosters import Roster as Roster
from .rosters import RosterMember as RosterMember
from .source import Doubt as Doubt
from .source import Source as Source
from .stages import Stage as Stage
from .stages import StagePath as StagePath
from .stages import Trigger as Trigger
from .standings import Standing as Standing
from .steps import Step as Step
from .steps import TransitionRefusedError as TransitionRefusedError
from .texts import OriginalText as OriginalText
from .transition_table import BadTableError as BadTableError
from .transition_table import TransitionTable as TransitionTable
from .units import Responsibility as Responsibility
from .units import Role as Role
from .units import Unit as Unit
from .units import UnitGroup as UnitGroup
from .units import UnitRegister as UnitRegister
from .verdicts import Clock as Clock
from .verdicts import Outcome as Outcome
from .verdicts import Verdict as Verdict
from .verdicts import verdict as verdict
from .workdays import CalendarCoverageError as CalendarCoverageError
from .workdays import Roll as Roll
from .workdays import WorkCalendar as WorkCalendar
from .workflow import Workflow as Workflow
from .writing.docx import write_docx as write_docx
from .writing.json import write_json as write_json
from .writing.schema import list_schema as list_schema
from .writing.toml import write_roster_toml as write_roster_toml
from .writing.toml import write_toml as write_toml
from .writing.xlsx import write_xlsx as write_xlsx

__version__: str
__all__ = [
    "NOTICES",
    "Act",
    "Adjustment",
    "AdjustmentEntry",
    "After",
    "Annual",
    "Assignment",
    "BadDocumentError",
    "BadMove",
    "BadTableError",
    "BatchRefusedError",
    "Before",
    "CalendarCoverageError",
    "Campaign",
    "CellRegister",
    "Clause",
    "Clock",
    "CompletionEntry",
    "CountUnit",
    "Cycle",
    "DeadlineRule",
    "Doubt",
    "Earliest",
    "Entry",
    "EventEntry",
    "Extension",
    "ExtensionUntil",
    "Fact",
    "FactRefusedError",
    "FixedDate",
    "History",
    "InconsistentValueError",
    "InvalidValueError",
    "Language",
    "Latest",
    "Ledger",
    "Message",
    "Milestone",
    "MissingExtraError",
    "MonthDay",
    "Move",
    "Notice",
    "OpenDoubt",
    "OpeningEntry",
    "OriginalText",
    "Outcome",
    "Override",
    "Period",
    "PeriodEnd",
    "Problem",
    "RectificationList",
    "RectiflowError",
    "Recurring",
    "ReopeningEntry",
    "Requirement",
    "Resolution",
    "Responsibility",
    "Restart",
    "Review",
    "ReviewRow",
    "Role",
    "Roll",
    "Roster",
    "RosterMember",
    "Row",
    "RuleKind",
    "RuleSyntaxError",
    "Service",
    "Settlement",
    "Source",
    "Stage",
    "StageEntry",
    "StagePath",
    "StaleAssignmentError",
    "Standing",
    "StandingDuty",
    "Step",
    "Suspension",
    "TraceStep",
    "TransitionRefusedError",
    "TransitionTable",
    "Trigger",
    "Unit",
    "UnitCell",
    "UnitEntry",
    "UnitGroup",
    "UnitRegister",
    "UnknownNameError",
    "Unresolved",
    "UnresolvedDeadlineError",
    "Verdict",
    "WorkCalendar",
    "Workflow",
    "assign",
    "list_schema",
    "load",
    "load_answers",
    "load_moves",
    "load_roster",
    "open_doubts",
    "parse_adjustment",
    "parse_rule",
    "read_moves",
    "read_requirement",
    "read_units",
    "settle",
    "verdict",
    "write_docx",
    "write_json",
    "write_questions",
    "write_roster_toml",
    "write_toml",
    "write_xlsx",
]
