"""
Command ids and pages of whatever is no batch of moves: one id, one request, on no old page.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

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


class TestOfWhatIsRefused:
    """
    "everything refused is refused with its reason and recorded as an attempt" -- issue 5
    """

    def test_the_policy_comes_before_the_command_id_of_another(
        self, shared: store.StoredLedger
    ) -> None:
        """
        A passer-by who sends a clerk's request again is refused, and learns nothing of it.
        """
        move = rf.Move(ROW, UNIT, "template", DAY)
        first = shared.append([move], actor=CLERK, recorded_at=NOW, command="c")
        with pytest.raises(store.NotPermittedError):
            shared.append([move], actor=Actor("路人", UNIT), recorded_at=NOW, command="c")
        assert [each.record.person for each in shared.attempts()] == ["路人"]
        colleague = attrs.evolve(CLERK, person="周七")
        assert shared.append([move], actor=colleague, recorded_at=NOW, command="c").already_done
        # Who did it is told so, also once they may not: it is no new request.
        alone = attrs.evolve(CLERK, roles=())
        again = shared.append([move], actor=alone, recorded_at=NOW, command="c")
        assert (again.already_done, again.last) == (True, first.last)

    @pytest.mark.parametrize("day", [DAY, date(2020, 6, 1)])
    def test_a_retry_is_one_attempt(
        self, shared: store.StoredLedger, tmp_path: Path, day: date
    ) -> None:
        """
        By policy or by rules, from this process or another; another's is another.
        """
        moves = [
            rf.Move(ROW, UNIT, "template", day),
            rf.Move(ROW, UNIT, "send_back", day, to="assigned", reason="重做"),
        ]
        nobody = Actor("路人", UNIT, () if day == DAY else tuple(OfficeRole))
        other = attrs.evolve(nobody, person="路人乙")
        before = shared.seq
        with store.open(tmp_path / "ledger.db") as opened:
            for office, actor in ((shared, nobody), (opened, nobody), (shared, other)):
                with pytest.raises(rf.RectiflowError):
                    office.append(moves, actor=actor, recorded_at=NOW, command="c")

        attempts = shared.attempts()
        # The rules judge no line after one that they refuse, about the same assignment.
        lines = 2 if day == DAY else 1
        assert [each.record.person for each in attempts] == ["路人"] * lines + ["路人乙"] * lines
        assert {each.record.command for each in attempts} == {"c"}
        assert shared.seq == before + 2 * lines
        assert shared.verify().sound
        with store.import_log(tmp_path / "copy.db", shared.export(), actor=OFFICE) as copy:
            assert copy.verify([shared.anchor()]).sound
            with pytest.raises(rf.RectiflowError):
                copy.append(moves, actor=nobody, recorded_at=NOW, command="c")
            assert copy.seq == shared.seq

    @pytest.mark.parametrize("kept", ["c", None, "c\nrefused 0"])
    def test_what_an_attempt_is_found_by_is_verified(
        self, shared: store.StoredLedger, tmp_path: Path, kept: str | None
    ) -> None:
        """
        Under the plain id it would stand for what was done, and without one it is found no more.
        """
        move = rf.Move(ROW, UNIT, "template", DAY)
        with pytest.raises(store.NotPermittedError):
            shared.append([move], actor=Actor("路人", UNIT), recorded_at=NOW, command="c")
        with closing(sqlite3.connect(tmp_path / "ledger.db")) as connection, connection:
            connection.execute("DROP TRIGGER rectiflow_no_update")
            statement = "UPDATE rectiflow_event SET command = ? WHERE seq = ?"
            connection.execute(statement, (kept, shared.seq))

        fault = shared.verify().fault
        assert fault is not None
        assert (fault.kind, fault.seq) == (store.FaultKind.COLUMNS, shared.seq)

    def test_an_id_is_free_for_who_may(self, shared: store.StoredLedger) -> None:
        """
        What was refused first and is permitted later is done under the same id.
        """
        moves = [rf.Move(ROW, UNIT, "template", DAY)]
        with pytest.raises(store.NotPermittedError):
            shared.append(moves, actor=Actor("王五", UNIT), recorded_at=NOW, command="c")
        assert not shared.append(moves, actor=CLERK, recorded_at=NOW, command="c").already_done
        assert shared.append(moves, actor=CLERK, recorded_at=NOW, command="c").already_done


class TestAnOldPage:
    """
    "a lost race is ``ConcurrencyError`` with what happened meanwhile" -- issue 5
    """

    @pytest.mark.parametrize("deed", ["settle", "change_roster", "migrate"])
    def test_redefines_nothing_that_was_redefined_since(
        self, shared: store.StoredLedger, deed: str
    ) -> None:
        """
        Of two who migrate at once the second is told; moves are no matter.
        """
        door, _ = ASKED[deed]
        facts = {"actor": OFFICE, "recorded_at": NOW}
        seen = shared.seq
        migrating(immediate=rf.After("received", 3, "workday"))(shared, **facts, expected=seen)
        shared.append([rf.Move(ROW, UNIT, "template", DAY)], actor=CLERK, recorded_at=NOW)

        with pytest.raises(store.ConcurrencyError) as caught:
            door(shared, **facts, expected=seen)
        assert caught.value.subjects == ("yuhui-2020",)
        assert [event.seq for event in caught.value.meanwhile] == [seen + 1]
        assert door(shared, **facts, expected=seen + 1).first == seen + 3

    @pytest.mark.parametrize("anew", [False, True])
    def test_moves_and_confirms_nothing_that_was_redefined_since(
        self,
        shared: store.StoredLedger,
        tmp_path: Path,
        anew: bool,  # noqa: FBT001 -- from where
    ) -> None:
        """
        Whoever looked before the migration saw other deadlines; a mapping tells it too.
        """
        facts: dict[str, Any] = {"actor": OFFICE, "recorded_at": NOW}
        moves = [rf.Move(ROW, UNIT, "send_back", DAY, to="assigned", reason="重做")]
        seen, version = shared.seq, shared.version(ROW, UNIT)
        migrating(immediate=rf.After("received", 3, "workday"))(shared, **facts)
        with store.open(tmp_path / "ledger.db") as opened:
            office = opened if anew else shared
            for expected in (seen, {(ROW, UNIT): version}):
                with pytest.raises(store.ConcurrencyError) as caught:
                    office.append(moves, **facts, expected=expected)
                assert [event.seq for event in caught.value.meanwhile] == [seen + 1]
                with pytest.raises(store.ConcurrencyError):
                    confirming()(office, **facts, expected=expected)
            version = office.version(ROW, UNIT)
            assert version == seen + 1
            assert office.append(moves, **facts, expected={(ROW, UNIT): version}).last == seen + 2

    def test_is_none_before_anything_happened(self, tmp_path: Path) -> None:
        """
        To be opened is no redefinition, for who opened it and for who comes later.
        """
        place = tmp_path / "other.db"
        with store.create(place, doubtful(), actor=OFFICE, recorded_at=NOW) as made:
            versions = [made.version(ROW, UNIT)]
        with store.open(place) as later:
            versions.append(later.version(ROW, UNIT))
            moves, page = [rf.Move(ROW, UNIT, "self_check", DAY)], {(ROW, UNIT): 0}
            assert later.append(moves, actor=CLERK, recorded_at=NOW, expected=page).last == 2
        assert versions == [0, 0]

    def test_confirms_nothing_that_moved_since(self, shared: store.StoredLedger) -> None:
        """
        What was sent back meanwhile is told, rather than that it is not done.
        """
        facts: dict[str, Any] = {"actor": OFFICE, "recorded_at": NOW}
        seen = shared.seq
        back = rf.Move(ROW, UNIT, "send_back", DAY, to="assigned", reason="重做")
        shared.append([back], **facts)

        with pytest.raises(store.ConcurrencyError) as caught:
            confirming()(shared, **facts, expected=seen)
        assert [event.seq for event in caught.value.meanwhile] == [seen + 1]
