"""
Django rows moved by rectiflow's rules, the stage and the move written in one transaction.

A real project has its models in an app and its settings in a file; here both stand together.
"""

from datetime import date

import django
from django.conf import settings

settings.configure(
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
)
django.setup()

from django.db import connection, models, transaction  # noqa: E402 -- Django wants its settings first

import rectiflow as rf  # noqa: E402 -- kept with the imports above


class Case(models.Model):
    """
    A case with its stage.
    """

    stage = models.CharField(max_length=20, default="assigned")

    class Meta:
        """
        Where it belongs.
        """

        app_label = "office"

    def __str__(self) -> str:
        """
        Name the case.
        """
        return f"case {self.pk}"

    @property
    def history(self) -> models.QuerySet["CaseMove"]:
        """
        Its moves, oldest first: each has the ``at`` that rectiflow looks for.
        """
        return self.moves.order_by("pk")


class CaseMove(models.Model):
    """
    One move of a case.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="moves")
    at = models.DateField()
    by = models.CharField(max_length=50)
    to_stage = models.CharField(max_length=20)

    class Meta:
        """
        Where it belongs.
        """

        app_label = "office"

    def __str__(self) -> str:
        """
        Say what moved where.
        """
        return f"{self.at} {self.by} → {self.to_stage}"


def record(case: Case, entry: rf.StageEntry) -> None:
    """
    Write the move and the stage, both or neither.
    """
    with transaction.atomic():
        case.moves.create(at=entry.at, by=entry.by, to_stage=entry.to_stage.value)
        case.save(update_fields=["stage"])


def main() -> None:
    """
    Move a row, be refused, and read back what was written.
    """
    with connection.schema_editor() as editor:
        editor.create_model(Case)
        editor.create_model(CaseMove)
    path, workflow = rf.StagePath.of("self_checked", "rectified"), rf.Workflow()
    case = Case.objects.create()

    workflow.step(case, "self_check", path=path, at=date(2020, 6, 24), by="王五", record=record)
    try:
        workflow.step(case, "self_check", path=path, at=date(2020, 6, 25), by="王五", record=record)
    except rf.TransitionRefusedError as refusal:
        print(refusal.text("zh"))

    again = Case.objects.get(pk=case.pk)
    print(again, "stands at", again.stage)
    for move in again.history:
        print(move)


if __name__ == "__main__":
    main()
