"""
A user's suite: what its files do when it is run as it is, and how it fares under a saboteur.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from time import perf_counter
from typing import Any, ClassVar

import attrs

from rectiflow.errors import RectiflowError

from .plugin import NAME, ORDER, SAID
from .saboteur import Saboteur

__all__ = ["SabotageOutcome", "SabotageResult", "Suite", "SuiteError"]

_LEAST_SECONDS, _TIMES = 60, 10
_PASSED, _FAILED, _INTERRUPTED, _NO_TESTS = 0, 1, 2, 5
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
        seconds: How long it took.
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


@attrs.frozen
class _Ran:
    """
    What came of one run of pytest, and what its plugin told.
    """

    code: int
    said: str
    told: Sequence[dict[str, Any]] = attrs.field(repr=False)

    @property
    def is_on(self) -> bool:
        return any("on" in each for each in self.told)

    @property
    def calls(self) -> int:
        return sum(each.get("calls", 0) for each in self.told)

    @property
    def failed(self) -> str:
        return next((each["failed"] for each in self.told if "failed" in each), "")

    @property
    def error(self) -> SuiteError:
        return SuiteError(exit_code=self.code, said="\n".join(self.said.splitlines()[-_TAIL:]))


@attrs.define
class Suite:
    """
    A suite, and once it was proven what its files do.

    Attributes:
        args: Files, folders and options for pytest.
        folder: Where pytest is started.
        seconds: How long it took as it is.
        files: File to the seconds it took, the quickest first.
        seams: File to the seams that its tests came by.
    """

    args: tuple[str, ...]
    folder: Path
    seconds: float = 0.0
    files: dict[str, float] = attrs.field(factory=dict, repr=False)
    seams: dict[str, set[str]] = attrs.field(factory=dict, repr=False)

    def prove(self) -> None:
        """
        Run it without a mistake, every seam swapped for itself.

        Raises:
            SuiteError: If it does not pass.
        """
        begun = perf_counter()
        ran = self._run("", None, None)
        self.seconds = perf_counter() - begun
        if ran.code != _PASSED:
            raise ran.error
        taken: dict[str, float] = {}
        for each in ran.told:
            if "file" in each:
                taken[each["file"]] = taken.get(each["file"], 0.0) + each["seconds"]
                self.seams.setdefault(each["file"], set()).update(each["seams"])
        self.files = dict(sorted(taken.items(), key=lambda item: item[1]))

    def under(self, saboteur: Saboteur) -> SabotageResult:
        """
        Run it under a saboteur: first the files that come to where the mistake is, then the rest.

        Raises:
            SuiteError: If pytest itself failed, or the saboteur was not switched on.
        """
        begun, calls = perf_counter(), 0
        limit = max(_LEAST_SECONDS, _TIMES * self.seconds)
        for files in self.parts(saboteur):
            try:
                ran = self._run(saboteur.name, limit, files)
            except subprocess.TimeoutExpired:
                return _result(saboteur, SabotageOutcome.HUNG, begun)
            if not ran.is_on or ran.code not in {_PASSED, _FAILED, _INTERRUPTED, _NO_TESTS}:
                raise ran.error
            if ran.code in {_FAILED, _INTERRUPTED}:
                return _result(saboteur, SabotageOutcome.CAUGHT, begun, ran.failed)
            calls += ran.calls
        missed = SabotageOutcome.MISSED if calls else SabotageOutcome.UNTOUCHED
        return _result(saboteur, missed, begun)

    def parts(self, saboteur: Saboteur) -> list[list[str]]:
        """
        Part the files into those that come to where the mistake is, and the rest.
        """
        near = [file for file in self.files if not self.seams[file].isdisjoint(saboteur.swaps)]
        # What did not come by may do so in a process where nothing is remembered from another file.
        rest = [file for file in self.files if file not in set(near)]
        return [files for files in (near, rest) if files]

    def _run(self, name: str, limit: float | None, files: Sequence[str] | None) -> _Ran:
        with tempfile.TemporaryDirectory(prefix="rectiflow-sabotage-") as scratch:
            told, order = Path(scratch, "told"), Path(scratch, "order")
            # Counterexamples found under a saboteur are none: they must not be kept for later.
            own = {"HYPOTHESIS_STORAGE_DIRECTORY": str(Path(scratch, "hypothesis"))}
            if files is not None:
                order.write_text(json.dumps(files), encoding="utf-8")
                own[ORDER] = str(order)
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
            lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
            return _Ran(done.returncode, done.stdout, [json.loads(each) for each in lines])


def _result(
    saboteur: Saboteur, outcome: SabotageOutcome, begun: float, by: str = ""
) -> SabotageResult:
    return SabotageResult(saboteur=saboteur, outcome=outcome, by=by, seconds=perf_counter() - begun)
