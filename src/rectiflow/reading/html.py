"""
HTML to paragraphs and tables.

lxml tells of the page as a stream, with the end tags that writers leave out put in.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rectiflow.errors import MissingExtraError

from .blocks import TO_THE_END
from .bounds import MOST_DEPTH, MOST_ELEMENTS, refusal
from .building import Builder
from .encodings import decoded

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import ModuleType

    from .grids import Page

__all__ = ["read_html"]

_CHARSET = re.compile(
    rb"""<(?:meta\b[^>]*?\bcharset|\?xml\b[^>]*?\bencoding)\s*=\s*["']?\s*([\w.:-]+)""",
    re.IGNORECASE,
)
_HEAD_BYTES = 4_096
# Pictures laid into the page; they alone may make it large.
_DATA = re.compile(rb"data:[\w/+.-]{1,60};base64,[A-Za-z0-9+/=%\s]*")
_DIGITS = re.compile(r"\s*\+?(\d{1,9})", re.ASCII)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
_UNSEEN = frozenset(
    {
        "head", "script", "style", "template", "noscript", "iframe", "object", "select", "textarea",
        "svg", "title",
    }
)  # fmt: skip
_LINES = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "br", "center", "dd", "details", "div",
        "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4",
        "h5", "h6", "header", "hr", "html", "legend", "li", "main", "nav", "ol", "option", "p",
        "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul", "caption",
    }
)  # fmt: skip
_LARGEST_TAG = 100_000
_LONG = re.compile(rf"<[^<]{{{_LARGEST_TAG}}}[^<]*")
_BETWEEN_ATTRIBUTES = re.compile(r"[\s/\"'=]")
_MOST_ATTRIBUTES = 50_000
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_OPENING = re.compile(r"<table\b", re.IGNORECASE)
_CLOSING = re.compile(r"</table\b", re.IGNORECASE)
_END = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)


def read_html(content: bytes, document: str) -> Page:
    """
    Read a page: what a browser would show of it, tables with their merged cells.

    Each line of a cell stands on a line of its own; a no-break space is kept.

    Args:
        content: The whole file.
        document: Its file name, for errors.

    Raises:
        BadDocumentError: If it is in no encoding that is read, is cut off inside a table, or is
            larger or deeper than a page may be.
        MissingExtraError: If lxml is not installed.

    >>> page = read_html(b"<p>A</p><table><tr><td rowspan=2>1<td>2<tr><td>3</table>", "a.html")
    >>> [grid.places[1][0].text for grid in page.grids]
    ['1']
    """
    etree = _lxml()
    content = _DATA.sub(b"", content)
    declared = _CHARSET.search(content[:_HEAD_BYTES])
    text = decoded(content, document, declared and declared[1].decode())
    _check(text, document)
    reader = _Reader(document)
    # lxml's own limits would cut a long text off in silence; the page is small enough by now.
    parser = etree.HTMLParser(target=reader, encoding="utf-8", no_network=True, huge_tree=True)
    parser.feed(text.encode())
    parser.close()
    return reader.builder.page()


def _lxml() -> ModuleType:
    try:
        from lxml import etree  # noqa: PLC0415 -- an extra, and only for pages
    except ImportError as error:
        raise MissingExtraError(extra="files", missing=error.name or "lxml") from None
    return etree


def _check(text: str, document: str) -> None:
    # The parser keeps all attributes of a tag at once.
    has_long_tag = any(
        len(_BETWEEN_ATTRIBUTES.findall(piece.group())) > _MOST_ATTRIBUTES
        for piece in _LONG.finditer(text)
    )
    if has_long_tag or text.count("<") + text.count("&") > MOST_ELEMENTS:
        raise refusal(document, "", "problem.html-too-large", most=MOST_ELEMENTS)
    if _END.search(text):
        return
    opening = list(_OPENING.finditer(text))
    if len(opening) > len(_CLOSING.findall(text)):
        line = text.count("\n", 0, opening[-1].start()) + 1
        raise refusal(document, f"line {line}", "problem.html-cut")


class _Reader:
    def __init__(self, document: str) -> None:
        self.builder = Builder(document)
        self._document = document
        self._depth = 0
        self._unseen_from = 0  # The depth of the outermost element that is not shown, or 0.
        self._pre_from = 0
        self._is_after_space = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise refusal(self._document, "", "problem.nested-too-deep")
        if self._unseen_from:
            return
        if tag in _UNSEEN or _is_hidden(attributes):
            self._unseen_from = self._depth
            return
        if tag == "pre":
            self._pre_from = self._pre_from or self._depth
        self._open(tag, attributes)

    def end(self, tag: str) -> None:
        self._depth -= 1
        if self._unseen_from:
            if self._depth < self._unseen_from:
                self._unseen_from = 0
            return
        if self._depth < self._pre_from:
            self._pre_from = 0
        if tag == "table":
            self.builder.close_table()
        elif tag in {"td", "th"}:
            self.builder.close_cell()
        elif tag in _LINES:
            self.builder.end_line()

    def data(self, text: str) -> None:
        if self._unseen_from:
            return
        text = _CONTROL.sub("", text)
        if not self._pre_from:
            text = _SPACE.sub(" ", text)
            self.builder.text(text.lstrip(" ") if self._is_after_space else text)
            self._is_after_space = text.endswith(" ")
            return
        first, *rest = text.split("\n")
        self.builder.text(first)
        for line in rest:
            self.builder.end_line()
            self.builder.text(line)

    def comment(self, text: str) -> None:
        pass

    def pi(self, target: str, data: str | None = None) -> None:
        pass

    def close(self) -> None:
        pass

    def _open(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "table":
            self.builder.open_table()
        elif tag == "tr":
            self.builder.open_row()
        elif tag in {"td", "th"}:
            self.builder.open_cell(
                columns=_span(attributes.get("colspan"), least=1),
                rows=_span(attributes.get("rowspan"), least=TO_THE_END),
            )
        elif tag in _LINES:
            self.builder.end_line()


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    if not attributes:
        return False
    return "hidden" in attributes or bool(_HIDING.search(attributes.get("style", "")))


def _span(written: str | None, least: int) -> int:
    # As browsers do: digits at the beginning count, anything else is 1.
    match = _DIGITS.match(written or "")
    return max(int(match[1]), least) if match else 1
