"""
What the words of a segment ask for: acts, aims, and whether they ask at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectiflow.clauses import Act
from rectiflow.stages import Stage

from .acts import ACTS, NAMED_ENDS
from .drafts import NO_DAY, OTHER, START, YES_NO, Draft
from .limits import Limit, is_joint
from .segments import ACTING, EMPTY, Segment, acts_of
from .sorts import Sort

if TYPE_CHECKING:
    from .tokens import Token

__all__ = [
    "BEHIND",
    "NO_ACT",
    "STAGES",
    "asked",
    "has_its_own_time",
    "is_dated_by",
    "shares_out",
    "softens",
    "tells",
]

STAGES = {
    Act.SELF_CHECK: Stage.SELF_CHECKED,
    Act.RECTIFY: Stage.RECTIFIED,
    Act.TEMPLATE: Stage.TEMPLATED,
    Act.SUSTAIN: Stage.ONGOING,
}
BEHIND = frozenset({Sort.OPEN, Sort.COLON})  # what may part words from a deadline behind them
NO_ACT = EMPTY | {Sort.VERB}
_PLAN, _PUBLISH, _SERVE, _REPORT = Act.PLAN, Act.PUBLISH, Act.SERVE, Act.REPORT
_ASKING = ACTING | {Sort.DRAFT}
_RECTIFY, _TEMPLATE = Act.RECTIFY, Act.TEMPLATE


def is_dated_by(segment: Segment, following: Segment) -> bool:
    """
    Say whether the deadline of a segment stands behind it, in brackets or after a colon.
    """
    if segment.limits or not following.limits or segment.is_labelled:
        return False
    if segment.parted is Sort.OPEN and following.parted is Sort.CLOSE:
        says_when = all(token.sort in NO_ACT for _n, token in following.words)
        return says_when and any(token.sort not in EMPTY for token in segment.tokens)
    return segment.parted is Sort.COLON and following.is_only_a_limit and bool(acts_of(segment))


def tells(segment: Segment) -> bool:
    """
    Say whether a segment tells what was done or when, and demands nothing: 共排查3万个, 不能按期的.
    """
    return (
        not segment.sorts.isdisjoint(_TOLD)
        or any(token.text == "累计" for token in segment.tokens)
        or segment.tokens[-1].sort is Sort.OF
        or segment.tokens[0].text in _AFTER_IT
    )


_AFTER_IT = frozenset({"经", "经过"})  # 经整改，上述问题已销号
_TOLD = frozenset({Sort.ALREADY, Sort.TOTAL})


def has_its_own_time(segment: Segment) -> bool:
    """
    Say whether a segment has a time of its own beside the date in force: 其余2个立行立改.
    """
    if segment.sorts.isdisjoint(_OWN_TIMES):
        return False
    return any(token.sort is Sort.NOW or token.text == "限期" for token in segment.tokens)


_OWN_TIMES = frozenset({Sort.NOW, Sort.VAGUE})


def shares_out(segment: Segment, strong: list[Draft], limits: list[Limit]) -> bool:
    """
    Say whether each act has a date of its own: 9月底、10月底前分别完成自查、整改.
    """
    if not 1 < len(limits) == len(strong):
        return False
    joints = [token for _n, token in segment.words if is_joint(token)]
    return len(joints) >= len(limits) - 1


def softens(segment: Segment) -> list[str]:
    """
    List the words by which a segment only aims: 原则上, 力争.
    """
    if Sort.SOFT not in segment.sorts:
        return []
    found = []
    for n, token in enumerate(segment.tokens):
        if token.sort is Sort.SOFT:
            after = segment.tokens[n + 1] if n + 1 < len(segment.tokens) else None
            if token.text != "基本" or (after is not None and after.sort in _DOING):
                found.append(token.text)
    return found


_DOING = frozenset({Sort.VERB, Sort.ACT, Sort.NAMED, Sort.DRAFT})


def asked(segment: Segment) -> tuple[list[Draft], Act | None]:
    """
    List the acts that a segment names, and the weak one that counts if there is no other.
    """
    strong: list[Draft] = []
    weak: Act | None = None
    sorts = segment.sorts
    if sorts.isdisjoint(_ASKING):
        return strong, weak
    explores = Sort.EXPLORE in sorts
    makes = Sort.DRAFT in sorts
    if makes and any(_is_a_plan(token) for _n, token in segment.words):
        strong.append(Draft(segment, Act.PLAN, None, NO_DAY, explores=explores))
    starts, told = -1, None
    named = acts_of(segment)
    begins = {first for sort, _words, first in named if sort is Sort.ACT}
    for sort, words, first in named:
        if sort is Sort.NAMED and first + len(words) in begins:
            continue  # 竣工备案 is one act
        if first == starts:
            continue  # 启动整改 is a start, and not the end of what is started
        if told is not None and not _goes_on(segment, told, first):
            continue  # 报送排查治理情况: what is reported, and not asked for anew
        name, act = "", OTHER
        if sort is Sort.ACT:
            act = ACTS[words]
            starts = first + len(words) if act is START else -1
            if act is _PUBLISH or act is _SERVE:
                weak = weak or act
                continue
            if words == "报告" and weak is _PUBLISH:
                continue  # 公布上年度报告
            if act is _PLAN and not (makes or "制定" in words or Sort.VERB in sorts):
                continue
        elif sort is Sort.TEMPLATE and makes:
            act, name = _TEMPLATE, "template_drafted"
        elif sort is Sort.COLUMN and Sort.CREATE in sorts:
            act = _RECTIFY
        elif sort is Sort.NAMED:
            name = NAMED_ENDS[words]
        elif sort is Sort.NOW and "改" in words:
            act = _RECTIFY
        else:
            continue
        if name == "in_use" and strong and strong[-1].name == "built":
            strong[-1].name = name  # 建成…并投入使用 is one end
            continue
        if strong and any(each.act is act and each.name == name for each in strong):
            continue
        told = first if act is _REPORT else None
        draft = Draft(segment, act, STAGES.get(act), NO_DAY, None, name, explores=explores)
        if words == "规范化公开":
            draft.doubts.append(("doubt.is-templating", ("", *YES_NO)))
        strong.append(draft)
    return strong, weak


def _goes_on(segment: Segment, first: int, last: int) -> bool:
    """
    Say whether a 并 between two places begins something else: 报送方案并整改到位.
    """
    return any(token.sort is Sort.AND for token in segment.tokens if first < token.first < last)


def _is_a_plan(token: Token) -> bool:
    return token.text.startswith("《") and token.text.endswith(("方案》", "计划》", "规划》"))
