"""
The heading rows of a list's table, and what each column below them holds.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from .columns import ESSENTIAL, Column, bare_heading, column_named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .grids import Grid

__all__ = ["Heading", "find_heading", "heading_of"]

_BODIES = frozenset({Column.UNITS, Column.LEAD, Column.SUPPORT})
_TELLING = _BODIES | ESSENTIAL - {Column.TASK}
_NUMBER = Column.NUMBER
_FEWEST = 2
_LOOKED_AT = 30
# Below 责任单位 the second word is left out, which alone could stand in any cell.
_BELOW_UNITS = {
    **dict.fromkeys(("牵头", "主办", "主责"), Column.LEAD),
    **dict.fromkeys(("配合", "协办", "参与", "协同", "协助"), Column.SUPPORT),
    **dict.fromkeys(("责任", "单位名称", "名称", "部门"), Column.UNITS),
    **dict.fromkeys(("领导", "姓名", "负责人", "职务", "电话"), Column.PERSONS),
}
# Below 整改时限 too; when work begins is no deadline.
_BELOW_LIMIT = {
    **dict.fromkeys(("开始", "起始", "启动", "开始时间", "起始时间", "启动时间"), Column.OTHER),
    **dict.fromkeys(("完成", "结束", "截止", "结束时间"), Column.LIMIT),
}
_BELOW = {
    Column.UNITS: _BELOW_UNITS,
    Column.OTHER: _BELOW_UNITS,
    Column.LIMIT: _BELOW_LIMIT,
}
_NUMBERED = re.compile(r"[(（]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）.．、]?")


@attrs.frozen
class Heading:
    """
    The heading rows of a table.

    Attributes:
        columns: What each column holds; two neighbours may both be ``task``, the second the part.
        first: The first row below the headings.
        start: The first row of the headings.
        unknown: The positions whose heading tells nothing.
    """

    columns: tuple[Column, ...]
    first: int
    start: int = 0
    unknown: tuple[int, ...] = ()

    def of(self, column: Column) -> tuple[int, ...]:
        """
        Give the positions of a column.
        """
        return tuple(n for n, each in enumerate(self.columns) if each is column)


def find_heading(grid: Grid) -> Heading | None:
    """
    Find the heading rows of a table; ``None`` if it has none that tell a list.
    """
    for row in range(min(len(grid.places), _LOOKED_AT)):
        columns = heading_of([grid.text(row, column) for column in range(grid.width)])
        if columns is not None:
            first = row + 1
            # 责任单位 over 牵头 and 配合, or a heading that covers two rows.
            while first < len(grid.places) and _is_second_heading(grid, columns, first, row):
                columns = _refined(columns, grid, first)
                first += 1
            columns = _with_numbers(grid, columns, first)
            # The words over some of the headings begin where the tallest heading does.
            start = min(
                cell.row
                for cell in grid.places[row]
                if cell and column_named(cell.text) is not None
            )
            return Heading(columns, first, start, _unknown(grid, columns, start, first))
    return None


def _with_numbers(grid: Grid, columns: tuple[Column, ...], first: int) -> tuple[Column, ...]:
    """
    Take a first column of numbers for that of 序号 where nothing stands over it.
    """
    rows = range(first, len(grid.places))
    found = [text for row in rows if (text := grid.text(row, 0)) and not grid.is_inherited(row, 0)]
    is_unnamed = Column.NUMBER not in columns and not grid.text(first - 1, 0)
    if is_unnamed and found and all(_NUMBERED.fullmatch(text) for text in found):
        return (Column.NUMBER, *columns[1:])
    return columns


def _unknown(grid: Grid, columns: tuple[Column, ...], start: int, first: int) -> tuple[int, ...]:
    return tuple(
        n
        for n, column in enumerate(columns)
        if column is Column.OTHER
        and all(column_named(grid.text(row, n)) is not Column.OTHER for row in range(start, first))
    )


def heading_of(words: Sequence[str]) -> tuple[Column, ...] | None:
    """
    Tell the columns of a row of headings; ``None`` if it is none.
    """
    known = [column_named(each) for each in words]
    found = {each for each in known if each is not None}
    # A single one could stand in a text.
    if len(found) < _FEWEST or not found & ESSENTIAL or not found & _TELLING:
        return None
    named = sum(each is not None for each in known)
    filled = sum(bool(each.strip()) for each in words)
    if named * 2 < filled:
        return None
    # A second number, such as 问题编号 beside 序号, is said to be unread.
    number = next((word for word, each in zip(words, known, strict=True) if each is _NUMBER), "")
    return tuple(
        Column.OTHER if each is None or (each is _NUMBER and word != number) else each
        for word, each in zip(words, known, strict=True)
    )


def _is_second_heading(grid: Grid, columns: tuple[Column, ...], row: int, heading: int) -> bool:
    """
    Say whether a row belongs to the headings: one of them covers it, or names stand below 责任单位.
    """
    cells = grid.places[row]
    if any(cell and cell.row <= heading and column_named(cell.text) is not None for cell in cells):
        return True
    named = [
        (column, _named_below(column, cell.text))
        for column, cell in zip(columns, cells, strict=True)
        if cell is not None and cell.text
    ]
    below = {Column.UNITS, Column.OTHER}
    return len(named) >= _FEWEST and all(over in below and name for over, name in named)


def _named_below(over: Column, words: str) -> Column | None:
    below = _BELOW.get(over, {}).get(bare_heading(words))
    return column_named(words) if below is None else below


def _refined(columns: tuple[Column, ...], grid: Grid, row: int) -> tuple[Column, ...]:
    return tuple(
        column if grid.is_inherited(row, n) else (_named_below(column, grid.text(row, n)) or column)
        for n, column in enumerate(columns)
    )
