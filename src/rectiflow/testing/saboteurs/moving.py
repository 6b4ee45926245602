"""
Saboteurs of moves and of the history they leave.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from rectiflow.guards import HOUSE_GUARDS
from rectiflow.history import EventEntry, StageEntry
from rectiflow.messages import Message
from rectiflow.stages import Trigger

from .saboteur import Saboteur, saboteur

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rectiflow.history import Entry

__all__ = ["SABOTEURS"]


def _but(code: str) -> Callable[..., Any]:
    def forgive(original: Callable[..., Any], step: object) -> Any:
        found = original(step)
        return None if found is None else tuple(each for each in found if each.code != code)

    return forgive


def _house_only(original: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    *most, guards = args
    own = [guard for guard in guards if guard in HOUSE_GUARDS]
    # The machine alone, without any of the house's guards, is asked by tests of its own.
    return original(*most, own if len(own) == len(HOUSE_GUARDS) else guards, **kwargs)


def _never_back(
    original: Callable[..., Any], self: Any, source: str, trigger: str, *args: Any
) -> Any:
    if trigger == Trigger.SEND_BACK:
        return None, (Message.of("refused.nowhere-back", stage=source),)
    return original(self, source, trigger, *args)


def _without_hooks(original: Callable[..., Any], self: Any, *args: Any, **kwargs: Any) -> Any:
    return original(attrs.evolve(self, hooks=()), *args, **kwargs)


def _never_undone(original: Callable[..., Any], moves: Iterable[Entry]) -> Any:
    given = list(moves)
    stage, stages, completed = original(given)
    return stage, {each.to_stage: each for each in _forward(given)} | stages, completed


def _first_day(original: Callable[..., Any], moves: Iterable[Entry]) -> Any:
    given = list(moves)
    stage, stages, completed = original(given)
    for each in reversed(list(_forward(given))):
        if each.to_stage in stages:
            stages[each.to_stage] = each
    return stage, stages, completed


def _forward(moves: Iterable[Entry]) -> Iterable[StageEntry]:
    stage_moves = (each for each in moves if isinstance(each, StageEntry))
    return (each for each in stage_moves if each.trigger is not Trigger.SEND_BACK)


def _moves_the_anchor(original: Callable[..., Any], self: Any, event: str, **kwargs: Any) -> Any:
    others = [e for e in self.history if not (isinstance(e, EventEntry) and e.event == event)]
    return original(attrs.evolve(self, history=tuple(others)), event, **kwargs)


def _forgets(original: Callable[..., Any], self: Any, entry: Entry, *args: Any) -> Any:
    after = original(self, entry, *args)
    back = isinstance(entry, StageEntry) and entry.trigger is Trigger.SEND_BACK
    return attrs.evolve(after, history=(entry,)) if back else after


SABOTEURS: tuple[Saboteur, ...] = (
    saboteur("stages-skipped", along_the_path=_but("refused.skips-demanded")),
    saboteur("undemanded-stages-reached", along_the_path=_but("refused.not-demanded")),
    saboteur("backdating-allowed", in_time_order=lambda _original, _step: None),
    saboteur("sent-back-without-reason", back_for_a_reason=_but("refused.no-reason")),
    saboteur("never-sent-back", fire=_never_back),
    saboteur("own-guards-forgotten", fire=_house_only),
    saboteur(
        "hooks-forgotten",
        confirmed=lambda _original, taken: taken.assignment,
        step=_without_hooks,
    ),
    saboteur("sent-back-stays-done", moved=_never_undone),
    saboteur("redone-keeps-its-first-day", moved=_first_day),
    saboteur("events-move", record=_moves_the_anchor),
    saboteur("sending-back-erases-history", **{"with": _forgets}),
)
"""The saboteurs of this family."""
