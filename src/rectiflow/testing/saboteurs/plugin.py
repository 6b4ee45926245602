"""
What ``rectiflow sabotage`` loads into the pytest of a user's suite; nobody else needs it.
"""

from __future__ import annotations

import json
import os
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import attrs
import pytest

from .all import harmless, sabotage
from .seams import calls, reached

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

__all__ = ["NAME", "ORDER", "SAID"]

NAME, SAID, ORDER = "RECTIFLOW_SABOTEUR", "RECTIFLOW_SABOTAGE_FILE", "RECTIFLOW_SABOTAGE_ORDER"
"""The variables that name the saboteur, the file a run is told in, and that of the files' order."""

_at_work = ExitStack()


@attrs.define
class _Visit:
    """
    How long the tests of a file took, and at which seams they came by.
    """

    seconds: float = 0.0
    seams: set[str] = attrs.field(factory=set)


_visits: dict[str, _Visit] = {}
_order: dict[str, int] = {}


@contextmanager
def _visited(path: Path) -> Iterator[None]:
    begun = perf_counter()
    reached()
    try:
        yield
    finally:
        visit = _visits.setdefault(str(path), _Visit())
        visit.seconds += perf_counter() - begun
        visit.seams |= reached()


def _say(**facts: object) -> None:
    # A line each, appended: the processes of pytest-xdist write here too.
    if SAID in os.environ:
        with Path(os.environ[SAID]).open("a", encoding="utf-8") as file:
            file.write(json.dumps(facts) + "\n")


def pytest_configure() -> None:
    """
    Switch the saboteur on, before any test module is imported.
    """
    name = os.environ.get(NAME)
    _at_work.enter_context(sabotage(name) if name else harmless())
    _say(on=name)
    if ORDER in os.environ:
        files = json.loads(Path(os.environ[ORDER]).read_text(encoding="utf-8"))
        _order.update((file, place) for place, file in enumerate(files))


def pytest_unconfigure() -> None:
    """
    Say how often a seam was called, and in which files, and switch off.
    """
    _say(calls=calls())
    for file, visit in _visits.items():
        _say(file=file, seconds=visit.seconds, seams=sorted(visit.seams))
    _at_work.close()


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """
    Pass over files that this run is not about.
    """
    if _order and collection_path.is_file() and str(collection_path) not in _order:
        return True
    return None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """
    Put the tests of each file where the order has it; those of one file stay as they are.
    """
    if not _order:
        return
    # Files that were asked for by name are collected all the same.
    others = [item for item in items if str(item.path) not in _order]
    items[:] = [item for item in items if str(item.path) in _order]
    items.sort(key=lambda item: _order[str(item.path)])
    if others:
        config.hook.pytest_deselected(items=others)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """
    Note what a file does when it is imported.
    """
    if not isinstance(collector, pytest.File):
        return (yield)
    with _visited(collector.path):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """
    Note what a test does, fixtures and all.
    """
    with _visited(item.path):
        return (yield)


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
