"""
A ledger in a store: made or opened, read as an ordinary ledger, written through one door.
"""

from __future__ import annotations

from collections.abc import Iterable
from threading import Lock
from typing import TYPE_CHECKING, Self

from rectiflow.errors import InvalidValueError
from rectiflow.moments import Moment, check_moment

from .addresses import Address
from .anchors import Anchor
from .asking import check_actor, check_parts, check_request, check_text, each_of
from .engines import Database
from .events import Event, EventKind
from .extra import sa
from .finding import (
    LedgerName,
    anchor_of,
    check_definition,
    check_schema,
    find_ledger,
    ledgers_in,
    versions_told,
)
from .glances import events_about, number_of
from .tables import EVENT

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator
    from datetime import date, datetime
    from types import TracebackType

    from rectiflow.deadlines import DeadlineRule
    from rectiflow.ledger import Ledger
    from rectiflow.lists import RectificationList
    from rectiflow.moves import Move
    from rectiflow.reading.settling import Settlement
    from rectiflow.rosters import Roster
    from rectiflow.workdays import WorkCalendar
    from rectiflow.workflow import Workflow

    from .actors import Actor
    from .definitions import Versions
    from .overtaking import Expected
    from .policies import Policy
    from .projection import Confirmation
    from .reminders import OutboxState, Reminder
    from .reviewing import StoredReview
    from .verifying import Verification
    from .writing import Receipt, Writer

__all__ = ["StoredLedger", "create", "import_log", "ledgers", "open"]

_AT_ONCE = 10_000
"""How many events are read from the database at a time."""


def create(
    place: str | os.PathLike[str],
    ledger: Ledger,
    *,
    actor: Actor,
    recorded_at: datetime,
    name: str | None = None,
    office: str = "",
    policy: Policy | None = None,
) -> StoredLedger:
    """
    Put a ledger into a store, which is made if there is none; its histories become events.

    Args:
        place: A path of a file (SQLite), or a URL (``postgresql://…``).
        ledger: What :func:`rectiflow.assign` or :meth:`rectiflow.Ledger.replay` made.
        actor: Who opens it.
        recorded_at: Now, with a time zone.
        name: What it is to go by; the list's id if not given.
        office: Whose it is, where many offices share a store.
        policy: Who may do what; the house's rules if not given.

    Raises:
        LedgerExistsError: If there is one of that name.
        NotPermittedError: If the policy refuses; nothing is made.
        StoreError: With the cure.
    """
    from rectiflow.ledger import Ledger  # noqa: PLC0415 -- not before it is asked for

    from .opening import lay_down  # noqa: PLC0415 -- as above

    if not isinstance(ledger, Ledger):
        raise InvalidValueError("ledger", ledger, "a Ledger, e.g. rf.assign(rf.load(...))")
    check_request(actor, recorded_at)
    check_parts(policy=policy)
    _check_may_open(policy, actor)
    named = LedgerName(ledger.rl.id if name is None else name, office)
    check_text("name", named.name)
    check_text("office", named.office, may_be_empty=True)
    database = Database(Address.of(place), create=True)
    try:
        ledger_id = lay_down(database, named, ledger, actor, recorded_at)
    except BaseException:
        database.close()
        raise
    return StoredLedger(database, ledger_id, named, ledger.campaign.workflow, policy)


def open(  # noqa: A001 -- store.open, as in shelve.open
    place: str | os.PathLike[str],
    name: str | None = None,
    *,
    office: str = "",
    workflow: Workflow | None = None,
    policy: Policy | None = None,
    rl: RectificationList | None = None,
    calendar: WorkCalendar | None = None,
    differing: bool = False,
) -> StoredLedger:
    """
    Open a ledger that is in a store.

    It is kept with the list, calendar and workflow that it was opened with, and only
    :meth:`StoredLedger.migrate` changes them.

    Args:
        place: A path of a file, or a URL.
        name: Which ledger; may be left out where the office has only one.
        office: Whose.
        workflow: A caller's own guards and hooks, which are code and not stored.
        policy: Who may do what; the house's rules if not given.
        rl: The list that the caller believes it is of, to be compared.
        calendar: The calendar, likewise.
        differing: Whether to open it although they differ, to migrate it; it goes on with its
            own list and calendar till then.  With another workflow, nothing but that is written.

    Raises:
        DefinitionDiffersError: Naming what differs: list, calendar, or the names of guards and
            hooks.
        UnknownNameError: If there is no such ledger.
        StoreError: With the cure: no such file, no store, another version, no access.
    """
    check_parts(rl=rl, calendar=calendar, workflow=workflow, policy=policy)
    database = Database(Address.of(place))
    try:
        check_schema(database)
        ledger_id, named = find_ledger(database, name, office)
        if not differing:
            check_definition(
                database, ledger_id, named, rl=rl, calendar=calendar, workflow=workflow
            )
    except BaseException:
        database.close()
        raise
    return StoredLedger(database, ledger_id, named, workflow, policy, differing=differing)


def import_log(
    place: str | os.PathLike[str],
    lines: Iterable[str],
    *,
    actor: Actor,
    workflow: Workflow | None = None,
    policy: Policy | None = None,
) -> StoredLedger:
    """
    Put a log that :meth:`StoredLedger.export` wrote into a store, verified and byte for byte.

    Args:
        place: A path of a file, or a URL.
        lines: The log.
        actor: Who asks; nothing is added to the log.
        workflow: As for :func:`open`.
        policy: Likewise.

    Raises:
        BadLogError: If it is not what was written; nothing of it is kept.
        LedgerExistsError: If there is a ledger of that name.
        NotPermittedError: If the policy lets the actor open no ledger.
        StoreError: With the cure.
    """
    from .logs import imported  # noqa: PLC0415 -- not before it is asked for

    check_actor(actor)
    check_parts(workflow=workflow, policy=policy)
    if isinstance(lines, str) or not isinstance(lines, Iterable):
        raise InvalidValueError("lines", lines, "lines of text, as export gives them")
    _check_may_open(policy, actor)
    database = Database(Address.of(place), create=True)
    try:
        ledger_id, named = imported(database, lines)
    except BaseException:
        database.close()
        raise
    return StoredLedger(database, ledger_id, named, workflow, policy)


def ledgers(place: str | os.PathLike[str]) -> tuple[LedgerName, ...]:
    """
    List the ledgers of a store.

    Raises:
        StoreError: With the cure.
    """
    database = Database(Address.of(place))
    try:
        check_schema(database)
        return ledgers_in(database)
    finally:
        database.close()


def _check_may_open(given: Policy | None, actor: Actor) -> None:
    from .policies import (  # noqa: PLC0415 -- not before it is asked for
        NotPermittedError,
        OfficeAct,
        Policy,
        RefusedAct,
        Request,
    )

    policy = Policy() if given is None else given
    reasons = policy.objections(Request(actor=actor, act=OfficeAct.OPEN))
    if reasons:
        # There is no ledger yet that could keep the attempt.
        refused = RefusedAct(line=0, act=OfficeAct.OPEN, subject="", reasons=reasons)
        raise NotPermittedError(person=actor.person, refused=(refused,))


class StoredLedger:
    """
    One ledger in a store.

    Threads may share one; processes each open their own.  What was seen once is remembered, and
    only what came since is read again.
    """

    def __init__(
        self,
        database: Database,
        ledger_id: int,
        named: LedgerName,
        workflow: Workflow | None,
        policy: Policy | None,
        *,
        differing: bool = False,
    ) -> None:
        """
        Hold on to a ledger that is there; :func:`create` and :func:`open` make these.
        """
        self.named = named
        self._database = database
        self._id = ledger_id
        self._workflow, self._policy, self._differing = workflow, policy, differing
        self._first = Lock()
        self._made: Writer | None = None

    @property
    def _writer(self) -> Writer:
        # Only who asks for the whole state, or writes, pays for what that takes.
        with self._first:
            if self._made is None:
                from .policies import Policy  # noqa: PLC0415 -- as said
                from .writing import Writer  # noqa: PLC0415 -- as said

                rules = Policy() if self._policy is None else self._policy
                self._made = Writer(
                    self._database, self._id, self._workflow, rules, differing=self._differing
                )
        return self._made

    def __repr__(self) -> str:
        """
        Say which and where.
        """
        return f"<StoredLedger {self.named.name!r} in {self._database.address}>"

    def __enter__(self) -> Self:
        """
        Give itself; it is closed at the end of the block.
        """
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """
        Close it.
        """
        self.close()

    def close(self) -> None:
        """
        Close its connections.
        """
        self._database.close()

    # Reading

    @property
    def seq(self) -> int:
        """
        The number of the last event: what a page shows, and hands back as ``expected``.
        """
        return self.anchor().seq

    @property
    def opened_by(self) -> Actor:
        """
        Who opened it, for which unit, in which roles.
        """
        return self.poll(0, 1)[0].record.actor

    def ledger(self) -> Ledger:
        """
        Give the current state as an ordinary ledger of the caller's own.

        What is done to it changes nothing here.
        """
        return self.ledger_and_seq()[0]

    def ledger_and_seq(self) -> tuple[Ledger, int]:
        """
        Give the current state, and the number of the last event in it.
        """
        with self._writer.lock, self._database.reading() as connection:
            state = self._writer.current(connection)
            return state.ledger.copy(), state.seq

    def version(self, row: str, unit: str) -> int:
        """
        Give the number of the last event about an assignment, or that redefined the ledger.

        0 if there was none since it was opened.
        """
        with self._writer.lock, self._database.reading() as connection:
            state = self._writer.current(connection)
            return state.version(state.number(state.ledger[row, unit]))

    def history(self, row: str, unit: str) -> tuple[Event, ...]:
        """
        Give every event about an assignment, in order; refused attempts are not among them.

        Raises:
            UnknownNameError: If there is no such assignment.
        """
        if self._made is None:
            with self._database.reading() as connection:
                number = number_of(connection, self._id, row, unit)
                if number is not None:
                    return events_about(connection, self._id, number)
        with self._writer.lock, self._database.reading() as connection:
            state = self._writer.current(connection)
            return self._writer.past(connection, state.number(state.ledger[row, unit]))

    def poll(self, after: int = 0, limit: int = 1000) -> tuple[Event, ...]:
        """
        Give the next events after the one of number *after*, at most *limit*.

        Who asks again and again with the last number it got misses none: an event is never seen
        before one of a smaller number.
        """
        for field, number, least in (("after", after, 0), ("limit", limit, 1)):
            if type(number) is not int or number < least:
                raise InvalidValueError(field, number, f"a whole number, {least} or more")
        chosen = (
            sa.select(EVENT.c.body, EVENT.c.hash)
            .where(EVENT.c.ledger_id == self._id, EVENT.c.seq > after)
            .order_by(EVENT.c.seq)
            .limit(limit)
        )
        with self._database.reading() as connection:
            return tuple(Event.of_body(*row) for row in connection.execute(chosen))

    def events(self, after: int = 0) -> Iterator[Event]:
        """
        Go through all events after the one of number *after*, a portion at a time.
        """
        while portion := self.poll(after, _AT_ONCE):
            yield from portion
            after = portion[-1].seq

    def attempts(self) -> tuple[Event, ...]:
        """
        Give every attempt that was refused.
        """
        return tuple(each for each in self.events() if each.kind is EventKind.REFUSED)

    def review(
        self,
        as_of: date,
        warn_workdays: int | None = 5,
        *,
        known_at: Moment | None = None,
        confirmed_only: bool = False,
    ) -> StoredReview:
        """
        Say how every milestone stood at the end of a day, by what was known at a time.

        An event is known from its ``recorded_at`` on, and not before the events before it: a
        clock that ran behind makes nothing known earlier than what it followed.  One that ran
        ahead, by more than a day of what most others say, hides nothing that came after.

        Args:
            as_of: The day; what happened later does not count.
            warn_workdays: As for :meth:`rectiflow.Ledger.review`.
            known_at: The last day or instant of which the events count; all if not given.
            confirmed_only: Whether a milestone counts as done only once it is confirmed; a done
                one that is not is judged as if it were open.

        Raises:
            InvalidValueError: If the ledger was not open yet at *known_at*.
        """
        from .reviewing import last_instant, review_of  # noqa: PLC0415 -- not before it is asked for

        with self._writer.lock, self._database.reading() as connection:
            state = self._writer.current(connection)
            until = None
            if known_at is not None:
                check_moment("known_at", known_at)
                until = last_instant(known_at, state.ledger.campaign.zone)
                state = self._writer.known(connection, until)
            return review_of(state, as_of, warn_workdays, until, confirmed_only=confirmed_only)

    def confirmations(self, row: str, unit: str) -> tuple[Confirmation, ...]:
        """
        Give the confirmations of an assignment that still stand.
        """
        with self._writer.lock, self._database.reading() as connection:
            state = self._writer.current(connection)
            held = state.ledger[row, unit]
            found = (state.confirmation(held, each) for each in held.milestones)
            return tuple(each for each in found if each is not None)

    def versions(self) -> Versions:
        """
        Give the hashes of list, calendar and workflow that the ledger is kept with.
        """
        with self._database.reading() as connection:
            return versions_told(connection, self._id)

    # Trust

    def anchor(self) -> Anchor:
        """
        Give the head, to be kept where nobody who can write here can.
        """
        with self._database.reading() as connection:
            return anchor_of(connection, self._id)

    def verify(self, anchors: Iterable[Anchor] = ()) -> Verification:
        """
        Read every event anew and prove that all is as it was written.

        Args:
            anchors: Heads that were kept elsewhere; only they show that a tail was cut off, or
                that the whole was written anew.
        """
        from .verifying import verify  # noqa: PLC0415 -- not before it is asked for

        anchors = each_of("anchors", anchors, Anchor)
        with self._database.reading() as connection:
            return verify(connection, self._id, self.named, anchors)

    def export(self) -> Iterator[str]:
        """
        Write the whole log as JSON Lines, byte for byte; :func:`import_log` reads it back.

        It ends with the last event that there is when it begins.  Whoever reads it slowly keeps
        nobody from writing.
        """
        from .logs import exported  # noqa: PLC0415 -- not before it is asked for

        yield from exported(self._database, self._id, self.named, self.anchor())

    # Writing

    def append(
        self,
        moves: Iterable[Move],
        *,
        actor: Actor,
        recorded_at: datetime,
        command: str = "",
        expected: Expected = None,
        dry_run: bool = False,
    ) -> Receipt:
        """
        Carry out a batch of moves and facts, all of it or nothing, durably.

        Args:
            moves: The lines, in order, at least one.
            actor: Who asks, as the caller's login says.
            recorded_at: Now, with a time zone.
            command: The caller's id of this request, the same whenever it is tried again: then
                it is done once, and the second time is told ``already_done``.
            expected: The number of the last event that the caller had seen (:attr:`seq`), or one
                for each ``(row, unit)``: if something was written about an assignment since, or the
                ledger was redefined, nothing is kept.
            dry_run: Whether to judge all of it and keep nothing, no attempt either.

        Raises:
            NotPermittedError: Naming every line that the policy refuses; they are written down
                as attempts.
            ConcurrencyError: With what happened meanwhile.
            BatchRefusedError: Naming every line that the list or the rules refuse; those that
                the rules refuse are written down as attempts too.
            CommandReusedError: If the command id stands for another request.
            InvalidValueError: If a text is too long or holds a NUL, or a time is naive.
            StoreError: With the cure.
        """
        from .requests import Moving  # noqa: PLC0415 -- not before it is asked for

        ask = Moving(moves, actor, recorded_at)
        return self._writer.write(
            ask,
            actor=actor,
            recorded_at=recorded_at,
            command=command,
            expected=expected,
            dry_run=dry_run,
        )

    def confirm(
        self,
        row: str,
        unit: str,
        milestone: str,
        *,
        at: Moment,
        actor: Actor,
        recorded_at: datetime,
        note: str = "",
        command: str = "",
        expected: Expected = None,
    ) -> Receipt:
        """
        Confirm that a milestone is done (验收/销号), a fact beside the stages.

        It lapses when what was confirmed is sent back or reopened.

        Raises:
            NotConfirmableError: If it is not done, or confirmed already; it is an attempt.
            UnknownNameError: If there is no such assignment or milestone.
            NotPermittedError, ConcurrencyError, CommandReusedError, StoreError: As for
                :meth:`append`.
        """
        from .requests import Confirming  # noqa: PLC0415 -- not before it is asked for

        ask = Confirming(row=row, unit=unit, milestone=milestone, at=at, by=actor.person, note=note)
        return self._writer.write(
            ask, actor=actor, recorded_at=recorded_at, command=command, expected=expected
        )

    def settle(
        self,
        answers: Iterable[Settlement],
        *,
        actor: Actor,
        recorded_at: datetime,
        note: str = "",
        command: str = "",
        expected: int | None = None,
    ) -> Receipt:
        """
        Decide doubts of the list; who decided is kept with each.

        A body that is called otherwise by an answer is assigned under its new name; where it has
        a history, it stays under the name that its events say.

        With *expected*, the number of the last event that the caller had seen, nothing is written
        if the ledger was redefined since: settled, its roster changed, or migrated.

        Raises:
            BadDocumentError: With every answer that fits no open doubt, or is none of the readings.
            NotPermittedError, ConcurrencyError, CommandReusedError, StoreError: As for
                :meth:`append`.
        """
        from rectiflow.reading.settling import Settlement  # noqa: PLC0415 -- as below

        from .policies import OfficeAct  # noqa: PLC0415 -- not before it is asked for
        from .redefining import settled  # noqa: PLC0415 -- as above
        from .requests import Redefining  # noqa: PLC0415 -- as above

        given = each_of("answers", answers, Settlement)
        if not given:
            raise InvalidValueError("answers", given, "at least one Settlement")
        ask = Redefining(
            kind=EventKind.SETTLED,
            act=OfficeAct.SETTLE,
            make=lambda state: settled(state, given),
            asked=given,
            note=note,
        )
        return self._writer.write(
            ask, actor=actor, recorded_at=recorded_at, command=command, expected=expected
        )

    def change_roster(
        self,
        roster: Roster,
        *,
        actor: Actor,
        recorded_at: datetime,
        note: str = "",
        command: str = "",
        expected: int | None = None,
    ) -> Receipt:
        """
        Have the groups of the list stand for what another roster says.

        Bodies that are new get an assignment; whoever has a history stays.  *expected* is as for
        :meth:`settle`.

        Raises:
            NotPermittedError, ConcurrencyError, CommandReusedError, StoreError: As for
                :meth:`append`.
        """
        from .policies import OfficeAct  # noqa: PLC0415 -- not before it is asked for
        from .redefining import rostered  # noqa: PLC0415 -- as above
        from .requests import Redefining  # noqa: PLC0415 -- as above

        if roster is None:
            raise InvalidValueError("roster", roster, "a Roster")
        check_parts(roster=roster)
        ask = Redefining(
            kind=EventKind.ROSTER_CHANGED,
            act=OfficeAct.CHANGE_ROSTER,
            make=lambda state: rostered(state, roster),
            asked=roster,
            note=note,
        )
        return self._writer.write(
            ask, actor=actor, recorded_at=recorded_at, command=command, expected=expected
        )

    def migrate(
        self,
        *,
        rl: RectificationList | None = None,
        calendar: WorkCalendar | None = None,
        immediate: DeadlineRule | None = None,
        workflow: Workflow | None = None,
        roster: Roster | None = None,
        actor: Actor,
        recorded_at: datetime,
        note: str = "",
        command: str = "",
        expected: int | None = None,
    ) -> Receipt:
        """
        Go on with another version of the list, the calendar or the workflow, as an event.

        Verdicts that were fixed stay as they are; whoever has a history stays.  *expected* is as
        for :meth:`settle`.

        Raises:
            HistoryLostError: If the list no longer has a row, a stage or a milestone that is in a
                history; written down as an attempt.
            NotPermittedError, ConcurrencyError, CommandReusedError, StoreError: As for
                :meth:`append`.
        """
        from .policies import OfficeAct  # noqa: PLC0415 -- not before it is asked for
        from .redefining import migrated, plain_parts  # noqa: PLC0415 -- as above
        from .requests import Redefining  # noqa: PLC0415 -- as above

        check_parts(rl=rl, calendar=calendar, immediate=immediate, workflow=workflow, roster=roster)
        if all(each is None for each in (rl, calendar, immediate, workflow, roster)):
            wanted = "another rl, calendar, immediate, workflow or roster, at least one of them"
            raise InvalidValueError("migrate", None, wanted)
        parts = {"rl": rl, "calendar": calendar, "immediate": immediate, "workflow": workflow}
        ask = Redefining(
            kind=EventKind.MIGRATED,
            act=OfficeAct.MIGRATE,
            make=lambda state: migrated(state, roster=roster, **parts),  # type: ignore[arg-type]  # as named
            asked=plain_parts(roster=roster, **parts),  # type: ignore[arg-type]  # as named
            note=note,
            brings_workflow=workflow is not None,
        )
        done = self._writer.write(
            ask, actor=actor, recorded_at=recorded_at, command=command, expected=expected
        )
        if workflow is not None:
            self._writer.workflow, self._writer.differing = workflow, False
        return done

    # Reminders

    def remind(
        self,
        first: date,
        last: date,
        *,
        actor: Actor,
        recorded_at: datetime,
        warn_workdays: int = 5,
    ) -> tuple[Reminder, ...]:
        """
        Put the reminders of an interval into the outbox, and give all that wait there.

        A missed run loses nothing if the next one begins where the last one ended; a run made
        again adds nothing.  What was done meanwhile, or got another day, is cancelled.  What has
        been due for long and only since the last run is so, as work that was sent back, is
        reminded of too.

        Args:
            first: The first day, included.
            last: The last day, included: today.
            actor: Who asks.
            recorded_at: Now.
            warn_workdays: See :func:`due_reminders`.

        Raises:
            NotPermittedError, StoreError: As for :meth:`append`.
        """
        from .reminders import Reminding  # noqa: PLC0415 -- not before it is asked for

        ask = Reminding(first=first, last=last, warn_workdays=warn_workdays)
        self._writer.write(ask, actor=actor, recorded_at=recorded_at)
        return self.outbox()

    def outbox(self, state: OutboxState | str = "pending") -> tuple[Reminder, ...]:
        """
        Give the reminders that wait, or that were sent or cancelled.
        """
        from .reminders import OutboxState, outbox  # noqa: PLC0415 -- not before it is asked for

        if state not in set(OutboxState):
            raise InvalidValueError("state", state, " or ".join(OutboxState))
        with self._database.reading() as connection:
            return outbox(connection, self._id, OutboxState(state))

    def sent(self, reminders: Iterable[Reminder], *, actor: Actor, recorded_at: datetime) -> None:
        """
        Take down that reminders were sent, so that they wait no longer.

        Raises:
            NotPermittedError, StoreError: As for :meth:`append`.
        """
        from .reminders import Reminder, Reminding  # noqa: PLC0415 -- not before it is asked for

        ask = Reminding(sent=each_of("reminders", reminders, Reminder))
        self._writer.write(ask, actor=actor, recorded_at=recorded_at)

    def rebuild(self) -> None:
        """
        Make the table of assignments anew from the events.

        It says nothing new, so nobody is asked; who changed it behind our back is overruled.
        """
        self._writer.rebuild()
