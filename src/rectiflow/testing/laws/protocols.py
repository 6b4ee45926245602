"""
What a calendar, or a set of rules, must offer to be tried.
"""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

from .watched import Part

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CALENDAR", "RULES", "CalendarLike", "ResolutionLike", "RuleLike", "RulesLike"]


class CalendarLike(Protocol):
    """
    A calendar under test: it answers from ``known_from`` to ``known_until``, both included.

    A question it cannot answer is refused by raising a ``ValueError``, ``LookupError``,
    ``NotImplementedError`` or ``OverflowError``.  ``roll``, ``subtract``, ``overlay``, ``off`` and
    ``work``, as :class:`~rectiflow.WorkCalendar` has them, are tried if they are there.
    """

    @property
    def known_from(self) -> date:
        """
        The first day covered.
        """

    @property
    def known_until(self) -> date:
        """
        The last day covered.
        """

    def is_workday(self, day: date, /) -> bool:
        """
        Say whether *day* is worked.
        """

    def add(self, day: date, n: int, /) -> date:
        """
        Give the *n*-th working day after *day*, which is not counted.
        """

    def count(self, after: date, until: date, /) -> int:
        """
        Count the working days after *after* up to *until*, included.
        """


class ResolutionLike(Protocol):
    """
    The answer of a rule; ``original_due`` and ``trace`` are tried if they are there.
    """

    @property
    def due(self) -> date | None:
        """
        The last day in time; ``None`` if there is none.
        """

    @property
    def waiting_for(self) -> tuple[str, ...]:
        """
        The names of the events it waits for.
        """


class RuleLike(Protocol):
    """
    A rule that comes to a day.
    """

    def resolve(
        self,
        *,
        issued: date | None = None,
        events: Mapping[str, date] | None = None,
        calendar: Any = None,  # noqa: ANN401 -- a WorkCalendar, or what the target makes of it
        adjustments: tuple[Any, ...] = (),
    ) -> ResolutionLike:
        """
        Come to the due day.
        """


class RulesLike(Protocol):
    """
    A namespace of rules: :mod:`rectiflow.deadlines` is one, and so is a class of such names.

    The makers take what those of :mod:`rectiflow.deadlines` take.  Each is tried if it is there,
    and so are ``StandingDuty``, ``Extension``, ``ExtensionUntil``, ``Suspension``, ``Restart`` and
    ``Override``; a set of rules that offers none of them proves nothing, and is no pass.
    """

    def After(self, event: str, n: int, unit: str) -> RuleLike:  # noqa: N802 -- as the library's
        """
        Make the rule "so long after an event".
        """

    def Before(self, event: str, n: int, unit: str) -> RuleLike:  # noqa: N802 -- as the library's
        """
        Make the rule "so long before an event".
        """

    def PeriodEnd(self, period: str, **places: int) -> RuleLike:  # noqa: N802 -- as the library's
        """
        Make the rule "by the end of a period".
        """

    def FixedDate(self, day: date) -> RuleLike:  # noqa: N802 -- as the library's
        """
        Make the rule "by a date".
        """


CALENDAR: Mapping[str, Part] = MappingProxyType(
    {
        "known_from": Part(gives=(date,), called=False),
        "known_until": Part(gives=(date,), called=False),
        "is_workday": Part(gives=(bool,)),
        "add": Part(gives=(date,)),
        "count": Part(gives=(int,)),
        "roll": Part(gives=(date,), required=False),
        "subtract": Part(gives=(date,), required=False),
        "off": Part(gives=(tuple, list, set, frozenset), called=False, required=False),
        "work": Part(gives=(tuple, list, set, frozenset), called=False, required=False),
    }
)
"""The parts of a calendar; what its overlay makes is a calendar again."""

CALENDAR = MappingProxyType({**CALENDAR, "overlay": Part(makes=CALENDAR, required=False)})

_RESOLUTION = {
    "due": Part(gives=(date, type(None)), called=False),
    "waiting_for": Part(gives=(tuple, list, set, frozenset), called=False),
    "original_due": Part(gives=(date, type(None)), called=False, required=False),
    "trace": Part(gives=(tuple, list), called=False, required=False),
}
_RULE = {"resolve": Part(makes=_RESOLUTION)}
_MAKERS = ("After", "Before", "PeriodEnd", "FixedDate", "StandingDuty")
_DECISIONS = ("Extension", "ExtensionUntil", "Suspension", "Restart", "Override")

RULES: Mapping[str, Part] = MappingProxyType(
    {
        **{name: Part(makes=_RULE, required=False) for name in _MAKERS},
        **{name: Part(required=False) for name in _DECISIONS},
    }
)
"""The parts of a namespace of rules."""
