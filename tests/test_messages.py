"""
Codes and data in, sentences of two languages out; none is missing.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from babel.messages.pofile import read_po

import rectiflow as rf
from rectiflow.messages import Message
from rectiflow.reading.reasons import Why
from rectiflow.stages import Stage
from rectiflow.testing import LawOutcome

SOURCE = Path(rf.__file__).parent
CATALOGUES = {
    lang: SOURCE / "locale" / lang / "LC_MESSAGES" / "rectiflow.po" for lang in ("zh", "en")
}
# A dotted lower-case text in the source that names a message; f-strings end where they open.
CODE = re.compile(r'f?"((?:[a-z_]+)(?:\.[a-z_-]+)+)(?:\.\{|")')
FAMILIES = (
    "error",
    "refused",
    "trace",
    "doubt",
    "problem",
    "table",
    "entry",
    "unresolved",
    "cli",
    "law",
    "sheet",
    "where",
    "type",
    "kind",
    "smallworld",
    "machine",
    "storemachine",
)
ENUMS = (
    rf.Stage,
    rf.Trigger,
    rf.Clock,
    rf.Outcome,
    rf.Fact,
    rf.Role,
    rf.Act,
    Why,
    LawOutcome,
)


def catalogue(lang: str) -> dict[str, tuple[str, ...]]:
    """
    Read a catalogue: code to its sentences, one for each plural.
    """
    with CATALOGUES[lang].open("rb") as source:
        found = read_po(source, locale=lang, abort_invalid=True)
    entries: dict[str, tuple[str, ...]] = {}
    for entry in found:
        if not entry.id:
            continue
        code = entry.id if isinstance(entry.id, str) else entry.id[0]
        entries[code] = (
            (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ())
        )
    return entries


def fields(sentence: str) -> set[str]:
    """
    List the facts that a sentence names.
    """
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def codes_in_source() -> set[str]:
    """
    List the message codes that the source writes out whole.
    """
    found: set[str] = set()
    for path in SOURCE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for match in re.finditer(r'"((?:[a-z_]+)(?:\.[a-z_-]+)+)"', text):
            if match[1].partition(".")[0] in FAMILIES:
                found.add(match[1])
    return found


class TestCatalogues:
    """
    Every code has a sentence in each language, with the same facts.
    """

    def test_both_languages_have_the_same_codes_and_facts(self) -> None:
        """
        A Chinese sentence names what the English one does; only a count may go unsaid.
        """
        zh, en = catalogue("zh"), catalogue("en")

        assert set(zh) == set(en)
        for code, sentences in zh.items():
            assert all(sentences), code
            assert all(en[code]), code
            ours = set().union(*map(fields, sentences))
            theirs = set().union(*map(fields, en[code]))
            assert ours ^ theirs <= {"n"}, code

    def test_every_code_in_the_source_has_its_sentence(self) -> None:
        """
        A code without one would be shown raw.
        """
        known = set(catalogue("en"))

        assert sorted(codes_in_source() - known) == []

    def test_every_name_of_an_enum_has_words(self) -> None:
        """
        Stages, triggers, outcomes and the rest are never shown by their code.
        """
        for enum in ENUMS:
            for member in enum:
                code = f"{enum.__name__.lower()}.{member.value}"
                assert code in catalogue("zh"), code
        for kind in rf.store.EventKind:
            assert f"event.{kind.value.replace('_', '-')}" in catalogue("zh"), kind
        for reminder in rf.store.ReminderKind:
            assert f"reminder.{reminder.value.replace('_', '-')}" in catalogue("zh"), reminder
        for fault in rf.store.FaultKind:
            assert f"fault.{fault.value}" in catalogue("zh"), fault

    def test_every_sentence_can_be_made(self) -> None:
        """
        With any facts, in either language, for one and for many.
        """
        for lang in ("zh", "en"):
            for code, sentences in catalogue(lang).items():
                names = set().union(*map(fields, sentences))
                for n in (1, 2):
                    facts: dict[str, Any] = dict.fromkeys(names, "x") | {"n": n}
                    text = Message(code, facts).text(lang)
                    assert text
                    assert "{" not in text


class TestMessage:
    """
    Facts are written as the language does.
    """

    def test_dates_stages_and_lists(self) -> None:
        """
        2020年6月30日 and 2020-06-30; names of stages; 、 and commas.
        """
        message = Message.of(
            "refused.skips-demanded", target=Stage.TEMPLATED, skipped=(Stage.RECTIFIED,)
        )

        assert "已模板化" in message.text("zh")
        assert "templated" in message.text("en")
        due = Message.of("trace.answer", due=date(2020, 6, 30))
        assert "2020年6月30日" in due.text("zh")
        assert "2020-06-30" in due.text("en")
        at = Message.of("refused.completed", at=datetime(2020, 6, 30, 9, tzinfo=UTC))
        assert "2020-06-30 09:00+00:00" in at.text("en")

    def test_plurals(self) -> None:
        """
        One working day, two working days.
        """
        one = Message.of("trace.count.workday", n=1, day=date(2020, 6, 30))
        two = Message.of("trace.count.workday", n=2, day=date(2020, 6, 30))

        assert "1 working day," in one.text("en")
        assert "2 working days," in two.text("en")

    def test_an_unknown_code_loses_nothing(self) -> None:
        """
        A caller's own reason without a sentence is shown as code and facts.
        """
        assert Message.of("our.own", by="张三").text("zh") == "our.own: by=张三"
        assert Message.of("our.own").text("en") == "our.own"

    def test_an_unknown_language_is_refused(self) -> None:
        """
        Only zh and en ship.
        """
        with pytest.raises(ValueError, match="fr"):
            Message.of("trace.answer").text("fr")  # type: ignore[arg-type]  # that is the point
