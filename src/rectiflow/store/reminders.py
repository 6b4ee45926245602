"""
What to remind of in an interval of days, as a pure function, and the outbox that keeps it.

The function looks at a ledger and an interval and at nothing else: a run that was missed is made
up by a longer interval, and a run made twice comes to the same reminders, which the outbox's key
keeps once.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING

import attrs

from rectiflow.deadlines import Suspension
from rectiflow.errors import InvalidValueError
from rectiflow.history import AdjustmentEntry, StageEntry
from rectiflow.messages import Message
from rectiflow.moments import check_day, day_of
from rectiflow.verdicts import Clock, workdays_left

from .bulk_rows import execute_many
from .extra import sa
from .policies import OfficeAct, Request
from .tables import LEDGER, REMINDER

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import tzinfo

    from rectiflow.assignments import Assignment
    from rectiflow.history import Entry
    from rectiflow.ledger import Ledger
    from rectiflow.workdays import WorkCalendar

    from .actors import Actor
    from .projection import Projection
    from .requests import Past, Saying

__all__ = ["OutboxState", "Reminder", "ReminderKind", "Reminding", "due_reminders", "outbox"]


class ReminderKind(StrEnum):
    """
    What a reminder says.
    """

    DUE_SOON = "due_soon"
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"


class OutboxState(StrEnum):
    """
    What became of a reminder.
    """

    PENDING = "pending"
    SENT = "sent"
    CANCELLED = "cancelled"
    """It was done meanwhile, or its deadline was changed."""


@attrs.frozen
class Reminder:
    """
    That a milestone is due soon, today, or was due.

    Attributes:
        row: The row's id.
        unit: The unit's name.
        milestone: Which.
        kind: What is said; with these and *due* it is the same reminder, whenever it is come to.
        due: The due day.
        on: The day for it: the first day within the warning, the due day, or the day after.  Of
            a due day that came about later, the first day on which that was known from the
            start: the day after it was written down.
    """

    row: str
    unit: str
    milestone: str
    kind: ReminderKind = attrs.field(converter=ReminderKind)
    due: date
    on: date

    @property
    def message(self) -> Message:
        """
        What it says, as a code with its facts.
        """
        facts = {"subject": f"{self.row} × {self.unit}", "milestone": self.milestone}
        return Message.of(f"reminder.{self.kind.value.replace('_', '-')}", due=self.due, **facts)


def due_reminders(
    ledger: Ledger, first: date, last: date, *, warn_workdays: int = 5
) -> tuple[Reminder, ...]:
    """
    Come to the reminders whose day lies in an interval, in the order of their days.

    What is done by *last*, or suspended then, is not reminded of.  What became due when its day
    had passed, as work that was sent back, is reminded of on the day after that was written
    down: a run on the day itself may have come before it.

    Args:
        ledger: As it is known now.
        first: The first day, included: the one after the last run's.
        last: The last day, included: today.
        warn_workdays: How many working days before its day a milestone is due soon; 0 for none.

    Raises:
        InvalidValueError: If a day is none, *last* is before *first*, or the warning no number.
    """
    return _reminders(ledger, first, last, warn_workdays, by_clocks=True)


def _reminders(
    ledger: Ledger, first: date, last: date, warn_workdays: int, *, by_clocks: bool
) -> tuple[Reminder, ...]:
    check_day("first", first)
    check_day("last", last)
    if last < first:
        raise InvalidValueError("last", last, f"{first} or later")
    if type(warn_workdays) is not int or warn_workdays < 0:
        raise InvalidValueError("warn_workdays", warn_workdays, "a whole number, 0 or more")
    found = []
    alike: dict[tuple[str, _Deeds], list[_Due]] = {}
    for assignment in ledger:
        row, deeds = assignment.row.id, _deeds(assignment.history)
        due = alike.get((row, deeds)) if deeds is not None else None
        if due is None:
            of_one = _of_one(assignment, first, last, warn_workdays, by_clocks=by_clocks)
            due = [each for each in of_one if first <= each[3] <= last]
            if deeds is not None:
                alike[row, deeds] = due
        unit = assignment.unit.name
        found += [Reminder(row, unit, *each) for each in due]
    return tuple(sorted(found, key=attrgetter("on")))


_Due = tuple[str, ReminderKind, date, date]
"""A milestone, what is said of it, its due day, and the day for saying so."""


_Deeds = tuple[tuple[object, ...], ...]


def _deeds(history: tuple[Entry, ...]) -> _Deeds | None:
    """
    Give all that reminders take from a history; ``None`` where few are alike in it.

    Bodies of a row that did the same on the same days are reminded of the same.
    """
    deeds = []
    for entry in history:
        if type(entry) is not StageEntry:
            return None
        deeds.append(
            (entry.at, entry.recorded_at, entry.trigger, entry.to_stage, entry.due, entry.outcome)
        )
    return tuple(deeds)


def _of_one(
    assignment: Assignment, first: date, last: date, warn_workdays: int, *, by_clocks: bool
) -> Iterator[_Due]:
    calendar = assignment.campaign.calendar
    # What has been so since before the first day moves nothing into the interval.
    before = first - timedelta(days=1) if first > date.min else first
    for milestone, due in _open(assignment, last):
        soon = _warned_on(calendar, due, warn_workdays) if warn_workdays else None
        earliest = max(before, due if soon is None else soon)
        since = _open_since(assignment, milestone, due, earliest, last)
        if since > last and not by_clocks:
            # It is there, so it was written by now: the clock that says else runs ahead.
            since = earliest
        # What it says is to be true on its day.
        if soon is not None and since < due:
            yield milestone, ReminderKind.DUE_SOON, due, max(soon, since)
        if since <= due:
            yield milestone, ReminderKind.DUE_TODAY, due, due
        yield milestone, ReminderKind.OVERDUE, due, max(due + timedelta(days=1), since)


def _true_on(assignment: Assignment, day: date, warn_workdays: int) -> Iterator[_Due]:
    """
    Give what is to be said of an assignment on a day, whenever it became so.
    """
    calendar = assignment.campaign.calendar
    for milestone, due in _open(assignment, day):
        kind = ReminderKind.DUE_TODAY if due == day else ReminderKind.OVERDUE
        if day < due:
            kind = ReminderKind.DUE_SOON
            soon = _warned_on(calendar, due, warn_workdays) if warn_workdays else None
            if soon is None or day < soon:
                continue
        yield milestone, kind, due, day


def _open_since(
    assignment: Assignment, milestone: str, due: date, earliest: date, last: date
) -> date:
    """
    Find the first day from which a milestone was open with its due day, as it is on *last*.

    It is *earliest*, if it has been so since then or before.
    """
    history, since = assignment.history, earliest

    def was_other(entries: tuple[Entry, ...], day: date) -> bool:
        then = attrs.evolve(assignment, history=entries)
        return _due_if_open(then, milestone, day) != due

    # The last one first: what came before it is then mostly too early to matter.
    for n, entry in reversed([*enumerate(history)]):
        known = entry.at if entry.recorded_at is None else entry.recorded_at
        written = day_of(known, assignment.campaign.zone)
        if written >= since and was_other(history[:n], min(written, last)):
            since = written + timedelta(days=1)
    for day in _turns(history, assignment.campaign.zone):
        if since < day <= last and was_other(history, day - timedelta(days=1)):
            since = day
    return since


def _turns(history: tuple[Entry, ...], zone: tzinfo) -> Iterator[date]:
    # Days on which something changes though nobody writes anything.
    for entry in history:
        if entry.is_move:
            yield day_of(entry.at, zone)
        elif isinstance(entry, AdjustmentEntry):
            yield entry.effective_on
            if isinstance(entry.adjustment, Suspension):
                yield entry.adjustment.last_day + timedelta(days=1)


def _open(assignment: Assignment, as_of: date) -> Iterator[tuple[str, date]]:
    for milestone in assignment.milestones:
        due = _due_if_open(assignment, milestone.id, as_of)
        if due is not None:
            yield milestone.id, due


def _due_if_open(assignment: Assignment, milestone: str, as_of: date) -> date | None:
    standing = assignment.standing(milestone, as_of=as_of)
    return standing.due if standing.verdict.clock in {Clock.RUNNING, Clock.NOT_STARTED} else None


@lru_cache(1024)
def _warned_on(calendar: WorkCalendar, due: date, warn_workdays: int) -> date | None:
    """
    Find the first day on which no more than so many working days are left.
    """
    day = due
    while True:
        left = workdays_left(calendar, day - timedelta(days=1), due)
        if left is None:
            # The calendar does not know those days: when it is due soon is not to be told.
            return None
        if left > warn_workdays:
            return day if day < due else None
        day -= timedelta(days=1)


def outbox(connection: sa.Connection, ledger_id: int, state: OutboxState) -> tuple[Reminder, ...]:
    """
    Read the reminders of one state, in the order of their days.
    """
    columns = ("row", "unit", "milestone", "kind", "due", "on_day")
    chosen = (
        sa.select(*(REMINDER.c[name] for name in columns))
        .where(REMINDER.c.ledger_id == ledger_id, REMINDER.c.state == state.value)
        .order_by(REMINDER.c.on_day)
    )
    return tuple(
        Reminder(row, unit, milestone, kind, date.fromisoformat(due), date.fromisoformat(on))
        for row, unit, milestone, kind, due, on in connection.execute(chosen)
    )


@attrs.frozen(kw_only=True)
class Reminding:
    """
    Reminders to be put into the outbox, or said to be sent: no events, but under the same lock.
    """

    first: date | None = None
    last: date | None = None
    warn_workdays: int = 5
    sent: tuple[Reminder, ...] = ()

    def plain(self) -> object:
        """
        Give its fields.
        """
        return ["remind", str(self.first), str(self.last), len(self.sent)]

    def suits(self, _state: Projection) -> bool:
        """
        No guard is asked.
        """
        return True

    def requests(
        self, _state: Projection, actor: Actor, _past: Past
    ) -> Iterator[tuple[int, Request]]:
        """
        Ask about the ledger as a whole.
        """
        yield 0, Request(actor=actor, act=OfficeAct.REMIND)

    def subjects(self) -> Collection[tuple[str, str]]:
        """
        Look at all.
        """
        return ()

    def touched(self, _state: Projection) -> Iterable[Assignment]:
        """
        No assignment's version is raised.
        """
        return ()

    def foreseen(self, _state: Projection) -> None:
        """
        Nothing of it is an event.
        """

    def carried_out(self, _state: Projection, _first_seq: int) -> list[Saying]:
        """
        Nothing of it is an event.
        """
        return []

    def beside(self, connection: sa.Connection, ledger_id: int, state: Projection) -> None:
        """
        Bring the outbox up to date.
        """
        for each in self.sent:
            _set(connection, ledger_id, _key(each), OutboxState.SENT)
        if self.first is None or self.last is None:
            return
        interval = self.first, self.last
        wanted = _reminders(state.ledger, *interval, self.warn_workdays, by_clocks=False)
        wanted += tuple(self._since_last_run(connection, ledger_id, state, self.last))
        days: dict[_Key, date] = {}
        for each in wanted:
            # What both say keeps the day that is the reminder's own.
            days.setdefault(_key(each), each.on)
        held = _held(connection, ledger_id)
        _cancel(connection, ledger_id, state.ledger, held, self.last)
        pending = OutboxState.PENDING.value
        new = ((key, on.isoformat()) for key, on in days.items() if key not in held)
        execute_many(connection, _NEW, [(ledger_id, *key, on, pending) for key, on in new])
        for key in days:
            if held.get(key) == OutboxState.CANCELLED:
                # Its deadline was moved and moved back: it is due after all.
                _set(connection, ledger_id, key, OutboxState.PENDING)
        seen = sa.update(LEDGER).where(LEDGER.c.id == ledger_id)
        connection.execute(seen.values(reminded_seq=state.seq))

    def _since_last_run(
        self, connection: sa.Connection, ledger_id: int, state: Projection, last: date
    ) -> Iterator[Reminder]:
        """
        Give what is to be said of whatever was written about since, by no clock but the order.
        """
        chosen = sa.select(LEDGER.c.reminded_seq, LEDGER.c.definition_seq)
        run, defined = connection.execute(chosen.where(LEDGER.c.id == ledger_id)).one()
        if not run:
            return
        for each in state.ledger:
            if defined > run or state.seqs[state.number(each)] > run:
                told = _true_on(each, last, self.warn_workdays)
                yield from (Reminder(each.row.id, each.unit.name, *due) for due in told)


_KEY = ("row", "unit", "milestone", "kind", "due")
_Key = tuple[str, str, str, str, str]


_NEW = sa.insert(REMINDER)


def _key(reminder: Reminder) -> _Key:
    due = reminder.due.isoformat()
    return (reminder.row, reminder.unit, reminder.milestone, reminder.kind.value, due)


def _held(connection: sa.Connection, ledger_id: int) -> dict[_Key, str]:
    chosen = sa.select(*(REMINDER.c[name] for name in (*_KEY, "state")))
    rows = connection.execute(chosen.where(REMINDER.c.ledger_id == ledger_id))
    return {(row[0], row[1], row[2], row[3], row[4]): row[5] for row in rows}


def _cancel(
    connection: sa.Connection, ledger_id: int, ledger: Ledger, held: dict[_Key, str], on: date
) -> None:
    open_: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for key, state in held.items():
        if state != OutboxState.PENDING:
            continue
        row, unit, milestone, _, due = key
        still = open_.get((row, unit))
        if still is None:
            there = (row, unit) in ledger
            found = _open(ledger[row, unit], on) if there else ()
            still = open_[row, unit] = {(name, day.isoformat()) for name, day in found}
        if (milestone, due) not in still:
            _set(connection, ledger_id, key, OutboxState.CANCELLED)


def _set(connection: sa.Connection, ledger_id: int, key: _Key, state: OutboxState) -> None:
    same = [REMINDER.c[name] == value for name, value in zip(_KEY, key, strict=True)]
    connection.execute(
        sa.update(REMINDER)
        .where(REMINDER.c.ledger_id == ledger_id, *same)
        .values(state=state.value)
    )
