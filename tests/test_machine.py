"""
The machine against its table, and the lean event against the stock one.
"""

from __future__ import annotations

import json
import logging
from collections import Counter
from enum import Enum
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from transitions.core import Condition, Event, EventData, Machine, State, Transition

from rectiflow.errors import InvalidValueError
from rectiflow.machine import LeanEvent, TableMachine, as_reasons, mermaid, stage_machine
from rectiflow.messages import Message
from rectiflow.stages import FORWARD, Stage, StagePath, Trigger
from rectiflow.testing.paths import stage_paths, transition_tables
from rectiflow.transition_table import TABLE, TransitionTable
from rectiflow.transition_table import Transition as TableMove

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

    def test_a_trigger_may_have_any_name(self) -> None:
        """
        Also one that transitions would make by itself, to lead from anywhere to a state.
        """
        moves = TableMove("to_b", "a", "b"), TableMove("on", "b", "c")
        machine = TableMachine(TransitionTable(("a", "b", "c"), "a", moves))

        assert machine.fire("a", "to_b", None, None, ()) == ("b", ())
        assert machine.fire("c", "to_b", None, None, ()) == (None, ())

    def test_runs_the_event_that_is_asked_for(self) -> None:
        """
        The lean one by default, and every step goes through it.
        """
        fired = []

        class Watched(LeanEvent):
            """
            Tell when it is fired.
            """

            def trigger(self, model: Any, *args: Any, **kwargs: Any) -> bool:
                """
                Note and fire.
                """
                fired.append(self.name)
                return super().trigger(model, *args, **kwargs)

        assert TableMachine(TABLE, Watched).fire("assigned", "rectify", None, None, ()) == (
            "rectified",
            (),
        )
        assert fired == ["rectify"]

    def test_takes_what_the_stages_allow(self) -> None:
        """
        Every stage × trigger × target of the real table, enum members and texts alike.
        """
        for source in Stage:
            for trigger in Trigger:
                for target in Stage:
                    # What may be done, said once more and not read from the table.
                    is_back = trigger is Trigger.SEND_BACK and target < source
                    may = is_back or (FORWARD.get(trigger) is target and source < target)
                    for each in (str, Stage):
                        taken, reasons = stage_machine().fire(
                            each(source), str(trigger), to=each(target), facts=None, guards=()
                        )
                        assert taken is (target if may else None), (source, trigger, target)
                        assert reasons == ()

    @given(stage_paths())
    def test_every_path_can_be_walked_to_its_end(self, path: StagePath) -> None:
        """
        An engine that refuses everything breaks no rule of safety; this one gets there.
        """
        triggers = {target: trigger for trigger, target in FORWARD.items()}
        standing: str | None = Stage.ASSIGNED
        for stage in path.stages[1:]:
            assert standing is not None
            standing, _ = stage_machine().fire(standing, triggers[stage], None, None, ())
            assert standing is stage

    def test_there_is_one_machine(self) -> None:
        """
        It is built when first asked for, and only then.
        """
        assert stage_machine() is stage_machine()

    @pytest.mark.parametrize("event_cls", [LeanEvent, Event])
    @pytest.mark.parametrize(
        ("source", "trigger", "to"),
        [
            ("assigned", "fly", None),
            ("nowhere", "rectify", None),
            ("rectified", "rectify", None),
            ("assigned", "rectify", "ongoing"),
        ],
    )
    def test_what_the_table_does_not_have_asks_no_guard(
        self, source: str, trigger: str, to: str | None, event_cls: type[Event]
    ) -> None:
        """
        It is not taken, and there are no reasons but the table's.
        """
        machine = TableMachine(TABLE, event_cls)

        assert machine.fire(source, trigger, to, None, (lambda _: AGAINST,)) == (None, ())

    @pytest.mark.parametrize("event_cls", [LeanEvent, Event])
    @pytest.mark.parametrize("to", [*(str(stage) for stage in Stage if stage < "ongoing"), None])
    def test_a_guard_is_asked_once_for_all_targets(
        self, to: str | None, event_cls: type[Event]
    ) -> None:
        """
        Four transitions of one trigger are four chances to tell the same reason again.
        """
        asked: list[object] = []

        def guard(facts: object) -> Message:
            """
            Count the questions.
            """
            asked.append(facts)
            return AGAINST

        machine = TableMachine(TABLE, event_cls)
        fired = machine.fire("ongoing", "send_back", to, "facts", (guard, lambda _: TOO))

        assert fired == (None, (AGAINST, TOO))
        assert asked == ["facts"]

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

    @pytest.mark.parametrize("answer", [True, False, "no", "", b"", 0, [AGAINST, "no"]])
    def test_a_guard_that_answers_with_no_message_is_an_error(self, answer: Any) -> None:
        """
        A truthy or falsy answer is misuse, named with the guard, and never a silent pass.
        """

        def my_guard(_: object) -> Any:
            """
            Answer in the wrong way.
            """
            return answer

        with pytest.raises(InvalidValueError) as caught:
            stage_machine().fire("assigned", "rectify", to=None, facts=None, guards=(my_guard,))

        assert caught.value.field == f"guard {my_guard.__qualname__}"
        assert caught.value.value == answer

    def test_reasons_are_read_the_same_outside_the_machine(self) -> None:
        """
        Where the table has no such move, the guards' answers are read by themselves.
        """
        answers = (None, AGAINST, [AGAINST, TOO], iter([TOO]))
        read = [as_reasons(print, answer) for answer in answers]

        assert read == [(), (AGAINST,), (AGAINST, TOO), (TOO,)]

    def test_a_guard_without_a_name_is_shown_as_it_is(self) -> None:
        """
        A partial has no name; the error shows what it is a partial of.
        """
        nameless: Any = partial(isinstance, "facts")

        with pytest.raises(InvalidValueError, match="isinstance"):
            stage_machine().fire("assigned", "rectify", None, str, (nameless,))

    def test_a_guards_own_error_passes_through(self) -> None:
        """
        What a guard raises is neither swallowed nor taken for a refusal, and leaves no trace.
        """
        own = KeyError("its own")

        def broken(_: object) -> None:
            """
            Fail.
            """
            raise own

        with pytest.raises(KeyError) as caught:
            stage_machine().fire("assigned", "rectify", None, None, (lambda _: AGAINST, broken))

        assert caught.value is own
        assert stage_machine().fire("assigned", "rectify", None, None, ()) == ("rectified", ())


class _Failure(Exception):  # noqa: N818 -- it is thrown on purpose and is no error of ours
    """
    What a drawn callback raises.
    """


class _Interruption(BaseException):
    """
    What a drawn callback raises as Ctrl-C would.
    """


class _Contrary:
    """
    What a drawn condition answers: equal and unequal to everything.
    """

    __hash__ = None  # type: ignore[assignment]  # it is equal to everything

    def __eq__(self, _: object) -> bool:
        """
        Be equal.
        """
        return True

    def __ne__(self, _: object) -> bool:
        """
        Be unequal.
        """
        return True


class _Model:
    """
    A model with a state of any name; one that is wilful does not always go where it is put.
    """

    def __init__(self, attribute: str, state: object, *, is_wilful: bool) -> None:
        """
        Begin in a state.
        """
        self._attribute, self._is_wilful = attribute, is_wilful
        setattr(self, attribute, state)

    def __setattr__(self, name: str, value: object) -> None:
        """
        Go to s0 when put into s2, if wilful.
        """
        is_state = name == self.__dict__.get("_attribute") and self.__dict__.get("_is_wilful")
        super().__setattr__(name, "s0" if is_state and value == "s2" else value)


class Line(NamedTuple):
    """
    A transition to be, with where its callbacks stand and what its conditions answer.
    """

    trigger: str
    source: str
    target: str | None
    places: frozenset[str]
    answers: tuple[Any, Any]


class Plan(NamedTuple):
    """
    Everything that a flat machine can be configured with, and what is then fired.

    Attributes:
        states: Every state, with what it says of triggers that it does not know.
        final: Those of them that end it.
        lines: The transitions.
        places: Where callbacks stand on the machine and its states.
        deeds: Callback to what it does beside taking note.
        options: For the machine.
        is_wilful: Whether the model goes elsewhere than it is put.
        by_name: Whether callbacks are given as names of the model's methods.
        fired: The triggers, one after another.
    """

    states: tuple[tuple[str, bool | None], ...]
    final: frozenset[str]
    lines: tuple[Line, ...]
    places: frozenset[str]
    deeds: dict[str, str]
    options: dict[str, Any]
    is_wilful: bool = False
    by_name: bool = False
    fired: tuple[str, ...] = ("t0", "t0")


ON_LINES = ("prepare", "before", "after")
ON_MACHINES = (
    "prepare_event",
    "before_state_change",
    "after_state_change",
    "finalize_event",
    "on_exception",
    "on_final",
)
DEEDS = ("fail", "interrupt", "fire", "move", "lose", "redirect", "overrule")


def _mostly(*, answer: bool) -> st.SearchStrategy[Any]:
    odd = st.sampled_from([not answer, "yes", None, _Contrary()])
    return st.one_of(st.just(answer), odd)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """
    Draw plans; the smallest is one transition, fired once.
    """
    table = draw(transition_tables(min_states=2, max_states=3, max_triggers=2))
    targets = st.sampled_from([None, "=", "missing"])
    places = st.frozensets(st.sampled_from([*ON_LINES, "conditions", "unless"]))
    lines = tuple(
        Line(
            move.trigger,
            draw(st.sampled_from([move.source, move.source, move.source, "*"])),
            draw(st.just(move.target) | st.just(move.target) | targets),
            draw(places),
            # Mostly such that the transition is made.
            (draw(_mostly(answer=True)), draw(_mostly(answer=False))),
        )
        for move in table.transitions
    )
    names = [f"l{n}_{place}" for n, line in enumerate(lines) for place in sorted(line.places)]
    sides = [f"{state}_{side}" for state in table.states for side in ("on_enter", "on_exit")]
    standing = draw(st.frozensets(st.sampled_from([*ON_MACHINES, *sides]), min_size=2))
    doers = st.sampled_from([*names, *sorted(standing)])
    return Plan(
        states=tuple((state, draw(st.sampled_from([None, True, False]))) for state in table.states),
        final=draw(st.frozensets(st.sampled_from(table.states))),
        lines=lines,
        places=standing,
        deeds=draw(st.dictionaries(doers, st.sampled_from(DEEDS), min_size=1, max_size=3)),
        options={
            "send_event": draw(st.booleans()),
            "ignore_invalid_triggers": draw(st.sampled_from([None, True, False])),
            "model_attribute": draw(st.sampled_from(["state", "stage"])),
            "name": draw(st.sampled_from([None, "machine"])),
        },
        is_wilful=draw(st.booleans()),
        by_name=draw(st.booleans()),
        fired=tuple(draw(st.lists(st.sampled_from(table.triggers), min_size=1, max_size=5))),
    )


class _Run(logging.Handler):
    """
    One machine built to a plan, and the record of all that is seen of it.
    """

    def __init__(self, plan: Plan, event_cls: type[Event]) -> None:
        """
        Build the machine.
        """
        super().__init__(logging.WARNING)
        self.plan, self.seen, self.depth = plan, list[Any](), 0
        attribute = plan.options["model_attribute"]
        self.model = _Model(attribute, plan.states[0][0], is_wilful=plan.is_wilful)
        self.machine: Any = type("M", (Machine,), {"event_cls": event_cls})(
            model=None,
            states=[self._state(*each) for each in plan.states],
            initial=plan.states[0][0],
            auto_transitions=False,
            **plan.options,
            **{each: [self._callback(each)] for each in ON_MACHINES if each in plan.places},
        )
        for n, line in enumerate(plan.lines):
            # Two of each, so that one that fails keeps another from being called.
            parts: dict[str, Any] = {
                place: [self._callback(f"l{n}_{place}"), self._callback(f"l{n}_{place}")]
                for place in ON_LINES
                if place in line.places
            }
            for place, answer in zip(("conditions", "unless"), line.answers, strict=True):
                if place in line.places:
                    parts[place] = [self._callback(f"l{n}_{place}", answer)]
            self.machine.add_transition(line.trigger, line.source, line.target, **parts)

    def emit(self, record: logging.LogRecord) -> None:
        """
        Note what is logged as a warning or worse.
        """
        self.seen.append(("log", record.levelname, record.getMessage()))

    def result(self) -> list[Any]:
        """
        Fire what the plan says, and give everything that was seen.
        """
        logger = logging.getLogger("transitions.core")
        logger.addHandler(self)
        try:
            for trigger in self.plan.fired:
                self._fire(trigger)
        finally:
            logger.removeHandler(self)
        return self.seen

    def _fire(self, trigger: str) -> None:
        fired = self.machine.events[trigger]
        try:
            self.seen.append(("result", fired.trigger(self.model, "given", named="so")))
        except (Exception, _Interruption) as error:  # noqa: BLE001 -- whatever it is, it is compared
            self.seen.append(("raised", type(error), str(error.args), repr(error.__context__)))
        self.seen.append(("state", getattr(self.model, self.machine.model_attribute)))

    def _state(self, name: str, ignores: bool | None) -> dict[str, Any]:  # noqa: FBT001 -- as drawn
        on = {
            side: [self._callback(f"{name}_{side}")]
            for side in ("on_enter", "on_exit")
            if f"{name}_{side}" in self.plan.places
        }
        is_final = name in self.plan.final
        return {"name": name, "ignore_invalid_triggers": ignores, "final": is_final, **on}

    def _callback(self, where: str, answer: Any = None) -> Any:
        def call(*args: Any, **kwargs: Any) -> Any:
            """
            Note what it was shown, do its deed, and answer.
            """
            self.seen.append((where, *(self._shown(each) for each in args), *kwargs.items()))
            deed = self.plan.deeds.get(where)
            if deed is not None:
                self._do(deed, where, args)
            return answer

        if not self.plan.by_name:
            return call
        setattr(self.model, where, call)
        return where

    def _shown(self, given_to_it: Any) -> Any:
        if not hasattr(given_to_it, "transition"):
            return given_to_it
        data = given_to_it
        line = data.transition and (data.transition.source, data.transition.dest)
        which = data.event.name, data.model is self.model, data.machine is self.machine
        known = data.state.name, line, repr(data.error), data.result, data.args, data.kwargs
        return str((*which, *known))

    def _do(self, deed: str, where: str, args: tuple[Any, ...]) -> None:
        self.seen.append(("deed", deed))
        data = args[0] if args and hasattr(args[0], "transition") else None
        if deed == "fail":
            raise _Failure(where, 1)
        if deed == "interrupt":
            raise _Interruption(where, 2)
        if deed in ("move", "lose"):
            to = self.plan.states[-1][0] if deed == "move" else "lost"
            setattr(self.model, self.machine.model_attribute, to)
        if deed == "redirect" and data is not None:
            data.state = self.machine.get_state(self.plan.states[-1][0])
        if deed == "overrule" and data is not None:
            data.result = "changed"
        if deed == "fire" and self.depth < 2:
            self.depth += 1
            self._fire(self.plan.lines[0].trigger)
            self.depth -= 1


def _one_line(deeds: dict[str, str], *places: str, **options: Any) -> Plan:
    # s0 to s1 or s1 to s2 by t0, noted at the places that are given.
    answers = options.pop("answer", True), options.pop("unless", False)
    own = frozenset(place.removeprefix("l0_") for place in places if place.startswith("l0_"))
    return Plan(
        states=(("s0", None), ("s1", None), ("s2", None)),
        final=frozenset(),
        lines=(
            Line("t0", "s0", options.pop("target", "s1"), own, answers),
            Line("t0", "s2", "s1", frozenset({"after"}), (True, False)),
        ),
        places=frozenset(places) - {f"l0_{place}" for place in own},
        deeds=deeds,
        options={"send_event": True, "model_attribute": "state"},
        is_wilful=options.pop("is_wilful", False),
    )


WHAT_HAPPENS = ("made", "refused", "raised", "on_exception", "on_final", "log", *DEEDS)


def _what_happens(seen: list[Any]) -> set[str]:
    found = {entry[0] for entry in seen} | {entry[1] for entry in seen if entry[0] == "deed"}
    if ("result", True) in seen:
        found.add("made")
    if ("result", False) in seen:
        found.add("refused")
    return found


class TestLeanEvent:
    """
    The lean event is the stock event, callback by callback.
    """

    # Found by hand in an earlier one, each a difference from the stock event.
    @example(_one_line({"prepare_event": "redirect"}, "prepare_event"))
    @example(_one_line({"finalize_event": "overrule"}, "finalize_event"))
    @example(_one_line({}, "l0_conditions", answer=_Contrary()))
    @example(_one_line({}, "l0_after", target="s2", is_wilful=True))
    # Only True itself lets a transition pass, and only False one that is not to be.
    @example(_one_line({}, "l0_conditions", answer="yes"))
    @example(_one_line({}, "l0_unless", unless=None))
    @settings(max_examples=400)
    @given(plans())
    def test_does_what_the_stock_event_does(self, plan: Plan) -> None:
        """
        The same calls with the same data, results, end states, errors and warnings.
        """
        assert _Run(plan, LeanEvent).result() == _Run(plan, Event).result()

    def test_the_plans_have_something_happen(self) -> None:
        """
        A machine in which nothing happens is like any other; at least one in sixty has each.
        """
        found: Counter[str] = Counter()

        @settings(max_examples=300, derandomize=True, database=None)
        @given(plans())
        def look(plan: Plan) -> None:
            """
            Count what happens.
            """
            found.update(_what_happens(_Run(plan, LeanEvent).result()))

        look()

        assert {what for what in WHAT_HAPPENS if found[what] < 5} == set(), found

    @pytest.mark.parametrize("event_cls", [LeanEvent, Event])
    def test_states_may_be_members_of_an_enum(self, event_cls: type[Event]) -> None:
        """
        They go by their names inside, and the model holds the members.
        """
        colour = Enum("colour", ["RED", "BLUE"])
        machine: Any = type("M", (Machine,), {"event_cls": event_cls})(
            model=None, states=colour, initial=colour.RED, auto_transitions=False
        )
        machine.add_transition("go", colour.RED, colour.BLUE)
        model: Any = _Model("state", colour.RED, is_wilful=False)

        assert machine.events["go"].trigger(model)
        assert model.state is colour.BLUE

    def test_a_queued_machine_is_left_to_the_stock_code(self) -> None:
        """
        With a queue an event fired inside an event waits its turn.
        """
        order: list[str] = []
        machine = type("M", (Machine,), {"event_cls": LeanEvent})(
            model=None, states=["a", "b", "c"], initial="a", auto_transitions=False, queued=True
        )
        model = _Model("state", "a", is_wilful=False)

        def fire_another() -> None:
            """
            Fire, and go on with what was begun.
            """
            machine.events["on"].trigger(model)
            order.append("first")

        machine.add_transition("go", "a", "b", after=fire_another)
        machine.add_transition("on", "b", "c", after=lambda: order.append("second"))

        assert machine.events["go"].trigger(model)
        assert (model.state, order) == ("c", ["first", "second"])  # type: ignore[attr-defined]  # set by name

    def test_a_queued_event_passes_on_what_it_was_given(self) -> None:
        """
        As the stock event does, to every callback.
        """
        seen: list[Any] = []
        machine = type("M", (Machine,), {"event_cls": LeanEvent})(
            model=None, states=["a", "b"], initial="a", auto_transitions=False, queued=True
        )
        machine.add_transition(
            "go", "a", "b", after=lambda *args, **kwargs: seen.append((args, kwargs))
        )

        machine.events["go"].trigger(_Model("state", "a", is_wilful=False), 1, two=2)

        assert seen == [((1,), {"two": 2})]

    @pytest.mark.parametrize("event_cls", [LeanEvent, Event])
    def test_parts_of_a_class_of_their_own_keep_their_ways(self, event_cls: type[Event]) -> None:
        """
        Transitions, conditions and states that do more than the stock ones.
        """
        calls: list[str] = []

        class OwnTransition(Transition):
            """
            A transition that tells when it is tried.
            """

            def execute(self, event_data: EventData) -> bool:
                """
                Note and go on.
                """
                calls.append("execute")
                return super().execute(event_data)

        class OwnCondition(Condition):
            """
            A condition that means the opposite.
            """

            def check(self, event_data: EventData) -> bool:
                """
                Note and turn it round.
                """
                calls.append("check")
                return not super().check(event_data)

        class OwnState(State):
            """
            A state that tells when it is left and entered.
            """

            def exit(self, event_data: EventData) -> None:
                """
                Note it.
                """
                calls.append(f"exit {self.name}")
                super().exit(event_data)

            def enter(self, event_data: EventData) -> None:
                """
                Note it.
                """
                calls.append(f"enter {self.name}")
                super().enter(event_data)

        def never(*_: object) -> bool:
            """
            Refuse.
            """
            return False

        own: dict[str, Any] = {"event_cls": event_cls, "state_cls": OwnState}
        for has_own_transitions in (False, True):
            calls.clear()
            classes = own | ({"transition_cls": OwnTransition} if has_own_transitions else {})
            machine = type("M", (Machine,), classes)(
                model=None,
                states=["a", "b"],
                initial="a",
                auto_transitions=False,
                send_event=True,
            )
            machine.add_transition("go", "a", "b")
            (transition,) = machine.events["go"].transitions["a"]
            transition.conditions.append(OwnCondition(never))
            model: Any = _Model("state", "a", is_wilful=False)

            assert machine.events["go"].trigger(model)
            tried = ["execute"] if has_own_transitions else []
            assert calls == [*tried, "check", "exit a", "enter b"]


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
        assert drawn.startswith('---\ntitle: "2.1 题目"\n---\n')

    @given(stage_paths())
    def test_exactly_what_the_path_allows_is_drawn(self, path: StagePath) -> None:
        """
        Each stage to the next one of the path, and each later one back to each earlier.
        """
        triggers = {target: trigger for trigger, target in FORWARD.items()}
        forward = {(a, b, triggers[b]) for a, b in pairwise(path)}
        back = {(a, b, Trigger.SEND_BACK) for a in path for b in path if b < a}
        labels = {each.value: f"“{each.value}”" for each in (*Stage, *Trigger)}

        lines = {line.strip() for line in mermaid(TABLE, path=path, labels=labels).splitlines()}

        moves = {line for line in lines if "-->" in line}
        assert moves == {"[*] --> assigned"} | {
            f"{a.value} --> {b.value}: “{trigger.value}”" for a, b, trigger in forward | back
        }
        states = {line for line in lines if line.startswith("state ")}
        assert states == {f'state "“{stage.value}”" as {stage.value}' for stage in path}

    @given(st.text(alphabet="题: '\"#-\n\\{}[]", max_size=8))
    def test_any_title_leaves_the_head_in_one_piece(self, title: str) -> None:
        """
        A row's text may hold colons, quotes and line ends, and YAML reads them all.
        """
        first, head, last, kind, *_ = mermaid(TABLE, title=title).splitlines()

        assert (first, last, kind) == ("---", "---", "stateDiagram-v2")
        assert json.loads(head.removeprefix("title: ")) == title

    def test_without_a_path_all_is_drawn(self) -> None:
        """
        Every move of the table appears.
        """
        drawn = mermaid(TABLE)

        assert drawn.startswith('---\ntitle: ""\n---\n')
        assert all(f'state "{stage}" as {stage}' in drawn for stage in Stage)
        assert all(f"{m.source} --> {m.target}: {m.trigger}" in drawn for m in TABLE.transitions)

    def test_a_label_may_be_any_text(self) -> None:
        """
        Also one that transitions gives to triggers of its own, which it does not draw.
        """
        drawn = mermaid(TABLE, labels={"rectify": "to_rectified"})

        assert "assigned --> rectified: to_rectified" in drawn
