"""
The laws of stores: what is kept is kept once, whole, for everybody, and not over another's head.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import attrs
from hypothesis import strategies as st

from rectiflow.messages import Message
from rectiflow.moves import Move
from rectiflow.source import Source
from rectiflow.testing.ledgers import ISSUED
from rectiflow.testing.plain import REACHES, PlainCase

from .family import LawFamily
from .law import Law, Share
from .watched import Part, refused

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["STORE", "store_laws"]

_DESIGN = Source("docs/explanation/design.md")
_DAY = timedelta(days=1)
_ROW, _UNITS = "1", ("单位0", "单位1")
_PATH = ("assigned", *REACHES.values())
_TRIGGERS = {stage: trigger for trigger, stage in REACHES.items()}

STORE: dict[str, Part] = {
    "seq": Part(gives=(int,), called=False, steady=False),
    "append": Part(gives=(int,), steady=False),
    "events": Part(gives=(list, tuple), steady=False),
    "damage": Part(required=False),
    "is_sound": Part(gives=(bool,), required=False, steady=False),
}
"""The parts of a :class:`~rectiflow.testing.StoreLike`; what it opens again is one too."""
STORE["again"] = Part(makes=STORE)


@attrs.frozen
class _Case:
    """
    Batches of legal moves, one more move, one that must be refused, and a place from 0 to 1.
    """

    batches: tuple[tuple[Move, ...], ...]
    more: Move
    other: Move
    bad: Move
    place: float


@st.composite
def _cases(draw: st.DrawFn) -> _Case:
    plain, day = {unit: PlainCase(_PATH) for unit in _UNITS}, ISSUED
    batches: list[tuple[Move, ...]] = []
    for _ in range(draw(st.integers(0, 3))):
        batch = []
        for _ in range(draw(st.integers(1, 2))):
            open_ = [unit for unit in _UNITS if plain[unit].following is not None]
            unit = draw(st.sampled_from(open_[:1] if len(batches) < 1 else open_))
            day += draw(st.integers(0, 3)) * _DAY
            # One stage is left for the moves that come after.
            if plain[unit].stage == "templated":
                batch.append(_back(plain[unit], unit, day))
            else:
                batch.append(_on(plain[unit], unit, day))
        batches.append(tuple(batch))
    unit = draw(st.sampled_from(_UNITS))
    more = _on(plain[unit], unit, day)
    rival = Move(_ROW, unit, more.trigger, day + _DAY)
    jump = Move(_ROW, unit, more.trigger, ISSUED - 30 * _DAY)
    return _Case(tuple(batches), more, rival, jump, draw(st.floats(0, 1, exclude_max=True)))


def _on(plain: PlainCase, unit: str, day: Any) -> Move:  # noqa: ANN401 -- a day
    plain.stage = plain.following or plain.stage
    return Move(_ROW, unit, _TRIGGERS[plain.stage], day)


def _back(plain: PlainCase, unit: str, day: Any) -> Move:  # noqa: ANN401 -- a day
    plain.stage = "assigned"
    return Move(_ROW, unit, "send_back", day, to="assigned", reason="退回")


def _kept(*moves: Move) -> list[tuple[Any, ...]]:
    reached = [each.to.value if each.to else REACHES[each.trigger.value] for each in moves]
    return [(m.row, m.unit, stage, m.at) for m, stage in zip(moves, reached, strict=True)]


def _fill(target: Any, case: _Case) -> list[tuple[Any, ...]]:  # noqa: ANN401 -- StoreLike, watched
    for batch in case.batches:
        target.append(batch)
    return _kept(*(move for batch in case.batches for move in batch))


def _seen(target: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401 -- as above
    return [tuple(each) for each in target.events()]


def _same(target: Any, want: list[tuple[Any, ...]], what: str) -> Message | None:  # noqa: ANN401 -- as above
    found = _seen(target)
    if found == want:
        return None
    told = Message.of(f"law.store.{what}")
    return Message.of("law.store.wrong.events", after=told, got=_told(found), want=_told(want))


def _told(events: list[tuple[Any, ...]]) -> str:
    return ", ".join(" ".join(map(str, each[1:])) for each in events) or "-"


def _wrong(kind: str, /, **facts: object) -> Message:
    return Message.of(f"law.store.wrong.{kind}", **facts)


def _read_back(target: Any, case: _Case) -> Message | None:  # noqa: ANN401 -- as above
    return _same(target, _fill(target, case), "appending")


def _reopened(target: Any, case: _Case) -> Message | None:  # noqa: ANN401 -- as above
    want = _fill(target, case)
    return _same(target.again(), want, "opening-again")


def _shared(target: Any, case: _Case) -> Message | None:  # noqa: ANN401 -- as above
    other = target.again()
    want = _fill(target, case)
    if (wrong := _same(other, want, "another-appended")) is not None:
        return wrong
    other.append((case.more,))
    return _same(target, [*want, *_kept(case.more)], "another-appended")


def _grows(target: Any, case: _Case) -> Message | None:  # noqa: ANN401 -- as above
    _fill(target, case)
    before = target.seq
    given = target.append((case.more,))
    if given == target.seq > before:
        return None
    return _wrong("seq", before=before, given=given, now=target.seq)


def _whole(target: Any, case: _Case) -> Message | None:  # noqa: ANN401 -- as above
    want, before = _fill(target, case), target.seq
    if not refused(lambda: target.append((case.more, case.bad))):
        return _wrong("taken", what=Message.of("law.store.a-bad-line"))
    return _same(target, want, "a-bad-line") or _still(target.again(), before)


def _still(target: Any, before: int) -> Message | None:  # noqa: ANN401 -- as above
    # Attempts may be written down; moves may not.
    return None if target.seq >= before else _wrong("seq", before=before, given="-", now=target.seq)


def _once(target: Any, case: _Case) -> Message | None:  # noqa: ANN401 -- as above
    want = _fill(target, case)
    target.append((case.more,), command="c-1")
    target.append((case.more,), command="c-1")
    target.again().append((case.more,), command="c-1")
    return _same(target, [*want, *_kept(case.more)], "trying-again")


def _reused(target: Any, case: _Case) -> Message | None:  # noqa: ANN401 -- as above
    want = _fill(target, case)
    target.append((case.more,), command="c-1")
    if not refused(lambda: target.append((case.other,), command="c-1")):
        return _wrong("taken", what=Message.of("law.store.another-request"))
    return _same(target, [*want, *_kept(case.more)], "another-request")


def _own_commands(target: Any, case: _Case) -> Message | None:  # noqa: ANN401 -- as above
    want = []
    for number, batch in enumerate((*case.batches, (case.more,))):
        target.append(batch, command=f"c-{number}")
        want += _kept(*batch)
    return _same(target, want, "appending")


def _stale(target: Any, case: _Case) -> Message | None:  # noqa: ANN401 -- as above
    want, page, other = _fill(target, case), target.seq, target.again()
    other.append((case.more,), expected=page)
    back = Move(_ROW, case.more.unit, "send_back", case.other.at, to="assigned", reason="退回")
    if not refused(lambda: target.append((back,), expected=page)):
        return _wrong("taken", what=Message.of("law.store.a-stale-page"))
    return _same(target, [*want, *_kept(case.more)], "a-stale-page")


def _fresh(target: Any, case: _Case) -> Message | None:  # noqa: ANN401 -- as above
    want = _fill(target, case)
    target.append((case.more,), expected=target.again().seq)
    return _same(target, [*want, *_kept(case.more)], "a-fresh-page")


def _own_copy(target: Any, case: _Case) -> Message | None:  # noqa: ANN401 -- as above
    want = _fill(target, case)
    given = target.events()
    if isinstance(given, list):
        given.clear()
    return _same(target, want, "reading")


def _damaged(target: Any, case: _Case) -> Message | None:  # noqa: ANN401 -- as above
    _fill(target, case)
    target.append((case.more,))
    if not target.is_sound():
        return _wrong("unsound")
    target.damage(case.place)
    return _wrong("unnoticed") if target.is_sound() else None


def _has_two_batches(_target: object, case: _Case) -> bool:
    return len(case.batches) > 1


_SHARES = (Share(name="has-two-batches", least=0.2, meets=_has_two_batches),)
_CASES = _cases()
# Each mistake on show that these catch is caught by another too.
_KEPT = {
    "what-is-appended-is-there": "It is the first thing to know, and needs one handle only.",
    "opened-again-it-is-all-there": "It tells what was never written from what others cannot see.",
    "others-see-it-at-once": "It tells what another handle misses from what was never kept.",
    "the-number-grows": "It names the number that pages rely on.",
    "every-request-of-its-own-is-kept": "It is the other half of doing a request once.",
    "a-fresh-page-is-taken": "It is the other half of refusing a stale page.",
}


def _law(name: str, objection: Callable[[Any, _Case], Message | None], **more: Any) -> Law:  # noqa: ANN401 -- a law's own fields
    return Law(
        id=f"store.{name}",
        source=_DESIGN,
        cases=lambda _: _CASES,
        objection=objection,
        shares=_SHARES,
        kept=_KEPT.get(name, ""),
        **more,
    )


store_laws = LawFamily(
    name="store",
    parts=STORE,
    fresh=True,
    laws=(
        _law("what-is-appended-is-there", _read_back),
        _law("opened-again-it-is-all-there", _reopened),
        _law("others-see-it-at-once", _shared),
        _law("the-number-grows", _grows),
        _law("a-batch-is-whole-or-not-at-all", _whole),
        _law("a-request-is-done-once", _once),
        _law("an-id-is-one-request-s", _reused),
        _law("every-request-of-its-own-is-kept", _own_commands),
        _law("a-stale-page-is-refused", _stale),
        _law("a-fresh-page-is-taken", _fresh),
        _law("what-is-read-is-the-reader-s-own", _own_copy),
        _law("damage-is-noticed", _damaged, asks=("damage", "is_sound")),
    ),
)
"""What holds of every store that many share; the target is a maker of new, empty ones."""
