"""
Saboteurs of what is kept: batches, snapshots, rosters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectiflow.batches import BatchRefusedError

from .saboteur import Saboteur, saboteur

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["SABOTEURS"]


def _half_kept(original: Callable[..., Any], self: Any, moves: Iterable[Any], **kwargs: Any) -> Any:
    given = list(moves) if isinstance(moves, (list, tuple)) else moves
    try:
        return original(self, given, **kwargs)
    except BatchRefusedError as error:
        lost = {each.position for each in error.bad} | set(error.untried)
        if isinstance(given, list):
            original(self, [each for n, each in enumerate(given) if n not in lost], **kwargs)
        raise


def _dry_run_writes(
    original: Callable[..., Any],
    self: Any,
    moves: Iterable[Any],
    *,
    dry_run: bool = False,
) -> Any:
    del dry_run
    return original(self, moves)


def _dropping(key: str) -> Callable[..., Any]:
    def drop(original: Callable[..., Any], *args: Any) -> Any:
        written = original(*args)
        for entry in written.get("history", ()):
            entry.pop(key, None)
        return written

    return drop


SABOTEURS: tuple[Saboteur, ...] = (
    saboteur("half-a-batch-kept", apply=_half_kept),
    saboteur("dry-runs-write", apply=_dry_run_writes),
    saboteur("stale-pages-win", keep=lambda _original, self, assignment: self._keep(assignment)),
    saboteur("snapshot-drops-notes", assignment_to_plain=_dropping("note")),
    saboteur("snapshot-drops-writing-times", assignment_to_plain=_dropping("recorded_at")),
    saboteur("rosters-know-no-days", applies_on=lambda _original, _self, _day: True),
)
"""The saboteurs of this family."""
