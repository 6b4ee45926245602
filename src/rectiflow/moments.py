"""
When something happened: an aware ``datetime``, or a bare ``date`` where only the day is known.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone, tzinfo

from .errors import InvalidValueError

__all__ = [
    "CHINA_TIME",
    "Moment",
    "check_day",
    "check_moment",
    "day_of",
    "is_before",
    "read_moment",
]

Moment = date | datetime
"""A day, or an instant in a named time zone; never a naive ``datetime``."""

CHINA_TIME = timezone(timedelta(hours=8), "UTC+08:00")
"""The time of the whole country, without summer time since 1992."""


def check_moment(field: str, value: object) -> None:
    """
    Refuse what is neither a date nor an aware datetime.

    Raises:
        InvalidValueError: Naming *field*; a naive ``datetime`` is told to take a time zone.
    """
    if type(value) is date:
        return
    if isinstance(value, datetime):
        if value.utcoffset() is None:
            expected = (
                "a datetime with a time zone, e.g. datetime(..., tzinfo=ZoneInfo('Asia/Shanghai')),"
                " or a bare date"
            )
            raise InvalidValueError(field, value, expected)
    elif not isinstance(value, date):
        raise InvalidValueError(field, value, "a date or a datetime with a time zone")


def check_day(field: str, value: object) -> None:
    """
    Refuse what is not a bare date: a ``datetime`` would lose its time in silence.

    Raises:
        InvalidValueError: Naming *field*.
    """
    if type(value) is not date and (not isinstance(value, date) or isinstance(value, datetime)):
        raise InvalidValueError(field, value, "a date without a time of day")


def day_of(moment: Moment, zone: tzinfo) -> date:
    """
    Say on which day *moment* falls in *zone*; a bare date is that day already.

    >>> from datetime import UTC, timedelta, timezone
    >>> day_of(datetime(2020, 6, 30, 16, tzinfo=UTC), timezone(timedelta(hours=8)))
    datetime.date(2020, 7, 1)
    """
    if isinstance(moment, datetime):
        return moment.astimezone(zone).date()
    return moment


def is_before(one: Moment, other: Moment, zone: tzinfo) -> bool:
    """
    Say whether *one* is earlier than *other*.

    Two instants are compared as instants; where either is a bare date, their days in
    *zone* are compared, so that a date is never earlier than an instant of the same day.
    """
    if type(one) is date and type(other) is date:
        return one < other
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one < other
    return day_of(one, zone) < day_of(other, zone)


# date.fromisoformat also takes 20200630 and 2020-W27-2, which in a list are slips.
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})")


def read_moment(field: str, text: object) -> Moment:
    """
    Read a day (``2020-06-30``) or an instant (``2020-06-30T09:00+08:00``).

    Raises:
        InvalidValueError: Naming *field*, if it is neither; an instant needs its zone.

    >>> read_moment("at", "2020-06-30")
    datetime.date(2020, 6, 30)
    """
    expected = (
        "a day of the calendar, e.g. 2020-06-30, or an instant with its zone, "
        "e.g. 2020-06-30T09:00+08:00"
    )
    if not isinstance(text, str):
        raise InvalidValueError(field, text, expected)
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
        if _INSTANT.fullmatch(text):
            return datetime.fromisoformat(text)
    except ValueError:
        pass  # a day that no month has
    raise InvalidValueError(field, text, expected)
