"""
As of, as known; reminders that a missed run does not lose; definitions that change when asked.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rectiflow as rf
from rectiflow import store
from rectiflow.moments import CHINA_TIME
from rectiflow.store import Actor, EventKind, OfficeRole, OutboxState, ReminderKind, due_reminders
from rectiflow.store.clocks import known_by
from rectiflow.testing.ledgers import legal_moves, small_lists

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROW, UNIT = "2.1", "区城市管理局"
OFFICE = Actor("李主任", "区政府办公室", OfficeRole.SUPERVISOR)
CLERK = Actor("王五", UNIT, OfficeRole.RESPONSIBLE)
EVERYBODY = store.Policy(())
ROSTER = rf.load_roster("yuhui-2020")


def at(month: int, day: int, hour: int = 9) -> datetime:
    """
    Give an instant of 2020.
    """
    return datetime(2020, month, day, hour, tzinfo=CHINA_TIME)


def yuhui() -> rf.Ledger:
    """
    Assign the Yuhui list.
    """
    return rf.assign(rf.load("yuhui-2020"))


@pytest.fixture
def shared(place: str) -> Iterator[store.StoredLedger]:
    """
    Give a stored ledger opened on 18 June.
    """
    with store.create(place, yuhui(), actor=OFFICE, recorded_at=at(6, 18)) as made:
        yield made


class TestAsKnown:
    """
    "``review(as_of=…, known_at=…)`` gives the board as it was known on any past day" -- issue 5
    """

    def test_a_back_dated_entry_is_not_known_before(self, shared: store.StoredLedger) -> None:
        """
        Done on 29 June, written down on 3 July: on 1 July the board had it overdue.
        """
        move = rf.Move(ROW, UNIT, "self_check", date(2020, 6, 29))
        shared.append([move], actor=CLERK, recorded_at=at(7, 3))
        day = date(2020, 7, 1)

        then = shared.review(day, known_at=day)
        now = shared.review(day)

        def outcome(found: store.StoredReview) -> str:
            (row,) = (
                each
                for each in found.review.rows
                if (each.row, each.unit, each.milestone.id) == (ROW, UNIT, "self_checked")
            )
            return row.outcome

        assert (outcome(then), then.seq, then.back_dated) == ("overdue", 1, ())
        assert (outcome(now), now.seq) == ("met", 2)
        (late,) = now.back_dated
        assert (late.row, late.unit, late.days) == (ROW, UNIT, 4)
        assert shared.poll(1)[0].back_dated

    @pytest.mark.parametrize("lines", [1, 2])
    def test_a_line_cannot_hide_that_it_is_back_dated(
        self, shared: store.StoredLedger, place: str, lines: int
    ) -> None:
        """
        Written on 10 July as if on 20 June: the store's own time counts, the other is shown.
        """
        day = date(2020, 6, 20)
        triggers = ("self_check", "rectify")[:lines]
        told = [rf.Move(ROW, UNIT, each, day, recorded_at=day) for each in triggers]
        shared.append(told, actor=CLERK, recorded_at=at(7, 10))

        with store.open(place) as again:
            found = again.review(date(2020, 7, 15)).back_dated
        assert found == shared.review(date(2020, 7, 15)).back_dated
        assert [each.days for each in found] == [20] * lines
        assert {(each.recorded_at, each.entry.recorded_at) for each in found} == {(at(7, 10), day)}

    def test_what_happened_after_the_boards_day_is_not_back_dated_on_it(
        self, shared: store.StoredLedger
    ) -> None:
        """
        Done on 29 June and written down later: on the board of the 29th, not on the 28th's.
        """
        move = rf.Move(ROW, UNIT, "self_check", date(2020, 6, 29))
        shared.append([move], actor=CLERK, recorded_at=at(7, 3))

        assert len(shared.review(date(2020, 6, 29)).back_dated) == 1
        assert shared.review(date(2020, 6, 28)).back_dated == ()

    def test_a_day_counts_to_its_end(self, shared: store.StoredLedger) -> None:
        """
        What was written at the last minute of a day was known on it, and not an instant before.
        """
        move = rf.Move(ROW, UNIT, "self_check", date(2020, 6, 20))
        last = at(6, 20, 23) + timedelta(minutes=59)
        shared.append([move], actor=CLERK, recorded_at=last)
        day = date(2020, 6, 30)

        assert shared.review(day, known_at=date(2020, 6, 20)).seq == 2
        assert shared.review(day, known_at=last).seq == 2
        assert shared.review(day, known_at=last - timedelta(microseconds=1)).seq == 1
        assert shared.review(day, known_at=date(2020, 6, 19)).seq == 1

    def test_a_clock_behind_makes_nothing_known_earlier(self, shared: store.StoredLedger) -> None:
        """
        The second event follows the first, whatever its own clock said.
        """
        first = rf.Move(ROW, UNIT, "self_check", date(2020, 6, 20))
        second = rf.Move(ROW, UNIT, "rectify", date(2020, 6, 20))
        shared.append([first], actor=CLERK, recorded_at=at(6, 22))
        shared.append([second], actor=CLERK, recorded_at=at(6, 21))

        assert shared.review(date(2020, 7, 1), known_at=date(2020, 6, 21)).seq == 1
        assert shared.review(date(2020, 7, 1), known_at=date(2020, 6, 22)).seq == 3

    def test_a_clock_ahead_hides_nothing(self, shared: store.StoredLedger) -> None:
        """
        An event a year ahead was known when the next one was written, at the latest.
        """
        first = rf.Move(ROW, UNIT, "self_check", date(2020, 6, 20))
        second = rf.Move(ROW, UNIT, "rectify", date(2020, 6, 20))
        shared.append([first], actor=CLERK, recorded_at=at(6, 20).replace(year=2021))
        shared.append([second], actor=CLERK, recorded_at=at(6, 22))

        assert shared.review(date(2020, 7, 1), known_at=date(2020, 6, 21)).seq == 1
        assert shared.review(date(2020, 7, 1), known_at=date(2020, 6, 22)).seq == 3

    @pytest.mark.parametrize(
        ("days", "known"),
        [
            # How many are known at the end of the 18th, 20th, 22nd, 24th.
            ((18, 20, 22, 24), (1, 2, 3, 4)),
            ((18, 19, 18), (1, 3, 3, 3)),
            ((18, 20, 18), (3, 3, 3, 3)),
            ((18, 200, 22, 24), (1, 1, 3, 4)),
            ((18, 200, 201, 22, 23, 24), (1, 1, 4, 6)),
            ((200, 18, 20, 22), (2, 3, 4, 4)),
            ((18, 20, 22, 1, 24), (1, 2, 4, 5)),
            ((18, 20, 22, 1, 2, 24), (1, 2, 5, 6)),
            ((18, 22, 22, 20, 24), (1, 1, 4, 5)),
            ((18, 20, 200), (1, 2, 2, 2)),
        ],
    )
    def test_most_clocks_are_believed(self, days: tuple[int, ...], known: tuple[int, ...]) -> None:
        """
        A single one that is wrong, ahead or behind, moves itself only.
        """
        noon = datetime(2019, 12, 31, 12, tzinfo=CHINA_TIME)
        times = [noon + timedelta(days=number) for number in days]
        evenings = [noon + timedelta(days=number, hours=10) for number in (18, 20, 22, 24)]

        assert tuple(known_by(times, evening) for evening in evenings) == known

    def test_before_it_was_opened_nothing_was_known(self, shared: store.StoredLedger) -> None:
        """
        That is said, and no empty board is given.
        """
        with pytest.raises(rf.InvalidValueError):
            shared.review(date(2020, 7, 1), known_at=date(2020, 6, 17))

    @settings(max_examples=15)
    @given(data=st.data())
    def test_equals_a_ledger_that_stopped_there(
        self, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
    ) -> None:
        """
        The oracle is an ordinary ledger that was given the first moves only.
        """
        ledger = rf.assign(data.draw(small_lists()))
        moves = data.draw(legal_moves(ledger, max_moves=6))
        place = tmp_path_factory.mktemp("known") / "ledger.db"
        actor = Actor("甲", "乙")
        until = data.draw(st.integers(0, len(moves)))
        with store.create(
            place, ledger, actor=actor, recorded_at=at(1, 1), policy=EVERYBODY
        ) as shared:
            for n, move in enumerate(moves, 1):
                when = at(1, 1) + timedelta(hours=n)
                shared.append([move], actor=actor, recorded_at=when)
            plain = rf.Ledger(ledger.campaign, ledger)
            for n, move in enumerate(moves[:until], 1):
                when = at(1, 1) + timedelta(hours=n)
                plain.apply([move], by="甲", recorded_at=when)
            day = date(2020, 10, 1)
            known = shared.review(day, known_at=at(1, 1) + timedelta(hours=until))
            assert known.review == plain.review(day)


class TestConfirmedOnly:
    """
    "an option that a milestone counts as met only when confirmed" -- issue 5
    """

    def test_what_is_done_and_not_confirmed_is_open(self, shared: store.StoredLedger) -> None:
        """
        Overdue the day after its day, and met in time once it is confirmed.
        """
        move = rf.Move(ROW, UNIT, "self_check", date(2020, 6, 20))
        shared.append([move], actor=CLERK, recorded_at=at(6, 20))
        day = date(2020, 7, 1)

        def outcome(*, confirmed_only: bool, as_of: date = day) -> str:
            found = shared.review(as_of, confirmed_only=confirmed_only)
            return next(
                each.outcome
                for each in found.review.rows
                if (each.row, each.unit, each.milestone.id) == (ROW, UNIT, "self_checked")
            )

        assert outcome(confirmed_only=False) == "met"
        assert outcome(confirmed_only=True) == "overdue"
        assert shared.review(day).unconfirmed == 1
        confirmed = date(2020, 7, 1)
        shared.confirm(ROW, UNIT, "self_checked", at=confirmed, actor=OFFICE, recorded_at=at(7, 1))
        assert outcome(confirmed_only=True) == "met"
        assert outcome(confirmed_only=True, as_of=date(2020, 6, 30)) == "due_today"
        assert shared.review(day).unconfirmed == 0


def JUNE(number: int) -> date:  # noqa: N802 -- a day by its number, those after the 30th too
    """
    Give a day of June 2020.
    """
    return date(2020, 5, 31) + timedelta(days=number)


def adjusting(written: int, adjustment: rf.Adjustment) -> rf.Move:
    """
    Decide on the self-check's deadline.
    """
    fields = {"milestone": "self_checked", "adjustment": adjustment, "recorded_at": JUNE(written)}
    return rf.Move(ROW, UNIT, "adjust", JUNE(written), **fields)  # type: ignore[arg-type]  # as named


def moved(written: int, *, back: bool = False) -> rf.Move:
    """
    Report the self-check, or send it back.
    """
    when = {"at": JUNE(written), "recorded_at": JUNE(written)}
    if back:
        return rf.Move(ROW, UNIT, "send_back", to="assigned", reason="重做", **when)  # type: ignore[arg-type]  # as named
    return rf.Move(ROW, UNIT, "self_check", **when)  # type: ignore[arg-type]  # as above


@pytest.fixture(scope="module")
def changed() -> rf.Ledger:
    """
    Give the bodies of one row: one untouched, the others decided on or sent back.
    """
    whole = yuhui()
    ledger = rf.Ledger(whole.campaign, [each for each in whole if each.row.id == "5"])
    early = rf.Override(JUNE(12), reason="提前", issued_on=JUNE(15))
    near = rf.Override(JUNE(17), reason="提前", issued_on=JUNE(15))
    decided = [adjusting(15, early), adjusting(16, near)]
    back = [moved(20), moved(35, back=True)]
    names = [each.unit.name for each in ledger]
    for name, moves in zip(names[1:], ([decided[0]], [decided[1]], back, decided), strict=False):
        ledger.apply([attrs.evolve(each, row="5", unit=name) for each in moves])
    return ledger


class TestReminders:
    """
    "a missed run loses nothing, a rerun repeats nothing, a changed deadline cancels the old one"
    """

    def test_come_on_the_table_of_days(self) -> None:
        """
        Five working days before 30 June 2020 is 22 June: 25 and 26 June are a festival.
        """
        ledger = yuhui()
        found = [
            (each.kind, each.on)
            for each in due_reminders(ledger, date(2020, 6, 1), date(2020, 7, 31))
            if (each.row, each.unit, each.milestone) == (ROW, UNIT, "self_checked")
        ]

        # 29 and 30 June are worked, 28 too (a make-up day), 24 and 23 before the festival.
        assert found == [
            (ReminderKind.DUE_SOON, date(2020, 6, 22)),
            (ReminderKind.DUE_TODAY, date(2020, 6, 30)),
            (ReminderKind.OVERDUE, date(2020, 7, 1)),
        ]

    @given(cut=st.integers(0, 60))
    def test_of_two_runs_are_those_of_one(self, changed: rf.Ledger, cut: int) -> None:
        """
        However an interval is cut in two, nothing is lost and nothing comes twice.
        """
        first, last = date(2020, 6, 10), date(2020, 8, 10)
        middle = first + timedelta(days=cut)

        whole = due_reminders(changed, first, last)
        parts = due_reminders(changed, first, middle)
        parts += due_reminders(changed, middle + timedelta(days=1), last)

        assert sorted(map(repr, parts)) == sorted(map(repr, whole))

    def test_of_one_run_are_those_of_many(self, changed: rf.Ledger) -> None:
        """
        A run for each day, what was done by its end being known on it, comes to all of them.
        """
        days = [JUNE(number) for number in range(10, 41)]
        whole = due_reminders(changed, days[0], days[-1])
        told = {each for day in days for each in due_reminders(changed, day, day)}

        assert told >= set(whole)
        assert {each.on for each in whole} >= {JUNE(16), JUNE(17), JUNE(30), JUNE(31), JUNE(36)}

    def test_of_all_are_those_of_each_alone(self) -> None:
        """
        Bodies of a row that did alike share what is found of one; a day's difference is one.
        """
        whole = yuhui()
        ledger = rf.Ledger(whole.campaign, [each for each in whole if each.row.id == "6.3"])
        later = attrs.evolve(moved(35, back=True), recorded_at=JUNE(38))
        kinds: list[list[rf.Move]] = [
            [],
            [moved(20)],
            [moved(20), moved(35, back=True)],
            [moved(20), later],
        ]
        kinds += [[moved(24), moved(35, back=True)], [moved(20), moved(36, back=True)]]
        for n, each in enumerate(ledger):
            unit = each.unit.name
            moves = kinds[n % len(kinds)]
            ledger.apply([attrs.evolve(move, row="6.3", unit=unit) for move in moves])
        days = JUNE(10), JUNE(41)
        alone = [due_reminders(rf.Ledger(whole.campaign, [each]), *days) for each in ledger]

        assert len(alone) > 2 * len(kinds)
        assert set(due_reminders(ledger, *days)) == {each for found in alone for each in found}
        assert len(due_reminders(ledger, *days)) == sum(map(len, alone))

    def test_are_kept_once_in_the_outbox(self, shared: store.StoredLedger) -> None:
        """
        A second run adds nothing; what was sent waits no longer and does not come again.
        """
        days = date(2020, 6, 30), date(2020, 6, 30)
        waiting = shared.remind(*days, actor=OFFICE, recorded_at=at(6, 30))
        assert {each.kind for each in waiting} == {ReminderKind.DUE_TODAY}
        assert shared.remind(*days, actor=OFFICE, recorded_at=at(6, 30)) == waiting

        shared.sent(waiting[:3], actor=OFFICE, recorded_at=at(6, 30))

        again = shared.remind(*days, actor=OFFICE, recorded_at=at(6, 30))
        assert set(again) == set(waiting[3:])
        assert len(shared.outbox("sent")) == 3
        assert shared.seq == 1

    def test_of_a_deadline_that_moved_are_cancelled(self, shared: store.StoredLedger) -> None:
        """
        The extension cancels the old one, and its own day comes.
        """
        days = date(2020, 6, 30), date(2020, 6, 30)

        def ours(state: OutboxState) -> list[date]:
            return [
                each.due
                for each in shared.outbox(state)
                if (each.row, each.unit, each.milestone) == (ROW, UNIT, "self_checked")
            ]

        def decide(adjustment: rf.Adjustment) -> None:
            fields = {"milestone": "self_checked", "adjustment": adjustment}
            move = rf.Move(ROW, UNIT, "adjust", date(2020, 6, 29), **fields)  # type: ignore[arg-type]  # as named
            shared.append([move], actor=OFFICE, recorded_at=at(6, 30))

        shared.remind(*days, actor=OFFICE, recorded_at=at(6, 30))
        assert ours(OutboxState.PENDING) == [date(2020, 6, 30)]
        decide(rf.ExtensionUntil(date(2020, 7, 10), granted_on=date(2020, 6, 29)))
        shared.remind(date(2020, 7, 1), date(2020, 7, 10), actor=OFFICE, recorded_at=at(7, 10))

        assert ours(OutboxState.CANCELLED) == [date(2020, 6, 30)]
        assert set(ours(OutboxState.PENDING)) == {date(2020, 7, 10)}

    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            # Moved on 15 June to the 12th: a run on the 15th may have been over.
            (
                [adjusting(15, rf.Override(JUNE(12), reason="提前", issued_on=JUNE(15)))],
                ["overdue 16"],
            ),
            # The same to the 17th: two days are left.
            (
                [adjusting(15, rf.Override(JUNE(17), reason="提前", issued_on=JUNE(15)))],
                ["due_soon 16", "due_today 17", "overdue 18"],
            ),
            # To the day itself, which is over when it is told for sure.
            (
                [adjusting(15, rf.Override(JUNE(15), reason="提前", issued_on=JUNE(15)))],
                ["overdue 16"],
            ),
            # Done in time, sent back after the 30th; done and sent back on one day.
            ([moved(20), moved(35, back=True)], ["overdue 36"]),
            ([moved(20), moved(20, back=True)], ["due_soon 22", "due_today 30", "overdue 31"]),
            (
                [moved(33), moved(33, back=True)],
                ["due_soon 22", "due_today 30", "overdue 31", "overdue 34"],
            ),
            # Sent back as of a day that was still to come.
            ([moved(20), attrs.evolve(moved(20, back=True), at=JUNE(34))], ["overdue 34"]),
            # Not in force before the 20th.
            (
                [adjusting(15, rf.Override(JUNE(12), reason="提前", issued_on=JUNE(20)))],
                ["overdue 20"],
            ),
            # To the 20th from the 18th on, and to the 25th from the 22nd on.
            (
                [
                    adjusting(15, rf.Override(JUNE(20), reason="提前", issued_on=JUNE(18))),
                    adjusting(15, rf.Override(JUNE(25), reason="推后", issued_on=JUNE(22))),
                ],
                [
                    "due_soon 18",
                    "due_today 20",
                    "overdue 21",
                    "due_soon 22",
                    "due_today 25",
                    "overdue 26",
                ],
            ),
            # What changes nothing about it.
            (
                [adjusting(33, rf.Suspension(JUNE(1), JUNE(2)))],
                ["due_soon 22", "due_today 30", "overdue 31"],
            ),
        ],
    )
    def test_come_though_their_day_had_passed(
        self, changes: list[rf.Move], expected: list[str]
    ) -> None:
        """
        Runs of one day each, early in the morning, before that day's changes: none is lost.
        """
        whole = yuhui()
        ledger, found = rf.Ledger(whole.campaign, [whole[ROW, UNIT]]), []
        for number in range(10, 40):
            found += [
                f"{each.kind} {(each.on - JUNE(0)).days}"
                for each in due_reminders(ledger, JUNE(number), JUNE(number))
                if each.milestone == "self_checked"
            ]
            ledger.apply([each for each in changes if each.recorded_at == JUNE(number)])

        assert found == expected

    def test_are_not_put_off_by_what_is_to_come(self) -> None:
        """
        Due on the 12th, till decisions of the 20th and 22nd and a note after the run say else.
        """
        whole = yuhui()
        ledger = rf.Ledger(whole.campaign, [whole[ROW, UNIT]])
        for day, due in ((10, 12), (20, 25), (22, 28)):
            decided = rf.Override(JUNE(due), reason="调整", issued_on=JUNE(day))
            ledger.apply([adjusting(10, decided)])
        ledger.apply([adjusting(21, rf.Suspension(JUNE(1), JUNE(1)))])

        found = due_reminders(ledger, JUNE(11), JUNE(17))

        assert [(each.kind, each.on) for each in found] == [
            (ReminderKind.DUE_SOON, JUNE(11)),
            (ReminderKind.DUE_TODAY, JUNE(12)),
            (ReminderKind.OVERDUE, JUNE(13)),
        ]

    @pytest.mark.parametrize(
        ("resting", "expected"),
        [
            # Three working days from Monday 15 June are soon, as was to be said before.
            ((), [("due_soon", 16), ("due_today", 18), ("overdue", 19)]),
            # In the days that rest nothing is said: the 18th is the second working day.
            ((16, 17), [("due_soon", 18), ("due_today", 22), ("overdue", 23)]),
        ],
    )
    def test_of_a_short_limit_received_late(
        self, resting: tuple[int, int], expected: list[tuple[str, int]]
    ) -> None:
        """
        It is due soon from its first day on, or from the day on which it runs again.
        """
        rl = rf.load("yuhui-2020")
        first, *others = (row := rl.rows[ROW]).milestones
        short = attrs.evolve(first, rule=rf.After("received", 3, "workday"))
        asked = attrs.evolve(row.requirement, milestones=(short, *others))
        row = attrs.evolve(row, requirement=asked)
        rows = tuple(row if each.id == ROW else each for each in rl.rows.values())
        whole = rf.assign(attrs.evolve(rl, rows=rows))
        ledger, found = rf.Ledger(whole.campaign, [whole[ROW, UNIT]]), []
        for number in range(10, 25):
            found += [
                (each.kind.value, each.on.day)
                for each in due_reminders(ledger, JUNE(number), JUNE(number))
                if each.milestone == "self_checked"
            ]
            if number == 15:
                ledger.apply([rf.Move(ROW, UNIT, "record", JUNE(15), event="received")])
                if resting:
                    ledger.apply([adjusting(15, rf.Suspension(*map(JUNE, resting)))])

        assert found == expected

    def test_of_what_a_clock_behind_told_are_not_lost(self, shared: store.StoredLedger) -> None:
        """
        The outbox asks what was written since its last run, whatever the times say.
        """
        shared.remind(JUNE(18), JUNE(19), actor=OFFICE, recorded_at=at(6, 19))
        early = adjusting(18, rf.Override(JUNE(12), reason="提前", issued_on=JUNE(18)))
        shared.append([early], actor=OFFICE, recorded_at=at(6, 18))

        (found,) = shared.remind(JUNE(20), JUNE(20), actor=OFFICE, recorded_at=at(6, 20))
        again = shared.remind(JUNE(20), JUNE(21), actor=OFFICE, recorded_at=at(6, 21))

        assert (found.kind, found.due, found.on) == (ReminderKind.OVERDUE, JUNE(12), JUNE(20))
        assert again == (found,)

    def test_of_what_a_clock_ahead_told_are_not_lost(self, shared: store.StoredLedger) -> None:
        """
        Moved to the 22nd by one whose clock is a year ahead: each day is told all the same.
        """
        near = adjusting(18, rf.Override(JUNE(22), reason="提前", issued_on=JUNE(18)))
        near = attrs.evolve(near, recorded_at=None)
        shared.remind(JUNE(18), JUNE(18), actor=OFFICE, recorded_at=at(6, 18))
        shared.append([near], actor=OFFICE, recorded_at=at(6, 18).replace(year=2021))

        found = []
        for number in (19, 20, 21, 22, 23):
            days = JUNE(number), JUNE(number)
            waiting = shared.remind(*days, actor=OFFICE, recorded_at=at(6, number))
            found += [f"{each.kind} {number}" for each in waiting if each.due == JUNE(22)]
            shared.sent(waiting, actor=OFFICE, recorded_at=at(6, number))

        assert found == ["due_soon 19", "due_today 22", "overdue 23"]

    def test_are_brought_back_by_a_deadline_that_is(self, shared: store.StoredLedger) -> None:
        """
        Cancelled by an extension, waiting again once the old day holds again.
        """

        def run(number: int) -> set[store.Reminder]:
            days = JUNE(number), JUNE(number)
            waiting = shared.remind(*days, actor=OFFICE, recorded_at=at(6, number))
            return {each for each in waiting if (each.row, each.unit) == (ROW, UNIT)}

        first = run(22)
        decided = adjusting(22, rf.ExtensionUntil(JUNE(40), granted_on=JUNE(22)))
        shared.append([decided], actor=OFFICE, recorded_at=at(6, 22))
        (gone,) = first - run(23)
        assert (gone.milestone, gone.kind) == ("self_checked", ReminderKind.DUE_SOON)
        decided = adjusting(23, rf.Override(JUNE(30), reason="恢复", issued_on=JUNE(23)))
        shared.append([decided], actor=OFFICE, recorded_at=at(6, 23))

        assert run(24) == first

    def test_refuse_an_interval_that_ends_before_it_begins(
        self, shared: store.StoredLedger
    ) -> None:
        """
        The two days were surely mixed up.
        """
        days = date(2020, 7, 1), date(2020, 6, 30)
        with pytest.raises(rf.InvalidValueError):
            shared.remind(*days, actor=OFFICE, recorded_at=at(7, 1))
        with pytest.raises(rf.InvalidValueError):
            due_reminders(yuhui(), date(2020, 7, 1), date(2020, 6, 30))


def strict(step: rf.Step) -> None:
    """
    Stand for an office's own guard.
    """


LATER = rf.ExtensionUntil(date(2020, 10, 31), granted_on=date(2020, 6, 20))


def demanding(wanted: tuple[str, ...]) -> rf.RectificationList:
    """
    Let the row demand these stages, by their milestones; one with a minus has none.
    """
    rl = rf.load("yuhui-2020")
    row = rl.rows[ROW]
    kept = tuple(each for each in row.requirement.milestones if each.id in wanted)
    fewer = attrs.evolve(
        row,
        requirement=attrs.evolve(row.requirement, milestones=kept),
        path=rf.StagePath.of(*(each.removeprefix("-") for each in wanted)),
    )
    rows = (fewer if each.id == ROW else each for each in rl.rows.values())
    return attrs.evolve(rl, rows=tuple(rows))


class TestDefinitions:
    """
    "opening it with another says what differs and migrates only when asked, as an event"
    """

    def test_the_same_opens(self, shared: store.StoredLedger, place: str) -> None:
        """
        List and calendar given again are compared and found equal.
        """
        calendar = rf.WorkCalendar.china()
        with store.open(place, rl=rf.load("yuhui-2020"), calendar=calendar) as again:
            assert again.versions() == shared.versions()

    @pytest.mark.usefixtures("shared")
    def test_another_says_what_differs(self, place: str) -> None:
        """
        All of it at once, and nothing is changed.
        """
        rl = attrs.evolve(rf.load("yuhui-2020"), title="另一清单")
        calendar = rf.WorkCalendar.china().overlay(off=[date(2020, 6, 24)])
        workflow = rf.Workflow(guards=[strict])
        with pytest.raises(store.DefinitionDiffersError) as caught:
            store.open(place, rl=rl, calendar=calendar, workflow=workflow)

        assert caught.value.parts == ("list", "calendar", "workflow")
        assert "清单、工作日历、流程规则" in caught.value.text("zh")

    def test_migrates_when_asked(self, shared: store.StoredLedger, place: str) -> None:
        """
        The history stays, the event says what differs, and the new one opens from then on.
        """
        move = rf.Move(ROW, UNIT, "self_check", date(2020, 6, 20))
        shared.append([move], actor=CLERK, recorded_at=at(6, 20))
        rl = attrs.evolve(rf.load("yuhui-2020"), title="另一清单")
        workflow = rf.Workflow(guards=[strict])

        with store.open(place, workflow=workflow, differing=True) as again:
            again.migrate(rl=rl, workflow=workflow, actor=OFFICE, recorded_at=at(7, 1))
            event = again.poll(2)[0]
        with store.open(place, rl=rl, workflow=workflow) as after:
            seen = after.ledger()
            assert after.verify().sound

        assert event.kind is EventKind.MIGRATED
        assert event.record.details is not None
        assert event.record.details["differences"] == ["list", "workflow"]
        assert seen.rl.title == "另一清单"
        assert [entry.by for entry in seen[ROW, UNIT].history] == ["王五"]

    def test_nobody_goes_on_by_the_workflow_before(self, tmp_path: Path) -> None:
        """
        A ledger that was open when another migrated it neither writes nor answers by old guards.
        """
        place = tmp_path / "ledger.db"
        store.create(place, yuhui(), actor=OFFICE, recorded_at=at(6, 18)).close()
        move = rf.Move(ROW, UNIT, "self_check", date(2020, 6, 20))
        workflow = rf.Workflow(guards=[strict])
        with store.open(place) as before, store.open(place) as reader, store.open(place) as office:
            reader.ledger()
            before.append([move], actor=CLERK, recorded_at=at(6, 20))
            office.migrate(workflow=workflow, actor=OFFICE, recorded_at=at(7, 1))

            again = attrs.evolve(move, trigger="rectify")
            for ask in (
                lambda: before.append([again], actor=CLERK, recorded_at=at(7, 2)),
                lambda: before.change_roster(ROSTER, actor=OFFICE, recorded_at=at(7, 2)),
                reader.ledger,
            ):
                with pytest.raises(store.DefinitionDiffersError) as caught:
                    ask()
                assert (caught.value.ledger, caught.value.parts) == ("yuhui-2020", ("workflow",))
            # Who migrated goes on, and takes over what others redefine.
            office.append([again], actor=CLERK, recorded_at=at(7, 2))
            with store.open(place, workflow=workflow) as other:
                other.change_roster(ROSTER, actor=OFFICE, recorded_at=at(7, 3))
            assert office.ledger().campaign.workflow == workflow

    def test_who_differs_writes_nothing_but_a_workflow(self, tmp_path: Path) -> None:
        """
        Else its own would be taken over without a word, by whatever redefines.
        """
        place = tmp_path / "ledger.db"
        store.create(place, yuhui(), actor=OFFICE, recorded_at=at(6, 18)).close()
        move = rf.Move(ROW, UNIT, "self_check", date(2020, 6, 20))
        workflow = rf.Workflow(guards=[strict])
        with store.open(place, workflow=workflow, differing=True) as shared:
            assert shared.ledger().rl == yuhui().rl
            with pytest.raises(store.DefinitionDiffersError):
                shared.change_roster(ROSTER, actor=OFFICE, recorded_at=at(6, 20))
            with pytest.raises(store.DefinitionDiffersError):
                shared.append([move], actor=CLERK, recorded_at=at(6, 20))
            shared.migrate(workflow=workflow, actor=OFFICE, recorded_at=at(6, 20))
            assert shared.append([move], actor=CLERK, recorded_at=at(6, 20)).last == 3

    def test_loses_no_history(self, shared: store.StoredLedger) -> None:
        """
        A list without the row of what has one is refused; without others, it is taken.
        """
        move = rf.Move(ROW, UNIT, "self_check", date(2020, 6, 20))
        shared.append([move], actor=CLERK, recorded_at=at(6, 20))
        rl = rf.load("yuhui-2020")
        without = {
            row: attrs.evolve(rl, rows=tuple(each for each in rl.rows.values() if each.id != row))
            for row in (ROW, "7")
        }

        with pytest.raises(store.HistoryLostError) as caught:
            shared.migrate(rl=without[ROW], actor=OFFICE, recorded_at=at(7, 1))
        shared.migrate(rl=without["7"], actor=OFFICE, recorded_at=at(7, 1))

        assert caught.value.subjects == (f"{ROW} × {UNIT}",)
        assert "7" not in shared.ledger().rl.rows
        assert shared.verify().sound

    @pytest.mark.parametrize(
        ("move", "keeps", "drops"),
        [
            ({"trigger": "rectify"}, ("self_checked", "rectified"), ("self_checked",)),
            # The stage stays, and what was confirmed is gone.
            ({"trigger": "rectify"}, ("self_checked", "rectified"), ("self_checked", "-rectified")),
            # One stage is left out that was passed.
            ({"trigger": "rectify"}, ("self_checked", "rectified"), ("rectified",)),
            (
                {"trigger": "adjust", "milestone": "templated", "adjustment": LATER},
                ("self_checked", "templated"),
                ("self_checked", "rectified"),
            ),
        ],
    )
    def test_loses_no_part_of_a_history(
        self, tmp_path: Path, move: dict[str, Any], keeps: tuple[str, ...], drops: tuple[str, ...]
    ) -> None:
        """
        Neither a stage nor a milestone that was done, confirmed or decided about; others may go.
        """
        place, day = tmp_path / "ledger.db", date(2020, 6, 20)
        with store.create(place, yuhui(), actor=OFFICE, recorded_at=at(6, 18)) as shared:
            shared.append(
                [rf.Move(ROW, UNIT, "self_check", day), rf.Move(ROW, UNIT, at=day, **move)],
                actor=Actor("赵六", UNIT, tuple(OfficeRole)),
                recorded_at=at(6, 20),
            )
            shared.confirm(ROW, UNIT, "self_checked", at=day, actor=OFFICE, recorded_at=at(6, 21))
            held = shared.ledger()[ROW, UNIT]
            with pytest.raises(store.HistoryLostError) as caught:
                shared.migrate(rl=demanding(drops), actor=OFFICE, recorded_at=at(7, 1))
            shared.migrate(rl=demanding(keeps), actor=OFFICE, recorded_at=at(7, 1))

            assert caught.value.subjects == (f"{ROW} × {UNIT}",)
            assert shared.ledger()[ROW, UNIT].history == held.history
            assert shared.ledger()[ROW, UNIT].stage in shared.ledger().rl.rows[ROW].path
            assert len(shared.confirmations(ROW, UNIT)) == 1

    def test_a_roster_gives_groups_their_members(
        self, shared: store.StoredLedger, place: str
    ) -> None:
        """
        As :func:`rectiflow.assign` would have, and read back equal.
        """
        roster = rf.load_roster("yuhui-2020")
        shared.change_roster(roster, actor=OFFICE, recorded_at=at(7, 1))

        expected = rf.assign(rf.load("yuhui-2020"), roster)
        with store.open(place) as again:
            assert {a.label for a in again.ledger()} == {a.label for a in expected}
            assert again.verify().sound

    @pytest.mark.parametrize(
        ("answer", "moved"),
        [("市自然资源和规划分局", False), ("市自然资源和规划分局", True), ("区审计局", False)],
    )
    def test_a_body_that_is_called_otherwise_is_assigned_so(
        self, tmp_path: Path, answer: str, *, moved: bool
    ) -> None:
        """
        A mended name, or another body's short form; who has a history stays under the name in it.
        """
        rl, former = rf.load("yuhui-2020"), "自然资源和规划分局"
        (printed,) = (d for d in rl.rows["6.3"].doubts if d.code == "doubt.lost-character")
        doubt = attrs.evolve(printed, candidates=(former, answer), answer=None)
        kept = tuple(doubt if each is printed else each for each in rl.rows["6.3"].doubts)
        rows = {**rl.rows, "6.3": attrs.evolve(rl.rows["6.3"], doubts=kept)}
        ledger = rf.assign(attrs.evolve(rl, rows=tuple(rows.values())))
        others = {a.unit.name for a in ledger if a.row.id == "6.3"} - {former}
        (asked,) = rf.open_doubts(ledger.rl)
        settlement = rf.Settlement.to(asked, answer, by="李主任")
        place = tmp_path / "ledger.db"
        with store.create(place, ledger, actor=OFFICE, recorded_at=at(6, 18)) as shared:
            clerk = Actor("王五", former, OfficeRole.RESPONSIBLE)
            check = rf.Move("6.3", former, "self_check", date(2020, 6, 18))
            if moved:
                shared.append([check], actor=clerk, recorded_at=at(6, 18))
            shared.settle([settlement], actor=OFFICE, recorded_at=at(6, 19))

        with store.open(place) as again:
            there = {a.unit.name for a in again.ledger() if a.row.id == "6.3"}
            assert there == others | {former if moved else answer}
            assert len(again.ledger()) == len(ledger) - (answer in others)
            assert again.verify().sound
            if not moved:
                clerk = Actor("王五", answer, OfficeRole.RESPONSIBLE)
                check = rf.Move("6.3", answer, "self_check", date(2020, 6, 20))
                receipt = again.append([check], actor=clerk, recorded_at=at(6, 20))
                assert [each.seq for each in again.history("6.3", answer)] == [receipt.last]
                assert again.verify().sound

    def test_doubts_are_settled_on_the_record(self, tmp_path: Path) -> None:
        """
        Who decided and what stands in the event, and the list says it from then on.
        """
        rl = rf.load("yuhui-2020")
        row = rl.rows["2.1"]
        doubt = rf.Doubt(code="doubt.explored-act", words="探索制定", candidates=("yes", "no"))
        rows = tuple(
            attrs.evolve(row, doubts=(doubt,)) if each.id == row.id else each
            for each in rl.rows.values()
        )
        ledger = rf.assign(attrs.evolve(rl, rows=rows))
        (asked,) = rf.open_doubts(ledger.rl)
        answer = rf.Settlement.to(asked, "no", by="李主任")
        place = tmp_path / "ledger.db"
        with store.create(place, ledger, actor=OFFICE, recorded_at=at(6, 18)) as shared:
            shared.settle([answer], actor=OFFICE, recorded_at=at(6, 19))

        with store.open(place) as again:
            assert rf.open_doubts(again.ledger().rl) == ()
            details = again.poll(1)[0].record.details
            assert details is not None
            assert details["answers"][0]["by"] == "李主任"
            assert again.verify().sound
