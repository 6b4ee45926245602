"""
The table of moves as data that checks itself; :mod:`~rectiflow.machine` runs it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

import attrs

from .errors import RectiflowError
from .messages import Language, Message
from .stages import FORWARD, Stage, Trigger

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["TABLE", "BadTableError", "Transition", "TransitionTable"]

T = TypeVar("T")


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

    >>> table = TransitionTable(("open", "shut"), "open", (Transition("close", "open", "shut"),))
    >>> table.targets("close", "open")
    ('shut',)
    >>> TransitionTable(("open", "shut"), "open", ())
    Traceback (most recent call last):
    rectiflow.transition_table.BadTableError: The table of moves has 1 problem:
    - Nothing leads to the state shut.
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
