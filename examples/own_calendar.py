"""
A calendar of your own: a province that differs, and a year entered by hand before it is published.

Guangxi's days of 2017 are real; the days of 2027 are invented.
"""

from datetime import date, timedelta

import rectiflow as rf

GUANGXI_2017 = {
    "off": [date(2017, 3, 30) + timedelta(days=n) for n in range(6)],  # 30 March to 4 April
    "work": [date(2017, 4, 8)],
}
INVENTED_2027 = {"off": [date(2027, 1, 1)], "work": [date(2027, 1, 3)]}


def main() -> None:
    """
    Count the same period on two calendars, then past the end of the published one.
    """
    china = rf.WorkCalendar.china()
    guangxi = china.overlay(**GUANGXI_2017, name="广西")
    rule = rf.After("received", 3, "workday")
    for calendar in (china, guangxi):
        due = rule.resolve(events={"received": date(2017, 3, 29)}, calendar=calendar).due
        print(calendar.name, due)

    asked = {"received": date(2026, 12, 30)}
    try:
        rule.resolve(events=asked, calendar=china)
    except rf.CalendarCoverageError as error:
        print(error.text("zh"))
    longer = china.overlay(**INVENTED_2027)
    print(rule.resolve(events=asked, calendar=longer).explain("zh"))

    # A ledger keeps the calendar it was opened with, also as JSON.
    ledger = rf.assign(rf.load("yuhui-2020"), calendar=longer)
    print(rf.Ledger.from_json(ledger.to_json()).campaign.calendar == longer)


if __name__ == "__main__":
    main()
