"""
Readers gone wrong: the library's own, with one answer twisted.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import attrs

import rectiflow as rf
from rectiflow.testing import reading_laws

from .exhibits import Exhibit

__all__ = ["EXHIBITS"]

DAY = timedelta(days=1)
EXHIBITS: list[Exhibit] = []
Reader = Callable[[str, date | None], Any]
# ruff: noqa: D401 -- the docstring of a reader says what is wrong, as the museum shows it


def shown(law: str) -> Callable[[Reader], Reader]:
    """
    Put a reader on show: its name and docstring are those of the mistake.
    """

    def put(reader: Reader) -> Reader:
        name = getattr(reader, "__name__", "")
        EXHIBITS.append(
            Exhibit(
                name=name.replace("_", "-"),
                says=" ".join((reader.__doc__ or "").split()),
                family=reading_laws,
                law=f"reading.{law}",
                make=lambda: reader,
            )
        )
        return reader

    return put


def _with(text: str, issued: date | None, change: Callable[[Any], Any]) -> Any:
    found = rf.read_requirement(text, issued)
    return SimpleNamespace(clauses=[change(each) for each in found.clauses])


@shown("days-as-meant")
def a_day_early(text: str, issued: date | None) -> Any:
    """
    底前 and 日前 are read as the day before.
    """
    return _with(text, issued, lambda each: attrs.evolve(each, due=each.due and each.due - DAY))


@shown("days-as-meant")
def months_of_thirty_days(text: str, issued: date | None) -> Any:
    """
    The end of a month is its thirtieth.
    """
    last = 31
    return _with(
        text,
        issued,
        lambda each: attrs.evolve(
            each, due=each.due.replace(day=30) if each.due and each.due.day == last else each.due
        ),
    )


@shown("clauses-as-meant")
def the_first_only(text: str, issued: date | None) -> Any:
    """
    Only the first deadline of a cell is read.
    """
    return SimpleNamespace(clauses=rf.read_requirement(text, issued).clauses[:1])


@shown("stages-as-meant")
def everything_is_rectified(text: str, issued: date | None) -> Any:
    """
    Whatever has a date is 整改.
    """
    return _with(text, issued, lambda each: attrs.evolve(each, stage=rf.Stage.RECTIFIED))


@shown("aims-as-meant")
def aims_are_owed(text: str, issued: date | None) -> Any:
    """
    原则上 is read over.
    """
    return _with(text, issued, lambda each: attrs.evolve(each, soft=False))


@shown("going-on-as-meant")
def tails_are_lost(text: str, issued: date | None) -> Any:
    """
    并持续推进 at the end is read over.
    """
    return _with(text, issued, lambda each: attrs.evolve(each, ongoing=False))


@shown("ambiguous-words-are-doubted")
def never_doubts(text: str, issued: date | None) -> Any:
    """
    One reading is taken and nothing said.
    """
    return _with(text, issued, lambda each: attrs.evolve(each, doubts=()))


@shown("plain-words-are-not-doubted")
def always_doubts(text: str, issued: date | None) -> Any:
    """
    Everything is left to a person.
    """
    doubt = rf.Doubt(code="doubt.by-its-end", candidates=("2020-06-30",))
    return _with(text, issued, lambda each: attrs.evolve(each, doubts=(*each.doubts, doubt)))


@shown("candidates-hold-the-meaning")
def one_candidate(text: str, issued: date | None) -> Any:
    """
    A doubt offers one reading only.
    """
    return _with(
        text,
        issued,
        lambda each: SimpleNamespace(
            due=each.due, doubts=each.doubts, candidates=each.candidates[:1]
        ),
    )


@shown("layout-says-nothing")
def wide_digits_are_unknown(text: str, issued: date | None) -> Any:
    """
    Full-width digits are no digits.
    """
    narrow = "".join(each for each in text if not "０" <= each <= "９")
    return rf.read_requirement(narrow, issued)


@shown("layout-says-nothing")
def stops_at_a_blank(text: str, issued: date | None) -> Any:
    """
    A no-break space ends the cell.
    """
    return rf.read_requirement(text.partition("\xa0")[0], issued)


@shown("words-have-their-place")
def places_of_the_tidied_text(text: str, issued: date | None) -> Any:
    """
    Places are counted without the blanks.
    """
    tidy = "".join(text.split())
    ahead = len(text) - len(tidy) + 1
    return _with(
        text,
        issued,
        lambda each: attrs.evolve(each, span=(each.span[0] + ahead, each.span[1] + ahead)),
    )


@shown("no-deadline-no-day")
def always_a_day(text: str, issued: date | None) -> Any:
    """
    What has no deadline is due by the end of the year.
    """
    found = rf.read_requirement(text, issued)
    end = date(2020, 12, 31)
    if any(each.due for each in found.clauses):
        return found
    return SimpleNamespace(clauses=[*found.clauses, SimpleNamespace(due=end)])


@shown("any-text-is-answered")
def breaks_on_scraps(text: str, issued: date | None) -> Any:
    """
    A text that ends in a number breaks it.
    """
    if text.endswith(("年", "月")):
        raise IndexError(text) from RuntimeError()
    if text.startswith("前"):
        raise AttributeError(text)
    return rf.read_requirement(text, issued)


@shown("no-year-no-guess")
def the_clock_gives_the_year(text: str, issued: date | None) -> Any:
    """
    Without an issue date the year of reading is taken.
    """
    return rf.read_requirement(text, issued or date(2026, 1, 1))


@shown("a-missing-year-is-the-issue-s")
def the_clock_overrules_the_issue(text: str, issued: date | None) -> Any:
    """
    A year that is not printed is that of reading, whenever the list was issued.
    """
    later = date(2026, 1, 1) if issued and issued.year < 2020 else issued
    return rf.read_requirement(text, later)
