"""
China's calendar gone wrong on some days.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import rectiflow as rf
from rectiflow.testing import china_laws

from .exhibits import Exhibit

__all__ = ["EXHIBITS"]


def _plain(**changed: Any) -> Any:
    china = rf.WorkCalendar.china()
    fields = {name: getattr(china, name) for name in ("known_from", "known_until", "off", "work")}
    return rf.WorkCalendar(name="China?", **{**fields, **changed})


def _without(days: set[date]) -> Any:
    china = rf.WorkCalendar.china()
    return _plain(off=set(china.off) - days, work=set(china.work) - days)


EXHIBITS = [
    Exhibit(
        name="victory-day-missed",
        says="The holiday of 3 September 2015, set in mid-year, is missed.",
        family=china_laws,
        law="china.days-as-published",
        make=lambda: _without({date(2015, 9, 3)}),
    ),
    Exhibit(
        name="raw-tables",
        says="31 December 2005 is off, as the tables of chinese_calendar have it.",
        family=china_laws,
        law="china.days-as-published",
        make=lambda: _without({date(2005, 12, 31)}),
    ),
    Exhibit(
        name="spring-of-2020-as-first-set",
        says="The holiday that was prolonged in January 2020 ends as it was first set.",
        family=china_laws,
        law="china.days-as-published",
        make=lambda: _without({date(2020, 1, 31)}),
    ),
    Exhibit(
        name="no-make-up-days",
        says="Make-up days are left out of the tables.",
        family=china_laws,
        law="china.make-up-days-are-worked",
        make=lambda: _plain(work=()),
    ),
    Exhibit(
        name="next-year-made-up",
        says="The year after the last published one is filled in with plain weeks.",
        family=china_laws,
        law="china.unpublished-is-refused",
        make=lambda: _plain(known_until=date(rf.WorkCalendar.china().known_until.year + 1, 12, 31)),
    ),
]
