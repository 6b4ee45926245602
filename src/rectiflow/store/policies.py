"""
Who may do what: a policy is asked about every act before anything is judged or written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import ClassVar

import attrs

from rectiflow.assignments import Assignment
from rectiflow.deadlines import Extension, ExtensionUntil, Override, Restart, Suspension
from rectiflow.errors import InvalidValueError, RectiflowError
from rectiflow.machine import as_reasons
from rectiflow.messages import Language, Message
from rectiflow.moves import Move
from rectiflow.names import folded
from rectiflow.refusals import Fact
from rectiflow.stages import FORWARD, Trigger

from .actors import Actor, OfficeRole

__all__ = [
    "OFFICE_RULES",
    "NotPermittedError",
    "OfficeAct",
    "Permission",
    "Policy",
    "RefusedAct",
    "Request",
    "act_of",
]


class OfficeAct(StrEnum):
    """
    What may be permitted or refused; every way of writing asks for one of these.
    """

    OPEN = "open"
    """Open a ledger, with what another system holds of it."""
    ADVANCE = "advance"
    """Move an assignment to a later stage."""
    COMPLETE = "complete"
    """Complete a dated milestone that is no stage."""
    RECORD = "record"
    """Write down an event that deadlines count from."""
    SEND_BACK = "send_back"
    REOPEN = "reopen"
    EXTEND = "extend"
    SUSPEND = "suspend"
    RESTART = "restart"
    OVERRIDE = "override"
    CONFIRM = "confirm"
    """Find done what was reported done (as 验收, or 销号)."""
    SETTLE = "settle"
    """Decide doubts of the list."""
    CHANGE_ROSTER = "change_roster"
    MIGRATE = "migrate"
    """Replace list, calendar or workflow by another version."""
    REMIND = "remind"
    """Put reminders into the outbox, and take them out."""


@attrs.frozen(kw_only=True)
class Request:
    """
    What a policy is asked: whether this actor may do this.

    Attributes:
        actor: Who asks.
        act: What for.
        assignment: About which assignment, as it stands; ``None`` for the whole ledger.
        move: The line that was asked for, if it is one.
        done_by: Who did what is to be confirmed; empty for every other act.
    """

    actor: Actor
    act: OfficeAct
    assignment: Assignment | None = None
    move: Move | None = None
    done_by: tuple[str, ...] = ()


Permission = Callable[[Request], Message | Iterable[Message] | None]
"""Says what stands against a request; nothing if it may be."""


@attrs.frozen(kw_only=True)
class RefusedAct:
    """
    One act that the policy refuses.

    Attributes:
        line: Its place in the request, from 0 on.
        act: What was asked for.
        subject: About which assignment, in words; empty for the whole ledger.
        reasons: Every reason, each a message with a stable code; at least one.
    """

    line: int
    act: OfficeAct
    subject: str
    reasons: tuple[Message, ...]

    @property
    def message(self) -> Message:
        """
        The refusal as a code with its facts.
        """
        code = "refused-act" if self.subject else "refused-act.ledger"
        return Message.of(code, line=self.line + 1, act=self.act, subject=self.subject)


@attrs.define(slots=False, eq=False, repr=False, kw_only=True)
class NotPermittedError(RectiflowError, ValueError):
    """
    A request with something that its actor may not do.

    Each such act was written down as an attempt, and nothing else was.

    Attributes:
        person: Who asked.
        refused: Every act that is refused, in order; at least one.
    """

    code: ClassVar[str] = "error.not-permitted"

    person: str
    refused: tuple[RefusedAct, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """
        The stable codes of all reasons.
        """
        return tuple(reason.code for each in self.refused for reason in each.reasons)

    def text(self, lang: Language = "en") -> str:
        """
        Write the refusal: each act with its reasons, a line for each.
        """
        lines = [self.message.text(lang)]
        for each in self.refused:
            lines.append("- " + each.message.text(lang))
            lines += ("  - " + reason.text(lang) for reason in each.reasons)
        return "\n".join(lines)


_OF_MOVE: dict[Trigger | Fact, OfficeAct] = {
    **dict.fromkeys(FORWARD, OfficeAct.ADVANCE),
    Trigger.SEND_BACK: OfficeAct.SEND_BACK,
    Fact.COMPLETE: OfficeAct.COMPLETE,
    Fact.REOPEN: OfficeAct.REOPEN,
    Fact.RECORD: OfficeAct.RECORD,
}
_OF_ADJUSTMENT: dict[type, OfficeAct] = {
    Extension: OfficeAct.EXTEND,
    ExtensionUntil: OfficeAct.EXTEND,
    Suspension: OfficeAct.SUSPEND,
    Restart: OfficeAct.RESTART,
    Override: OfficeAct.OVERRIDE,
}


def act_of(move: Move) -> OfficeAct:
    """
    Say what a line of a batch asks for.
    """
    if move.adjustment is not None:
        return _OF_ADJUSTMENT[type(move.adjustment)]
    return _OF_MOVE[move.trigger]


_RESPONSIBLE, _SUPERVISOR, _SYSTEM = OfficeRole
_MAY: dict[OfficeAct, tuple[OfficeRole, ...]] = {
    OfficeAct.OPEN: (_SUPERVISOR, _SYSTEM),
    OfficeAct.ADVANCE: (_RESPONSIBLE,),
    OfficeAct.COMPLETE: (_RESPONSIBLE,),
    OfficeAct.RECORD: (_RESPONSIBLE, _SUPERVISOR, _SYSTEM),
    OfficeAct.SEND_BACK: (_SUPERVISOR,),
    OfficeAct.REOPEN: (_SUPERVISOR,),
    OfficeAct.EXTEND: (_SUPERVISOR,),
    OfficeAct.SUSPEND: (_SUPERVISOR,),
    OfficeAct.RESTART: (_SUPERVISOR,),
    OfficeAct.OVERRIDE: (_SUPERVISOR,),
    OfficeAct.CONFIRM: (_SUPERVISOR,),
    OfficeAct.SETTLE: (_SUPERVISOR,),
    OfficeAct.CHANGE_ROSTER: (_SUPERVISOR,),
    OfficeAct.MIGRATE: (_SUPERVISOR,),
    OfficeAct.REMIND: (_SUPERVISOR, _SYSTEM),
}


def in_a_fitting_role(request: Request) -> Message | None:
    """
    Hold that the supervising office decides, the responsible unit does, and nobody without a role.
    """
    wanted, roles = _MAY[request.act], request.actor.roles
    if not roles:
        return Message.of("policy.no-role", person=request.actor.person, wanted=wanted)
    if not any(role in wanted for role in roles):
        return Message.of("policy.other-role", roles=_words(roles), wanted=wanted)
    return None


def for_ones_own_unit(request: Request) -> Message | None:
    """
    Hold that only the responsible unit itself moves its assignment forward or reports on it.
    """
    assignment, act = request.assignment, request.act
    if assignment is None or _RESPONSIBLE not in _MAY[act]:
        return None
    others = set(_MAY[act]) - {_RESPONSIBLE}
    if others.intersection(request.actor.roles) or _is_of(request.actor, assignment):
        return None
    return Message.of("policy.other-unit", unit=request.actor.unit, owner=assignment.unit.name)


def not_ones_own_work(request: Request) -> Message | None:
    """
    Hold that nobody confirms what they did themselves, nor what their own unit answers for.
    """
    if request.act is not OfficeAct.CONFIRM or request.assignment is None:
        return None
    # Who did it may be said by a free text: a blank more or another bracket hides nobody.
    if _as_told(request.actor.person) in map(_as_told, request.done_by):
        return Message.of("policy.own-move", person=request.actor.person)
    if _is_of(request.actor, request.assignment):
        return Message.of("policy.own-unit", unit=request.actor.unit)
    return None


OFFICE_RULES: tuple[Permission, ...] = (in_a_fitting_role, for_ones_own_unit, not_ones_own_work)
"""The house's rules: fitting role, own unit, separation of duties."""


def _words(roles: Iterable[str]) -> tuple[object, ...]:
    known = set(OfficeRole)
    return tuple(OfficeRole(role) if role in known else role for role in roles)


def _as_told(person: str) -> str:
    return "".join(folded(person).split())


def _is_of(actor: Actor, assignment: Assignment) -> bool:
    return folded(actor.unit) in map(folded, assignment.unit.names)


def _functions(given: Iterable[Permission]) -> tuple[Permission, ...]:
    rules = tuple(given) if isinstance(given, Iterable) else (given,)
    if not all(map(callable, rules)):
        raise InvalidValueError("Policy.rules", given, "a list of functions")
    return rules


@attrs.frozen
class Policy:
    """
    Rules that every request must satisfy; every reason against it is collected.

    Attributes:
        rules: Functions from a :class:`Request` to what stands against it.  An office gives its
            own instead, or besides: ``Policy((*OFFICE_RULES, ours))``.

    >>> Policy().objections(Request(actor=Actor("王五", "区司法局"), act=OfficeAct.MIGRATE))[0].code
    'policy.no-role'
    """

    rules: tuple[Permission, ...] = attrs.field(default=OFFICE_RULES, converter=_functions)

    def objections(self, request: Request) -> tuple[Message, ...]:
        """
        Collect every reason against a request; none if it is permitted.
        """
        found: list[Message] = []
        for rule in self.rules:
            answer = rule(request)
            if answer is not None:
                found += as_reasons(rule, answer)
        return tuple(found)
