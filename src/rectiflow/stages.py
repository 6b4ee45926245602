"""
The five stages of an assignment, what moves it, and the table of moves as checked data.
"""

from __future__ import annotations

from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar, TypeVar

import attrs

from .errors import InvalidValueError, RectiflowError, UnknownNameError
from .messages import Language, Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = [
    "FORWARD",
    "TABLE",
    "BadTableError",
    "Stage",
    "StagePath",
    "Transition",
    "TransitionTable",
    "Trigger",
]


T = TypeVar("T")


class Stage(StrEnum):
    """
    Where an assignment stands; an earlier stage is less than a later one.
    """

    ASSIGNED = "assigned"
    """已交办"""
    SELF_CHECKED = "self_checked"
    """已自查"""
    RECTIFIED = "rectified"
    """已整改"""
    TEMPLATED = "templated"
    """已模板化"""
    ONGOING = "ongoing"
    """持续推进"""

    # A text would be compared by its letters, and "assigned" < "ongoing" < "rectified" is no order.

    def __lt__(self, other: object) -> bool:
        """
        Say whether it comes before *other*.
        """
        return _RANK[self] < _rank(other)

    def __le__(self, other: object) -> bool:
        """
        Say whether it comes before *other* or is it.
        """
        return _RANK[self] <= _rank(other)

    def __gt__(self, other: object) -> bool:
        """
        Say whether it comes after *other*.
        """
        return _RANK[self] > _rank(other)

    def __ge__(self, other: object) -> bool:
        """
        Say whether it comes after *other* or is it.
        """
        return _RANK[self] >= _rank(other)


_RANK = {stage: rank for rank, stage in enumerate(Stage)}


def _rank(other: object) -> int:
    # NotImplemented would let Python fall back to comparing texts by their letters.
    rank: int | None = _RANK.get(other) if isinstance(other, str) else None  # type: ignore[call-overload]  # a text finds its stage
    if rank is None:
        raise TypeError(f"a stage cannot be compared with {other!r}")
    return rank


class Trigger(StrEnum):
    """
    What moves an assignment.
    """

    SELF_CHECK = "self_check"
    """自查"""
    RECTIFY = "rectify"
    """整改"""
    TEMPLATE = "template"
    """模板化"""
    SUSTAIN = "sustain"
    """持续推进"""
    SEND_BACK = "send_back"
    """退回"""


FORWARD: dict[Trigger, Stage] = {
    Trigger.SELF_CHECK: Stage.SELF_CHECKED,
    Trigger.RECTIFY: Stage.RECTIFIED,
    Trigger.TEMPLATE: Stage.TEMPLATED,
    Trigger.SUSTAIN: Stage.ONGOING,
}
"""Where each trigger but ``send_back`` leads."""


@attrs.frozen
class StagePath:
    """
    The stages that a row demands, in order, from assigned on.

    Attributes:
        stages: ``assigned`` first; none twice.

    Raises:
        InvalidValueError: If they do not begin with ``assigned`` or are not in order.

    >>> path = StagePath.of(Stage.RECTIFIED, Stage.ONGOING)
    >>> str(path)
    'assigned → rectified → ongoing'
    >>> Stage.TEMPLATED in path
    False
    """

    stages: tuple[Stage, ...]
    # What comes after a stage is asked at every step.
    _next: dict[Stage, Stage | None] = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """
        Check that the stages begin with assigned and go on in order.
        """
        given = self.stages
        if (
            not isinstance(given, tuple)
            or not given
            or not all(isinstance(stage, Stage) for stage in given)
            or given[0] is not Stage.ASSIGNED
            or any(one >= other for one, other in pairwise(given))
        ):
            expected = "stages in their order, each once, assigned first"
            raise InvalidValueError("StagePath.stages", given, expected)
        later = {one: next((s for s in given if s > one), None) for one in Stage}
        object.__setattr__(self, "_next", later)

    @classmethod
    def of(cls, *stages: Stage | str) -> StagePath:
        """
        Make a path of the stages after ``assigned``, which may be left out.
        """
        known = [stage.value for stage in Stage]
        for stage in stages:
            if stage not in known:
                raise UnknownNameError.among("stage", stage, known)
        given = [Stage(stage) for stage in stages]
        return cls(tuple(given if given[:1] == [Stage.ASSIGNED] else [Stage.ASSIGNED, *given]))

    def demanded_between(self, one: Stage, other: Stage) -> tuple[Stage, ...]:
        """
        Give the stages of the path strictly between two, neither included.
        """
        return tuple(stage for stage in self.stages if one < stage < other)

    def next_after(self, stage: Stage) -> Stage | None:
        """
        Give the first stage of the path after *stage*; ``None`` after its last.
        """
        return self._next[stage]

    def __iter__(self) -> Iterator[Stage]:
        """
        Go through the stages in order.
        """
        return iter(self.stages)

    def __len__(self) -> int:
        """
        Count the stages, assigned included.
        """
        return len(self.stages)

    def __contains__(self, stage: object) -> bool:
        """
        Say whether the path demands a stage.
        """
        return stage in self.stages

    def __str__(self) -> str:
        """
        Write the path with arrows.
        """
        return " → ".join(self.stages)


@attrs.frozen
class Transition:
    """
    One line of a table: *trigger* leads from *source* to *target*.
    """

    trigger: str
    source: str
    target: str


@attrs.define(slots=False, eq=False, repr=False)
class BadTableError(RectiflowError, ValueError):
    """
    A table of moves that cannot work, with everything that is wrong with it.

    Attributes:
        problems: Each a message with a stable code; at least one.
    """

    code: ClassVar[str] = "error.bad-table"

    problems: tuple[Message, ...]

    def text(self, lang: Language = "en") -> str:
        """
        Write the error, a line for each problem.
        """
        head = Message.of(self.code, n=len(self.problems)).text(lang)
        return "\n".join([head, *("- " + problem.text(lang) for problem in self.problems)])


@attrs.frozen
class TransitionTable:
    """
    States and moves as data, checked when they are put together.

    Attributes:
        states: Every state, each once.
        initial: The one everything starts from.
        transitions: Every move; a trigger may lead from one state to several.

    Raises:
        BadTableError: Naming every unknown, doubled or unreachable state, every doubled move
            and every source that nothing reaches.
    """

    states: tuple[str, ...]
    initial: str
    transitions: tuple[Transition, ...]

    def __attrs_post_init__(self) -> None:
        """
        Check the table; ``transitions`` itself would notice only when a move is fired.
        """
        problems = tuple(self._problems())
        if problems:
            raise BadTableError(problems)

    @property
    def triggers(self) -> tuple[str, ...]:
        """
        Every trigger, in the order of first use.
        """
        return tuple(dict.fromkeys(each.trigger for each in self.transitions))

    def targets(self, trigger: str, source: str) -> tuple[str, ...]:
        """
        Give the states that *trigger* may lead to from *source*.
        """
        return tuple(
            each.target
            for each in self.transitions
            if each.trigger == trigger and each.source == source
        )

    def _problems(self) -> Iterator[Message]:
        for state in _doubled(self.states):
            yield Message.of("table.state-twice", state=state)
        for each in _doubled(self.transitions):
            yield Message.of("table.transition-twice", **attrs.asdict(each))
        yield from self._unknown_states()
        yield from self._unreached_states()

    def _unknown_states(self) -> Iterator[Message]:
        known = set(self.states)
        if self.initial not in known:
            yield Message.of("table.unknown-initial", state=self.initial)
        for each in self.transitions:
            if each.source not in known:
                yield Message.of("table.unknown-source", **attrs.asdict(each))
            if each.target not in known:
                yield Message.of("table.unknown-target", **attrs.asdict(each))

    def _unreached_states(self) -> Iterator[Message]:
        reached, known = self._reached(), set(self.states)
        for state in dict.fromkeys(self.states):
            if state not in reached:
                yield Message.of("table.unreachable", state=state)
        for each in self.transitions:
            if each.source in known and each.source not in reached:
                yield Message.of("table.dead-source", **attrs.asdict(each))

    def _reached(self) -> set[str]:
        reached, found = {self.initial}, [self.initial]
        while found:
            state = found.pop()
            for each in self.transitions:
                if each.source == state and each.target not in reached:
                    reached.add(each.target)
                    found.append(each.target)
        return reached


def _doubled(items: Iterable[T]) -> Iterator[T]:
    seen: set[T] = set()
    for item in items:
        if item in seen:
            yield item
        seen.add(item)


def _moves() -> Iterator[Transition]:
    for trigger, target in FORWARD.items():
        # From every earlier stage: which of them a row demands is for the guards to say.
        for source in Stage:
            if source < target:
                yield Transition(trigger, source, target)
    for source in Stage:
        for target in Stage:
            if target < source:
                yield Transition(Trigger.SEND_BACK, source, target)


TABLE = TransitionTable(tuple(Stage), Stage.ASSIGNED, tuple(_moves()))
"""Every move that any list may make; a row's path and the guards narrow it down."""
