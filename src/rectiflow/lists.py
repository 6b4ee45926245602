"""
A rectification list (整改清单): its rows, its bodies, where it comes from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, tzinfo
from functools import cache

import attrs

from .consistency import id_problems, inheritance_problems, row_problems
from .errors import InvalidValueError, UnknownNameError
from .fields import a_name, a_tuple_of
from .moments import check_day
from .problems import Problem, refuse
from .requirements import Milestone, Requirement, Service
from .source import Doubt, Source
from .stages import StagePath
from .texts import OriginalText
from .units import Responsibility, UnitRegister

__all__ = ["RectificationList", "Row", "Rows", "zone_named"]


@attrs.frozen(kw_only=True)
class Row:
    """
    One row of a list: a task, what is wrong, what is to be done by when, and by whom.

    Attributes:
        id: The key task's number, with ``.k`` where the key task has more than one row.
        task: The key task (重点任务).
        subtask: The part of it that this row is about; may be empty.
        problems: The problems found (主要问题).
        requirement: What is to be done by when (完成时限及要求).
        unit_cell: The unit cell (责任单位) as printed; ``None`` where there is none.
        inherited_from: The id of the row whose merged unit cell covers this row too.
        responsibilities: Who answers for it, in the order of the cell.
        path: The stages it demands.
        doubts: What its text leaves unclear, answered or not.

    Raises:
        InconsistentValueError: If its parts contradict one another.

    >>> import rectiflow as rf
    >>> row = rf.load("yuhui-2020").rows["3"]
    >>> [(milestone.id, str(milestone.rule)) for milestone in row.milestones]
    [('rectified', 'FixedDate(2020-06-30)')]
    >>> [each.unit for each in row.responsibilities][:2]
    ['区人力资源社会保障局', '区商务外事局']
    """

    id: str = attrs.field(validator=a_name)
    task: str = attrs.field(validator=a_name)
    subtask: str = ""
    problems: OriginalText
    requirement: Requirement
    unit_cell: OriginalText | None = None
    inherited_from: str | None = None
    responsibilities: tuple[Responsibility, ...] = attrs.field(
        default=(), validator=a_tuple_of(Responsibility)
    )
    path: StagePath
    doubts: tuple[Doubt, ...] = attrs.field(default=(), validator=a_tuple_of(Doubt))

    def __attrs_post_init__(self) -> None:
        """
        Check the parts against one another.
        """
        found = row_problems(
            problems=self.problems,
            requirement=self.requirement.text,
            milestones=self.milestones,
            services=self.services,
            unit_cell=self.unit_cell,
            inherited_from=self.inherited_from,
            responsibilities=self.responsibilities,
            path=self.path,
        )
        refuse("Row", found)

    @property
    def key_task(self) -> str:
        """
        The number of the key task the row belongs to.
        """
        return self.id.partition(".")[0]

    @property
    def milestones(self) -> tuple[Milestone, ...]:
        """
        The dated parts of the requirement.
        """
        return self.requirement.milestones

    @property
    def services(self) -> tuple[Service, ...]:
        """
        The standing services.
        """
        return self.requirement.services

    def milestone(self, id: str) -> Milestone:  # noqa: A002 -- the attribute it looks for has this name
        """
        Give the milestone with this id.

        Raises:
            UnknownNameError: If there is none.
        """
        for milestone in self.milestones:
            if milestone.id == id:
                return milestone
        raise UnknownNameError.among("milestone", id, (each.id for each in self.milestones))


class Rows(Mapping[str, Row]):
    """
    The rows of a list by id, in list order, never to be changed.
    """

    __slots__ = ("_by_id",)

    def __init__(self, rows: Iterable[Row] | Mapping[str, Row] = ()) -> None:
        """
        Lay the rows down by id.

        Raises:
            InconsistentValueError: If an id is used twice.
        """
        given = tuple(rows.values() if isinstance(rows, Mapping) else rows)
        refuse("Rows", id_problems([row.id for row in given]))
        self._by_id: dict[str, Row] = {row.id: row for row in given}

    def __getitem__(self, id: str) -> Row:  # noqa: A002 -- the attribute it looks for has this name
        """
        Give the row with this id.

        Raises:
            UnknownNameError: If there is none; the nearest ids are suggested.
        """
        try:
            return self._by_id[id]
        except KeyError:
            raise UnknownNameError.among("row", id, self._by_id) from None

    # Mapping's own get and `in` wait for a KeyError, which an unknown name is not.

    def __contains__(self, id: object) -> bool:  # noqa: A002 -- as above
        """
        Say whether there is a row with this id.
        """
        return id in self._by_id

    def get(self, id: str, default: object = None) -> Row | object:  # type: ignore[override]  # noqa: A002 -- as above
        """
        Give the row with this id, or *default*.
        """
        return self._by_id.get(id, default)

    def __iter__(self) -> Iterator[str]:
        """
        Go through the ids in list order.
        """
        return iter(self._by_id)

    def __len__(self) -> int:
        """
        Count the rows.
        """
        return len(self._by_id)

    def __eq__(self, other: object) -> bool:
        """
        Compare rows and their order.
        """
        if not isinstance(other, Rows):
            return NotImplemented
        return tuple(self._by_id.values()) == tuple(other._by_id.values())

    def __hash__(self) -> int:
        """
        Hash the ids.
        """
        return hash(tuple(self._by_id))

    def __repr__(self) -> str:
        """
        Name the rows.
        """
        return f"<Rows {', '.join(self._by_id)}>"


@cache
def zone_named(name: str) -> tzinfo:
    """
    Give the time zone of this IANA name.

    Raises:
        InvalidValueError: If there is none.
    """
    # Its data is read only when a list is asked for its zone.
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # noqa: PLC0415 -- see above

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        expected = "an IANA time zone, e.g. Asia/Shanghai"
        raise InvalidValueError("RectificationList.time_zone", name, expected) from None


_DEFAULT_ZONE = "Asia/Shanghai"


@attrs.frozen(kw_only=True)
class RectificationList:
    """
    A rectification list as issued.

    Attributes:
        id: Its name among lists, e.g. ``"yuhui-2020"``.
        title: As printed.
        issued: The day of issue, from which missing years are inferred; ``None`` if unknown.
        issuer: Who issued it.
        number: Its own document number, e.g. ``"皖政务办〔2020〕4号"``; empty if it has none.
        basis: The documents it rests on.
        time_zone: IANA name of the zone in which its days are meant.
        preamble: The words of the covering letter; ``None`` if there is none.
        dateline: The day of issue as printed; ``None`` if it is not.
        units: Every unit and group that a row names.
        rows: By id, in list order; given as rows in order.
        doubts: What is unclear about the list as a whole, answered or not.

    Raises:
        InconsistentValueError: If its parts contradict one another.
        InvalidValueError: If there is no such time zone, or *issued* is no date.

    >>> import rectiflow as rf
    >>> rl = rf.load("yuhui-2020")
    >>> rl.issued, len(rl.rows), str(rl.rows["2.1"].path)
    (datetime.date(2020, 6, 17), 14, 'assigned → self_checked → rectified → templated')
    """

    id: str = attrs.field(validator=a_name)
    title: str = attrs.field(validator=a_name)
    issued: date | None = None
    issuer: str = ""
    number: str = ""
    basis: tuple[Source, ...] = attrs.field(default=(), validator=a_tuple_of(Source))
    time_zone: str = attrs.field(default=_DEFAULT_ZONE, validator=a_name)
    preamble: OriginalText | None = None
    dateline: OriginalText | None = None
    units: UnitRegister = attrs.field(factory=UnitRegister)
    rows: Rows = attrs.field(factory=Rows, converter=Rows)
    doubts: tuple[Doubt, ...] = attrs.field(default=(), validator=a_tuple_of(Doubt))

    def __attrs_post_init__(self) -> None:
        """
        Check the parts against one another.
        """
        if self.issued is not None:
            check_day("RectificationList.issued", self.issued)
        if self.time_zone != _DEFAULT_ZONE:
            zone_named(self.time_zone)
        rows = tuple(self.rows.values())
        refuse("RectificationList", self._unregistered(rows))
        sources = [row.inherited_from for row in rows]
        refuse("RectificationList", inheritance_problems(tuple(self.rows), sources))
        refuse("RectificationList", self._unlike_their_source(rows))

    @property
    def zone(self) -> tzinfo:
        """
        The time zone in which the list's days are meant.
        """
        return zone_named(self.time_zone)

    def _unregistered(self, rows: Iterable[Row]) -> Iterator[Problem]:
        for n, row in enumerate(rows):
            for k, responsibility in enumerate(row.responsibilities):
                if responsibility.body not in self.units:
                    place = f"rows[{n}].responsibilities[{k}]"
                    yield Problem.of(place, "problem.unregistered", responsibility.unit)

    def _unlike_their_source(self, rows: Iterable[Row]) -> Iterator[Problem]:
        for n, row in enumerate(rows):
            source = row.inherited_from
            if source is not None and row.responsibilities != self.rows[source].responsibilities:
                yield Problem.of(f"rows[{n}].responsibilities", "problem.unlike-source", source)
