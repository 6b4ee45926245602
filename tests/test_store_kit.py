"""
The laws and the machine of stores: they hold on the library's own, and a planted mistake falls.
"""

from __future__ import annotations

from typing import ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from museum.stores import DoesRetriesAgain, KeepsGoodLines, LastToWriteWins, ReadsOnceOnly, Shelf

from rectiflow.testing import StoreMachine, check, store_laws
from rectiflow.testing.stores import SharedStore

BRIEF = settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=15,
    stateful_step_count=15,
    phases=[Phase.generate],
    report_multiple_bugs=False,
    suppress_health_check=[HealthCheck.too_slow],
)


def _machine(shelf: type[Shelf]) -> type[StoreMachine]:
    class Machine(StoreMachine):
        make: ClassVar[type[Shelf]] = shelf

    return Machine


@pytest.mark.parametrize("maker", [SharedStore, Shelf])
def test_the_laws_hold(maker: type) -> None:
    """
    On SQLite, and on a shelf in memory.
    """
    report = check(store_laws, maker, examples=3 if maker is SharedStore else 60, seconds=60.0)

    # Three cases may meet no share; what they meet must hold.
    broken = [each.law.id for each in report.results if each.outcome in {"broken", "untried"}]
    assert broken == [], report.text()


def test_every_law_is_two_sentences_in_two_languages() -> None:
    """
    What must hold, and the mistake that breaks it.
    """
    for law in store_laws:
        for said in (law.says, law.catches):
            assert said.text("zh").endswith("。"), said
            assert said.text("en").endswith("."), said


def test_the_machine_holds_on_the_library() -> None:
    """
    Four handles on one file, retries, races and bad lines.
    """
    few = settings(BRIEF, max_examples=5)
    run_state_machine_as_test(StoreMachine, settings=few)


@pytest.mark.parametrize(
    "shelf", [KeepsGoodLines, DoesRetriesAgain, LastToWriteWins, ReadsOnceOnly]
)
def test_the_machine_falls_on_a_mistake(shelf: type[Shelf]) -> None:
    """
    Each is told as a sentence.
    """
    with pytest.raises(AssertionError, match=r"must|legal"):
        run_state_machine_as_test(_machine(shelf), settings=settings(BRIEF, max_examples=200))
