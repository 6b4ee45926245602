"""
Bytes to text: UTF-8, UTF-16 and GB18030, and never a guess between two in one file.
"""

from __future__ import annotations

import codecs
import re

from .bounds import MOST_LINES, MOST_TEXT_BYTES, refusal

__all__ = ["decoded"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    # The mark of UTF-32 begins with the one of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# gb2312 and gbk are what pages say; GB18030 contains both, and is what they often are.
_GB = {"gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936", "ms936", "windows-936"}
_BIG5 = {"big5", "big5-hkscs", "x-x-big5", "cn-big5"}
_CHINESE = re.compile("[\u3001-\u303f\u4e00-\u9fff\uff01-\uff5e]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_NOT_ASCII = re.compile(rb"[\x80-\xff][^\n]*")


def decoded(content: bytes, document: str, declared: str | None = None) -> str:
    """
    Decode a text file.

    What can be read as UTF-8 and has Chinese in it is UTF-8 whatever it declares: pages often
    declare what they were before somebody converted them.

    Args:
        content: The whole file.
        document: Its file name, for errors.
        declared: The encoding that the file itself names, if any.

    Raises:
        BadDocumentError: If it is in no encoding that is read, or in two at once, with the
            line where this shows; if it has control characters, as text has not; or if it
            is larger than a text may be.

    >>> decoded("整改".encode("gb18030"), "list.txt")
    '整改'
    """
    if len(content) > MOST_TEXT_BYTES:
        megabytes = MOST_TEXT_BYTES // 1_000_000
        raise refusal(document, "", "problem.too-large", megabytes=megabytes)
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _checked(_strict(content[len(mark) :], encoding, document), document)
    name = (declared or "").strip().lower()
    if name in _BIG5:
        return _checked(_strict(content, "big5hkscs", document), document)
    text = _as_utf8(content)
    if text is not None and (name not in _GB or _CHINESE.search(text)):
        return _checked(text, document)
    if name in {"utf-8", "utf8"}:
        return _strict(content, "utf-8", document)
    _check_one_encoding(content, document)
    return _checked(_strict(content, "gb18030", document), document)


def _as_utf8(content: bytes) -> str | None:
    try:
        return content.decode()
    except UnicodeDecodeError:
        return None


def _strict(content: bytes, encoding: str, document: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        before = content[: error.start].decode(encoding, "replace")
        place = f"line {before.count(chr(10)) + 1}"
        found = content[error.start : error.end]
        raise refusal(document, place, "problem.encoding", found, encoding=encoding) from None


def _check_one_encoding(content: bytes, document: str) -> None:
    # Almost any UTF-8 can be misread as GB18030, so the lines are held against one another.
    _check_lines(content.count(b"\n"), document)
    first: bool | None = None
    for line in _NOT_ASCII.finditer(content):
        text = _as_utf8(line.group())
        if text is not None and not _CHINESE.search(text):
            continue  # One or two characters of GB18030 may pass for other letters of UTF-8.
        is_utf8 = text is not None
        first = is_utf8 if first is None else first
        if is_utf8 != first:
            number = content.count(b"\n", 0, line.start()) + 1
            raise refusal(document, f"line {number}", "problem.mixed-encodings")


def _check_lines(lines: int, document: str) -> None:
    if lines > MOST_LINES:
        raise refusal(document, "", "problem.too-many-lines", most=MOST_LINES)


def _checked(text: str, document: str) -> str:
    if found := _CONTROL.search(text):
        place = f"line {text.count(chr(10), 0, found.start()) + 1}"
        raise refusal(document, place, "problem.control-character", found.group())
    _check_lines(text.count("\n"), document)
    return text
