"""
Stores gone wrong: a shelf in memory that many share, with one mistake each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

import rectiflow as rf
from rectiflow.testing import store_laws
from rectiflow.testing.plain import ORDER, Ask, PlainCase

from .exhibits import Exhibit

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["EXHIBITS", "Shelf"]

EXHIBITS: list[Exhibit] = []
# ruff: noqa: D102 -- each method is the part that the class's docstring calls wrong


@attrs.define
class Board:
    """
    What all handles of a shelf share.
    """

    log: list[Any] = attrs.field(factory=list)
    seals: list[int] = attrs.field(factory=list)
    seen: dict[str, int] = attrs.field(factory=dict)
    commands: dict[str, tuple[rf.Move, ...]] = attrs.field(factory=dict)


class Shelf:
    """
    A shelf that keeps the rules; each exhibit overrides one of its parts.
    """

    def __init__(self, board: Board | None = None) -> None:
        self.board = Board() if board is None else board

    @property
    def seq(self) -> int:
        return len(self.board.log)

    def append(
        self, moves: Sequence[rf.Move], *, command: str = "", expected: int | None = None
    ) -> int:
        given = tuple(moves)
        if self.is_done(command, given):
            return self.seq
        if expected is not None and any(self.is_stale(each.unit, expected) for each in given):
            raise ValueError("a stale page")
        self.write(self.judged(given))
        if command:
            self.board.commands[command] = given
        return self.seq

    def is_done(self, command: str, given: tuple[rf.Move, ...]) -> bool:
        if command not in self.board.commands:
            return False
        if self.board.commands[command] != given:
            raise ValueError("another request")
        return True

    def is_stale(self, unit: str, expected: int) -> bool:
        return self.board.seen.get(unit, 0) > expected

    def judged(self, moves: tuple[rf.Move, ...]) -> list[Any]:
        cases = {unit: PlainCase(ORDER) for unit in ("单位0", "单位1")}
        for _, unit, stage, day in self.board.log:
            cases[unit].stage = stage
            cases[unit].moves.append((stage, day))
        lines: list[Any] = []
        for move in moves:
            ask = Ask(move.trigger.value, move.at, move.to, move.reason)
            if cases[move.unit].objections(ask):
                self.refuse(lines)
            cases[move.unit].take(ask)
            lines.append((move.row, move.unit, cases[move.unit].stage, move.at))
        return lines

    def refuse(self, _lines: list[Any]) -> None:
        raise ValueError("a bad line")

    def write(self, lines: list[Any]) -> None:
        for line in lines:
            self.board.log.append(line)
            self.board.seals.append(self.seal(line))
            self.board.seen[line[1]] = len(self.board.log)

    def seal(self, line: Any) -> int:
        return hash(line)

    def events(self) -> list[Any]:
        return list(self.board.log)

    def again(self) -> Any:
        return type(self)(self.board)

    def damage(self, place: float) -> None:
        at = int(place * len(self.board.log))
        row, unit, stage, _ = self.board.log[at]
        self.board.log[at] = (row, unit, stage, None)

    def is_sound(self) -> bool:
        return [self.seal(line) for line in self.board.log] == self.board.seals


def shown(law: str) -> Any:
    """
    Put a broken shelf on show: its name and docstring are those of the mistake.
    """

    def put(shelf: type[Shelf]) -> type[Shelf]:
        letters = (f"-{each.lower()}" if each.isupper() else each for each in shelf.__name__)
        says = " ".join((shelf.__doc__ or "").split())
        EXHIBITS.append(
            Exhibit(
                name="".join(letters).lstrip("-"),
                says=says,
                family=store_laws,
                law=f"store.{law}",
                make=lambda: shelf,
            )
        )
        return shelf

    return put


@shown("a-batch-is-whole-or-not-at-all")
class KeepsGoodLines(Shelf):
    """
    The lines before a bad one are kept.
    """

    def refuse(self, _lines: list[Any]) -> None:
        self.write(_lines)
        super().refuse(_lines)


@shown("a-request-is-done-once")
class DoesRetriesAgain(Shelf):
    """
    A request that is sent again is judged again, and refused as done.
    """

    def is_done(self, command: str, given: tuple[rf.Move, ...]) -> bool:
        del command, given
        return False


@shown("a-request-is-done-once")
class RemembersPerHandle(Shelf):
    """
    What was requested is remembered by each process for itself.
    """

    def __init__(self, board: Board | None = None) -> None:
        super().__init__(board)
        self.own: dict[str, tuple[rf.Move, ...]] = {}

    def is_done(self, command: str, given: tuple[rf.Move, ...]) -> bool:
        done = self.own.get(command) == given
        self.own[command] = given
        return bool(command) and done


@shown("an-id-is-one-request-s")
class LooksAtTheIdOnly(Shelf):
    """
    Another request under a known id is taken for a repetition.
    """

    def is_done(self, command: str, given: tuple[rf.Move, ...]) -> bool:
        del given
        return command in self.board.commands


@shown("every-request-of-its-own-is-kept")
class CutsIdsShort(Shelf):
    """
    Only the first characters of an id are kept.
    """

    def append(
        self, moves: Sequence[rf.Move], *, command: str = "", expected: int | None = None
    ) -> int:
        return super().append(moves, command=command[:2], expected=expected)


@shown("a-stale-page-is-refused")
class LastToWriteWins(Shelf):
    """
    Nobody asks what the page had seen.
    """

    def is_stale(self, unit: str, expected: int) -> bool:
        del unit, expected
        return False


@shown("a-fresh-page-is-taken")
class FreshPagesAreStale(Shelf):
    """
    The number of a page is off by one.
    """

    def is_stale(self, unit: str, expected: int) -> bool:
        return self.board.seen.get(unit, 0) >= expected > 0


@shown("others-see-it-at-once")
class ReadsOnceOnly(Shelf):
    """
    A handle shows what it saw when it first looked, and its own.
    """

    def __init__(self, board: Board | None = None) -> None:
        super().__init__(board)
        self.copy = list(self.board.log)

    def write(self, lines: list[Any]) -> None:
        super().write(lines)
        self.copy += lines

    def events(self) -> list[Any]:
        return list(self.copy)


@shown("opened-again-it-is-all-there")
class WritesOneBehind(Shelf):
    """
    The last line is written out when the next one comes.
    """

    def again(self) -> Any:
        log = self.board.log[:-1]
        return type(self)(attrs.evolve(self.board, log=log, seals=self.board.seals[:-1]))


@shown("what-is-appended-is-there")
class SortsByUnit(Shelf):
    """
    Events are listed by unit and not as they came.
    """

    def events(self) -> list[Any]:
        return sorted(self.board.log, key=lambda each: each[1])


@shown("the-number-grows")
class CountsUnits(Shelf):
    """
    The number is that of the units that moved.
    """

    @property
    def seq(self) -> int:
        return len(self.board.seen)


@shown("what-is-read-is-the-reader-s-own")
class HandsOutItsList(Shelf):
    """
    The store's own list is given to whoever asks.
    """

    def events(self) -> list[Any]:
        return self.board.log


@shown("damage-is-noticed")
class CountsOnly(Shelf):
    """
    Verifying counts the lines and does not look at them.
    """

    def is_sound(self) -> bool:
        return len(self.board.log) == len(self.board.seals)
