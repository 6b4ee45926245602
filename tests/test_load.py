"""
Lists and rosters by name or path.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import attrs
import pytest

from rectiflow.errors import UnknownNameError
from rectiflow.problems import BadDocumentError
from rectiflow.reading.load import bundled_lists, bundled_rosters, load, load_roster
from rectiflow.writing.toml import write_roster_toml, write_toml


def test_the_bundled_names_are_told() -> None:
    """
    A roster's file is no list.
    """
    assert bundled_lists() == ("yuhui-2020",)
    assert bundled_rosters() == ("yuhui-2020",)


def test_a_path_is_loaded_as_text_or_path(tmp_path: Path) -> None:
    """
    What was written to a file comes back.
    """
    rl = attrs.evolve(load("yuhui-2020"), id="mine")
    path = tmp_path / "mine.toml"
    path.write_text(write_toml(rl), encoding="utf-8")

    assert load(path) == load(str(path)) == rl


def test_a_roster_is_loaded_from_a_path(tmp_path: Path) -> None:
    """
    Doubtful members are left out of it as well, unless asked for.
    """
    whole = load_roster("yuhui-2020", doubtful=True)
    path = tmp_path / "mine.toml"
    path.write_text(write_roster_toml(whole), encoding="utf-8")

    assert load_roster(path, doubtful=True) == whole
    assert load_roster(path) == whole.without_doubtful() != whole


@pytest.mark.parametrize("name", ["yuhui", "yuhui-2021", "yuhui-2020.toml"])
def test_an_unknown_name_brings_the_nearest(name: str) -> None:
    """
    Neither a bundled name nor a file.
    """
    for loading, kind in ((load, "list"), (load_roster, "roster")):
        with pytest.raises(UnknownNameError) as caught:
            loading(name)
        assert caught.value.kind == kind
        assert caught.value.nearest == ("yuhui-2020",)


def test_a_directory_is_no_list(tmp_path: Path) -> None:
    """
    It is told as a name that nothing goes by.
    """
    with pytest.raises(UnknownNameError):
        load(tmp_path)


def test_a_bundled_name_as_a_path_is_a_path() -> None:
    """
    Only a text is looked for among the bundled names.
    """
    with pytest.raises(UnknownNameError):
        load(Path("yuhui-2020"))


def test_a_bad_file_is_named() -> None:
    """
    The error says which file it is about.
    """
    path = Path(__file__).with_name("data") / "bad-list.toml"
    with pytest.raises(BadDocumentError) as caught:
        load(path)

    assert caught.value.document == str(path)
    assert str(caught.value).startswith(f"{path} has 45 problems:\n- titel: ")


def test_nothing_optional_is_imported_before_a_document_is_read() -> None:
    """
    cattrs, tomllib and the rest are paid for by whoever reads or writes a document.
    """
    code = (
        "import sys, rectiflow.reading.load, rectiflow.writing.toml\n"
        "heavy = {'cattrs', 'tomllib', 'tomli_w', 'zoneinfo'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 -- our own code
