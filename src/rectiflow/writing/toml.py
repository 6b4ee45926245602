"""
Lists and rosters to TOML text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectiflow.documents import list_to_plain, roster_to_plain

if TYPE_CHECKING:
    from rectiflow.lists import RectificationList
    from rectiflow.rosters import Roster

__all__ = ["write_roster_toml", "write_toml"]


def write_toml(rl: RectificationList) -> str:
    """
    Write a list as the TOML that :func:`rectiflow.load` reads back to an equal list.

    Comments of the file it was read from are not kept.
    """
    return _written(list_to_plain(rl))


def write_roster_toml(roster: Roster) -> str:
    """
    Write a roster as the TOML that :func:`rectiflow.load_roster` reads back.
    """
    return _written(roster_to_plain(roster))


def _written(data: dict[str, Any]) -> str:
    import tomli_w  # noqa: PLC0415 -- only when a document is written

    text = tomli_w.dumps(data)
    # A text of several lines reads better over several lines, but TOML has no carriage return
    # in such a text, so that one would be lost.
    return text if "\\r" in text else tomli_w.dumps(data, multiline_strings=True)
