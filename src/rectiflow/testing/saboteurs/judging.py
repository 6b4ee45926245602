"""
Saboteurs of verdicts: the clock and the outcome.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import attrs

from rectiflow.moments import day_of
from rectiflow.verdicts import Clock, Outcome, Verdict

from .saboteur import Saboteur, saboteur

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["SABOTEURS"]

_DAY = timedelta(days=1)


def _shifted(days: int) -> dict[str, Callable[..., Any]]:
    # A verdict is given in two places: of what is open, and of what is done when it is done.
    def judge(original: Callable[..., Any], resolution: Any, **kwargs: Any) -> Any:
        due = getattr(resolution, "due", None)
        if due is not None:
            resolution = attrs.evolve(resolution, due=due + days * _DAY)
        return original(resolution, **kwargs)

    def judge_done(
        original: Callable[..., Any], self: Any, milestone: Any, at: Any, *due: Any
    ) -> Any:
        by, outcome = original(self, milestone, at, *due)
        if by is None:
            return by, outcome
        day = day_of(at, self.campaign.zone)
        return by, Outcome.MET if day <= by + days * _DAY else Outcome.MET_LATE

    return {"verdict": judge, "judged": judge_done}


def _always_met(original: Callable[..., Any], *args: Any) -> Any:
    by, outcome = original(*args)
    return by, None if outcome is None else Outcome.MET


def _warned_later(original: Callable[..., bool], *args: Any) -> bool:
    *most, warn = args
    return warn > 0 and original(*most, warn - 1)


def _suspension_hides(original: Callable[..., Any], resolution: Any, **kwargs: Any) -> Any:
    found = original(resolution, **kwargs)
    if found.outcome is Outcome.OVERDUE and resolution.suspended:
        return Verdict(Clock.SUSPENDED, Outcome.PENDING)
    return found


def _ongoing_hides(original: Callable[..., Any], verdicts: Iterable[Any]) -> Any:
    given = list(verdicts)
    return next((each for each in given if each.outcome is Outcome.ONGOING), original(given))


def _rewritten(
    original: Callable[..., Any],
    campaign: Any,
    entry: Any,
    resolution: Any,
    as_of: date,
) -> Any:
    if getattr(entry, "outcome", None) is not None:
        entry = attrs.evolve(entry, outcome=None)
    return original(campaign, entry, resolution, as_of)


def _in_greenwich(_original: Callable[..., date], moment: Any, _zone: object) -> date:
    if isinstance(moment, datetime):
        return moment.astimezone(UTC).date()
    return moment  # type: ignore[no-any-return]  # it is a day


SABOTEURS: tuple[Saboteur, ...] = (
    saboteur("due-day-is-late", **_shifted(-1)),
    saboteur("a-day-of-grace", **_shifted(1)),
    saboteur("late-is-forgiven", judged=_always_met),
    saboteur(
        "warned-in-calendar-days",
        workdays_left=lambda _original, _calendar, as_of, due: (due - as_of).days,
    ),
    saboteur("warned-a-day-late", is_soon=_warned_later),
    saboteur("suspension-hides-lateness", verdict=_suspension_hides),
    saboteur("ongoing-hides-lateness", worst=_ongoing_hides),
    saboteur(
        "later-moves-counted",
        progress=lambda original, history, _as_of, zone: original(history, None, zone),
    ),
    saboteur("verdicts-rewritten", when_done=_rewritten),
    saboteur("days-of-greenwich", day_of=_in_greenwich),
)
"""The saboteurs of this family."""
