"""
Which language the command line speaks.
"""

from __future__ import annotations

import pytest

from rectiflow.cli.language import default_language, language_in


class TestDefaultLanguage:
    """
    The locale decides, in the order that POSIX gives its variables.
    """

    @pytest.mark.parametrize(
        ("variables", "lang"),
        [
            ({"LANG": "zh_CN.UTF-8"}, "zh"),
            ({"LANG": "zh_TW"}, "zh"),
            ({"LANG": "en_GB.UTF-8"}, "en"),
            ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
            ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh"),
            ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
            ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh"),
        ],
    )
    def test_the_variables_decide(
        self, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], lang: str
    ) -> None:
        """
        Whether the locale is installed or not; an empty variable is none.
        """
        for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
            monkeypatch.delenv(name, raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)

        assert default_language() == lang

    @pytest.mark.parametrize(
        ("name", "lang"),
        [("Chinese (Simplified)_China.936", "zh"), ("English_United States.1252", "en")],
    )
    def test_windows_spells_it_out(
        self, monkeypatch: pytest.MonkeyPatch, name: str, lang: str
    ) -> None:
        """
        Where no variable is set the program's own locale is asked.
        """
        for each in ("LC_ALL", "LC_MESSAGES", "LANG"):
            monkeypatch.delenv(each, raising=False)
        monkeypatch.setattr("rectiflow.cli.language.locale.setlocale", lambda *_: name)

        assert default_language() == lang


class TestLanguageIn:
    """
    An error may come before the option was read, so the words themselves are looked at.
    """

    @pytest.mark.parametrize(
        ("tokens", "lang"),
        [
            (["fly", "--lang", "zh"], "zh"),
            (["fly", "--lang=zh"], "zh"),
            (["fly", "--lang", "en"], "en"),
            (["fly", "--lang", "fr"], "en"),
            (["fly", "zh"], "en"),
            (["fly", "--lang"], "en"),
        ],
    )
    def test_the_option_or_else_the_locale(
        self, monkeypatch: pytest.MonkeyPatch, tokens: list[str], lang: str
    ) -> None:
        """
        Either way of writing it; a value that is none leaves it to the locale.
        """
        monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")

        assert language_in(tokens) == lang
