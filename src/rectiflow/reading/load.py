"""
Lists and rosters by name or path.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from rectiflow.documents import list_from_plain, roster_from_plain
from rectiflow.errors import InvalidValueError, UnknownNameError
from rectiflow.moments import check_day

from .columns import Column
from .json import read_json
from .toml import read_toml_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from rectiflow.lists import RectificationList
    from rectiflow.rosters import Roster

__all__ = ["bundled_lists", "bundled_rosters", "load", "load_roster"]

_DATA = Path(__file__).parent.with_name("data")
_ROSTER = "-roster"


def load(
    name_or_path: str | os.PathLike[str],
    *,
    issued: date | None = None,
    columns: Sequence[str] | None = None,
) -> RectificationList:
    """
    Load a list: a bundled one by its name, any other by the path of its file.

    TOML and JSON hold a list as it is; a web page, a Word or Excel file or plain text is read:
    its table is found by its headings, its cells by what officials write, and what cannot be
    decided is doubted.

    Args:
        name_or_path: Which.
        issued: The day of issue, for a file that does not tell it, or tells another.
        columns: What each column of the table holds, left to right, where its headings do not
            tell: ``"number"``, ``"task"``, ``"problems"``, ``"measures"``, ``"requirement"``,
            ``"limit"``, ``"units"``, ``"lead"``, ``"support"``, ``"persons"`` or ``"other"``.

    Raises:
        BadDocumentError: With every problem of the file.
        UnknownNameError: If there is neither a bundled list nor a file of that name.
        MissingExtraError: If ``rectiflow[files]`` is needed to read it and not installed.

    >>> load("yuhui-2020").issued
    datetime.date(2020, 6, 17)
    """
    path = _path("list", name_or_path, bundled_lists(), "")
    if issued is not None:
        check_day("issued", issued)
    for each in columns or ():
        if each not in tuple(Column):
            raise InvalidValueError("columns", each, "one of " + ", ".join(Column))
    if path.suffix.lower() == ".toml" and issued is None and columns is None:
        # What is named so and is not is told what is wrong with it as TOML.
        return list_from_plain(read_toml_file(path), str(path))
    return _read(path, issued, columns)


def _read(path: Path, issued: date | None, columns: Sequence[str] | None) -> RectificationList:
    from .encodings import decoded  # noqa: PLC0415 -- only for files of other forms
    from .formats import Form, check_size, form_of  # noqa: PLC0415 -- only for files of other forms

    check_size(path)
    content, document = path.read_bytes(), str(path)
    form = form_of(content, document)
    if form in {Form.TOML, Form.JSON}:
        is_json = form is Form.JSON
        data = read_json(decoded(content, document), document) if is_json else read_toml_file(path)
        rl = list_from_plain(data, document)
        return rl if issued is None else attrs.evolve(rl, issued=issued)
    from .embedded import embedded_list  # noqa: PLC0415 -- as above
    from .listing import list_from_page  # noqa: PLC0415 -- as above
    from .pages import page_of  # noqa: PLC0415 -- as above

    page = page_of(content, form, document)
    written = None if issued or columns else embedded_list(page, document)
    if written is not None:
        return written
    return list_from_page(page, path.stem, document, issued=issued, columns=columns)


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
