"""
Clauses in the making: what is asked for, and the deadline that governs it.
"""

from __future__ import annotations

import attrs

from rectiflow.clauses import Act
from rectiflow.deadlines import DeadlineRule, RuleKind, StandingDuty
from rectiflow.stages import Stage

from .limits import Limit
from .segments import Segment
from .sorts import Sort

__all__ = ["NO_DAY", "OTHER", "START", "YES_NO", "Draft", "Group", "bare", "is_open"]

YES_NO = ("yes", "no")
NO_DAY = StandingDuty()
# Found once: a member of an enumeration costs more than all that is done with it here.
OTHER, START, TEMPLATE = Act.OTHER, Act.START, Act.TEMPLATE
_NONE = RuleKind.NONE


@attrs.define
class Draft:
    """
    A clause before its places are mapped to the printed text.

    Attributes:
        segment: The words that name the act.
        act: What is to be done.
        stage: The stage it reaches, if it is one and demanded.
        rule: By when.
        limit: The deadline's own words; ``None`` if it has none.
        name: What an end that is no stage is called.
        soft: Whether the words only aim at it.
        explores: Whether they only ask to explore.
        alongside: Segments under the same deadline that name no act.
        doubts: What only a person can decide, the deadline's own doubts left out.
        unread: Words beside it that look like a deadline and were not understood.
    """

    segment: Segment
    act: Act
    stage: Stage | None
    rule: DeadlineRule
    limit: Limit | None = None
    name: str = ""
    soft: bool = False
    explores: bool = False
    alongside: list[Segment] = attrs.field(factory=list)
    doubts: list[tuple[str, tuple[str, ...]]] = attrs.field(factory=list)
    unread: list[Limit] = attrs.field(factory=list)


@attrs.define
class Group:
    """
    The clauses that one deadline governs, or each of a list of deadlines.

    Attributes:
        limits: The deadlines.
        head: The segment that writes the last of them.
        soft: Whether the words before only aim at it.
        lists_on: Whether a further deadline of the list follows: 6月底前、12月底前报送.
        drafts: What is to be done.
        acts: The acts already named.
        others: Segments that name no act.
        weak: Segments whose act counts if there is no other.
    """

    limits: list[Limit]
    head: Segment
    soft: bool
    lists_on: bool = False
    drafts: list[Draft] = attrs.field(factory=list)
    acts: list[tuple[Act, str]] = attrs.field(factory=list)
    others: list[Segment] = attrs.field(factory=list)
    weak: list[tuple[Segment, Act]] = attrs.field(factory=list)

    @property
    def says(self) -> bool:
        """
        Whether it says already what is to be done by it.
        """
        if self.drafts or self.weak or not self.head.is_only_a_limit:
            return True
        return any(each is not self.head for each in self.others)

    @property
    def act_of_the_head(self) -> Act | None:
        """
        What the words right behind the date ask for, where acts behind them ask for something else.
        """
        head = self.head
        if any(draft.segment is head for draft in self.drafts):
            return None
        if self.weak and self.weak[0][0] is head:
            return self.weak[0][1]
        ends = bool(self.others) and self.others[0] is head and _ends_something(head)
        return OTHER if ends else None

    @property
    def end_behind_the_comma(self) -> Segment | None:
        """
        The words behind 6月底前， that have an end of their own: 6月底前，完成清理，…制定模板.
        """
        if not self.head.is_only_a_limit:
            return None
        others = [each for each in self.others if each is not self.head]
        first = others[0] if others else None
        if first is None or first.first != self.head.last + 1 or len(first.tokens) < _AN_END:
            return None
        return first if first.tokens[0].text in _ENDINGS else None

    def doubt_the_standard(self, others: list[Segment]) -> None:
        """
        Doubt whether 落实国家标准 means templating, where the group demands no template.
        """
        named = [*others, *[draft.segment for draft in self.drafts]]
        standards = [each for each in named if Sort.STANDARD in each.sorts]
        if standards and not any(draft.act is TEMPLATE for draft in self.drafts):
            self.drafts[-1].doubts.append(("doubt.is-templating", ("", *YES_NO)))


def _ends_something(head: Segment) -> bool:
    """
    Say whether the words right behind a date have an end of their own: 6月底前完成公路建设.
    """
    at = head.limits[0].last - head.first
    verb = head.tokens[at] if 0 <= at < len(head.tokens) - 1 else None
    return verb is not None and verb.text in _ENDINGS


_AN_END = 2  # 完成, and of what
_ENDINGS = frozenset({"完成", "全面完成", "实现", "建成", "出台", "形成", "达到"})


def bare(segment: Segment, act: Act, limit: Limit, *, soft: bool = False) -> Draft:
    """
    Make a clause of words that name no act.
    """
    act = START if limit.is_start else act
    explores = Sort.EXPLORE in segment.sorts
    return Draft(segment, act, None, limit.rule or NO_DAY, limit, soft=soft, explores=explores)


def is_open(draft: Draft) -> bool:
    """
    Say whether a clause has neither a deadline nor words such as 立行立改.
    """
    return draft.limit is None and draft.rule.kind is _NONE
