"""
A thing under test, watched: every question noted, every answer's type checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from math import inf
from time import monotonic
from typing import Any, NoReturn

import attrs

from rectiflow.messages import Message

from .code import as_code
from .watchdog import OutOfTimeError

__all__ = [
    "REFUSALS",
    "FaultError",
    "NotOfferedError",
    "Part",
    "Question",
    "Watch",
    "Watched",
    "refused",
]

REFUSALS = (ValueError, LookupError, NotImplementedError, OverflowError)
"""What a thing under test may raise to say that it does not answer."""

_CALL = "__call__"
_TIMES = 10


@attrs.frozen(kw_only=True)
class Part:
    """
    What a thing under test offers under one name; ``"__call__"`` is the thing itself, called.

    Attributes:
        gives: The types its answer may have; any if empty.
        makes: The parts of its answer, if that is asked in its turn.
        called: Whether it is a method; if not, it is a value.
        required: Whether a thing without it cannot be tried.
        steady: Whether the same question must always have the same answer.
        whole: Whether the answer is a row of things, gone through while it is waited for.
    """

    gives: tuple[type, ...] = ()
    makes: Mapping[str, Part] | None = None
    called: bool = True
    required: bool = True
    steady: bool = True
    whole: bool = False

    @property
    def named(self) -> str:
        """
        The types of its answer, as Python writes them.
        """
        names = ("None" if each is type(None) else each.__name__ for each in self.gives)
        return " | ".join(names) or "an answer"


_ANY = Part(required=False)


@attrs.frozen(eq=False)
class Question:
    """
    What was asked: a part of the target or of an earlier answer, and the arguments.
    """

    owner: Question | None
    name: str
    args: tuple[Any, ...] | None = None
    named: Mapping[str, Any] = attrs.field(factory=dict)

    def code(self) -> str:
        """
        Write it as Python.
        """
        head = "target" if self.owner is None else self.owner.code()
        asked = head if self.name == _CALL else f"{head}.{self.name}"
        if self.args is None:
            return asked
        given = [as_code(each) for each in self.args]
        given += [f"{name}={as_code(value)}" for name, value in self.named.items()]
        return f"{asked}({', '.join(given)})"


class NotOfferedError(BaseException):
    """
    An answer lacks a part that it need not have, so that the law is left out.

    No :class:`Exception`: neither a law nor Hypothesis shall take it for a mistake.
    """

    def __init__(self, question: Question) -> None:
        super().__init__(question.code())
        self.question = question


class FaultError(Exception):
    """
    The target cannot be judged in a case: it lacks a part, or its answer is no answer.
    """

    def __init__(self, message: Message) -> None:
        super().__init__(message.code)
        self.message = message


@attrs.define(eq=False)
class Watch:
    """
    What goes on: the question now being answered, those of this case, the error that was raised.

    Attributes:
        asked: The questions of this case and their answers, in order.
        question: The one being answered, and since when; ``None`` between two.
        error: The last error that came out of the target, and what was expected.
        known: Answers given so far, to notice one that changes.
        seconds: How long one question may take.
        late: The question that took longer; ``None`` if none did.
        judging: Whether a law is at work on a case: what it makes of an answer, which may be code
            of the target's own, has ten times as long.
    """

    asked: list[tuple[Question, Any]] = attrs.field(factory=list)
    question: tuple[Question, float] | None = None
    error: tuple[BaseException, Question, Part] | None = None
    known: dict[Any, Any] = attrs.field(factory=dict)
    seconds: float = inf
    late: Question | None = None
    judging: bool = False

    @contextmanager
    def judged(self) -> Iterator[None]:
        """
        Let a law be at work.
        """
        self.judging = True
        try:
            yield
        finally:
            self.judging, self.question = False, None

    def begin(self) -> None:
        """
        Forget the questions of the last case.
        """
        self.asked = []
        self.error = None

    def ask(self, question: Question, part: Part, answer: Callable[[], Any]) -> Any:  # noqa: ANN401 -- whatever the target gives
        """
        Have a question answered, and check the answer.

        Raises:
            FaultError: If it is of a wrong type, or not the same as before.
            OutOfTimeError: If it comes too late.
        """
        begun = monotonic()
        self.question = (question, begun)
        try:
            given = answer()
        except Exception as error:
            self.error = (error, question, part)
            self.asked.append((question, error))
            raise
        except (KeyboardInterrupt, OutOfTimeError):
            raise
        except BaseException as error:  # noqa: BLE001 -- a target may exit, or call pytest.fail
            self.asked.append((question, error))
            fault = raised(error, question, part)
        else:
            self.asked.append((question, given))
            if monotonic() - begun > self.seconds:
                # It came after all, from C or from a target that swallows what breaks it off.
                self.late = question
                raise OutOfTimeError
            if part.gives and not _fits(given, part.gives):
                refuse("type", question, got=as_code(given), expected=part.named)
            if part.steady and question.owner is None and part.gives:
                self._compare(question, given)
            return given
        finally:
            later = monotonic() + (_TIMES - 1) * self.seconds
            self.question = (question, later) if self.judging else None
        raise FaultError(fault)

    def _compare(self, question: Question, given: object) -> None:
        key = (question.name, question.args, tuple(question.named.items()))
        try:
            before = self.known.setdefault(key, given)
        except TypeError:
            # A question with a list in it is not remembered; it is asked again at the case's end.
            return
        if before != given:
            refuse("changes", question, one=as_code(before), other=as_code(given))


def refuse(kind: str, question: Question, **facts: object) -> NoReturn:
    """
    Raise what is wrong with an answer.
    """
    raise FaultError(Message.of(f"law.fault.{kind}", call=question.code(), **facts))


def raised(error: BaseException, question: Question, part: Part) -> Message:
    """
    Say that an error came where an answer was expected.
    """
    kind = "refused" if isinstance(error, REFUSALS) else "raised"
    return Message.of(
        f"law.fault.{kind}", call=question.code(), error=as_code(error), expected=part.named
    )


class Watched:
    """
    Stands for the target: has the parts it offers, and no others.
    """

    __slots__ = ("_parts", "_path", "_target", "_watch")

    def __init__(
        self,
        target: object,
        parts: Mapping[str, Part] | None,
        watch: Watch,
        path: Question | None = None,
    ) -> None:
        self._target = target
        self._parts = parts
        self._watch = watch
        self._path = path

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 -- whatever the target gives
        """
        Give a part: a method that notes its calls, or a value.
        """
        if name.startswith("__"):
            raise AttributeError(name)
        if self._parts is None:
            held = self._need(name, Question(self._path, name))
            part = attrs.evolve(_ANY, called=callable(held))
        elif name in self._parts:
            part = self._parts[name]
        else:
            raise AttributeError(name)
        question = Question(self._path, name)
        if not part.called:
            try:
                return self._watch.ask(question, part, lambda: getattr(self._target, name))
            except AttributeError:
                if not part.required:
                    raise NotOfferedError(question) from None
                refuse("lacks", question)
        method = self._need(name, question)
        if not callable(method):
            refuse("type", question, got=as_code(method), expected="a method")
        return self._asking(method, name, part)

    def __call__(self, *args: Any, **named: Any) -> Any:  # noqa: ANN401 -- whatever the target takes
        """
        Ask the target itself, where it is a function.
        """
        part = _ANY if self._parts is None else self._parts[_CALL]
        question = Question(self._path, _CALL, args, named)
        if not callable(self._target):
            refuse("lacks", question)
        return self._asking(self._target, _CALL, part)(*args, **named)

    def _need(self, name: str, question: Question) -> object:
        part = Part(called=False)
        try:
            return self._watch.ask(question, part, lambda: getattr(self._target, name))
        except AttributeError:
            refuse("lacks", question)
        finally:
            # Looking a part up is no question of its own.
            self._watch.asked.pop()

    def _asking(self, method: Callable[..., Any], name: str, part: Part) -> Callable[..., Any]:
        def ask(*args: Any, **named: Any) -> Any:  # noqa: ANN401 -- whatever the target takes
            question = Question(self._path, name, args, named)
            given = self._watch.ask(question, part, lambda: _answer(method(*args, **named), part))
            if part.makes is None:
                return given
            return Watched(given, part.makes, self._watch, question)

        return ask


def _answer(given: Any, part: Part) -> Any:  # noqa: ANN401 -- whatever the target gives
    return tuple(given) if part.whole else given


def refused(question: Callable[[], object]) -> bool:
    """
    Say whether a question is refused, in one of the ways that count as that.
    """
    try:
        question()
    except REFUSALS:
        return True
    return False


def _fits(value: object, types: tuple[type, ...]) -> bool:
    if isinstance(value, bool):
        return bool in types
    if isinstance(value, datetime):
        return datetime in types
    return isinstance(value, types)
