"""
What a row demands: its dated milestones and its standing services.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from .clauses import Act, Clause
from .deadlines import DeadlineRule
from .errors import InvalidValueError
from .fields import a_name, a_tuple_of
from .messages import Language, Message
from .problems import Problem, refuse, twice
from .stages import Stage
from .texts import OriginalText

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .source import Doubt

__all__ = ["Milestone", "Requirement", "Service", "requirement_problems"]


_OTHER = Act.OTHER  # found once: finding a member costs more than all the rest
_ACTS = {
    Stage.SELF_CHECKED: Act.SELF_CHECK,
    Stage.RECTIFIED: Act.RECTIFY,
    Stage.TEMPLATED: Act.TEMPLATE,
    Stage.ONGOING: Act.SUSTAIN,
}


def _stage(value: Stage | str | None) -> Stage | None:
    if value is None or type(value) is Stage:
        return value
    try:
        return Stage(value)
    except ValueError:
        expected = "None or one of " + ", ".join(Stage)
        raise InvalidValueError("Milestone.stage", value, expected) from None


def _act(value: Act | str) -> Act:
    if type(value) is Act:
        return value
    try:
        return Act(value)
    except ValueError:
        raise InvalidValueError("Milestone.act", value, "one of " + ", ".join(Act)) from None


def _a_rule(instance: object, _field: object, value: DeadlineRule) -> None:
    if not isinstance(value, DeadlineRule):
        what = f"{type(instance).__name__}.rule"
        raise InvalidValueError(what, value, "a deadline rule, e.g. FixedDate(date(2020, 6, 30))")


@attrs.frozen(kw_only=True)
class Milestone:
    """
    A part of a requirement that is to be done by its own deadline.

    Attributes:
        stage: The stage it is the deadline of; ``None`` for a dated part that is no stage.
        id: Unique in its row; the stage's value where it is not given.
        act: What is to be done; the stage's own act where it is not given, else ``other``.
        rule: When.
        text: The words of the restored requirement that demand it.
        span: Where the words stand in the printed requirement, first included and last
            excluded; ``None`` if not known.  It says nothing about what is demanded, so that
            it plays no part in comparison.

    >>> from datetime import date
    >>> from rectiflow.deadlines import FixedDate
    >>> june = FixedDate(date(2020, 6, 30))
    >>> milestone = Milestone(stage="rectified", rule=june, text="完成整改")
    >>> milestone.id, str(milestone.act)
    ('rectified', 'rectify')
    """

    stage: Stage | None = attrs.field(default=None, converter=_stage)
    id: str = attrs.field(
        default=attrs.Factory(lambda self: "" if self.stage is None else self.stage.value, True)  # noqa: FBT003 -- attrs' own takes_self
    )
    act: Act = attrs.field(
        default=attrs.Factory(lambda self: _ACTS.get(self.stage, _OTHER), True),  # noqa: FBT003 -- attrs' own takes_self
        converter=_act,
    )
    rule: DeadlineRule = attrs.field(validator=_a_rule)
    text: str = attrs.field(validator=a_name)
    span: tuple[int, int] | None = attrs.field(default=None, eq=False)

    def __attrs_post_init__(self) -> None:
        """
        Check that the id is there and does not name another stage.
        """
        if self.stage is _ASSIGNED:
            expected = "a stage after assigned, which is where every row begins"
            raise InvalidValueError("Milestone.stage", self.stage.value, expected)
        if not self.id or self.id != self.id.strip():
            expected = "a name; only the milestone of a stage may leave it out"
            raise InvalidValueError("Milestone.id", self.id, expected)
        if self.id != self.stage and self.id in _STAGE_NAMES:
            expected = f"another name, or the stage {self.id} with it"
            raise InvalidValueError("Milestone.id", self.id, expected)


_ASSIGNED = Stage.ASSIGNED  # found once: finding a member costs more than all the rest
_STAGE_NAMES = frozenset(stage.value for stage in Stage)


@attrs.frozen(kw_only=True)
class Service:
    """
    A standing service: something owed again and again, each time within its own limit.

    Attributes:
        id: Unique in its row, among milestones too.
        rule: When, counted from each event.
        text: The words of the restored requirement or problems that promise it.
    """

    id: str = attrs.field(validator=a_name)
    rule: DeadlineRule = attrs.field(validator=_a_rule)
    text: str = attrs.field(validator=a_name)


@attrs.frozen(kw_only=True)
class Requirement:
    """
    What is to be done by when (完成时限及要求).

    Attributes:
        text: The cell.
        milestones: In the order in which they are to be reached.
        services: Standing services; one may be promised in the row's problems instead.
        clauses: How the text was read, if it was; it says nothing about what is demanded that
            the milestones do not, so that it plays no part in comparison.
        passed: What looks like a deadline in the text and is none, each with the reason; no part
            of comparison either.

    Raises:
        InconsistentValueError: If ids repeat or a milestone's words are not in the text.

    >>> import rectiflow as rf
    >>> found = rf.read_requirement("2020年6月30日前完成整改，并持续推进。")
    >>> [(milestone.id, str(milestone.rule)) for milestone in found.milestones]
    [('rectified', 'FixedDate(2020-06-30)'), ('ongoing', 'StandingDuty()')]
    """

    text: OriginalText
    milestones: tuple[Milestone, ...] = attrs.field(default=(), validator=a_tuple_of(Milestone))
    services: tuple[Service, ...] = attrs.field(default=(), validator=a_tuple_of(Service))
    clauses: tuple[Clause, ...] = attrs.field(
        default=(), validator=a_tuple_of(Clause), eq=False, repr=False
    )
    passed: tuple[Message, ...] = attrs.field(
        default=(), validator=a_tuple_of(Message), eq=False, repr=False
    )

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """
        What its clauses leave unclear, each doubt once, in the order of the text.
        """
        return tuple(dict.fromkeys(doubt for each in self.clauses for doubt in each.doubts))

    def explain(self, lang: Language = "en") -> str:
        """
        Tell clause by clause which words gave which reading, and what only looks like a deadline.
        """
        told = [each.explain(self.text.printed, lang) for each in self.clauses]
        return "\n".join([*told, *(each.text(lang) for each in self.passed)])

    def __attrs_post_init__(self) -> None:
        """
        Check the parts against one another.
        """
        refuse("Requirement", requirement_problems(self.text, self.milestones, self.services))


def requirement_problems(
    text: OriginalText | None,
    milestones: Sequence[Milestone | None],
    services: Sequence[Service | None],
) -> Iterator[Problem]:
    """
    Find what contradicts itself; ``None`` stands for a part that could not be read.
    """
    ids = [part.id for part in (*milestones, *services) if part is not None]
    if len(ids) != len(set(ids)):
        # Places are written only where there is something to report.
        placed = [(f"milestones[{n}].id", part) for n, part in enumerate(milestones)]
        promised = [(f"services[{n}].id", part) for n, part in enumerate(services)]
        named = ((place, part.id) for place, part in (*placed, *promised) if part is not None)
        yield from twice("problem.id-twice", named)
    if text is None:
        return
    for n, part in enumerate(milestones):
        if part is None:
            continue
        if part.text not in text.restored:
            where = Message.of("where.requirement")
            yield Problem.of(
                f"milestones[{n}].text", "problem.words-absent", part.text, where=where
            )
        length = len(text.printed)
        if part.span is not None and not 0 <= part.span[0] < part.span[1] <= length:
            place = f"milestones[{n}].span"
            yield Problem.of(place, "problem.span-outside", part.span, most=length)
