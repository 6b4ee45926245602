"""
The laws of China's calendar: every published day as published, and no day that is not.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from rectiflow.messages import Message
from rectiflow.workdays import WorkCalendar

from .calendar_bounds import not_refused
from .calendar_counting import wrong_add
from .calendar_subject import subject_of
from .family import LawFamily
from .kept import NAMED, ORACLE
from .law import Law, NothingToTryError
from .protocols import CALENDAR
from .sources import NOTICES, SOUND

if TYPE_CHECKING:
    from .calendar_subject import CalendarSubject

__all__ = ["china_laws"]

_DAY = timedelta(days=1)
_SATURDAY = 5


def _both(subject: CalendarSubject) -> tuple[date, date]:
    china = WorkCalendar.china()
    first, last = max(subject.begins, china.known_from), min(subject.last, china.known_until)
    if last < first:
        raise NothingToTryError(f"{subject.first} – {subject.last}")
    return first, last


def _years(subject: CalendarSubject) -> st.SearchStrategy[int]:
    # Every year, not some: a published day is right or wrong, and there are few.
    first, last = _both(subject)
    return st.sampled_from(range(first.year, last.year + 1))


def _as_published(subject: CalendarSubject, case: int) -> Message | None:
    china, (first, last) = WorkCalendar.china(), _both(subject)
    day = max(first, date(case, 1, 1))
    while day <= last and day.year == case:
        want = china.is_workday(day)
        if subject.is_worked(day) is not want:
            subject.cal.is_workday(day)
            return Message.of("law.wrong.workday", day=day, got=not want, want=want)
        day += _DAY
    return None


def _made_up(subject: CalendarSubject) -> st.SearchStrategy[date]:
    first, last = _both(subject)
    days = [day for day in WorkCalendar.china().work if first <= day <= last]
    if not days:
        raise NothingToTryError(f"{first} – {last}")
    return st.sampled_from(days)


def _is_worked(subject: CalendarSubject, case: date) -> Message | None:
    got = subject.cal.is_workday(case)
    return None if got else Message.of("law.wrong.workday", day=case, got=got, want=True)


def _unpublished(_subject: CalendarSubject) -> st.SearchStrategy[date]:
    after = WorkCalendar.china().known_until
    return st.integers(1, 1000).map(lambda n: after + n * _DAY)


def _not_guessed(subject: CalendarSubject, case: date) -> Message | None:
    return not_refused("unpublished", lambda: subject.cal.is_workday(case), day=case)


def _court(subject: CalendarSubject) -> st.SearchStrategy[date]:
    first, last = _both(subject)
    if not first <= date(2022, 9, 30) < date(2022, 11, 2) <= last:
        raise NothingToTryError("2022")
    return st.just(date(2022, 9, 30))


def _as_found(subject: CalendarSubject, case: date) -> Message | None:
    return wrong_add(case, 20, subject.cal.add(case, 20), date(2022, 11, 2))


china_laws = LawFamily(
    name="china",
    parts=CALENDAR,
    laws=(
        Law(id="china.days-as-published", source=NOTICES, cases=_years, objection=_as_published),
        Law(
            id="china.make-up-days-are-worked",
            kept=NAMED,
            source=NOTICES,
            cases=_made_up,
            objection=_is_worked,
        ),
        Law(
            id="china.unpublished-is-refused",
            source=SOUND,
            cases=_unpublished,
            objection=_not_guessed,
        ),
        Law(
            id="china.twenty-working-days-as-found",
            kept=ORACLE,
            source=NOTICES,
            cases=_court,
            objection=_as_found,
        ),
    ),
    prepare=subject_of,
)
"""What holds of a calendar that says it is mainland China's."""
