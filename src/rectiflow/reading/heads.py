"""
What stands around a list's table: its title, issue date, number, issuer, covering letter, basis.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import attrs

from rectiflow.source import Doubt, Source
from rectiflow.texts import OriginalText

from .folding import fold
from .lexicon import Sort
from .points import Part, Point, point_at
from .tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Head", "read_head"]

_TITLE = re.compile(
    r"(?:清单|台账|台帐|一览表|分解表|分工表|任务表|情况表|汇总表|方案|要点|计划|措施表|表)$"
)
_LONGEST_TITLE = 60
_LABELLED_DAY = re.compile(
    r"(?:发布|印发|成文|发文|公开|制发|生成|签发)?(?:时间|日期)[:：]\s*(?P<day>\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?)"
)
_LABELLED_ISSUER = re.compile(
    r"(?:来源|信息来源|发布机构|发文机关|发布单位|制发单位|印发单位|发文单位)[:：]\s*(?P<name>[^\s:：]+)"
)
_BODY = re.compile(
    r"^[^\s,，。;；:：、《》“”]{2,28}(?:人民政府|政府|办公室|委员会|委|局|厅|部|署|院|领导小组|指挥部|中心|处)$"
)
# The right bracket is one of the characters that scrapers drop: 〔20204号.
_NUMBER = r"[一-鿿]{1,14}[〔\[［(（](?P<year>\d{4})(?P<close>[〕\]］)）]?)第?(?P<serial>\d+)号"
_OWN_NUMBER = re.compile(rf"^(?:文号|发文字号|文件编号)?[:：]?\s*{_NUMBER}$")
_CITED = re.compile(rf"(?P<title>《[^《》]+》)\s*[(（](?P<number>{_NUMBER})[)）]")
_ADDRESSEE = re.compile(r"[:：]$")


@attrs.frozen(kw_only=True)
class Head:
    """
    What the words around a table say of the list.

    Attributes:
        title: Its title; empty if there is none.
        issued: The day of issue; ``None`` if no words tell it.
        dateline: The words of that day below the letter; ``None`` if there are none.
        number: Its own document number; may be empty.
        issuer: The issuing body; may be empty.
        preamble: The covering letter's words; ``None`` if there are none.
        basis: The documents cited with their numbers.
        doubts: What is unclear.
        unread: The paragraphs that none of these is.
    """

    title: str = ""
    issued: date | None = None
    dateline: OriginalText | None = None
    number: str = ""
    issuer: str = ""
    preamble: OriginalText | None = None
    basis: tuple[Source, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def read_head(before: Sequence[str], after: Iterable[str] = ()) -> Head:
    """
    Read the paragraphs before a table, and those after it, where a dateline may stand.
    """
    around = [*before, *after]
    dateline, dated = _dateline(around)
    published = _published(around)
    issued = dated or published
    letter = max((each for each in before if _is_letter(each)), key=len, default="")
    preamble, basis = _letter(letter)
    return Head(
        title=_title(before),
        issued=issued,
        dateline=dateline,
        number=next((_whole_number(each) for each in around if _OWN_NUMBER.match(each)), ""),
        issuer=_issuer(around),
        preamble=preamble,
        basis=basis,
        doubts=_doubts(dateline, dated, published),
    )


def _title(before: Sequence[str]) -> str:
    """
    Give the last words before the table that end as titles do; two lines of one are joined.
    """
    for n in range(len(before) - 1, -1, -1):
        words = before[n]
        if len(words) > _LONGEST_TITLE or _TITLE.search(words) is None or "。" in words:
            continue
        above = before[n - 1] if n else ""
        is_tail = len(words) <= 8 and above and not _ADDRESSEE.search(above)  # noqa: PLR2004 -- 整改任务清单 and the like
        if (
            is_tail
            and len(above) <= _LONGEST_TITLE
            and "。" not in above
            and not _OWN_NUMBER.match(above)
        ):
            return above + words
        return words
    short = [each for each in before if len(each) <= _LONGEST_TITLE and "。" not in each]
    named = [each for each in short if not _ADDRESSEE.search(each) and _whole_day(each) is None]
    return named[0] if named else ""


def _whole_day(words: str) -> tuple[Point, OriginalText] | None:
    """
    Read a paragraph that is a date and nothing else, one that lost its characters too.
    """
    if len(words) > 20 or not any(
        character.isdigit() or character in "〇○二" for character in words
    ):  # noqa: PLR2004 -- a date's length
        return None
    folded = fold(words)
    bare = folded.text.strip("()")
    if bare.isdecimal() and not 6 <= len(bare) <= 8:  # noqa: PLR2004 -- a year, a month and a day
        return None
    whole = f"{bare}日" if bare.isdecimal() else bare
    cut = tokens(whole)
    point = point_at(cut, 0) if cut[0].sort in {Sort.NUMBER, Sort.DOTTED} else None
    if point is None or point.last != len(cut) or point.part is not Part.DAY or point.year is None:
        return None
    if point.cuts or not point.is_real() or point.month is None or point.day is None:
        return None
    lost = [(place, character) for place, character in point.lost]
    if whole != bare and lost:
        lost.append((len(bare), "日"))
    restored = "".join(
        words[folded.place(n)] + "".join(c for at, c in lost if at == n + 1)
        for n in range(len(folded.text))
    )
    text = OriginalText(words, restored if lost else words, tuple(c for _at, c in lost))
    return point, text


def _dateline(around: Sequence[str]) -> tuple[OriginalText | None, date | None]:
    for words in reversed(around):
        found = _whole_day(words)
        if found is not None:
            point, text = found
            return text, date(point.year or 0, point.month or 0, point.day or 0)
    return None, None


def _published(around: Iterable[str]) -> date | None:
    for words in around:
        match = _LABELLED_DAY.search(words)
        if match is not None:
            year, month, day = (int(part) for part in re.findall(r"\d+", match["day"]))
            try:
                return date(year, month, day)
            except ValueError:
                continue
    return None


def _issuer(around: Sequence[str]) -> str:
    for words in around:
        match = _LABELLED_ISSUER.search(words)
        if match is not None:
            return match["name"]
    # Below a letter the body stands above the date.
    for n, words in enumerate(around[1:], 1):
        if _whole_day(words) is not None and _BODY.match(around[n - 1]):
            return around[n - 1]
    return ""


def _is_letter(words: str) -> bool:
    return words.endswith("。") and words.startswith(
        ("为", "根据", "按照", "依据", "现将", "经", "对照")
    )


def _letter(words: str) -> tuple[OriginalText | None, tuple[Source, ...]]:
    if not words:
        return None, ()
    lost = [
        match.end("year")
        for match in re.finditer(_NUMBER, words)
        if not match["close"] and len(match["serial"]) > 0
    ]
    restored, done = "", 0
    for at in lost:
        restored += words[done:at] + "〕"
        done = at
    restored += words[done:]
    text = OriginalText(words, restored, ("〕",) * len(lost))
    basis = tuple(
        Source(match["title"], _whole_number(match["number"])) for match in _CITED.finditer(words)
    )
    return text, basis


def _whole_number(words: str) -> str:
    """
    Write a document number whole: 皖政务办〔20204号 is always four digits of a year and the rest.

    >>> _whole_number("皖政务办〔20204号")
    '皖政务办〔2020〕4号'
    """
    match = re.search(_NUMBER, words)
    if match is None:
        return words
    if match["close"]:
        return match.group()
    year = match.end("year") - match.start()
    return f"{match.group()[:year]}〕{match.group()[year:]}"


def _doubts(
    dateline: OriginalText | None, dated: date | None, published: date | None
) -> tuple[Doubt, ...]:
    """
    Doubt an issue date that only the page tells, or that the page tells otherwise.
    """
    days = [day for day in (dated, published) if day is not None]
    if not days or (dated is not None and published in {None, dated}):
        return ()
    words = dateline.restored if dateline is not None else days[0].isoformat()
    candidates = tuple(dict.fromkeys(day.isoformat() for day in days))
    return (Doubt(code="doubt.issue-date", words=words, candidates=candidates),)
