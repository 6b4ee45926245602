"""
A family of laws: those that belong to one kind of thing, run together or made into tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import attrs

from rectiflow.errors import InvalidValueError, UnknownNameError

from .law import Law
from .watched import Part

__all__ = ["LawFamily"]


def _same(target: Any) -> Any:  # noqa: ANN401 -- the subject is the target
    return target


def _laws(given: Iterable[Law]) -> tuple[Law, ...]:
    return tuple(given)


@attrs.frozen(kw_only=True)
class LawFamily:
    """
    Laws of one kind of thing.

    Attributes:
        name: What kind, e.g. ``"calendar"``.
        parts: What a thing under test offers; ``None`` to take any part it has.
        laws: The laws, in the order of a report.
        prepare: From the watched target to the subject that laws are given; the target itself
            if not said.
        fresh: Whether the target is a maker, called anew for every case, since what it makes
            changes: a store.
        makes_classes: Whether a class stands for what it makes; if not, it is itself the thing.
        retired: Ids of laws that were given up, so that none comes back as another.

    Raises:
        InvalidValueError: If two laws have one id, or one has the id of a retired law.
    """

    name: str
    parts: Mapping[str, Part] | None = attrs.field(default=None, repr=False)
    laws: tuple[Law, ...] = attrs.field(converter=_laws, repr=lambda laws: f"<{len(laws)} laws>")
    prepare: Callable[[Any], Any] = attrs.field(default=_same, repr=False)
    fresh: bool = False
    makes_classes: bool = True
    retired: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        """
        Check that no id stands twice.
        """
        taken = list(self.retired)
        for law in self.laws:
            if law.id in taken:
                raise InvalidValueError("LawFamily.laws", law.id, "an id that was never used")
            taken.append(law.id)

    def __iter__(self) -> Iterator[Law]:
        """
        Go through the laws.
        """
        return iter(self.laws)

    def __len__(self) -> int:
        """
        Count the laws.
        """
        return len(self.laws)

    def __getitem__(self, law_id: str) -> Law:
        """
        Give a law by its id.

        Raises:
            UnknownNameError: If there is none.
        """
        for law in self.laws:
            if law.id == law_id:
                return law
        raise UnknownNameError.among("law", law_id, (law.id for law in self.laws))

    def only(self, *law_ids: str) -> LawFamily:
        """
        Give the family with these laws alone.

        Raises:
            UnknownNameError: If there is no such law.
        """
        return attrs.evolve(self, laws=[self[each] for each in law_ids])

    def without(self, *law_ids: str) -> LawFamily:
        """
        Give the family without these laws.

        Raises:
            UnknownNameError: If there is no such law.
        """
        left = {self[each].id for each in law_ids}
        return attrs.evolve(self, laws=[law for law in self.laws if law.id not in left])

    def plus(self, *laws: Law) -> LawFamily:
        """
        Give the family with more laws, your own.
        """
        return attrs.evolve(self, laws=(*self.laws, *laws))

    def as_of(self, edition: str) -> LawFamily:
        """
        Give the family as it was in an edition: with the laws of that one and of earlier ones.

        Raises:
            InvalidValueError: If no law came with that edition.
        """
        editions = sorted({law.edition for law in self.laws}, key=int)
        if edition not in editions:
            expected = "one of " + ", ".join(editions)
            raise InvalidValueError("edition", edition, expected)
        return attrs.evolve(
            self, laws=[law for law in self.laws if int(law.edition) <= int(edition)]
        )

    def tests(
        self,
        target: Any,  # noqa: ANN401 -- whatever is to be tried
        *,
        excused: Mapping[str, str] | None = None,
        edition: str = "1",
        examples: int = 200,
        seed: int = 0,
        seconds: float = 2.0,
    ) -> type:
        """
        Make a pytest class with one test a law.

        Args:
            target: The thing under test, or a class or function that makes it; see
                :func:`~rectiflow.testing.laws.checking.check`.
            excused: Law to the reason why it may be broken here.  Strict both ways: an excused
                law that holds fails, and so does one that is not asked, or cannot be judged
                since the target lacks a part, raises or loops.
            edition: The edition of the family to be held to; a later one asks nothing more of
                who pins this.
            examples: How many cases a law is tried on.
            seed: What they are drawn with.
            seconds: How long one question may take.

        Raises:
            UnknownNameError: If an excused law is none of this edition.
            InvalidValueError: If a reason is empty, or there is no such edition.
        """
        # The maker of tests runs families, so it stands above them.
        from .tests import tests_of  # noqa: PLC0415 -- see above

        return tests_of(
            self.as_of(edition),
            target,
            dict(excused or {}),
            examples=examples,
            seed=seed,
            seconds=seconds,
        )
