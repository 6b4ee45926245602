"""
Strategies for what the library answers: messages, resolutions, verdicts, boards.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from rectiflow.deadlines import Resolution, TraceStep
from rectiflow.messages import Message
from rectiflow.notices import NOTICES, Notice
from rectiflow.problems import Problem
from rectiflow.stages import Stage
from rectiflow.verdicts import Verdict, verdict

from .ledgers import ledgers
from .lists import sources, texts
from .remembering import remembered
from .rules import EVENTS, adjustments, counted_rules, dated_rules, period_ends

if TYPE_CHECKING:
    from rectiflow.review import Review, ReviewRow
    from rectiflow.standings import Standing
    from rectiflow.workdays import WorkCalendar

__all__ = [
    "messages",
    "notices",
    "problems",
    "resolutions",
    "review_rows",
    "reviews",
    "standings",
    "trace_steps",
    "verdicts",
]

# Two years on either side are left for what is counted from them.
_FIRST, _LAST = date(2019, 1, 1), date(2022, 12, 31)
_DAYS = st.dates(_FIRST, _LAST)
_RULES = period_ends(with_year=True) | dated_rules() | counted_rules()
_DECIDED = st.lists(adjustments(), max_size=2)
_OFFSETS = st.integers(-12, 12)
_FACTS = st.dictionaries(
    st.sampled_from(("stage", "day", "n", "words")),
    st.sampled_from(Stage) | _DAYS | st.integers(0, 9) | texts(max_size=6),
    max_size=3,
)


@remembered
def messages() -> st.SearchStrategy[Message]:
    """
    Draw messages whose codes no catalogue has, so that code and facts are shown.
    """
    return st.builds(Message, st.sampled_from(("our.plain", "our.odd-one")), _FACTS)


@remembered
def problems() -> st.SearchStrategy[Problem]:
    """
    Draw problems of documents.
    """
    places = st.sampled_from(("", "rows[0].id", "line 3, unit"))
    return st.builds(Problem, places, st.just("problem.missing-key"), st.none() | texts())


@remembered
def notices() -> st.SearchStrategy[Notice]:
    """
    Draw the State Council's real notices.
    """
    return st.sampled_from(NOTICES)


@remembered
def trace_steps() -> st.SearchStrategy[TraceStep]:
    """
    Draw steps of an explanation.
    """
    return st.builds(TraceStep, messages(), st.none() | _DAYS, st.none() | sources(), st.booleans())


@remembered
@st.composite
def resolutions(draw: st.DrawFn, calendar: WorkCalendar | None = None) -> Resolution:
    """
    Draw what dated and counted rules come to, with up to two decisions.

    Args:
        draw: Hypothesis's own.
        calendar: China's if not given; it has to reach some two years past 2022.
    """
    rule = draw(_RULES)
    events = {name: draw(_DAYS) for name in EVENTS if name in rule.events}
    decided = draw(_DECIDED)
    return rule.resolve(events=events, adjustments=decided, calendar=calendar)


@remembered
@st.composite
def verdicts(draw: st.DrawFn) -> Verdict:
    """
    Draw how deadlines stand, most of them on a day within two weeks of the due day.
    """
    resolution = draw(resolutions())
    near = resolution.due or _FIRST
    as_of = near + timedelta(days=draw(_OFFSETS))
    done = near + timedelta(days=draw(_OFFSETS)) if draw(st.booleans()) else None
    return verdict(resolution, as_of=as_of, completed_on=done, warn_workdays=5)


@remembered
@st.composite
def reviews(draw: st.DrawFn) -> Review:
    """
    Draw boards of ledgers in mid-campaign.
    """
    return draw(ledgers()).review(date(2020, 6, 17) + timedelta(days=draw(st.integers(0, 220))))


@remembered
@st.composite
def review_rows(draw: st.DrawFn) -> ReviewRow:
    """
    Draw lines of a board.
    """
    rows = draw(reviews()).rows
    return rows[draw(st.integers(0, len(rows) - 1))]


@remembered
def standings() -> st.SearchStrategy[Standing]:
    """
    Draw how milestones stand.
    """
    return review_rows().map(lambda row: row.standing)
