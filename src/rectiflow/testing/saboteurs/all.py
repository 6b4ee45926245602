"""
All saboteurs, and the switch.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from rectiflow.errors import UnknownNameError

from . import counting, judging, keeping, moving, ruling
from .seams import swapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from .saboteur import Saboteur

__all__ = ["SABOTEURS", "harmless", "sabotage", "saboteur_named"]

SABOTEURS: Mapping[str, Saboteur] = {
    each.name: each
    for family in (counting, ruling, moving, judging, keeping)
    for each in family.SABOTEURS
}
"""Every saboteur by its name."""


def saboteur_named(name: str) -> Saboteur:
    """
    Find a saboteur.

    Raises:
        UnknownNameError: If there is none, with the nearest.
    """
    try:
        return SABOTEURS[name]
    except KeyError:
        raise UnknownNameError.among("saboteur", name, SABOTEURS) from None


@contextmanager
def sabotage(name: str) -> Iterator[Saboteur]:
    """
    Have the library make one known mistake as long as the block lasts.

    It holds in the whole process, for objects that were made before too; nothing of it is left
    afterwards, in no cache either.

    Raises:
        UnknownNameError: If there is no such saboteur, with the nearest.

    >>> from datetime import date
    >>> from rectiflow import WorkCalendar
    >>> with sabotage("make-up-days-ignored"):
    ...     WorkCalendar.china().is_workday(date(2020, 6, 28))
    False
    >>> WorkCalendar.china().is_workday(date(2020, 6, 28))
    True
    """
    found = saboteur_named(name)
    with ExitStack() as stack:
        for place, replacement in (*_FORGETFUL.items(), *found.swaps.items()):
            stack.enter_context(swapped(place, replacement))
        yield found


@contextmanager
def harmless() -> Iterator[None]:
    """
    Swap the function at every seam for itself, so that who comes there is known.

    What fails under this would fail under each saboteur, whatever its mistake.
    """
    places = {place for each in SABOTEURS.values() for place in each.swaps}
    with ExitStack() as stack:
        for place, replacement in _FORGETFUL.items():
            stack.enter_context(swapped(place, replacement))
        for place in sorted(places):
            stack.enter_context(swapped(place, _itself))
        yield


def _itself(original: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    return original(*args, **kwargs)


def _afresh(_original: Callable[..., Any], self: Any, _row: object, promise: Any) -> Any:
    return self._resolved(promise, {}, ())


def _unremembered(original: Callable[..., Any], self: Any, row: Any, stage: Any) -> Any:
    kept = self._by_stage.pop((row.id, stage), None)
    try:
        return original(self, row, stage)
    finally:
        self._by_stage.pop((row.id, stage), None)
        if kept is not None:
            self._by_stage[row.id, stage] = kept


# A campaign remembers the days of its rows: right ones from before, wrong ones for afterwards.
_FORGETFUL = {
    "rectiflow.campaign:Campaign._untouched_resolution": _afresh,
    "rectiflow.campaign:Campaign.stage_due": _unremembered,
}
