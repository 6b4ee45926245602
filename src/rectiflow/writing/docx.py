"""
Lists to text documents that look like the official form.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from itertools import groupby
from typing import IO, TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from rectiflow.errors import MissingExtraError
from rectiflow.forms import check_printable, form_of_list

from .json import embedded_json
from .saving import save

if TYPE_CHECKING:
    import os

    from docx.document import Document
    from docx.text.paragraph import Paragraph
    from lxml.etree import _Element

    from rectiflow.forms import FormCell, ListForm
    from rectiflow.lists import RectificationList

__all__ = ["EMBEDDED_NAMESPACE", "EMBEDDED_PART", "write_docx"]

EMBEDDED_PART = "/customXml/rectiflow.json.xml"
"""The part that holds the list itself, as JSON in one element."""
EMBEDDED_NAMESPACE = "urn:rectiflow:list"
"""The namespace of that element, and the type of the package's relationship to the part."""

_BODY, _TITLE, _HEADING = "仿宋_GB2312", "方正小标宋简体", "黑体"
_TITLE_STYLE, _HEADING_STYLE = "清单标题", "清单表头"
_CELL_STYLE, _CENTERED_STYLE = "清单正文", "清单居中"
_MOST_TOGETHER = 6  # rows
# A4 lying down, in twentieths of a point; what the margins leave is the table's width.
_PAGE_WIDTH, _PAGE_HEIGHT, _MARGIN = 16838, 11906, 850
# A file has a day of its making; where the list has none it is this one, so that the same list
# always makes the same file.
_NO_DAY = (1980, 1, 1)


def write_docx(rl: RectificationList, target: str | os.PathLike[str] | IO[bytes]) -> None:
    """
    Write a list as a text document in the official form, from which it can be read back equal.

    Every text is text: nothing that a list says becomes a field.  The same list always makes
    the same bytes.

    Args:
        rl: The list.
        target: A path, where the whole file appears at once, or a binary file to write to.

    Raises:
        InvalidValueError: Before anything is written, if a text of the form has control
            characters, which such a file cannot hold.
        MissingExtraError: If the extra ``files`` is not installed.
        OSError: If the file cannot be written.
    """
    try:
        import docx  # noqa: PLC0415 -- only when a document is written
    except ModuleNotFoundError as error:
        raise MissingExtraError("files", "docx") from error

    check_printable("write_docx", rl)
    form = form_of_list(rl)
    document = docx.Document()
    _set_up(document, rl)
    document.add_paragraph(form.title, _TITLE_STYLE)
    for text in form.head:
        paragraph = document.add_paragraph(text)
        paragraph.paragraph_format.first_line_indent = docx.shared.Pt(24)
    body = document.element.body
    body.insert(len(body) - 1, _table(form))
    _embed(document, embedded_json(rl))
    content = BytesIO()
    document.save(content)
    save(_dateless(content), target)


def _set_up(document: Document, rl: RectificationList) -> None:
    from docx.enum.section import WD_ORIENT  # noqa: PLC0415 -- as in write_docx
    from docx.shared import Twips  # noqa: PLC0415 -- as above

    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Twips(_PAGE_WIDTH), Twips(_PAGE_HEIGHT)
    section.left_margin = section.right_margin = Twips(_MARGIN)
    section.top_margin = section.bottom_margin = Twips(_MARGIN)
    about, day = document.core_properties, rl.issued
    # Properties hold 255 characters, fewer than a title may have.
    about.title, about.author, about.comments = rl.title[:255], rl.issuer[:255], ""
    made = _NO_DAY if day is None else (day.year, day.month, day.day)
    about.created = about.modified = datetime(*made)  # noqa: DTZ001 -- a file's day has no zone
    _set_fonts(document)
    _number_pages(section.footer.paragraphs[0])


def _number_pages(paragraph: Paragraph) -> None:
    """
    Put numbers on the pages, between dashes as official documents do.
    """
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN  # noqa: PLC0415 -- as in write_docx

    paragraph.alignment = ALIGN.CENTER
    paragraph.add_run("— ")
    _element("w:fldSimple", paragraph._p, instr="PAGE")  # noqa: SLF001 -- it has no fields
    paragraph.add_run(" —")


def _set_fonts(document: Document) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN  # noqa: PLC0415 -- as in write_docx
    from docx.oxml.ns import qn  # noqa: PLC0415 -- as above
    from docx.shared import Pt  # noqa: PLC0415 -- as above

    # A font that the template names by theme would win over ours.
    for fonts in document.styles.element.iterfind(f"{qn('w:docDefaults')}//{qn('w:rFonts')}"):
        fonts.attrib.clear()
    # Else programs that lack our fonts draw the characters as another country writes them.
    for language in document.styles.element.iterfind(f"{qn('w:docDefaults')}//{qn('w:lang')}"):
        language.set(qn("w:eastAsia"), "zh-CN")
    for name, font, size, alignment in (
        ("Normal", _BODY, 12, None),
        (_TITLE_STYLE, _TITLE, 22, ALIGN.CENTER),
        (_HEADING_STYLE, _HEADING, 12, ALIGN.CENTER),
        (_CELL_STYLE, _BODY, 10.5, None),
        (_CENTERED_STYLE, _BODY, 10.5, ALIGN.CENTER),
    ):
        known = name in document.styles
        style: Any = document.styles[name] if known else document.styles.add_style(name, 1)
        style.font.name, style.font.size = font, Pt(size)
        style.font.bold = font == _HEADING
        style.element.rPr.rFonts.set(qn("w:eastAsia"), font)
        style.paragraph_format.alignment = alignment
        style.paragraph_format.space_after = Pt(12 if font == _TITLE else 0)


def _table(form: ListForm) -> _Element:
    """
    Build the table in one pass: asking python-docx for each cell takes time by the square.
    """
    table = _element("w:tbl")
    properties = _element("w:tblPr", table)
    _element("w:tblW", properties, w=str(_PAGE_WIDTH - 2 * _MARGIN), type="dxa")
    borders = _element("w:tblBorders", properties)
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        _element(f"w:{side}", borders, val="single", sz="4", space="0", color="auto")
    _element("w:tblLayout", properties, type="fixed")
    margins = _element("w:tblCellMar", properties)
    for side, margin in (("top", "40"), ("left", "80"), ("bottom", "40"), ("right", "80")):
        _element(f"w:{side}", margins, w=margin, type="dxa")
    widths = [each * (_PAGE_WIDTH - 2 * _MARGIN) // sum(form.widths) for each in form.widths]
    grid = _element("w:tblGrid", table)
    for width in widths:
        _element("w:gridCol", grid, w=str(width))
    # A merged cell stands in each of its rows: first with its text, then going on.
    places = ((n, cell) for cell in form.cells for n in range(cell.row, cell.row + cell.rows))
    in_order = sorted(places, key=lambda place: (place[0], place[1].column))
    for n, cells in groupby(in_order, key=lambda place: place[0]):
        row = _element("w:tr", table)
        row_properties = _element("w:trPr", row)
        _element("w:cantSplit", row_properties)
        if n == 0:
            _element("w:tblHeader", row_properties)
        of_row = [cell for _n, cell in cells]
        goes_on = any(_is_kept_together(cell) and cell.row + cell.rows - 1 > n for cell in of_row)
        for cell in of_row:
            _cell(row, n, cell, form, widths, goes_on=goes_on)
    return table


def _is_kept_together(cell: FormCell) -> bool:
    """
    Say whether a cell is a key task's number, and its rows fit on a page in all likelihood.

    The next page would not say which task its rows belong to.
    """
    return cell.column == 0 and cell.rows <= _MOST_TOGETHER


def _cell(
    row: _Element, n: int, cell: FormCell, form: ListForm, widths: list[int], *, goes_on: bool
) -> None:
    of_cell = _element("w:tc", row)
    properties = _element("w:tcPr", of_cell)
    width = sum(widths[cell.column : cell.column + cell.columns])
    _element("w:tcW", properties, w=str(width), type="dxa")
    if cell.columns > 1:
        _element("w:gridSpan", properties, val=str(cell.columns))
    if cell.rows > 1:
        _element("w:vMerge", properties, val="restart" if cell.row == n else "continue")
    _element("w:vAlign", properties, val="center")
    is_task = cell.column < form.columns - 3
    style = _HEADING_STYLE if n == 0 else _CENTERED_STYLE if is_task else _CELL_STYLE
    for line in cell.text.split("\n") if cell.row == n else ("",):
        paragraph = _element("w:p", of_cell)
        properties = _element("w:pPr", paragraph)
        _element("w:pStyle", properties, val=style)
        if goes_on:
            _element("w:keepNext", properties)
        if line:
            _words(_element("w:r", paragraph), line)


def _words(run: _Element, line: str) -> None:
    for n, words in enumerate(line.split("\t")):
        if n > 0:
            _element("w:tab", run)
        if words:
            text = _element("w:t", run)
            text.text = words
            # Else the white space around the words is lost.
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _element(name: str, parent: _Element | None = None, **attributes: str) -> _Element:
    from docx.oxml.ns import qn  # noqa: PLC0415 -- as in write_docx
    from docx.oxml.parser import OxmlElement  # noqa: PLC0415 -- as above

    given = {qn(f"w:{key}"): value for key, value in attributes.items()}
    if parent is None:
        return OxmlElement(name, given)
    from lxml.etree import SubElement  # noqa: PLC0415 -- as above

    return SubElement(parent, qn(name), given)


def _embed(document: Document, text: str) -> None:
    from docx.opc.packuri import PackURI  # noqa: PLC0415 -- as in write_docx
    from docx.opc.part import Part  # noqa: PLC0415 -- as above
    from lxml import etree  # noqa: PLC0415 -- as above

    root = etree.Element("rectiflow", xmlns=EMBEDDED_NAMESPACE)
    root.text = text
    blob = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    package = document.part.package
    part = Part(PackURI(EMBEDDED_PART), "application/xml", blob, package)
    package.relate_to(part, EMBEDDED_NAMESPACE)


def _dateless(content: BytesIO) -> bytes:
    """
    Pack a file again without the moment at which it was packed.
    """
    packed = BytesIO()
    with ZipFile(content) as old, ZipFile(packed, "w") as new:
        for name in old.namelist():
            entry = ZipInfo(name, (*_NO_DAY, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return packed.getvalue()
