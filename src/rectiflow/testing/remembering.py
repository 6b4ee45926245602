"""
Strategies made once: Hypothesis takes longer to lay one down than to draw from it.
"""

from __future__ import annotations

from functools import cache, wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["remembered"]

P = ParamSpec("P")
T = TypeVar("T")


def remembered(make: Callable[P, T]) -> Callable[P, T]:
    """
    Have a maker of strategies give the same one for the same arguments, which must be hashable.
    """
    made = cache(make)

    @wraps(make)
    def give(*args: P.args, **kwargs: P.kwargs) -> T:
        return made(*args, **kwargs)  # type: ignore[arg-type]  # hashable, as was asked for

    return give
