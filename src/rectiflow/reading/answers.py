"""
Answers to a list's doubts as a file that a person fills in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectiflow.messages import Language, Message
from rectiflow.names import is_name
from rectiflow.problems import BadDocumentError, Problem
from rectiflow.tables import Table

from .settling import Settlement, open_doubts
from .spoken import spoken
from .toml import read_toml_file

if TYPE_CHECKING:
    import os

    from rectiflow.lists import RectificationList

__all__ = ["load_answers", "write_questions"]

_KEYS = ("row", "code", "words", "candidates", "says", "answer", "by", "note")


def write_questions(rl: RectificationList, lang: Language = "en") -> str:
    """
    Write a list's open doubts as TOML, each with an empty answer to be filled in.

    Args:
        rl: The list.
        lang: The language of the questions and of readings such as yes; answers may be in either.
    """
    import tomli_w  # noqa: PLC0415 -- only when a document is written

    questions = [
        {
            "row": asked.row,
            "code": asked.doubt.code,
            "words": asked.doubt.words,
            "says": Message.of(asked.doubt.code, words=asked.doubt.words).text(lang),
            "candidates": [_said(each, lang) for each in asked.doubt.candidates],
            "answer": "",
            "note": "",
        }
        for asked in open_doubts(rl)
    ]
    return tomli_w.dumps({"by": "", "answers": questions}, multiline_strings=True)


def _said(candidate: str, lang: Language) -> str:
    said = spoken(candidate)
    return said if isinstance(said, str) else said.text(lang)


def load_answers(path: str | os.PathLike[str], *, by: str = "") -> tuple[Settlement, ...]:
    """
    Read the answers that have been filled in; an empty one is passed over.

    Args:
        path: The file, as :func:`write_questions` lays it out.
        by: Who decided, where the file does not say.

    Raises:
        BadDocumentError: With every problem of the file.
        OSError: If it cannot be read.
    """
    problems: list[Problem] = []
    table = Table(read_toml_file(path), "", ("by", "answers"), problems)
    decided_by = table.take("by", str) or by
    found = [_answer(value, place, decided_by, problems) for place, value in table.items("answers")]
    if problems:
        raise BadDocumentError(tuple(problems), str(path))
    return tuple(each for each in found if each is not None)


def _answer(value: object, place: str, by: str, problems: list[Problem]) -> Settlement | None:
    table = Table(value, place, _KEYS, problems)
    taken: dict[str, Any] = {key: table.take(key, str) or "" for key in ("row", "words", "note")}
    code, answer = table.name("code"), table.take("answer", str)
    who = table.take("by", str) or by
    if not answer or code is None:
        return None
    if not is_name(who):
        problems.append(Problem.of(f"{place}.by", "problem.missing-key", None, key="by"))
        return None
    return Settlement(code=code, answer=answer.strip(), by=who, **taken)
