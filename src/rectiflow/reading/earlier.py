"""
The clauses read so far, of which later words may still say something.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectiflow.clauses import Act
from rectiflow.deadlines import RuleKind

from .asking import STAGES
from .drafts import Draft, is_open
from .sorts import Sort

if TYPE_CHECKING:
    from .segments import Segment

__all__ = ["Earlier"]

_FAR_BACK = 40  # clauses of one cell that still hear of one another
_SUSTAIN = Act.SUSTAIN
_AT_ONCE = frozenset({Sort.NOW})


class Earlier:
    """
    The clauses of a cell so far, and where the sentence began.
    """

    __slots__ = ("_sentence", "drafts")

    def __init__(self) -> None:
        """
        Begin with none.
        """
        self.drafts: list[Draft] = []
        self._sentence = 0

    def end_sentence(self) -> None:
        """
        Begin a sentence.
        """
        self._sentence = len(self.drafts)

    @property
    def recent(self) -> list[Draft]:
        """
        The drafts of the sentence, as far back as one looks: a long text is read in time.
        """
        return self.drafts[max(self._sentence, len(self.drafts) - _FAR_BACK) :]

    def keeps_on_already(self, segment: Segment) -> bool:
        """
        Add 持续推进 to a 长期坚持 just before it: together they ask for one thing.
        """
        last = self.drafts[-1] if len(self.drafts) > self._sentence else None
        if last is None or last.act is not _SUSTAIN or segment.limits:
            return False
        last.alongside.append(segment)
        return True

    def forget_undated(self, act: Act) -> None:
        """
        Drop what named an act of the same sentence before its date: 对照整改，于3月1日前完成整改.
        """
        if act not in STAGES:
            return
        since = max(self._sentence, len(self.drafts) - _FAR_BACK)
        for n in range(len(self.drafts) - 1, since - 1, -1):
            each = self.drafts[n]
            if each.act is act and is_open(each) and each.segment.is_plain:
                del self.drafts[n]

    def said_just_before(self, draft: Draft) -> Draft | None:
        """
        Find the 即知即改 right before a 立行立改: together they ask for one thing.
        """
        last = self.drafts[-1] if len(self.drafts) > self._sentence else None
        if last is None or last.rule.kind is not RuleKind.IMMEDIATE or last.act is not draft.act:
            return None
        only_say_so = draft.segment.sorts == last.segment.sorts == _AT_ONCE
        said = last.alongside[-1] if last.alongside else last.segment
        return last if only_say_so and draft.segment.first == said.last + 1 else None

    def asked_before(self, draft: Draft) -> Draft | None:
        """
        Find what asks for the same act with a date, or at once in the same sentence.
        """
        if draft.act not in STAGES:
            return None
        begins = max(0, len(self.drafts) - _FAR_BACK)
        for n, each in enumerate(self.drafts[begins:], begins):
            at_once = each.rule.kind is RuleKind.IMMEDIATE and n >= self._sentence
            if each.act is draft.act and (each.limit is not None or at_once or is_open(each)):
                return each
        return None
