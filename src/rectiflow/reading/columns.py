"""
The columns of a list's table, told by their headings.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .grids import Grid

__all__ = [
    "ESSENTIAL",
    "IGNORED",
    "Column",
    "Heading",
    "column_named",
    "find_heading",
    "heading_of",
]


class Column(StrEnum):
    """
    What a column holds.
    """

    NUMBER = "number"
    """序号"""
    TASK = "task"
    """重点任务"""
    PROBLEMS = "problems"
    """主要问题"""
    MEASURES = "measures"
    """整改措施"""
    REQUIREMENT = "requirement"
    """完成时限及要求"""
    LIMIT = "limit"
    """完成时限"""
    UNITS = "units"
    """责任单位"""
    LEAD = "lead"
    """牵头单位"""
    SUPPORT = "support"
    """配合单位"""
    PERSONS = "persons"
    """责任人"""
    OTHER = "other"
    """备注 and what else a table has"""


_NAMES: dict[Column, tuple[str, ...]] = {
    Column.NUMBER: ("序号", "编号", "号", "序"),
    Column.TASK: (
        "重点任务",
        "任务",
        "工作任务",
        "主要任务",
        "重点工作",
        "工作内容",
        "任务名称",
        "事项",
        "工作事项",
        "整改事项",
        "项目",
        "任务分工",
        "目标任务",
        "整改任务",
        "整改目标",
        "类别",
        "重点内容",
        "工作项目",
        "任务内容",
        "具体任务",
    ),
    Column.PROBLEMS: (
        "主要问题",
        "问题",
        "存在问题",
        "存在的问题",
        "存在的主要问题",
        "反馈问题",
        "问题清单",
        "问题描述",
        "具体问题",
        "整改问题",
        "问题表现",
        "发现问题",
        "问题内容",
        "突出问题",
        "反馈意见",
        "问题及表现",
    ),
    Column.MEASURES: (
        "整改措施",
        "措施",
        "具体措施",
        "工作措施",
        "主要措施",
        "整改内容",
        "整改要求",
        "工作要求",
        "整改举措",
        "整改方案",
        "改进措施",
        "落实措施",
    ),
    Column.REQUIREMENT: (
        "完成时限及要求",
        "整改要求及时限",
        "整改时限及要求",
        "时限及要求",
        "完成时限和要求",
        "整改措施及完成时限",
        "整改措施及时限",
        "整改措施和时限",
        "工作要求及完成时限",
        "时限要求",
        "完成要求",
        "要求及时限",
    ),
    Column.LIMIT: (
        "完成时限",
        "整改时限",
        "完成时间",
        "整改时间",
        "时限",
        "办理时限",
        "完成期限",
        "整改期限",
        "时间节点",
        "时间要求",
        "完成日期",
        "时间安排",
        "进度安排",
        "整改完成时限",
        "整改完成时间",
        "期限",
        "时间",
        "计划完成时间",
        "拟完成时间",
    ),
    Column.UNITS: (
        "责任单位",
        "责任部门",
        "承办单位",
        "整改单位",
        "整改责任单位",
        "实施单位",
        "落实单位",
        "责任主体",
        "整改主体",
        "整改实施主体",
        "责任科室",
        "主责单位",
        "承办部门",
        "负责单位",
        "责任单位和责任人",
        "责任单位及责任人",
        "单位",
    ),
    Column.LEAD: ("牵头单位", "牵头部门", "主办单位", "牵头责任单位", "整改牵头单位", "督导单位"),
    Column.SUPPORT: ("配合单位", "配合部门", "协办单位", "参与单位", "配合责任单位", "协助单位"),
    Column.PERSONS: (
        "责任人",
        "责任领导",
        "牵头领导",
        "联系人",
        "包保领导",
        "整改责任人",
        "分管领导",
    ),
    Column.OTHER: (
        "备注",
        "说明",
        "进展情况",
        "整改情况",
        "完成情况",
        "落实情况",
        "工作进展",
        "来源",
        "整改进度",
    ),
}
_COLUMN_OF = {name: column for column, names in _NAMES.items() for name in names}
# Below 责任单位 the second word is left out, which alone could stand in any cell.
_BELOW_UNITS = {
    **dict.fromkeys(("牵头", "主办", "主责"), Column.LEAD),
    **dict.fromkeys(("配合", "协办", "参与", "协同", "协助"), Column.SUPPORT),
    **dict.fromkeys(("责任", "单位名称", "名称", "部门"), Column.UNITS),
    **dict.fromkeys(("领导", "姓名", "负责人", "职务", "电话"), Column.PERSONS),
}
_LAYOUT = re.compile(r"[\s　:：*]+|[(（][^()（）]*[)）]")
_JOINS = re.compile("[及和与、]")
ESSENTIAL = frozenset(
    {Column.REQUIREMENT, Column.LIMIT, Column.MEASURES, Column.PROBLEMS, Column.TASK}
)
"""The columns of which a list has at least one."""
IGNORED = frozenset({Column.PERSONS, Column.OTHER})
"""The columns that are no part of a list and are not read."""
_BODIES = frozenset({Column.UNITS, Column.LEAD, Column.SUPPORT})
_TELLING = _BODIES | ESSENTIAL - {Column.TASK}
_FEWEST = 2
_LOOKED_AT = 30


def column_named(words: str) -> Column | None:
    """
    Tell a column by its heading; ``None`` if the words are no heading known.

    >>> str(column_named("责 任 单 位")), column_named("疫情防控")
    ('units', None)
    """
    bare = _LAYOUT.sub("", words)
    found = _COLUMN_OF.get(bare)
    if found is None and len(parts := _JOINS.split(bare)) > 1:
        named = {_COLUMN_OF.get(part) for part in parts}
        asked = {Column.LIMIT, Column.MEASURES, Column.REQUIREMENT, None}
        if Column.LIMIT in named and named <= asked:
            return Column.REQUIREMENT
    return found


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
            return Heading(columns, first, row, _unknown(grid, columns, row, first))
    return None


def _unknown(grid: Grid, columns: tuple[Column, ...], start: int, first: int) -> tuple[int, ...]:
    return tuple(
        n
        for n, column in enumerate(columns)
        if column is Column.OTHER
        and all(column_named(grid.text(row, n)) is None for row in range(start, first))
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
    return tuple(each or Column.OTHER for each in known)


def _is_second_heading(grid: Grid, columns: tuple[Column, ...], row: int, heading: int) -> bool:
    """
    Say whether a row belongs to the headings: one of them covers it, or names stand below 责任单位.
    """
    cells = grid.places[row]
    if any(cell is not None and cell.text and cell.row <= heading for cell in cells):
        return True
    named = [
        (column, _named_below(column, cell.text))
        for column, cell in zip(columns, cells, strict=True)
        if cell is not None and cell.text
    ]
    below = {Column.UNITS, Column.OTHER}
    return len(named) >= _FEWEST and all(over in below and name for over, name in named)


def _named_below(over: Column, words: str) -> Column | None:
    found = column_named(words)
    if found is None and over in {Column.UNITS, Column.OTHER}:
        return _BELOW_UNITS.get(_LAYOUT.sub("", words))
    return found


def _refined(columns: tuple[Column, ...], grid: Grid, row: int) -> tuple[Column, ...]:
    return tuple(
        column if grid.is_inherited(row, n) else (_named_below(column, grid.text(row, n)) or column)
        for n, column in enumerate(columns)
    )
