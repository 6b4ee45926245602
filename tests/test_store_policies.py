"""
Who may do what, asked at every door that writes.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from itertools import chain, combinations
from types import FunctionType
from typing import TYPE_CHECKING, Any

import attrs
import pytest

import rectiflow as rf
from rectiflow import store
from rectiflow.messages import Message
from rectiflow.moments import CHINA_TIME
from rectiflow.store import Actor, EventKind, OfficeAct, OfficeRole

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2020, 6, 20, 9, 30, tzinfo=CHINA_TIME)
DAY = date(2020, 6, 20)
ROW, MOVED, FRESH, ELSEWHERE = "6.3", "区统计局", "区审计局", "区民政局"
OFFICE = Actor("李主任", "区政府办公室", OfficeRole.SUPERVISOR)
PART = "template_drafted"
IMMEDIATE = rf.After("received", 3, "workday")
REMINDER = store.Reminder(ROW, MOVED, "rectified", "due_today", DAY, DAY)
ANSWER = rf.Settlement(row=ROW, code="doubt.explored-act", answer="no", by="李主任")

Door = Callable[[store.StoredLedger, Actor], object]


def a_move(trigger: str, unit: str = MOVED, **fields: Any) -> Door:
    """
    Make the door that appends one move.
    """
    move = rf.Move(ROW, unit, trigger, DAY, **fields)
    return lambda shared, actor: shared.append([move], actor=actor, recorded_at=NOW)


def a_decision(adjustment: rf.Adjustment) -> Door:
    """
    Make the door that appends a decision about a deadline.
    """
    return a_move("adjust", milestone="templated", adjustment=adjustment)


# Method and what for: how it is gone through, about whose assignment, and each role that opens
# it, for one's own unit, for any other, or for any unit.
DOORS: dict[tuple[str, OfficeAct], tuple[Door, str, dict[OfficeRole, str]]] = {
    ("append", OfficeAct.ADVANCE): (a_move("rectify"), MOVED, {OfficeRole.RESPONSIBLE: "own"}),
    ("append", OfficeAct.COMPLETE): (
        a_move("complete", FRESH, milestone=PART),
        FRESH,
        {OfficeRole.RESPONSIBLE: "own"},
    ),
    ("append", OfficeAct.RECORD): (
        a_move("record", event="received"),
        MOVED,
        {
            OfficeRole.RESPONSIBLE: "own",
            OfficeRole.SUPERVISOR: "any",
            OfficeRole.SYSTEM: "any",
        },
    ),
    ("append", OfficeAct.SEND_BACK): (
        a_move("send_back", to="assigned", reason="重做"),
        MOVED,
        {OfficeRole.SUPERVISOR: "any"},
    ),
    ("append", OfficeAct.REOPEN): (
        a_move("reopen", milestone=PART, reason="重做"),
        MOVED,
        {OfficeRole.SUPERVISOR: "any"},
    ),
    ("append", OfficeAct.EXTEND): (
        a_decision(rf.Extension(5, "workday", granted_on=DAY)),
        MOVED,
        {OfficeRole.SUPERVISOR: "any"},
    ),
    ("append", OfficeAct.SUSPEND): (
        a_decision(rf.Suspension(DAY, DAY)),
        MOVED,
        {OfficeRole.SUPERVISOR: "any"},
    ),
    ("append", OfficeAct.RESTART): (
        a_decision(rf.Restart(DAY)),
        MOVED,
        {OfficeRole.SUPERVISOR: "any"},
    ),
    ("append", OfficeAct.OVERRIDE): (
        a_decision(rf.Override(DAY, reason="另定", issued_on=DAY)),
        MOVED,
        {OfficeRole.SUPERVISOR: "any"},
    ),
    ("confirm", OfficeAct.CONFIRM): (
        lambda shared, actor: shared.confirm(
            ROW, MOVED, "self_checked", at=DAY, actor=actor, recorded_at=NOW
        ),
        MOVED,
        {OfficeRole.SUPERVISOR: "other"},
    ),
    ("settle", OfficeAct.SETTLE): (
        lambda shared, actor: shared.settle([ANSWER], actor=actor, recorded_at=NOW),
        "",
        {OfficeRole.SUPERVISOR: "any"},
    ),
    ("change_roster", OfficeAct.CHANGE_ROSTER): (
        lambda shared, actor: shared.change_roster(
            rf.load_roster("yuhui-2020"), actor=actor, recorded_at=NOW
        ),
        "",
        {OfficeRole.SUPERVISOR: "any"},
    ),
    ("migrate", OfficeAct.MIGRATE): (
        lambda shared, actor: shared.migrate(immediate=IMMEDIATE, actor=actor, recorded_at=NOW),
        "",
        {OfficeRole.SUPERVISOR: "any"},
    ),
    ("remind", OfficeAct.REMIND): (
        lambda shared, actor: shared.remind(DAY, DAY, actor=actor, recorded_at=NOW),
        "",
        {OfficeRole.SUPERVISOR: "any", OfficeRole.SYSTEM: "any"},
    ),
    ("sent", OfficeAct.REMIND): (
        lambda shared, actor: shared.sent([REMINDER], actor=actor, recorded_at=NOW),
        "",
        {OfficeRole.SUPERVISOR: "any", OfficeRole.SYSTEM: "any"},
    ),
}
ROLES = list(chain.from_iterable(combinations(OfficeRole, n) for n in range(4)))


def in_mid_campaign() -> rf.Ledger:
    """
    Make a ledger in which every act has something to be done to.
    """
    moves = [
        rf.Move(ROW, MOVED, "self_check", DAY, "赵六"),
        rf.Move(ROW, MOVED, "complete", DAY, "赵六", milestone=PART),
    ]
    history = rf.History(row=ROW, unit=MOVED, moves=moves)
    return rf.Ledger.replay(rf.load("yuhui-2020"), [history], immediate=IMMEDIATE)


def permitted(roles: tuple[OfficeRole, ...], unit: str, to: tuple[str, OfficeAct]) -> bool:
    """
    Say what the table says.
    """
    _, owner, opened_by = DOORS[to]
    fits = {"own": unit == owner, "other": unit != owner, "any": True}
    return any(role in roles and fits[whose] for role, whose in opened_by.items())


class TestEveryDoor:
    """
    "The permission table is checked exhaustively through every public door that writes" -- issue 5
    """

    @pytest.mark.parametrize("to", DOORS, ids="-".join)
    def test_opens_for_whom_the_table_says(self, place: str, to: tuple[str, OfficeAct]) -> None:
        """
        Every set of roles, for one's own unit and another; each refusal is an event.
        """
        (door, owner, _), (_, act) = DOORS[to], to
        refused = 0
        with store.create(place, in_mid_campaign(), actor=OFFICE, recorded_at=NOW) as shared:
            for roles in ROLES:
                for unit in (owner or ELSEWHERE, ELSEWHERE):
                    actor = Actor("周", unit, roles)
                    before = shared.seq
                    try:
                        door(shared, actor)
                    except store.NotPermittedError:
                        allowed = False
                        refused += 1
                        (attempt,) = shared.poll(before)
                        assert attempt.kind is EventKind.REFUSED
                        assert attempt.record.event == act
                    except rf.BadDocumentError:
                        # It was permitted, and there is no such doubt: that is no attempt.
                        allowed = True
                        assert act is OfficeAct.SETTLE
                        assert shared.seq == before
                    except rf.RectiflowError:
                        # It was permitted, and then the rules refused what was done before.
                        allowed = True
                        (attempt,) = shared.poll(before)
                        assert not any(
                            code.startswith("policy") for code, _ in attempt.record.reasons
                        )
                        refused += 1
                    else:
                        allowed = True
                    assert allowed == permitted(roles, unit, to), (roles, unit)
            assert len(shared.attempts()) == refused > 0
            assert shared.verify().sound

    def test_is_on_this_list(self) -> None:
        """
        A method that is new is either a reader or a door, and a door is in the table.
        """
        readers = {
            "anchor", "attempts", "close", "confirmations", "events", "export", "history", "ledger",
            "ledger_and_seq", "opened_by", "outbox", "poll", "review", "seq", "verify", "version",
            "versions",
        }  # fmt: skip
        doors = {method for method, _ in DOORS}
        # It says nothing new and asks nobody: what the events add up to is written again.
        unasked = {"rebuild"}
        there = {name for name in dir(store.StoredLedger) if not name.startswith("_")}

        assert there == readers | doors | unasked
        assert {act for _, act in DOORS} | {OfficeAct.OPEN} == set(OfficeAct)

    def test_that_asks_nobody_says_nothing_new(self, tmp_path: Path) -> None:
        """
        To rebuild leaves every event, and what they add up to, as it was.
        """
        place = tmp_path / "ledger.db"
        with store.create(place, in_mid_campaign(), actor=OFFICE, recorded_at=NOW) as shared:
            before = shared.anchor(), shared.ledger()
            shared.rebuild()
            assert (shared.anchor(), shared.ledger()) == before
            assert shared.verify().sound

    def test_of_making_a_ledger_is_asked_too(self, tmp_path: Path) -> None:
        """
        Who may not open one leaves no file behind.
        """
        place = tmp_path / "ledger.db"
        clerk = Actor("王五", MOVED, OfficeRole.RESPONSIBLE)

        with pytest.raises(store.NotPermittedError):
            store.create(place, in_mid_campaign(), actor=clerk, recorded_at=NOW)
        with pytest.raises(store.NotPermittedError):
            store.import_log(place, [], actor=clerk)
        doors = {"create", "import_log"}
        functions = {
            name for name in store.__all__ if isinstance(getattr(store, name), FunctionType)
        }
        assert functions == doors | {"open", "ledgers", "due_reminders", "retryable", "retrying"}

        assert not place.exists()


def without_the_row() -> rf.RectificationList:
    """
    Make a list that has no row for what has a history.
    """
    rl = rf.load("yuhui-2020")
    rows = {key: row for key, row in rl.rows.items() if key != ROW}
    return attrs.evolve(rl, rows=rows, doubts=())


ANYTHING = Actor("周", MOVED, tuple(OfficeRole))
SUPERVISOR = Actor("周主任", "区政府办公室", OfficeRole.SUPERVISOR)
# What is permitted, and what the rules say of it all the same.
AGAINST_THE_RULES: dict[OfficeAct, tuple[Door, Actor, str]] = {
    OfficeAct.ADVANCE: (a_move("template"), ANYTHING, "refused.skips-demanded"),
    OfficeAct.COMPLETE: (
        a_move("complete", milestone=PART),
        ANYTHING,
        "refused.completed",
    ),
    OfficeAct.SEND_BACK: (
        a_move("send_back", to="rectified", reason="重做"),
        ANYTHING,
        "refused.not-backwards",
    ),
    OfficeAct.REOPEN: (
        a_move("reopen", FRESH, milestone=PART, reason="重做"),
        ANYTHING,
        "refused.not-completed",
    ),
    OfficeAct.RECORD: (
        lambda shared, actor: shared.append(
            [
                rf.Move(ROW, MOVED, "record", date(2020, 6, day), event="received")
                for day in (20, 21)
            ],
            actor=actor,
            recorded_at=NOW,
        ),
        ANYTHING,
        "refused.event-recorded",
    ),
    **{
        act: (
            a_move("adjust", milestone="self_checked", adjustment=adjustment),
            ANYTHING,
            "refused.completed",
        )
        for act, adjustment in (
            (OfficeAct.EXTEND, rf.Extension(5, "workday", granted_on=DAY)),
            (OfficeAct.SUSPEND, rf.Suspension(DAY, DAY)),
            (OfficeAct.RESTART, rf.Restart(DAY)),
            (OfficeAct.OVERRIDE, rf.Override(DAY, reason="另定", issued_on=DAY)),
        )
    },
    OfficeAct.CONFIRM: (
        lambda shared, actor: shared.confirm(
            ROW, MOVED, "rectified", at=DAY, actor=actor, recorded_at=NOW
        ),
        SUPERVISOR,
        "refused.not-completed",
    ),
    OfficeAct.MIGRATE: (
        lambda shared, actor: shared.migrate(rl=without_the_row(), actor=actor, recorded_at=NOW),
        SUPERVISOR,
        "error.history-lost",
    ),
}


class TestAgainstTheRules:
    """
    "everything refused is refused with its reason and recorded as an attempt" -- issue 5
    """

    @pytest.mark.parametrize("act", AGAINST_THE_RULES)
    def test_an_attempt_is_written_down_and_nothing_else(self, place: str, act: OfficeAct) -> None:
        """
        Who, what, about which assignment and every reason; the state is as it was.
        """
        door, actor, code = AGAINST_THE_RULES[act]
        with store.create(place, in_mid_campaign(), actor=OFFICE, recorded_at=NOW) as shared:
            state, seq = shared.ledger_and_seq()
            with pytest.raises(rf.RectiflowError) as caught:
                door(shared, actor)

            (attempt,) = shared.poll(seq)
            assert not isinstance(caught.value, store.NotPermittedError)
            assert attempt.kind is EventKind.REFUSED
            assert (attempt.record.event, attempt.record.person) == (act, actor.person)
            assert [told for told, _ in attempt.record.reasons] == [code]
            assert shared.ledger() == state
            assert shared.verify().sound

    def test_every_act_is_here_or_has_no_rule(self) -> None:
        """
        What is asked of a bad document, or of a calendar, is no attempt; the rest no rule forbids.
        """
        no_rule = {OfficeAct.OPEN, OfficeAct.SETTLE, OfficeAct.CHANGE_ROSTER, OfficeAct.REMIND}

        assert set(AGAINST_THE_RULES) == set(OfficeAct) - no_rule

    def test_only_lines_that_were_judged_are_attempts(self, tmp_path: Path) -> None:
        """
        A line about what is not there is malformed; one after a bad line was not judged.
        """
        lines = [
            rf.Move(ROW, MOVED, "template", DAY),
            rf.Move(ROW, MOVED, "rectify", DAY),
            rf.Move(ROW, "没有这个局", "rectify", DAY),
            rf.Move(ROW, FRESH, "rectify", DAY),
        ]
        anybody = store.Policy(())
        place = tmp_path / "ledger.db"
        with store.create(
            place, in_mid_campaign(), actor=OFFICE, recorded_at=NOW, policy=anybody
        ) as shared:
            for command in ("c", "c"):
                with pytest.raises(rf.BatchRefusedError):
                    shared.append(lines, actor=SUPERVISOR, recorded_at=NOW, command=command)
            with pytest.raises(rf.BatchRefusedError):
                shared.append(lines[2:3], actor=SUPERVISOR, recorded_at=NOW)

            # The same again is judged again, and is no second attempt.
            told = [(event.record.line, event.record.unit) for event in shared.attempts()]
            assert told == [(0, MOVED), (3, FRESH)]

    def test_who_was_overtaken_or_malformed_attempted_nothing(self, tmp_path: Path) -> None:
        """
        Nor does a dry run, whoever refuses: it asks what would be.
        """
        refused = rf.Move(ROW, MOVED, "template", DAY)
        place = tmp_path / "ledger.db"
        with store.create(place, in_mid_campaign(), actor=OFFICE, recorded_at=NOW) as shared:
            before = shared.seq
            with pytest.raises(store.ConcurrencyError):
                shared.append([refused], actor=ANYTHING, recorded_at=NOW, expected=0)
            with pytest.raises(rf.InvalidValueError):
                shared.append([], actor=ANYTHING, recorded_at=NOW)
            nobody = Actor("周", MOVED)
            for actor, error in (
                (ANYTHING, rf.BatchRefusedError),
                (nobody, store.NotPermittedError),
            ):
                with pytest.raises(error):
                    shared.append([refused], actor=actor, recorded_at=NOW, dry_run=True)
            doubt = rf.Settlement(code="没有", words="没有", answer="是", by="周")
            with pytest.raises(rf.BadDocumentError):
                shared.settle([doubt], actor=SUPERVISOR, recorded_at=NOW)

            assert shared.seq == before


class TestSeparationOfDuties:
    """
    "nobody confirms their own move" -- issue 5
    """

    @pytest.fixture
    def shared(self, tmp_path: Path) -> Any:
        """
        Give a ledger where 李主任 wrote down what 赵六 did.
        """
        place = tmp_path / "ledger.db"
        with store.create(place, in_mid_campaign(), actor=OFFICE, recorded_at=NOW) as made:
            yield made

    @pytest.mark.parametrize(
        ("person", "unit", "code"),
        [
            ("赵六", "区政府办公室", "policy.own-move"),
            ("李主任", "区政府办公室", "policy.own-move"),
            ("周主任", MOVED, "policy.own-unit"),
        ],
    )
    def test_neither_who_did_it_nor_who_wrote_it_confirms(
        self, shared: store.StoredLedger, person: str, unit: str, code: str
    ) -> None:
        """
        Nor a supervisor of the very unit that answers for it; no role is exempt.
        """
        actor = Actor(person, unit, tuple(OfficeRole))
        with pytest.raises(store.NotPermittedError) as caught:
            shared.confirm(ROW, MOVED, "self_checked", at=DAY, actor=actor, recorded_at=NOW)

        assert caught.value.codes == (code,)

    @pytest.mark.parametrize("told", ["李勇（办） ", "\u3000李勇(办)", "李\u3000勇 (办)"])
    def test_a_person_is_known_however_the_name_is_written(self, told: str) -> None:
        """
        Blanks, which forms put into short names, and brackets of either width make nobody another.
        """
        held = in_mid_campaign()[ROW, MOVED]
        actor = Actor("李勇(办)", "区政府办公室", OfficeRole.SUPERVISOR)
        asked = {"actor": actor, "act": OfficeAct.CONFIRM, "assignment": held}
        mine = store.Request(**asked, done_by=("周七", told))  # type: ignore[arg-type]  # as named
        anothers = store.Request(**asked, done_by=("周七", "李勇"))  # type: ignore[arg-type]  # as named

        assert [each.code for each in store.Policy().objections(mine)] == ["policy.own-move"]
        assert store.Policy().objections(anothers) == ()

    def test_a_unit_is_known_by_any_of_its_names(self) -> None:
        """
        Its own people move its work forward and do not confirm it, under whichever name.
        """
        held = in_mid_campaign()[ROW, "区财政局"]
        names = ("区财政局", "区地方金融监管局", "区财政局（区地方金融监管局）")
        for unit in (*names, ELSEWHERE):
            actor = Actor("周七", unit, tuple(OfficeRole))
            codes = [
                [each.code for each in store.Policy().objections(asked)]
                for asked in (
                    store.Request(actor=actor, act=OfficeAct.ADVANCE, assignment=held),
                    store.Request(actor=actor, act=OfficeAct.CONFIRM, assignment=held),
                )
            ]
            own, other = [[], ["policy.own-unit"]], [["policy.other-unit"], []]
            assert codes == (own if unit in names else other)

    def test_another_confirms(self, shared: store.StoredLedger) -> None:
        """
        And the confirmation lapses when the work is sent back.
        """
        actor = Actor("周主任", "区政府办公室", OfficeRole.SUPERVISOR)
        shared.confirm(ROW, MOVED, "self_checked", at=DAY, actor=actor, recorded_at=NOW)
        (found,) = shared.confirmations(ROW, MOVED)
        assert (found.milestone, found.by) == ("self_checked", "周主任")

        with pytest.raises(store.NotConfirmableError) as caught:
            shared.confirm(ROW, MOVED, "self_checked", at=DAY, actor=actor, recorded_at=NOW)
        assert caught.value.codes == ("refused.confirmed",)
        back = rf.Move(ROW, MOVED, "send_back", DAY, to="assigned", reason="重做")
        shared.append([back], actor=actor, recorded_at=NOW)
        assert shared.confirmations(ROW, MOVED) == ()

    def test_only_what_is_done_is_confirmed(self, shared: store.StoredLedger) -> None:
        """
        Nothing open, nothing from before it was done.
        """
        actor = Actor("周主任", "区政府办公室", OfficeRole.SUPERVISOR)
        for milestone, day, code in (
            ("rectified", DAY, "refused.not-completed"),
            ("self_checked", date(2020, 6, 19), "refused.earlier-than-last"),
        ):
            with pytest.raises(store.NotConfirmableError) as caught:
                shared.confirm(ROW, MOVED, milestone, at=day, actor=actor, recorded_at=NOW)
            assert caught.value.codes == (code,)


class TestAnOfficesOwnPolicy:
    """
    "an office supplies its own function" -- issue 5
    """

    def test_decides_instead_of_ours_or_besides(self, tmp_path: Path) -> None:
        """
        It sees who, what and about which assignment; its reason is told and kept.
        """

        def not_on_saturdays(request: store.Request) -> Message | None:
            if request.move is None or request.move.at != DAY:
                return None
            return Message.of("our.saturday", person=request.actor.person)

        policy = store.Policy((*store.OFFICE_RULES, not_on_saturdays))
        clerk = Actor("王五", MOVED, OfficeRole.RESPONSIBLE)
        place = tmp_path / "ledger.db"
        with store.create(
            place, in_mid_campaign(), actor=OFFICE, recorded_at=NOW, policy=policy
        ) as shared:
            monday = rf.Move(ROW, MOVED, "rectify", date(2020, 6, 22))
            with pytest.raises(store.NotPermittedError) as caught:
                shared.append([rf.Move(ROW, MOVED, "rectify", DAY)], actor=clerk, recorded_at=NOW)
            shared.append([monday], actor=clerk, recorded_at=NOW)

            assert caught.value.codes == ("our.saturday",)
            (attempt,) = shared.attempts()
            assert attempt.record.reasons == (("our.saturday", {"person": "王五"}),)
            assert attempt.record.person == "王五"

    def test_names_every_line_it_refuses(self, tmp_path: Path) -> None:
        """
        Nothing of the batch is kept, and each refused line is an attempt.
        """
        clerk = Actor("王五", MOVED, OfficeRole.RESPONSIBLE)
        lines = [rf.Move(ROW, unit, "rectify", DAY) for unit in (ELSEWHERE, MOVED, FRESH)]
        place = tmp_path / "ledger.db"
        with store.create(place, in_mid_campaign(), actor=OFFICE, recorded_at=NOW) as shared:
            before = shared.ledger()
            with pytest.raises(store.NotPermittedError) as caught:
                shared.append(lines, actor=clerk, recorded_at=NOW, command="c")

            assert [each.line for each in caught.value.refused] == [0, 2]
            assert [event.record.line for event in shared.attempts()] == [0, 2]
            assert shared.ledger() == before
            assert ELSEWHERE in caught.value.text("zh")
