"""
What may contradict itself within a row and between the rows of a list.

The functions take parts and not whole values, so that a document with mistakes is checked as far
as it could be read: ``None`` stands for a part that could not be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .messages import Message
from .problems import Problem, twice

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .requirements import Milestone, Service
    from .stages import Stage, StagePath
    from .texts import OriginalText
    from .units import Responsibility

__all__ = ["id_problems", "inheritance_problems", "row_problems"]


def row_problems(
    *,
    problems: OriginalText | None,
    requirement: OriginalText | None,
    milestones: Sequence[Milestone | None],
    services: Sequence[Service | None],
    unit_cell: OriginalText | None,
    inherited_from: str | None,
    responsibilities: Sequence[Responsibility | None],
    path: StagePath | None,
) -> Iterator[Problem]:
    """
    Find what contradicts itself in a row; ``None`` stands for a part that could not be read.
    """
    first_of: dict[Stage, int] = {}
    for n, milestone in enumerate(milestones):
        stage = None if milestone is None else milestone.stage
        if stage is not None and path is not None and stage not in path:
            yield Problem.of(f"milestones[{n}].stage", "problem.stage-off-path", stage, path=path)
        if stage is not None:
            # A stage is reached once, so one deadline judges it: two are an Earliest or a Latest.
            first = first_of.setdefault(stage, n)
            if first != n:
                facts = {"first": f"milestones[{first}]"}
                yield Problem.of(f"milestones[{n}].stage", "problem.stage-twice", stage, **facts)
    for n, service in enumerate(services):
        if service is not None and problems is not None and requirement is not None:
            texts = (problems.restored, requirement.restored)
            if not any(service.text in text for text in texts):
                where = Message.of("where.problems-or-requirement")
                yield Problem.of(
                    f"services[{n}].text", "problem.words-absent", service.text, where=where
                )
    if unit_cell is not None and inherited_from is not None:
        yield Problem.of("inherited_from", "problem.inherits-and-prints", inherited_from)
    yield from _responsibility_problems(unit_cell, responsibilities)


def _responsibility_problems(
    cell: OriginalText | None, responsibilities: Sequence[Responsibility | None]
) -> Iterator[Problem]:
    placed = [
        (f"responsibilities[{n}]", r) for n, r in enumerate(responsibilities) if r is not None
    ]
    yield from twice("problem.unit-twice", ((place, each.unit) for place, each in placed))
    for place, each in placed:
        if cell is not None and each.printed not in cell.printed:
            where = Message.of("where.unit-cell")
            yield Problem.of(place, "problem.words-absent", each.printed, where=where)


def id_problems(ids: Sequence[str | None]) -> Iterator[Problem]:
    """
    Find row ids that are used twice; ``None`` stands for one that could not be read.
    """
    placed = ((f"rows[{n}].id", each) for n, each in enumerate(ids) if each is not None)
    return twice("problem.id-twice", placed)


def inheritance_problems(
    ids: Sequence[str | None], inherited_from: Sequence[str | None]
) -> Iterator[Problem]:
    """
    Find rows that inherit from nowhere or from another heir, given the rows' ids and sources.
    """
    sources = dict(zip(ids, inherited_from, strict=True))
    for n, source in enumerate(inherited_from):
        place = f"rows[{n}].inherited_from"
        if source is not None and source not in sources:
            yield Problem.unknown(place, "row", source, (each for each in ids if each is not None))
        elif source is not None and sources[source] is not None:
            yield Problem.of(place, "problem.inherits-from-heir", source)
