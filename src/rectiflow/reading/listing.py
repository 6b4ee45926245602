"""
From a page's paragraphs and tables to a rectification list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from rectiflow.errors import InvalidValueError
from rectiflow.lists import RectificationList
from rectiflow.problems import BadDocumentError, Problem
from rectiflow.source import Doubt

from .bounds import MOST_FLAT_ROWS, refusal
from .columns import Column
from .flat import unflattened
from .heads import read_head
from .locating import around, tables_of
from .making import ListRows
from .rows import RowCells, TableReader

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from .grids import Page

__all__ = ["list_from_page"]


def list_from_page(
    page: Page,
    id: str,  # noqa: A002 -- the list's attribute has this name
    document: str = "",
    *,
    issued: date | None = None,
    columns: Sequence[Column | str] | None = None,
) -> RectificationList:
    """
    Read the list that a page shows.

    Args:
        page: The page.
        id: The list's name.
        document: The file's name, for the error.
        issued: The day of issue; read from the page if not given.
        columns: What each column of the table holds, where its headings do not tell.

    Raises:
        BadDocumentError: With every problem of the page.
    """
    given = None if columns is None else tuple(_column(each) for each in columns)
    if not any(True for _grid in page.grids):
        page = unflattened(page)
        for grid in page.grids:
            if len(grid.places) > MOST_FLAT_ROWS:
                raise refusal(document, grid.name, "problem.too-many-rows", most=MOST_FLAT_ROWS)
    problems: list[Problem] = []
    tables = tables_of(page, given, problems)
    beside = around(page, tables)
    head = read_head(beside.before, beside.after)
    head = attrs.evolve(head, issued=issued, doubts=()) if issued is not None else head
    reader = TableReader(problems, beside.before)
    for grid, heading in tables:
        reader.read(grid, heading)
    reader.finish()
    if tables and not reader.rows:
        problems.append(Problem.of(tables[0][0].name, "problem.no-rows"))
    made, bodies = ListRows(reader.rows, head, problems).made()
    if problems:
        raise BadDocumentError(tuple(problems), document)
    unread = (*head.unread, *_sections(reader.rows), *reader.unread, *beside.tables)
    return RectificationList(
        id=id,
        title=head.title or id,
        issued=head.issued,
        issuer=head.issuer,
        number=head.number,
        basis=head.basis,
        preamble=head.preamble,
        dateline=head.dateline,
        doubts=(*head.doubts, *_hidden(page), *_unread(unread)),
        units=bodies.register(),
        rows=tuple(made),
    )


def _column(name: Column | str) -> Column:
    try:
        return Column(name)
    except ValueError:
        expected = "for each column one of " + ", ".join(Column)
        raise InvalidValueError("columns", name, expected) from None


def _sections(rows: Sequence[RowCells]) -> list[str]:
    """
    List the headings of sections that no row shows as its task.
    """
    found = {row.section_place: row.section for row in rows if row.section}
    shown = {row.section_place for row in rows if not row.task}
    return [words for place, words in found.items() if place not in shown]


def _hidden(page: Page) -> list[Doubt]:
    """
    Doubt what a file hides, such as the rows that a filter left out when it was saved.
    """
    return [
        Doubt(code="doubt.hidden", words=words, candidates=("no", "yes"))
        for words in dict.fromkeys(page.hidden)
    ]


def _unread(lines: Iterable[str]) -> list[Doubt]:
    """
    Doubt the words that say nothing of the list, so that none is lost.
    """
    return [
        Doubt(code="doubt.unread-line", words=words, candidates=("of the page", "of the list"))
        for words in dict.fromkeys(lines)
    ]
