"""
``rectiflow prove``: hold a calendar or rules of your own to the laws.
"""

from __future__ import annotations

import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter
from rich.console import Console
from rich.progress import Progress

from rectiflow.errors import MissingExtraError, RectiflowError
from rectiflow.messages import Message

from .options import FormatOption, LangOption, default_language
from .table import Column, Format, Sheet, console_for, print_sheets
from .targets import families_for, imported, pasted

if TYPE_CHECKING:
    from collections.abc import Callable

    from rectiflow.messages import Language
    from rectiflow.testing import LawFamily, LawResult, Report

__all__ = ["prove"]

HOLDS, BROKEN, MISUSE = 0, 1, 2
TargetArgument = Annotated[
    str,
    Parameter(help="What to try, as package.module:object; what makes it is called: see the docs."),
]
LawsOption = Annotated[
    str | None, Parameter(help="Families, e.g. calendar,china or rules; by default what fits.")
]
ExamplesOption = Annotated[int, Parameter(help="How many cases each law is tried on.")]
SeedOption = Annotated[int, Parameter(help="What cases are drawn with; the same, the same cases.")]


def prove(
    target: TargetArgument,
    /,
    *,
    laws: LawsOption = None,
    examples: ExamplesOption = 200,
    seed: SeedOption = 0,
    format: FormatOption = Format.TABLE,  # noqa: A002 -- the option's name
    lang: LangOption = None,
) -> int:
    """
    Try the laws on a calendar or rules of your own; exits with 1 if one is broken.
    """
    spoken = lang or default_language()
    try:
        thing = imported(target)
        families = families_for(thing, target, laws)
        reports = [_tried(family, thing, examples, seed, spoken) for family in families]
    except MissingExtraError:
        raise
    except RectiflowError as error:
        sys.stderr.write(f"{error.text(spoken)}\n")
        return MISUSE
    sheets = [_sheet(each, format) for each in reports]
    print_sheets(sheets, format, spoken, console_for(sys.stdout))
    if format is Format.TABLE:
        for report in reports:
            _tell(report, thing, target, spoken)
    return HOLDS if all(each.holds for each in reports) else BROKEN


def _tried(family: LawFamily, thing: object, examples: int, seed: int, spoken: Language) -> Report:
    from rectiflow.testing import check  # noqa: PLC0415 -- as above

    console = Console(stderr=True)
    shown = console.is_terminal
    with Progress(console=console, transient=True) if shown else nullcontext() as progress:
        return check(
            family, thing, examples=examples, seed=seed, on_result=_told(progress, family, spoken)
        )


def _told(
    progress: Progress | None, family: LawFamily, spoken: Language
) -> Callable[[LawResult], object] | None:
    if progress is None:
        return None
    title = Message.of(f"law.family.{family.name}").text(spoken)
    task = progress.add_task(title, total=len(family))
    return lambda _result: progress.advance(task)


def _sheet(report: Report, how: Format) -> Sheet:
    columns = [Column("law"), Column("outcome"), Column("tried", is_number=True), Column("says")]
    rows: list[list[object]] = [
        [each.law.id, each.outcome, each.tried, each.law.says] for each in report.results
    ]
    if how is not Format.TABLE:
        # People read these below the table, where there is room.
        columns += [Column("wrong"), Column("code"), Column("source")]
        for row, each in zip(rows, report.results, strict=True):
            row += [each.wrong, list(each.code), str(each.law.source)]
    styles = {n: "bold red" for n, each in enumerate(report.results) if each.fails}
    return Sheet(name=f"laws_{report.family}", columns=columns, rows=rows, styles=styles)


def _tell(report: Report, thing: object, target: str, spoken: Language) -> None:
    lines = [each.text(spoken) for each in report.failing]
    if any(each.code for each in report.failing):
        code = pasted(thing, target, report.family)
        lines.append(Message.of("law.report.paste", code=code).text(spoken))
    sys.stdout.writelines(f"{line}\n" for line in ("", *lines, report.head.text(spoken)))
