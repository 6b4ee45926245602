"""
A bar for what takes long, where somebody watches.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["LONG", "watched"]

T = TypeVar("T")
LONG = 5_000
"""From how many things on a bar is shown."""


def watched(items: Iterable[T], total: int) -> Iterable[T]:
    """
    Go through things, with a bar on standard error if there are many and it is a terminal.
    """
    if total < LONG or not sys.stderr.isatty():
        return items
    # Only who waits at a terminal pays for the bar.
    from rich.console import Console  # noqa: PLC0415 -- as above
    from rich.progress import track  # noqa: PLC0415 -- as above

    return track(items, total=total, description="", console=Console(stderr=True), transient=True)
