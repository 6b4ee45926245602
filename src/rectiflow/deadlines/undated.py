"""
Requirements without a day of their own: standing duties, and words that leave the day open.
"""

from __future__ import annotations

import attrs

from rectiflow.errors import InvalidValueError
from rectiflow.messages import Message

from .notation import written
from .resolution import TraceStep
from .rule import DeadlineRule, RuleKind
from .setting import Answer, Setting

__all__ = ["IMMEDIATE", "StandingDuty", "Unresolved"]

IMMEDIATE = (
    "立行立改",
    "立即",
    "即知即改",
    "马上",
    "当场",
    "即刻",
    "立查立改",
    "边查边改",
    "立整立改",
    "即查即改",
    "立说立行",
    "立改立行",
    "即行即改",
    "即整即改",
    "即改即销",
    "即查即治",
    "即接即办",
    "即交即办",
    "即收即办",
    "即转即办",
    "随查随改",
    "随整随改",
    "立知立改",
    "立督立改",
    "立接立办",
    "立交立办",
    "马上就办",
    "即日起",
)
"""Words that mean at once."""


@attrs.frozen(repr=False)
class StandingDuty(DeadlineRule):
    """
    A duty without an end (持续推进, 长期坚持): it never falls due and no decision makes it.

    >>> StandingDuty().resolve().standing
    True
    """

    @property
    def kind(self) -> RuleKind:
        """
        Always ``ongoing``.
        """
        return RuleKind.ONGOING

    def answer(self, setting: Setting) -> Answer:  # noqa: ARG002 -- no fact matters to it
        """
        Say that it stands.
        """
        step = TraceStep(Message.of("trace.standing"))
        return Answer(due=None, steps=(step,), standing=True)

    def __str__(self) -> str:
        """
        Write the rule in notation.
        """
        return written("StandingDuty")

    __repr__ = __str__


@attrs.frozen(repr=False)
class Unresolved(DeadlineRule):
    """
    Words that demand something and give no date (立行立改, 限期, 尽快).

    Resolving it raises :class:`UnresolvedDeadlineError` unless an override set a day or, for
    words that mean at once, the caller's policy gives a rule (``immediate=``).

    Attributes:
        text: The words, as printed.

    >>> from rectiflow.deadlines import After
    >>> from datetime import date
    >>> policy = After("issued", 5, "workday")
    >>> Unresolved("立行立改").resolve(issued=date(2020, 6, 17), immediate=policy).due
    datetime.date(2020, 6, 24)
    """

    text: str

    def __attrs_post_init__(self) -> None:
        """
        Refuse an empty text.
        """
        if not isinstance(self.text, str) or not self.text.strip():
            raise InvalidValueError("Unresolved.text", self.text, "the words, e.g. 立行立改")

    @property
    def kind(self) -> RuleKind:
        """
        ``immediate`` for words that mean at once, else ``none``.
        """
        at_once = any(word in self.text for word in IMMEDIATE)
        return RuleKind.IMMEDIATE if at_once else RuleKind.NONE

    def answer(self, setting: Setting) -> Answer:
        """
        Apply the caller's policy if there is one for such words; else leave the day open.
        """
        policy = setting.immediate
        if policy is None or self.kind is not RuleKind.IMMEDIATE:
            step = TraceStep(Message.of("trace.unresolved", words=self.text))
            return Answer(due=None, steps=(step,), unresolved=self.text)
        step = TraceStep(
            Message.of("trace.immediate-policy", words=self.text, rule=str(policy)), inferred=True
        )
        answer = policy.answer(attrs.evolve(setting, immediate=None))
        return attrs.evolve(answer, steps=(step, *answer.steps))

    def __str__(self) -> str:
        """
        Write the rule in notation.
        """
        return written("Unresolved", self.text)

    __repr__ = __str__
