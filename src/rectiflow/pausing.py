"""
A pause for the garbage collector, while many small values are made that all stay.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["collector_paused"]


@contextmanager
def collector_paused() -> Iterator[None]:
    """
    Keep the collector from looking through a growing ledger again and again for rubbish.

    It is the whole process's, so what another thread leaves waits as well.  Where it was off
    already, it stays off.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
