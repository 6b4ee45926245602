"""
What a system of cases, or a ledger, must offer to be tried; and the library's own as such.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

import attrs

from rectiflow.deadlines import After, FixedDate
from rectiflow.errors import InvalidValueError
from rectiflow.history import Entry, StageEntry
from rectiflow.ledger import Ledger, assign
from rectiflow.lists import RectificationList, Row
from rectiflow.moves import Move
from rectiflow.requirements import Requirement
from rectiflow.stages import Stage, StagePath, Trigger
from rectiflow.texts import OriginalText
from rectiflow.units import Responsibility, Unit, UnitRegister
from rectiflow.verdicts import verdict
from rectiflow.workdays import WorkCalendar
from rectiflow.workflow import Workflow

from .ledgers import small_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rectiflow.assignments import Assignment

__all__ = [
    "REFUSALS",
    "Assignments",
    "CaseSystem",
    "LedgerSystem",
    "Ledgers",
    "Snapshots",
    "Verdicts",
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

    Raises:
        InvalidValueError: If these are no exceptions.
    """
    named = getattr(system, "refusals", REFUSALS)
    kinds = tuple(named) if isinstance(named, (tuple, list, set, frozenset)) else (named,)
    if not all(isinstance(each, type) and issubclass(each, Exception) for each in kinds):
        raise InvalidValueError("refusals", named, "classes of exceptions")
    return kinds


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


class Verdicts:
    """
    The library's own verdicts as :class:`~rectiflow.testing.VerdictsLike`, on dates as written.
    """

    def outcome(
        self,
        due: date | None,
        *,
        as_of: date,
        completed_on: date | None,
        warn_workdays: int | None,
    ) -> str:
        """
        Give the outcome of a date, or of a period whose event was not seen.
        """
        rule = After("received", 3, "workday") if due is None else FixedDate(due)
        found = verdict(
            rule.resolve(), as_of=as_of, completed_on=completed_on, warn_workdays=warn_workdays
        )
        return found.outcome.value

    def clock(self, due: date, *, as_of: date, suspended: tuple[date, date]) -> str:
        """
        Give the clock of a period with days left out.
        """
        resolution = attrs.evolve(FixedDate(due).resolve(), suspended=(suspended,))
        return verdict(resolution, as_of=as_of).clock.value


class Snapshots:
    """
    The library's own JSON of a ledger as :class:`~rectiflow.testing.RecordsLike`.
    """

    def write(self, moves: Sequence[Move]) -> str:
        """
        Carry the moves out and write the ledger.
        """
        ledger = assign(_ONE, calendar=_PLAIN_YEARS)
        ledger.apply(moves)
        return ledger.to_json()

    def read(self, text: str) -> list[Move]:
        """
        Read the ledger and give its moves.
        """
        return [_as_move(entry) for each in Ledger.from_json(text) for entry in each.history]

    def state(self, moves: Sequence[Move]) -> str:
        """
        Replay moves on a new ledger.
        """
        return self.write(moves)

    def go_on(self, state: str, moves: Sequence[Move]) -> str:
        """
        Replay moves on a ledger that was kept.
        """
        ledger = Ledger.from_json(state)
        ledger.apply(moves)
        return ledger.to_json()


_ONE = small_list([StagePath.of(*list(Stage)[1:])])
# The JSON of a ledger holds its calendar, and China's is long.
_PLAIN_YEARS = WorkCalendar(
    name="示例", known_from=date(2020, 1, 1), known_until=date(2021, 12, 31)
)


def _as_move(entry: Entry) -> Move:
    if not isinstance(entry, StageEntry):
        raise InvalidValueError("history", entry, "moves from stage to stage")
    back = entry.trigger is Trigger.SEND_BACK
    return Move(
        "1",
        "单位0",
        entry.trigger,
        entry.at,
        by=entry.by,
        note=entry.note,
        evidence=entry.evidence,
        recorded_at=entry.recorded_at,
        to=entry.to_stage if back else None,
        reason=entry.reason,
        external_id=entry.external_id,
    )
