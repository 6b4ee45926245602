"""
JSON text to plain data.
"""

from __future__ import annotations

import json
from math import isfinite
from typing import TYPE_CHECKING, Any

from rectiflow.converting import not_a
from rectiflow.problems import BadDocumentError, Problem, joined

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["FORMAT", "read_json"]

FORMAT = "rectiflow-list/1"
"""What the text calls itself; the number goes up when an older reader could misread it."""


def read_json(text: str, document: str = "") -> dict[str, Any]:
    """
    Read JSON, as :func:`~rectiflow.writing.json.write_json` writes it, to plain data.

    Args:
        text: The whole text; a byte order mark, which some editors put in, is passed over.
        document: Its file name, for the error.

    Returns:
        The data without the keys ``format`` and ``$schema``, which say what the text is; one
        that lacks them is taken for a text of this version.

    Raises:
        BadDocumentError: If it is not JSON, with the place where it stops being JSON; if it
            holds a key twice or a number that is none; if its format is not known.

    >>> read_json('{"format": "rectiflow-list/1", "id": "a"}')
    {'id': 'a'}
    """
    problems: tuple[Problem, ...]
    try:
        data = json.loads(text.removeprefix("\ufeff"), object_pairs_hook=_object)
        problems = (not_a("table", data),) if not isinstance(data, dict) else ()
        problems += tuple(_troubles(data, ""))
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        problems = (Problem.of(place, "problem.bad-json", error.msg),)
    except RecursionError:
        problems = (Problem.of("", "problem.too-deep"),)
    except ValueError as error:
        # Python refuses to read a whole number of thousands of digits.
        problems = (Problem.of("", "problem.bad-json", str(error)),)
    if not problems and data.pop("format", FORMAT) != FORMAT:
        problems = (Problem.of("format", "problem.unknown-format", expected=FORMAT),)
    if problems:
        raise BadDocumentError(problems, document)
    return {key: value for key, value in data.items() if key != "$schema"}


class _Repeating(dict[str, Any]):
    """
    An object in which keys stand twice, of which Python would keep the last in silence.
    """

    repeated: tuple[str, ...] = ()


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) == len(pairs):
        return data
    keys = [key for key, _value in pairs]
    repeating = _Repeating(data)
    repeating.repeated = tuple(key for key in data if keys.count(key) > 1)
    return repeating


def _troubles(value: object, place: str) -> Iterator[Problem]:
    """
    Find what Python's reader lets pass and JSON does not, in the order of the text.
    """
    if isinstance(value, _Repeating):
        for key in value.repeated:
            yield Problem.of(joined(place, key), "problem.key-twice", key)
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _troubles(each, joined(place, key))
    elif isinstance(value, list):
        for n, each in enumerate(value):
            yield from _troubles(each, f"{place}[{n}]")
    elif isinstance(value, float) and not isfinite(value):
        yield Problem.of(place, "problem.bad-json", str(value))
