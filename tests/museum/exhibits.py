"""
An exhibit: one mistake, how it is made, and whether the laws catch it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import attrs

from rectiflow.testing import LawFamily, LawOutcome
from rectiflow.testing.laws.checking import Trial

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectiflow.testing import Law

__all__ = ["Exhibit", "caught_by", "is_caught"]


@attrs.frozen(kw_only=True)
class Exhibit:
    """
    A planted bug.

    Attributes:
        name: A word for it, unique in its family.
        says: What is done wrong, in one sentence.
        family: The laws that must catch it.
        law: The id of the law that is expected to; it is asked first.
        make: Makes the broken thing.
        patches: Functions to be replaced meanwhile, as owner, name and replacement.
        equivalent: Why no law can catch it, for code that looks wrong and is not.
    """

    name: str
    says: str
    family: LawFamily = attrs.field(repr=False)
    law: str
    make: Callable[[], Any] = attrs.field(repr=False)
    patches: tuple[tuple[Any, str, Any], ...] = attrs.field(default=(), repr=False)
    equivalent: str = ""

    @property
    def id(self) -> str:
        """
        Its name with that of its family.
        """
        return f"{self.family.name}.{self.name}"


def caught_by(exhibit: Exhibit, seed: int, *, examples: int = 200) -> list[str]:
    """
    Name every law that catches an exhibit.
    """
    return list(_catching(exhibit, list(exhibit.family), seed, examples))


def is_caught(exhibit: Exhibit, seed: int, *, examples: int = 200) -> bool:
    """
    Say whether any law catches an exhibit; the expected one is asked first.
    """
    laws = sorted(exhibit.family, key=lambda law: law.id != exhibit.law)
    return next(_catching(exhibit, laws, seed, examples), None) is not None


def _catching(exhibit: Exhibit, laws: list[Law], seed: int, examples: int) -> Iterator[str]:
    with ExitStack() as stack:
        for owner, name, replacement in exhibit.patches:
            stack.enter_context(patch.object(owner, name, replacement))
        trial = Trial(
            exhibit.family,
            exhibit.make(),
            examples=examples,
            seed=seed,
            # No exhibit loops, and a machine that is busy shall not be taken for a mistake.
            seconds=60,
            shrinks=False,
        )
        for law in laws:
            # A run that showed too little, or tried nothing, has found no mistake.
            if trial.run(law).outcome is LawOutcome.BROKEN:
                yield law.id
