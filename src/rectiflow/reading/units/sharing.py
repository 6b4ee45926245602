"""
What neighbours in a list share: 各乡镇政府、街道办事处; 鲁沙尔镇、多巴镇人民政府.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from .items import Item, Remark
from .lexicon import (
    ends_as_name,
    is_bare,
    is_group_name,
    is_party_organ,
    is_plural,
    level_of,
    opener_of,
    organs_beside,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["share"]

_DEPARTMENTS = re.compile(
    r"(?:(?:直属|派出|下属|所属|内设|组成|工作|职能|事业|办事|议事)?(?:事业|企事业)?(?:部门|单位|机构|委办局|科室|处室|股室|部委|直属|[委办厅局部]))"
    r"(?:[和及与](?:单位|部门|机构))?"
)
_GOVERNMENT = re.compile(r"(?:人民政府|政府|党委)$")
_SEAT = re.compile(
    r"(?:自治[区州县]|直辖市|(?<!地)[省市县区州旗盟乡镇]|\((?:[省市县区州旗盟乡镇、,])+\))$"
)
_ZONE = re.compile(
    r"(?:(?:开发|高新|经开|高新技术|园|景|度假|示范|保税|集聚|试验|功能|管理|港|合作|风景名胜|工业|新)区|[产工农科物]?[业技流]?园|新城)$"
)
_SHARED = (
    (_GOVERNMENT, _SEAT, _ZONE),
    (re.compile(r"(?:办事处|党工委)$"), re.compile(r"街道$"), None),
    (re.compile(r"(?:管委会|管理委员会)$"), _ZONE, None),
)
_TAIL = re.compile(
    r"(?:分公司|公司|分局|局|[区县市镇乡](?:人民)?政府|街道办事处|街道|镇|乡|部门|委)$"
)
_OF_A_BODY = re.compile(r"(?:[局院校委厅]|公司|集团)各$")
_THEIR = re.compile(r"其(?![他它余中])(?=.)")
_LONGEST_BARE = 7
_OFFICE = re.compile(
    r"(?:政府|人民政府|人大|人大常委会|政协|纪委|纪委监委)(?:办公室|办公厅|办|研究室|机关)"
)
_SEATED = re.compile(
    r"(?P<place>[^各()、]{0,7}?[省市县区州旗盟])(?:委|人大|政府|人民政府|政协|纪委)"
)
_COMMITTEE = re.compile(r"[省市县区州旗盟]委")


def _forward(before: Item, item: Item) -> str:
    """
    Give the beginning of *before* that *item* shares; empty if there is none.
    """
    opener = opener_of(before.flat)
    organ = organs_beside(before.flat, item.flat)
    if organ:
        place = before.flat[: -len(organ)]
        # 各村党支部、村委会: the organ begins with the place's kind.
        return place[:-1] if len(place) > 1 and place[-1] == item.flat[0] else place
    if item.flat in ("政府", "人民政府", "人大", "政协", "纪委") and _COMMITTEE.search(
        before.flat[-2:]
    ):
        return before.flat[:-1]
    if _OFFICE.fullmatch(item.flat) and (seat := _SEATED.match(before.flat)):
        return seat["place"]  # 县委办公室、政府办公室
    if item.flat.startswith("各"):
        # 区政府各部门、各直属单位, but not 县政府各部门、各乡镇.
        lead = opener.partition("各")[0]
        if lead.endswith(("直", "属")) and "直属" in item.flat:
            return ""  # 市直各部门、各直属机构: 市直 is said already
        return lead if "各" in opener and _DEPARTMENTS.fullmatch(item.flat[1:]) else ""
    if not opener or not is_bare(item.flat) or opener_of(item.flat) or is_plural(item.flat):
        return ""
    if _DEPARTMENTS.fullmatch(item.flat) or _OF_A_BODY.search(opener):
        return opener
    if item.link != "、" and _ZONE.search(re.sub(r"(?:管委会|管理委员会|党工委)$", "", item.flat)):
        # 各县区人民政府,开发区管委会: most places have but one such zone.
        return ""
    own = opener[opener.find("各") :] if "各" in opener else opener
    return own if opener.endswith(own) else ""


def _suffix(before: Item, item: Item) -> str:
    """
    Give the ending of *item* that *before* shares; empty if there is none.
    """
    if item.is_group and opener_of(before.flat) != opener_of(item.flat):
        return ""
    for suffix, fits, never in _SHARED:
        found = suffix.search(item.flat)
        if not found or (before.is_group and not item.is_group and never is None):
            continue
        base = item.flat[: found.start()]
        both = fits.search(before.flat) and fits.search(base)
        zone = never and (never.search(before.flat) or never.search(base))
        if both and not zone and (item.is_group or len(base) > 1):
            return found[0]
    return ""


def _bare_tail(before: Item, item: Item) -> str:
    """
    Give the ending that a name cut off before its ending shares: 教育、公安局.
    """
    cut = not before.is_group and not item.is_group and not ends_as_name(before.flat)
    if not cut or len(before.flat) > _LONGEST_BARE or item.link not in ("、", "和"):
        return ""
    place, level, _ = level_of(item.flat)
    if level and not place:
        return ""  # 中国石化、市财政局: a name with its own level begins anew
    found = _TAIL.search(item.flat)
    return found[0] if found else ""


def _share_endings(items: Sequence[Item]) -> Iterator[Remark]:
    cut: set[int] = set()
    for at in range(len(items) - 2, -1, -1):
        before, item = items[at], items[at + 1]
        if item.link == ";" or before.plate:
            continue
        tail = _suffix(before, item)
        if tail:
            before.end_with(tail, item.name[-len(tail) :])
            continue
        tail = _bare_tail(before, item)
        if tail:
            whole = before.name + item.name[-len(tail) :]
            yield Remark("doubt.shared-ending", before.start, before.end, (whole, before.name))
            before.end_with(tail, item.name[-len(tail) :])
            cut.add(at)
    for at in sorted(cut):
        before, item = items[at], items[at + 1]
        level = level_of(before.flat)
        lead = len(before.flat) - len(level[2])
        if level[1] and not level_of(item.flat)[1]:
            item.begin_with(before.flat[:lead], before.name[:lead])


def share(items: Sequence[Item]) -> Iterator[Remark]:
    """
    Complete the items by what their neighbours share, and tell what is in doubt.
    """
    for before, item in pairwise(items):
        if item.link == ";":
            continue
        if _THEIR.match(item.flat):
            # 各级人民政府及其部门
            item.flat, item.name = before.flat + item.flat[1:], before.name + item.name[1:]
            item.is_group = before.is_group or is_bare(item.flat[len(before.flat) :])
            continue
        lead = _forward(before, item)
        if lead:
            at = before.flat.find(lead)
            item.begin_with(lead, before.name[at : at + len(lead)])
            item.is_group = before.is_group or is_group_name(item.flat)
        elif is_party_organ(item.flat) and re.match(r"[省市县区州旗]委", before.flat):
            yield Remark(
                "doubt.shared-beginning",
                item.start,
                item.end,
                (before.name[:2] + item.name, item.name),
            )
            item.begin_with(before.flat[:2], before.name[:2])
    yield from _share_endings(items)
