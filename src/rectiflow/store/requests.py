"""
What can be asked of a ledger: a batch of moves, or a confirmation.

Each says whom the policy is asked about, and what its events say once it is permitted.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

import attrs

from rectiflow.errors import InvalidValueError, RectiflowError
from rectiflow.messages import Language, Message
from rectiflow.moments import Moment, check_moment, is_before
from rectiflow.moves import Move

from .actors import Actor
from .asking import check_note
from .entries import said_of
from .events import Event, EventKind
from .policies import OfficeAct, Request, act_of

if TYPE_CHECKING:
    from rectiflow.assignments import Assignment

    from .extra import sa
    from .projection import Projection

__all__ = ["Confirming", "Deed", "EventsOnly", "Moving", "NotConfirmableError", "Past", "Saying"]

Saying = tuple[int | None, dict[str, Any]]
"""The number of an assignment, or ``None`` for the whole ledger, and the fields of a record."""
Past = Callable[[int], tuple[Event, ...]]
"""Gives the events about an assignment."""


class Deed(Protocol):
    """
    Something asked of a ledger.
    """

    def plain(self) -> object:
        """
        Give what is asked as plain data: a command id stands for just this.
        """

    def suits(self, state: Projection) -> bool:
        """
        Say whether it may be judged by the workflow at hand.
        """

    def requests(
        self, state: Projection, actor: Actor, past: Past
    ) -> Iterator[tuple[int, Request]]:
        """
        Give what the policy is to be asked, each with its line; changes nothing.
        """

    def subjects(self) -> Collection[tuple[str, str]]:
        """
        Give rows and units of all that it is about; none for what is about the whole ledger.
        """

    def touched(self, state: Projection) -> Iterable[Assignment | None]:
        """
        Give the assignments whose version matters; ``None`` for the ledger's definition.
        """

    def foreseen(self, state: Projection) -> tuple[Assignment, dict[str, Any]] | None:
        """
        Give what one event would make of an assignment, and its fields; changes nothing.

        ``None`` for what is more than that.
        """

    def carried_out(self, state: Projection, first_seq: int) -> list[Saying]:
        """
        Carry it out on the state, or raise and leave it as it was.
        """

    def beside(self, connection: sa.Connection, ledger_id: int, state: Projection) -> None:
        """
        Write what is no event, in the same transaction.
        """


class EventsOnly:
    """
    What writes events and nothing beside them.
    """

    __slots__ = ()

    def suits(self, state: Projection) -> bool:
        """
        Ask for the workflow that the ledger is kept with.
        """
        return state.fits

    def foreseen(self, _state: Projection) -> tuple[Assignment, dict[str, Any]] | None:
        """
        Nothing.
        """
        return None

    def beside(self, _connection: sa.Connection, _ledger_id: int, _state: Projection) -> None:
        """
        Write nothing.
        """


def _each_move(moves: Iterable[Move]) -> tuple[Move, ...]:
    if isinstance(moves, Move) or not isinstance(moves, Iterable):
        raise InvalidValueError("moves", moves, "a list of Move")
    found = tuple(moves)
    for each in found:
        if not isinstance(each, Move):
            raise InvalidValueError("moves", each, "a Move")
    if not found:
        raise InvalidValueError("moves", (), "at least one Move")
    return found


@attrs.frozen
class Moving(EventsOnly):
    """
    A batch of moves and facts: all of it or nothing, judged by the core's own ledger.
    """

    moves: tuple[Move, ...] = attrs.field(converter=_each_move)
    actor: Actor
    recorded_at: datetime

    def plain(self) -> object:
        """
        Give the fields of each move.
        """
        return self.moves

    def requests(
        self, state: Projection, actor: Actor, _past: Past
    ) -> Iterator[tuple[int, Request]]:
        """
        Ask about each line whose assignment there is.
        """
        ledger = state.ledger
        for line, move in enumerate(self.moves):
            try:
                held = ledger[move.row, move.unit]
            except RectiflowError:
                # The ledger itself says of such a line that there is no such assignment.
                continue
            yield line, Request(actor=actor, act=act_of(move), assignment=held, move=move)

    def subjects(self) -> Collection[tuple[str, str]]:
        """
        Give row and unit of each line, once.
        """
        return {(move.row, move.unit) for move in self.moves}

    def touched(self, state: Projection) -> Iterable[Assignment]:
        """
        Give the assignment of each line.
        """
        for move in self.moves:
            with suppress(RectiflowError):
                yield state.ledger[move.row, move.unit]

    def foreseen(self, state: Projection) -> tuple[Assignment, dict[str, Any]] | None:
        """
        Let the ledger try a single line; hooks run once only, when it is carried out.
        """
        if len(self.moves) > 1 or state.ledger.campaign.workflow.hooks:
            return None
        if self.moves[0].recorded_at is not None:
            return None
        (moved,) = state.ledger.apply(
            self.moves, dry_run=True, by=self.actor.person, recorded_at=self.recorded_at
        )
        return moved, said_of(moved.history[-1], self.recorded_at)

    def carried_out(self, state: Projection, _first_seq: int) -> list[Saying]:
        """
        Let the ledger apply them.
        """
        numbers, recorded_at = state.numbers, self.recorded_at
        # Who wrote it is who did it, and now is when it was written, unless the line says else.
        done = state.ledger.apply(self.moves, by=self.actor.person, recorded_at=recorded_at)
        for each in done:
            if each.history[-1].recorded_at is not recorded_at:
                of_one = state.written.setdefault(state.number(each), {})
                of_one[len(each.history) - 1] = recorded_at
        return [
            (numbers[each.row.id, each.unit.name], said_of(each.history[-1], recorded_at))
            for each in done
        ]


@attrs.define(slots=False, eq=False, repr=False, kw_only=True)
class NotConfirmableError(RectiflowError, ValueError):
    """
    A milestone that cannot be confirmed as it stands, with every reason.

    Attributes:
        milestone: Which.
        subject: Of which assignment, in words.
        reasons: Every reason, each a message with a stable code; at least one.
    """

    code: ClassVar[str] = "error.not-confirmable"

    milestone: str
    subject: str
    reasons: tuple[Message, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """
        The stable codes of the reasons.
        """
        return tuple(reason.code for reason in self.reasons)

    def text(self, lang: Language = "en") -> str:
        """
        Write the refusal, a line for each reason.
        """
        lines = ["- " + reason.text(lang) for reason in self.reasons]
        return "\n".join([self.message.text(lang), *lines])


@attrs.frozen(kw_only=True)
class Confirming(EventsOnly):
    """
    A milestone to be confirmed (验收/销号).
    """

    row: str
    unit: str
    milestone: str
    at: Moment
    by: str
    note: str = ""

    def __attrs_post_init__(self) -> None:
        """
        Check time and note.
        """
        check_moment("at", self.at)
        check_note(self.note)

    def plain(self) -> object:
        """
        Give its fields.
        """
        return ["confirm", *map(str, attrs.astuple(self, recurse=False))]

    def requests(
        self, state: Projection, actor: Actor, past: Past
    ) -> Iterator[tuple[int, Request]]:
        """
        Ask, saying who did what is to be confirmed.
        """
        held = state.ledger[self.row, self.unit]
        done = _event_that_did(held, self.milestone, past(state.number(held)))
        by = () if done is None else (done.record.person, done.record.by)
        yield 0, Request(actor=actor, act=OfficeAct.CONFIRM, assignment=held, done_by=by)

    def subjects(self) -> Collection[tuple[str, str]]:
        """
        Give the one.
        """
        return ((self.row, self.unit),)

    def touched(self, state: Projection) -> Iterable[Assignment]:
        """
        Give the one assignment.
        """
        return (state.ledger[self.row, self.unit],)

    def carried_out(self, state: Projection, first_seq: int) -> list[Saying]:
        """
        Confirm what is done and not confirmed yet.
        """
        held = state.ledger[self.row, self.unit]
        milestone = held.row.milestone(self.milestone)
        entry = held.progress().done(milestone)
        number = state.number(held)
        reasons = []
        if entry is None:
            reasons.append(Message.of("refused.not-completed"))
        else:
            standing = state.confirmations.get((number, milestone.id))
            if standing is not None and standing.entry == entry:
                reasons.append(Message.of("refused.confirmed", at=standing.at, by=standing.by))
            if is_before(self.at, entry.at, held.campaign.zone):
                facts = {"at": self.at, "last_at": entry.at}
                reasons.append(Message.of("refused.earlier-than-last", **facts))
        if reasons:
            raise NotConfirmableError(
                milestone=milestone.id, subject=held.label, reasons=tuple(reasons)
            )
        state.confirm(number, milestone.id, self.at, self.by, first_seq)
        said = {"kind": EventKind.CONFIRMED, "at": self.at.isoformat(), "milestone": milestone.id}
        return [(number, {**said, "by": self.by, "note": self.note})]


def _event_that_did(held: Assignment, milestone: str, past: tuple[Event, ...]) -> Event | None:
    stage = held.row.milestone(milestone).stage
    for event in reversed(past):
        record = event.record
        if stage is None and record.kind is EventKind.COMPLETED and record.milestone == milestone:
            return event
        if stage is not None and record.kind is EventKind.MOVED and record.to_stage is stage:
            return event
    return None
