"""
What came of trying laws: law by law, and what is wrong as a sentence and as code.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

import attrs

from rectiflow import __all__ as _public
from rectiflow.messages import Language, Message

from .law import Law

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from .watched import Question

__all__ = ["LawOutcome", "LawResult", "Report", "as_lines"]

_MOST_LINES = 8
_MARKS = {"holds": "✓", "broken": "✗", "untried": "✗", "vacuous": "✗", "left_out": "-"}


class LawOutcome(StrEnum):
    """
    What came of trying a law.
    """

    HOLDS = "holds"
    BROKEN = "broken"
    UNTRIED = "untried"
    VACUOUS = "vacuous"
    LEFT_OUT = "left_out"


@attrs.frozen(kw_only=True)
class LawResult:
    """
    What came of trying one law.

    Attributes:
        law: The law.
        outcome: ``holds``; ``broken``; ``untried`` where the target lacks a part that is required;
            ``vacuous`` where too little was shown; ``left_out`` where it needs an optional part.
        wrong: What is wrong, or why nothing was shown; ``None`` if it holds.
        code: The questions of the smallest case that was found, with their answers.
        tried: How many cases were tried.
        proved: How many of them showed something.
        met: The share of cases that each class of them made up.
    """

    law: Law
    outcome: LawOutcome
    wrong: Message | None = None
    code: tuple[str, ...] = ()
    tried: int = 0
    proved: int = 0
    met: dict[str, float] = attrs.field(factory=dict)

    @property
    def fails(self) -> bool:
        """
        Whether it is anything but a law that holds or one that was left out.
        """
        return self.outcome not in {LawOutcome.HOLDS, LawOutcome.LEFT_OUT}

    @property
    def is_wrong(self) -> bool:
        """
        Whether the target answered, and its answers break the law.

        Not so where it lacks a part, raises, loops, or gives what cannot be judged: such a law is
        broken too, but nothing was learnt of what it says.
        """
        faulty = self.wrong is not None and self.wrong.code.startswith("law.fault.")
        return self.outcome is LawOutcome.BROKEN and not faulty

    def text(self, lang: Language = "en") -> str:
        """
        Write it in Chinese (``"zh"``) or English (``"en"``): what is wrong, the code, the clause.
        """
        lines = [f"{_MARKS[self.outcome]} {self.law.id}", f"    {self.law.says.text(lang)}"]
        if self.wrong is not None:
            lines.append(f"    {self.wrong.text(lang)}")
        lines += [f"      {line}" for line in self.code]
        if self.fails:
            source = Message.of("law.report.source", source=str(self.law.source))
            catches = Message.of("law.report.catches", catches=self.law.catches)
            lines += [f"    {catches.text(lang)}", f"    {source.text(lang)}"]
        return "\n".join(lines)


@attrs.frozen(kw_only=True)
class Report:
    """
    What came of trying the laws of a family on a thing.

    Attributes:
        family: The family's name, e.g. ``"calendar"``.
        target: What was tried, in a word.
        examples: How many cases a law was to be tried on.
        seed: What the cases were drawn with; the same seed draws the same cases.
        results: Law by law, in the order of the family.
    """

    family: str
    target: str
    examples: int
    seed: int
    results: tuple[LawResult, ...]

    @property
    def failing(self) -> tuple[LawResult, ...]:
        """
        Those that do not hold, could not be tried, or showed too little.
        """
        return tuple(each for each in self.results if each.fails)

    @property
    def holds(self) -> bool:
        """
        Whether no law fails and at least one holds: a run that showed nothing is no pass.
        """
        shown = any(each.outcome is LawOutcome.HOLDS for each in self.results)
        return shown and not self.failing

    def __getitem__(self, law_id: str) -> LawResult:
        """
        Give the result of a law by its id.
        """
        for each in self.results:
            if each.law.id == law_id:
                return each
        raise KeyError(law_id)

    @property
    def head(self) -> Message:
        """
        How many hold, fail and were left out.
        """
        counts = dict.fromkeys(LawOutcome, 0)
        for each in self.results:
            counts[each.outcome] += 1
        named = Message.of(f"law.family.{self.family}")
        # A family of one's own has a name and no sentence.
        return Message.of(
            "law.report.head",
            family=self.family if named.text("en") == named.code else named,
            target=self.target,
            seed=self.seed,
            holding=counts[LawOutcome.HOLDS],
            failing=len(self.failing),
            omitted=counts[LawOutcome.LEFT_OUT],
        )

    def text(self, lang: Language = "en") -> str:
        """
        Write it in Chinese (``"zh"``) or English (``"en"``), what fails first.
        """
        shown = sorted(self.results, key=lambda each: not each.fails)
        return "\n".join([self.head.text(lang), *(each.text(lang) for each in shown)])

    def __str__(self) -> str:
        """
        Write it in English.
        """
        return self.text("en")


def as_lines(asked: Sequence[tuple[Question, Any]], show: Any) -> tuple[str, ...]:  # noqa: ANN401 -- a function
    """
    Write questions and answers as code to paste, the last ones if there are many.
    """
    owners = {id(question.owner) for question, _ in asked}
    lines: dict[str, None] = {}
    for question, answer in asked:
        if id(question) not in owners:
            lines[f"{question.code()}  # {show(answer)}"] = None
    shown = list(lines)[-_MOST_LINES:]
    used = {name for line in shown for name in re.findall(r"\b([A-Z]\w+)\(", line)}
    named = sorted(used & set(_public))
    head = ["from datetime import date"] if any("date(" in line for line in shown) else []
    head += [f"from rectiflow import {', '.join(named)}"] if named else []
    return (*head, *shown)
