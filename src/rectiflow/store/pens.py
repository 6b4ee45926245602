"""
Records written one after another, each chained to the one before, and what follows from them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectiflow.stages import Stage

from .bulk_rows import execute_many
from .events import Record, chained, command_kept, to_body
from .extra import sa
from .projection import REDEFINING
from .tables import ASSIGNMENT, EVENT, LEDGER

if TYPE_CHECKING:
    from datetime import datetime

    from .actors import Actor
    from .projection import Projection
    from .requests import Saying

__all__ = ["COLUMNS", "Pen", "lay_out", "project"]

COLUMNS = ("ledger_id", "seq", "assignment", "command", "body", "hash")
"""What a row of the pen holds, in this order."""


class Pen:
    """
    Writes records one after another, each chained to the one before.
    """

    def __init__(  # noqa: PLR0917 -- what all records of a request share
        self,
        ledger_id: int,
        seq: int,
        head: bytes,
        actor: Actor,
        recorded_at: datetime,
        command: str,
    ) -> None:
        self.seq, self.hash = seq, head
        self.rows: list[tuple[Any, ...]] = []
        # By number: the last event, and the stage it was brought to, if it was.
        self.touched: dict[int, int] = {}
        self.stages: dict[int, str] = {}
        self.redefined_at = 0
        self._ledger_id, self._command = ledger_id, command
        self._shared: dict[str, Any] = {
            "recorded_at": recorded_at,
            "person": actor.person,
            "person_unit": actor.unit,
            "roles": actor.roles,
            "command": command,
        }

    def write(
        self, number: int | None, said: dict[str, Any], lines: int = 0, request: str = ""
    ) -> None:
        """
        Add a record; the first of a request says how many there are, and what was asked.
        """
        self.seq += 1
        first = bool(lines) and not self.rows
        if first:
            said = {**said, "lines": lines, "request": request}
        body = to_body(Record(seq=self.seq, **self._shared, **said))
        self.hash = chained(self.hash, body)
        command = command_kept(said["kind"], self._command, request) if first else None
        self.rows.append((self._ledger_id, self.seq, number, command, body, self.hash))
        if number is not None:
            self.touched[number] = self.seq
            reached = said.get("to_stage")
            if reached is not None:
                self.stages[number] = _STAGES[reached]
        elif said["kind"] in REDEFINING:
            self.redefined_at = self.seq

    def write_all(self, state: Projection, sayings: list[Saying], request: str) -> None:
        """
        Add the records of one request, in order.
        """
        lines = len(sayings)
        for line, (number, said) in enumerate(sayings):
            if number is not None:
                said["row"], said["unit"] = state.key(number)
            if line:
                said["line"] = line
            self.write(number, said, lines, request)

    def save(self, connection: sa.Connection) -> None:
        """
        Write all to the database, and move the head.
        """
        execute_many(connection, _INSERT, self.rows)
        if not self.rows:
            return
        facts = {"of": self._ledger_id, "to_seq": self.seq, "to_hash": self.hash}
        connection.execute(_MOVE_HEAD, facts)
        if self.redefined_at:
            facts = {"of": self._ledger_id, "to_seq": self.redefined_at}
            connection.execute(_MOVE_DEFINITION, facts)


def project(
    connection: sa.Connection, ledger_id: int, state: Projection, pen: Pen, known: int
) -> None:
    """
    Bring the table of assignments to the state after what the pen wrote.

    Args:
        connection: In whose transaction.
        ledger_id: Of which ledger.
        state: After the events.
        pen: What wrote them.
        known: How many assignments the table has.
    """
    state.seq, state.hash = pen.seq, pen.hash
    if pen.redefined_at and known:
        # The first definition redefines nothing.
        state.defined = pen.redefined_at
    for number, seq in pen.touched.items():
        state.seqs[number] = seq
    new = range(known, len(state.seqs))
    if new:
        fresh = [(ledger_id, n, *state.key(n), "assigned", 0) for n in new]
        execute_many(connection, _NEW, fresh)
    stages = pen.stages
    changed = [(stages.get(number), seq, ledger_id, number) for number, seq in pen.touched.items()]
    if changed:
        execute_many(connection, _PROJECT, changed)


def lay_out(connection: sa.Connection, ledger_id: int, state: Projection) -> None:
    """
    Fill the table of assignments, which holds none of the ledger's yet.
    """
    rows = [
        (ledger_id, number, *key, state.stage_of(number), state.seqs[number])
        for key, number in state.numbers.items()
    ]
    execute_many(connection, _NEW, rows)


# The value of an enumeration takes longer to ask for than to look up.
_STAGES = {stage: stage.value for stage in Stage}
_INSERT = sa.insert(EVENT)
_MOVE_HEAD = (
    sa.update(LEDGER)
    .where(LEDGER.c.id == sa.bindparam("of"))
    .values(seq=sa.bindparam("to_seq"), hash=sa.bindparam("to_hash"))
)
_MOVE_DEFINITION = (
    sa.update(LEDGER)
    .where(LEDGER.c.id == sa.bindparam("of"))
    .values(definition_seq=sa.bindparam("to_seq"))
)
_PROJECT = (
    sa.update(ASSIGNMENT)
    .where(
        ASSIGNMENT.c.ledger_id == sa.bindparam("of"), ASSIGNMENT.c.number == sa.bindparam("which")
    )
    .values(
        stage=sa.func.coalesce(sa.bindparam("stage", type_=sa.Text), ASSIGNMENT.c.stage),
        seq=sa.bindparam("at_seq"),
    )
)
_NEW = sa.insert(ASSIGNMENT)
