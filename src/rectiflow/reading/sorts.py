"""
The sorts of words that the grammar of requirement cells tells apart.
"""

from __future__ import annotations

from typing import ClassVar

__all__ = ["Sort"]


class Sort:
    """
    What a token is to the grammar.

    No ``Enum``: Python 3.11 takes 0.2 µs to find a member of one, four times as long as a plain
    attribute, and the grammar asks for some hundreds in a cell.
    """

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        """
        Make a sort by its name; only this module does.
        """
        self._name = name

    def __repr__(self) -> str:
        """
        Write it as code does.
        """
        return f"Sort.{self._name}"

    NUMBER: ClassVar[Sort]  # 12, 十二
    DOTTED: ClassVar[Sort]  # 2020.6.30
    MONTH_DAY: ClassVar[Sort]  # 12.31: a date, or a number
    WEEKDAY: ClassVar[Sort]  # 周五, with 本, 下 or 每 before it
    YEAR: ClassVar[Sort]  # 年
    MONTH: ClassVar[Sort]  # 月
    DAY: ClassVar[Sort]  # 日, 号
    ANNUAL: ClassVar[Sort]  # 年度: of a year, never a date
    RELATIVE_YEAR: ClassVar[Sort]  # 今年
    THIS_MONTH: ClassVar[Sort]  # 本月
    NEAR_DAY: ClassVar[Sort]  # 今天, 明天
    FIVE_YEARS: ClassVar[Sort]  # “十四五”期间
    WHOLE_YEAR: ClassVar[Sort]  # 全年
    UNTOLD: ClassVar[Sort]  # 月中, 任期, 今冬明春: a time without a date
    DURING: ClassVar[Sort]  # 期间
    NEXT_MONTH: ClassVar[Sort]  # 下月
    YEAR_END: ClassVar[Sort]  # 年底
    MONTH_END: ClassVar[Sort]  # 月底
    QUARTER_END: ClassVar[Sort]  # 季度末
    BOTTOM: ClassVar[Sort]  # 底, 末
    MONTH_START: ClassVar[Sort]  # 月初
    HALF: ClassVar[Sort]  # 上半年, 下半年
    HALF_YEAR: ClassVar[Sort]  # 半年
    TEN_DAY: ClassVar[Sort]  # 上旬
    ORDINAL: ClassVar[Sort]  # 第
    QUARTER: ClassVar[Sort]  # 季度
    QUARTER_MONTH: ClassVar[Sort]  # 季度末月, 季度首月
    EVERY: ClassVar[Sort]  # 每年
    WORKDAYS: ClassVar[Sort]  # 个工作日
    DAYS: ClassVar[Sort]  # 天
    WEEKS: ClassVar[Sort]  # 周
    MONTHS: ClassVar[Sort]  # 个月
    HOURS: ClassVar[Sort]  # 小时
    BEFORE: ClassVar[Sort]  # 前
    BY: ClassVar[Sort]  # 止
    WITHIN: ClassVar[Sort]  # 内
    SINCE: ClassVar[Sort]  # 之日起, 起
    AFTER: ClassVar[Sort]  # 后
    NEVER: ClassVar[Sort]  # 以来, 至今: what a date before it is not
    ABOUT: ClassVar[Sort]  # 前后, 左右: a date only near it
    MORE: ClassVar[Sort]  # 以上: a measure
    TIME: ClassVar[Sort]  # 下班, 下午
    CLOCK: ClassVar[Sort]  # 17:00
    TO: ClassVar[Sort]  # 至, 到
    AT: ClassVar[Sort]  # 于, 在
    FROM: ClassVar[Sort]  # 自, 从
    PER: ClassVar[Sort]  # 根据, 按照
    MODAL: ClassVar[Sort]  # 要, 应当, 确保
    ALREADY: ClassVar[Sort]  # 已
    TOTAL: ClassVar[Sort]  # 共
    SHARED: ClassVar[Sort]  # 分别
    AND: ClassVar[Sort]  # 并
    OF: ClassVar[Sort]  # 的
    NOW: ClassVar[Sort]  # 立行立改
    VAGUE: ClassVar[Sort]  # 限期
    KEEP: ClassVar[Sort]  # 持续, 长期坚持
    SOFT: ClassVar[Sort]  # 原则上
    MEASURE: ClassVar[Sort]  # 压缩至
    EXPLORE: ClassVar[Sort]  # 探索
    STANDARD: ClassVar[Sort]  # 落实国家标准
    NAMED: ClassVar[Sort]  # 投入使用: an end with a name of its own
    HOLIDAY: ClassVar[Sort]  # 春节
    LABEL: ClassVar[Sort]  # 完成时限
    INCLUSIVE: ClassVar[Sort]  # 含当日
    EXCLUSIVE: ClassVar[Sort]  # 不含当日
    FAR: ClassVar[Sort]  # 除外
    ACT: ClassVar[Sort]  # 整改
    DRAFT: ClassVar[Sort]  # 制定
    TEMPLATE: ClassVar[Sort]  # 模板
    CREATE: ClassVar[Sort]  # 创建
    COLUMN: ClassVar[Sort]  # 专栏: what is created, with words between
    ITEM: ClassVar[Sort]  # 1., ①, 一是
    THING: ClassVar[Sort]  # a word that hides another
    VERB: ClassVar[Sort]  # 完成: what a bare date may stand before
    COMMA: ClassVar[Sort]
    PAUSE: ClassVar[Sort]  # 、
    STOP: ClassVar[Sort]  # 。
    COLON: ClassVar[Sort]
    OPEN: ClassVar[Sort]
    CLOSE: ClassVar[Sort]
    OTHER: ClassVar[Sort]  # anything else


for _name in Sort.__annotations__:
    setattr(Sort, _name, Sort(_name))
