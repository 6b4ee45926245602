"""
Codes and data in, Chinese or English sentences out.

Nothing in the library decides anything by a sentence: values and errors carry a
stable code with its facts, and the text is made when somebody reads it, from the
gettext catalogues under ``locale/``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Self

import attrs

if TYPE_CHECKING:
    from gettext import NullTranslations

__all__ = ["LANGUAGES", "Language", "Message", "check_language"]

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")

_LOCALE = Path(__file__).with_name("locale")
_COMMA = {"zh": "、", "en": ", "}


def _copied(facts: Mapping[str, object]) -> dict[str, object]:
    return dict(facts)


@attrs.frozen
class Message:
    """
    A sentence to be: a stable code and the facts its sentence names.

    Attributes:
        code: Dotted and never reused, e.g. ``"refused.skips-demanded"``.
        facts: Name to value; dates, stages, numbers and texts as they are.

    >>> due = Message.of("trace.answer", due=date(2020, 6, 30))
    >>> print(due.text("zh"))
    最后期限：2020年6月30日。
    >>> print(due.text("en"))
    The last day is 2020-06-30.
    """

    code: str
    facts: Mapping[str, object] = attrs.field(factory=dict, converter=_copied)

    @classmethod
    def of(cls, code: str, /, **facts: object) -> Self:
        """
        Make the message *code* with its facts given by name.
        """
        return cls(code, facts)

    def text(self, lang: Language = "en") -> str:
        """
        Write the sentence in Chinese (``"zh"``) or English (``"en"``).

        A code that has no entry in the catalogue is written as code and facts, so
        that a reason is never lost for want of a translation.

        Raises:
            ValueError: If *lang* is neither.
        """
        check_language(lang)
        template = _template(self.code, lang, self.facts.get("n"))
        if template is None:
            facts = ", ".join(f"{name}={value}" for name, value in self.facts.items())
            return f"{self.code}: {facts}" if facts else self.code
        shown = {name: _written(value, lang) for name, value in self.facts.items()}
        return template.format_map(shown)


def check_language(lang: str) -> None:
    """
    Refuse a language that no catalogue ships for.

    Raises:
        ValueError: If *lang* is not one of :data:`LANGUAGES`.
    """
    if lang not in LANGUAGES:
        raise ValueError(f"lang is {lang!r}; expected 'zh' or 'en'")


@cache
def _catalogue(lang: str) -> NullTranslations:
    # gettext is imported here because a program that prints no sentence need not pay for it.
    from gettext import translation  # noqa: PLC0415 -- see above

    return translation("rectiflow", _LOCALE, [lang])


def _template(code: str, lang: str, n: object) -> str | None:
    catalogue = _catalogue(lang)
    if type(n) is int:
        plural = catalogue.ngettext(code, code, n)
        if plural != code:
            return plural
    single = catalogue.gettext(code)
    return None if single == code else single


def _written(value: object, lang: Language) -> str:
    if isinstance(value, Message):
        return value.text(lang)
    if isinstance(value, Enum):
        # Stages, triggers and the like have a name in each language: "stage.rectified".
        code = f"{type(value).__name__.lower()}.{value.value}"
        return _template(code, lang, None) or str(value.value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日" if lang == "zh" else value.isoformat()
    if isinstance(value, (tuple, list, set, frozenset)):
        return _COMMA[lang].join(_written(each, lang) for each in value)
    return str(value)
