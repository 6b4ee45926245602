"""
Records gone wrong: a log of sealed lines, with one mistake each.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from rectiflow.moments import Moment, read_moment
from rectiflow.moves import Move
from rectiflow.testing import history_laws

from .exhibits import Exhibit

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["EXHIBITS", "Log"]

EXHIBITS: list[Exhibit] = []
# ruff: noqa: D102 -- each method is the part that the class's docstring calls wrong
FIELDS = ("row", "unit", "trigger", "at", "by", "note", "evidence", "recorded_at", "to", "reason")


class Log:
    """
    A log that is sound: JSON, a line a move, each sealed with the seal before it.
    """

    is_sealed = True

    def write(self, moves: Iterable[Move]) -> str:
        lines, seal = [], ""
        for move in self.ordered(moves):
            body = json.dumps(self.plain(move), ensure_ascii=True)
            seal = self.seal(seal, body)
            lines.append(f"{seal} {body}\n")
        # The end says how many there are, and what the last seal is.
        return "".join(lines) + self.end(len(lines), seal)

    def read(self, text: str) -> list[Move]:
        *lines, end = text.split("\n")
        moves, seal = [], ""
        for line in lines:
            given, _, body = line.partition(" ")
            if not self.trusts(given, seal, body):
                raise ValueError("a broken seal")
            seal = given
            moves.append(self.move(json.loads(body)))
        if end != self.end(len(lines), seal):
            raise ValueError("a broken end")
        return moves

    def ordered(self, moves: Iterable[Move]) -> list[Move]:
        return list(moves)

    def plain(self, move: Move) -> dict[str, Any]:
        values = {name: getattr(move, name) for name in (*FIELDS, "external_id")}
        return {key: self.value(each) for key, each in values.items() if each not in (None, "", ())}

    def value(self, each: object) -> object:
        if isinstance(each, date):
            return each.isoformat()
        return list(each) if isinstance(each, tuple) else str(each)

    def move(self, given: dict[str, Any]) -> Move:
        read: dict[str, Any] = dict(given)
        for name in ("at", "recorded_at"):
            if name in read:
                read[name] = self.moment(read[name])
        read["evidence"] = tuple(read.get("evidence", ()))
        return Move(**read)

    def moment(self, text: str) -> Moment:
        return read_moment("at", text)

    def seal(self, before: str, body: str) -> str:
        return hashlib.sha256(f"{before} {body}".encode()).hexdigest()[:16]

    def end(self, count: int, seal: str) -> str:
        return f"{count} {seal} ."

    def trusts(self, given: str, before: str, body: str) -> bool:
        return given == self.seal(before, body)

    def state(self, moves: Iterable[Move]) -> tuple[str, ...]:
        return self.go_on(("assigned",), moves)

    def go_on(self, state: tuple[str, ...], moves: Iterable[Move]) -> tuple[str, ...]:
        reached = [str(move.to or move.trigger) for move in moves]
        return (*state, *reached)


def shown(law: str) -> Any:
    """
    Put a broken log on show: its name and docstring are those of the mistake.
    """

    def put(log: type[Log]) -> type[Log]:
        letters = (f"-{each.lower()}" if each.isupper() else each for each in log.__name__)
        says = " ".join((log.__doc__ or "").split())
        EXHIBITS.append(
            Exhibit(
                name="".join(letters).lstrip("-"),
                says=says,
                family=history_laws,
                law=f"history.{law}",
                make=log,
            )
        )
        return log

    return put


@shown("all-comes-back")
class LosesEvidence(Log):
    """
    Only the first link of the evidence is kept.
    """

    def plain(self, move: Move) -> dict[str, Any]:
        found = super().plain(move)
        return {**found, "evidence": found.get("evidence", [])[:1]}


@shown("words-come-back")
class StripsWords(Log):
    """
    Names and notes lose the blanks at their ends.
    """

    def value(self, each: object) -> object:
        found = super().value(each)
        return found.strip() if isinstance(found, str) else found


@shown("words-come-back")
class QuotesForASpreadsheet(Log):
    """
    Quotes are doubled for a spreadsheet and never undone.
    """

    def value(self, each: object) -> object:
        found = super().value(each)
        return found.replace('"', '""') if isinstance(found, str) else found


@shown("days-come-back")
class RoundsToDays(Log):
    """
    Instants are kept as days.
    """

    def moment(self, text: str) -> Moment:
        found = super().moment(text)
        return found.date() if isinstance(found, datetime) else found


@shown("order-comes-back")
class SortsByName(Log):
    """
    Moves are sorted by day and then by name.
    """

    def ordered(self, moves: Iterable[Move]) -> list[Move]:
        return sorted(moves, key=lambda move: (str(move.at)[:10], str(move.trigger)))


@shown("other-histories-read-otherwise")
class ForgetsTheLast(Log):
    """
    The last move is written when the next one comes.
    """

    def ordered(self, moves: Iterable[Move]) -> list[Move]:
        return list(moves)[:-1]


@shown("nothing-is-nothing")
class RefusesNothing(Log):
    """
    An empty history cannot be read.
    """

    def read(self, text: str) -> list[Move]:
        if text.startswith("0 "):
            raise ValueError("nothing there")
        return super().read(text)


@shown("a-cut-is-a-beginning")
class MendsACutLine(Log):
    """
    A last line without its end is mended: its text is closed where it was cut.
    """

    is_sealed = False

    def read(self, text: str) -> list[Move]:
        try:
            return super().read(text)
        except ValueError:
            *whole, last = text.split("\n")
            moves = [self.move(json.loads(line.partition(" ")[2])) for line in whole]
            for mend in ('"}', "}", ""):
                try:
                    moves.append(self.move(json.loads(last.partition(" ")[2] + mend)))
                except (ValueError, TypeError):
                    continue
                break
            return moves


@shown("a-changed-character-is-noticed")
class SealsTheRowOnly(Log):
    """
    The seal covers the first words of a line.
    """

    def seal(self, before: str, body: str) -> str:
        return super().seal(before, body[:20])


@shown("swapped-lines-are-noticed")
class SealsLineByLine(Log):
    """
    Each line is sealed by itself, and the end counts them.
    """

    def seal(self, before: str, body: str) -> str:
        del before
        return super().seal("", body)

    def end(self, count: int, seal: str) -> str:
        return super().end(count, seal[:0])


@shown("a-dropped-line-is-noticed")
class HasNoEnd(Log):
    """
    Nothing says where the log ends, so that a cut tail is not seen.
    """

    def end(self, count: int, seal: str) -> str:
        del count, seal
        return ""


@shown("a-doubled-line-is-noticed")
class SkipsDoubledLines(Log):
    """
    A line that stands twice is read once, in silence.
    """

    def read(self, text: str) -> list[Move]:
        lines = text.split("\n")
        kept = [line for n, line in enumerate(lines) if n == 0 or line != lines[n - 1]]
        return super().read("\n".join(kept))


@shown("replayed-in-parts-as-in-one")
class GoesOnFromTheStart(Log):
    """
    Going on begins again at assigned.
    """

    def go_on(self, state: tuple[str, ...], moves: Iterable[Move]) -> tuple[str, ...]:
        return super().go_on(state[:1], moves)
