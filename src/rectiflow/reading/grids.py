"""
The one middle form of every file: paragraphs and tables whose cells know their origin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Cell", "Grid", "Page", "Paragraph"]


@attrs.frozen(kw_only=True)
class Cell:
    """
    A cell as printed; a merged one stands for every place it covers.

    Attributes:
        text: Its text, outer white space left off, paragraphs parted by a newline.
        place: Where it is in the file, e.g. ``"sheet!B7"`` or ``"table 2, row 5, column 3"``,
            counted from 1; of a merged cell its origin.
        row: The row of its origin (its upper left place), counted from 0.
        column: The column of its origin, counted from 0.
        rows: How many rows it covers, at least 1.
        columns: How many columns it covers, at least 1.
    """

    text: str
    place: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@attrs.frozen
class Paragraph:
    """
    A paragraph outside any table.

    Attributes:
        text: Its text, outer white space left off, never empty.
        place: Where it is in the file, e.g. ``"paragraph 3"`` or ``"line 12"``, from 1.
    """

    text: str
    place: str


@attrs.frozen(kw_only=True)
class Grid:
    """
    A table: every place holds the cell that covers it.

    Attributes:
        name: What the file calls it, e.g. a sheet's name, or ``"table 2"``.
        places: Row by row, all of one length; ``None`` where a row is too short for a cell.
        knows_merges: Whether the file says which cells are merged; flat text does not, so
            that an empty cell there may be a merged one.
    """

    name: str
    places: tuple[tuple[Cell | None, ...], ...]
    knows_merges: bool = True

    @property
    def width(self) -> int:
        """
        How many columns there are.
        """
        return len(self.places[0]) if self.places else 0

    def text(self, row: int, column: int) -> str:
        """
        Give the text of the cell that covers a place; empty where there is none.
        """
        cell = self.places[row][column]
        return "" if cell is None else cell.text

    def is_inherited(self, row: int, column: int) -> bool:
        """
        Say whether the place is covered by a merged cell that begins in an earlier row.
        """
        cell = self.places[row][column]
        return cell is not None and cell.row < row


@attrs.frozen(kw_only=True)
class Page:
    """
    A file as paragraphs and tables, in order.

    Attributes:
        blocks: What it shows.
        embedded: The list that rectiflow laid into a file it wrote, as JSON; ``None`` if there
            is none.  It counts only while the file still shows what it says.
        hidden: The words of rows and columns that the file holds and does not show.
    """

    blocks: tuple[Paragraph | Grid, ...] = ()
    embedded: str | None = None
    hidden: tuple[str, ...] = ()

    @property
    def grids(self) -> Iterator[Grid]:
        """
        Go through the tables.
        """
        return (block for block in self.blocks if isinstance(block, Grid))

    @property
    def paragraphs(self) -> Iterator[Paragraph]:
        """
        Go through the paragraphs outside tables.
        """
        return (block for block in self.blocks if isinstance(block, Paragraph))
