"""
Strategies for the public values of :mod:`rectiflow.store`: actors, requests, events, answers.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from hypothesis import strategies as st

from rectiflow.deadlines import ExtensionUntil
from rectiflow.ledger import assign
from rectiflow.messages import Message
from rectiflow.moments import CHINA_TIME, Moment, day_of
from rectiflow.moves import Move
from rectiflow.refusals import Fact
from rectiflow.stages import FORWARD, Stage, Trigger
from rectiflow.store.actors import Actor, OfficeRole
from rectiflow.store.anchors import Anchor
from rectiflow.store.definitions import Versions
from rectiflow.store.events import Event, EventKind, Record, chained, first_hash, to_body
from rectiflow.store.finding import LedgerName
from rectiflow.store.policies import OFFICE_RULES, OfficeAct, Policy, RefusedAct, Request
from rectiflow.store.projection import Confirmation
from rectiflow.store.reminders import Reminder, ReminderKind
from rectiflow.store.reviewing import BackDated, StoredReview
from rectiflow.store.verifying import Fault, FaultKind, Verification
from rectiflow.store.writing import Receipt

from .answers import messages, reviews
from .histories import assignments, completion_entries, stage_entries
from .ledgers import ISSUED, legal_moves
from .lists import names, texts
from .remembering import remembered
from .store_files import CLERK, NOW, STORED_LIST, Lease

if TYPE_CHECKING:
    from rectiflow.store.stored import StoredLedger

__all__ = [
    "actors",
    "anchors",
    "back_dated",
    "confirmations",
    "events",
    "faults",
    "ledger_names",
    "policies",
    "receipts",
    "records",
    "refused_acts",
    "reminders",
    "requests",
    "stored_ledgers",
    "stored_reviews",
    "verifications",
    "versions",
]

_DAYS = st.dates(ISSUED, date(2021, 1, 31))
_NUMBERS = st.integers(1, 99)
_ZONES = st.sampled_from((CHINA_TIME, UTC, timezone(timedelta(hours=6))))
_INSTANTS = st.builds(
    lambda day, minute, zone: datetime.combine(day, time(minute // 60, minute % 60), zone),
    _DAYS,
    st.integers(0, 24 * 60 - 1),
    _ZONES,
)
_HASHES = st.binary(min_size=32, max_size=32)
_HEXES = _HASHES.map(bytes.hex)
# What is written into a log holds no NUL.
_WORDS = texts().map(lambda text: text.replace("\0", ""))
_UNITS = st.sampled_from(("单位0", "单位1", "区政府办公室"))
_MILESTONES = st.sampled_from(("rectified", "templated", "platform"))
_TRIGGERS = {stage: trigger for trigger, stage in FORWARD.items()}


@remembered
def actors() -> st.SearchStrategy[Actor]:
    """
    Draw people in up to three of the house's roles, or in one of an office's own.
    """
    roles = st.lists(st.sampled_from((*OfficeRole, "auditor")), max_size=3, unique=True)
    return st.builds(Actor, names(), _UNITS, roles.map(tuple))


@remembered
def anchors() -> st.SearchStrategy[Anchor]:
    """
    Draw heads of ledgers.
    """
    return st.builds(Anchor, _NUMBERS, _HEXES)


@remembered
def ledger_names() -> st.SearchStrategy[LedgerName]:
    """
    Draw names of ledgers, some of them an office's.
    """
    return st.builds(LedgerName, names(), st.just("") | names())


@remembered
def policies() -> st.SearchStrategy[Policy]:
    """
    Draw policies: the house's, one that permits everything, one that objects to everything.
    """
    return st.sampled_from((Policy(), Policy(()), Policy((*OFFICE_RULES, _nobody))))


def _nobody(_request: Request) -> Message:
    return Message.of("our.plain")


@remembered
@st.composite
def requests(draw: st.DrawFn) -> Request:
    """
    Draw what a policy is asked: about the whole ledger, a line of a batch, or a confirmation.
    """
    actor, act = draw(actors()), draw(st.sampled_from((OfficeAct.MIGRATE, *OfficeAct)))
    if act not in _ABOUT_ONE:
        return Request(actor=actor, act=act)
    assignment = draw(assignments())
    if act is OfficeAct.CONFIRM:
        done_by = draw(st.lists(names(), min_size=1, max_size=2))
        return Request(actor=actor, act=act, assignment=assignment, done_by=tuple(done_by))
    more: dict[str, Any] = {"at": draw(_DAYS), **_ABOUT_ONE[act]}
    move = Move(assignment.row.id, assignment.unit.name, **more)
    return Request(actor=actor, act=act, assignment=assignment, move=move)


_UNTIL = date(2021, 3, 31)
_PLATFORM = {"milestone": "platform"}
_ABOUT_ONE: dict[OfficeAct, dict[str, Any]] = {
    OfficeAct.ADVANCE: {"trigger": Trigger.SELF_CHECK},
    OfficeAct.COMPLETE: {"trigger": Fact.COMPLETE, **_PLATFORM},
    OfficeAct.RECORD: {"trigger": Fact.RECORD, "event": "received"},
    OfficeAct.SEND_BACK: {"trigger": Trigger.SEND_BACK, "to": Stage.ASSIGNED, "reason": "退回"},
    OfficeAct.REOPEN: {"trigger": Fact.REOPEN, "reason": "再办", **_PLATFORM},
    OfficeAct.EXTEND: {
        "trigger": Fact.ADJUST,
        "adjustment": ExtensionUntil(_UNTIL, granted_on=ISSUED),
        **_PLATFORM,
    },
    OfficeAct.CONFIRM: {},
}


@remembered
def refused_acts() -> st.SearchStrategy[RefusedAct]:
    """
    Draw acts that a policy refuses.
    """
    return st.builds(
        RefusedAct,
        line=st.integers(0, 9),
        act=st.sampled_from(OfficeAct),
        subject=st.sampled_from(("", "1 × 单位0")),
        reasons=st.lists(messages(), min_size=1, max_size=2).map(tuple),
    )


@remembered
@st.composite
def records(draw: st.DrawFn) -> Record:
    """
    Draw what events say: moves, returns, facts, confirmations and attempts of one assignment.
    """
    entry = draw(stage_entries())
    kind = draw(st.sampled_from(_KINDS))
    more: dict[str, Any] = {}
    # Drawn in any case, so that none takes fewer draws than the first kind.
    stage = draw(st.sampled_from(list(_TRIGGERS)))
    if kind is EventKind.MOVED:
        more = {"trigger": _TRIGGERS[stage], "from_stage": Stage.ASSIGNED, "to_stage": stage}
    elif kind is EventKind.SENT_BACK:
        more = {"trigger": Trigger.SEND_BACK, "from_stage": Stage.RECTIFIED}
        more |= {"to_stage": Stage.ASSIGNED, "reason": "退回"}
    elif kind is EventKind.RECORDED:
        more = {"event": draw(names())}
    elif kind is EventKind.REFUSED:
        more = {"reasons": (("refused.not-forward", {"n": draw(_NUMBERS)}),)}
    else:
        more = {"milestone": draw(_MILESTONES)}
        more |= {"confirms": draw(_NUMBERS)} if kind is EventKind.CONFIRMED else {}
    return Record(
        seq=draw(_NUMBERS),
        kind=kind,
        recorded_at=draw(_INSTANTS),
        person=draw(names()),
        person_unit=draw(_UNITS),
        row="1",
        unit="单位0",
        at=entry.at.isoformat(),
        note=draw(_WORDS),
        command=draw(st.just("") | names()),
        **more,
    )


_KINDS = (
    EventKind.MOVED,
    EventKind.SENT_BACK,
    EventKind.COMPLETED,
    EventKind.REOPENED,
    EventKind.RECORDED,
    EventKind.CONFIRMED,
    EventKind.REFUSED,
)


@remembered
def events() -> st.SearchStrategy[Event]:
    """
    Draw events with the bytes of their records, each chained to a ledger's beginning.
    """
    return records().map(_event)


def _event(record: Record) -> Event:
    body = to_body(record)
    return Event(record, body, chained(first_hash("", "small"), body))


@remembered
def receipts() -> st.SearchStrategy[Receipt]:
    """
    Draw receipts, each with the head that stood then.
    """
    return st.builds(_receipt, anchors(), st.integers(0, 5), st.booleans())


def _receipt(anchor: Anchor, before: int, already_done: bool) -> Receipt:  # noqa: FBT001 -- drawn
    first = max(anchor.seq - before, 1)
    return Receipt(first=first, last=anchor.seq, already_done=already_done, anchor=anchor)


@remembered
def reminders() -> st.SearchStrategy[Reminder]:
    """
    Draw reminders, each on a day that suits what it says.
    """
    return st.builds(
        _reminder, _UNITS, _MILESTONES, st.sampled_from(ReminderKind), _DAYS, st.integers(1, 9)
    )


def _reminder(unit: str, milestone: str, kind: ReminderKind, due: date, days: int) -> Reminder:
    offsets = {ReminderKind.DUE_SOON: -days, ReminderKind.DUE_TODAY: 0, ReminderKind.OVERDUE: 1}
    return Reminder("1", unit, milestone, kind, due, due + timedelta(days=offsets[kind]))


@remembered
def faults() -> st.SearchStrategy[Fault]:
    """
    Draw what is wrong with a ledger; only the projection is about an assignment.
    """
    return st.builds(_fault, st.sampled_from(FaultKind), _NUMBERS)


def _fault(kind: FaultKind, seq: int) -> Fault:
    subject = "1 × 单位0" if kind is FaultKind.PROJECTION else ""
    return Fault(kind=kind, seq=seq, subject=subject)


@remembered
def verifications() -> st.SearchStrategy[Verification]:
    """
    Draw what was found when a ledger was verified.
    """
    return st.builds(_verification, anchors(), st.none() | faults())


def _verification(head: Anchor, fault: Fault | None) -> Verification:
    return Verification(events=head.seq, head=head, fault=fault)


@remembered
def versions() -> st.SearchStrategy[Versions]:
    """
    Draw the hashes of a definition.
    """
    return st.builds(Versions, list=_HEXES, calendar=_HEXES, workflow=_HEXES)


@remembered
@st.composite
def confirmations(draw: st.DrawFn) -> Confirmation:
    """
    Draw findings that a milestone is done, from the day it was done on.
    """
    done = draw(completion_entries())
    return Confirmation(
        milestone=done.milestone,
        at=_later(done.at, draw(_A_WHILE)),
        by=draw(names()),
        seq=draw(_NUMBERS),
        entry=done,
    )


@remembered
@st.composite
def back_dated(draw: st.DrawFn) -> BackDated:
    """
    Draw entries that were written down a day or more after they happened.
    """
    entry, days = draw(stage_entries()), draw(st.integers(1, 40))
    written = datetime.combine(_later(entry.at, days), time(9), CHINA_TIME)
    return BackDated("1", draw(_UNITS), entry, days, written)


_A_WHILE = st.integers(0, 40)


def _later(at: Moment, days: int) -> date:
    return day_of(at, CHINA_TIME) + timedelta(days=days)


@remembered
def stored_reviews() -> st.SearchStrategy[StoredReview]:
    """
    Draw boards with what was written down late.
    """
    return st.builds(
        StoredReview,
        review=reviews(),
        seq=_NUMBERS,
        known_at=st.none() | _INSTANTS,
        back_dated=st.lists(back_dated(), max_size=2).map(tuple),
        unconfirmed=st.integers(0, 3),
    )


@remembered
@st.composite
def stored_ledgers(draw: st.DrawFn) -> StoredLedger:
    """
    Draw ledgers in a store on SQLite, each in a file that is used again when it is gone.
    """
    lease = Lease()
    stored = lease.opened()
    _leases[stored] = lease
    moves = draw(_A_BATCH)
    if moves:
        stored.append(moves, actor=CLERK, recorded_at=NOW)
    return stored


_leases: WeakKeyDictionary[StoredLedger, Lease] = WeakKeyDictionary()
_A_BATCH = legal_moves(assign(STORED_LIST), max_moves=4)
