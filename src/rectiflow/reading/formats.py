"""
Which form a file has, told by what is in it and never by its name.
"""

from __future__ import annotations

import codecs
import re
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from .archives import opened
from .bounds import MOST_BYTES, refusal

if TYPE_CHECKING:
    import os

__all__ = ["Form", "check_size", "form_of"]


class Form(StrEnum):
    """
    A form of file that can be read.
    """

    TOML = "toml"
    JSON = "json"
    HTML = "html"
    DOCX = "docx"
    XLSX = "xlsx"
    TEXT = "text"


_HEAD_BYTES = 65_536
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE2 = b"\xd0\xcf\x11\xe0"
# What office programs write around a document with a password.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_FOREIGN = (
    (b"%PDF", "problem.pdf"),
    (b"\x89PNG", "problem.picture"),
    (b"\xff\xd8\xff", "problem.picture"),
    (b"GIF8", "problem.picture"),
    (b"II*\x00", "problem.picture"),
    (b"MM\x00*", "problem.picture"),
    (b"{\\rtf", "problem.rtf"),
    (b"7z\xbc\xaf", "problem.packed"),
    (b"Rar!", "problem.packed"),
    (b"\x1f\x8b", "problem.packed"),
    (b"MIME-Version:", "problem.mhtml"),
)
# The main part's type in the archive's table of contents, and what then is to be done.
_CONTENTS = (
    (b"wordprocessingml.", Form.DOCX),
    (b"ms-word.document.macroEnabled", Form.DOCX),
    (b"ms-word.template.macroEnabled", Form.DOCX),
    (b"spreadsheetml.", Form.XLSX),
    (b"ms-excel.sheet.macroEnabled", Form.XLSX),
    (b"ms-excel.template.macroEnabled", Form.XLSX),
)
_MAIN = b".main+xml"
_CONTENT_TYPES = "[Content_Types].xml"
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|table|meta|div|p|h[1-6]|ul|ol|center|font|tr)\b[^<>]*>",
    re.IGNORECASE,
)
_TABLE = re.compile(r"<(?:html|body|table)\b[^<>]*>", re.IGNORECASE)
_COMMENTS = re.compile(r"(?:\s*#[^\n]*(?:\n|$))*\s*")
_KEY = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
_TOML = re.compile(
    rf"""\[{{1,2}}\s*{_KEY}(?:\s*\.\s*{_KEY})*\s*\]{{1,2}}\s*(?:\#|\n|$)
    | {_KEY}(?:\s*\.\s*{_KEY})*\s*=(?!=)""",
    re.VERBOSE,
)
_JSON = re.compile(
    r"""\{\s*["}]|\[\s*(?:[\[{"\]]|-?[0-9][0-9.eE+-]*\s*(?:,|\]\s*$)|true|false|null)"""
)


def check_size(path: str | os.PathLike[str]) -> None:
    """
    Refuse a file that is too large to be read, before it is.

    Raises:
        BadDocumentError: If it has more than :data:`~rectiflow.reading.bounds.MOST_BYTES`.
        OSError: If it is not there.
    """
    size = Path(path).stat().st_size
    if size > MOST_BYTES:
        raise refusal(str(path), "", "problem.too-large", size, megabytes=MOST_BYTES // 1_000_000)


def form_of(content: bytes, document: str) -> Form:
    """
    Tell which form a file has.

    Args:
        content: The whole file.
        document: Its file name, for errors; it decides nothing.

    Raises:
        BadDocumentError: If it has none that can be read.

    >>> form_of(b'id = "a"', "list.xlsx"), form_of(b"<table>", "list.xls")
    (<Form.TOML: 'toml'>, <Form.HTML: 'html'>)
    """
    if not content.strip(b"\0\t\n\r \xef\xbb\xbf\xff\xfe"):
        raise refusal(document, "", "problem.empty-file")
    if content.startswith(_ZIP):
        return _form_of_zip(content, document)
    if content.startswith(_OLE2):
        is_locked = _ENCRYPTED in content
        raise refusal(document, "", "problem.locked" if is_locked else "problem.old-office")
    for beginning, code in _FOREIGN:
        if content.startswith(beginning):
            raise refusal(document, "", code)
    if b"%PDF-" in content[:1024]:
        raise refusal(document, "", "problem.pdf")
    if _is_picture(content):
        raise refusal(document, "", "problem.picture")
    return _form_of_text(_head(content), document)


def _is_picture(content: bytes) -> bool:
    is_webp = content.startswith(b"RIFF") and content[8:12] == b"WEBP"
    is_heic = content[4:8] == b"ftyp"
    # Bytes 6 to 9 of a bitmap are zeros, which no text has.
    is_bitmap = content.startswith(b"BM") and content[6:10] == bytes(4)
    return is_webp or is_heic or is_bitmap


def _form_of_zip(content: bytes, document: str) -> Form:
    archive = opened(content, document)
    if "OFD.xml" in archive:
        raise refusal(document, "", "problem.ofd")
    if _CONTENT_TYPES not in archive:
        is_office = "word/document.xml" in archive or "xl/workbook.xml" in archive
        if is_office:
            raise refusal(document, _CONTENT_TYPES, "problem.missing-part")
        raise refusal(document, "", "problem.not-a-zip-of")
    types = b"".join(archive.pieces(_CONTENT_TYPES)).replace(b"\0", b"")
    for kind, form in _CONTENTS:
        if re.search(re.escape(kind) + rb"[\w.]*" + re.escape(_MAIN), types):
            return form
    raise refusal(document, "", "problem.not-a-zip-of")


def _head(content: bytes) -> str:
    head = content[:_HEAD_BYTES]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", "ignore")
    # Only ASCII decides, and it is the same in every other encoding that is read.
    return head.removeprefix(codecs.BOM_UTF8).decode("latin-1")


def _form_of_text(head: str, document: str) -> Form:
    if found := _CONTROL.search(head):
        place = f"line {head.count(chr(10), 0, found.start()) + 1}"
        raise refusal(document, place, "problem.binary")
    start = _COMMENTS.match(head)
    first = start.end() if start else 0
    if _TOML.match(head, first):
        return Form.TOML
    head = head.lstrip()
    if _JSON.match(head):
        return Form.JSON
    is_xml = head.startswith("<?xml")
    if _TABLE.search(head) or (head.startswith("<") and _HTML.search(head)):
        if is_xml and "schemas-microsoft-com:office" in head and "<html" not in head.lower():
            raise refusal(document, "", "problem.office-xml")
        return Form.HTML
    if is_xml:
        raise refusal(document, "", "problem.office-xml")
    return Form.TEXT
