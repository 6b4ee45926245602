"""
The ledger: look-up, all-or-nothing batches, review, replay, and its state as JSON.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import event, given
from hypothesis import strategies as st

import rectiflow as rf
from rectiflow.batches import BatchRefusedError, StaleAssignmentError
from rectiflow.errors import InvalidValueError, UnknownNameError
from rectiflow.moves import History, Move
from rectiflow.problems import BadDocumentError
from rectiflow.reading.moves import load_moves, read_moves
from rectiflow.stages import Stage
from rectiflow.testing.ledgers import ledgers, legal_moves, moves, small_lists
from rectiflow.verdicts import worst

JUNE = date(2020, 6, 24)
DUE = date(2020, 6, 30)
MOVES = Path(__file__).parents[1] / "examples" / "yuhui-2020-moves.csv"


@pytest.fixture(name="ledger")
def _ledger() -> rf.Ledger:
    """
    Assign the Yuhui list.
    """
    return rf.assign(rf.load("yuhui-2020"))


class TestAssign:
    """
    Each row × responsible body is an assignment.
    """

    def test_84_149_162(self) -> None:
        """
        Groups unexpanded; with the roster; with the doubtful member asked for.
        """
        rl = rf.load("yuhui-2020")

        assert len(rf.assign(rl)) == 84
        assert len(rf.assign(rl, rf.load_roster("yuhui-2020"))) == 149
        assert len(rf.assign(rl, rf.load_roster("yuhui-2020", doubtful=True))) == 162

    def test_in_list_order(self, ledger: rf.Ledger) -> None:
        """
        Rows as in the list, bodies as in the cell.
        """
        assert [a.label for a in ledger][:2] == ["1 × 区政府办公室", "1 × 区卫生健康委"]
        assert list(dict.fromkeys(a.row.id for a in ledger)) == list(ledger.rl.rows)

    def test_an_assignment_has_the_role_of_its_body(self) -> None:
        """
        Of each responsibility in the cell, led or joined.
        """
        rl = rf.load("yuhui-2020")
        row = rl.rows["3"]
        first, second, *_ = row.responsibilities
        roles = (
            attrs.evolve(first, role=rf.Role.LEAD),
            attrs.evolve(second, role=rf.Role.SUPPORT),
        )
        led = attrs.evolve(rl, rows=[attrs.evolve(row, responsibilities=roles)])

        assert [a.role for a in rf.assign(led)] == [rf.Role.LEAD, rf.Role.SUPPORT]

    def test_a_roster_needs_the_day_of_issue(self) -> None:
        """
        It is read as of that day.
        """
        rl = attrs.evolve(rf.load("yuhui-2020"), issued=None)
        with pytest.raises(InvalidValueError):
            rf.assign(rl, rf.load_roster("yuhui-2020"))

    def test_a_unit_that_is_named_and_in_a_group_answers_once(self) -> None:
        """
        Expanding a group makes no second assignment.
        """
        rl = rf.load("yuhui-2020")
        town = rf.RosterMember(group="各乡镇政府", name="区司法局", source=rf.Source("（示例）"))
        roster = rf.Roster(id="x", members=(town, attrs.evolve(town, group="各街道办事处")))
        made = rf.assign(rl, roster)

        assert len([a for a in made if a.row.id == "3"]) == 6
        assert made["3", "区司法局"].role is rf.Role.RESPONSIBLE


class TestLookUp:
    """
    By row and any name of the unit.
    """

    @pytest.mark.parametrize(
        ("row", "name", "full"),
        [
            ("6.3", "区发改委", "区发展改革委"),
            ("6.3", "区人社局", "区人力资源社会保障局"),
            ("2.2", "区地方金融监管局", "区财政局"),
            ("2.2", "区财政局(区地方金融监管局)", "区财政局"),
            ("2.2", "区财政局（区地方金融监管局）", "区财政局"),
            ("1", "各乡镇政府", "各乡镇政府"),
        ],
    )
    def test_short_forms_and_second_plates(
        self, ledger: rf.Ledger, row: str, name: str, full: str
    ) -> None:
        """
        One body whatever it is called.
        """
        assert ledger[row, name].unit.name == full
        assert (row, name) in ledger

    def test_a_group_is_found_however_it_is_spaced(self, ledger: rf.Ledger) -> None:
        """
        As a unit is.
        """
        assert ledger["8.2", " 各乡镇政府 "] is ledger["8.2", "各乡镇政府"]

    def test_unknown_names_suggest_the_nearest(self, ledger: rf.Ledger) -> None:
        """
        A row, a unit, and a unit of another row.
        """
        with pytest.raises(UnknownNameError) as row:
            ledger["2.3", "区财政局"]
        assert row.value.kind == "row"
        assert "2.2" in row.value.nearest
        with pytest.raises(UnknownNameError) as unit:
            ledger["2.1", "区城管局"]
        assert (unit.value.kind, unit.value.nearest[0]) == ("unit", "区城市管理局")
        with pytest.raises(UnknownNameError):
            ledger["2.1", "区司法局"]
        with pytest.raises(InvalidValueError):
            ledger["2.1"]  # type: ignore[index]  # that is the point
        assert ("2.1", "区司法局") not in ledger
        assert "2.1" not in ledger


class TestMove:
    """
    One move, kept; a refused one leaves everything equal.
    """

    def test_moves_by_any_name_of_the_unit(self, ledger: rf.Ledger) -> None:
        """
        And returns what is kept.
        """
        moved = ledger.move("6.3", "区发改委", "self_check", at=JUNE, by="李四")

        assert ledger["6.3", "区发展改革委"] is moved
        assert moved.history[0].by == "李四"

    @pytest.mark.parametrize(
        ("row", "unit", "trigger", "fields"),
        [
            ("9", "区发改委", "self_check", {}),
            ("6.3", "区法改委局", "self_check", {}),
            ("6.3", "区发改委", "selfcheck", {}),
            ("6.3", "区发改委", "template", {}),
            ("6.3", "区发改委", "send_back", {"to": "asigned", "reason": "r"}),
            ("6.3", "区发改委", "send_back", {}),
            ("6.3", "区发改委", "self_check", {"to": "assigned"}),
            ("6.3", "区发改委", "complete", {"milestone": "nothing"}),
            ("6.3", "区发改委", "complete", {}),
            ("6.3", "区发改委", "record", {"event": "nothing"}),
            ("6.3", "区发改委", "adjust", {"milestone": "rectified"}),
            ("6.3", "区发改委", "self_check", {"at": datetime(2020, 6, 24)}),  # noqa: DTZ001 -- that is the point
        ],
    )
    def test_what_cannot_be_done_changes_nothing(
        self, ledger: rf.Ledger, row: str, unit: str, trigger: str, fields: dict[str, Any]
    ) -> None:
        """
        A typed error for each, and the ledger as it was.
        """
        before = list(ledger)
        with pytest.raises(rf.RectiflowError):
            ledger.move(row, unit, trigger, **{"at": JUNE, **fields})
        assert list(ledger) == before

    def test_keep_refuses_what_does_not_continue(self, ledger: rf.Ledger) -> None:
        """
        An assignment moved by its own methods is kept unless the ledger went on meanwhile.
        """
        a = ledger["3", "区财政局"]
        moved = a.rectify(at=JUNE)
        ledger.move("3", "区财政局", "rectify", at=date(2020, 6, 25))
        with pytest.raises(StaleAssignmentError) as caught:
            ledger.keep(moved)
        assert caught.value.subject == "3 × 区财政局"
        again = ledger["3", "区财政局"].send_back(to="assigned", reason="r", at=date(2020, 6, 26))
        ledger.keep(again)
        assert ledger["3", "区财政局"] is again
        with pytest.raises(StaleAssignmentError):
            rf.assign(ledger.rl).keep(again)


class TestApply:
    """
    All or nothing, and equal to one by one.
    """

    @given(st.data())
    def test_equals_one_by_one(self, data: st.DataObject) -> None:
        """
        A legal batch leads where its moves lead one after another; split anywhere, too.
        """
        rl = data.draw(small_lists())
        one, other, split = rf.assign(rl), rf.assign(rl), rf.assign(rl)
        batch = data.draw(legal_moves(one))
        cut = data.draw(st.integers(0, len(batch)))
        results = one.apply(batch)
        for move in batch:
            kept = other.move(
                move.row, move.unit, move.trigger, at=move.at, to=move.to, reason=move.reason
            )
            assert kept.stage in kept.path
        split.apply(batch[:cut])
        split.apply(batch[cut:])

        assert list(one) == list(other) == list(split)
        assert len(results) == len(batch)

    @given(st.data())
    def test_any_batch_is_taken_whole_or_leaves_all_equal(self, data: st.DataObject) -> None:
        """
        Every bad line is named: the others, tried alone in order, are exactly those taken.
        """
        ledger = data.draw(ledgers())
        batch = data.draw(st.lists(moves(ledger.rl), max_size=6))
        before, trial = list(ledger), rf.Ledger(ledger.campaign, list(ledger))
        bad, spoilt, untried = [], set(), []
        for n, move in enumerate(batch):
            key = (move.row, move.unit)
            if key in spoilt:
                untried.append(n)
                continue
            try:
                trial.apply([move])
            except BatchRefusedError:
                bad.append(n)
                spoilt.add(key)
        event(f"bad lines: {min(len(bad), 2)}")
        dry = rf.Ledger(ledger.campaign, before)
        if bad:
            with pytest.raises(BatchRefusedError) as caught:
                ledger.apply(batch)
            assert [each.position for each in caught.value.bad] == bad
            assert list(caught.value.untried) == untried
            assert list(ledger) == before
            for lang in ("zh", "en"):
                assert "refused." not in caught.value.text(lang)
        else:
            dry.apply(batch, dry_run=True)
            assert list(dry) == before
            ledger.apply(batch)
            assert list(ledger) == list(trial)

    @pytest.mark.parametrize("failing_at", [0, 1, 2])
    def test_a_hook_that_raises_keeps_nothing(self, failing_at: int) -> None:
        """
        The first, the middle or the last of a batch.
        """
        seen: list[str] = []

        def hook(asked: rf.Step, _: rf.StageEntry) -> None:
            """
            Fail at the drawn call.
            """
            if len(seen) == failing_at:
                raise RuntimeError("full")
            seen.append(asked.subject.label)

        ledger = rf.assign(rf.load("yuhui-2020"), workflow=rf.Workflow(hooks=[hook]))
        before = list(ledger)
        batch = [
            Move("3", name, "rectify", JUNE) for name in ("区财政局", "区商务外事局", "各乡镇政府")
        ]
        with pytest.raises(RuntimeError):
            ledger.apply(batch)

        assert list(ledger) == before
        assert len(seen) == failing_at
        ledger.apply(batch, dry_run=True)
        assert len(seen) == failing_at

    def test_what_lines_do_not_say_is_said_for_all(self, ledger: rf.Ledger) -> None:
        """
        Who did it and when it was written down; what a line says stands.
        """
        told, other = date(2020, 6, 30), date(2020, 6, 29)
        done = ledger.apply(
            [
                Move("3", "区财政局", "rectify", JUNE),
                Move("6.3", "区发改委", "self_check", JUNE, by="李四", recorded_at=other),
            ],
            by="张三",
            recorded_at=told,
        )

        said = [(a.history[-1].by, a.history[-1].recorded_at) for a in done]
        assert said == [("张三", told), ("李四", other)]

    def test_every_bad_line_is_named_with_its_reason(self, ledger: rf.Ledger) -> None:
        """
        Unknown rows, refused steps and what follows them, each at its place, good ones between.
        """
        lines = [
            Move("9", "区发改委", "rectify", JUNE),
            Move("3", "区财政局", "template", JUNE),
            Move("3", "区财政局", "rectify", JUNE),
            Move("6.3", "区发改委", "self_check", JUNE),
            Move("6.3", "区法改委局", "self_check", JUNE),
            Move("6.3", "区审计局", "complete", JUNE, milestone="nothing"),
        ]
        before = list(ledger)
        with pytest.raises(BatchRefusedError) as caught:
            ledger.apply(lines)

        assert [(bad.position, bad.move, type(bad.error)) for bad in caught.value.bad] == [
            (0, lines[0], UnknownNameError),
            (1, lines[1], rf.TransitionRefusedError),
            (4, lines[4], UnknownNameError),
            (5, lines[5], UnknownNameError),
        ]
        assert caught.value.untried == (2,)
        assert list(ledger) == before

    def test_the_example_batch(self, ledger: rf.Ledger) -> None:
        """
        The invented half-year is taken whole.
        """
        text = MOVES.read_text(encoding="utf-8")
        ledger.apply(load_moves(MOVES))

        assert "虚构" in text
        assert {a.stage for a in ledger} == set(Stage)


class TestMoveValue:
    """
    A move says what its trigger needs and nothing that would be lost.
    """

    @pytest.mark.parametrize(
        "fields",
        [
            {"trigger": "rectify", "reason": "r"},
            {"trigger": "send_back", "to": "assigned"},
            {"trigger": "complete"},
            {"trigger": "reopen", "milestone": "x"},
            {"trigger": "record"},
            {"trigger": "adjust", "milestone": "x"},
            {"trigger": "rectify", "at": "2020-06-24"},
            {"trigger": "fly"},
        ],
    )
    def test_refuses_what_does_not_fit(self, fields: dict[str, Any]) -> None:
        """
        Too little, too much, or unknown.
        """
        with pytest.raises(rf.RectiflowError):
            Move(**{"row": "1", "unit": "x", "at": JUNE, **fields})


class TestMovesFile:
    """
    Ten different mistakes are ten problems, each with its line and column.
    """

    BAD = """row,unit,trigger,at,by,to,reason,milestone,adjustment
1,区民政局,self_check,2020-06-31,,,,,
1,,self_check,2020-06-24,,,,,
1,区民政局,selfcheck,2020-06-24,,,,,
1,区民政局,send_back,2020-06-24,,asigned,r,,
1,区民政局,send_back,2020-06-24,,,,,
1,区民政局,self_check,20200624,,,,,
1,区民政局,self_check,2020-06-24
1,区民政局,adjust,2020-06-24,,,,rectified,Extention(3)
1,区民政局,adjust,2020-06-24,,,,rectified,"Extension(3, day)"
1,区民政局,complete,2020-06-24,,,,,
"""

    @pytest.mark.parametrize("day", ["2020/6/24", "2020.6.24", "2020-6-24", "2020年6月24日"])
    def test_takes_a_day_as_a_spreadsheet_saves_it(self, day: str) -> None:
        """
        Excel in Chinese saves a CSV's days with strokes and without zeros.
        """
        text = f"row,unit,trigger,at\n1,区民政局,self_check,{day}\n"

        (move,) = read_moves(text, document="moves.csv")

        assert move.at == date(2020, 6, 24)

    @pytest.mark.parametrize("day", ["2020/6/31", "2020/13/1", "20/6/24", "6/24"])
    def test_refuses_what_is_no_day(self, day: str) -> None:
        """
        Neither a day that is not in the calendar nor one without its year is taken.
        """
        text = f"row,unit,trigger,at\n1,区民政局,self_check,{day}\n"

        with pytest.raises(BadDocumentError) as caught:
            read_moves(text, document="moves.csv")

        assert [problem.place for problem in caught.value.problems] == ["line 2, at"]

    def test_every_problem_has_its_place(self) -> None:
        """
        Line and column, in order, and each can be read in both languages.
        """
        with pytest.raises(BadDocumentError) as caught:
            read_moves(self.BAD, document="moves.csv")

        assert [problem.place for problem in caught.value.problems] == [
            "line 2, at",
            "line 3, unit",
            "line 4, trigger",
            "line 5, to",
            "line 6",
            "line 7, at",
            "line 8",
            "line 9, adjustment",
            "line 10, adjustment",
            "line 11",
        ]
        for lang in ("zh", "en"):
            assert "problem." not in caught.value.text(lang)

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("", "problem.no-columns"),
            ("row,unit,at\n", "problem.missing-column"),
            ("row,unit,trigger,at,colour\n", "problem.unknown-column"),
            ("row,unit,trigger,at,at\n", "problem.column-twice"),
            ('row,unit,trigger,at\n1,"x,rectify,2020-06-24\n', "problem.bad-csv"),
        ],
    )
    def test_a_bad_table_is_told(self, text: str, code: str) -> None:
        """
        Nothing, a missing, unknown or doubled column, a quote that is never closed.
        """
        with pytest.raises(BadDocumentError) as caught:
            read_moves(text)
        assert code in [problem.code for problem in caught.value.problems]

    def test_another_encoding_is_told(self, tmp_path: Path) -> None:
        """
        A GB18030 file is no UTF-8, and the line is named; a byte order mark is no matter.
        """
        good = "row,unit,trigger,at\n1,区民政局,self_check,2020-06-24\n"
        path = tmp_path / "moves.csv"
        path.write_bytes(good.encode("gb18030"))
        with pytest.raises(BadDocumentError) as caught:
            load_moves(path)
        assert caught.value.problems[0].place == "line 2"
        path.write_bytes(good.encode("utf-8-sig"))
        assert load_moves(path) == (Move("1", "区民政局", "self_check", JUNE),)

    def test_all_columns_are_read(self) -> None:
        """
        Instants, links and decisions too; remarks and empty lines are passed over.
        """
        text = (
            "# a remark\n"
            "row,unit,trigger,at,by,note,evidence,recorded_at,milestone,adjustment,external_id\n"
            "\n"
            "1,x,adjust,2020-06-24T09:00+08:00,y,z,a b,2020-06-25,rectified,"
            '"Extension(3, day, granted_on=2020-06-24)",7\n'
        )

        assert read_moves(text) == (
            Move(
                "1",
                "x",
                "adjust",
                datetime(2020, 6, 24, 1, tzinfo=UTC),
                "y",
                "z",
                evidence=("a", "b"),
                recorded_at=date(2020, 6, 25),
                milestone="rectified",
                adjustment=rf.Extension(3, "day", granted_on=JUNE),
                external_id="7",
            ),
        )


class TestReview:
    """
    A row for each assignment and milestone, and counts of assignments.
    """

    @given(ledgers(), st.dates(date(2020, 6, 1), date(2021, 3, 1)), st.integers(0, 8))
    def test_agrees_with_asking_one_by_one(self, ledger: rf.Ledger, as_of: date, warn: int) -> None:
        """
        Standings, stages and all counts, computed again from single questions.
        """
        found = ledger.review(as_of, warn)
        asked = [(a, m) for a in ledger for m in a.milestones]

        assert [(row.assignment, row.milestone) for row in found.rows] == asked
        overall = {}
        for row in found.rows:
            a = row.assignment
            assert row.standing == a.standing(row.milestone.id, as_of=as_of, warn_workdays=warn)
            assert row.stage is a.progress(as_of).stage
            overall[a.row.id, a.unit.name] = a.verdict(as_of=as_of, warn_workdays=warn).outcome
            if row.due is not None and row.days_left is not None:
                assert row.days_left == (row.due - as_of).days
        assert found.totals == Counter(overall.values())
        assert sum(map(len, found.by_row.values())) <= sum(found.totals.values())
        for (row_id, unit), outcome in overall.items():
            assert found.by_row[row_id][outcome] >= 1
            assert found.by_unit[unit][outcome] >= 1
        for counts in (found.by_row, found.by_unit, found.by_stage):
            assert sum(sum(each.values()) for each in counts.values()) == len(ledger)

    def test_warns_five_working_days_ahead_by_itself(self, ledger: rf.Ledger) -> None:
        """
        As of Monday 22 June 2020 five are left until the 30th, as of the Friday before six.
        """
        for day, warns in ((19, False), (22, True)):
            as_of = date(2020, 6, day)
            outcomes = [row.outcome for row in ledger.review(as_of).rows if row.due == DUE]
            assert outcomes
            assert {outcome == "due_soon" for outcome in outcomes} == {warns}

    def test_never_raises_for_want_of_a_date(self) -> None:
        """
        立行立改, and working days past the calendar, are unresolved with the reason.
        """
        rl = rf.load("yuhui-2020")
        row = rl.rows["3"]
        words = row.requirement.milestones[0].text
        milestones = (
            rf.Milestone(
                id="rectified", stage=Stage.RECTIFIED, rule=rf.Unresolved("立行立改"), text=words
            ),
            rf.Milestone(id="far", rule=rf.After("issued", 9999, "workday"), text=words),
            rf.Milestone(id="waits", rule=rf.After("received", 3, "workday"), text=words),
        )
        changed = attrs.evolve(
            row, requirement=attrs.evolve(row.requirement, milestones=milestones)
        )
        small = attrs.evolve(rl, rows=[changed])
        board = rf.assign(small).review(JUNE).rows[:3]
        by_policy = rf.assign(small, immediate=rf.After("issued", 5, "workday")).review(JUNE)

        assert [(r.outcome.value, r.due) for r in board] == [
            ("unresolved", None),
            ("unresolved", None),
            ("pending", None),
        ]
        assert [r.standing.verdict.reason and r.standing.verdict.reason.code for r in board] == [
            "error.unresolved-deadline",
            "error.calendar-coverage",
            None,
        ]
        assert by_policy.rows[0].due == date(2020, 6, 24)

    def test_with_outcome_picks(self, ledger: rf.Ledger) -> None:
        """
        By member or by name; an unknown name is an error.
        """
        board = ledger.review(date(2020, 7, 1))

        assert (
            len(board.with_outcome("overdue")) == len(board.with_outcome(rf.Outcome.OVERDUE)) > 84
        )
        assert worst(r.standing.verdict for r in board.rows).outcome == "overdue"
        with pytest.raises(ValueError, match="late"):
            board.with_outcome("late")


class TestReplay:
    """
    A ledger opened in mid-campaign, from what another system holds.
    """

    def test_moves_stage_and_ids(self) -> None:
        """
        Moves are judged like any; a stage without them is met if seen in time, else not told.
        """
        rl = rf.load("yuhui-2020")
        moves = (Move("3", "区财政局", "rectify", JUNE, external_id="m1"),)
        opened = rf.Ledger.replay(
            rl,
            [
                History(row="3", unit="区财政局", moves=moves, external_id="A-1"),
                History(row="6.3", unit="区发改委", stage="rectified", since=date(2020, 6, 30)),
                History(row="6.3", unit="区审计局", stage="rectified", since=date(2020, 7, 1)),
            ],
        )
        day = date(2020, 7, 2)

        assert opened["3", "区财政局"].external_id == "A-1"
        assert opened["3", "区财政局"].history[0].external_id == "m1"
        assert opened["6.3", "区发改委"].stage is Stage.RECTIFIED
        in_time = opened["6.3", "区发改委"].standing("rectified", as_of=day)
        unknown = opened["6.3", "区审计局"].standing("rectified", as_of=day)
        earlier = opened["6.3", "区审计局"].standing("rectified", as_of=date(2020, 6, 30))
        assert (in_time.verdict.outcome, in_time.completed_on) == ("met", None)
        assert unknown.verdict.outcome == earlier.verdict.outcome == "unresolved"
        assert opened["6.3", "区审计局"].template(at=day).stage is Stage.TEMPLATED
        assert opened["6.3", "区统计局"].history == ()

    def test_every_bad_history_is_named(self) -> None:
        """
        An illegal move, an unknown unit, a stage off the path, one given twice.
        """
        rl = rf.load("yuhui-2020")
        with pytest.raises(BatchRefusedError) as caught:
            rf.Ledger.replay(
                rl,
                [
                    History(
                        row="3", unit="区财政局", moves=[Move("3", "区财政局", "template", JUNE)]
                    ),
                    History(row="3", unit="区审计局"),
                    History(row="3", unit="区商务外事局", stage="ongoing", since=JUNE),
                    History(row="1", unit="区民政局"),
                    History(row="1", unit="区民政局"),
                ],
            )
        assert [each.position for each in caught.value.bad] == [0, 1, 2, 4]
        moves = [each.move for each in caught.value.bad]
        assert moves == [Move("3", "区财政局", "template", JUNE), None, None, None]

    def test_opens_as_assign_does(self) -> None:
        """
        With its roster, workflow, calendar and policy, and equal to one that was never moved.
        """
        rl = rf.load("yuhui-2020")
        roster = rf.load_roster("yuhui-2020")
        workflow = rf.Workflow(guards=[lambda _: None])
        calendar = rf.WorkCalendar.china().overlay(off=[date(2020, 6, 18)])
        policy = rf.After("issued", 5, "workday")
        options: dict[str, Any] = {"calendar": calendar, "immediate": policy}
        opened = rf.Ledger.replay(rl, [], roster, workflow, **options)

        assert opened == rf.assign(rl, roster, workflow, **options)
        assert len(opened) == 149
        assert opened.campaign.workflow is workflow
        assert (opened.campaign.calendar, opened.campaign.immediate) == (calendar, policy)

    def test_equal_are_campaign_and_every_history(self) -> None:
        """
        One of the two is not enough.
        """
        rl = rf.load("yuhui-2020")
        one, moved = rf.assign(rl), rf.assign(rl)
        moved.move("3", "区财政局", "rectify", at=JUNE)
        policy = rf.After("issued", 5, "workday")

        assert one == rf.assign(rl)
        assert one != moved
        assert one != rf.assign(rl, immediate=policy)
        assert one != "a ledger"

    def test_stage_and_since_go_together(self) -> None:
        """
        And moves belong to their history.
        """
        with pytest.raises(InvalidValueError):
            History(row="3", unit="x", stage="rectified")
        with pytest.raises(InvalidValueError):
            History(row="3", unit="x", moves=[Move("3", "y", "rectify", JUNE)])


class TestJson:
    """
    The whole state, and back.
    """

    @given(ledgers())
    def test_round_trip(self, ledger: rf.Ledger) -> None:
        """
        Every assignment with its history and verdicts.
        """
        again = rf.Ledger.from_json(ledger.to_json())

        assert again == ledger
        assert list(again.review(date(2020, 9, 1)).rows) == list(
            ledger.review(date(2020, 9, 1)).rows
        )

    def test_everything_is_kept(self) -> None:
        """
        The example half-year, a roster's units, every kind of entry, odd text, own calendar.
        """
        rl = rf.load("yuhui-2020")
        calendar = rf.WorkCalendar.china().overlay(off=[date(2027, 1, 1)], name="加“2027”\n年")
        ledger = rf.assign(
            rl,
            rf.load_roster("yuhui-2020"),
            calendar=calendar,
            immediate=rf.After("issued", 5, "workday"),
        )
        odd = "“引号”\\ \n\t\u2028 😀 ='"
        at = datetime(2020, 6, 24, 9, 30, tzinfo=UTC)
        ledger.move("6.3", "区发改委", "self_check", at=at, by=odd, note=odd, evidence=(odd,))
        ledger.move("6.3", "区发改委", "complete", at=at, milestone="template_drafted")
        ledger.move("6.3", "区发改委", "reopen", at=at, milestone="template_drafted", reason=odd)
        ledger.move("8.2", "马城镇人民政府", "record", at=JUNE, event="received", recorded_at=at)
        ledger.move(
            "6.3",
            "区发改委",
            "adjust",
            at=JUNE,
            milestone="rectified",
            adjustment=rf.Override(date(2020, 8, 1), reason=odd, issued_on=JUNE),
        )
        opened = rf.Ledger.replay(
            rl, [History(row="3", unit="区财政局", stage="rectified", since=at, external_id=odd)]
        )

        assert rf.Ledger.from_json(ledger.to_json()) == ledger
        assert rf.Ledger.from_json(opened.to_json()) == opened

    def test_guards_must_be_given_again(self) -> None:
        """
        Code is not written, so a ledger that had a guard is not opened without.
        """

        def guard(_: rf.Step) -> None:
            """
            Allow all.
            """

        workflow = rf.Workflow(guards=[guard])
        text = rf.assign(rf.load("yuhui-2020"), workflow=workflow).to_json()
        with pytest.raises(BadDocumentError, match="guard"):
            rf.Ledger.from_json(text)
        assert rf.Ledger.from_json(text, workflow).campaign.workflow == workflow

    def test_bad_text_is_told_with_places(self, ledger: rf.Ledger) -> None:
        """
        A broken text, another format, and mistakes inside.
        """
        ledger.move("3", "区财政局", "rectify", at=JUNE)
        good = json.loads(ledger.to_json())
        n = next(k for k, a in enumerate(good["assignments"]) if "history" in a)

        def problems(change: Any) -> list[str]:
            """
            Read a changed copy and list the places of its problems.
            """
            copy = json.loads(json.dumps(good))
            change(copy)
            with pytest.raises(BadDocumentError) as caught:
                rf.Ledger.from_json(json.dumps(copy))
            assert "problem." not in str(caught.value)
            return [problem.place for problem in caught.value.problems]

        entry = f"assignments[{n}].history[0]"
        assert problems(lambda d: d.update(format="other/9")) == ["format"]
        assert problems(lambda d: d["assignments"][0].update(row="99")) == ["assignments[0].row"]
        assert problems(lambda d: d["assignments"][0].update(unit="无此单位")) == [
            "assignments[0].unit"
        ]
        assert problems(lambda d: d["assignments"].append(d["assignments"][0])) == [
            f"assignments[{len(good['assignments'])}]"
        ]
        assert problems(lambda d: d["assignments"][n]["history"][0].update(at="24 June")) == [
            f"{entry}.at"
        ]
        assert problems(lambda d: d["assignments"][n]["history"][0].update(type="x")) == [
            f"{entry}.type"
        ]
        assert problems(lambda d: d["calendar"].update(off=["2020-06-06"])) == ["calendar"]
        assert problems(lambda d: d["list"]["rows"][0].update(path=["ongoing"])) == [
            "list.rows[0].path"
        ]

    @given(st.data())
    def test_a_text_cut_anywhere_is_refused(self, data: st.DataObject) -> None:
        """
        Never a stack trace from a parser, never a part passed off as the whole.
        """
        text = rf.assign(data.draw(small_lists(max_rows=1, max_units=1))).to_json()
        cut = data.draw(st.integers(0, len(text) - 1))
        with pytest.raises(BadDocumentError):
            rf.Ledger.from_json(text[:cut])

    @pytest.mark.parametrize("text", ["", "null", "[]", "3", "{}", "[" * 100_000])
    def test_what_is_no_ledger_is_refused(self, text: str) -> None:
        """
        Also nesting without end.
        """
        with pytest.raises(BadDocumentError):
            rf.Ledger.from_json(text)


def test_a_copy_goes_its_own_way() -> None:
    """
    It begins equal, and a move of one is not a move of the other.
    """
    ledger = rf.assign(rf.load("yuhui-2020"))
    copy = ledger.copy()
    assert copy == ledger

    copy.move("2.1", "区城市管理局", "self_check", at=date(2020, 6, 20))

    assert ledger["2.1", "区城市管理局"].stage is rf.Stage.ASSIGNED
    assert copy["2.1", "区城市管理局"].stage is rf.Stage.SELF_CHECKED


def test_a_batch_says_who_and_when_for_lines_that_do_not() -> None:
    """
    A line that says so itself is left as it is.
    """
    ledger = rf.assign(rf.load("yuhui-2020"))
    day, other = date(2020, 6, 20), date(2020, 6, 21)
    silent = rf.Move("2.1", "区城市管理局", "self_check", day)
    telling = rf.Move("2.1", "区城市管理局", "rectify", day, "赵六", recorded_at=other)

    ledger.apply([silent, telling], by="王五", recorded_at=day)

    history = ledger["2.1", "区城市管理局"].history
    assert [(entry.by, entry.recorded_at) for entry in history] == [("王五", day), ("赵六", other)]
