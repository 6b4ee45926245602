"""
``rectiflow read``: a list from any file, what was restored, and what a person must decide.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import attrs
from cyclopts import Parameter
from rich.text import Text

from rectiflow.errors import InvalidValueError
from rectiflow.ledger import assign
from rectiflow.messages import Message
from rectiflow.problems import BadDocumentError
from rectiflow.reading.answers import load_answers, write_questions
from rectiflow.reading.settling import OpenDoubt, Settlement, open_doubts, settle
from rectiflow.reading.spoken import spoken
from rectiflow.writing.docx import write_docx
from rectiflow.writing.json import write_json
from rectiflow.writing.saving import save_text
from rectiflow.writing.toml import write_toml
from rectiflow.writing.xlsx import write_xlsx

from .options import FormatOption, LangOption, default_language, load, read_day
from .show import head_sheet, milestones_sheet
from .table import Column, Format, Sheet, console_for, print_sheets
from .terminal import terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from rectiflow.lists import RectificationList
    from rectiflow.texts import OriginalText

__all__ = ["read"]

FileArgument = Annotated[
    str, Parameter(help="A saved web page, a Word or Excel file, plain text, TOML or JSON.")
]
IssuedOption = Annotated[
    str | None, Parameter(help="The issue date, where the file does not tell it.")
]
ColumnsOption = Annotated[
    str | None,
    Parameter(help="What each column holds, where headings do not tell: number,task,limit,units."),
]
OutOption = Annotated[
    Path | None,
    Parameter(help="Write the list there: .toml, .json, .xlsx or .docx, by its ending."),
]
AnswerOption = Annotated[
    list[str] | None,
    Parameter(name="--answer", negative="", help="3=no settles doubt 3; may be repeated."),
]
AnswersOption = Annotated[
    Path | None, Parameter(help="Answers filled into the file that --questions wrote.")
]
QuestionsOption = Annotated[
    Path | None, Parameter(help="Write the open doubts there, to be answered by hand.")
]
ByOption = Annotated[str, Parameter(help="Who decides; kept with each answer.")]
NoteOption = Annotated[str, Parameter(help="Why it was decided so; kept with each answer.")]
ExplainFlag = Annotated[
    bool, Parameter(negative="", help="Tell which words gave which reading, row by row.")
]
StrictFlag = Annotated[bool, Parameter(negative="", help="Exit with 1 if a doubt is left open.")]

STILL_OPEN = 1
_AROUND = 12


def read(
    file: FileArgument,
    /,
    *,
    issued: IssuedOption = None,
    columns: ColumnsOption = None,
    answer: AnswerOption = None,
    answers: AnswersOption = None,
    by: ByOption = "",
    note: NoteOption = "",
    out: OutOption = None,
    questions: QuestionsOption = None,
    explain: ExplainFlag = False,
    fail_open: StrictFlag = False,
    format: FormatOption = Format.TABLE,  # noqa: A002 -- the option's name
    lang: LangOption = None,
) -> int:
    """
    Read a list from a file: its rows, what was restored, and its doubts with their candidates.
    """
    writer = None if out is None else _writer(out)
    day = None if issued is None else read_day("--issued", issued)
    language = lang or default_language()
    decisions = _Decisions(answer or [], answers, by, note)
    # On a terminal only, and on standard error: a file of a thousand rows takes a second or two.
    working = Message.of("cli.reading", file=file).text(language)
    with terminal(sys.stderr).status(Text(working)):
        rl = _settled(file, day, columns, decisions)
    if writer is not None and out is not None:
        writer(rl, out)
    if questions is not None:
        save_text(write_questions(rl, language), questions)
    still = open_doubts(rl)
    ledger = assign(rl)
    sheets = [
        head_sheet(rl, len(ledger)),
        _rows(rl),
        milestones_sheet(ledger.campaign, list(rl.rows.values())),
        _restored(rl),
        _settled_sheet(rl),
        _doubts(still, for_people=format is Format.TABLE),
    ]
    print_sheets(sheets, format, language, console_for(sys.stdout), main="open_doubts")
    if explain and format is Format.TABLE:
        for row in rl.rows.values():
            told = row.requirement.explain(language)
            sys.stdout.write(f"\n{row.id}\n{told}\n" if told else "")
    return STILL_OPEN if fail_open and still else 0


class _Decisions:
    """
    The answers of a command line: by number, or from a file.
    """

    def __init__(self, given: Sequence[str], file: Path | None, by: str, note: str) -> None:
        self._given = [_numbered(each) for each in given]
        self._file, self._by, self._note = file, by, note
        self._from_file: tuple[Settlement, ...] = ()
        if self._given and not by:
            raise InvalidValueError("--by", by, "who decides, as each answer keeps it")

    def of(self, rl: RectificationList) -> list[Settlement]:
        """
        Give the answers to the doubts of a list.
        """
        asked = {each.number: each for each in open_doubts(rl)}
        if self._file is not None:
            self._from_file = load_answers(self._file, by=self._by)
        found = list(self._from_file)
        for number, answer in self._given:
            if number not in asked:
                expected = f"a number from 1 to {len(asked)}" if asked else "nothing to answer"
                raise InvalidValueError("--answer", f"{number}={answer}", expected)
            found.append(Settlement.to(asked[number], answer, by=self._by, note=self._note))
        return found

    def told(self, error: BadDocumentError, file: str) -> BadDocumentError:
        """
        Tell what is wrong with answers given on the command line by what was typed there.
        """
        # They stand behind those of the file.
        first = len(self._from_file)
        typed = {
            f"answers[{first + n}]": f"--answer {number}={answer}"
            for n, (number, answer) in enumerate(self._given)
        }
        problems = (
            attrs.evolve(each, place=typed.get(each.place.partition(".")[0], each.place))
            for each in error.problems
        )
        return BadDocumentError(tuple(problems), file)


def _settled(
    file: str, issued: date | None, columns: str | None, decisions: _Decisions
) -> RectificationList:
    named = None if columns is None else [each.strip() for each in columns.split(",")]
    rl = load(file, issued=issued, columns=named)
    found = decisions.of(rl)
    told = next((each for each in found if each.code == "doubt.issue-date"), None)
    if told is not None and told.answer != str(rl.issued):
        # Every year that was inferred rests on that day, so that the file is read again.
        kept = [doubt for doubt in rl.doubts if doubt.code == "doubt.issue-date"]
        rl = load(file, issued=read_day("--answer", told.answer), columns=named)
        rl = attrs.evolve(rl, doubts=(*kept, *rl.doubts))
    try:
        return settle(rl, found) if found else rl
    except BadDocumentError as error:
        raise decisions.told(error, file) from None


def _numbered(given: str) -> tuple[int, str]:
    number, equals, answer = (part.strip() for part in given.partition("="))
    if not equals or not answer or not number.isdecimal():
        raise InvalidValueError("--answer", given, "the doubt's number and a reading, e.g. 3=no")
    return int(number), answer


def _writer(out: Path) -> Callable[[RectificationList, Path], None]:
    writers: dict[str, Callable[[RectificationList, Path], None]] = {
        ".toml": lambda rl, path: save_text(write_toml(rl), path),
        ".json": lambda rl, path: save_text(write_json(rl), path),
        ".xlsx": write_xlsx,
        ".docx": write_docx,
    }
    found = writers.get(out.suffix.lower())
    if found is None:
        raise InvalidValueError("--out", str(out), "a name that ends in " + ", ".join(writers))
    return found


def _rows(rl: RectificationList) -> Sheet:
    columns = [
        Column("row"),
        Column("task"),
        Column("subtask"),
        Column("path"),
        Column("units"),
        Column("inherited_from"),
    ]
    lines = [
        [
            row.id,
            row.task,
            row.subtask,
            list(row.path),
            [each.unit for each in row.responsibilities],
            row.inherited_from,
        ]
        for row in rl.rows.values()
    ]
    return Sheet(name="rows", columns=columns, rows=lines)


def _restored(rl: RectificationList) -> Sheet:
    columns = [Column("row"), Column("cell"), Column("restored"), Column("restored_characters")]
    texts = [("", "dateline", rl.dateline), ("", "preamble", rl.preamble)]
    for row in rl.rows.values():
        texts += [
            (row.id, "problems", row.problems),
            (row.id, "requirement", row.requirement.text),
            (row.id, "unit_cell", row.unit_cell),
        ]
    lines = [
        [place, Message.of(f"column.{cell}"), _excerpt(text), list(text.restored_characters)]
        for place, cell, text in texts
        if text is not None and text.restored_characters
    ]
    return Sheet(name="restored", columns=columns, rows=lines)


def _excerpt(text: OriginalText) -> str:
    """
    Give the words around the first character that was put back.
    """
    pairs = zip(text.printed, text.restored, strict=False)
    at = next((n for n, (one, other) in enumerate(pairs) if one != other), len(text.printed))
    first, last = max(0, at - _AROUND), at + _AROUND
    before, after = "…" if first else "", "…" if last < len(text.restored) else ""
    return f"{before}{text.restored[first:last]}{after}"


def _settled_sheet(rl: RectificationList) -> Sheet:
    columns = [Column("row"), Column("doubt"), Column("answer"), Column("answered_by")]
    columns.append(Column("note"))
    placed = [("", doubt) for doubt in rl.doubts]
    placed += [(row.id, doubt) for row in rl.rows.values() for doubt in row.doubts]
    lines = [
        [place, Message.of(each.code, words=each.words), each.answer, each.answered_by, each.note]
        for place, each in placed
        if not each.is_open
    ]
    return Sheet(name="settled", columns=columns, rows=lines)


def _doubts(still: Sequence[OpenDoubt], *, for_people: bool) -> Sheet:
    columns = [
        Column("n", is_number=True),
        Column("row"),
        Column("doubt"),
        Column("candidates"),
        Column("blocks", usual=False),
        *(() if for_people else (Column("code"),)),
    ]
    lines = [
        [
            each.number,
            each.row,
            Message.of(each.doubt.code, words=each.doubt.words),
            [spoken(word) if for_people else word for word in each.doubt.candidates],
            each.doubt.blocks,
            *(() if for_people else (each.doubt.code,)),
        ]
        for each in still
    ]
    return Sheet(name="open_doubts", columns=columns, rows=lines, facts={"n": len(still)})
