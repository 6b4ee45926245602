"""
One guarded, recorded step: ours against raw transitions, python-statemachine and others.

Each peer has the same four guards (no demanded stage is jumped over, the target is demanded,
not earlier than the last record, no send-back without a reason) and appends one record a step.
A round is three steps: self-check, rectify, template.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import attrs
from transitions import Machine

import rectiflow as rf
from rectiflow.stages import Stage
from rectiflow.transition_table import TABLE

from .timing import Line, minima

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["measure"]

DAY = date(2020, 6, 24)
ORDER = [stage.value for stage in Stage]
PATH = ("assigned", "self_checked", "rectified", "templated")
STEPS = ("self_check", "rectify", "template")
TARGETS = dict(zip(STEPS, ORDER[1:4], strict=True))


@attrs.frozen
class Record:
    """
    What a peer appends: the fields of an entry that a plain user would keep.
    """

    at: date
    trigger: str
    source: str
    target: str
    by: str
    reason: str


def _no_demanded_stage_is_skipped(path: tuple[str, ...], source: str, target: str) -> bool:
    between = ORDER[ORDER.index(source) + 1 : ORDER.index(target)]
    return not any(stage in path for stage in between)


def _ours() -> Callable[[], object]:
    assignment = rf.assign(rf.load("yuhui-2020"))["2.1", "区城市管理局"]

    def three_steps() -> object:
        """
        Three steps, each a new assignment with a frozen verdict in its entry.
        """
        moved = assignment.self_check(at=DAY, by="x").rectify(at=DAY, by="x")
        return moved.template(at=DAY, by="x")

    return three_steps


class _Row:
    """
    A plain object as a peer's user would write it.
    """

    def __init__(self) -> None:
        self.state = "assigned"
        self.history: list[Record] = []
        self.path = PATH


def _raw() -> Callable[[], object]:
    row = _Row()

    def demanded(event: Any) -> bool:
        return _no_demanded_stage_is_skipped(
            event.model.path, event.transition.source, event.transition.dest
        )

    def on_the_path(event: Any) -> bool:
        return event.transition.dest in event.model.path

    def in_order(event: Any) -> bool:
        history = event.model.history
        return not history or not event.kwargs["at"] < history[-1].at

    def with_reason(event: Any) -> bool:
        return event.event.name != "send_back" or bool(event.kwargs.get("reason"))

    def record(event: Any) -> None:
        said, move = event.kwargs, event.transition
        event.model.history.append(
            Record(said["at"], event.event.name, move.source, move.dest, said["by"], "")
        )

    machine = Machine(
        row, states=ORDER, initial="assigned", auto_transitions=False, send_event=True
    )
    for move in TABLE.transitions:
        machine.add_transition(
            str(move.trigger),
            str(move.source),
            str(move.target),
            conditions=[demanded, on_the_path, in_order, with_reason],
            after=record,
        )

    def three_steps() -> object:
        row.state, row.history = "assigned", []
        for step in STEPS:
            row.trigger(step, at=DAY, by="x")  # type: ignore[attr-defined]  # add_model binds it
        return row

    return three_steps


def _python_statemachine() -> Callable[[], object]:
    from statemachine import State, StateMachine

    class Rectification(StateMachine):  # type: ignore[misc]  # it is untyped
        assigned = State(initial=True)
        self_checked = State()
        rectified = State()
        templated = State()
        guards = ("demanded", "on_the_path", "in_order", "with_reason")
        self_check = assigned.to(self_checked, cond=guards, on="record")
        rectify = self_checked.to(rectified, cond=guards, on="record")
        template = rectified.to(templated, cond=guards, on="record")
        start_again = templated.to(assigned)

        def __init__(self) -> None:
            self.history: list[Record] = []
            super().__init__()

        def demanded(self, source: Any, target: Any) -> bool:
            return _no_demanded_stage_is_skipped(PATH, source.id, target.id)

        def on_the_path(self, target: Any) -> bool:
            return target.id in PATH

        def in_order(self, at: date) -> bool:
            return not self.history or not at < self.history[-1].at

        def with_reason(self, event: str) -> bool:
            return event != "send_back"

        def record(self, event: str, source: Any, target: Any, at: date, by: str) -> None:
            self.history.append(Record(at, str(event), source.id, target.id, by, ""))

    machine = Rectification()

    def three_steps() -> object:
        # Put back by hand, so that making a machine (hundreds of µs) is not counted.
        machine.current_state_value = "assigned"
        machine.history = []
        for step in STEPS:
            machine.send(step, at=DAY, by="x")
        return machine

    return three_steps


def _django_fsm() -> Callable[[], object]:
    import django
    from django.conf import settings

    if not settings.configured:
        settings.configure(INSTALLED_APPS=["django_fsm"], USE_TZ=True)
        django.setup()
    from django.db import models
    from django_fsm import FSMField, transition

    def demanded(row: Any) -> bool:
        return _no_demanded_stage_is_skipped(PATH, row.stage, row.asked)

    def on_the_path(row: Any) -> bool:
        return row.asked in PATH

    def in_order(row: Any) -> bool:
        return not row.history or row.history[-1].at <= DAY

    def with_reason(row: Any) -> bool:
        return row.asked != "send_back"

    guards = [demanded, on_the_path, in_order, with_reason]

    def step(name: str, source: str) -> Any:
        def move(self: Any, at: date, by: str) -> None:
            self.history.append(Record(at, name, source, TARGETS[name], by, ""))

        return transition(field="stage", source=source, target=TARGETS[name], conditions=guards)(
            move
        )

    fields = {
        "__module__": __name__,
        "Meta": type("Meta", (), {"app_label": "benchmarks"}),
        "stage": FSMField(default="assigned"),
        **{name: step(name, source) for name, source in zip(STEPS, ORDER, strict=False)},
    }
    row = type("Row", (models.Model,), fields)()

    def three_steps() -> object:
        row.stage, row.history = "assigned", []
        for name in STEPS:
            row.asked = TARGETS[name]
            getattr(row, name)(DAY, "x")
        return row

    return three_steps


def _automat() -> Callable[[], object]:  # noqa: C901 -- a class with a method for each state and input
    from automat import MethodicalMachine

    class Rectification:
        _machine = MethodicalMachine()

        def __init__(self) -> None:
            self.history: list[Record] = []

        @_machine.state(initial=True)
        def assigned(self) -> None: ...
        @_machine.state()
        def self_checked(self) -> None: ...
        @_machine.state()
        def rectified(self) -> None: ...
        @_machine.state()
        def templated(self) -> None: ...
        @_machine.input()
        def self_check(self, at: date, by: str) -> None: ...
        @_machine.input()
        def rectify(self, at: date, by: str) -> None: ...
        @_machine.input()
        def template(self, at: date, by: str) -> None: ...
        @_machine.output()
        def _record(self, at: date, by: str) -> None:
            self.history.append(Record(at, "", "", "", by, ""))

        assigned.upon(self_check, enter=self_checked, outputs=[_record])
        self_checked.upon(rectify, enter=rectified, outputs=[_record])
        rectified.upon(template, enter=templated, outputs=[_record])

    def three_steps() -> object:
        # It has no guards: the caller asks them; and no way back, so each round makes one.
        row = Rectification()
        for name, source in zip(STEPS, ORDER, strict=False):
            target = TARGETS[name]
            fits = _no_demanded_stage_is_skipped(PATH, source, target) and target in PATH
            if fits and not (row.history and row.history[-1].at > DAY):
                getattr(row, name)(DAY, "x")
        return row

    return three_steps


def measure() -> list[Line]:
    """
    Measure a step of each.
    """
    contestants = {
        "ours": _ours(),
        "raw": _raw(),
        "django-fsm-2": _django_fsm(),
        "Automat": _automat(),
    }
    step = {name: 1e6 * t / 3 for name, t in minima(contestants, calls=300).items()}
    # A hundred times slower, so timed in rounds of its own, beside ours again.
    slow = {"ours": contestants["ours"], "peer": _python_statemachine()}
    found = {name: 1e6 * t / 3 for name, t in minima(slow, calls=20).items()}
    beside = f"ours {step['ours']:.2f} µs, raw {step['raw']:.2f} µs"
    others = ", ".join(f"{name} {step[name]:.2f} µs" for name in ("django-fsm-2", "Automat"))
    return [
        Line(
            what="one guarded, recorded step against raw transitions",
            figure=step["ours"] / step["raw"],
            unit="×",
            bar=0.40,
            beside=beside,
        ),
        Line(
            what="the same against python-statemachine",
            figure=found["ours"] / found["peer"],
            unit="×",
            bar=0.05,
            beside=f"python-statemachine {found['peer']:.0f} µs",
        ),
        Line(
            what="the same against django-fsm-2, no database",
            figure=step["ours"] / step["django-fsm-2"],
            unit="×",
            beside=others,
        ),
        Line(
            what="the same against Automat, guards asked by the caller, object made anew",
            figure=step["ours"] / step["Automat"],
            unit="×",
            beside="it refuses with one exception and no reasons",
        ),
    ]
