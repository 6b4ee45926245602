"""
The machine that runs a table of moves: the only file that knows ``transitions``.

``transitions`` sees a throw-away cursor and never our objects.  One condition a transition asks
every guard, so that a refusal can name every reason; ``transitions`` itself stops at the first.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import chain
from types import FunctionType
from typing import Any

from transitions.core import _LOGGER, Condition, Event, EventData, Machine, State, Transition

from .errors import InvalidValueError
from .messages import Message
from .stages import Stage, StagePath
from .transition_table import TABLE, TransitionTable
from .transition_table import Transition as TableMove

__all__ = ["Guard", "LeanEvent", "TableMachine", "as_reasons", "mermaid", "stage_machine"]

Guard = Callable[[Any], Message | Iterable[Message] | None]
"""Gives every reason that stands against the facts it is shown, or ``None``."""


class LeanEvent(Event):
    """
    The stock event without what costs most: debug logging and walks over empty lists.

    It does what :class:`transitions.core.Event` does, callback by callback, in the same order
    and with the same errors; a property test over random machines holds it to that.  Queued
    machines, and transitions or states of a class of their own, are left to the stock code.
    A deep copy of a machine still reads the first one's settings: build another one instead.
    """

    def __init__(self, name: str, machine: Machine) -> None:
        """
        Belong to *machine*, whose ``__getattr__`` makes each look-up of a field a slow one.
        """
        super().__init__(name, machine)
        self._fields = vars(machine)

    def trigger(self, model: Any, *args: Any, **kwargs: Any) -> bool:  # noqa: ANN401 -- as in the stock event
        """
        Fire the event on *model*; ``True`` if a transition was made.
        """
        fields = self._fields
        if fields["_queued"] or fields["_transition_queue"]:
            return super().trigger(model, *args, **kwargs)
        machine = self.machine
        data = EventData(None, self, machine, model, args, kwargs)
        name = getattr(model, fields["model_attribute"])
        # The stock look-up is for enum members, and says so when there is no such state.
        state = fields["states"].get(name) if type(name) is str else None
        data.state = state = state or machine.get_model_state(model)
        try:
            candidates = self.transitions.get(name) if type(name) is str else None
            if candidates is None and self._is_valid_source(state):
                candidates = self.transitions[state.name]
            if fields["_prepare_event"] and candidates is not None:
                machine.callbacks(machine.prepare_event, data)
                # A callback may have put another state there.
                candidates = self.transitions[data.state.name]
            for transition in candidates or ():
                data.transition = transition
                lean = type(transition) is Transition
                if _execute(transition, data, fields) if lean else transition.execute(data):
                    data.result = True
                    break
        except BaseException as error:
            data.error = error  # type: ignore[assignment]  # the stock event does so too
            if not machine.on_exception:
                raise
            machine.callbacks(machine.on_exception, data)
        finally:
            if fields["_finalize_event"]:
                self._finalize(data)
        return data.result  # type: ignore[return-value]  # a callback may have changed it

    def _finalize(self, data: EventData) -> None:
        try:
            self.machine.callbacks(self.machine.finalize_event, data)
        except BaseException as error:  # noqa: BLE001 -- the stock event logs it and goes on
            what = (self.machine.name, type(error).__name__, str(error))
            _LOGGER.error("%sWhile executing finalize callbacks a %s occurred: %s.", *what)


def _execute(transition: Transition, data: EventData, fields: dict[str, Any]) -> bool:
    if transition.prepare:
        data.machine.callbacks(transition.prepare, data)
    for condition in transition.conditions:
        func: Any = condition.func
        # The look-up that Condition.check makes first is only for predicates given by name.
        plain = type(func) is FunctionType and type(condition) is Condition
        lean = plain and fields["send_event"]
        if not (func(data) == condition.target if lean else condition.check(data)):
            return False
    if transition.before or fields["_before_state_change"]:
        before = chain(fields["_before_state_change"], transition.before)
        data.machine.callbacks(before, data)
    if transition.dest:
        _change_state(transition, data, fields)
    if transition.after or fields["_after_state_change"]:
        after = chain(transition.after, fields["_after_state_change"])
        data.machine.callbacks(after, data)
    return True


def _change_state(transition: Transition, data: EventData, fields: dict[str, Any]) -> None:
    states = fields["states"]
    source = states[transition.source]
    if source.on_exit or type(source) is not State:
        source.exit(data)
    target = states.get(transition.dest) or data.machine.get_state(transition.dest or "")
    model, attribute, value = data.model, fields["model_attribute"], target.value
    setattr(model, attribute, value)
    # What the model says it is now counts: a setter may have put another state there.
    now = getattr(model, attribute)
    data.state = target if now is value else data.machine.get_state(now)
    if target.on_enter or type(target) is not State:
        target.enter(data)
    if target.final:
        data.machine.callbacks(data.machine.on_final, data)


class _Cursor:
    """
    What ``transitions`` moves in our objects' stead.
    """

    __slots__ = ("facts", "guards", "reasons", "state", "to")

    def __init__(self, state: str, to: str | None, facts: object, guards: Sequence[Guard]) -> None:
        self.state, self.to, self.facts, self.guards = state, to, facts, guards
        self.reasons: tuple[Message, ...] = ()


def as_reasons(guard: Guard, against: object) -> tuple[Message, ...]:
    """
    Read what a guard answered.

    Raises:
        InvalidValueError: If it answered with anything but messages: a ``True`` would pass for
            consent to one reader and for a refusal to another.
    """
    if against is None:
        return ()
    if isinstance(against, Message):
        return (against,)
    if not isinstance(against, (str, bytes, bool)) and isinstance(against, Iterable):
        found = tuple(against)
        if all(isinstance(each, Message) for each in found):
            return found
    name = getattr(guard, "__qualname__", repr(guard))
    expected = "None, a Message or several: the reasons against the step"
    raise InvalidValueError(f"guard {name}", against, expected)


def _nothing_against(data: Any) -> bool:  # noqa: ANN401 -- the stubs know no model of ours
    cursor: _Cursor = data.model
    # Another transition of the same trigger is meant, or the guards have refused one already:
    # they are shown no target, so that asking them anew would tell each reason twice.
    if cursor.reasons or (cursor.to is not None and data.transition.dest != cursor.to):
        return False
    facts = cursor.facts
    for guard in cursor.guards:
        if (against := guard(facts)) is not None:
            cursor.reasons += (against,) if type(against) is Message else as_reasons(guard, against)
    return not cursor.reasons


class TableMachine:
    """
    A machine that moves cursors over a table.
    """

    __slots__ = ("_events", "_names", "_states")

    def __init__(self, table: TransitionTable, event_cls: type[Event] = LeanEvent) -> None:
        """
        Build the machine; *event_cls* is there for the test that compares it with the stock one.
        """
        # transitions takes enum members by name and not by value: plain texts only.
        self._names = {state: str(state) for state in table.states}
        self._states = {str(state): state for state in table.states}
        machine = _machine_class(event_cls)(
            model=None,
            states=list(self._states),
            initial=str(table.initial),
            auto_transitions=False,
            send_event=True,
        )
        for each in table.transitions:
            line = str(each.trigger), str(each.source), str(each.target)
            machine.add_transition(*line, conditions=[_nothing_against])
        self._events = {name: machine.events[str(name)] for name in table.triggers}

    def fire(
        self,
        source: str,
        trigger: str,
        to: str | None,
        facts: object,
        guards: Sequence[Guard],
    ) -> tuple[str | None, tuple[Message, ...]]:
        """
        Find where *trigger* leads from *source*.

        Args:
            source: The state it starts from.
            trigger: One of the table's.
            to: Which of several targets is meant; ``None`` for the first that may be taken.
            facts: What the guards are shown.
            guards: Asked one and all.

        Returns:
            The new state, as the table names it, and no reasons; or ``None`` and every reason
            of every guard, none if the table itself has no such move.
        """
        event, name = self._events.get(trigger), self._names.get(source)
        if event is None or name is None or name not in event.transitions:
            return None, ()
        cursor = _Cursor(name, to, facts, guards)
        if event.trigger(cursor):
            return self._states[cursor.state], ()
        return None, cursor.reasons


@cache
def stage_machine() -> TableMachine:
    """
    Give the machine of the five stages, built when it is first needed and shared by all.
    """
    # Two threads may both build it the first time; either is as good, and one is kept.
    return TableMachine(TABLE)


def _machine_class(event: type[Event]) -> type[Machine]:
    return type("_Machine", (Machine,), {"event_cls": event})


def mermaid(
    table: TransitionTable,
    *,
    path: StagePath | None = None,
    title: str = "",
    labels: Mapping[str, str] | None = None,
) -> str:
    """
    Draw a table as a Mermaid state diagram.

    Args:
        table: The moves.
        path: Draw only its stages, and no move that jumps over one of them; all if not given.
        title: What stands above it.
        labels: State or trigger to what is written on it; its own name if not given.
    """
    from transitions.extensions import GraphMachine  # noqa: PLC0415 -- loads drawing only here

    names = dict(labels or {})
    drawn = [str(state) for state in (table.states if path is None else path)]
    machine = _drawing_class(GraphMachine)(
        states=[{"name": state, "label": names.get(state, state)} for state in drawn],
        initial=str(table.initial),
        auto_transitions=False,
        graph_engine="mermaid",
        # transitions writes it bare into the YAML head; a JSON text is a YAML text.
        title=f"title: {json.dumps(title, ensure_ascii=False)}",
    )
    for each in table.transitions:
        if each.source in drawn and each.target in drawn and not _jumps(each, path):
            label = names.get(each.trigger, str(each.trigger))
            machine.add_transition(label, str(each.source), str(each.target))
    return str(machine.get_combined_graph().source)


def _jumps(move: TableMove, path: StagePath | None) -> bool:
    if path is None:
        return False
    source, target = Stage(move.source), Stage(move.target)
    return source < target and bool(path.demanded_between(source, target))


class _LabelledState(State):
    """
    A state that is drawn under a label.
    """

    def __init__(self, *, label: str, **kwargs: Any) -> None:  # noqa: ANN401 -- passed on
        super().__init__(**kwargs)
        self.label = label


def _drawing_class(base: type[Machine]) -> type[Machine]:
    return type("_Drawing", (base,), {"state_cls": _LabelledState})
