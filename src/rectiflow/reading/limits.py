"""
Deadlines as they are written: a point with its closing, a counted period, one that comes back.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import attrs

from rectiflow.deadlines import (
    After,
    Annual,
    Before,
    CountUnit,
    DeadlineRule,
    FixedDate,
    MonthDay,
    Period,
    PeriodEnd,
    Recurring,
    Unresolved,
)
from rectiflow.messages import Message
from rectiflow.source import Doubt
from rectiflow.workdays import CalendarCoverageError, WorkCalendar

from .lexicon import EVENTS, WEEKDAYS, Sort
from .points import Part, Point, point_at

if TYPE_CHECKING:
    from .tokens import Token

__all__ = ["Cell", "Limit", "limits_at"]


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
    """

    rule: DeadlineRule | None
    first: int
    last: int
    starts: date | None = None
    is_start: bool = False
    notes: list[Message] = attrs.field(factory=list)
    doubts: list[Doubt] = attrs.field(factory=list)


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
    """

    tokens: list[Token]
    issued: date | None
    year: int | None = None
    month: int | None = None
    lost: list[tuple[int, str]] = attrs.field(factory=list)
    begins: int = 0
    dated: date | None = None

    def sort(self, at: int) -> Sort | None:
        """
        Give the sort of the token at a place; ``None`` past the last one and before the first.
        """
        return self.tokens[at].sort if 0 <= at < len(self.tokens) else None

    def words(self, first: int, last: int) -> str:
        """
        Give the folded words of the tokens from *first*, included, to *last*, excluded.
        """
        return "".join(token.text for token in self.tokens[first:last])


_ENDS = frozenset({Sort.COMMA, Sort.STOP, Sort.CLOSE, Sort.OPEN, Sort.PAUSE, Sort.COLON, None})
_HARD = frozenset({Sort.COMMA, Sort.STOP, Sort.CLOSE, Sort.OPEN, Sort.COLON, None})
_DOES = frozenset(
    {Sort.VERB, Sort.ACT, Sort.DRAFT, Sort.NAMED, Sort.SOFT, Sort.NOW, Sort.EXPLORE, Sort.KEEP}
)
_ENDS_IN = frozenset({Sort.VERB, Sort.NAMED, Sort.SOFT})
_LEADS = frozenset({Sort.AT, Sort.TO, Sort.MODAL, Sort.SOFT})
_UNITS = {
    Sort.WORKDAYS: CountUnit.WORKDAY,
    Sort.DAYS: CountUnit.DAY,
    Sort.DAY: CountUnit.DAY,
    Sort.WEEKS: CountUnit.WEEK,
    Sort.MONTHS: CountUnit.MONTH,
    Sort.YEAR: CountUnit.YEAR,
    Sort.YEAR_END: CountUnit.YEAR,  # 3年内
    Sort.HALF_YEAR: CountUnit.MONTH,
}
_STARTERS = frozenset(
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
    }
)
UNNAMED = "unnamed"
# How many tokens a look ahead takes in, so that a long text is read in time that grows with it.
_FAR = 60
_MOST_POINTS = 12


def limits_at(cell: Cell, at: int) -> list[Limit]:
    """
    Read the deadline that begins at a token: none, one, or several that one phrase shares out.

    One whose rule is ``None`` is a date or number that sets no deadline, to be passed over.
    """
    sort = cell.tokens[at].sort
    if sort not in _STARTERS:
        return []
    if sort is Sort.EVERY:
        return _recurring(cell, at, None)
    if sort is Sort.WEEKDAY:
        return _weekday(cell, at)
    if sort is Sort.HOLIDAY:
        return _holiday(cell, at)
    if sort is Sort.THIS_MONTH or sort is Sort.NEXT_MONTH:
        return _near_month(cell, at)
    counted = _counted(cell, at)
    if counted is not None:
        return [counted]
    point = _shared_year(cell, at) or point_at(cell.tokens, at)
    return [] if point is None else _pointed(cell, point)


# -- points ------------------------------------------------------------------------------------


def _shared_year(cell: Cell, at: int) -> Point | None:
    """
    Read the first of 2025-2027年底: a year whose 年 stands with the last of its span.
    """
    token = cell.tokens[at]
    if token.sort is not Sort.NUMBER or len(token.text) != 4 or cell.sort(at + 1) is not Sort.TO:  # noqa: PLR2004 -- a year
        return None
    if cell.sort(at + 2) is not Sort.NUMBER or cell.sort(at + 3) not in {Sort.YEAR, Sort.YEAR_END}:
        return None
    return Point(Part.YEAR, at, at + 1, year=token.number)


def _pointed(cell: Cell, point: Point) -> list[Limit]:
    at = point.last
    if point.part is Part.YEAR and cell.sort(at) is Sort.SINCE:
        # 2021年起,每年…
        then = at + 1 + (cell.sort(at + 1) is Sort.COMMA)
        if cell.sort(then) is Sort.EVERY:
            return _recurring(cell, then, date(_year_of(cell, point) or 1, 1, 1), point.first)
    points = _series(cell, point)
    last = points[-1]
    at = _past_marks(cell, last.last)
    is_shared = len(points) > 1 and not _is_span(cell, points)
    if len(points) > 1 and last.part is Part.DAY and last.month is None:
        last.month = points[0].month
    closing = cell.sort(at)
    if not _is_limit(cell, last, closing, at):
        return [_passed(point.first, at, cell)]
    limit = Limit(None, point.first, at + (closing in _CLOSINGS))
    if closing is Sort.SINCE:
        limit.is_start = True
    if len(points) > 1 and not is_shared:
        return [_span(cell, points, limit, closing)]
    if is_shared and cell.sort(limit.last) is Sort.SHARED:
        limit.last += 1
    return [
        _single(cell, each, attrs.evolve(limit, notes=[], doubts=[]), closing) for each in points
    ]


_CLOSINGS = frozenset({Sort.BEFORE, Sort.BY, Sort.WITHIN, Sort.SINCE})


def _passed(first: int, last: int, _cell: Cell) -> Limit:
    return Limit(None, first, last)


def _past_marks(cell: Cell, at: int) -> int:
    """
    Pass (星期二), (含当日) and the hour between a date and its closing.
    """
    while True:
        sort = cell.sort(at)
        if (
            sort is Sort.OPEN
            and cell.sort(at + 2) is Sort.CLOSE
            and cell.sort(at + 1)
            in {
                Sort.WEEKDAY,
                Sort.INCLUSIVE,
            }
        ):
            at += 3
        elif sort in {Sort.TIME, Sort.CLOCK}:
            at += 1
        elif sort is Sort.NUMBER and cell.sort(at + 1) is Sort.TIME:
            at += 2
        else:
            return at


def _series(cell: Cell, point: Point) -> list[Point]:
    """
    Gather points that one closing governs: 6月1日至30日, 2025年、2026年底分别.
    """
    points = [point]
    while len(points) <= _MOST_POINTS:
        at = _past_marks(cell, points[-1].last)
        sort = cell.sort(at)
        if sort is not Sort.TO and sort is not Sort.PAUSE:
            break
        following = None
        if at + 1 < len(cell.tokens):
            following = _shared_year(cell, at + 1) if sort is Sort.PAUSE else None
            following = following or point_at(cell.tokens, at + 1)
        if following is None or (sort is Sort.PAUSE and not _closes_with_shares(cell, following)):
            break
        points.append(following)
    return points


def _closes_with_shares(cell: Cell, point: Point) -> bool:
    for at in range(point.last, min(point.last + _FAR, len(cell.tokens))):
        if cell.sort(at) in _HARD:
            return False
        if cell.sort(at) is Sort.SHARED:
            return True
    return False


def _is_span(cell: Cell, points: list[Point]) -> bool:
    """
    Say whether the points are the ends of a span and not shared out by 分别.
    """
    last = points[-1]
    shares = _closes_with_shares(cell, last)
    joined_by_to = cell.sort(_past_marks(cell, points[0].last)) is Sort.TO
    if shares and joined_by_to and all(p.part in {Part.YEAR, Part.YEAR_END} for p in points):
        first, until = points[0].year or 0, last.year or 0
        # 2025-2027年底前分别: every year of the span, each to its end.
        points[:] = [
            attrs.evolve(last, year=year, first=points[0].first)
            for year in range(first, min(until, first + 30) + 1)
        ]
        return False
    if shares:
        points[:] = [attrs.evolve(p, part=last.part) if p.part in _BARE else p for p in points]
        return False
    return joined_by_to


_BARE = {Part.YEAR: Part.YEAR_END, Part.MONTH: Part.MONTH_END, Part.QUARTER: Part.QUARTER_END}


def _is_limit(cell: Cell, point: Point, closing: Sort | None, at: int) -> bool:
    """
    Say whether a point sets a deadline, seen from the words around it.
    """
    before = cell.sort(point.first - 1)
    if closing in {Sort.NEVER, Sort.AFTER, Sort.ANNUAL, Sort.MORE} or before is Sort.PER:
        return False
    after = at + (closing in _CLOSINGS)
    if cell.sort(after) is Sort.ALREADY:
        return False
    if _is_attribute(cell, point.first, after) or _reports_what_was(cell, point.first, after):
        return False
    if closing in {Sort.BEFORE, Sort.BY, Sort.WITHIN}:
        return True
    if closing is Sort.SINCE:
        return point.part is not Part.YEAR or before is Sort.FROM or cell.sort(at + 1) in _ENDS
    if point.part in {Part.YEAR_END, Part.MONTH_END, Part.QUARTER_END, Part.HALF, Part.TEN_DAY}:
        return cell.sort(after) is not Sort.OF
    if point.part is Part.DAY and not (point.has_year or point.month or point.cuts):
        return False
    stands_alone = cell.sort(after) in _ENDS and (
        before in _LEADS or point.first == cell.begins or before in {Sort.FROM, Sort.OPEN}
    )
    if point.part is Part.YEAR:
        return before is Sort.TO or cell.sort(after) in _ENDS_IN
    return stands_alone or before in _LEADS or cell.sort(after) in _DOES


def _reports_what_was(cell: Cell, first: int, after: int) -> bool:
    """
    Say whether a date only says how things stood: 截至2020年5月底,已完成3个.
    """
    if cell.sort(first - 1) is not Sort.TO or not cell.words(first - 1, first).startswith("截"):
        return False
    for at in range(after, min(after + _FAR, len(cell.tokens))):
        if cell.sort(at) is Sort.ALREADY:
            return True
        if cell.sort(at) is Sort.STOP or (cell.sort(at) is Sort.COMMA and at > after):
            break
    return False


def _is_attribute(cell: Cell, first: int, after: int) -> bool:
    """
    Say whether a date only describes a thing: 对2015年1月1日前未批先建的项目.

    It does where 的 follows within the clause and the clause began with 对 or the like, or
    where what follows the 的 ends the clause and no act stands behind it.
    """
    opening = cell.words(cell.begins, min(cell.begins + 1, first))
    closing = cell.words(max(cell.begins, first - 1), first)
    describes = closing.endswith(_DESCRIBING) or opening.startswith(_DESCRIBING[:4])
    for at in range(after, min(after + _FAR, len(cell.tokens))):
        sort = cell.sort(at)
        if sort in _HARD:
            return False
        if sort is Sort.OF:
            rest = range(at + 1, len(cell.tokens))
            if describes:
                return True
            # ...前印发的文件: a thing dated by an act that is over.
            return cell.words(after, at) in _OVER and cell.sort(next(iter(rest), -1)) not in _DOES
    return False


_DESCRIBING = ("对", "对于", "针对", "凡", "将", "把")
_OVER = frozenset(
    "印发 发布 下发 出台 制定 召开 通报 反馈 交办 检查 发现 形成 建成 成立 批准 施行 实施 公布 签订 取得 作出 出具 受理".split()
)


def _year_of(cell: Cell, point: Point) -> int | None:
    if point.year is not None:
        return point.year
    if point.years_on is not None and cell.issued is not None:
        return cell.issued.year + point.years_on
    return None


def _single(cell: Cell, point: Point, limit: Limit, closing: Sort | None) -> Limit:
    """
    Make the rule of one point.
    """
    words = cell.words(limit.first, limit.last)
    if not point.is_real():
        limit.rule = Unresolved(words)
        limit.doubts.append(Doubt(code="doubt.no-such-day", words=words, blocks=True))
        return limit
    if point.lost and not point.cuts:
        cell.lost += point.lost
        lost = tuple(character for _place, character in point.lost)
        limit.notes.append(Message.of("reading.lost", words=words, characters=lost))
    carried = _settle_year(cell, point, limit, words)
    if limit.rule is not None:
        return limit
    if point.cuts:
        _cut_open(cell, point, limit, words)
        return limit
    limit.rule = _rule(cell, point, carried)
    if limit.rule is None:
        limit.rule = Unresolved(words)
        limit.doubts.append(Doubt(code="doubt.no-year", words=words, blocks=True))
    limit.doubts += _closing_doubts(cell, point, closing, limit.rule, words)
    _check_weekday(cell, point, limit, words)
    due = _due(limit.rule, cell.issued)
    _exclude(cell, point, limit)
    if due is not None:
        if carried and cell.dated is not None and due < cell.dated and due.month < cell.dated.month:
            later = due.replace(
                year=due.year + 1, day=min(due.day, 28 if due.month == 2 else due.day)
            )  # noqa: PLR2004 -- February
            limit.doubts.append(
                Doubt(
                    code="doubt.carried-back",
                    words=words,
                    candidates=(due.isoformat(), later.isoformat()),
                )
            )
        cell.dated = due
    return limit


def _due(rule: DeadlineRule, issued: date | None) -> date | None:
    if isinstance(rule, Unresolved):
        return None
    return rule.day if isinstance(rule, FixedDate) else rule.resolve(issued=issued).due


def _exclude(cell: Cell, point: Point, limit: Limit) -> None:
    """
    Take 不含当日 at its word: the day before is the last in time.
    """
    at = limit.last
    rule = limit.rule
    if (
        cell.sort(at) is Sort.OPEN
        and cell.sort(at + 1) is Sort.EXCLUSIVE
        and isinstance(rule, FixedDate)
    ):
        limit.rule = FixedDate(rule.day - timedelta(days=1))
        while cell.sort(limit.last) not in {Sort.CLOSE, None}:
            limit.last += 1
        limit.last += cell.sort(limit.last) is Sort.CLOSE
        limit.notes.append(Message.of("reading.excluded", day=rule.day))


def _settle_year(cell: Cell, point: Point, limit: Limit, words: str) -> bool:
    """
    Find the year of a point that names none; say whether it was carried from the cell.
    """
    year = _year_of(cell, point)
    if year is not None:
        if point.year is None:
            limit.notes.append(Message.of("reading.year-of-issue", words=words, year=year))
        elif point.is_short_year:
            limit.notes.append(Message.of("reading.short-year", words=words, year=year))
        point.year = cell.year = year
        if point.month is not None:
            cell.month = point.month
        return False
    if point.years_on is not None:
        limit.rule = Unresolved(words)
        limit.doubts.append(Doubt(code="doubt.no-year", words=words, blocks=True))
        return False
    if point.part is Part.DAY and point.month is None and not point.cuts:
        _day_alone(cell, point, limit, words)
    if point.month is not None:
        cell.month = point.month
    if cell.year is None or limit.rule is not None:
        return False
    point.year = cell.year
    return True


def _day_alone(cell: Cell, point: Point, limit: Limit, words: str) -> None:
    if cell.month is not None:
        point.month = cell.month
        limit.notes.append(Message.of("reading.month-carried", words=words, month=cell.month))
        if not point.is_real():
            limit.rule = Unresolved(words)
            limit.doubts.append(Doubt(code="doubt.no-such-day", words=words, blocks=True))
        return
    candidates: tuple[str, ...] = ()
    if cell.issued is not None:
        months = [(cell.issued.year, cell.issued.month), _following_month(cell.issued)]
        days = [_day(year, month, point.day or 0) for year, month in months]
        candidates = tuple(day.isoformat() for day in days if day is not None)
    limit.rule = Unresolved(words)
    limit.doubts.append(
        Doubt(code="doubt.no-month", words=words, candidates=candidates, blocks=True)
    )


def _following_month(day: date) -> tuple[int, int]:
    return (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)  # noqa: PLR2004 -- December


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def _cut_open(cell: Cell, point: Point, limit: Limit, words: str) -> None:
    """
    Leave a damaged date that can be cut in two ways to a person.
    """
    year = point.year or (cell.issued.year if cell.issued else None)
    days = [] if year is None else [_day(year, month, day) for month, day in point.cuts]
    found = tuple(day.isoformat() for day in days if day is not None)
    limit.rule = Unresolved(words)
    limit.doubts.append(
        Doubt(code="doubt.compact-date", words=words, candidates=found, blocks=True)
    )


_PERIODS = {
    Part.YEAR: Period.YEAR,
    Part.YEAR_END: Period.YEAR,
    Part.HALF: Period.HALF,
    Part.QUARTER: Period.QUARTER,
    Part.QUARTER_END: Period.QUARTER,
    Part.MONTH: Period.MONTH,
    Part.MONTH_END: Period.MONTH,
    Part.MONTH_START: Period.TEN_DAY,
    Part.TEN_DAY: Period.TEN_DAY,
}


def _rule(cell: Cell, point: Point, carried: bool) -> DeadlineRule | None:  # noqa: FBT001 -- how the year was found
    year = point.year
    if point.part is Part.DAY:
        month, day = point.month or 0, point.day or 0
        if year is None:
            return MonthDay(month, day)
        found = _day(year, month, day)
        return None if found is None else FixedDate(found)
    if carried and cell.issued is not None and cell.issued.year == year:
        # The text does not print it, and the issue date alone gives the same.
        year = None
    period = _PERIODS[point.part]
    places: dict[str, int] = {}
    if period in {Period.MONTH, Period.TEN_DAY} and point.month is not None:
        places["month"] = point.month
    if period is Period.TEN_DAY:
        places["ten_day"] = point.number or 1
    if period in {Period.HALF, Period.QUARTER} and point.number is not None:
        places[period.value] = point.number
    if year is not None and (period is Period.YEAR or places):
        places["year"] = year
    return PeriodEnd(period, **places)  # type: ignore[arg-type]  # only places of that period


def _closing_doubts(
    cell: Cell, point: Point, closing: Sort | None, rule: DeadlineRule, words: str
) -> list[Doubt]:
    """
    Doubt what ends within a period: 5月前, 到2025年, 6月下旬, 9月投入使用.
    """
    if closing is Sort.WITHIN or point.part in {
        Part.DAY,
        Part.YEAR_END,
        Part.MONTH_END,
        Part.QUARTER_END,
    }:
        return []
    if point.part is Part.HALF and closing is not Sort.BEFORE:
        return []
    end = _due(rule, cell.issued)
    if end is None:
        code = "doubt.before-or-end" if closing is Sort.BEFORE else "doubt.by-its-end"
        return [Doubt(code=code, words=words)]
    first = _first_day(point, end)
    if closing is Sort.SINCE:
        return []
    if closing is Sort.BEFORE:
        candidates = (end, first - timedelta(days=1))
        code = "doubt.before-or-end"
    else:
        candidates = (end, first)
        code = "doubt.by-its-end"
    days = tuple(day.isoformat() for day in candidates)
    return [Doubt(code=code, words=words, candidates=days)]


def _first_day(point: Point, end: date) -> date:
    match point.part:
        case Part.YEAR:
            return date(end.year, 1, 1)
        case Part.HALF:
            return date(end.year, end.month - 5, 1)
        case Part.QUARTER:
            return date(end.year, end.month - 2, 1)
        case Part.TEN_DAY | Part.MONTH_START:
            return end.replace(day=1 + 10 * ((point.number or 1) - 1))
        case _:
            return end.replace(day=1)


def _check_weekday(cell: Cell, point: Point, limit: Limit, words: str) -> None:
    at = point.last
    if cell.sort(at) is not Sort.OPEN or cell.sort(at + 1) is not Sort.WEEKDAY:
        return
    due = _due(limit.rule, cell.issued) if limit.rule is not None else None
    weekday = WEEKDAYS[cell.tokens[at + 1].text[-1]]
    if due is not None and due.isoweekday() != weekday:
        limit.doubts.append(
            Doubt(code="doubt.weekday-contradicts", words=words, candidates=(due.isoformat(),))
        )


# -- spans -------------------------------------------------------------------------------------


def _span(cell: Cell, points: list[Point], limit: Limit, closing: Sort | None) -> Limit:
    first, last = points[0], points[-1]
    if (
        first.month is None
        and last.month is not None
        and first.part is Part.YEAR
        and not first.has_year
    ):
        first.month = last.month
    if first.year is None and last.year is not None and first.part is not Part.YEAR:
        first.year = last.year
    if last.part in _BARE and closing is not Sort.BEFORE:
        last.part = _BARE[last.part]  # 6月至9月: to the end of the last
    start = _single(cell, first, Limit(None, limit.first, limit.last), Sort.WITHIN)
    if last.year is None and last.years_on is None and first.year is not None:
        crosses = (last.month or 13, last.day or 32) < (first.month or 0, first.day or 0)
        last.year = first.year + crosses
        if crosses:
            words = cell.words(limit.first, limit.last)
            limit.notes.append(Message.of("reading.year-crossed", words=words, year=last.year))
    if last.day is not None and last.month is None:
        last.month = first.month
    cell.dated = None
    found = _single(cell, last, limit, closing)
    found.notes = [*start.notes, *found.notes]
    if start.rule is not None and not isinstance(start.rule, Unresolved):
        begin = _due(start.rule, cell.issued)
        if begin is not None:
            found.starts = begin if first.part is Part.DAY else _first_day(first, begin)
    else:
        found.doubts = [*start.doubts, *found.doubts]
    _check_total(cell, found)
    return found


def _check_total(cell: Cell, limit: Limit) -> None:
    """
    Check 共10个工作日 against the dates, which win.
    """
    at = limit.last + (cell.sort(limit.last) is Sort.COMMA)
    if cell.sort(at) is not Sort.TOTAL or cell.sort(at + 1) is not Sort.NUMBER:
        return
    unit, n = cell.sort(at + 2), cell.tokens[at + 1].number
    due = None if limit.rule is None else _due(limit.rule, cell.issued)
    if due is None or limit.starts is None or unit not in {Sort.WORKDAYS, Sort.DAYS, Sort.DAY}:
        return
    if limit.starts > due:
        return
    words = cell.words(limit.first, at + 3)
    before = limit.starts - timedelta(days=1)
    try:
        calendar = WorkCalendar.china()
        counted = calendar.count(before, due) if unit is Sort.WORKDAYS else (due - before).days
        by_count = calendar.add(before, n) if unit is Sort.WORKDAYS else before + timedelta(days=n)
    except (CalendarCoverageError, OverflowError):
        return
    limit.last = at + 3
    if counted != n:
        candidates = (due.isoformat(), by_count.isoformat())
        doubt = Doubt(code="doubt.count-contradicts", words=words, candidates=candidates)
        limit.doubts.append(doubt)
        limit.notes.append(Message.of("reading.counted", n=counted, words=words))


# -- counted periods -----------------------------------------------------------------------------


def _counted(cell: Cell, at: int) -> Limit | None:
    """
    Read [event之日起]N个工作日内, 届满前N个工作日, and measures that only look like them.
    """
    token = cell.tokens[at]
    if token.sort is Sort.HALF_YEAR:
        n, after, unit = 6, at + 1, Sort.HALF_YEAR
    elif token.sort is Sort.NUMBER and cell.sort(at + 1) in _UNITS:
        n, after, unit = token.number, at + 2, cell.sort(at + 1)
    elif token.sort is Sort.NUMBER and cell.sort(at + 1) is Sort.HOURS:
        return _hours(cell, at)
    else:
        return None
    if unit is Sort.YEAR and cell.sort(after) is Sort.NUMBER:
        return None  # 20年6月
    if n < 1 or (unit in {Sort.YEAR, Sort.YEAR_END} and n >= 100):  # noqa: PLR2004 -- a year, not a count
        return None
    before = cell.sort(at - 1)
    if before is Sort.MEASURE:
        last = after + (cell.sort(after) in {Sort.WITHIN, Sort.BEFORE})
        return Limit(None, at, last)
    if cell.sort(after) in {Sort.MORE, Sort.NEVER}:
        return Limit(None, at, after + 1)
    closes = cell.sort(after) is Sort.WITHIN or unit is Sort.YEAR_END
    last = after + (cell.sort(after) is Sort.WITHIN)
    if unit is Sort.DAY and not closes and before not in {Sort.SINCE, Sort.AFTER, Sort.BEFORE}:
        return _days_before(cell, at, after, n)
    return _from_event(cell, at, last, n, _UNITS[unit], closes=closes)


def _days_before(cell: Cell, at: int, after: int, n: int) -> Limit | None:
    """
    Read 会议召开3日前; a 3日前 with no event is a day of the month.
    """
    begins = max(cell.begins, at - _FAR)
    event_words = cell.words(begins, at)
    if cell.sort(after) is not Sort.BEFORE or cell.sort(at - 1) in _LEADS | {
        Sort.FROM,
        Sort.AND,
        Sort.TIME,
    }:
        return None
    if not event_words or cell.month is not None or len(cell.tokens[at].text) > 2:  # noqa: PLR2004 -- a count of days
        return None
    event = _event(cell, begins, at)
    return Limit(Before(event, n, CountUnit.DAY), _event_start(cell, begins, at), after + 1)


def _from_event(
    cell: Cell, at: int, last: int, n: int, unit: CountUnit, *, closes: bool
) -> Limit | None:
    mark = at - 1
    if cell.sort(mark) is Sort.OF:
        mark -= 1
    if cell.sort(mark) is Sort.COMMA and cell.sort(mark - 1) is Sort.SINCE:
        mark -= 1
    sort = cell.sort(mark)
    begins = min(_clause_start(cell, mark), at)
    if sort in {Sort.SINCE, Sort.AFTER} and mark >= begins:
        return _after(cell, begins, mark, last, n, unit)
    if sort is Sort.BEFORE and mark >= begins:
        return _before(cell, begins, mark, last, n, unit)
    if cell.sort(last) is Sort.BEFORE:
        if unit in {CountUnit.MONTH, CountUnit.YEAR} and begins >= at:
            return Limit(None, at, last + 1)  # 三年前: it was three years ago
        return _before(cell, begins, at, last + 1, n, unit)
    alone = (
        cell.sort(at - 1) in _HARD | {Sort.MODAL, Sort.AT, Sort.LABEL} and cell.sort(last) in _HARD
    )
    if not closes and not (alone and at == cell.begins):
        return Limit(None, at, last)
    words = cell.words(at, last)
    doubt = Doubt(
        code="doubt.no-event", words=words, candidates=("issued", "received"), blocks=True
    )
    return Limit(After(UNNAMED, n, unit), at, last, doubts=[doubt])


def _clause_start(cell: Cell, mark: int) -> int:
    """
    Give the place after the separator before *mark*.
    """
    at = max(mark, 0)
    until = max(0, at - _FAR)
    while at > until and cell.sort(at - 1) not in _HARD:
        at -= 1
    return at


def _after(cell: Cell, begins: int, mark: int, last: int, n: int, unit: CountUnit) -> Limit:
    point = _point_before(cell, begins, mark)
    if point is not None:
        start = _single(cell, point, Limit(None, point.first, mark), Sort.WITHIN)
        due = None if start.rule is None else _due(start.rule, cell.issued)
        name = "" if due is None else due.isoformat()
        if name:
            return Limit(
                After(name, n, unit), point.first, last, notes=start.notes, doubts=start.doubts
            )
    first = _event_start(cell, begins, mark)
    event = _event(cell, begins, mark)
    limit = Limit(After(event, n, unit), first, last)
    if event == UNNAMED:
        words = cell.words(first, last)
        candidates = ("issued", "received")
        limit.doubts.append(
            Doubt(code="doubt.no-event", words=words, candidates=candidates, blocks=True)
        )
    return limit


def _point_before(cell: Cell, begins: int, mark: int) -> Point | None:
    for at in range(begins, mark):
        if cell.sort(at) in _STARTERS:
            point = point_at(cell.tokens, at)
            if point is not None and point.last == mark:
                return point
    return None


def _before(cell: Cell, begins: int, mark: int, last: int, n: int, unit: CountUnit) -> Limit:
    first = _event_start(cell, begins, mark)
    event = _event(cell, begins, mark)
    limit = Limit(Before(event, n, unit), first, last)
    if event == UNNAMED:
        words = cell.words(first, last)
        limit.doubts.append(
            Doubt(code="doubt.no-event", words=words, candidates=("expiry",), blocks=True)
        )
    return limit


_BEFORE_EVENT = frozenset({Sort.AT, Sort.FROM, Sort.MODAL})


def _event_start(cell: Cell, begins: int, mark: int) -> int:
    """
    Give the place where an event's words begin: after 自, 在 or 应当, if one stands there.
    """
    for at in range(begins, mark):
        if cell.sort(at) in _BEFORE_EVENT:
            while at + 1 < mark and cell.sort(at + 1) in _BEFORE_EVENT:
                at += 1  # noqa: PLW2901 -- the run of such words is passed
            return at + 1
    return begins


def _event(cell: Cell, begins: int, mark: int) -> str:
    """
    Name the event whose words end at a token: the library's name, or else the words.
    """
    words = cell.words(_event_start(cell, begins, mark), mark).removeprefix("其").strip("、")
    if not words:
        return UNNAMED
    for word, name in EVENTS.items():
        if word in words:
            return name
    return words


def _hours(cell: Cell, at: int) -> Limit | None:
    after = at + 2
    if cell.sort(after) is not Sort.WITHIN or cell.sort(at - 1) is Sort.MEASURE:
        return Limit(None, at, after)
    words = cell.words(at, after + 1)
    # A day is counted in days, never in hours, so that no rule says this.
    doubt = Doubt(code="doubt.hours", words=words, blocks=True)
    return Limit(Unresolved(words), at, after + 1, doubts=[doubt])


# -- deadlines that come back --------------------------------------------------------------------

_EVERY = (
    ("半年", "half"),
    ("年", "year"),
    ("季", "quarter"),
    ("月", "month"),
    ("周", "week"),
    ("星期", "week"),
)
_CLOSERS = frozenset({Sort.BEFORE, Sort.BY, Sort.WITHIN})


def _recurring(cell: Cell, at: int, since: date | None, first: int | None = None) -> list[Limit]:
    every = next(name for word, name in _EVERY if word in cell.tokens[at].text)
    begins = at if first is None else first
    if cell.sort(at + 1) is Sort.OF:
        return [Limit(None, begins, at + 2)]
    limit = Limit(None, begins, at + 1)
    reader = {"year": _yearly, "quarter": _quarterly, "month": _monthly}.get(every)
    if reader is not None:
        limit.last = reader(cell, at + 1, limit, since)
    if limit.rule is None:
        limit.rule = _cycle_end(cell, limit, every, since)
    at = _past_marks(cell, limit.last)
    limit.last = at + (cell.sort(at) in _CLOSERS)
    if limit.doubts:
        return [limit]
    if cell.issued is None and since is None:
        words = cell.words(limit.first, limit.last)
        limit.notes.append(Message.of("reading.first-occurrence-unknown", words=words))
    return [limit]


def _anchor(cell: Cell, month: int, day: int) -> date:
    year = cell.issued.year if cell.issued else 2000
    found = _day(year, month, day)
    return found if found is not None else date(2000, month, min(day, 28))


def _yearly(cell: Cell, at: int, limit: Limit, since: date | None) -> int:
    """
    Read what of a year: 每年1月31日前, 每年6月底前, 每年底.
    """
    if cell.sort(at) is None:
        return at
    if cell.sort(at) is Sort.BOTTOM:
        return at + 1
    point = point_at(cell.tokens, at)
    if point is None or point.has_year or not point.is_real():
        return at
    if point.part is Part.DAY and point.month and point.day:
        limit.rule = Annual(point.month, point.day, since=since)
    elif point.part in {Part.MONTH, Part.MONTH_END} and point.month:
        limit.rule = Recurring(PeriodEnd("month", month=point.month), "year", since=since)
    elif point.part in {Part.QUARTER, Part.QUARTER_END} and point.number:
        limit.rule = Recurring(PeriodEnd("quarter", quarter=point.number), "year", since=since)
    elif point.part is Part.HALF:
        limit.rule = Recurring(PeriodEnd("half", half=point.number), "year", since=since)
    elif point.part is Part.YEAR_END:
        limit.rule = Recurring(PeriodEnd("year"), "year", since=since)
    elif point.part is Part.TEN_DAY:
        ends = PeriodEnd("ten_day", month=point.month, ten_day=point.number)
        limit.rule = Recurring(ends, "year", since=since)
    else:
        return at
    cell.lost += point.lost
    closing = cell.sort(_past_marks(cell, point.last))
    words = cell.words(limit.first, point.last)
    limit.doubts += _closing_doubts(cell, point, closing, limit.rule, words)
    return point.last


def _quarterly(cell: Cell, at: int, limit: Limit, since: date | None) -> int:
    """
    Read what of a quarter: 每季度末, 每季度末月20日前, 每季度首月10日前.
    """
    month = 3
    if cell.sort(at) is Sort.QUARTER_MONTH:
        month = 1 if cell.tokens[at].text in {"首月", "第一个月"} else 3
        at += 1
    elif cell.sort(at) is Sort.NEXT_MONTH:
        month, at = 1, at + 1
    elif cell.sort(at) is Sort.BOTTOM:
        at += 1
        if cell.sort(at) is not Sort.MONTH:
            return at
        at += 1
    else:
        return at
    if cell.sort(at) is Sort.NUMBER and cell.sort(at + 1) is Sort.DAY:
        day = cell.tokens[at].number
        if 1 <= day <= 31:  # noqa: PLR2004 -- a month's days
            anchor = _anchor(cell, month, min(day, 30 if month == 3 and day == 30 else day))  # noqa: PLR2004 -- March
            limit.rule = Recurring(FixedDate(anchor), "quarter", since=since)
            return at + 2
    return at


def _monthly(cell: Cell, at: int, limit: Limit, since: date | None) -> int:
    """
    Read what of a month: 每月底, 每月5日前, 每月上旬.
    """
    if cell.sort(at) is Sort.NEXT_MONTH:
        at += 1
    sort = cell.sort(at)
    if sort in {Sort.BOTTOM, Sort.MONTH_END}:
        return at + 1
    if sort is Sort.MONTH and cell.sort(at + 1) is Sort.BOTTOM:
        return at + 2
    if sort is Sort.TEN_DAY:
        third = {"上旬": 1, "中旬": 2, "下旬": 3}[cell.tokens[at].text]
        limit.rule = Recurring(PeriodEnd("ten_day", ten_day=third), "month", since=since)
        return at + 1
    if sort is Sort.NUMBER and cell.sort(at + 1) in {Sort.DAY, Sort.BEFORE, Sort.TO}:
        day = cell.tokens[at].number
        if 1 <= day <= 31:  # noqa: PLR2004 -- a month's days
            limit.rule = Recurring(FixedDate(_anchor(cell, 1, day)), "month", since=since)
            return at + 1 + (cell.sort(at + 1) is Sort.DAY)
    return at


def _cycle_end(cell: Cell, limit: Limit, every: str, since: date | None) -> DeadlineRule:
    if every == "week":
        words = cell.words(limit.first, limit.last)
        limit.doubts.append(Doubt(code="doubt.which-weekday", words=words))
        return Recurring(FixedDate(date(2000, 1, 2)), "week", since=since)  # a Sunday
    return Recurring(PeriodEnd(every), every, since=since)


# -- days near the day of issue --------------------------------------------------------------------


def _weekday(cell: Cell, at: int) -> list[Limit]:
    """
    Read 本周五, 下周一, 每周五; without an issue date a person must say which.
    """
    text = cell.tokens[at].text
    weekday = WEEKDAYS[text[-1]]
    after = _past_marks(cell, at + 1)
    closing = cell.sort(after)
    limit = Limit(None, at, after + (closing in _CLOSERS))
    words = cell.words(at, limit.last)
    if text.startswith("每"):
        limit.rule = Recurring(FixedDate(date(2000, 1, 2) + timedelta(days=weekday)), "week")
        return [limit]
    if text.startswith("上") or closing in {Sort.NEVER, Sort.AFTER}:
        return [limit]
    weeks = 1 if text.startswith("下") else 0
    if cell.issued is None:
        limit.rule = Unresolved(words)
        limit.doubts.append(Doubt(code="doubt.relative-day", words=words, blocks=True))
        return [limit]
    monday = cell.issued - timedelta(days=cell.issued.isoweekday() - 1)
    due = monday + timedelta(days=7 * weeks + weekday - 1)
    limit.rule = FixedDate(due)
    limit.notes.append(Message.of("reading.weekday", words=words, issued=cell.issued, day=due))
    if not text.startswith(("本", "这", "下")):
        candidates = (due.isoformat(), (due + timedelta(days=7)).isoformat())
        limit.doubts.append(Doubt(code="doubt.which-week", words=words, candidates=candidates))
    return [limit]


def _near_month(cell: Cell, at: int) -> list[Limit]:
    """
    Read 本月底, 本月20日, 下月5日前.
    """
    token = cell.tokens[at]
    place, day = at + 1, None
    if cell.sort(place) in {Sort.BOTTOM, Sort.MONTH_END}:
        place += 1
    elif cell.sort(place) is Sort.NUMBER and cell.sort(place + 1) is Sort.DAY:
        day, place = cell.tokens[place].number, place + 2
    elif cell.sort(place) not in _CLOSERS:
        return [Limit(None, at, place)]
    place = _past_marks(cell, place)
    limit = Limit(None, at, place + (cell.sort(place) in _CLOSERS))
    words = cell.words(at, limit.last)
    if cell.issued is None:
        limit.rule = Unresolved(words)
        limit.doubts.append(Doubt(code="doubt.relative-day", words=words, blocks=True))
        return [limit]
    year, month = cell.issued.year, cell.issued.month
    if token.sort is Sort.NEXT_MONTH:
        year, month = _following_month(cell.issued)
    if day is None:
        limit.rule = PeriodEnd("month", month=month, year=year)
    elif (due := _day(year, month, day)) is not None:
        limit.rule = FixedDate(due)
    else:
        limit.rule = Unresolved(words)
        limit.doubts.append(Doubt(code="doubt.no-such-day", words=words, blocks=True))
    found = _due(limit.rule, cell.issued) if day is None or due is not None else None
    if found is not None:
        note = Message.of("reading.near-month", words=words, issued=cell.issued, day=found)
        limit.notes.append(note)
    if token.text in {"次月", "当月"}:
        # The month of something else, perhaps: only the text around it could tell.
        days = () if found is None else (found.isoformat(),)
        limit.doubts.append(Doubt(code="doubt.which-month", words=words, candidates=days))
    return [limit]


def _holiday(cell: Cell, at: int) -> list[Limit]:
    """
    Leave 春节前 open: no date is read from a feast's name.
    """
    if cell.sort(at + 1) is not Sort.BEFORE:
        return []
    words = cell.words(at, at + 2)
    doubt = Doubt(code="doubt.no-date", words=words, blocks=True)
    return [Limit(Unresolved(words), at, at + 2, doubts=[doubt])]
