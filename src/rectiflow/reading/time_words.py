"""
The words that requirement cells tell time with: what names a date, leads to it and closes it.
"""

from __future__ import annotations

from itertools import product

from .sorts import Sort

__all__ = ["DAYS_ON", "HOLIDAYS", "PLAN_ENDS", "TIMES", "WEEKDAYS", "YEARS"]


YEARS = {
    "今年": 0,
    "本年": 0,
    "本年度": 0,
    "当年": 0,
    "明年": 1,
    "次年": 1,
    "来年": 1,
    "去年": -1,
    "上年": -1,
}
"""Years named from the year of issue."""

DAYS_ON = {
    "今天": 0,
    "今日": 0,
    "今晚": 0,
    "明天": 1,
    "明日": 1,
    "明晚": 1,
    "后天": 2,
    "后日": 2,
    "大后天": 3,
}
"""Days named from the day of issue."""

WEEKDAYS = {character: n for n, character in enumerate("一二三四五六日", 1)} | {"天": 7}
"""Monday is 1."""

HOLIDAYS = (
    "春节",
    "国庆节",
    "国庆",
    "中秋节",
    "中秋",
    "端午节",
    "清明节",
    "五一",
    "十一",
    "元旦",
    "汛期",
    "主汛期",
    "入汛",
    "雨季",
    "采暖季",
    "采暖期",
    "供暖季",
    "供暖期",
    "开学",
    "高考",
    "中考",
    "两会",
    "“两会”",
    "两节",
    "“两节”",
    "双节",
    "“双节”",
    "“五一”",
    "“十一”",
    "暑期",
    "暑假",
    "寒假",
    "春耕",
)
"""Feasts and seasons: no date is read from their names."""

# 即日起至4月底 is a span whose end counts.
_FROM_NOW = tuple(f"即日起{mark}{to}" for mark, to in product(("", ","), "至到-"))

PLAN_ENDS = {
    f"{quote}{plan}{unquote}{ending}": 2010 + 5 * n
    for n, plan in enumerate(("十一五", "十二五", "十三五", "十四五", "十五五", "十六五"))
    for quote, unquote in (("“", "”"), ("", ""), ('"', '"'))
    for ending in (
        "时期",
        "期间",
        "期内",
        "期末",
        "末",
        "时期末",
        "规划期",
        "规划期内",
        "规划期间",
        "规划期末",
    )
}
"""The last year of each five-year plan, by the words that name its time."""

_UNTOLD = (
    "年后",
    "月内",
    "周内",
    "本周",
    "本周内",
    "本季度",
    "本季",
    "本旬",
    "次日",
    "翌日",
    "隔日",
    "月中",
    "年中",
    "年初",
    "季初",
    "近日",
    "短期内",
    "上半月",
    "下半月",
    "半月",
    "任期",
    "聘期",
    "保修期",
    "质保期",
    "有效期",
    "过渡期",
    "试用期",
    "窗口期",
    "学期",
    "本学期",
    "新学期",
    "学期末",
    "本学期末",
    "春季",
    "夏季",
    "秋季",
    "冬季",
    "今春",
    "今夏",
    "今秋",
    "今冬",
    "明春",
    "今冬明春",
    "秋冬季",
    # Months of the moon's calendar: no rule says them.
    "正月",
    "正月底",
    "正月末",
    "腊月",
    "腊月底",
    "腊月末",
    "冬月",
    "冬月底",
)

TIMES: dict[str, Sort] = {
    **dict.fromkeys(PLAN_ENDS, Sort.FIVE_YEARS),
    **dict.fromkeys(YEARS, Sort.RELATIVE_YEAR),
    **dict.fromkeys(HOLIDAYS, Sort.HOLIDAY),
    **dict.fromkeys(DAYS_ON, Sort.NEAR_DAY),
    **dict.fromkeys(("全年", "全年度", "整年"), Sort.WHOLE_YEAR),
    **dict.fromkeys(("期间", "期间内"), Sort.DURING),
    **dict.fromkeys(_UNTOLD, Sort.UNTOLD),
    "年": Sort.YEAR,
    **dict.fromkeys(("月", "月份"), Sort.MONTH),
    **dict.fromkeys(("日", "号"), Sort.DAY),
    **dict.fromkeys(("年度",), Sort.ANNUAL),
    **dict.fromkeys(("本月", "当月", "本月份", "这个月"), Sort.THIS_MONTH),
    **dict.fromkeys(("下月", "次月", "下个月"), Sort.NEXT_MONTH),
    **dict.fromkeys(("年底", "年末", "年终", "年内", "岁末", "年尾", "岁尾"), Sort.YEAR_END),
    **dict.fromkeys(("月底", "月末", "月尾", "月终"), Sort.MONTH_END),
    **dict.fromkeys(
        ("季度末", "季末", "季度底", "季底", "季终", "本季度末", "本季末"), Sort.QUARTER_END
    ),
    **dict.fromkeys(("底", "末"), Sort.BOTTOM),
    **dict.fromkeys(("月初",), Sort.MONTH_START),
    **dict.fromkeys(("上半年", "下半年"), Sort.HALF),
    "半年": Sort.HALF_YEAR,
    **dict.fromkeys(("上旬", "中旬", "下旬", "上中旬", "中下旬"), Sort.TEN_DAY),
    "第": Sort.ORDINAL,
    **dict.fromkeys(("季度", "季"), Sort.QUARTER),
    **dict.fromkeys(
        (
            "季度末月",
            "季末月",
            "季度首月",
            "季初月",
            "季度第一个月",
            "首月",
            "第一个月",
            "第1个月",
            "季度第1个月",
            "末月",
            "最后一个月",
            "最后1个月",
        ),
        Sort.QUARTER_MONTH,
    ),
    **dict.fromkeys(
        (
            "每年",
            "每季度",
            "每季",
            "每月",
            "每个月",
            "每周",
            "每星期",
            "每半年",
            "按周",
            "逐周",
            "按月",
            "按季",
            "按季度",
            "逐月",
            "逐季",
            "按年",
            "每年度",
        ),
        Sort.EVERY,
    ),
    **dict.fromkeys(("个工作日", "工作日", "个工作天"), Sort.WORKDAYS),
    **dict.fromkeys(("天", "个自然日", "自然日", "个日历日", "日历天", "个自然天"), Sort.DAYS),
    **dict.fromkeys(("周", "个星期", "星期", "个周"), Sort.WEEKS),
    **dict.fromkeys(("个月", "个自然月"), Sort.MONTHS),
    **dict.fromkeys(("小时", "个小时", "分钟"), Sort.HOURS),
    **dict.fromkeys(("前", "之前", "以前", "提前"), Sort.BEFORE),
    **dict.fromkeys(("止", "为止"), Sort.BY),
    **dict.fromkeys(("内", "以内", "之内"), Sort.WITHIN),
    **dict.fromkeys(("之日起", "起", "当日起", "次日起", "之日", "之时起", "起算"), Sort.SINCE),
    **dict.fromkeys(("后", "之后", "以后", "后的", "之后的"), Sort.AFTER),
    **dict.fromkeys(("前后", "左右"), Sort.ABOUT),
    **dict.fromkeys(("以来", "至今"), Sort.NEVER),
    **dict.fromkeys(("以上", "以下", "期"), Sort.MORE),
    **dict.fromkeys(
        ("下班", "下午", "上午", "中午", "晚上", "晚", "时", "点", "当天", "当日"), Sort.TIME
    ),
    **dict.fromkeys(
        ("至", "到", "-", "截至", "截止", "截止到", "截至到", "截止至", *_FROM_NOW), Sort.TO
    ),
    **dict.fromkeys(
        (
            "于",
            "在",
            "定于",
            "务必于",
            "应于",
            "须于",
            "拟于",
            "最迟于",
            "不晚于",
            "不迟于",
            "预计",
            "预计于",
            "预计在",
            "计划于",
            "计划在",
            "力争于",
            "争取于",
        ),
        Sort.AT,
    ),
    **dict.fromkeys(("自", "从"), Sort.FROM),
}
"""Words about time and their sorts."""
