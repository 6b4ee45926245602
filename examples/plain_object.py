"""
A plain object of your own, moved by rectiflow's rules.

It needs a ``stage`` and a ``history`` and inherits from nothing.
"""

from dataclasses import dataclass, field
from datetime import date

import rectiflow as rf


@dataclass
class Case:
    """
    A case as some office system keeps it.
    """

    number: str
    stage: str = "assigned"
    history: list[rf.StageEntry] = field(default_factory=list)


def main() -> None:
    """
    Move a case, and be refused.
    """
    path = rf.StagePath.of("self_checked", "rectified")
    workflow = rf.Workflow()
    case = Case("2020-001")

    workflow.step(case, "self_check", path=path, at=date(2020, 6, 24), by="张三")
    print(case.number, case.stage, len(case.history))

    try:
        workflow.step(case, "template", path=path, at=date(2020, 6, 23), by="张三")
    except rf.TransitionRefusedError as refusal:
        print(refusal.text("zh"))
        print("codes:", ", ".join(refusal.codes))
    print(case.number, case.stage, len(case.history))


if __name__ == "__main__":
    main()
