"""
Strategies for ledgers in mid-campaign, and for the moves that lead there.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from rectiflow.deadlines import After, ExtensionUntil, FixedDate, PeriodEnd, StandingDuty
from rectiflow.ledger import Ledger, assign
from rectiflow.lists import RectificationList, Row
from rectiflow.moments import CHINA_TIME, Moment
from rectiflow.moves import Move
from rectiflow.refusals import Fact
from rectiflow.requirements import Milestone, Requirement
from rectiflow.stages import FORWARD, Stage, StagePath, Trigger
from rectiflow.texts import OriginalText
from rectiflow.units import Responsibility, Unit, UnitRegister

from .decisions import Written, legal_facts
from .paths import stage_paths
from .remembering import remembered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rectiflow.workflow import Workflow

__all__ = [
    "EVENT",
    "ISSUED",
    "PLATFORM",
    "REPLY",
    "few_paths",
    "ledgers",
    "legal_moves",
    "moves",
    "small_list",
    "small_lists",
]

_TEXT = "2020年6月30日前完成自查整改,年底前模板化公开,并持续推进,优化平台,收到反映15日内答复"
ISSUED = date(2020, 6, 17)
"""The day on which every small list is issued."""
PLATFORM, REPLY = "platform", "reply"
"""The milestones of every row that are no stages: by a date, and counted from an event."""
EVENT = "received"
"""The event that the reply counts from."""
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
    extra = Milestone(id=PLATFORM, rule=FixedDate(date(2020, 9, 30)), text="优化平台")
    # In days as they come, so that a count on one's fingers needs no calendar.
    counted = After(EVENT, 15, "day", roll="none")
    reply = Milestone(id=REPLY, rule=counted, text="收到反映15日内答复")
    return Row(
        id=str(number),
        task=f"任务{number}",
        problems=OriginalText.whole("问题"),
        requirement=Requirement(
            text=OriginalText.whole(_TEXT), milestones=(*milestones, extra, reply)
        ),
        unit_cell=OriginalText.whole("、".join(unit.name for unit in units)),
        responsibilities=tuple(Responsibility(body=unit) for unit in units),
        path=path,
    )


@remembered
@st.composite
def small_lists(draw: st.DrawFn, *, max_rows: int = 3, max_units: int = 3) -> RectificationList:
    """
    Draw lists of a few rows, each with a path of its own and a milestone that is no stage.
    """
    units = draw(st.integers(1, max_units))
    return small_list(draw(few_paths(max_rows)), units)


def small_list(paths: Sequence[StagePath], units: int = 1) -> RectificationList:
    """
    Make a list with a row for each path, numbered from 1, and units ``单位0``, ``单位1``, ….
    """
    named = tuple(Unit(name=f"单位{n}") for n in range(units))
    rows = [_row(n, path, named) for n, path in enumerate(paths, 1)]
    return RectificationList(
        id="small", title="小清单", issued=ISSUED, units=UnitRegister(named), rows=rows
    )


@remembered
def few_paths(max_size: int = 3) -> st.SearchStrategy[list[StagePath]]:
    """
    Draw one to *max_size* paths, the rows of a small list.
    """
    return st.lists(stage_paths(), min_size=1, max_size=max_size)


@st.composite
def _moments(draw: st.DrawFn, day: date) -> Moment:
    if not draw(st.booleans()):
        return day
    at = datetime(day.year, day.month, day.day, draw(st.integers(0, 23)), tzinfo=CHINA_TIME)
    return at if draw(st.booleans()) else at.replace(minute=30)


_MOVED_ON = st.dates(ISSUED, date(2021, 1, 31))
_ACTS = st.sampled_from((*Trigger, *Fact))
_A_STAGE = st.sampled_from(Stage)
_BY = st.sampled_from(("", "张三", '区政府办公室 "甲"'))
_LEAP = st.integers(0, 25)
_DIE = st.integers(0, 3)


@st.composite
def moves(draw: st.DrawFn, rl: RectificationList) -> Move:
    """
    Draw any move over a list, legal or not, but each well formed.
    """
    rows = list(rl.rows.values())
    row = rows[draw(st.integers(0, len(rows) - 1))]
    unit = row.responsibilities[draw(st.integers(0, len(row.responsibilities) - 1))].unit
    at = draw(_moments(draw(_MOVED_ON)))
    trigger = draw(_ACTS)
    more: dict[str, object] = {}
    if trigger is Trigger.SEND_BACK:
        more = {"to": draw(_A_STAGE), "reason": "不符合要求"}
    if trigger in {Fact.COMPLETE, Fact.REOPEN, Fact.ADJUST}:
        more["milestone"] = row.milestones[draw(st.integers(0, len(row.milestones) - 1))].id
    if trigger is Fact.REOPEN:
        more["reason"] = "再办"
    if trigger is Fact.RECORD:
        more["event"] = "received"
    if trigger is Fact.ADJUST:
        more["adjustment"] = ExtensionUntil(draw(_MOVED_ON), granted_on=ISSUED)
    return Move(row.id, unit, trigger, at, draw(_BY), **more)  # type: ignore[arg-type]  # as drawn


@st.composite
def legal_moves(
    draw: st.DrawFn, ledger: Ledger, *, max_moves: int = 12, with_facts: bool = False
) -> list[Move]:
    """
    Draw moves that a ledger takes one after another; forward ones are the likelier.

    Args:
        draw: Hypothesis's own.
        ledger: As it was assigned: nothing has moved yet.
        max_moves: At most so many.
        with_facts: Whether facts are among them: milestones that are no stages completed and
            reopened, events recorded, deadlines suspended, restarted, prolonged and moved.
    """
    day, drawn = ISSUED, []
    held = {(a.row.id, a.unit.name): a.stage for a in ledger}
    keys = sorted(held)
    written = {key: Written(ledger.rl.rows[key[0]], key[1]) for key in keys}
    for _ in range(draw(st.integers(0, max_moves))):
        day += timedelta(days=draw(_LEAP))
        row, unit = key = keys[draw(st.integers(0, len(keys) - 1))]
        stage = held[key]
        if with_facts and draw(_DIE) == 1:
            drawn += legal_facts(draw, written[key], stage, day)
            continue
        path = ledger.rl.rows[row].path
        earlier = [each for each in path if each < stage]
        following = path.next_after(stage)
        if following is not None and (not earlier or draw(_DIE)):
            drawn.append(Move(row, unit, _TRIGGERS[following], day))
            held[key] = following
        elif earlier:
            back = earlier[draw(st.integers(0, len(earlier) - 1))]
            drawn.append(Move(row, unit, Trigger.SEND_BACK, day, to=back, reason="退回"))
            held[key] = back
    # A decision may bring an event along; what comes last can be left off.
    return drawn[:max_moves]


@remembered
@st.composite
def ledgers(draw: st.DrawFn, *, workflow: Workflow | None = None) -> Ledger:
    """
    Draw ledgers in mid-campaign over small lists.
    """
    ledger = assign(draw(small_lists()), workflow=workflow)
    ledger.apply(draw(legal_moves(ledger)))
    return ledger
