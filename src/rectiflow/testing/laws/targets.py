"""
What a target stands for: itself, or what it makes when it is called.

A class makes, and so does a function that needs no argument: an adapter, a ``make_calendar``.  A
function that needs arguments answers questions: it is itself the thing under test, which only a
reader can be; it takes an adapter to be a calendar or a set of rules.
"""

from __future__ import annotations

from functools import partial
from inspect import Parameter, isroutine, signature
from typing import TYPE_CHECKING, Any

from rectiflow.messages import Message

from .watchdog import OutOfTimeError, Watchdog
from .watched import FaultError, Part, Question, Watch, raised

if TYPE_CHECKING:
    from .family import LawFamily

__all__ = ["is_function", "is_made_for", "made_by", "needs"]

_TAKES_MANY = {Parameter.VAR_POSITIONAL, Parameter.VAR_KEYWORD}


def is_function(target: object) -> bool:
    """
    Say whether a target is a plain function, a method, or one that was wrapped or partly applied.

    >>> is_function(len), is_function(partial(int, base=2)), is_function(int)
    (True, True, False)
    """
    if isinstance(target, type):
        return False
    try:
        wrapped = callable(target) and "__wrapped__" in vars(target)
    except TypeError:
        wrapped = False
    return wrapped or isinstance(target, partial) or isroutine(target)


def needs(target: Any) -> tuple[str, ...]:  # noqa: ANN401 -- anything that can be called
    """
    Name the arguments without which a function or class cannot be called.

    >>> needs(lambda day, n, *more, roll="none": day), needs(lambda roll="none": roll)
    (('day', 'n'), ())
    """
    try:
        parameters = signature(target).parameters.values()
    except (TypeError, ValueError):
        # Some of C do not say; what happens when it is called is told then.
        return ()
    return tuple(
        each.name
        for each in parameters
        if each.default is Parameter.empty and each.kind not in _TAKES_MANY
    )


def is_made_for(target: object, family: LawFamily) -> bool:
    """
    Say whether a family is about what the target makes, and not about the target itself.
    """
    if isinstance(target, type):
        return family.makes_classes
    # Where the thing itself is called, or may be, a function is the thing.
    asks_it = family.parts is None or "__call__" in family.parts
    return not asks_it and is_function(target) and not needs(target)


def made_by(target: Any, seconds: float) -> Any:  # noqa: ANN401 -- whatever it makes
    """
    Call a target that makes something.

    Raises:
        FaultError: If it raises, or takes more than so many seconds.
    """
    question, part, watch = Question(None, "__call__", ()), Part(), Watch(seconds=seconds)
    with Watchdog(watch):
        try:
            return watch.ask(question, part, target)
        except OutOfTimeError:
            facts = {"call": question.code(), "seconds": seconds}
            raise FaultError(Message.of("law.fault.loops", **facts)) from None
        except FaultError:
            raise
        except Exception as error:  # noqa: BLE001 -- whatever it raises is told
            raise FaultError(raised(error, question, part)) from None
