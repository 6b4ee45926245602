"""
What the board shares between assignments that stand alike.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import attrs
import pytest
from hypothesis.vendor.pretty import pretty

import rectiflow as rf
from rectiflow.review import review
from rectiflow.testing.ledgers import small_list

DONE = date(2020, 7, 2)
AS_OF = date(2020, 7, 20)
EVENT = rf.After("received", 10, "workday")


def _cases(rl: rf.RectificationList) -> dict[str, rf.Assignment]:
    """
    Bodies that did the same on the same day, each with something else that tells it apart.
    """
    fresh = next(iter(rf.assign(rl)))
    stage = fresh.milestones[0].id
    longer = rf.ExtensionUntil(date(2020, 7, 10), granted_on=date(2020, 6, 25))
    done = fresh.self_check(at=DONE)
    entry = done.history[0]
    assert isinstance(entry, rf.StageEntry)
    other = attrs.evolve(entry, due=DONE, outcome=rf.Outcome.MET)
    unjudged = attrs.evolve(entry, due=None, outcome=None)
    opened = rf.OpeningEntry(at=DONE, stage=rf.Stage.SELF_CHECKED)
    later = rf.OpeningEntry(at=AS_OF + timedelta(days=1), stage=rf.Stage.SELF_CHECKED)
    reason = "再查"
    return {
        "untouched": fresh,
        "done": done,
        "a day later": fresh.self_check(at=DONE + timedelta(days=1)),
        "after the day asked for": fresh.self_check(at=AS_OF + timedelta(days=1)),
        "with more time": fresh.adjust(longer, stage).self_check(at=DONE),
        "with more time, not done": fresh.adjust(longer, stage),
        "told an event": fresh.record("received", on=date(2020, 7, 1)).self_check(at=DONE),
        "told an event, not done": fresh.record("received", on=date(2020, 7, 1)),
        "judged otherwise": attrs.evolve(done, history=(other,)),
        "not judged": attrs.evolve(done, history=(unjudged,)),
        "taken over": attrs.evolve(done, history=(opened,)),
        "taken over later": attrs.evolve(done, history=(later,)),
        "sent back": done.send_back(to="assigned", reason=reason, at=DONE),
        "the milestone beside": fresh.complete("extra", at=DONE),
    }


def _list(due: date) -> rf.RectificationList:
    rl = small_list([rf.StagePath.of("self_checked", "rectified")])
    row = rl.rows["1"]
    first, second, *_ = row.milestones
    milestones = (
        attrs.evolve(first, rule=rf.FixedDate(due)),
        attrs.evolve(second, rule=EVENT),
        rf.Milestone(id="extra", rule=rf.FixedDate(due), text=second.text),
    )
    requirement = attrs.evolve(row.requirement, milestones=milestones)
    return attrs.evolve(rl, rows=(attrs.evolve(row, requirement=requirement),))


class TestWhatStandsAlike:
    """
    One answer serves all assignments that nothing tells apart, and no other.
    """

    @pytest.mark.parametrize("backwards", [False, True])
    def test_as_if_each_were_asked_alone(self, *, backwards: bool) -> None:
        """
        Whatever tells one body from those before it, in either order and from two campaigns.
        """
        early, late = _cases(_list(date(2020, 6, 30))), _cases(_list(date(2020, 7, 15)))
        given = [*early.values(), *late.values(), *early.values()]
        if backwards:
            given.reverse()

        found = review(given, AS_OF)
        alone = [
            (each.label, each.standing(milestone.id, as_of=AS_OF, warn_workdays=5))
            for each in given
            for milestone in each.milestones
        ]

        assert [(row.assignment.label, row.standing) for row in found.rows] == alone
        verdicts = [each.verdict(as_of=AS_OF, warn_workdays=5).outcome for each in given]
        assert found.totals == Counter(verdicts)

    def test_equal_bodies_share_one_standing(self) -> None:
        """
        A hundred that were done on one day hold one standing each milestone between them.
        """
        done = _cases(_list(date(2020, 6, 30)))["done"]
        found = review([done] * 100, AS_OF)

        assert len({id(row.standing) for row in found.rows}) == len(done.milestones)

    def test_what_does_not_count_is_not_done(self) -> None:
        """
        Of two alike the one whose work is not accepted stands as if untouched; its stage stays.
        """
        cases = _cases(_list(date(2020, 6, 30)))
        done, other = cases["done"], cases["done"].rectify(at=DONE)
        found = review([done, other], AS_OF, accepted=lambda each, *_: each is done)
        untouched = review([cases["untouched"]], AS_OF)

        assert found.rows[0].outcome == "met_late"
        assert [row.standing for row in found.rows[3:]] == [row.standing for row in untouched.rows]
        assert found.rows[3].stage == "rectified"


def test_a_board_is_shown_in_short() -> None:
    """
    By what prints values prettily as well: a counterexample is read by people.
    """
    board = rf.assign(small_list([rf.StagePath.of()])).review(date(2020, 7, 1))

    assert pretty(board) == repr(board)
    assert "<2 rows>" in repr(board)
