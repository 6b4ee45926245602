"""
Lists and rosters by name or path.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from rectiflow.documents import list_from_plain, roster_from_plain
from rectiflow.errors import InvalidValueError, UnknownNameError

from .toml import read_toml_file

if TYPE_CHECKING:
    from rectiflow.lists import RectificationList
    from rectiflow.rosters import Roster

__all__ = ["bundled_lists", "bundled_rosters", "load", "load_roster"]

_DATA = Path(__file__).parent.with_name("data")
_ROSTER = "-roster"


def load(name_or_path: str | os.PathLike[str]) -> RectificationList:
    """
    Load a list: a bundled one by its name, any other by the path of its TOML file.

    Raises:
        BadDocumentError: With every problem of the file.
        UnknownNameError: If there is neither a bundled list nor a file of that name.

    >>> load("yuhui-2020").issued
    datetime.date(2020, 6, 17)
    """
    path = _path("list", name_or_path, bundled_lists(), "")
    return list_from_plain(read_toml_file(path), str(path))


def load_roster(name_or_path: str | os.PathLike[str], *, doubtful: bool = False) -> Roster:
    """
    Load a roster: a bundled one by the name of its list, any other by the path of its file.

    Args:
        name_or_path: Which.
        doubtful: Whether members marked as doubtful are kept.

    Raises:
        BadDocumentError: With every problem of the file.
        UnknownNameError: If there is neither a bundled roster nor a file of that name.

    >>> [len(load_roster("yuhui-2020", doubtful=d).members) for d in (False, True)]
    [7, 8]
    """
    path = _path("roster", name_or_path, bundled_rosters(), _ROSTER)
    roster = roster_from_plain(read_toml_file(path), str(path))
    return roster if doubtful else roster.without_doubtful()


def bundled_lists() -> tuple[str, ...]:
    """
    Name the lists that come with the library.
    """
    stems = (path.stem for path in sorted(_DATA.glob("*.toml")))
    return tuple(stem for stem in stems if not stem.endswith(_ROSTER))


def bundled_rosters() -> tuple[str, ...]:
    """
    Name the lists whose rosters come with the library.
    """
    return tuple(path.stem.removesuffix(_ROSTER) for path in sorted(_DATA.glob(f"*{_ROSTER}.toml")))


def _path(kind: str, given: str | os.PathLike[str], bundled: tuple[str, ...], suffix: str) -> Path:
    if isinstance(given, str) and given in bundled:
        return _DATA / f"{given}{suffix}.toml"
    if not isinstance(given, (str, os.PathLike)):
        raise InvalidValueError("name_or_path", given, "a bundled name or the path of a file")
    path = Path(given)
    if not path.is_file():
        raise UnknownNameError.among(kind, os.fspath(given), bundled)
    return path
