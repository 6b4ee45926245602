"""
The rules of moves, written down a second time and as plainly as can be: texts, days and lists.

Machines and the small world hold a system to this.  It shares no line with the library's own
machine, table or guards.
"""

from __future__ import annotations

from datetime import date

import attrs

__all__ = ["ORDER", "REACHES", "Ask", "PlainCase"]

ORDER = ("assigned", "self_checked", "rectified", "templated", "ongoing")
"""The stages, earliest first."""

REACHES = {
    "self_check": "self_checked",
    "rectify": "rectified",
    "template": "templated",
    "sustain": "ongoing",
}
"""Where each trigger but ``send_back`` leads."""


@attrs.frozen
class Ask:
    """
    A move that is asked for.

    Attributes:
        trigger: A key of :data:`REACHES`, or ``"send_back"``.
        at: The day.
        to: Where to, for ``send_back``.
        reason: Why, for ``send_back``.
    """

    trigger: str
    at: date
    to: str | None = None
    reason: str = ""

    @property
    def target(self) -> str | None:
        """
        The stage that it would reach.
        """
        return self.to if self.trigger == "send_back" else REACHES[self.trigger]

    def __str__(self) -> str:
        """
        Write it as a line of a log.
        """
        back = (
            "" if self.trigger != "send_back" else f" to {self.to} ({self.reason or 'no reason'})"
        )
        return f"{self.trigger}{back} on {self.at}"


@attrs.define
class PlainCase:
    """
    One case on its path.

    Attributes:
        path: Its stages, ``assigned`` first.
        stage: Where it stands.
        moves: Stage reached and day, oldest first.
    """

    path: tuple[str, ...]
    stage: str = "assigned"
    moves: list[tuple[str, date]] = attrs.field(factory=list)

    @property
    def following(self) -> str | None:
        """
        The stage of the path after this one; ``None`` at its end.
        """
        later = [each for each in self.path if ORDER.index(each) > ORDER.index(self.stage)]
        return later[0] if later else None

    @property
    def earlier(self) -> list[str]:
        """
        The stages of the path before this one.
        """
        return [each for each in self.path if ORDER.index(each) < ORDER.index(self.stage)]

    @property
    def last(self) -> date | None:
        """
        The day of the last move.
        """
        return self.moves[-1][1] if self.moves else None

    def objections(self, ask: Ask) -> list[str]:
        """
        Say what stands against a move: the words of a rule each; none if it must be taken.
        """
        against = []
        if ask.trigger == "send_back":
            if ask.to not in self.earlier:
                against.append("not-an-earlier-stage-of-the-path")
            if not ask.reason.strip():
                against.append("no-reason")
        elif REACHES[ask.trigger] != self.following:
            against.append("not-the-next-stage-of-the-path")
        if self.last is not None and ask.at < self.last:
            against.append("before-the-last-move")
        return against

    def take(self, ask: Ask) -> None:
        """
        Make a move that nothing stands against.
        """
        self.stage = ask.target or self.stage
        self.moves.append((self.stage, ask.at))

    def done_on(self, stage: str, as_of: date) -> date | None:
        """
        Give the day on which *stage* was reached last, as seen at the end of a day.

        ``None`` if it was not, or was sent back since.
        """
        day, here = None, "assigned"
        for reached, at in self.moves:
            if at > as_of:
                break
            if ORDER.index(reached) < ORDER.index(here):
                if ORDER.index(reached) < ORDER.index(stage):
                    day = None
            elif reached == stage:
                day = at
            here = reached
        return day
