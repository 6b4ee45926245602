"""
The five stages of an assignment, what moves it, and the path a row demands.
"""

from __future__ import annotations

from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs

from .errors import InvalidValueError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "FORWARD",
    "Stage",
    "StagePath",
    "Trigger",
    "as_stage",
    "as_trigger",
]


class Stage(StrEnum):
    """
    Where an assignment stands; an earlier stage is less than a later one.
    """

    ASSIGNED = "assigned"
    """已交办"""
    SELF_CHECKED = "self_checked"
    """已自查"""
    RECTIFIED = "rectified"
    """已整改"""
    TEMPLATED = "templated"
    """已模板化"""
    ONGOING = "ongoing"
    """持续推进"""

    # A text would be compared by its letters, and "assigned" < "ongoing" < "rectified" is no order.

    def __lt__(self, other: object) -> bool:
        """
        Say whether it comes before *other*.
        """
        return _RANK[self] < _rank(other)

    def __le__(self, other: object) -> bool:
        """
        Say whether it comes before *other* or is it.
        """
        return _RANK[self] <= _rank(other)

    def __gt__(self, other: object) -> bool:
        """
        Say whether it comes after *other*.
        """
        return _RANK[self] > _rank(other)

    def __ge__(self, other: object) -> bool:
        """
        Say whether it comes after *other* or is it.
        """
        return _RANK[self] >= _rank(other)


_RANK = {stage: rank for rank, stage in enumerate(Stage)}


def _rank(other: object) -> int:
    # NotImplemented would let Python fall back to comparing texts by their letters.
    rank: int | None = _RANK.get(other) if isinstance(other, str) else None  # type: ignore[call-overload]  # a text finds its stage
    if rank is None:
        raise TypeError(f"a stage cannot be compared with {other!r}")
    return rank


class Trigger(StrEnum):
    """
    What moves an assignment.
    """

    SELF_CHECK = "self_check"
    """自查"""
    RECTIFY = "rectify"
    """整改"""
    TEMPLATE = "template"
    """模板化"""
    SUSTAIN = "sustain"
    """持续推进"""
    SEND_BACK = "send_back"
    """退回"""


FORWARD: dict[Trigger, Stage] = {
    Trigger.SELF_CHECK: Stage.SELF_CHECKED,
    Trigger.RECTIFY: Stage.RECTIFIED,
    Trigger.TEMPLATE: Stage.TEMPLATED,
    Trigger.SUSTAIN: Stage.ONGOING,
}
"""Where each trigger but ``send_back`` leads."""


@attrs.frozen
class StagePath:
    """
    The stages that a row demands, in order, from assigned on.

    Attributes:
        stages: ``assigned`` first; none twice.

    Raises:
        InvalidValueError: If they do not begin with ``assigned`` or are not in order.

    >>> path = StagePath.of(Stage.RECTIFIED, Stage.ONGOING)
    >>> str(path)
    'assigned → rectified → ongoing'
    >>> Stage.TEMPLATED in path
    False
    """

    stages: tuple[Stage, ...]
    # What comes after a stage is asked at every step.
    _next: dict[Stage, Stage | None] = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """
        Check that the stages begin with assigned and go on in order.
        """
        given = self.stages
        if (
            not isinstance(given, tuple)
            or not given
            or not all(isinstance(stage, Stage) for stage in given)
            or given[0] is not Stage.ASSIGNED
            or any(one >= other for one, other in pairwise(given))
        ):
            expected = "stages in their order, each once, assigned first"
            raise InvalidValueError("StagePath.stages", given, expected)
        later = {one: next((s for s in given if s > one), None) for one in Stage}
        object.__setattr__(self, "_next", later)

    @classmethod
    def of(cls, *stages: Stage | str) -> StagePath:
        """
        Make a path of the stages after ``assigned``, which may be left out.
        """
        known = [stage.value for stage in Stage]
        for stage in stages:
            if stage not in known:
                raise UnknownNameError.among("stage", stage, known)
        given = [Stage(stage) for stage in stages]
        return cls(tuple(given if given[:1] == [Stage.ASSIGNED] else [Stage.ASSIGNED, *given]))

    def demanded_between(self, one: Stage, other: Stage) -> tuple[Stage, ...]:
        """
        Give the stages of the path strictly between two, neither included.
        """
        return tuple(stage for stage in self.stages if one < stage < other)

    def next_after(self, stage: Stage) -> Stage | None:
        """
        Give the first stage of the path after *stage*; ``None`` after its last.
        """
        return self._next[stage]

    def __iter__(self) -> Iterator[Stage]:
        """
        Go through the stages in order.
        """
        return iter(self.stages)

    def __len__(self) -> int:
        """
        Count the stages, assigned included.
        """
        return len(self.stages)

    def __contains__(self, stage: object) -> bool:
        """
        Say whether the path demands a stage.
        """
        return stage in self.stages

    def __str__(self) -> str:
        """
        Write the path with arrows.
        """
        return " → ".join(self.stages)


def as_stage(value: Stage | str) -> Stage:
    """
    Read a stage from its value.

    Raises:
        UnknownNameError: If there is none, with the nearest.
    """
    try:
        return Stage(value)
    except ValueError:
        raise UnknownNameError.among("stage", value, Stage) from None


def as_trigger(value: Trigger | str) -> Trigger:
    """
    Read a trigger from its value.

    Raises:
        UnknownNameError: If there is none, with the nearest.
    """
    try:
        return Trigger(value)
    except ValueError:
        raise UnknownNameError.among("trigger", value, Trigger) from None
