"""
Entries of a history to records of the store, and back.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rectiflow.deadlines import (
    Adjustment,
    Extension,
    ExtensionUntil,
    Override,
    Restart,
    Suspension,
    parse_adjustment,
)
from rectiflow.history import (
    AdjustmentEntry,
    CompletionEntry,
    Entry,
    EventEntry,
    OpeningEntry,
    ReopeningEntry,
    StageEntry,
    stage_entry,
)
from rectiflow.stages import Stage, Trigger
from rectiflow.verdicts import Outcome

from .events import EventKind, moment_of
from .extra import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable

    from rectiflow.moments import Moment

__all__ = ["Said", "entry_of", "said_of"]

_KINDS: dict[type[Adjustment], EventKind] = {
    Extension: EventKind.EXTENDED,
    ExtensionUntil: EventKind.EXTENDED,
    Suspension: EventKind.SUSPENDED,
    Restart: EventKind.RESTARTED,
    Override: EventKind.OVERRIDDEN,
}
_BACK = Trigger.SEND_BACK
_MOVED, _SENT_BACK = EventKind.MOVED, EventKind.SENT_BACK
_parsed = lru_cache(1024)(parse_adjustment)


def said_of(entry: Entry, recorded_at: datetime) -> dict[str, Any]:
    """
    Give the fields of the record that says what an entry says.
    """
    said: dict[str, Any] = _SAY[type(entry)](entry)
    said["at"], said["by"] = entry.at.isoformat(), entry.by
    if entry.note:
        said["note"] = entry.note
    if entry.evidence:
        said["evidence"] = entry.evidence
    if entry.external_id:
        said["external_id"] = entry.external_id
    if entry.recorded_at is not None and entry.recorded_at is not recorded_at:
        said["written_at"] = entry.recorded_at.isoformat()
    return said


def _say_stage(entry: StageEntry) -> dict[str, Any]:
    trigger = entry.trigger
    return {
        "kind": _SENT_BACK if trigger is _BACK else _MOVED,
        "trigger": trigger,
        "from_stage": entry.from_stage,
        "to_stage": entry.to_stage,
        "reason": entry.reason,
        "due": entry.due,
        "outcome": entry.outcome,
    }


def _say_opening(entry: OpeningEntry) -> dict[str, Any]:
    return {"kind": EventKind.TAKEN_OVER, "to_stage": entry.stage}


def _say_completion(entry: CompletionEntry) -> dict[str, Any]:
    said = {"kind": EventKind.COMPLETED, "milestone": entry.milestone}
    return {**said, "due": entry.due, "outcome": entry.outcome}


def _say_reopening(entry: ReopeningEntry) -> dict[str, Any]:
    return {"kind": EventKind.REOPENED, "milestone": entry.milestone, "reason": entry.reason}


def _say_event(entry: EventEntry) -> dict[str, Any]:
    return {"kind": EventKind.RECORDED, "event": entry.event}


def _say_adjustment(entry: AdjustmentEntry) -> dict[str, Any]:
    decided = entry.adjustment
    kind = _KINDS[type(decided)]
    return {"kind": kind, "milestone": entry.milestone, "adjustment": str(decided)}


_SAY: dict[type[Entry], Callable[[Any], dict[str, Any]]] = {
    StageEntry: _say_stage,
    OpeningEntry: _say_opening,
    CompletionEntry: _say_completion,
    ReopeningEntry: _say_reopening,
    EventEntry: _say_event,
    AdjustmentEntry: _say_adjustment,
}


class Said(msgspec.Struct, gc=False):
    """
    What a replay reads of a record: the fields of an entry, and no others, to save time.

    Attributes: as those of :class:`~rectiflow.store.events.Record`.
    """

    kind: EventKind
    recorded_at: datetime
    at: str = ""
    trigger: Trigger | None = None
    from_stage: Stage | None = None
    to_stage: Stage | None = None
    reason: str = ""
    milestone: str = ""
    event: str = ""
    adjustment: str = ""
    due: date | None = None
    outcome: Outcome | None = None
    by: str = ""
    note: str = ""
    evidence: tuple[str, ...] = ()
    written_at: str = ""
    external_id: str = ""
    confirms: int = 0


def entry_of(said: Said) -> Entry | None:
    """
    Make the entry of a history that a record tells; ``None`` for what is beside it.
    """
    kind = said.kind
    if kind is _MOVED or kind is _SENT_BACK:
        written: Moment = said.recorded_at
        if said.written_at:
            written = moment_of(said.written_at)
        return stage_entry(
            moment_of(said.at),
            said.trigger,  # type: ignore[arg-type]  # a move always says these
            said.from_stage,  # type: ignore[arg-type]
            said.to_stage,  # type: ignore[arg-type]
            said.reason,
            said.due,
            said.outcome,
            said.by,
            said.note,
            said.evidence,
            written,
            said.external_id,
        )
    make = _MAKE.get(kind)
    if make is None:
        return None
    written = moment_of(said.written_at) if said.written_at else said.recorded_at
    details: dict[str, Any] = {
        "at": moment_of(said.at),
        "by": said.by,
        "note": said.note,
        "evidence": said.evidence,
        "recorded_at": written,
        "external_id": said.external_id,
    }
    return make(said, details)


def _completion(said: Said, details: dict[str, Any]) -> Entry:
    return CompletionEntry(milestone=said.milestone, due=said.due, outcome=said.outcome, **details)


def _opening(said: Said, details: dict[str, Any]) -> Entry:
    return OpeningEntry(stage=said.to_stage or Stage.ASSIGNED, **details)


def _reopening(said: Said, details: dict[str, Any]) -> Entry:
    return ReopeningEntry(milestone=said.milestone, reason=said.reason, **details)


def _event(said: Said, details: dict[str, Any]) -> Entry:
    return EventEntry(event=said.event, **details)


def _adjustment(said: Said, details: dict[str, Any]) -> Entry:
    decided = _parsed(said.adjustment)
    return AdjustmentEntry(milestone=said.milestone, adjustment=decided, **details)


_MAKE: dict[EventKind, Callable[[Said, dict[str, Any]], Entry]] = {
    EventKind.TAKEN_OVER: _opening,
    EventKind.COMPLETED: _completion,
    EventKind.REOPENED: _reopening,
    EventKind.RECORDED: _event,
    **dict.fromkeys(_KINDS.values(), _adjustment),
}
