"""
The options that commands share, and how the words on a command line are read.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from rectiflow.errors import InvalidValueError
from rectiflow.messages import Language
from rectiflow.moments import read_moment

from .language import default_language
from .table import Format

if TYPE_CHECKING:
    from rectiflow.lists import RectificationList
    from rectiflow.rosters import Roster

__all__ = [
    "AsOf",
    "DoubtfulFlag",
    "FormatOption",
    "LangOption",
    "ListArgument",
    "MilestoneArgument",
    "MovesOption",
    "RosterOption",
    "RowArgument",
    "UnitArgument",
    "default_language",
    "load",
    "now",
    "read_day",
    "roster_named",
    "today",
]


def today() -> date:
    """
    Read the clock, in the time zone of this machine.
    """
    return date.today()  # noqa: DTZ011 -- a clerk's day is that of the desk


def now() -> datetime:
    """
    Read the clock, with the time zone of this machine.
    """
    return datetime.now().astimezone().replace(microsecond=0)


def read_day(option: str, text: str) -> date:
    """
    Read a day from the command line.

    Raises:
        InvalidValueError: If it is none.
    """
    moment = read_moment(option, text)
    if type(moment) is not date:
        raise InvalidValueError(option, text, "a day without a time, e.g. 2020-06-30")
    return moment


def load(source: str, **told: Any) -> RectificationList:  # noqa: ANN401 -- load's own
    """
    Load a list, by what is told of it; see :func:`rectiflow.load`.
    """
    # A command on a stored ledger reads no list.
    from rectiflow.reading.load import load as loaded  # noqa: PLC0415 -- as above

    return loaded(source, **told)


def roster_named(name: str | None, *, doubtful: bool) -> Roster | None:
    """
    Load a roster if one is asked for.
    """
    if name is None:
        return None
    from rectiflow.reading.load import load_roster  # noqa: PLC0415 -- as for load

    return load_roster(name, doubtful=doubtful)


ListArgument = Annotated[
    str,
    Parameter(help="A bundled list (yuhui-2020) or a file: TOML, JSON, Word, Excel, a web page."),
]
FormatOption = Annotated[
    Format, Parameter(name=["--format", "-f"], help="Table for people, JSON or CSV for programs.")
]
LangOption = Annotated[
    Language | None, Parameter(help="Chinese or English; by default as the locale says.")
]
RosterOption = Annotated[
    str | None, Parameter(help="What groups stand for: a bundled roster or a TOML file.")
]
AsOf = Annotated[str | None, Parameter(help="The day, e.g. 2020-07-01; today by default.")]
DoubtfulFlag = Annotated[
    bool, Parameter(negative="", help="Take the roster's doubtful members too.")
]
RowArgument = Annotated[str, Parameter(help="The row's id, e.g. 2.1.")]
UnitArgument = Annotated[str, Parameter(help="Any name of the unit.")]
MilestoneArgument = Annotated[
    str, Parameter(help="The milestone: a stage's name or its own id, as show tells.")
]
MovesOption = Annotated[Path | None, Parameter(help="Moves to carry out first (CSV).")]
