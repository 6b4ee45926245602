"""
The bases of every error; a specific error stands beside its concept.

Each error keeps its facts in fields and builds its sentence from them, so that
callers and tests look at fields and never at prose.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import attrs

from .messages import Language, Message

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "InvalidValueError",
    "MissingExtraError",
    "RectiflowError",
    "UnknownNameError",
]


@attrs.define(slots=False, eq=False, repr=False)
class RectiflowError(Exception):
    """
    The base of all errors of this library.

    Attributes:
        code: The stable code of its sentence, one a class.
    """

    code: ClassVar[str] = "error"

    @property
    def message(self) -> Message:
        """
        The error as a code with its facts.
        """
        return Message(self.code, self._facts())

    def text(self, lang: Language = "en") -> str:
        """
        Write the error in Chinese (``"zh"``) or English (``"en"``).
        """
        return self.message.text(lang)

    def __str__(self) -> str:
        """
        Write the error in English.
        """
        return self.text("en")

    def __reduce__(self) -> tuple[Any, ...]:
        """
        Pickle by field name: an exception pickles its positional arguments, which ours lack.
        """
        return _rebuilt, (type(self), self._facts())

    def _facts(self) -> dict[str, object]:
        return {field.name: getattr(self, field.name) for field in attrs.fields(type(self))}


def _rebuilt(cls: type[RectiflowError], facts: dict[str, object]) -> RectiflowError:
    return cls(**facts)


@attrs.define(slots=False, eq=False, repr=False)
class InvalidValueError(RectiflowError, ValueError):
    """
    A value that its field can never hold.

    Attributes:
        field: Where it was given, as ``Type.field`` or ``function(argument)``.
        value: What was given.
        expected: What the field holds, in words.
    """

    code: ClassVar[str] = "error.invalid-value"

    field: str
    value: object
    expected: str

    @property
    def message(self) -> Message:
        """
        The error as a code with its facts; the value is shown as Python writes it.
        """
        return Message.of(
            self.code, field=self.field, value=repr(self.value), expected=self.expected
        )


@attrs.define(slots=False, eq=False, repr=False)
class UnknownNameError(RectiflowError, LookupError):
    """
    A name that nothing goes by; the nearest names that exist are suggested.

    Attributes:
        kind: What was looked for: ``"row"``, ``"unit"``, ``"stage"``, ``"trigger"``, …
        name: The name that was given.
        nearest: Up to three names that exist, best first; may be empty.
    """

    code: ClassVar[str] = "error.unknown-name"

    kind: str
    name: str
    nearest: tuple[str, ...] = ()

    @classmethod
    def among(cls, kind: str, name: object, known: Iterable[str]) -> UnknownNameError:
        """
        Make the error for *name*, suggesting the nearest of *known*.
        """
        from difflib import get_close_matches  # noqa: PLC0415 -- only where something is misspelt

        names = list(dict.fromkeys(str(each) for each in known))
        # A Chinese name has few characters, so one wrong one is already far: hence the low cutoff.
        nearest = get_close_matches(str(name), names, n=3, cutoff=0.4)
        return cls(kind, str(name), tuple(nearest))

    @property
    def message(self) -> Message:
        """
        The error as a code with its facts.
        """
        code = self.code if self.nearest else f"{self.code}.no-hint"
        kind = Message.of(f"kind.{self.kind}")
        return Message.of(code, kind=kind, name=self.name, nearest=self.nearest)


@attrs.define(slots=False, eq=False, repr=False)
class MissingExtraError(RectiflowError, ImportError):
    """
    A part of the library whose optional packages are not installed.

    Attributes:
        extra: The extra to install, as in ``pip install 'rectiflow[cli]'``.
        missing: The module that could not be imported.
    """

    code: ClassVar[str] = "error.missing-extra"

    extra: str
    missing: str
