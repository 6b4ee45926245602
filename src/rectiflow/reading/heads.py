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
from .points import Part, Point, point_at
from .sorts import Sort
from .tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Head", "read_head"]

_TITLE = re.compile(
    r"(?:清单|台账|台帐|一览表|分解表|分工表|任务表|情况表|汇总表|方案|要点|计划|措施表|表)$"
)
_LONGEST_TITLE = 60
_SHORTEST_HALF = 6
_LONGEST_DATE = 20
# The second line of a title that says no more than what it is a title of.
_TAIL = re.compile(
    r"(?:问题|任务|重点|工作|整改|专项|措施|责任|分解|分工|落实|销号|主要|突出|反馈|及)*"
    r"(?:清单|台账|台帐|一览表|分解表|分工表|任务表|情况表|汇总表|措施表|表|方案)"
)
_ANNEX = re.compile(r"附\s*件\s*[\d一二三四五六七八九十]*\s*[:：.]?\s*")
_FURNITURE = re.compile(r"第?\s*\d+\s*页.*|[-—－\s\d]+|.*[>＞»].*|首页|打印|关闭")
_ABOUT = re.compile(r"整改|清单|问题|任务|台账|方案|通知|公告|通报|意见")
_LABELLED_DAY = re.compile(
    r"(?:发布|印发|成文|发文|公开|制发|生成|签发)?(?:时间|日期)[:：]\s*(?P<day>\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?)"
)
_PRINTED_DAY = re.compile(r"(?P<day>\d{4}年\d{1,2}月\d{1,2}日)\s*印发")
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
# What every official document ends with, and nothing is read from.
_ROUTINE = re.compile(r"(?:抄\s*送|主\s*送|分\s*送|抄\s*报)[:：].*|[(（]此件.{0,8}公开.{0,6}[)）]")


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
        unread: The words after the table, between title and table, and the sentences before the
            title, that are none of these.  An addressee is left unread, as are the short lines
            before the title, where web pages have their menus.
    """

    title: str = ""
    issued: date | None = None
    dateline: OriginalText | None = None
    number: str = ""
    issuer: str = ""
    preamble: OriginalText | None = None
    basis: tuple[Source, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    unread: tuple[str, ...] = ()


def read_head(before: Sequence[str], after: Iterable[str] = ()) -> Head:
    """
    Read the paragraphs before a table, and those after it, where a dateline may stand.
    """
    before, after = _parted(before), _parted(after)
    around = [*before, *after]
    dateline, dated = _dateline(around)
    published = _day_of(_LABELLED_DAY, around)
    # It is printed once it has been signed: the later day contradicts no dateline.
    printed = _day_of(_PRINTED_DAY, around) if dated is None else None
    published = published or printed
    letter = max((each for each in before if _is_letter(each)), key=len, default="")
    preamble, basis = _letter(letter)
    title, at = _title(before)
    issuer = _issuer(around)
    told = {letter, issuer, "" if dateline is None else dateline.printed}
    return Head(
        title=title,
        issued=dated or published,
        dateline=dateline,
        number=next((_whole_number(each) for each in around if _OWN_NUMBER.match(each)), ""),
        issuer=issuer,
        preamble=preamble,
        basis=basis,
        doubts=_doubts(dateline, dated, published),
        unread=tuple(
            each
            for each in (*_loose(before, at), *after)
            if each not in told and title not in each and not _tells(each)
        ),
    )


def _parted(lines: Iterable[str]) -> list[str]:
    """
    Part a body from the date that stands behind it on one line.
    """
    parted: list[str] = []
    for line in lines:
        words = line.split()
        if len(words) > 1 and _BODY.match(words[0]) and _whole_day(" ".join(words[1:])):
            parted += [words[0], " ".join(words[1:])]
        else:
            parted.append(line)
    return parted


def _loose(before: Sequence[str], title: int) -> list[str]:
    """
    List what the words before the table say beside the title, at *title*, and may mean something.
    """
    found = [each for each in before[:title] if each.endswith(("。", "；"))]
    rest = before[title + 1 :] if title >= 0 else ()
    return found + [each for each in rest if not _ADDRESSEE.search(each)]


def _tells(words: str) -> bool:
    """
    Say whether a line is read as a date, a number or an issuer, or numbers a page.
    """
    return (
        any(
            pattern.search(words)
            for pattern in (_LABELLED_DAY, _LABELLED_ISSUER, _PRINTED_DAY, _OWN_NUMBER)
        )
        or _whole_day(words) is not None
        or any(pattern.fullmatch(words) for pattern in (_FURNITURE, _ROUTINE))
    )


def _title(before: Sequence[str]) -> tuple[str, int]:
    """
    Give the last words before the table that end as titles do, and which line they are.

    Two lines of one title are joined; without any such words the first that are about a
    rectification are taken; without those it is empty, and the line is -1.
    """
    for n in range(len(before) - 1, -1, -1):
        words = _ANNEX.sub("", before[n], count=1)
        if not words or len(words) > _LONGEST_TITLE or _TITLE.search(fold(words).text) is None:
            continue
        if "。" in words or _FURNITURE.fullmatch(words):
            continue
        above = before[n - 1] if n else ""
        is_tail = _TAIL.fullmatch(fold(words).text) and _is_half(above)
        return (above + words if is_tail else words), n
    named = [n for n, each in enumerate(before) if _is_half(each) and _whole_day(each) is None]
    about = [n for n in named if _ABOUT.search(fold(before[n]).text)]
    at = next(iter(about or named), -1)
    return (before[at] if at >= 0 else ""), at


def _is_half(words: str) -> bool:
    """
    Say whether a line may be a title or the first line of one.
    """
    return (
        _SHORTEST_HALF <= len(words) <= _LONGEST_TITLE
        and not any(mark in words for mark in "。:：")
        and not _OWN_NUMBER.match(words)
        and not _ANNEX.match(words)
        and not _FURNITURE.fullmatch(words)
    )


def _whole_day(words: str) -> tuple[Point, OriginalText] | None:
    """
    Read a paragraph that is a date and nothing else, one that lost its characters too.
    """
    if len(words) > _LONGEST_DATE or not any(each.isdigit() or each in "〇○二" for each in words):
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


def _day_of(pattern: re.Pattern[str], around: Iterable[str]) -> date | None:
    for words in around:
        match = pattern.search(words)
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
