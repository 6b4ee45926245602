"""
What the events of a ledger add up to: an ordinary ledger, and the version of each assignment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from rectiflow.assignments import Assignment
from rectiflow.history import OpeningEntry, StageEntry
from rectiflow.ledger import Ledger
from rectiflow.moments import Moment
from rectiflow.progress import Done
from rectiflow.stages import Stage

from .campaigns import campaign_of, restored
from .definitions import Definition, Versions, definition_in, workflow_version
from .entries import Said, entry_of
from .events import EventKind, moment_of
from .extra import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from rectiflow.campaign import Campaign
    from rectiflow.history import Entry
    from rectiflow.requirements import Milestone
    from rectiflow.workflow import Workflow

__all__ = ["REDEFINING", "Confirmation", "Projection"]

REDEFINING = frozenset(
    {EventKind.OPENED, EventKind.SETTLED, EventKind.ROSTER_CHANGED, EventKind.MIGRATED}
)
"""The kinds of event whose details hold a whole definition."""


_said = msgspec.json.Decoder(Said).decode


@attrs.frozen(kw_only=True)
class Confirmation:
    """
    That the supervising office found a milestone done (验收/销号).

    Attributes:
        milestone: Which.
        at: When.
        by: Who.
        seq: The event that says so.
        entry: What was confirmed; once it is sent back or reopened, nothing is.
    """

    milestone: str
    at: Moment
    by: str
    seq: int
    entry: Done


class Projection:
    """
    The state of a ledger after its first events; it is taken further and never back.

    Attributes:
        ledger: The state, as an ordinary ledger.
        numbers: Row and unit to the number of the assignment, counted from 0.
        seqs: By number: the last event about the assignment, its version; 0 for none.
        seq: The last event that is in it.
        defined: The last event that redefined it; 0 while it is as it was opened.
        hash: The hash of that event, where whoever takes it further knows it; else empty.
        versions: By what hashes the parts of its definition go.
        fits: Whether the workflow at hand is the one that the definition names.
        confirmations: By number and milestone.
        written: By number and place in the history: when the store wrote down an entry that
            tells another time of writing itself.
    """

    def __init__(self, workflow: Workflow | None = None) -> None:
        """
        Begin with nothing; the first event says what there is.
        """
        self._workflow = workflow
        self.ledger: Ledger
        self.versions: Versions | None = None
        self.fits = True
        self.numbers: dict[tuple[str, str], int] = {}
        self.seqs: list[int] = []
        self.seq = self.defined = 0
        self.hash = b""
        self.confirmations: dict[tuple[int, str], Confirmation] = {}
        self.written: dict[int, dict[int, datetime]] = {}
        self._keys: list[tuple[str, str]] = []

    def number(self, assignment: Assignment) -> int:
        """
        Give the number of an assignment.
        """
        return self.numbers[assignment.row.id, assignment.unit.name]

    def key(self, number: int) -> tuple[str, str]:
        """
        Give row and unit of a number.
        """
        return self._keys[number]

    def version(self, number: int) -> int:
        """
        Give the last event that changed what holds of an assignment, a redefinition too.
        """
        return max(self.seqs[number], self.defined)

    def stage_of(self, number: int) -> str:
        """
        Give the stage of an assignment, as a text; of one that is no longer there, the first.
        """
        key = self._keys[number]
        return self.ledger[key].stage.value if key in self.ledger else Stage.ASSIGNED.value

    def fold(self, rows: Iterable[tuple[int, int | None, bytes]]) -> None:
        """
        Take the projection further by events: number, assignment, body.

        Args:
            rows: The events that follow what is in it.

        Raises:
            msgspec.DecodeError, KeyError, RectiflowError: If a body is none of ours.
        """
        added: dict[int, list[Entry]] = {}
        for seq, number, body in rows:
            said = _said(body)
            entry = entry_of(said) if number is not None else None
            if entry is not None and number is not None:
                of_one = added.get(number)
                if of_one is None:
                    of_one = added[number] = [entry]
                else:
                    of_one.append(entry)
                if said.written_at:
                    held = self.ledger[self._keys[number]]
                    place = len(held.history) + len(of_one) - 1
                    self.written.setdefault(number, {})[place] = said.recorded_at
                self.seqs[number] = seq
            elif said.kind is not EventKind.REFUSED:
                # The rare kinds look at what came before them.
                self._keep(added)
                added = {}
                self._beside(seq, number, said, body)
            self.seq = seq
        self._keep(added)

    def take(self, assignment: Assignment, seq: int, hash_: bytes) -> None:
        """
        Take the projection further by one event that was written just now.

        Args:
            assignment: What the event made of it.
            seq: The event's number.
            hash_: Its hash.
        """
        self.ledger.keep(assignment)
        self.seqs[self.number(assignment)] = seq
        self.seq, self.hash = seq, hash_

    def confirmation(self, assignment: Assignment, milestone: Milestone) -> Confirmation | None:
        """
        Give the confirmation of a milestone, if what was confirmed still stands.
        """
        found = self.confirmations.get((self.number(assignment), milestone.id))
        if found is None or assignment.progress().done(milestone) != found.entry:
            return None
        return found

    def redefine(self, definition: Definition) -> None:
        """
        Put another definition in the place of the one before; histories stay with their bodies.
        """
        campaign = campaign_of(definition, self._workflow)
        self.adopt(campaign, restored(definition, campaign), definition.versions)

    def adopt(self, campaign: Campaign, made: list[Assignment], versions: Versions) -> None:
        """
        Take another campaign with its assignments; histories stay with their bodies.
        """
        numbers, keys = self.numbers, self._keys
        for each in made:
            key = (each.row.id, each.unit.name)
            if key not in numbers:
                numbers[key] = len(keys)
                keys.append(key)
        self.seqs += [0] * (len(keys) - len(self.seqs))
        if self.versions is not None:
            held = {(each.row.id, each.unit.name): each for each in self.ledger}
            made = [_with_history_of(each, held) for each in made]
        self._define(Ledger(campaign, made), versions)

    def hold(self, ledger: Ledger, versions: Versions, keys: list[tuple[str, str]]) -> None:
        """
        Begin with a part of a ledger, *keys* being those of all its assignments by number.
        """
        self._define(ledger, versions)
        self._keys = keys
        self.numbers = {key: number for number, key in enumerate(keys)}
        self.seqs = [0] * len(keys)

    def _define(self, ledger: Ledger, versions: Versions) -> None:
        self.ledger, self.versions = ledger, versions
        self._workflow = workflow = ledger.campaign.workflow
        self.fits = versions.workflow == workflow_version(workflow.guards, workflow.hooks)

    def _beside(self, seq: int, number: int | None, said: Said, body: bytes) -> None:
        if said.kind in REDEFINING:
            self.redefine(definition_in(body))
            self.defined = seq if said.kind is not EventKind.OPENED else 0
        elif said.kind is EventKind.CONFIRMED and number is not None:
            self.seqs[number] = seq
            self.confirm(number, said.milestone, moment_of(said.at), said.by, seq)

    def confirm(self, number: int, milestone: str, at: Moment, by: str, seq: int) -> None:
        """
        Take down that a milestone was confirmed.
        """
        assignment = self.ledger[self._keys[number]]
        entry = assignment.progress().done(assignment.row.milestone(milestone))
        if entry is not None:
            self.confirmations[number, milestone] = Confirmation(
                milestone=milestone, at=at, by=by, seq=seq, entry=entry
            )

    def _keep(self, added: dict[int, list[Entry]]) -> None:
        for number, entries in added.items():
            held = self.ledger[self._keys[number]]
            stage = held.stage
            for entry in entries:
                if type(entry) is StageEntry:
                    stage = entry.to_stage
                elif type(entry) is OpeningEntry:
                    stage = entry.stage
            history = (*held.history, *entries)
            self.ledger.keep(
                Assignment(
                    held.campaign, held.row, held.unit, stage, history, held.external_id, held.role
                )
            )


def _with_history_of(assignment: Assignment, held: dict[tuple[str, str], Assignment]) -> Assignment:
    former = held.get((assignment.row.id, assignment.unit.name))
    if former is None or not former.history:
        return assignment
    return attrs.evolve(assignment, stage=former.stage, history=former.history)
