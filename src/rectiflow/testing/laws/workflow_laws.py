"""
The laws of moves: what is legal is taken, what is not is refused, and nothing else happens.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
from hypothesis import strategies as st

from rectiflow.messages import Message
from rectiflow.source import Source
from rectiflow.testing.plain import ORDER, REACHES, Ask, PlainCase
from rectiflow.testing.worlds import events, states

from .family import LawFamily
from .law import UNPROVED, Law, Share, Unproved
from .walking import WORKFLOW, Seen, Walker, walker_of

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["workflow_laws"]

_DESIGN = Source("docs/explanation/design.md")
_HISTORY = Source("docs/explanation/history.md")
_STATES = tuple(states())


@attrs.frozen
class _Case:
    """
    A walk that is legal to its end, and one more move.
    """

    path: tuple[str, ...]
    walk: tuple[Ask, ...]
    ask: Ask


def _after(path: tuple[str, ...], walk: tuple[Ask, ...]) -> PlainCase:
    plain = PlainCase(path)
    for each in walk:
        plain.take(each)
    return plain


def _cases(wanted: Callable[[PlainCase, Ask], bool]) -> st.SearchStrategy[_Case]:
    # The world is small: the cases of a law are written down, and drawn from that.
    found = []
    for path, walk in _STATES:
        plain = _after(path, walk)
        last = plain.last or _FIRST
        found += [_Case(path, walk, ask) for ask in events(last) if wanted(plain, ask)]
    return st.sampled_from(found)


_FIRST = next(ask.at for _, walk in _STATES for ask in walk)


def _only(rule: str) -> Callable[[PlainCase, Ask], bool]:
    return lambda plain, ask: plain.objections(ask) == [rule]


def _is_back(plain: PlainCase, ask: Ask) -> bool:
    return ask.trigger == "send_back" and not plain.objections(ask)


def _is_on(plain: PlainCase, ask: Ask) -> bool:
    return ask.trigger != "send_back" and not plain.objections(ask)


def _ahead(plain: PlainCase, ask: Ask) -> bool:
    return _at(ask.target) > _at(plain.stage)


def _at(stage: str | None) -> int:
    return ORDER.index(stage or "assigned")


def _jumps(plain: PlainCase, ask: Ask) -> bool:
    forward = ask.trigger != "send_back" and ask.target in plain.path and _ahead(plain, ask)
    return forward and _only("not-the-next-stage-of-the-path")(plain, ask)


def _strays(plain: PlainCase, ask: Ask) -> bool:
    forward = ask.trigger != "send_back" and ask.target not in plain.path and _ahead(plain, ask)
    return forward and _only("not-the-next-stage-of-the-path")(plain, ask)


def _repeats(plain: PlainCase, ask: Ask) -> bool:
    forward = ask.trigger != "send_back" and not _ahead(plain, ask)
    return forward and _only("not-the-next-stage-of-the-path")(plain, ask)


def _same_day(plain: PlainCase, ask: Ask) -> bool:
    return ask.at == plain.last and not plain.objections(ask)


def _broken(case: _Case, seen: tuple[Seen, ...]) -> Message | None:
    # A walk that does not come to its end shows that legal moves are not taken.
    for each in seen[: len(case.walk) + 1]:
        if each.answer not in {"begun", "taken"}:
            return _wrong(case, "law.workflow.wrong.walk", got=each.answer)
    return None


def _wrong(case: _Case, code: str, **facts: object) -> Message:
    walk = tuple(map(str, case.walk)) or Message.of("smallworld.no-move")
    return Message.of(code, path=" → ".join(case.path), walk=walk, ask=str(case.ask), **facts)


def _taken(subject: Walker, case: _Case) -> Message | None:
    seen = subject.walk(case.path, (*case.walk, case.ask))
    if seen[-1].answer == "taken" and seen[-1].stage == case.ask.target:
        return None
    return _wrong(case, "law.workflow.wrong.taken", got=seen[-1].answer, stage=seen[-1].stage)


def _refused(subject: Walker, case: _Case) -> Message | None:
    seen = subject.walk(case.path, (*case.walk, case.ask))
    if (broken := _broken(case, seen)) is not None:
        return broken
    if seen[-1].answer == "refused":
        return None
    return _wrong(case, "law.workflow.wrong.refused", got=seen[-1].answer)


def _unchanged(subject: Walker, case: _Case) -> Message | Unproved | None:
    seen = subject.walk(case.path, (*case.walk, case.ask))
    if (broken := _broken(case, seen)) is not None:
        return broken
    before, after = seen[-2], seen[-1]
    if (before.stage, before.history) == (after.stage, after.history):
        # What nobody refused left no trace because it was never heard.
        return None if after.answer == "refused" else UNPROVED
    return _wrong(case, "law.workflow.wrong.changed", stage=after.stage)


def _goes_on_after(subject: Walker, case: _Case) -> Message | Unproved | None:
    # A refused move in between, and then the walk's legal continuation.
    plain = _after(case.path, case.walk)
    if plain.following is None:
        return UNPROVED
    trigger = next(name for name, stage in REACHES.items() if stage == plain.following)
    on = Ask(trigger, plain.last or _FIRST)
    seen = subject.walk(case.path, (*case.walk, case.ask, on))
    if seen[-1].answer == "taken":
        return None if seen[-2].answer == "refused" else UNPROVED
    return _wrong(case, "law.workflow.wrong.stuck", on=str(on), got=seen[-1].answer)


def _recorded(subject: Walker, case: _Case) -> Message | None:
    seen = subject.walk(case.path, (*case.walk, case.ask))
    want = tuple((each.target, each.at) for each in (*case.walk, case.ask))
    if seen[-1].history == want:
        return None
    return _wrong(case, "law.workflow.wrong.history", got=_shown(seen[-1].history))


def _kept(subject: Walker, case: _Case) -> Message | None:
    seen = subject.walk(case.path, (*case.walk, case.ask))
    before, after = seen[-2].history, seen[-1].history
    if after[: len(before)] == before and len(after) > len(before):
        return None
    return _wrong(case, "law.workflow.wrong.lost", got=_shown(after))


def _shown(history: tuple[tuple[Any, ...], ...]) -> str:
    return ", ".join(" ".join(map(str, each)) for each in history) or "-"


def _begins(subject: Walker, path: tuple[str, ...]) -> Message | None:
    (seen,) = subject.walk(path, ())
    if (seen.answer, seen.stage, seen.history) == ("begun", "assigned", ()):
        return None
    facts = {"path": " → ".join(path), "got": seen.answer, "stage": seen.stage}
    return Message.of("law.workflow.wrong.begin", **facts)


def _on_path(subject: Walker, case: _Case) -> Message | None:
    for each in subject.walk(case.path, (*case.walk, case.ask)):
        stages = (each.stage, *(stage for stage, *_ in each.history))
        if any(stage not in case.path for stage in stages):
            return _wrong(case, "law.workflow.wrong.off-path", stage=each.stage)
    return None


def _whole(subject: Walker, path: tuple[str, ...]) -> Message | None:
    for stages, walk in _STATES:
        if stages != path:
            continue
        plain = _after(path, walk)
        # Refused moves change nothing, so that all of them fit into one walk.
        illegal = tuple(ask for ask in events(plain.last or _FIRST) if plain.objections(ask))
        seen = subject.walk(path, (*walk, *illegal))[len(walk) :]
        for ask, each in zip(illegal, seen[1:], strict=True):
            if each.answer != "refused" or each.stage != seen[0].stage:
                case = _Case(path, walk, ask)
                return _wrong(case, "law.workflow.wrong.refused", got=each.answer)
    return None


# Each mistake on show that these catch is caught by another too.
_KEPT = {
    "a-case-begins-assigned": "It names a wrong beginning, over which the others only stumble.",
    "next-stage-is-taken": "It is the first to say that a system refuses too much.",
    "sending-back-is-taken": "It tells a return that is refused from a step that is.",
    "the-same-day-is-taken": "It tells a day too many from any other refusal.",
    "no-demanded-stage-is-skipped": "It names the clause that was broken.",
    "no-other-stage-is-reached": "It names the clause that was broken.",
    "no-stage-is-reached-twice": "It names the clause that was broken.",
    "back-is-earlier-on-the-path": "It names the clause that was broken.",
    "back-has-a-reason": "It names the clause that was broken.",
    "nothing-is-backdated": "It names the clause that was broken.",
    "refused-leaves-all-equal": "It tells a trace that was left from a move that was taken.",
    "history-only-grows": "It tells what was erased from what was written wrong.",
    "never-off-the-path": "It needs nothing but the stage, and trusts no refusal.",
}


def _law(
    name: str,
    wanted: Callable[[PlainCase, Ask], bool],
    objection: Callable[[Any, _Case], Message | Unproved | None],
    source: Source = _DESIGN,
    **more: Any,  # noqa: ANN401 -- a law's own fields
) -> Law:
    cases = _cases(wanted)
    more.setdefault("kept", _KEPT.get(name, ""))
    return Law(
        id=f"workflow.{name}", source=source, cases=lambda _: cases, objection=objection, **more
    )


_PATHS = st.sampled_from(sorted({path for path, _ in _STATES}, key=lambda p: (len(p), p)))


def _legal(plain: PlainCase, ask: Ask) -> bool:
    return not plain.objections(ask)


def _illegal(plain: PlainCase, ask: Ask) -> bool:
    return bool(plain.objections(ask))


def _has_walked(_subject: object, case: _Case) -> bool:
    return bool(case.walk)


def _was_sent_back(_subject: object, case: _Case) -> bool:
    return any(each.trigger == "send_back" for each in case.walk)


_SHARES = (
    Share(name="has-moved", least=0.5, meets=_has_walked),
    Share(name="was-sent-back", least=0.1, meets=_was_sent_back),
)

workflow_laws = LawFamily(
    name="workflow",
    parts=WORKFLOW,
    prepare=walker_of,
    laws=(
        Law(
            id="workflow.a-case-begins-assigned",
            source=_DESIGN,
            cases=lambda _: _PATHS,
            objection=_begins,
            kept=_KEPT["a-case-begins-assigned"],
        ),
        _law("next-stage-is-taken", _is_on, _taken, shares=_SHARES),
        _law("sending-back-is-taken", _is_back, _taken, shares=_SHARES),
        _law("the-same-day-is-taken", _same_day, _taken, _HISTORY),
        _law("no-demanded-stage-is-skipped", _jumps, _refused),
        _law("no-other-stage-is-reached", _strays, _refused),
        _law("no-stage-is-reached-twice", _repeats, _refused, shares=_SHARES),
        _law("back-is-earlier-on-the-path", _only("not-an-earlier-stage-of-the-path"), _refused),
        _law("back-has-a-reason", _only("no-reason"), _refused),
        _law("nothing-is-backdated", _only("before-the-last-move"), _refused, _HISTORY),
        _law("refused-leaves-all-equal", _illegal, _unchanged, shares=_SHARES),
        _law("refused-does-not-block", _illegal, _goes_on_after),
        _law("history-says-what-happened", _legal, _recorded, _HISTORY, shares=_SHARES),
        _law("history-only-grows", _legal, _kept, _HISTORY, shares=_SHARES),
        _law("never-off-the-path", lambda _plain, _ask: True, _on_path),
        Law(
            id="workflow.all-that-is-illegal-is-refused",
            source=_DESIGN,
            cases=lambda _: _PATHS,
            objection=_whole,
        ),
    ),
)
"""What holds of every system that moves cases along paths."""
