"""
A printed text folded for reading: one width, one script, no stray space; the places are kept.
"""

from __future__ import annotations

import re

import attrs

__all__ = ["SCRIPTS", "Folded", "fold"]

# Only what the grammar's own words are written with: names and acts stay as they are printed.
_TRADITIONAL = "個內開進務於號後從單關門縣鄉鎮領職責會協辦處參與實負牽頭報備複覈驗銷測評檢查對標準"
_TRADITIONAL += (
    "時間點長堅項續動態總結規範優應將務須產運營調組織啟試區劃訂擬審過屆滿書發佈條週陽爭內達減壓縮"
)
_TRADITIONAL += (
    "則儘現場當馬節慶憑據採納執決議論證書圖樣構設轉讓財產類綜體數據閉環臺賬問題線網站專欄補齊週"
)
_SIMPLIFIED = "个内开进务于号后从单关门县乡镇领职责会协办处参与实负牵头报备复核验销测评检查对标准"
_SIMPLIFIED += (
    "时间点长坚项续动态总结规范优应将务须产运营调组织启试区划订拟审过届满书发布条周阳争内达减压缩"
)
_SIMPLIFIED += (
    "则尽现场当马节庆凭据采纳执决议论证书图样构设转让财产类综体数据闭环台账问题线网站专栏补齐周"
)

SCRIPTS = {
    ord(simple): traditional
    for traditional, simple in zip(_TRADITIONAL, _SIMPLIFIED, strict=True)
    if simple not in "后复面于"
}
"""Simplified to traditional, for the characters of the grammar."""

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # full-width ASCII
_FORMS = {
    **_WIDE,
    **dict(zip(map(ord, _TRADITIONAL), _SIMPLIFIED, strict=True)),
    **{ord(mark): "〇" for mark in "○◯Ｏ零"},
    **{ord(dash): "-" for dash in "—–－−‐‑─～~〜"},
    ord("、"): "、",
    ord("。"): "。",
    ord("｡"): "。",
    ord("﹐"): ",",
    ord("﹔"): ";",
    ord("﹕"): ":",
    ord("︰"): ":",
    ord("﹙"): "(",
    ord("﹚"): ")",
    ord("\u3000"): " ",
    ord("\xa0"): " ",
    ord("\t"): " ",
    ord("\u200b"): " ",
    ord("\u200c"): " ",
    ord("\u200d"): " ",
    ord("\u2060"): " ",
    ord("\ufeff"): " ",
    ord("\r"): "\n",
    ord("\v"): "\n",
    ord("\f"): "\n",
    ord("\u2028"): "\n",
    ord("\u2029"): "\n",
    **{code: " " for code in range(0x2000, 0x200B)},
}
_BLANK = re.compile(r"[ \n]")
# A line that breaks within a date or a number is no new line; one before "2." is.
_KEPT_NEWLINE = re.compile(r"\n(?![ \n]*(?:[年月日号底前]|\d+[年月日号]))")


@attrs.frozen
class Folded:
    """
    A text folded for reading.

    Attributes:
        text: The folded text.
        printed: The text as printed.
        places: Where in the printed text each folded character stands; ``None`` where they
            stand one for one.
    """

    text: str
    printed: str
    places: tuple[int, ...] | None = None

    def place(self, position: int) -> int:
        """
        Give the place in the printed text of a folded character.
        """
        if self.places is None:
            return position
        return self.places[position] if position < len(self.places) else len(self.printed)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """
        Give the printed span of folded characters, *first* included and *last* excluded.
        """
        if self.places is None or first >= last:
            return self.place(first), self.place(last) if self.places is None else self.place(first)
        return self.places[first], self.places[last - 1] + 1


def fold(printed: str) -> Folded:
    """
    Fold *printed*: half width, simplified script, without white space but for new lines.

    >>> fold("２０２０ 年６月３０日之前").text
    '2020年6月30日之前'
    """
    text = printed.translate(_FORMS)
    if _BLANK.search(text) is None:
        return Folded(text, printed)
    kept = (
        {match.start() for match in _KEPT_NEWLINE.finditer(text)} if "\n" in text else frozenset()
    )
    places = tuple(
        n
        for n, character in enumerate(text)
        if character != " " and (character != "\n" or n in kept)
    )
    return Folded("".join(text[n] for n in places), printed, places)
