"""
DOCX to paragraphs and tables.

The text is read as a stream from the one part that holds it, as Word would show it with all
changes accepted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .archives import opened
from .bounds import refusal
from .building import Builder
from .xml_parts import main_part, read_part, relations, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .grids import Page

__all__ = ["EMBEDDED_PART", "read_docx"]

EMBEDDED_PART = "customXml/rectiflow.json.xml"

# The old place of moved text, embedded files, readings above characters, what
# old programs show instead, formulas of fields.
_UNREAD = frozenset(
    {
        "w:moveFrom", "w:object", "w:rt", "mc:Fallback", "w:instrText", "w:delText", "w:sectPr",
        "w:tabs",
    }
)  # fmt: skip
_NOTES = ("footnotes", "endnotes")
_OFF = frozenset({"0", "false", "off", "none"})


def read_docx(content: bytes, document: str) -> Page:
    """
    Read a Word document: its paragraphs and tables in order, tables with their merged cells.

    Deleted text and hidden text are not read, inserted text is.  A text box stands before the
    paragraph that holds it; footnotes stand at the end.  Numbers that Word itself puts before
    paragraphs are not in the text.

    Args:
        content: The whole file.
        document: Its file name, for errors.

    Raises:
        BadDocumentError: If it is damaged, made to mislead, or larger than a document may be.
    """
    archive = opened(content, document)
    builder = Builder(document)
    listener = _Reader(builder)
    main = main_part(archive)
    read_part(archive, main, listener)
    if not listener.has_body:
        raise refusal(document, main, "problem.no-body")
    for kind, name in relations(archive, main).values():
        if kind in _NOTES:
            read_part(archive, name, _Reader(builder))
    embedded = text_of(archive, EMBEDDED_PART) if EMBEDDED_PART in archive else None
    return builder.page(embedded)


class _Reader:
    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.has_body = False
        self._within: list[str] = []
        self._unread_from = 0  # The depth of the outermost element that is not read, or 0.
        self._is_text = False
        self._is_hidden = False  # The run.
        self._joins_next = False  # The paragraph, whose mark is deleted.
        self._joins_around: list[bool] = []  # The same of the paragraphs that hold text boxes.
        self._deleted_rows: set[int] = set()  # By their depth.

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._within.append(name)
        if not self._unread_from and (hear := _STARTS.get(name)):
            hear(self, attributes)

    def end(self, name: str) -> None:
        self._within.pop()
        if self._unread_from:
            if len(self._within) < self._unread_from:
                self._unread_from = 0
        elif hear := _ENDS.get(name):
            hear(self)

    def text(self, text: str) -> None:
        if self._is_text and not self._unread_from and not self._is_hidden:
            self.builder.text(text.replace("\n", " "))

    def leave_out(self, _: Mapping[str, str]) -> None:
        self._unread_from = len(self._within)

    def delete(self, _: Mapping[str, str]) -> None:
        outer = "".join(self._within[-2:-1])
        if outer == "w:trPr":
            self._deleted_rows.add(len(self._within) - 2)
        elif outer == "w:rPr":
            self._joins_next = True
        else:
            self._unread_from = len(self._within)

    def begin_body(self, _: Mapping[str, str]) -> None:
        self.has_body = True

    def begin_table(self, _: Mapping[str, str]) -> None:
        self.builder.open_table()

    def begin_row(self, _: Mapping[str, str]) -> None:
        self.builder.open_row()

    def begin_cell(self, _: Mapping[str, str]) -> None:
        self.builder.open_cell()

    def begin_text_box(self, _: Mapping[str, str]) -> None:
        if self._is_hidden:
            self._unread_from = len(self._within)
            return
        self._joins_around.append(self._joins_next)
        self._joins_next = False
        self.builder.open_aside()

    def begin_text(self, _: Mapping[str, str]) -> None:
        self._is_text = True

    def skip_columns(self, attributes: Mapping[str, str]) -> None:
        self.builder.gap(_count(attributes))

    def span(self, attributes: Mapping[str, str]) -> None:
        self.builder.widen(max(_count(attributes), 1))

    def merge(self, attributes: Mapping[str, str]) -> None:
        if attributes.get("w:val", "continue") == "continue":
            self.builder.continue_above()

    def hide(self, attributes: Mapping[str, str]) -> None:
        if self._within[-3:-1] == ["w:r", "w:rPr"]:
            self._is_hidden = attributes.get("w:val", "on") not in _OFF

    def tab(self, _: Mapping[str, str]) -> None:
        self.builder.text("\t")

    def hyphen(self, _: Mapping[str, str]) -> None:
        self.builder.text("-")

    def break_line(self, _: Mapping[str, str]) -> None:
        self.builder.end_line()

    def end_text(self) -> None:
        self._is_text = False

    def end_text_box(self) -> None:
        self.builder.close_aside()
        self._joins_next = self._joins_around.pop()

    def end_run(self) -> None:
        self._is_hidden = False

    def end_paragraph(self) -> None:
        if not self._joins_next:
            self.builder.end_line()
        self._joins_next = False

    def end_cell(self) -> None:
        self.builder.close_cell()

    def end_row(self) -> None:
        depth = len(self._within) + 1
        if depth in self._deleted_rows:
            self._deleted_rows.remove(depth)
            self.builder.drop_row()

    def end_table(self) -> None:
        self.builder.close_table()


def _count(attributes: Mapping[str, str]) -> int:
    written = attributes.get("w:val", "")
    return int(written) if written.isdecimal() and len(written) < _DIGITS else 0


_DIGITS = 10
_STARTS: dict[str, Callable[[_Reader, Mapping[str, str]], None]] = {
    **dict.fromkeys(_UNREAD, _Reader.leave_out),
    "w:del": _Reader.delete,
    "w:body": _Reader.begin_body,
    "w:tbl": _Reader.begin_table,
    "w:tr": _Reader.begin_row,
    "w:tc": _Reader.begin_cell,
    "w:t": _Reader.begin_text,
    "w:txbxContent": _Reader.begin_text_box,
    "w:gridBefore": _Reader.skip_columns,
    "w:gridSpan": _Reader.span,
    "w:vMerge": _Reader.merge,
    "w:vanish": _Reader.hide,
    "w:tab": _Reader.tab,
    "w:noBreakHyphen": _Reader.hyphen,
    "w:br": _Reader.break_line,
    "w:cr": _Reader.break_line,
}
_ENDS: dict[str, Callable[[_Reader], None]] = {
    "w:t": _Reader.end_text,
    "w:txbxContent": _Reader.end_text_box,
    "w:r": _Reader.end_run,
    "w:p": _Reader.end_paragraph,
    "w:tc": _Reader.end_cell,
    "w:tr": _Reader.end_row,
    "w:tbl": _Reader.end_table,
}
