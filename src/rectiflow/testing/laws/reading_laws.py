"""
The laws of readers: officials' Chinese is read as it was meant, or doubted, and never guessed.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

import attrs
from hypothesis import strategies as st

from rectiflow.messages import Message
from rectiflow.source import Source
from rectiflow.testing.lists import texts
from rectiflow.testing.phrases import Meaning, PrintedRequirement, requirement_cells

from .family import LawFamily
from .law import UNPROVED, Law, Share, Unproved
from .watched import REFUSALS, Part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["READER", "ReaderLike", "reading_laws"]

_GRAMMAR = Source("docs/explanation/design.md")


class ReaderLike(Protocol):
    """
    A function that reads a requirement cell: ``rectiflow.read_requirement`` is one.

    What it gives has ``clauses``, and each of them ``due``, a day or ``None``; ``stage``,
    ``soft``, ``ongoing``, ``doubts``, ``candidates`` and ``span`` are looked at if they are there.
    """

    def __call__(self, text: str, issued: date | None, /) -> Any:  # noqa: ANN401 -- see above
        """
        Read a cell that was issued on a day, if that is known.
        """


READER = {"__call__": Part()}
"""The parts of a reader."""

_CELLS = requirement_cells()
_PLAIN = ("加强组织领导", "完善公开内容标准", "压实工作责任", "规范信息展示", "对照标准")
_NO_DEADLINES = st.lists(st.sampled_from(_PLAIN), min_size=1, max_size=4).map("，".join)
_SCRAPS = (
    "2020年",
    "6月",
    "30日",
    "前",
    "底",
    "每",
    "自",
    "之日起",
    "3个工作日",
    "整改",
    "，",
    "。",
)
_ANY_TEXT = st.lists(st.sampled_from(_SCRAPS), max_size=12).map("".join) | texts()


@attrs.frozen
class _Yearless:
    """
    A day of a year that is not printed.
    """

    month: int
    day: int


_YEARLESS = st.builds(_Yearless, st.integers(1, 12), st.integers(1, 28))


def _clauses(subject: Any, text: str, issued: date | None) -> list[Any]:  # noqa: ANN401 -- ReaderLike, watched
    return list(subject(text, issued).clauses)


def _wrong(printed: PrintedRequirement, what: str, got: object, want: object) -> Message:
    facts = {"text": printed.text, "issued": printed.issued, "got": got, "want": want}
    return Message.of("law.reading.wrong.meaning", what=Message.of(f"law.reading.{what}"), **facts)


def _is_sure(meaning: Meaning) -> bool:
    return not meaning.doubts


def _days(subject: Any, printed: PrintedRequirement) -> Message | Unproved | None:  # noqa: ANN401 -- as above
    want = Counter(each.due for each in printed.clauses if each.due and _is_sure(each))
    if not want:
        return UNPROVED
    got = Counter(each.due for each in _clauses(subject, printed.text, printed.issued))
    return None if want <= got else _wrong(printed, "days", _told(got), _told(want))


def _no_other_days(subject: Any, printed: PrintedRequirement) -> Message | None:  # noqa: ANN401 -- as above
    known = {each.due for each in printed.clauses} | {
        day for each in printed.clauses for day in each.candidates
    }
    got = {each.due for each in _clauses(subject, printed.text, printed.issued) if each.due}
    return None if got <= known else _wrong(printed, "other-days", _told(got - known), "-")


def _told(days: Iterable[date | None]) -> str:
    return ", ".join(sorted(str(day) for day in days if day)) or "-"


def _count(subject: Any, printed: PrintedRequirement) -> Message | None:  # noqa: ANN401 -- as above
    got = len(_clauses(subject, printed.text, printed.issued))
    want = len(printed.clauses)
    return None if got == want else _wrong(printed, "clauses", got, want)


def _field(name: str) -> Callable[[Any, PrintedRequirement], Message | Unproved | None]:
    def objection(subject: Any, printed: PrintedRequirement) -> Message | Unproved | None:  # noqa: ANN401 -- as above
        found = _clauses(subject, printed.text, printed.issued)
        if not all(hasattr(each, name) for each in found):
            return UNPROVED
        got = sorted(str(getattr(each, name)) for each in found)
        want = sorted(str(getattr(each, name)) for each in printed.clauses)
        return None if got == want else _wrong(printed, name, ", ".join(got), ", ".join(want))

    return objection


def _ongoing(subject: Any, printed: PrintedRequirement) -> Message | Unproved | None:  # noqa: ANN401 -- as above
    found = _clauses(subject, printed.text, printed.issued)
    if not all(hasattr(each, "ongoing") for each in found):
        return UNPROVED
    got = any(each.ongoing for each in found)
    return None if got == printed.ongoing else _wrong(printed, "ongoing", got, printed.ongoing)


def _doubted(subject: Any, printed: PrintedRequirement) -> Message | Unproved | None:  # noqa: ANN401 -- as above
    if all(map(_is_sure, printed.clauses)):
        return UNPROVED
    found = _clauses(subject, printed.text, printed.issued)
    got = sum(bool(getattr(each, "doubts", ())) for each in found)
    return None if got else _wrong(printed, "doubts", 0, 1)


def _not_doubted(subject: Any, printed: PrintedRequirement) -> Message | Unproved | None:  # noqa: ANN401 -- as above
    if not all(map(_is_sure, printed.clauses)):
        return UNPROVED
    found = _clauses(subject, printed.text, printed.issued)
    got = sum(bool(getattr(each, "doubts", ())) for each in found)
    return _wrong(printed, "doubts", got, 0) if got else None


def _candidates(subject: Any, printed: PrintedRequirement) -> Message | Unproved | None:  # noqa: ANN401 -- as above
    want = {day for each in printed.clauses for day in each.candidates}
    if not want:
        return UNPROVED
    found = _clauses(subject, printed.text, printed.issued)
    got = {day for each in found for day in getattr(each, "candidates", ())}
    return None if want <= got else _wrong(printed, "candidates", _told(got), _told(want))


def _layout(subject: Any, printed: PrintedRequirement) -> Message | Unproved | None:  # noqa: ANN401 -- as above
    if printed.text == printed.whole:
        return UNPROVED
    one = Counter(each.due for each in _clauses(subject, printed.text, printed.issued))
    other = Counter(each.due for each in _clauses(subject, printed.whole, printed.issued))
    return None if one == other else _wrong(printed, "layout", _told(one), _told(other))


def _placed(subject: Any, printed: PrintedRequirement) -> Message | Unproved | None:  # noqa: ANN401 -- as above
    found = _clauses(subject, printed.text, printed.issued)
    if not all(hasattr(each, "span") for each in found):
        return UNPROVED
    spans = [tuple(each.span) for each in found]
    inside = all(0 <= first < last <= len(printed.text) for first, last in spans)
    if inside and spans == sorted(spans):
        return None
    return _wrong(printed, "spans", spans, f"0 – {len(printed.text)}")


def _silent(subject: Any, text: str) -> Message | None:  # noqa: ANN401 -- as above
    got = [each.due for each in _clauses(subject, text, date(2020, 6, 17)) if each.due]
    return Message.of("law.reading.wrong.invented", text=text, got=_told(got)) if got else None


def _answers(subject: Any, text: str) -> Message | Unproved | None:  # noqa: ANN401 -- as above
    try:
        _clauses(subject, text, date(2020, 6, 17))
    except REFUSALS:
        return None if _reads(subject) else UNPROVED
    except Exception as error:  # noqa: BLE001 -- any other error is what the law forbids
        return Message.of("law.reading.wrong.broke", text=text, error=repr(error))
    return None


def _reads(subject: Any) -> bool:  # noqa: ANN401 -- as above
    # Who refuses every text has not been asked any.
    try:
        return bool(_clauses(subject, "2020年6月30日前完成整改", date(2020, 6, 17)))
    except REFUSALS:
        return False


def _unguessed(subject: Any, case: _Yearless) -> Message | None:  # noqa: ANN401 -- as above
    text = f"{case.month}月{case.day}日前完成整改"
    got = [each.due for each in _clauses(subject, text, None) if each.due]
    return Message.of("law.reading.wrong.invented", text=text, got=_told(got)) if got else None


def _from_the_issue(subject: Any, case: _Yearless) -> Message | None:  # noqa: ANN401 -- as above
    text = f"{case.month}月{case.day}日前完成整改"
    want = date(2019, case.month, case.day)
    got = [each.due for each in _clauses(subject, text, date(2019, 1, 1))]
    if got == [want]:
        return None
    return Message.of("law.reading.wrong.year", text=text, got=_told(got), want=want)


# Each mistake on show that these catch is caught by another too.
_KEPT = {
    "days-as-meant": "It is what a reader is for; the others say why it fails.",
    "no-day-is-invented": "It tells a day that was made up from one that was lost.",
    "clauses-as-meant": "It tells a clause that was lost from one read wrong.",
    "stages-as-meant": "It names the stage, where the right days hide a wrong one.",
    "aims-as-meant": "It tells an aim taken for a duty, with every day right.",
    "going-on-as-meant": "It tells a lost or invented duty to go on, with every day right.",
    "ambiguous-words-are-doubted": "It names the silence that candidates alone do not show.",
    "plain-words-are-not-doubted": "It is the other half of doubting: not to ask in vain.",
    "candidates-hold-the-meaning": "It tells a doubt that helps nobody from none.",
    "layout-says-nothing": "It needs no meaning, only the same words twice.",
    "words-have-their-place": "It holds the spans to the text, which no reading's days show.",
    "no-deadline-no-day": "It needs no grammar of deadlines.",
    "any-text-is-answered": "It needs no text that means anything.",
    "no-year-no-guess": "It is the guess that is made most.",
    "a-missing-year-is-the-issue-s": "It is the guess that is made most, the other way round.",
}


def _law(
    name: str,
    objection: Callable[[Any, Any], Message | Unproved | None],
    **more: Any,  # noqa: ANN401 -- a law's own fields
) -> Law:
    cases = more.pop("cases", _CELLS)
    more.setdefault("kept", _KEPT.get(name, ""))
    return Law(
        id=f"reading.{name}", source=_GRAMMAR, cases=lambda _: cases, objection=objection, **more
    )


def _is_damaged(_subject: object, printed: PrintedRequirement) -> bool:
    return printed.text != printed.whole


def _has_several(_subject: object, printed: PrintedRequirement) -> bool:
    return len(printed.clauses) > 1


_SHARES = (
    Share(name="is-damaged", least=0.3, meets=_is_damaged),
    Share(name="has-several-clauses", least=0.3, meets=_has_several),
)

reading_laws = LawFamily(
    name="reading",
    parts=READER,
    makes_classes=False,
    laws=(
        _law("days-as-meant", _days, proves=0.3, shares=_SHARES),
        _law("no-day-is-invented", _no_other_days, shares=_SHARES),
        _law("clauses-as-meant", _count, shares=_SHARES),
        _law("stages-as-meant", _field("stage")),
        _law("aims-as-meant", _field("soft")),
        _law("going-on-as-meant", _ongoing),
        _law("ambiguous-words-are-doubted", _doubted, proves=0.1),
        _law("plain-words-are-not-doubted", _not_doubted, proves=0.3),
        _law("candidates-hold-the-meaning", _candidates, proves=0.1),
        _law("layout-says-nothing", _layout, proves=0.3),
        _law("words-have-their-place", _placed),
        _law("no-deadline-no-day", _silent, cases=_NO_DEADLINES),
        _law("any-text-is-answered", _answers, cases=_ANY_TEXT),
        _law("no-year-no-guess", _unguessed, cases=_YEARLESS),
        _law("a-missing-year-is-the-issue-s", _from_the_issue, cases=_YEARLESS),
    ),
)
"""What holds of everything that reads requirement cells."""
