"""
A user's suite, run once as it is and once under each saboteur.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor, as_completed
from enum import StrEnum
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, ClassVar

import attrs

from rectiflow.errors import RectiflowError

from .all import SABOTEURS, saboteur_named
from .plugin import NAME, SAID
from .saboteur import Saboteur

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


__all__ = [
    "SabotageOutcome",
    "SabotageReport",
    "SabotageResult",
    "SuiteError",
    "run_sabotage",
]

_LEAST_SECONDS, _TIMES = 60, 10
_PASSED, _FAILED, _INTERRUPTED = 0, 1, 2
_TAIL = 15


class SabotageOutcome(StrEnum):
    """
    What a suite made of a saboteur.
    """

    CAUGHT = "caught"
    MISSED = "missed"
    UNTOUCHED = "untouched"
    HUNG = "hung"


@attrs.frozen(kw_only=True)
class SabotageResult:
    """
    What a suite made of one saboteur.

    Attributes:
        saboteur: Which.
        outcome: ``caught``, also ``hung``: it failed, or came to no end; ``missed``: it passed;
            ``untouched``: it passed, and never came to where the mistake is.
        by: The first test that failed; empty if none did.
        seconds: How long the run took.
    """

    saboteur: Saboteur
    outcome: SabotageOutcome
    by: str = ""
    seconds: float

    @property
    def is_caught(self) -> bool:
        """
        Whether the suite noticed.
        """
        return self.outcome in {SabotageOutcome.CAUGHT, SabotageOutcome.HUNG}


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


@attrs.define(slots=False, eq=False, repr=False, kw_only=True)
class SuiteError(RectiflowError, ValueError):
    """
    A suite that cannot be tried: it fails, or finds no tests, without any saboteur.

    Attributes:
        exit_code: What pytest exited with.
        said: The last lines it wrote.
    """

    code: ClassVar[str] = "error.suite"

    exit_code: int
    said: str


def run_sabotage(
    pytest_args: Sequence[str],
    *,
    only: Iterable[str] = (),
    jobs: int | None = None,
    folder: Path | None = None,
    progress: Callable[[SabotageResult], object] | None = None,
) -> SabotageReport:
    """
    Run a suite under each saboteur, each time in a process of its own, to its first failure.

    Args:
        pytest_args: Files, folders and options for pytest.
        only: Names of saboteurs; all if empty.
        jobs: How many runs at once; by default as many as there are processors, at most four.
        folder: Where pytest is started; here by default.
        progress: Told of each result as it comes.

    Raises:
        SuiteError: If the suite fails, or has no tests, without any saboteur.
        UnknownNameError: If there is no such saboteur.
    """
    chosen = [saboteur_named(name) for name in only] or list(SABOTEURS.values())
    suite = _Suite(tuple(pytest_args), folder or Path.cwd())
    suite.prove()
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


@attrs.frozen
class _Told:
    """
    What a run told in its file.
    """

    is_on: bool
    calls: int
    failed: tuple[str, ...]


@attrs.define
class _Suite:
    """
    A suite and how long it takes.
    """

    args: tuple[str, ...]
    folder: Path
    seconds: float = 0.0

    def prove(self) -> None:
        """
        Run it as it is.

        Raises:
            SuiteError: If it does not pass.
        """
        begun = perf_counter()
        code, said, _ = self._run("", None)
        self.seconds = perf_counter() - begun
        if code != _PASSED:
            raise SuiteError(exit_code=code, said="\n".join(said.splitlines()[-_TAIL:]))

    def under(self, saboteur: Saboteur) -> SabotageResult:
        """
        Run it under a saboteur.

        Raises:
            SuiteError: If pytest itself failed, or the saboteur was not switched on.
        """
        begun = perf_counter()
        limit = max(_LEAST_SECONDS, _TIMES * self.seconds)
        try:
            code, said, told = self._run(saboteur.name, limit)
        except subprocess.TimeoutExpired:
            return _result(saboteur, SabotageOutcome.HUNG, begun)
        if not told.is_on or code not in {_PASSED, _FAILED, _INTERRUPTED}:
            raise SuiteError(exit_code=code, said="\n".join(said.splitlines()[-_TAIL:]))
        if code != _PASSED:
            return _result(saboteur, SabotageOutcome.CAUGHT, begun, *told.failed[:1])
        missed = SabotageOutcome.MISSED if told.calls else SabotageOutcome.UNTOUCHED
        return _result(saboteur, missed, begun)

    def _run(self, name: str, limit: float | None) -> tuple[int, str, _Told]:
        with tempfile.TemporaryDirectory(prefix="rectiflow-sabotage-") as scratch:
            told = Path(scratch, "told")
            # Counterexamples found under a saboteur are none: they must not be kept for later.
            own = {"HYPOTHESIS_STORAGE_DIRECTORY": str(Path(scratch, "hypothesis"))}
            environment = {**os.environ, NAME: name, SAID: str(told), **own}
            plugin = ("-p", "rectiflow.testing.saboteurs.plugin")
            line = (sys.executable, "-m", "pytest", *plugin, "-p", "no:cacheprovider", "-x", "-q")
            done = subprocess.run(  # noqa: S603 -- the user's own suite, as asked
                (*line, *self.args),
                cwd=self.folder,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
                errors="replace",
                timeout=limit,
                check=False,
            )
            return done.returncode, done.stdout, _read(told)


def _read(told: Path) -> _Told:
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    facts = [json.loads(line) for line in lines]
    return _Told(
        is_on=any("on" in each for each in facts),
        calls=sum(each.get("calls", 0) for each in facts),
        failed=tuple(each["failed"] for each in facts if "failed" in each),
    )


def _result(
    saboteur: Saboteur, outcome: SabotageOutcome, begun: float, by: str = ""
) -> SabotageResult:
    return SabotageResult(saboteur=saboteur, outcome=outcome, by=by, seconds=perf_counter() - begun)
