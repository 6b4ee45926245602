"""
What can be asked of a ledger's definition: doubts settled, a roster changed, another version.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import attrs

from rectiflow.assignments import Assignment
from rectiflow.campaign import Campaign
from rectiflow.errors import InvalidValueError

from .asking import check_note, check_parts, each_of
from .campaigns import defined_by
from .events import EventKind
from .policies import OfficeAct, Request
from .projection import Projection
from .redefining import migrated, plain_parts, rostered, settled
from .requests import EventsOnly, Past, Saying

if TYPE_CHECKING:
    from rectiflow.reading.settling import Settlement
    from rectiflow.rosters import Roster

    from .actors import Actor

__all__ = ["Redefining", "migrating", "rostering", "settling"]


@attrs.frozen(kw_only=True)
class Redefining(EventsOnly):
    """
    Another definition for a ledger: doubts settled, a roster changed, another version.
    """

    kind: EventKind
    act: OfficeAct
    make: Callable[[Projection], tuple[Campaign, list[Assignment], dict[str, Any]]]
    """Gives the new campaign, its assignments and what else the event says, from the state."""
    asked: object
    note: str = ""
    brings_workflow: bool = False

    def __attrs_post_init__(self) -> None:
        """
        Check the note.
        """
        check_note(self.note)

    def suits(self, state: Projection) -> bool:
        """
        Ask for the workflow that the ledger is kept with, unless it brings one.
        """
        return self.brings_workflow or super().suits(state)

    def plain(self) -> object:
        """
        Give what was asked.
        """
        return [self.kind.value, self.asked, self.note]

    def requests(
        self, _state: Projection, actor: Actor, _past: Past
    ) -> Iterator[tuple[int, Request]]:
        """
        Ask about the ledger as a whole.
        """
        yield 0, Request(actor=actor, act=self.act)

    def subjects(self) -> Collection[tuple[str, str]]:
        """
        Look at all.
        """
        return ()

    def touched(self, _state: Projection) -> Iterable[None]:
        """
        Look at the definition: no assignment's own version is raised.
        """
        return (None,)

    def carried_out(self, state: Projection, _first_seq: int) -> list[Saying]:
        """
        Put the definition in place.
        """
        campaign, made, details = self.make(state)
        definition = defined_by(campaign, made)
        state.adopt(campaign, made, definition.versions)
        details["definition"] = definition
        return [(None, {"kind": self.kind, "details": details, "note": self.note})]


def settling(answers: Iterable[Settlement], note: str) -> Redefining:
    """
    Ask for doubts of the list to be decided.

    Raises:
        InvalidValueError: If there is no answer, or one that is none.
    """
    from rectiflow.reading.settling import Settlement  # noqa: PLC0415 -- loads what reads lists

    given = each_of("answers", answers, Settlement)
    if not given:
        raise InvalidValueError("answers", given, "at least one Settlement")
    return Redefining(
        kind=EventKind.SETTLED,
        act=OfficeAct.SETTLE,
        make=lambda state: settled(state, given),
        asked=given,
        note=note,
    )


def rostering(roster: Roster, note: str) -> Redefining:
    """
    Ask for the groups of the list to stand for what another roster says.

    Raises:
        InvalidValueError: If it is none.
    """
    if roster is None:
        raise InvalidValueError("roster", roster, "a Roster")
    check_parts(roster=roster)
    return Redefining(
        kind=EventKind.ROSTER_CHANGED,
        act=OfficeAct.CHANGE_ROSTER,
        make=lambda state: rostered(state, roster),
        asked=roster,
        note=note,
    )


def migrating(note: str, **parts: Any) -> Redefining:  # noqa: ANN401 -- each is checked by its name
    """
    Ask for another version of the parts of a definition that are not ``None``.

    Raises:
        InvalidValueError: If there is no part, or one that is nothing of its kind.
    """
    check_parts(**parts)
    if all(each is None for each in parts.values()):
        wanted = "another rl, calendar, immediate, workflow or roster, at least one of them"
        raise InvalidValueError("migrate", None, wanted)
    return Redefining(
        kind=EventKind.MIGRATED,
        act=OfficeAct.MIGRATE,
        make=lambda state: migrated(state, **parts),
        asked=plain_parts(**parts),
        note=note,
        brings_workflow=parts["workflow"] is not None,
    )
