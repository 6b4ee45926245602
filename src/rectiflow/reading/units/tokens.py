"""
A unit cell as tokens: folded text cut into separators, brackets, labels, role words and words.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from .lexicon import LEVELS, ends_as_name, level_of
from .script import SIMPLIFIED

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Folded", "Kind", "Token", "fold", "tokens"]


class Kind(StrEnum):
    """
    What a token is.
    """

    WORDS = "words"
    SEPARATOR = "separator"
    BREAK = "break"
    """A separator that ends what a role word or a shared beginning reaches."""
    OPEN = "open"
    CLOSE = "close"
    LABEL = "label"
    ROLE = "role"
    WITH = "with"
    """会同: who follows supports whoever went before."""
    RULE = "rule"
    UNLISTED = "unlisted"
    LIMIT = "limit"


@attrs.frozen
class Token:
    """
    A stretch of the folded text: its kind, its first place, and the place after its last.
    """

    kind: Kind
    start: int
    end: int


@attrs.frozen(slots=False)
class Folded:
    """
    A cell as it is compared, and where each of its characters is printed.

    Attributes:
        printed: The cell as printed.
        flat: Simplified, half-width, without stray white space.
        at: The place of each character of *flat* in *printed*.
    """

    printed: str
    flat: str
    at: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """
        Give the printed places of ``flat[start:end]``, which is not empty.
        """
        return self.at[start], self.at[end - 1] + 1

    def words(self, start: int, end: int) -> str:
        """
        Give ``flat[start:end]`` in its printed characters.
        """
        return "".join([self.printed[place] for place in self.at[start:end]])

    @cached_property
    def closing(self) -> dict[int, int]:
        """
        The place of the bracket that closes each bracket; those without one are left out.
        """
        pairs, unclosed = {}, []
        for place, char in enumerate(self.flat):
            if char == "(":
                unclosed.append(place)
            elif char == ")" and unclosed:
                pairs[unclosed.pop()] = place
        return pairs


_WIDE: dict[int, int | str] = {code + 0xFEE0: code for code in range(0x21, 0x7F)}
_MARKS = str.maketrans(
    "【】[]〔〕{}［］｛｝〈〉﹙﹚﹐﹑﹔﹕､｡；：；|丨/\\\r\x0b\x0c\x85\u2028\u2029",
    "()()()()()()()(),、;:、。;:;、、、、\n\n\n\n\n\n",
)
_BLANKS = str.maketrans(dict.fromkeys("\t\xa0\u2002\u2003\u2009\u202f\u3000", " "))
_NOTHING = str.maketrans(dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\xad", "\0"))
_TABLE: dict[int, int | str] = {**_WIDE, **SIMPLIFIED, **_MARKS, **_BLANKS, **_NOTHING}
_BLANK_RUN = re.compile(r"[ \0\n]+")
_STOPS = frozenset("、,;:。()\n ")
_TO_STOP = re.compile(r"[^、,;:。()]{0,40}")
_LEFT = 24
_SHORTEST_NAME = 3
_LONG_NAME = 4
_BODY_END = re.compile(r"(?:[局委办部厅院会处]|中心|公司)$")
_LABEL_WORD = re.compile(r"(?:单位|部门|科室|主体|责任人|领导)$")
_STARTS_NAME = re.compile(
    rf"[{LEVELS}各有相驻其]|(?:整改|牵头|责任|配合|协办|主办|参与)[^:]{{0,6}}:"
)


def _part(left: str, run: str, rest: str) -> str:
    """
    Say what a run of white space between *left* and *rest* is: a newline, a blank or nothing.
    """
    if not left or not rest or left[-1] in _STOPS or rest[0] in _STOPS:
        return "\n" if "\n" in run and left and left[-1] != "\n" else ""
    right = rest.replace("\0", "").split("\n")[0]
    whole, piece = right.replace(" ", ""), right.split(" ")[0]
    name = re.split(r"[、,;:。()\n ]|会同|牵头|配合|负责|参与|协助", left)[-1]
    if _LABEL_WORD.search(name):
        return "\n"
    if "\n" in run:
        # A line that ends inside a name was broken by the width of its column.
        broken = not ends_as_name(name) and ends_as_name(whole) and name[-1:] not in "的等"
        return "" if broken else "\n"
    short = len(name) < _SHORTEST_NAME and name[:1] != whole[:1]
    if short or not ends_as_name(name):
        return ""
    wide = len(run) > 1 and ends_as_name(whole) and len(whole) >= _SHORTEST_NAME
    starts = whole[0] != name[-1] and len(whole) >= _SHORTEST_NAME and _STARTS_NAME.match(whole)
    level = starts and (whole[0] not in LEVELS or level_of(whole)[1])
    both = (
        min(len(name), len(piece)) >= _LONG_NAME and ends_as_name(piece) and _BODY_END.search(name)
    )
    return " " if wide or level or both else ""


def fold(text: str) -> Folded:
    """
    Fold *text*: width, script, brackets and separators; drop white space inside names.
    """
    plain = text.translate(_TABLE).translate(_MARKS)
    flat: list[str] = []
    at: list[int] = []
    done = 0
    for run in _BLANK_RUN.finditer(plain):
        flat.extend(plain[done : run.start()])
        at.extend(range(done, run.start()))
        done = run.end()
        following = _TO_STOP.match(plain, done)
        rest = (following[0] if following else "") or plain[done : done + 1]
        mark = _part("".join(flat[-_LEFT:]), run[0], rest)
        if mark:
            flat.append(mark)
            at.append(run.start())
    flat.extend(plain[done:])
    at.extend(range(done, len(plain)))
    return Folded(text, "".join(flat), tuple(at))


_START = r"(?:(?<=[、,;。:()\n ①-⑳])|(?<![\s\S]))"
_LABEL_NOUN = r"(?:\(?责任\)?)?(?:单位|部门|科室|处室|股室|主体|机构|乡镇|镇街)"
_POST_LABEL = (
    r"(?:整改|直接|主要|第一|具体|包保|牵头)?(?:责任人员?|责任领导|负责人|联系人|经办人)|(?:牵头"
    r"|分管|包保|包案|市级|县级|区级|责任){1,4}领导"
    r"|牵头人|包保人|联系电话|联系方式"
)
_LIMIT_LABEL = (
    r"(?:完成|整改|办结|落实)?(?:时限|期限)(?:要求)?|(?:完成|整改|办结)时间|时间(?:要求|节点)"
)
_LABELS = (
    rf"(?:{_POST_LABEL}|{_LIMIT_LABEL}"
    rf"|(?:(?:总|共同|主体|具体|整改|落实|主要|第[一二三]|直接|问题|任务|项目|行业|工作|主)?"
    rf"(?:牵头|主办|主责|责任|配合|协办|参与|协助|协同|参加|支持|承办|承担|实施|落实|整改|完成"
    rf"|办理|负责|会办|辅助|主管|督导|督办"
    rf"|督查|监督|监管|指导|验收|考核|包保)"
    rf"(?:责任|实施|落实|督导|整改|主办|配合)?(?:\((?:责任|牵头|主办|配合"
    rf"|协办)\))?{_LABEL_NOUN}(?:\((?:单位|部门|科室|责任人)\))?)"
    rf"|{_START}(?<!\))(?:牵头|主办|责任|配合|协办|参与|协助|承办|单位名称|(?:单位|部门)(?=:[^\s)])))"
)
_BARE_LABELS = (
    rf"(?:整改|总|第一|主要|具体|主体)?(?:牵头|主办|责任|配合|协办|参与|协助|承办|实施"
    rf"|落实){_LABEL_NOUN}"
)
_BELOW = r"(?:以?下(?:各项|列|文|均|皆|表)?(?:相?同|同此)|后同)"
_SAME = rf"(?:[,;。、]?{_BELOW}|\({_BELOW}\))"
_LEADS = r"(?:牵头|主办|主责|主要责任|第一责任|总牵头)(?:责任|负责)?(?:单位|部门)?"
_FIRST = (
    r"(?:列|排|位|居)?(?:名|列|序|位)?(?:在|于)?(?:第[一1](?:位|名|个|家|责任)?|首[位个家列名]"
    r"|最前(?:面|列)?|首)"
)
_RULE_HEAD = (
    r"(?:表|中|以|下|本|各项?|每项?|责任|任务|分工|工作|单位|部门|栏|内|所|均|的|列|排|在|注:"
    r"|备注:|说明:|,)"
)
_RULE = (
    rf"{_RULE_HEAD}{{0,8}}{_FIRST}(?:位|的|者|责任|单位|部门|机构|,){{0,4}}"
    rf"(?:(?:均|皆|即)?(?:为|是|系|作为|即)(?:该项|本项|各项)?(?:任务|工作)?(?:的)?{_LEADS}"
    rf"|(?:单位|部门|者|的)牵头)(?:负责)?{_SAME}?"
    rf"|(?:{_LEADS})(?:均)?(?:列|排|为|是|排列|排名|位列){{1,2}}(?:在|于)?(?:第[一1](?:位|名|个)?"
    rf"|首位|最前面?)(?:的|者|单位){{0,2}}{_SAME}?"
    r"|以?下(?:各项|列|文|均|皆)?(?:相同|同此|同)(?=[)。;\n]|$)"
)
_UNLISTED = (
    r"(?:以下|下列|具体|各项|上述|所有|其他)[^。;\n]{0,60}?(?:不再(?:一一|单独|逐一|重复"
    r"|另行)?(?:列出|列|做分工|作分工|分工|赘述|重复|标注|注明))"
    rf"{_SAME}?"
)
_DAY = (
    r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}[日号]|底|末|份|[上中下]旬)?|(?:\d{4}|今|本|当"
    r"|明)?年?年?(?:底|末)|\d{4}年(?:上半年|下半年|全年)?"
)
_LIMIT = (
    rf"(?:(?:务必|应|需|确保)?[于在到]?(?:{_DAY}"
    rf"|\d{{4}}[-./]\d{{1,2}}(?:[-./]\d{{1,2}})?)[^、,;。()\n]{{0,30}}"
    r"|(?:即知即改|立行立改|立即整改|立即|长期坚持|持续推进|持续整改|长期|按期完成|限期整改"
    r"|限期完成|常态化推进|适时)"
    r"|\d{1,3}个?(?:工作日|日|天|个?月)(?:之?内)?(?:完成)?)(?=[、,;。()\n ]|$)"
)
_ADVERB = (
    r"(?:按照?|依据?|根据|结合|依)(?:照)?(?:各自|自身|其|本)?的?(?:工作|部门|法定)?(?:职责|职能"
    r"|权限|任务)(?:任务)?(?:分工|范围|权限|要求)?"
    r"|按照?分工|各自|分别|分工|共同|具体|积极|密切|主要|全力|认真|抓好|做好|组织|统一|总体|一并"
    r"|全程|联合|为主|为辅|予以|给予|进行"
)
_STRONG = r"牵头|配合(?!饲)|参与|协助|(?<![政科侨])协办|抓总|负责(?!人|同志)|各负其责"
_WEAK = (
    r"主办|承办|落实|指导|督导|监督|督促|督办|实施|执行|推进|整改|完成|办理|参加|协同|支持|统筹"
    r"|组织|协调|抓好|做好|验收|主责|主抓|联办|办结|推动"
)
_STATED = (
    r"(?:为|是|作为|系)(?:总)?(?:牵头|主办|主责|责任|第一责任|配合|协办|参与|协助|承办"
    r"|主要责任)(?:责任)?(?:单位|部门)"
)
_END = r"(?=[、,;。:()\n ]|等|$)"
_ROLE = (
    rf"(?:{_STATED}|(?:{_ADVERB}){{0,4}}(?:{_STRONG})(?:{_ADVERB}|{_STRONG}|(?:{_WEAK})(?={_WEAK}"
    rf"|{_STRONG}|{_ADVERB}|等|[、,;。:()\n ]|$)){{0,6}}"
    rf"|(?<=[局委办部厅署院会处所站队科室股组心司行府镇乡村区道街"
    r"联协县市州旗盟省位门等团园馆台学校厂场社党业庭关网构)])(?!组织[、,;。:()\n ]|组织$)"
    rf"(?:(?:{_ADVERB}){{0,4}}(?:{_WEAK}){{1,4}}|(?:{_ADVERB}){{1,4}}(?:{_WEAK}){{0,4}}){_END})"
    r"|(?<=[局委办部厅署院会处所站心府])(?:切实|认真)?(?:做好|抓好)[^、,;。:()\n ]{2,20}"
)
_LABEL = (
    rf"(?<![各关直行业的])(?:{_LABELS})(?:[及和与或、](?:{_LABELS})){{0,2}}:"
    rf"|{_START}(?:{_BARE_LABELS})(?:为|是|有)?(?=[\n (]|$)"
    rf"|{_START}(?:{_BARE_LABELS})[为是](?=.)"
)
_MASTER = re.compile(
    "|".join(
        f"(?P<{kind}>{pattern})"
        for kind, pattern in (
            (Kind.RULE, _RULE),
            (Kind.UNLISTED, _UNLISTED),
            (
                Kind.LABEL,
                _LABEL,
            ),
            (Kind.LIMIT, _START + _LIMIT),
            (Kind.ROLE, _ROLE),
            (Kind.WITH, r"(?<![、,;。:(\n ①-⑳及])(?<=.)(?<!会同)会同|会同(?!县)|会商(?!务)"),
            (Kind.BREAK, r"[;。]"),
            # 各省、自治区、直辖市 are one level, written with three names.
            (
                Kind.SEPARATOR,
                r"(?!(?<=各省)、自治区|(?<=各省、自治区)、直辖市)[、,:\n ①-⑳]",
            ),
            (Kind.OPEN, r"\("),
            (Kind.CLOSE, r"\)"),
        )
    )
)


def tokens(folded: Folded) -> Iterator[Token]:
    """
    Cut the folded text into tokens, without a gap.
    """
    done = 0
    for found in _MASTER.finditer(folded.flat):
        if found.start() > done:
            yield Token(Kind.WORDS, done, found.start())
        yield Token(Kind(found.lastgroup or ""), found.start(), found.end())
        done = found.end()
    if done < len(folded.flat):
        yield Token(Kind.WORDS, done, len(folded.flat))
