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

__all__ = ["Column", "Heading", "column_named", "find_heading", "heading_of"]


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
_LAYOUT = re.compile(r"[\s　:：*]+|[(（][^()（）]*[)）]")
_ESSENTIAL = frozenset(
    {Column.REQUIREMENT, Column.LIMIT, Column.MEASURES, Column.PROBLEMS, Column.TASK}
)
_BODIES = frozenset({Column.UNITS, Column.LEAD})
_LOOKED_AT = 30


def column_named(words: str) -> Column | None:
    """
    Tell a column by its heading; ``None`` if the words are no heading known.

    >>> str(column_named("责 任 单 位")), column_named("疫情防控")
    ('units', None)
    """
    bare = _LAYOUT.sub("", words)
    found = _COLUMN_OF.get(bare)
    if found is None and "及" in bare:
        parts = {_COLUMN_OF.get(part) for part in re.split("[及和与、]", bare)}
        if Column.LIMIT in parts and parts & {Column.MEASURES, Column.REQUIREMENT, None}:
            return Column.REQUIREMENT
    return found


@attrs.frozen
class Heading:
    """
    The heading rows of a table.

    Attributes:
        columns: What each column holds; two neighbours may both be ``task``, the second the part.
        first: The first row below the headings.
    """

    columns: tuple[Column, ...]
    first: int

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
            while first < len(grid.places) and _is_second_heading(grid, row, first):
                columns = _refined(columns, grid, first)
                first += 1
            return Heading(columns, first)
    return None


def heading_of(words: Sequence[str]) -> tuple[Column, ...] | None:
    """
    Tell the columns of a row of headings; ``None`` if it is none.
    """
    known = [column_named(each) for each in words]
    found = {each for each in known if each is not None}
    if (
        len(found) < 2
        or not found & _ESSENTIAL
        or not found & (_BODIES | _ESSENTIAL - {Column.TASK})
    ):  # noqa: PLR2004 -- one could stand in a text
        return None
    named = sum(each is not None for each in known)
    filled = sum(bool(each.strip()) for each in words)
    if named * 2 < filled:
        return None
    return tuple(each or Column.OTHER for each in known)


def _is_second_heading(grid: Grid, heading: int, row: int) -> bool:
    covered = [grid.is_inherited(row, column) for column in range(grid.width)]
    words = [grid.text(row, column) for column in range(grid.width)]
    if all(covered):
        return True
    own = [word for word, is_covered in zip(words, covered, strict=True) if not is_covered]
    below = any(covered) and heading < row
    return below and all(column_named(word) is not None for word in own if word.strip())


def _refined(columns: tuple[Column, ...], grid: Grid, row: int) -> tuple[Column, ...]:
    return tuple(
        column if grid.is_inherited(row, n) else (column_named(grid.text(row, n)) or column)
        for n, column in enumerate(columns)
    )
