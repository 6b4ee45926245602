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

from .datelines import LABELLED_DAY, PRINTED_DAY, dateline_of, day_of, whole_day
from .document_numbers import NUMBER, OWN_NUMBER, whole_number
from .titles import FURNITURE, title_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Head", "read_head"]

_LABELLED_ISSUER = re.compile(
    r"(?:来源|信息来源|发布机构|发文机关|发布单位|制发单位|印发单位|发文单位)[:：]\s*(?P<name>[^\s:：]+)"
)
_BODY = re.compile(
    r"^[^\s,，。;；:：、《》“”]{2,28}(?:人民政府|政府|办公室|委员会|委|局|厅|部|署|院|领导小组|指挥部|中心|处)$"
)
_CITED = re.compile(rf"(?P<title>《[^《》]+》)\s*[(（](?P<number>{NUMBER})[)）]")
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
    dateline, dated = dateline_of(around)
    published = day_of(LABELLED_DAY, around)
    # It is printed once it has been signed: the later day contradicts no dateline.
    printed = day_of(PRINTED_DAY, around) if dated is None else None
    published = published or printed
    letter = max((each for each in before if _is_letter(each)), key=len, default="")
    preamble, basis = _letter(letter)
    title, at = title_of(before)
    issuer = _issuer(around)
    told = {letter, issuer, "" if dateline is None else dateline.printed}
    return Head(
        title=title,
        issued=dated or published,
        dateline=dateline,
        number=next((whole_number(each) for each in around if OWN_NUMBER.match(each)), ""),
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
        if len(words) > 1 and _BODY.match(words[0]) and whole_day(" ".join(words[1:])):
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
            for pattern in (LABELLED_DAY, _LABELLED_ISSUER, PRINTED_DAY, OWN_NUMBER)
        )
        or whole_day(words) is not None
        or any(pattern.fullmatch(words) for pattern in (FURNITURE, _ROUTINE))
    )


def _issuer(around: Sequence[str]) -> str:
    for words in around:
        match = _LABELLED_ISSUER.search(words)
        if match is not None:
            return match["name"]
    # Below a letter the body stands above the date.
    for n, words in enumerate(around[1:], 1):
        if whole_day(words) is not None and _BODY.match(around[n - 1]):
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
        for match in re.finditer(NUMBER, words)
        if not match["close"] and len(match["serial"]) > 0
    ]
    restored, done = "", 0
    for at in lost:
        restored += words[done:at] + "〕"
        done = at
    restored += words[done:]
    text = OriginalText(words, restored, ("〕",) * len(lost))
    basis = tuple(
        Source(match["title"], whole_number(match["number"])) for match in _CITED.finditer(words)
    )
    return text, basis


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
