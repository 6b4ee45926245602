"""
The shared ledger: appended to under guard, read back equal, the same on both databases.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import msgspec
import pytest

import rectiflow as rf
from rectiflow import store
from rectiflow.moments import CHINA_TIME
from rectiflow.store import Actor, EventKind, OfficeRole
from rectiflow.store.entries import Said

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime(2020, 6, 20, 9, 30, tzinfo=CHINA_TIME)
DAY = date(2020, 6, 20)
ROW, UNIT = "2.1", "区城市管理局"
OFFICE = Actor("李主任", "区政府办公室", OfficeRole.SUPERVISOR)
CLERK = Actor("王五", UNIT, OfficeRole.RESPONSIBLE)
OTHER = Actor("赵六", "区卫生健康委", OfficeRole.RESPONSIBLE)
CHECK = rf.Move(ROW, UNIT, "self_check", DAY)
RECTIFY = rf.Move(ROW, UNIT, "rectify", DAY)


def yuhui() -> rf.Ledger:
    """
    Assign the Yuhui list.
    """
    return rf.assign(rf.load("yuhui-2020"))


@pytest.fixture
def shared(place: str) -> Iterator[store.StoredLedger]:
    """
    Give a new stored ledger of the Yuhui list.
    """
    with store.create(place, yuhui(), actor=OFFICE, recorded_at=NOW) as made:
        yield made


def test_a_replay_reads_the_fields_of_a_record() -> None:
    """
    By the same names, of the same types and defaults: what one has changed, the other has too.
    """
    fields = [
        {each.name: (each.type, each.default) for each in msgspec.structs.fields(kind)}
        for kind in (Said, store.Record)
    ]

    assert fields[0].items() <= fields[1].items()


class TestAppending:
    """
    "The caller's expected version of the assignment is checked inside the transaction" -- issue 5
    """

    def test_what_is_appended_is_there_for_everybody(
        self, shared: store.StoredLedger, place: str
    ) -> None:
        """
        Another process's ledger holds the move, with who wrote it and when.
        """
        receipt = shared.append([CHECK, RECTIFY], actor=CLERK, recorded_at=NOW)

        with store.open(place) as again:
            seen = again.ledger()[ROW, UNIT]
            assert [entry.by for entry in seen.history] == ["王五", "王五"]
            assert {entry.recorded_at for entry in seen.history} == {NOW}
            assert seen.stage is rf.Stage.RECTIFIED
            assert again.ledger() == shared.ledger()
            assert again.seq == receipt.last == 3

    def test_the_ledger_given_is_the_callers_own(self, shared: store.StoredLedger) -> None:
        """
        What is done to it is not done to the store.
        """
        shared.ledger().move(ROW, UNIT, "self_check", at=DAY)

        assert shared.ledger()[ROW, UNIT].stage is rf.Stage.ASSIGNED

    def test_a_batch_with_a_bad_line_leaves_nothing(self, shared: store.StoredLedger) -> None:
        """
        The core's own ledger names every bad line; that it was attempted is all that is written.
        """
        bad = rf.Move(ROW, UNIT, "template", date(2020, 6, 1))

        with pytest.raises(rf.BatchRefusedError) as caught:
            shared.append([CHECK, bad], actor=CLERK, recorded_at=NOW)

        assert [each.position for each in caught.value.bad] == [1]
        assert [event.record.line for event in shared.attempts()] == [1]
        assert shared.seq == 2
        assert shared.ledger() == yuhui()

    def test_a_lost_race_tells_what_happened_meanwhile(
        self, shared: store.StoredLedger, place: str
    ) -> None:
        """
        The page was rendered at event 1; event 2 is what overtook it.
        """
        with store.open(place) as faster:
            faster.append([CHECK], actor=CLERK, recorded_at=NOW, expected=1)

        with pytest.raises(store.ConcurrencyError) as caught:
            shared.append([RECTIFY], actor=CLERK, recorded_at=NOW, expected=1)

        assert [event.seq for event in caught.value.meanwhile] == [2]
        assert caught.value.subjects == (f"{ROW} × {UNIT}",)
        assert "已自查" in caught.value.text("zh")
        assert shared.seq == 2

    def test_what_others_did_elsewhere_is_no_conflict(self, shared: store.StoredLedger) -> None:
        """
        A version is an assignment's, not the ledger's.
        """
        elsewhere = rf.Move(ROW, "区卫生健康委", "self_check", DAY)
        shared.append([elsewhere], actor=OTHER, recorded_at=NOW)

        shared.append([CHECK], actor=CLERK, recorded_at=NOW, expected=1)
        shared.append([RECTIFY], actor=CLERK, recorded_at=NOW, expected={(ROW, UNIT): 3})

        assert shared.version(ROW, UNIT) == 4

    def test_a_retry_is_told_that_it_is_done(self, shared: store.StoredLedger, place: str) -> None:
        """
        Neither a double move nor a false conflict, from whichever process it comes.
        """
        first = shared.append([CHECK], actor=CLERK, recorded_at=NOW, command="c", expected=1)
        with store.open(place) as other:
            again = other.append([CHECK], actor=CLERK, recorded_at=NOW, command="c", expected=1)

        assert (again.first, again.last, again.already_done) == (first.first, first.last, True)
        assert not first.already_done
        assert shared.seq == 2

    def test_a_command_id_stands_for_one_request(self, shared: store.StoredLedger) -> None:
        """
        Another request of the same id is a mistake, and is said to be.
        """
        shared.append([CHECK], actor=CLERK, recorded_at=NOW, command="c")

        with pytest.raises(store.CommandReusedError) as caught:
            shared.append([RECTIFY], actor=CLERK, recorded_at=NOW, command="c")

        assert (caught.value.command, caught.value.seq) == ("c", 2)

    def test_every_event_is_polled_once(self, shared: store.StoredLedger) -> None:
        """
        In order, from where the reader left off.
        """
        shared.append([CHECK, RECTIFY], actor=CLERK, recorded_at=NOW)

        assert [event.seq for event in shared.poll(limit=2)] == [1, 2]
        assert [event.seq for event in shared.poll(2)] == [3]
        assert shared.poll(3) == ()
        assert [event.kind for event in shared.history(ROW, UNIT)] == [EventKind.MOVED] * 2


class TestOpening:
    """
    "every fact is an event: ledger opened with its list and versions" -- issue 5
    """

    def test_histories_become_events(self, place: str) -> None:
        """
        A ledger taken over in mid-campaign is read back equal.
        """
        opened = rf.History(row="1", unit="区卫生健康委", stage="rectified", since=DAY)
        moved = rf.History(row=ROW, unit=UNIT, moves=[CHECK])
        ledger = rf.Ledger.replay(rf.load("yuhui-2020"), [opened, moved])

        with store.create(place, ledger, actor=OFFICE, recorded_at=NOW) as shared:
            kinds = [event.kind for event in shared.events()]
            assert kinds == [EventKind.OPENED, EventKind.TAKEN_OVER, EventKind.MOVED]
            assert [a.stage for a in shared.ledger()] == [a.stage for a in ledger]
            assert shared.verify().sound

    @pytest.mark.usefixtures("shared")
    def test_a_name_is_taken_once(self, place: str) -> None:
        """
        Two offices may each have one of the same name.
        """
        with pytest.raises(store.LedgerExistsError):
            store.create(place, yuhui(), actor=OFFICE, recorded_at=NOW)
        store.create(place, yuhui(), actor=OFFICE, recorded_at=NOW, office="乙区").close()

        assert [(each.office, each.name) for each in store.ledgers(place)] == [
            ("", "yuhui-2020"),
            ("乙区", "yuhui-2020"),
        ]

    @pytest.mark.usefixtures("shared")
    def test_an_unknown_ledger_names_the_nearest(self, place: str) -> None:
        """
        By name, and where none is given and several are there.
        """
        with pytest.raises(rf.UnknownNameError) as caught:
            store.open(place, "yuhui-2021")

        assert caught.value.nearest == ("yuhui-2020",)
