"""
Entries say what happened, in both languages, and check what they hold.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import rectiflow as rf
from rectiflow.errors import InvalidValueError
from rectiflow.history import stage_entry

DAY = date(2020, 6, 24)
MOVED: dict[str, Any] = {
    "trigger": rf.Trigger.RECTIFY,
    "from_stage": rf.Stage.SELF_CHECKED,
    "to_stage": rf.Stage.RECTIFIED,
}
BACK: dict[str, Any] = {
    "trigger": rf.Trigger.SEND_BACK,
    "from_stage": rf.Stage.RECTIFIED,
    "to_stage": rf.Stage.SELF_CHECKED,
    "reason": "标准不全",
}


class TestMessages:
    """
    An auditor reads a history as sentences.
    """

    @pytest.mark.parametrize(
        ("entry", "zh", "en"),
        [
            (
                rf.StageEntry(at=DAY, **MOVED),
                "由“已自查”到“已整改”",
                "from self-checked to rectified",
            ),
            (rf.StageEntry(at=DAY, **BACK), "理由：标准不全", "sent back from rectified"),
            (
                rf.OpeningEntry(at=DAY, stage=rf.Stage.RECTIFIED),
                "接管记录",
                "taken over at rectified",
            ),
            (rf.CompletionEntry(at=DAY, milestone="m"), "办结 m", "completed m"),
            (rf.ReopeningEntry(at=DAY, milestone="m", reason="r"), "重新办理 m", "reopened m"),
            (rf.EventEntry(at=DAY, event="received"), "received", "received"),
            (
                rf.AdjustmentEntry(at=DAY, milestone="m", adjustment=rf.Restart(date(2020, 7, 1))),
                "Restart(2020-07-01)",
                "Restart(2020-07-01)",
            ),
            (rf.Entry(at=DAY), "2020年6月24日", "2020-06-24"),
        ],
    )
    def test_each_kind_of_entry(self, entry: rf.Entry, zh: str, en: str) -> None:
        """
        The day and what happened, in Chinese and in English.
        """
        assert zh in entry.message.text("zh")
        assert en in entry.message.text("en")
        assert "2020年6月24日" in entry.message.text("zh")


class TestStageEntry:
    """
    The quick way makes what the plain way makes.
    """

    def test_equal_to_the_plain_one(self) -> None:
        """
        The same value, the same class, just as frozen.
        """
        told: Any = ("张三", "n", ["a"], date(2020, 6, 25), "7")
        outcome = rf.Outcome.MET
        quick = stage_entry(*(DAY, *MOVED.values(), "", DAY, outcome, *told))
        plain = rf.StageEntry(
            at=DAY,
            by="张三",
            note="n",
            evidence=["a"],
            recorded_at=date(2020, 6, 25),
            external_id="7",
            due=DAY,
            outcome=outcome,
            **MOVED,
        )

        assert type(quick) is rf.StageEntry
        assert quick == plain
        assert hash(quick) == hash(plain)
        assert repr(quick) == repr(plain)
        with pytest.raises(AttributeError):
            quick.note = "other"  # type: ignore[misc]  # that is the point
        with pytest.raises(AttributeError):
            del quick.note

    @pytest.mark.parametrize(
        "told", [(3, "", (), None, ""), ("", "", "ab", None, ""), ("", "", (), "x", "")]
    )
    def test_checks_what_the_plain_one_checks(self, told: Any) -> None:
        """
        A number for a name, a text for links, a text for a time.
        """
        with pytest.raises(InvalidValueError):
            stage_entry(*(DAY, *MOVED.values(), "", None, None, *told))


class TestCampaign:
    """
    What all assignments share is checked when it is put together.
    """

    @pytest.mark.parametrize(
        "wrong", [{"rl": "yuhui-2020"}, {"calendar": "china"}, {"immediate": 5}, {"workflow": []}]
    )
    def test_a_wrong_type_is_noticed_at_once(self, wrong: dict[str, Any]) -> None:
        """
        And not when a date is wanted.
        """
        with pytest.raises(InvalidValueError):
            rf.Campaign(**{"rl": rf.load("yuhui-2020"), **wrong})

    def test_equal_by_what_was_given(self) -> None:
        """
        What is remembered on the way does not matter.
        """
        rl = rf.load("yuhui-2020")
        one, other = rf.Campaign(rl=rl), rf.Campaign(rl=rl)
        rf.Ledger(one, [])

        assert one == other
        assert hash(one) == hash(other)
        assert one != rf.Campaign(rl=rl, immediate=rf.After("issued", 5, "workday"))
        assert one != "campaign"
