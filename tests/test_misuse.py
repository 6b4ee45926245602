"""
Wrong types at the doors of the library: a typed error that names field and value, at once.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

import rectiflow as rf

if TYPE_CHECKING:
    from collections.abc import Callable

RL: Any = rf.load("yuhui-2020")
LEDGER: Any = rf.assign(RL)
COUNTED: Any = rf.After("received", 3, "workday")
SEEN: Any = {"received": date(2020, 6, 24)}
ANY: Any = rf


@pytest.mark.parametrize(
    "misuse",
    [
        lambda: ANY.load(3),
        lambda: ANY.assign("yuhui-2020"),
        lambda: ANY.assign(RL, roster="yuhui-2020"),
        lambda: ANY.assign(RL, calendar="china"),
        lambda: ANY.Workflow(guards=3),
        lambda: ANY.Workflow(hooks=["x"]),
        lambda: ANY.verdict(None, as_of=date(2020, 6, 24)),
        lambda: LEDGER["6.3", 3],
        lambda: LEDGER.move("6.3", 3, "self_check", at=date(2020, 6, 24)),
        lambda: LEDGER.apply(None),
        lambda: LEDGER.apply([3]),
        lambda: ANY.Ledger.replay(RL, [3]),
        lambda: LEDGER.review("2020-06-24"),
        lambda: COUNTED.resolve(events=SEEN, calendar="china"),
        lambda: COUNTED.resolve(events=[("received", date(2020, 6, 24))]),
        lambda: COUNTED.resolve(events=SEEN, adjustments=rf.Restart(date(2020, 7, 1))),
        lambda: COUNTED.resolve(events=SEEN, immediate=3),
        lambda: COUNTED.resolve(issued="2020-06-17"),
    ],
)
def test_a_wrong_type_is_named(misuse: Callable[[], object]) -> None:
    """
    Not an attribute error from somewhere inside.
    """
    with pytest.raises(rf.InvalidValueError):
        misuse()


@pytest.mark.parametrize(
    "rule",
    [
        rf.After("received", 9_999_999, "day"),
        rf.After("received", 9_999, "year"),
        rf.Before("received", 99_999, "month"),
    ],
)
def test_a_day_past_the_year_9999_is_refused(rule: rf.DeadlineRule) -> None:
    """
    There is no such day, and no overflow from Python either.
    """
    with pytest.raises(rf.InvalidValueError):
        rule.resolve(events=SEEN)


def test_what_recurs_ends_with_the_calendar() -> None:
    """
    The last occurrences of all are listed, and the one after them is refused.
    """
    monthly = rf.Recurring(rf.FixedDate(date(2020, 1, 31)), "month")

    assert len(monthly.occurrences(date(9999, 11, 1), date(9999, 12, 31))) == 2
    with pytest.raises(rf.InvalidValueError):
        rf.Annual(1, 31).resolve(issued=date(9999, 12, 1))
