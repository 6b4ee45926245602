"""
Strategies for ledgers in mid-campaign, and for the moves that lead there.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from rectiflow.deadlines import ExtensionUntil, FixedDate, PeriodEnd, StandingDuty
from rectiflow.ledger import Ledger, assign
from rectiflow.lists import RectificationList, Row
from rectiflow.moments import CHINA_TIME, Moment
from rectiflow.moves import Move
from rectiflow.refusals import Fact
from rectiflow.requirements import Milestone, Requirement
from rectiflow.stages import FORWARD, Stage, StagePath, Trigger
from rectiflow.texts import OriginalText
from rectiflow.units import Responsibility, Unit, UnitRegister

from .paths import stage_paths

if TYPE_CHECKING:
    from rectiflow.workflow import Workflow

__all__ = ["ledgers", "legal_moves", "moves", "small_lists"]

_TEXT = "2020年6月30日前完成自查整改,年底前模板化公开,并持续推进,优化平台"
_ISSUED = date(2020, 6, 17)
_RULES = {
    Stage.SELF_CHECKED: FixedDate(date(2020, 6, 30)),
    Stage.RECTIFIED: FixedDate(date(2020, 6, 30)),
    Stage.TEMPLATED: PeriodEnd("year"),
    Stage.ONGOING: StandingDuty(),
}
_TRIGGERS = {stage: trigger for trigger, stage in FORWARD.items()}


def _row(number: int, path: StagePath, units: tuple[Unit, ...]) -> Row:
    milestones = [
        Milestone(id=stage.value, stage=stage, rule=_RULES[stage], text=_TEXT)
        for stage in path
        if stage in _RULES
    ]
    extra = Milestone(id="platform", rule=FixedDate(date(2020, 9, 30)), text="优化平台")
    return Row(
        id=str(number),
        task=f"任务{number}",
        problems=OriginalText.whole("问题"),
        requirement=Requirement(text=OriginalText.whole(_TEXT), milestones=(*milestones, extra)),
        unit_cell=OriginalText.whole("、".join(unit.name for unit in units)),
        responsibilities=tuple(Responsibility(body=unit) for unit in units),
        path=path,
    )


@st.composite
def small_lists(draw: st.DrawFn, *, max_rows: int = 3, max_units: int = 3) -> RectificationList:
    """
    Draw lists of a few rows, each with a path of its own and a milestone that is no stage.
    """
    units = tuple(Unit(name=f"单位{n}") for n in range(draw(st.integers(1, max_units))))
    paths = draw(st.lists(stage_paths(), min_size=1, max_size=max_rows))
    rows = [_row(n, path, units) for n, path in enumerate(paths, 1)]
    return RectificationList(
        id="small", title="小清单", issued=_ISSUED, units=UnitRegister(units), rows=rows
    )


@st.composite
def _moments(draw: st.DrawFn, day: date) -> Moment:
    if draw(st.booleans()):
        return day
    at = datetime(day.year, day.month, day.day, draw(st.integers(0, 23)), tzinfo=CHINA_TIME)
    return at if draw(st.booleans()) else at.replace(minute=30)


@st.composite
def moves(draw: st.DrawFn, rl: RectificationList) -> Move:
    """
    Draw any move over a list, legal or not, but each well formed.
    """
    row = draw(st.sampled_from(list(rl.rows.values())))
    unit = draw(st.sampled_from(row.responsibilities)).unit
    at = draw(_moments(draw(st.dates(_ISSUED, date(2021, 1, 31)))))
    trigger = draw(st.sampled_from((*Trigger, *Fact)))
    more: dict[str, object] = {}
    if trigger is Trigger.SEND_BACK:
        more = {"to": draw(st.sampled_from(Stage)), "reason": "不符合要求"}
    if trigger in {Fact.COMPLETE, Fact.REOPEN, Fact.ADJUST}:
        more["milestone"] = draw(st.sampled_from(row.milestones)).id
    if trigger is Fact.REOPEN:
        more["reason"] = "再办"
    if trigger is Fact.RECORD:
        more["event"] = "received"
    if trigger is Fact.ADJUST:
        until = draw(st.dates(_ISSUED, date(2021, 1, 31)))
        more["adjustment"] = ExtensionUntil(until, granted_on=_ISSUED)
    by = draw(st.sampled_from(("", "张三", '区政府办公室 "甲"')))
    return Move(row.id, unit, trigger, at, by, **more)  # type: ignore[arg-type]  # as drawn


@st.composite
def legal_moves(draw: st.DrawFn, ledger: Ledger, *, max_moves: int = 12) -> list[Move]:
    """
    Draw moves that a ledger takes one after another; forward ones are the likelier.
    """
    day, drawn = _ISSUED, []
    held = {(a.row.id, a.unit.name): a.stage for a in ledger}
    for _ in range(draw(st.integers(0, max_moves))):
        day += timedelta(days=draw(st.integers(0, 25)))
        row, unit = draw(st.sampled_from(sorted(held)))
        path, stage = ledger.rl.rows[row].path, held[row, unit]
        earlier = [each for each in path if each < stage]
        following = path.next_after(stage)
        if following is not None and (not earlier or draw(st.integers(0, 3))):
            drawn.append(Move(row, unit, _TRIGGERS[following], day))
            held[row, unit] = following
        elif earlier:
            back = draw(st.sampled_from(earlier))
            drawn.append(Move(row, unit, Trigger.SEND_BACK, day, to=back, reason="退回"))
            held[row, unit] = back
    return drawn


@st.composite
def ledgers(draw: st.DrawFn, *, workflow: Workflow | None = None) -> Ledger:
    """
    Draw ledgers in mid-campaign over small lists.
    """
    ledger = assign(draw(small_lists()), workflow=workflow)
    ledger.apply(draw(legal_moves(ledger)))
    return ledger
