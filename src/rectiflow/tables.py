"""
A table of plain data that is read key by key.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

from .converting import not_a, read, unknown_key
from .names import is_name
from .problems import Problem, joined

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Table"]

T = TypeVar("T")


class Table:
    """
    A table of plain data that is being read key by key, its problems gathered on the way.
    """

    __slots__ = ("_data", "_is_table", "_place", "_problems")

    def __init__(
        self, data: object, place: str, keys: Iterable[str], problems: list[Problem]
    ) -> None:
        """
        Begin to read *data*, which may have *keys* and no others.
        """
        self._place, self._problems = place, problems
        self._is_table = isinstance(data, Mapping)
        self._data: Mapping[object, object] = {}
        if not isinstance(data, Mapping):
            problems.append(not_a("table", data).within(place))
            return
        self._data = data
        known = tuple(keys)
        problems += (unknown_key(key, known).within(place) for key in data if key not in known)

    def __contains__(self, key: str) -> bool:
        """
        Say whether the key is given.
        """
        return key in self._data

    def take(self, key: str, kind: type[T]) -> T | None:
        """
        Read the value at *key*; ``None`` if it is not there or cannot be read.
        """
        if key not in self._data:
            return None
        return read(self._data[key], kind, joined(self._place, key), self._problems)

    def need(self, key: str, kind: type[T]) -> T | None:
        """
        Read the value at *key*; its absence is a problem.
        """
        if key not in self._data:
            self.missing(key)
        return self.take(key, kind)

    def name(self, key: str) -> str | None:
        """
        Read a name at *key*, which must be there.
        """
        text = self.need(key, str)
        if text is not None and not is_name(text):
            place = joined(self._place, key)
            self._problems.append(Problem.of(place, "problem.not-a-name", text))
            return None
        return text

    def missing(self, key: str) -> None:
        """
        Say that *key* should be there.
        """
        # What is no table at all has been reported as that.
        if self._is_table:
            place = joined(self._place, key)
            self._problems.append(Problem.of(place, "problem.missing-key", None, key=key))

    def each(self, key: str, kind: type[T]) -> list[T | None]:
        """
        Read a list at *key*, empty if absent; ``None`` stands for what cannot be read.
        """
        return [read(value, kind, place, self._problems) for place, value in self.items(key)]

    def items(self, key: str) -> list[tuple[str, object]]:
        """
        Give the entries of the list at *key*, each with its place.
        """
        place, values = joined(self._place, key), self._data.get(key, [])
        if not isinstance(values, (list, tuple)):
            self._problems.append(not_a("list", values).within(place))
            return []
        return [(f"{place}[{n}]", value) for n, value in enumerate(values)]
