"""
What a system of cases, or a ledger, must offer to be tried; and the library's own as such.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from rectiflow.history import StageEntry
from rectiflow.ledger import Ledger, assign
from rectiflow.lists import RectificationList, Row
from rectiflow.requirements import Requirement
from rectiflow.stages import Stage, StagePath, Trigger
from rectiflow.texts import OriginalText
from rectiflow.units import Responsibility, Unit, UnitRegister
from rectiflow.workflow import Workflow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from rectiflow.assignments import Assignment
    from rectiflow.moves import Move

__all__ = [
    "REFUSALS",
    "Assignments",
    "CaseSystem",
    "LedgerSystem",
    "Ledgers",
    "WorkflowObjects",
    "refusals_of",
]

REFUSALS: tuple[type[Exception], ...] = (ValueError, LookupError, NotImplementedError)
"""What a system may raise to refuse; one with errors of its own names them in ``refusals``."""


class CaseSystem(Protocol):
    """
    What moves cases along paths: a Django app, a REST service, a table written by hand.

    A refused move raises one of ``refusals``, an attribute with exception classes that may be
    left out; see :data:`REFUSALS`.
    """

    def begin(self, path: tuple[str, ...]) -> Any:  # noqa: ANN401 -- whatever the system calls a case
        """
        Make a new case on a path, e.g. ``("assigned", "rectified", "ongoing")``.
        """

    def move(self, case: Any, trigger: str, *, at: date, to: str | None, reason: str) -> Any:  # noqa: ANN401 -- as above
        """
        Move a case, or refuse; give the case after it, or ``None`` if it is the same object.
        """

    def stage(self, case: Any) -> str:  # noqa: ANN401 -- as above
        """
        Say where a case stands; read it anew from where it is kept.
        """

    def history(self, case: Any) -> Iterable[tuple[str, date]]:  # noqa: ANN401 -- as above
        """
        List the stage and day of every move of a case, oldest first.
        """


class LedgerSystem(Protocol):
    """
    What keeps the assignments of a list: row × unit.  It refuses as a :class:`CaseSystem` does.

    ``outcomes(ledger, day)`` may be left out: outcome by row, unit and milestone at the end of a
    day, of which ``met``, ``met_late``, ``overdue`` and ``due_today`` are looked at.
    """

    def open(self, rl: RectificationList) -> Any:  # noqa: ANN401 -- whatever the system calls a ledger
        """
        Lay down a list.
        """

    def apply(self, ledger: Any, moves: Sequence[Move]) -> Any:  # noqa: ANN401 -- as above
        """
        Carry out a batch, all of it or nothing; give the ledger after it, or ``None``.
        """

    def stage(self, ledger: Any, row: str, unit: str) -> str:  # noqa: ANN401 -- as above
        """
        Say where an assignment stands.
        """

    def history(self, ledger: Any, row: str, unit: str) -> Iterable[tuple[str, date]]:  # noqa: ANN401 -- as above
        """
        List stage and day of every move of an assignment, oldest first.
        """


def refusals_of(system: object) -> tuple[type[Exception], ...]:
    """
    Give what a system raises to refuse.
    """
    named = getattr(system, "refusals", REFUSALS)
    return named if isinstance(named, tuple) else (named,)


def _reached(assignment: Assignment) -> list[tuple[str, date]]:
    moves = (each for each in assignment.history if isinstance(each, StageEntry))
    return [(each.to_stage.value, each.at) for each in moves]


class Assignments:
    """
    The library's own assignments as a :class:`CaseSystem`.
    """

    def __init__(self, workflow: Workflow | None = None) -> None:
        """
        Try assignments under a workflow; the house's guards alone if none is given.
        """
        self._workflow = workflow

    def begin(self, path: tuple[str, ...]) -> Assignment:
        """
        Assign the one row of a list to its one unit.
        """
        unit = Unit(name="单位")
        text = OriginalText.whole("整改")
        row = Row(
            id="1",
            task="任务",
            problems=text,
            requirement=Requirement(text=text),
            unit_cell=OriginalText.whole(unit.name),
            responsibilities=(Responsibility(body=unit),),
            path=StagePath.of(*path),
        )
        rl = RectificationList(id="one", title="一行", units=UnitRegister((unit,)), rows=[row])
        return next(iter(assign(rl, workflow=self._workflow)))

    def move(
        self, case: Assignment, trigger: str, *, at: date, to: str | None, reason: str
    ) -> Assignment:
        """
        Make the next assignment.
        """
        return case.take(Trigger(trigger), at=at, to=to, reason=reason).confirmed()

    def stage(self, case: Assignment) -> str:
        """
        Give its stage.
        """
        return case.stage.value

    def history(self, case: Assignment) -> list[tuple[str, date]]:
        """
        List its moves.
        """
        return _reached(case)


class _Record:
    """
    A caller's own object.
    """

    def __init__(self, path: StagePath) -> None:
        self.path = path
        self.stage: Stage | str = "assigned"
        self.history: list[StageEntry] = []


class WorkflowObjects:
    """
    Objects moved by :meth:`rectiflow.Workflow.step`, as a :class:`CaseSystem`.
    """

    def __init__(self, workflow: Workflow | None = None) -> None:
        """
        Try a workflow; the house's guards alone if none is given.
        """
        self._workflow = Workflow() if workflow is None else workflow

    def begin(self, path: tuple[str, ...]) -> _Record:
        """
        Make an object that inherits from nothing.
        """
        return _Record(StagePath.of(*path))

    def move(self, case: _Record, trigger: str, *, at: date, to: str | None, reason: str) -> None:
        """
        Move it in place.
        """
        self._workflow.step(case, trigger, path=case.path, at=at, to=to, reason=reason)

    def stage(self, case: _Record) -> str:
        """
        Give its stage.
        """
        return Stage(case.stage).value

    def history(self, case: _Record) -> list[tuple[str, date]]:
        """
        List its moves.
        """
        return [(each.to_stage.value, each.at) for each in case.history]


class Ledgers:
    """
    The library's own ledger as a :class:`LedgerSystem`.
    """

    def __init__(self, workflow: Workflow | None = None) -> None:
        """
        Try ledgers under a workflow; the house's guards alone if none is given.
        """
        self._workflow = workflow

    def open(self, rl: RectificationList) -> Ledger:
        """
        Assign the list.
        """
        return assign(rl, workflow=self._workflow)

    def apply(self, ledger: Ledger, moves: Sequence[Move]) -> None:
        """
        Carry out a batch.
        """
        ledger.apply(moves)

    def stage(self, ledger: Ledger, row: str, unit: str) -> str:
        """
        Give an assignment's stage.
        """
        return ledger[row, unit].stage.value

    def history(self, ledger: Ledger, row: str, unit: str) -> list[tuple[str, date]]:
        """
        List an assignment's moves.
        """
        return _reached(ledger[row, unit])

    def outcomes(self, ledger: Ledger, day: date) -> Mapping[tuple[str, str, str], str]:
        """
        Give the outcome of every milestone of every assignment.
        """
        rows = ledger.review(day).rows
        return {(each.row, each.unit, each.milestone.id): each.outcome.value for each in rows}
