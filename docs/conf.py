"""
How the documentation is built: ``make docs``.
"""

from pathlib import Path

from babel.messages.pofile import read_po

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

# What the codes of each kind are said of, in the order of the page.
_KINDS = {
    "refused": "Reasons of a refused move or fact: `refusal.codes`.",
    "error": "Errors: `error.code`. With one more part: a part or another wording of the sentence.",
    "problem": "Problems of a document, each with its place: `error.problems`.",
    "table": "Problems of a table of moves: `BadTableError.problems`.",
    "doubt": "What a text leaves unclear: `doubt.code`.",
    "unresolved": "Why a milestone has no verdict yet: `verdict.reason`.",
    "trace": "Steps from a rule to its day: `step.code`.",
}


def _catalogue(lang: str) -> dict[str, str]:
    root = Path(__file__).parents[1] / "src" / "rectiflow" / "locale"
    with (root / lang / "LC_MESSAGES" / "rectiflow.po").open("rb") as file:
        entries = [each for each in read_po(file, locale=lang) if each.id]
    # Of an entry with several forms the last one is shown, which is English's plural.
    return {
        _last(each.id, first=True): _last(each.string).replace("|", "\\|").replace("\n", " ")
        for each in entries
    }


def _last(forms: object, *, first: bool = False) -> str:
    if isinstance(forms, (tuple, list)):
        return str(forms[0 if first else -1])
    return str(forms)


def _write_codes(_app: object) -> None:
    """
    Write the page of message codes from the catalogues, so that no sentence is typed twice.
    """
    zh, en = _catalogue("zh"), _catalogue("en")
    lines = [
        "# Message codes",
        "",
        "A code keeps its meaning from version to version. The sentences may change, and what",
        "stands in braces are the facts that come with the code.",
    ]
    for kind, said_of in _KINDS.items():
        lines += [
            "",
            f"## `{kind}`",
            "",
            said_of,
            "",
            "| code | Chinese | English |",
            "|---|---|---|",
        ]
        lines += [
            f"| `{code}` | {zh[code]} | {en[code]} |"
            for code in sorted(en)
            if code.partition(".")[0] == kind
        ]
    page = Path(__file__).parent / "reference" / "codes.md"
    page.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _write_laws(_app: object) -> None:
    """
    Write a page for every family of laws from the laws themselves.
    """
    from rectiflow.messages import Message  # noqa: PLC0415 -- only where the pages are built
    from rectiflow.testing.laws.families import FAMILIES, family_named  # noqa: PLC0415 -- as above

    folder = Path(__file__).parent / "reference" / "laws"
    folder.mkdir(exist_ok=True)
    for name in FAMILIES:
        family = family_named(name)
        lines = [f"# {Message.of(f'law.family.{name}').text('en')}", ""]
        offered = (family.parts or {}).items()
        needed = [f"`{part}`" for part, what in offered if what.required]
        optional = [f"`{part}`" for part, what in offered if not what.required]
        if needed:
            lines += [f"A thing under test offers {', '.join(needed)}.", ""]
        if optional:
            lines += [f"Tried if it is there: {', '.join(optional)}.", ""]
        for law in family:
            lines += [
                f"## `{law.id}`",
                "",
                f"{law.says.text('en')} {law.says.text('zh')}",
                "",
                f"- **The usual mistake**: {law.catches.text('en')} {law.catches.text('zh')}",
                f"- **Rests on**: {law.source}",
                f"- **Edition**: {law.edition}",
            ]
            if law.asks:
                lines.append(f"- **Asks for**: {', '.join(f'`{each}`' for each in law.asks)}")
            if law.shares:
                lines.append(
                    "- **Proves little unless**: "
                    + ", ".join(
                        f"{each.least:.0%} of its cases "
                        + Message.of(f"law.share.{each.name}").text("en")
                        for each in law.shares
                    )
                )
            lines.append("")
        (folder / f"{name}.md").write_text("\n".join(lines), encoding="utf-8")


def setup(app: object) -> None:
    """
    Have the generated pages written before the others are read.
    """
    for write in (_write_codes, _write_laws):
        app.connect("builder-inited", write)  # type: ignore[attr-defined]  # Sphinx's own object
