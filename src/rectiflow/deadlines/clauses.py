"""
The clauses of law that counting rests on, each as it was in force on a given day.
"""

from __future__ import annotations

from datetime import date

from rectiflow.source import Source

__all__ = ["CORRESPONDING_DAY", "INCLUDED_NUMBER", "LAST_DAY", "START_DAY", "UNITS", "in_force"]

_CIVIL_CODE = date(2021, 1, 1)
_GENERAL_PROVISIONS = date(2017, 10, 1)
_GENERAL_PRINCIPLES = date(1987, 1, 1)


def _counting_clause(code: str, provisions: str) -> tuple[Source, ...]:
    # The General Principles of 1987 said all of it in one article.
    return (
        Source("民法典", code, _CIVIL_CODE),
        Source("民法总则", provisions, _GENERAL_PROVISIONS),
        Source("民法通则", "第一百五十四条", _GENERAL_PRINCIPLES),
    )


UNITS = _counting_clause("第二百条", "第二百条")
"""Periods are counted in Gregorian years, months, days and hours."""

START_DAY = _counting_clause("第二百零一条", "第二百零一条")
"""The start day is not counted; counting begins the next day."""

CORRESPONDING_DAY = _counting_clause("第二百零二条", "第二百零二条")
"""A period in months or years ends on the corresponding day, or the month's last."""

LAST_DAY = _counting_clause("第二百零三条", "第二百零三条")
"""A last day on a legal rest day gives way to the day after the rest; it ends at 24:00."""

INCLUDED_NUMBER = (
    Source("民法典", "第一千二百五十九条", _CIVIL_CODE),
    Source("民法总则", "第二百零五条", _GENERAL_PROVISIONS),
    Source("民法通则", "第一百五十五条", _GENERAL_PRINCIPLES),
)
"""以上, 以下, 以内 and 届满 include the number."""


def in_force(versions: tuple[Source, ...], on: date) -> Source:
    """
    Give the version of a clause that was in force on a day; the oldest for any day before.

    Args:
        versions: The same clause in the laws that held it, newest first.
        on: The day asked about; a version counts from its own first day, included.

    >>> str(in_force(START_DAY, date(2020, 12, 31))), str(in_force(START_DAY, date(2021, 1, 1)))
    ('民法总则第二百零一条', '民法典第二百零一条')
    """
    for version in versions:
        if version.since is not None and version.since <= on:
            return version
    return versions[-1]
