"""
A state machine for stores: several handles on one store, retries, stale pages, bad lines.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

import attrs
from hypothesis import event
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from rectiflow.messages import Language, Message
from rectiflow.moves import Move

from .ledgers import ISSUED
from .machines import Machine
from .plain import ORDER, REACHES, Ask, PlainCase
from .stores import Kept, SharedStore, StoreLike
from .systems import REFUSALS

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["StoreMachine"]

_DAY = timedelta(days=1)
_ROW, _UNITS = "1", ("单位0", "单位1")
_TRIGGERS = {stage: trigger for trigger, stage in REACHES.items()}
_A_UNIT = st.sampled_from(_UNITS)
_DAYS = st.integers(0, 5)
_HANDLE = st.integers(0, 3)


class StoreMachine(Machine):
    """
    A store that many share, in long histories.

    Attributes:
        make: Makes a new, empty store: yours, or the library's own.
        lang: The language of what it says when the store deviates.
    """

    make: ClassVar[Callable[[], StoreLike]] = SharedStore
    lang: ClassVar[Language] = "en"

    def __init__(self) -> None:
        """
        Begin with no store.
        """
        super().__init__()
        self.handles: list[StoreLike] = []
        self.kept: list[Kept] = []
        self.cases = {unit: PlainCase(ORDER) for unit in _UNITS}
        self.commands: list[list[Move]] = []

    @initialize()
    def open(self) -> None:
        """
        Make a store.
        """
        self.handles.append(type(self).make())

    @rule()
    def open_again(self) -> None:
        """
        Open it as another process would, up to four times.
        """
        if len(self.handles) < 4:  # noqa: PLR2004 -- enough to be unlike one another
            self.handles.append(self.handles[0].again())

    @rule(handle=_HANDLE, unit=_A_UNIT, days=_DAYS, expects=st.booleans())
    def append(self, handle: int, unit: str, days: int, *, expects: bool) -> None:
        """
        Keep a legal move, with a request id, from a page that is fresh.
        """
        shared = self._handle(handle)
        move = self._legal(unit, days)
        expected = shared.seq if expects else None
        try:
            shared.append([move], command=f"c-{len(self.commands)}", expected=expected)
        except REFUSALS as error:
            self._fail("storemachine.refused", ask=move.trigger, error=str(error))
        self._keep(move)
        self.commands.append([move])

    @precondition(lambda self: self.commands)
    @rule(handle=_HANDLE, data=st.data())
    def try_again(self, handle: int, data: st.DataObject) -> None:
        """
        Send a request once more, as a client does that had no answer.
        """
        number = data.draw(st.integers(0, len(self.commands) - 1), label="request")
        try:
            self._handle(handle).append(self.commands[number], command=f"c-{number}")
        except REFUSALS as error:
            self._fail("storemachine.refused", ask="try_again", error=str(error))

    @rule(handle=_HANDLE, unit=_A_UNIT, days=_DAYS)
    def spoil_a_batch(self, handle: int, unit: str, days: int) -> None:
        """
        Ask for a batch with a line that must be refused.
        """
        move = self._legal(unit, days)
        bad = attrs.evolve(move, at=ISSUED - 30 * _DAY)
        self._refused(handle, [move, bad], None)

    @precondition(lambda self: len(self.kept) > 0)
    @rule(handle=_HANDLE, other=_HANDLE, unit=_A_UNIT, days=_DAYS)
    def lose_a_race(self, handle: int, other: int, unit: str, days: int) -> None:
        """
        Append on a page that another has overtaken.
        """
        page = self._handle(handle).seq
        first = self._legal(unit, days)
        try:
            self._handle(other).append([first], expected=page)
        except REFUSALS as error:
            self._fail("storemachine.refused", ask=first.trigger, error=str(error))
        self._keep(first)
        self._refused(handle, [self._legal(unit, days)], page)

    @invariant()
    def agrees(self) -> None:
        """
        Compare what every handle sees.
        """
        for number, shared in enumerate(self.handles):
            found: list[tuple[Any, ...]] = [tuple(each) for each in shared.events()]
            if found != self.kept:
                self._fail("storemachine.differs", handle=number, n=len(self.kept), got=len(found))
        event(f"{len(self.handles)} handles")

    def _handle(self, number: int) -> StoreLike:
        return self.handles[number % len(self.handles)]

    def _legal(self, unit: str, days: int) -> Move:
        case = self.cases[unit]
        day = (case.last or ISSUED) + days * _DAY
        if case.following is None:
            return Move(_ROW, unit, "send_back", day, to="assigned", reason="退回")
        return Move(_ROW, unit, _TRIGGERS[case.following], day)

    def _keep(self, move: Move) -> None:
        to = None if move.to is None else move.to.value
        day: date = move.at
        case = self.cases[move.unit]
        case.take(Ask(move.trigger.value, day, to, move.reason))
        self.kept.append((move.row, move.unit, case.stage, day))

    def _refused(self, handle: int, moves: list[Move], expected: int | None) -> None:
        try:
            self._handle(handle).append(moves, expected=expected)
        except REFUSALS:
            return
        self._fail("storemachine.taken", n=len(moves))

    def _fail(self, code: str, **facts: object) -> None:
        raise AssertionError(Message.of(code, **facts).text(self.lang))
