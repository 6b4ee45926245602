"""
Every example runs as a script of its own.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[1] / "examples"
SAYS = {
    "batch.py": "the same after a round trip: True",
    "demo.py": "最后期限：2021年1月15日。",
    "django_machine.py": "it must be refused but was taken: it is dated before the last move",
    "django_rows.py": "case 1 stands at self_checked",
    "own_calendar.py": "广西 2017-04-07",
    "plain_object.py": "refused.earlier-than-last",
    "sqlalchemy_rows.py": "2020-06-24 李四 rectify → rectified",
}


def test_every_script_is_listed() -> None:
    """
    A new example is run too.
    """
    assert {path.name for path in EXAMPLES.glob("*.py")} == set(SAYS)


@pytest.mark.parametrize("name", SAYS)
def test_runs_and_says_what_it_shows(name: str) -> None:
    """
    In a process of its own, with nothing on stderr.
    """
    line = [sys.executable, "-X", "utf8", str(EXAMPLES / name)]
    done = subprocess.run(line, capture_output=True, text=True, check=False, encoding="utf-8")  # noqa: S603 -- our own scripts

    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert SAYS[name] in done.stdout
