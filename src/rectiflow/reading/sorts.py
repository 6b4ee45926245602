"""
The sorts of words that the grammar of requirement cells tells apart.
"""

from __future__ import annotations

from enum import Enum, auto

__all__ = ["Sort"]


class Sort(Enum):
    """
    What a token is to the grammar.
    """

    # Tokens are looked up by their sort all the time; a sort is itself and nothing else.
    __hash__ = object.__hash__

    NUMBER = auto()  # 12, 十二
    DOTTED = auto()  # 2020.6.30
    WEEKDAY = auto()  # 周五, with 本, 下 or 每 before it
    YEAR = auto()  # 年
    MONTH = auto()  # 月
    DAY = auto()  # 日, 号
    ANNUAL = auto()  # 年度: of a year, never a date
    RELATIVE_YEAR = auto()  # 今年
    THIS_MONTH = auto()  # 本月
    NEXT_MONTH = auto()  # 下月
    YEAR_END = auto()  # 年底
    MONTH_END = auto()  # 月底
    QUARTER_END = auto()  # 季度末
    BOTTOM = auto()  # 底, 末
    MONTH_START = auto()  # 月初
    HALF = auto()  # 上半年, 下半年
    HALF_YEAR = auto()  # 半年
    TEN_DAY = auto()  # 上旬
    ORDINAL = auto()  # 第
    QUARTER = auto()  # 季度
    QUARTER_MONTH = auto()  # 季度末月, 季度首月
    EVERY = auto()  # 每年
    WORKDAYS = auto()  # 个工作日
    DAYS = auto()  # 天
    WEEKS = auto()  # 周
    MONTHS = auto()  # 个月
    HOURS = auto()  # 小时
    BEFORE = auto()  # 前
    BY = auto()  # 止
    WITHIN = auto()  # 内
    SINCE = auto()  # 之日起, 起
    AFTER = auto()  # 后
    NEVER = auto()  # 以来, 至今: what a date before it is not
    ABOUT = auto()  # 前后, 左右: a date only near it
    MORE = auto()  # 以上: a measure
    TIME = auto()  # 下班, 下午
    CLOCK = auto()  # 17:00
    TO = auto()  # 至, 到
    AT = auto()  # 于, 在
    FROM = auto()  # 自, 从
    PER = auto()  # 根据, 按照
    MODAL = auto()  # 要, 应当, 确保
    ALREADY = auto()  # 已
    TOTAL = auto()  # 共
    SHARED = auto()  # 分别
    AND = auto()  # 并
    OF = auto()  # 的
    NOW = auto()  # 立行立改
    VAGUE = auto()  # 限期
    KEEP = auto()  # 持续, 长期坚持
    SOFT = auto()  # 原则上
    MEASURE = auto()  # 压缩至
    EXPLORE = auto()  # 探索
    STANDARD = auto()  # 落实国家标准
    NAMED = auto()  # 投入使用: an end with a name of its own
    HOLIDAY = auto()  # 春节
    LABEL = auto()  # 完成时限
    INCLUSIVE = auto()  # 含当日
    EXCLUSIVE = auto()  # 不含当日
    FAR = auto()  # 除外
    ACT = auto()  # 整改
    DRAFT = auto()  # 制定
    TEMPLATE = auto()  # 模板
    CREATE = auto()  # 创建
    COLUMN = auto()  # 专栏: what is created, with words between
    ITEM = auto()  # 1., ①, 一是
    THING = auto()  # a word that hides another
    VERB = auto()  # 完成: what a bare date may stand before
    COMMA = auto()
    PAUSE = auto()  # 、
    STOP = auto()  # 。
    COLON = auto()
    OPEN = auto()
    CLOSE = auto()
    OTHER = auto()  # anything else
