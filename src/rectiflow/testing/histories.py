"""
Strategies for entries, histories and assignments, legal and illegal.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

import attrs
from hypothesis import strategies as st

from rectiflow.batches import BadMove
from rectiflow.errors import InvalidValueError
from rectiflow.history import (
    AdjustmentEntry,
    CompletionEntry,
    Entry,
    EventEntry,
    OpeningEntry,
    ReopeningEntry,
    StageEntry,
)
from rectiflow.ledger import assign
from rectiflow.moves import History, Move
from rectiflow.stages import FORWARD, Stage, StagePath, Trigger
from rectiflow.steps import Step
from rectiflow.workflow import Workflow

from .ledgers import ISSUED, legal_moves, moves, small_lists
from .lists import names, texts
from .paths import stage_paths
from .remembering import remembered
from .rules import adjustments

if TYPE_CHECKING:
    from rectiflow.assignments import Assignment
    from rectiflow.campaign import Campaign
    from rectiflow.ledger import Ledger

E = TypeVar("E", bound=Entry)

__all__ = [
    "IllegalMove",
    "adjustment_entries",
    "any_moves",
    "assignments",
    "bad_moves",
    "campaigns",
    "completion_entries",
    "entries",
    "event_entries",
    "histories",
    "illegal_moves",
    "opening_entries",
    "reopening_entries",
    "stage_entries",
    "steps",
    "workflows",
]

_DAYS = st.dates(ISSUED, date(2021, 1, 31))
_TRIGGERS = {stage: trigger for trigger, stage in FORWARD.items()}
_LINKS = st.lists(st.sampled_from(("https://example.gov.cn/1", "附件1")), max_size=2)
_DETAILS = {"by": texts(max_size=6), "note": texts(), "evidence": _LINKS.map(tuple)}
_LIST = small_lists(max_rows=1, max_units=1)


@attrs.frozen
class IllegalMove:
    """
    A move that must be refused.

    Attributes:
        move: The move.
        why: The code of a reason that must be among those given.
    """

    move: Move
    why: str


@remembered
@st.composite
def stage_entries(draw: st.DrawFn) -> StageEntry:
    """
    Draw moves from stage to stage, each as the table allows it.
    """
    more: dict[str, Any] = {name: draw(each) for name, each in _DETAILS.items()}
    low, high = sorted(draw(_TWO_STAGES))
    if draw(st.booleans()):
        more |= {"from_stage": high, "to_stage": low, "reason": "不符合要求"}
        return StageEntry(at=draw(_DAYS), trigger=Trigger.SEND_BACK, **more)
    return StageEntry(
        at=draw(_DAYS), trigger=_TRIGGERS[high], from_stage=low, to_stage=high, **more
    )


_TWO_STAGES = st.lists(st.sampled_from(Stage), min_size=2, max_size=2, unique=True)


def _kept(kind: type[E], **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[E]:
    return st.builds(kind, at=_DAYS, **_DETAILS, **fields)


@remembered
def opening_entries() -> st.SearchStrategy[OpeningEntry]:
    """
    Draw records taken over from another system.
    """
    return _kept(OpeningEntry, stage=st.sampled_from(Stage))


@remembered
def completion_entries() -> st.SearchStrategy[CompletionEntry]:
    """
    Draw completed milestones.
    """
    return _kept(CompletionEntry, milestone=names())


@remembered
def reopening_entries() -> st.SearchStrategy[ReopeningEntry]:
    """
    Draw milestones that are to be done again.
    """
    return _kept(ReopeningEntry, milestone=names(), reason=names())


@remembered
def event_entries() -> st.SearchStrategy[EventEntry]:
    """
    Draw events that deadlines count from.
    """
    return _kept(EventEntry, event=names())


@remembered
def adjustment_entries() -> st.SearchStrategy[AdjustmentEntry]:
    """
    Draw decisions about a deadline.
    """
    return _kept(AdjustmentEntry, milestone=names(), adjustment=adjustments())


@remembered
def entries() -> st.SearchStrategy[Entry]:
    """
    Draw entries of every kind.
    """
    return st.one_of(
        opening_entries(),
        stage_entries(),
        completion_entries(),
        reopening_entries(),
        event_entries(),
        adjustment_entries(),
    )


@remembered
@st.composite
def assignments(draw: st.DrawFn, *, max_moves: int = 8) -> Assignment:
    """
    Draw assignments with a legal history of up to *max_moves* moves and facts.
    """
    ledger = assign(draw(_LIST))
    ledger.apply(draw(legal_moves(ledger, max_moves=max_moves, with_facts=True)))
    return next(iter(ledger))


@remembered
def campaigns() -> st.SearchStrategy[Campaign]:
    """
    Draw what the assignments of a list share.
    """
    return assignments(max_moves=0).map(lambda assignment: assignment.campaign)


@remembered
@st.composite
def histories(draw: st.DrawFn, *, max_moves: int = 6) -> History:
    """
    Draw what another system may hold of row ``1`` × ``单位0`` of a small list: a legal history.
    """
    rl = draw(_LIST)
    name = draw(names())
    given = tuple(draw(legal_moves(assign(rl), max_moves=max_moves, with_facts=True)))
    return History(row="1", unit="单位0", moves=given, external_id=name)


@remembered
def any_moves() -> st.SearchStrategy[Move]:
    """
    Draw well-formed moves over a small list, legal or not.
    """
    return _LIST.flatmap(moves)


@st.composite
def illegal_moves(draw: st.DrawFn, ledger: Ledger) -> IllegalMove:
    """
    Draw moves that a ledger must refuse as it stands, each for a reason of its own.
    """
    every = list(ledger)
    assignment = every[draw(st.integers(0, len(every) - 1))]
    found = list(_refusable(assignment))
    return found[draw(st.integers(0, len(found) - 1))]


def _refusable(assignment: Assignment) -> list[IllegalMove]:
    stage, path = assignment.stage, assignment.path
    row, unit = assignment.row.id, assignment.unit.name
    last = assignment.history[-1].at if assignment.history else ISSUED
    found = []
    for trigger, target in FORWARD.items():
        move = Move(row, unit, trigger, last)
        if target <= stage:
            found.append(IllegalMove(move, "refused.not-forward"))
        elif target not in path:
            found.append(IllegalMove(move, "refused.not-demanded"))
        elif path.demanded_between(stage, target):
            found.append(IllegalMove(move, "refused.skips-demanded"))
    for target in Stage:
        if target >= stage:
            move = Move(row, unit, Trigger.SEND_BACK, last, to=target, reason="退回")
            code = "nowhere-back" if stage is Stage.ASSIGNED else "not-backwards"
            found.append(IllegalMove(move, f"refused.{code}"))
    following = path.next_after(stage)
    moved = [entry.at for entry in assignment.history if entry.is_move]
    if following is not None and moved and type(moved[-1]) is date:
        early = Move(row, unit, _TRIGGERS[following], moved[-1] - timedelta(days=1))
        found.append(IllegalMove(early, "refused.earlier-than-last"))
    return found


@remembered
@st.composite
def bad_moves(draw: st.DrawFn) -> BadMove:
    """
    Draw lines of a refused batch.
    """
    move = draw(st.none() | any_moves())
    given = "9" if move is None else move.row
    error = InvalidValueError("Move.row", given, "the id of a row")
    return BadMove(draw(st.integers(0, 9)), move, error)


@remembered
@st.composite
def steps(draw: st.DrawFn) -> Step:
    """
    Draw steps that are asked for, legal or not.
    """
    path: StagePath = draw(stage_paths())
    trigger = draw(st.sampled_from(Trigger))
    back = trigger is Trigger.SEND_BACK
    return Step(
        trigger=trigger,
        stage=path.stages[draw(st.integers(0, len(path) - 1))],
        target=draw(_ANY_STAGE) if back else FORWARD[trigger],
        path=path,
        at=draw(_DAYS),
        last_at=draw(_A_LAST_DAY),
        by=draw(names()),
        reason="退回" if back and draw(st.booleans()) else "",
    )


_ANY_STAGE = st.none() | st.sampled_from(Stage)
_A_LAST_DAY = st.none() | _DAYS


@remembered
def workflows() -> st.SearchStrategy[Workflow]:
    """
    Draw workflows: the house's guards alone, and one with a guard that never objects.
    """
    return st.sampled_from((Workflow(), Workflow(guards=[_never])))


def _never(_step: Step) -> None:
    return None
