"""
The fixtures, as a user imports them.
"""

from __future__ import annotations

from importlib import metadata
from typing import TYPE_CHECKING

import rectiflow as rf
from rectiflow.testing import fixtures
from rectiflow.testing.fixtures import (
    china_calendar,
    fixed_day,
    temporary_store,
    yuhui_ledger,
    yuhui_list,
)

if TYPE_CHECKING:
    from datetime import date

    import pytest

# pytest finds them by their names in this module.
FOUND = [china_calendar, fixed_day, temporary_store, yuhui_ledger, yuhui_list]

pytest_plugins = ["pytester"]


def test_they_fit_together(
    request: pytest.FixtureRequest,
) -> None:
    """
    A day, a calendar that covers it, and the bundled list with its ledger.
    """
    day: date = request.getfixturevalue("fixed_day")
    calendar: rf.WorkCalendar = request.getfixturevalue("china_calendar")
    ledger: rf.Ledger = request.getfixturevalue("yuhui_ledger")

    assert calendar.is_workday(day)
    assert ledger.rl == request.getfixturevalue("yuhui_list") == rf.load("yuhui-2020")
    assert len(ledger.review(day).with_outcome("overdue")) > 0


def test_every_test_has_a_ledger_of_its_own(pytester: pytest.Pytester) -> None:
    """
    What one test moves is not moved in the next; each fixture is found by name.
    """
    pytester.makepyfile(f"""
        from datetime import date
        from rectiflow.testing.fixtures import {", ".join(fixtures.__all__)}

        def test_one(yuhui_ledger):
            yuhui_ledger.move("3", "区财政局", "rectify", at=date(2020, 6, 24))

        def test_other(yuhui_ledger, temporary_store):
            assert all(each.stage == "assigned" for each in yuhui_ledger)
            assert temporary_store.ledger() == yuhui_ledger
        """)

    pytester.runpytest_inprocess("-p", "no:cacheprovider").assert_outcomes(passed=2)


def test_no_plugin_of_pytest_is_declared() -> None:
    """
    One would load the package before coverage starts, and blind its user's.
    """
    declared = metadata.distribution("rectiflow").entry_points

    assert {each.group for each in declared} == {"console_scripts", "hypothesis"}
