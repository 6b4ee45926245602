"""
Which deadline governs which clause.

A date governs every clause after it up to the next date, a full stop, or 并持续推进.  A clause that
names no act of its own shares the deadline and is kept beside the clause before it.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import attrs

from rectiflow.clauses import Act
from rectiflow.deadlines import RuleKind, StandingDuty, Unresolved
from rectiflow.stages import Stage

from .asking import (
    BEHIND,
    NO_ACT,
    STAGES,
    asked,
    has_its_own_time,
    is_dated_by,
    shares_out,
    softens,
    tells,
)
from .drafts import NO_DAY, OTHER, START, YES_NO, Draft, Group, bare, is_open
from .earlier import Earlier
from .reasons import Why
from .sorts import Sort

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .limits import Limit
    from .segments import Segment

__all__ = ["drafts"]

_NOW_OR_BY = ("start at once, end by the date", "at once")
_SUSTAIN, _ONGOING = Act.SUSTAIN, Stage.ONGOING


def drafts(found: Sequence[Segment]) -> list[Draft]:
    """
    Give each segment of a cell its deadline and its acts.
    """
    return _Scope().read(found)


class _Scope:
    """
    Goes through the segments, holding the deadline in force.
    """

    __slots__ = ("_done", "_earlier", "_group", "_soft")

    def __init__(self) -> None:
        self._earlier = Earlier()
        self._done = self._earlier.drafts
        self._group: Group | None = None
        self._soft = False

    def read(self, found: Sequence[Segment]) -> list[Draft]:
        labelled: list[Segment] = []
        for n, segment in enumerate(found):
            following = found[n + 1] if segment.parted in BEHIND and n + 1 < len(found) else None
            if segment.is_labelled and segment.is_only_a_limit:
                labelled.append(segment)
            elif following is not None and is_dated_by(segment, following):
                self._flush()
                self._take(attrs.evolve(segment, limits=following.limits))
                self._flush()
            elif segment.limits and n and is_dated_by(found[n - 1], segment):
                pass
            elif segment.is_bracketed and segment.is_only_a_limit and self._dates_the_last(segment):
                continue
            elif segment.is_bracketed and self._says_whose(segment):
                after = found[n + 1] if n + 1 < len(found) else segment
                lists_on = bool(after.limits) and after.tokens[0].sort is Sort.PAUSE
                if self._group is not None:
                    self._group.lists_on = lists_on
                continue
            else:
                self._take(segment)
            if segment.stops:
                self._flush()
                self._soft = False
                self._earlier.end_sentence()
        self._flush()
        for segment in labelled:
            self._label(segment)
        return self._done

    def _take(self, segment: Segment) -> None:
        sorts = segment.sorts
        if Sort.FAR in sorts:
            self._except(segment)
            return
        if Sort.KEEP in sorts and segment.keeps_on:
            if self._group is None and self._earlier.keeps_on_already(segment):
                return
            during = segment.limits[0] if segment.limits else self._begun()
            self._flush()
            self._done.append(Draft(segment, _SUSTAIN, _ONGOING, NO_DAY, during))
            return
        aims = softens(segment) if Sort.SOFT in sorts else []
        self._soft = self._soft or "原则上" in aims
        if segment.limits:
            soft = self._soft or bool(aims)
            listed = self._group if self._group is not None and self._group.lists_on else None
            if listed is None:
                self._flush()
            before = [] if listed is None else listed.limits
            soft = soft or (listed is not None and listed.soft)
            self._group = Group([*before, *segment.limits], segment, soft)
            self._group.lists_on = segment.is_only_a_limit and segment.joins_the_next
            if not segment.is_only_a_limit:
                self._govern(segment, self._group)
        elif self._group is not None and self._group.says and has_its_own_time(segment):
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

    def _govern(self, segment: Segment, group: Group) -> None:
        """
        Read a segment under a deadline.
        """
        strong, weak = asked(segment)
        if Sort.KEEP in segment.sorts and segment.keeps_on_from:
            begins = group.limits[-1]
            sustain = Draft(segment, _SUSTAIN, _ONGOING, NO_DAY, begins)
            if isinstance(begins.rule, StandingDuty):
                group.drafts.append(sustain)
                return
            sustain.limit = None
            self._done.append(sustain)
        soft = group.soft or bool(softens(segment))
        shared = len(group.limits) > 1 and shares_out(segment, strong, group.limits)
        for n, draft in enumerate(strong):
            key = (draft.act, draft.name)
            if key in group.acts:
                group.others.append(segment)
                continue
            group.acts.append(key)
            self._earlier.forget_undated(draft.act)
            for limit in group.limits[n : n + 1] if shared else group.limits:
                one = draft
                if len(group.limits) > 1:
                    one = attrs.evolve(draft, alongside=[], doubts=list(draft.doubts))
                one.limit, one.soft = limit, soft
                one.rule = limit.rule or one.rule
                if limit.is_start:
                    one.act, one.stage = START, None  # begun by then, and not done
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
            segment, act = group.weak[0] if group.weak else (group.head, OTHER)
            if not group.weak and group.head.is_only_a_limit and others:
                segment = next((each for each in others if not each.is_bracketed), others[0])
                others = [each for each in others if each is not segment]
            else:
                others = [each for each in others if each is not segment]
            group.drafts = [bare(segment, act, limit, soft=group.soft) for limit in group.limits]
            others += [each for each, _act in group.weak[1:]]
        else:
            others += [each for each, _act in group.weak]
            asks = group.act_of_the_head
            first = group.end_behind_the_comma
            if first is not None:
                others = [each for each in others if each is not first]
                ends = [bare(first, OTHER, limit, soft=group.soft) for limit in group.limits]
                group.drafts = ends + group.drafts
            elif asks is not None:
                # 6月底前完成公路建设，并通过验收 asks for two things.
                others = [each for each in others if each is not group.head]
                ends = [bare(group.head, asks, limit, soft=group.soft) for limit in group.limits]
                group.drafts = ends + group.drafts
        group.doubt_the_standard(others)
        for segment in others:
            before = [each for each in group.drafts if each.segment.first < segment.first]
            (before[-1] if before else group.drafts[0]).alongside.append(segment)
        self._done += group.drafts

    def _dates_what_stood_before(self, group: Group) -> bool:
        """
        Give a date that stands behind its acts to them: 开展自查，落实整改，6月底前完成.
        """
        head = group.head
        if len(group.limits) != 1 or head.tokens[0].sort is Sort.ITEM or group.limits[0].is_start:
            return False
        alone = not group.drafts and not group.weak
        if alone:
            only = all(each is head for each in group.others)
            alone = only or not head.is_only_a_limit
            alone = alone and all(token.sort in NO_ACT for _n, token in head.words)
        if not alone and not head.completes:
            return False
        open_ones = [draft for draft in self._earlier.recent if is_open(draft)]
        limit = group.limits[0]
        for draft in open_ones:
            draft.limit, draft.rule = limit, limit.rule or draft.rule
            draft.soft = draft.soft or group.soft
            draft.doubts = [each for each in draft.doubts if each[0] != "doubt.no-date"]
        return alone and bool(open_ones)

    def _says_whose(self, segment: Segment) -> bool:
        """
        Keep whom a date concerns beside it: 3月底前（国企）、6月底前（民企）完成清理.
        """
        group = self._group
        if group is None or segment.limits or not group.head.is_only_a_limit or group.says:
            return False
        if group.head.last + 1 != segment.first or segment.stops or asked(segment)[0]:
            return False
        group.others.append(segment)
        return True

    def _dates_the_last(self, segment: Segment) -> bool:
        """
        Give a deadline in brackets to the words before them.
        """
        group = self._group
        limit = segment.limits[0]
        if group is not None and group.head.last + 1 == segment.first and not group.drafts:
            # 9月20日前(中秋节前): the date says when.
            limit.why = Why.DATED if type(limit.rule) is Unresolved else None
            return limit.why is not None
        if group is not None and group.drafts and group.drafts[-1].limit in group.limits:
            return False
        undated = self._done[-1] if group is None and self._done else None
        if limit.is_start:
            return False  # begun by then, and not done
        if undated is not None and undated.limit is None and undated.act is not _SUSTAIN:
            undated.limit, undated.rule = limit, limit.rule or undated.rule
            undated.doubts = []
            return True
        return False

    def _label(self, segment: Segment) -> None:
        """
        Give 完成时限：… to the acts that have no date of their own.
        """
        limit = segment.limits[0]
        open_ones = [each for each in self._done if each.limit is None and each.act is not _SUSTAIN]
        if limit.is_start:
            open_ones = []  # 自4月起 in a column of deadlines says when to begin
        for draft in open_ones:
            at_once = draft.rule.kind is RuleKind.IMMEDIATE
            draft.limit, draft.rule = limit, limit.rule or draft.rule
            draft.doubts = [("doubt.now-and-dated", ("", *_NOW_OR_BY))] if at_once else []
        if not open_ones:
            self._done += [bare(segment, OTHER, limit) for limit in segment.limits]

    def _except(self, segment: Segment) -> None:
        """
        Doubt the clause before 另有规定的除外.
        """
        self._flush()
        if self._done:
            words = "".join(token.text for token in segment.tokens)
            for limit in segment.limits:
                limit.why = Why.NAMED  # the doubt about the exception holds it
            self._done[-1].doubts.append(("doubt.exception", (words, *YES_NO)))
            self._done[-1].alongside.append(segment)

    def _undated(self, segment: Segment) -> Iterator[Draft]:
        """
        Read a segment that no date governs: 立行立改, 限期整改, or a stage without a day.
        """
        strong, weak = asked(segment)
        at_once = [token.text for token in segment.tokens if token.sort is Sort.NOW]
        if at_once and _names_a_kind(segment):
            return
        vague = [token.text for token in segment.tokens if token.sort is Sort.VAGUE]
        if tells(segment):
            return
        staged = [draft for draft in strong if draft.act in STAGES]
        if not (at_once or vague or staged):
            return
        words = (at_once or vague or ["".join(token.text for token in segment.tokens)])[0]
        for draft in strong or [Draft(segment, weak or OTHER, None, NO_DAY)]:
            before = None if at_once or vague else self._earlier.asked_before(draft)
            if at_once:
                before = self._earlier.said_just_before(draft)
            if before is not None:
                before.alongside.append(segment)
                continue
            draft.rule = Unresolved(words)
            draft.soft = self._soft or bool(softens(segment))
            if not at_once:
                draft.doubts.append(("doubt.no-date", (words,)))
            yield draft


def _names_a_kind(segment: Segment) -> bool:
    """
    Say whether 立行立改 only names a kind of problem: 对立行立改问题.
    """
    tokens = segment.tokens
    return any(
        token.sort is Sort.NOW and after.text.startswith(_KINDS)
        for token, after in itertools.pairwise(tokens)
    )


_KINDS = ("问题", "事项", "类", "任务", "的问题", "的事项")
