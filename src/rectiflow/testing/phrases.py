"""
Strategies for requirement cells: a meaning is drawn, printed as officials write, and damaged.

What a reader must make of the words is known by construction, and is worked out here by plain
arithmetic on days, not by the library's own rules.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import attrs
from hypothesis import strategies as st

from rectiflow.reading.folding import SCRIPTS

__all__ = ["Meaning", "PrintedRequirement", "damaged", "deadline_phrases", "requirement_cells"]

Kind = str


@attrs.frozen
class Meaning:
    """
    What a reader must make of one clause.

    Attributes:
        kind: The kind of its rule, as :class:`~rectiflow.deadlines.RuleKind` names it.
        due: The day it comes to; ``None`` if there is none.
        stage: The stage it reaches; ``None`` for another act.
        soft: Whether the words only aim at it.
        doubts: The codes of the doubts it must carry, in order of the alphabet.
        candidates: Days that must be among the candidates of those doubts.
    """

    kind: Kind
    due: date | None
    stage: str | None = None
    soft: bool = False
    doubts: tuple[str, ...] = ()
    candidates: tuple[date, ...] = ()


@attrs.frozen
class PrintedRequirement:
    """
    A requirement cell and what it means.

    Attributes:
        text: The words, damaged as scrapers and typists damage them.
        whole: The words before any character was lost.
        issued: The issue date to read it with; ``None`` to read it without one.
        clauses: What each clause means, in the order of the text.
        ongoing: Whether the cell asks to go on without an end.
    """

    text: str
    whole: str
    issued: date | None
    clauses: tuple[Meaning, ...]
    ongoing: bool


@attrs.frozen
class Phrase:
    """
    A deadline in words.

    Attributes:
        words: As printed.
        meaning: What it means; its stage is left open.
        year: The year that it names for what follows; ``None`` if it names none.
        lasts: Whether it is a date that the next date of the cell should not fall before.
    """

    words: str
    meaning: Meaning
    year: int | None = None


def _end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


_NUMERALS = "〇一二三四五六七八九"
_CLOSINGS = ("前", "之前", "以前")
_EARLIER = "doubt.due-before-issued"


def chinese(n: int) -> str:
    """
    Write a number below 100 in Chinese.

    >>> [chinese(n) for n in (7, 10, 12, 30)]
    ['七', '十', '十二', '三十']
    """
    tens, ones = divmod(n, 10)
    written = "" if tens == 0 else ("十" if tens == 1 else f"{_NUMERALS[tens]}十")
    return written + (_NUMERALS[ones] if ones or not tens else "")


def chinese_year(year: int) -> str:
    """
    Write a year digit by digit.

    >>> chinese_year(2020)
    '二〇二〇'
    """
    return "".join(_NUMERALS[int(digit)] for digit in str(year))


def _yearly_doubts(due: date, issued: date | None, year: int | None) -> tuple[str, ...]:
    if year is not None or issued is None or due >= issued:
        return ()
    return (_EARLIER,)


@st.composite
def _days_in_words(draw: st.DrawFn, issued: date) -> Phrase:
    """
    Draw a day: with its year, in Chinese numerals, without a year, or as 今年.
    """
    due = draw(st.dates(issued, issued + timedelta(days=500)))
    closing = draw(st.sampled_from(_CLOSINGS))
    forms = ["printed", "chinese", "dotted"]
    if due.year == issued.year:
        forms += ["yearless", "this"]
    if due.year == issued.year + 1:
        forms += ["next"]
    named: int | None = due.year
    match draw(st.sampled_from(forms)):
        case "printed":
            words = f"{due.year}年{due.month}月{due.day}日"
        case "chinese":
            words = f"{chinese_year(due.year)}年{chinese(due.month)}月{chinese(due.day)}日"
        case "dotted":
            words = f"{due.year}.{due.month}.{due.day}"
        case "this":
            words = f"今年{due.month}月{due.day}日"
        case "next":
            words = f"明年{due.month}月{due.day}日"
        case _:
            words, named = f"{due.month}月{due.day}日", None
    return Phrase(words + closing, Meaning("fixed", due), named)


@st.composite
def _ends_in_words(draw: st.DrawFn, issued: date) -> Phrase:
    """
    Draw the end of a month, quarter, half or year.
    """
    year = issued.year + draw(st.integers(0, 2))
    closing = draw(st.sampled_from((*_CLOSINGS, "")))
    named = draw(st.booleans()) or year != issued.year
    shown = f"{year}年" if named else ""
    month = draw(st.integers(1, 12))
    forms = {
        "month_end": (f"{month}月{draw(st.sampled_from('底末'))}", _end(year, month)),
        "quarter_end": (
            f"{draw(st.sampled_from(('第', '')))}{chinese((month + 2) // 3)}季度末",
            _end(year, 3 * ((month + 2) // 3)),
        ),
        "year_end": (draw(st.sampled_from(("年底", "底", "年末"))), date(year, 12, 31)),
        "half_year": (("上半年", _end(year, 6)) if month <= 6 else ("下半年", date(year, 12, 31))),  # noqa: PLR2004 -- half a year
    }
    kind = draw(st.sampled_from(sorted(forms)))
    words, due = forms[kind]
    if kind == "year_end":
        words = words if named or words != "底" else "年底"
        if named and words == "年底" and draw(st.booleans()):
            words = "底"
    if kind == "half_year":
        closing = ""
    doubts = () if named else _yearly_doubts(due, issued, None)
    text = f"{shown}{words}{closing}"
    return Phrase(text, Meaning(kind, due, doubts=doubts), year if named else None)


@st.composite
def _open_ends_in_words(draw: st.DrawFn, issued: date) -> Phrase:
    """
    Draw a span of time whose end is not named: 5月前, 6月下旬, 到2025年.
    """
    year, month = issued.year + 1, draw(st.integers(1, 12))
    third = draw(st.integers(1, 3))
    last = _end(year, month) if third == 3 else date(year, month, 10 * third)  # noqa: PLR2004 -- the last ten days
    forms = [
        (
            f"{year}年{month}月前",
            "month_end",
            "doubt.before-or-end",
            _end(year, month),
            date(year, month, 1) - timedelta(days=1),
        ),
        (
            f"{year}年前",
            "year_end",
            "doubt.before-or-end",
            date(year, 12, 31),
            date(year - 1, 12, 31),
        ),
        (f"到{year}年，", "year_end", "doubt.by-its-end", date(year, 12, 31), date(year, 1, 1)),
        (
            f"{year}年{month}月{'上中下'[third - 1]}旬",
            "ten_day",
            "doubt.by-its-end",
            last,
            date(year, month, 10 * third - 9),
        ),
        (
            f"于{year}年{month}月",
            "month_end",
            "doubt.by-its-end",
            _end(year, month),
            date(year, month, 1),
        ),
    ]
    words, kind, code, due, other = draw(st.sampled_from(forms))
    return Phrase(words, Meaning(kind, due, doubts=(code,), candidates=(due, other)), year)


_EVENTS = (
    ("收到申请", "自{}之日起{}内"),
    ("受理", "自{}之日起{}内"),
    ("执法决定作出", "在{}之日起{}内"),
    ("收到通知", "{}后{}内"),
    ("接到举报", "应当在{}后{}内"),
    ("信息形成", "自{}之日起，{}内"),
)
_COUNTS = (
    ("个工作日", "workdays_after"),
    ("日", "days_after"),
    ("天", "days_after"),
    ("个月", "months_after"),
)


@st.composite
def _counted_in_words(draw: st.DrawFn, issued: date) -> Phrase:
    """
    Draw a counted period from an event, or back from one.
    """
    del issued
    n = draw(st.integers(1, 30))
    shown = draw(st.sampled_from((str(n), chinese(n))))
    if draw(st.integers(0, 3)) == 0:
        unit = draw(st.sampled_from(("个工作日", "日", "天")))
        event = draw(st.sampled_from(("期限届满", "许可证到期", "会议召开")))
        return Phrase(f"在{event}前{shown}{unit}", Meaning("before", None))
    event, form = draw(st.sampled_from(_EVENTS))
    unit, kind = draw(st.sampled_from(_COUNTS))
    return Phrase(form.format(event, f"{shown}{unit}"), Meaning(kind, None))


def _next(days: list[date], issued: date) -> date:
    return min(day for day in days if day >= issued)


@st.composite
def _recurring_in_words(draw: st.DrawFn, issued: date) -> Phrase:
    """
    Draw a deadline that comes back: every year, quarter, month or week.
    """
    years = (issued.year, issued.year + 1)
    month, day = draw(st.integers(1, 12)), draw(st.integers(1, 28))
    ends = [_end(year, each) for year in years for each in range(1, 13)]
    monthly = [date(year, each, day) for year in years for each in range(1, 13)]
    forms: list[tuple[str, str, list[date]]] = [
        (f"每年{month}月{day}日前", "annual", [date(y, month, day) for y in years]),
        (f"每年{month}月底前", "recurring", [_end(y, month) for y in years]),
        ("每年底前", "recurring", [date(y, 12, 31) for y in years]),
        ("每季度末前", "recurring", [end for end in ends if end.month % 3 == 0]),
        (f"每季度末月{day}日前", "recurring", [each for each in monthly if each.month % 3 == 0]),
        ("每月底前", "recurring", ends),
        (f"每月{day}日前", "recurring", monthly),
    ]
    words, kind, days = draw(st.sampled_from(forms))
    return Phrase(words, Meaning(kind, _next(days, issued)))


@st.composite
def _spans_in_words(draw: st.DrawFn, issued: date) -> Phrase:
    """
    Draw a span of days whose last is the deadline.
    """
    first = draw(st.dates(issued, issued + timedelta(days=200)))
    last = first + timedelta(days=draw(st.integers(1, 90)))
    to = draw(st.sampled_from("至—-~"))
    until = f"{last.month}月{last.day}日"
    if last.year != first.year and draw(st.booleans()):
        until = f"{last.year}年{until}"
    elif last.month == first.month and last.year == first.year and draw(st.booleans()):
        until = f"{last.day}日"
    words = f"{first.year}年{first.month}月{first.day}日{to}{until}"
    return Phrase(words, Meaning("fixed", last), last.year)


def deadline_phrases(issued: date) -> st.SearchStrategy[Phrase]:
    """
    Draw deadlines as words that can be read from the issue date *issued*.
    """
    return st.one_of(
        _days_in_words(issued),
        _ends_in_words(issued),
        _spans_in_words(issued),
        _counted_in_words(issued),
        _recurring_in_words(issued),
        _open_ends_in_words(issued),
    )


_LEADS = (
    ("", False),
    ("于", False),
    ("务必于", False),
    ("应于", False),
    ("原则上于", True),
    ("力争", True),
)
_ACTS: tuple[tuple[str, tuple[str | None, ...]], ...] = (
    ("完成自查", ("self_checked",)),
    ("开展全面排查", ("self_checked",)),
    ("完成已公开信息自查整改", ("self_checked", "rectified")),
    ("完成整改", ("rectified",)),
    ("整改到位", ("rectified",)),
    ("完成清理整改任务", ("rectified",)),
    ("实施模板化公开", ("templated",)),
    ("完成", (None,)),
    ("完成项目竣工验收", (None,)),
    ("报送整改报告", (None,)),
    ("制定实施方案", (None,)),
    ("组织回头看", (None,)),
)
_BESIDE = ("完善公开内容标准", "压实工作责任", "添加文本下载", "规范信息展示")
_TAILS = (
    "，并持续推进",
    "，长期坚持",
    "，并持续推进信息公开",
    "。持续完善政府网站",
    "，并长期坚持",
)
_BEFORE = (
    "将办理时限由20个工作日压缩至5个工作日。",
    "2012年12月31日前已建成的项目，",
    "对照标准，",
    "针对存在问题，",
)


@st.composite
def _groups(draw: st.DrawFn, issued: date) -> tuple[str, list[Meaning], int | None]:
    """
    Draw a deadline, the acts it governs, and what stands beside them.
    """
    phrase = draw(deadline_phrases(issued))
    is_date = phrase.meaning.kind not in {
        "workdays_after",
        "days_after",
        "months_after",
        "before",
        "recurring",
        "annual",
    }
    lead, soft = ("", False)
    if is_date and not phrase.words.startswith(("到", "于")):
        lead, soft = draw(st.sampled_from(_LEADS))
    words, stages = draw(st.sampled_from(_ACTS))
    joined = (
        "" if phrase.words.endswith("，") or words == "完成" else draw(st.sampled_from(("", "，")))
    )
    beside = draw(st.lists(st.sampled_from(_BESIDE), max_size=2, unique=True))
    if phrase.words.endswith(("至", "月")) or phrase.words.startswith("于"):
        joined = ""
    text = f"{lead}{phrase.words}{joined}{words}" + "".join(f"，{each}" for each in beside)
    meanings = [attrs.evolve(phrase.meaning, stage=stage, soft=soft) for stage in stages]
    return text, meanings, phrase.year


@st.composite
def requirement_cells(
    draw: st.DrawFn, *, min_issued: date = date(2015, 1, 1), max_issued: date = date(2024, 12, 31)
) -> PrintedRequirement:
    """
    Draw requirement cells issued from *min_issued* to *max_issued*, both included.

    One to three deadlines, each governing an act and what stands beside it; then perhaps 持续推进;
    before them perhaps a measure or a condition that only looks like a deadline.
    """
    issued = draw(st.dates(min_issued, max_issued))
    text = draw(st.sampled_from(("", "", "", *_BEFORE)))
    meanings: list[Meaning] = []
    seen: set[str | None] = set()
    parts: list[str] = []
    for _turn in range(draw(st.integers(1, 3))):
        words, group, year = draw(_groups(issued))
        if parts and (year is None or any(each.soft for each in meanings)):
            break  # its year would be carried from before
        stages = {each.stage for each in group} - {None}
        if stages & seen:
            break  # a stage has one date
        seen |= stages
        parts.append(words)
        meanings += group
    text += draw(st.sampled_from(("；", "。", "，"))).join(parts)
    ongoing = draw(st.booleans())
    if ongoing:
        text += draw(st.sampled_from(_TAILS))
        meanings.append(Meaning("ongoing", None, "ongoing"))
    whole = text + draw(st.sampled_from(("。", "")))
    return PrintedRequirement(draw(damaged(whole)), whole, issued, tuple(meanings), ongoing)


_HALF = str.maketrans("，；：（）", ",;:()")
_WIDE = {ord(character): ord(character) + 0xFEE0 for character in "0123456789"}


@st.composite
def damaged(draw: st.DrawFn, text: str) -> str:
    """
    Damage the layout of a text and keep its sense: width, script, stray spaces.
    """
    if draw(st.booleans()):
        text = text.translate(_HALF)
    if draw(st.integers(0, 4)) == 0:
        text = text.translate(_WIDE)
    if draw(st.integers(0, 4)) == 0:
        text = text.translate(SCRIPTS)
    for _turn in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from((" ", "\xa0\xa0", "\u3000"))) + text[at:]
    return text
