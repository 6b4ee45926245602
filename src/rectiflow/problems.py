"""
What is wrong in a document or a compound value, each thing with its place, all at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import ClassVar, Self

import attrs

from .errors import InvalidValueError, RectiflowError, UnknownNameError
from .messages import Language, Message

__all__ = ["BadDocumentError", "InconsistentValueError", "Problem", "joined", "refuse", "twice"]

_LONGEST_SHOWN = 60


@attrs.frozen
class Problem:
    """
    One thing that is wrong.

    Attributes:
        place: The way to it by keys and positions, counted from 0, e.g.
            ``"rows[3].milestones[1].rule"``; empty for the document as a whole.
        code: What kind of problem it is; its sentence, which says the cure too, is in the
            message catalogues.
        value: What stands there; ``None`` where something is missing.
        facts: What else the sentence names.

    >>> problem = Problem.of("milestones[1].rule", "problem.missing-key")
    >>> problem.within("rows[3]").place
    'rows[3].milestones[1].rule'
    """

    place: str
    code: str
    value: object = None
    facts: Mapping[str, object] = attrs.field(factory=dict)

    @classmethod
    def of(cls, place: str, code: str, value: object = None, /, **facts: object) -> Self:
        """
        Make a problem with its facts given by name.
        """
        return cls(place, code, value, facts)

    @classmethod
    def unknown(cls, place: str, kind: str, name: object, known: Iterable[str]) -> Self:
        """
        Make the problem of a *name* that is none of *known*, suggesting the nearest of them.
        """
        nearest = UnknownNameError.among(kind, name, known).nearest
        code = "problem.unknown-name" if nearest else "problem.unknown-name.no-hint"
        return cls.of(place, code, name, kind=Message.of(f"kind.{kind}"), nearest=nearest)

    def within(self, place: str) -> Problem:
        """
        Put *place* before the problem's own, and before the place of what came first.
        """
        facts = dict(self.facts)
        if isinstance(first := facts.get("first"), str):
            facts["first"] = joined(place, first)
        return attrs.evolve(self, place=joined(place, self.place), facts=facts)

    @property
    def message(self) -> Message:
        """
        The problem as a code with its facts; of a long value only the beginning is shown.
        """
        place = self.place or Message.of("place.document")
        bare = self.value if isinstance(self.value, str) else repr(self.value)
        given = {"place": place, "value": _cut(bare), "shown": _cut(repr(self.value))}
        return Message.of(self.code, **(given | dict(self.facts)))

    def text(self, lang: Language = "en") -> str:
        """
        Write the problem in Chinese (``"zh"``) or English (``"en"``).
        """
        return self.message.text(lang)

    def __str__(self) -> str:
        """
        Write the problem in English.
        """
        return self.text("en")


def twice(
    code: str, placed: Iterable[tuple[str, str]], key: Callable[[str], str] = str
) -> Iterator[Problem]:
    """
    Find what is used twice among things that should be used once.

    Args:
        code: The problem's code.
        placed: Place and thing, in order.
        key: By what things are compared.
    """
    first_used: dict[str, str] = {}
    for place, thing in placed:
        if key(thing) in first_used:
            yield Problem.of(place, code, thing, first=first_used[key(thing)])
        else:
            first_used[key(thing)] = place


def joined(outer: str, inner: str) -> str:
    """
    Join two places.

    >>> joined("rows", "[3]"), joined("rows[3]", "id"), joined("", "rows")
    ('rows[3]', 'rows[3].id', 'rows')
    """
    dot = "." if outer and inner and not inner.startswith("[") else ""
    return f"{outer}{dot}{inner}"


@attrs.define(slots=False, eq=False, repr=False)
class BadDocumentError(RectiflowError, ValueError):
    """
    A document that cannot be read as what it should be.

    Attributes:
        problems: All of them, at least one, in the order of the document as far as possible.
        document: The file's name; empty if it was not read from a file.
    """

    code: ClassVar[str] = "error.bad-document"

    problems: tuple[Problem, ...]
    document: str = ""

    @property
    def message(self) -> Message:
        """
        The error as a code with its facts: how many problems there are.
        """
        document = self.document or Message.of("place.document")
        return Message.of(self.code, n=len(self.problems), document=document)

    def text(self, lang: Language = "en") -> str:
        """
        Write the error and then every problem on a line of its own.
        """
        return "\n".join((self.message.text(lang), *_lines(self.problems, lang)))


@attrs.define(slots=False, eq=False, repr=False)
class InconsistentValueError(InvalidValueError):
    """
    A value whose parts contradict one another.

    Attributes:
        problems: All of them, at least one; ``field``, ``value`` and ``expected`` are the first's.
    """

    code: ClassVar[str] = "error.inconsistent-value"

    problems: tuple[Problem, ...] = ()

    def text(self, lang: Language = "en") -> str:
        """
        Write the error and then every problem on a line of its own.
        """
        head = Message.of(self.code, n=len(self.problems), field=self.field)
        return "\n".join((head.text(lang), *_lines(self.problems, lang)))


def refuse(kind: str, problems: Iterable[Problem]) -> None:
    """
    Raise what is wrong with a value of the type *kind*, if anything is.

    Raises:
        InconsistentValueError: Naming every problem.
    """
    found = tuple(problems)
    if found:
        first = found[0]
        raise InconsistentValueError(joined(kind, first.place), first.value, str(first), found)


def _lines(problems: Iterable[Problem], lang: Language) -> list[str]:
    return [f"- {problem.text(lang)}" for problem in problems]


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
