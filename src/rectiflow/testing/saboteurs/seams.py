"""
Where a saboteur gets in: the code of a function is swapped, and not the name it goes by.

Whoever holds the function, by ``from x import f``, in a table, in a class or in a list of guards,
then calls the saboteur, be it looked up late or early.  The function is itself again afterwards.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from importlib import import_module
from itertools import count
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any

from rectiflow.errors import InvalidValueError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["called", "calls", "function_at", "reached", "swapped"]

_numbers = count()
_replacements: dict[int, Callable[..., Any]] = {}
_places: dict[int, str] = {}
_calls = {"n": 0}
_reached: set[str] = set()


def calls() -> int:
    """
    Count how often swapped functions have been called in this process.
    """
    return _calls["n"]


def reached() -> set[str]:
    """
    Tell at which places swapped functions have been called since this was last asked.
    """
    found = set(_reached)
    _reached.clear()
    return found


def called(number: int, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """
    Do what a swapped function does instead.
    """
    _calls["n"] += 1
    _reached.add(_places[number])
    return _replacements[number](*args, **kwargs)


def function_at(place: str) -> FunctionType:
    """
    Find a function by its place, e.g. ``"rectiflow.workdays:WorkCalendar.add"``.

    Raises:
        InvalidValueError: If there is no function of Python's own at that place.
    """
    module, _, path = place.partition(":")
    found: Any = import_module(module)
    for name in path.split("."):
        found = vars(found)[name] if isinstance(found, type) else getattr(found, name)
    for layer in ("__func__", "fget", "__wrapped__"):
        found = getattr(found, layer, found)
    if not isinstance(found, FunctionType):
        raise InvalidValueError("place", place, "the place of a function")
    return found


@contextmanager
def swapped(place: str, replacement: Callable[..., Any]) -> Iterator[None]:
    """
    Have *replacement* called instead of the function at *place*, with the original first.
    """
    function = function_at(place)
    kept = function.__code__, function.__defaults__, function.__kwdefaults__
    number = next(_numbers)
    _replacements[number] = partial(replacement, _copy(function))
    _places[number] = place
    function.__code__ = _jump_to(number, function.__code__)
    function.__defaults__ = function.__kwdefaults__ = None
    try:
        yield
    finally:
        function.__code__, function.__defaults__, function.__kwdefaults__ = kept
        del _replacements[number], _places[number]


def _copy(function: FunctionType) -> FunctionType:
    copy = FunctionType(
        function.__code__,
        function.__globals__,
        function.__name__,
        function.__defaults__,
        function.__closure__,
    )
    copy.__kwdefaults__ = function.__kwdefaults__
    return copy


def _jump(*args: Any, **kwargs: Any) -> Any:
    # It runs among the globals of the function it stands in for, so it brings nothing along.
    seams = __import__("rectiflow.testing.saboteurs.seams", fromlist=("called",))
    return seams.called(-1, args, kwargs)


def _jump_to(number: int, instead_of: CodeType) -> CodeType:
    code = _jump.__code__
    consts = tuple(number if type(each) is int and each == -1 else each for each in code.co_consts)
    return code.replace(
        co_consts=consts,
        co_name=instead_of.co_name,
        co_qualname=instead_of.co_qualname,
        co_freevars=instead_of.co_freevars,
    )
