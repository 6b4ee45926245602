"""
Whether a sentence states what was: 2018年10月建成投产，未依法办理环评手续.

A time that is over by the day of issue is no deadline where the words around it plainly tell a
fact; where nothing tells, it stays one, with a doubt.
"""

from __future__ import annotations

import re

from rectiflow.reading.sorts import Sort

from .cell import FAR, HARD, Cell

__all__ = ["lasts_until_now", "states_a_fact"]

_HAPPENED = frozenset(
    {"已", "已经", "均已", "尚", "尚未", "仍", "仍未", "未", "未能", "曾", "以来", "至今", "累计"}
)
_UNDONE = frozenset({"未", "未能", "尚未", "仍未"})
# What an office finds or did wrong, as a predicate: 违规行为 and 发现的问题 are things.
_FOUND = re.compile(
    r"(?:发现|查实|查明|认定|指出)(?!的|问题(?!\d)|情况|一起|一处)"
    r"|(?<![合从据])实际"
    r"|(?<!不)[仅只](?=[建完有是投开实占达为])"
    r"|存在(?!的|问题)"
    r"|被[^,;。]{0,6}(?:查处|立案|通报|处罚|约谈|责令|叫停|曝光)(?!的)"
    r"|(?:违规|违法|擅自|非法|超标准|虚报|套取|挪用)"
    r"(?!行为|问题|建设的|项目|建筑|占用的|用地|线索|情况|案件|所得|排放的)"
    r"|(?:不到位|不达标|不落实|不力|不足|不明|滞后|缺失|流于形式)$"
)
_ORDERS = (
    "不得|不准|严禁|杜绝|一律|不予|予以|责令|追究|问责|查处|清理|拆除|取缔|整治|纠正|追回|清退"
    "|避免|防止|确保|必须"
)
# What was not done, or was done to somebody, is not asked for: 未及时清理, 被立案查处.
_NOT_ASKED = re.compile(
    rf"(?:未|没有|不)(?:及时|按时|按期|如期|依法|全部|彻底)?(?:{_ORDERS})|被[^,;。]*"
)
_ASKS = re.compile(_ORDERS)
_ASKING = frozenset({Sort.MODAL, Sort.NOW, Sort.VAGUE, Sort.SOFT})


def states_a_fact(cell: Cell, at: int) -> bool:
    """
    Say whether the sentence goes on from a time, at a token, to tell a fact and to ask nothing.

    A clause tells one that has 已, 未, 发现, 实际 or the like, no word that asks, and no 的 at its
    end, which would make it a case: 未完成的.
    """
    begins = at
    for n in range(at, min(at + FAR, len(cell.tokens) + 1)):
        sort = cell.sort(n)
        if sort not in HARD:
            continue
        if n > begins and _tells(cell, begins, n):
            return True
        if sort is Sort.STOP or sort is None:
            break
        begins = n + 1
    return False


def _tells(cell: Cell, first: int, last: int) -> bool:
    tokens = cell.tokens[first:last]
    words = "".join([token.text for token in tokens])
    if tokens[-1].sort is Sort.OF or _ASKS.search(_NOT_ASKED.sub("", words)):
        return False
    if any(
        token.sort in _ASKING and not (n and tokens[n - 1].text in _UNDONE)
        for n, token in enumerate(tokens)
    ):
        return False
    return any(token.text in _HAPPENED for token in tokens) or _FOUND.search(words) is not None


def lasts_until_now(cell: Cell, at: int) -> bool:
    """
    Say whether 以来 closes what begins with a date: 自2020年1月1日起施行以来.
    """
    for n in range(at, min(at + FAR, len(cell.tokens))):
        if cell.sort(n) in HARD:
            break
        if cell.sort(n) is Sort.NEVER:
            return True
    return False
