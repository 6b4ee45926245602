"""
When each event was known: the clocks of many writers, any of which may be wrong.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

__all__ = ["known_by"]

_SKEW = timedelta(days=1)
"""By how much two clocks may differ, a wrong time zone included, and both be taken for right."""


def known_by(times: Sequence[datetime], until: datetime) -> int:
    """
    Count the events, from the first on, that were known at *until*, included.

    An event is known at its own time, and not before those that it follows.  Clocks that
    contradict each other by more than a day are put to the vote: the longest series of events
    whose times are in order is believed, of two the one that comes first.  What claims to be
    later than the believed one after it was known by then.

    Args:
        times: When each says it was written, in the order in which they were.
        until: The last instant that counts.

    >>> from datetime import datetime
    >>> on = lambda *days: [datetime(2020, 6, day) for day in days]
    >>> known_by(on(18, 22, 21), datetime(2020, 6, 21))
    1
    >>> known_by(on(18, 28, 21), datetime(2020, 6, 21))
    3
    """
    believed = _longest_in_order(times)
    known, count = None, 0
    follower = iter((*believed, None))
    following = next(follower)
    for n, time in enumerate(times):
        if n == following:
            following = next(follower)
        elif following is not None and time > times[following] + _SKEW:
            time = times[following]  # noqa: PLW2901 -- it is what the event claims that is wrong
        known = time if known is None else max(known, time)
        if known > until:
            break
        count += 1
    return count


def _longest_in_order(times: Sequence[datetime]) -> list[int]:
    """
    Find the longest series that never goes back; of several, the one that ends earliest.
    """
    # For each length: the earliest end of a series so long, and where it is.
    ends: list[datetime] = []
    where: list[int] = []
    before: list[int] = []
    for n, time in enumerate(times):
        length = bisect_right(ends, time)
        before.append(where[length - 1] if length else -1)
        ends[length : length + 1] = [time]
        where[length : length + 1] = [n]
    found = []
    n = where[-1] if where else -1
    while n >= 0:
        found.append(n)
        n = before[n]
    return found[::-1]
