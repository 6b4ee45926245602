"""
The grammar of a unit cell: labels, lists, role phrases, brackets, rules.
"""

from __future__ import annotations

import re
from typing import Literal

from rectiflow.units import Role

from .items import Item, Parsed, Remark
from .joins import open_end, pieces
from .lexicon import ends_as_name, is_bare, is_group_name, is_place_kind, is_post, level_of
from .tokens import Folded, Kind, Token, tokens

__all__ = ["parse"]

_LEAD = re.compile(r"牵头|主办|主责|抓总|统筹|第一责任|主要责任|主抓")
_SUPPORT = re.compile(
    r"配合|参与|协助|协办|参加|支持|协同|辅助|会办|联办|指导|督导|监督|督促|督办|督查|监管|验收|考核|包保"
)
_WATCH = re.compile(r"督导|监督|督促|督办|督查|监管|验收|考核|包保")
_PERSON = re.compile(r"人员?:|领导|联系|人$")
_LIMIT = re.compile(r"时限|期限|时间")
_ROLE_NOTE = re.compile(
    r"(?:为|总|负责)?(?:牵头|主办|主责|责任|第一责任|配合|协办|参与|协助|承办|负责)(?:责任|负责|抓总)?(?:单位|部门)?"
)
_NUMBER = re.compile(r"\d{1,3}|[一二三四五六七八九十]{1,3}|[①-⑳]|[a-zA-Z]")
_LEADING_NUMBER = re.compile(r"(?:\d{1,2}[.)](?!\d)|[①-⑳]|[一二三四五六七八九十]是)(?=.)")
_NOTHING_NAMED = re.compile(r"(?:无|暂无|[-—–*.…~]+|同上)")
_OPENING = re.compile(r"(?:以及|及|还有|并由|并|由|请|另|其中)(?=.)")
_JOINED = re.compile(r"(?:[和与](?!县|平|田|林|顺|龙|政|硕|静|睦|谐))(?=.)")
_ANY = re.compile(
    r"[\d一二三四五六七八九十多几若]*[个家]?(?:部门|单位|科室|处室|股室|机构|企业)(?:[和及与、](?:单位|部门|机构))?"
)
_ASIDE = re.compile(r"[原含不包其注除即]|以下|下同|简称")
_PART_OF = re.compile(r"(?:[支大中]队|[科股室站所组])$")
_LONGEST_NOTE = 200
_SHORT_NOTE = 8

_Bracket = Literal["inline", "role", "part", "second", "plate", "note"]
_Label = Role | Literal["person", "limit"] | None


def _role_of(words: str) -> Role:
    lead, support = _LEAD.search(words), _SUPPORT.search(words)
    if lead and not (support and support.start() < lead.start()):
        return Role.LEAD
    return Role.SUPPORT if support else Role.RESPONSIBLE


class _Parser:
    """
    One pass over the tokens of a cell.
    """

    def __init__(self, folded: Folded) -> None:
        self._folded = folded
        self._flat = folded.flat
        self._tokens = list(tokens(folded))
        self._index = {token.start: n for n, token in enumerate(self._tokens)}
        self.parsed = Parsed(folded=folded)
        self._words: tuple[int, int] | None = None
        self._last: Item | None = None  # the item that the next bracket is a note to
        self._link = ""
        self._pending: list[Item] = []
        self._main: list[Item] | None = None  # who is named before 会同
        self._label: _Label = None
        self._next_role: Role | None = None
        self._has_main = False
        self._scopes: list[tuple[int, _Label]] = []

    def run(self) -> Parsed:
        """
        Go through all tokens.
        """
        at = 0
        while at < len(self._tokens):
            at = self._step(at, self._tokens[at])
        self._finish()
        self._flush()
        self.parsed.items.sort(key=lambda item: item.start)
        return self.parsed

    def _step(self, at: int, token: Token) -> int:
        match token.kind:
            case Kind.WORDS:
                self._add(token.start, token.end)
            case Kind.OPEN:
                return self._open(at, token)
            case Kind.ROLE:
                return self._role(at, token)
            case Kind.LABEL:
                self._read_label(token)
            case Kind.WITH:
                self._with(token)
            case Kind.LIMIT:
                self._finish()
                self.parsed.limits.append((token.start, token.end))
                self._mark(token, "limit")
            case Kind.RULE | Kind.UNLISTED:
                self._rule(token)
            case _:
                self._separate(token)
        return at + 1

    def _mark(self, token: Token, what: str) -> None:
        self.parsed.marks.append((token.start, token.end, what))

    def _doubt(self, code: str, start: int, end: int, *candidates: str) -> None:
        self.parsed.remarks.append(Remark(code, start, end, candidates))

    def _add(self, start: int, end: int) -> None:
        self._words = (self._words[0] if self._words else start, end)

    def _separate(self, token: Token) -> None:
        self._finish()
        self._mark(token, "separator")
        self._last = None
        char = self._flat[token.start]
        if token.kind is Kind.CLOSE and self._scopes and self._scopes[-1][0] == token.start:
            self._flush()
            self._label = self._scopes.pop()[1]
            self._link = ";"
        elif token.kind is Kind.BREAK:
            self._flush()
            self._link = ";"
        elif self._link != ";":
            self._link = char if char in "、, \n" else ","

    def _read_label(self, token: Token) -> None:
        self._finish()
        self._flush()
        self._mark(token, "label")
        words = self._flat[token.start : token.end]
        if _PERSON.search(words):
            self._label = "person"
        elif _LIMIT.search(words):
            self._label = "limit"
        else:
            first = re.split(r"(?<=[位门室体头责任])[及和与或、]", words, maxsplit=1)[0]
            self._label = _role_of(first)
            if _WATCH.search(first):
                self._other_role(token)
        self._link, self._last, self._has_main = ";", None, False

    def _other_role(self, token: Token) -> None:
        self._doubt("doubt.other-role", token.start, token.end, Role.SUPPORT, Role.RESPONSIBLE)

    def _with(self, token: Token) -> None:
        self._finish()
        self._mark(token, "role")
        if self._main is None:
            self._main, self._pending = self._pending, []
        self._link, self._last = ";", None

    def _rule(self, token: Token) -> None:
        self._finish()
        self._mark(token, "rule")
        self._link, self._last = ";", None
        words = self._flat[token.start : token.end]
        if token.kind is Kind.UNLISTED:
            self.parsed.unlisted.append((token.start, token.end))
            self._doubt("doubt.unlisted-bodies", token.start, token.end)
            return
        self.parsed.below |= "同" in words
        self.parsed.first_leads |= re.search(r"牵头|主办|主责|责任", words) is not None

    def _role(self, at: int, token: Token) -> int:
        self._finish()
        self._mark(token, "role")
        words = self._flat[token.start : token.end]
        role = _role_of(words)
        if _WATCH.search(words) and role is Role.SUPPORT:
            self._other_role(token)
        if not self._pending and self._main is None:
            self._next_role = role
        self._give(role)
        self._link, self._last = ";", None
        following = self._tokens[at + 1] if at + 1 < len(self._tokens) else None
        if following is None or following.kind is not Kind.WORDS:
            return at + 1
        tail = _OPENING.sub("", self._flat[following.start : following.end])
        if ends_as_name(tail) or open_end(tail):
            return at + 1
        self._mark(following, "note")  # the rest of the verb phrase: 配合做好资金保障工作
        self._next_role = None
        return at + 2

    def _give(self, role: Role) -> None:
        """
        Give *role* to the bodies named before the role word.
        """
        if self._main is not None:
            for item in self._main:
                item.role = item.own_role or Role.LEAD
            for item in self._pending:
                item.role = item.own_role or Role.SUPPORT
            self.parsed.items += self._main + self._pending
            self._main, self._pending = None, []
            self._has_main = True
            return
        if role is Role.SUPPORT and not self._has_main and self._label is None:
            # Somebody has to act: the last comma parts who acts from who supports.
            commas = [n for n, item in enumerate(self._pending) if n and item.link in ",\n "]
            if commas:
                later = self._pending[commas[-1] :]
                del self._pending[commas[-1] :]
                self._flush()
                self._pending = later
        self._has_main |= role is not Role.SUPPORT
        self._flush(role)

    def _flush(self, role: Role | None = None) -> None:
        if self._main is not None:
            return self._give(Role.RESPONSIBLE)
        label = self._label if isinstance(self._label, Role) else None
        for item in self._pending:
            item.role = item.own_role or role or self._next_role or label or Role.RESPONSIBLE
        if self._pending and role is None:
            self._next_role = None
        self.parsed.items += self._pending
        self._pending = []
        return None

    def _finish(self) -> None:
        """
        End the run of words that is being read, and take it apart.
        """
        if self._words is None:
            return
        (start, end), self._words = self._words, None
        text = self._flat[start:end]
        if self._label == "limit":
            self.parsed.limits.append((start, end))
            self._mark(Token(Kind.LIMIT, start, end), "limit")
            return
        if _NUMBER.fullmatch(text) or _NOTHING_NAMED.fullmatch(text):
            self._mark(Token(Kind.WORDS, start, end), "note")
            return
        for opening in (_LEADING_NUMBER, _OPENING, _JOINED if self._link in (";", "") else None):
            found = opening.match(text) if opening else None
            if found:
                self._mark(Token(Kind.WORDS, start, start + found.end()), "note")
                start, text = start + found.end(), text[found.end() :]
        done = start
        for first, last in pieces(text):
            if start + first > done:
                self._mark(Token(Kind.WORDS, done, start + first), "separator")
                self._link = "和"
            self._piece(start + first, start + last)
            done = start + last

    def _piece(self, start: int, end: int) -> None:
        found = open_end(self._flat[start:end])
        if found is None:
            self._item(start, end)
            return
        at, rest = found
        if at:
            self._item(start, start + at)
        if (is_group_name(rest) and not _ANY.fullmatch(rest)) or rest.startswith("关"):
            self._item(start + at, end, skip=1)
            self._link = "、"
        else:
            self._mark(Token(Kind.WORDS, start + at, end), "note")
        self._doubt("doubt.open-list", start + at, end, "open", "closed")

    def _item(self, start: int, end: int, skip: int = 0) -> None:
        flat = self._flat[start + skip : end]
        if self._label == "person" or (is_post(flat) and not ends_as_name(flat)):
            self._doubt("doubt.not-a-body", start, end, "no", "yes")
            self._mark(Token(Kind.WORDS, start, end), "doubt")
            return
        item = Item(
            flat=flat,
            name=self._folded.words(start + skip, end),
            start=start,
            end=end,
            link=self._link,
            is_group=is_group_name(flat),
        )
        self._link = "、"
        self._last = item
        self._pending.append(item)

    def _open(self, at: int, token: Token) -> int:
        close = self._folded.closing.get(token.start)
        last = self._index.get(close) if close is not None else None
        if close is None or last is None:
            self._separate(token)
            return at + 1
        match self._bracket(at, last, token.start, close):
            case "part":
                self._add(token.start, close + 1)
            case "role":
                self._note_role(token.start, close)
            case "second":
                self._finish()
                self._mark(token, "separator")
                self._link = "、"
                self._add(token.start + 1, close)
                self._finish()
                self._mark(self._tokens[last], "separator")
            case "plate":
                self._finish()
                self._read_plate(token.start, close)
            case "note":
                self._finish()
                self._mark(Token(Kind.OPEN, token.start, close + 1), "note")
                if not _NUMBER.fullmatch(self._flat[token.start + 1 : close]):
                    self._doubt("doubt.bracket", token.start, close + 1, "note", "second_plate")
            case _:
                self._separate(token)
                self._scopes.append((close, self._label))
                return at + 1
        return last + 1

    def _read_plate(self, start: int, close: int) -> None:
        if self._last is None or self._last.end != start:
            self._mark(Token(Kind.OPEN, start, close + 1), "note")
            self._doubt("doubt.bracket", start, close + 1, "note", "second_plate")
            return
        self._last.plate = self._folded.words(start + 1, close)
        self._last.end = close + 1

    def _note_role(self, start: int, close: int) -> None:
        self._finish()
        self._mark(Token(Kind.ROLE, start, close + 1), "role")
        role = _role_of(self._flat[start + 1 : close])
        if self._last is not None:
            self._last.own_role = role
            self._note_those_beside(role)
        else:
            self._next_role = role

    def _note_those_beside(self, role: Role) -> None:
        """
        Give the note to the whole list behind a comma: A（牵头），B、C（配合）.
        """
        commas = [n for n, item in enumerate(self._pending) if n and item.link == ","]
        if commas and self._pending[commas[-1] - 1].own_role is not None:
            for item in self._pending[commas[-1] :]:
                item.own_role = item.own_role or role

    def _bracket(self, at: int, last: int, start: int, close: int) -> _Bracket:
        """
        Say what the bracket from *start* to *close* is to the words before it.
        """
        content = self._flat[start + 1 : close]
        before = self._before(start)
        if close - start > _LONGEST_NOTE:
            return "inline"
        if _ROLE_NOTE.fullmatch(content):
            return "role"
        if not before:
            return "note" if _NUMBER.fullmatch(content) else "inline"
        inner = {token.kind for token in self._tokens[at + 1 : last]}
        if inner & {Kind.RULE, Kind.UNLISTED, Kind.LABEL, Kind.LIMIT, Kind.WITH}:
            return "inline"
        if Kind.ROLE in inner and Kind.WORDS in inner:
            return "inline"
        goes_on = last + 1 < len(self._tokens) and self._tokens[last + 1].kind is Kind.WORDS
        after = self._flat[close + 1 : close + 3]
        goes_on = goes_on and after[:1] not in ("及", "等") and after != "以及"
        goes_on = goes_on and not _JOINED.match(after)
        return self._kind_beside(before, content, goes_on=goes_on)

    def _before(self, start: int) -> str:
        if self._words is not None:
            run = self._flat[max(self._words[0], start - 40) : start]
            first = 0
            for first, _last in pieces(run):  # noqa: B007 -- the last name of 县财政局及县审计局
                pass
            return run[first:]
        return self._last.flat if self._last is not None else ""

    def _kind_beside(self, before: str, content: str, *, goes_on: bool) -> _Bracket:
        parts = re.split(r"[、,/和及与]", content)
        if self._words is None:
            return "note"
        if all(is_place_kind(each) for each in parts):
            return "part"
        if max(map(len, parts)) == 1 and (len(before) == 1 or is_group_name(before)):
            return "part"  # 各院(校)
        if all(is_bare(each) for each in parts) and (is_group_name(before) or is_bare(before)):
            alike = goes_on or all(re.search(r"(?:单位|部门|机构|企业)$", each) for each in parts)
            return "part" if alike else "second"
        if goes_on and len(content) <= _SHORT_NOTE:
            return "part"
        if self._is_plate(before, re.split(r"[、,/]", content)):
            return "plate"
        return "note"

    def _is_plate(self, before: str, parts: list[str]) -> bool:
        if is_group_name(before) or not ends_as_name(before):
            return False
        level = level_of(before)[1]
        for each in parts:
            other = level_of(each)[1]
            if _ASIDE.match(each) or is_group_name(each) or not ends_as_name(each):
                return False
            if len(each) < 3 or (other and level and other != level):  # noqa: PLR2004  # a name
                return False
            if not other and _PART_OF.search(each):
                return False
        return True


def parse(folded: Folded) -> Parsed:
    """
    Read a folded cell, without what neighbours share.
    """
    return _Parser(folded).run()
