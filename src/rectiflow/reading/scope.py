"""
Which deadline governs which clause.

A date governs every clause after it up to the next date, a full stop, or 并持续推进.  A clause that
names no act of its own shares the deadline and is kept beside the clause before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from rectiflow.clauses import Act
from rectiflow.deadlines import DeadlineRule, RuleKind, StandingDuty, Unresolved
from rectiflow.stages import Stage

from .acts import ACTS, NAMED_ENDS
from .limits import Limit, is_joint
from .segments import EMPTY, Segment, acts_of
from .sorts import Sort

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .tokens import Token

__all__ = ["Draft", "drafts", "with_unread"]

_STAGES = {
    Act.SELF_CHECK: Stage.SELF_CHECKED,
    Act.RECTIFY: Stage.RECTIFIED,
    Act.TEMPLATE: Stage.TEMPLATED,
    Act.SUSTAIN: Stage.ONGOING,
}
_NO_ACT = EMPTY | {Sort.VERB}
_YES_NO = ("yes", "no")
_NO_DAY = StandingDuty()
_FAR_BACK = 40  # clauses of one cell that still hear of one another
_NOW_OR_BY = ("start at once, end by the date", "at once")


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
class _Group:
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
        beside = any(each is not self.head for each in self.others)
        return bool(self.drafts or self.weak) or beside or not self.head.is_only_a_limit


def drafts(found: Sequence[Segment], default: Limit | None = None) -> list[Draft]:
    """
    Give each segment its deadline and its acts.

    Args:
        found: The segments of the cell.
        default: The deadline of acts that have none of their own, from a column of its own.
    """
    return _Scope(default).read(found)


def with_unread(found: list[Draft], segment: Segment, limit: Limit) -> None:
    """
    Add to the drafts what looks like a deadline in *segment* and was not understood.
    """
    beside = [draft for draft in found if draft.segment.first == segment.first]
    for draft in beside:
        draft.unread.append(limit)
    if not beside and not tells(segment):
        strong, weak = _acts(segment)
        for draft in strong or [_bare(segment, weak or Act.OTHER, limit)]:
            draft.limit, draft.rule = limit, limit.rule or draft.rule
            found.append(draft)


class _Scope:
    """
    Goes through the segments, holding the deadline in force.
    """

    __slots__ = ("_default", "_done", "_group", "_sentence", "_soft")

    def __init__(self, default: Limit | None) -> None:
        self._default = default
        self._done: list[Draft] = []
        self._group: _Group | None = None
        self._soft = False
        self._sentence = 0

    def read(self, found: Sequence[Segment]) -> list[Draft]:
        labelled: list[Segment] = []
        for n, segment in enumerate(found):
            following = found[n + 1] if n + 1 < len(found) else None
            if segment.is_labelled and segment.is_only_a_limit:
                labelled.append(segment)
            elif following is not None and _is_dated_by(segment, following):
                self._flush()
                self._take(attrs.evolve(segment, limits=following.limits))
                self._flush()
            elif segment.limits and n and _is_dated_by(found[n - 1], segment):
                pass
            elif segment.is_bracketed and segment.is_only_a_limit and self._dates_the_last(segment):
                continue
            else:
                self._take(segment)
            if segment.stops:
                self._flush()
                self._soft = False
                self._sentence = len(self._done)
        self._flush()
        for segment in labelled:
            self._label(segment)
        return self._done

    def _take(self, segment: Segment) -> None:
        if Sort.FAR in segment.sorts:
            self._except(segment)
            return
        if segment.keeps_on:
            during = segment.limits[0] if segment.limits else self._begun()
            self._flush()
            self._done.append(Draft(segment, Act.SUSTAIN, Stage.ONGOING, _NO_DAY, during))
            return
        softens = _softens(segment)
        self._soft = self._soft or "原则上" in softens
        if segment.limits:
            soft = self._soft or bool(softens)
            listed = self._group if self._group is not None and self._group.lists_on else None
            if listed is None:
                self._flush()
            before = [] if listed is None else listed.limits
            soft = soft or (listed is not None and listed.soft)
            self._group = _Group([*before, *segment.limits], segment, soft)
            self._group.lists_on = segment.is_only_a_limit and segment.joins_the_next
            if not segment.is_only_a_limit:
                self._govern(segment, self._group)
        elif self._group is not None and self._group.says and _has_its_own_time(segment):
            # 6月底前完成5个，其余2个立行立改: not by that date.
            self._flush()
            self._done += self._undated(segment)
        elif self._group is not None:
            self._govern(segment, self._group)
        else:
            self._done += self._undated(segment)

    def _begun(self) -> Limit | None:
        """
        Give the day from which to go on, if it stands alone before: 7月起，转入常态化管理.
        """
        group = self._group
        if group is None or group.says or not isinstance(group.limits[0].rule, StandingDuty):
            return None
        self._group = None
        return group.limits[0]

    def _govern(self, segment: Segment, group: _Group) -> None:
        """
        Read a segment under a deadline.
        """
        strong, weak = _acts(segment)
        if segment.keeps_on_from:
            begins = group.limits[-1]
            sustain = Draft(segment, Act.SUSTAIN, Stage.ONGOING, _NO_DAY, begins)
            if isinstance(begins.rule, StandingDuty):
                group.drafts.append(sustain)
                return
            sustain.limit = None
            self._done.append(sustain)
        soft = group.soft or bool(_softens(segment))
        shared = _shares_out(segment, strong, group.limits)
        for n, draft in enumerate(strong):
            key = (draft.act, draft.name)
            if key in group.acts:
                group.others.append(segment)
                continue
            group.acts.append(key)
            self._forget_undated(draft.act)
            for limit in group.limits[n : n + 1] if shared else group.limits:
                one = draft
                if len(group.limits) > 1:
                    one = attrs.evolve(draft, alongside=[], doubts=list(draft.doubts))
                one.limit, one.soft = limit, soft
                one.rule = limit.rule or one.rule
                if limit.is_start:
                    one.act, one.stage = Act.START, None  # begun by then, and not done
                group.drafts.append(one)
        if Sort.NOW in segment.sorts:
            for draft in group.drafts:
                draft.doubts.append(("doubt.now-and-dated", ("", *_NOW_OR_BY)))
        if weak is not None:
            group.weak.append((segment, weak))
        elif not strong:
            group.others.append(segment)

    def _flush(self) -> None:
        """
        Close the group: what named no act joins a clause, or is one by itself.
        """
        group, self._group = self._group, None
        if group is None:
            return
        others = group.others
        if self._dates_what_stood_before(group):
            return
        if not group.drafts:
            segment, act = group.weak[0] if group.weak else (group.head, Act.OTHER)
            if not group.weak and group.head.is_only_a_limit and others:
                segment = others.pop(0)
            else:
                others = [each for each in others if each is not segment]
            group.drafts = [_bare(segment, act, limit, soft=group.soft) for limit in group.limits]
            others += [each for each, _act in group.weak[1:]]
        else:
            others += [each for each, _act in group.weak]
        _doubt_the_standard(group, others)
        for segment in others:
            before = [each for each in group.drafts if each.segment.first < segment.first]
            (before[-1] if before else group.drafts[0]).alongside.append(segment)
        self._done += group.drafts

    @property
    def _recent(self) -> list[Draft]:
        """
        The drafts of the sentence, as far back as one looks: a long text is read in time.
        """
        return self._done[max(self._sentence, len(self._done) - _FAR_BACK) :]

    def _dates_what_stood_before(self, group: _Group) -> bool:
        """
        Give a date that stands behind its acts to them: 开展自查，落实整改，6月底前完成.
        """
        if len(group.limits) != 1 or group.head.tokens[0].sort is Sort.ITEM:
            return False
        alone = not group.drafts and not group.weak
        only = all(each is group.head for each in group.others)
        alone = alone and (only or not group.head.is_only_a_limit)
        alone = alone and all(token.sort in _NO_ACT for _n, token in group.head.words)
        if not alone and not group.head.completes:
            return False
        open_ones = [draft for draft in self._recent if _is_open(draft)]
        limit = group.limits[0]
        for draft in open_ones:
            draft.limit, draft.rule = limit, limit.rule or draft.rule
            draft.soft = draft.soft or group.soft
            draft.doubts = [each for each in draft.doubts if each[0] != "doubt.no-date"]
        return alone and bool(open_ones)

    def _dates_the_last(self, segment: Segment) -> bool:
        """
        Give a deadline in brackets to the words before them.
        """
        group = self._group
        if group is not None and group.drafts and group.drafts[-1].limit in group.limits:
            return False
        undated = self._done[-1] if group is None and self._done else None
        if undated is not None and undated.limit is None and undated.act is not Act.SUSTAIN:
            limit = segment.limits[0]
            undated.limit, undated.rule = limit, limit.rule or undated.rule
            undated.doubts = []
            return True
        return False

    def _label(self, segment: Segment) -> None:
        """
        Give 完成时限：… to the acts that have no date of their own.
        """
        open_ones = [
            each for each in self._done if each.limit is None and each.act is not Act.SUSTAIN
        ]
        for draft in open_ones:
            limit = segment.limits[0]
            at_once = draft.rule.kind is RuleKind.IMMEDIATE
            draft.limit, draft.rule = limit, limit.rule or draft.rule
            draft.doubts = [("doubt.now-and-dated", ("", *_NOW_OR_BY))] if at_once else []
        if not open_ones:
            self._done += [_bare(segment, Act.OTHER, limit) for limit in segment.limits]

    def _except(self, segment: Segment) -> None:
        """
        Doubt the clause before 另有规定的除外.
        """
        self._flush()
        if self._done:
            words = "".join(token.text for token in segment.tokens)
            self._done[-1].doubts.append(("doubt.exception", (words, *_YES_NO)))
            self._done[-1].alongside.append(segment)

    def _undated(self, segment: Segment) -> Iterator[Draft]:
        """
        Read a segment that no date governs: 立行立改, 限期整改, or a stage without a day.
        """
        strong, weak = _acts(segment)
        at_once = [token.text for token in segment.tokens if token.sort is Sort.NOW]
        vague = [token.text for token in segment.tokens if token.sort is Sort.VAGUE]
        if tells(segment):
            return
        staged = [draft for draft in strong if draft.act in _STAGES]
        if not (at_once or vague or staged):
            if self._default is not None and (strong or weak):
                yield from strong or [Draft(segment, weak or Act.OTHER, None, _NO_DAY)]
            return
        words = (at_once or vague or ["".join(token.text for token in segment.tokens)])[0]
        for draft in strong or [Draft(segment, weak or Act.OTHER, None, _NO_DAY)]:
            before = None if at_once or vague else self._asked_before(draft)
            if before is not None:
                before.alongside.append(segment)
                continue
            draft.rule = Unresolved(words)
            draft.soft = self._soft or bool(_softens(segment))
            if not at_once and self._default is None:
                draft.doubts.append(("doubt.no-date", (words,)))
            yield draft

    def _forget_undated(self, act: Act) -> None:
        """
        Drop what named an act of the same sentence before its date: 对照整改，于3月1日前完成整改.
        """
        since = max(self._sentence, len(self._done) - _FAR_BACK)
        for n in range(len(self._done) - 1, since - 1, -1):
            each = self._done[n]
            if each.act is act and _is_open(each) and each.segment.is_plain and act in _STAGES:
                del self._done[n]

    def _asked_before(self, draft: Draft) -> Draft | None:
        """
        Find what asks for the same act with a date, or at once in the same sentence.
        """
        if draft.act not in _STAGES:
            return None
        begins = max(0, len(self._done) - _FAR_BACK)
        for n, each in enumerate(self._done[begins:], begins):
            at_once = each.rule.kind is RuleKind.IMMEDIATE and n >= self._sentence
            if each.act is draft.act and (each.limit is not None or at_once or _is_open(each)):
                return each
        return None


def _is_dated_by(segment: Segment, following: Segment) -> bool:
    """
    Say whether the deadline of a segment stands behind it, in brackets or after a colon.
    """
    if segment.limits or not following.limits or segment.is_labelled:
        return False
    if segment.parted is Sort.OPEN and following.parted is Sort.CLOSE:
        says_when = all(token.sort in _NO_ACT for _n, token in following.words)
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
    )


_TOLD = frozenset({Sort.ALREADY, Sort.TOTAL})


def _has_its_own_time(segment: Segment) -> bool:
    if segment.sorts.isdisjoint(_OWN_TIMES):
        return False
    return any(token.sort is Sort.NOW or token.text == "限期" for token in segment.tokens)


_OWN_TIMES = frozenset({Sort.NOW, Sort.VAGUE})


def _is_open(draft: Draft) -> bool:
    return draft.limit is None and draft.rule.kind is RuleKind.NONE


def _shares_out(segment: Segment, strong: list[Draft], limits: list[Limit]) -> bool:
    """
    Say whether each act has a date of its own: 9月底、10月底前分别完成自查、整改.
    """
    if not 1 < len(limits) == len(strong):
        return False
    joints = [token for _n, token in segment.words if is_joint(token)]
    return len(joints) >= len(limits) - 1


def _softens(segment: Segment) -> list[str]:
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


def _bare(segment: Segment, act: Act, limit: Limit, *, soft: bool = False) -> Draft:
    act = Act.START if limit.is_start else act
    return Draft(segment, act, None, limit.rule or _NO_DAY, limit, soft=soft)


def _acts(segment: Segment) -> tuple[list[Draft], Act | None]:
    """
    List the acts that a segment names, and the weak one that counts if there is no other.
    """
    strong: list[Draft] = []
    weak: Act | None = None
    sorts = segment.sorts
    explores = Sort.EXPLORE in sorts
    makes = Sort.DRAFT in sorts
    if makes and any(_is_a_plan(token) for _n, token in segment.words):
        strong.append(Draft(segment, Act.PLAN, None, _NO_DAY, explores=explores))
    starts = -1
    for sort, words, first in acts_of(segment):
        if first == starts:
            continue  # 启动整改 is a start, and not the end of what is started
        name, act = "", _OTHER
        if sort is Sort.ACT:
            act = ACTS[words]
            starts = first + len(words) if act is _START else -1
            if act is _PUBLISH or act is _SERVE:
                weak = weak or act
                continue
            if words == "报告" and weak is _PUBLISH:
                continue  # 公布上年度报告
            if act is _PLAN and not (makes or "制定" in words or Sort.VERB in sorts):
                continue
        elif sort is Sort.TEMPLATE and makes:
            act, name = Act.TEMPLATE, "template_drafted"
        elif sort is Sort.COLUMN and Sort.CREATE in sorts:
            act = Act.RECTIFY
        elif sort is Sort.NAMED:
            name = NAMED_ENDS[words]
        elif sort is Sort.NOW and "改" in words:
            act = Act.RECTIFY
        else:
            continue
        if any(each.act is act and each.name == name for each in strong):
            continue
        draft = Draft(segment, act, _STAGES.get(act), _NO_DAY, None, name, explores=explores)
        if words == "规范化公开":
            draft.doubts.append(("doubt.is-templating", ("", *_YES_NO)))
        strong.append(draft)
    return strong, weak


# Found once: a member of an enumeration costs more than all that is done with it here.
_OTHER, _START, _PLAN = Act.OTHER, Act.START, Act.PLAN
_PUBLISH, _SERVE = Act.PUBLISH, Act.SERVE


def _is_a_plan(token: Token) -> bool:
    return token.text.startswith("《") and token.text.endswith(("方案》", "计划》", "规划》"))


def _doubt_the_standard(group: _Group, others: list[Segment]) -> None:
    """
    Doubt whether 落实国家标准 means templating, where the group demands no template.
    """
    named = [*others, *(draft.segment for draft in group.drafts)]
    if any(Sort.STANDARD in segment.sorts for segment in named) and not any(
        draft.act is Act.TEMPLATE for draft in group.drafts
    ):
        group.drafts[-1].doubts.append(("doubt.is-templating", ("", *_YES_NO)))
