"""
One sheet of a workbook: its cells as it shows them, its merges, what it hides.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from rectiflow.problems import Problem

from .bounds import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, refusal
from .grids import Cell
from .number_formats import GENERAL, shown
from .sheet_places import Covered, Shown, place_of, reference_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectiflow.problems import BadDocumentError

__all__ = ["Known", "Sheet", "is_true", "whole"]

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_CONTROL = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f]")
_LINE_ENDS = re.compile(r"\r\n?|\n")
_NUMBER = re.compile("[0-9]{1,9}", re.ASCII)
_MOST_MERGED_ROWS = 500_000
_TRUE = frozenset({"1", "true", "on"})


@attrs.frozen
class Known:
    """
    What all sheets of a workbook share.

    Attributes:
        document: The file's name, for errors.
        texts: The texts that cells refer to by number.
        formats: The number formats that cells refer to by number.
        since_1904: Whether days are counted from 1904.
    """

    document: str
    texts: list[str]
    formats: list[str]
    since_1904: bool


class Sheet:
    """
    Hears a sheet and collects its cells; rows and columns count from 0.

    Attributes:
        problems: The formulas found.
    """

    def __init__(self, name: str, known: Known) -> None:
        """
        Begin with no cell.

        Args:
            name: The sheet's name.
            known: What all sheets share.
        """
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
        """
        Hear of an element that begins.
        """
        if name == "x:c":
            self._start_cell(attributes)
        elif name == "x:v" or (name == "x:t" and not self._is_reading):
            self._takes = self._pieces
        elif name == "x:f":
            self._takes = self._formula = []
        elif name == "x:row":
            written = attributes.get("r")
            self._row = self._row + 1 if written is None else whole(written) - 1
            self._column = -1
            if is_true(attributes.get("hidden")):
                self._hidden_rows.add(self._row)
        elif name == "x:rPh":
            self._is_reading = True
        elif name == "x:mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "x:col" and is_true(attributes.get("hidden")):
            first, last = whole(attributes.get("min")), whole(attributes.get("max"))
            self._hidden_columns.update(range(first - 1, min(last, MOST_COLUMNS)))

    def end(self, name: str) -> None:
        """
        Hear of an element that ends.
        """
        if name in {"x:v", "x:t", "x:f"}:
            self._takes = None
        elif name == "x:rPh":
            self._is_reading = False
        elif name == "x:c":
            self._end_cell()
        elif name == "x:worksheet":
            self._finish()

    def text(self, text: str) -> None:
        """
        Hear of text.
        """
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
        rows = Shown(self._hidden_rows)
        columns = Shown(self._hidden_columns)
        merged = {(top, left): (bottom, right) for top, left, bottom, right in self._merges}
        covered = self._covered()
        cells: list[Cell] = []
        for row, column in sorted(self._found.keys() | merged.keys()):
            if (row, column) not in merged and (row, column) in covered:
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

    @property
    def hidden(self) -> list[str]:
        """
        The words of the first of each run of hidden rows, and the first of each hidden column.
        """
        rows: dict[int, list[str]] = {}
        columns: dict[int, str] = {}
        if self._hidden_rows or self._hidden_columns:
            for (row, column), text in sorted(self._found.items()):
                if row in self._hidden_rows:
                    rows.setdefault(row, []).append(_cleaned(text))
                elif column in self._hidden_columns:
                    columns.setdefault(column, _cleaned(text))
        runs = [" ".join(words) for row, words in rows.items() if row - 1 not in rows]
        return [words for words in (*runs, *columns.values()) if words]

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        written = attributes.get("r")
        if written is None:
            self._column += 1
        else:
            self._row, self._column = self._parsed(written)
        self._type = attributes.get("t", "n")
        style, formats = whole(attributes.get("s", "0")), self._known.formats
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
            number = whole(value.strip(), -1)
            if not 0 <= number < len(self._known.texts):
                raise self._refusal(self._row, self._column, "problem.missing-text", value)
            return _unescaped(self._known.texts[number])
        if self._type == "b":
            return "TRUE" if is_true(value) else "FALSE"
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

    def _covered(self) -> Covered:
        covered = Covered()
        height = 0
        for top, left, bottom, right in self._merges:
            height += bottom - top + 1
            if height > _MOST_MERGED_ROWS:
                raise self._refusal(top, left, "problem.too-many-cells", most=MOST_CELLS)
            if not covered.add(top, left, bottom, right):
                raise self._refusal(top, left, "problem.merges-overlap")
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
        place = place_of(written)
        if place is None:
            raise refusal(self._known.document, self._name, "problem.bad-reference", written)
        return place

    def _place(self, row: int, column: int) -> str:
        return f"{self._name}!{reference_of(row, column)}"

    def _refusal(
        self, row: int, column: int, code: str, value: object = None, /, **facts: object
    ) -> BadDocumentError:
        return refusal(self._known.document, self._place(row, column), code, value, **facts)


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _cleaned(text: str) -> str:
    return _CONTROL.sub("", _LINE_ENDS.sub("\n", text)).strip()


def whole(written: str | None, otherwise: int = 0) -> int:
    """
    Read a whole number of at most nine digits; *otherwise* if it is none.
    """
    return int(written) if written and _NUMBER.fullmatch(written) else otherwise


def is_true(written: str | None) -> bool:
    """
    Say whether an attribute says yes, in any of the ways in which it may.
    """
    return written in _TRUE
