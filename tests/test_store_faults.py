"""
Bad input and broken places: a typed error with a cure, and nothing half-done.
"""

from __future__ import annotations

import resource
import sqlite3
import warnings
from contextlib import closing
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import attrs
import pytest
import sqlalchemy as sa

import rectiflow as rf
from rectiflow import store
from rectiflow.moments import CHINA_TIME
from rectiflow.store import Actor, OfficeRole, engines
from rectiflow.store.addresses import Address
from rectiflow.store.engines import Database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NOW = datetime(2020, 6, 20, 9, 30, tzinfo=CHINA_TIME)
DAY = date(2020, 6, 20)
ROW, UNIT = "2.1", "区城市管理局"
OFFICE = Actor("李主任", "区政府办公室", OfficeRole.SUPERVISOR)
CLERK = Actor("王五", UNIT, OfficeRole.RESPONSIBLE)
CHECK = rf.Move(ROW, UNIT, "self_check", DAY)
FACTS: dict[str, Any] = {"actor": Actor("周七", UNIT, tuple(OfficeRole)), "recorded_at": NOW}
INJECTION = "'; DROP TABLE rectiflow_event; --"


def made(place: str | Path, **more: Any) -> store.StoredLedger:
    """
    Make a stored ledger of the Yuhui list.
    """
    ledger = rf.assign(rf.load("yuhui-2020"))
    return store.create(place, ledger, actor=OFFICE, recorded_at=NOW, **more)


def run(place: str | Path, statement: str) -> None:
    """
    Run a statement behind the store's back.
    """
    database = Database(Address.of(place))
    with database.writing() as connection:
        connection.execute(sa.text(statement))
    database.close()


@pytest.fixture
def shared(place: str) -> Iterator[store.StoredLedger]:
    """
    Give a new stored ledger.
    """
    with made(place) as ledger:
        yield ledger


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """
    Give a store in a file, closed.
    """
    path = tmp_path / "ledger.db"
    made(path).close()
    return path


def overriding(reason: str) -> rf.Adjustment:
    """
    Decide another day, for a reason.
    """
    return rf.Override(DAY, reason=reason, issued_on=DAY)


class TestTexts:
    """
    "SQL in a unit's name, a 1 MB note, a NUL byte" -- issue 5
    """

    @pytest.mark.parametrize(
        ("fields", "about"),
        [
            ({"note": "注" * 1_000_000}, "note"),
            ({"note": "注\0"}, "note"),
            ({"by": "王\0五"}, "by"),
            ({"evidence": ("a\0",)}, "evidence"),
            ({"external_id": "x" * 50_001}, "external_id"),
            ({"note": "\ud800"}, "text"),
            ({"evidence": ("x" * 40_000,) * 25}, "event"),
            ({"trigger": "adjust", "adjustment": overriding("a\0b")}, "adjustment"),
            ({"trigger": "adjust", "adjustment": overriding("x" * 50_000)}, "adjustment"),
        ],
    )
    def test_that_no_event_holds_are_refused(
        self, shared: store.StoredLedger, fields: dict[str, Any], about: str
    ) -> None:
        """
        Naming the field, and the ledger goes on as if it had not been asked.
        """
        if "adjustment" in fields:
            fields = {**fields, "milestone": "self_checked"}
        move = rf.Move(ROW, UNIT, **{"trigger": "self_check", "at": DAY, **fields})
        actor = Actor(CLERK.person, UNIT, tuple(OfficeRole))
        with pytest.raises(rf.InvalidValueError) as caught:
            shared.append([move], actor=actor, recorded_at=NOW)

        assert caught.value.field == about
        assert len(str(caught.value)) < 500
        assert shared.ledger()[ROW, UNIT].stage is rf.Stage.ASSIGNED
        assert shared.append([CHECK], actor=CLERK, recorded_at=NOW).first == 2

    @pytest.mark.parametrize("role", ["a\0", "a" * 1_000_000])
    def test_of_a_role_are_looked_at_too(self, file: Path, role: str) -> None:
        """
        An attempt holds them as well as an event does.
        """
        with store.open(file) as shared:
            for roles in ((role,), (role, OfficeRole.RESPONSIBLE)):
                with pytest.raises(rf.InvalidValueError) as caught:
                    shared.append([CHECK], actor=Actor("王五", UNIT, roles), recorded_at=NOW)
                assert caught.value.field == "Actor.roles"
            assert shared.seq == 1

    def test_of_a_whole_definition_are_looked_at_too(self, tmp_path: Path) -> None:
        """
        A list may be long as a whole, and none of its texts; nor may the names of the ledger.
        """
        ledger, place = rf.assign(rf.load("yuhui-2020")), tmp_path / "other.db"
        rl = attrs.evolve(ledger.rl, title="清\0单")
        facts: dict[str, Any] = {"actor": OFFICE, "recorded_at": NOW}
        with pytest.raises(rf.InvalidValueError) as caught:
            store.create(place, rf.assign(rl), **facts)
        assert caught.value.field == "details"
        for named in ({"office": "区" * 201}, {"name": "x" * 1_000_000}):
            with pytest.raises(rf.InvalidValueError) as caught:
                store.create(place, ledger, **{**facts, **named})
            assert len(str(caught.value)) < 500

    def test_as_long_as_may_be_and_with_backslashes_are_kept(
        self, shared: store.StoredLedger, place: str
    ) -> None:
        r"""
        Exactly so long, quotes of all kinds, and a \u0000 that is six characters.
        """
        note = ("\\u0000'\"%s{};\n\u2028😀" + "注" * 50_000)[:50_000]
        move = rf.Move(ROW, UNIT, "self_check", DAY, note=note)
        shared.append([move], actor=CLERK, recorded_at=NOW)

        with store.open(place) as again:
            assert again.ledger()[ROW, UNIT].history[0].note == note
            assert again.verify().sound

    def test_that_are_sql_are_only_texts(self, place: str) -> None:
        """
        As a unit, a person, a command, an office and a ledger's name.
        """
        injector = Actor(INJECTION, INJECTION, OfficeRole.SUPERVISOR)
        with made(place, office=INJECTION, name=INJECTION) as shared:
            move = rf.Move(ROW, INJECTION, "self_check", DAY)
            with pytest.raises(rf.BatchRefusedError):
                shared.append([move], actor=CLERK, recorded_at=NOW, command=INJECTION)
            with pytest.raises(store.NotPermittedError):
                shared.append([CHECK], actor=injector, recorded_at=NOW)
            assert shared.verify().sound
        with store.open(place, INJECTION, office=INJECTION) as again:
            assert again.attempts()[0].record.person == INJECTION

    @pytest.mark.parametrize("command", ["a\0", "a\n", "x" * 201, None, 7])
    def test_that_are_no_command_id_are_refused(
        self, shared: store.StoredLedger, command: Any
    ) -> None:
        """
        One line of printable characters is asked for.
        """
        with pytest.raises(rf.InvalidValueError):
            shared.append([CHECK], actor=CLERK, recorded_at=NOW, command=command)


class TestRequests:
    """
    "a naive time, an actor without a role" -- issue 5
    """

    @pytest.mark.parametrize("when", [datetime(2020, 6, 20), DAY, "2020-06-20", None])  # noqa: DTZ001 -- that is the point
    def test_need_an_instant(self, shared: store.StoredLedger, when: Any) -> None:
        """
        A time without a zone is nobody's time.
        """
        with pytest.raises(rf.InvalidValueError) as caught:
            shared.append([CHECK], actor=CLERK, recorded_at=when)

        assert caught.value.field == "recorded_at"

    def test_need_a_role(self, shared: store.StoredLedger) -> None:
        """
        The refusal names the roles that would do.
        """
        with pytest.raises(store.NotPermittedError) as caught:
            shared.append([CHECK], actor=Actor("王五", UNIT), recorded_at=NOW)

        assert caught.value.codes == ("policy.no-role",)
        assert "责任单位" in caught.value.text("zh")

    @pytest.mark.parametrize("actor", [None, "王五", ("王五", UNIT)])
    def test_need_an_actor(self, shared: store.StoredLedger, actor: Any) -> None:
        """
        Also for making a ledger.
        """
        with pytest.raises(rf.InvalidValueError):
            shared.append([CHECK], actor=actor, recorded_at=NOW)
        with pytest.raises(rf.InvalidValueError):
            store.create("x.db", shared.ledger(), actor=actor, recorded_at=NOW)

    @pytest.mark.parametrize("moves", [[], CHECK, None, ["x"], 7])
    def test_need_moves(self, shared: store.StoredLedger, moves: Any) -> None:
        """
        At least one, in a list.
        """
        with pytest.raises(rf.InvalidValueError):
            shared.append(moves, actor=CLERK, recorded_at=NOW)

    @pytest.mark.parametrize("expected", [-1, "2", 1.0, True, {(ROW, UNIT): "1"}])
    def test_need_a_number_as_expected(self, shared: store.StoredLedger, expected: Any) -> None:
        """
        What is none guards nothing, and must not pass for a guard.
        """
        with pytest.raises(rf.InvalidValueError):
            shared.append([CHECK], actor=CLERK, recorded_at=NOW, expected=expected)


BAD: dict[str, tuple[str, Callable[[Any], object]]] = {
    "settle None": ("answers", lambda s: s.settle(None, **FACTS)),
    "settle 1": ("answers", lambda s: s.settle([1], **FACTS)),
    "settle nothing": ("answers", lambda s: s.settle([], **FACTS)),
    "roster None": ("roster", lambda s: s.change_roster(None, **FACTS)),
    "roster x": ("roster", lambda s: s.change_roster("x", **FACTS)),
    "migrate nothing": ("migrate", lambda s: s.migrate(**FACTS)),
    "migrate rl": ("rl", lambda s: s.migrate(rl="x", **FACTS)),
    "migrate calendar": ("calendar", lambda s: s.migrate(calendar="x", **FACTS)),
    "migrate immediate": ("immediate", lambda s: s.migrate(immediate="x", **FACTS)),
    "migrate workflow": ("workflow", lambda s: s.migrate(workflow="x", **FACTS)),
    "migrate note": ("note", lambda s: s.migrate(rl=s.ledger().rl, note=None, **FACTS)),
    "confirm note": ("note", lambda s: s.confirm(ROW, UNIT, "x", at=DAY, note=None, **FACTS)),
    "sent 1": ("reminders", lambda s: s.sent([1], **FACTS)),
    "sent None": ("reminders", lambda s: s.sent(None, **FACTS)),
    "remind x": ("warn_workdays", lambda s: s.remind(DAY, DAY, warn_workdays="x", **FACTS)),
    "remind -1": ("warn_workdays", lambda s: s.remind(DAY, DAY, warn_workdays=-1, **FACTS)),
    "outbox": ("state", lambda s: s.outbox("x")),
    "poll x": ("after", lambda s: s.poll("x")),
    "poll -1": ("after", lambda s: s.poll(-1)),
    "poll none": ("limit", lambda s: s.poll(limit=0)),
    "verify x": ("anchors", lambda s: s.verify(["x"])),
    "expected": ("expected", lambda s: s.append([CHECK], expected=2, **FACTS)),
    "expected far": ("expected", lambda s: s.append([CHECK], expected=10**30, **FACTS)),
    "expected of one": (
        "expected",
        lambda s: s.append([CHECK], expected={(ROW, UNIT): 2}, **FACTS),
    ),
}


class TestEveryDoor:
    """
    "typed errors with a cure" -- issue 5
    """

    def test_refuses_what_is_nothing_of_the_kind(self, file: Path) -> None:
        """
        By name, with nothing written, before the policy is asked and after.
        """
        with store.open(file) as shared:
            for said, (field, ask) in BAD.items():
                with pytest.raises(rf.InvalidValueError) as caught:
                    ask(shared)
                assert (said, caught.value.field) == (said, field)
            assert shared.seq == 1
            assert shared.append([CHECK], actor=CLERK, recorded_at=NOW, expected=1).last == 2

    @pytest.mark.parametrize("part", ["policy", "workflow", "rl", "calendar"])
    def test_of_opening_asks_for_parts_of_their_kinds(self, file: Path, part: str) -> None:
        """
        Before anything is opened; making and importing ask for the same.
        """
        given: dict[str, Any] = {part: "x"}
        doors: list[Callable[[], object]] = [lambda: store.open(file, **given)]
        if part in {"policy", "workflow"}:
            doors.append(lambda: store.import_log(file, [], actor=OFFICE, **given))
        if part == "policy":
            doors.append(lambda: made(file, name="other", **given))
        for door in doors:
            with pytest.raises(rf.InvalidValueError) as caught:
                door()
            assert caught.value.field == part

    @pytest.mark.parametrize("lines", [None, 7, "{}", [1]])
    def test_of_a_log_asks_for_lines(self, tmp_path: Path, lines: Any) -> None:
        """
        And leaves no file behind.
        """
        with pytest.raises(rf.InvalidValueError) as caught:
            store.import_log(tmp_path / "log.db", lines, actor=OFFICE)
        assert caught.value.field == "lines"
        assert list(tmp_path.iterdir()) == []

    def test_takes_the_last_day_there_is(self, file: Path) -> None:
        """
        Whoever asks for all that is ever known may say so.
        """
        with store.open(file) as shared:
            assert shared.review(DAY, known_at=date.max).seq == 1
            assert shared.review(DAY, known_at=date.max - timedelta(days=1)).seq == 1


class TestAddresses:
    """
    "a URL with a wrong scheme" -- issue 5
    """

    @pytest.mark.parametrize(
        "place",
        ["mysql://u:secret@h/d", "http://h", "postgresq://u:secret@h/d", "sqlite://", "", 7,
         "sqlite:///:memory:", "://x", "a\0b", None],
    )  # fmt: skip
    def test_of_another_kind_are_refused(self, place: Any) -> None:
        """
        Saying what is expected, and never the password.
        """
        with pytest.raises(rf.InvalidValueError) as caught:
            store.open(place)

        assert "secret" not in str(caught.value)
        assert "sqlite:///" in str(caught.value)

    def test_show_no_password(self) -> None:
        """
        As they stand in errors.
        """
        address = Address.of("postgresql://u:secret@h:5433/d")

        assert "secret" not in f"{address} {address!r}"
        assert address.url is not None
        assert address.url.password == "secret"  # noqa: S105 -- no real one

    def test_of_one_file_are_the_same(self, file: Path) -> None:
        """
        A path, its text and its URL.
        """
        for place in (file, str(file), f"sqlite:///{file}"):
            store.open(place).close()


class TestPlaces:
    """
    "Disk full, read-only file, locked file, wrong password, missing table, older and newer schema"
    """

    @pytest.mark.parametrize(("schema", "found"), [(2, 2), (0, 0)])
    def test_of_another_version(
        self, shared: store.StoredLedger, place: str, schema: int, found: int
    ) -> None:
        """
        Newer or older: both numbers are told, and what to do.
        """
        run(place, f"UPDATE rectiflow_store SET schema = {schema}")  # noqa: S608 -- our own words
        with pytest.raises(store.StoreVersionError) as caught:
            store.open(place)
        assert (caught.value.found, caught.value.known) == (found, 1)
        with pytest.raises(store.StoreVersionError):
            made(place, name="x")
        assert shared.seq == 1

    @pytest.mark.usefixtures("shared")
    @pytest.mark.parametrize(
        "table", ["rectiflow_store", "rectiflow_event", "rectiflow_ledger", "rectiflow_reminder"]
    )
    def test_without_a_table(self, place: str, table: str) -> None:
        """
        It is named.
        """
        run(place, f"DROP TABLE {table}")
        with pytest.raises(store.NotAStoreError) as caught:
            store.open(place)

        assert table in str(caught.value)

    def test_that_lose_a_table_under_way(self, shared: store.StoredLedger, place: str) -> None:
        """
        Nothing is written, and the error is the same.
        """
        run(place, "DROP TABLE rectiflow_assignment")
        with pytest.raises(store.NotAStoreError):
            shared.append([CHECK], actor=CLERK, recorded_at=NOW)

        assert shared.seq == 1

    def test_that_are_not_there(self, tmp_path: Path) -> None:
        """
        A file that is not there is not made by opening it, nor a folder by making one in it.
        """
        with pytest.raises(store.StoreUnavailableError):
            store.open(tmp_path / "none.db")
        with pytest.raises(store.StoreUnavailableError):
            made(tmp_path / "none" / "ledger.db")
        with pytest.raises(store.StoreError):
            store.open(tmp_path)

        assert list(tmp_path.iterdir()) == []

    def test_that_are_no_store(self, tmp_path: Path) -> None:
        """
        An empty file, another program's database, a text.
        """
        empty, other, text = (tmp_path / name for name in ("empty.db", "other.db", "text.db"))
        empty.touch()
        text.write_text("整改清单" * 500, encoding="utf-8")
        with closing(sqlite3.connect(other)) as connection:
            connection.execute("CREATE TABLE t (x)")

        for path, error in (
            (empty, store.NotAStoreError),
            (other, store.NotAStoreError),
            (text, store.DamagedStoreError),
        ):
            with pytest.raises(error):
                store.open(path)

    @pytest.mark.parametrize(
        ("pragma", "error"),
        [("query_only=ON", store.StoreReadOnlyError), ("max_page_count=1", store.StoreFullError)],
    )
    def test_that_cannot_be_written(
        self, file: Path, pragma: str, error: type[store.StoreError]
    ) -> None:
        """
        A read-only file and a full disk, as SQLite tells them; the ledger is as it was.
        """
        with store.open(file) as shared:
            sa.event.listen(
                shared._database.engine,
                "connect",
                lambda connection, _: connection.execute(f"PRAGMA {pragma}"),
            )
            shared._database.close()
            move = rf.Move(ROW, UNIT, "self_check", DAY, note="注" * 40_000)
            with pytest.raises(error):
                shared.append([move], actor=CLERK, recorded_at=NOW)
            assert shared.ledger()[ROW, UNIT].history == ()
        with store.open(file) as shared:
            assert shared.verify().events == 1
            assert shared.verify().sound

    def test_that_others_hold(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        Once the wait is over the error says so, and that trying again may help.
        """
        monkeypatch.setattr(engines, "TIMEOUT_SECONDS", 0)
        with (
            store.open(file) as shared,
            closing(sqlite3.connect(file, isolation_level=None)) as holder,
        ):
            holder.execute("BEGIN IMMEDIATE")
            with pytest.raises(store.StoreLockedError) as caught:
                shared.append([CHECK], actor=CLERK, recorded_at=NOW)
            assert store.retryable(caught.value)
            holder.execute("ROLLBACK")
            assert shared.append([CHECK], actor=CLERK, recorded_at=NOW).first == 2

    def test_whose_events_nobody_can_read(self, shared: store.StoredLedger, place: str) -> None:
        """
        Reading says that it is damaged; verify says where.
        """
        shared.append([CHECK], actor=CLERK, recorded_at=NOW)
        if "://" in place:
            run(place, "ALTER TABLE rectiflow_event DISABLE TRIGGER USER")
        else:
            run(place, "DROP TRIGGER rectiflow_no_update")
        run(place, "UPDATE rectiflow_event SET body = hash WHERE seq = 2")
        with store.open(place) as again:
            for action in (again.ledger, again.poll, lambda: again.version(ROW, UNIT)):
                with pytest.raises(store.DamagedStoreError):
                    action()
            assert again.verify().fault == store.Fault(kind=store.FaultKind.CHANGED, seq=2)

    def test_on_a_network_share(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        They are warned of, and a local disk is not.
        """
        mounts = file.with_name("mounts")
        monkeypatch.setattr(engines, "_MOUNTS", mounts)
        mounts.write_text(f"d / ext4 rw 0 0\n//nas/x {file.parent} cifs rw 0 0\n", encoding="utf-8")
        with pytest.warns(store.NetworkShareWarning, match="cifs"):
            store.open(file).close()
        mounts.write_text("d / ext4 rw 0 0\n", encoding="utf-8")
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            store.open(file).close()


def refusing(state: str) -> str:
    """
    Write a trigger for PostgreSQL that refuses every event in a given state.
    """
    return (
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION 'no' USING ERRCODE = '{state}'; END $$; "
        "CREATE TRIGGER refuse BEFORE INSERT ON rectiflow_event EXECUTE FUNCTION refuse()"
    )


class TestDisks:
    """
    "Disk full, read-only file" -- issue 5
    """

    def test_that_stop_at_a_limit(self, file: Path) -> None:
        """
        A file may grow no more: no disk is full and no password wrong; the ledger is as it was.
        """
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        move = rf.Move(ROW, UNIT, "self_check", DAY, note="注" * 40_000)
        with store.open(file) as shared:
            shared.ledger()
            resource.setrlimit(resource.RLIMIT_FSIZE, (file.stat().st_size, hard))
            try:
                with pytest.raises(store.StoreDiskError) as caught:
                    shared.append([move], actor=CLERK, recorded_at=NOW)
            finally:
                resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
            assert "quota" in str(caught.value)
            assert shared.verify().events == 1

    @pytest.mark.parametrize(("version", "mode"), [((3, 51, 2), "delete"), ((3, 51, 3), "wal")])
    def test_have_the_journal_that_is_safe(
        self, tmp_path: Path, version: tuple[int, ...], mode: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        WAL from 3.51.3 on; a file that had the other is changed over when it is opened.
        """
        path = tmp_path / "ledger.db"

        def journal() -> str:
            with closing(sqlite3.connect(path)) as connection:
                return str(connection.execute("PRAGMA journal_mode").fetchone()[0])

        monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
        made(path).close()
        assert journal() == mode
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(f"PRAGMA journal_mode={'delete' if mode == 'wal' else 'wal'}")
        store.open(path).close()
        assert journal() == mode

    def test_in_a_log_that_is_not_safe_and_held_are_refused(
        self, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Another program holds it in WAL: this SQLite could spoil it, and trying again may help.
        """
        monkeypatch.setattr(engines, "TIMEOUT_SECONDS", 0)
        monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 51, 2))
        with closing(sqlite3.connect(file)) as holder:
            holder.execute("PRAGMA journal_mode=wal")
            holder.execute("SELECT 1 FROM rectiflow_store").fetchone()
            with pytest.raises(store.StoreLockedError) as caught:
                store.open(file)
            assert store.retryable(caught.value)
            # A newer one goes on in it.
            monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 51, 3))
            store.open(file).close()
        monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 51, 2))
        store.open(file).close()

    def test_in_the_slower_journal_and_held_are_taken(
        self, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A rollback journal is safe in every version: it stays while others read.
        """
        monkeypatch.setattr(engines, "TIMEOUT_SECONDS", 0)
        with closing(sqlite3.connect(file, isolation_level=None)) as holder:
            holder.execute("PRAGMA journal_mode=delete")
            holder.execute("BEGIN")
            holder.execute("SELECT 1 FROM rectiflow_store").fetchone()
            monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 51, 3))
            with store.open(file) as shared:
                assert shared.seq == 1

    def test_from_which_the_file_was_taken(self, file: Path) -> None:
        """
        It cannot be opened any more, and is not made anew.
        """
        with store.open(file) as shared:
            shared._database.close()
            file.unlink()
            with pytest.raises(store.StoreUnavailableError):
                shared.append([CHECK], actor=CLERK, recorded_at=NOW)

        assert not file.exists()

    @pytest.mark.parametrize(
        ("state", "error"),
        [
            ("53100", store.StoreFullError),
            ("53300", store.StoreUnavailableError),
            ("57P01", store.StoreLostError),
            ("57P03", store.StoreUnavailableError),
            ("08006", store.StoreLostError),
            ("57014", store.StoreError),
        ],
    )
    def test_of_a_server(
        self, postgres_place: str, state: str, error: type[store.StoreError]
    ) -> None:
        """
        As PostgreSQL tells it, for one event as for two.
        """
        with made(postgres_place) as shared:
            shared.ledger()
            run(postgres_place, refusing(state))
            for moves in ([CHECK], [CHECK, rf.Move(ROW, UNIT, "rectify", DAY)]):
                with pytest.raises(store.StoreError) as caught:
                    shared.append(moves, actor=CLERK, recorded_at=NOW)
                assert type(caught.value) is error
                assert not store.retryable(caught.value)
            assert shared.seq == 1


class TestServers:
    """
    "wrong password" -- issue 5
    """

    @pytest.fixture
    def known(self, postgres_url: str) -> Iterator[sa.URL]:
        """
        Give the URL of a login that the server knows, by its right password.
        """
        url = sa.make_url(postgres_url).set(drivername="postgresql+psycopg")
        engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
        role, word = "rectiflow_known", "right-7"
        with engine.connect() as connection:
            connection.exec_driver_sql(f"CREATE ROLE {role} LOGIN PASSWORD '{word}'")
            yield sa.make_url(postgres_url).set(username=role, password=word)
            connection.exec_driver_sql(f"DROP ROLE {role}")
        engine.dispose()

    @pytest.mark.parametrize("login", ["rectiflow_known", "nobody_we_know"])
    def test_that_refuse_a_password(self, known: sa.URL, login: str) -> None:
        """
        The store cannot be reached, and the password is not told; nor whether there is the login.
        """
        url = known.set(username=login, password="secret-7")  # noqa: S106 -- no real one
        with pytest.raises(store.StoreUnavailableError) as caught:
            store.open(url.render_as_string(hide_password=False))

        assert type(caught.value) is store.StoreUnavailableError
        assert login in str(caught.value)
        assert "password authentication failed" in caught.value.detail
        assert "secret-7" not in str(caught.value)
        # By the right one it is reached, and found to hold no ledgers.
        with pytest.raises(store.NotAStoreError):
            store.open(known.render_as_string(hide_password=False))

    def test_that_are_not_there(self, tmp_path: Path) -> None:
        """
        No socket, no server.
        """
        with pytest.raises(store.StoreUnavailableError) as caught:
            store.open(f"postgresql://u@/d?host={tmp_path}")

        assert type(caught.value) is store.StoreUnavailableError

    def test_that_let_read_only(self, postgres_place: str) -> None:
        """
        A session that may not write; the ledger is as it was.
        """
        made(postgres_place).close()
        url = sa.make_url(postgres_place)
        options = f"{url.query['options']} -cdefault_transaction_read_only=on"
        url = url.update_query_dict({"options": options})
        with store.open(url.render_as_string(hide_password=False)) as shared:
            with pytest.raises(store.StoreReadOnlyError):
                shared.append([CHECK], actor=CLERK, recorded_at=NOW)
            assert shared.seq == 1
            assert shared.verify().sound

    def test_that_end_a_connection_under_way(self, postgres_place: str) -> None:
        """
        Whether it is done is not known, and that is what is said; the next one is a new one.
        """
        with made(postgres_place) as shared:
            with shared._database.reading() as connection:
                pid = connection.scalar(sa.text("SELECT pg_backend_pid()"))
            run(postgres_place, f"SELECT pg_terminate_backend({pid}, 10000)")
            with pytest.raises(store.StoreLostError) as caught:
                shared.ledger()
            assert "not known" in str(caught.value)
            assert shared.seq == 1

    @pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII"])
    def test_whose_database_does_not_hold_every_text(
        self, postgres_url: str, encoding: str
    ) -> None:
        """
        Its encoding is told before anything is made, and the cure.
        """
        url = sa.make_url(postgres_url).set(drivername="postgresql+psycopg")
        name = f"t{uuid4().hex}"
        server = sa.create_engine(url, isolation_level="AUTOCOMMIT")
        with server.connect() as connection:
            made_of = f"ENCODING '{encoding}' LOCALE 'C' TEMPLATE template0"
            connection.execute(sa.text(f"CREATE DATABASE {name} {made_of}"))
            try:
                with pytest.raises(store.StoreEncodingError) as caught:
                    made(sa.make_url(postgres_url).set(database=name).render_as_string())
            finally:
                connection.execute(sa.text(f"DROP DATABASE {name}"))
        server.dispose()

        assert caught.value.detail == encoding
        assert "ENCODING 'UTF8'" in str(caught.value)
