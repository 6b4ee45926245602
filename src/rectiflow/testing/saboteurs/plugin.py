"""
What ``rectiflow sabotage`` loads into the pytest of a user's suite; nobody else needs it.
"""

from __future__ import annotations

import json
import os
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from .all import sabotage
from .seams import calls

if TYPE_CHECKING:
    import pytest

__all__ = ["NAME", "SAID"]

NAME, SAID = "RECTIFLOW_SABOTEUR", "RECTIFLOW_SABOTAGE_FILE"
"""The variables that name the saboteur, and the file that a run is told in."""

_at_work = ExitStack()


def _say(**facts: object) -> None:
    # A line each, appended: the processes of pytest-xdist write here too.
    if SAID in os.environ:
        with Path(os.environ[SAID]).open("a", encoding="utf-8") as file:
            file.write(json.dumps(facts) + "\n")


def pytest_configure() -> None:
    """
    Switch the saboteur on, before any test module is imported.
    """
    if name := os.environ.get(NAME):
        _at_work.enter_context(sabotage(name))
        _say(on=name)


def pytest_unconfigure() -> None:
    """
    Say how often a seam was called, and switch off.
    """
    _say(calls=calls())
    _at_work.close()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """
    Say which test failed.
    """
    if report.failed:
        _say(failed=report.nodeid)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """
    Say which file could not even be loaded.
    """
    if report.failed:
        _say(failed=report.nodeid)
