"""
The small world, on systems that follow the rules and on systems that break one each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import rectiflow as rf
from rectiflow.testing.plain import ORDER, REACHES
from rectiflow.testing.systems import Assignments, CaseSystem, WorkflowObjects
from rectiflow.testing.worlds import small_world, states

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date


class Table:
    """
    A table written by hand, with switches for the mistakes that are made in such.
    """

    def __init__(self, *mistakes: str) -> None:
        """
        Make one with these mistakes.
        """
        self.mistakes = set(mistakes)

    def begin(self, path: tuple[str, ...]) -> dict[str, Any]:
        """
        Make a row.
        """
        return {"path": path, "stage": "assigned", "moves": []}

    def move(  # noqa: C901 -- a table by hand is like that, and each line has its switch
        self, case: dict[str, Any], trigger: str, *, at: date, to: str | None, reason: str
    ) -> None:
        """
        Move a row, or refuse.
        """
        wrong = self.mistakes
        target = to if trigger == "send_back" else REACHES[trigger]
        last = case["moves"][-1][1] if case["moves"] else at
        if at < last and "backdated" not in wrong:
            raise ValueError("too early")
        here = case["path"].index(case["stage"])
        there = case["path"].index(target) if target in case["path"] else None
        if there is None and not ("any stage" in wrong and target is not None):
            raise ValueError("not on the path")
        if trigger == "send_back":
            if there is not None and there >= here:
                raise ValueError("not back")
            if not reason and "no reason" not in wrong:
                raise ValueError("no reason")
            if "never back" in wrong:
                raise ValueError("never back")
        elif there is not None and there != here + 1 and not ("jumps" in wrong and there > here):
            raise ValueError("not next")
        if there is None and ORDER.index(target or "") <= ORDER.index(case["stage"]):
            raise ValueError("not on")
        if trigger == "send_back" and "forgets" in wrong:
            case["moves"].clear()
        case["stage"] = target
        case["moves"].append((target, at))
        if "same day only" in wrong and at > last:
            raise RuntimeError("out of order")

    def stage(self, case: dict[str, Any]) -> str:
        """
        Read a row's stage.
        """
        return str(case["stage"])

    def history(self, case: dict[str, Any]) -> list[tuple[str, date]]:
        """
        Read a row's moves.
        """
        return list(case["moves"])


class Lacking:
    """
    A system that cannot do anything.
    """


@pytest.mark.unmeasured  # see conftest.py
@pytest.mark.parametrize("system", [Assignments, WorkflowObjects, Table])
def test_systems_that_follow_the_rules_hold(system: Callable[[], CaseSystem]) -> None:
    """
    The library's two ways of moving, and a table by hand without a mistake.
    """
    world = small_world(system())

    assert world.holds, world
    assert 0 < world.taken < world.pairs


@pytest.mark.parametrize(
    "mistake",
    ["backdated", "any stage", "no reason", "never back", "jumps", "forgets", "same day only"],
)
def test_one_mistake_is_found(mistake: str) -> None:
    """
    Each mistake is told in words, with the walk that leads to it.
    """
    world = small_world(Table(mistake), most=1)

    assert len(world.deviations) == 1
    assert "on the path" in world.text("en").lower()
    assert "路径" in world.text("zh")


def test_a_guard_that_refuses_everything_is_found() -> None:
    """
    Completeness: what is legal must be taken.
    """
    closed = rf.Workflow(guards=[lambda step: rf.Message.of("our.closed", by=step.by)])

    world = small_world(Assignments(closed), most=3)

    assert len(world.deviations) == 3
    assert "must be taken" in str(world)


def test_a_system_without_methods_is_a_report() -> None:
    """
    What the kit meets is said, and never raised from within it.
    """
    world = small_world(Lacking(), most=1)  # type: ignore[arg-type]  # that is the point

    assert "begin raised AttributeError" in str(world)


def test_every_stage_of_every_path_is_a_state() -> None:
    """
    Sixteen paths, and from each stage every earlier one of its path.
    """
    reached = set()
    for path, walk in states():
        stage = "assigned"
        for ask in walk:
            stage = ask.target or stage
        reached.add((path, stage))

    assert len(reached) == 48
