"""
The laws of verdicts: what is overdue, met, due soon, and that it only gets worse.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Protocol

import attrs
from hypothesis import strategies as st

from rectiflow.messages import Message
from rectiflow.source import Source
from rectiflow.workdays import WorkCalendar

from .family import LawFamily
from .law import UNPROVED, Law, Share, Unproved
from .watched import Part

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["VERDICTS", "VerdictsLike", "verdict_laws"]

_DAY = timedelta(days=1)
_LAST_DAY = Source("民法典", "第二百零三条", date(2021, 1, 1))
_COUNTING = Source("docs/explanation/counting-days.md")
_HISTORY = Source("docs/explanation/history.md")
_KNOWN = ("pending", "due_soon", "due_today", "overdue", "met", "met_late", "ongoing", "unresolved")
_WORSE = {"pending": 0, "due_soon": 1, "due_today": 2, "overdue": 3}


class VerdictsLike(Protocol):
    """
    What says how a deadline stands, on China's calendar.

    ``clock(due, *, as_of, suspended)`` may be left out: ``"suspended"`` while a count rests, from
    the first to the last day of *suspended*, both included.
    """

    def outcome(
        self,
        due: date | None,
        *,
        as_of: date,
        completed_on: date | None,
        warn_workdays: int | None,
    ) -> str:
        """
        Say how a deadline stands at the end of *as_of*: one of rectiflow's outcomes.
        """


VERDICTS = {
    "outcome": Part(gives=(str,)),
    "clock": Part(gives=(str,), required=False),
}
"""The parts of what gives verdicts."""


@attrs.frozen
class _Case:
    """
    A due day, days beside it, and a warning time.
    """

    due: date
    as_of: date
    later: date
    done: date
    warn: int


_FIRST, _LAST = date(2019, 2, 1), date(2022, 11, 1)
# Due days after holidays and make-up days, where working and calendar days differ.
_TURNS = (
    date(2020, 6, 30),
    date(2020, 10, 9),
    date(2021, 2, 18),
    date(2019, 5, 5),
    date(2022, 10, 9),
    date(2019, 12, 31),
    date(2020, 2, 3),
)
_DUES = st.sampled_from(_TURNS) | st.dates(_FIRST, _LAST)


@st.composite
def _cases(draw: st.DrawFn) -> _Case:
    due = draw(_DUES)
    as_of = due + draw(st.integers(-16, 16)) * _DAY
    return _Case(
        due=due,
        as_of=as_of,
        later=as_of + draw(st.integers(0, 20)) * _DAY,
        done=due + draw(st.integers(-5, 5)) * _DAY,
        warn=draw(st.integers(0, 8)),
    )


def _asked(subject: Any, due: date | None, as_of: date, done: date | None, warn: int | None) -> str:  # noqa: ANN401 -- VerdictsLike, watched
    given: str = subject.outcome(due, as_of=as_of, completed_on=done, warn_workdays=warn)
    return str(given)


def _wrong(case: _Case, as_of: date, got: str, want: str, done: date | None = None) -> Message:
    facts = {"due": case.due, "as_of": as_of, "done": done or "-", "warn": case.warn}
    return Message.of("law.verdict.wrong.outcome", **facts, got=got, want=want)


def _overdue(subject: Any, case: _Case) -> Message | None:  # noqa: ANN401 -- as above
    got = _asked(subject, case.due, case.as_of, None, case.warn)
    if (got == "overdue") == (case.as_of > case.due):
        return None
    return _wrong(case, case.as_of, got, "overdue" if case.as_of > case.due else "not overdue")


def _today(subject: Any, case: _Case) -> Message | None:  # noqa: ANN401 -- as above
    for offset in (-1, 0, 1):
        day = case.due + offset * _DAY
        got = _asked(subject, case.due, day, None, case.warn)
        if (got == "due_today") != (offset == 0):
            return _wrong(case, day, got, "due_today" if offset == 0 else "not due_today")
    return None


def _done(subject: Any, case: _Case) -> Message | None:  # noqa: ANN401 -- as above
    as_of = max(case.done, case.later)
    got = _asked(subject, case.due, as_of, case.done, case.warn)
    want = "met" if case.done <= case.due else "met_late"
    return None if got == want else _wrong(case, as_of, got, want, case.done)


def _at_once(subject: Any, case: _Case) -> Message | None:  # noqa: ANN401 -- as above
    got = _asked(subject, case.due, case.done, case.done, case.warn)
    want = "met" if case.done <= case.due else "met_late"
    return None if got == want else _wrong(case, case.done, got, want, case.done)


def _on_the_day(subject: Any, case: _Case) -> Message | None:  # noqa: ANN401 -- as above
    for done, want in ((case.due, "met"), (case.due + _DAY, "met_late")):
        got = _asked(subject, case.due, done + _DAY, done, case.warn)
        if got != want:
            return _wrong(case, done + _DAY, got, want, done)
    return None


def _for_good(subject: Any, case: _Case) -> Message | None:  # noqa: ANN401 -- as above
    first = _asked(subject, case.due, case.done, case.done, case.warn)
    for later in (_DAY, 30 * _DAY, 400 * _DAY):
        got = _asked(subject, case.due, case.done + later, case.done, case.warn)
        if got != first:
            return _wrong(case, case.done + later, got, first, case.done)
    return None


def _not_yet(subject: Any, case: _Case) -> Message | None:  # noqa: ANN401 -- as above
    done = case.as_of + _DAY
    got = _asked(subject, case.due, case.as_of, done, case.warn)
    want = _asked(subject, case.due, case.as_of, None, case.warn)
    return None if got == want else _wrong(case, case.as_of, got, want, done)


def _worsens(subject: Any, case: _Case) -> Message | None:  # noqa: ANN401 -- as above
    one = _asked(subject, case.due, case.as_of, None, case.warn)
    other = _asked(subject, case.due, case.later, None, case.warn)
    if _WORSE.get(one, -1) <= _WORSE.get(other, -1):
        return None
    return _wrong(case, case.later, other, f"{one} or worse")


def _left(as_of: date, due: date) -> int:
    # Counted on fingers: the law's own walk, day by day.
    china = WorkCalendar.china()
    days = (as_of + n * _DAY for n in range(1, (due - as_of).days + 1))
    return sum(china.is_workday(day) for day in days)


def _table(subject: Any, case: _Case) -> Message | None:  # noqa: ANN401 -- as above
    for n in range(1, 17):
        day = case.due - n * _DAY
        got = _asked(subject, case.due, day, None, case.warn)
        want = "due_soon" if _left(day, case.due) <= case.warn else "pending"
        if got != want:
            return _wrong(case, day, got, want)
    return None


def _unwarned(subject: Any, case: _Case) -> Message | None:  # noqa: ANN401 -- as above
    day = min(case.as_of, case.due - _DAY)
    got = _asked(subject, case.due, day, None, None)
    return None if got == "pending" else _wrong(case, day, got, "pending")


def _sooner(subject: Any, case: _Case) -> Message | None:  # noqa: ANN401 -- as above
    day = min(case.as_of, case.due - _DAY)
    one = _asked(subject, case.due, day, None, case.warn)
    other = _asked(subject, case.due, day, None, case.warn + 2)
    if _WORSE.get(one, -1) <= _WORSE.get(other, -1):
        return None
    return _wrong(case, day, other, one)


def _undated(subject: Any, case: _Case) -> Message | None:  # noqa: ANN401 -- as above
    for done in (None, case.as_of):
        got = _asked(subject, None, case.as_of, done, case.warn)
        if got not in {"pending", "unresolved", "ongoing"}:
            return _wrong(case, case.as_of, got, "pending or unresolved", done)
    return None


def _named(subject: Any, case: _Case) -> Message | None:  # noqa: ANN401 -- as above
    for done in (None, case.done):
        got = _asked(subject, case.due, case.as_of, done, case.warn)
        if got not in _KNOWN:
            return _wrong(case, case.as_of, got, " | ".join(_KNOWN), done)
    return None


def _rests(subject: Any, case: _Case) -> Message | None:  # noqa: ANN401 -- as above
    first, last = case.due - 3 * _DAY, case.due - _DAY
    for day in (first - _DAY, first, last, case.due):
        got = str(subject.clock(case.due, as_of=day, suspended=(first, last)))
        if (got == "suspended") != (first <= day <= last):
            want = "suspended" if first <= day <= last else "not suspended"
            return _wrong(case, day, got, want)
    return None


def _never_hides(subject: Any, case: _Case) -> Message | Unproved | None:  # noqa: ANN401 -- as above
    day = case.due + _DAY
    # A clock that never says it hides nothing and shows nothing.
    rests = str(subject.clock(case.due, as_of=case.due - _DAY, suspended=(case.due - _DAY, day)))
    if rests != "suspended":
        return UNPROVED
    got = str(subject.clock(case.due, as_of=day, suspended=(case.due, day)))
    return None if got != "suspended" else _wrong(case, day, got, "not suspended")


@attrs.define
class _Heard:
    """
    A subject, and whether every outcome it gave is one of rectiflow's.
    """

    subject: Any
    known: bool = True

    def outcome(self, due: date | None, **more: Any) -> Any:  # noqa: ANN401 -- whatever it gives
        given = self.subject.outcome(due, **more)
        self.known = self.known and str(given) in _KNOWN
        return given

    def clock(self, due: date, **more: Any) -> Any:  # noqa: ANN401 -- whatever it gives
        return self.subject.clock(due, **more)


def _shown(
    objection: Callable[[Any, _Case], Message | Unproved | None],
) -> Callable[[Any, _Case], Message | Unproved | None]:
    # Laws that hold one outcome against another hold of any word that is always the same.
    def judged(subject: Any, case: _Case) -> Message | Unproved | None:  # noqa: ANN401 -- as above
        heard = _Heard(subject)
        found = objection(heard, case)
        return found if found is not None or heard.known else UNPROVED

    return judged


def _is_near(_subject: object, case: _Case) -> bool:
    return abs((case.as_of - case.due).days) <= 1


def _crosses(_subject: object, case: _Case) -> bool:
    china = WorkCalendar.china()
    days = (case.due - n * _DAY for n in range(16))
    return any(china.is_workday(day) != (day.weekday() < 5) for day in days)  # noqa: PLR2004 -- Saturday


# Each mistake on show that these catch is caught by another too.
_KEPT = {
    "has-a-known-name": "It tells a name of one's own from a wrong outcome.",
    "overdue-is-after-the-day": "It looks at any day; the table looks before the due day only.",
    "due-today-is-that-day": "It names the day itself, and not what comes after.",
    "done-by-then-is-met": "It looks back from any later day.",
    "done-is-judged-at-once": "It tells a verdict that comes late from one that is wrong.",
    "the-due-day-is-in-time": "It is the boundary on both sides, in every run.",
    "only-worsens": "It needs no due day to be known, so that it holds of rules of one's own.",
    "longer-warning-comes-sooner": "It needs no count of working days.",
}


def _law(
    name: str,
    objection: Callable[[Any, _Case], Message | Unproved | None],
    source: Source = _COUNTING,
    **more: Any,  # noqa: ANN401 -- a law's own fields
) -> Law:
    more.setdefault("kept", _KEPT.get(name, ""))
    return Law(
        id=f"verdict.{name}",
        source=source,
        cases=lambda _: _cases(),
        objection=_shown(objection),
        **more,
    )


verdict_laws = LawFamily(
    name="verdict",
    parts=VERDICTS,
    laws=(
        _law("has-a-known-name", _named),
        _law(
            "overdue-is-after-the-day",
            _overdue,
            _LAST_DAY,
            shares=(Share(name="beside-the-due-day", least=0.05, meets=_is_near),),
        ),
        _law("due-today-is-that-day", _today, _LAST_DAY),
        _law("done-by-then-is-met", _done, _LAST_DAY),
        _law("done-is-judged-at-once", _at_once, _HISTORY),
        _law("the-due-day-is-in-time", _on_the_day, _LAST_DAY),
        _law("done-stays-as-it-is", _for_good, _HISTORY),
        _law("done-later-is-not-yet-done", _not_yet, _HISTORY),
        _law("only-worsens", _worsens),
        _law(
            "due-soon-by-the-table",
            _table,
            shares=(Share(name="crosses-a-holiday-or-make-up-day", least=0.2, meets=_crosses),),
        ),
        _law("no-warning-asked-none-given", _unwarned),
        _law("longer-warning-comes-sooner", _sooner),
        _law("no-day-no-lateness", _undated),
        _law("suspended-while-it-rests", _rests, asks=("clock",)),
        _law("suspension-hides-no-lateness", _never_hides, asks=("clock",)),
    ),
)
"""What holds of everything that says how deadlines stand."""
