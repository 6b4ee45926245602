"""
The public names: a promise to callers.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import rectiflow as rf

if TYPE_CHECKING:
    from types import ModuleType

DESIGNED = (
    "load",
    "load_roster",
    "assign",
    "Ledger",
    "Move",
    "Workflow",
    "verdict",
    "WorkCalendar",
    "FixedDate",
    "PeriodEnd",
    "After",
    "Before",
    "Recurring",
    "Annual",
    "StandingDuty",
    "Unresolved",
    "Earliest",
    "Latest",
    "MonthDay",
    "Extension",
    "ExtensionUntil",
    "Suspension",
    "Restart",
    "Override",
    "Stage",
    "Trigger",
    "StagePath",
)


def test_every_designed_name_is_there() -> None:
    """
    The names of the design for these floors exist and are public.
    """
    assert [name for name in DESIGNED if name not in rf.__all__] == []


def test_every_public_name_can_be_used() -> None:
    """
    Each name in ``__all__`` is an attribute, and its module lists it too.
    """
    for name in rf.__all__:
        value = getattr(rf, name)
        module = getattr(value, "__module__", None)
        if isinstance(module, str) and module.startswith("rectiflow."):
            home = import_module(module)
            assert name in getattr(home, "__all__", [name]), (name, module)


@pytest.mark.parametrize("package", [rf, rf.store])
def test_the_stub_tells_the_same_names(package: ModuleType) -> None:
    """
    What type checkers read in ``__init__.pyi`` is what ``__init__.py`` loads, module by module.
    """
    assert package.__file__ is not None
    stub = ast.parse(Path(package.__file__).with_suffix(".pyi").read_text(encoding="utf-8"))
    told = {
        alias.asname: node.module
        for node in ast.walk(stub)
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }

    assert told == package._MODULE_OF


def test_an_unknown_name_is_an_attribute_error() -> None:
    """
    A misspelt name fails as it does on any module.
    """
    assert not hasattr(rf, "asign")


def test_import_loads_nothing_but_the_package() -> None:
    """
    Importing the library loads none of its modules; using the core loads no optional package.
    """
    code = (
        "import sys, rectiflow as rf\n"
        "own = [m for m in sys.modules if m.startswith('rectiflow.')]\n"
        "assert not own, own\n"
        "[getattr(rf, name) for name in rf.__all__]\n"
        "heavy = {'cattrs', 'tomli_w', 'hypothesis', 'rich', 'cyclopts', 'gettext', 'difflib'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 -- our own code
