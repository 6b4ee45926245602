"""
The State Council's holiday notices, and which days were off or worked as known on a day.

The days themselves come from the tables of ``chinesecalendar``, with one day put right.  This
file says by which notice a year was set, when, and what a notice in mid-year changed.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import attrs

__all__ = ["FIRST_YEAR", "NOTICES", "Notice", "Published", "published"]

FIRST_YEAR = 2004
"""The first year that the tables hold."""

_CORRECTED_TO_WORKED = date(2005, 12, 31)
# 国办发明电〔2005〕35号: New Year 2006 was off from 1 to 3 January, for which Saturday 31 December
# 2005 was worked.  chinesecalendar 1.11 has it as a plain Saturday.

_SATURDAY = 5
_LATE_DECEMBER = 29
# New Year's holiday has reached back to 29 December at the earliest: from there on the days of
# a year are set by the next year's notice.


@attrs.frozen(kw_only=True)
class Notice:
    """
    One notice of the State Council or its General Office.

    Attributes:
        year: The year whose holidays it sets, or changes.
        number: Its document number; ``None`` where it is not known here.
        issued: Its date; ``None`` where it is not known here.  Such a notice counts as known
            from 1 January of its year.
        off: For a change in mid-year, the days it set free.
        work: For a change in mid-year, the weekend days it had worked.
        work_before: For a change in mid-year, the weekend days that were to be worked before
            it and no longer after.
    """

    year: int
    number: str | None = None
    issued: date | None = None
    off: tuple[date, ...] = ()
    work: tuple[date, ...] = ()
    work_before: tuple[date, ...] = ()

    @property
    def is_change(self) -> bool:
        """
        Whether it changed a year that had been set before.
        """
        return bool(self.off or self.work or self.work_before)

    def is_known_on(self, day: date) -> bool:
        """
        Say whether it had been issued by *day*, included.
        """
        return (self.issued or date(self.year, 1, 1)) <= day


def _notice(year: int, number: str, *issued: int) -> Notice:
    return Notice(year=year, number=number, issued=date(*issued))


NOTICES: tuple[Notice, ...] = (
    Notice(year=2004),
    Notice(year=2005),
    Notice(year=2006, number="国办发明电〔2005〕35号"),
    Notice(year=2007),
    Notice(year=2008),
    Notice(year=2009),
    Notice(year=2010),
    _notice(2011, "国办发明电〔2010〕40号", 2010, 12, 9),
    _notice(2012, "国办发明电〔2011〕45号", 2011, 12, 6),
    _notice(2013, "国办发明电〔2012〕33号", 2012, 12, 8),
    _notice(2014, "国办发明电〔2013〕28号", 2013, 12, 11),
    _notice(2015, "国办发明电〔2014〕28号", 2014, 12, 16),
    Notice(
        year=2015,
        number="国发明电〔2015〕1号",
        issued=date(2015, 5, 13),
        off=(date(2015, 9, 3), date(2015, 9, 4), date(2015, 9, 5)),
        work=(date(2015, 9, 6),),
    ),
    _notice(2016, "国办发明电〔2015〕18号", 2015, 12, 10),
    _notice(2017, "国办发明电〔2016〕17号", 2016, 12, 1),
    _notice(2018, "国办发明电〔2017〕12号", 2017, 11, 30),
    _notice(2019, "国办发明电〔2018〕15号", 2018, 12, 1),
    Notice(
        year=2019,
        number="国办发明电〔2019〕3号",
        issued=date(2019, 3, 22),
        off=(date(2019, 5, 1), date(2019, 5, 2), date(2019, 5, 3), date(2019, 5, 4)),
        work=(date(2019, 4, 28), date(2019, 5, 5)),
    ),
    _notice(2020, "国办发明电〔2019〕16号", 2019, 11, 21),
    Notice(
        year=2020,
        number="国办发明电〔2020〕1号",
        issued=date(2020, 1, 26),
        off=(date(2020, 1, 31), date(2020, 2, 1), date(2020, 2, 2)),
        work_before=(date(2020, 2, 1),),
    ),
    _notice(2021, "国办发明电〔2020〕27号", 2020, 11, 25),
    _notice(2022, "国办发明电〔2021〕11号", 2021, 10, 25),
    _notice(2023, "国办发明电〔2022〕16号", 2022, 12, 8),
    _notice(2024, "国办发明电〔2023〕7号", 2023, 10, 25),
    _notice(2025, "国办发明电〔2024〕12号", 2024, 11, 12),
    _notice(2026, "国办发明电〔2025〕7号", 2025, 11, 4),
)
"""Every notice since 2004, oldest first; changes in mid-year stand after the notice they change.

The numbers and dates were written down from knowledge and not read off the gazette; only those of
2005 and of the three changes come from the project's sources."""

_KEPT_OFF = {date(2019, 5, 1)}
# Labour Day itself was off before the change of 2019 too, which only names it again.


@attrs.frozen(kw_only=True)
class Published:
    """
    What had been published by a day.

    Attributes:
        first: The first day covered, included.
        last: The last day covered, included.
        off: Mondays to Fridays that are off.
        work: Saturdays and Sundays that are worked.
        provisional_from: The first day that the next notice may still change.
    """

    first: date
    last: date
    off: frozenset[date]
    work: frozenset[date]
    provisional_from: date


@lru_cache(maxsize=64)
def published(known_on: date | None = None) -> Published:
    """
    Say which days were off or worked by everything published up to *known_on*, included.

    Args:
        known_on: The day; ``None`` for everything that the installed tables hold.

    Raises:
        LookupError: If nothing had been published by then.
    """
    from chinese_calendar.constants import holidays, workdays  # noqa: PLC0415 -- 1 ms, only where China's calendar is asked for

    held = max(*holidays, *workdays).year
    last = _last_year(held, known_on)
    if last < FIRST_YEAR:
        raise LookupError(f"nothing known here was published by {known_on}")
    tail = date(last, 12, _LATE_DECEMBER)
    # What the tables hold of the last year's late December was set by the next notice.
    end = date(last + 1, 1, 1) if last == held else tail
    off = {day for day in holidays if day < end and day.weekday() < _SATURDAY}
    work = {day for day in (*workdays, _CORRECTED_TO_WORKED) if day < end}
    for notice in NOTICES:
        if notice.is_change and known_on is not None and not notice.is_known_on(known_on):
            off -= {*notice.off} - _KEPT_OFF
            work -= {*notice.work}
            work |= {day for day in notice.work_before if day < end}
    return Published(
        first=date(FIRST_YEAR, 1, 1),
        last=date(last, 12, 31),
        off=frozenset(off),
        work=frozenset(day for day in work if day.weekday() >= _SATURDAY),
        provisional_from=tail,
    )


def _last_year(last_in_tables: int, known_on: date | None) -> int:
    if known_on is None:
        return last_in_tables
    named = {notice.year for notice in NOTICES}
    # A newer chinesecalendar may hold years whose notices are not named here yet.
    unnamed = (
        Notice(year=year) for year in range(FIRST_YEAR, last_in_tables + 1) if year not in named
    )
    known = [n.year for n in (*NOTICES, *unnamed) if n.is_known_on(known_on)]
    return max(known, default=0)
