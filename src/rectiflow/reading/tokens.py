"""
A folded text as the tokens of the grammar.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from .lexicon import WORDS
from .sorts import Sort

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Token", "numeral", "tokens"]


class Token(NamedTuple):
    """
    A token: what it is, its folded words, where they begin and end, and the number it says.
    """

    sort: Sort
    text: str
    first: int
    last: int
    number: int = 0


_DIGITS = {character: n for n, character in enumerate("〇一二三四五六七八九")} | {"两": 2, "元": 1}
_TENS = {"十": 10, "百": 100}


def numeral(words: str) -> int:
    """
    Read a number in digits or in Chinese, also one read digit by digit (二〇二〇).

    >>> [numeral(words) for words in ("二〇二〇", "十二", "三十", "一百二十", "07")]
    [2020, 12, 30, 120, 7]
    """
    if words.isdecimal():
        return int(words)
    if not any(character in _TENS for character in words):
        return int("".join(str(_DIGITS[character]) for character in words))
    total, digit = 0, 0
    for character in words:
        if character in _TENS:
            total += (digit or 1) * _TENS[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit


# A number of Chinese characters is one only before something that is counted: 一是 is none.
_CHINESE = (
    "[〇一二三四五六七八九十百两]+"
    "(?=年|月|日|号|天|周|季|旬|时|点|小时|分钟|个工作|个月|个自然|个日历|个星期|个季|个小时)"
    # 元月 is January, but 100元月底前发放.
    r"|(?<![\d.万亿千百十〇一二三四五六七八九美欧港日])元(?=月)"
)


_MONTH_DAY = r"(?:1[0-2]|0?[1-9])\.(?:3[01]|[12]\d|0?[1-9])"
_PARTED = r"(?:1[0-2]|0?[1-9])[/·-](?:3[01]|[12]\d|0?[1-9])"  # 4/30前, never 1-15日
_PADDED = r"(?:1[0-2]|0[1-9])-(?:3[01]|[012]\d)"


def _longest_first(words: Iterable[str]) -> str:
    # Grouped by their first character, so that a place tries only what can begin there.
    by_first: dict[str, list[str]] = {}
    for word in words:
        by_first.setdefault(word[0], []).append(word[1:])
    groups = []
    for first in sorted(by_first, key=lambda first: (_COMMON.find(first) % _NOT_COMMON, first)):
        rests = sorted(by_first[first], key=len, reverse=True)
        groups.append(f"{re.escape(first)}(?:{'|'.join(map(re.escape, rests))})")
    # One look tells whether anything may begin here; the choices are tried one by one.
    firsts = "".join(map(re.escape, sorted(by_first)))
    return f"(?=[{firsts}])(?:{'|'.join(groups)})"


_COMMON = (
    "月前。,年完日整自、个内报的公()每;并全开至于对之要:将后起持以应季立长到期时"
    "不验制实第上在政已分建下收办销-按组反未"
)
"""What most words begin with; they are tried first."""
_NOT_COMMON = 10_000


_UNIT_BEGINNINGS = "年月日号季周天时点"
_NO_UNITS = frozenset({Sort.THING, Sort.HOLIDAY, Sort.VAGUE, Sort.UNTOLD})
_UNITS = {
    word: sort
    for word, sort in WORDS.items()
    if word[0] in _UNIT_BEGINNINGS and sort not in _NO_UNITS
}
_TOKEN = re.compile(
    # What is no plain word begins with one of these; all else is looked up as a word at once.
    rf"(?=[\d〇一二三四五六七八九十百两元QH①-⑳《〔\[(（第本下上每这星礼前{_UNIT_BEGINNINGS}])(?:"
    r"(?=\d)(?:"
    r"(?P<item>(?<![\d.])\d{1,2}\.(?=\D|\d{1,2}月|(?:19|20)\d\d(?:[年底.\-]|\d{1,4}[月日])))"
    r"|(?P<numbered>\d{4}(?:[〕\])）]?第?\d+号|年第?\d+号(?=文)))"
    r"|(?P<dotted>(?<!\d)(?:19|20)\d\d(?:\.\d{1,2}\.\d{1,2}|/\d{1,2}/\d{1,2}|-\d{1,2}-\d{1,2})(?![\d.]))"
    r"|(?P<year_month>(?<!\d)(?:19|20)\d\d[.-](?:1[0-2]|0?[1-9])(?=[月前底之以,;。、)\n-]|$))"
    # 12.31前 is a day; alone between separators it may be one.
    rf"|(?P<month_day>(?<![\d.])(?:{_MONTH_DAY})(?=[日号]|(?:[之以]?前|止)(?![一二三四五六七八九十\d]))"
    rf"|(?<![\d./·-])(?:{_PARTED})(?=[之以]?前)"
    rf"|(?<![^,;。:(\n])(?:{_MONTH_DAY}|{_PADDED})(?=[,;。)\n]|$))"
    r"|(?P<clock>(?<!\d)\d{1,2}:\d\d(?!\d))"
    r"|(?P<decimal>\d+(?:\.\d+)+%?|\d+%)"
    r"|(?P<digits>\d+))"
    # 月调度 is 每月调度; 本月调度, 月调度机制 and “月调度、周通报” are not.
    r"|(?P<every>(?<![\d上下本当每次各按逐个\u4e00两三四五六七八九十元])[月周季]"
    r"(?=(?:调度|报送|通报|研判|会商|督办)(?!制|机制|会|表|单|工作|情况|的|[^“”]{0,20}”)))"
    r"|(?P<untold>(?<![A-Za-z\d-])(?:Q[1-4]|H[12])(?![A-Za-z\d-]))"
    r"|(?P<sign>[一二三四五六七八九十]+是(?!否)|[①-⑳])"
    r"|(?P<title>《[^《》]*》|[〔\[(（]\d{4}[〕\])）]?第?\d+号|第[一二三四五六七八九十\d]+[,条款项章批次类])"
    rf"|(?P<chinese>{_CHINESE})"
    r"|(?P<weekday>(?:[本下上每这]个?)?(?:周|星期|礼拜)[一二三四五六日天](?!期))"
    # After a date 前提出 begins with 前; elsewhere 前提 is a thing.
    r"|(?<=[\d日号月底末旬满束期])(?P<closing>前)(?=[提期往置列端台述])"
    # After a number 年报送 begins with 年; elsewhere 年报 is a thing.
    rf"|(?<=[\d〇一二三四五六七八九十两])(?P<unit>{_longest_first(_UNITS)}))"
    rf"|(?P<word>{_longest_first(WORDS)})"
)
_WORD = _TOKEN.groupindex["word"]
_MOST_DIGITS = 9  # what is longer is a number of something else
_COUNTING = frozenset({"digits", "chinese"})
_WORDY = frozenset({"unit", "closing"})
_SORTS = {
    "digits": Sort.THING,
    "chinese": Sort.THING,
    "item": Sort.ITEM,
    "sign": Sort.ITEM,
    "title": Sort.THING,
    "numbered": Sort.THING,
    "dotted": Sort.DOTTED,
    "year_month": Sort.DOTTED,
    "clock": Sort.CLOCK,
    "decimal": Sort.THING,
    "weekday": Sort.WEEKDAY,
    "month_day": Sort.MONTH_DAY,
    "untold": Sort.UNTOLD,
    "every": Sort.EVERY,
}


def tokens(text: str) -> list[Token]:
    """
    Cut a folded text into tokens that cover it without a gap.

    >>> [each.text for each in tokens("年底前完成整改")]
    ['年底', '前', '完成', '整改']
    """
    found: list[Token] = []
    done = 0
    # What a named tuple's own call adds is a third more.
    other, add, token = Sort.OTHER, found.append, tuple.__new__
    for match in _TOKEN.finditer(text):
        first, last = match.span()
        if first > done:
            add(token(Token, (other, text[done:first], done, first, 0)))
        words = match[0]
        done = last
        if match.lastindex == _WORD or (group := match.lastgroup) in _WORDY:
            add(token(Token, (WORDS[words], words, first, last, 0)))
        elif group in _COUNTING and last - first <= _MOST_DIGITS:
            add(token(Token, (Sort.NUMBER, words, first, last, numeral(words))))
        else:
            add(token(Token, (_SORTS[group or ""], words, first, last, 0)))
    if done < len(text):
        add(token(Token, (other, text[done:], done, len(text), 0)))
    return found
