"""
A text as it was printed and as it must have read, with every restored character named.
"""

from __future__ import annotations

import attrs

from .errors import InvalidValueError

__all__ = ["OriginalText"]


@attrs.frozen
class OriginalText:
    """
    A text of the original document.

    Attributes:
        printed: Character by character as it was found, outer white space left off.
        restored: As it must have read before characters were lost.
        restored_characters: The characters that *restored* has and *printed* has not, in
            order; empty where nothing was lost.
        place: Where it stands in the file it was read from, e.g. ``"Sheet1!B7"`` or
            ``"table 2, row 5, column 3"``; empty if it was not read from one.  It says nothing
            of the text, so that it plays no part in comparison and is not written to files.

    Raises:
        InvalidValueError: If *restored* is not *printed* with just those characters put in.

    >>> date = OriginalText("2020630日前", "2020年6月30日前", ("年", "月"))
    >>> str(date)
    '2020年6月30日前'
    >>> OriginalText.whole("区司法局").restored
    '区司法局'
    """

    printed: str
    restored: str
    restored_characters: tuple[str, ...] = ()
    place: str = attrs.field(default="", eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """
        Check that the restored characters account for the whole difference.
        """
        if not _interleaves(self.restored, self.printed, "".join(self.restored_characters)):
            expected = (
                f"{self.printed!r} with just these characters put in, in this order: "
                f"{list(self.restored_characters)}"
            )
            raise InvalidValueError("OriginalText.restored", self.restored, expected)

    @classmethod
    def whole(cls, text: str, place: str = "") -> OriginalText:
        """
        Make a text from which nothing was lost.
        """
        return cls(text, text, place=place)

    def __str__(self) -> str:
        """
        Give the restored text.
        """
        return self.restored


def _without_first(whole: str, other: str) -> str | None:
    """
    Leave out the first place of each character, one after the other: mostly those that were lost.
    """
    kept, at = [], 0
    for character in other:
        found = whole.find(character, at)
        if found < 0:
            return None
        kept.append(whole[at:found])
        at = found + 1
    return "".join(kept) + whole[at:]


def _interleaves(whole: str, one: str, other: str) -> bool:
    if not other:
        return whole == one
    if len(whole) != len(one) + len(other):
        return False
    if _without_first(whole, other) == one:
        return True
    # Which of two equal neighbours was lost cannot be told, so every split is followed at once;
    # up to the next place where a lost character may stand, there is only one.
    taken_from_one, position = {0}, 0
    while position < len(whole):
        if len(taken_from_one) == 1:
            (taken,) = taken_from_one
            lost = position - taken
            until = whole.find(other[lost], position) if lost < len(other) else len(whole)
            until = len(whole) if until < 0 else until
            if whole[position:until] != one[taken : taken + until - position]:
                return False
            taken_from_one, position = {taken + until - position}, until
            if position == len(whole):
                break
        character = whole[position]
        taken_from_one = {
            taken + from_one
            for taken in taken_from_one
            for from_one, text, at in ((1, one, taken), (0, other, position - taken))
            if 0 <= at < len(text) and text[at] == character
        }
        if not taken_from_one:
            return False
        position += 1
    return True
