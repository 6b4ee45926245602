"""
Systems of cases gone wrong: a table written by hand, with one mistake each.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from rectiflow.testing import workflow_laws

from .exhibits import Exhibit

__all__ = ["EXHIBITS", "Table"]

STAGES = ("assigned", "self_checked", "rectified", "templated", "ongoing")
REACHES = dict(zip(("self_check", "rectify", "template", "sustain"), STAGES[1:], strict=True))
EXHIBITS: list[Exhibit] = []
# ruff: noqa: D102 -- each method is the part that the class's docstring calls wrong
Row = dict[str, Any]


class Table:
    """
    A table that keeps the rules; each exhibit overrides one of its parts.
    """

    def begin(self, path: tuple[str, ...]) -> Row:
        return {"path": path, "stage": "assigned", "moves": []}

    def move(self, case: Row, trigger: str, *, at: date, to: str | None, reason: str) -> None:
        target = to if trigger == "send_back" else REACHES[trigger]
        self.check_day(case, at)
        if trigger == "send_back":
            self.check_back(case, target, reason)
        else:
            self.check_on(case, target)
        self.write(case, str(target), at)

    def check_day(self, case: Row, at: date) -> None:
        if case["moves"] and at < case["moves"][-1][1]:
            raise ValueError("too early")

    def check_back(self, case: Row, target: str | None, reason: str) -> None:
        path = case["path"]
        if target not in path or path.index(target) >= path.index(case["stage"]):
            raise ValueError("not back")
        if not reason:
            raise ValueError("no reason")

    def check_on(self, case: Row, target: str | None) -> None:
        path = case["path"]
        if target not in path or path.index(target) != path.index(case["stage"]) + 1:
            raise ValueError("not next")

    def write(self, case: Row, target: str, at: date) -> None:
        case["stage"] = target
        case["moves"].append((target, at))

    def stage(self, case: Row) -> str:
        return str(case["stage"])

    def history(self, case: Row) -> list[tuple[str, date]]:
        return list(case["moves"])


def shown(law: str) -> Any:
    """
    Put a broken table on show: its name and docstring are those of the mistake.
    """

    def put(table: type[Table]) -> type[Table]:
        letters = (f"-{each.lower()}" if each.isupper() else each for each in table.__name__)
        name = "".join(letters).lstrip("-")
        says = " ".join((table.__doc__ or "").split())
        EXHIBITS.append(
            Exhibit(name=name, says=says, family=workflow_laws, law=f"workflow.{law}", make=table)
        )
        return table

    return put


@shown("next-stage-is-taken")
class RefusesEverything(Table):
    """
    Nothing is ever taken, which no rule of safety minds.
    """

    def check_day(self, case: Row, at: date) -> None:
        raise ValueError(case, at)


@shown("no-demanded-stage-is-skipped")
class OnlyLooksAhead(Table):
    """
    Any later stage of the path may be reached.
    """

    def check_on(self, case: Row, target: str | None) -> None:
        path = case["path"]
        if target not in path or path.index(target) <= path.index(case["stage"]):
            raise ValueError("not on")


@shown("no-other-stage-is-reached")
class ForgetsThePath(Table):
    """
    Every case goes through all five stages, whatever its row demands.
    """

    def check_on(self, case: Row, target: str | None) -> None:
        path, here = case["path"], STAGES.index(case["stage"])
        between = [each for each in path if here < STAGES.index(each) < STAGES.index(str(target))]
        if STAGES.index(str(target)) <= here or between:
            raise ValueError("not next")


@shown("no-stage-is-reached-twice")
class TakesDoubleSubmissions(Table):
    """
    A stage that was just reached may be reached again.
    """

    def check_on(self, case: Row, target: str | None) -> None:
        if target != case["stage"]:
            super().check_on(case, target)


@shown("sending-back-is-taken")
class BackByOneOnly(Table):
    """
    Work is sent back by one stage and no further.
    """

    def check_back(self, case: Row, target: str | None, reason: str) -> None:
        super().check_back(case, target, reason)
        path = case["path"]
        if path.index(target) != path.index(case["stage"]) - 1:
            raise ValueError("too far back")


@shown("sending-back-is-taken")
class NeverBackFromOngoing(Table):
    """
    What is ongoing can no longer be sent back.
    """

    def check_back(self, case: Row, target: str | None, reason: str) -> None:
        super().check_back(case, target, reason)
        if case["stage"] == "ongoing":
            raise ValueError("ongoing")


@shown("back-is-earlier-on-the-path")
class BackOffThePath(Table):
    """
    Work may be sent back to a stage that the row does not demand.
    """

    def check_back(self, case: Row, target: str | None, reason: str) -> None:
        if target is None or STAGES.index(target) >= STAGES.index(case["stage"]) or not reason:
            raise ValueError("not back")


@shown("back-is-earlier-on-the-path")
class BackToWhereItIs(Table):
    """
    Work may be sent back to the stage at which it stands.
    """

    def check_back(self, case: Row, target: str | None, reason: str) -> None:
        if target != case["stage"] or not reason:
            super().check_back(case, target, reason)


@shown("back-has-a-reason")
class AsksNoReason(Table):
    """
    The reason for sending back may be left out.
    """

    def check_back(self, case: Row, target: str | None, reason: str) -> None:
        super().check_back(case, target, reason or "-")


@shown("nothing-is-backdated")
class AllowsBackdating(Table):
    """
    A move may be dated before the last one.
    """

    def check_day(self, case: Row, at: date) -> None:
        pass


@shown("nothing-is-backdated")
class BackdatesSendingBack(Table):
    """
    The day is checked of moves forward and not of work that is sent back.
    """

    def move(self, case: Row, trigger: str, *, at: date, to: str | None, reason: str) -> None:
        if trigger == "send_back":
            self.check_back(case, to, reason)
            self.write(case, str(to), at)
        else:
            super().move(case, trigger, at=at, to=to, reason=reason)


@shown("the-same-day-is-taken")
class WantsALaterDay(Table):
    """
    A move on the day of the last one is refused.
    """

    def check_day(self, case: Row, at: date) -> None:
        if case["moves"] and at <= case["moves"][-1][1]:
            raise ValueError("too early")


@shown("refused-leaves-all-equal")
class WritesBeforeItJudges(Table):
    """
    The stage is set first and the move judged afterwards.
    """

    def move(self, case: Row, trigger: str, *, at: date, to: str | None, reason: str) -> None:
        before = case["stage"]
        if trigger != "send_back":
            case["stage"] = REACHES[trigger]
            path = case["path"]
            if case["stage"] not in path or path.index(case["stage"]) != path.index(before) + 1:
                raise ValueError("not next")
            case["stage"] = before
        super().move(case, trigger, at=at, to=to, reason=reason)


@shown("refused-leaves-all-equal")
class NotesWhatItRefuses(Table):
    """
    A refused move is written into the history.
    """

    def move(self, case: Row, trigger: str, *, at: date, to: str | None, reason: str) -> None:
        try:
            super().move(case, trigger, at=at, to=to, reason=reason)
        except ValueError:
            case["moves"].append((case["stage"], at))
            raise


@shown("refused-does-not-block")
class LocksAfterARefusal(Table):
    """
    A refusal locks the case, and nothing unlocks it.
    """

    def move(self, case: Row, trigger: str, *, at: date, to: str | None, reason: str) -> None:
        if case.get("locked"):
            raise ValueError("locked")
        case["locked"] = True
        super().move(case, trigger, at=at, to=to, reason=reason)
        case["locked"] = False


@shown("all-that-is-illegal-is-refused")
class GivesWayTheSecondTime(Table):
    """
    What was refused once is let through when it is asked for again.
    """

    def move(self, case: Row, trigger: str, *, at: date, to: str | None, reason: str) -> None:
        try:
            super().move(case, trigger, at=at, to=to, reason=reason)
        except ValueError:
            case["refused"] = case.get("refused", 0) + 1
            if case["refused"] < 2:
                raise


@shown("history-only-grows")
class ErasesWhenSentBack(Table):
    """
    Sending back deletes the moves that led past the stage.
    """

    def write(self, case: Row, target: str, at: date) -> None:
        if STAGES.index(target) < STAGES.index(case["stage"]):
            case["moves"] = case["moves"][:-1]
        super().write(case, target, at)


@shown("history-says-what-happened")
class NotesTheStageItLeft(Table):
    """
    The history has the stage that was left and not the one that was reached.
    """

    def write(self, case: Row, target: str, at: date) -> None:
        case["moves"].append((case["stage"], at))
        case["stage"] = target


@shown("history-says-what-happened")
class NotesTheNextDay(Table):
    """
    The history has the day of writing, which is the day after.
    """

    def history(self, case: Row) -> list[tuple[str, date]]:
        return [(stage, at + timedelta(days=1)) for stage, at in case["moves"]]


@shown("history-says-what-happened")
class RedoneKeepsItsFirstDay(Table):
    """
    A stage that is reached again keeps the day on which it was first reached.
    """

    def write(self, case: Row, target: str, at: date) -> None:
        first = dict(reversed(case["moves"]))
        super().write(case, target, first.get(target, at))


@shown("a-case-begins-assigned")
class BeginsAtTheFirstDemand(Table):
    """
    A new case stands at the first stage that its row demands.
    """

    def begin(self, path: tuple[str, ...]) -> Row:
        return {"path": path, "stage": path[min(1, len(path) - 1)], "moves": []}


@shown("history-says-what-happened")
class SharesItsHistory(Table):
    """
    All cases write into one list.
    """

    moves: list[tuple[str, date]] = []  # noqa: RUF012 -- that it is shared is the mistake

    def begin(self, path: tuple[str, ...]) -> Row:
        return {"path": path, "stage": "assigned", "moves": self.moves}
