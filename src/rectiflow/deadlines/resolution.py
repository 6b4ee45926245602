"""
The answer of a deadline rule: the day, how sure it is, and every step that led there.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import ClassVar

import attrs

from rectiflow.errors import RectiflowError
from rectiflow.messages import Language, Message
from rectiflow.moments import CHINA_TIME
from rectiflow.source import Doubt, Source
from rectiflow.workdays import WorkCalendar

__all__ = ["Certainty", "Resolution", "TraceStep", "UnresolvedDeadlineError"]


class Certainty(StrEnum):
    """
    Whether a due day may still be changed by a later holiday notice.
    """

    CONFIRMED = "confirmed"
    PROVISIONAL = "provisional"


@attrs.define(slots=False, eq=False, repr=False)
class UnresolvedDeadlineError(RectiflowError, ValueError):
    """
    A deadline for which the text gives no date, such as 立行立改, asked for its day.

    Attributes:
        words: The words that stand where a date would.
    """

    code: ClassVar[str] = "error.unresolved-deadline"

    words: str


@attrs.frozen
class TraceStep:
    """
    One step on the way from a rule to its day.

    Attributes:
        message: What was done, as a code with its facts.
        day: The day the step arrived at; ``None`` where it gives none.
        source: The clause it rests on; ``None`` for a step that only states a fact.
        inferred: Whether the step took something that the text does not say.
    """

    message: Message
    day: date | None = None
    source: Source | None = None
    inferred: bool = False

    @property
    def code(self) -> str:
        """
        The stable code of the step.
        """
        return self.message.code

    def text(self, lang: Language = "en") -> str:
        """
        Write the step as one line, with its clause and whether it was inferred.
        """
        written = self.message.text(lang)
        if self.inferred:
            written += Message.of("trace.mark.inferred").text(lang)
        if self.source is not None:
            written += Message.of("trace.mark.source", source=str(self.source)).text(lang)
        return written


@attrs.frozen(kw_only=True)
class Resolution:
    """
    The day a rule comes to, or what it still waits for, and why.

    Attributes:
        due: The last day in time, included; ``None`` if there is none (yet).
        original_due: The same before any adjustment.
        start: The day counted from; ``None`` for a date that nothing is counted to.
        waiting_for: Names of the events it counts from that have not been seen.
        standing: Whether it is a standing duty, which never falls due.
        certainty: ``"provisional"`` if a day it rests on may still be changed by the next
            notice of the State Council, ``"confirmed"`` if not; ``None`` without a due day.
        doubts: What the rule leaves unclear.
        suspended: First and last days, both included, that were left out of the count.
        trace: Every step, in order; the last one is the answer.
        calendar: The calendar it was counted on.
        zone: The time zone whose midnight ends the last day.

    >>> from rectiflow.deadlines import PeriodEnd
    >>> found = PeriodEnd("year").resolve(issued=date(2020, 6, 17))
    >>> found.due, found.due_at.isoformat(), str(found.certainty)
    (datetime.date(2020, 12, 31), '2021-01-01T00:00:00+08:00', 'confirmed')
    >>> [step.code for step in found.trace if step.inferred]
    ['trace.inferred']
    """

    due: date | None
    original_due: date | None
    start: date | None = None
    waiting_for: tuple[str, ...] = ()
    standing: bool = False
    certainty: Certainty | None = None
    doubts: tuple[Doubt, ...] = ()
    suspended: tuple[tuple[date, date], ...] = ()
    trace: tuple[TraceStep, ...] = ()
    calendar: WorkCalendar = attrs.field(repr=False)
    zone: tzinfo = CHINA_TIME

    @property
    def due_at(self) -> datetime | None:
        """
        The first late instant: the midnight that ends the due day (民法典 203: 24:00).
        """
        if self.due is None:
            return None
        return datetime.combine(self.due + timedelta(days=1), time(), self.zone)

    @property
    def is_blocked(self) -> bool:
        """
        Whether there is no day because a person has yet to decide something.
        """
        return any(doubt.blocks and doubt.is_open for doubt in self.doubts)

    def is_suspended_on(self, day: date) -> bool:
        """
        Say whether the count rests on *day*.
        """
        return any(first <= day <= last for first, last in self.suspended)

    def explain(self, lang: Language = "en") -> str:
        """
        Write every step in Chinese (``"zh"``) or English (``"en"``), one numbered line each.

        >>> from rectiflow.deadlines import FixedDate
        >>> print(FixedDate(date(2020, 6, 30)).resolve().explain("zh"))
        1. 文本写明的日期：2020年6月30日（含当日）。
        2. 最后期限：2020年6月30日。
        """
        lines = [f"{n}. {step.text(lang)}" for n, step in enumerate(self.trace, 1)]
        return "\n".join(lines)
