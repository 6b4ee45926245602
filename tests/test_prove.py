"""
``rectiflow prove``: the laws on a calendar or rules of one's own.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

from rectiflow.cli.app import run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SOURCE = """
from datetime import date
from rectiflow import WorkCalendar, deadlines as rules

CHINA = WorkCalendar.china()


class Late:
    known_from, known_until = CHINA.known_from, CHINA.known_until
    is_workday, count = staticmethod(CHINA.is_workday), staticmethod(CHINA.count)

    def add(self, day, n):
        return CHINA.add(CHINA.roll(day, "following"), n)


class Needy(Late):
    def __init__(self, office):
        self.office = office


class Bound:
    def __init__(self):
        self.known_from, self.known_until = CHINA.known_from, CHINA.known_until
        self.is_workday, self.add, self.count = CHINA.is_workday, CHINA.add, CHINA.count


def make_calendar(kind="plain"):
    return Late()


def make_nothing():
    return 7


def make_trouble():
    raise OSError("no such tables")


def make_and_exit():
    raise SystemExit(3)


def add(day, n):
    return CHINA.add(day, n)
"""
FEW = ("--examples", "40")


@pytest.fixture(autouse=True)
def _module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "office_days.py").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "office_exits.py").write_text("raise SystemExit(7)", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    yield
    sys.modules.pop("office_days", None)


def test_a_broken_law_is_1_with_the_case_as_code(capsys: pytest.CaptureFixture[str]) -> None:
    """
    chinese_calendar's own mistake is found, and the code says where the target comes from.
    """
    code = run(["prove", "office_days:Late", *FEW])
    out = capsys.readouterr().out

    assert code == 1
    assert "✗ calendar.add-equals-a-walk" in out
    assert "target.add(date(" in out
    assert "from office_days import Late; target = Late()" in out


def test_what_holds_is_0(capsys: pytest.CaptureFixture[str]) -> None:
    """
    The real calendar, by its own name, with two families.
    """
    code = run(["prove", "office_days:CHINA", "--laws", "calendar, china", "--examples", "20"])

    assert code == 0
    assert "0 fail" in capsys.readouterr().out


def test_rules_are_found_to_be_rules(capsys: pytest.CaptureFixture[str]) -> None:
    """
    What has After is held to the laws of rules.
    """
    code = run(["prove", "office_days:rules", "--lang", "zh", "--examples", "10"])

    assert code == 0
    assert "期限规则规律" in capsys.readouterr().out


@pytest.mark.unmeasured  # see conftest.py
def test_json_has_every_law_with_its_code(capsys: pytest.CaptureFixture[str]) -> None:
    """
    For programs, whatever the language.
    """
    run(["prove", "office_days:Late", "--format", "json", "--seed", "3", *FEW])
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    laws = {each["law"]: each for each in found["laws_calendar"]}

    assert laws["calendar.add-equals-a-walk"]["outcome"] == "broken"
    assert laws["calendar.add-equals-a-walk"]["code"]
    assert laws["calendar.workday-does-not-roll"]["outcome"] == "left_out"


@pytest.mark.parametrize(
    ("target", "made"),
    [
        ("office_days:make_calendar", "make_calendar()"),
        ("office_days:Late", "Late()"),
        ("rectiflow.testing.adapters:chinese_calendar_adapter", "chinese_calendar_adapter()"),
    ],
)
def test_what_makes_a_target_is_called(
    target: str, made: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """
    A class, a function that needs no argument, and an adapter that ships.
    """
    code = run(["prove", target, "--examples", "20"])
    out = capsys.readouterr().out

    assert code == 1
    assert f"; target = {made}" in out
    assert "✗ calendar.add-equals-a-walk" in out


def test_a_class_is_known_by_what_it_makes(capsys: pytest.CaptureFixture[str]) -> None:
    """
    Where its parts are set in its __init__ only.
    """
    assert run(["prove", "office_days:Bound", "--examples", "10"]) == 0
    assert "Calendar laws, tried on Bound" in capsys.readouterr().out


def test_a_reader_is_a_function_itself(capsys: pytest.CaptureFixture[str]) -> None:
    """
    It needs its text, and is tried where its family is named.
    """
    assert (
        run(["prove", "rectiflow:read_requirement", "--laws", "reading", "--examples", "20"]) == 0
    )
    assert "tried on read_requirement" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("tokens", "words"),
    [
        (["office_days:add"], "it takes day, n"),
        (["office_days:add", "--laws", "calendar"], "FunctionCalendar"),
        (["office_days:Needy"], "it takes office"),
        (["rectiflow.testing.adapters:numpy_adapter"], "it takes calendar, known_from"),
        (["office_days:make_nothing"], "type int has none of the parts"),
        (["office_days:make_trouble"], "OSError"),
        (["office_days:make_and_exit"], "SystemExit"),
        (["office_days"], "package.module:object"),
        (["office_nights:Late"], "ModuleNotFoundError"),
        (["office_days:Early"], "AttributeError"),
        (["office_exits:Late"], "SystemExit"),
        (["json:dumps"], "it takes obj"),
        (["office_days:Late", "--laws", "calender"], "calendar"),
        (["office_days:Late", "--examples", "0"], "1 or more"),
        (["office_days:Late", "--examples", "many"], "many"),
        ([], "TARGET"),
    ],
)
def test_misuse_is_2(tokens: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    """
    With what was expected, and never a stack trace.
    """
    code = run(["prove", *tokens])
    said = capsys.readouterr()

    assert code == 2
    assert words in said.err
    assert "Traceback" not in said.err
