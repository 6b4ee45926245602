"""
The pause for the garbage collector.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

import pytest

import rectiflow as rf
from rectiflow.pausing import collector_paused
from rectiflow.review import review

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def _collector(*, on: bool) -> Iterator[None]:
    was_on = gc.isenabled()
    try:
        (gc.enable if on else gc.disable)()
        yield
    finally:
        (gc.enable if was_on else gc.disable)()


def _watched(ledger: rf.Ledger, seen: list[bool]) -> Iterator[rf.Assignment]:
    for each in ledger:
        seen.append(gc.isenabled())
        yield each


class TestCollectorPaused:
    """
    It rests inside and is afterwards as it was before.
    """

    @pytest.mark.parametrize("on", [True, False])
    def test_leaves_it_as_it_was(self, *, on: bool) -> None:
        """
        On again if it was on, off if it was off; inside it rests either way.
        """
        with _collector(on=on):
            with collector_paused():
                assert not gc.isenabled()
            assert gc.isenabled() is on

    def test_on_again_after_an_error(self) -> None:
        """
        An error inside passes through and leaves it on.
        """
        with _collector(on=True):
            with pytest.raises(KeyError), collector_paused():
                raise KeyError
            assert gc.isenabled()

    def test_a_pause_within_a_pause(self) -> None:
        """
        The outer one goes on when the inner one ends.
        """
        with _collector(on=True), collector_paused():
            with collector_paused():
                pass
            assert not gc.isenabled()

    def test_rests_during_a_batch_and_a_review(self) -> None:
        """
        A guard asked in a batch sees it off, and so does what a review reads; then it is on.
        """
        seen: list[bool] = []
        guard = rf.Workflow(guards=[lambda _: seen.append(gc.isenabled())])
        ledger = rf.assign(rf.load("yuhui-2020"), workflow=guard)
        day = date(2020, 6, 24)
        with _collector(on=True):
            ledger.apply([rf.Move("2.1", "区城市管理局", "self_check", day)])
            assert gc.isenabled()
            review(_watched(ledger, seen), day)
            assert gc.isenabled()
        assert set(seen) == {False}
        assert len(seen) == 1 + len(ledger)
