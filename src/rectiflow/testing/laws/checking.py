"""
Trying the laws of a family on a thing, law by law.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import seed as seeded

from rectiflow.errors import InvalidValueError
from rectiflow.messages import Message

from .code import as_code
from .law import NothingToTryError
from .report import LawOutcome, LawResult, Report, as_lines
from .running import Run, no_case, settings_for
from .targets import is_made_for, made_by
from .watchdog import OutOfTimeError, Watchdog
from .watched import FaultError, Part, Question, Watch, Watched

if TYPE_CHECKING:
    from collections.abc import Callable

    from .family import LawFamily
    from .law import Law

__all__ = ["Trial", "check"]

_TIMES = 10


def check(
    family: LawFamily,
    target: Any,  # noqa: ANN401 -- whatever is to be tried
    *,
    examples: int = 200,
    seed: int = 0,
    seconds: float = 2.0,
    on_result: Callable[[LawResult], object] | None = None,
) -> Report:
    """
    Try every law of a family on a thing, and report law by law.

    Args:
        family: The laws, e.g. :data:`~rectiflow.testing.calendar_laws`.
        target: The thing under test.  A class, and a function that needs no argument, stand for
            what they make; where the thing itself is called, as a reader is, a function is the
            thing.
        examples: How many cases a law is tried on.
        seed: What they are drawn with: the same seed, the same cases.
        seconds: How long one question may take; to make the target, ten times as long.
        on_result: Told of each law as soon as it was tried.

    Raises:
        InvalidValueError: If a number is out of bounds.
    """
    trial = Trial(family, target, examples=examples, seed=seed, seconds=seconds)
    results = []
    for law in family:
        results.append(trial.run(law))
        if on_result is not None:
            on_result(results[-1])
    return Report(
        family=family.name,
        target=trial.named,
        examples=examples,
        seed=seed,
        results=tuple(results),
    )


class Trial:
    """
    A thing on trial under the laws of a family; what was learnt about it is kept between laws.
    """

    def __init__(
        self,
        family: LawFamily,
        target: Any,  # noqa: ANN401 -- whatever is to be tried
        *,
        examples: int,
        seed: int,
        seconds: float,
        shrinks: bool = True,
    ) -> None:
        if type(examples) is not int or examples < 1:
            raise InvalidValueError("examples", examples, "a whole number, 1 or more")
        if type(seed) is not int:
            raise InvalidValueError("seed", seed, "a whole number")
        if not isinstance(seconds, (int, float)) or not seconds > 0:
            raise InvalidValueError("seconds", seconds, "a number above 0")
        self.named = _name_of(target)
        self._family = family
        self._given = target
        self._examples = examples
        self._shrinks = shrinks
        self._seed = seed
        self._watch = Watch(seconds=seconds)
        self._subject: Any = None
        self._is_made = False
        self._fault: Message | None = None

    def run(self, law: Law) -> LawResult:
        """
        Try one law.
        """
        self._watch.begin()
        run = Run(law, self._watch)
        with Watchdog(self._watch):
            try:
                return self._tried(law, run)
            except OutOfTimeError:
                late = self._watch.late or Question(None, "?")
                fault = Message.of("law.fault.loops", call=late.code(), seconds=self._watch.seconds)
                run.code = as_lines([*self._watch.asked, (late, OutOfTimeError())], as_code)
                if self._subject is None and not self._family.fresh:
                    # What loops while it is prepared is not asked anew by every law.
                    self._fault = fault
                return run.result(LawOutcome.BROKEN, fault)

    def _tried(self, law: Law, run: Run) -> LawResult:
        try:
            lacking = self._lacking(law)
            if lacking is not None:
                return run.result(*lacking)
            subject = self._prepared()
        except FaultError as fault:
            self._fault = fault.message
            return run.result(_outcome_of(fault.message), fault.message)
        except NothingToTryError as error:
            return run.result(LawOutcome.VACUOUS, no_case(error))
        except Exception as error:  # noqa: BLE001 -- whatever the target raises becomes a report
            self._fault = run.said(error)
            return run.result(LawOutcome.BROKEN, self._fault)
        how = settings_for(self._examples, shrinks=self._shrinks)
        return run.over(subject, self._again, seeded(self._seed), how)

    def _lacking(self, law: Law) -> tuple[LawOutcome, Message] | None:
        if self._fault is not None:
            return _outcome_of(self._fault), self._fault
        parts = self._family.parts
        if parts is None or self._family.fresh:
            return None
        target = self._target()
        for name in (*(n for n, part in parts.items() if part.required), *law.asks):
            if not (callable(target) if name == "__call__" else self._has(target, name)):
                call = Question(None, name).code()
                if name in law.asks:
                    return LawOutcome.LEFT_OUT, Message.of("law.left-out", call=call)
                return LawOutcome.UNTRIED, Message.of("law.fault.lacks", call=call)
        return None

    def _has(self, target: object, name: str) -> bool:
        # A property is code of the target's own: it may raise, or come to no end.
        question = Question(None, name)
        try:
            held: bool = self._watch.ask(question, Part(), lambda: hasattr(target, name))
        except Exception:  # noqa: BLE001 -- what cannot be looked at is said to be wrong when it is asked
            return True
        finally:
            self._watch.begin()
        return held

    def _target(self) -> Any:  # noqa: ANN401 -- the thing under test
        if not self._is_made and is_made_for(self._given, self._family):
            # To make it may load a library, which takes longer than a question.
            self._given = made_by(self._given, _TIMES * self._watch.seconds)
        self._is_made = True
        return self._given

    def _prepared(self) -> Any:  # noqa: ANN401 -- the family's own subject
        if self._family.fresh:
            return None
        if self._subject is None:
            watched = Watched(self._target(), self._family.parts, self._watch)
            self._subject = self._family.prepare(watched)
        return self._subject

    def _again(self) -> Any:  # noqa: ANN401 -- the family's own subject
        if not self._family.fresh:
            return self._subject
        made = self._watch.ask(Question(None, "__call__", ()), Part(), self._given)
        return self._family.prepare(Watched(made, self._family.parts, self._watch))


def _outcome_of(fault: Message) -> LawOutcome:
    return LawOutcome.UNTRIED if fault.code == "law.fault.lacks" else LawOutcome.BROKEN


def _name_of(target: object) -> str:
    try:
        named = getattr(target, "__name__", None)
    except Exception:  # noqa: BLE001 -- whatever it raises, it has no name to show
        named = None
    return named if isinstance(named, str) else type(target).__name__
