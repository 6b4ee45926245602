"""
The title of a list, among the lines before its table.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .datelines import whole_day
from .document_numbers import OWN_NUMBER
from .folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["FURNITURE", "title_of"]

_TITLE = re.compile(
    r"(?:清单|台账|台帐|一览表|分解表|分工表|任务表|情况表|汇总表|方案|要点|计划|措施表|表)$"
)
_LONGEST_TITLE = 60
_SHORTEST_HALF = 6
# The second line of a title that says no more than what it is a title of.
_TAIL = re.compile(
    r"(?:问题|任务|重点|工作|整改|专项|措施|责任|分解|分工|落实|销号|主要|突出|反馈|及)*"
    r"(?:清单|台账|台帐|一览表|分解表|分工表|任务表|情况表|汇总表|措施表|表|方案)"
)
_ANNEX = re.compile(r"附\s*件\s*[\d一二三四五六七八九十]*\s*[:：.]?\s*")
FURNITURE = re.compile(r"第?\s*\d+\s*页.*|[-—－\s\d]+|.*[>＞»].*|首页|打印|关闭")
_ABOUT = re.compile(r"整改|清单|问题|任务|台账|方案|通知|公告|通报|意见")


def title_of(before: Sequence[str]) -> tuple[str, int]:
    """
    Give the last words before the table that end as titles do, and which line they are.

    Two lines of one title are joined; without any such words the first that are about a
    rectification are taken; without those it is empty, and the line is -1.
    """
    for n in range(len(before) - 1, -1, -1):
        words = _ANNEX.sub("", before[n], count=1)
        if not words or len(words) > _LONGEST_TITLE or _TITLE.search(fold(words).text) is None:
            continue
        if "。" in words or FURNITURE.fullmatch(words):
            continue
        above = before[n - 1] if n else ""
        is_tail = _TAIL.fullmatch(fold(words).text) and _is_half(above)
        return (above + words if is_tail else words), n
    named = [n for n, each in enumerate(before) if _is_half(each) and whole_day(each) is None]
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
        and not OWN_NUMBER.match(words)
        and not _ANNEX.match(words)
        and not FURNITURE.fullmatch(words)
    )
