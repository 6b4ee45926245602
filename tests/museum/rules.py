"""
Rules gone wrong: the library's own, with one answer twisted.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import attrs

import rectiflow as rf
from rectiflow import deadlines
from rectiflow.testing import reference, rule_laws

from .exhibits import Exhibit

__all__ = ["EXHIBITS"]

DAY = timedelta(days=1)
SATURDAY = 5
FAR = date(2999, 1, 1)
MAKERS = ("After", "Before", "PeriodEnd", "FixedDate", "StandingDuty")
DECISIONS = ("Extension", "ExtensionUntil", "Suspension", "Restart", "Override")
EXHIBITS: list[Exhibit] = []
Twist = Callable[[Any, dict[str, Any]], Any]
# ruff: noqa: D401 -- the docstring of a twist says what is wrong, as the museum shows it


class Twisted:
    """
    A rule whose answer goes through somebody's hands.
    """

    def __init__(self, rule: Any, twist: Twist) -> None:
        self.rule, self.twist = rule, twist

    def resolve(self, **facts: Any) -> Any:
        """
        Let the twist answer.
        """
        return self.twist(self.rule, facts)


def office(**twists: Twist) -> Any:
    """
    Make the library's rules, with some makers twisted.
    """
    named: dict[str, Any] = {name: getattr(deadlines, name) for name in (*MAKERS, *DECISIONS)}
    for name, twist in twists.items():
        named[name] = lambda *args, name=name, twist=twist, **places: Twisted(
            getattr(deadlines, name)(*args, **places), twist
        )
    return SimpleNamespace(**named)


def shown(law: str, maker: str = "After", *, equivalent: str = "") -> Callable[[Twist], Twist]:
    """
    Put a twist on show: its name and docstring are those of the mistake.
    """

    def put(twist: Twist) -> Twist:
        EXHIBITS.append(
            Exhibit(
                name=twist.__name__.replace("_", "-"),
                says=" ".join((twist.__doc__ or "").split()),
                family=rule_laws,
                law=f"rules.{law}",
                make=lambda: office(**{maker: twist}),
                equivalent=equivalent,
            )
        )
        return twist

    return put


def moved(resolution: Any, due: date | None) -> Any:
    """
    Give a resolution another day, explanation and all.
    """
    message = rf.Message.of("trace.answer", due=due)
    return attrs.evolve(resolution, due=due, trace=(deadlines.TraceStep(message, due),))


def start_of(facts: dict[str, Any]) -> Any:
    """
    Give the day that is counted from; far off if it was not seen.
    """
    return facts["events"].get("received", FAR)


def from_day(rule: Any, facts: dict[str, Any], days: int) -> Any:
    """
    Resolve as if the event had been so many days later.
    """
    events = {name: day + days * DAY for name, day in facts["events"].items()}
    return rule.resolve(**{**facts, "events": events})


def without(facts: dict[str, Any], *kinds: Any) -> dict[str, Any]:
    """
    Give the facts without the decisions of some kinds.
    """
    given = tuple(each for each in facts.get("adjustments", ()) if not isinstance(each, kinds))
    return {**facts, "adjustments": given}


def pauses(facts: dict[str, Any]) -> list[Any]:
    """
    List the suspensions.
    """
    return [e for e in facts.get("adjustments", ()) if isinstance(e, rf.Suspension)]


def unrolled(rule: Any, facts: dict[str, Any]) -> Any:
    """
    Resolve without a roll.
    """
    return attrs.evolve(rule, roll="none").resolve(**facts)


@shown("start-day-is-not-counted")
def start_day_counted(rule: Any, facts: dict[str, Any]) -> Any:
    """
    The event's own day is day one.
    """
    return from_day(rule, facts, -1)


@shown("workdays-equal-a-walk")
def start_moved_off_rest_days(rule: Any, facts: dict[str, Any]) -> Any:
    """
    A start on a rest day is first moved to the next working day.
    """
    start, calendar = start_of(facts), facts["calendar"]
    if start is FAR or not calendar.known_from <= start < calendar.known_until:
        return rule.resolve(**facts)
    return from_day(rule, facts, (calendar.roll(start, "following") - start).days)


@shown("months-end-on-the-corresponding-day")
def month_of_thirty_days(rule: Any, facts: dict[str, Any]) -> Any:
    """
    A month is thirty days.
    """
    if rule.unit != "month":
        return rule.resolve(**facts)
    return attrs.evolve(rule, n=30 * rule.n, unit="day").resolve(**facts)


@shown("months-end-on-the-corresponding-day")
def year_of_365_days(rule: Any, facts: dict[str, Any]) -> Any:
    """
    A year is 365 days.
    """
    if rule.unit != "year":
        return rule.resolve(**facts)
    return attrs.evolve(rule, n=365 * rule.n, unit="day").resolve(**facts)


@shown("months-end-on-the-corresponding-day")
def month_runs_over(rule: Any, facts: dict[str, Any]) -> Any:
    """
    31 January and a month is 2 or 3 March.
    """
    start = start_of(facts)
    if rule.unit not in {"month", "year"} or start is FAR:
        return rule.resolve(**facts)
    end = reference.months_on(start, rule.n * (12 if rule.unit == "year" else 1))
    over = start.day - end.day
    days = (end - start).days + over
    return attrs.evolve(rule, n=days, unit="day").resolve(**facts)


@shown("months-end-on-the-corresponding-day")
def month_end_to_month_end(rule: Any, facts: dict[str, Any]) -> Any:
    """
    From a month's last day a month ends on a last day: 28 February and one is 31 March.
    """
    start = start_of(facts)
    if rule.unit != "month" or start is FAR or (start + DAY).day != 1:
        return rule.resolve(**facts)
    end = reference.period_end(reference.months_on(start, rule.n), "month")
    return attrs.evolve(rule, n=(end - start).days, unit="day").resolve(**facts)


@shown("months-end-on-the-corresponding-day")
def month_ends_the_day_before(rule: Any, facts: dict[str, Any]) -> Any:
    """
    A month ends on the day before the corresponding one.
    """
    return from_day(rule, facts, -1) if rule.unit == "month" else rule.resolve(**facts)


@shown("days-equal-a-walk")
def week_of_five_days(rule: Any, facts: dict[str, Any]) -> Any:
    """
    A week is five days.
    """
    if rule.unit != "week":
        return rule.resolve(**facts)
    return attrs.evolve(rule, n=5 * rule.n, unit="day").resolve(**facts)


@shown("workdays-equal-a-walk")
def workdays_as_days(rule: Any, facts: dict[str, Any]) -> Any:
    """
    Working days are counted as days.
    """
    return attrs.evolve(rule, unit="day" if rule.unit == "workday" else rule.unit).resolve(**facts)


@shown("days-equal-a-walk")
def days_as_workdays(rule: Any, facts: dict[str, Any]) -> Any:
    """
    Days are counted as working days.
    """
    return attrs.evolve(rule, unit="workday" if rule.unit == "day" else rule.unit).resolve(**facts)


@shown("workdays-equal-a-walk")
def within_is_before(rule: Any, facts: dict[str, Any]) -> Any:
    """
    Within n working days is read as before the n-th.
    """
    if rule.unit != "workday" or rule.n == 1:
        return rule.resolve(**facts)
    return attrs.evolve(rule, n=rule.n - 1).resolve(**facts)


@shown("days-equal-a-walk")
def never_rolls(rule: Any, facts: dict[str, Any]) -> Any:
    """
    A last day on a rest day stays.
    """
    return unrolled(rule, facts)


@shown("months-equal-a-walk")
def months_never_roll(rule: Any, facts: dict[str, Any]) -> Any:
    """
    A last day on a rest day rolls for days, but not for months and years.
    """
    return unrolled(rule, facts) if rule.unit in {"month", "year"} else rule.resolve(**facts)


@shown("holiday-on-the-answer-moves-it")
def rolls_over_weekends_only(rule: Any, facts: dict[str, Any]) -> Any:
    """
    The roll looks at weekends and not at holidays.
    """
    found = unrolled(rule, facts)
    if found.due is None or rule.unit == "workday":
        return found
    due = found.due
    while due.weekday() >= SATURDAY and due not in facts["calendar"].work:
        due += DAY
    return moved(found, due)


@shown("make-up-day-is-no-rest-day")
def make_up_days_roll(rule: Any, facts: dict[str, Any]) -> Any:
    """
    A last day on a weekend rolls, also where that day is worked.
    """
    found = rule.resolve(**facts)
    due = found.due
    if due is None or rule.unit == "workday" or due not in facts["calendar"].work:
        return found
    return moved(found, facts["calendar"].add(due, 1))


@shown("days-equal-a-walk")
def rolls_back(rule: Any, facts: dict[str, Any]) -> Any:
    """
    A last day on a rest day goes back to the working day before it.
    """
    return attrs.evolve(rule, roll="preceding").resolve(**facts)


@shown("days-equal-a-walk")
def rolls_one_day(rule: Any, facts: dict[str, Any]) -> Any:
    """
    A last day on a rest day goes on by one day, whatever that is.
    """
    found = unrolled(rule, facts)
    rolls = found.due is not None and rule.unit != "workday"
    if rolls and found.due < facts["calendar"].known_until:
        rests = not facts["calendar"].is_workday(found.due)
        return moved(found, found.due + rests * DAY)
    return found


@shown("workdays-equal-a-walk")
def holidays_counted(rule: Any, facts: dict[str, Any]) -> Any:
    """
    Working days are Monday to Friday, holidays or not.
    """
    calendar = facts["calendar"]
    plain = rf.WorkCalendar(
        name="plain", known_from=calendar.known_from, known_until=calendar.known_until
    )
    return rule.resolve(**{**facts, "calendar": plain})


@shown("workdays-equal-a-walk")
def make_up_days_not_counted(rule: Any, facts: dict[str, Any]) -> Any:
    """
    Make-up days are not counted.
    """
    return rule.resolve(
        **{**facts, "calendar": facts["calendar"].overlay(off=facts["calendar"].work)}
    )


@shown("workdays-equal-a-walk")
def the_calendar_is_not_asked(rule: Any, facts: dict[str, Any]) -> Any:
    """
    China's calendar is taken, whichever was given.
    """
    return rule.resolve(**{**facts, "calendar": rf.WorkCalendar.china()})


@shown("workdays-past-the-calendar-are-refused")
def unpublished_years_guessed(rule: Any, facts: dict[str, Any]) -> Any:
    """
    Past the calendar working days are Monday to Friday.
    """
    until = facts["calendar"].known_until
    new_years = [date(year, 1, 1) for year in range(until.year + 1, until.year + 4)]
    if until == date(until.year, 12, 31):
        return rule.resolve(**{**facts, "calendar": facts["calendar"].overlay(off=new_years)})
    end = facts["calendar"].overlay(work=[date(until.year, 12, 31)])
    return rule.resolve(**{**facts, "calendar": end.overlay(off=new_years)})


@shown("days-go-on-past-the-calendar")
def days_need_the_calendar(rule: Any, facts: dict[str, Any]) -> Any:
    """
    A count of days past the calendar is an error.
    """
    found = rule.resolve(**facts)
    if found.due is not None:
        facts["calendar"].is_workday(found.due)
    return found


@shown("unseen-event-has-no-day")
def issue_day_for_an_unseen_event(rule: Any, facts: dict[str, Any]) -> Any:
    """
    An event that was not seen is taken for the first one that was.
    """
    if rule.event in facts["events"]:
        return rule.resolve(**facts)
    known = next(iter(facts["events"].values()))
    return rule.resolve(**{**facts, "events": {rule.event: known}})


@shown("unseen-event-has-no-day")
def unseen_event_not_named(rule: Any, facts: dict[str, Any]) -> Any:
    """
    An event that was not seen is not named.
    """
    return attrs.evolve(rule.resolve(**facts), waiting_for=())


@shown("unseen-event-has-no-day", "Before")
def unseen_event_named_otherwise(rule: Any, facts: dict[str, Any]) -> Any:
    """
    An event that was not seen is named by another name.
    """
    found = rule.resolve(**facts)
    return attrs.evolve(found, waiting_for=tuple(name.upper() + "?" for name in found.waiting_for))


@shown("explanation-ends-in-the-answer")
def explanation_of_another_day(rule: Any, facts: dict[str, Any]) -> Any:
    """
    The explanation is that of the day before the roll.
    """
    found = rule.resolve(**facts)
    return attrs.evolve(found, trace=unrolled(rule, facts).trace)


@shown("explanation-ends-in-the-answer")
def explanation_upside_down(rule: Any, facts: dict[str, Any]) -> Any:
    """
    The steps of the explanation are in no order.
    """
    found = rule.resolve(**facts)
    *steps, last = found.trace
    return attrs.evolve(found, trace=(*reversed(steps), last))


@shown("workdays-back-equal-a-walk", "Before")
def back_counts_its_own_day(rule: Any, facts: dict[str, Any]) -> Any:
    """
    Counting back, the event's own day is counted.
    """
    return from_day(rule, facts, 1)


@shown("days-back-do-not-roll", "Before")
def back_rolls_on(rule: Any, facts: dict[str, Any]) -> Any:
    """
    The day arrived at rolls on, which shortens the notice.
    """
    return attrs.evolve(rule, roll="following").resolve(**facts)


@shown("days-back-do-not-roll", "Before")
def back_month_of_thirty_days(rule: Any, facts: dict[str, Any]) -> Any:
    """
    A month back is thirty days.
    """
    if rule.unit != "month":
        return rule.resolve(**facts)
    return attrs.evolve(rule, n=30 * rule.n, unit="day").resolve(**facts)


@shown("workdays-back-equal-a-walk", "Before")
def back_passes_make_up_days(rule: Any, facts: dict[str, Any]) -> Any:
    """
    Counting back passes over make-up days.
    """
    return make_up_days_not_counted(rule, facts)


@shown("date-stays-as-written", "FixedDate")
def dates_roll(rule: Any, facts: dict[str, Any]) -> Any:
    """
    A written date rolls.
    """
    return attrs.evolve(rule, roll="following").resolve(**facts)


@shown("date-stays-as-written", "FixedDate")
def dates_are_excluded(rule: Any, facts: dict[str, Any]) -> Any:
    """
    Before a date is read as up to the day before it.
    """
    return moved(rule.resolve(**facts), rule.day - DAY)


@shown("period-ends-on-its-last-day", "PeriodEnd")
def month_ends_on_the_thirtieth(rule: Any, facts: dict[str, Any]) -> Any:
    """
    A month ends on the 30th.
    """
    found = rule.resolve(**facts)
    due = found.due
    return moved(found, due.replace(day=30)) if due and due.day == 31 else found


@shown("period-ends-on-its-last-day", "PeriodEnd")
def ten_days_end_on_the_ninth(rule: Any, facts: dict[str, Any]) -> Any:
    """
    上旬 ends on the 9th.
    """
    found = rule.resolve(**facts)
    due = found.due
    return moved(found, due - DAY) if due and due.day == 10 else found


@shown("period-ends-on-its-last-day", "PeriodEnd")
def third_ten_days_are_ten(rule: Any, facts: dict[str, Any]) -> Any:
    """
    下旬 ends on the 30th, or 29 February on the 28th.
    """
    found = rule.resolve(**facts)
    due = found.due
    if due is None or rule.ten_day != 3 or due.day not in {29, 31}:
        return found
    return moved(found, due - DAY)


@shown("period-ends-on-its-last-day", "PeriodEnd")
def half_year_ends_in_july(rule: Any, facts: dict[str, Any]) -> Any:
    """
    The first half ends with July.
    """
    found = rule.resolve(**facts)
    due = found.due
    return moved(found, date(due.year, 7, 31)) if due and rule.half == 1 else found


@shown("period-ends-on-its-last-day", "PeriodEnd")
def no_leap_day(rule: Any, facts: dict[str, Any]) -> Any:
    """
    February ends on the 28th in every year.
    """
    found = rule.resolve(**facts)
    due = found.due
    return moved(found, due - DAY) if due and (due.month, due.day) == (2, 29) else found


@shown("year-is-that-of-the-issue-date", "PeriodEnd")
def passed_is_next_year(rule: Any, facts: dict[str, Any]) -> Any:
    """
    A day that has passed when the list is issued is taken for next year's.
    """
    found = rule.resolve(**facts)
    issued = facts.get("issued")
    if issued is None or rule.year is not None or found.due is None or found.due >= issued:
        return found
    return attrs.evolve(rule, year=issued.year + 1).resolve(**facts)


@shown("no-year-no-day", "PeriodEnd")
def this_year_without_asking(rule: Any, facts: dict[str, Any]) -> Any:
    """
    Without a year and an issue date, 2020 is taken.
    """
    if rule.year is None and facts.get("issued") is None:
        return attrs.evolve(rule, year=2020).resolve(**facts)
    return rule.resolve(**facts)


@shown("standing-duty-never-falls-due", "StandingDuty")
def standing_duty_ends_with_the_year(rule: Any, facts: dict[str, Any]) -> Any:
    """
    A standing duty falls due at the end of the year.
    """
    found = rule.resolve(**facts)
    return moved(found, date(2020, 12, 31))


@shown("decision-gives-a-standing-duty-no-day", "StandingDuty")
def standing_duty_can_be_extended(rule: Any, facts: dict[str, Any]) -> Any:
    """
    An extension gives a standing duty a day.
    """
    found = rule.resolve(**facts)
    given = [e for e in facts.get("adjustments", ()) if isinstance(e, rf.ExtensionUntil)]
    return moved(found, given[-1].day) if given else found


@shown("extension-never-shortens")
def extension_shortens(rule: Any, facts: dict[str, Any]) -> Any:
    """
    An extension to a day replaces the due day, also by an earlier one.
    """
    found = rule.resolve(**facts)
    given = [e for e in facts.get("adjustments", ()) if isinstance(e, rf.ExtensionUntil)]
    return moved(found, given[-1].day) if given else found


@shown("extension-never-shortens")
def extension_ignored(rule: Any, facts: dict[str, Any]) -> Any:
    """
    Extensions to a day are ignored.
    """
    return rule.resolve(**without(facts, rf.ExtensionUntil))


@shown("extension-counts-from-the-due-day")
def extension_from_its_grant(rule: Any, facts: dict[str, Any]) -> Any:
    """
    An extension is counted from the day on which it was granted.
    """
    found = rule.resolve(**without(facts, rf.Extension))
    for each in facts.get("adjustments", ()):
        if isinstance(each, rf.Extension) and len(facts["adjustments"]) == 1:
            worked = facts["calendar"].is_workday
            due = reference.after(each.granted_on, each.n, each.unit.value, worked)
            found = moved(found, max(due, found.due))
    return found


@shown("extension-counts-from-the-due-day")
def extension_one_short(rule: Any, facts: dict[str, Any]) -> Any:
    """
    An extension counts the due day itself.
    """
    given = tuple(
        attrs.evolve(e, n=e.n - 1) if isinstance(e, rf.Extension) and e.n > 1 else e
        for e in facts.get("adjustments", ())
    )
    return rule.resolve(**{**facts, "adjustments": given})


def _shifted(facts: dict[str, Any], first: int, last: int) -> dict[str, Any]:
    given = []
    for each in facts.get("adjustments", ()):
        if not isinstance(each, rf.Suspension):
            given.append(each)
        elif each.first_day + first * DAY <= each.last_day + last * DAY:
            span = each.first_day + first * DAY, each.last_day + last * DAY
            given.append(rf.Suspension(*span))
    return {**facts, "adjustments": tuple(given)}


@shown("suspended-days-are-left-out")
def suspension_without_its_last_day(rule: Any, facts: dict[str, Any]) -> Any:
    """
    The last day of a suspension is counted.
    """
    return rule.resolve(**_shifted(facts, 0, -1))


@shown("suspended-days-are-left-out")
def suspension_without_its_first_day(rule: Any, facts: dict[str, Any]) -> Any:
    """
    The first day of a suspension is counted.
    """
    return rule.resolve(**_shifted(facts, 1, 0))


@shown("suspended-days-are-left-out")
def suspensions_forgotten(rule: Any, facts: dict[str, Any]) -> Any:
    """
    Suspensions are noted and never looked at.
    """
    return rule.resolve(**without(facts, rf.Suspension))


@shown("suspended-days-are-left-out")
def first_suspension_only(rule: Any, facts: dict[str, Any]) -> Any:
    """
    Only the first suspension is looked at.
    """
    return rule.resolve(
        **{**without(facts, rf.Suspension), "adjustments": tuple(pauses(facts)[:1])}
    )


def _longer(rule: Any, facts: dict[str, Any], days: int) -> Any:
    found = rule.resolve(**without(facts, rf.Suspension))
    if found.due is None or not days:
        return found
    worked = facts["calendar"].is_workday
    return moved(found, reference.rolled(found.due + days * DAY, worked))


@shown("suspended-days-count-as-closed")
def suspension_adds_its_length(rule: Any, facts: dict[str, Any]) -> Any:
    """
    The length of a suspension in days is added at the end, wherever it lies.
    """
    return _longer(rule, facts, sum((e.last_day - e.first_day).days + 1 for e in pauses(facts)))


@shown("suspensions-in-any-order")
def overlap_twice(rule: Any, facts: dict[str, Any]) -> Any:
    """
    Days in two suspensions are left out twice.
    """
    spans = [(e.first_day, e.last_day) for e in pauses(facts)]
    days = [a + n * DAY for a, b in spans for n in range((b - a).days + 1)]
    found = rule.resolve(**facts)
    twice = len(days) - len(set(days))
    if found.due is None or not twice or min(days) <= start_of(facts):
        return found
    return moved(found, reference.rolled(found.due + twice * DAY, facts["calendar"].is_workday))


@shown("suspensions-in-any-order")
def last_suspension_listed(rule: Any, facts: dict[str, Any]) -> Any:
    """
    Only the suspension that is listed last is looked at.
    """
    return rule.resolve(
        **{**without(facts, rf.Suspension), "adjustments": tuple(pauses(facts)[-1:])}
    )


@shown("suspension-outside-changes-nothing")
def suspension_cures_a_default(rule: Any, facts: dict[str, Any]) -> Any:
    """
    A suspension after the due day puts it off.
    """
    found, given = rule.resolve(**facts), pauses(facts)
    if found.due is None or not given or len(given) != len(facts["adjustments"]):
        return found
    late = sum((e.last_day - e.first_day).days + 1 for e in given if e.first_day > found.due)
    if not late:
        return found
    return moved(found, reference.rolled(found.due + late * DAY, facts["calendar"].is_workday))


@shown("suspension-outside-changes-nothing")
def suspension_before_the_start_counts(rule: Any, facts: dict[str, Any]) -> Any:
    """
    Days before the start are left out too, and so taken off the count.
    """
    found, given = rule.resolve(**facts), pauses(facts)
    early = sum(e.last_day <= start_of(facts) for e in given)
    if found.due is None or not early:
        return found
    return moved(found, reference.rolled(found.due + early * DAY, facts["calendar"].is_workday))


@shown("suspension-never-moves-a-date", "FixedDate")
def suspension_moves_a_date(rule: Any, facts: dict[str, Any]) -> Any:
    """
    A suspension puts a written date off.
    """
    found = rule.resolve(**facts)
    days = sum((e.last_day - e.first_day).days + 1 for e in pauses(facts))
    return moved(found, found.due + days * DAY)


@shown("suspension-never-hastens")
def suspension_on_the_wrong_side(rule: Any, facts: dict[str, Any]) -> Any:
    """
    A suspension is taken off the count instead of out of it.
    """
    found = rule.resolve(**without(facts, rf.Suspension))
    plain = rule.resolve(**facts)
    if found.due is None or plain.due == found.due:
        return found
    return moved(found, found.due - (plain.due - found.due))


@shown("suspended-days-are-left-out")
def rolls_into_a_suspension(rule: Any, facts: dict[str, Any]) -> Any:
    """
    The last day may roll onto a suspended day.
    """
    bare = unrolled(rule, facts)
    if (
        bare.due is None
        or rule.unit == "workday"
        or len(facts.get("adjustments", ())) != len(pauses(facts))
    ):
        return rule.resolve(**facts)
    return moved(bare, reference.rolled(bare.due, facts["calendar"].is_workday))


@shown("restart-counts-anew")
def restart_ignored(rule: Any, facts: dict[str, Any]) -> Any:
    """
    A restart is ignored.
    """
    return rule.resolve(**without(facts, rf.Restart))


@shown("restart-counts-anew")
def restart_counts_its_own_day(rule: Any, facts: dict[str, Any]) -> Any:
    """
    The day of a restart is counted.
    """
    given = tuple(
        rf.Restart(e.on - DAY) if isinstance(e, rf.Restart) else e
        for e in facts.get("adjustments", ())
    )
    return rule.resolve(**{**facts, "adjustments": given})


@shown("restart-ends-earlier-extensions")
def extension_outlives_a_restart(rule: Any, facts: dict[str, Any]) -> Any:
    """
    An extension granted before a restart is carried into the new period.
    """
    restarts = [e.on for e in facts.get("adjustments", ()) if isinstance(e, rf.Restart)]
    given = tuple(
        attrs.evolve(e, granted_on=max(restarts) + DAY)
        if isinstance(e, rf.Extension) and restarts
        else e
        for e in facts.get("adjustments", ())
    )
    return rule.resolve(**{**facts, "adjustments": given})


@shown("later-override-stands")
def last_override_listed(rule: Any, facts: dict[str, Any]) -> Any:
    """
    Of two overrides the one listed last stands.
    """
    found = rule.resolve(**facts)
    given = [e for e in facts.get("adjustments", ()) if isinstance(e, rf.Override)]
    return moved(found, given[-1].due) if given else found


@shown("later-override-stands")
def overrides_roll(rule: Any, facts: dict[str, Any]) -> Any:
    """
    A day set by override rolls off a rest day.
    """
    found = rule.resolve(**facts)
    if found.due is None or not any(
        isinstance(e, rf.Override) for e in facts.get("adjustments", ())
    ):
        return found
    return moved(found, reference.rolled(found.due, facts["calendar"].is_workday))


@shown("original-due-is-kept")
def original_due_overwritten(rule: Any, facts: dict[str, Any]) -> Any:
    """
    The day before any decision is overwritten.
    """
    found = rule.resolve(**facts)
    return attrs.evolve(found, original_due=found.due)


@shown("later-start-no-earlier-due")
def friday_starts_late(rule: Any, facts: dict[str, Any]) -> Any:
    """
    A count that begins on a Friday is moved past the weekend.
    """
    start = start_of(facts)
    friday = start is not FAR and start.weekday() == SATURDAY - 1
    return from_day(rule, facts, 3) if friday else rule.resolve(**facts)


class _Careless:
    """
    After without a look at its number.
    """

    def __init__(self, event: str, n: int, unit: str) -> None:
        self.rule = rf.After(event, max(n, 1), unit)

    def resolve(self, **facts: Any) -> Any:
        """
        Resolve it.
        """
        return self.rule.resolve(**facts)


EXHIBITS.append(
    Exhibit(
        name="zero-is-one",
        says="A period of zero days or less is quietly one day.",
        family=rule_laws,
        law="rules.below-one-is-refused",
        make=lambda: SimpleNamespace(**{**vars(office()), "After": _Careless}),
    )
)


@shown("suspensions-in-any-order", equivalent="The order of suspensions means nothing.")
def suspensions_sorted_first(rule: Any, facts: dict[str, Any]) -> Any:
    """
    Decisions that are all suspensions are sorted by their last day first.
    """
    given = tuple(facts.get("adjustments", ()))
    if len(given) == len(pauses(facts)):
        given = tuple(sorted(given, key=lambda each: each.last_day, reverse=True))
    return rule.resolve(**{**facts, "adjustments": given})


@shown("workdays-equal-a-walk", equivalent="A count of working days ends on one and has no roll.")
def workdays_roll_back(rule: Any, facts: dict[str, Any]) -> Any:
    """
    A last day counted in working days rolls back instead of on.
    """
    if rule.unit != "workday":
        return rule.resolve(**facts)
    return attrs.evolve(rule, roll="preceding").resolve(**facts)
