"""
The numbers of official documents: 皖政务办〔2020〕4号.
"""

from __future__ import annotations

import re

__all__ = ["NUMBER", "OWN_NUMBER", "whole_number"]

# The right bracket is one of the characters that scrapers drop: 〔20204号.
NUMBER = r"[一-鿿]{1,14}[〔\[［(（](?P<year>\d{4})(?P<close>[〕\]］)）]?)第?(?P<serial>\d+)号"
OWN_NUMBER = re.compile(rf"^(?:文号|发文字号|文件编号)?[:：]?\s*{NUMBER}$")


def whole_number(words: str) -> str:
    """
    Write a document number whole: 皖政务办〔20204号 is always four digits of a year and the rest.

    >>> whole_number("皖政务办〔20204号")
    '皖政务办〔2020〕4号'
    """
    match = re.search(NUMBER, words)
    if match is None:
        return words
    if match["close"]:
        return match.group()
    year = match.end("year") - match.start()
    return f"{match.group()[:year]}〕{match.group()[year:]}"
