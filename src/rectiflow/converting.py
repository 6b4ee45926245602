"""
Single values to and from plain data, by cattrs, with every trouble turned into a problem.

Plain data are what a TOML file holds: tables (dicts), lists, texts, whole numbers, booleans
and dates.  cattrs is imported when the first document is read or written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from .clauses import Act
from .deadlines import Adjustment, DeadlineRule, parse_adjustment, parse_rule
from .errors import InvalidValueError, RectiflowError, UnknownNameError
from .messages import Message
from .moments import Moment, read_moment
from .problems import Problem, joined
from .stages import Stage, StagePath, Trigger
from .texts import OriginalText
from .units import Role
from .verdicts import Outcome

if TYPE_CHECKING:
    from enum import StrEnum

    from cattrs import Converter

__all__ = ["not_a", "plain", "read", "unknown_key"]

T = TypeVar("T")
Hook = Callable[[Any, Any], Any]
# A list writes the same few rules over and over; a rule is frozen, so that one may be shared.
_parsed = lru_cache(1024)(parse_rule)

_CODES = {
    "OriginalText.restored": "problem.restored-mismatch",
    "Doubt.answer": "problem.answer-not-candidate",
}
_WORDS = {str: "text", bool: "boolean", date: "date"}


class _UnreadableError(Exception):
    """
    What a hook raises; the places of its problems begin at the value it was given.
    """

    def __init__(self, *problems: Problem) -> None:
        super().__init__(problems)
        self.problems = problems


def read(value: object, kind: type[T], place: str, problems: list[Problem]) -> T | None:
    """
    Read *value* as *kind*; if it cannot be read, say so in *problems* and give ``None``.
    """
    from cattrs import BaseValidationError  # noqa: PLC0415 -- only when a document is read

    try:
        return _converter().structure(value, kind)
    except (BaseValidationError, _UnreadableError, RectiflowError) as error:
        problems += (problem.within(place) for problem in _problems(error))
    return None


def plain(value: object) -> Any:  # noqa: ANN401 -- plain data have no narrower type
    """
    Write a value as plain data; what is as by default is left out.
    """
    return _converter().unstructure(value)


def _problems(error: Exception, place: str = "") -> Iterator[Problem]:
    from cattrs import ClassValidationError, ForbiddenExtraKeysError  # noqa: PLC0415 -- as in read

    match error:
        case _UnreadableError():
            yield from (problem.within(place) for problem in error.problems)
        case ClassValidationError():
            placed, others = error.group_exceptions()
            for each, note in placed:
                if isinstance(each, KeyError) and each.args == (note.name,):
                    missing = joined(place, note.name)
                    yield Problem.of(missing, "problem.missing-key", None, key=note.name)
                else:
                    yield from _problems(each, joined(place, note.name))
            for each in others:
                yield from _problems(each, place)
        case ForbiddenExtraKeysError():
            known = [field.name for field in attrs.fields(error.cl)]
            yield from (unknown_key(k, known).within(place) for k in sorted(error.extra_fields))
        case InvalidValueError():
            code = _CODES.get(error.field, "problem.invalid-value")
            inner = joined(place, error.field.partition(".")[2])
            yield Problem.of(inner, code, error.value, expected=error.expected)
        case _:
            raise error


def unknown_key(key: object, known: Iterable[str]) -> Problem:
    """
    Make the problem of a key that cannot stand where it does.
    """
    keys = tuple(known)
    nearest = UnknownNameError.among("key", key, keys).nearest
    return Problem.of(str(key), "problem.unknown-key", key, keys=nearest or keys)


def not_a(word: str, value: object) -> Problem:
    """
    Make the problem of a value of another type than it should be.
    """
    return Problem.of("", "problem.wrong-type", value, wanted=Message.of(f"type.{word}"))


@cache
def _converter() -> Converter:
    from cattrs import Converter  # noqa: PLC0415 -- only when a document is read or written
    from cattrs.gen import (  # noqa: PLC0415 -- as above
        make_dict_structure_fn,
        make_dict_unstructure_fn,
        override,
    )

    converter = Converter(omit_if_default=True, unstruct_collection_overrides={tuple: list})

    # Where a text stood in another file is no part of the list.
    unwritten = override(omit=True)

    def a_record(cls: type) -> Hook:
        """
        Read an attrs class from a table with its keys and no others.
        """
        return _record_hook(make_dict_structure_fn(cls, converter, _cattrs_forbid_extra_keys=True))

    converter.register_structure_hook_factory(attrs.has, a_record)
    # Each by its class: for a base class, cattrs would take its own hook, which converts.
    for kind in _WORDS:
        converter.register_structure_hook(kind, _scalar)
    for words in (Stage, Trigger, Act, Role, Outcome):
        converter.register_structure_hook(words, _enum)
    converter.register_structure_hook_func(lambda kind: kind == tuple[str, ...], _texts)
    converter.register_structure_hook_func(lambda kind: kind == tuple[int, int], _span)
    converter.register_structure_hook_func(lambda kind: kind is DeadlineRule, _rule)
    converter.register_structure_hook_func(lambda kind: kind is StagePath, _path)
    converter.register_structure_hook_func(lambda kind: kind in {Moment, Moment | None}, _moment)
    converter.register_structure_hook_func(lambda kind: kind == Adjustment, _adjustment)
    # Made last, as it takes the hooks of its fields as they are now.
    damaged: Hook = make_dict_structure_fn(
        OriginalText, converter, _cattrs_forbid_extra_keys=True, place=unwritten
    )
    converter.register_structure_hook_func(
        lambda kind: kind is OriginalText, _text_hook(_record_hook(damaged))
    )
    converter.register_unstructure_hook_func(
        lambda kind: isinstance(kind, type) and issubclass(kind, (DeadlineRule, Adjustment)), str
    )
    converter.register_unstructure_hook(StagePath, lambda path: [each.value for each in path])
    written = make_dict_unstructure_fn(
        OriginalText, converter, _cattrs_omit_if_default=True, place=unwritten
    )
    converter.register_unstructure_hook(
        OriginalText,
        lambda text: text.printed if text == OriginalText.whole(text.printed) else written(text),
    )
    return converter


def _record_hook(fill: Hook) -> Hook:
    def structure(value: object, kind: object) -> object:
        """
        Refuse what is no table before cattrs looks into it.
        """
        if not isinstance(value, Mapping):
            raise _UnreadableError(not_a("table", value))
        return fill(value, kind)

    return structure


def _text_hook(damaged: Hook) -> Hook:
    def structure(value: object, kind: object) -> object:
        """
        Take a text alone for one that lost nothing.
        """
        if isinstance(value, str):
            return OriginalText.whole(value)
        if not isinstance(value, Mapping):
            raise _UnreadableError(not_a("text-or-restored", value))
        return damaged(value, kind)

    return structure


def _scalar(value: object, kind: type) -> object:
    if kind is date and isinstance(value, str):
        # JSON has no dates of its own, and in TOML a quoted one is no less clear.
        value = _moment(value, kind)
    # TOML's moments are dates to isinstance, but not to people.
    if not isinstance(value, kind) or (kind is date and isinstance(value, datetime)):
        raise _UnreadableError(not_a(_WORDS[kind], value))
    return value


def _enum(value: object, kind: type[StrEnum]) -> StrEnum:
    _scalar(value, str)
    known = [each.value for each in kind]
    if value not in known:
        raise _UnreadableError(Problem.unknown("", kind.__name__.lower(), value, known))
    return kind(value)


def _texts(value: object, _kind: object) -> tuple[str, ...]:
    if not isinstance(value, (list, tuple)):
        raise _UnreadableError(not_a("list", value))
    wrong = [(n, each) for n, each in enumerate(value) if not isinstance(each, str)]
    if wrong:
        raise _UnreadableError(*(not_a("text", each).within(f"[{n}]") for n, each in wrong))
    return tuple(value)


def _span(value: object, _kind: object) -> tuple[int, int]:
    if (
        not isinstance(value, (list, tuple))
        or len(value) != 2  # noqa: PLR2004 -- first and last
        or not all(type(each) is int for each in value)
    ):
        raise _UnreadableError(not_a("span", value))
    return (value[0], value[1])


def _moment(value: object, _kind: object) -> Moment:
    if isinstance(value, str):
        try:
            return read_moment("", value)
        except InvalidValueError:
            raise _UnreadableError(not_a("date", value)) from None
    if not isinstance(value, date):
        raise _UnreadableError(not_a("date", value))
    return value


def _adjustment(value: object, _kind: object) -> Adjustment:
    _scalar(value, str)
    try:
        return parse_adjustment(str(value))
    except RectiflowError as error:
        problem = Problem.of("", "problem.bad-rule", value, why=error.message)
        raise _UnreadableError(problem) from None


def _rule(value: object, _kind: object) -> DeadlineRule:
    _scalar(value, str)
    try:
        return _parsed(str(value))
    except RectiflowError as error:
        problem = Problem.of("", "problem.bad-rule", value, why=error.message)
        raise _UnreadableError(problem) from None


def _path(value: object, _kind: object) -> StagePath:
    known = [stage.value for stage in Stage]
    words = _texts(value, None)
    wrong = [(n, word) for n, word in enumerate(words) if word not in known]
    if wrong:
        raise _UnreadableError(*(Problem.unknown(f"[{n}]", "stage", w, known) for n, w in wrong))
    try:
        if words[:1] == (Stage.ASSIGNED,):
            return StagePath.of(*words)
    except RectiflowError:
        pass
    raise _UnreadableError(Problem.of("", "problem.bad-path", words, known=known))
