# What __init__.py loads on first use, for type checkers and editors; a test holds the two equal.
from .laws.calendar_laws import calendar_laws as calendar_laws
from .laws.checking import check as check
from .laws.china_laws import china_laws as china_laws
from .laws.family import LawFamily as LawFamily
from .laws.law import UNPROVED as UNPROVED
from .laws.law import Law as Law
from .laws.law import NothingToTryError as NothingToTryError
from .laws.law import Share as Share
from .laws.protocols import CalendarLike as CalendarLike
from .laws.protocols import ResolutionLike as ResolutionLike
from .laws.protocols import RuleLike as RuleLike
from .laws.protocols import RulesLike as RulesLike
from .laws.report import LawOutcome as LawOutcome
from .laws.report import LawResult as LawResult
from .laws.report import Report as Report
from .laws.rule_laws import rule_laws as rule_laws
from .laws.watched import Part as Part
from .laws.watched import refused as refused

__all__ = [
    "UNPROVED",
    "CalendarLike",
    "Law",
    "LawFamily",
    "LawOutcome",
    "LawResult",
    "NothingToTryError",
    "Part",
    "Report",
    "ResolutionLike",
    "RuleLike",
    "RulesLike",
    "Share",
    "calendar_laws",
    "check",
    "china_laws",
    "refused",
    "rule_laws",
]
