"""
The whole log as JSON Lines: out and in again, byte for byte, or not at all.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rectiflow as rf
from rectiflow import store
from rectiflow.moments import CHINA_TIME
from rectiflow.store import Actor, OfficeRole, engines, logs
from rectiflow.store.events import chained, to_body

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2020, 6, 20, 9, 30, tzinfo=CHINA_TIME)
DAY = date(2020, 6, 20)
ROW, UNIT = "2.1", "区城市管理局"
OFFICE = Actor("李主任", "区政府办公室", OfficeRole.SUPERVISOR)
CLERK = Actor("王五", UNIT, OfficeRole.RESPONSIBLE)


def filled(place: str | Path) -> store.StoredLedger:
    """
    Make a ledger with moves, a confirmation, an attempt, a migration and odd texts.
    """
    made = store.create(place, rf.assign(rf.load("yuhui-2020")), actor=OFFICE, recorded_at=NOW)
    move = rf.Move(ROW, UNIT, "self_check", DAY, note='换行\n"引号"\u2028😀')
    made.append([move], actor=CLERK, recorded_at=NOW, command="c")
    made.confirm(ROW, UNIT, "self_checked", at=DAY, actor=OFFICE, recorded_at=NOW)
    with pytest.raises(store.NotPermittedError):
        made.append([rf.Move(ROW, UNIT, "rectify", DAY)], actor=OFFICE, recorded_at=NOW)
    made.change_roster(rf.load_roster("yuhui-2020"), actor=OFFICE, recorded_at=NOW)
    made.append([rf.Move(ROW, UNIT, "rectify", DAY)], actor=CLERK, recorded_at=NOW)
    return made


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    Give the file of a log.
    """
    folder = tmp_path_factory.mktemp("log")
    with filled(folder / "ledger.db") as made:
        text = "\n".join(made.export())
    (folder / "log.jsonl").write_text(text, encoding="utf-8")
    return folder / "log.jsonl"


def lines_of(log: Path) -> list[str]:
    """
    Read the lines of a log: a text may hold what str.splitlines takes for the end of one.
    """
    return log.read_text(encoding="utf-8").split("\n")


class TestTheLog:
    """
    "export/import of the whole log as JSON Lines" -- issue 5
    """

    def test_comes_back_byte_for_byte(self, place: str, tmp_path: Path) -> None:
        """
        From either database into a file: same events, same head, same state, and it goes on.
        """
        with filled(place) as made:
            lines, events = list(made.export()), made.poll()
            ledger, anchor = made.ledger(), made.anchor()

        with store.import_log(tmp_path / "copy.db", lines, actor=OFFICE) as copy:
            assert copy.poll() == events
            assert copy.verify([anchor]).sound
            assert copy.ledger() == ledger
            assert list(copy.export()) == lines
            move = rf.Move(ROW, UNIT, "template", DAY)
            assert copy.append([move], actor=CLERK, recorded_at=NOW).first == anchor.seq + 1
            again = rf.Move(ROW, UNIT, "self_check", DAY, note='换行\n"引号"\u2028😀')
            done = copy.append([again], actor=CLERK, recorded_at=NOW, command="c")
            assert done.already_done
        with store.open(tmp_path / "copy.db") as copy:
            assert copy.verify().sound

    @pytest.mark.parametrize("at_once", [2, 10_000])
    def test_keeps_nobody_from_writing(
        self, tmp_path: Path, log: Path, at_once: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        An event after each line that is read, and the log ends where it began to be read.
        """
        monkeypatch.setattr(logs, "_AT_ONCE", at_once)
        monkeypatch.setattr(engines, "TIMEOUT_SECONDS", 0)
        place = tmp_path / "copy.db"
        move = rf.Move(ROW, UNIT, "template", DAY)
        with (
            store.import_log(place, lines_of(log), actor=OFFICE) as copy,
            store.open(place) as other,
        ):
            read = []
            for line in copy.export():
                read.append(line)
                with pytest.raises(store.NotPermittedError):
                    other.append([move], actor=OFFICE, recorded_at=NOW)
            assert len(copy.attempts()) == 1 + len(read)

        assert read == lines_of(log)

    def test_is_taken_once(self, log: Path, tmp_path: Path) -> None:
        """
        A second ledger of the same name is refused.
        """
        place = tmp_path / "copy.db"
        store.import_log(place, lines_of(log), actor=OFFICE).close()

        with pytest.raises(store.LedgerExistsError):
            store.import_log(place, lines_of(log), actor=OFFICE)

    @settings(max_examples=25)
    @given(
        how=st.sampled_from(("drop", "double", "swap", "change")),
        where=st.integers(0, 6),
        other=st.integers(1, 6),
        at=st.integers(0, 10**6),
    )
    def test_with_a_line_dropped_doubled_swapped_or_changed_is_refused(  # noqa: PLR0917 -- all drawn
        self,
        log: Path,
        tmp_path_factory: pytest.TempPathFactory,
        how: str,
        where: int,
        other: int,
        at: int,
    ) -> None:
        """
        Wherever it is, nothing of the log is kept.
        """
        lines = lines_of(log)
        assert len(lines) == 7
        line = lines[where]
        match how:
            case "drop":
                del lines[where]
            case "double":
                lines.insert(where, line)
            case "swap":
                there = (where + other) % len(lines)
                lines[where], lines[there] = lines[there], line
            case _:
                place = at % len(line)
                letter = "0" if line[place] != "0" else "1"
                lines[where] = line[:place] + letter + line[place + 1 :]
        file = tmp_path_factory.mktemp("bad") / "ledger.db"

        with pytest.raises(store.BadLogError):
            store.import_log(file, lines, actor=OFFICE)

        # Not even an empty file.
        assert list(file.parent.iterdir()) == []

    def test_with_a_command_twice_is_refused(self, log: Path, tmp_path: Path) -> None:
        """
        Although its chain is whole: somebody who can make hashes wrote it.
        """
        lines = lines_of(log)
        last = msgspec.json.decode(lines[-1])
        record = msgspec.convert(last["body"], store.Record)
        body = to_body(msgspec.structs.replace(record, command="c", lines=1))
        before = bytes.fromhex(msgspec.json.decode(lines[-2])["hash"])
        forged = chained(before, body).hex()
        lines[-1] = f'{{"hash":"{forged}","body":{body.decode()}}}'
        head = msgspec.json.decode(lines[0])
        lines[0] = msgspec.json.encode({**head, "hash": forged}).decode()

        with pytest.raises(store.BadLogError) as caught:
            store.import_log(tmp_path / "copy.db", lines, actor=OFFICE)

        assert caught.value.line == len(lines)
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("lines", [[], [""], ["{}"], ["[1]"], ['{"format":"rectiflow-log/2"}']])
    def test_that_is_none_is_refused(self, lines: list[str], tmp_path: Path) -> None:
        """
        The first line says what it is.
        """
        with pytest.raises(store.BadLogError) as caught:
            store.import_log(tmp_path / "x.db", lines, actor=OFFICE)

        assert caught.value.line == 1
