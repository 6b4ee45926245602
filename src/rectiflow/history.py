"""
What happened to an assignment: entries that are added and never changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

import attrs

from .deadlines import Adjustment, effective_on
from .errors import InvalidValueError
from .messages import Message
from .moments import Moment, check_moment
from .stages import Stage, Trigger
from .verdicts import Outcome

__all__ = [
    "AdjustmentEntry",
    "CompletionEntry",
    "Entry",
    "EventEntry",
    "OpeningEntry",
    "ReopeningEntry",
    "StageEntry",
]


def _links(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        # A tuple of its characters is never what was meant.
        raise InvalidValueError("evidence", value, "a list of links, e.g. [link]")
    links = tuple(value) if isinstance(value, Iterable) else (value,)
    if not all(isinstance(link, str) for link in links):
        raise InvalidValueError("evidence", value, "a list of links, each a text")
    return links


@attrs.frozen(kw_only=True)
class Entry:
    """
    One fact in the history of an assignment.

    Attributes:
        at: When it happened: a day, or an instant with a time zone.
        by: Who did it, as the caller's system names them.
        note: Anything worth saying.
        evidence: Links to what proves it.
        recorded_at: When it was written down; ``None`` if unknown.
        external_id: What another system calls this fact; may be empty.
    """

    at: Moment
    by: str = ""
    note: str = ""
    evidence: tuple[str, ...] = attrs.field(default=(), converter=_links)
    recorded_at: Moment | None = None
    external_id: str = ""

    is_move: ClassVar[bool] = False
    """Whether later moves may not be dated before it."""

    def __attrs_post_init__(self) -> None:
        """
        Check the times and the texts.
        """
        if type(self.at) is not date:
            check_moment("at", self.at)
        if self.recorded_at is not None:
            check_moment("recorded_at", self.recorded_at)
        if not (type(self.by) is type(self.note) is type(self.external_id) is str):
            self._check_texts()

    def _check_texts(self) -> None:
        for name in ("by", "note", "external_id"):
            if not isinstance(getattr(self, name), str):
                raise InvalidValueError(name, getattr(self, name), "a text")

    @property
    def message(self) -> Message:
        """
        What happened, as a code with its facts.
        """
        return Message.of("entry", at=self.at)


@attrs.frozen(kw_only=True)
class StageEntry(Entry):
    """
    A move to another stage.

    Attributes:
        trigger: What moved it.
        from_stage: The stage it left.
        to_stage: The stage it reached.
        reason: Why it was sent back; empty for a move forward.
        due: The due day of the stage that was reached, as it stood then.
        outcome: ``met`` or ``met_late``, fixed when the stage was reached; ``None`` if there
            was no due day to hold it against.
    """

    trigger: Trigger
    from_stage: Stage
    to_stage: Stage
    reason: str = ""
    due: date | None = None
    outcome: Outcome | None = None

    is_move = True

    @property
    def message(self) -> Message:
        """
        What happened, as a code with its facts.
        """
        code = "entry.sent-back" if self.trigger is Trigger.SEND_BACK else "entry.moved"
        facts = {"at": self.at, "stage": self.to_stage, "reason": self.reason}
        return Message.of(code, **facts, **{"from": self.from_stage})


class _Draft(Entry):
    """
    A stage entry being filled in, laid out like one.

    attrs freezes a class by paying a function call for each field that its ``__init__`` sets,
    which for an entry is as much as the whole machine; a draft is filled in plainly and then
    frozen by becoming a :class:`StageEntry`.
    """

    __slots__ = ("due", "from_stage", "outcome", "reason", "to_stage", "trigger")
    # A draft is not frozen yet; with both its own, setting an attribute is no call at all.
    __setattr__ = object.__setattr__
    __delattr__ = object.__delattr__


def stage_entry(  # noqa: PLR0917 -- called for every step, where keywords cost
    at: Moment,
    trigger: Trigger,
    from_stage: Stage,
    to_stage: Stage,
    reason: str,
    due: date | None,
    outcome: Outcome | None,
    by: str,
    note: str,
    evidence: Iterable[str],
    recorded_at: Moment | None,
    external_id: str,
) -> StageEntry:
    """
    Make a :class:`StageEntry`, checked like any, in half the time; the arguments are its fields.

    Raises:
        InvalidValueError: If a value is not what its field holds.
    """
    draft: Any = _new(_Draft)
    draft.at, draft.by, draft.note = at, by, note
    draft.evidence = _links(evidence) if evidence else ()
    draft.recorded_at, draft.external_id = recorded_at, external_id
    draft.trigger, draft.from_stage, draft.to_stage = trigger, from_stage, to_stage
    draft.reason, draft.due, draft.outcome = reason, due, outcome
    draft.__attrs_post_init__()
    draft.__class__ = StageEntry
    return draft  # type: ignore[no-any-return]  # it has just become one


_new = object.__new__


@attrs.frozen(kw_only=True)
class OpeningEntry(Entry):
    """
    The stage at which another system's record was taken over; what came before is not known.

    Attributes:
        stage: The stage it stood at on that day.
    """

    stage: Stage

    is_move = True

    @property
    def message(self) -> Message:
        """
        What happened, as a code with its facts.
        """
        return Message.of("entry.opened", at=self.at, stage=self.stage)


@attrs.frozen(kw_only=True)
class CompletionEntry(Entry):
    """
    A dated milestone that is not a stage, completed.

    Attributes:
        milestone: Its id.
        due: Its due day as it stood then.
        outcome: ``met`` or ``met_late``, fixed then; ``None`` if there was no due day.
    """

    milestone: str
    due: date | None = None
    outcome: Outcome | None = None

    is_move = True

    @property
    def message(self) -> Message:
        """
        What happened, as a code with its facts.
        """
        return Message.of("entry.completed", at=self.at, milestone=self.milestone)


@attrs.frozen(kw_only=True)
class ReopeningEntry(Entry):
    """
    A completed milestone found wanting: it is to be done again.

    Attributes:
        milestone: Its id.
        reason: Why.
    """

    milestone: str
    reason: str

    is_move = True

    @property
    def message(self) -> Message:
        """
        What happened, as a code with its facts.
        """
        facts = {"milestone": self.milestone, "reason": self.reason}
        return Message.of("entry.reopened", at=self.at, **facts)


@attrs.frozen(kw_only=True)
class EventEntry(Entry):
    """
    An event that deadlines count from; ``at`` is the day it counts as having happened.

    Attributes:
        event: Its name.
    """

    event: str

    @property
    def message(self) -> Message:
        """
        What happened, as a code with its facts.
        """
        return Message.of("entry.event", at=self.at, event=self.event)


@attrs.frozen(kw_only=True)
class AdjustmentEntry(Entry):
    """
    An extension, suspension, restart or override of a milestone's deadline.

    Attributes:
        milestone: Its id.
        adjustment: What was decided.
    """

    milestone: str
    adjustment: Adjustment

    @property
    def effective_on(self) -> date:
        """
        The day from which the decision counts.
        """
        return effective_on(self.adjustment)

    @property
    def message(self) -> Message:
        """
        What happened, as a code with its facts.
        """
        facts = {"milestone": self.milestone, "adjustment": str(self.adjustment)}
        return Message.of("entry.adjusted", at=self.at, **facts)
