"""
TOML text to plain data.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rectiflow.problems import BadDocumentError, Problem

if TYPE_CHECKING:
    import os

__all__ = ["read_toml", "read_toml_file"]

_WHERE = re.compile(
    r"^(?P<why>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$",
    re.DOTALL,
)


def read_toml(text: str, document: str = "") -> dict[str, Any]:
    """
    Read TOML.

    Args:
        text: The whole text.
        document: Its file name, for the error.

    Raises:
        BadDocumentError: With the one place where it stops being TOML.

    >>> read_toml('id = "a"')
    {'id': 'a'}
    """
    import tomllib  # noqa: PLC0415 -- only when a document is read

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problem = _syntax_problem(str(error), text)
    except RecursionError:
        problem = Problem.of("", "problem.too-deep")
    raise BadDocumentError((problem,), document)


def read_toml_file(path: str | os.PathLike[str]) -> dict[str, Any]:
    """
    Read a TOML file; a byte order mark, which some editors put in, is passed over.

    Raises:
        BadDocumentError: If it is not UTF-8 or not TOML.
        OSError: If the file cannot be read.
    """
    content = Path(path).read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        place = f"line {line}"
        problem = Problem.of(place, "problem.not-utf-8", content[error.start : error.end])
        raise BadDocumentError((problem,), str(path)) from None
    return read_toml(text, str(path))


def _syntax_problem(message: str, text: str) -> Problem:
    match = _WHERE.match(message)
    why = message if match is None else match["why"]
    if match is not None and match["line"] is not None:
        line, column = match["line"], match["column"]
    else:
        # tomllib gives no numbers for the end of the text.
        lines = text.split("\n")
        line, column = str(len(lines)), str(len(lines[-1]) + 1)
    return Problem.of(f"line {line}, column {column}", "problem.toml-syntax", None, why=why)
