"""
All saboteurs, one after another, against a user's suite.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from .all import SABOTEURS, saboteur_named
from .suite import SabotageOutcome, SabotageResult, Suite, SuiteError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

__all__ = ["SabotageOutcome", "SabotageReport", "SabotageResult", "SuiteError", "run_sabotage"]


@attrs.frozen(kw_only=True)
class SabotageReport:
    """
    What a suite made of all saboteurs.

    Attributes:
        results: One for each, in the order of :data:`SABOTEURS`.
    """

    results: tuple[SabotageResult, ...]

    @property
    def caught(self) -> int:
        """
        How many were caught.
        """
        return sum(each.is_caught for each in self.results)

    @property
    def percent(self) -> float:
        """
        The share of those caught, from 0 to 100; 100 if none was tried.
        """
        return 100 * self.caught / len(self.results) if self.results else 100.0

    @property
    def missed(self) -> tuple[SabotageResult, ...]:
        """
        Those that were not caught.
        """
        return tuple(each for each in self.results if not each.is_caught)


def run_sabotage(
    pytest_args: Sequence[str],
    *,
    only: Iterable[str] = (),
    jobs: int | None = None,
    folder: Path | None = None,
    progress: Callable[[SabotageResult], object] | None = None,
    proven: Callable[[float, int], object] | None = None,
) -> SabotageReport:
    """
    Run a suite under each saboteur, each time in a process of its own, to its first failure.

    It is run without a mistake first.  What each test file takes, and whether it comes to where a
    mistake is, is noted then, and under a saboteur the files that do are tried first, the quickest
    at the head; files that do not follow, so that nothing is left out.

    Args:
        pytest_args: Files, folders and options for pytest.
        only: Names of saboteurs; all if empty.
        jobs: How many runs at once; by default as many as there are processors, at most four.
        folder: Where pytest is started; here by default.
        progress: Told of each result as it comes.
        proven: Told how many seconds the suite took without a mistake, and how many files it has.

    Raises:
        SuiteError: If the suite fails, or has no tests, without any saboteur.
        UnknownNameError: If there is no such saboteur.
    """
    chosen = [saboteur_named(name) for name in only] or list(SABOTEURS.values())
    suite = Suite(tuple(pytest_args), folder or Path.cwd())
    suite.prove()
    if proven is not None:
        proven(suite.seconds, len(suite.files))
    results: dict[str, SabotageResult] = {}
    with ThreadPoolExecutor(jobs or min(os.cpu_count() or 1, 4)) as pool:
        running = [pool.submit(suite.under, each) for each in chosen]
        try:
            for done in as_completed(running):
                result = done.result()
                results[result.saboteur.name] = result
                if progress is not None:
                    progress(result)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return SabotageReport(results=tuple(results[each.name] for each in chosen))
