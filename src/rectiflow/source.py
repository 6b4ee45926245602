"""
Where a statement comes from, and what a text leaves unclear.
"""

from __future__ import annotations

from datetime import date

import attrs

from .errors import InvalidValueError

__all__ = ["Doubt", "Source"]


@attrs.frozen
class Source:
    """
    The document and clause that a rule, a day or a name rests on.

    Attributes:
        document: Its name, as cited, e.g. ``"民法典"``.
        clause: The article or page; empty where the whole document is meant.
        since: The first day on which it is in force, included; ``None`` if unknown.
        url: Where it can be read; may be empty.

    >>> str(Source("民法典", "第二百零一条", date(2021, 1, 1)))
    '民法典第二百零一条'
    """

    document: str
    clause: str = ""
    since: date | None = None
    url: str = ""

    def __str__(self) -> str:
        """
        Write the citation as prose does.
        """
        return f"{self.document}{self.clause}"


@attrs.frozen(kw_only=True)
class Doubt:
    """
    What a text leaves unclear, with the readings it allows; a person decides.

    Attributes:
        code: What kind of doubt it is, e.g. ``"doubt.explored-act"``; its sentence is in
            the message catalogues.
        words: The words of the restored text that raise it; empty where it is about words
            that are missing.
        candidates: The readings it allows, at least one.
        span: Where the words stand in the printed text, first included and last excluded;
            ``None`` if not known.
        blocks: Whether no date can be given until it is answered.
        answer: The reading that was decided on; ``None`` while it is open.
        answered_by: Who decided; empty while it is open.
        note: Why, in the words of whoever decided.

    Raises:
        InvalidValueError: If an answer is none of the candidates.

    >>> doubt = Doubt(code="doubt.explored-act", words="探索制定", candidates=("yes", "no"))
    >>> doubt.is_open
    True
    """

    code: str
    words: str = ""
    candidates: tuple[str, ...] = ()
    span: tuple[int, int] | None = None
    blocks: bool = False
    answer: str | None = None
    answered_by: str = ""
    note: str = ""

    def __attrs_post_init__(self) -> None:
        """
        Refuse an answer that is not among the candidates.
        """
        if self.answer is not None and self.answer not in self.candidates:
            expected = "one of the candidates: " + " | ".join(self.candidates)
            raise InvalidValueError("Doubt.answer", self.answer, expected)

    @property
    def is_open(self) -> bool:
        """
        Whether nobody has decided yet.
        """
        return self.answer is None
