"""
What an office grants or orders about a deadline after it was set.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

import attrs

from rectiflow.errors import InvalidValueError
from rectiflow.moments import check_day

from .notation import written

__all__ = [
    "Adjustment",
    "CountUnit",
    "Extension",
    "ExtensionUntil",
    "Override",
    "Restart",
    "Suspension",
    "a_day",
    "check_count",
    "count_unit",
    "effective_on",
]


class CountUnit(StrEnum):
    """
    What a period is counted in; 民法典 200 names all but the working day.
    """

    WORKDAY = "workday"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


def a_day(instance: object, field: attrs.Attribute[Any], value: object) -> None:
    """
    Validate an attrs field as a bare date.
    """
    check_day(f"{type(instance).__name__}.{field.name}", value)


def check_count(instance: object, field: attrs.Attribute[Any], value: object) -> None:
    """
    Validate an attrs field as a whole number, 1 or more.
    """
    if type(value) is not int or value < 1:
        name = f"{type(instance).__name__}.{field.name}"
        raise InvalidValueError(name, value, "a whole number, 1 or more")


def _a_text(instance: object, field: attrs.Attribute[Any], value: object) -> None:
    if not isinstance(value, str):
        name = f"{type(instance).__name__}.{field.name}"
        raise InvalidValueError(name, value, "a document and clause, or an empty text")


def count_unit(value: CountUnit | str) -> CountUnit:
    """
    Read a unit from its name.

    Raises:
        InvalidValueError: If there is no such unit.
    """
    try:
        return CountUnit(value)
    except ValueError:
        raise InvalidValueError("unit", value, "one of " + ", ".join(CountUnit)) from None


@attrs.frozen
class Extension:
    """
    So much more time (延长): counted from the due day in force, which is not counted itself.

    Attributes:
        n: How many, 1 or more.
        unit: Of what; see :class:`CountUnit`.
        granted_on: The day of the decision, which orders it among other adjustments.
        basis: The document and clause the decision rests on, e.g. ``"政府信息公开条例第三十三条"``
            (20 working days, prolonged by at most 20); cited in the explanation, may be empty.

    >>> from rectiflow.deadlines import FixedDate
    >>> more = Extension(5, "workday", granted_on=date(2020, 6, 24))
    >>> FixedDate(date(2020, 6, 30)).resolve(adjustments=[more]).due
    datetime.date(2020, 7, 7)
    """

    n: int = attrs.field(validator=check_count)
    unit: CountUnit = attrs.field(converter=count_unit)
    granted_on: date = attrs.field(kw_only=True, validator=a_day)
    basis: str = attrs.field(default="", kw_only=True, validator=_a_text)

    def __str__(self) -> str:
        """
        Write the adjustment in notation.
        """
        decided = {"granted_on": self.granted_on, "basis": self.basis or None}
        return written("Extension", self.n, self.unit, **decided)


@attrs.frozen
class ExtensionUntil:
    """
    More time up to a named day (延期至), included; never shortens: the later day stands.

    Attributes:
        day: The new last day, included.
        granted_on: The day of the decision, which orders it among other adjustments.
        basis: The document and clause it rests on; may be empty.

    >>> from rectiflow.deadlines import FixedDate
    >>> until = ExtensionUntil(date(2020, 7, 15), granted_on=date(2020, 6, 24))
    >>> FixedDate(date(2020, 6, 30)).resolve(adjustments=[until]).due
    datetime.date(2020, 7, 15)
    """

    day: date = attrs.field(validator=a_day)
    granted_on: date = attrs.field(kw_only=True, validator=a_day)
    basis: str = attrs.field(default="", kw_only=True, validator=_a_text)

    def __str__(self) -> str:
        """
        Write the adjustment in notation.
        """
        decided = {"granted_on": self.granted_on, "basis": self.basis or None}
        return written("ExtensionUntil", self.day, **decided)


@attrs.frozen
class Suspension:
    """
    Days that are left out of the count (中止), the first and the last both included.

    It shifts counted periods and never a date that was named.  Which edge days count is
    convention: from the day after sending to the day of receipt.

    Attributes:
        first_day: The first day left out.
        last_day: The last day left out.
        basis: The document and clause it rests on, e.g. ``"政府信息公开条例第三十三条"`` (the
            time of consulting a third party is not counted); may be empty.

    >>> from rectiflow.deadlines import After
    >>> resting = Suspension(date(2020, 6, 29), date(2020, 6, 30))
    >>> rule, seen = After("received", 3, "workday"), {"received": date(2020, 6, 24)}
    >>> rule.resolve(events=seen).due, rule.resolve(events=seen, adjustments=[resting]).due
    (datetime.date(2020, 6, 30), datetime.date(2020, 7, 2))
    """

    first_day: date = attrs.field(validator=a_day)
    last_day: date = attrs.field(validator=a_day)
    basis: str = attrs.field(default="", kw_only=True, validator=_a_text)

    def __attrs_post_init__(self) -> None:
        """
        Refuse a suspension that ends before it begins.
        """
        if self.last_day < self.first_day:
            expected = f"a day not before first_day ({self.first_day})"
            raise InvalidValueError("Suspension.last_day", self.last_day, expected)

    def __str__(self) -> str:
        """
        Write the adjustment in notation.
        """
        return written("Suspension", self.first_day, self.last_day, basis=self.basis or None)


@attrs.frozen
class Restart:
    """
    The period starts anew (重新计算) from a day, which is not counted itself.

    Extensions and overrides of an earlier day lapse with the period they belonged to.

    Attributes:
        on: The day from which it is counted.
        basis: The document and clause it rests on, e.g. ``"政府信息公开条例第三十条"`` (when the
            corrected request is received); may be empty.

    >>> from rectiflow.deadlines import After
    >>> rule, seen = After("received", 3, "workday"), {"received": date(2020, 6, 24)}
    >>> rule.resolve(events=seen, adjustments=[Restart(date(2020, 7, 1))]).due
    datetime.date(2020, 7, 6)
    """

    on: date = attrs.field(validator=a_day)
    basis: str = attrs.field(default="", kw_only=True, validator=_a_text)

    def __str__(self) -> str:
        """
        Write the adjustment in notation.
        """
        return written("Restart", self.on, basis=self.basis or None)


@attrs.frozen
class Override:
    """
    Another due day, set by decision (改期), earlier or later; a standing duty keeps none.

    Attributes:
        due: The new last day, included.
        reason: Why, in words; never empty.
        issued_on: The day of the decision, which orders it among other adjustments.

    >>> from rectiflow.deadlines import FixedDate
    >>> other = Override(date(2020, 6, 28), reason="提前验收", issued_on=date(2020, 6, 22))
    >>> FixedDate(date(2020, 6, 30)).resolve(adjustments=[other]).due
    datetime.date(2020, 6, 28)
    """

    due: date = attrs.field(validator=a_day)
    reason: str = attrs.field(kw_only=True)
    issued_on: date = attrs.field(kw_only=True, validator=a_day)

    @reason.validator
    def _has_words(self, _field: attrs.Attribute[str], value: object) -> None:
        if not isinstance(value, str) or not value.strip():
            raise InvalidValueError("Override.reason", value, "the reason, in words")

    def __str__(self) -> str:
        """
        Write the adjustment in notation.
        """
        return written("Override", self.due, reason=self.reason, issued_on=self.issued_on)


Adjustment = Extension | ExtensionUntil | Suspension | Restart | Override


def effective_on(adjustment: Adjustment) -> date:
    """
    Give the day that orders an adjustment among others.

    >>> from datetime import date
    >>> effective_on(Suspension(date(2020, 6, 1), date(2020, 6, 5)))
    datetime.date(2020, 6, 1)
    """
    match adjustment:
        case Extension() | ExtensionUntil():
            return adjustment.granted_on
        case Suspension():
            return adjustment.first_day
        case Restart():
            return adjustment.on
        case Override():
            return adjustment.issued_on
