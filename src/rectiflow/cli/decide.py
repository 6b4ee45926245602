"""
``rectiflow extend``, ``suspend``, ``restart``, ``override``, ``confirm``: the supervisor's own.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from rectiflow.deadlines import (
    Adjustment,
    Extension,
    ExtensionUntil,
    Override,
    Restart,
    Suspension,
)
from rectiflow.errors import InvalidValueError
from rectiflow.refusals import Fact as Act

from .options import MilestoneArgument, RowArgument, UnitArgument, read_day
from .places import LedgerArgument  # noqa: TC001 -- cyclopts reads it
from .writing_down import Fact

if TYPE_CHECKING:
    from rectiflow.moments import Moment

__all__ = ["confirm", "extend", "override", "restart", "suspend"]

ForOption = Annotated[
    int | None, Parameter(name="--for", help="How many units of time more; see --count.")
]
CountOption = Annotated[
    str, Parameter(help="Of what: workday, day, week, month or year; workday by default.")
]
UntilOption = Annotated[str | None, Parameter(help="The new last day, instead of --for.")]
BasisOption = Annotated[str, Parameter(help="The document and clause it rests on.")]
FirstOption = Annotated[str, Parameter(name="--first", help="The first day left out.")]
LastOption = Annotated[str, Parameter(name="--last", help="The last day left out, included.")]
OnOption = Annotated[str, Parameter(name="--on", help="The day from which it counts anew.")]
DueOption = Annotated[str, Parameter(help="The day that holds from now on.")]
ReasonOption = Annotated[str, Parameter(help="Why; kept with it.")]


def extend(
    ledger: LedgerArgument,
    row: RowArgument,
    unit: UnitArgument,
    milestone: MilestoneArgument,
    /,
    *,
    n: ForOption = None,
    count: CountOption = "workday",
    until: UntilOption = None,
    basis: BasisOption = "",
    fact: Fact = Fact(),  # noqa: B008 -- a frozen value
) -> None:
    """
    Grant more time (延期), from the day of --at on: so many days, or until a day.
    """
    if (n is None) is (until is None):
        raise InvalidValueError("--for", n, "either --for with --count, or --until")
    granted_on = _day(fact.moment)
    if n is not None:
        decided: Adjustment = Extension(n, count, granted_on=granted_on, basis=basis)
    else:
        day = read_day("--until", until or "")
        decided = ExtensionUntil(day, granted_on=granted_on, basis=basis)
    _adjust(fact, (ledger, row, unit, milestone), decided)


def suspend(
    ledger: LedgerArgument,
    row: RowArgument,
    unit: UnitArgument,
    milestone: MilestoneArgument,
    /,
    *,
    first: FirstOption,
    last: LastOption,
    basis: BasisOption = "",
    fact: Fact = Fact(),  # noqa: B008 -- a frozen value
) -> None:
    """
    Leave days out of the count (中止), both named days among them.
    """
    days = read_day("--first", first), read_day("--last", last)
    _adjust(fact, (ledger, row, unit, milestone), Suspension(*days, basis=basis))


def restart(
    ledger: LedgerArgument,
    row: RowArgument,
    unit: UnitArgument,
    milestone: MilestoneArgument,
    /,
    *,
    on: OnOption,
    basis: BasisOption = "",
    fact: Fact = Fact(),  # noqa: B008 -- a frozen value
) -> None:
    """
    Have a deadline count anew from a day (重新起算).
    """
    decided = Restart(read_day("--on", on), basis=basis)
    _adjust(fact, (ledger, row, unit, milestone), decided)


def override(
    ledger: LedgerArgument,
    row: RowArgument,
    unit: UnitArgument,
    milestone: MilestoneArgument,
    /,
    *,
    due: DueOption,
    reason: ReasonOption,
    fact: Fact = Fact(),  # noqa: B008 -- a frozen value
) -> None:
    """
    Set another due day (另定期限), whatever the rule says.
    """
    issued_on = _day(fact.moment)
    decided = Override(read_day("--due", due), reason=reason, issued_on=issued_on)
    _adjust(fact, (ledger, row, unit, milestone), decided)


def confirm(
    ledger: LedgerArgument,
    row: RowArgument,
    unit: UnitArgument,
    milestone: MilestoneArgument,
    /,
    *,
    fact: Fact = Fact(),  # noqa: B008 -- a frozen value
) -> None:
    """
    Confirm that a milestone is done (验收/销号); nobody confirms their own work.
    """
    fact.confirm(ledger, row, unit, milestone)


def _adjust(fact: Fact, subject: tuple[str, str, str, str], decided: Adjustment) -> None:
    ledger, row, unit, milestone = subject
    fact.write(ledger, row, unit, Act.ADJUST, milestone=milestone, adjustment=decided)


def _day(moment: Moment) -> date:
    # The day as it was written: an instant's own zone is the office's.
    return date(moment.year, moment.month, moment.day)
