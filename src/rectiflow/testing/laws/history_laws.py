"""
The laws of records: what was written is read back, in parts too, and damage is noticed.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

import attrs
from hypothesis import strategies as st

from rectiflow.messages import Message
from rectiflow.moments import CHINA_TIME
from rectiflow.moves import Move
from rectiflow.source import Source
from rectiflow.stages import FORWARD, Stage, StagePath, Trigger
from rectiflow.testing.ledgers import ISSUED
from rectiflow.testing.lists import texts

from .family import LawFamily
from .law import UNPROVED, Law, Share, Unproved
from .watched import REFUSALS, Part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["RECORDS", "RecordsLike", "history_laws"]

_HISTORY = Source("docs/explanation/history.md")
_ROW, _UNIT = "1", "单位0"
_DAY = timedelta(days=1)


class RecordsLike(Protocol):
    """
    What keeps a history as text: a file format, a table, a log.

    The moves are those of one assignment on the whole path, oldest first, and legal.  These may be
    left out: ``is_sealed``, true of a format that notices any change of its text, and ``state``
    and ``go_on``, by which a history is replayed: ``state(moves)`` and ``go_on(state, moves)``.
    """

    def write(self, moves: tuple[Move, ...]) -> str:
        """
        Write a history down.
        """

    def read(self, text: str) -> Iterable[Move]:
        """
        Read a history, or refuse with a ``ValueError`` or ``LookupError``.
        """


RECORDS = {
    "write": Part(gives=(str,)),
    "read": Part(whole=True),
    "is_sealed": Part(gives=(bool,), called=False, required=False),
    "state": Part(required=False),
    "go_on": Part(required=False),
}
"""The parts of what keeps records."""

_WORDS = st.sampled_from(("", "张三", '区政府 "甲"', "a,b", " x ", "一\n二", "𠮷\x1f")) | texts()
_HOURS = st.none() | st.integers(0, 23)
_PATH = StagePath.of(*list(Stage)[1:])
_TRIGGERS = {stage: trigger for trigger, stage in FORWARD.items()}


@st.composite
def _histories(draw: st.DrawFn, least: int = 0) -> tuple[Move, ...]:
    stage, day, moves = Stage.ASSIGNED, ISSUED, []
    for _ in range(draw(st.integers(least, 5))):
        day += draw(st.integers(0, 9)) * _DAY
        following, earlier = _PATH.next_after(stage), [s for s in _PATH if s < stage]
        hour = draw(_HOURS)
        at = day if hour is None else datetime(day.year, day.month, day.day, 23, tzinfo=CHINA_TIME)
        details: dict[str, Any] = {"by": draw(_WORDS), "note": draw(_WORDS)}
        details["evidence"] = tuple(draw(st.lists(st.sampled_from(("附件1", "附件2")), max_size=2)))
        details["recorded_at"] = draw(st.sampled_from((None, day, day + _DAY)))
        details["external_id"] = draw(st.sampled_from(("", "OA-1")))
        if following is not None and (not earlier or draw(st.integers(0, 2))):
            moves.append(Move(_ROW, _UNIT, _TRIGGERS[following], at, **details))
            stage = following
        else:
            stage = earlier[draw(st.integers(0, len(earlier) - 1))]
            reason = "退回" + draw(_WORDS)
            back = {"to": stage, "reason": reason, **details}
            moves.append(Move(_ROW, _UNIT, Trigger.SEND_BACK, at, **back))
    return tuple(moves)


@attrs.frozen
class _Damaged:
    """
    A history, a place in its text from 0 to 1, and what is done there.
    """

    moves: tuple[Move, ...]
    place: float
    put: str


_PLACES = st.floats(0, 1, exclude_max=True)


def _damages() -> st.SearchStrategy[_Damaged]:
    return st.builds(_Damaged, _histories(least=2), _PLACES, st.sampled_from("x0 \n二"))


def _read(subject: Any, text: str) -> tuple[Any, ...] | None:  # noqa: ANN401 -- RecordsLike, watched
    try:
        return tuple(subject.read(text))
    except REFUSALS:
        return None


def _wrong(code: str, **facts: object) -> Message:
    return Message.of(f"law.history.wrong.{code}", **facts)


def _back(pick: Callable[[Move], object], what: str) -> Callable[[Any, Any], Message | None]:
    def objection(subject: Any, moves: tuple[Move, ...]) -> Message | None:  # noqa: ANN401 -- RecordsLike, watched
        found = _read(subject, subject.write(moves))
        if found is None:
            return _wrong("refused", n=len(moves))
        got = [pick(each) for each in found]
        want = [pick(each) for each in moves]
        if got == want:
            return None
        return _wrong(
            "back", what=Message.of(f"law.history.{what}"), got=repr(got), want=repr(want)
        )

    return objection


def _empty(subject: Any, _case: None) -> Message | None:  # noqa: ANN401 -- as above
    found = _read(subject, subject.write(()))
    return None if found == () else _wrong("empty", got=repr(found))


def _again(subject: Any, moves: tuple[Move, ...]) -> Message | Unproved | None:  # noqa: ANN401 -- as above
    text = subject.write(moves)
    if moves and text == subject.write(()):
        # One text for whatever happened is read and written again without end.
        return UNPROVED
    found = _read(subject, text)
    if found is not None and subject.write(found) == text:
        return None
    return _wrong("again", n=len(moves))


def _differ(subject: Any, moves: tuple[Move, ...]) -> Message | None:  # noqa: ANN401 -- as above
    if subject.write(moves) != subject.write(moves[:-1]):
        return None
    return _wrong("alike", n=len(moves))


def _cut(subject: Any, case: _Damaged) -> Message | None:  # noqa: ANN401 -- as above
    text = subject.write(case.moves)
    # Cut at any character; a third of the cuts fall on the last ones.
    length = int(case.place * 1.5 * len(text))
    length = length if length < len(text) else len(text) - 1 - (length - len(text)) % 8
    found = _read(subject, text[:length])
    if found is None or found == case.moves[: len(found)]:
        return None
    return _wrong("cut", length=length, of=len(text), got=repr(found))


def _changed(subject: Any, case: _Damaged) -> Message | None:  # noqa: ANN401 -- as above
    text = subject.write(case.moves)
    at = int(case.place * len(text))
    put = case.put if text[at] != case.put else "y"
    return _noticed(subject, text, text[:at] + put + text[at + 1 :], f"[{at}]")


def _lines(how: str) -> Callable[[Any, Any], Message | None]:
    def objection(subject: Any, case: _Damaged) -> Message | None:  # noqa: ANN401 -- as above
        text = subject.write(case.moves)
        lines = text.splitlines(keepends=True)
        at = int(case.place * len(lines))
        other = list(lines)
        if how == "dropped":
            del other[at]
        elif how == "doubled":
            other.insert(at, lines[at])
        elif at + 1 < len(lines):
            other[at], other[at + 1] = lines[at + 1], lines[at]
        return _noticed(subject, text, "".join(other), f"{how} {at + 1}")

    return objection


def _noticed(subject: Any, text: str, other: str, what: str) -> Message | None:  # noqa: ANN401 -- as above
    if not subject.is_sealed or other == text or _read(subject, other) is None:
        return None
    return _wrong("unnoticed", what=what)


def _in_parts(subject: Any, case: _Damaged) -> Message | Unproved | None:  # noqa: ANN401 -- as above
    if subject.state(case.moves[:1]) == subject.state(()):
        # The first move goes on a stage: a state that does not say so says nothing.
        return UNPROVED
    at = int(case.place * (len(case.moves) + 1))
    whole = subject.state(case.moves)
    parts = subject.go_on(subject.state(case.moves[:at]), case.moves[at:])
    return None if whole == parts else _wrong("parts", at=at, n=len(case.moves))


# Each mistake on show that these catch is caught by another too.
_KEPT = {
    "nothing-is-nothing": "It is the first thing to try, and needs no move.",
    "writing-again-says-the-same": "It needs no comparison of moves, only of texts.",
    "other-histories-read-otherwise": "It needs no reader.",
    "a-dropped-line-is-noticed": "A missing line is the commonest damage of a log.",
}


def _law(
    name: str,
    objection: Callable[[Any, Any], Message | Unproved | None],
    **more: Any,  # noqa: ANN401 -- a law's own fields
) -> Law:
    cases = more.pop("cases", _histories())
    more.setdefault("kept", _KEPT.get(name, ""))
    return Law(
        id=f"history.{name}", source=_HISTORY, cases=lambda _: cases, objection=objection, **more
    )


def _has_odd_text(_subject: object, moves: tuple[Move, ...]) -> bool:
    words = "".join(each.by + each.note + each.reason for each in moves)
    return not words.isprintable() or any(each in words for each in ',"\\ ')


def _has_instant(_subject: object, moves: tuple[Move, ...]) -> bool:
    return any(isinstance(each.at, datetime) for each in moves)


_ODD = (Share(name="has-odd-text", least=0.2, meets=_has_odd_text),)
_INSTANTS = (Share(name="has-an-instant", least=0.2, meets=_has_instant),)

history_laws = LawFamily(
    name="history",
    parts=RECORDS,
    laws=(
        _law("nothing-is-nothing", _empty, cases=st.none()),
        _law("all-comes-back", _back(lambda each: each, "moves"), shares=_ODD),
        _law(
            "order-comes-back",
            _back(lambda each: (each.trigger, each.to), "order"),
            kept="It tells a lost order from a lost word.",
        ),
        _law(
            "days-come-back",
            _back(lambda each: (each.at, each.recorded_at), "days"),
            shares=_INSTANTS,
            kept="It tells a wrong day from a lost word.",
        ),
        _law(
            "words-come-back",
            _back(lambda each: (each.by, each.note, each.reason), "words"),
            shares=_ODD,
            kept="It tells a lost word from a wrong day.",
        ),
        _law("writing-again-says-the-same", _again, cases=_histories(least=1)),
        _law("other-histories-read-otherwise", _differ, cases=_histories(least=1)),
        _law("a-cut-is-a-beginning", _cut, cases=_damages()),
        _law("a-changed-character-is-noticed", _changed, cases=_damages(), asks=("is_sealed",)),
        _law("a-dropped-line-is-noticed", _lines("dropped"), cases=_damages(), asks=("is_sealed",)),
        _law("a-doubled-line-is-noticed", _lines("doubled"), cases=_damages(), asks=("is_sealed",)),
        _law("swapped-lines-are-noticed", _lines("swapped"), cases=_damages(), asks=("is_sealed",)),
        _law("replayed-in-parts-as-in-one", _in_parts, cases=_damages(), asks=("state", "go_on")),
    ),
)
"""What holds of everything that keeps histories."""
