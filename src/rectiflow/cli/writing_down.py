"""
What the commands that write down one fact have in common.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import attrs
from cyclopts import Parameter

from rectiflow.batches import BatchRefusedError
from rectiflow.errors import InvalidValueError
from rectiflow.messages import Language
from rectiflow.moments import read_moment
from rectiflow.moves import Move

from .acting import Acting
from .options import now, today
from .places import Place, opened
from .receipts import print_receipt
from .table import Format

if TYPE_CHECKING:
    from rectiflow.moments import Moment

__all__ = ["Fact"]


@Parameter(name="*")
@attrs.frozen(kw_only=True)
class Fact:
    """
    The options that every fact may have, and how it is written down.

    Attributes: see each.
    """

    at: Annotated[
        str | None,
        Parameter(help="When it happened, e.g. 2020-06-24 or 2020-06-24T09:00+08:00; else today."),
    ] = None
    by: Annotated[str, Parameter(help="Who did it; by default who acts.")] = ""
    note: Annotated[str, Parameter(help="Anything worth saying.")] = ""
    evidence: Annotated[
        list[str] | None,
        Parameter(negative="", help="A link to what proves it; may be repeated."),
    ] = None
    external_id: Annotated[str, Parameter(help="What another system calls it.")] = ""
    command: Annotated[
        str,
        Parameter(
            help="An id of this request: sent again under the same id, it is done only once."
        ),
    ] = ""
    expected: Annotated[
        int | None,
        Parameter(help="The last event you had seen: if the assignment has moved on, refuse."),
    ] = None
    place: Place = Place()  # noqa: RUF009 -- a frozen value
    who: Acting = Acting()  # noqa: RUF009 -- a frozen value
    format: Annotated[
        Format,
        Parameter(name=["--format", "-f"], help="Table for people, JSON or CSV for programs."),
    ] = Format.TABLE
    lang: Annotated[
        Language | None, Parameter(help="Chinese or English; by default as the locale says.")
    ] = None

    @property
    def moment(self) -> Moment:
        """
        When it happened.

        Raises:
            InvalidValueError: If it is no day, nor an instant with its zone.
        """
        return today() if self.at is None else read_moment("--at", self.at)

    def write(self, ledger: str, row: str, unit: str, trigger: str, **special: object) -> None:
        """
        Write one move or fact, and print what was written.
        """
        move = Move(
            row,
            unit,
            trigger,
            self.moment,
            self.by,
            self.note,
            evidence=tuple(self.evidence or ()),
            external_id=self.external_id,
            **special,  # type: ignore[arg-type]  # each of its own field
        )
        with opened(ledger, self.place, self.who) as shared:
            try:
                receipt = shared.append(
                    [move],
                    actor=self.who.actor(self.by),
                    recorded_at=now(),
                    command=self.command,
                    expected=self.expected,
                )
            except BatchRefusedError as error:
                # There was one line only, and its number tells nobody anything.
                raise error.bad[0].error from error
            print_receipt(shared, receipt, self.format, self.lang)

    def confirm(self, ledger: str, row: str, unit: str, milestone: str) -> None:
        """
        Confirm a milestone, and print what was written.

        Raises:
            InvalidValueError: If it is given what a confirmation has no room for.
        """
        for option, value in (("--evidence", self.evidence), ("--external-id", self.external_id)):
            if value:
                raise InvalidValueError(option, value, "nothing: write it in --note")
        with opened(ledger, self.place, self.who) as shared:
            receipt = shared.confirm(
                row,
                unit,
                milestone,
                at=self.moment,
                actor=self.who.actor(self.by),
                recorded_at=now(),
                note=self.note,
                command=self.command,
                expected=self.expected,
            )
            print_receipt(shared, receipt, self.format, self.lang)
