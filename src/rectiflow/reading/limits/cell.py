"""
The cell being read, the deadlines found in it, and the small sets its grammar turns on.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import lru_cache

import attrs

from rectiflow.deadlines import DeadlineRule, FixedDate, Resolution, Unresolved
from rectiflow.messages import Message
from rectiflow.reading.points import Part, Point
from rectiflow.reading.reasons import Why
from rectiflow.reading.sorts import Sort
from rectiflow.reading.tokens import Token
from rectiflow.source import Doubt

from .ahead import Ahead

__all__ = [
    "CLOSERS",
    "DOES",
    "ENDS",
    "FAR",
    "HARD",
    "LEADS",
    "NO_LIMIT",
    "STARTERS",
    "UNNAMED",
    "Cell",
    "Limit",
    "day_of",
    "due_of",
    "first_day",
    "following_month",
    "in_year",
    "is_joint",
    "passed",
    "past_marks",
]


@attrs.define
class Limit:
    """
    A deadline as read.

    Attributes:
        rule: What it comes to; ``None`` for a date or number that is no deadline.
        first: The place of its first token, included.
        last: The place after its last token.
        starts: The first day of a span.
        is_start: Whether it is the day that something begins on (自…起).
        notes: What was restored, carried or inferred.
        doubts: What only a person can decide.
        why: Why it is no deadline, where there is no rule.
        during: Whether it is a stretch of time that may be filled (全年) and not ended by.
        carried: Whether its year is not printed with it, and is that of a date before it.
    """

    rule: DeadlineRule | None
    first: int
    last: int
    starts: date | None = None
    is_start: bool = False
    notes: list[Message] = attrs.field(factory=list)
    doubts: list[Doubt] = attrs.field(factory=list)
    why: Why | None = None
    during: bool = False
    carried: bool = False


@attrs.define
class Cell:
    """
    The cell being read, and what its clauses share.

    Attributes:
        tokens: All of them.
        issued: The day of issue, if known.
        year: The year that the dates before name, which carries forward.
        month: Their month.
        lost: The characters lost, each with the folded place where it must have stood.
        begins: The place after the last separator.
        dated: The day of the date before, which a carried year should not fall behind.
        loose: The place up to which a list of months is known to end without 底 or 前.
        event: The event that the sentence counts from, which carries to its later counts.
        told: The year of a fact that the sentence tells, which a later date may mean too.
        shares: Where 分别 or the clause's end stands next, as far as it was looked for.
        of: Where 的 or the clause's end stands next, as far as it was looked for.
    """

    tokens: list[Token]
    issued: date | None
    year: int | None = None
    month: int | None = None
    lost: list[tuple[int, str]] = attrs.field(factory=list)
    begins: int = 0
    dated: date | None = None
    loose: int = 0
    event: str = ""
    told: int | None = None
    shares: Ahead = attrs.field(factory=Ahead)
    of: Ahead = attrs.field(factory=Ahead)

    def sort(self, at: int) -> Sort | None:
        """
        Give the sort of the token at a place; ``None`` past the last one and before the first.
        """
        if at < 0:
            return None
        try:
            return self.tokens[at][0]
        except IndexError:
            return None

    def text(self, at: int) -> str:
        """
        Give the folded words of the token at a place; none where there is no token.
        """
        tokens = self.tokens
        return tokens[at][1] if 0 <= at < len(tokens) else ""

    def joins(self, at: int) -> bool:
        """
        Say whether the token at a place joins two dates of a list.
        """
        return at < len(self.tokens) and is_joint(self.tokens[at])

    def words(self, first: int, last: int) -> str:
        """
        Give the folded words of the tokens from *first*, included, to *last*, excluded.
        """
        return "".join([token[1] for token in self.tokens[first:last]])


def is_joint(token: Token) -> bool:
    """
    Say whether a token joins the parts of a list: 6月底和12月底, 自查、整改.
    """
    return token.sort is Sort.PAUSE or (token.sort is Sort.OTHER and token.text in _JOINTS)


_JOINTS = frozenset({"和", "及", "与", "以及"})

ENDS = frozenset({Sort.COMMA, Sort.STOP, Sort.CLOSE, Sort.OPEN, Sort.PAUSE, Sort.COLON, None})


HARD = frozenset({Sort.COMMA, Sort.STOP, Sort.CLOSE, Sort.OPEN, Sort.COLON, None})


DOES = frozenset(
    {Sort.VERB, Sort.ACT, Sort.DRAFT, Sort.NAMED, Sort.SOFT, Sort.NOW, Sort.EXPLORE, Sort.KEEP}
)


LEADS = frozenset({Sort.AT, Sort.TO, Sort.MODAL, Sort.SOFT})


STARTERS = frozenset(
    {
        Sort.NUMBER,
        Sort.DOTTED,
        Sort.RELATIVE_YEAR,
        Sort.YEAR_END,
        Sort.MONTH_END,
        Sort.QUARTER_END,
        Sort.HALF,
        Sort.ORDINAL,
        Sort.EVERY,
        Sort.WEEKDAY,
        Sort.THIS_MONTH,
        Sort.NEXT_MONTH,
        Sort.HALF_YEAR,
        Sort.HOLIDAY,
        Sort.MONTH_DAY,
        Sort.NEAR_DAY,
        Sort.FIVE_YEARS,
        Sort.WHOLE_YEAR,
        Sort.UNTOLD,
    }
)


UNNAMED = "unnamed"

NO_LIMIT = "no limit"
"""The answer to a doubt that says that its words are no deadline."""


# How many tokens a look ahead takes in, so that a long text is read in time that grows with it.
FAR = 60


def passed(first: int, last: int, why: Why) -> Limit:
    """
    Make a limit of what sets no deadline, for a reason.
    """
    return Limit(None, first, last, why=why)


_HOURS = frozenset({Sort.TIME, Sort.CLOCK})
_IN_BRACKETS = frozenset({Sort.WEEKDAY, Sort.INCLUSIVE, Sort.EXCLUSIVE})


def past_marks(cell: Cell, at: int) -> int:
    """
    Pass (星期二), (含当日) and the hour between a date and its closing.
    """
    while True:
        sort = cell.sort(at)
        if (
            sort is Sort.OPEN
            and cell.sort(at + 2) is Sort.CLOSE
            and cell.sort(at + 1) in _IN_BRACKETS
        ):
            at += 3
        elif sort in _HOURS or (sort is Sort.WEEKDAY and cell.sort(at - 1) is Sort.DAY):
            at += 1
        elif sort is Sort.NUMBER and cell.sort(at + 1) is Sort.TIME:
            at += 2
        else:
            return at


def due_of(rule: DeadlineRule, issued: date | None) -> date | None:
    """
    Give the day of a rule that needs no event, or ``None``.
    """
    if isinstance(rule, Unresolved):
        return None
    return rule.day if isinstance(rule, FixedDate) else resolved(rule, issued).due


@lru_cache(4096)
def resolved(rule: DeadlineRule, issued: date | None) -> Resolution:
    """
    Resolve a rule by the issue date alone; a list writes the same few over and over.

    Raises:
        CalendarCoverageError: If working days are counted past the calendar.
        InvalidValueError: If the rule comes to no day there is.
    """
    return rule.resolve(issued=issued)


def following_month(day: date) -> tuple[int, int]:
    """
    Give the year and month after those of *day*.
    """
    return (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)  # noqa: PLR2004 -- December


def day_of(year: int, month: int, day: int) -> date | None:
    """
    Make a day, or ``None`` where there is no such day.
    """
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def in_year(day: date, year: int) -> date:
    """
    Give the same day of another year; the end of a month stays its end.

    >>> str(in_year(date(2019, 2, 28), 2020)), str(in_year(date(2019, 2, 27), 2020))
    ('2020-02-29', '2020-02-27')
    """
    last = monthrange(year, day.month)[1]
    is_end = monthrange(day.year, day.month)[1] == day.day
    return day.replace(year=year, day=last if is_end else day.day)


def first_day(point: Point, end: date) -> date:
    """
    Give the first day of the period that a point names and *end* closes.
    """
    match point.part:
        case Part.YEAR:
            return date(end.year, 1, 1)
        case Part.HALF | Part.HALF_END:
            return date(end.year, end.month - 5, 1)
        case Part.QUARTER:
            return date(end.year, end.month - 2, 1)
        case Part.TEN_DAY | Part.MONTH_START:
            return end.replace(day=1 + 10 * ((point.number or 1) - 1))
        case _:
            return end.replace(day=1)


CLOSERS = frozenset({Sort.BEFORE, Sort.BY, Sort.WITHIN})
