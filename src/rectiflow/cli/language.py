"""
Which language to speak; known before, and without, the packages of the extra.
"""

from __future__ import annotations

import locale
import os
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rectiflow.messages import Language

__all__ = ["default_language", "language_in"]


def default_language() -> Language:
    """
    Take Chinese where the locale is Chinese, else English.
    """
    # The variables come first: a locale that is asked for need not be installed on the machine.
    asked = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    name = next(filter(None, asked), None) or locale.setlocale(locale.LC_CTYPE, None)
    # Windows spells it "Chinese (Simplified)_China.936".
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"


def language_in(tokens: Sequence[str]) -> Language:
    """
    Find the language that a command line asks for, be the rest of it right or wrong.
    """
    for word, after in pairwise([*tokens, ""]):
        given = after if word == "--lang" else word.removeprefix("--lang=")
        if given in {"zh", "en"} and word.startswith("--lang"):
            return "zh" if given == "zh" else "en"
    return default_language()
