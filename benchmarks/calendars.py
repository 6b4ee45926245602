"""
The 20th working day after a day, exactly, beside holidays and numpy.
"""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import numpy as np

import rectiflow as rf

from .timing import Line, minima

__all__ = ["measure"]

DAY = date(2020, 6, 1)


def _check_exact(calendar: rf.WorkCalendar) -> None:
    """
    Count on fingers from every day of 2020; a fast wrong answer would be no figure.
    """
    for n in range(366):
        walked, left = date(2020, 1, 1) + timedelta(days=n), 20
        start = walked
        while left:
            walked += timedelta(days=1)
            left -= calendar.is_workday(walked)
        if calendar.add(start, 20) != walked:
            raise AssertionError(start)


def measure() -> list[Line]:
    """
    Measure one addition of each.
    """
    calendar = rf.WorkCalendar.china()
    _check_exact(calendar)
    china = holidays.country_holidays("CN", years=range(2019, 2022))
    every = [calendar.known_from + timedelta(days=n) for n in range(8401)]
    rest = np.array([d for d in every if not calendar.is_workday(d)], dtype="datetime64[D]")
    exact = np.busdaycalendar(weekmask="1111111", holidays=rest)
    start = np.datetime64(DAY)
    fast = minima(
        {
            "ours": lambda: calendar.add(DAY, 20),
            "numpy": lambda: np.busday_offset(start, 20, roll="backward", busdaycal=exact),
        },
        calls=20_000,
    )
    slow = minima({"holidays": lambda: china.get_nth_working_day(DAY, 20)}, calls=50)
    beside = f"numpy {1e9 * fast['numpy']:.0f} ns, holidays {1e6 * slow['holidays']:.1f} µs"
    return [
        Line(
            what="calendar.add(d, 20), exact",
            figure=1e6 * fast["ours"],
            unit="µs",
            bar=0.5,
            beside=f"{beside}; numpy is faster on whole arrays",
        )
    ]
