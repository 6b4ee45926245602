"""
The machine against its table, and the lean event against the stock one.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st
from transitions.core import Event, Machine, MachineError

from rectiflow.errors import InvalidValueError
from rectiflow.machine import LeanEvent, TableMachine, mermaid, stage_machine
from rectiflow.messages import Message
from rectiflow.stages import TABLE, Stage, StagePath, TransitionTable, Trigger
from rectiflow.testing.paths import transition_tables

AGAINST = Message.of("test.one")
TOO = Message.of("test.two")


class TestTableMachine:
    """
    Taken if and only if the table has it and no guard stands against it.
    """

    @given(transition_tables(), st.sampled_from((LeanEvent, Event)))
    def test_takes_what_the_table_has(self, table: TransitionTable, event_cls: type[Event]) -> None:
        """
        Every state × trigger × target of a random table.
        """
        machine = TableMachine(table, event_cls)
        for source in table.states:
            for trigger in table.triggers:
                for target in table.states:
                    taken, reasons = machine.fire(source, trigger, to=target, facts=None, guards=())
                    is_there = target in table.targets(trigger, source)
                    assert taken == (target if is_there else None)
                    assert reasons == ()

    def test_takes_what_the_stages_allow(self) -> None:
        """
        Every stage × trigger × target of the real table, enum members and texts alike.
        """
        for source in Stage:
            for trigger in Trigger:
                for target in Stage:
                    taken, _ = stage_machine().fire(
                        source, trigger, to=target, facts=None, guards=()
                    )
                    assert (taken == target) == (target in TABLE.targets(trigger, source))

    def test_an_unknown_trigger_is_not_taken(self) -> None:
        """
        What the table does not have has no reasons of guards either.
        """
        assert stage_machine().fire("assigned", "fly", to=None, facts=None, guards=()) == (None, ())

    def test_every_reason_of_every_guard_is_collected(self) -> None:
        """
        One guard's reason does not hide another's, and a guard may have several.
        """
        seen: list[object] = []

        def watching(facts: object) -> None:
            """
            Note what it was shown.
            """
            seen.append(facts)

        taken, reasons = stage_machine().fire(
            "assigned",
            "rectify",
            to=None,
            facts="facts",
            guards=(lambda _: AGAINST, watching, lambda _: [AGAINST, TOO], lambda _: ()),
        )

        assert taken is None
        assert reasons == (AGAINST, AGAINST, TOO)
        assert seen == ["facts"]

    @pytest.mark.parametrize("answer", [True, False, "no", 0, [AGAINST, "no"]])
    def test_a_guard_that_answers_with_no_message_is_an_error(self, answer: Any) -> None:
        """
        A truthy or falsy answer is misuse, named with the guard, and never a silent pass.
        """

        def my_guard(_: object) -> Any:
            """
            Answer in the wrong way.
            """
            return answer

        with pytest.raises(InvalidValueError, match="my_guard"):
            stage_machine().fire("assigned", "rectify", to=None, facts=None, guards=(my_guard,))

    def test_a_guards_own_error_passes_through(self) -> None:
        """
        What a guard raises is neither swallowed nor taken for a refusal.
        """

        def broken(_: object) -> None:
            """
            Fail.
            """
            raise KeyError("its own")

        with pytest.raises(KeyError, match="its own"):
            stage_machine().fire("assigned", "rectify", to=None, facts=None, guards=(broken,))


class _Failure(Exception):  # noqa: N818 -- it is thrown on purpose and is no error of ours
    """
    What a drawn callback raises.
    """


class _Model:
    """
    A model that only has a state.
    """

    def __init__(self, state: str) -> None:
        """
        Begin in a state.
        """
        self.state = state


def _callbacks(where: str, log: list[str], fails: frozenset[str]) -> list[Any]:
    def call(*args: Any, **_: Any) -> bool:
        """
        Note where it was called and in which state of things; fail if drawn to.
        """
        data = args[0] if args else None
        state = getattr(getattr(data, "state", None), "name", "?")
        log.append(f"{where}@{state}")
        if where in fails:
            raise _Failure(where)
        return True

    return [call]


def _condition(where: str, log: list[str], answer: Any, fails: frozenset[str]) -> Any:
    def check(*_: Any, **__: Any) -> Any:
        """
        Note that it was asked; answer as drawn.
        """
        log.append(where)
        if where in fails:
            raise _Failure(where)
        return answer

    return check


PLACES = ("before", "after", "prepare", "condition", "unless")
MACHINE_PLACES = (
    "prepare_event",
    "before_state_change",
    "after_state_change",
    "finalize_event",
    "on_exception",
    "on_final",
)


@st.composite
def machine_plans(draw: st.DrawFn) -> dict[str, Any]:
    """
    Draw everything that a flat machine can be configured with, as data.
    """
    table = draw(transition_tables(max_states=3, max_triggers=2))
    lines = []
    for n, move in enumerate(table.transitions):
        target = draw(st.sampled_from([move.target, move.target, None, "="]))
        parts = draw(st.sets(st.sampled_from(PLACES)))
        answers = draw(st.sampled_from([True, True, False, "yes", None]))
        lines.append((move.trigger, move.source, target, f"m{n}", parts, answers))
    everything = [f"{line[3]}.{part}" for line in lines for part in PLACES]
    everything += [f"machine.{place}" for place in MACHINE_PLACES]
    everything += [f"{state}.{side}" for state in table.states for side in ("enter", "exit")]
    return {
        "states": table.states,
        "lines": lines,
        "on_states": draw(st.sets(st.sampled_from(table.states))),
        "final": draw(st.sets(st.sampled_from(table.states))),
        "machine": draw(st.sets(st.sampled_from(MACHINE_PLACES))),
        "send_event": draw(st.booleans()),
        "ignore": draw(st.booleans()),
        "fails": frozenset(draw(st.sets(st.sampled_from(everything), max_size=2))),
        "fired": draw(
            st.lists(st.sampled_from(sorted({line[0] for line in lines}) or ["t0"]), max_size=5)
        )
        if lines
        else [],
    }


def _run(plan: dict[str, Any], event_cls: type[Event]) -> list[Any]:
    log: list[Any] = []
    fails = plan["fails"]
    states = [
        {
            "name": state,
            "final": state in plan["final"],
            **(
                {
                    "on_enter": _callbacks(f"{state}.enter", log, fails),
                    "on_exit": _callbacks(f"{state}.exit", log, fails),
                }
                if state in plan["on_states"]
                else {}
            ),
        }
        for state in plan["states"]
    ]
    own = {place: _callbacks(f"machine.{place}", log, fails) for place in plan["machine"]}
    machine = type("M", (Machine,), {"event_cls": event_cls})(
        model=None,
        states=states,
        initial=plan["states"][0],
        auto_transitions=False,
        send_event=plan["send_event"],
        ignore_invalid_triggers=plan["ignore"],
        **own,
    )
    for trigger, source, target, name, parts, answer in plan["lines"]:
        callbacks = {
            part: _callbacks(f"{name}.{part}", log, fails)
            for part in ("before", "after", "prepare")
            if part in parts
        }
        if "condition" in parts:
            callbacks["conditions"] = [_condition(f"{name}.condition", log, answer, fails)]
        if "unless" in parts:
            callbacks["unless"] = [_condition(f"{name}.unless", log, answer, fails)]
        machine.add_transition(trigger, source, target, **callbacks)
    model = _Model(plan["states"][0])
    for trigger in plan["fired"]:
        try:
            log.append(("result", machine.events[trigger].trigger(model)))
        except (_Failure, MachineError) as error:
            log.append((type(error).__name__, str(error)))
        log.append(("state", model.state))
    return log


class TestLeanEvent:
    """
    The lean event is the stock event, callback by callback.
    """

    @given(machine_plans())
    def test_does_what_the_stock_event_does(self, plan: dict[str, Any]) -> None:
        """
        The same calls in the same order and state, results, end states and errors.
        """
        lean, stock = _run(plan, LeanEvent), _run(plan, Event)

        assert lean == stock
        if any(isinstance(entry, tuple) and entry == ("result", True) for entry in lean):
            event("a transition was made")
        if any(isinstance(entry, tuple) and entry[0] == "_Failure" for entry in lean):
            event("a callback failed")

    def test_a_queued_machine_is_left_to_the_stock_code(self) -> None:
        """
        With a queue an event fired inside an event waits its turn.
        """
        machine = type("M", (Machine,), {"event_cls": LeanEvent})(
            model=None, states=["a", "b", "c"], initial="a", auto_transitions=False, queued=True
        )
        model = _Model("a")
        machine.add_transition("go", "a", "b", after=lambda: machine.events["on"].trigger(model))
        machine.add_transition("on", "b", "c")

        assert machine.events["go"].trigger(model)
        assert model.state == "c"


class TestMermaid:
    """
    The drawing shows what may be done, under the names of the reader.
    """

    def test_a_path_is_drawn_without_jumps(self) -> None:
        """
        Only the path's stages, no move over a demanded one, and Chinese labels.
        """
        path = StagePath.of(Stage.SELF_CHECKED, Stage.RECTIFIED)
        labels = {"assigned": "已交办", "rectify": "整改"}
        drawn = mermaid(TABLE, path=path, title="2.1 题目", labels=labels)

        assert 'state "已交办" as assigned' in drawn
        assert "self_checked --> rectified: 整改" in drawn
        assert "assigned --> rectified" not in drawn
        assert "rectified --> assigned: send_back" in drawn
        assert "templated" not in drawn
        assert "2.1 题目" in drawn

    def test_without_a_path_all_is_drawn(self) -> None:
        """
        Every move of the table appears.
        """
        drawn = mermaid(TABLE)

        assert all(f"{m.source} --> {m.target}: {m.trigger}" in drawn for m in TABLE.transitions)
