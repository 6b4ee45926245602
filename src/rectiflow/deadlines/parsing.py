"""
From notation to rules and adjustments.
"""

from __future__ import annotations

from inspect import signature
from typing import TYPE_CHECKING, TypeVar

from rectiflow.errors import InvalidValueError, UnknownNameError

from .adjustments import Adjustment, Extension, ExtensionUntil, Override, Restart, Suspension
from .combined import Earliest, Latest
from .counted import After, Before
from .dates import FixedDate, PeriodEnd
from .month_day import MonthDay
from .notation import Call, RuleSyntaxError, Scalar, read_call
from .recurring import Annual, Recurring
from .undated import StandingDuty, Unresolved

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .rule import DeadlineRule

T = TypeVar("T")

__all__ = ["parse_adjustment", "parse_rule"]

_RULES: dict[str, Callable[..., DeadlineRule]] = {
    rule.__name__: rule
    for rule in (
        FixedDate,
        PeriodEnd,
        MonthDay,
        After,
        Before,
        Recurring,
        Annual,
        StandingDuty,
        Unresolved,
        Earliest,
        Latest,
    )
}
_ADJUSTMENTS: dict[str, Callable[..., Adjustment]] = {
    each.__name__: each for each in (Extension, ExtensionUntil, Suspension, Restart, Override)
}
_WORDS = {"True": True, "False": False, "true": True, "false": False}


def parse_rule(text: str) -> DeadlineRule:
    """
    Read a rule from notation, the one that ``str(rule)`` writes.

    Raises:
        RuleSyntaxError: If the text is no rule in notation, or gives a rule too much or too
            little.
        UnknownNameError: If there is no rule of that name.
        InvalidValueError: If a rule refuses what it is given.

    >>> parse_rule("After(received, 3, workday)")
    After(received, 3, workday)
    """
    if not isinstance(text, str):
        raise InvalidValueError("rule", text, 'a rule in notation, e.g. "FixedDate(2020-06-30)"')
    return _made("rule", _RULES, read_call(text), text)


def parse_adjustment(text: str) -> Adjustment:
    """
    Read an adjustment from notation, the one that ``str(adjustment)`` writes.

    Raises:
        RuleSyntaxError: If the text is no adjustment in notation.
        UnknownNameError: If there is no adjustment of that name.
        InvalidValueError: If an adjustment refuses what it is given.

    >>> parse_adjustment("Extension(20, workday, granted_on=2020-07-01)").n
    20
    """
    if not isinstance(text, str):
        expected = 'an adjustment in notation, e.g. "Restart(2020-07-01)"'
        raise InvalidValueError("adjustment", text, expected)
    return _made("adjustment", _ADJUSTMENTS, read_call(text), text)


def _made(kind: str, makers: Mapping[str, Callable[..., T]], call: Call, text: str) -> T:
    maker = makers.get(call.name)
    if maker is None:
        raise UnknownNameError.among(kind, call.name, makers)
    items = [_value(item, text) for item in call.items]
    named = {name: _value(value, text) for name, value in call.named.items()}
    try:
        signature(maker).bind(*items, **named)
    except TypeError as error:
        expected = f"what {call.name} takes ({error})"
        raise RuleSyntaxError(text, call.position, call.name, expected) from None
    return maker(*items, **named)


def _value(value: Scalar | Call, text: str) -> object:
    if isinstance(value, Call):
        return _made("rule", _RULES, value, text)
    return _WORDS.get(value, value) if isinstance(value, str) else value
