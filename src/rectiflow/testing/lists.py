"""
Strategies for lists, their parts, and rosters; every value drawn is consistent.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import attrs
from hypothesis import strategies as st

from rectiflow.clauses import Act
from rectiflow.lists import RectificationList, Row, Rows
from rectiflow.requirements import Milestone, Requirement, Service
from rectiflow.rosters import Roster, RosterMember
from rectiflow.source import Doubt, Source
from rectiflow.stages import Stage, StagePath
from rectiflow.texts import OriginalText
from rectiflow.units import Responsibility, Role, Unit, UnitGroup, UnitRegister

from .remembering import remembered
from .rules import rules

if TYPE_CHECKING:
    from rectiflow.deadlines import DeadlineRule

__all__ = [
    "any_milestones",
    "any_responsibilities",
    "doubts",
    "milestones",
    "names",
    "original_texts",
    "rectification_lists",
    "requirements",
    "responsibilities",
    "roster_members",
    "rosters",
    "rows",
    "services",
    "sources",
    "stage_paths",
    "texts",
    "unit_groups",
    "unit_registers",
    "units",
]

_NAME = "区市局委办一二三甲乙丙AB1·-“”\"'\\#"
_TEXT = _NAME + "，。、；：()（）〔〕[]{}= \t\n\r\x00\x7f\u3000\u2028𠮷😀"
_FIRST, _LAST = date(2019, 1, 1), date(2022, 12, 31)
_DAYS = st.dates(_FIRST, _LAST)
_MAYBE_A_DAY = st.none() | _DAYS
_CODES = ("doubt.explored-act", "doubt.is-templating", "doubt.inherited-cell")
_A_CODE = st.sampled_from(_CODES)
_A_SPAN = st.none() | st.tuples(st.integers(0, 9), st.integers(10, 20))
_AN_ACT = st.sampled_from(Act)
_A_ROLE = st.sampled_from(Role)
_A_ZONE = st.sampled_from(("Asia/Shanghai", "Asia/Urumqi"))
_LATER = list(Stage)[1:]


@remembered
def names(*, max_size: int = 6) -> st.SearchStrategy[str]:
    """
    Draw names of 1 to *max_size* characters, odd ones among them, without brackets.
    """
    return st.text(_NAME, min_size=1, max_size=max_size)


@remembered
def texts(*, min_size: int = 0, max_size: int = 20) -> st.SearchStrategy[str]:
    """
    Draw texts as cells hold them: any punctuation, line ends, control characters.
    """
    return st.text(_TEXT, min_size=min_size, max_size=max_size)


@remembered
def _unlike(min_size: int, max_size: int) -> st.SearchStrategy[list[str]]:
    return st.lists(names(), min_size=min_size, max_size=max_size, unique=True)


@remembered
def _positions(most: int) -> st.SearchStrategy[set[int]]:
    return st.sets(st.integers(0, max(most - 1, 0)), max_size=min(3, most))


@st.composite
def original_texts(draw: st.DrawFn, restored: str | None = None) -> OriginalText:
    """
    Draw texts, about half of which lost characters; *restored* if given is what they restore to.
    """
    whole = draw(texts()) if restored is None else restored
    lost = draw(_positions(len(whole)))
    printed = "".join(each for n, each in enumerate(whole) if n not in lost)
    return OriginalText(printed, whole, tuple(whole[n] for n in sorted(lost) if n < len(whole)))


@remembered
def sources() -> st.SearchStrategy[Source]:
    """
    Draw sources.
    """
    url = st.sampled_from(("", "https://example.gov.cn/1"))
    return st.builds(Source, names(), texts(max_size=8), since=st.none() | _DAYS, url=url)


@remembered
@st.composite
def doubts(draw: st.DrawFn, *, is_open: bool | None = None) -> Doubt:
    """
    Draw doubts: open, answered, or (``None``) either.
    """
    candidates = tuple(draw(_unlike(1, 3)))
    doubt = Doubt(
        code=draw(_A_CODE),
        words=draw(texts(max_size=6)),
        candidates=candidates,
        span=draw(_A_SPAN),
        blocks=draw(st.booleans()),
    )
    if not (draw(st.booleans()) if is_open is None else not is_open):
        return doubt
    answer, by = draw(st.sampled_from(candidates)), draw(names())
    return attrs.evolve(doubt, answer=answer, answered_by=by, note=draw(texts(max_size=6)))


@remembered
@st.composite
def stage_paths(draw: st.DrawFn) -> StagePath:
    """
    Draw paths: any stages after assigned, in order.
    """
    return StagePath.of(*(each for each in _LATER if draw(st.booleans())))


def _unit(own: list[str], plates: int) -> Unit:
    name, *others = own
    second = min(plates, len(others))
    return Unit(name=name, second_plates=tuple(others[:second]), short_forms=tuple(others[second:]))


@remembered
@st.composite
def units(draw: st.DrawFn) -> Unit:
    """
    Draw units with up to three other names.
    """
    own = draw(_unlike(1, 4))
    return _unit(own, draw(st.integers(0, 3)))


@remembered
def unit_groups() -> st.SearchStrategy[UnitGroup]:
    """
    Draw groups; the name of one begins with 各.
    """
    return st.builds(UnitGroup, names().map("各{}".format))


@remembered
@st.composite
def unit_registers(
    draw: st.DrawFn, *, min_units: int = 0, max_units: int = 4, max_groups: int = 2
) -> UnitRegister:
    """
    Draw registers in which no name is used twice.
    """
    most = 3 * max_units
    own = draw(_unlike(min_units, most))
    count = draw(st.integers(min_units, min(max_units, len(own))))
    held = [own[n::count] for n in range(count)]
    drawn = tuple(_unit(each, draw(st.integers(0, len(each) - 1))) for each in held)
    return UnitRegister(drawn, tuple(draw(_groups(max_groups))))


@remembered
def _groups(max_size: int) -> st.SearchStrategy[list[UnitGroup]]:
    return st.lists(unit_groups(), max_size=max_size, unique=True)


@remembered
@st.composite
def milestones(
    draw: st.DrawFn,
    *,
    stage: Stage | None = None,
    number: int = 1,
    rule: st.SearchStrategy[DeadlineRule] | None = None,
) -> Milestone:
    """
    Draw milestones of *stage*; of none, with the id ``part-`` and *number*, if it is ``None``.
    """
    when, words = draw(rule or rules()), draw(names())
    if stage is not None and not draw(st.booleans()):
        return Milestone(stage=stage, rule=when, text=words)
    own = f"part-{number}" if stage is None else stage.value
    act = draw(_AN_ACT)
    return Milestone(stage=stage, id=own, act=act, rule=when, text=words, span=(0, 1))


@remembered
def any_milestones() -> st.SearchStrategy[Milestone]:
    """
    Draw milestones of a stage, and of none.
    """
    return st.one_of(*(milestones(stage=stage) for stage in _LATER), milestones())


@remembered
def services(*, number: int = 1) -> st.SearchStrategy[Service]:
    """
    Draw standing services with the id ``service-`` and *number*.
    """
    return st.builds(Service, id=st.just(f"service-{number}"), rule=rules(), text=names())


@remembered
@st.composite
def requirements(draw: st.DrawFn, path: StagePath | None = None) -> Requirement:
    """
    Draw requirements whose words are all in the text.

    Args:
        draw: Hypothesis's own.
        path: Some of its stages get milestones; drawn if not given.
    """
    stages = [stage for stage in path or draw(stage_paths()) if stage is not Stage.ASSIGNED]
    demanded = [draw(milestones(stage=stage)) for stage in stages if draw(st.booleans())]
    others = draw(st.integers(0, 2))
    demanded += [draw(milestones(number=number)) for number in range(others)]
    served = [draw(services(number=number)) for number in range(draw(st.integers(0, 2)))]
    words = (*(each.text for each in demanded), *(each.text for each in served))
    text = draw(original_texts("前" + ",".join((*words, draw(texts())))))
    if not text.printed:
        demanded = [attrs.evolve(each, span=None) for each in demanded]
    return Requirement(text=text, milestones=tuple(demanded), services=tuple(served))


_FEW_DOUBTS = st.lists(doubts(), max_size=2)
_FEW_SOURCES = st.lists(sources(), max_size=2)
_ANY_TEXT = original_texts()
_MAYBE_A_TEXT = st.none() | _ANY_TEXT
_A_GROUP_NAME = st.sampled_from(("各镇", "各街道"))


@st.composite
def responsibilities(draw: st.DrawFn, register: UnitRegister) -> tuple[Responsibility, ...]:
    """
    Draw who answers for a row: bodies of *register*, each at most once.
    """
    bodies = [body for body in register if draw(st.booleans())]
    return tuple(
        Responsibility(
            body=body,
            role=draw(_A_ROLE),
            printed=draw(names()) if draw(st.booleans()) else body.name,
        )
        for body in bodies
    )


@remembered
@st.composite
def any_responsibilities(draw: st.DrawFn) -> Responsibility:
    """
    Draw that a body answers for a row.
    """
    return Responsibility(body=draw(unit_groups() | units()), role=draw(_A_ROLE))


@st.composite
def rows(
    draw: st.DrawFn,
    *,
    id: str = "1",  # noqa: A002 -- the row's attribute has this name
    register: UnitRegister | None = None,
) -> Row:
    """
    Draw rows with this *id* that name bodies of *register* (drawn if not given).
    """
    path = draw(stage_paths())
    named = draw(responsibilities(draw(unit_registers()) if register is None else register))
    printed = "、".join(each.printed for each in named)
    # A cell that lost its first character still holds every printed name.
    cells = (None, OriginalText.whole(printed), OriginalText(printed, "自" + printed, ("自",)))
    return Row(
        id=id,
        task=draw(names()),
        subtask=draw(texts()),
        problems=draw(_ANY_TEXT),
        requirement=draw(requirements(path)),
        unit_cell=cells[draw(st.integers(0, 2))],
        responsibilities=named,
        path=path,
        doubts=tuple(draw(_FEW_DOUBTS)),
    )


@remembered
@st.composite
def rectification_lists(
    draw: st.DrawFn, *, min_rows: int = 0, max_rows: int = 3
) -> RectificationList:
    """
    Draw lists of *min_rows* to *max_rows* rows, some of which inherit their bodies.
    """
    register = draw(unit_registers())
    drawn: list[Row] = []
    for number in range(draw(st.integers(min_rows, max_rows))):
        row = draw(rows(id=str(number + 1), register=register))
        printed = [each for each in drawn if each.inherited_from is None]
        inherits = draw(st.booleans())
        if printed and inherits:
            source = printed[draw(st.integers(0, len(printed) - 1))]
            inherited = source.responsibilities
            row = attrs.evolve(
                row, unit_cell=None, inherited_from=source.id, responsibilities=inherited
            )
        drawn.append(row)
    return RectificationList(
        id=draw(names()),
        title=draw(names()),
        issued=draw(_MAYBE_A_DAY),
        issuer=draw(texts()),
        basis=tuple(draw(_FEW_SOURCES)),
        time_zone=draw(_A_ZONE),
        preamble=draw(_MAYBE_A_TEXT),
        dateline=draw(_MAYBE_A_TEXT),
        units=register,
        rows=Rows(drawn),
        doubts=tuple(draw(_FEW_DOUBTS)),
    )


@st.composite
def roster_members(draw: st.DrawFn, name: str | None = None) -> RosterMember:
    """
    Draw that a body belongs to a group; its *name* is drawn if not given.
    """
    # The later of two drawn days is the last one, so that nothing has to be thrown away.
    since, until = sorted((draw(_DAYS), draw(_DAYS)))
    return RosterMember(
        group=draw(_A_GROUP_NAME),
        name=draw(names()) if name is None else name,
        since=since if draw(st.booleans()) else None,
        until=until if draw(st.booleans()) else None,
        source=draw(sources()),
        doubtful=draw(st.booleans()),
        note=draw(texts()),
    )


@remembered
@st.composite
def rosters(draw: st.DrawFn, *, max_members: int = 4) -> Roster:
    """
    Draw rosters of up to *max_members* members in up to two groups.
    """
    members = [draw(roster_members(name)) for name in draw(_unlike(0, max_members))]
    return Roster(id=draw(names()), title=draw(texts()), members=tuple(members))
