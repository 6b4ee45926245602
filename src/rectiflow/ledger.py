"""
All assignments of a list: looked up, moved one by one or all at once, reviewed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from .assignments import Assignment, Taken
from .batches import BadMove, BatchRefusedError, StaleAssignmentError
from .campaign import Campaign
from .errors import InvalidValueError, RectiflowError, UnknownNameError
from .history import OpeningEntry
from .lists import RectificationList
from .moves import History, Move, carried_out
from .pausing import collector_paused
from .review import Review, review
from .rosters import Roster
from .units import Unit, UnitGroup, UnitRegister
from .workdays import WorkCalendar
from .workflow import Workflow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from .deadlines import DeadlineRule
    from .lists import Row
    from .moments import Moment
    from .refusals import Fact
    from .stages import Trigger

T = TypeVar("T")

__all__ = ["Ledger", "assign"]


def assign(
    rl: RectificationList,
    roster: Roster | None = None,
    workflow: Workflow | None = None,
    *,
    calendar: WorkCalendar | None = None,
    immediate: DeadlineRule | None = None,
) -> Ledger:
    """
    Make an assignment of each row × responsible body.

    Args:
        rl: The list.
        roster: What groups stand for on the day the list was issued.  A group that it does not
            know stays a group; without a roster all do.
        workflow: A caller's own guards and hooks.
        calendar: Which days are worked; China's if not given.
        immediate: The rule that stands for 立行立改, for which the law has no number.

    Raises:
        InvalidValueError: If a roster is given and the list has no day of issue.

    >>> import rectiflow as rf
    >>> rl = rf.load("yuhui-2020")
    >>> len(assign(rl)), len(assign(rl, rf.load_roster("yuhui-2020")))
    (84, 149)
    """
    if not (roster is None or isinstance(roster, Roster)):
        raise InvalidValueError("roster", roster, "a Roster, e.g. load_roster(...)")
    if roster is not None and isinstance(rl, RectificationList) and rl.issued is None:
        raise InvalidValueError("rl.issued", None, "a day, as the roster is read as of it")
    campaign = Campaign(
        rl=rl,
        workflow=Workflow() if workflow is None else workflow,
        calendar=WorkCalendar.china() if calendar is None else calendar,
        immediate=immediate,
    )
    made = [each for row in rl.rows.values() for each in _of_row(campaign, row, roster)]
    return Ledger(campaign, made)


def _of_row(campaign: Campaign, row: Row, roster: Roster | None) -> Iterator[Assignment]:
    made: set[str] = set()
    day = campaign.rl.issued
    for responsibility in row.responsibilities:
        body = responsibility.body
        members: tuple[Unit, ...] = ()
        if isinstance(body, UnitGroup) and roster is not None and day is not None:
            members = roster.expand(body, day)
        for each in members or (body,):
            # A unit that is named and also stands in a group answers once.
            if each.name not in made:
                made.add(each.name)
                yield Assignment(campaign, row, each, role=responsibility.role)


class Ledger:
    """
    All assignments of a list, by row and unit; the one thing here that changes.

    It is iterated in list order.  It takes no lock: one thread writes at a time.

    >>> import rectiflow as rf
    >>> from datetime import date
    >>> ledger = rf.assign(rf.load("yuhui-2020"))
    >>> ledger["6.3", "区发改委"].unit.name
    '区发展改革委'
    >>> moved = ledger.move("2.1", "区城市管理局", "self_check", at=date(2020, 6, 24), by="李四")
    >>> ledger["2.1", "区城市管理局"] is moved
    True
    """

    __slots__ = ("_by_row", "_register", "campaign")

    def __init__(self, campaign: Campaign, assignments: Iterable[Assignment]) -> None:
        """
        Lay assignments down; :func:`rectiflow.assign` makes them.

        Raises:
            InvalidValueError: If two are of the same row and unit, or of another campaign.
        """
        self.campaign = campaign
        self._by_row: dict[str, dict[str, Assignment]] = {row: {} for row in campaign.rl.rows}
        listed = campaign.rl.units
        added: dict[str, Unit] = {}
        for each in assignments:
            of_row = self._by_row.get(each.row.id)
            if each.campaign is not campaign or of_row is None or each.unit.name in of_row:
                expected = "each row and unit of the list once"
                raise InvalidValueError("Ledger.assignments", each.label, expected)
            of_row[each.unit.name] = each
            if isinstance(each.unit, Unit) and each.unit not in listed:
                added[each.unit.name] = each.unit
        self._register = UnitRegister((*listed.units, *added.values()), listed.groups)

    @property
    def rl(self) -> RectificationList:
        """
        The list.
        """
        return self.campaign.rl

    def __iter__(self) -> Iterator[Assignment]:
        """
        Go through all assignments in list order.
        """
        for of_row in self._by_row.values():
            yield from of_row.values()

    def __len__(self) -> int:
        """
        Count the assignments.
        """
        return sum(map(len, self._by_row.values()))

    def __getitem__(self, key: tuple[str, str]) -> Assignment:
        """
        Give the assignment of a row and a unit, by any of the unit's names.

        Raises:
            UnknownNameError: If there is no such row, or the row has no such unit.
        """
        if not isinstance(key, tuple) or len(key) != 2:  # noqa: PLR2004 -- row and unit
            raise InvalidValueError("ledger[…]", key, 'a row and a unit: ledger["2.1", "区司法局"]')
        row, unit = key
        if not isinstance(unit, str):
            raise InvalidValueError("unit", unit, "a name of the unit, as text")
        of_row = self._by_row.get(row)
        if of_row is None:
            raise UnknownNameError.among("row", row, self._by_row)
        found = of_row.get(unit)
        if found is not None:
            # Its full name, as it is mostly asked for: no name need be folded.
            return found
        try:
            name = self._register.find(unit).name
            return of_row[name]
        except (UnknownNameError, KeyError):
            names = (name for each in of_row.values() for name in each.unit.names)
            raise UnknownNameError.among("unit", unit, names) from None

    def copy(self) -> Ledger:
        """
        Give another ledger in the same state; what is done to one is not done to the other.
        """
        made = object.__new__(Ledger)
        made.campaign, made._register = self.campaign, self._register
        made._by_row = {row: dict(of_row) for row, of_row in self._by_row.items()}
        return made

    def __contains__(self, key: object) -> bool:
        """
        Say whether there is an assignment of a row and a unit.
        """
        try:
            self[key]  # type: ignore[index]  # what is no key at all is not in it
        except (UnknownNameError, InvalidValueError):
            return False
        return True

    def __eq__(self, other: object) -> bool:
        """
        Compare campaigns and all assignments with their histories.
        """
        if not isinstance(other, Ledger):
            return NotImplemented
        return self.campaign == other.campaign and self._by_row == other._by_row

    __hash__ = None  # type: ignore[assignment]  # it changes

    def __repr__(self) -> str:
        """
        Say what it is and how large.
        """
        return f"<Ledger of {self.rl.id!r} with {len(self)} assignments>"

    def move(
        self,
        row: str,
        unit: str,
        trigger: Trigger | Fact | str,
        *,
        at: Moment,
        **fields: Any,  # noqa: ANN401 -- Move's own fields, checked by it
    ) -> Assignment:
        """
        Move one assignment and keep it; the fields are those of :class:`rectiflow.Move`.

        Raises:
            TransitionRefusedError, FactRefusedError: With every reason; nothing is changed.
            UnknownNameError: If there is no such row, unit, trigger, stage or milestone.
        """
        asked = Move(row, unit, trigger, at, **fields)
        moved, taken = carried_out(self[row, unit], asked)
        if taken is not None:
            moved = taken.confirmed()
        self._keep(moved)
        return moved

    def keep(self, assignment: Assignment) -> None:
        """
        Put an assignment that was moved by its own methods in the place of its former state.

        Raises:
            StaleAssignmentError: If it does not continue what the ledger holds: something was
                written in between.

        >>> import rectiflow as rf
        >>> from datetime import date
        >>> ledger = rf.assign(rf.load("yuhui-2020"))
        >>> ledger.keep(ledger["2.1", "区城市管理局"].self_check(at=date(2020, 6, 24)))
        >>> str(ledger["2.1", "区城市管理局"].stage)
        'self_checked'
        """
        held = self[assignment.row.id, assignment.unit.name]
        continued = assignment.history[: len(held.history)] == held.history
        if not continued or assignment.campaign is not self.campaign:
            raise StaleAssignmentError(assignment.label)
        self._keep(assignment)

    @collector_paused()
    def apply(
        self,
        moves: Iterable[Move],
        *,
        dry_run: bool = False,
        by: str = "",
        recorded_at: Moment | None = None,
    ) -> tuple[Assignment, ...]:
        """
        Carry out a batch, all of it or nothing; lines on one assignment build on one another.

        Hooks run once every line is accepted and before anything is kept.

        Args:
            moves: The lines, in order.
            dry_run: Judge all, keep nothing and run no hook.
            by: Who did it, for lines that do not say.
            recorded_at: When it was written down, for lines that do not say.

        Returns:
            The assignment that each line led to, in order.

        Raises:
            BatchRefusedError: Naming every bad line; nothing is changed.

        >>> import rectiflow as rf
        >>> from datetime import date
        >>> ledger, day = rf.assign(rf.load("yuhui-2020")), date(2020, 6, 24)
        >>> good = rf.Move("2.1", "区城市管理局", "self_check", at=day)
        >>> bad = rf.Move("2.1", "区卫生健康委", "rectify", at=day)
        >>> try:
        ...     ledger.apply([good, bad])
        ... except rf.BatchRefusedError as refused:
        ...     [(line.position, line.error.codes) for line in refused.bad]
        [(1, ('refused.skips-demanded',))]
        >>> str(ledger["2.1", "区城市管理局"].stage)
        'assigned'
        """
        new: dict[tuple[str, str], Assignment] = {}
        spoilt: set[tuple[str, str]] = set()
        bad: list[BadMove] = []
        untried: list[int] = []
        done: list[tuple[Assignment, Taken | None]] = []
        for position, move in enumerate(_each(moves, Move)):
            try:
                held = self[move.row, move.unit]
            except RectiflowError as error:
                bad.append(BadMove(position, move, error))
                continue
            key = (held.row.id, held.unit.name)
            if key in spoilt:
                untried.append(position)
                continue
            try:
                result = carried_out(new.get(key, held), move, by, recorded_at)
            except RectiflowError as error:
                bad.append(BadMove(position, move, error))
                spoilt.add(key)
                continue
            new[key] = result[0]
            done.append(result)
        if bad:
            raise BatchRefusedError(bad=tuple(bad), untried=tuple(untried))
        if not dry_run:
            self._run_hooks(taken for _, taken in done)
            for assignment in new.values():
                self._keep(assignment)
        return tuple(assignment for assignment, _ in done)

    def review(self, as_of: date, warn_workdays: int | None = 5) -> Review:
        """
        Say how every milestone of every assignment stands at the end of a day.

        Never raises for want of a date: what has none is ``unresolved``, with the reason.

        Args:
            as_of: The day; later moves do not count.
            warn_workdays: How many working days before its day, or fewer, a milestone is
                ``due_soon``; ``None`` for no warning.

        >>> import rectiflow as rf
        >>> from datetime import date
        >>> board = rf.assign(rf.load("yuhui-2020")).review(date(2020, 7, 1))
        >>> {str(outcome): n for outcome, n in board.totals.items()}
        {'overdue': 84}
        """
        return review(self, as_of, warn_workdays)

    @classmethod
    def replay(
        cls,
        rl: RectificationList,
        histories: Iterable[History],
        roster: Roster | None = None,
        workflow: Workflow | None = None,
        *,
        calendar: WorkCalendar | None = None,
        immediate: DeadlineRule | None = None,
    ) -> Ledger:
        """
        Open a ledger in mid-campaign, from what another system holds.

        Hooks do not run: what is replayed happened before.

        Args:
            rl: The list.
            histories: One for each assignment that is not as it was assigned.
            roster: As for :func:`rectiflow.assign`.
            workflow: Its guards judge the moves.
            calendar: As for :func:`rectiflow.assign`.
            immediate: As for :func:`rectiflow.assign`.

        Raises:
            BatchRefusedError: Naming every history that cannot be, by its position.

        >>> import rectiflow as rf
        >>> from datetime import date
        >>> taken_over = rf.History(
        ...     row="2.1", unit="区城市管理局", stage="rectified", since=date(2020, 6, 28)
        ... )
        >>> ledger = Ledger.replay(rf.load("yuhui-2020"), [taken_over])
        >>> str(ledger["2.1", "区城市管理局"].stage)
        'rectified'
        """
        ledger = assign(rl, roster, workflow, calendar=calendar, immediate=immediate)
        bad: list[BadMove] = []
        seen: set[tuple[str, str]] = set()
        for position, history in enumerate(_each(histories, History)):
            move = None
            try:
                assignment = _opened(ledger, history, seen)
                for move in history.moves:
                    assignment, _ = carried_out(assignment, move)
            except RectiflowError as error:
                bad.append(BadMove(position, move, error))
            else:
                ledger.keep(assignment)
        if bad:
            raise BatchRefusedError(bad=tuple(bad))
        return ledger

    def to_json(self) -> str:
        """
        Write the whole state: list, calendar, policy, assignments with histories and ids.

        Guards and hooks are code and are not written: pass them again to :meth:`from_json`.

        >>> import rectiflow as rf
        >>> ledger = rf.assign(rf.load("yuhui-2020"))
        >>> Ledger.from_json(ledger.to_json()) == ledger
        True
        """
        from .snapshots import state_to_json  # noqa: PLC0415 -- loads cattrs and json only here

        return state_to_json(self.campaign, self)

    @classmethod
    def from_json(cls, text: str, workflow: Workflow | None = None) -> Ledger:
        """
        Read what :meth:`to_json` wrote.

        Raises:
            BadDocumentError: With every problem and its place.
        """
        from .snapshots import state_from_json  # noqa: PLC0415 -- loads cattrs and json only here

        return cls(*state_from_json(text, workflow))

    def _run_hooks(self, done: Iterable[Taken | None]) -> None:
        # Most workflows have none: a long batch need not ask for each line.
        if self.campaign.workflow.hooks:
            for taken in done:
                if taken is not None:
                    taken.confirmed()

    def _keep(self, assignment: Assignment) -> None:
        self._by_row[assignment.row.id][assignment.unit.name] = assignment


def _each(given: Iterable[T], kind: type[T]) -> Iterator[T]:
    if not isinstance(given, Iterable):
        raise InvalidValueError(f"{kind.__name__}s", given, f"a list of {kind.__name__}")
    for each in given:
        if not isinstance(each, kind):
            raise InvalidValueError(f"{kind.__name__}s", each, f"a {kind.__name__}")
        yield each


def _opened(ledger: Ledger, history: History, seen: set[tuple[str, str]]) -> Assignment:
    held = ledger[history.row, history.unit]
    key = (held.row.id, held.unit.name)
    if key in seen:
        expected = "each row and unit once"
        raise InvalidValueError("histories", held.label, expected)
    seen.add(key)
    held = attrs.evolve(held, external_id=history.external_id)
    if history.stage is None or history.since is None:
        return held
    if history.stage not in held.path:
        expected = f"a stage that row {held.row.id} demands: {held.path}"
        raise InvalidValueError("History.stage", history.stage.value, expected)
    opening = OpeningEntry(at=history.since, stage=history.stage)
    return attrs.evolve(held, stage=history.stage, history=(opening,))
