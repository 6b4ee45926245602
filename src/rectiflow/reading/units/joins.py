"""
Where one run of words names several bodies: 和, 及, 与 and 等.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .lexicon import ends_as_name, is_bare, is_group_name, level_of, opener_of

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["open_end", "pieces"]

_JOINS = re.compile(r"以及|[及和与]")
_STRONG = re.compile(
    r"(?:[局委厅署院会处所站队科股司行团联协馆台办部室府]|中心|公司|集团|大学|中学|小学|政协|人大|分局|企业|单位|部门)$"
)
_WEAK = re.compile(
    r"(?:干部|内部|外部|全部|社会|机会|创办|军队|部队|执行|运行|场所|平台|网站|学科|发行|推行|流行|实行|党团|住所|车站)$"
)
_NOT_APART = re.compile(r"政府[和与](?:社会|企业|市场)|党[和与]国家|法院[和与]检察|委[和与]改革")
_DEPARTMENTS = re.compile(r"(?:部门|单位|机构|科室|企业|组织)$")
_ALSO = re.compile(r"(?:部门|单位|机构|个人|人员|企业|科室|组织|团体)(?:等.{0,10})?")
_QUALITY = re.compile(r"^(?:.{0,8}[、各])?[省市县区州旗盟镇乡中][直级属央]$")
_PLACE_END = re.compile(r"(?:街道|[镇乡村县市区州旗])$")
_STRONG_JOIN = re.compile("以及|及")
_FAR = 40
_OPEN = re.compile(
    r"(?<![高中初同平])等(?P<rest>(?:有?关|相关|各|全|[省市县区州旗盟镇乡][直级属]|其[他余]|\d|[一二三四五六七八九十多几若]"
    r"|[^、]{1,6}(?:部门|单位|机构|企业)$|部门|单位|科室|机构|企业|乡镇|镇街|街道|处室|股室|学校|地区).{0,24}|)$"
)


def open_end(text: str) -> tuple[int, str] | None:
    """
    Find 等 at the end of a list: its place, and the words after it; ``None`` if there is none.

    >>> open_end("财政部等有关部门"), open_end("高等学校")
    ((3, '有关部门'), None)
    """
    found = _OPEN.search(text)
    return (found.start(), found["rest"]) if found else None


def _part(left: str, word: str, right: str) -> bool:
    """
    Say whether the joining *word* parts two names.
    """
    if word == "以及":
        return True
    closes = open_end(right)
    right = right[: closes[0]] if closes and closes[0] else right  # 工业和信息化局等有关部门
    if _DEPARTMENTS.search(left) and _ALSO.fullmatch(right):
        # 有关部门和单位 is one group.
        return False
    if _QUALITY.search(left):
        return False  # 县直及驻县各单位
    if opener_of(right) or is_group_name(right):
        return True
    if opener_of(left) and is_bare(right):
        return True
    if not ends_as_name(left) or not (ends_as_name(right) or closes):
        return False
    if word == "及":
        return True
    if _NOT_APART.search(left[-2:] + word + right[:2]) or _WEAK.search(left):
        return False
    here, there = level_of(left)[1], level_of(right)[1]
    place = _PLACE_END.search(left)
    if place and not _STRONG.search(left):
        other = _PLACE_END.search(right) or re.search(r"人民政府$|政府$|办事处$", right)
        return other is not None and len(left) > 1
    return bool(here and here == there) or _STRONG.search(left) is not None


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """
    Part *text* at the joining words outside brackets that stand between names.
    """
    start, depth, last = 0, 0, 0
    for found in _JOINS.finditer(text):
        between = text[last : found.start()]
        depth += between.count("(") - between.count(")")
        last = found.end()
        left = text[max(start, found.start() - _FAR) : found.start()]
        right = text[found.end() : found.end() + _FAR]
        if len(right) == _FAR:
            right += text[-_FAR:]  # what matters is how a name begins and how it ends
        nearest = _STRONG_JOIN.split(right, maxsplit=1)[0]
        if ends_as_name(nearest) or _ALSO.fullmatch(nearest):
            right = nearest  # 市直有关部门和单位及镇财政所
        if depth <= 0 and left and right and _part(left, found[0], right):
            yield start, found.start()
            start = found.end()
    yield start, len(text)
