"""
What one clause of a requirement asks: an act, its deadline, and the words that say so.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

import attrs

from .deadlines import DeadlineRule
from .messages import Language, Message
from .source import Doubt
from .stages import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Act", "Clause", "ClauseDraft"]


class Act(StrEnum):
    """
    What a clause asks to be done, in the words real lists use.
    """

    SELF_CHECK = "self_check"
    """自查"""
    RECTIFY = "rectify"
    """整改"""
    TEMPLATE = "template"
    """模板化"""
    SUSTAIN = "sustain"
    """持续推进"""
    REPORT = "report"
    """报送、备案"""
    REVIEW = "review"
    """复核、回头看"""
    ACCEPT = "accept"
    """验收、销号"""
    PUBLISH = "publish"
    """公开"""
    NOTICE = "notice"
    """公示"""
    PLAN = "plan"
    """制定方案"""
    EXTEND = "extend"
    """延期"""
    START = "start"
    """动工、启动"""
    SERVE = "serve"
    """常设服务"""
    OTHER = "other"
    """其他"""


@attrs.frozen(kw_only=True)
class Clause:
    """
    One clause of a requirement as it was read.

    Attributes:
        text: Its words as restored.
        span: Where they stand in the printed text, first included and last excluded.
        limit: Where the words of its deadline stand there, which may be in an earlier clause;
            ``None`` if it has none.
        act: What is to be done.
        stage: The stage that reaches; ``None`` for an act that is no stage, or is not demanded.
        name: What a dated part that is no stage is called, e.g. ``"in_use"``; may be empty.
        rule: By when.
        due: The day the rule comes to with the issue date alone; ``None`` if there is none yet.
        starts: The first day of a span whose last day is the deadline; ``None`` if not printed.
        ongoing: Whether the cell also asks to go on without an end (并持续推进).
        soft: Whether the words only aim at it (原则上, 力争).
        alongside: Words under the same deadline that name no act of their own.
        notes: What was restored, carried or inferred on the way.
        doubts: What only a person can decide, with the readings the words allow.
    """

    text: str
    span: tuple[int, int]
    limit: tuple[int, int] | None = None
    act: Act = Act.OTHER
    stage: Stage | None = None
    name: str = ""
    rule: DeadlineRule
    due: date | None = None
    starts: date | None = None
    ongoing: bool = False
    soft: bool = False
    alongside: tuple[str, ...] = ()
    notes: tuple[Message, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def candidates(self) -> tuple[date, ...]:
        """
        The days that its open doubts leave possible.
        """
        return tuple(self._days())

    def _days(self) -> Iterator[date]:
        for doubt in self.doubts:
            for candidate in doubt.candidates if doubt.is_open else ():
                with suppress(ValueError):
                    yield date.fromisoformat(candidate)

    @property
    def is_doubtful(self) -> bool:
        """
        Whether a person has yet to decide something about it.
        """
        return any(doubt.is_open for doubt in self.doubts)

    def explain(self, printed: str, lang: Language = "en") -> str:
        """
        Tell which words gave which reading, one thing a line.

        Args:
            printed: The printed text that the spans are places of.
            lang: ``"zh"`` or ``"en"``.
        """
        return "\n".join(line.text(lang) for line in self._lines(printed))

    def _lines(self, printed: str) -> Iterator[Message]:
        first, last = self.span
        what: object = self.act if self.stage is None else self.stage
        # People count characters from 1.
        yield Message.of("reading.clause", words=self.text, first=first + 1, last=last, what=what)
        if self.limit is not None:
            words = printed[slice(*self.limit)]
            yield Message.of("reading.limit", words=words, rule=str(self.rule))
        else:
            yield Message.of("reading.rule", rule=str(self.rule))
        yield from self.notes
        if self.soft:
            yield Message.of("reading.soft")
        if self.alongside:
            yield Message.of("reading.alongside", words=self.alongside)
        if self.due is not None:
            yield Message.of("reading.due", due=self.due)
        for doubt in self.doubts:
            said = Message.of(doubt.code, words=doubt.words)
            yield Message.of("reading.doubt", doubt=said, candidates=doubt.candidates)


class ClauseDraft(Clause):
    """
    A clause being filled in, laid out like one; ``frozen`` makes it one.

    attrs freezes a class by paying a function call for each of the fields that its ``__init__``
    sets, and a reader makes tens of thousands of clauses in a second.  Every field must be set.
    """

    __slots__ = ()
    # A draft is not frozen yet; with both its own, setting an attribute is no call at all.
    __setattr__ = object.__setattr__
    __delattr__ = object.__delattr__

    def __init__(self) -> None:
        """
        Begin a clause whose fields are not set yet.
        """

    def frozen(self) -> Clause:
        """
        Become the clause.
        """
        self.__class__ = Clause  # type: ignore[assignment]  # of one layout, so that it may
        return self
