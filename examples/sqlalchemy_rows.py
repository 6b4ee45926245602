"""
SQLAlchemy rows moved by rectiflow's rules: the row keeps its stage, a second table its history.
"""

from datetime import date

from sqlalchemy import ForeignKey, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship

import rectiflow as rf


class Base(DeclarativeBase):
    """
    The tables' base.
    """


class CaseMove(Base):
    """
    One move of a case.
    """

    __tablename__ = "case_move"
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    at: Mapped[date]
    by: Mapped[str]
    trigger: Mapped[str]
    to_stage: Mapped[str]


class Case(Base):
    """
    A case with its stage and its moves, oldest first.
    """

    __tablename__ = "case_file"
    id: Mapped[int] = mapped_column(primary_key=True)
    stage: Mapped[str] = mapped_column(default="assigned")
    history: Mapped[list[CaseMove]] = relationship(order_by=CaseMove.id)


def record(case: Case, entry: rf.StageEntry) -> None:
    """
    Write an entry down as a row; runs only once the step is accepted.
    """
    move = CaseMove(
        at=entry.at, by=entry.by, trigger=entry.trigger.value, to_stage=entry.to_stage.value
    )
    case.history.append(move)


def main() -> None:
    """
    Move a row, be refused, and look at what was written.
    """
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    path, workflow = rf.StagePath.of("rectified"), rf.Workflow()
    with Session(engine) as session:
        case = Case(stage="assigned")
        session.add(case)
        workflow.step(case, "rectify", path=path, at=date(2020, 6, 24), by="李四", record=record)
        session.commit()

        try:
            workflow.step(case, "sustain", path=path, at=date(2020, 7, 1), record=record)
        except rf.TransitionRefusedError as refusal:
            print(refusal.text("en"))

        for move in session.scalars(select(CaseMove)):
            print(move.at, move.by, move.trigger, "→", move.to_stage)
        print("stage:", case.stage)
    engine.dispose()


if __name__ == "__main__":
    main()
