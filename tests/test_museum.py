"""
The museum of mistakes: what the shipped laws must catch; `make soak` goes through all of it.
"""

from __future__ import annotations

import os
from collections import Counter

import attrs
import pytest
from hypothesis import strategies as st
from museum import EXHIBITS, Exhibit, is_caught
from museum.calendars import OFF, WORK, Sound

from rectiflow.testing import UNPROVED, Law, LawFamily, calendar_laws, check

DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"
PLANTED = [each for each in EXHIBITS if not each.equivalent]
# One in nine, so that every family is met; families are listed one after another.
SAMPLE = PLANTED if DEEP else PLANTED[::9]


@pytest.mark.parametrize("exhibit", SAMPLE, ids=lambda each: each.id)
@pytest.mark.parametrize("seed", range(5) if DEEP else [0])
def test_a_planted_mistake_is_caught(exhibit: Exhibit, seed: int) -> None:
    """
    By some law of its family, at the default number of cases.
    """
    assert is_caught(exhibit, seed)


@pytest.mark.parametrize(
    "exhibit", [each for each in EXHIBITS if each.equivalent], ids=lambda each: each.id
)
def test_what_is_equivalent_is_not_accused(exhibit: Exhibit) -> None:
    """
    Code that looks wrong and is not, tried on the law that would be broken first.
    """
    lone = Exhibit(
        name=exhibit.name,
        says=exhibit.says,
        family=exhibit.family.only(exhibit.law),
        law=exhibit.law,
        make=exhibit.make,
    )

    assert not is_caught(lone, 0)


def test_what_shows_too_little_is_not_caught() -> None:
    """
    Neither a run that proved nothing nor a target without the parts is a mistake found.
    """
    silent = Law(id="own.silent", cases=lambda _: st.none(), objection=lambda *_: UNPROVED)
    nothing = Exhibit(
        name="nothing",
        says="Nothing is done wrong.",
        family=LawFamily(name="own", laws=[silent]),
        law="own.silent",
        make=object,
    )
    lacking = attrs.evolve(nothing, family=calendar_laws, law="calendar.add-equals-a-walk")

    assert not is_caught(nothing, 0)
    assert not is_caught(lacking, 0)


def test_the_plain_calendar_is_sound() -> None:
    """
    What the broken ones derive from keeps every law.
    """
    report = check(calendar_laws, Sound(OFF, WORK), examples=40)

    assert report.holds, report.text()


def test_every_mistake_is_named_and_explained() -> None:
    """
    Once, with a law of its family that is expected to catch it.
    """
    assert max(Counter(each.id for each in EXHIBITS).values()) == 1
    for each in EXHIBITS:
        assert each.says.endswith(".")
        assert each.family[each.law].id == each.law


def test_there_are_mistakes_enough_of_every_family() -> None:
    """
    At least five of each and eighty in all, and a sample meets every family.
    """
    counts = Counter(each.family.name for each in PLANTED)

    assert min(counts.values()) >= 5
    assert sum(counts.values()) >= 80
    assert {each.family.name for each in SAMPLE} == set(counts)
