"""
State machines for Hypothesis: a system and a plain model side by side, step by step.

Subclass one, give it your system, and let pytest collect its ``TestCase``::

    class OfficeMachine(AssignmentMachine):
        system = Office()

    TestOffice = OfficeMachine.TestCase
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

import attrs
from hypothesis import Phase, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from rectiflow.messages import Language, Message
from rectiflow.moves import Move
from rectiflow.refusals import Fact

from .ledgers import EVENT, ISSUED, PLATFORM, REPLY, small_list
from .paths import all_paths
from .plain import REACHES, Ask, PlainCase
from .plain_assignments import DECISIONS, PlainAssignment
from .systems import Assignments, CaseSystem, Ledgers, LedgerSystem, refusals_of
from .worlds import deviation, events

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rectiflow.stages import StagePath

__all__ = ["AssignmentMachine", "LedgerMachine", "Machine"]

_Key = tuple[str, str]
_DAY = timedelta(days=1)
_TRIGGERS = {stage: trigger for trigger, stage in REACHES.items()}
_LEAPS = st.integers(0, 25)
_AHEAD_MOST = 4
_AHEAD = st.integers(0, _AHEAD_MOST)
_FEW = st.integers(1, 3)
_LONG = 10
_EVERY_PATH = all_paths()
_A_PATH = st.integers(0, len(_EVERY_PATH) - 1)


def _in_turn(start: int, n: int) -> StagePath:
    # Hypothesis likes to draw again what it has drawn: the next path is another one nonetheless.
    return _EVERY_PATH[(start + 5 * n) % len(_EVERY_PATH)]


@attrs.define
class _Pair:
    """
    A case of the system beside the plain one.
    """

    case: Any
    plain: PlainCase
    problem: Message | None = None


class Machine(RuleBasedStateMachine):
    """
    A machine whose test neither times nor explains.

    The phase in which Hypothesis explains a failure takes twenty times as long as finding it,
    and what it names are lines of Hypothesis and ours.
    """

    def __init_subclass__(cls, **kwargs: Any) -> None:  # noqa: ANN401 -- as Python calls it
        """
        Settle how its test is run; what else the user's profile says stands.
        """
        super().__init_subclass__(**kwargs)
        cls.TestCase.settings = settings(
            cls.TestCase.settings,
            phases=set(settings().phases) - {Phase.explain},
            report_multiple_bugs=False,
        )


class AssignmentMachine(Machine):
    """
    Cases of a system, moved along every path, legally and not.

    Attributes:
        system: What is tried: yours, or the library's own.
        lang: The language of what it says when the system deviates.
    """

    system: ClassVar[CaseSystem] = Assignments()
    lang: ClassVar[Language] = "en"

    def __init__(self) -> None:
        """
        Begin with no case.
        """
        super().__init__()
        self.pair = _Pair(None, PlainCase(("assigned",)))
        self.begun = 0

    # Half of the rules go on, so that deep stages are reached; a new case begins some steps on.

    @initialize(path=_A_PATH, ahead=_AHEAD)
    def first_case(self, path: int, ahead: int) -> None:
        """
        Begin a case and take it some stages on.
        """
        self._begin(path, ahead)

    @rule(path=_A_PATH, ahead=_AHEAD)
    def another_case(self, path: int, ahead: int) -> None:
        """
        Leave the case and begin another.
        """
        self._begin(path, ahead)

    @precondition(lambda self: self.pair.plain.following is not None)
    @rule()
    def go_on_the_same_day(self) -> None:
        """
        Reach the next stage on the day of the last move.
        """
        self._go_on(0)

    @precondition(lambda self: self.pair.plain.following is not None)
    @rule(days=_LEAPS)
    def go_on(self, days: int) -> None:
        """
        Reach the next stage some days later.
        """
        self._go_on(days)

    @precondition(lambda self: self.pair.plain.following is not None)
    @rule(days=_LEAPS)
    def go_on_twice(self, days: int) -> None:
        """
        Reach the next stage, and the one after it if there is one.
        """
        self._go_on(days)
        if self.pair.plain.following is not None:
            self._go_on(days)

    @precondition(lambda self: bool(self.pair.plain.earlier))
    @rule(data=st.data(), days=_LEAPS)
    def send_back(self, data: st.DataObject, days: int) -> None:
        """
        Send the case back to an earlier stage of its path.
        """
        to = data.draw(st.sampled_from(self.pair.plain.earlier), label="to")
        self._ask(Ask("send_back", self._day(days), to, "不符合要求"))

    @rule(data=st.data())
    def ask_what_is_illegal(self, data: st.DataObject) -> None:
        """
        Ask for a move that must be refused and must change nothing.
        """
        plain = self.pair.plain
        illegal = [each for each in events(plain.last or ISSUED) if plain.objections(each)]
        self._ask(data.draw(st.sampled_from(illegal), label="asked"))

    @invariant()
    def note(self) -> None:
        """
        Say how far the case came.
        """
        self.reached(self.pair.plain.path, self.pair.plain.stage)

    def reached(self, path: tuple[str, ...], stage: str) -> None:
        """
        Tell Hypothesis what was reached, for its statistics; a subclass may count.
        """
        del path
        event(f"stage {stage}")

    def _begin(self, number: int, ahead: int) -> None:
        path = tuple(stage.value for stage in _in_turn(number, self.begun))
        self.begun += 1
        self.pair = _Pair(self.system.begin(path), PlainCase(path))
        self.note()
        for _ in range(ahead):
            if self.pair.plain.following is not None:
                self._go_on(1)
                self.note()

    def _day(self, days: int) -> date:
        return (self.pair.plain.last or ISSUED) + days * _DAY

    def _go_on(self, days: int) -> None:
        following = self.pair.plain.following
        if following is not None:
            self._ask(Ask(_TRIGGERS[following], self._day(days)))

    def _ask(self, ask: Ask) -> None:
        found = deviation(self.system, self.pair, ask)
        if found is not None:
            head = Message.of("machine.asked", ask=str(ask), path=" → ".join(self.pair.plain.path))
            raise AssertionError(f"{head.text(self.lang)} {found.text(self.lang)}")


_TOLD = ("met", "met_late", "overdue", "due_today")
# Days drawn plainly seldom meet the one on which a deadline turns.
_BESIDE = st.sampled_from((0, 1, -1))


class LedgerMachine(Machine):
    """
    A ledger over a small list: single moves, batches that are taken whole, batches that are not.

    Attributes:
        system: What is tried: yours, or the library's own.
        lang: The language of what it says when the system deviates.
    """

    system: ClassVar[LedgerSystem] = Ledgers()
    lang: ClassVar[Language] = "en"

    def __init__(self) -> None:
        """
        Begin with no list.
        """
        super().__init__()
        self.ledger: Any = None
        self.opened = self.looked = 0
        self.plain: dict[tuple[str, str], PlainAssignment] = {}

    @initialize(start=_A_PATH, rows=_FEW, units=_FEW, ahead=_AHEAD)
    def open(self, start: int, rows: int, units: int, ahead: int) -> None:
        """
        Lay down a list whose rows have paths of their own, and take assignments some stages on.
        """
        self._open(start, rows, units, ahead)

    @precondition(lambda self: self.looked > _LONG)
    @rule(start=_A_PATH, rows=_FEW, units=_FEW, ahead=_AHEAD)
    def open_another(self, start: int, rows: int, units: int, ahead: int) -> None:
        """
        Leave the list, after a while, and lay down another.
        """
        self._open(start, rows, units, ahead)

    def _open(self, start: int, rows: int, units: int, ahead: int) -> None:
        paths = [_in_turn(start, self.opened + n) for n in range(rows)]
        self.opened, self.looked, self.plain = self.opened + rows, 0, {}
        rl = small_list(paths, units)
        self.ledger = self.system.open(rl)
        for row in rl.rows.values():
            path = tuple(stage.value for stage in row.path)
            for each in row.responsibilities:
                self.plain[row.id, each.unit] = PlainAssignment(PlainCase(path))
        deepest = _AHEAD_MOST + 1
        for step in range(_AHEAD_MOST):
            self.agrees()
            self._take_on(key for n, key in enumerate(self.plain) if (ahead + n) % deepest > step)

    @rule(data=st.data())
    def move_one(self, data: st.DataObject) -> None:
        """
        Carry out one legal move.
        """
        self._apply([self._legal(data, self._copies())], spoilt=False)

    @rule(data=st.data(), size=st.integers(2, 5))
    def move_many(self, data: st.DataObject, size: int) -> None:
        """
        Carry out a batch in which lines on one assignment build on one another.
        """
        copies = self._copies()
        self._apply([self._legal(data, copies) for _ in range(size)], spoilt=False)

    @rule(data=st.data(), before=st.integers(0, 2), after=st.integers(0, 2))
    def spoil_a_batch(self, data: st.DataObject, before: int, after: int) -> None:
        """
        Ask for a batch with a line that must be refused: nothing of it may be kept.
        """
        copies = self._copies()
        moves = [self._legal(data, copies) for _ in range(before)]
        moves.append(self._illegal(data, copies))
        moves += [self._legal(data, copies) for _ in range(after)]
        self._apply(moves, spoilt=True)

    @precondition(lambda self: hasattr(self.system, "outcomes"))
    @rule(data=st.data())
    def look_at_the_board(self, data: st.DataObject) -> None:
        """
        Compare every outcome at the end of a day, be it past or to come.
        """
        day = data.draw(self._days_to_look_at(), label="day")
        found = self.system.outcomes(self.ledger, day)  # type: ignore[attr-defined]  # asked for above
        for (row, unit), each in self.plain.items():
            for milestone in each.milestones:
                given, expected = found[row, unit, milestone], each.outcome(milestone, day)
                if (given if given in _TOLD else "open") != expected:
                    facts = {"row": row, "unit": unit, "milestone": milestone, "day": day}
                    self._fail("machine.outcome", **facts, found=given, expected=expected)

    @invariant()
    def agrees(self) -> None:
        """
        Compare stage and history of every assignment.
        """
        self.looked += 1
        for (row, unit), each in self.plain.items():
            stage = self.system.stage(self.ledger, row, unit)
            moves = [tuple(one) for one in self.system.history(self.ledger, row, unit)]
            if (stage, moves) != (each.case.stage, each.case.moves):
                event_ = {"row": row, "unit": unit, "found": stage, "expected": each.case.stage}
                self._fail("machine.differs", **event_)
            self.reached(each.case.path, each.case.stage)

    def reached(self, path: tuple[str, ...], stage: str) -> None:
        """
        Tell Hypothesis what was reached, for its statistics; a subclass may count.
        """
        del path
        event(f"stage {stage}")

    def _take_on(self, keys: Iterable[tuple[str, str]]) -> None:
        moves = [
            Move(*key, _TRIGGERS[each.case.following], each.last + _DAY)
            for key in keys
            if (each := self.plain[key]).case.following is not None
        ]
        if moves:
            self._apply(moves, spoilt=False)

    def _copies(self) -> dict[tuple[str, str], PlainAssignment]:
        return {key: each.copy() for key, each in self.plain.items()}

    def _days_to_look_at(self) -> st.SearchStrategy[date]:
        due = {
            period.due(date.max) for each in self.plain.values() for period in each.periods.values()
        }
        turns = sorted(day for day in due if day is not None)
        beside = st.tuples(st.sampled_from(turns), _BESIDE).map(
            lambda drawn: drawn[0] + drawn[1] * _DAY
        )
        return beside | st.integers(0, 230).map(lambda days: ISSUED + days * _DAY)

    def _legal(self, data: st.DataObject, plain: dict[tuple[str, str], PlainAssignment]) -> Move:
        key = data.draw(st.sampled_from(sorted(plain)), label="assignment")
        each = plain[key]
        day = each.last + data.draw(_LEAPS, label="days later") * _DAY
        options = ["on"] * 4 if each.case.following is not None else []
        options += ["back"] if each.case.earlier else []
        options += ["fact"] if each.is_received else ["record", "fact"]
        options += [] if all(map(each.is_complete, each.facts)) else ["decide"]
        what = data.draw(st.sampled_from(options), label="what")
        move: Move = getattr(self, f"_{what}")(data, key, each, day)
        each.carry_out(move)
        return move

    def _on(self, _data: st.DataObject, key: _Key, each: PlainAssignment, day: date) -> Move:
        return Move(*key, _TRIGGERS[each.case.following or ""], day)

    def _back(self, data: st.DataObject, key: _Key, each: PlainAssignment, day: date) -> Move:
        to = data.draw(st.sampled_from(each.case.earlier), label="to")
        return Move(*key, "send_back", day, to=to, reason="不符合要求")

    def _record(self, data: st.DataObject, key: _Key, _each: PlainAssignment, _day: date) -> Move:
        # It may lie before the last move, and it may lie ahead.
        on = ISSUED + data.draw(_LEAPS, label="received after days") * _DAY
        return Move(*key, Fact.RECORD, on, event=EVENT)

    def _fact(self, data: st.DataObject, key: _Key, each: PlainAssignment, day: date) -> Move:
        # What counts from an event that nobody saw has no day to be held against.
        named = [PLATFORM, REPLY] if each.is_received else [PLATFORM]
        name = data.draw(st.sampled_from(named), label="milestone")
        if each.is_complete(name):
            return Move(*key, Fact.REOPEN, day, milestone=name, reason="再办")
        return Move(*key, Fact.COMPLETE, day, milestone=name)

    def _decide(self, data: st.DataObject, key: _Key, each: PlainAssignment, _day: date) -> Move:
        named = [name for name in each.facts if not each.is_complete(name)]
        name = data.draw(st.sampled_from(named[::-1]), label="milestone")
        # While its period runs, not when the assignment last moved, which may be long after.
        day = each.open_since(name) + data.draw(_LEAPS, label="decided after days") * _DAY
        until = day + data.draw(_LEAPS, label="until") * _DAY
        decided = data.draw(st.sampled_from(DECISIONS), label="decision")(day, until)
        event(f"decided {type(decided).__name__}")
        return Move(*key, Fact.ADJUST, day, milestone=name, adjustment=decided)

    def _illegal(self, data: st.DataObject, plain: dict[tuple[str, str], PlainAssignment]) -> Move:
        key = data.draw(st.sampled_from(sorted(plain)), label="assignment")
        each = plain[key]
        # Of the events that a line can say: sending back needs a target and a reason there.
        asked = [
            Move(*key, ask.trigger, ask.at, to=ask.to, reason=ask.reason)
            for ask in events(each.last)
            if each.case.objections(ask) and (ask.trigger != "send_back" or (ask.to and ask.reason))
        ]
        # A fact is drawn as often as a move, though there are fewer.
        impossible = st.sampled_from(list(each.impossible(*key)))
        return data.draw(st.sampled_from(asked) | impossible, label="illegal")

    def _apply(self, moves: list[Move], *, spoilt: bool) -> None:
        try:
            after = self.system.apply(self.ledger, moves)
        except refusals_of(self.system) as error:
            if not spoilt:
                self._fail("machine.batch-refused", n=len(moves), error=str(error))
            return
        if spoilt:
            self._fail("machine.batch-taken", n=len(moves))
        self.ledger = self.ledger if after is None else after
        for move in moves:
            self.plain[move.row, move.unit].carry_out(move)

    def _fail(self, code: str, **facts: object) -> None:
        raise AssertionError(Message.of(code, **facts).text(self.lang))
