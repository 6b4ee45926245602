"""
``rectiflow move``, ``send-back``, ``complete``, ``reopen`` and ``record``: one fact each.
"""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from rectiflow.deadlines import parse_adjustment
from rectiflow.refusals import Fact as Act
from rectiflow.stages import Trigger

from .options import MilestoneArgument, RowArgument, UnitArgument  # noqa: TC001 -- as below
from .places import LedgerArgument  # noqa: TC001 -- cyclopts reads it
from .writing_down import Fact

__all__ = ["complete", "move", "record", "reopen", "send_back"]

TriggerArgument = Annotated[
    str,
    Parameter(
        help="self_check, rectify, template, sustain; or send_back, complete, reopen, record, "
        "adjust with the options they need."
    ),
]
StageOption = Annotated[str, Parameter(help="The stage to go back to, e.g. self_checked.")]
ReasonOption = Annotated[str, Parameter(help="Why; kept with it.")]
MilestoneOption = Annotated[str, Parameter(help="Which, for complete, reopen and adjust.")]
EventOption = Annotated[str, Parameter(help="Which, for record.")]
EventArgument = Annotated[
    str, Parameter(help="The event that deadlines count from, e.g. received.")
]
AdjustmentOption = Annotated[
    str, Parameter(help="In notation, e.g. 'Suspension(2020-07-01, 2020-07-10)', for adjust.")
]


def move(
    ledger: LedgerArgument,
    row: RowArgument,
    unit: UnitArgument,
    trigger: TriggerArgument,
    /,
    *,
    to: StageOption = "",
    reason: ReasonOption = "",
    milestone: MilestoneOption = "",
    event: EventOption = "",
    adjustment: AdjustmentOption = "",
    fact: Fact = Fact(),  # noqa: B008 -- a frozen value
) -> None:
    """
    Write down one move, or any other fact by its name.
    """
    fact.write(
        ledger,
        row,
        unit,
        trigger.replace("-", "_"),
        to=to,
        reason=reason,
        milestone=milestone,
        event=event,
        adjustment=parse_adjustment(adjustment) if adjustment else None,
    )


def send_back(
    ledger: LedgerArgument,
    row: RowArgument,
    unit: UnitArgument,
    /,
    *,
    to: StageOption,
    reason: ReasonOption,
    fact: Fact = Fact(),  # noqa: B008 -- a frozen value
) -> None:
    """
    Send an assignment back to an earlier stage (退回).
    """
    fact.write(ledger, row, unit, Trigger.SEND_BACK, to=to, reason=reason)


def complete(
    ledger: LedgerArgument,
    row: RowArgument,
    unit: UnitArgument,
    milestone: MilestoneArgument,
    /,
    *,
    fact: Fact = Fact(),  # noqa: B008 -- a frozen value
) -> None:
    """
    Complete a dated milestone that is no stage (办结).
    """
    fact.write(ledger, row, unit, Act.COMPLETE, milestone=milestone)


def reopen(
    ledger: LedgerArgument,
    row: RowArgument,
    unit: UnitArgument,
    milestone: MilestoneArgument,
    /,
    *,
    reason: ReasonOption,
    fact: Fact = Fact(),  # noqa: B008 -- a frozen value
) -> None:
    """
    Have a completed milestone done again (重新办理).
    """
    fact.write(ledger, row, unit, Act.REOPEN, milestone=milestone, reason=reason)


def record(
    ledger: LedgerArgument,
    row: RowArgument,
    unit: UnitArgument,
    event: EventArgument,
    /,
    *,
    fact: Fact = Fact(),  # noqa: B008 -- a frozen value
) -> None:
    """
    Write down an event that deadlines count from (登记事件).
    """
    fact.write(ledger, row, unit, Act.RECORD, event=event)
