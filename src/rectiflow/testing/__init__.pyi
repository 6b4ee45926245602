# What __init__.py loads on first use, for type checkers and editors; a test holds the two equal.
from .laws.calendar_laws import calendar_laws as calendar_laws
from .laws.checking import check as check
from .laws.china_laws import china_laws as china_laws
from .laws.family import LawFamily as LawFamily
from .laws.history_laws import RecordsLike as RecordsLike
from .laws.history_laws import history_laws as history_laws
from .laws.law import UNPROVED as UNPROVED
from .laws.law import Law as Law
from .laws.law import NothingToTryError as NothingToTryError
from .laws.law import Share as Share
from .laws.protocols import CalendarLike as CalendarLike
from .laws.protocols import ResolutionLike as ResolutionLike
from .laws.protocols import RuleLike as RuleLike
from .laws.protocols import RulesLike as RulesLike
from .laws.reading_laws import ReaderLike as ReaderLike
from .laws.reading_laws import reading_laws as reading_laws
from .laws.report import LawOutcome as LawOutcome
from .laws.report import LawResult as LawResult
from .laws.report import Report as Report
from .laws.rule_laws import rule_laws as rule_laws
from .laws.store_laws import store_laws as store_laws
from .laws.verdict_laws import VerdictsLike as VerdictsLike
from .laws.verdict_laws import verdict_laws as verdict_laws
from .laws.watched import Part as Part
from .laws.watched import refused as refused
from .laws.workflow_laws import workflow_laws as workflow_laws
from .machines import AssignmentMachine as AssignmentMachine
from .machines import LedgerMachine as LedgerMachine
from .saboteurs import SABOTEURS as SABOTEURS
from .saboteurs import SabotageReport as SabotageReport
from .saboteurs import SabotageResult as SabotageResult
from .saboteurs import Saboteur as Saboteur
from .saboteurs import run_sabotage as run_sabotage
from .saboteurs import sabotage as sabotage
from .store_machine import StoreMachine as StoreMachine
from .stores import StoreLike as StoreLike
from .systems import CaseSystem as CaseSystem
from .systems import LedgerSystem as LedgerSystem
from .worlds import SmallWorld as SmallWorld
from .worlds import small_world as small_world

__all__ = [
    "SABOTEURS",
    "UNPROVED",
    "AssignmentMachine",
    "CalendarLike",
    "CaseSystem",
    "Law",
    "LawFamily",
    "LawOutcome",
    "LawResult",
    "LedgerMachine",
    "LedgerSystem",
    "NothingToTryError",
    "Part",
    "ReaderLike",
    "RecordsLike",
    "Report",
    "ResolutionLike",
    "RuleLike",
    "RulesLike",
    "SabotageReport",
    "SabotageResult",
    "Saboteur",
    "Share",
    "SmallWorld",
    "StoreLike",
    "StoreMachine",
    "VerdictsLike",
    "calendar_laws",
    "check",
    "china_laws",
    "history_laws",
    "reading_laws",
    "refused",
    "rule_laws",
    "run_sabotage",
    "sabotage",
    "small_world",
    "store_laws",
    "verdict_laws",
    "workflow_laws",
]
