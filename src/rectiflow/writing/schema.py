"""
The JSON Schema of a list's JSON, made from the classes that the JSON is read into.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_type_hints

import attrs

from rectiflow.deadlines import DeadlineRule
from rectiflow.errors import MissingExtraError
from rectiflow.fields import a_name, some_names
from rectiflow.lists import Row
from rectiflow.reading.json import FORMAT
from rectiflow.requirements import Milestone, Service
from rectiflow.source import Doubt, Source
from rectiflow.stages import Stage
from rectiflow.texts import OriginalText
from rectiflow.units import Role, Unit, UnitGroup

__all__ = ["list_schema"]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
# Written so that JavaScript and Python understand them alike: neither `$` nor `\s` alone does.
_A_NAME = r"^(?!\s)(?![\s\S]*\s$)[\s\S]+"
_A_RULE = r"^\s*[A-Za-z]+\s*[(（][\s\S]*[)）]\s*$"
_A_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
# A row names its bodies, or takes over another's and then has no cell of its own.
_NAMES_OR_INHERITS = [
    {"required": ["responsibilities"], "properties": {"inherited_from": False}},
    {
        "required": ["inherited_from"],
        "properties": {"unit_cell": False, "responsibilities": {"maxItems": 0}},
    },
]


def list_schema() -> dict[str, Any]:
    """
    Give the JSON Schema (2020-12) of what :func:`~rectiflow.writing.json.write_json` writes.

    It knows keys, types and closed sets of words.  What contradicts itself, such as a unit
    that no register holds, only :func:`rectiflow.documents.list_from_plain` finds.

    Raises:
        MissingExtraError: If the extra ``files`` is not installed.

    >>> sorted(list_schema()["$defs"]["UnitGroup"]["properties"])
    ['name']
    """
    try:
        import msgspec  # noqa: PLC0415 -- only when the schema is asked for
    except ModuleNotFoundError as error:
        raise MissingExtraError("files", "msgspec") from error

    schema = msgspec.json.schema(_list())
    # What classes cannot say: a key that is no identifier, and keys that exclude each other.
    schema["$defs"]["List"]["properties"]["$schema"] = {"type": "string"}
    schema["$defs"]["Row"]["anyOf"] = _NAMES_OR_INHERITS
    return {"$schema": _DIALECT, "title": FORMAT, **schema}


@cache
def _list() -> Any:  # noqa: ANN401 -- a class made at run time, as are all types below
    head = {
        "format": Literal[FORMAT],
        "issued": _kind(date),
        "issuer": str,
        "number": str,
        "time_zone": _described(str, "An IANA time zone, e.g. Asia/Shanghai."),
        "preamble": _kind(OriginalText),
        "dateline": _kind(OriginalText),
        "basis": _many(_record(Source)),
        "doubts": _many(_record(Doubt)),
        "units": _many(_record(Unit)),
        "groups": _many(_record(UnitGroup)),
    }
    says = "A rectification list (整改清单) as issued; what is left out is as by default."
    return _struct("List", says, {"id": _name(), "title": _name(), "rows": _many(_row())}, head)


def _row() -> Any:  # noqa: ANN401 -- as above
    body = _struct(
        "Responsibility",
        "Who answers for the row, and in which role.",
        {"unit": _name()},
        {"role": Role, "printed": _name()},
    )
    path = _described(
        _many(Stage),
        "The stages demanded, in order, each once, assigned first.",
        prefixItems=[{"const": Stage.ASSIGNED.value}],
        minItems=1,
        uniqueItems=True,
    )
    text = _kind(OriginalText)
    always = {"id": _name(), "task": _name(), "problems": text, "requirement": text, "path": path}
    others = {
        "subtask": str,
        "milestones": _many(_record(Milestone)),
        "services": _many(_record(Service)),
        "unit_cell": text,
        "inherited_from": str,
        "responsibilities": _many(_either(_name(), body)),
        "doubts": _many(_record(Doubt)),
    }
    return _struct("Row", (Row.__doc__ or "").strip().partition("\n")[0], always, others)


@cache
def _record(cls: type) -> Any:  # noqa: ANN401 -- as above
    """
    Mirror an attrs class that cattrs reads field by field.
    """
    hints = get_type_hints(cls)
    always: dict[str, Any] = {}
    others: dict[str, Any] = {}
    for field in attrs.fields(cls):
        if (cls, field.name) == (OriginalText, "place"):
            continue  # of the file a text was read from, and not written
        kind = _kind(hints[field.name])
        # What may be left out need not be a name by default, but is one where it is given.
        if field.validator is a_name or field.name == "id":
            kind = _name()
        elif field.validator is some_names:
            kind = _many(_name())
        (always if field.default is attrs.NOTHING else others)[field.name] = kind
    return _struct(cls.__name__, (cls.__doc__ or "").strip().partition("\n")[0], always, others)


def _kind(hint: Any) -> Any:  # noqa: ANN401 -- as above
    """
    Give the type that a field's value has in JSON.
    """
    if hint is date:
        return _described(date, "A day, e.g. 2020-06-30.", pattern=_A_DAY)
    if hint is DeadlineRule:
        says = "A deadline rule in notation, e.g. After(received, 3, workday)."
        return _described(str, says, pattern=_A_RULE)
    if hint is OriginalText:
        # A text alone is one that lost nothing.
        return _either(str, _record(OriginalText))
    if hint == tuple[str, ...]:
        return _many(str)
    if isinstance(hint, UnionType):
        return _either(*(_kind(each) for each in get_args(hint)))
    return hint


def _name() -> Any:  # noqa: ANN401 -- as above
    return _described(str, "Not empty, and without white space around it.", pattern=_A_NAME)


def _many(kind: Any) -> Any:  # noqa: ANN401 -- as above
    return list[kind]


def _either(*kinds: Any) -> Any:  # noqa: ANN401 -- as above
    return Union[kinds]  # noqa: UP007 -- the types are known at run time only


def _described(kind: Any, says: str, **words: object) -> Any:  # noqa: ANN401 -- as above
    from msgspec import Meta  # noqa: PLC0415 -- as in list_schema

    return Annotated[kind, Meta(description=says, extra_json_schema=words)]


def _struct(name: str, says: str, always: dict[str, Any], others: dict[str, Any]) -> Any:  # noqa: ANN401 -- as above
    from msgspec import UNSET, defstruct  # noqa: PLC0415 -- as in list_schema

    fields: list[Any] = [*always.items(), *((key, kind, UNSET) for key, kind in others.items())]
    return defstruct(
        name, fields, kw_only=True, forbid_unknown_fields=True, namespace={"__doc__": says}
    )
