"""
A printed text folded for reading: one width, one script, no stray space; the places are kept.
"""

from __future__ import annotations

import re

import attrs

__all__ = ["SCRIPTS", "Folded", "fold"]

# Only what the grammar's own words are written with: names and acts stay as they are printed.
_TRADITIONAL = (
    "個內開進務於號後從單關縣職責會協辦處實負頭報備複覈驗銷測評檢查對標準時間點長堅項"
    "續動態總結規範優應將須產運調組織啟區劃訂擬審過屆滿書發佈週爭達減壓縮則儘現場當馬"
    "節慶據採執決議證樣設類體數臺賬問題線網專欄補國轄圍誌鑑齡輕學來歷冊徹邊覺願親資崗"
    "屬終編潛綱響適確訴興黨並併聯況農醫療養錄鏈質帳見請統機饋聞細啓儀諾夠護糾創彙導計"
    "覆兩這歲曆鐘爲遲經別說緊恆籌該復匯鍾盡為説迴"
)
_SIMPLIFIED = (
    "个内开进务于号后从单关县职责会协办处实负头报备复核验销测评检查对标准时间点长坚项"
    "续动态总结规范优应将须产运调组织启区划订拟审过届满书发布周争达减压缩则尽现场当马"
    "节庆据采执决议证样设类体数台账问题线网专栏补国辖围志鉴龄轻学来历册彻边觉愿亲资岗"
    "属终编潜纲响适确诉兴党并并联况农医疗养录链质帐见请统机馈闻细启仪诺够护纠创汇导计"
    "复两这岁历钟为迟经别说紧恒筹该复汇钟尽为说回"
)

# These have several traditional forms, or the simplified one is traditional too.
_AMBIGUOUS = "后复面于历尽发并启里周汇钟别说为"

SCRIPTS = {
    ord(simple): traditional
    for traditional, simple in zip(_TRADITIONAL, _SIMPLIFIED, strict=True)
    if simple not in _AMBIGUOUS
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
    **dict.fromkeys(range(8192, 8203), " "),
}
_LETTER_O = re.compile(r"(?<=\d)O(?=[\d年月日])")  # 3O日, typed for 30日
_MIXED = re.compile(r"[〇一二三四五六七八九]0|0[〇一二三四五六七八九]")  # 二0二二年
_MIXED_YEAR = re.compile(r"[〇0一二三四五六七八九]{4}(?=年)")
_BLANK = re.compile(r"[ \n]")
# A line that breaks within a date or a number is no new line; one before "2." is.
_IN_A_DATE = re.compile(
    r"(?<!\.\d)(?<!\.\d\d)(?<=[\d年月日底末〇一二三四五六七八九十])"
    r"[ \n]+(?=[年月日号底末前]|\d+ *[年月日号])"
)


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
        if self.places is None:
            return first, last
        if first >= last:
            return self.place(first), self.place(first)
        return self.places[first], self.places[last - 1] + 1


def fold(printed: str) -> Folded:
    """
    Fold *printed*: half width, simplified script, without white space but for new lines.

    >>> fold("２０２０ 年６月３０日之前").text
    '2020年6月30日之前'
    """
    text = printed.translate(_FORMS)
    if "O" in text:
        text = _LETTER_O.sub("0", text)
    if _BLANK.search(text) is None:
        return Folded(_whole_years(text), printed)
    broken: set[int] = set()
    if "\n" in text:
        broken.update(*(range(*match.span()) for match in _IN_A_DATE.finditer(text)))
    places = tuple(
        n
        for n, character in enumerate(text)
        if character != " " and (character != "\n" or n not in broken)
    )
    return Folded(_whole_years("".join([text[n] for n in places])), printed, places)


def _whole_years(text: str) -> str:
    """
    Write 二0二二年 with one kind of digits.
    """
    if _MIXED.search(text) is None:
        return text
    return _MIXED_YEAR.sub(lambda match: match[0].replace("0", "〇"), text)
