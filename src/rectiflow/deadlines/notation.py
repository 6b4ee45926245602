"""
The notation of rules in list files and on the command line: ``After(received, 3, workday)``.

    rule  := NAME "(" [ item ( "," item )* ] ")"
    item  := [ WORD "=" ] value
    value := rule | DATE | NUMBER | WORD | STRING

A word is letters (of any script), digits and underscores; anything else is quoted.  Full-width
brackets and commas are taken for half-width ones.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

import attrs

from rectiflow.errors import RectiflowError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Call", "RuleSyntaxError", "Scalar", "read_call", "written"]


@attrs.define(slots=False, eq=False, repr=False)
class RuleSyntaxError(RectiflowError, ValueError):
    """
    A text that is not a rule in notation.

    Attributes:
        notation: The whole text.
        position: Where in it the trouble is, from 0.
        found: What stands there; empty at the end of the text.
        expected: What should.
    """

    code: ClassVar[str] = "error.rule-syntax"

    notation: str
    position: int
    found: str
    expected: str


Scalar = date | int | str


@attrs.frozen
class Call:
    """
    A rule as it was written: its name and what it was given, not yet checked.
    """

    name: str
    items: tuple[Scalar | Call, ...]
    named: dict[str, Scalar | Call]
    position: int


_TOKEN = re.compile(
    r"""\s*(?:
    (?P<date>\d{4}-\d{2}-\d{2}(?![\w-]))
  | (?P<number>\d+(?!\w))
  | (?P<word>[^\W\d]\w*)
  | (?P<string>"(?:[^"\\]|\\["\\])*"|'(?:[^'\\]|\\['\\])*')
  | (?P<mark>[(),=])
)""",
    re.VERBOSE,
)
_HALF_WIDTH = str.maketrans("（），＝", "(),=")
_WORD = re.compile(r"[^\W\d]\w*")
_ESCAPED = re.compile(r"\\(.)")
_DEEPEST = 20


@attrs.frozen
class _Token:
    sort: str  # date, number, word, string, mark or end
    text: str
    position: int


def read_call(text: str) -> Call:
    """
    Read one rule, and nothing after it.

    Raises:
        RuleSyntaxError: With the place of the first trouble.

    >>> read_call("After(received, 3, workday)").items
    ('received', 3, 'workday')
    """
    reader = _Reader(text)
    call = reader.call(reader.take("word", "the name of a rule, e.g. FixedDate"), depth=0)
    reader.take("end", "the end of the rule")
    return call


def written(name: str, *items: object, **named: object) -> str:
    """
    Write a rule; what is ``None`` is left out.

    >>> written("After", "received", 3, "workday", roll=None)
    'After(received, 3, workday)'
    """
    parts = [_value(each) for each in items]
    parts += [f"{key}={_value(value)}" for key, value in named.items() if value is not None]
    return f"{name}({', '.join(parts)})"


def _value(value: object) -> str:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, str) and not _WORD.fullmatch(value):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return str(value)


def _tokens(text: str) -> Iterator[_Token]:
    half_width, position = text.translate(_HALF_WIDTH), 0
    end = len(text.rstrip())
    while position < end:
        match = _TOKEN.match(half_width, position)
        if match is None or match.lastgroup is None:
            start = position + len(text[position:]) - len(text[position:].lstrip())
            raise RuleSyntaxError(text, start, text[start], "a word, number, date or quoted text")
        sort = match.lastgroup
        # A quoted text is taken as it was printed, wide marks and all.
        yield _Token(
            sort,
            text[match.start(sort) : match.end(sort)] if sort == "string" else match[sort],
            match.start(sort),
        )
        position = match.end()
    yield _Token("end", "", len(text))


class _Reader:
    """
    A walk over the tokens of one text.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = list(_tokens(text))
        self._next = 0

    def take(self, sort: str, expected: str, text: str | None = None) -> _Token:
        token = self._tokens[self._next]
        if token.sort != sort or (text is not None and token.text != text):
            raise RuleSyntaxError(self._text, token.position, token.text, expected)
        self._next += 1
        return token

    def stands(self, mark: str) -> bool:
        token = self._tokens[self._next]
        return token.sort == "mark" and token.text == mark

    def call(self, name: _Token, depth: int) -> Call:
        if depth > _DEEPEST:
            raise RuleSyntaxError(self._text, name.position, name.text, "rules nested less deeply")
        self.take("mark", "(", "(")
        items: list[Scalar | Call] = []
        named: dict[str, Scalar | Call] = {}
        while not self.stands(")"):
            if items or named:
                self.take("mark", ", or )", ",")
            self._item(items, named, depth)
        self.take("mark", ")", ")")
        return Call(name.text, tuple(items), named, name.position)

    def _item(
        self, items: list[Scalar | Call], named: dict[str, Scalar | Call], depth: int
    ) -> None:
        token = self._tokens[self._next]
        following = self._tokens[self._next + 1] if token.sort == "word" else token
        if following.sort == "mark" and following.text == "=":
            if token.text in named:
                raise RuleSyntaxError(self._text, token.position, token.text, "each name once")
            self._next += 2
            named[token.text] = self._read_value(depth)
        elif named:
            raise RuleSyntaxError(self._text, token.position, token.text, "a named value")
        else:
            items.append(self._read_value(depth))

    def _read_value(self, depth: int) -> Scalar | Call:
        token = self._tokens[self._next]
        if token.sort in {"mark", "end"}:
            raise RuleSyntaxError(self._text, token.position, token.text, "a value")
        self._next += 1
        match token.sort:
            case "word" if self.stands("("):
                return self.call(token, depth + 1)
            case "number":
                return int(token.text)
            case "date":
                return self._date(token)
            case "string":
                return _ESCAPED.sub(r"\1", token.text[1:-1])
            case _:
                return token.text

    def _date(self, token: _Token) -> date:
        try:
            return date.fromisoformat(token.text)
        except ValueError:
            expected = "a date of the calendar, e.g. 2020-06-30"
            raise RuleSyntaxError(self._text, token.position, token.text, expected) from None
