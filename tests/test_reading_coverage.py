"""
No words about time vanish: each is used by a clause, is a doubt, or has a reason to be no deadline.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rectiflow.reading.coverage import lost_limits
from rectiflow.reading.folding import fold
from rectiflow.reading.limits import Cell
from rectiflow.reading.requirement import read_requirement
from rectiflow.reading.segments import segments
from rectiflow.reading.tokens import tokens
from rectiflow.testing.phrases import damaged, requirement_cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectiflow.requirements import Requirement

ISSUED = date(2020, 6, 17)
# Written anew, and not from the reader's own words: what any clerk would call a time.
TIME = re.compile(
    r"\d{4}年|(?<!\d)\d{1,2}月|\d{1,2}日|\d+(?:个工作日|个月|天|小时)|年[底末内]|月底|季度末|[上下]半年"
    r"|[上中下]旬|每(?:年|月|周|季度|半年)|全年|(?:今|明|后)天|本月|下月|[本下]周.|十[三四五]五”?期间"
    r"|\d{1,2}\.\d{1,2}前|(?:春节|汛期|国庆)[前后期]|时限(?=完成|要求完成)|(?:时间|期限|时限)内|当日办结"
    r"|任期内|月中(?!旬)|今冬明春|[上下]半月|\d/\d+前|每天|半年后|两个月|春季"
    r"|立行立改|即[知行]即改|限期|尽快|实时"
)
ODD = (
    "全年完成投资10亿元",
    "“十四五”期间持续推进",
    "“十三五”期间完成改造",
    "按要求时限完成",
    "按规定的时间节点要求完成",
    "在规定时间内办结",
    "即行即改",
    "即知即改",
    "实时更新",
    "明天上午10点前报送",
    "今天下班前完成",
    "12.31前完成",
    "8.31",
    "春节期间加强值守",
    "汛期后启动修复",
    "开展三年行动",
    "压缩至3个工作日",
    "2018年以来排查问题30个",
    "2小时内响应",
    "当日办结",
    "本月重点是排查",
    "每两周调度一次",
    "上旬完成摸底",
    "2025年重点工作任务",
    "2024年新建公园10个",
    "7月30日后集中攻坚",
    "9月30日全市统一上线",
    "按照2019年5月10日会议要求",
    "对2015年底前建成的项目",
    "25日完成",
    "力争3年完成",
    "3天培训",
    "自2020年2月起实施",
    "4月起每周通报",
    "到2025年",
    "2024年",
    "《办法》（2019年5月15日起施行）",
    "6月工作安排",
    "24小时值班",
    "第三季度重点抓好整治",
    "限期整改",
    "尽快整改",
    "任期内完成",
    "月中报送",
    "今冬明春完成",
    "本周内整改到位",
    "两个月后评估",
    "半年后回头看",
    "每天上报",
    "4/30前报送",
    "2020-4",
    "2020年春季完成",
    "7月上半月完成",
    "许可证有效期满30日前申请延期",
)
FILL = ("加强领导", "完善标准", "整改到位", "压实责任", "并持续推进", "")


def accounted(requirement: Requirement) -> Iterator[tuple[int, int]]:
    """
    Give the printed spans that a clause, a doubt or a reason accounts for.
    """
    for clause in requirement.clauses:
        if clause.limit is not None:
            yield clause.limit
        elif str(clause.rule.kind) in {"none", "immediate"}:
            yield clause.span
    for doubt in requirement.doubts:
        if doubt.span is not None:
            yield doubt.span
    for told in requirement.passed:
        first, last = told.facts["first"], told.facts["last"]
        assert isinstance(first, int)
        assert isinstance(last, int)
        assert told.facts["why"] != "unread"
        yield first - 1, last


def vanished(text: str, issued: date | None) -> list[str]:
    """
    List the words about time that nothing accounts for.
    """
    requirement = read_requirement(text, issued)
    spans = list(accounted(requirement))
    folded = fold(text)
    lost = []
    for match in TIME.finditer(folded.text):
        first, last = folded.span(*match.span())
        if not any(first < end and begin < last for begin, end in spans):
            lost.append(match[0])
    return lost


@st.composite
def cells(draw: st.DrawFn) -> str:
    """
    Draw cells of odd phrases in a row, damaged as layouts are.
    """
    parts = draw(st.lists(st.sampled_from(ODD) | st.sampled_from(FILL), min_size=1, max_size=5))
    marks = [draw(st.sampled_from("，。；\n")) for _part in parts]
    return draw(damaged("".join(map("".join, zip(parts, marks, strict=True)))))


@example(text="“十四五”期间持续推进", issued=ISSUED)
@example(text="整改到位，全年", issued=None)
@given(text=cells(), issued=st.just(ISSUED) | st.none())
def test_no_words_about_time_vanish(text: str, issued: date | None) -> None:
    """
    Odd phrases in any order: every word about time is used, doubted, or said to be no deadline.
    """
    assert vanished(text, issued) == []


@given(printed=requirement_cells())
def test_none_vanish_from_cells_of_the_grammar(printed: Any) -> None:
    """
    In what officials write as the grammar says, nothing about time is lost either.
    """
    assert vanished(printed.text, printed.issued) == []


@pytest.mark.parametrize("words", ["——", "按合同约定", "见附件", "/"])
def test_a_column_of_deadlines_is_never_passed_over(words: str) -> None:
    """
    Whatever stands in a column of deadlines and gives no date is a doubt.
    """
    text = f"加强监管\n{words}"
    requirement = read_requirement(text, ISSUED, limit_from=5)

    assert [each.code for each in requirement.doubts] == ["doubt.unread-limit"]
    assert read_requirement(text, ISSUED).doubts == ()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("办理时限压缩至3个工作日", "measure"),
        ("开展三年行动", "length"),
        ("2018年以来排查30个", "over"),
        ("已于2020年5月底前完成", "over"),
        ("2020年重点工作任务", "named"),
        ("全年持续推进", "meanwhile"),
    ],
)
def test_what_is_no_deadline_says_why(words: str, why: str) -> None:
    """
    Measures, lengths, what was, and names are passed over, and told so.
    """
    requirement = read_requirement(words, ISSUED)

    assert [each.facts["why"] for each in requirement.passed] == [why]
    assert not [each for each in requirement.clauses if each.due]
    assert requirement.passed[0].text("zh") in requirement.explain("zh")


def test_a_deadline_that_no_clause_took_is_doubted_with_its_day() -> None:
    """
    Should a deadline be read and then dropped on the way to the clauses, it comes back as a doubt.
    """
    cell = Cell(tokens("6月底前完成"), ISSUED)
    cut, passed = segments(cell)
    ((segment, limit),) = lost_limits(cell, cut, [], passed)

    assert segment is cut[0]
    assert [doubt.candidates for doubt in limit.doubts] == [("2020-06-30", "no limit")]


def test_an_exception_has_one_doubt() -> None:
    """
    The date of an exception stands in the doubt about it and is no deadline of its own.
    """
    requirement = read_requirement("6月底前完成整改，12月底前另有规定的除外", ISSUED)

    assert [str(each.due) for each in requirement.clauses] == ["2020-06-30"]
    assert [each.code for each in requirement.doubts] == ["doubt.exception"]
