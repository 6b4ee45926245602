"""
Whether a date sets a deadline at all, seen from the words around it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectiflow.reading.points import Part, Point
from rectiflow.reading.reasons import Why
from rectiflow.reading.sorts import Sort
from rectiflow.reading.things import OVER

from .cell import DOES, ENDS, FAR, HARD, LEADS, Cell
from .dated import CLOSINGS, year_of
from .facts import lasts_until_now, states_a_fact

if TYPE_CHECKING:
    from rectiflow.reading.tokens import Token

__all__ = ["describes", "is_ahead", "why_none"]


_MOST_LEADS = 4
_OPENING = frozenset({Sort.NEVER, Sort.AFTER, Sort.ANNUAL, Sort.MORE})
_ENDING = frozenset({Sort.BEFORE, Sort.BY, Sort.WITHIN, Sort.ABOUT})
_ENDS_BY_ITSELF = frozenset(
    {Part.YEAR_END, Part.MONTH_END, Part.QUARTER_END, Part.HALF, Part.HALF_END, Part.TEN_DAY}
)
_BARE = frozenset({Part.MONTH, Part.QUARTER})
_OPENS = frozenset({Sort.FROM, Sort.OPEN})
_ENDS_IN = frozenset({Sort.VERB, Sort.NAMED, Sort.SOFT})


def why_none(cell: Cell, point: Point, closing: Sort | None, at: int) -> Why | None:
    """
    Say why a point sets no deadline, seen from the words around it; ``None`` if it sets one.
    """
    before = cell.sort(point.first - 1)
    after = at + (closing in CLOSINGS)
    if closing in _OPENING:
        return _opened(cell, point, closing, at + 1)
    if before is Sort.PER:
        return Why.NAMED
    if before is Sort.OPEN and cell.text(point.first - 2).endswith("》"):
        return Why.NAMED  # 《条例》(2019年5月15日起施行): the title's own date
    if before is Sort.MEASURE and cell.tokens[point.first - 1].text.startswith("由"):
        return Why.OVER  # 由5月底前调整为6月底前
    if cell.sort(after) is Sort.ALREADY or _has_passed(cell, point.first):
        return Why.OVER
    if _is_attribute(cell, point.first, after):
        return Why.NAMED
    if _reports_what_was(cell, point, after):
        return Why.OVER
    if _sums_up(cell, point, after):
        return Why.UNREAD  # 截至6月底，累计完成20项, printed in March
    if closing in _ENDING:
        return None
    if _is_over(cell, point) and states_a_fact(cell, at):
        cell.told = year_of(cell, point)
        return Why.OVER  # 2018年10月建成投产，未依法办理手续
    if closing is Sort.SINCE and lasts_until_now(cell, at):
        return Why.OVER  # 自2020年1月1日起施行以来
    if closing is Sort.SINCE:
        begins = point.part is not Part.YEAR or before is Sort.FROM or cell.sort(at + 1) in ENDS
        return None if begins or is_ahead(cell, point) else Why.OVER
    if point.part in _ENDS_BY_ITSELF:
        return Why.NAMED if cell.sort(after) is Sort.OF else None
    if point.part is Part.YEAR:
        return _whole_year(cell, point, before, after)
    return _bare(cell, point, before, after)


def _opened(cell: Cell, point: Point, closing: Sort | None, after: int) -> Why:
    """
    Say why a point that something opens sets no deadline: 2018年以来, 6月30日后.
    """
    if closing is Sort.ANNUAL:
        return Why.NAMED
    if closing is not Sort.AFTER:
        return Why.MEASURE if closing is Sort.MORE else Why.OVER
    for at in range(after, min(after + FAR, len(cell.tokens))):
        if cell.sort(at) in _CASES:
            return Why.OVER  # 6月30日后仍未整改的
        if cell.sort(at) in HARD:
            break
    return Why.UNREAD if is_ahead(cell, point) else Why.OVER


_MIDDLES = frozenset({"中", "间", "初", "中期", "前期", "后期"})  # 2020年中, 4月间
_CASES = frozenset({Sort.ALREADY, Sort.OF})


def _whole_year(cell: Cell, point: Point, before: Sort | None, after: int) -> Why | None:
    """
    Tell a year in which something is done from one that says which: 2025年新建10个, 2025年要点.
    """
    following = cell.sort(after)
    if cell.text(after) in _MIDDLES:
        return Why.UNREAD
    if before is Sort.TO or following in _ENDS_IN:
        return None
    if point.first != cell.begins:
        return Why.NAMED
    if following in ENDS:
        ahead = is_ahead(cell, point)
        return None if ahead else (Why.OVER if following is Sort.COMMA else Why.UNREAD)
    if not is_ahead(cell, point):
        return Why.OVER
    does = cell.text(after).startswith(_BUILDING) or (
        point.year is not None and _acts_within(cell, after)
    )
    return None if does else Why.NAMED


_BUILDING = (
    "实施",
    "组织",
    "举办",
    "发放",
    "引进",
    "招引",
    "建立",
    "提供",
    "配备",
    "安装",
    "打通",
    "培训",
    "新建",
    "新增",
    "改建",
    "改造",
    "扩建",
    "修建",
    "建设",
    "培育",
    "打造",
    "推进",
    "推动",
    "力争",
    "计划",
    "安排",
    "创建",
    "治理",
    "整治",
    "开工",
    "新改",
    "提升",
    "全市",
    "全区",
    "全县",
    "全省",
)


def _bare(cell: Cell, point: Point, before: Sort | None, after: int) -> Why | None:
    """
    Tell a day, month or quarter by which from one that only stands there: 6月召开的会议.
    """
    if _is_told(cell, point.first, after):
        return None
    begins = point.first == cell.begins
    if cell.text(after) in _MIDDLES:
        return Why.UNREAD
    if before is Sort.INCLUSIVE:
        return Why.NAMED  # (含31日)
    is_number = point.part is Part.DAY and not (point.has_year or point.month or point.cuts)
    if is_number and cell.month is None:
        return Why.UNREAD if cell.sort(after) in DOES else Why.NAMED
    stands_alone = cell.sort(after) in ENDS and (before in LEADS or begins or before in _OPENS)
    if stands_alone or before in LEADS or cell.sort(after) in DOES:
        if is_number:
            return None if cell.sort(after) in DOES and (begins or before in LEADS) else Why.NAMED
        if point.part not in _BARE or not begins or stands_alone or _acts_within(cell, after):
            return None
    if is_number:
        return Why.NAMED  # 1号锅炉
    if begins and _acts_within(cell, after):
        return None
    if begins and point.part in _BARE and cell.dated is not None and not describes(cell, after):
        return None  # 9月底前机械竣工，10月投料试车
    if not is_ahead(cell, point):
        return Why.OVER
    if begins and _is_a_title(cell, after):
        return Why.NAMED
    dated = point.part is Part.MONTH and point.year is not None
    # 设备更新2020年6月到货: a year and a month are seldom written for nothing.
    return Why.UNREAD if begins or point.part is Part.DAY or dated else Why.NAMED


def _is_a_title(cell: Cell, after: int) -> bool:
    """
    Say whether a clause ends as papers are called: 2020年第三季度检查情况通报.
    """
    for at in range(after, min(after + FAR, len(cell.tokens) + 1)):
        if cell.sort(at) in HARD:
            return cell.text(at - 1).endswith(_PAPERS)
    return False


_PAPERS = (
    "通报",
    "通知",
    "公报",
    "简报",
    "月报",
    "台账",
    "清单",
    "要点",
    "一览表",
    "统计表",
    "情况表",
)


def describes(cell: Cell, after: int) -> bool:
    """
    Say whether a 的 follows in the clause and nothing is done in it: 1—3月亏损的企业.
    """
    found = False
    for at in range(after, min(after + FAR, len(cell.tokens))):
        if cell.sort(at) in HARD:
            break
        if cell.sort(at) in DOES:
            return False
        found = found or cell.sort(at) is Sort.OF
    return found


def _acts_within(cell: Cell, after: int) -> bool:
    """
    Say whether a clause that begins with a month says what is done in it: 12月总结验收.
    """
    acts = False
    for at in range(after, min(after + FAR, len(cell.tokens))):
        if cell.sort(at) in HARD:
            break
        if cell.sort(at) is Sort.OF:
            return False
        acts = acts or cell.sort(at) in DOES
    return acts


def _has_passed(cell: Cell, first: int) -> bool:
    """
    Say whether 已 or 未 stands before a date: 已于2018年底前完成.
    """
    until = max(cell.begins, first - _MOST_LEADS)
    while first > until and cell.sort(first - 1) in LEADS:
        first -= 1
    return first > cell.begins and cell.sort(first - 1) is Sort.ALREADY


def is_ahead(cell: Cell, point: Point) -> bool:
    """
    Say whether a point may lie after the day of issue.
    """
    if cell.issued is None:
        return True
    year = year_of(cell, point) or cell.year or cell.issued.year
    last = (year, point.month or _DECEMBER, point.day or _LAST_DAY)
    return last >= (cell.issued.year, cell.issued.month, cell.issued.day)


_DECEMBER, _LAST_DAY = 12, 31


def _is_over(cell: Cell, point: Point) -> bool:
    """
    Say whether what is told of a time can be past: what was found today is told today.
    """
    if not is_ahead(cell, point):
        return True
    day = cell.issued
    return (
        day is not None
        and point.part is Part.DAY
        and (point.month, point.day) == (day.month, day.day)
        and (year_of(cell, point) or cell.year or day.year) == day.year
    )


_TOLD = frozenset({"为限", "为期限", "为截止日", "为时限"})  # 以5月31日为限


def _is_told(cell: Cell, first: int, after: int) -> bool:
    """
    Say whether a label tells the date: 截止时间为3月31日, 3月31日为最后期限.
    """
    if cell.text(first - 1) == "为" and cell.sort(first - 2) is Sort.LABEL:
        return True
    if cell.text(after) in _TOLD:
        return True
    return cell.text(after) == "为" and cell.sort(after + 1) is Sort.LABEL


def _reports_what_was(cell: Cell, point: Point, after: int) -> bool:
    """
    Say whether a date only says how things stood: 截至2020年5月底,已完成3个.
    """
    first = point.first
    if cell.sort(first - 1) is not Sort.TO or not cell.words(first - 1, first).startswith("截"):
        return False
    if not is_ahead(cell, point):
        return True
    for at in range(after, min(after + FAR, len(cell.tokens))):
        if cell.sort(at) is Sort.ALREADY:
            return True
        if cell.sort(at) is Sort.STOP or (cell.sort(at) is Sort.COMMA and at > after):
            break
    return False


def _sums_up(cell: Cell, point: Point, after: int) -> bool:
    """
    Say whether a sum by a day still to come is told, which only the day of issue contradicts.
    """
    at = after + (cell.sort(after) is Sort.COMMA)
    return cell.text(point.first - 1).startswith("截") and cell.text(at) in _SUMS


_SUMS = frozenset({"累计", "共", "共计", "合计"})


def _is_attribute(cell: Cell, first: int, after: int) -> bool:
    """
    Say whether a date only describes a thing: 对2015年1月1日前未批先建的项目.

    It does where 的 follows within the clause and the clause began with 对 or the like, or
    where what follows the 的 ends the clause and no act stands behind it.
    """
    at = cell.of.find(cell.tokens, after, after + FAR, _is_of_or_ends)
    if at is None or cell.sort(at) is not Sort.OF:
        return False
    if _describes(cell, first) or any(cell.sort(n) is Sort.ALREADY for n in range(after, at)):
        return True
    # ...前印发的文件: a thing dated by an act that is over.
    return cell.words(after, at) in OVER and cell.sort(at + 1) not in DOES


def _is_of_or_ends(token: Token) -> bool:
    return token[0] is Sort.OF or token[0] in HARD


def _describes(cell: Cell, first: int) -> bool:
    opening = cell.words(cell.begins, min(cell.begins + 1, first))
    closing = cell.words(max(cell.begins, first - 1), first)
    return closing.endswith(_DESCRIBING) or opening.startswith(_DESCRIBING[:4])


_DESCRIBING = ("对", "对于", "针对", "凡", "将", "把")
