"""
The state machines: they pass on the library, reach everything, and fall on planted mistakes.
"""

from __future__ import annotations

import os
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import invariant, run_state_machine_as_test

import rectiflow as rf
from rectiflow.testing.machines import AssignmentMachine, LedgerMachine
from rectiflow.testing.paths import all_paths
from rectiflow.testing.plain import ORDER
from rectiflow.testing.store_machine import StoreMachine
from rectiflow.testing.systems import Assignments, Ledgers, WorkflowObjects

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

BRIEF = settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=40,
    stateful_step_count=25,
    # Found is enough: nothing is made smaller here.
    phases=[Phase.generate],
    report_multiple_bugs=False,
    suppress_health_check=[HealthCheck.too_slow],
)


EVERYTHING = {
    (tuple(each.value for each in path), stage.value) for path in all_paths() for stage in path
}
DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"


class _OfObjects(AssignmentMachine):
    system = WorkflowObjects()


def _falls(machine: type[AssignmentMachine | LedgerMachine], words: str) -> None:
    with pytest.raises(AssertionError, match=words):
        # The first that is found ends the run, so that many are no cost.
        run_state_machine_as_test(machine, settings=settings(BRIEF, max_examples=400))


@pytest.mark.unmeasured  # see conftest.py
@pytest.mark.parametrize("machine", [AssignmentMachine, _OfObjects, LedgerMachine])
def test_hold_on_the_library(machine: type[Any]) -> None:
    """
    Assignments, a caller's own objects, and ledgers do as the plain models do.
    """
    run_state_machine_as_test(machine, settings=BRIEF)


def test_settle_how_they_are_run() -> None:
    """
    No time limit, no explaining, for each subclass; the user's number of examples stands.
    """
    chosen = _OfObjects.TestCase.settings

    assert chosen.deadline is None
    assert Phase.explain not in chosen.phases
    assert chosen.max_examples == settings().max_examples


@pytest.mark.unmeasured  # see conftest.py
def test_reach_every_stage_of_every_path() -> None:
    """
    In a default run of a hundred examples, each of the 48 several times.
    """
    seen: Counter[tuple[tuple[str, ...], str]] = Counter()

    class Counting(AssignmentMachine):
        def reached(self, path: tuple[str, ...], stage: str) -> None:
            seen[path, stage] += 1

    default = settings(derandomize=True, database=None, deadline=None)
    run_state_machine_as_test(Counting, settings=default)

    assert set(seen) == EVERYTHING
    assert min(seen.values()) >= 5


@pytest.mark.unmeasured  # see conftest.py
def test_of_ledgers_reach_every_stage_of_every_path() -> None:
    """
    In half a default run already.
    """
    seen: Counter[tuple[tuple[str, ...], str]] = Counter()

    class Counting(LedgerMachine):
        def reached(self, path: tuple[str, ...], stage: str) -> None:
            seen[path, stage] += 1

    half = settings(BRIEF, max_examples=100 if DEEP else 50, stateful_step_count=50)
    run_state_machine_as_test(Counting, settings=half)

    assert set(seen) == EVERYTHING


@pytest.mark.unmeasured  # see conftest.py
def test_of_stores_reach_every_stage() -> None:
    """
    Of either assignment, in a tenth of a default run.
    """
    seen: set[tuple[str, str]] = set()

    class Counting(StoreMachine):
        @invariant()
        def count(self) -> None:
            """
            Note where the assignments stand.
            """
            seen.update((unit, case.stage) for unit, case in self.cases.items())

    run_state_machine_as_test(Counting, settings=settings(BRIEF, max_examples=10))

    assert {stage for unit, stage in seen if unit == "单位0"} == set(ORDER)
    assert {stage for unit, stage in seen if unit == "单位1"} == set(ORDER)


class TestFallOnPlantedMistakes:
    """
    A machine that nothing makes fall proves nothing.
    """

    def test_a_guard_that_refuses_on_some_days(self) -> None:
        """
        A legal move that is not taken is found.
        """

        def never_on_saturday(step: rf.Step) -> rf.Message | None:
            saturday = 5
            is_one = step.at is not None and step.at.weekday() == saturday
            return rf.Message.of("our.saturday") if is_one else None

        class Closed(AssignmentMachine):
            system = Assignments(rf.Workflow(guards=[never_on_saturday]))

        _falls(Closed, "must be taken")

    def test_a_history_that_forgets(self) -> None:
        """
        A move that leaves no trace is found.
        """

        class Forgetful(WorkflowObjects):
            def history(self, case: Any) -> list[tuple[str, date]]:
                return super().history(case)[-3:]

        class Machine(AssignmentMachine):
            system = Forgetful()

        _falls(Machine, "history must be")

    def test_half_a_batch_that_is_kept(self) -> None:
        """
        The lines before a bad one are not kept.
        """

        class Halving(Ledgers):
            def apply(self, ledger: rf.Ledger, moves: Sequence[rf.Move]) -> None:
                try:
                    ledger.apply(moves)
                except rf.BatchRefusedError:
                    with suppress(rf.BatchRefusedError):
                        ledger.apply(moves[:1])
                    raise

        class Machine(LedgerMachine):
            system = Halving()

        # A fact that was kept shows on the board, a move at once.
        _falls(Machine, "must stand at|is met")

    def test_a_board_that_is_a_day_late(self) -> None:
        """
        An outcome that turns a day too late is found.
        """

        class Late(Ledgers):
            def outcomes(self, ledger: rf.Ledger, day: date) -> dict[tuple[str, str, str], str]:
                found = dict(super().outcomes(ledger, day))
                before = super().outcomes(ledger, day - (day.resolution))
                return {
                    key: before[key] if outcome == "overdue" else outcome
                    for key, outcome in found.items()
                }

        class Machine(LedgerMachine):
            system = Late()

        _falls(Machine, "must be overdue and is due_today")

    @pytest.mark.parametrize(
        "forgotten", [rf.Suspension, rf.Restart, rf.Override, rf.ExtensionUntil]
    )
    def test_a_decision_that_is_not_written_down(self, forgotten: type[rf.Adjustment]) -> None:
        """
        Of each kind that the machine decides, one that is lost is found on the board.
        """

        class Forgetful(Ledgers):
            def apply(self, ledger: rf.Ledger, moves: Sequence[rf.Move]) -> None:
                ledger.apply([each for each in moves if not isinstance(each.adjustment, forgotten)])

        class Machine(LedgerMachine):
            system = Forgetful()

        _falls(Machine, "must be")

    def test_an_event_that_is_not_written_down(self) -> None:
        """
        What counts from it is then never due.
        """

        class Deaf(Ledgers):
            def apply(self, ledger: rf.Ledger, moves: Sequence[rf.Move]) -> None:
                ledger.apply([each for each in moves if each.trigger != "record"])

        class Machine(LedgerMachine):
            system = Deaf()

        _falls(Machine, "must be")

    def test_an_event_that_is_moved(self) -> None:
        """
        A day once counted from never moves: a second record must be refused.
        """

        class Lenient(Ledgers):
            def apply(self, ledger: rf.Ledger, moves: Sequence[rf.Move]) -> None:
                seen = {(each.row.id, each.unit.name) for each in ledger if _was_told(each)}
                news = [
                    each
                    for each in moves
                    if each.trigger != "record" or (each.row, each.unit) not in seen
                ]
                ledger.apply(news)

        class Machine(LedgerMachine):
            system = Lenient()

        _falls(Machine, "must be refused")


def _was_told(assignment: rf.Assignment) -> bool:
    return any(isinstance(each, rf.EventEntry) for each in assignment.history)
