"""
What a ledger was opened with: list, calendar, workflow and who answers for which row.

All of it goes into one event, whole, so that the ledger says the same years later, with a hash
of each part, by which two versions are told apart.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

import attrs

from rectiflow import __version__
from rectiflow.transition_table import TABLE

from .extra import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "Definition",
    "Versions",
    "definition_in",
    "digest_of",
    "encoded",
    "plain_workflow",
    "workflow_version",
]


class Versions(msgspec.Struct, frozen=True, kw_only=True):
    """
    By what hashes the parts of a definition go.

    Attributes:
        list: SHA-256 of the list, in hexadecimal digits.
        calendar: Of the calendar and of the rule for 立行立改.
        workflow: Of the table of moves and the names of guards and hooks, which are code.
        library: The version of rectiflow that wrote it; it alone makes no difference.
    """

    list: str
    calendar: str
    workflow: str
    library: str = __version__

    def differences(self, other: Versions) -> tuple[str, ...]:
        """
        Name the parts that differ: ``list``, ``calendar``, ``workflow``.
        """
        parts = ("list", "calendar", "workflow")
        return tuple(each for each in parts if getattr(self, each) != getattr(other, each))


class Definition(msgspec.Struct, frozen=True, kw_only=True, rename={"rl": "list"}):
    """
    A definition as an event holds it.

    Attributes:
        rl: The list, as JSON of its own.
        calendar: The calendar.
        immediate: The rule that stands for 立行立改, in notation.
        workflow: The table of moves, and the names of guards and hooks.
        versions: The hashes of these.
        assignments: Row to who answers for it: a unit's name, or a table that says more.
    """

    rl: msgspec.Raw
    calendar: dict[str, Any]
    immediate: str | None
    workflow: dict[str, Any]
    versions: Versions
    assignments: dict[str, list[Any]]


def definition_in(body: bytes) -> Definition:
    """
    Read the definition that an event's body holds.
    """
    return _holder(body).details.definition


class _Details(msgspec.Struct):
    """
    What the details of an event that redefines hold, among other things.
    """

    definition: Definition


class _Holder(msgspec.Struct):
    """
    What is read of such an event.
    """

    details: _Details


_holder = msgspec.json.Decoder(_Holder).decode


encoded = msgspec.json.Encoder(order="sorted").encode
"""Gives the canonical bytes of plain data."""


def digest_of(body: bytes) -> str:
    """
    Give the hash that a part of a definition goes by.
    """
    return sha256(body).hexdigest()


def plain_workflow(guards: Iterable[object] = (), hooks: Iterable[object] = ()) -> dict[str, Any]:
    """
    Write a workflow, by default the house's: the table of moves and the names of code.
    """
    return {
        "guards": [_code_name(guard) for guard in guards],
        "hooks": [_code_name(hook) for hook in hooks],
        "table": [attrs.astuple(each) for each in TABLE.transitions],
    }


def workflow_version(guards: Iterable[object] = (), hooks: Iterable[object] = ()) -> str:
    """
    Give the hash of a workflow, by default the house's.
    """
    return digest_of(encoded(plain_workflow(guards, hooks)))


def _code_name(code: object) -> str:
    return str(getattr(code, "__qualname__", type(code).__qualname__))
