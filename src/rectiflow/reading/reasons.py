"""
Why words that look like a deadline are none.
"""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Why"]


class Why(StrEnum):
    """
    The reason for which a date, a number with a unit of time or a mark of limits is passed over.

    Whatever has none of these is ``UNREAD``, and becomes a doubt.
    """

    UNREAD = "unread"
    """Nothing says that it is none."""
    MEASURE = "measure"
    """压缩至3个工作日: how long something takes"""
    LENGTH = "length"
    """三年行动: how long something is"""
    OVER = "over"
    """2018年以来: how things were or stand"""
    NAMED = "named"
    """2024年度报告: which one of its kind"""
    DATED = "dated"
    """尽快 under a date: the date says when"""
    MEANWHILE = "meanwhile"
    """施工期间: as long as something else lasts"""
    TWICE = "twice"
    """即知即改、立行立改: said already"""
