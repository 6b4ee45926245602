"""
How the documentation is built: ``make docs``.
"""

import sys
from pathlib import Path

from babel.messages.pofile import read_po

sys.path.insert(0, str(Path(__file__).parent))

project = "rectiflow"
author = "The rectiflow authors"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "rectiflow"
language = "en"

# Docstrings follow Google's section names, with two of our own.
napoleon_numpy_docstring = False
napoleon_custom_sections = ["Unit", "Source"]
napoleon_use_ivar = True
autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_format = "short"
autodoc_default_options = {"members": True, "show-inheritance": True}
myst_heading_anchors = 3
# A code block without a language is a shell line or a file, and is left as it is.
highlight_language = "none"
# The parameters of attrs classes are named in their docstrings already.
suppress_warnings = ["ref.python", "myst.xref_missing"]


def _write_codes(_app: object) -> None:
    """
    Write the page of message codes from the catalogues, so that no sentence is typed twice.
    """
    source = Path(__file__).parents[1] / "src" / "rectiflow" / "locale"
    found = {}
    for lang in ("zh", "en"):
        with (source / lang / "LC_MESSAGES" / "rectiflow.po").open("rb") as file:
            found[lang] = read_po(file, locale=lang)
    lines = [
        "# Message codes",
        "",
        "Every refusal, problem, doubt, error and step of an explanation has a code that does not",
        "change its meaning. The sentences may.",
        "",
        "| code | Chinese | English |",
        "|---|---|---|",
    ]
    coded = {
        each.id if isinstance(each.id, str) else each.id[0]: each for each in found["en"] if each.id
    }
    for code, entry in sorted(coded.items()):
        if code.partition(".")[0] in {
            "error",
            "refused",
            "problem",
            "doubt",
            "trace",
            "unresolved",
        }:
            texts = (found["zh"].get(code).string, entry.string)
            last = (each if isinstance(each, str) else each[-1] for each in texts)
            cells = " | ".join(text.replace("|", "\\|") for text in last)
            lines.append(f"| `{code}` | {cells} |")
    page = Path(__file__).parent / "reference" / "codes.md"
    page.write_text("\n".join(lines) + "\n", encoding="utf-8")


def setup(app: object) -> None:
    """
    Have the generated page written before the others are read.
    """
    app.connect("builder-inited", _write_codes)  # type: ignore[attr-defined]  # Sphinx's own object
