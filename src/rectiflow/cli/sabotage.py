"""
``rectiflow sabotage``: whether a test suite notices known mistakes.
"""

from __future__ import annotations

import sys
from itertools import count
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from rectiflow.messages import Message

from .options import FormatOption, LangOption, default_language
from .table import Column, Format, Sheet, console_for, print_sheets

if TYPE_CHECKING:
    from collections.abc import Callable

    from rectiflow.messages import Language
    from rectiflow.testing.saboteurs import SabotageReport, SabotageResult

__all__ = ["sabotage"]

_TOO_FEW = 1

SuiteArgument = Annotated[
    str,
    Parameter(
        help="Files and folders for pytest, and its options after --.", allow_leading_hyphen=True
    ),
]
FailOption = Annotated[
    float, Parameter(help="Exit with 1 if a smaller share, in percent, is caught.")
]
OnlyOption = Annotated[
    list[str] | None, Parameter(negative="", help="Only this saboteur; may be repeated.")
]
JobsOption = Annotated[
    int | None,
    Parameter(help="Runs at once; as many as there are processors by default, at most 4."),
]


def sabotage(
    *suite: SuiteArgument,
    fail_under: FailOption = 100.0,
    only: OnlyOption = None,
    jobs: JobsOption = None,
    format: FormatOption = Format.TABLE,  # noqa: A002 -- the option's name
    lang: LangOption = None,
) -> int:
    """
    Run a test suite under known-wrong engines, and list those it does not notice.

    Each saboteur makes the library wrong in one way; a suite that looks at that must fail.
    """
    from rectiflow.testing.saboteurs import SABOTEURS, run_sabotage  # noqa: PLC0415 -- no other command needs it

    spoken = lang or default_language()
    asked = tuple(only or ())
    report = run_sabotage(
        suite,
        only=asked,
        jobs=jobs,
        progress=_progress(spoken, len(set(asked)) or len(SABOTEURS)),
        proven=lambda seconds, files: _tell(
            Message.of("sabotage.proven", seconds=round(seconds), files=files), spoken
        ),
    )
    console = console_for(sys.stdout)
    print_sheets([_sheet(report)], format, spoken, console)
    return _TOO_FEW if report.percent < fail_under else 0


def _tell(message: Message, lang: Language) -> None:
    # Also where nobody watches: a run takes minutes, and its log says how far it got.
    sys.stderr.write(f"{message.text(lang)}\n")
    sys.stderr.flush()


def _progress(lang: Language, of: int) -> Callable[[SabotageResult], None]:
    numbers = count(1)

    def tell(result: SabotageResult) -> None:
        outcome = Message.of("value", value=result.outcome)
        facts = {"name": result.saboteur.name, "outcome": outcome, "seconds": round(result.seconds)}
        told = Message.of("sabotage.told", number=next(numbers), of=of, by=result.by, **facts)
        _tell(told, lang)

    return tell


def _sheet(report: SabotageReport) -> Sheet:
    columns = [Column("saboteur"), Column("outcome"), Column("mistake"), Column("caught_by")]
    # What was missed comes first: it is what there is to do.
    ordered = sorted(report.results, key=lambda each: each.is_caught)
    rows = [[r.saboteur.name, r.outcome, r.saboteur.says, r.by] for r in ordered]
    styles = {n: "green" if each.is_caught else "red" for n, each in enumerate(ordered)}
    facts: dict[str, object] = {"caught": report.caught, "of": len(report.results)}
    return Sheet(name="sabotage", columns=columns, rows=rows, styles=styles, facts=facts)
