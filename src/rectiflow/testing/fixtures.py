"""
What most tests begin with, as pytest fixtures to be imported by name.

There is no pytest plugin: it would be loaded before coverage starts, and what it loads would be
missing from the user's figures.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from rectiflow.ledger import Ledger, assign
from rectiflow.moments import CHINA_TIME
from rectiflow.reading.load import load
from rectiflow.workdays import WorkCalendar

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rectiflow.lists import RectificationList
    from rectiflow.store import StoredLedger

__all__ = ["china_calendar", "fixed_day", "temporary_store", "yuhui_ledger", "yuhui_list"]


@pytest.fixture
def fixed_day() -> date:
    """
    Give a day to be today: Wednesday 1 July 2020, the day after many of Yuhui's deadlines.
    """
    return date(2020, 7, 1)


@pytest.fixture(scope="session")
def china_calendar() -> WorkCalendar:
    """
    Give mainland China's calendar, all that is published.
    """
    return WorkCalendar.china()


@pytest.fixture(scope="session")
def yuhui_list() -> RectificationList:
    """
    Give the bundled list.
    """
    return load("yuhui-2020")


@pytest.fixture
def yuhui_ledger(yuhui_list: RectificationList) -> Ledger:
    """
    Give a ledger of the bundled list in which nothing has moved, a new one for every test.
    """
    return assign(yuhui_list)


@pytest.fixture
def temporary_store(tmp_path: Path, yuhui_ledger: Ledger) -> Iterator[StoredLedger]:
    """
    Give a store in a file of the test's own, with the ledger of the bundled list; it is closed.
    """
    from rectiflow import store  # noqa: PLC0415 -- the other fixtures do without the extra

    office = store.Actor("李主任", "区政府办公室", store.OfficeRole.SUPERVISOR)
    now = datetime(2020, 6, 17, 9, tzinfo=CHINA_TIME)
    place = tmp_path / "ledger.db"
    with store.create(place, yuhui_ledger, actor=office, recorded_at=now) as made:
        yield made
