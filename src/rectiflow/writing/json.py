"""
Lists to JSON text.
"""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING

from rectiflow.documents import list_to_plain
from rectiflow.reading.json import FORMAT

if TYPE_CHECKING:
    from rectiflow.lists import RectificationList

__all__ = ["embedded_json", "write_json"]

# JSON may hold these as they are, but a file cannot, or an editor ends the line there.
_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
# A spreadsheet's own escapes, such as _x0041_, begin so; it would undo them.
_ESCAPE_LIKE = re.compile("_(?=x)")


def write_json(rl: RectificationList) -> str:
    """
    Write a list as JSON: what its TOML holds, with days as texts and with the format's name.

    >>> from rectiflow.reading.load import load
    >>> print(write_json(load("yuhui-2020"))[:55])
    {
      "format": "rectiflow-list/1",
      "id": "yuhui-2020",
    """
    return _written(rl, indent=2) + "\n"


def embedded_json(rl: RectificationList) -> str:
    """
    Write a list as JSON on one line that any XML file can hold, a spreadsheet's among them.
    """
    return _escaped(_ESCAPE_LIKE, _written(rl))


def _written(rl: RectificationList, indent: int | None = None) -> str:
    data = {"format": FORMAT, **list_to_plain(rl)}
    separators = (",", ":" if indent is None else ": ")
    # Days are the only values of plain data that JSON lacks.
    text = json.dumps(
        data, ensure_ascii=False, indent=indent, separators=separators, default=date.isoformat
    )
    return _escaped(_UNSAFE, text)


def _escaped(what: re.Pattern[str], text: str) -> str:
    return what.sub(lambda match: f"\\u{ord(match.group()):04x}", text)
