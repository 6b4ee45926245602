"""
From clauses to what a row demands: its milestones and its standing services.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from rectiflow.clauses import Act, Clause
from rectiflow.deadlines import RuleKind
from rectiflow.requirements import Milestone, Service
from rectiflow.stages import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["milestones_of", "services_of"]

_COUNTED = frozenset(
    {RuleKind.WORKDAYS_AFTER, RuleKind.DAYS_AFTER, RuleKind.MONTHS_AFTER, RuleKind.BEFORE}
)
_COMING_BACK = frozenset({RuleKind.RECURRING, RuleKind.ANNUAL})
_OPEN = frozenset({RuleKind.NONE, RuleKind.IMMEDIATE})
_ONGOING = Stage.ONGOING  # found once: finding a member costs more than all the rest
_STAGE_NAMES = {stage: stage.value for stage in Stage}
_PLACES: dict[Stage | None, int] = {stage: n for n, stage in enumerate(Stage)}
_SERVICE_NAMES = {
    "回复": "reply",
    "答复": "reply",
    "办结": "handle",
    "公开": "publish",
    "公布": "publish",
}


def milestones_of(clauses: Sequence[Clause]) -> tuple[Milestone, ...]:
    """
    Make the milestones of a requirement, in the order in which they are to be reached.

    A stage that has several dates is reached with the last; the others are parts of it.
    """
    dated = [each for each in clauses if _is_demanded(each) and not _is_service(each)]
    last_of: dict[Stage, Clause] = {}
    for each in dated:
        if each.stage is not None and _later(each, last_of.get(each.stage)):
            last_of[each.stage] = each
    ids = _Ids(_STAGE_NAMES[stage] for stage in last_of)
    made = []
    for each in dated:
        if each.stage is not None and last_of[each.stage] is each:
            stage = Milestone(
                stage=each.stage,
                id=_STAGE_NAMES[each.stage],
                act=each.act,
                rule=each.rule,
                text=each.text,
                span=each.span,
            )
            made.append((each, stage))
    for each in dated:
        if each.stage is None or last_of[each.stage] is not each:
            if each.stage is _ONGOING:
                continue
            if each.stage is not None and (each.due is None or _same(each, last_of[each.stage])):
                continue
            milestone = Milestone(
                id=ids.free(_name(each)),
                act=each.act,
                rule=each.rule,
                text=each.text,
                span=each.span,
            )
            made.append((each, milestone))
    if len(made) > 1:
        made.sort(key=lambda pair: _order(pair[0]))
    return tuple(milestone for _clause, milestone in made)


def services_of(clauses: Iterable[Clause], taken: Iterable[str] = ()) -> tuple[Service, ...]:
    """
    Make the standing services: what is owed again and again, each time within its own limit.

    Args:
        clauses: Those of the requirement, and those of the problems.
        taken: Ids that the row's milestones have.
    """
    ids = _Ids(taken)
    seen = set()
    services: list[Service] = []
    for each in clauses:
        if _is_service(each):
            names = (name for word, name in _SERVICE_NAMES.items() if word in each.text)
            name = next(names, "service" if each.act is Act.OTHER else each.act.value)
            if (each.rule, each.text) not in seen:
                seen.add((each.rule, each.text))
                services.append(Service(id=ids.free(name), rule=each.rule, text=each.text))
    return tuple(services)


def _is_service(clause: Clause) -> bool:
    """
    Say whether a clause is owed each time its event happens, and is no stage.
    """
    rule = clause.rule
    return (
        clause.stage is None and rule.kind in _COUNTED and bool(rule.events - {"issued", "unnamed"})
    )


def _is_demanded(clause: Clause) -> bool:
    """
    Say whether a clause is a part of the row: what is only explored is not.
    """
    if clause.stage is not None:
        return True
    if any(doubt.code == "doubt.explored-act" for doubt in clause.doubts):
        return False
    return clause.rule.kind not in _OPEN or clause.is_doubtful


def _later(one: Clause, other: Clause | None) -> bool:
    if other is None or other.due is None:
        return other is None or one.due is not None
    return one.due is not None and one.due > other.due


def _same(one: Clause, other: Clause) -> bool:
    return one.rule == other.rule or one.due == other.due


def _order(clause: Clause) -> tuple[int, date, int, int]:
    if clause.stage is _ONGOING:
        return (2, date.max, 0, 0)
    if clause.rule.kind in _COMING_BACK:
        return (1, date.max, clause.span[0], 0)
    # What shares a day stays in the order of the text, but for 自查整改, whose words are one.
    return (0, clause.due or date.max, clause.span[0], _PLACES.get(clause.stage, 0))


def _name(clause: Clause) -> str:
    if clause.name:
        return clause.name
    if clause.stage is not None:
        return f"{clause.stage.value}_part"
    return "complete" if clause.act is Act.OTHER else clause.act.value


class _Ids:
    """
    Ids given out, each once: report, report-2, report-3.
    """

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        self._last: dict[str, int] = {}

    def free(self, name: str) -> str:
        found = name
        while found in self._taken:
            self._last[name] = self._last.get(name, 1) + 1
            found = f"{name}-{self._last[name]}"
        self._taken.add(found)
        return found
