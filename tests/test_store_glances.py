"""
A few assignments of a stored ledger looked at without all the others.
"""

from __future__ import annotations

import shutil
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest

import rectiflow as rf
from rectiflow import store
from rectiflow.moments import CHINA_TIME
from rectiflow.store import Actor
from rectiflow.store.glances import MOST, glance

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NOW = datetime(2020, 6, 26, 9, 30, tzinfo=CHINA_TIME)
DAY = date(2020, 6, 24)
OFFICE = Actor("李主任", "区政府办公室", ("responsible", "supervisor"))
UNIT = "区城市管理局"
Ask = "Callable[[store.StoredLedger], object]"


def _moving(*lines: tuple[str, str, str], **more: Any) -> Any:
    moves = [rf.Move(row, unit, trigger, DAY, **more) for row, unit, trigger in lines]

    def ask(shared: store.StoredLedger) -> object:
        """
        Ask for the moves.
        """
        return shared.append(moves, actor=OFFICE, recorded_at=NOW, command="k")

    return ask


def _confirming(shared: store.StoredLedger) -> object:
    return shared.confirm("2.1", UNIT, "self_checked", at=DAY, actor=CHIEF, recorded_at=NOW)


CHIEF = Actor("王局长", "督查室", "supervisor")
EXTENDED = rf.Extension(20, "workday", granted_on=DAY)
ASKS: dict[str, Any] = {
    "a move": _moving(("2.1", UNIT, "rectify")),
    "a short form": _moving(("6.3", "区发改委", "self_check")),
    "bodies of another row": _moving(("4.2", "各乡镇政府", "self_check")),
    "rows far apart": _moving(("1", "区民政局", "rectify"), ("8.1", "区政府各部门", "self_check")),
    "one body by two names": _moving(
        ("6.3", "区发改委", "self_check"), ("6.3", "区发展改革委", "rectify")
    ),
    "a decision": _moving(("2.1", UNIT, "adjust"), milestone="rectified", adjustment=EXTENDED),
    "a confirmation": _confirming,
    "what the list refuses": _moving(("2.1", UNIT, "sustain")),
    "no such unit": _moving(("2.1", "区城管", "self_check")),
    "no such row": _moving(("21", UNIT, "self_check")),
    "a unit of another row": _moving(("2.1", "区财政局", "self_check")),
}


@pytest.fixture(scope="module", name="kept")
def _kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    Give a ledger with something in it.
    """
    place = tmp_path_factory.mktemp("glances") / "ledger.db"
    ledger = rf.assign(rf.load("yuhui-2020"))
    with store.create(place, ledger, actor=OFFICE, recorded_at=NOW, policy=ANY) as shared:
        moves = [
            rf.Move("2.1", UNIT, "self_check", DAY),
            rf.Move("1", "区民政局", "self_check", DAY),
        ]
        shared.append(moves, actor=OFFICE, recorded_at=NOW)
    return place


ANY = store.Policy((store.policies.not_ones_own_work,))


def _said(place: Path, ask: Callable[[store.StoredLedger], object], *, all_read: bool) -> object:
    with store.open(place, policy=ANY) as shared:
        if all_read:
            shared.ledger()
        try:
            ask(shared)
        except rf.RectiflowError as error:
            return type(error), error.text("zh"), shared.anchor()
        assert shared.verify().sound
        return shared.anchor(), shared.ledger()


class TestWriting:
    """
    "it decides nothing of its own, and every refusal is the whole ledger's"
    """

    @pytest.mark.parametrize("name", ASKS)
    def test_writes_and_refuses_as_the_whole_would(
        self, kept: Path, tmp_path: Path, name: str
    ) -> None:
        """
        The same events, hash for hash; the same state; the same words where it is refused.
        """
        glanced, whole = tmp_path / "glanced.db", tmp_path / "whole.db"
        shutil.copy(kept, glanced)
        shutil.copy(kept, whole)

        found = _said(glanced, ASKS[name], all_read=False)
        assert found == _said(whole, ASKS[name], all_read=True)

    def test_the_second_request_is_judged_by_all(self, kept: Path, tmp_path: Path) -> None:
        """
        What was written by a glance is seen by what comes after it in the same process.
        """
        place = tmp_path / "ledger.db"
        shutil.copy(kept, place)
        with store.open(place, policy=ANY) as shared:
            _moving(("2.1", UNIT, "rectify"))(shared)
            move = rf.Move("2.1", UNIT, "template", DAY)
            shared.append([move], actor=OFFICE, recorded_at=NOW)

            assert shared.ledger()["2.1", UNIT].stage is rf.Stage.TEMPLATED
            assert shared.verify().sound

    def test_rules_of_a_callers_own_see_the_whole_list(self, kept: Path, tmp_path: Path) -> None:
        """
        A policy may look at any part of it.
        """
        place = tmp_path / "ledger.db"
        shutil.copy(kept, place)
        seen: list[int] = []

        def nosy(request: store.Request) -> None:
            """
            Count the rows of the list.
            """
            assert request.assignment is not None
            seen.append(len(request.assignment.campaign.rl.rows))

        with store.open(place, policy=store.Policy((nosy,))) as shared:
            _moving(("2.1", UNIT, "rectify"))(shared)
        assert seen == [14]


class TestHistory:
    """
    One assignment's events, by the full name of its unit or any other.
    """

    @pytest.mark.parametrize(("row", "unit", "events"), [("2.1", UNIT, 1), ("6.3", "区发改委", 0)])
    def test_is_that_of_the_whole(self, kept: Path, row: str, unit: str, events: int) -> None:
        """
        Read by itself or after all else.
        """
        with store.open(kept) as alone, store.open(kept) as after:
            after.ledger()
            assert alone.history(row, unit) == after.history(row, unit)
            assert len(alone.history(row, unit)) == events

    def test_after_another_roster(self, kept: Path, tmp_path: Path) -> None:
        """
        Numbers go on where the first definition ended.
        """
        place = tmp_path / "ledger.db"
        shutil.copy(kept, place)
        with store.open(place, policy=ANY) as shared:
            roster = rf.load_roster("yuhui-2020")
            shared.change_roster(roster, actor=OFFICE, recorded_at=NOW)
            shared.append(
                [rf.Move("6.2", "马城镇人民政府", "self_check", DAY)], actor=OFFICE, recorded_at=NOW
            )
        with store.open(place) as alone:
            (event,) = alone.history("6.2", "马城镇人民政府")
            assert event.record.unit == "马城镇人民政府"
        with store.open(place, policy=ANY) as again:
            _moving(("6.2", "马城镇人民政府", "rectify"))(again)
            assert again.verify().sound


def test_a_glance_holds_what_was_wanted_and_nothing_else(kept: Path) -> None:
    """
    What it does not hold is no assignment to it, rather than one without a history.
    """
    with store.open(kept) as shared, shared._database.reading() as connection:
        state = glance(connection, 1, [("2.1", UNIT)], None)
        assert state is not None
        assert [each.unit.name for each in state.ledger] == [UNIT]
        assert state.ledger["2.1", UNIT].stage is rf.Stage.SELF_CHECKED
        assert glance(connection, 1, [("2.1", str(n)) for n in range(MOST + 1)], None) is None
