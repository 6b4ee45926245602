"""
A clock beside the thing under test: a question that is not answered in time is given up.
"""

from __future__ import annotations

import ctypes
import sys
import threading
from time import monotonic
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from .watched import Watch

__all__ = ["OutOfTimeError", "Watchdog"]

_LOOKS = 5


class OutOfTimeError(BaseException):
    """
    Raised inside the target, between two of its own steps.

    No :class:`Exception`, so that neither the target nor Hypothesis takes it for one of theirs.
    """


class Watchdog:
    """
    Watches the questions of one thread, from another.

    The law stays on the caller's thread, since a target may be bound to it: an SQLite connection
    is.  A loop in Python is broken off; a call that does not come back from C is not.
    """

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self._thread = threading.get_ident()
        self._over = threading.Event()
        self._looking = threading.Thread(target=self._look, daemon=True)
        self._telling: Callable[[Any], Any] = sys.unraisablehook

    def __enter__(self) -> Self:
        """
        Begin to look.
        """
        self._telling = sys.unraisablehook
        sys.unraisablehook = self._tell
        self._looking.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """
        Look no more.
        """
        self._over.set()
        self._looking.join()
        sys.unraisablehook = self._telling

    def _tell(self, lost: Any) -> None:  # noqa: ANN401 -- sys.UnraisableHookArgs
        # The ring may fall into a finalizer, which swallows it and says so; it is rung again.
        if lost.exc_type is not OutOfTimeError:
            self._telling(lost)

    def _look(self) -> None:
        rung = 0.0
        while not self._over.wait(self._watch.seconds / _LOOKS):
            current = self._watch.question
            if current is None:
                continue
            question, since = current
            # Rung again where the target swallowed the first one.
            if monotonic() - max(since, rung) > self._watch.seconds:
                rung, self._watch.late = monotonic(), question
                ctypes.pythonapi.PyThreadState_SetAsyncExc(
                    ctypes.c_ulong(self._thread), ctypes.py_object(OutOfTimeError)
                )
