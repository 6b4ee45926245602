"""
Names: texts that are not empty and have no white space around them, and how they compare.
"""

from __future__ import annotations

from functools import lru_cache

__all__ = ["folded", "is_name"]

_BRACKETS = str.maketrans("（）", "()")


def is_name(value: object) -> bool:
    """
    Say whether *value* is a text, not empty and without white space around it.

    >>> is_name("区司法局"), is_name(" "), is_name(None)
    (True, False, False)
    """
    return isinstance(value, str) and bool(value) and value == value.strip()


# A list of ten thousand assignments names the same hundred bodies again and again.
@lru_cache(4096)
def folded(name: str) -> str:
    """
    Write *name* as names are compared: with half-width brackets, without white space around it.

    >>> folded("区财政局（区地方金融监管局）")
    '区财政局(区地方金融监管局)'
    """
    return name.translate(_BRACKETS).strip()
