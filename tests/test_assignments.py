"""
One assignment: its moves, facts, refusals and verdicts.
"""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import rectiflow as rf
from rectiflow.deadlines import Extension, ExtensionUntil, Override, Suspension
from rectiflow.errors import InvalidValueError, UnknownNameError
from rectiflow.messages import Message
from rectiflow.refusals import FactRefusedError
from rectiflow.stages import FORWARD, Stage, StagePath, Trigger
from rectiflow.steps import Step, TransitionRefusedError
from rectiflow.testing.ledgers import legal_moves, small_lists
from rectiflow.testing.paths import all_paths
from rectiflow.workflow import Workflow

if TYPE_CHECKING:
    from collections.abc import Callable

JUNE = date(2020, 6, 24)
DAY = timedelta(days=1)


@pytest.fixture(name="ledger")
def _ledger() -> rf.Ledger:
    """
    Assign the Yuhui list.
    """
    return rf.assign(rf.load("yuhui-2020"))


@pytest.fixture(name="whole")
def _whole(ledger: rf.Ledger) -> rf.Assignment:
    """
    Give an assignment with all five stages and a milestone that is none.
    """
    return ledger["6.3", "区司法局"]


def doings() -> dict[str, tuple[Callable[[dict[str, Any]], rf.Assignment], str]]:
    """
    Give, for each move and fact, what does it with details, and its name for the day.
    """
    ledger = rf.assign(rf.load("yuhui-2020"))
    new, service = ledger["6.3", "区司法局"], ledger["8.2", "各乡镇政府"]
    checked = new.self_check(at=date(2020, 6, 18))
    rectified = checked.rectify(at=date(2020, 6, 18))
    templated = rectified.template(at=date(2020, 6, 18))
    drafted = new.complete("template_drafted", at=date(2020, 6, 18))
    granted = Extension(5, "workday", granted_on=date(2020, 6, 19))
    return {
        "self_check": (lambda said: new.self_check(**said), "at"),
        "rectify": (lambda said: checked.rectify(**said), "at"),
        "template": (lambda said: rectified.template(**said), "at"),
        "sustain": (lambda said: templated.sustain(**said), "at"),
        "send_back": (
            lambda said: rectified.send_back(to="self_checked", reason="标准不全", **said),
            "at",
        ),
        "complete": (lambda said: new.complete("template_drafted", **said), "at"),
        "reopen": (lambda said: drafted.reopen("template_drafted", reason="r", **said), "at"),
        "record": (lambda said: service.record("received", **said), "on"),
        "adjust": (lambda said: new.adjust(granted, "rectified", **said), "at"),
    }


DOINGS = doings()


def step(stage: Stage, trigger: Trigger, target: Stage | None, path: StagePath) -> Step:
    """
    Ask for a step with nothing against it but the table and the path.
    """
    return Step(trigger, stage, target, path, JUNE, reason="不符合要求")


class TestMoves:
    """
    Forward over stages not demanded, never over one that is; back to an earlier one.
    """

    def test_every_stage_trigger_path_and_target(self) -> None:
        """
        In all 16 × 5 × 5 × 5 cases a move is taken if and only if the specification says so.
        """
        workflow = Workflow()
        for path in all_paths():
            demanded = {str(stage) for stage in path}
            order = [stage.value for stage in Stage]
            for stage in Stage:
                for trigger in Trigger:
                    for target in Stage:
                        if trigger in FORWARD and FORWARD[trigger] is not target:
                            continue
                        here, there = order.index(stage), order.index(target)
                        if trigger is Trigger.SEND_BACK:
                            legal = there < here and target in demanded
                        else:
                            between = set(order[here + 1 : there])
                            legal = there > here and target in demanded and not between & demanded
                        asked = step(stage, trigger, target, path)
                        if legal:
                            assert workflow.take(asked) is target
                        else:
                            with pytest.raises(TransitionRefusedError) as caught:
                                workflow.take(asked)
                            assert caught.value.reasons
                            assert (
                                trigger is Trigger.SEND_BACK or trigger not in caught.value.allowed
                            )

    def test_a_step_gives_a_new_assignment(self, whole: rf.Assignment) -> None:
        """
        The old one is as it was, and the entry says what was said.
        """
        moved = whole.self_check(
            at=JUNE,
            by="张三",
            note="n",
            evidence=["a"],
            recorded_at=date(2020, 6, 25),
            external_id="7",
        )
        entry = moved.history[0]

        assert (whole.stage, whole.history) == (Stage.ASSIGNED, ())
        assert moved.stage is Stage.SELF_CHECKED
        assert isinstance(entry, rf.StageEntry)
        assert entry == rf.StageEntry(
            at=JUNE,
            by="张三",
            note="n",
            evidence=("a",),
            recorded_at=date(2020, 6, 25),
            external_id="7",
            trigger=Trigger.SELF_CHECK,
            from_stage=Stage.ASSIGNED,
            to_stage=Stage.SELF_CHECKED,
            due=date(2020, 6, 30),
            outcome=rf.Outcome.MET,
        )
        with pytest.raises(AttributeError):
            entry.at = JUNE  # type: ignore[misc]  # that is the point
        with pytest.raises(AttributeError):
            moved.stage = Stage.ONGOING  # type: ignore[misc]  # that is the point
        assert pickle.loads(pickle.dumps(entry)) == entry  # noqa: S301 -- our own bytes
        assert hash(entry) == hash(pickle.loads(pickle.dumps(entry)))  # noqa: S301 -- our own bytes

    @pytest.mark.parametrize(
        "details",
        [
            {"evidence": "http://one.example"},
            {"evidence": [1]},
            {"by": 3},
            {"note": None},
            {"recorded_at": "yesterday"},
            {"at": datetime(2020, 6, 24)},  # noqa: DTZ001 -- that is the point
            {"at": "2020-06-24"},
        ],
    )
    def test_refuses_what_an_entry_cannot_hold(
        self, whole: rf.Assignment, details: dict[str, Any]
    ) -> None:
        """
        A text for a list of links, a naive datetime, a number for a name.
        """
        with pytest.raises(InvalidValueError):
            whole.self_check(**{"at": JUNE, **details})
        with pytest.raises(InvalidValueError):
            rf.EventEntry(**{"at": JUNE, "event": "x", **details})

    @pytest.mark.parametrize("name", DOINGS)
    def test_every_detail_reaches_the_entry(self, name: str) -> None:
        """
        Of each move and fact, and left out every one is empty.
        """
        at = datetime(2020, 6, 26, 4, tzinfo=UTC)
        said = {
            "by": "张三",
            "note": "见附件",
            "evidence": ("http://one.example", "http://two.example"),
            "recorded_at": date(2020, 6, 27),
            "external_id": "7",
        }
        do, when = DOINGS[name]
        full = do({when: at, **said}).history[-1]
        bare = do({when: at}).history[-1]

        assert {field: getattr(full, field) for field in said} == said
        assert full.at == bare.at == at
        assert (bare.by, bare.note, bare.evidence, bare.recorded_at, bare.external_id) == (
            "",
            "",
            (),
            None,
            "",
        )

    @pytest.mark.parametrize("name", ["self_check", "rectify", "template", "sustain"])
    def test_a_move_forward_has_no_reason(self, name: str) -> None:
        """
        Only what is sent back has one.
        """
        do, _ = DOINGS[name]
        forward = do({"at": JUNE}).history[-1]
        back = DOINGS["send_back"][0]({"at": JUNE}).history[-1]

        assert isinstance(forward, rf.StageEntry)
        assert isinstance(back, rf.StageEntry)
        assert (forward.reason, back.reason) == ("", "标准不全")

    def test_an_unknown_detail_is_misuse(self, whole: rf.Assignment) -> None:
        """
        A misspelt keyword is not lost.
        """
        with pytest.raises(TypeError):
            whole.self_check(at=JUNE, bye="张三")  # type: ignore[call-arg]  # that is the point

    def test_every_reason_is_named(self, whole: rf.Assignment) -> None:
        """
        A step back in time over a demanded stage has both reasons, with what may be done.
        """
        moved = whole.self_check(at=JUNE)
        with pytest.raises(TransitionRefusedError) as caught:
            moved.template(at=date(2020, 6, 23))

        assert set(caught.value.codes) == {
            "refused.skips-demanded",
            "refused.earlier-than-last",
        }
        assert caught.value.stage is Stage.SELF_CHECKED
        assert caught.value.allowed == (Trigger.RECTIFY, Trigger.SEND_BACK)
        assert caught.value.subject == "6.3 × 区司法局"
        again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 -- our own bytes
        assert again.reasons == caught.value.reasons
        assert str(again) == str(caught.value)

    def test_a_move_the_table_lacks_still_tells_all(self, whole: rf.Assignment) -> None:
        """
        Checking twice, and earlier than the first time, is refused for both.
        """
        moved = whole.self_check(at=JUNE)
        with pytest.raises(TransitionRefusedError) as caught:
            moved.self_check(at=date(2020, 6, 23))

        assert set(caught.value.codes) == {"refused.not-forward", "refused.earlier-than-last"}

    def test_the_same_day_is_not_earlier(self, whole: rf.Assignment) -> None:
        """
        Where either time is a bare date, days are compared; two instants as instants.
        """
        noon = datetime(2020, 6, 24, 4, tzinfo=UTC)
        moved = whole.self_check(at=noon)

        assert moved.rectify(at=JUNE).stage is Stage.RECTIFIED
        assert moved.rectify(at=noon).stage is Stage.RECTIFIED
        with pytest.raises(TransitionRefusedError):
            moved.rectify(at=datetime(2020, 6, 24, 3, 59, tzinfo=UTC))
        with pytest.raises(TransitionRefusedError):
            moved.rectify(at=date(2020, 6, 23))

    def test_send_back_keeps_the_history(self, whole: rf.Assignment) -> None:
        """
        To an earlier stage, for a reason; the work is to be done again.
        """
        done = whole.self_check(at=JUNE).rectify(at=JUNE)
        back = done.send_back(to="self_checked", reason="标准不全", at=date(2020, 7, 3))

        assert back.stage is Stage.SELF_CHECKED
        assert len(back.history) == 3
        for to, reason, code in (
            ("rectified", "r", "refused.not-backwards"),
            ("templated", "r", "refused.not-backwards"),
            ("assigned", " ", "refused.no-reason"),
        ):
            with pytest.raises(TransitionRefusedError) as caught:
                done.send_back(to=to, reason=reason, at=date(2020, 7, 3))
            assert code in caught.value.codes
        with pytest.raises(UnknownNameError):
            done.send_back(to="selfchecked", reason="r", at=date(2020, 7, 3))
        with pytest.raises(TransitionRefusedError) as caught:
            done.take(Trigger.SEND_BACK, at=date(2020, 7, 3), reason="r")
        assert "refused.no-target" in caught.value.codes

    def test_allowed_says_what_stands_against_each(self, whole: rf.Assignment) -> None:
        """
        Without raising, for every trigger.
        """
        found = whole.allowed()

        assert list(found) == [*FORWARD, Trigger.SEND_BACK]
        assert found[Trigger.SELF_CHECK] == ()
        assert [m.code for m in found[Trigger.RECTIFY]] == ["refused.skips-demanded"]
        assert [m.code for m in found[Trigger.SEND_BACK]] == ["refused.nowhere-back"]
        assert whole.self_check(at=JUNE).allowed()[Trigger.SEND_BACK] == ()

    def test_guards_see_the_same_step_when_only_asked(self) -> None:
        """
        What may be done is judged on the very facts on which the step would be.
        """
        seen: list[Step] = []
        rl = attrs.evolve(rf.load("yuhui-2020"), time_zone="Europe/Berlin")
        watched = rf.assign(rl, workflow=Workflow(guards=[seen.append]))["6.3", "区司法局"]
        for asked, last_at in ((watched, None), (watched.self_check(at=JUNE, by="李四"), JUNE)):
            noon = datetime(2020, 6, 25, 4, tzinfo=UTC)
            seen.clear()
            asked.allowed(at=noon, by="张三")
            by_asking = list(seen)
            trigger = Trigger.RECTIFY if asked.history else Trigger.SELF_CHECK
            seen.clear()
            asked.take(trigger, at=noon, by="张三")

            (done,) = seen
            assert [each for each in by_asking if each.trigger is trigger] == [done]
            assert (done.at, done.last_at, done.by, done.subject, done.zone) == (
                noon,
                last_at,
                "张三",
                asked,
                rl.zone,
            )
            seen.clear()
            asked.allowed()
            assert {(each.at, each.by, each.note) for each in seen} == {(last_at, "", "")}

    def test_a_day_too_early_stands_against_all(self, whole: rf.Assignment) -> None:
        """
        Both sides of the day of the last move.
        """
        moved = whole.self_check(at=JUNE)

        assert moved.allowed(at=JUNE)[Trigger.RECTIFY] == ()
        for against in moved.allowed(at=date(2020, 6, 23)).values():
            assert "refused.earlier-than-last" in [reason.code for reason in against]

    def test_a_fact_between_hides_no_move(self, whole: rf.Assignment) -> None:
        """
        The last move counts, also where something else was written down after it.
        """
        moved = whole.self_check(at=JUNE).complete("template_drafted", at=JUNE)
        granted = Extension(5, "workday", granted_on=date(2020, 6, 20))
        adjusted = moved.adjust(granted, "rectified")
        seen: list[Step] = []
        workflow = Workflow(guards=[seen.append])
        campaign = attrs.evolve(adjusted.campaign, workflow=workflow)
        attrs.evolve(adjusted, campaign=campaign).rectify(at=date(2020, 6, 26))

        assert [each.last_at for each in seen] == [JUNE]


class TestVerdicts:
    """
    A verdict is fixed when the stage is reached; work redone has its own.
    """

    def test_both_sides_of_the_due_day(self, whole: rf.Assignment) -> None:
        """
        30 June is in time, 1 July is late, by the day in China.
        """
        for at, expected in (
            (date(2020, 6, 30), "met"),
            (date(2020, 7, 1), "met_late"),
            (datetime(2020, 6, 30, 15, 59, tzinfo=UTC), "met"),
            (datetime(2020, 6, 30, 16, 0, tzinfo=UTC), "met_late"),
        ):
            moved = whole.self_check(at=at)
            found = moved.standing("self_checked", as_of=date(2020, 7, 2))
            assert found.verdict.outcome == expected
            assert found.due == date(2020, 6, 30)

    def test_work_sent_back_is_not_done_and_redone_has_its_own(self, whole: rf.Assignment) -> None:
        """
        Met on 24 June, sent back on 3 July, overdue, then met late on 8 July.
        """
        done = whole.self_check(at=JUNE).rectify(at=JUNE)
        back = done.send_back(to=Stage.SELF_CHECKED, reason="r", at=date(2020, 7, 3))
        redone = back.rectify(at=date(2020, 7, 8))

        def rectified(a: rf.Assignment, day: date) -> str:
            """
            Give the outcome of rectification.
            """
            return a.standing("rectified", as_of=day).verdict.outcome.value

        assert rectified(redone, date(2020, 7, 2)) == "met"
        assert rectified(redone, date(2020, 7, 3)) == "overdue"
        assert rectified(redone, date(2020, 7, 8)) == "met_late"
        assert redone.standing("self_checked", as_of=date(2020, 7, 9)).verdict.outcome == "met"

    def test_a_decision_before_counts_and_one_after_does_not_rewrite(
        self, whole: rf.Assignment
    ) -> None:
        """
        Extended before, 2 July is met; what is done cannot be adjusted.
        """
        granted = ExtensionUntil(date(2020, 7, 5), granted_on=JUNE)
        extended = whole.adjust(granted, "self_checked").self_check(at=date(2020, 7, 2))
        plain = whole.self_check(at=date(2020, 7, 2))

        assert extended.history[-1].outcome == "met"  # type: ignore[attr-defined]  # a stage entry
        assert plain.history[-1].outcome == "met_late"  # type: ignore[attr-defined]  # a stage entry
        with pytest.raises(FactRefusedError) as caught:
            plain.adjust(granted, "self_checked")
        assert caught.value.codes == ("refused.completed",)

    def test_another_calendar_does_not_rewrite_what_is_fixed(self) -> None:
        """
        The outcome stands in the entry and not in the calendar.
        """
        rl = rf.load("yuhui-2020")
        row = rl.rows["3"]
        counted = attrs.evolve(row.milestones[0], rule=rf.After("issued", 3, "workday"))
        requirement = attrs.evolve(row.requirement, milestones=(counted,))
        rl = attrs.evolve(rl, rows=[attrs.evolve(row, requirement=requirement)])
        done = rf.assign(rl)["3", "区财政局"].rectify(at=date(2020, 6, 23))
        closed = rf.WorkCalendar.china().overlay(off=[date(2020, 6, 18)])
        other = rf.assign(rl, calendar=closed)["3", "区财政局"]
        moved = rf.Assignment(other.campaign, other.row, other.unit, done.stage, done.history)

        found = moved.standing("rectified", as_of=date(2020, 7, 2))

        assert (found.verdict.outcome, found.due) == ("met_late", date(2020, 6, 22))
        assert other.resolution("rectified").due == date(2020, 6, 23)

    def test_a_decision_counts_from_its_own_day(self, whole: rf.Assignment) -> None:
        """
        As of the day before it was granted, an extension is not known.
        """
        extended = whole.adjust(
            Extension(5, "workday", granted_on=date(2020, 7, 2)), "self_checked"
        )

        assert (
            extended.standing("self_checked", as_of=date(2020, 7, 1)).verdict.outcome == "overdue"
        )
        found = extended.standing("self_checked", as_of=date(2020, 7, 2))
        assert (found.verdict.outcome, found.due) == ("pending", date(2020, 7, 7))
        assert found.original_due == date(2020, 6, 30)
        assert (found.days_left, found.workdays_left) == (5, 3)

    def test_the_assignment_stands_as_its_worst_milestone(self, whole: rf.Assignment) -> None:
        """
        One missed part makes it overdue.
        """
        done = whole.self_check(at=JUNE).rectify(at=JUNE)

        assert done.verdict(as_of=date(2020, 6, 30)).outcome == "due_today"
        assert done.verdict(as_of=date(2020, 7, 1)).outcome == "overdue"
        completed = done.complete("template_drafted", at=JUNE)
        assert completed.verdict(as_of=date(2020, 7, 1)).outcome == "pending"


class TestFacts:
    """
    Milestones that are no stage, events, and decisions.
    """

    def test_complete_and_reopen(self, whole: rf.Assignment) -> None:
        """
        Once; a stage is moved instead; reopened for a reason; redone with its own verdict.
        """
        done = whole.complete("template_drafted", at=date(2020, 6, 30))

        def drafted(a: rf.Assignment, day: date) -> str:
            """
            Give the outcome of the draft.
            """
            return a.standing("template_drafted", as_of=day).verdict.outcome.value

        assert drafted(done, date(2020, 7, 9)) == "met"
        with pytest.raises(FactRefusedError, match="completed"):
            done.complete("template_drafted", at=date(2020, 7, 1))
        with pytest.raises(FactRefusedError) as caught:
            whole.complete("rectified", at=JUNE)
        assert caught.value.codes == ("refused.is-a-stage",)
        with pytest.raises(FactRefusedError) as caught:
            whole.reopen("template_drafted", reason=" ", at=JUNE)
        assert caught.value.codes == ("refused.not-completed", "refused.no-reason")
        with pytest.raises(UnknownNameError) as unknown:
            whole.complete("template_draft", at=JUNE)
        assert unknown.value.nearest[0] == "template_drafted"

        again = done.reopen("template_drafted", reason="r", at=date(2020, 7, 2))
        assert drafted(again, date(2020, 7, 2)) == "overdue"
        redone = again.complete("template_drafted", at=date(2020, 7, 3))
        assert drafted(redone, date(2020, 7, 3)) == "met_late"
        with pytest.raises(FactRefusedError) as caught:
            redone.reopen("template_drafted", reason="r", at=date(2020, 7, 1))
        assert caught.value.codes == ("refused.earlier-than-last",)

    def test_a_refusal_names_fact_subject_and_days(self, whole: rf.Assignment) -> None:
        """
        Each with what it is about and the facts that stand against it.
        """
        service = rf.assign(whole.campaign.rl)["8.2", "各乡镇政府"].record("received", on=JUNE)
        moved = whole.self_check(at=date(2020, 6, 25))
        done = moved.complete("template_drafted", at=date(2020, 6, 30))
        granted = Extension(5, "workday", granted_on=JUNE)
        completed = Message.of("refused.completed", at=date(2020, 6, 30))
        no_move = {"stage": Stage.RECTIFIED}
        early = {"at": JUNE, "last_at": date(2020, 6, 25)}
        refusals: tuple[tuple[Callable[[], object], str, str, list[Message]], ...] = (
            (
                lambda: done.complete("template_drafted", at=date(2020, 7, 1)),
                "complete",
                "template_drafted",
                [completed],
            ),
            (
                lambda: done.adjust(granted, "template_drafted"),
                "adjust",
                "template_drafted",
                [completed],
            ),
            (
                lambda: moved.complete("rectified", at=JUNE),
                "complete",
                "rectified",
                [
                    Message.of("refused.earlier-than-last", **early),
                    Message.of("refused.is-a-stage", **no_move),
                ],
            ),
            (
                lambda: moved.reopen("rectified", reason="r", at=JUNE),
                "reopen",
                "rectified",
                [
                    Message.of("refused.earlier-than-last", **early),
                    Message.of("refused.is-a-stage", **no_move),
                ],
            ),
            (
                lambda: service.record("received", on=date(2020, 6, 25)),
                "record",
                "received",
                [Message.of("refused.event-recorded", event="received", at=JUNE)],
            ),
        )
        for refused, fact, about, reasons in refusals:
            with pytest.raises(FactRefusedError) as caught:
                refused()
            error = caught.value
            subject = service.label if fact == "record" else whole.label
            assert (error.fact, error.about, error.subject) == (fact, about, subject)
            assert list(error.reasons) == reasons

    def test_a_fact_on_the_day_of_the_last_move_is_not_early(self) -> None:
        """
        The day in the list's own zone: 22:30 in Greenwich is the next day in Berlin.
        """
        rl = attrs.evolve(rf.load("yuhui-2020"), time_zone="Europe/Berlin")
        late = datetime(2020, 6, 24, 22, 30, tzinfo=UTC)
        moved = rf.assign(rl)["6.3", "区司法局"].self_check(at=late)

        next_day = date(2020, 6, 25)
        assert moved.complete("template_drafted", at=next_day).history[-1].at == next_day
        with pytest.raises(FactRefusedError):
            moved.complete("template_drafted", at=JUNE)

    def test_days_are_those_of_the_lists_zone(self) -> None:
        """
        30 June 23:30 in Berlin is in time there, and 1 July in China.
        """
        rl = attrs.evolve(rf.load("yuhui-2020"), time_zone="Europe/Berlin")
        late = datetime(2020, 6, 30, 21, 30, tzinfo=UTC)
        moved = rf.assign(rl)["6.3", "区司法局"].self_check(at=late)
        (entry,) = moved.history

        assert isinstance(entry, rf.StageEntry)
        assert entry.outcome == "met"
        assert moved.progress(date(2020, 6, 30)).stage is Stage.SELF_CHECKED
        assert moved.progress(date(2020, 6, 29)).stage is Stage.ASSIGNED
        # And half past midnight there is still the day before in Greenwich.
        later = rf.assign(rl)["6.3", "区司法局"].self_check(
            at=datetime(2020, 6, 30, 22, 30, tzinfo=UTC)
        )
        assert later.progress(date(2020, 6, 30)).stage is Stage.ASSIGNED
        assert later.progress(date(2020, 7, 1)).stage is Stage.SELF_CHECKED

    def test_a_completion_keeps_its_due_day_and_verdict(self, whole: rf.Assignment) -> None:
        """
        Both sides of 30 June, and nothing where the due day is not known.
        """
        for day, outcome in ((30, "met"), (31, "met_late")):
            at = date(2020, 6, 29) + (day - 29) * DAY
            (entry,) = whole.complete("template_drafted", at=at).history
            assert isinstance(entry, rf.CompletionEntry)
            assert (entry.due, entry.outcome) == (date(2020, 6, 30), outcome)

    def test_what_is_decided_later_does_not_count_yet(self, whole: rf.Assignment) -> None:
        """
        Neither in what is said as of a day, nor in the verdict of what was done before.
        """
        granted = Extension(5, "workday", granted_on=date(2020, 7, 3))
        adjusted = whole.adjust(granted, "self_checked")
        decided = whole.adjust(granted, "self_checked", at=date(2020, 7, 1))
        for day, due in ((date(2020, 7, 2), 30), (date(2020, 7, 3), 37)):
            found = adjusted.resolution("self_checked", as_of=day)
            assert found.due == date(2020, 6, 30) + (due - 30) * DAY
        assert adjusted.history[-1].at == date(2020, 7, 3)
        assert decided.history[-1].at == date(2020, 7, 1)
        for july, outcome in ((2, "met_late"), (3, "met")):
            entry = decided.self_check(at=date(2020, 7, july)).history[-1]
            assert isinstance(entry, rf.StageEntry)
            assert entry.outcome == outcome

    def test_an_unknown_event_is_named_as_one(self, ledger: rf.Ledger) -> None:
        """
        With its kind and its name.
        """
        with pytest.raises(UnknownNameError) as unknown:
            ledger["8.2", "各乡镇政府"].record("recieved", on=JUNE)
        assert (unknown.value.kind, unknown.value.name) == ("event", "recieved")

    def test_a_service_is_adjusted_whenever_it_recurs(self, ledger: rf.Ledger) -> None:
        """
        It is never done, so that nothing stands against a decision about it.
        """
        granted = Extension(5, "workday", granted_on=JUNE)
        a = ledger["8.2", "各乡镇政府"].adjust(granted, "reply")

        assert a.history[-1].at == JUNE

    @pytest.mark.parametrize("warn", [None, 3, 4])
    def test_a_warning_is_as_long_as_asked(self, whole: rf.Assignment, warn: int | None) -> None:
        """
        From 24 June four weekdays are left until 30 June, and with two holidays and a Sunday three.
        """
        expected = "pending" if warn is None else "due_soon"
        standing = whole.standing("self_checked", as_of=JUNE, warn_workdays=warn)

        assert standing.verdict.outcome == expected
        assert whole.verdict(as_of=JUNE, warn_workdays=warn).outcome == expected
        assert whole.verdict(as_of=date(2020, 6, 23), warn_workdays=3).outcome == "pending"

    def test_an_event_once_recorded_never_moves(self, ledger: rf.Ledger) -> None:
        """
        Only events that a deadline counts from, each once; the service counts from it.
        """
        a = ledger["8.2", "各乡镇政府"].record("received", on=JUNE)

        assert a.resolution("reply").due == date(2020, 6, 30)
        with pytest.raises(FactRefusedError) as caught:
            a.record("received", on=date(2020, 6, 25))
        assert caught.value.codes == ("refused.event-recorded",)
        with pytest.raises(UnknownNameError) as unknown:
            a.record("recieved", on=JUNE)
        assert unknown.value.nearest == ("received",)

    def test_an_adjustment_must_be_one(self, whole: rf.Assignment) -> None:
        """
        And of a milestone that the row has.
        """
        with pytest.raises(InvalidValueError):
            whole.adjust("later", "rectified")  # type: ignore[arg-type]  # that is the point
        with pytest.raises(UnknownNameError):
            whole.adjust(Suspension(JUNE, JUNE), "rectify")
        moved = whole.adjust(Override(date(2020, 8, 1), reason="r", issued_on=JUNE), "rectified")
        assert moved.resolution("rectified").due == date(2020, 8, 1)
        assert moved.history[0].at == JUNE


class TestWorkflow:
    """
    A caller's own guards and hooks.
    """

    def test_own_guards_are_asked_too(self) -> None:
        """
        Their reasons stand beside the house's.
        """

        def not_on_friday(asked: Step) -> Message | None:
            """
            Refuse Fridays.
            """
            is_friday = asked.at is not None and asked.at.weekday() == 4
            return Message.of("our.not-on-friday") if is_friday else None

        a = rf.assign(rf.load("yuhui-2020"), workflow=Workflow(guards=[not_on_friday]))[
            "3", "区财政局"
        ]

        assert a.rectify(at=date(2020, 6, 25)).stage is Stage.RECTIFIED
        with pytest.raises(TransitionRefusedError) as caught:
            a.sustain(at=date(2020, 6, 26))
        assert set(caught.value.codes) == {
            "refused.skips-demanded",
            "refused.not-demanded",
            "our.not-on-friday",
        }
        assert "our.not-on-friday" in str(caught.value)

    def test_a_hook_that_raises_makes_no_move(self) -> None:
        """
        It sees the step and the entry before anything is kept.
        """
        seen: list[Any] = []

        def failing(asked: Step, entry: rf.StageEntry) -> None:
            """
            Note and fail.
            """
            seen.append((asked.subject, entry.to_stage))
            raise RuntimeError("full")

        ledger = rf.assign(rf.load("yuhui-2020"), workflow=Workflow(hooks=[failing]))
        before = list(ledger)
        with pytest.raises(RuntimeError, match="full"):
            ledger.move("3", "区财政局", "rectify", at=JUNE)

        assert list(ledger) == before
        assert seen == [(ledger["3", "区财政局"], Stage.RECTIFIED)]

    def test_hooks_run_once_for_each_step(self) -> None:
        """
        Of an assignment's own methods as of the ledger's, with the step and its entry.
        """
        seen: list[tuple[Step, rf.StageEntry]] = []
        workflow = Workflow(hooks=[lambda asked, entry: seen.append((asked, entry))])
        a = rf.assign(rf.load("yuhui-2020"), workflow=workflow)["3", "区财政局"]

        moved = a.rectify(at=JUNE)

        ((asked, entry),) = seen
        assert (asked.subject, asked.trigger, asked.reason) == (a, Trigger.RECTIFY, "")
        assert moved.history == (entry,)
        taken = a.take(Trigger.RECTIFY, at=JUNE)
        assert taken.entry == entry
        assert taken.step.reason == ""
        assert len(seen) == 1

    def test_guards_and_hooks_are_functions(self) -> None:
        """
        Anything else is noticed when the workflow is made.
        """
        with pytest.raises(InvalidValueError):
            Workflow(guards=["no"])  # type: ignore[list-item]  # that is the point

    @pytest.mark.parametrize("stage", [Stage.ASSIGNED, "assigned"])
    def test_a_callers_own_object_is_stepped(self, stage: Stage | str) -> None:
        """
        Its stage keeps its type, its history gets the entry.
        """
        own = SimpleNamespace(stage=stage, history=[])
        path = StagePath.of("rectified")
        entry = Workflow().step(own, "rectify", path=path, at=JUNE, by="张三")

        assert own.stage == "rectified"
        assert type(own.stage) is type(stage)
        assert own.history == [entry]
        with pytest.raises(TransitionRefusedError):
            Workflow().step(own, "template", path=path, at=JUNE)
        with pytest.raises(TransitionRefusedError) as caught:
            Workflow().step(own, "send_back", path=path, at=date(2020, 6, 1), to="assigned")
        assert set(caught.value.codes) == {"refused.no-reason", "refused.earlier-than-last"}
        with pytest.raises(UnknownNameError):
            Workflow().step(own, "rectfy", path=path, at=JUNE)
        assert own.history == [entry]

    def test_a_record_that_cannot_be_written_undoes_the_stage(self) -> None:
        """
        A caller's object is never left half moved.
        """
        own = SimpleNamespace(stage="assigned", history=[])

        def failing(*_: Any) -> None:
            """
            Fail.
            """
            raise OSError("disk full")

        with pytest.raises(OSError, match="disk full"):
            Workflow().step(own, "rectify", path=StagePath.of("rectified"), at=JUNE, record=failing)
        assert (own.stage, own.history) == ("assigned", [])


class TestHistoryLaws:
    """
    What holds of every history.
    """

    @given(st.data())
    def test_every_history_is_a_legal_walk_of_its_path(self, data: st.DataObject) -> None:
        """
        Each entry leaves where the last one arrived, in order of time, over stages of the path.
        """
        ledger = rf.assign(data.draw(small_lists()))
        ledger.apply(data.draw(legal_moves(ledger)))
        for a in ledger:
            stage, last = Stage.ASSIGNED, None
            for entry in a.history:
                assert isinstance(entry, rf.StageEntry)
                assert entry.from_stage is stage
                assert entry.to_stage in a.path
                assert last is None or last <= entry.at
                stage, last = entry.to_stage, entry.at
            assert a.stage is stage
            assert a.progress().stage is stage

    @given(st.data())
    def test_later_entries_do_not_count_as_of_a_day(self, data: st.DataObject) -> None:
        """
        The standings as of a day are those of the history up to that day.
        """
        ledger = rf.assign(data.draw(small_lists()))
        moves = data.draw(legal_moves(ledger))
        day = data.draw(st.dates(date(2020, 6, 17), date(2021, 3, 1)))
        known = rf.assign(ledger.rl)
        known.apply([move for move in moves if isinstance(move.at, date) and move.at <= day])
        ledger.apply(moves)
        for a, b in zip(ledger, known, strict=True):
            for milestone in a.milestones:
                one = a.standing(milestone.id, as_of=day, warn_workdays=5)
                assert one == b.standing(milestone.id, as_of=day, warn_workdays=5)
