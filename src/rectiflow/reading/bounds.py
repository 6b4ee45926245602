"""
How much of a file is read before it is refused: every reader keeps to these.

They are far above any list a body could work through by hand, and low enough that a
hostile file costs neither seconds nor memory.
"""

from __future__ import annotations

from rectiflow.problems import BadDocumentError, Problem

__all__ = [
    "MOST_BYTES",
    "MOST_CELL",
    "MOST_CELLS",
    "MOST_CHARACTERS",
    "MOST_COLUMNS",
    "MOST_DEPTH",
    "MOST_ELEMENTS",
    "MOST_FLAT_ROWS",
    "MOST_LINES",
    "MOST_MEMBERS",
    "MOST_PART_BYTES",
    "MOST_PLACES",
    "MOST_RATIO",
    "MOST_READ",
    "MOST_ROWS",
    "MOST_TEXT_BYTES",
    "MOST_UNPACKED_BYTES",
    "refusal",
]

_MB = 1_000_000

MOST_BYTES = 50 * _MB  # of a file
MOST_UNPACKED_BYTES = 200 * _MB  # of all members of an archive together
MOST_PART_BYTES = 40 * _MB  # of an XML part that is read
MOST_RATIO = 200  # of a member of more than 10 MB, unpacked to packed
MOST_MEMBERS = 5_000  # of an archive
MOST_TEXT_BYTES = 10 * _MB  # of a text or a page, pictures inside it left out
MOST_LINES = 200_000  # of a text
MOST_ELEMENTS = 700_000  # of an XML part or a page
MOST_CHARACTERS = 10_000_000  # of the text of an XML part
MOST_DEPTH = 250  # of elements in one another
MOST_ROWS = 20_000  # of a table
MOST_FLAT_ROWS = 5_000  # of one in plain text, whose rows have to be inferred
MOST_COLUMNS = 256  # of a table
MOST_CELLS = 200_000  # that hold a text, of all tables together
MOST_CELL = 20_000  # characters of a cell that is read
MOST_READ = 600_000  # characters of all the cells that are read
MOST_PLACES = 2_000_000  # rows times columns, of all tables together


def refusal(
    document: str, place: str, code: str, value: object = None, /, **facts: object
) -> BadDocumentError:
    """
    Make the error of a document with one problem.
    """
    return BadDocumentError((Problem.of(place, code, value, **facts),), document)
