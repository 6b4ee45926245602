"""
What the groups of a list stand for, day by day (名录).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import attrs

from .errors import InvalidValueError
from .fields import a_name, a_tuple_of
from .moments import check_day
from .names import folded
from .problems import Problem, refuse
from .source import Source
from .units import Unit, UnitGroup

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Roster", "RosterMember", "roster_problems"]


@attrs.frozen(kw_only=True)
class RosterMember:
    """
    That a body belongs to a group, from when until when, and who says so.

    Attributes:
        group: The group's name.
        name: The body's name.
        since: The first day, included; ``None`` if not known.
        until: The last day, included; ``None`` if not known or not over.
        source: Who says so.
        doubtful: Whether it is left out unless asked for.
        note: What whoever relies on it should know.
    """

    group: str = attrs.field(validator=a_name)
    name: str = attrs.field(validator=a_name)
    since: date | None = None
    until: date | None = None
    source: Source
    doubtful: bool = False
    note: str = ""

    def __attrs_post_init__(self) -> None:
        """
        Check the days.
        """
        for name in ("since", "until"):
            if getattr(self, name) is not None:
                check_day(f"RosterMember.{name}", getattr(self, name))
        if self.since is not None and self.until is not None and self.until < self.since:
            raise InvalidValueError("RosterMember.until", self.until, f"{self.since} or later")

    def applies_on(self, day: date) -> bool:
        """
        Say whether it belongs to the group on *day*; the first and last days are included.
        """
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )


@attrs.frozen(kw_only=True)
class Roster:
    """
    What the groups of a list stand for, day by day (名录).

    Attributes:
        id: Its name among rosters.
        title: What it is, for people.
        members: In the order in which they are to be listed.

    Raises:
        InconsistentValueError: If a body is in a group twice on one day.

    >>> from datetime import date
    >>> import rectiflow as rf
    >>> roster = rf.load_roster("yuhui-2020")
    >>> [unit.name for unit in roster.expand("各乡镇政府", date(2020, 6, 17))]
    ['马城镇人民政府', '长青乡人民政府']
    """

    id: str = attrs.field(validator=a_name)
    title: str = ""
    members: tuple[RosterMember, ...] = attrs.field(default=(), validator=a_tuple_of(RosterMember))

    def __attrs_post_init__(self) -> None:
        """
        Check that no body is in a group twice.
        """
        refuse("Roster", roster_problems(self.members))

    def expand(self, group: UnitGroup | str, on: date) -> tuple[Unit, ...]:
        """
        Give the bodies that *group* stands for on the day *on*; none if the roster has none.
        """
        check_day("Roster.expand(on)", on)
        name = folded(group if isinstance(group, str) else group.name)
        return tuple(
            Unit(name=member.name)
            for member in self.members
            if folded(member.group) == name and member.applies_on(on)
        )

    def without_doubtful(self) -> Roster:
        """
        Give the roster of the members that are not doubtful.
        """
        members = tuple(member for member in self.members if not member.doubtful)
        return attrs.evolve(self, members=members)


def roster_problems(members: Iterable[RosterMember | None]) -> Iterator[Problem]:
    """
    Find bodies that are in a group twice on one day; ``None`` could not be read.
    """
    seen: dict[tuple[str, str], list[tuple[int, RosterMember]]] = {}
    for position, member in enumerate(members):
        if member is None:
            continue
        earlier = seen.setdefault((folded(member.group), folded(member.name)), [])
        for first, other in earlier:
            if (other.since or date.min) <= (member.until or date.max) and (
                member.since or date.min
            ) <= (other.until or date.max):
                place, before = f"members[{position}]", f"members[{first}]"
                yield Problem.of(place, "problem.member-twice", member.name, first=before)
                break
        earlier.append((position, member))
