"""
Officials' Chinese read to clauses, by phrases whose meaning is known.
"""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectiflow.errors import InvalidValueError
from rectiflow.reading.folding import fold
from rectiflow.reading.lexicon import WORDS
from rectiflow.reading.limits.ahead import Ahead
from rectiflow.reading.load import load
from rectiflow.reading.requirement import read_requirement
from rectiflow.reading.sorts import Sort
from rectiflow.reading.tokens import tokens
from rectiflow.requirements import Requirement
from rectiflow.testing.phrases import PrintedRequirement, requirement_cells

PHRASES = Path(__file__).with_name("data") / "deadline-phrases.csv"
ISSUED = date(2020, 6, 17)
# d003: 探索制定 has a clause of its own; d074 and d112 come back, which the examples note apart.
EXPLAINED = {"d003", "d074", "d112"}
KINDS = {"working_days_after": "workdays_after"}
DUTIES = {"ongoing", "immediate", "recurring", "annual", "before"}
COUNTED = {"workdays_after", "days_after", "months_after"}


def read(words: str, issued: date | None = ISSUED) -> list[Any]:
    """
    Read words to kinds, days and doubts.
    """
    clauses = read_requirement(words, issued).clauses
    return [
        (str(each.rule.kind), each.due and str(each.due), [d.code[6:] for d in each.doubts])
        for each in clauses
    ]


def examples() -> list[dict[str, str]]:
    """
    Give the real phrases with one careful reading each.
    """
    with PHRASES.open(encoding="utf-8", newline="") as file:
        return [line for line in csv.DictReader(file) if line["id"] not in EXPLAINED]


@pytest.mark.parametrize("line", examples(), ids=lambda line: line["id"])
def test_real_phrases(line: dict[str, str]) -> None:
    """
    Rule, day and ongoing are those of the careful reading.
    """
    issued = date.fromisoformat(line["issued"]) if line["issued"] else None
    expected: list[dict[str, Any]] = json.loads(line["expected"])
    clauses = read_requirement(line["text"], issued).clauses

    assert sorted((str(c.rule.kind), str(c.due), c.ongoing) for c in clauses) == sorted(
        (KINDS.get(e["rule"], e["rule"]), str(e["due"]), e["also_ongoing"]) for e in expected
    )


@given(printed=requirement_cells())
def test_the_meaning_comes_back(printed: PrintedRequirement) -> None:
    """
    A meaning printed as officials write, and damaged, is read back clause by clause.
    """
    requirement = read_requirement(printed.text, printed.issued)
    found = [
        (
            str(each.rule.kind),
            str(each.due),
            str(each.stage),
            each.soft,
            tuple(sorted(doubt.code for doubt in each.doubts)),
        )
        for each in requirement.clauses
    ]
    meant = [
        (each.kind, str(each.due), str(each.stage), each.soft, each.doubts)
        for each in printed.clauses
    ]

    assert sorted(found) == sorted(meant)
    assert all(each.ongoing == printed.ongoing for each in requirement.clauses)
    if all("doubt.compact-date" not in each.doubts for each in printed.clauses):
        assert fold(requirement.text.restored).text == fold(printed.whole).text
    for each in requirement.clauses:
        assert 0 <= each.span[0] < each.span[1] <= len(printed.text)
        assert set(each.text) >= set(printed.text[slice(*each.span)])
    days = {day for each in requirement.clauses for day in each.candidates}
    assert {day for each in printed.clauses for day in each.candidates} <= days


@given(
    words=st.lists(
        st.sampled_from(
            [*WORDS, "2020", "6", "30", "2020630", "2019112", "三", "下周五", " ", "\n", "各", "为"]
        )
        | st.from_regex(r"[0-9]{1,6}[年月日前底内、,。()]?", fullmatch=True),
        max_size=25,
    ),
    issued=st.none() | st.dates(date(1901, 1, 1), date(2099, 12, 31)),
)
def test_any_words_are_read_or_doubted(words: list[str], issued: date | None) -> None:
    """
    No words raise; a clause without a day is doubted, or is a duty that has none yet.
    """
    text = "".join(words)
    requirement = read_requirement(text, issued, problems=text)

    assert isinstance(requirement, Requirement)
    for each in requirement.clauses:
        assert each.due or each.doubts or str(each.rule.kind) in DUTIES | COUNTED
        assert requirement.explain("zh")


_DATE = "(2020年|今年|)(6月(30日|底|份|上旬|)|第?[1-4]季度末?|上半年|年底|本月底|下周五)"
_COUNT = "(自|在)?(收到|整改完成|届满|)(之日起|后|前|，|)[1-9](个工作日|日|个月|年)内?"
_EVERY = "每(年|季度|月|周)(第?1个月|末|底|6月|5日|前3个工作日|)"
_PHRASE = (
    f"({_DATE}|{_COUNT}|{_EVERY}|2020630日)(起|前|左右|至|、|和|开始，|（|）|分别|各|前完成|，|)"
)


@given(
    text=st.from_regex(f"({_PHRASE}|整改|立行立改|并持续推进|。|\n){{1,9}}", fullmatch=True),
    issued=st.none() | st.just(ISSUED),
)
def test_forms_side_by_side_are_read_or_doubted(text: str, issued: date | None) -> None:
    """
    Forms of the grammar in any order, cut off anywhere, give clauses whose places are in the text.
    """
    for each in read_requirement(text, issued).clauses:
        assert 0 <= each.span[0] < each.span[1] <= len(text)
        assert each.due or each.doubts or str(each.rule.kind) in DUTIES | COUNTED


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("5月底前完成", [("month_end", "2020-05-31", ["due-before-issued"])]),
        ("9月底前完成", [("month_end", "2020-09-30", [])]),
        ("9月前完成", [("month_end", "2020-09-30", ["before-or-end"])]),
        ("2020630日前完成", [("fixed", "2020-06-30", [])]),
        ("2020112日前完成", [("none", None, ["compact-date"])]),
        ("3年内完成", [("months_after", None, ["no-event"])]),
        ("2020年内完成", [("year_end", "2020-12-31", [])]),
        ("到2025年全面建成", [("year_end", "2025-12-31", ["by-its-end"])]),
        ("到2025年底全面建成", [("year_end", "2025-12-31", [])]),
        ("将时限压缩至3个工作日", []),
        ("在收到后3个工作日内答复", [("workdays_after", None, [])]),
        ("2018年底前已建成的项目", []),
        ("2021年6月30日前完成自查，7月15日前完成整改", [
            ("fixed", "2021-06-30", []),
            ("fixed", "2021-07-15", []),
        ]),
        ("2020年2月30日前完成", [("none", None, ["no-such-day"])]),
        ("限期整改", [("none", None, ["no-date"])]),
        ("2021年元月底前完成", [("month_end", "2021-01-31", [])]),
        ("按每人100元月底前发放", [("month_end", "2020-06-30", [])]),
        ("正月底前完成", [("none", None, ["unread-limit"])]),
        ("岁尾前完成", [("year_end", "2020-12-31", [])]),
        ("季终前完成", [("quarter_end", "2020-06-30", [])]),
        ("下半年末前完成", [("half_year", "2020-12-31", [])]),
        ("下半年前完成", [("half_year", "2020-12-31", ["before-or-end"])]),
        ("每年上半年末前完成", [("recurring", "2020-06-30", [])]),
        ("三季度完成", [("quarter_end", "2020-09-30", [])]),
        ("三季度前完成", [("quarter_end", "2020-09-30", ["before-or-end"])]),
        ("于9月完成", [("month_end", "2020-09-30", ["by-its-end"])]),
        ("第三季度网站检查情况通报", []),
        ("第三季度网站检查", [("none", None, ["unread-limit"])]),
        ("排查出的问题，9月底前销号", [("month_end", "2020-09-30", [])]),
        ("9月底前排查出隐患", [("month_end", "2020-09-30", [])]),
        ("9月底前完成摸排整改", [("month_end", "2020-09-30", []), ("month_end", "2020-09-30", [])]),
        ("Q3完成", [("none", None, ["unread-limit"])]),
        ("使用Q345钢材", []),
        ("实行月调度", [("recurring", "2020-06-30", [])]),
        ("实行月调度机制", []),
        ("实行“月调度、月通报”", []),
        ("截至2020年9月底，累计完成整改20项", [("none", None, ["unread-limit"])]),
        ("截至2020年5月底，累计完成整改20项", []),
        ("到2020年9月底，累计完成整改20项", [("month_end", "2020-09-30", [])]),
        ("整改周期由15天压缩至7天", []),
        ("竣工验收合格之日起15日内办理竣工备案", [("days_after", None, [])]),
        ("责令改正之日起按日连续处罚", []),
        ("2020年底前探索推行承诺制", [("year_end", "2020-12-31", ["explored-act"])]),
        ("即知即改、立行立改", [("immediate", None, [])]),
        ("对问题即知即改、对隐患立行立改", [("immediate", None, []), ("immediate", None, [])]),
        ("9月底前，完成清理，制定公开内容模板", [
            ("month_end", "2020-09-30", []),
            ("month_end", "2020-09-30", ["is-templating"]),
        ]),
        ("9月底前，规范栏目，制定公开内容模板", [("month_end", "2020-09-30", ["is-templating"])]),
        ("9月底前（国企）、12月底前（民企）完成清理", [
            ("month_end", "2020-09-30", []),
            ("month_end", "2020-12-31", []),
        ]),
        ("9月底前（国企）完成清理", [("month_end", "2020-09-30", [])]),
        ("4月起开展专项行动", [("ongoing", None, [])]),
        ("自2020年2月起实施", [("ongoing", None, [])]),
        ("自2020年2月1日起实施", [("fixed", "2020-02-01", [])]),
        ("整改时限：自2020年7月起", [("ongoing", None, [])]),
        ("12.31前完成", [("fixed", "2020-12-31", [])]),
        ("8.31", [("fixed", "2020-08-31", ["date-or-number"])]),
        ("达到8.31亿元", []),
        ("今天下班前完成", [("fixed", "2020-06-17", [])]),
        ("明天上午10点前完成", [("fixed", "2020-06-18", [])]),
        ("即行即改", [("immediate", None, [])]),
        ("即日起开展自查", [("immediate", None, [])]),
        ("即日起至6月30日开展自查", [("fixed", "2020-06-30", [])]),
        ("“十四五”期间完成", [("none", None, ["by-its-end"])]),
        ("落实“十四五”规划", []),
        ("每年6月底前排查", [("recurring", "2020-06-30", [])]),
        ("7月至12月，每月底前排查", [("recurring", "2020-07-31", [])]),
        ("7月至12月每月底前排查", [("recurring", "2020-07-31", [])]),
        ("2021年7月至12月，每月底前排查", [("recurring", "2021-07-31", [])]),
        ("7月1日至12月31日，每月底前排查", [("recurring", "2020-07-31", [])]),
        ("每年汛期前排查", [("none", None, ["no-date"])]),
        ("2025年完成", [("year_end", "2025-12-31", ["by-its-end"])]),
        ("2025年重点任务", []),
        ("报送整改、排查情况，6月底前", [("month_end", "2020-06-30", [])]),
    ],
)  # fmt: skip
def test_on_both_sides_of_a_form(words: str, expected: list[Any]) -> None:
    """
    A word more or less makes it a deadline, another day, or a doubt.
    """
    assert read(words) == expected


def test_without_an_issue_date_a_missing_year_blocks() -> None:
    """
    No year and no issue date is no day, and a person is asked.
    """
    (clause,) = read_requirement("3月17日前完成").clauses

    assert clause.due is None
    assert [doubt.blocks for doubt in clause.doubts] == [True]


@given(
    stops=st.lists(st.booleans(), max_size=30),
    asks=st.lists(st.tuples(st.integers(0, 30), st.integers(0, 12)), max_size=12),
)
def test_a_look_ahead_that_remembers_sees_what_a_fresh_one_does(
    stops: list[bool], asks: list[tuple[int, int]]
) -> None:
    """
    Whatever was asked before, the first full stop within reach is found, or none.
    """
    words = tokens("".join("。" if stop else "①" for stop in stops))
    ahead = Ahead()
    reach = 0
    for at, far in asks:
        reach = max(reach, at + far)  # a later look reaches no less far
        found = ahead.find(words, at, reach, lambda token: token.sort is Sort.STOP)
        assert found == next((n for n in range(at, min(reach, len(stops))) if stops[n]), None)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2020年6月10日，督察组抽查发现，污泥去向不明", []),
        ("2020年6月17日，督察组抽查发现，污泥去向不明", []),
        ("6月10日，督察组抽查发现，污泥去向不明", []),
        ("6月10日，督察组发现问题3个", []),
        ("2019年6月发现破损，要求9月底前修复", [("month_end", "2020-09-30", ["year-told"])]),
        ("2020年5月发现破损，要求9月底前修复", [("month_end", "2020-09-30", [])]),
        ("2019年6月发现破损。9月底前修复", [("month_end", "2020-09-30", [])]),
        ("2019年6月发现破损，2020年9月底前修复", [("month_end", "2020-09-30", [])]),
        ("2019年6月，水务局排查发现破损3处", []),
        ("2020年4月，暗访发现垃圾未清理", []),
        ("2020年4月，暗访发现垃圾未及时清理", []),
        ("2020年4月30日，未批先建被立案查处", []),
        ("2020年4月30日，对未批先建项目开展清理", [("fixed", "2020-04-30", ["before-the-list"])]),
        ("2020年4月30日，未完成的予以通报", [("fixed", "2020-04-30", ["before-the-list"])]),
        ("6月10日，督察组发现问题整改到位", [("fixed", "2020-06-10", ["due-before-issued"])]),
        ("2020年6月18日，督察组抽查发现，污泥去向不明", [("fixed", "2020-06-18", [])]),
        ("2020年6月10日，督察组交办", [("fixed", "2020-06-10", ["before-the-list"])]),
        ("2020年6月16日完成自查", [("fixed", "2020-06-16", ["before-the-list"])]),
        ("2020年6月17日完成自查", [("fixed", "2020-06-17", [])]),
        ("2017年至2019年，违规发放补助", []),
        ("2017年至2020年，违规发放补助", [("year_end", "2020-12-31", [])]),
        ("2017年至2019年，完成发放", [("year_end", "2019-12-31", ["before-the-list"])]),
        ("2018年10月建成投产，未办理手续", []),
        ("2018年10月建成投产", [("month_end", "2018-10-31", ["by-its-end", "before-the-list"])]),
        ("2018年10月底前建成投产，未办理手续", [("month_end", "2018-10-31", ["before-the-list"])]),
        ("2020年5月底完成，未完成的予以通报", [("month_end", "2020-05-31", ["before-the-list"])]),
        ("2020年5月底完成，坚决杜绝违规发放", [("month_end", "2020-05-31", ["before-the-list"])]),
        ("2020年5月10日，对发现的问题完成整改", [("fixed", "2020-05-10", ["before-the-list"])]),
        ("2020年5月底完成。仍未达标", [("month_end", "2020-05-31", ["before-the-list"])]),
        ("自2020年1月1日起施行以来，新增10户", []),
        ("自2020年1月1日起施行，新增10户", [("fixed", "2020-01-01", [])]),
        ("“十二五”期间应建成3座，实际仅建成1座", []),
        ("“十三五”期间应建成3座，实际仅建成1座", [("none", None, ["by-its-end"])]),
        ("“十二五”期间应建成3座", [("none", None, ["by-its-end"])]),
    ],
)  # fmt: skip
def test_a_time_gone_by_is_a_fact_where_the_sentence_tells_one(
    words: str, expected: list[Any]
) -> None:
    """
    What was found, or done wrongly, has no deadline; any other time gone by is doubted.
    """
    assert read(words) == expected


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("2018年10月建成投产。12月底前完成整改", ("2018-12-31", "2020-12-31", "no limit")),
        ("2019年3月建成投产。2月底前完成整改", ("2019-02-28", "2020-02-29", "no limit")),
        ("2020年1月建成投产。3月31日前完成整改", ("2020-03-31", "no limit")),
        ("2018年10月建成投产。2018年12月底前完成整改", ("2018-12-31", "no limit")),
    ],
)
def test_a_year_that_was_told_of_something_else_may_not_be_meant(
    words: str, days: tuple[str, ...]
) -> None:
    """
    A day gone by whose year is carried may be one of the year of issue; a printed year is meant.
    """
    doubts = read_requirement(words, ISSUED).clauses[-1].doubts

    assert [each.candidates for each in doubts if each.code == "doubt.before-the-list"] == [days]


@pytest.mark.parametrize("row", load("yuhui-2020").rows.values(), ids=lambda row: str(row.id))
def test_reads_the_bundled_list_as_its_editors_did(row: Any) -> None:
    """
    Each printed requirement reads as the one that was written by hand, services included.
    """
    found = read_requirement(row.requirement.text.printed, ISSUED, problems=row.problems.printed)

    assert found == row.requirement


@pytest.mark.parametrize(
    ("text", "issued"), [(None, None), ("年底前", date(1900, 1, 1)), ("年底前", date(2100, 1, 1))]
)
def test_misuse_is_named(text: Any, issued: date | None) -> None:
    """
    What is no text, and issue dates outside the years texts are read in, are refused.
    """
    with pytest.raises(InvalidValueError):
        read_requirement(text, issued)
