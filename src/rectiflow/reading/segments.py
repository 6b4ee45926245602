"""
A cell cut into segments: the words between separators, each with the deadline it writes.
"""

from __future__ import annotations

import attrs

from .limits import STARTERS, Cell, Limit, is_joint, limits_at
from .sorts import Sort
from .tokens import Token

__all__ = ["ACTING", "EMPTY", "Segment", "acts_of", "segments"]

_SEPARATORS = frozenset({Sort.COMMA, Sort.STOP, Sort.COLON, Sort.OPEN, Sort.CLOSE})
_LEADS = frozenset({Sort.AT, Sort.TO, Sort.MODAL, Sort.FROM, Sort.SOFT, Sort.AND})
EMPTY = _LEADS | {
    Sort.ITEM,
    Sort.TIME,
    Sort.CLOCK,
    Sort.PAUSE,
    Sort.LABEL,
    Sort.TOTAL,
    Sort.OF,
    Sort.WEEKDAY,
}
_HURRIES = frozenset({Sort.VAGUE, Sort.NOW})
_TURNS = _SEPARATORS | STARTERS | {Sort.PAUSE, Sort.AND}
_MOST_LEADS = 4
_ALWAYS_KEEPS = frozenset({"长期坚持", "持之以恒", "坚持长期", "常抓不懈"})
_KEPT_ON = ("推进", "开展", "运行", "实施", "监管", "管理", "坚持", "公开", "更新", "抓")


@attrs.define
class Segment:
    """
    The words between two separators.

    Attributes:
        tokens: They, separators left out.
        first: The place of its first token in the cell, included.
        last: The place after its last one.
        limits: The deadlines it writes; several where one phrase shares them out.
        stops: Whether a full stop follows.
        is_bracketed: Whether it stands in brackets.
        is_labelled: Whether a label (完成时限：) stands before it.
        parted: What parts it from the next.
        sorts: The sorts of its tokens, by which most questions about it end at once.
    """

    tokens: list[Token]
    first: int
    last: int
    limits: list[Limit] = attrs.field(factory=list)
    stops: bool = False
    is_bracketed: bool = False
    is_labelled: bool = False
    parted: Sort | None = None
    sorts: frozenset[Sort] = frozenset()
    _is_only_a_limit: bool | None = attrs.field(default=None, init=False)

    @property
    def words(self) -> list[tuple[int, Token]]:
        """
        Its tokens that are no words of its deadline, each with its place in the cell.
        """
        placed = list(enumerate(self.tokens, self.first))
        if self.limits:
            begins, ends = self._limit
            del placed[begins:ends]
        return placed

    @property
    def _limit(self) -> tuple[int, int]:
        """
        Where among its tokens its deadline stands, which may have begun before it.
        """
        first, limit = self.first, self.limits[0]
        return max(limit.first - first, 0), max(limit.last - first, 0)

    @property
    def is_only_a_limit(self) -> bool:
        """
        Whether it says when and nothing else.
        """
        if not self.limits:
            return False
        if self._is_only_a_limit is None:
            begins, ends = self._limit
            rest = self.tokens[:begins] + self.tokens[ends:]
            says = [token for token in rest if token[0] not in EMPTY and not is_joint(token)]
            self._is_only_a_limit = not says
        return self._is_only_a_limit

    @property
    def completes(self) -> bool:
        """
        Whether it begins with a date by which what stands before is done: 6月底前完成并报送.
        """
        at = self.limits[0].last - self.first if self.limits else len(self.tokens)
        words = [token.text for token in self.tokens[at : at + 2]]
        return len(words) > 1 and words[0] == "完成" and words[1].startswith(("并", "且", "、"))

    @property
    def joins_the_next(self) -> bool:
        """
        Whether it and the next are of one list: 6月底前、…, 6月底前和….
        """
        return self.parted is Sort.PAUSE or is_joint(self.tokens[-1])

    @property
    def is_plain(self) -> bool:
        """
        Whether it says nothing of when, not even 尽快.
        """
        return not self.limits and self.sorts.isdisjoint(_HURRIES)

    @property
    def keeps_on(self) -> bool:
        """
        Whether it asks to go on without an end: 并持续推进, but not 空气质量持续改善.
        """
        if Sort.KEEP not in self.sorts or not all(each.during for each in self.limits):
            return False
        is_a_case = self.tokens[-1].sort is Sort.OF  # 对需长期整改的
        return not is_a_case and self._keeps()

    @property
    def keeps_on_from(self) -> bool:
        """
        Whether it asks to go on from a day: 10月起常态化开展.
        """
        if Sort.KEEP not in self.sorts or not self.limits:
            return False
        return all(each.is_start for each in self.limits) and self._keeps()

    def _keeps(self) -> bool:
        before: Token | None = None
        within = range(self.limits[0].first, self.limits[0].last) if self.limits else range(0)
        for n, token in enumerate(self.tokens):
            if n + self.first in within:
                continue
            if token.sort is Sort.KEEP:
                if token.text in _ALWAYS_KEEPS or before is None or _leads_on(before):
                    return True
                after = self.tokens[n + 1].text if n + 1 < len(self.tokens) else ""
                if token.text == "常态化" and (not after or after.startswith(_KEPT_ON)):
                    return True
            if token.sort not in {Sort.LABEL, Sort.OF, Sort.ITEM}:
                before = token
        return False


def _leads_on(token: Token) -> bool:
    return token.sort in _LEADS or token.sort is Sort.AFTER or token.text in _ALL_ALONG


_ALL_ALONG = frozenset({"全年", "常年", "后续", "此后", "今后"})


def segments(cell: Cell) -> tuple[list[Segment], list[Limit]]:
    """
    Cut a cell into segments and read the deadlines on the way.

    Returns:
        The segments, and what only looked like a deadline.
    """
    cutter = _Cutter(cell)
    return cutter.cut(), cutter.passed


class _Cutter:
    """
    Goes through the tokens once, closing a segment at each separator.
    """

    __slots__ = (
        "_at",
        "_bracketed",
        "_cell",
        "_first",
        "_found",
        "_labelled",
        "_limits",
        "passed",
    )

    def __init__(self, cell: Cell) -> None:
        self._cell = cell
        self._found: list[Segment] = []
        self._limits: list[Limit] = []
        self.passed: list[Limit] = []
        self._at = self._first = 0
        self._bracketed = self._labelled = False

    def cut(self) -> list[Segment]:
        cell = self._cell
        tokens, count = cell.tokens, len(cell.tokens)
        while self._at < count:
            sort = tokens[self._at][0]
            if sort not in _TURNS:
                self._at += 1
            elif sort in _SEPARATORS:
                self._separate(sort)
            elif sort is Sort.PAUSE and self._parts():
                self._close(self._at)
                self._begin(self._at + 1)
            elif sort is Sort.AND and self._at > self._first and self._joins():
                self._close(self._at)
                self._begin(self._at)
                self._at += 1
            elif sort not in STARTERS or not self._read_limit():
                self._at += 1
        self._close(count)
        return self._found

    def _begin(self, at: int) -> None:
        self._first = self._cell.begins = at
        self._at = max(self._at, at)
        self._limits = []

    def _separate(self, sort: Sort) -> None:
        at = self._at
        if (
            sort is Sort.COLON
            and not self._limits
            and any(token.sort is Sort.LABEL for token in self._cell.tokens[self._first : at])
        ):
            self._begin(at + 1)
            self._labelled = True
            return
        self._close(at, stops=sort is Sort.STOP)
        if sort is Sort.STOP:
            self._cell.event = ""
            self._cell.told = None
            if (
                self._cell.tokens[at].text == "\n"
                and self._found
                and self._found[-1].is_only_a_limit
            ):
                self._found[-1].stops = False  # what is to be done by it stands on the next line
        self._bracketed = sort is Sort.OPEN or (self._bracketed and sort is not Sort.CLOSE)
        self._labelled = False
        self._begin(at + 1)

    def _close(self, last: int, *, stops: bool = False) -> None:
        if last > self._first:
            tokens = self._cell.tokens[self._first : last]
            parted = self._cell.sort(last)
            if parted is Sort.CLOSE and self._cell.sort(last + 1) is Sort.COLON:
                parted = Sort.COLON  # 第一阶段(9月10日前):…
            sorts = frozenset([token[0] for token in tokens])
            limits, bracketed, labelled = self._limits, self._bracketed, self._labelled
            self._found.append(
                Segment(
                    tokens, self._first, last, limits, stops, bracketed, labelled, parted, sorts
                )
            )
        elif stops and self._found:
            self._found[-1].stops = True
        self._limits = []

    def _parts(self) -> bool:
        """
        Say whether a 、 parts clauses: before 长期坚持, or after 立行立改.
        """
        cell, at = self._cell, self._at
        if cell.sort(at + 1) in {Sort.KEEP, Sort.NOW} or cell.sort(at - 1) is Sort.NOW:
            return True
        return bool(self._limits) and self._limit_begins(at + 1)

    def _joins(self) -> bool:
        """
        Say whether a 并 begins a clause of its own: before 持续 or another deadline.
        """
        return self._cell.sort(self._at + 1) is Sort.KEEP or self._limit_begins(self._at + 1)

    def _limit_begins(self, at: int) -> bool:
        cell = self._cell
        for _turn in range(_MOST_LEADS):
            at += cell.sort(at) in _LEADS
        if at >= len(cell.tokens):
            return False
        # A look ahead leaves no trace: the cell is read again when the deadline is reached.
        trial = attrs.evolve(cell, lost=[], begins=at)
        return any(limit.rule is not None for limit in limits_at(trial, at))

    def _read_limit(self) -> bool:
        found = limits_at(self._cell, self._at)
        if not found:
            return False
        first, last = found[0].first, found[0].last
        if len(found) > 1:
            last = max(limit.last for limit in found)
        self._at = max(last, self._at + 1)
        if found[0].rule is None:
            self.passed.append(found[0])
            return True
        if first < self._first:
            self._reopen(first)
        elif self._limits:
            self._split(first)
        self._limits = found
        return True

    def _reopen(self, first: int) -> None:
        """
        Take back segments that turned out to be words of the deadline: 自受理之日起，….
        """
        while self._found and self._found[-1].last > first:
            self._first = self._found.pop().first
        self._cell.begins = self._first

    def _split(self, first: int) -> None:
        """
        Begin a segment at a second deadline, with the words that lead to it.
        """
        until = max(self._first, first - _MOST_LEADS)
        while first > until and self._cell.sort(first - 1) in _LEADS:
            first -= 1
        at = self._at
        self._close(first)
        self._begin(first)
        self._at = at


def acts_of(segment: Segment) -> list[tuple[Sort, str, int]]:
    """
    List the acts that a segment names, as sorts, words and places; those after the date come first.

    What only describes a thing is none: 对自查发现的问题, 需要整改的事项.
    """
    if segment.sorts.isdisjoint(ACTING) or segment.tokens[0].text in _UNTIL:
        return []
    placed = segment.words
    words = [(n, token) for n, token in placed if token.sort in ACTING]
    if not words:
        return []
    if Sort.OF in segment.sorts and any(token.sort is Sort.OF for _n, token in placed):
        words = _demanded(placed, words)
    found_by = {n - 1 for n, token in placed if token.text.startswith("发现")}
    if found_by and not segment.limits:
        words = [(n, token) for n, token in words if n not in found_by]  # 排查发现破损3处
    if segment.limits:
        behind = [(n, token) for n, token in words if n >= segment.limits[0].last]
        words = behind or words
    if segment.sorts.isdisjoint(_ASIDE):
        return [(token.sort, token.text, token.first) for _n, token in words]
    after = {token.first for _n, token in placed if token.sort in _ASIDE}  # 整改到位后, 验收前
    return [(token.sort, token.text, token.first) for _n, token in words if token.last not in after]


def _demanded(
    placed: list[tuple[int, Token]], words: list[tuple[int, Token]]
) -> list[tuple[int, Token]]:
    """
    Leave out the acts that describe: those before 的, or between 对 and a later 的.
    """
    labels = {n - 1 for n, token in placed if token.sort is Sort.LABEL}  # 整改的时限为
    marks = {n for n, token in placed if token.sort is Sort.OF} - labels
    if not marks:
        return words
    marks |= {n for n, token in placed if n + 1 in marks and token.text in _CAME_OUT}
    last = max(marks)
    opens = min((n for n, token in placed if token.text in _DESCRIBING), default=last)
    return [(n, token) for n, token in words if n + 1 not in marks and not opens < n < last]


_CAME_OUT = frozenset({"出", "发现", "反馈", "移交"})  # 排查出的问题, 自查发现的隐患
_ASIDE = frozenset({Sort.AFTER, Sort.BEFORE, Sort.SINCE})
_UNTIL = frozenset({"直至", "直到"})
_DESCRIBING = frozenset({"对", "对于", "凡", "将", "把"})
ACTING = frozenset({Sort.ACT, Sort.TEMPLATE, Sort.COLUMN, Sort.NAMED, Sort.STANDARD, Sort.NOW})
