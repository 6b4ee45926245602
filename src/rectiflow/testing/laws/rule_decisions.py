"""
Laws of decisions: more time, time left out, a period begun anew, another day.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations
from typing import Any

import attrs
from hypothesis import strategies as st

from rectiflow.messages import Message
from rectiflow.testing import reference

from .kept import ITSELF, ORACLE
from .law import Law, Share
from .rule_asking import asked, wrong_due
from .rule_cases import UNITS, Paused, RuleCase, paused_cases, plain_due, rule_cases
from .sources import CORRECTED, LAST_DAY, SUSPENDING

__all__ = ["DECISIONS"]

_DAY = timedelta(days=1)


@attrs.frozen
class _More:
    """
    A case, and how far from its due day another day lies.
    """

    case: RuleCase
    away: int


def _mores(least: int, most: int, *units: str) -> Any:  # noqa: ANN401 -- a maker of cases
    return lambda _rules: st.builds(_More, rule_cases(units or UNITS), st.integers(least, most))


def _never_shortens(rules: Any, more: _More) -> Message | None:  # noqa: ANN401 -- rules, watched
    case = more.case
    base = asked(rules, case).due
    day = base + more.away * _DAY
    granted = rules.ExtensionUntil(day, granted_on=case.start)
    return wrong_due(case, asked(rules, case, granted).due, max(base, day), granted)


def _prolonged(rules: Any, more: _More) -> Message | None:  # noqa: ANN401 -- rules, watched
    case = more.case
    base = reference.after(case.start, case.n, case.unit, case.worked)
    unit = "workday" if more.away % 2 else "day"
    granted = rules.Extension(1 + more.away, unit, granted_on=case.start)
    want = reference.after(base, 1 + more.away, unit, case.worked)
    return wrong_due(case, asked(rules, case, granted).due, want, granted)


def _paused(rules: Any, paused: Paused) -> list[Any]:  # noqa: ANN401 -- rules, watched
    return [rules.Suspension(first, last) for first, last in paused.spans]


def _left_out(rules: Any, paused: Paused) -> Message | None:  # noqa: ANN401 -- rules, watched
    case, pauses = paused.case, _paused(rules, paused)
    want = reference.after(case.start, case.n, case.unit, case.worked, left_out=paused.days)
    return wrong_due(case, asked(rules, case, *pauses).due, want, *pauses)


def _as_closed(rules: Any, paused: Paused) -> Message | None:  # noqa: ANN401 -- rules, watched
    case, pauses = paused.case, _paused(rules, paused)
    covered = {d for d in paused.days if case.calendar.known_from <= d <= case.calendar.known_until}
    closed = attrs.evolve(case, calendar=case.calendar.overlay(off=covered))
    return wrong_due(case, asked(rules, case, *pauses).due, asked(rules, closed).due, *pauses)


def _any_order(rules: Any, paused: Paused) -> Message | None:  # noqa: ANN401 -- rules, watched
    case = paused.case
    # The last span is given twice over, so that there is always an overlap.
    first, last = paused.spans[-1]
    spans = (*paused.spans, (first, first + (last - first) // 2))
    pauses = [rules.Suspension(*span) for span in spans]
    want = reference.after(case.start, case.n, case.unit, case.worked, left_out=paused.days)
    for order in permutations(pauses):
        found = wrong_due(case, asked(rules, case, *order).due, want, *order)
        if found is not None:
            return found
    return None


def _outside(rules: Any, more: _More) -> Message | None:  # noqa: ANN401 -- rules, watched
    case = more.case
    base = asked(rules, case).due
    # The day after the last day, and the start itself, are both outside the count.
    late = rules.Suspension(base + _DAY, base + (1 + more.away) * _DAY)
    early = rules.Suspension(case.start - more.away * _DAY, case.start)
    for pause in (late, early):
        found = wrong_due(case, asked(rules, case, pause).due, base, pause)
        if found is not None:
            return found
    return None


def _date_unmoved(rules: Any, more: _More) -> Message | None:  # noqa: ANN401 -- rules, watched
    day = more.case.start + 10 * _DAY
    pause = rules.Suspension(day - more.away * _DAY, day + _DAY)
    rule = rules.FixedDate(day)
    got = rule.resolve(calendar=more.case.calendar, adjustments=(pause,)).due
    if got == day:
        return None
    return Message.of("law.wrong.date", rule=f"FixedDate({day})", got=got, want=day)


def _never_hastens(rules: Any, paused: Paused) -> Message | None:  # noqa: ANN401 -- rules, watched
    case, pauses = paused.case, _paused(rules, paused)
    base, after = asked(rules, case).due, asked(rules, case, *pauses).due
    return None if after >= base else wrong_due(case, after, base, *pauses)


def _anew(rules: Any, more: _More) -> Message | None:  # noqa: ANN401 -- rules, watched
    case = more.case
    again = attrs.evolve(case, start=case.start + more.away * _DAY)
    restart = rules.Restart(again.start)
    want = reference.after(again.start, case.n, case.unit, case.worked)
    return wrong_due(case, asked(rules, case, restart).due, want, restart)


def _lapsed(rules: Any, more: _More) -> Message | None:  # noqa: ANN401 -- rules, watched
    case = more.case
    on = case.start + more.away * _DAY
    granted, restart = rules.Extension(20, "workday", granted_on=on - _DAY), rules.Restart(on)
    want = reference.after(on, case.n, case.unit, case.worked)
    return wrong_due(case, asked(rules, case, granted, restart).due, want, granted, restart)


def _overridden(rules: Any, more: _More) -> Message | None:  # noqa: ANN401 -- rules, watched
    case = more.case
    day = plain_due(case.start, case.n, case.unit) + more.away * _DAY
    earlier = rules.Override(day + _DAY, reason="-", issued_on=case.start)
    later = rules.Override(day, reason="-", issued_on=case.start + _DAY)
    # Given in either order, the later decision stands, also on a rest day.
    for order in ((earlier, later), (later, earlier)):
        found = wrong_due(case, asked(rules, case, *order).due, day, *order)
        if found is not None:
            return found
    return None


def _duty_unmoved(rules: Any, more: _More) -> Message | None:  # noqa: ANN401 -- rules, watched
    day = more.case.start + more.away * _DAY
    granted = rules.ExtensionUntil(day, granted_on=more.case.start)
    found = rules.StandingDuty().resolve(calendar=more.case.calendar, adjustments=(granted,))
    return None if found.due is None else Message.of("law.wrong.standing", due=found.due)


def _remembered(rules: Any, more: _More) -> Message | None:  # noqa: ANN401 -- rules, watched
    case = more.case
    base = asked(rules, case).due
    granted = rules.ExtensionUntil(base + more.away * _DAY, granted_on=case.start)
    return wrong_due(case, asked(rules, case, granted).original_due, base, granted)


def _meets(_rules: Any, paused: Paused) -> bool:  # noqa: ANN401 -- rules, watched
    case = paused.case
    until = plain_due(case.start, case.n, case.unit)
    return any(case.start < day <= until for day in paused.days)


_SUSPENDED = (Share(name="crosses-a-suspension", least=0.4, meets=_meets),)

DECISIONS = (
    Law(
        id="rules.extension-never-shortens",
        source=SUSPENDING,
        cases=_mores(-20, 20),
        objection=_never_shortens,
        asks=("After", "ExtensionUntil"),
    ),
    Law(
        id="rules.extension-counts-from-the-due-day",
        source=SUSPENDING,
        cases=_mores(0, 25),
        objection=_prolonged,
        asks=("After", "Extension"),
    ),
    Law(
        id="rules.suspended-days-are-left-out",
        kept=ORACLE,
        source=SUSPENDING,
        cases=lambda _rules: paused_cases(),
        objection=_left_out,
        asks=("After", "Suspension"),
        shares=_SUSPENDED,
    ),
    Law(
        id="rules.suspended-days-count-as-closed",
        kept=ITSELF,
        source=SUSPENDING,
        cases=lambda _rules: paused_cases(("workday",)),
        objection=_as_closed,
        asks=("After", "Suspension"),
        shares=_SUSPENDED,
    ),
    Law(
        id="rules.suspensions-in-any-order",
        kept=ITSELF,
        source=SUSPENDING,
        cases=lambda _rules: paused_cases(("workday", "day", "month"), most=2),
        objection=_any_order,
        asks=("After", "Suspension"),
        shares=_SUSPENDED,
    ),
    Law(
        id="rules.suspension-outside-changes-nothing",
        kept=ITSELF,
        source=SUSPENDING,
        cases=_mores(0, 20),
        objection=_outside,
        asks=("After", "Suspension"),
    ),
    Law(
        id="rules.suspension-never-moves-a-date",
        source=LAST_DAY,
        cases=_mores(0, 20),
        objection=_date_unmoved,
        asks=("FixedDate", "Suspension"),
    ),
    Law(
        id="rules.suspension-never-hastens",
        kept=ITSELF,
        source=SUSPENDING,
        cases=lambda _rules: paused_cases(),
        objection=_never_hastens,
        asks=("After", "Suspension"),
    ),
    Law(
        id="rules.restart-counts-anew",
        kept=ORACLE,
        source=CORRECTED,
        cases=_mores(1, 20),
        objection=_anew,
        asks=("After", "Restart"),
    ),
    Law(
        id="rules.restart-ends-earlier-extensions",
        source=CORRECTED,
        cases=_mores(2, 20),
        objection=_lapsed,
        asks=("After", "Extension", "Restart"),
    ),
    Law(
        id="rules.later-override-stands",
        cases=_mores(-10, 10),
        objection=_overridden,
        asks=("After", "Override"),
    ),
    Law(
        id="rules.decision-gives-a-standing-duty-no-day",
        cases=_mores(0, 20),
        objection=_duty_unmoved,
        asks=("StandingDuty", "ExtensionUntil"),
    ),
    Law(
        id="rules.original-due-is-kept",
        source=SUSPENDING,
        cases=_mores(1, 20),
        objection=_remembered,
        asks=("After", "ExtensionUntil"),
    ),
)
