"""
XLSX to tables: every cell as the sheet shows it, text for text.

The sheets are read as a stream and not through openpyxl, which makes a cell of every place
that a merge or a link names (five gigabytes for one far corner) and gives up at styles that
other programs pass over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from rectiflow.problems import BadDocumentError, Problem

from .archives import opened
from .bounds import refusal
from .grids import Grid, Page
from .laying import Layer
from .number_formats import BUILT_IN, GENERAL
from .sheets import Known, Sheet, is_true, whole
from .xml_parts import main_part, read_part, relations

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .archives import Archive

__all__ = ["EMBEDDED_SHEET", "read_xlsx"]

EMBEDDED_SHEET = "rectiflow"

_Targets = dict[str, tuple[str, str]]


def read_xlsx(content: bytes, document: str) -> Page:
    """
    Read a workbook: its visible sheets, each a table with its merged cells.

    Hidden sheets, rows and columns are not read; which rows and columns is told.  Numbers and
    days are written as their number formats show them.  A formula is refused: the value beside
    it may be out of date.

    Args:
        content: The whole file.
        document: Its file name, for errors.

    Raises:
        BadDocumentError: With every formula; or if the file is damaged, made to mislead, or
            larger than a workbook may be.
    """
    archive = opened(content, document)
    main = main_part(archive)
    targets = relations(archive, main)
    book = _Book()
    read_part(archive, main, book)
    if not book.sheets:
        raise refusal(document, main, "problem.no-body")
    known = _known(archive, targets, since_1904=book.since_1904)
    layer = Layer(document)
    grids: list[Grid | None] = []
    problems: list[Problem] = []
    embedded: str | None = None
    hidden: list[str] = []
    for sheet in book.sheets:
        reader = _read_sheet(archive, targets, sheet, known)
        if reader is None:
            continue
        if sheet.is_hidden:
            embedded = reader.first_column
            continue
        problems += reader.problems
        hidden += reader.hidden
        grids.append(layer.grid(sheet.name, reader.cells))
    if problems:
        raise BadDocumentError(tuple(problems), document)
    shown = tuple(grid for grid in grids if grid)
    return Page(blocks=shown, embedded=embedded, hidden=tuple(hidden))


def _known(archive: Archive, targets: _Targets, *, since_1904: bool) -> Known:
    texts, formats = _Texts(), _Formats()
    for kind, name in targets.values():
        if kind == "sharedStrings":
            read_part(archive, name, texts)
        elif kind == "styles":
            read_part(archive, name, formats)
    return Known(archive.document, texts.found, formats.found, since_1904)


def _read_sheet(
    archive: Archive, targets: _Targets, sheet: _SheetEntry, known: Known
) -> Sheet | None:
    if sheet.is_hidden and sheet.name != EMBEDDED_SHEET:
        return None
    kind, name = targets.get(sheet.relation, ("", ""))
    if not kind:
        raise refusal(archive.document, sheet.name, "problem.missing-part")
    if kind != "worksheet":
        return None  # A sheet that is one big chart has no cells.
    reader = Sheet(sheet.name, known)
    read_part(archive, name, reader)
    return reader


@attrs.frozen
class _SheetEntry:
    name: str
    relation: str
    is_hidden: bool


class _Book:
    def __init__(self) -> None:
        self.sheets: list[_SheetEntry] = []
        self.since_1904 = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "x:workbookPr":
            self.since_1904 = is_true(attributes.get("date1904"))
        elif name == "x:sheet":
            is_hidden = attributes.get("state", "visible") != "visible"
            entry = _SheetEntry(attributes.get("name", ""), attributes.get("r:id", ""), is_hidden)
            self.sheets.append(entry)

    def end(self, name: str) -> None:
        pass

    def text(self, text: str) -> None:
        pass


class _Texts:
    def __init__(self) -> None:
        self.found: list[str] = []
        self._pieces: list[str] = []
        self._is_text = False
        self._is_reading = False  # A reading printed above the characters.

    def start(self, name: str, attributes: Mapping[str, str]) -> None:  # noqa: ARG002 -- a listener's form
        if name == "x:rPh":
            self._is_reading = True
        elif name == "x:t":
            self._is_text = not self._is_reading

    def end(self, name: str) -> None:
        if name == "x:t":
            self._is_text = False
        elif name == "x:rPh":
            self._is_reading = False
        elif name == "x:si":
            self.found.append("".join(self._pieces))
            self._pieces.clear()

    def text(self, text: str) -> None:
        if self._is_text:
            self._pieces.append(text)


class _Formats:
    def __init__(self) -> None:
        self.found: list[str] = []
        self._own: dict[int, str] = {}
        self._is_of_cells = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "x:numFmt":
            self._own[whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "x:cellXfs":
            self._is_of_cells = True
        elif name == "x:xf" and self._is_of_cells:
            number = whole(attributes.get("numFmtId"))
            self.found.append(self._own.get(number) or BUILT_IN.get(number, GENERAL))

    def end(self, name: str) -> None:
        if name == "x:cellXfs":
            self._is_of_cells = False

    def text(self, text: str) -> None:
        pass
