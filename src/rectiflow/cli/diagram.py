"""
``rectiflow diagram``: the stages as a Mermaid drawing.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from rectiflow.ledger import assign
from rectiflow.machine import mermaid
from rectiflow.messages import Language, Message
from rectiflow.progress import Progress
from rectiflow.stages import Stage, Trigger
from rectiflow.standings import resolution_or_reason
from rectiflow.transition_table import TABLE

from .options import FormatOption, LangOption, ListArgument, default_language, load
from .streams import write_data
from .table import Format, shown

if TYPE_CHECKING:
    from rectiflow.lists import RectificationList, Row

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

    The drawing of a row notes the due day of each stage.  Table and CSV are the drawing itself;
    JSON holds it as a text.
    """
    rl, spoken = load(source), lang or default_language()
    drawing = _of_list(rl, spoken) if row is None else _of_row(rl, rl.rows[row], spoken)
    if format is Format.JSON:
        write_data(sys.stdout, json.dumps({"mermaid": drawing}, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(drawing + "\n")


def _of_list(rl: RectificationList, lang: Language) -> str:
    paths = {row.path for row in rl.rows.values()}
    path = paths.pop() if len(paths) == 1 else None
    return mermaid(TABLE, path=path, title=rl.title, labels=_labels(lang))


def _of_row(rl: RectificationList, row: Row, lang: Language) -> str:
    title = f"{row.id} {row.subtask or row.task}"
    drawing = mermaid(TABLE, path=row.path, title=title, labels=_labels(lang))
    return "\n".join([drawing.rstrip(), *_notes(rl, row, lang)])


def _notes(rl: RectificationList, row: Row, lang: Language) -> list[str]:
    campaign = assign(rl).campaign
    lines = []
    for each in row.milestones:
        found = resolution_or_reason(campaign, row, each, Progress())
        if each.stage is not None and not isinstance(found, Message) and found.due is not None:
            # Mermaid ends a note at a colon or semicolon, so the sentence has none.
            note = Message.of("cli.diagram.due", due=found.due).text(lang)
            lines.append(f"  note right of {each.stage}: {note}")
    return lines


def _labels(lang: Language) -> dict[str, str]:
    return {each.value: shown(each, lang) for each in (*Stage, *Trigger)}
