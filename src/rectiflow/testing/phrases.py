"""
Strategies for requirement cells: a meaning is drawn, printed as officials write, and damaged.

What a reader must make of the words is known by construction.
"""

from __future__ import annotations

import re
from datetime import date

import attrs
from hypothesis import strategies as st

from rectiflow.reading.folding import SCRIPTS

from .deadline_words import Meaning, Phrase, deadline_phrases

__all__ = ["Meaning", "PrintedRequirement", "damaged", "deadline_phrases", "requirement_cells"]


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


_NEW = ("全面推行网上办理", "实施三年行动")
_MARKS = (
    ("", "", ""),
    ("", "", ""),
    ("1.", "2.", "3."),
    ("①", "②", "③"),
    ("一是", "二是", "三是"),
    ("（1）", "（2）", "（3）"),
)
_COUNT = re.compile(r"\d{1,2}(?:个|天|日)")
_COUNTED = frozenset(
    {"workdays_after", "days_after", "months_after", "before", "recurring", "annual"}
)


@attrs.frozen
class _Part:
    """
    A deadline and the acts it governs.

    Attributes:
        words: As printed, characters lost.
        whole: Before any was lost.
        meanings: What its clauses mean.
        year: The year that it names; ``None`` if it names none.
    """

    words: str
    whole: str
    meanings: tuple[Meaning, ...]
    year: int | None


def _part(form: str, phrase: Phrase, meanings: list[Meaning]) -> _Part:
    whole = form.format(phrase.whole or phrase.words)
    return _Part(form.format(phrase.words), whole, tuple(meanings), phrase.year)


@st.composite
def _parts(draw: st.DrawFn, issued: date) -> _Part:
    """
    Draw a deadline, the acts it governs, and what stands beside them.
    """
    phrase = draw(deadline_phrases(issued))
    if phrase.begins:
        return _part("{}" + draw(st.sampled_from(_NEW)), phrase, [phrase.meaning])
    single = [each for each in _ACTS if len(each[1]) == 1]
    words, stages = draw(st.sampled_from(single if phrase.others else _ACTS))
    is_date = phrase.meaning.kind not in _COUNTED
    is_open = phrase.words.startswith(("到", "于")) or phrase.words.endswith("，")
    if is_date and not is_open and not phrase.others and words != "完成" and draw(st.booleans()):
        meanings = [attrs.evolve(phrase.meaning, stage=stage) for stage in stages]
        return _part(f"{words}（{{}}）", phrase, meanings)
    lead, soft = draw(st.sampled_from(_LEADS)) if is_date and not is_open else ("", False)
    joins = not is_open and not phrase.others and words != "完成"
    joined = draw(st.sampled_from(("", "，"))) if joins else ""
    beside = draw(st.lists(st.sampled_from(_BESIDE), max_size=2, unique=True))
    found = [
        attrs.evolve(each, stage=stage, soft=soft) for each in phrase.meanings for stage in stages
    ]
    if not phrase.others and words != "完成" and draw(st.integers(0, 4)) == 0:
        beside.append("探索制定公开内容模板")
        doubts = tuple(sorted((*phrase.meaning.doubts, "doubt.explored-act")))
        found.append(attrs.evolve(phrase.meaning, soft=soft, doubts=doubts))
    form = f"{lead}{{}}{joined}{words}" + "".join(f"，{each}" for each in beside)
    return _part(form, phrase, found)


_AT_ONCE = _Part("立行立改", "立行立改", (Meaning("immediate", None, "rectified"),), 0)
_VAGUE = _Part("限期整改", "限期整改", (Meaning("none", None, "rectified"),), 0)


def _settled(meanings: list[Meaning], *, ongoing: bool) -> list[Meaning]:
    """
    Add the doubts that only the whole cell shows.
    """
    comes_back = {"recurring", "annual"}
    days = [each.due for each in meanings if each.due and each.kind not in comes_back]
    found = []
    for each in meanings:
        doubts = list(each.doubts)
        if each.kind == "immediate":
            doubts += ["doubt.now-and-dated"] * bool(days) + ["doubt.now-and-standing"] * ongoing
        elif each.kind == "none" and not doubts:
            doubts.append("doubt.no-date")
        found.append(attrs.evolve(each, doubts=tuple(sorted(doubts))))
    return found


@st.composite
def requirement_cells(
    draw: st.DrawFn, *, min_issued: date = date(2015, 1, 1), max_issued: date = date(2024, 12, 31)
) -> PrintedRequirement:
    """
    Draw requirement cells issued from *min_issued* to *max_issued*, both included.

    One to three deadlines, each governing acts and what stands beside them, in a row, numbered or
    a line each, or 立行立改 and 限期整改 among them; then perhaps 持续推进; before them perhaps a
    measure or a condition that only looks like a deadline.
    """
    issued = draw(st.dates(min_issued, max_issued))
    before = draw(st.sampled_from(("", "", "", *_BEFORE)))
    meanings: list[Meaning] = []
    parts: list[_Part] = []
    for turn in range(draw(st.integers(1, 3))):
        drawn = st.one_of(_parts(issued), _parts(issued), st.sampled_from((_AT_ONCE, _VAGUE)))
        part = draw(drawn if turn else _parts(issued))
        if parts and (part.year is None or any(each.soft for each in meanings)):
            break  # its year would be carried from before
        if {each.stage for each in part.meanings} & {each.stage for each in meanings} - {None}:
            break  # a stage has one date
        parts.append(part)
        meanings += part.meanings
        if part is _VAGUE:
            break  # 限期整改，6月底前完成 would be one
    marks = draw(st.sampled_from(_MARKS)) if len(parts) > 1 else _MARKS[0]
    if marks[0] == "1." and any(_COUNT.match(part.words) for part in parts):
        marks = _MARKS[0]  # 1.5天内 may be a day and a half
    between = draw(st.sampled_from(("；", "。", "，", "\n")))
    tail = ""
    if ongoing := draw(st.booleans()):
        tail = draw(st.sampled_from(_TAILS))
        meanings.append(Meaning("ongoing", None, "ongoing"))
    tail += draw(st.sampled_from(("。", "")))
    numbered = list(zip(marks, parts, strict=False))
    text = before + between.join(f"{mark}{part.words}" for mark, part in numbered) + tail
    whole = before + between.join(f"{mark}{part.whole}" for mark, part in numbered) + tail
    clauses = tuple(_settled(meanings, ongoing=ongoing))
    goes_on = any(each.kind == "ongoing" for each in clauses)
    return PrintedRequirement(draw(damaged(text)), whole, issued, clauses, goes_on)


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
