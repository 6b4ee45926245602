"""
The earliest or the latest of several deadlines.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs

from rectiflow.errors import InvalidValueError
from rectiflow.messages import Message

from .notation import written
from .resolution import TraceStep
from .rule import DeadlineRule, RuleKind
from .setting import Answer, Setting

__all__ = ["Earliest", "Latest"]


def _rules(rules: tuple[object, ...], name: str) -> tuple[DeadlineRule, ...]:
    two = 2
    if len(rules) < two or not all(isinstance(rule, DeadlineRule) for rule in rules):
        raise InvalidValueError(f"{name}.rules", rules, "two rules or more")
    return tuple(rule for rule in rules if isinstance(rule, DeadlineRule))


@attrs.frozen(init=False, repr=False)
class Earliest(DeadlineRule):
    """
    Whichever comes first.

    A rule whose event has not been seen does not hold the others up: their day stands until
    the event comes.  Standing duties never come first.  A part that leaves its day open to a
    person leaves the whole open.

    >>> from rectiflow.deadlines import After, FixedDate
    >>> rule = Earliest(FixedDate(date(2020, 6, 30)), After("received", 3, "workday"))
    >>> rule.resolve(events={"received": date(2020, 6, 17)}).due
    datetime.date(2020, 6, 22)
    """

    rules: tuple[DeadlineRule, ...]

    def __init__(self, *rules: DeadlineRule) -> None:
        """
        Take two rules or more.
        """
        self.__attrs_init__(_rules(rules, "Earliest"))

    @property
    def kind(self) -> RuleKind:
        """
        Always ``earliest``.
        """
        return RuleKind.EARLIEST

    @property
    def events(self) -> frozenset[str]:
        """
        The events that its parts count from.
        """
        return frozenset().union(*(rule.events for rule in self.rules))

    def answer(self, setting: Setting) -> Answer:
        """
        Give the first of the days that are known.
        """
        parts = [rule.answer(setting) for rule in self.rules]
        dated = [part for part in parts if part.due is not None]
        if not dated or any(map(_is_open, parts)):
            return _no_day(parts)
        return _chosen(parts, min(dated, key=_due), "trace.earliest")

    def __str__(self) -> str:
        """
        Write the rule in notation.
        """
        return written("Earliest", *self.rules)

    __repr__ = __str__


@attrs.frozen(init=False, repr=False)
class Latest(DeadlineRule):
    """
    Whichever comes last; no day before every part has one, and never with a standing duty.

    >>> from rectiflow.deadlines import FixedDate
    >>> Latest(FixedDate(date(2020, 6, 30)), FixedDate(date(2020, 7, 1))).resolve().due
    datetime.date(2020, 7, 1)
    """

    rules: tuple[DeadlineRule, ...]

    def __init__(self, *rules: DeadlineRule) -> None:
        """
        Take two rules or more.
        """
        self.__attrs_init__(_rules(rules, "Latest"))

    @property
    def kind(self) -> RuleKind:
        """
        Always ``latest``.
        """
        return RuleKind.LATEST

    @property
    def events(self) -> frozenset[str]:
        """
        The events that its parts count from.
        """
        return frozenset().union(*(rule.events for rule in self.rules))

    def answer(self, setting: Setting) -> Answer:
        """
        Give the last of the days, once all are known.
        """
        parts = [rule.answer(setting) for rule in self.rules]
        if any(part.due is None for part in parts):
            return _no_day(parts)
        return _chosen(parts, max(parts, key=_due), "trace.latest")

    def __str__(self) -> str:
        """
        Write the rule in notation.
        """
        return written("Latest", *self.rules)

    __repr__ = __str__


def _due(part: Answer) -> date:
    return part.due or date.max


def _is_open(part: Answer) -> bool:
    return part.due is None and not part.waiting_for and not part.standing


def _is_settled_never(parts: list[Answer]) -> bool:
    return any(part.standing for part in parts) and not any(map(_is_open, parts))


def _together(parts: list[Answer]) -> dict[str, Any]:
    return {
        "waiting_for": tuple(dict.fromkeys(name for part in parts for name in part.waiting_for)),
        "doubts": tuple(doubt for part in parts for doubt in part.doubts),
        "is_counted": any(part.is_counted for part in parts),
    }


def _no_day(parts: list[Answer]) -> Answer:
    steps = tuple(step for part in parts for step in part.steps)
    unresolved = next((part.unresolved for part in parts if part.unresolved), "")
    answer = Answer(due=None, steps=steps, unresolved=unresolved)
    answer = attrs.evolve(answer, **_together(parts))
    if not answer.waiting_for and _is_settled_never(parts):
        return attrs.evolve(answer, standing=True)
    return answer


def _chosen(parts: list[Answer], chosen: Answer, code: str) -> Answer:
    days = tuple(part.due for part in parts if part.due is not None)
    step = TraceStep(Message.of(code, days=days, due=chosen.due), chosen.due)
    steps = (*(step for part in parts for step in part.steps), step)
    # Which day is first or last may turn on any part's working days.
    consulted = max((part.consulted for part in parts if part.consulted), default=None)
    changes = {"steps": steps, "consulted": consulted, **_together(parts)}
    return attrs.evolve(chosen, **changes)
