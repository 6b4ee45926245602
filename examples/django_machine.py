"""
The Django rows of django_rows.py, tried: the small world, a state machine, and a saboteur.

In a project the class below and its TestCase stand in a test file that pytest-django runs.
"""

from datetime import date

from django.db import connection
from django_rows import Case, CaseMove, record
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

import rectiflow as rf
from rectiflow.testing import AssignmentMachine, sabotage, small_world

WORKFLOW = rf.Workflow()


class Office:
    """
    The app as the machines see it: everything is read anew from the database.
    """

    def begin(self, path: tuple[str, ...]) -> tuple[int, rf.StagePath]:
        """
        Make a row; a real one would hold its path too.
        """
        return Case.objects.create().pk, rf.StagePath.of(*path)

    def move(
        self, case: tuple[int, rf.StagePath], trigger: str, *, at: date, to: str | None, reason: str
    ) -> None:
        """
        Move it as the app does.
        """
        row = Case.objects.get(pk=case[0])
        WORKFLOW.step(row, trigger, path=case[1], at=at, to=to, reason=reason, record=record)

    def stage(self, case: tuple[int, rf.StagePath]) -> str:
        """
        Read its stage.
        """
        return Case.objects.get(pk=case[0]).stage

    def history(self, case: tuple[int, rf.StagePath]) -> list[tuple[str, date]]:
        """
        Read its moves.
        """
        return [(move.to_stage, move.at) for move in Case.objects.get(pk=case[0]).history]


class OfficeMachine(AssignmentMachine):
    """
    Cases of the office in long histories.
    """

    system = Office()


TestOffice = OfficeMachine.TestCase  # pytest collects it


def main() -> None:
    """
    Try the app, and then make sure that the trial would have noticed.
    """
    with connection.schema_editor() as editor:
        editor.create_model(Case)
        editor.create_model(CaseMove)

    # Two paths of sixteen, to be quick; a test of yours leaves `paths` out.
    short = rf.StagePath.of("rectified"), rf.StagePath.of("self_checked", "ongoing")
    print(small_world(Office(), paths=short))

    quick = settings(
        max_examples=5,
        stateful_step_count=20,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
    )
    run_state_machine_as_test(OfficeMachine, settings=quick)
    print("and the machine found nothing")

    with sabotage("backdating-allowed"):
        print(small_world(Office(), paths=short, most=1))


if __name__ == "__main__":
    main()
