"""
XLSX to tables: every cell as the sheet shows it, text for text.

The sheets are read as a stream and not through openpyxl, which makes a cell of every place
that a merge or a link names (five gigabytes for one far corner) and gives up at styles that
other programs pass over.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

import attrs

from rectiflow.problems import BadDocumentError, Problem

from .archives import opened
from .bounds import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, refusal
from .grids import Cell, Grid, Page
from .laying import Layer
from .number_formats import BUILT_IN, GENERAL, shown
from .xml_parts import main_part, read_part, relations

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .archives import Archive

__all__ = ["EMBEDDED_SHEET", "read_xlsx"]

EMBEDDED_SHEET = "rectiflow"

_Targets = dict[str, tuple[str, str]]

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})", re.ASCII)
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_CONTROL = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f]")
_LINE_ENDS = re.compile(r"\r\n?|\n")
_NUMBER = re.compile("[0-9]{1,9}", re.ASCII)
_MOST_MERGED_ROWS = 500_000
_TRUE = frozenset({"1", "true", "on"})


def read_xlsx(content: bytes, document: str) -> Page:
    """
    Read a workbook: its visible sheets, each a table with its merged cells.

    Hidden sheets, rows and columns are not read.  Numbers and days are written as their number
    formats show them.  A formula is refused: the value beside it may be out of date.

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
    for sheet in book.sheets:
        reader = _read_sheet(archive, targets, sheet, known)
        if reader is None:
            continue
        if sheet.is_hidden:
            embedded = reader.first_column
            continue
        problems += reader.problems
        grids.append(layer.grid(sheet.name, reader.cells))
    if problems:
        raise BadDocumentError(tuple(problems), document)
    return Page(blocks=tuple(grid for grid in grids if grid), embedded=embedded)


def _known(archive: Archive, targets: _Targets, *, since_1904: bool) -> _Known:
    texts, formats = _Texts(), _Formats()
    for kind, name in targets.values():
        if kind == "sharedStrings":
            read_part(archive, name, texts)
        elif kind == "styles":
            read_part(archive, name, formats)
    return _Known(archive.document, texts.found, formats.found, since_1904)


def _read_sheet(
    archive: Archive, targets: _Targets, sheet: _SheetEntry, known: _Known
) -> _Sheet | None:
    if sheet.is_hidden and sheet.name != EMBEDDED_SHEET:
        return None
    kind, name = targets.get(sheet.relation, ("", ""))
    if not kind:
        raise refusal(archive.document, sheet.name, "problem.missing-part")
    if kind != "worksheet":
        return None  # A sheet that is one big chart has no cells.
    reader = _Sheet(sheet.name, known)
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
            self.since_1904 = attributes.get("date1904") in _TRUE
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
            self._own[_whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "x:cellXfs":
            self._is_of_cells = True
        elif name == "x:xf" and self._is_of_cells:
            number = _whole(attributes.get("numFmtId"))
            self.found.append(self._own.get(number) or BUILT_IN.get(number, GENERAL))

    def end(self, name: str) -> None:
        if name == "x:cellXfs":
            self._is_of_cells = False

    def text(self, text: str) -> None:
        pass


@attrs.frozen
class _Known:
    document: str
    texts: list[str]
    formats: list[str]
    since_1904: bool


class _Sheet:
    """
    Hears a sheet and collects its cells; rows and columns count from 0.
    """

    def __init__(self, name: str, known: _Known) -> None:
        self.problems: list[Problem] = []
        self._name = name
        self._known = known
        self._found: dict[tuple[int, int], str] = {}
        self._merges: list[tuple[int, int, int, int]] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._formulas: dict[tuple[int, int], str] = {}
        self._row = -1
        self._column = -1
        self._type = self._format = ""
        self._pieces: list[str] = []
        self._formula: list[str] | None = None
        self._takes: list[str] | None = None
        self._is_reading = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "x:c":
            self._start_cell(attributes)
        elif name == "x:v" or (name == "x:t" and not self._is_reading):
            self._takes = self._pieces
        elif name == "x:f":
            self._takes = self._formula = []
        elif name == "x:row":
            written = attributes.get("r")
            self._row = self._row + 1 if written is None else _whole(written) - 1
            self._column = -1
            if attributes.get("hidden") in _TRUE:
                self._hidden_rows.add(self._row)
        elif name == "x:rPh":
            self._is_reading = True
        elif name == "x:mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "x:col" and attributes.get("hidden") in _TRUE:
            first, last = _whole(attributes.get("min")), _whole(attributes.get("max"))
            self._hidden_columns.update(range(first - 1, min(last, MOST_COLUMNS)))

    def end(self, name: str) -> None:
        if name in {"x:v", "x:t", "x:f"}:
            self._takes = None
        elif name == "x:rPh":
            self._is_reading = False
        elif name == "x:c":
            self._end_cell()
        elif name == "x:worksheet":
            self._finish()

    def text(self, text: str) -> None:
        if self._takes is not None:
            self._takes.append(text)

    @property
    def first_column(self) -> str:
        """
        All that stands in column A, joined.
        """
        return "".join(text for (_, column), text in sorted(self._found.items()) if column == 0)

    @property
    def cells(self) -> list[Cell]:
        """
        The cells that are not hidden, as if what is hidden were not there.
        """
        rows = _Shown(self._hidden_rows)
        columns = _Shown(self._hidden_columns)
        merged = {(top, left): (bottom, right) for top, left, bottom, right in self._merges}
        covered = self._covered()
        cells: list[Cell] = []
        for row, column in sorted(self._found.keys() | merged.keys()):
            if (row, column) not in merged and covered[row * MOST_COLUMNS + column]:
                continue  # What a merge hides.
            bottom, right = merged.get((row, column), (row, column))
            height, width = rows.count(row, bottom), columns.count(column, right)
            if height and width:
                cells.append(
                    Cell(
                        text=_cleaned(self._found.get((row, column), "")),
                        place=self._place(row, column),
                        row=rows.before(row),
                        column=columns.before(column),
                        rows=height,
                        columns=width,
                    )
                )
        return cells

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        written = attributes.get("r")
        if written is None:
            self._column += 1
        else:
            self._row, self._column = self._parsed(written)
        self._type = attributes.get("t", "n")
        style = _whole(attributes.get("s", "0"))
        formats = self._known.formats
        self._format = formats[style] if style < len(formats) else GENERAL
        self._pieces = []
        self._formula = None

    def _end_cell(self) -> None:
        place = (self._row, self._column)
        if self._formula is not None:
            self._check(*place)
            self._formulas[place] = "=" + "".join(self._formula)
        elif text := self._written("".join(self._pieces)):
            self._check(*place)
            self._found[place] = text
            if len(self._found) > MOST_CELLS:
                raise self._refusal(*place, "problem.too-many-cells", most=MOST_CELLS)

    def _written(self, value: str) -> str:
        if self._type == "s" and value:
            number = _whole(value.strip(), -1)
            if not 0 <= number < len(self._known.texts):
                raise self._refusal(self._row, self._column, "problem.missing-text", value)
            return _unescaped(self._known.texts[number])
        if self._type == "b":
            return "TRUE" if value in _TRUE else "FALSE"
        if self._type == "n" and value:
            return shown(value.strip(), self._format, since_1904=self._known.since_1904)
        return _unescaped(value)

    def _merge(self, written: str) -> None:
        first, _, last = written.partition(":")
        top, left = self._parsed(first)
        bottom, right = self._parsed(last or first)
        if bottom < top or right < left:
            raise refusal(self._known.document, self._name, "problem.bad-reference", written)
        self._check(bottom, right)
        self._merges.append((top, left, bottom, right))
        if len(self._merges) > MOST_CELLS:
            raise self._refusal(top, left, "problem.too-many-cells", most=MOST_CELLS)

    def _covered(self) -> bytearray:
        # One byte a place, however many merges the file claims.
        covered = bytearray(MOST_ROWS * MOST_COLUMNS)
        height = 0
        for top, left, bottom, right in self._merges:
            height += bottom - top + 1
            if height > _MOST_MERGED_ROWS:
                raise self._refusal(top, left, "problem.too-many-cells", most=MOST_CELLS)
            width = right - left + 1
            for row in range(top, bottom + 1):
                start = row * MOST_COLUMNS + left
                if covered.find(1, start, start + width) != -1:
                    raise self._refusal(top, left, "problem.merges-overlap")
                covered[start : start + width] = b"\x01" * width
        return covered

    def _finish(self) -> None:
        self.problems += [
            Problem.of(self._place(row, column), "problem.formula-cell", formula)
            for (row, column), formula in self._formulas.items()
            if row not in self._hidden_rows and column not in self._hidden_columns
        ]

    def _check(self, row: int, column: int) -> None:
        if row >= MOST_ROWS or column >= MOST_COLUMNS:
            facts = {"rows": MOST_ROWS, "columns": MOST_COLUMNS}
            raise self._refusal(row, column, "problem.far-cell", **facts)

    def _parsed(self, written: str) -> tuple[int, int]:
        match = _REFERENCE.fullmatch(written)
        if match is None or not int(match[2]):
            raise refusal(self._known.document, self._name, "problem.bad-reference", written)
        column = 0
        for letter in match[1].upper():
            column = column * 26 + ord(letter) - ord("A") + 1
        return int(match[2]) - 1, column - 1

    def _place(self, row: int, column: int) -> str:
        letters = ""
        column += 1
        while column:
            column, rest = divmod(column - 1, 26)
            letters = chr(ord("A") + rest) + letters
        return f"{self._name}!{letters}{row + 1}"

    def _refusal(
        self, row: int, column: int, code: str, value: object = None, /, **facts: object
    ) -> BadDocumentError:
        return refusal(self._known.document, self._place(row, column), code, value, **facts)


class _Shown:
    """
    Counts rows or columns without the hidden ones.
    """

    def __init__(self, hidden: Iterable[int]) -> None:
        self._hidden = sorted(hidden)

    def before(self, number: int) -> int:
        """
        Count those before *number*.
        """
        return number - bisect_left(self._hidden, number)

    def count(self, first: int, last: int) -> int:
        """
        Count those from *first* to *last*, both included.
        """
        return self.before(last + 1) - self.before(first)


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _cleaned(text: str) -> str:
    return _CONTROL.sub("", _LINE_ENDS.sub("\n", text)).strip()


def _whole(written: str | None, otherwise: int = 0) -> int:
    return int(written) if written and _NUMBER.fullmatch(written) else otherwise
