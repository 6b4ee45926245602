"""
Any file to its paragraphs and tables.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .encodings import decoded
from .formats import Form, check_size, form_of
from .grids import Page, Paragraph

if TYPE_CHECKING:
    import os

__all__ = ["page_of", "read_page"]


def read_page(path: str | os.PathLike[str]) -> Page:
    """
    Read a file's paragraphs and tables; of plain text each line is a paragraph.

    Raises:
        BadDocumentError: If it is in no form that can be read, is damaged, made to mislead, or
            too large.
        MissingExtraError: If it is a page and lxml is not installed.
        ValueError: If it is TOML or JSON, which is data and has no page.
        OSError: If the file cannot be read.
    """
    check_size(path)
    content = Path(path).read_bytes()
    document = str(path)
    return page_of(content, form_of(content, document), document)


def page_of(content: bytes, form: Form, document: str) -> Page:
    """
    Read the paragraphs and tables of a file whose form is known.

    Raises:
        BadDocumentError: If it is damaged, made to mislead, or too large.
        MissingExtraError: If a package that reads it is not installed.
        ValueError: If it is TOML or JSON, which is data and has no page.
    """
    if form is Form.HTML:
        from .html import read_html  # noqa: PLC0415 -- only the reader that is needed

        return read_html(content, document)
    if form is Form.DOCX:
        from .docx import read_docx  # noqa: PLC0415 -- as above

        return read_docx(content, document)
    if form is Form.XLSX:
        from .xlsx import read_xlsx  # noqa: PLC0415 -- as above

        return read_xlsx(content, document)
    if form is Form.TEXT:
        return _text_page(decoded(content, document))
    raise ValueError(f"{document} is {form}: it holds data; load it")


def _text_page(text: str) -> Page:
    lines = enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1)
    return Page(
        blocks=tuple(
            Paragraph(line.strip(), f"line {number}") for number, line in lines if line.strip()
        )
    )
