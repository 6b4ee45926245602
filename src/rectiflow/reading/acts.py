"""
What acts, ends and events are called in requirement cells.
"""

from __future__ import annotations

from rectiflow.clauses import Act

__all__ = ["ACTS", "EVENTS", "NAMED_ENDS"]


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
        (
            "自查",
            "自查自改",
            "自检",
            "自查自纠",
            "全面排查",
            "摸底排查",
            "排查",
            "摸排",
            "摸底",
            "自评",
        ),
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
    **dict.fromkeys(
        (
            "模板化公开",
            "实施模板化",
            "模板化",
            "内容模板化",
            "内容模板化公开",
            "公开内容模板化",
            "规范化公开",
        ),
        Act.TEMPLATE,
    ),
    **dict.fromkeys(
        ("报送", "备案", "上报", "报告", "报备", "汇报", "呈报", "报"),
        Act.REPORT,
    ),
    **dict.fromkeys(
        (
            "复核",
            "回头看",
            "测评",
            "评估",
            "督查",
            "督导检查",
            "抽查",
            "复查",
            "核查",
            "评查",
            "检查评估",
            "督查检查",
        ),
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
        ("动工", "开工", "启动", "施行", "开始"),
        Act.START,
    ),
    **dict.fromkeys(("答复", "回复", "办结", "反馈"), Act.SERVE),
}
"""What each act is called."""

NAMED_ENDS = {
    "投入使用": "in_use",
    "投入运行": "in_use",
    "投产": "in_use",
    "投用": "in_use",
    "建成投用": "in_use",
    "建成投产": "in_use",
    "建成投运": "in_use",
    "建成投入使用": "in_use",
    "建成并投入使用": "in_use",
    "建成运行": "in_use",
    "竣工投产": "in_use",
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
