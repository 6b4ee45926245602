"""
Readings that are no words of the list, said in the language of who decides: yes is 是.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from rectiflow.messages import Language, Message

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["meant", "spoken"]

_CODES = {
    "yes": "answer.yes",
    "no": "answer.no",
    "of the page": "answer.of-the-page",
    "of the list": "answer.of-the-list",
    "blank": "answer.blank",
    "merged": "answer.merged",
    "inherited": "answer.inherited",
    "issued": "answer.issued",
    "received": "answer.received",
    "expiry": "answer.expiry",
    "rectified": "answer.rectified",
    "none": "answer.none",
    "no limit": "answer.no-limit",
    "start at once, end by the date": "answer.start-and-end",
    "at once": "answer.at-once",
    "done at once": "answer.done-at-once",
    "done and kept up": "answer.kept-up",
    "once": "answer.once",
    "twice": "answer.twice",
    "open": "answer.open",
    "closed": "answer.closed",
    "note": "answer.note",
    "second_plate": "answer.second-plate",
    "support": "answer.support",
    "responsible": "answer.responsible",
}


def spoken(candidate: str) -> Message | str:
    """
    Give a candidate as one says it; words of the list, days and names are said as they are.

    >>> spoken("yes").text("zh"), spoken("2020-06-30")
    ('是', '2020-06-30')
    """
    code = _CODES.get(candidate)
    return candidate if code is None else Message.of(code)


def meant(answer: str, candidates: Iterable[str]) -> str:
    """
    Give the candidate that an answer in any language says; the answer itself if it says none.

    >>> meant("是", ("yes", "no"))
    'yes'
    """
    for candidate in candidates:
        said = spoken(candidate)
        if isinstance(said, Message) and answer in {said.text(lang) for lang in get_args(Language)}:
            return candidate
    return answer
