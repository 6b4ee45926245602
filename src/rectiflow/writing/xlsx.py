"""
Lists to spreadsheets that look like the official form.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from math import ceil
from typing import IO, TYPE_CHECKING
from unicodedata import east_asian_width

from rectiflow.errors import MissingExtraError
from rectiflow.forms import FormCell, check_printable, form_of_list

from .json import embedded_json
from .saving import save

if TYPE_CHECKING:
    import os

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from rectiflow.forms import ListForm
    from rectiflow.lists import RectificationList

__all__ = ["EMBEDDED_SHEET", "write_xlsx"]

EMBEDDED_SHEET = "rectiflow"
"""The hidden sheet whose column A holds the list itself, as JSON cut into pieces."""

_SHEET = "整改清单"
# The most a cell holds, in UTF-16 code units; a piece may be all characters that take two.
_LONGEST = 32_767
_PIECE = 16_000
_A4 = 9
# A workbook has a day of its making; where the list has none it is this one, so that the same
# list always makes the same file.
_NO_DAY = datetime(1980, 1, 1)  # noqa: DTZ001 -- a file's day has no zone
_AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_CENTERED = {"align": "center", "valign": "vcenter", "text_wrap": True}
_TITLE = {"font_name": "方正小标宋简体", "font_size": 22, **_CENTERED}
_HEADING = {"font_name": "黑体", "font_size": 12, "bold": True, "border": 1}
_BODY = {"font_name": "仿宋", "font_size": 11, "valign": "vcenter", "text_wrap": True}
# A column's width is in Latin letters of the default font; so many are a Chinese one of ours.
_LETTERS = 2.1
# In points; Excel fits no row by itself to a merged cell, and allows none above the highest.
_LINE, _TITLE_LINE, _HIGHEST = 15.0, 32.0, 409.0
# Above this a frozen head would leave no room to scroll the rows below it.
_HIGHEST_FROZEN = 250.0


def write_xlsx(rl: RectificationList, target: str | os.PathLike[str] | IO[bytes]) -> None:
    """
    Write a list as a spreadsheet in the official form, from which it can be read back equal.

    Every cell is text: nothing that a list says becomes a formula, a link or a number.  The
    same list always makes the same bytes.

    Args:
        rl: The list.
        target: A path, where the whole file appears at once, or a binary file to write to.

    Raises:
        InvalidValueError: Before anything is written, if a text of the form cannot stand in
            a cell: one with control characters, or longer than 32,767 characters.
        MissingExtraError: If the extra ``files`` is not installed.
        OSError: If the file cannot be written.
    """
    try:
        import xlsxwriter  # noqa: PLC0415 -- only when a spreadsheet is written
    except ModuleNotFoundError as error:
        raise MissingExtraError("files", "xlsxwriter") from error

    check_printable("write_xlsx", rl, _LONGEST)
    content = BytesIO()
    workbook = xlsxwriter.Workbook(content, {"in_memory": True, **_AS_TEXT})
    made = _NO_DAY if rl.issued is None else datetime(*rl.issued.timetuple()[:3])  # noqa: DTZ001 -- as above
    workbook.set_properties({"title": rl.title, "author": rl.issuer, "created": made})
    form = form_of_list(rl)
    _write_form(workbook, form)
    hidden = workbook.add_worksheet(EMBEDDED_SHEET)
    text = embedded_json(rl)
    for n, begin in enumerate(range(0, len(text), _PIECE)):
        hidden.write_string(n, 0, text[begin : begin + _PIECE])
    hidden.very_hidden()
    workbook.close()
    save(content.getvalue(), target)


def _write_form(workbook: Workbook, form: ListForm) -> None:
    sheet = workbook.add_worksheet(_SHEET)
    first = 1 + len(form.head)
    _set_up(sheet, form, first)
    for n, width in enumerate(form.widths):
        sheet.set_column(n, n, _LETTERS * width + 1.5)
    title, body = workbook.add_format(_TITLE), workbook.add_format(_BODY)
    _write_cell(sheet, FormCell(form.title, 0, 0, 1, form.columns), title)
    sheet.set_row(0, min(_height(form.title, sum(form.widths) // 2, _TITLE_LINE), _HIGHEST))
    for n, text in enumerate(form.head, 1):
        _write_cell(sheet, FormCell(text, n, 0, 1, form.columns), body)
        sheet.set_row(n, min(_height(text, sum(form.widths), _LINE), _HIGHEST))
    heading = workbook.add_format(_HEADING | _CENTERED)
    centered = workbook.add_format(_BODY | _CENTERED | {"border": 1})
    plain = workbook.add_format(_BODY | {"border": 1})
    middle = form.columns - 3
    for cell in form.cells:
        style = heading if cell.row == 0 else centered if cell.column < middle else plain
        _write_cell(sheet, cell._replace(row=cell.row + first), style)
    for n, height in enumerate(_heights(form)):
        sheet.set_row(first + n, height)


def _set_up(sheet: Worksheet, form: ListForm, first: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.6, right=0.6, top=0.75, bottom=0.75)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(first)
    sheet.set_footer("&C&P / &N")
    sheet.print_area(0, 0, first + form.rows - 1, form.columns - 1)
    above = sum(_height(text, sum(form.widths), _LINE) for text in form.head)
    if above <= _HIGHEST_FROZEN:
        sheet.freeze_panes(first + 1, 0)


def _write_cell(sheet: Worksheet, cell: FormCell, style: Format) -> None:
    row, column = cell.row, cell.column
    if cell.rows > 1 or cell.columns > 1:
        last = (row + cell.rows - 1, column + cell.columns - 1)
        sheet.merge_range(row, column, *last, "", style)
    if cell.text:
        # merge_range itself guesses at what a text means; this does not.
        sheet.write_string(row, column, cell.text, style)
    else:
        sheet.write_blank(row, column, None, style)


def _heights(form: ListForm) -> list[float]:
    """
    Give each row of the table the height its cells need, the merged ones shared out evenly.
    """
    heights = [_LINE] * form.rows
    for cell in sorted(form.cells, key=lambda cell: cell.rows):
        covered = range(cell.row, cell.row + cell.rows)
        width = sum(form.widths[cell.column : cell.column + cell.columns])
        lacking = _height(cell.text, width, _LINE) - sum(heights[n] for n in covered)
        if lacking > 0:
            for n in covered:
                heights[n] = min(heights[n] + lacking / cell.rows, _HIGHEST)
    return heights


def _height(text: str, width: int, line: float) -> float:
    lines = sum(max(1, ceil(_length(each) / width)) for each in text.split("\n"))
    return lines * line + 3


def _length(text: str) -> float:
    return sum(1 if east_asian_width(each) in "WFA" else 0.5 for each in text)
