"""
The list that rectiflow laid into a file it wrote, which counts while the file still shows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectiflow.documents import list_from_plain
from rectiflow.forms import form_of_list
from rectiflow.problems import BadDocumentError

from .json import read_json

if TYPE_CHECKING:
    from rectiflow.forms import ListForm
    from rectiflow.lists import RectificationList

    from .grids import Cell, Grid, Page

__all__ = ["embedded_list"]


def embedded_list(page: Page, document: str = "") -> RectificationList | None:
    """
    Give the list laid into a file; ``None`` if there is none, or the file has been changed since.

    What a person changed in the table is what counts, so that the table is read anew then.
    """
    if page.embedded is None:
        return None
    try:
        rl = list_from_plain(read_json(page.embedded, document), document)
    except BadDocumentError:
        # The table is there to be read, whatever became of what was laid in.
        return None
    form = form_of_list(rl)
    return rl if any(_shows(grid, form) for grid in page.grids) else None


def _shows(grid: Grid, form: ListForm) -> bool:
    """
    Say whether a table is the form's, cell by cell.
    """
    headings = [_bare(text) for text in form.headings]
    for offset in range(len(grid.places) - form.rows + 1):
        row = [_bare(cell.text) for cell in _own(grid, offset)]
        if row == headings:
            break
    else:
        return False
    if grid.width != form.columns or len(grid.places) != offset + form.rows:
        return False
    return all(
        _bare(grid.text(cell.row + offset, cell.column)) == _bare(cell.text)
        and not grid.is_inherited(cell.row + offset, cell.column)
        for cell in form.cells
    )


def _own(grid: Grid, row: int) -> list[Cell]:
    seen = {id(cell): cell for cell in grid.places[row] if cell is not None}
    return list(seen.values())


def _bare(text: str) -> str:
    lines = (line.strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
