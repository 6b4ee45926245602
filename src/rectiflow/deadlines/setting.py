"""
What a rule is told when it is asked for its day, and what it answers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, tzinfo
from typing import Protocol

import attrs

from rectiflow.errors import InvalidValueError
from rectiflow.messages import Message
from rectiflow.moments import Moment, check_day, check_moment, day_of
from rectiflow.source import Doubt, Source
from rectiflow.workdays import WorkCalendar

from .resolution import TraceStep

__all__ = ["Answer", "Answering", "Setting", "event_words", "named_day"]

# Python's own reader takes 20200701 and 2020-W27-3 too, which are no days to an official.
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NAMED_EVENTS = frozenset(
    {"assigned", "decided", "expiry", "formed", "issued", "published", "received", "unnamed"}
)


class Answering(Protocol):
    """
    What comes to an answer from a setting, as every deadline rule does.
    """

    def answer(self, setting: Setting) -> Answer:
        """
        Come to a day from the facts of *setting* alone.
        """


@attrs.frozen(kw_only=True)
class Setting:
    """
    The facts a rule may look at, and no others.

    Attributes:
        issued: The day the list was issued; ``None`` if unknown.
        events: Name to day of what has been seen; ``"issued"`` is among them if known.
        calendar: Which days are worked.
        zone: The time zone that days are meant in.
        left_out: Merged spans of days, both ends included, that counted periods skip.
        left_out_under: For each of these spans what its suspension rests on, if that was said.
        restarted_on: The day from which the period counts anew; ``None`` if it does not.
        restarted_under: What the restart rests on, if that was said.
        immediate: The rule that stands for 立行立改; ``None`` if nobody has set one.
    """

    issued: date | None
    events: Mapping[str, date]
    calendar: WorkCalendar
    zone: tzinfo
    left_out: tuple[tuple[date, date], ...] = ()
    left_out_under: tuple[Source | None, ...] = ()
    restarted_on: date | None = None
    restarted_under: Source | None = None
    immediate: Answering | None = None

    def day_of_event(self, name: str) -> date | None:
        """
        Give the day of an event; one that is named by a day (2020-07-01) is on it.
        """
        return self.events.get(name) or named_day(name)

    @staticmethod
    def days_of(
        issued: date | None, events: Mapping[str, Moment] | None, zone: tzinfo
    ) -> dict[str, date]:
        """
        Check the events and put each on its day in *zone*.

        Raises:
            InvalidValueError: If a day is no date, or an instant has no time zone.
        """
        if not (events is None or isinstance(events, Mapping)):
            raise InvalidValueError("events", events, "a mapping of names to days")
        days: dict[str, date] = {}
        if issued is not None:
            check_day("issued", issued)
            days["issued"] = issued
        for name, moment in (events or {}).items():
            check_moment(f"events[{name!r}]", moment)
            days[name] = day_of(moment, zone)
        return days


@attrs.frozen(kw_only=True)
class Answer:
    """
    What a rule comes to before an office's decisions are applied.

    Attributes:
        due: The last day, included; ``None`` if there is none.
        steps: How it got there, without the closing step.
        start: The day counted from.
        consulted: The last day whose place in the working calendar mattered.
        is_counted: Whether it is a counted period, which suspensions shift.
        waiting_for: Names of events not yet seen.
        standing: Whether it never falls due.
        unresolved: The words that give no date; empty if there are none.
        doubts: What is unclear.
    """

    due: date | None
    steps: tuple[TraceStep, ...]
    start: date | None = None
    consulted: date | None = None
    is_counted: bool = False
    waiting_for: tuple[str, ...] = ()
    standing: bool = False
    unresolved: str = ""
    doubts: tuple[Doubt, ...] = ()


def named_day(name: str) -> date | None:
    """
    Give the day that is an event's name, as in 自2020年7月1日起30日内; ``None`` for other names.

    >>> named_day("2020-07-01"), named_day("20200701"), named_day("received")
    (datetime.date(2020, 7, 1), None, None)
    """
    if _DAY.fullmatch(name) is None:
        return None
    try:
        return date.fromisoformat(name)
    except ValueError:
        return None


def event_words(name: str) -> Message | str:
    """
    Name an event for a reader: the common ones have words in each language.
    """
    return Message.of(f"event.{name}") if name in _NAMED_EVENTS else name
