"""
A ledger in a store: read as an ordinary ledger, written through one door.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .asking import each_of
from .readable import ReadableLedger

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from rectiflow.deadlines import DeadlineRule
    from rectiflow.lists import RectificationList
    from rectiflow.moments import Moment
    from rectiflow.moves import Move
    from rectiflow.reading.settling import Settlement
    from rectiflow.rosters import Roster
    from rectiflow.workdays import WorkCalendar
    from rectiflow.workflow import Workflow

    from .actors import Actor
    from .overtaking import Expected
    from .reminders import Reminder
    from .writing import Receipt

__all__ = ["StoredLedger"]


class StoredLedger(ReadableLedger):
    """
    One ledger in a store.

    Threads may share one; processes each open their own.  What was seen once is remembered, and
    only what came since is read again.
    """

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
        from .amending import settling  # noqa: PLC0415 -- not before it is asked for

        ask = settling(answers, note)
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
        from .amending import rostering  # noqa: PLC0415 -- not before it is asked for

        ask = rostering(roster, note)
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
        from .amending import migrating  # noqa: PLC0415 -- not before it is asked for

        parts = {"rl": rl, "calendar": calendar, "immediate": immediate, "workflow": workflow}
        ask = migrating(note, roster=roster, **parts)
        done = self._writer.write(
            ask, actor=actor, recorded_at=recorded_at, command=command, expected=expected
        )
        if workflow is not None:
            self._writer.workflow, self._writer.differing = workflow, False
        return done

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
