"""
``rectiflow diagram``: the stages as a Mermaid drawing.
"""

from __future__ import annotations

import json
import sys
from typing import Annotated

from cyclopts import Parameter

from rectiflow.machine import mermaid
from rectiflow.stages import TABLE, Stage, Trigger

from .options import FormatOption, LangOption, ListArgument, default_language, load
from .table import Format, shown

__all__ = ["diagram"]

RowArgument = Annotated[str | None, Parameter(help="Only the path of this row.")]


def diagram(
    source: ListArgument,
    row: RowArgument = None,
    /,
    *,
    format: FormatOption = Format.TABLE,  # noqa: A002 -- the option's name
    lang: LangOption = None,
) -> None:
    """
    Draw the stages of a list, or the path of one of its rows, for Mermaid.

    Table and CSV are the drawing itself; JSON holds it as a text.
    """
    rl, spoken = load(source), lang or default_language()
    path, title = None, rl.title
    if row is not None:
        found = rl.rows[row]
        path, title = found.path, f"{found.id} {found.subtask or found.task}"
    elif len({each.path for each in rl.rows.values()}) == 1:
        path = next(iter(rl.rows.values())).path
    labels = {each.value: shown(each, spoken) for each in (*Stage, *Trigger)}
    drawing = mermaid(TABLE, path=path, title=title, labels=labels)
    if format is Format.JSON:
        drawing = json.dumps({"mermaid": drawing}, ensure_ascii=False)
    sys.stdout.write(drawing + "\n")
