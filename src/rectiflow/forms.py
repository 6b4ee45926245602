"""
A list laid out as the official form: its words, and which cells of the table are merged.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import attrs

from .errors import InvalidValueError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .lists import RectificationList, Row

__all__ = ["HEADINGS", "FormCell", "ListForm", "check_printable", "form_of_list"]

HEADINGS = ("序号", "重点任务", "主要问题", "完成时限及要求", "责任单位")
"""The headings of the official form, one a column; 重点任务 may stand over two."""

# How many Chinese characters go on a line of each column, as A4 lying down has room for.
_WIDTHS = (3, 9, 22, 18, 16)
_SIX_WIDTHS = (3, 6, 8, 19, 17, 15)
_NUMBERED = re.compile(r"([0-9]+)(?:\.[0-9]+)?")
_LINE_END = re.compile(r"\r\n?")
# What XML 1.0 has no way to write down, not even as an escape.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class FormCell(NamedTuple):
    """
    A cell of the form's table; a merged one stands for every place it covers.

    Attributes:
        text: Its text as printed, its lines parted by a newline alone.
        row: The row of its upper left place, counted from 0, which is the row of headings.
        column: The column of its upper left place, counted from 0.
        rows: How many rows it covers, at least 1.
        columns: How many columns it covers, at least 1.
    """

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@attrs.frozen(kw_only=True)
class ListForm:
    """
    A list as the official form shows it.

    Attributes:
        title: Over everything.
        head: The paragraphs between title and table: the issuer, the day of issue as printed,
            the words of the covering letter; each only where there is one.
        cells: The table's cells by row and column, the headings first; together they cover
            every place of the table once.
        rows: How many rows the table has, the one of headings included.
        widths: How many Chinese characters go on a line of each column, left to right.
    """

    title: str
    head: tuple[str, ...]
    cells: tuple[FormCell, ...]
    rows: int
    widths: tuple[int, ...]

    @property
    def headings(self) -> tuple[str, ...]:
        """
        The words over the columns.
        """
        return tuple(cell.text for cell in self.cells if cell.row == 0)

    @property
    def columns(self) -> int:
        """
        How many columns there are: five, or six where key tasks have subtasks.
        """
        return len(self.widths)


def form_of_list(rl: RectificationList) -> ListForm:
    """
    Lay a list out as the official form, with every text as printed.

    A key task's number and name are merged over the rows that follow one another with both;
    a unit cell over the rows that follow at once and inherit from it.  A row that inherits
    from farther away has the names printed again.  An id that is neither ``"4"`` nor
    ``"4.2"`` stands under 序号 as it is.
    """
    rows = tuple(rl.rows.values())
    is_six = any(row.subtask for row in rows)
    cells = [*_headings(is_six=is_six)]
    for first, group in _key_tasks(rows):
        cells += _task_cells(first, group, is_six=is_six)
    last = 5 if is_six else 4
    for n, row in enumerate(rows, 1):
        cells.append(FormCell(row.problems.printed, n, last - 2))
        cells.append(FormCell(row.requirement.text.printed, n, last - 1))
    cells += (FormCell(text, n, last, count) for n, count, text in _unit_cells(rl, rows))
    head = (rl.issuer, rl.dateline and rl.dateline.printed, rl.preamble and rl.preamble.printed)
    return ListForm(
        title=_with_newlines(rl.title),
        head=tuple(_with_newlines(text) for text in head if text and text.strip()),
        cells=tuple(
            cell._replace(text=_with_newlines(cell.text))
            for cell in sorted(cells, key=lambda cell: (cell.row, cell.column))
        ),
        rows=len(rows) + 1,
        widths=_SIX_WIDTHS if is_six else _WIDTHS,
    )


def check_printable(function: str, rl: RectificationList, longest: int | None = None) -> None:
    """
    Refuse a list of which some text that the form shows cannot stand in a file.

    Args:
        function: Who asks, for the error.
        rl: The list.
        longest: How many UTF-16 code units a text may have, included; ``None`` for no limit.

    Raises:
        InvalidValueError: Naming the row and the field: for a control character or half a
            surrogate pair, which XML cannot hold, or a text that is too long.
    """
    for place, text in _shown(rl):
        field = f"{function}({place})"
        bad = _UNPRINTABLE.search(text)
        if bad is not None:
            raise InvalidValueError(field, bad.group(), "no control character: XML holds none")
        # A spreadsheet counts as UTF-16 does, in which a rare character is two.
        length = len(text.encode("utf-16-le")) // 2
        if longest is not None and length > longest:
            expected = f"a text of at most {longest:,} characters, the most a cell holds"
            raise InvalidValueError(field, f"{text[:20]}… ({length:,} characters)", expected)


def _with_newlines(text: str) -> str:
    # Cells and paragraphs of a file know one line end.
    return _LINE_END.sub("\n", text)


def _headings(*, is_six: bool) -> Iterator[FormCell]:
    column = 0
    for text in HEADINGS:
        columns = 2 if is_six and text == "重点任务" else 1
        yield FormCell(text, 0, column, 1, columns)
        column += columns


def _number(row: Row) -> str:
    match = _NUMBERED.fullmatch(row.id)
    return row.id if match is None else match[1]


def _key_tasks(rows: Sequence[Row]) -> Iterator[tuple[int, list[Row]]]:
    """
    Part rows into key tasks, each with the form's row at which it begins.
    """
    group: list[Row] = []
    for n, row in enumerate(rows, 1):
        if group and (_number(row), row.task) != (_number(group[-1]), group[-1].task):
            yield n - len(group), group
            group = []
        group.append(row)
    if group:
        yield len(rows) + 1 - len(group), group


def _task_cells(first: int, group: Sequence[Row], *, is_six: bool) -> Iterator[FormCell]:
    yield FormCell(_number(group[0]), first, 0, len(group))
    is_parted = any(row.subtask for row in group)
    yield FormCell(group[0].task, first, 1, len(group), 2 if is_six and not is_parted else 1)
    if is_parted:
        yield from (FormCell(row.subtask, n, 2) for n, row in enumerate(group, first))


def _unit_cells(rl: RectificationList, rows: Sequence[Row]) -> Iterator[tuple[int, int, str]]:
    """
    Give each unit cell's first row in the form, how many it covers, and its text.
    """
    first = 0
    while first < len(rows):
        count, source = 1, rows[first].id
        while first + count < len(rows) and rows[first + count].inherited_from == source:
            count += 1
        yield first + 1, count, _unit_text(rl, rows[first])
        first += count


def _unit_text(rl: RectificationList, row: Row) -> str:
    origin = row if row.inherited_from is None else rl.rows[row.inherited_from]
    if origin.unit_cell is not None:
        return origin.unit_cell.printed
    return "、".join(each.printed for each in origin.responsibilities)


def _shown(rl: RectificationList) -> Iterator[tuple[str, str]]:
    yield "title", rl.title
    yield "issuer", rl.issuer
    yield "dateline", "" if rl.dateline is None else rl.dateline.printed
    yield "preamble", "" if rl.preamble is None else rl.preamble.printed
    for row in rl.rows.values():
        place = f"rows[{row.id!r}]"
        yield f"{place}.id", row.id
        yield f"{place}.task", row.task
        yield f"{place}.subtask", row.subtask
        yield f"{place}.problems", row.problems.printed
        yield f"{place}.requirement", row.requirement.text.printed
        yield f"{place}.responsibilities", _unit_text(rl, row)
