"""
Saboteurs of the calendar: which days are worked, and how they are counted.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import attrs

from rectiflow.workdays import Roll, WorkCalendar

from .saboteur import Saboteur, saboteur

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["SABOTEURS"]

_DAY = timedelta(days=1)
_TEN_YEARS = 3653


def _asked_of(twin: Callable[[WorkCalendar], WorkCalendar]) -> dict[str, Callable[..., Any]]:
    # A calendar answers from tables laid down when it was made; a twin answers in its stead.
    twins: dict[int, tuple[WorkCalendar, WorkCalendar]] = {}

    def ask(original: Callable[..., Any], self: WorkCalendar, *args: Any, **kwargs: Any) -> Any:
        if id(self) not in twins:
            twins[id(self)] = (self, twin(self))
        return original(twins[id(self)][1], *args, **kwargs)

    return dict.fromkeys(("is_workday", "add", "subtract", "count"), ask)


def _reaching_further(calendar: WorkCalendar) -> WorkCalendar:
    until = calendar.known_until
    if until < date(9000, 1, 1):
        until += _TEN_YEARS * _DAY
    return attrs.evolve(calendar, known_until=until, provisional_from=None)


def _start_counted(original: Callable[..., date], self: WorkCalendar, day: date, n: int) -> date:
    due = original(self, day, n)
    if not self.is_workday(day):
        return due
    return day if n == 1 else original(self, day, n - 1)


def _first_counted(
    original: Callable[..., int], self: WorkCalendar, after: date, until: date
) -> int:
    return original(self, after, until) + self.is_workday(after)


def _backwards(original: Callable[..., Any], day: date, how: Roll, *args: Any) -> Any:
    return original(day, Roll.PRECEDING if how is Roll.FOLLOWING else how, *args)


def _calendar_backwards(
    original: Callable[..., date], self: WorkCalendar, day: date, how: Roll | str
) -> date:
    return original(self, day, "preceding" if how == "following" else how)


def _as_known_now(
    original: Callable[..., WorkCalendar], cls: type, known_on: date | None = None
) -> WorkCalendar:
    original(cls, known_on)
    return original(cls)


SABOTEURS: tuple[Saboteur, ...] = (
    saboteur("start-day-counted", add=_start_counted),
    saboteur("first-day-counted-too", count=_first_counted),
    saboteur("make-up-days-ignored", **_asked_of(lambda each: attrs.evolve(each, work=()))),
    saboteur("holidays-ignored", **_asked_of(lambda each: attrs.evolve(each, off=()))),
    saboteur("unpublished-years-guessed", **_asked_of(_reaching_further)),
    saboteur("rolled-backwards", rolled=_backwards, roll=_calendar_backwards),
    saboteur("never-rolled", rolled=lambda _original, day, *_: day),
    saboteur("known-too-early", china=_as_known_now),
)
"""The saboteurs of this family."""
