"""
The days around a table: the dateline below a letter, and those that labels tell.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from rectiflow.texts import OriginalText

from .folding import fold
from .points import Part, Point, point_at
from .sorts import Sort
from .tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["LABELLED_DAY", "PRINTED_DAY", "dateline_of", "day_of", "whole_day"]

_LONGEST_DATE = 20
LABELLED_DAY = re.compile(
    r"(?:发布|印发|成文|发文|公开|制发|生成|签发)?(?:时间|日期)[:：]\s*(?P<day>\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?)"
)
PRINTED_DAY = re.compile(r"(?P<day>\d{4}年\d{1,2}月\d{1,2}日)\s*印发")


def whole_day(words: str) -> tuple[Point, OriginalText] | None:
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


def dateline_of(around: Sequence[str]) -> tuple[OriginalText | None, date | None]:
    """
    Give the words and the day of the last line that is a date and nothing else.
    """
    for words in reversed(around):
        found = whole_day(words)
        if found is not None:
            point, text = found
            return text, date(point.year or 0, point.month or 0, point.day or 0)
    return None, None


def day_of(pattern: re.Pattern[str], around: Iterable[str]) -> date | None:
    """
    Give the first real day that a line tells in the way of *pattern*.
    """
    for words in around:
        match = pattern.search(words)
        if match is not None:
            year, month, day = (int(part) for part in re.findall(r"\d+", match["day"]))
            try:
                return date(year, month, day)
            except ValueError:
                continue
    return None
