"""
Targets that lack, raise, lie, loop or change their mind: told law by law, and never a pass.
"""

from __future__ import annotations

# ruff: noqa: D102, D105 -- how a hostile answer behaves is what its class says
import os
import sys
from itertools import count
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from museum.stores import Shelf

import rectiflow as rf
from rectiflow import deadlines
from rectiflow.cli.app import run
from rectiflow.testing import LawOutcome, check
from rectiflow.testing.laws.checking import Trial
from rectiflow.testing.laws.families import FAMILIES, family_named, fitting
from rectiflow.testing.laws.watchdog import OutOfTimeError, Watchdog
from rectiflow.testing.laws.watched import Watch
from rectiflow.testing.systems import Assignments, Snapshots, Verdicts

if TYPE_CHECKING:
    from collections.abc import Callable

CHINA = rf.WorkCalendar.china()
DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"


class Silent:
    """
    An answer that cannot be shown, compared, or asked for anything.
    """

    def __repr__(self) -> str:
        raise RuntimeError("repr")

    def __eq__(self, _: object) -> bool:
        raise RuntimeError("eq")

    def __hash__(self) -> int:
        raise RuntimeError("hash")

    def __bool__(self) -> bool:
        raise RuntimeError("bool")

    def __getattr__(self, name: str) -> NoReturn:
        raise RuntimeError(name)


class Odd:
    """
    An answer that is none.
    """


def _raises(*_: Any, **__: Any) -> NoReturn:
    raise RuntimeError("boom")


def _refuses(*_: Any, **__: Any) -> NoReturn:
    raise ValueError("no")


def _exits(*_: Any, **__: Any) -> NoReturn:
    raise SystemExit(3)


def _recurses(*args: Any, **more: Any) -> Any:
    return _recurses(*args, **more)


def _loops(*_: Any, **__: Any) -> NoReturn:
    while True:
        pass


def _endless(*_: Any, **__: Any) -> Any:
    return (number for number in count())


WAYS: dict[str, Callable[..., Any]] = {
    "raises": _raises,
    "refuses": _refuses,
    "exits": _exits,
    "recurses": _recurses,
    "nothing": lambda *_, **__: None,
    "odd": lambda *_, **__: Odd(),
    "silent": lambda *_, **__: Silent(),
}


class Without:
    """
    A sound thing with one part put in another's place, or taken out.
    """

    def __init__(self, sound: Any, name: str, put: Any = None) -> None:
        self.__dict__.update(held=sound, name=name, put=put)

    def __getattr__(self, name: str) -> Any:
        if name == self.name:
            if self.put is None:
                raise AttributeError(name)
            return self.put
        return getattr(self.held, name)


# Of each family a sound thing, a part that every law, or the one named, asks, and such a law.
SOUND: dict[str, tuple[Any, str, str]] = {
    "calendar": (CHINA, "add", "add-equals-a-walk"),
    "china": (CHINA, "is_workday", "days-as-published"),
    "history": (Snapshots(), "read", "all-comes-back"),
    "rules": (deadlines, "After", "workdays-equal-a-walk"),
    "verdict": (Verdicts(), "outcome", "has-a-known-name"),
    "workflow": (Assignments(), "stage", "a-case-begins-assigned"),
    "store": (Shelf, "events", "what-is-appended-is-there"),
    "reading": (rf.read_requirement, "", "days-as-meant"),
}


def bad(family: str, put: Any) -> Any:
    """
    Give a thing of a family with something put in the place of one of its parts.
    """
    sound, name, _ = SOUND[family]
    if family == "reading":
        return 5 if put is None else put
    if family == "store":
        return lambda: Without(sound(), name, put)
    return Without(sound, name, put)


def tried(family: str, target: Any, seconds: float = 60.0) -> Any:
    """
    Try one law of a family.
    """
    laws = family_named(family)
    name = f"{family}.{SOUND[family][2]}"
    return check(laws.only(name), target, examples=3, seconds=seconds)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("way", WAYS)
def test_a_part_that_does_not_answer_is_told(family: str, way: str) -> None:
    """
    In both languages, with the call; what has no text is named by its type.
    """
    report = tried(family, bad(family, WAYS[way]))

    assert not report.holds
    for result in report.failing:
        assert result.wrong is not None
        assert "target" in result.text("zh")
        assert "target" in result.text("en")


@pytest.mark.parametrize("family", FAMILIES)
def test_a_part_that_is_lacking_is_told(family: str) -> None:
    """
    Nothing is tried; of rules, whose parts are optional, nothing is shown.
    """
    report = tried(family, bad(family, None))
    (result,) = report.results

    assert not report.holds
    assert (result.outcome is LawOutcome.LEFT_OUT) == (family == "rules")
    assert "There is no target" in result.text() or family == "rules"


@pytest.mark.parametrize("family", FAMILIES)
def test_a_part_that_comes_to_no_end_is_broken_off(family: str) -> None:
    """
    A loop is, and the call is told.
    """
    report = tried(family, bad(family, _loops), seconds=0.3)

    assert not report.holds
    assert "0.3 seconds" in report.text()


def test_a_history_without_an_end_is_broken_off() -> None:
    """
    What is read is gone through while it is waited for.
    """
    report = tried("history", bad("history", _endless), seconds=0.3)

    assert "does not answer within" in report.text()


def test_what_a_law_goes_through_without_an_end_is_broken_off() -> None:
    """
    Clauses are gone through by the law itself.
    """

    class Endless:
        @property
        def clauses(self) -> Any:
            """
            Give clause after clause.
            """
            return _endless()

    report = tried("reading", lambda _text, _issued: Endless(), seconds=0.05)

    assert "does not answer within" in report.text()


class Property:
    """
    A calendar with a property that does what it is told.
    """

    known_until = CHINA.known_until
    add, count = CHINA.add, CHINA.count

    def __init__(self, way: Callable[..., Any]) -> None:
        self.way = way

    @property
    def known_from(self) -> Any:
        """
        Do so where the first day is asked for.
        """
        return self.way()

    @property
    def is_workday(self) -> Any:
        """
        Do so where it is looked up.
        """
        return self.way()


@pytest.mark.parametrize("way", [_raises, _exits, _recurses, _loops])
def test_a_property_is_code_of_the_target(way: Callable[..., Any]) -> None:
    """
    It may raise or loop, where it is looked up too; what it belongs to is told all the same.
    """
    target = Property(way)

    assert fitting(target) == ("calendar",)
    report = tried("calendar", target, seconds=0.3)
    assert not report.holds
    assert "target.known_from" in report.text()


@pytest.mark.parametrize("refusals", [5, (5,), ValueError(), "ValueError"])
def test_refusals_that_are_no_exceptions_are_told(refusals: Any) -> None:
    """
    The case is not judged by them.
    """
    system = Assignments()
    system.refusals = refusals  # type: ignore[attr-defined]  # a user's mistake
    laws = family_named("workflow")

    report = check(laws.only("workflow.all-that-is-illegal-is-refused"), system, examples=5)

    assert "refusals" in report.text()
    assert not report.holds


@pytest.mark.parametrize("family", FAMILIES)
def test_a_pytest_class_fails_with_the_sentence(family: str) -> None:
    """
    And not with the error itself.
    """
    name = f"{family}.{SOUND[family][2]}"
    made = family_named(family).only(name).tests(bad(family, _raises), examples=3)
    (test,) = (each for each in vars(made) if each.startswith("test_"))

    with pytest.raises(AssertionError, match="boom"):
        getattr(made(), test)()


class Nonsense:
    """
    Has every part, and each gives the same.
    """

    def __init__(self, answer: Callable[..., Any]) -> None:
        self.answer = answer

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self.answer

    def __call__(self, *args: Any, **more: Any) -> Any:
        return self.answer(*args, **more)


NONSENSE = {each: WAYS[each] for each in ("nothing", "odd", "raises", "refuses")}
NONSENSE["text"] = lambda *_, **__: "x"
NONSENSE["itself"] = lambda *_, **__: Nonsense(WAYS["nothing"])


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("way", NONSENSE)
def test_no_single_law_holds_of_nonsense(family: str, way: str) -> None:
    """
    Neither of what refuses everything nor of what always says the same.
    """
    target: Any = Nonsense(NONSENSE[way])
    given = (lambda: target) if family == "store" else target
    trial = Trial(family_named(family), given, examples=4, seed=0, seconds=60, shrinks=False)

    results = [trial.run(law) for law in family_named(family)]

    assert [each.law.id for each in results if each.outcome is LawOutcome.HOLDS] == []


# It tries whole families; the two that take seconds are left to `make soak`.
QUICK = [each for each in FAMILIES if DEEP or each not in {"reading", "rules"}]


@pytest.mark.parametrize("family", QUICK)
def test_the_command_line_tells_it_too(
    family: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """
    With 1, and no stack trace.
    """
    module = ModuleType("bad_targets")
    module.held = bad(family, _raises)  # type: ignore[attr-defined]  # put in
    monkeypatch.setitem(sys.modules, "bad_targets", module)

    code = run(["prove", "bad_targets:held", "--laws", family, "--examples", "1"])
    said = capsys.readouterr()

    assert code == 1
    assert "RuntimeError: boom" in said.out
    assert "Traceback" not in said.out + said.err


def test_a_ring_in_a_finalizer_is_told_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Python swallows it there and says so on standard error; whatever else is said goes through.
    """
    told: list[Any] = []
    monkeypatch.setattr(sys, "unraisablehook", told.append)
    ring, other = SimpleNamespace(exc_type=OutOfTimeError), SimpleNamespace(exc_type=OSError)

    with Watchdog(Watch(seconds=60.0)):
        sys.unraisablehook(ring)
        sys.unraisablehook(other)

    assert told == [other]
    assert sys.unraisablehook == told.append
