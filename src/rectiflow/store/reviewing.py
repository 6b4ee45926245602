"""
The board as it was known on any past day, with what was entered late shown as such.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

import attrs

from rectiflow.history import Entry
from rectiflow.moments import day_of
from rectiflow.review import Review, review

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from rectiflow.assignments import Assignment
    from rectiflow.moments import Moment
    from rectiflow.progress import Done
    from rectiflow.requirements import Milestone

    from .projection import Projection

__all__ = ["BackDated", "StoredReview", "last_instant", "review_of"]


@attrs.frozen
class BackDated:
    """
    An entry that was written down on a later day than it happened.

    Attributes:
        row: The row's id.
        unit: The unit's name.
        entry: What happened; if its ``recorded_at`` is not the one here, another system wrote
            it down then, or somebody says so.
        days: How many days before.
        recorded_at: When it was written down here, by the record of the store.
    """

    row: str
    unit: str
    entry: Entry
    days: int
    recorded_at: datetime


@attrs.frozen(kw_only=True)
class StoredReview:
    """
    The board on a day, as it was known at a time.

    Attributes:
        review: The board.
        seq: The last event that was known.
        known_at: The last instant that counts; ``None`` for all that is known now.
        back_dated: What was written down on a later day than it happened, of what the board
            counts.
        unconfirmed: How many milestones are done and not confirmed by the board's day.
    """

    review: Review
    seq: int
    known_at: datetime | None
    back_dated: tuple[BackDated, ...]
    unconfirmed: int


def last_instant(known_at: Moment, zone: tzinfo) -> datetime:
    """
    Give the last instant that counts: a bare day counts to its end in *zone*.
    """
    if isinstance(known_at, datetime):
        return known_at
    return datetime.combine(known_at, time.max, zone)


def review_of(
    state: Projection,
    as_of: date,
    warn_workdays: int | None,
    known_at: datetime | None,
    *,
    confirmed_only: bool,
) -> StoredReview:
    """
    Review a state; see :meth:`~rectiflow.store.StoredLedger.review`.
    """
    zone = state.ledger.campaign.zone
    unconfirmed = 0

    def accepted(assignment: Assignment, milestone: Milestone, done: Done) -> bool:
        nonlocal unconfirmed
        found = state.confirmations.get((state.number(assignment), milestone.id))
        counts = found is not None and found.entry == done and day_of(found.at, zone) <= as_of
        unconfirmed += not counts
        return counts or not confirmed_only

    board = review(state.ledger, as_of, warn_workdays, accepted)
    return StoredReview(
        review=board,
        seq=state.seq,
        known_at=known_at,
        back_dated=tuple(_back_dated(state, as_of, zone)),
        unconfirmed=unconfirmed,
    )


def _back_dated(state: Projection, as_of: date, zone: tzinfo) -> Iterator[BackDated]:
    days: dict[datetime, date] = {}
    for each in state.ledger:
        # What a line says of its own writing is its own to say; the record is the store's.
        own = state.written.get(state.number(each), _NONE) if state.written else _NONE
        for place, entry in enumerate(each.history):
            known = own.get(place) or entry.recorded_at
            if not isinstance(known, datetime):
                continue
            written = days.get(known)
            if written is None:
                written = days[known] = day_of(known, zone)
            at = entry.at
            happened = at if type(at) is date else day_of(at, zone)
            if happened < written and happened <= as_of:
                late = (written - happened).days
                yield BackDated(each.row.id, each.unit.name, entry, late, known)


_NONE: dict[int, datetime] = {}
