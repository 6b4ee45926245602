"""
Saboteurs of deadline rules and of what offices decide about them.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import attrs

from rectiflow.deadlines import (
    Extension,
    ExtensionUntil,
    Latest,
    Override,
    Period,
    Restart,
)

from .saboteur import Saboteur, saboteur

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["SABOTEURS"]

_DAY = timedelta(days=1)


def _spilling(original: Callable[..., date], start: date, months: int) -> date:
    # 31 January and a month is the 31st of February, that is 2 or 3 March.
    first = original(start.replace(day=1), months)
    return first + (start.day - 1) * _DAY


def _one_more(
    original: Callable[..., date], start: date, n: int, *args: Any, **kwargs: Any
) -> date:
    return original(start, n + 1, *args, **kwargs)


def _anchor_counted(original: Callable[..., date], anchor: date, n: int, *args: Any) -> date:
    before = original(anchor, n, *args)
    return anchor if n == 1 else max(before, original(anchor, n - 1, *args))


def _short_spans(original: Callable[..., Any], spans: Any) -> Any:
    return original((first, last - _DAY) for first, last in spans if last > first)


def _without(*kinds: type) -> Callable[..., Any]:
    def forget(
        original: Callable[..., Any], answer: object, setting: object, adjustments: Sequence[object]
    ) -> Any:
        return original(answer, setting, [a for a in adjustments if not isinstance(a, kinds)])

    return forget


def _one_extension(
    original: Callable[..., Any], answer: object, setting: object, adjustments: Sequence[object]
) -> Any:
    granted = [each for each in adjustments if isinstance(each, (Extension, ExtensionUntil))]
    return original(answer, setting, [a for a in adjustments if a not in granted[:-1]])


def _shortening(original: Callable[..., Any], base: Any, due: date, extension: Any) -> Any:
    return original(base, min(due, extension.day - _DAY), extension)


def _from_the_grant(
    original: Callable[..., Any],
    base: Any,
    _due: date,
    extension: Any,
    setting: Any,
) -> Any:
    return original(base, extension.granted_on, extension, setting)


def _last_of_all(_original: Callable[..., Any], self: Any, setting: Any) -> Any:
    return Latest(*self.rules).answer(setting)


def _next_year(original: Callable[..., Any], self: Any, setting: Any) -> Any:
    answer = original(self, setting)
    issued = setting.issued
    late = answer.due is not None and issued is not None and answer.due <= _soon(issued)
    if self.year is not None or not late or self.period not in {Period.YEAR, Period.HALF}:
        return answer
    return original(attrs.evolve(self, year=answer.due.year + 1, **_half(self, issued)), setting)


def _soon(issued: date) -> date:
    return issued + 200 * _DAY


def _half(rule: Any, issued: date) -> dict[str, int]:
    if rule.period is Period.YEAR:
        return {}
    return {"half": rule.half or (issued.month + 5) // 6}


def _from_the_issue(original: Callable[..., Any], self: Any, setting: Any) -> Any:
    unseen = setting.day_of_event(self.event) is None
    if unseen and setting.issued is not None:
        events = {**setting.events, self.event: setting.issued}
        setting = attrs.evolve(setting, events=events)
    return original(self, setting)


SABOTEURS: tuple[Saboteur, ...] = (
    saboteur(
        "months-of-thirty-days",
        corresponding_day=lambda _original, start, months: start + 30 * months * _DAY,
    ),
    saboteur("month-end-spills-over", corresponding_day=_spilling),
    saboteur("a-day-too-many", count_on=_one_more),
    saboteur("counting-back-counts-the-day", count_back=_anchor_counted),
    saboteur("suspensions-forgotten", merged_spans=lambda _original, _spans: ()),
    saboteur("suspension-loses-its-last-day", merged_spans=_short_spans),
    saboteur("restarts-forgotten", adjusted=_without(Restart)),
    saboteur("overrides-forgotten", adjusted=_without(Override)),
    saboteur("extensions-forgotten", adjusted=_without(Extension, ExtensionUntil)),
    saboteur("only-the-last-extension", adjusted=_one_extension),
    saboteur("extension-shortens", extended_until=_shortening),
    saboteur("extension-from-the-grant", extended=_from_the_grant),
    saboteur("earliest-is-latest", earliest=_last_of_all),
    saboteur("year-end-of-next-year", period_end=_next_year),
    saboteur("unseen-events-guessed", after=_from_the_issue),
)
"""The saboteurs of this family."""
