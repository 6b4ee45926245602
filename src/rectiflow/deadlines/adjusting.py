"""
From a rule's own answer to the day in force: an office's decisions, in the order of their days.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import attrs

from rectiflow.errors import InvalidValueError
from rectiflow.messages import Message
from rectiflow.source import Source
from rectiflow.workdays import CalendarCoverageError, Roll, WorkCalendar

from .adjustments import (
    Adjustment,
    CountUnit,
    Extension,
    ExtensionUntil,
    Override,
    Restart,
    Suspension,
    effective_on,
)
from .clauses import LAST_DAY, in_force
from .counting import count_on, merged_spans, rolled
from .resolution import Certainty, Resolution, TraceStep, UnresolvedDeadlineError
from .setting import Answer, Setting, event_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

__all__ = ["adjusted", "rolled_answer"]


def adjusted(
    answer: Callable[[Setting], Answer], setting: Setting, adjustments: Sequence[Adjustment]
) -> Resolution:
    """
    Resolve a rule with the adjustments that were decided.

    Raises:
        UnresolvedDeadlineError: If neither the text nor a decision gives a day.
        CalendarCoverageError: If working days are counted past the calendar, and no override
            gives another day.
    """
    if not adjustments:
        own = answer(setting)
        return _resolution(own, own, setting)
    ordered = sorted(map(_checked, adjustments), key=effective_on)
    is_overridden = any(isinstance(each, Override) for each in ordered)
    own = _answered(answer, setting, is_overridden=is_overridden)
    pauses = [each for each in ordered if isinstance(each, Suspension)]
    spans = merged_spans((each.first_day, each.last_day) for each in pauses)
    # A period cannot start anew before it has begun.
    begun = own.start or date.min
    restarts = [each for each in ordered if isinstance(each, Restart) and each.on >= begun]
    early = [each for each in ordered if isinstance(each, Restart) and each.on < begun]
    since = restarts[-1].on if restarts else None
    setting = attrs.evolve(
        setting,
        left_out=spans,
        left_out_under=tuple(_under(span, pauses) for span in spans),
        restarted_on=since,
        restarted_under=_source(restarts[-1].basis) if restarts else None,
    )
    base = _paused(_answered(answer, setting, is_overridden=is_overridden), setting)
    base = _with(base, *(_step("trace.restart.before-start", on=each.on) for each in early))
    lapsed = ordered.index(restarts[-1]) if restarts and base.is_counted else -1
    for position, each in enumerate(ordered):
        if not isinstance(each, (Suspension, Restart)):
            base = _lapse(base, each) if position < lapsed else _apply(base, each, setting)
    base = _with(base, *_outside(base, setting))
    if base.due is None:
        # An override that has lapsed gives no day, so what was put off is said now.
        answer(setting)
    return _resolution(own, base, setting)


def _answered(
    answer: Callable[[Setting], Answer], setting: Setting, *, is_overridden: bool
) -> Answer:
    try:
        return answer(setting)
    except CalendarCoverageError as error:
        if not is_overridden:
            raise
        # Another day was decided, so the one that cannot be counted is not needed.
        return Answer(due=None, steps=(TraceStep(error.message),), is_counted=True)


def _checked(adjustment: object) -> Adjustment:
    if not isinstance(adjustment, Adjustment):
        expected = "an Extension, ExtensionUntil, Suspension, Restart or Override"
        raise InvalidValueError("adjustments", adjustment, expected)
    return adjustment


def _source(basis: str) -> Source | None:
    # Only whoever decided knows what the decision rests on.
    return Source(basis) if basis else None


def _under(span: tuple[date, date], pauses: Iterable[Suspension]) -> Source | None:
    """
    Give what a merged span of days rests on: the first basis that one of its suspensions names.
    """
    first, last = span
    named = (each.basis for each in pauses if first <= each.first_day and each.last_day <= last)
    return _source(next(filter(None, named), ""))


def _step(
    code: str, day: date | None = None, source: Source | None = None, /, **facts: object
) -> TraceStep:
    return TraceStep(Message.of(code, **facts), day, source)


def _with(base: Answer, *steps: TraceStep, **changes: Any) -> Answer:  # noqa: ANN401 -- Answer's own fields
    return attrs.evolve(base, steps=base.steps + steps, **changes)


def _paused(base: Answer, setting: Setting) -> Answer:
    if base.is_counted:
        return _with(base, *_left_out(setting, base.start, base.due))
    steps = [
        _step("trace.suspension.nothing-counted", first=a, last=b) for a, b in setting.left_out
    ]
    if setting.restarted_on is not None:
        steps.append(_step("trace.restart.nothing-counted", on=setting.restarted_on))
    return _with(base, *steps)


def _left_out(setting: Setting, after: date | None, until: date | None) -> list[TraceStep]:
    if after is None or until is None:
        return []
    return [
        _step("trace.suspension", until, under, first=first, last=last)
        for (first, last), under in zip(setting.left_out, setting.left_out_under, strict=True)
        if first <= until and last > after
    ]


def _outside(base: Answer, setting: Setting) -> list[TraceStep]:
    """
    Say of each suspension that met no counted day that it changed nothing.
    """
    if not base.is_counted or base.due is None:
        return []
    met = [step.message.facts for step in base.steps if step.code == "trace.suspension"]
    spans = ({"first": first, "last": last} for first, last in setting.left_out)
    return [_step("trace.suspension.outside", **span) for span in spans if span not in met]


def _lapse(base: Answer, adjustment: Adjustment) -> Answer:
    return _with(base, _step("trace.lapsed", on=effective_on(adjustment)))


def _apply(base: Answer, adjustment: Adjustment, setting: Setting) -> Answer:
    on = effective_on(adjustment)
    if base.standing:
        return _with(base, _step("trace.standing.unmoved", on=on))
    if isinstance(adjustment, Override):
        return _overridden(base, adjustment)
    if base.due is None:
        return _with(base, _step("trace.extension.nothing-to-extend", on=on))
    if isinstance(adjustment, ExtensionUntil):
        return _extended_until(base, base.due, adjustment)
    if isinstance(adjustment, Extension):
        return _extended(base, base.due, adjustment, setting)
    return base


def _overridden(base: Answer, override: Override) -> Answer:
    facts = {"on": override.issued_on, "due": override.due, "reason": override.reason}
    return _with(
        base,
        _step("trace.override", override.due, **facts),
        due=override.due,
        doubts=tuple(attrs.evolve(each, blocks=False) for each in base.doubts),
        waiting_for=(),
        consulted=None,
    )


def _extended_until(base: Answer, due: date, extension: ExtensionUntil) -> Answer:
    facts = {"on": extension.granted_on, "due": extension.day}
    if extension.day <= due:
        return _with(base, _step("trace.extension-until.earlier", due, **facts))
    step = _step("trace.extension-until", extension.day, _source(extension.basis), **facts)
    return _with(base, step, due=extension.day, consulted=None)


def _extended(base: Answer, due: date, extension: Extension, setting: Setting) -> Answer:
    left_out = setting.left_out if base.is_counted else ()
    last = count_on(due, extension.n, extension.unit, setting.calendar, left_out)
    facts = {"on": extension.granted_on, "n": extension.n, "after": due, "due": last}
    step = _step(f"trace.extension.{extension.unit}", last, _source(extension.basis), **facts)
    pauses = _left_out(setting, due, last) if left_out else []
    base = _with(base, step, *pauses, due=last, consulted=last)
    if extension.unit is CountUnit.WORKDAY:
        return base
    return rolled_answer(base, Roll.FOLLOWING, setting, LAST_DAY)


def rolled_answer(
    base: Answer, how: Roll, setting: Setting, clause: tuple[Source, ...] = ()
) -> Answer:
    """
    Move an answer's last day off a rest day, if *how* asks for it, and say so.

    Args:
        base: The answer.
        how: Where its last day goes.
        setting: Its calendar tells rest days.
        clause: What moving it *on* rests on, in the versions :func:`in_force` takes; empty where
            that is an office's own choice.  Moving it back always is: 民法典 203 moves the last
            day of a counted period on, and says nothing else.
    """
    if base.due is None or how is Roll.NONE:
        return attrs.evolve(base, consulted=None)
    left_out = setting.left_out if base.is_counted else ()
    to = rolled(base.due, how, setting.calendar, left_out)
    if to is None:
        return _with(
            base, _step("trace.roll.unpublished", base.due, day=base.due), consulted=date.max
        )
    consulted = max(base.due, to)
    if to == base.due:
        return attrs.evolve(base, consulted=consulted)
    source = in_force(clause, base.due) if clause and how is Roll.FOLLOWING else None
    step = _step(f"trace.roll.{how}", to, source, day=base.due, due=to)
    return _with(base, step, due=to, consulted=consulted)


def _resolution(own: Answer, base: Answer, setting: Setting) -> Resolution:
    if base.unresolved and base.due is None:
        raise UnresolvedDeadlineError(base.unresolved)
    steps = list(base.steps)
    certainty: Certainty | None = None
    if base.due is not None:
        certainty = Certainty.CONFIRMED
        if _may_change(base.consulted, setting.calendar):
            certainty = Certainty.PROVISIONAL
            steps.append(_step("trace.provisional", base.due))
    steps.append(_closing(base))
    return Resolution(
        due=base.due,
        original_due=own.due,
        start=base.start,
        waiting_for=base.waiting_for,
        standing=base.standing,
        certainty=certainty,
        doubts=base.doubts,
        suspended=setting.left_out if base.is_counted else (),
        trace=tuple(steps),
        calendar=setting.calendar,
        zone=setting.zone,
    )


def _may_change(consulted: date | None, calendar: WorkCalendar) -> bool:
    if consulted is None:
        return False
    since = calendar.provisional_from
    return consulted > calendar.known_until or (since is not None and consulted >= since)


def _closing(base: Answer) -> TraceStep:
    if base.due is not None:
        return _step("trace.answer", base.due, due=base.due)
    if base.standing:
        return _step("trace.answer.standing")
    if base.waiting_for:
        return _step("trace.answer.waiting", events=tuple(map(event_words, base.waiting_for)))
    return _step("trace.answer.doubt")
