"""
The rows of a table that are none of the list: headings again, sums, notes, heads of sections.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .columns import Column, column_named

if TYPE_CHECKING:
    from .grids import Cell, Grid
    from .headings import Heading

__all__ = ["begun_in", "is_heading_again", "is_note", "notes", "stands_alone", "stands_apart"]

_NOTE = re.compile(r"(?:备\s*注|注|说明|填表|填报|制表|审核|联系人|联系电话|扫一扫|附件|第\d+页)")
_LABEL = re.compile(
    r"(?:备\s*注|注|说明|填\s*[表报]|制\s*表|审\s*[核批]|复核|签批|单位负责人|联系)[^:：]{0,8}[:：]"
)
_TOTAL = re.compile(r"(?:小|合|总|共)\s*计(?:[:：(（\s\d].*)?", re.DOTALL)
_SECTION = re.compile(
    r"[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|第[一二三四五六七八九十]{1,3}[章节部类]"
)


def begun_in(grid: Grid, row: int) -> list[Cell]:
    """
    List the cells with text that begin in a row.
    """
    seen = {id(cell): cell for cell in grid.places[row] if cell is not None}
    return [cell for cell in seen.values() if cell.text and cell.row == row]


def is_heading_again(own: list[Cell], headings: set[str]) -> bool:
    """
    Say whether a row repeats the headings, as tables that run over pages do.
    """
    return len(own) > 1 and all(
        cell.text in headings or column_named(cell.text) is not None for cell in own
    )


def is_note(heading: Heading, own: list[Cell]) -> bool:
    """
    Say whether a row sums up others, or says who filled in the table: 合计, 填报人：….
    """
    first, numbers = own[0], heading.of(Column.NUMBER)
    if _TOTAL.fullmatch(first.text):
        return first.column <= max((*numbers, *heading.of(Column.TASK)), default=0)
    # A number is none of these words; a task may well begin with one.
    pattern = _NOTE if numbers else _LABEL
    return first.column <= max(numbers, default=0) and pattern.match(first.text) is not None


def stands_alone(grid: Grid, heading: Heading, own: list[Cell]) -> bool:
    """
    Say whether the only words of a row head a section or note something, and are no row's.
    """
    if len(own) != 1 or grid.width == 1:
        return False
    (cell,) = own
    if any(
        each is not None and each.text and each.row < cell.row for each in grid.places[cell.row]
    ):
        return False
    if cell.columns > grid.width // 2:
        return True
    is_first = cell.column <= max(heading.of(Column.NUMBER), default=0)
    return is_first and (_NOTE.match(cell.text) or _SECTION.match(cell.text)) is not None


def stands_apart(words: str) -> bool:
    """
    Say whether a line of its own is a note or the head of a section, and goes on with no cell.
    """
    return (_NOTE.match(words) or _SECTION.match(words)) is not None


def notes(words: str) -> bool:
    """
    Say whether words that stand alone note something, and head no section.
    """
    return _NOTE.match(words) is not None
