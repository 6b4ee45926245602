"""
Strategies for unit cells: a meaning is drawn first, and then printed as lists print it.
"""

from __future__ import annotations

from typing import Literal

import attrs
from hypothesis import strategies as st

from rectiflow.reading.units import CellRegister, UnitCell, UnitEntry
from rectiflow.reading.units.script import SIMPLIFIED
from rectiflow.units import Role

__all__ = ["PrintedUnits", "cell_registers", "read_cells", "unit_cells", "unit_entries"]


@attrs.frozen
class PrintedUnits:
    """
    A unit cell as printed, and the entries it means.
    """

    text: str
    expected: tuple[UnitEntry, ...]


@attrs.frozen(kw_only=True)
class _Body:
    """
    A body as it is meant, and the words that print it beside its neighbours.
    """

    name: str
    words: str
    is_group: bool = False
    plate: str | None = None


_Chunk = tuple[_Body, ...]

_TRADITIONAL = {simple: old for old, simple in SIMPLIFIED.items()}
_WIDE = str.maketrans(",;:()", "，；：（）")
_STEMS = [
    "财政局",
    "民政局",
    "司法局",
    "审计局",
    "统计局",
    "医保局",
    "教育体育局",
    "发展改革委",
    "卫生健康委",
    "文化和旅游局",
    "住房和城乡建设局",
    "自然资源和规划局",
    "市场监管局",
    "应急管理局",
    "农业农村局",
    "退役军人事务局",
    "人力资源和社会保障局",
    "政府办公室",
    "委宣传部",
    "委编办",
    "残联",
    "总工会",
    "法院",
    "水务集团",
    "融媒体中心",
    "政务服务中心",
    "就业指导中心",
    "护城河指挥部",
    "公安局交警大队",
    "扶贫开发领导小组办公室",
]
_NAMED = [
    "生态环境分局",
    "国网阜南县供电公司",
    "湘西经开区管委会",
    "会同县教育局",
    "人民银行阜阳市中心支行",
    "省气象局",
    "蚌埠医学院",
    "第二中学",
    "镇财政所",
]
_PLATES = ("地方金融监管局", "乡村振兴局", "外事办", "知识产权局", "粮食和储备局")
_GROUPS = (
    ("各乡镇政府", "各街道办事处"),
    ("各镇", "各街道", "各园区"),
    ("县政府各部门", "县政府各直属单位"),
    ("区直各部门", "区直各单位"),
    ("各有关部门", "各有关单位"),
    ("相关乡镇", "相关街道"),
    ("各街道党工委", "各街道办事处"),
)
_GROUP_WORDS = {
    "县政府各直属单位": "各直属单位",
    "区直各单位": "各单位",
    "各有关单位": "单位",
    "相关街道": "街道",
}
_LONE_GROUPS = (
    "各县(市、区)人民政府",
    "驻固各有关单位",
    "县直各单位",
    "各地区",
    "市直有关部门和单位",
)
_ORGANS = (
    ("宿马园区党工委", "宿马园区管委会"),
    ("马城镇党委", "马城镇政府"),
    ("张公山街道党工委", "张公山街道办事处"),
)
_ENDINGS = (
    (("鲁沙尔镇", "西堡镇", "多巴镇"), "人民政府"),
    (("英雄街道", "朝阳街道"), "办事处"),
    (("高新区", "湘西经开区"), "管委会"),
    (("各县", "各市"), "人民政府"),
)


def _lone(name: str, plate: str | None = None) -> _Chunk:
    return (_Body(name=name, words=name, plate=plate),)


def _group(names: tuple[str, ...]) -> _Chunk:
    first = _Body(name=names[0], words=names[0], is_group=True)
    if names[0].endswith("党工委"):
        shared = [(name, name.removeprefix("各街道")) for name in names[1:]]
    else:
        shared = [(name, _GROUP_WORDS.get(name, name.removeprefix("各"))) for name in names[1:]]
    return (first, *(_Body(name=name, words=words, is_group=True) for name, words in shared))


def _organs(names: tuple[str, str]) -> _Chunk:
    place = names[0].removesuffix("党工委").removesuffix("党委")
    return (*_lone(names[0]), _Body(name=names[1], words=names[1].removeprefix(place)))


def _ended(places: tuple[str, ...], ending: str) -> _Chunk:
    group = places[0].startswith("各")
    last = len(places) - 1
    return tuple(
        _Body(
            name=place + ending,
            words=(place.removeprefix("各") if group and n else place) + ending * (n == last),
            is_group=group,
        )
        for n, place in enumerate(places)
    )


_LEVELS = st.sampled_from("区县市州")
_CHUNKS = st.one_of(
    st.builds(_lone, st.sampled_from(_NAMED)),
    st.builds(lambda level, stem: _lone(level + stem), _LEVELS, st.sampled_from(_STEMS)),
    st.builds(
        lambda level, stem, plate: _lone(level + stem, level + plate),
        _LEVELS,
        st.sampled_from(_STEMS[:16]),
        st.sampled_from(_PLATES),
    ),
    st.sampled_from(_GROUPS).map(_group),
    st.sampled_from(_LONE_GROUPS).map(lambda name: (_Body(name=name, words=name, is_group=True),)),
    st.sampled_from(_ORGANS).map(_organs),
    st.sampled_from(_ENDINGS).map(lambda each: _ended(*each)),
)


class _Printer:
    """
    Writes a cell in one script and width, with stray blanks, and notes where entries stand.
    """

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self._traditional = draw(st.booleans())
        self._wide = draw(st.booleans())
        self._blanks = draw(st.booleans())
        self.text = ""
        self.entries: list[UnitEntry] = []

    def _dressed(self, words: str) -> str:
        if self._traditional:
            words = words.translate(_TRADITIONAL)
        return words.translate(_WIDE) if self._wide else words

    def write(self, words: str) -> None:
        """
        Print words that name nobody.
        """
        self.text += self._dressed(words)

    def body(self, body: _Body, role: Role) -> None:
        """
        Print a body, perhaps with a blank after its first character.
        """
        words = self._dressed(body.words)
        if self._blanks and self._draw(st.booleans()):
            words = words[0] + self._draw(st.sampled_from((" ", "\xa0", "\u3000"))) + words[1:]
        start = len(self.text)
        self.text += words
        if body.plate is not None:
            self.write(f"({body.plate})")
        plate = None if body.plate is None else self._dressed(body.plate)
        self.entries.append(
            UnitEntry(
                name=self._dressed(body.name),
                printed=self.text[start:],
                span=(start, len(self.text)),
                role=role,
                is_group=body.is_group,
                second_plate=plate,
            )
        )

    def chunks(self, chunks: list[_Chunk], separators: str, role: Role) -> None:
        """
        Print a list; what shares a beginning or an ending is parted by 、 alone.
        """
        for n, chunk in enumerate(chunks):
            if n:
                self.write(self._draw(st.sampled_from(separators)))
            for k, body in enumerate(chunk):
                self.write("、" if k else "")
                self.body(body, role)


_Style = Literal["list", "labels", "roles", "with", "brackets"]
_LEAD_LABELS = ("牵头单位:", "牵头:", "主办单位:", "牵头部门:", "牵头责任单位:")
_OWN_LABELS = ("责任单位:", "责任科室:", "整改实施主体:", "责任部门:", "整改责任单位:")
_SUPPORT_LABELS = ("配合单位:", "协办单位:", "参与单位:", "配合:")
_LABEL_BREAKS = (";", ",", "\n", "。")


def _print_labels(draw: st.DrawFn, printer: _Printer, parts: list[list[_Chunk]]) -> None:
    kinds = (
        (_LEAD_LABELS, Role.LEAD),
        (_OWN_LABELS, Role.RESPONSIBLE),
        (_SUPPORT_LABELS, Role.SUPPORT),
    )
    for n, (part, (labels, role)) in enumerate(zip(parts, kinds, strict=False)):
        printer.write(draw(st.sampled_from(_LABEL_BREAKS)) if n else "")
        printer.write(draw(st.sampled_from(labels)))
        printer.chunks(part, "、,\n", role)


def _print_roles(draw: st.DrawFn, printer: _Printer, parts: list[list[_Chunk]]) -> None:
    support = ("配合", "参与", "协助", "积极配合")
    own = ("负责", "按职责分工负责", "具体落实", "负责落实")
    printer.chunks(parts[0], "、", Role.LEAD)
    printer.write(draw(st.sampled_from(("牵头", "牵头负责"))))
    for part in parts[1:]:
        printer.write(draw(st.sampled_from((",", ";", "、"))))
        role = draw(st.sampled_from((Role.SUPPORT, Role.RESPONSIBLE)))
        printer.chunks(part, "、", role)
        printer.write(draw(st.sampled_from(support if role is Role.SUPPORT else own)))


_TAILS = ("", "", "等", ",6月底完成", ",2020年底前完成", "(列第一位者为牵头单位,下同)")


def _print_list(draw: st.DrawFn, printer: _Printer, chunks: list[_Chunk]) -> None:
    """
    Print a plain list, perhaps with 及 or 和 before its end, and what may stand behind it.
    """
    last = chunks[-1]
    joined = ""
    # 及会 同县教育局, with a blank within the name, is read as two by anybody.
    fits = len(last) == 1 and not last[0].name.startswith("会同")
    if len(chunks) > 1 and chunks[-2][-1].plate is None and fits:
        joins = ("", "及", "以及", "和") if last[0].name.startswith("各") else ("", "及", "以及")
        joined = draw(st.sampled_from(joins))
    printer.chunks(chunks[:-1] if joined else chunks, "、,;\n", Role.RESPONSIBLE)
    if joined:
        printer.write(joined)
        printer.chunks([last], "、", Role.RESPONSIBLE)
    tail = draw(st.sampled_from(_TAILS))
    if tail == "等" and last[-1].plate is not None:
        tail = ""
    printer.write(tail)
    first = printer.entries[0]
    if tail.startswith("(") and not first.is_group:
        printer.entries[0] = attrs.evolve(first, role=Role.LEAD)


@st.composite
def unit_cells(draw: st.DrawFn, *, max_parts: int = 3, max_chunks: int = 4) -> PrintedUnits:
    """
    Draw cells of up to *max_parts* roles, each with up to *max_chunks* bodies or groups.

    No two bodies of a cell are the same.  The smallest case is one bureau without a label.
    """
    drawn = draw(st.lists(_CHUNKS, min_size=1, max_size=max_parts * max_chunks, unique=True))
    style: _Style = draw(st.sampled_from(("list", "labels", "roles", "with", "brackets")))
    printer = _Printer(draw)
    size = -(-len(drawn) // max_parts)
    parts = [drawn[at : at + size] for at in range(0, len(drawn), size)]
    outer = draw(st.booleans())
    printer.write("(" if outer else "")
    if style == "labels":
        _print_labels(draw, printer, parts)
    elif style == "roles":
        _print_roles(draw, printer, parts)
    elif style == "with" and len(drawn) > 1:
        printer.chunks(drawn[:1], "、", Role.LEAD)
        printer.write("会同")
        printer.chunks(drawn[1:], "、", Role.SUPPORT)
        printer.write("负责")
    elif style == "brackets":
        for n, chunk in enumerate(drawn):
            printer.write("、" if n else "")
            role = draw(st.sampled_from(Role))
            role = role if len(chunk) == 1 else Role.RESPONSIBLE
            printer.chunks([chunk], "、", role)
            note = {Role.LEAD: "(牵头)", Role.SUPPORT: "(配合)", Role.RESPONSIBLE: ""}[role]
            printer.write(note)
    else:
        _print_list(draw, printer, drawn)
    printer.write(draw(st.sampled_from(("", "。", ":"))))
    printer.write(")" if outer else "")
    return PrintedUnits(printer.text, tuple(printer.entries))


def read_cells() -> st.SearchStrategy[UnitCell]:
    """
    Draw unit cells as they are read.
    """
    return unit_cells().map(lambda printed: UnitCell(text=printed.text, entries=printed.expected))


def unit_entries() -> st.SearchStrategy[UnitEntry]:
    """
    Draw bodies that a unit cell names.
    """
    return unit_cells(max_parts=1, max_chunks=1).map(lambda printed: printed.expected[0])


def cell_registers() -> st.SearchStrategy[CellRegister]:
    """
    Draw what earlier cells of a document tell later ones.
    """
    return st.lists(_CELL_NAMES, max_size=3).map(CellRegister.naming)


_CELL_NAMES = st.builds("{}{}".format, _LEVELS, st.sampled_from(_STEMS))
