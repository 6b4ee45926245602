"""
What the columns of a list's table hold, told by the words of their headings.
"""

from __future__ import annotations

import re
from enum import StrEnum

from .folding import fold

__all__ = ["ESSENTIAL", "IGNORED", "Column", "bare_heading", "column_named"]


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


# What may stand before the noun of a heading and changes nothing: 整改完成时限, 存在的主要问题.
_ABOUT = "整改|工作|主要|具体|重点|突出|目标|专项|年度|本年度|相关|总体|详细|下一步|下步"
_FOUND = (
    "存在的?|反馈的?|发现的?|查摆|排查|检查|督察|督查|巡察|巡视|审计|评估|测评|自查|梳理|指出的?"
)
_DONE = "完成|办结|办理|落实|解决|整治|达标|到位|计划|预计|拟|要求|规定|承诺|限定|最终|任务|责任"
_DOING = "责任|整改|承办|实施|落实|主责|负责|主管|承担|执行|第一|直接"
_BODY = "单位|部门|科室|处室|股室|机构"
_HELPING = "配合|协办|参与|协助|协同|督导|督办|指导|监督"
_POST = (
    "责任|整改|牵头|包保|包案|分管|主要|主管|直接|具体|第一|督办|督导|联系|挂联|承办|经办|单位|部门"
)
_SO_FAR = "当前|目前|实际|问题|销号"
_PATTERNS: dict[Column, tuple[str, ...]] = {
    Column.NUMBER: (r"(?:问题|任务|整改|项目)?(?:序号|编号)|号|序|[Nn][Oo]\.?",),
    # What was found, and what it showed: 具体表现, 反馈意见.
    Column.PROBLEMS: (
        rf"(?:{_ABOUT}|{_FOUND})*问题(?:清单|描述|表现|内容|简述|概述|及表现|点位)?",
        rf"(?:{_ABOUT}|{_FOUND})*(?:表现|不足)|反馈意见",
    ),
    Column.MEASURES: (
        rf"(?:{_ABOUT}|改进|落实)*(?:措施|举措|对策|方案|目标)",
        "整改内容|(?:整改|工作)要求",
    ),
    Column.REQUIREMENT: ("(?:时限|完成)要求",),
    # 开始时间, 发现时间, 实际完成时间 and 销号时间 are other times.
    Column.LIMIT: (
        rf"(?:{_ABOUT}|{_DONE})*(?:时限|期限|时间|日期|时间节点|时间要求|节点)",
        "(?:时间|进度)安排|截止(?:时间|日期)|(?:整改)?销号(?:时限|期限)",
    ),
    Column.UNITS: (rf"(?:{_DOING})*(?:{_BODY}|主体)", "责任单位[及和]责任人|整改实施主体"),
    Column.LEAD: (rf"(?:整改)?(?:牵头|主办)(?:责任|整改)?(?:{_BODY})",),
    Column.SUPPORT: (rf"(?:整改)?(?:{_HELPING})(?:责任|整改)?(?:{_BODY})",),
    Column.PERSONS: (
        rf"(?:{_POST})*(?:领导|责任人|负责人|联系人|包保人|经办人)",
        "(?:联系)?(?:电话|方式)|职务|姓名",
    ),
    Column.OTHER: (
        "备[注註]|说明|是否.{2,8}|(?:佐证|证明|印证|支撑)材料",
        rf"(?:{_ABOUT}|{_FOUND}|{_DONE}|{_SO_FAR})*(?:情况|进展|进度|状态)(?:说明|情况)?",
        rf"(?:{_ABOUT}|{_FOUND}|{_DONE}|{_SO_FAR})*(?:成效|成果|结果|来源)(?:说明)?",
        "实际完成(?:时间|日期)",
    ),
    Column.TASK: (
        rf"(?:{_ABOUT})*(?:任务|工作|事项|项目)(?:名称|内容|分工|分类|类别)?",
        rf"(?:{_ABOUT})+内容|(?:问题|任务|工作|项目)?(?:类别|类型|分类|领域|板块)",
        "[一二三]级指标|评估指标|指标",
    ),
}
_NAMES = {column: re.compile("|".join(each)) for column, each in _PATTERNS.items()}
_LAYOUT = re.compile(r"[\s:*★]+|\([^()]*\)")
_JOINS = re.compile("[及和与、/]")
_LONGEST = 24
ESSENTIAL = frozenset(
    {Column.REQUIREMENT, Column.LIMIT, Column.MEASURES, Column.PROBLEMS, Column.TASK}
)
"""The columns of which a list has at least one."""
IGNORED = frozenset({Column.PERSONS, Column.OTHER})
"""The columns that are no part of a list and are not read."""
_ASKED = {Column.LIMIT, Column.MEASURES, Column.REQUIREMENT, None}


def bare_heading(words: str) -> str:
    r"""
    Write a heading without its layout, brackets and traditional characters; empty if too long.

    >>> bare_heading("責 任\n單位（全称）")
    '责任单位'
    """
    return _LAYOUT.sub("", fold(words).text) if len(words) <= _LONGEST else ""


def column_named(words: str) -> Column | None:
    """
    Tell a column by its heading; ``None`` if the words are no heading known.

    >>> [str(column_named(each)) for each in ("责 任 单 位", "整改办结时限", "疫情防控")]
    ['units', 'limit', 'None']
    """
    bare = bare_heading(words)
    if not bare:
        return None
    found = _named(bare)
    if found is None and len(parts := _JOINS.split(bare)) > 1:
        named = {_named(part) for part in parts}
        if Column.LIMIT in named and named <= _ASKED:
            return Column.REQUIREMENT
        if len(named) == 1:  # 问题及不足
            return named.pop()
    return found


def _named(bare: str) -> Column | None:
    return next((column for column, name in _NAMES.items() if name.fullmatch(bare)), None)
