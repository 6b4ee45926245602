"""
What the pages say of the code, where neither doctest nor Sphinx would notice.
"""

from __future__ import annotations

import re
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

import rectiflow as rf
from rectiflow import errors

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "rectiflow"
DOCS = ROOT / "docs"
LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")


def _layers() -> dict[str, int]:
    # The contract lists the highest first; modules parted by ":" or "|" stand side by side.
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = config["tool"]["importlinter"]["contracts"]
    layers = next(each["layers"] for each in contracts if each["type"] == "layers")
    return {
        name.strip(): height
        for height, layer in enumerate(reversed(layers))
        for name in re.split(r"[:|]", layer)
    }


def _floors() -> list[set[str]]:
    # The rows of the table that have a number, each as the modules it names.
    text = (DOCS / "explanation" / "design.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \d+ \| (.*?) \|", text, re.MULTILINE)
    return [set(re.findall(r"`(\w+)(?:\.py|/)`", row)) for row in rows]


class TestTheFloorsTable:
    """
    "A file imports only from files below its own." -- docs/explanation/design.md
    """

    def test_names_every_module_once(self) -> None:
        """
        A new file is a new entry, and a file that is gone leaves the table.
        """
        named = [name for floor in _floors() for name in sorted(floor)]
        files = {path.stem for path in PACKAGE.glob("*.py")} - {"__init__"}
        packages = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}

        assert sorted(named) == sorted(files | packages)

    def test_rises_as_the_contract_does(self) -> None:
        """
        Nothing on a floor stands below anything on a floor beneath it.
        """
        height = _layers()
        spans = [(min(h), max(h)) for h in ([height[n] for n in floor] for floor in _floors())]

        assert all(upper >= lower for (_, lower), (upper, _) in pairwise(spans))


class TestTheReference:
    """
    "Public names are in ``__all__`` ... and the reference page." -- STYLE
    """

    def test_has_every_public_name_once(self) -> None:
        """
        Each is among the members of exactly one page.
        """
        pages = (DOCS / "reference" / "api").glob("*.md")
        text = "\n".join(page.read_text(encoding="utf-8") for page in pages)
        members = re.findall(r":members: (.*)", text)
        named = [name.strip() for line in members for name in line.split(",")]
        named += re.findall(r"autodata:: rectiflow\.\S*?(\w+)$", text, re.MULTILINE)
        # This one module is documented whole.
        named += errors.__all__

        assert len(named) == len(set(named))
        assert set(rf.__all__) <= set(named)


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_links_of_pages_outside_docs_lead_somewhere(page: str) -> None:
    """
    Sphinx looks at the links under docs/ only.
    """
    targets = LINK.findall((ROOT / page).read_text(encoding="utf-8"))

    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_every_page_with_examples_is_collected() -> None:
    """
    What stands outside pytest's test paths is skipped in silence.
    """
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    paths = [ROOT / each for each in config["tool"]["pytest"]["ini_options"]["testpaths"]]
    pages = [*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *(ROOT / "examples").rglob("*.md")]
    with_examples = [page for page in pages if ">>> " in page.read_text(encoding="utf-8")]

    assert [
        page for page in with_examples if not any(page.is_relative_to(path) for path in paths)
    ] == []
