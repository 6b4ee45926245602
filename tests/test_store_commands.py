"""
Command ids of whatever is no batch of moves: one id, one request, in whichever process.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import attrs
import pytest

import rectiflow as rf
from rectiflow import store
from rectiflow.moments import CHINA_TIME
from rectiflow.store import Actor, OfficeRole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Door = Callable[..., store.Receipt]

NOW = datetime(2020, 6, 20, 9, 30, tzinfo=CHINA_TIME)
DAY = date(2020, 6, 20)
ROW, UNIT = "2.1", "区城市管理局"
OFFICE = Actor("李主任", "区政府办公室", OfficeRole.SUPERVISOR)
CLERK = Actor("王五", UNIT, OfficeRole.RESPONSIBLE)
CALENDAR = rf.WorkCalendar.china()
ROSTER = rf.load_roster("yuhui-2020")
DOUBT = rf.Doubt(code="doubt.explored-act", words="探索制定", candidates=("yes", "no"))


def a_guard() -> Callable[[rf.Step], None]:
    """
    Make an office's own guard anew, as another process does.
    """

    def strict(_step: rf.Step) -> None:
        pass

    return strict


def doubtful() -> rf.Ledger:
    """
    Assign the Yuhui list with a doubt that is open.
    """
    rl = rf.load("yuhui-2020")
    rows = (
        attrs.evolve(each, doubts=(DOUBT,)) if each.id == ROW else each for each in rl.rows.values()
    )
    return rf.assign(attrs.evolve(rl, rows=tuple(rows)))


def settling(answer: str) -> Door:
    """
    Make the door that decides the doubt.
    """
    (asked,) = rf.open_doubts(doubtful().rl)
    settlement = rf.Settlement.to(asked, answer, by="李主任")
    return lambda shared, **facts: shared.settle([settlement], **facts)


def rostering(roster: rf.Roster) -> Door:
    """
    Make the door that changes the roster.
    """
    return lambda shared, **facts: shared.change_roster(roster, **facts)


def migrating(**parts: object) -> Door:
    """
    Make the door that migrates to these parts.
    """
    return lambda shared, **facts: shared.migrate(**parts, **facts)


def confirming(**fields: object) -> Door:
    """
    Make the door that confirms.
    """
    asked = {"milestone": "self_checked", "at": DAY, **fields}
    return lambda shared, **facts: shared.confirm(ROW, UNIT, **asked, **facts)


# What is asked for, and others that differ from it in one thing.
ASKED: dict[str, tuple[Door, list[Door]]] = {
    "confirm": (
        confirming(),
        [confirming(milestone="rectified"), confirming(note="另"), confirming(at=NOW)],
    ),
    "settle": (settling("no"), [settling("yes")]),
    "change_roster": (
        rostering(ROSTER),
        [rostering(attrs.evolve(ROSTER, members=ROSTER.members[:-1]))],
    ),
    "migrate": (
        migrating(calendar=CALENDAR.overlay(off=[date(2027, 5, 5)])),
        [
            migrating(calendar=CALENDAR.overlay(off=[date(2027, 5, 6)])),
            migrating(workflow=rf.Workflow(guards=[a_guard()])),
            migrating(rl=attrs.evolve(rf.load("yuhui-2020"), title="另一清单")),
            migrating(immediate=rf.After("received", 3, "workday")),
            migrating(roster=ROSTER),
            migrating(calendar=CALENDAR.overlay(off=[date(2027, 5, 5)]), note="另"),
        ],
    ),
}


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[store.StoredLedger]:
    """
    Give a ledger with a doubt, in which one assignment is rectified.
    """
    place = tmp_path / "ledger.db"
    with store.create(place, doubtful(), actor=OFFICE, recorded_at=NOW) as made:
        moves = [rf.Move(ROW, UNIT, each, DAY) for each in ("self_check", "rectify")]
        made.append(moves, actor=CLERK, recorded_at=NOW)
        yield made


class TestOfWhatIsNoMove:
    """
    "A caller-made command id is unique: … never a double move, never a false conflict" -- issue 5
    """

    @pytest.mark.parametrize("deed", ASKED)
    def test_the_same_again_is_done_already_and_another_is_refused(
        self, shared: store.StoredLedger, deed: str
    ) -> None:
        """
        Whatever it differs in, another request is never told that it is done.
        """
        same, others = ASKED[deed]
        facts = {"actor": OFFICE, "recorded_at": NOW, "command": "c"}
        first = same(shared, **facts)
        again = same(shared, **facts)

        assert (first.already_done, again.already_done) == (False, True)
        assert (again.first, again.last) == (first.first, first.last)
        for each in others:
            with pytest.raises(store.CommandReusedError):
                each(shared, **facts)
        assert shared.seq == first.last

    def test_code_goes_by_its_name(self, shared: store.StoredLedger) -> None:
        """
        In another process the same guard lies at another address, and it is the same migration.
        """
        facts = {"actor": OFFICE, "recorded_at": NOW, "command": "c"}
        strict, again = a_guard(), a_guard()
        migrating(workflow=rf.Workflow(guards=[strict]))(shared, **facts)

        assert strict is not again
        assert migrating(workflow=rf.Workflow(guards=[again]))(shared, **facts).already_done
