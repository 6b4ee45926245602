"""
The words of the grammar: what requirement cells are read by.

Each word belongs to one sort.  The longest word at a place wins, so that 整改方案 (a thing) hides
整改 (an act), and 目前 hides the 前 that closes a deadline.
"""

from __future__ import annotations

from enum import Enum, auto

from rectiflow.clauses import Act
from rectiflow.deadlines.undated import IMMEDIATE

__all__ = ["ACTS", "EVENTS", "HOLIDAYS", "NAMED_ENDS", "OVER", "WEEKDAYS", "WORDS", "YEARS", "Sort"]


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
    THING = auto()  # a word that hides another
    VERB = auto()  # 完成: what a bare date may stand before
    COMMA = auto()
    PAUSE = auto()  # 、
    STOP = auto()  # 。
    COLON = auto()
    OPEN = auto()
    CLOSE = auto()
    OTHER = auto()  # anything else


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
    "暑期",
    "暑假",
    "寒假",
    "春耕",
)
"""Feasts and seasons: no date is read from their names."""

EVENTS = {
    "收到": "received",
    "接到": "received",
    "接收": "received",
    "收悉": "received",
    "届满": "expiry",
    "到期": "expiry",
    "期满": "expiry",
    "印发": "issued",
    "下发": "issued",
    "发文": "issued",
    "交办": "assigned",
    "分办": "assigned",
    "转办": "assigned",
    "形成": "formed",
    "制作": "formed",
}
"""The library's names of the events that words speak of."""

ACTS: dict[str, Act] = {
    **dict.fromkeys(
        ("自查", "自查自改", "自检", "自查自纠", "全面排查", "摸底排查", "排查", "摸底", "自评"),
        Act.SELF_CHECK,
    ),
    **dict.fromkeys(
        (
            "整改",
            "整改到位",
            "整治到位",
            "清理整改",
            "创建专栏",
            "补充",
            "改正",
            "纠正",
            "整改落实",
        ),
        Act.RECTIFY,
    ),
    **dict.fromkeys(("模板化公开", "实施模板化", "模板化", "规范化公开"), Act.TEMPLATE),
    **dict.fromkeys(
        ("报送", "备案", "上报", "报告", "报备", "汇报", "呈报", "报市", "报省", "报县", "报区"),
        Act.REPORT,
    ),
    **dict.fromkeys(
        ("复核", "回头看", "测评", "评估", "督查", "督导检查", "抽查", "复查", "核查", "评查"),
        Act.REVIEW,
    ),
    **dict.fromkeys(("验收", "销号", "竣工验收", "整改销号", "对账销号"), Act.ACCEPT),
    **dict.fromkeys(("公布", "公开", "发布", "主动公开", "向社会公布", "向社会公开"), Act.PUBLISH),
    **dict.fromkeys(("公示", "公示期间", "公示期"), Act.NOTICE),
    **dict.fromkeys(
        (
            "制定方案",
            "建设规划",
            "整改方案",
            "实施方案",
            "工作方案",
            "行动方案",
            "整改计划",
            "方案",
            "规划",
        ),
        Act.PLAN,
    ),
    **dict.fromkeys(("申请延期", "同意延期", "延期", "延长期限"), Act.EXTEND),
    **dict.fromkeys(
        ("动工", "开工", "启动", "施行"),
        Act.START,
    ),
    **dict.fromkeys(("答复", "回复", "办结", "反馈"), Act.SERVE),
}
"""What each act is called."""

NAMED_ENDS = {
    "投入使用": "in_use",
    "投入运行": "in_use",
    "投产": "in_use",
    "上线": "in_use",
    "投运": "in_use",
    "通车": "in_use",
    "通水": "in_use",
    "建成": "built",
    "竣工": "built",
    "完工": "built",
    "公开平台统筹优化": "platform_optimised",
    "平台统筹优化": "platform_optimised",
    "平台优化": "platform_optimised",
}
"""Ends that are no stage and have a name."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# Words that contain a word of the grammar and are none.
_THINGS = _words(
    "目前 当前 此前 先前 前期 前提 前列 前往 前述 前款 前置 提前介入 "
    "面前 眼前 前端 前台 前后 内容 内部 室内 国内 省内 市内 区内 县内 "
    "境内 辖区内 范围内 内设 内控 内涵 海内外 体制内 日常 日报 日志 日期 "
    "今日 近日 日益 生日 节假日 月报 月度 年报 年鉴 年龄 年检 年审 年轻 "
    "青年 少年 学年 近年 近年来 历年 多年 常年 全年 底数 底线 底册 彻底 "
    "到底 兜底 摸清底数 末端 期末 周末 周边 周期 周围 周密 周知 自然 "
    "自主 自治 自身 自觉 自行 各自 自动 自由 自建 自愿 自助 自媒体 来自 "
    "亲自 私自 擅自 自然资源 收到 达到 做到 得到 看到 找到 遇到 受到 "
    "提到 感到 找不到 到位 到人 到岗 到达 直到 关于 由于 对于 属于 便于 "
    "利于 有利于 位于 处于 基于 低于 高于 不低于 少于 不少于 多于 大于 "
    "小于 等于 鉴于 终于 至于 现在 存在 正在 所在 在线 在建 在岗 在职 "
    "在编 内在 潜在 旨在 实在 在内 在案 在册 甚至 乃至 以至 至少 "
    "截至目前 直至 要求 重要 主要 需要 必要 摘要 纲要 要点 要素 要件 "
    "概要 主要负责人 应急 应用 响应 相应 供应 适应 应对 对应 反应 目的 "
    "的确 标的 已公开信息 已公开 自己 而已 不得已 后续 后期 后果 最后 "
    "落后 后台 后勤 今后 先后 背后 善后 起草 起诉 一起 发起 起来 引起 "
    "兴起 起点 起步 提起 共同 公共 公共服务 共享 共建 共有 共产党 中共 "
    "总共 公共资源 共性 并且 合并 并联 并网 并重 基本信息 基本情况 "
    "基本公共服务 基本制度 基本农田 基本医疗 基本养老 基本原则 基本目录 "
    "基本要求 基本建设 持续时间 可持续 可持续发展 限期整改通知书 期限届满 "
    "时限要求表 整改台账 整改清单 整改情况 整改报告 整改结果 整改措施 "
    "整改进展 整改链接 整改落实情况 整改材料 整改通知 整改通知书 整改责任 "
    "整改责任人 整改任务清单 整改成效 整改质量 整改台帐 整改意见 整改建议 "
    "整改要求 整改内容 整改成果 整改目标 整改率 整改完成率 整改实效 整改效果 "
    "整改步骤 整改标准 整改过程 整改档案 整改力度 整改单位 整改领导小组 "
    "自查报告 自查情况 自查结果 自查表 自查清单 自查问题 自查自评报告 "
    "排查情况 排查台账 排查结果 排查清单 摸底情况 信息公开 政务公开 "
    "政府信息公开 公开内容标准 公开内容 公开平台 公开目录 公开指南 公开专栏 "
    "公开标准 公开事项 公开清单 公开透明 公开招标 公开工作 公开年报 公开栏 "
    "公开渠道 公开力度 公开质量 公开时限 公开属性 公开发布制度 公开信息 "
    "未公开 不公开 依申请公开 主动公开目录 主动公开事项 公示制度 公示栏 "
    "公示牌 公示公告栏 公示系统 验收标准 验收办法 验收报告 验收合格 验收组 "
    "验收材料 报告制度 年度报告 工作报告 报告书 评估报告 调查报告 评估机制 "
    "评估体系 评估结果 测评反馈问题 测评结果 第三方测评反馈问题 检查评估 "
    "复核意见 督查通报 督查组 测评指标 发布会 新闻发布 新闻发布会 发布平台 "
    "信息发布 政策发布 反馈问题 意见反馈 反馈意见 执行力 执行公开 行政执行 "
    "执行情况 行政执法公示制度 实施细则 实施意见 实施办法 实施主体 实施情况 "
    "启动仪式 启动资金 补充协议 补充耕地 行政审批 审批时限 办理时限 承诺时限 "
    "法定时限 审批时间 办理时间 时限内 规定时限 期限内 立即办理 及时性 "
    "及时率 不够及时 不及时 按时率 按期率 季度报 季报 常态化机制 常态化制度 "
    "长期性 长期以来 长期护理 年以来 月以来 日以来 年来 一年一度 上年度 "
    "年年 月月 第一时间 第一批 第二批 第一类 第三方 工作日报 工作日志 届满 "
    "期满 到期 本次排查 此次排查 本次自查 此次自查 本次整改 此次整改 "
    "本次检查 此次检查 本次督查 此次督查"
)

OVER = frozenset(
    _words(
        "印发 发布 下发 出台 制定 召开 通报 反馈 交办 检查 发现 形成 建成 成立 批准 "
        "施行 实施 公布 签订 取得 作出 出具 受理"
    )
)
"""What a thing dated by them has behind it: 2018年底前印发的文件."""


WORDS: dict[str, Sort] = {
    **dict.fromkeys(_THINGS, Sort.THING),
    **dict.fromkeys(ACTS, Sort.ACT),
    **dict.fromkeys(YEARS, Sort.RELATIVE_YEAR),
    **dict.fromkeys(HOLIDAYS, Sort.HOLIDAY),
    "年": Sort.YEAR,
    **dict.fromkeys(("月", "月份"), Sort.MONTH),
    **dict.fromkeys(("日", "号"), Sort.DAY),
    **dict.fromkeys(("年度",), Sort.ANNUAL),
    **dict.fromkeys(("本月", "当月", "本月份", "这个月"), Sort.THIS_MONTH),
    **dict.fromkeys(("下月", "次月", "下个月"), Sort.NEXT_MONTH),
    **dict.fromkeys(("年底", "年末", "年终", "年内", "岁末"), Sort.YEAR_END),
    **dict.fromkeys(("月底", "月末"), Sort.MONTH_END),
    **dict.fromkeys(("季度末", "季末", "季度底", "本季度末", "本季末"), Sort.QUARTER_END),
    **dict.fromkeys(("底", "末"), Sort.BOTTOM),
    **dict.fromkeys(("月初",), Sort.MONTH_START),
    **dict.fromkeys(("上半年", "下半年"), Sort.HALF),
    "半年": Sort.HALF_YEAR,
    **dict.fromkeys(("上旬", "中旬", "下旬"), Sort.TEN_DAY),
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
    **dict.fromkeys(("以来", "至今"), Sort.NEVER),
    **dict.fromkeys(("以上", "以下", "左右", "期"), Sort.MORE),
    **dict.fromkeys(
        ("下班", "下午", "上午", "中午", "晚上", "晚", "时", "点", "当天", "当日"), Sort.TIME
    ),
    **dict.fromkeys(("至", "到", "-", "截至", "截止", "截止到", "截至到", "截止至"), Sort.TO),
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
    **dict.fromkeys(("根据", "按照", "依据", "依照", "按"), Sort.PER),
    **dict.fromkeys(
        (
            "要",
            "应",
            "应当",
            "须",
            "必须",
            "需",
            "需要在",
            "确保",
            "确保在",
            "保证",
            "务必",
            "务必在",
            "必须在",
            "应当在",
            "须在",
            "应在",
            "要在",
            "将",
            "拟",
            "最迟",
            "最晚",
            "至迟",
        ),
        Sort.MODAL,
    ),
    **dict.fromkeys(
        (
            "原定",
            "原定于",
            "原计划",
            "原计划于",
            "已",
            "已经",
            "尚",
            "尚未",
            "仍",
            "仍未",
            "均已",
            "未",
            "曾",
        ),
        Sort.ALREADY,
    ),
    **dict.fromkeys(("共", "共计", "合计", "计"), Sort.TOTAL),
    "分别": Sort.SHARED,
    **dict.fromkeys(("并", "并于", "并在", "且"), Sort.AND),
    "的": Sort.OF,
    **dict.fromkeys((*IMMEDIATE, "马上改"), Sort.NOW),
    **dict.fromkeys(
        (
            "限期",
            "抓紧",
            "及时",
            "尽快",
            "按期",
            "按时",
            "如期",
            "按整改期限",
            "尽早",
            "适时",
            "近期",
            "早日",
            "即时",
            "年前",
            "节前",
            "汛前",
        ),
        Sort.VAGUE,
    ),
    **dict.fromkeys(
        ("持续", "长期坚持", "长期", "常态化", "持之以恒", "坚持长期", "常抓不懈"), Sort.KEEP
    ),
    **dict.fromkeys(("原则上", "力争", "争取", "基本", "力求", "争取在", "力争在"), Sort.SOFT),
    **dict.fromkeys(
        (
            "压缩至",
            "压缩到",
            "压缩为",
            "压减至",
            "压减到",
            "压减为",
            "控制在",
            "缩短到",
            "缩短至",
            "缩短为",
            "减少到",
            "减少至",
            "减至",
            "降至",
            "降低到",
            "不超过",
            "超过",
            "不少于",
            "不低于",
            "至少",
            "为期",
            "不足",
            "满",
            "近",
            "延长至",
            "累计",
            "提速至",
            "压至",
            "缩减至",
            "缩减到",
            "调整为",
            "由",
        ),
        Sort.MEASURE,
    ),
    "探索": Sort.EXPLORE,
    **dict.fromkeys(("落实国家标准", "执行国家标准"), Sort.STANDARD),
    **dict.fromkeys(NAMED_ENDS, Sort.NAMED),
    **dict.fromkeys(
        (
            "完成时限",
            "整改时限",
            "时限",
            "期限",
            "完成时间",
            "整改期限",
            "时限要求",
            "完成期限",
            "整改时间",
            "办结时限",
            "截止时间",
            "截止日期",
            "最后期限",
        ),
        Sort.LABEL,
    ),
    **dict.fromkeys(("含当日", "含当天", "含本日", "含"), Sort.INCLUSIVE),
    **dict.fromkeys(("不含当日", "不含当天", "不含本日", "不含该日", "不含"), Sort.EXCLUSIVE),
    **dict.fromkeys(("除外",), Sort.FAR),
    **dict.fromkeys(("制定", "制订", "编制", "拟定", "建立"), Sort.DRAFT),
    **dict.fromkeys(("模板", "公开模板", "内容模板", "公开内容模板", "样板"), Sort.TEMPLATE),
    **dict.fromkeys(
        (
            "完成",
            "投入",
            "开展",
            "组织",
            "召开",
            "出台",
            "形成",
            "实现",
            "全面",
            "正式",
            "进行",
            "提交",
            "落实",
            "对",
            "达到",
            "取得",
            "全部",
            "基本完成",
            "基本建成",
            "完善",
            "解决",
            "结束",
            "到位",
        ),
        Sort.VERB,
    ),
    **dict.fromkeys(",;", Sort.COMMA),
    "、": Sort.PAUSE,
    **dict.fromkeys("。!?\n", Sort.STOP),
    ":": Sort.COLON,
    **dict.fromkeys("([【〔", Sort.OPEN),
    **dict.fromkeys(")]】〕", Sort.CLOSE),
}
"""Every word and its sort."""
