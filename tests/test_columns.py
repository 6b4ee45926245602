"""
The headings of columns, as offices write them.
"""

from __future__ import annotations

import pytest

from rectiflow.reading.columns import Column, column_named

_HEADINGS = {
    Column.NUMBER: "序号 编号 问题编号 序 NO.",
    Column.TASK: "重点任务 工作事项 整改任务 任务名称 问题类别 问题类型 二级指标 重点内容",
    Column.PROBLEMS: "主要问题 存在问题 存在的突出问题 检查发现问题 具体表现 问题及不足 反馈意见",
    Column.MEASURES: "整改措施 工作举措 整改目标 下一步工作措施 整改要求 整改内容",
    Column.REQUIREMENT: "完成时限及要求 整改措施及完成时限 措施及时限 时限要求 完成要求",
    Column.LIMIT: "完成时限 整改时限 办结时限 拟完成时间 整改完成时间节点 截止日期 时间 销号时限",
    Column.UNITS: "责任单位 整改责任单位 承办科室 主责部门 责任股室 单位 责任单位及责任人",
    Column.LEAD: "牵头单位 牵头责任单位 主办科室",
    Column.SUPPORT: "配合单位 协办部门 督导单位 督办单位",
    Column.PERSONS: "责任人 责任领导 整改责任人 分管领导 联系电话 单位负责人",
    Column.OTHER: "备注 整改情况 完成情况 进展 工作进展情况 整改状态 是否完成 佐证材料 问题来源",
}


@pytest.mark.parametrize(
    ("column", "words"),
    [(column, word) for column, words in _HEADINGS.items() for word in words.split()],
)
def test_a_heading_tells_its_column(column: Column, words: str) -> None:
    """
    As it stands, spaced out, broken over two lines, with a remark in brackets.
    """
    half = len(words) // 2

    for printed in (
        words,
        " ".join(words),
        f"{words[:half]}\n{words[half:]}",
        f"{words}（填到日）",
    ):
        assert column_named(printed) is column


@pytest.mark.parametrize(
    "words",
    [
        "",
        "疫情防控",
        "开始时间",
        "发现时间",
        "实际完成",
        "验收单位",
        "6月底前",
        "整改到位",
        "问题" * 20,
    ],
)
def test_other_words_tell_none(words: str) -> None:
    """
    When work begins, or a problem was found, is no deadline.
    """
    assert column_named(words) is None


def test_traditional_headings_are_read() -> None:
    """
    As a page of Hong Kong or an old page prints them.
    """
    printed = ["序號", "重點任務", "主要問題", "完成時限及要求", "責任單位", "備註"]
    simplified = ["序号", "重点任务", "主要问题", "完成时限及要求", "责任单位", "备注"]

    assert [*map(column_named, printed)] == [*map(column_named, simplified)]
