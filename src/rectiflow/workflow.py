"""
The stages' rules in force: the machine's table with the house's guards and a caller's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import attrs

from .errors import InvalidValueError
from .guards import HOUSE_GUARDS, Guard, in_time_order
from .history import StageEntry
from .machine import as_reasons, stage_machine
from .messages import Message
from .moments import CHINA_TIME, Moment, check_moment
from .stages import FORWARD, Stage, StagePath, Trigger, as_stage, as_trigger
from .steps import Step, TransitionRefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

T = TypeVar("T")

__all__ = ["HasHistory", "Hook", "Workflow"]


Hook = Callable[[Step, StageEntry], object]
"""Runs after a step was accepted and before it is kept; raising keeps nothing."""


_ANY_REASON = "-"
_MACHINE = stage_machine()
_BACK = Trigger.SEND_BACK


class HasHistory(Protocol):
    """
    What :meth:`Workflow.step` asks of a caller's own object.

    Attributes:
        stage: A :class:`Stage` or its value as a text; it is set to the same kind.
        history: What has ``append`` and can be iterated; each record has ``at``.
    """

    stage: Any
    history: Any


def _guards(given: Iterable[Guard]) -> tuple[Guard, ...]:
    return _functions(given, "guards")


def _hooks(given: Iterable[Hook]) -> tuple[Hook, ...]:
    return _functions(given, "hooks")


def _functions(given: Iterable[T], name: str) -> tuple[T, ...]:
    functions = tuple(given) if isinstance(given, Iterable) else (given,)
    for each in functions:
        if not callable(each) or not isinstance(given, Iterable):
            raise InvalidValueError(f"Workflow.{name}", each, "a list of functions")
    return functions


@attrs.frozen(kw_only=True)
class Workflow:
    """
    What a step must satisfy, and what runs after it.

    Attributes:
        guards: A caller's own guards, asked after the house's; every reason is collected.
        hooks: A caller's own after-step hooks.  They run once a whole batch is accepted and
            before any of it is kept; one that raises leaves everything as it was.

    >>> def only_the_district(step):
    ...     if step.by != "区政府办公室":
    ...         return Message.of("our.not-the-district", by=step.by)
    >>> Workflow(guards=[only_the_district]).guards == (only_the_district,)
    True
    """

    guards: tuple[Guard, ...] = attrs.field(default=(), converter=_guards)
    hooks: tuple[Hook, ...] = attrs.field(default=(), converter=_hooks)
    _all_guards: tuple[Guard, ...] = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """
        Join the guards to the house's.
        """
        object.__setattr__(self, "_all_guards", HOUSE_GUARDS + self.guards)

    def take(self, step: Step) -> Stage:
        """
        Give the stage that *step* leads to.

        Raises:
            TransitionRefusedError: With every reason that stands against it.
        """
        trigger = step.trigger
        # A forward trigger has one target; only send_back has to say which it means.
        to = step.target if trigger is _BACK else None
        reached, reasons = _MACHINE.fire(step.stage, trigger, to, step, self._all_guards)
        if reached is not None:
            return reached  # type: ignore[return-value]  # the table's states are stages
        # What may be done is asked as of now, also where the step asked for lies in the past.
        now = step if in_time_order(step) is None else step._replace(at=step.last_at)
        raise TransitionRefusedError(
            trigger=trigger,
            stage=step.stage,
            reasons=reasons or self._against_the_table(step),
            allowed=tuple(t for t, against in self.allowed(now).items() if not against),
            subject=_named(step.subject),
        )

    def allowed(self, step: Step) -> Mapping[Trigger, tuple[Message, ...]]:
        """
        Say of each trigger what stands against it now; ``()`` where nothing does.

        A ``send_back`` is judged as if it had a reason, to the stage before on the path.

        Args:
            step: Who, when and where; its trigger and target do not matter.
        """
        before = [stage for stage in step.path if stage < step.stage]
        back = step._replace(
            trigger=Trigger.SEND_BACK,
            target=before[-1] if before else Stage.ASSIGNED,
            reason=step.reason or _ANY_REASON,
        )
        forward = (step._replace(trigger=t, target=to) for t, to in FORWARD.items())
        return {each.trigger: self._against(each) for each in (*forward, back)}

    def step(
        self,
        subject: HasHistory,
        trigger: Trigger | str,
        *,
        path: StagePath,
        at: Moment,
        to: Stage | str | None = None,
        reason: str = "",
        by: str = "",
        note: str = "",
        record: Callable[[Any, StageEntry], object] | None = None,
        zone: tzinfo = CHINA_TIME,
    ) -> StageEntry:
        """
        Move a caller's own object, which need not inherit from anything.

        Args:
            subject: Has ``stage`` and ``history``; see :class:`HasHistory`.
            trigger: What to do.
            path: The stages that its row demands.
            at: When.
            to: Where to, for ``send_back`` only.
            reason: Why, for ``send_back``.
            by: Who.
            note: Anything worth saying.
            record: Writes the entry down: ``record(subject, entry)``; by default the entry is
                appended to ``subject.history``.
            zone: The time zone that days are meant in.

        Returns:
            The entry that was recorded.

        Raises:
            TransitionRefusedError: With every reason; *subject* is as it was.
            InvalidValueError: If *at* is a naive ``datetime`` or no time at all.
        """
        check_moment("at", at)
        found = subject.stage
        stage = as_stage(found)
        wanted = as_trigger(trigger)
        times = [entry.at for entry in subject.history]
        asked = Step(
            trigger=wanted,
            stage=stage,
            target=FORWARD.get(wanted) if to is None else as_stage(to),
            path=path,
            at=at,
            last_at=times[-1] if times else None,
            by=by,
            note=note,
            reason=reason,
            subject=subject,
            zone=zone,
        )
        reached = self.take(asked)
        entry = StageEntry(
            at=at,
            by=by,
            note=note,
            trigger=wanted,
            from_stage=stage,
            to_stage=reached,
            reason=reason,
        )
        for hook in self.hooks:
            hook(asked, entry)
        # The object is the caller's: its stage is put back if the record cannot be written.
        subject.stage = reached if isinstance(found, Stage) else reached.value
        try:
            if record is None:
                subject.history.append(entry)
            else:
                record(subject, entry)
        except BaseException:
            subject.stage = found
            raise
        return entry

    def _against(self, step: Step) -> tuple[Message, ...]:
        to = step.target if step.trigger is _BACK else None
        reached, reasons = _MACHINE.fire(step.stage, step.trigger, to, step, self._all_guards)
        return reasons if reached is not None or reasons else self._against_the_table(step)

    def _against_the_table(self, step: Step) -> tuple[Message, ...]:
        # The table has no such move: the guards are asked all the same, so that every reason
        # is told at once.
        found = [_missing_move(step)]
        for guard in self._all_guards:
            found += as_reasons(guard, guard(step))
        return tuple(found)


def _missing_move(step: Step) -> Message:
    if step.trigger is _BACK:
        if step.target is None or step.stage is Stage.ASSIGNED:
            return Message.of("refused.nowhere-back", stage=step.stage)
        return Message.of("refused.not-backwards", target=step.target, stage=step.stage)
    return Message.of("refused.not-forward", target=step.target, stage=step.stage)


def _named(subject: object) -> str:
    name = getattr(subject, "label", "")
    return name if isinstance(name, str) else ""
