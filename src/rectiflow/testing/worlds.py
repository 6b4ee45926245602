"""
A small world tried whole: every event in every state, held to the plain rules.

What random histories miss, this finds: there is nothing left to miss.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import TYPE_CHECKING, Any

import attrs

from rectiflow.messages import Language, Message

from .paths import all_paths
from .plain import ORDER, REACHES, Ask, PlainCase
from .systems import Assignments, CaseSystem, refusals_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rectiflow.stages import StagePath

__all__ = ["Deviation", "SmallWorld", "deviation", "small_world", "states"]

_FIRST = date(2020, 6, 24)
_DAY = timedelta(days=1)


@attrs.frozen
class Deviation:
    """
    An event in a state in which a system does not do what the rules say.

    Attributes:
        path: The case's path.
        walk: The moves that led to the state.
        ask: The event.
        message: What was wrong.
    """

    path: tuple[str, ...]
    walk: tuple[Ask, ...]
    ask: Ask
    message: Message

    def text(self, lang: Language = "en") -> str:
        """
        Write the state, the event and what was wrong.
        """
        walk = tuple(map(str, self.walk)) or Message.of("smallworld.no-move")
        facts = {"path": " → ".join(self.path), "walk": walk, "ask": str(self.ask)}
        return Message.of("smallworld.deviation", **facts, found=self.message).text(lang)


@attrs.frozen(kw_only=True)
class SmallWorld:
    """
    What trying a small world found.

    Attributes:
        pairs: How many events in how many states were tried.
        taken: How many of them had to be taken; the others had to be refused.
        deviations: What was not as it must be, as many as were asked for.
    """

    pairs: int
    taken: int
    deviations: tuple[Deviation, ...]

    @property
    def holds(self) -> bool:
        """
        Whether the system does in every state what the rules say.
        """
        return not self.deviations

    def text(self, lang: Language = "en") -> str:
        """
        Write what was tried, and a paragraph for each deviation.
        """
        code = "smallworld.holds" if self.holds else "smallworld.broken"
        facts = {"pairs": self.pairs, "taken": self.taken, "n": len(self.deviations)}
        head = Message.of(code, **facts).text(lang)
        return "\n".join([head, *(f"- {each.text(lang)}" for each in self.deviations)])

    def __str__(self) -> str:
        """
        Write it in English.
        """
        return self.text("en")


def states(
    paths: Iterable[StagePath] | None = None,
) -> Iterator[tuple[tuple[str, ...], tuple[Ask, ...]]]:
    """
    Give every path with every walk on it: on, on and back, on and back and on again.
    """
    for path in all_paths() if paths is None else paths:
        stages = tuple(stage.value for stage in path)
        forward = {stage: trigger for trigger, stage in REACHES.items()}
        on = tuple(Ask(forward[each], _FIRST + n * _DAY) for n, each in enumerate(stages[1:]))
        for length in range(len(stages)):
            walk = on[:length]
            yield stages, walk
            for position in range(length):
                back = Ask("send_back", _FIRST + length * _DAY, stages[position], "不符合要求")
                yield stages, (*walk, back)
                again = Ask(forward[stages[position + 1]], back.at)
                yield stages, (*walk, back, again)


def events(last: date) -> Iterator[Ask]:
    """
    Give every event: each trigger, target and reason, a day before the last move, on it, after.
    """
    for day in (last - _DAY, last, last + _DAY):
        for trigger in REACHES:
            yield Ask(trigger, day)
        for to, reason in product((None, *ORDER), ("", "不符合要求")):
            yield Ask("send_back", day, to, reason)


def small_world(
    system: CaseSystem | None = None,
    *,
    paths: Iterable[StagePath] | None = None,
    most: int = 10,
) -> SmallWorld:
    """
    Try every event in every state of a small world.

    A legal event must be taken, with exactly its effect; any other must be refused, and leave
    everything as it was.

    Args:
        system: What is tried; the library's own assignments if not given.
        paths: The paths that cases are begun on; all sixteen if not given.
        most: Stop after so many deviations.

    >>> print(small_world())
    Every event in every state is as it must be: 7680 tried, 625 of them to be taken.
    """
    tried = Assignments() if system is None else system
    pairs = taken = 0
    found: list[Deviation] = []
    for path, walk in states(paths):
        state = None
        for ask in events(walk[-1].at if walk else _FIRST):
            state = state or _State.after(tried, path, walk)
            pairs += 1
            legal = not state.plain.objections(ask)
            taken += legal
            message = deviation(tried, state, ask)
            if message is not None:
                found.append(Deviation(path, walk, ask, message))
                if len(found) >= most:
                    return SmallWorld(pairs=pairs, taken=taken, deviations=tuple(found))
            if legal or message is not None:
                # It has moved, or may have: the next event is tried on a new case.
                state = None
    return SmallWorld(pairs=pairs, taken=taken, deviations=tuple(found))


@attrs.define
class _State:
    """
    A case of the system beside the plain one.
    """

    case: Any
    plain: PlainCase
    problem: Message | None = None

    @classmethod
    def after(cls, system: CaseSystem, path: tuple[str, ...], walk: tuple[Ask, ...]) -> _State:
        """
        Walk a new case to where it is to stand.
        """
        plain = PlainCase(path)
        try:
            state = cls(system.begin(path), plain)
        except Exception as error:  # noqa: BLE001 -- whatever the system raises is its answer
            return cls(
                None, plain, Message.of("smallworld.raised", call="begin", error=repr(error))
            )
        for ask in walk:
            state.problem = state.problem or deviation(system, state, ask)
        return state


def deviation(system: CaseSystem, state: Any, ask: Ask) -> Message | None:  # noqa: ANN401 -- has case, plain and problem
    """
    Have a case moved, and say what is not as it must be; the plain case is moved beside it.

    Args:
        system: What is tried.
        state: Has ``case``, ``plain`` and ``problem``; a problem is given back as it is.
        ask: The move.
    """
    if state.problem is not None:
        return state.problem  # type: ignore[no-any-return]  # a message
    plain: PlainCase = state.plain
    against = plain.objections(ask)
    try:
        after = system.move(state.case, ask.trigger, at=ask.at, to=ask.to, reason=ask.reason)
    except refusals_of(system) as error:
        if not against:
            return Message.of("smallworld.refused", target=ask.target, error=str(error))
    except Exception as error:  # noqa: BLE001 -- whatever else it raises is a fault, and is said
        return Message.of("smallworld.raised", call="move", error=repr(error))
    else:
        if against:
            rules = tuple(Message.of(f"smallworld.rule.{each}") for each in against)
            return Message.of("smallworld.taken", rules=rules)
        state.case = state.case if after is None else after
        plain.take(ask)
    return _differs(system, state)


def _differs(system: CaseSystem, state: Any) -> Message | None:  # noqa: ANN401 -- as above
    plain: PlainCase = state.plain
    for name, expected in (("stage", plain.stage), ("history", plain.moves)):
        try:
            given: Any = getattr(system, name)(state.case)
            found = [tuple(each) for each in given] if name == "history" else given
        except Exception as error:  # noqa: BLE001 -- as above
            return Message.of("smallworld.raised", call=name, error=repr(error))
        if found != expected:
            shown = {"expected": _shown(expected), "found": _shown(found)}
            return Message.of("smallworld.differs", call=name, **shown)
    return None


def _shown(value: object) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(" ".join(map(str, each)) for each in value) + "]"
    return str(value)
