"""
Values as the Python that makes them, to paste a counterexample.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum

import attrs

from rectiflow.workdays import WorkCalendar

__all__ = ["as_code"]


def as_code(value: object) -> str:
    """
    Write a value as Python.

    >>> as_code((date(2020, 6, 24), 3))
    '(date(2020, 6, 24), 3)'
    >>> as_code(WorkCalendar.china())
    'WorkCalendar.china()'
    """
    try:
        return _written(value)
    except Exception:  # noqa: BLE001 -- a value that cannot even be shown is named by its type
        return f"<{type(value).__name__}>"


def _written(value: object) -> str:  # noqa: PLR0911 -- a form for each kind of value
    if isinstance(value, date) and not isinstance(value, datetime):
        return f"date({value.year}, {value.month}, {value.day})"
    if isinstance(value, BaseException):
        return f"{type(value).__name__}: {value}" if str(value) else type(value).__name__
    if isinstance(value, Enum):
        return repr(value.value)
    if isinstance(value, (tuple, list)):
        inner = ", ".join(as_code(each) for each in value)
        if isinstance(value, list):
            return f"[{inner}]"
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{as_code(k)}: {as_code(v)}" for k, v in value.items()) + "}"
    if isinstance(value, WorkCalendar):
        return _calendar(value)
    if attrs.has(type(value)):
        return _attrs_value(value)
    return repr(value)


def _calendar(value: WorkCalendar) -> str:
    if value == WorkCalendar.china():
        return "WorkCalendar.china()"
    names = ("name", "known_from", "known_until", "off", "work")
    given = {name: getattr(value, name) for name in names if getattr(value, name) != ()}
    return "WorkCalendar(" + ", ".join(f"{k}={as_code(v)}" for k, v in given.items()) + ")"


def _attrs_value(value: object) -> str:
    fields = [field for field in attrs.fields(type(value)) if field.init]  # type: ignore[arg-type]  # has() was asked
    given = [f"{field.alias}={as_code(getattr(value, field.name))}" for field in fields]
    return f"{type(value).__name__}({', '.join(given)})"
