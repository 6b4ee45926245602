"""
The laws of moves, verdicts, records and readers: they hold on the library, and are well told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import rectiflow as rf
from rectiflow.testing import (
    LawFamily,
    check,
    history_laws,
    reading_laws,
    verdict_laws,
    workflow_laws,
)
from rectiflow.testing.systems import Assignments, Snapshots, Verdicts, WorkflowObjects

if TYPE_CHECKING:
    from datetime import date

FAMILIES = [workflow_laws, verdict_laws, history_laws, reading_laws]
SOUND: list[tuple[LawFamily, Any]] = [
    (workflow_laws, Assignments()),
    (workflow_laws, WorkflowObjects()),
    (verdict_laws, Verdicts()),
    (history_laws, Snapshots()),
    (reading_laws, rf.read_requirement),
]


@pytest.mark.parametrize(("family", "target"), SOUND, ids=lambda each: type(each).__name__)
def test_they_hold_on_the_library(family: LawFamily, target: Any) -> None:
    """
    Each law is tried and shows something; those of a seal are for formats that have one.
    """
    report = check(family, target, examples=20, seconds=60.0)

    assert [each.law.id for each in report.results if each.fails] == [], report.text()


@pytest.mark.parametrize("family", FAMILIES, ids=lambda each: each.name)
def test_every_law_is_two_sentences_in_two_languages(family: LawFamily) -> None:
    """
    What must hold, and the mistake that breaks it.
    """
    for law in family:
        assert law.id.startswith(f"{family.name}.")
        for said in (law.says, law.catches):
            assert said.text("zh").endswith("。"), said
            assert said.text("en").endswith("."), said


class Nothing:
    """
    It has no part at all.
    """


class Closed(Assignments):
    """
    It refuses everything.
    """

    def move(self, case: Any, trigger: str, *, at: date, to: str | None, reason: str) -> Any:
        """
        Refuse.
        """
        raise ValueError(case, trigger, at, to, reason)


class Wrong:
    """
    Its answers are of the wrong type.
    """

    def outcome(self, due: Any, **_: Any) -> Any:
        """
        Give a number.
        """
        return 7 if due else 8


class TestATargetThatIsNone:
    """
    "Never a stack trace from inside the kit, never a pass." -- issue 4
    """

    @pytest.mark.parametrize("family", FAMILIES, ids=lambda each: each.name)
    def test_without_parts_nothing_holds(self, family: LawFamily) -> None:
        """
        Whatever is lacking is said, law by law.
        """
        report = check(family, Nothing(), examples=5)

        assert not report.holds
        assert all(each.fails or each.outcome == "left_out" for each in report.results)

    def test_what_refuses_everything_is_caught(self) -> None:
        """
        Safety alone is satisfied by it.
        """
        report = check(workflow_laws, Closed(), examples=20)

        caught = [each.law.id for each in report.results if each.fails]
        assert "workflow.next-stage-is-taken" in caught

    def test_a_wrong_type_is_named(self) -> None:
        """
        With the call and what was expected.
        """
        report = check(verdict_laws.only("verdict.only-worsens"), Wrong(), examples=5)

        assert "target.outcome" in report.text()
        assert "str" in report.text()

    def test_a_handle_that_is_new_every_time_is_no_change_of_mind(self) -> None:
        """
        The key of a row differs from case to case; what is seen of it does not.
        """

        class Keyed(WorkflowObjects):
            rows: list[Any]

            def __init__(self) -> None:
                super().__init__()
                self.rows = []

            def begin(self, path: tuple[str, ...]) -> Any:
                self.rows.append(super().begin(path))
                return len(self.rows) - 1

            def move(self, case: Any, trigger: str, **asked: Any) -> None:
                super().move(self.rows[case], trigger, **asked)

            def stage(self, case: Any) -> str:
                return super().stage(self.rows[case])

            def history(self, case: Any) -> list[tuple[str, date]]:
                return super().history(self.rows[case])

        assert check(workflow_laws, Keyed(), examples=20, seconds=60.0).holds
