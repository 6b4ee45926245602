"""
Wrong types at the doors of the library: a typed error that names field and value, at once.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import attrs
import pytest

import rectiflow as rf

if TYPE_CHECKING:
    from collections.abc import Callable

RL: Any = rf.load("yuhui-2020")
LEDGER: Any = rf.assign(RL)
COUNTED: Any = rf.After("received", 3, "workday")
SEEN: Any = {"received": date(2020, 6, 24)}
ANY: Any = rf


DAY = date(2020, 6, 24)
ROW: Any = LEDGER["6.3", "区发改委"]
TRUE: Any = True  # a number to Python, and to nobody who counts
MADE: Any = rf.WorkCalendar(
    name="made", known_from=date(2020, 1, 1), known_until=date(2020, 12, 31)
)
OTHER = rf.assign(RL)
UNDATED = attrs.evolve(RL, issued=None)
# Of this ledger's campaign, but of a row that its list does not have.
OFF_LIST = attrs.evolve(ROW, row=attrs.evolve(ROW.row, id="99"))
# A row that demands nothing dated has nothing to ask about a warning.
NOTHING_DATED = attrs.evolve(ROW.row.requirement, milestones=())
BARE = attrs.evolve(ROW, row=attrs.evolve(ROW.row, requirement=NOTHING_DATED))
OUTSIDE = date(2019, 12, 31)
LAST = date(9999, 12, 1)
FOUND: Any = rf.FixedDate(DAY).resolve()
PLAIN: Any = MADE.to_plain()
HELD = rf.History(row="6.3", unit="区发改委")
UNDEMANDED = rf.History(row="3", unit="区人社局", stage=rf.Stage.TEMPLATED, since=date(2020, 7, 1))


def calendar(**fields: Any) -> rf.WorkCalendar:
    """
    Make a calendar of 2020 with these fields.
    """
    year = {"name": "x", "known_from": date(2020, 1, 1), "known_until": date(2020, 12, 31)}
    return ANY.WorkCalendar(**(year | fields))  # type: ignore[no-any-return]  # it is one


@pytest.mark.parametrize(
    ("misuse", "field", "value"),
    [
        (lambda: ANY.load(3), "name_or_path", 3),
        (lambda: ANY.assign("yuhui-2020"), "rl", "yuhui-2020"),
        (lambda: ANY.assign(RL, roster="yuhui-2020"), "roster", "yuhui-2020"),
        (lambda: ANY.assign(RL, calendar="china"), "calendar", "china"),
        (lambda: ANY.Workflow(guards=3), "Workflow.guards", 3),
        (lambda: ANY.Workflow(hooks=["x"]), "Workflow.hooks", "x"),
        (lambda: ANY.verdict(None, as_of=DAY), "resolution", None),
        (lambda: ANY.verdict(DAY, as_of=DAY), "resolution", DAY),
        (lambda: ANY.verdict(FOUND, as_of="today"), "as_of", "today"),
        (lambda: ANY.verdict(FOUND, as_of=DAY, completed_on="today"), "completed_on", "today"),
        (lambda: LEDGER["6.3", 3], "unit", 3),
        (lambda: LEDGER["6.3"], "ledger[…]", "6.3"),
        (lambda: LEDGER["63"], "ledger[…]", "63"),
        (lambda: LEDGER["6.3", "区发改委", 1], "ledger[…]", ("6.3", "区发改委", 1)),
        (lambda: ANY.Ledger(LEDGER.campaign, [ROW, ROW]), "Ledger.assignments", ROW.label),
        (lambda: ANY.Ledger(OTHER.campaign, [ROW]), "Ledger.assignments", ROW.label),
        (lambda: ANY.Ledger(LEDGER.campaign, [OFF_LIST]), "Ledger.assignments", OFF_LIST.label),
        (
            lambda: ANY.assign(UNDATED, roster=rf.load_roster("yuhui-2020")),
            "rl.issued",
            None,
        ),
        (lambda: LEDGER.move("6.3", 3, "self_check", at=DAY), "unit", 3),
        (lambda: LEDGER.apply(None), "Moves", None),
        (lambda: LEDGER.apply(7), "Moves", 7),
        (lambda: LEDGER.apply([3]), "Moves", 3),
        (lambda: ANY.Ledger.replay(RL, [3]), "Historys", 3),
        (lambda: LEDGER.review("2020-06-24"), "as_of", "2020-06-24"),
        (lambda: LEDGER.review(DAY, warn_workdays=-1), "warn_workdays", -1),
        (lambda: COUNTED.resolve(events=SEEN, calendar="china"), "calendar", "china"),
        (lambda: COUNTED.resolve(events=[("received", DAY)]), "events", [("received", DAY)]),
        (lambda: COUNTED.resolve(events={"received": "today"}), "events['received']", "today"),
        (
            lambda: COUNTED.resolve(events=SEEN, adjustments=rf.Restart(DAY)),
            "adjustments",
            rf.Restart(DAY),
        ),
        (lambda: COUNTED.resolve(events=SEEN, adjustments=[DAY]), "adjustments", DAY),
        (lambda: COUNTED.resolve(events=SEEN, immediate=3), "immediate", 3),
        (lambda: COUNTED.resolve(issued="2020-06-17"), "issued", "2020-06-17"),
        (lambda: ANY.After("", 3, "workday"), "event", ""),
        (lambda: ANY.After("received", 0, "workday"), "After.n", 0),
        (lambda: ANY.After("received", TRUE, "workday"), "After.n", True),
        (lambda: ANY.After("received", 3, "hour"), "unit", "hour"),
        (lambda: ANY.After("received", 3, "day", roll="up"), "roll", "up"),
        (lambda: ANY.Before("expiry", -1, "day"), "Before.n", -1),
        (lambda: ANY.FixedDate("2020-06-30"), "FixedDate.day", "2020-06-30"),
        (lambda: ANY.MonthDay(13, 1), "MonthDay.month", 13),
        (lambda: ANY.MonthDay(2, 30), "MonthDay.day", 30),
        (lambda: ANY.Annual(0, 1), "Annual.month", 0),
        (lambda: ANY.Annual(4, 31), "Annual.day", 31),
        (lambda: ANY.Annual(4, 30, since="2020"), "Annual.since", "2020"),
        (lambda: ANY.PeriodEnd("decade"), "PeriodEnd.period", "decade"),
        (lambda: ANY.PeriodEnd("year", quarter=1), "PeriodEnd.quarter", 1),
        (lambda: ANY.PeriodEnd("quarter", quarter=5), "PeriodEnd.quarter", 5),
        (lambda: ANY.PeriodEnd("month", month=0), "PeriodEnd.month", 0),
        (lambda: ANY.PeriodEnd("year", year=20), "PeriodEnd.year", 20),
        (lambda: ANY.PeriodEnd("month", year=2020), "PeriodEnd.month", None),
        (lambda: ANY.Recurring(rf.FixedDate(DAY), "decade"), "Recurring.every", "decade"),
        (
            lambda: ANY.Recurring(rf.StandingDuty(), "month"),
            "Recurring.rule",
            rf.StandingDuty(),
        ),
        (lambda: ANY.Annual(1, 31).occurrences("2020", DAY), "first", "2020"),
        (lambda: ANY.Annual(1, 31).occurrences(DAY, "2020"), "last", "2020"),
        (lambda: ANY.Annual(1, 31).resolve(issued=LAST), "rule", "Annual(1, 31)"),
        (lambda: ANY.Earliest(rf.FixedDate(DAY)), "Earliest.rules", (rf.FixedDate(DAY),)),
        (lambda: ANY.Latest(DAY, DAY), "Latest.rules", (DAY, DAY)),
        (lambda: ANY.Unresolved(" "), "Unresolved.text", " "),
        (lambda: ANY.Extension(0, "day", granted_on=DAY), "Extension.n", 0),
        (lambda: ANY.Extension(1, "day", granted_on=3), "Extension.granted_on", 3),
        (lambda: ANY.Extension(1, "day", granted_on=DAY, basis=3), "Extension.basis", 3),
        (lambda: ANY.ExtensionUntil(3, granted_on=DAY), "ExtensionUntil.day", 3),
        (
            lambda: ANY.Suspension(DAY, date(2020, 6, 23)),
            "Suspension.last_day",
            date(2020, 6, 23),
        ),
        (lambda: ANY.Restart(3), "Restart.on", 3),
        (lambda: ANY.Override(DAY, reason=" ", issued_on=DAY), "Override.reason", " "),
        (lambda: ANY.parse_rule(3), "rule", 3),
        (lambda: ANY.parse_adjustment(3), "adjustment", 3),
        (lambda: MADE.add(DAY, 0), "n", 0),
        (lambda: MADE.subtract(DAY, TRUE), "n", True),
        (lambda: MADE.count(DAY, date(2020, 6, 23)), "until", date(2020, 6, 23)),
        (lambda: MADE.roll(DAY, "up"), "how", "up"),
        (lambda: MADE.roll("today", "none"), "day", "today"),
        (lambda: MADE.is_workday("today"), "day", "today"),
        (lambda: MADE.overlay(off=[DAY], work=[DAY]), "overlay(off, work)", DAY),
        (lambda: MADE.overlay(off=[OUTSIDE]), "overlay(off, work)", OUTSIDE),
        (lambda: MADE.overlay(work=[date(2022, 1, 1)]), "overlay(off, work)", date(2022, 1, 1)),
        (lambda: ANY.WorkCalendar.china(known_on="today"), "known_on", "today"),
        (lambda: calendar(known_from="2020"), "WorkCalendar.known_from", "2020"),
        (lambda: calendar(known_until="2020"), "WorkCalendar.known_until", "2020"),
        (lambda: calendar(provisional_from="soon"), "WorkCalendar.provisional_from", "soon"),
        (lambda: calendar(off=[OUTSIDE]), "WorkCalendar.off", OUTSIDE),
        (lambda: calendar(off=[date(2020, 6, 6)]), "WorkCalendar.off", date(2020, 6, 6)),
        (lambda: calendar(work=[OUTSIDE]), "WorkCalendar.work", OUTSIDE),
        (lambda: calendar(work=[DAY]), "WorkCalendar.work", DAY),
        (lambda: ANY.WorkCalendar.from_plain({}), "WorkCalendar", "'name'"),
        (
            lambda: ANY.WorkCalendar.from_plain(PLAIN | {"known_from": "2020"}),
            "WorkCalendar",
            "Invalid isoformat string: '2020'",
        ),
        (
            lambda: ANY.WorkCalendar.from_plain(PLAIN | {"off": ["2020-06-06"]}),
            "WorkCalendar.off",
            date(2020, 6, 6),
        ),
        (
            lambda: ANY.WorkCalendar(name="x", known_from=DAY, known_until=date(2020, 6, 23)),
            "WorkCalendar.known_until",
            date(2020, 6, 23),
        ),
        (
            lambda: ANY.WorkCalendar(
                name="x", known_from=DAY, known_until=date(2020, 12, 31), off=["today"]
            ),
            "WorkCalendar days",
            "today",
        ),
        (lambda: ANY.StagePath.of("ongoing", "rectified"), "StagePath.stages", None),
        (lambda: ANY.StagePath(()), "StagePath.stages", ()),
        (lambda: ANY.PeriodEnd("ten_day", month=7), "PeriodEnd.ten_day", None),
        (lambda: ROW.adjust("more time", "rectified"), "adjustment", "more time"),
        (lambda: ROW.verdict(as_of="today"), "as_of", "today"),
        (lambda: ROW.verdict(as_of=DAY, warn_workdays=-1), "warn_workdays", -1),
        (lambda: BARE.verdict(as_of=DAY, warn_workdays=-1), "warn_workdays", -1),
        (lambda: ROW.standing("rectified", as_of="today"), "as_of", "today"),
        (lambda: ROW.standing("rectified", as_of=DAY, warn_workdays=-1), "warn_workdays", -1),
        (lambda: ROW.allowed(at="today"), "at", "today"),
        (lambda: ROW.self_check(at="today"), "at", "today"),
        (lambda: ROW.complete("template_drafted", at="today"), "at", "today"),
        (lambda: ROW.reopen("template_drafted", at="today", reason="补"), "at", "today"),
        (lambda: ROW.record("received", on="today"), "on", "today"),
        (lambda: ROW.self_check(at=DAY, recorded_at="today"), "recorded_at", "today"),
    ],
)
def test_a_wrong_value_is_named(misuse: Callable[[], object], field: str, value: object) -> None:
    """
    Field and value stand in the error: no attribute error from somewhere inside.
    """
    with pytest.raises(rf.InvalidValueError) as caught:
        misuse()

    assert caught.value.field == field
    assert value is None or caught.value.value == value
    assert caught.value.expected


@pytest.mark.parametrize(
    "rule",
    [
        rf.After("received", 9_999_999, "day"),
        rf.After("received", 9_999, "year"),
        rf.Before("received", 99_999, "month"),
    ],
)
def test_a_day_past_the_year_9999_is_refused(rule: rf.DeadlineRule) -> None:
    """
    There is no such day, and no overflow from Python either.
    """
    with pytest.raises(rf.InvalidValueError) as caught:
        rule.resolve(events=SEEN)

    assert (caught.value.field, caught.value.value) == ("rule", rule)


def test_what_recurs_ends_with_the_calendar() -> None:
    """
    The last occurrences of all are listed, and the one after them is refused.
    """
    monthly = rf.Recurring(rf.FixedDate(date(2020, 1, 31)), "month")

    weekly = rf.Recurring(rf.FixedDate(date(2020, 1, 31)), "week")

    assert len(monthly.occurrences(date(9999, 11, 1), date(9999, 12, 31))) == 2
    assert weekly.occurrences(date(9999, 12, 20), date.max) == [
        date(9999, 12, 24),
        date(9999, 12, 31),
    ]
    assert rf.Annual(12, 31).occurrences(date(9998, 1, 1), date.max) == [
        date(9998, 12, 31),
        date(9999, 12, 31),
    ]
    with pytest.raises(rf.InvalidValueError):
        rf.Annual(1, 31).resolve(issued=date(9999, 12, 1))


@pytest.mark.parametrize(
    ("misspelt", "kind", "name", "nearest"),
    [
        (lambda: ROW.send_back(to="selfchecked", reason="r", at=DAY), "stage", "selfchecked", 0),
        (lambda: LEDGER.move("6.3", "区发改委", "rectfy", at=DAY), "trigger", "rectfy", 0),
        (lambda: rf.stages.as_trigger("recitfy"), "trigger", "recitfy", "rectify"),
        (lambda: rf.stages.as_stage("rectifed"), "stage", "rectifed", "rectified"),
        (lambda: rf.StagePath.of("rectifed"), "stage", "rectifed", "rectified"),
        (lambda: rf.parse_rule("Latest(FixDate(2020-06-30))"), "rule", "FixDate", "FixedDate"),
        (lambda: rf.parse_rule("FixDate(2020-06-30)"), "rule", "FixDate", "FixedDate"),
        (lambda: rf.parse_adjustment("Restrat(2020-06-30)"), "adjustment", "Restrat", "Restart"),
        (lambda: LEDGER["9", "区发改委"], "row", "9", 0),
        (lambda: LEDGER["6.3", "区法改委局"], "unit", "区法改委局", 0),
        (lambda: ROW.complete("template", at=DAY), "milestone", "template", "templated"),
    ],
)
def test_an_unknown_name_is_told(
    misspelt: Callable[[], object], kind: str, name: str, nearest: str | int
) -> None:
    """
    With what was looked for and what was written, and the nearest first.
    """
    with pytest.raises(rf.UnknownNameError) as caught:
        misspelt()

    assert (caught.value.kind, caught.value.name) == (kind, name)
    assert nearest == 0 or caught.value.nearest[0] == nearest


@pytest.mark.parametrize(
    ("histories", "line", "field", "value"),
    [
        ([HELD, HELD], 1, "histories", "6.3 × 区发展改革委"),
        ([HELD, UNDEMANDED], 1, "History.stage", "templated"),
    ],
)
def test_a_wrong_history_is_named(
    histories: list[rf.History], line: int, field: str, value: str
) -> None:
    """
    With its line, as every bad line of a batch is.
    """
    with pytest.raises(rf.BatchRefusedError) as caught:
        rf.Ledger.replay(RL, histories)

    (bad,) = caught.value.bad
    assert bad.position == line
    assert isinstance(bad.error, rf.InvalidValueError)
    assert (bad.error.field, bad.error.value) == (field, value)
