"""
Strategies for deadlines in officials' Chinese: a meaning is drawn, and printed in its forms.

What a reader must make of the words is known by construction, and is worked out here by plain
arithmetic on days, not by the library's own rules.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import attrs
from hypothesis import strategies as st

__all__ = ["Meaning", "Phrase", "deadline_phrases"]

Kind = str


@attrs.frozen
class Meaning:
    """
    What a reader must make of one clause.

    Attributes:
        kind: The kind of its rule, as :class:`~rectiflow.deadlines.RuleKind` names it.
        due: The day it comes to; ``None`` if there is none.
        stage: The stage it reaches; ``None`` for another act.
        soft: Whether the words only aim at it.
        doubts: The codes of the doubts it must carry, in order of the alphabet.
        candidates: Days that must be among the candidates of those doubts.
    """

    kind: Kind
    due: date | None
    stage: str | None = None
    soft: bool = False
    doubts: tuple[str, ...] = ()
    candidates: tuple[date, ...] = ()


@attrs.frozen
class Phrase:
    """
    A deadline in words.

    Attributes:
        words: As printed.
        meaning: What it means; its stage is left open.
        year: The year that it names for what follows; ``None`` if it names none.
        others: What else it means, where one phrase shares several deadlines out.
        begins: Whether it says when something begins.
        whole: The words before any character was lost; empty if none was.
    """

    words: str
    meaning: Meaning
    year: int | None = None
    others: tuple[Meaning, ...] = ()
    begins: bool = False
    whole: str = ""

    @property
    def meanings(self) -> tuple[Meaning, ...]:
        """
        All that it means.
        """
        return (self.meaning, *self.others)


def _end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


_NUMERALS = "〇一二三四五六七八九"
_CLOSINGS = ("前", "之前", "以前")
_EARLIER = "doubt.due-before-issued"
_PRINTED_EARLIER = "doubt.before-the-list"


def chinese(n: int) -> str:
    """
    Write a number below 100 in Chinese.

    >>> [chinese(n) for n in (7, 10, 12, 30)]
    ['七', '十', '十二', '三十']
    """
    tens, ones = divmod(n, 10)
    written = "" if tens == 0 else ("十" if tens == 1 else f"{_NUMERALS[tens]}十")
    return written + (_NUMERALS[ones] if ones or not tens else "")


def chinese_year(year: int) -> str:
    """
    Write a year digit by digit.

    >>> chinese_year(2020)
    '二〇二〇'
    """
    return "".join(_NUMERALS[int(digit)] for digit in str(year))


def _yearly_doubts(due: date, issued: date | None, year: int | None) -> tuple[str, ...]:
    if issued is None or due >= issued:
        return ()
    return (_EARLIER if year is None else _PRINTED_EARLIER,)


@st.composite
def _days_in_words(draw: st.DrawFn, issued: date) -> Phrase:
    """
    Draw a day: with its year, in Chinese numerals, without a year, or as 今年.
    """
    due = draw(st.dates(issued, issued + timedelta(days=500)))
    closing = draw(st.sampled_from(_CLOSINGS))
    forms = ["printed", "chinese", "dotted"]
    if due.year == issued.year:
        forms += ["yearless", "this"]
    if due.year == issued.year + 1:
        forms += ["next"]
    named: int | None = due.year
    match draw(st.sampled_from(forms)):
        case "printed":
            words = f"{due.year}年{due.month}月{due.day}日"
        case "chinese":
            words = f"{chinese_year(due.year)}年{chinese(due.month)}月{chinese(due.day)}日"
        case "dotted":
            words = f"{due.year}.{due.month}.{due.day}"
        case "this":
            words = f"今年{due.month}月{due.day}日"
        case "next":
            words = f"明年{due.month}月{due.day}日"
        case _:
            words, named = f"{due.month}月{due.day}日", None
    return Phrase(words + closing, Meaning("fixed", due), named)


@st.composite
def _ends_in_words(draw: st.DrawFn, issued: date) -> Phrase:
    """
    Draw the end of a month, quarter, half or year.
    """
    year = issued.year + draw(st.integers(0, 2))
    closing = draw(st.sampled_from((*_CLOSINGS, "")))
    named = draw(st.booleans()) or year != issued.year
    shown = f"{year}年" if named else ""
    month = draw(st.integers(1, 12))
    forms = {
        "month_end": (f"{month}月{draw(st.sampled_from('底末'))}", _end(year, month)),
        "quarter_end": (
            f"{draw(st.sampled_from(('第', '')))}{chinese((month + 2) // 3)}季度末",
            _end(year, 3 * ((month + 2) // 3)),
        ),
        "year_end": (draw(st.sampled_from(("年底", "底", "年末"))), date(year, 12, 31)),
        "half_year": (("上半年", _end(year, 6)) if month <= 6 else ("下半年", date(year, 12, 31))),  # noqa: PLR2004 -- half a year
    }
    kind = draw(st.sampled_from(sorted(forms)))
    words, due = forms[kind]
    if kind == "year_end":
        words = words if named or words != "底" else "年底"
        if named and words == "年底" and draw(st.booleans()):
            words = "底"
    if kind == "half_year":
        closing = ""
    doubts = _yearly_doubts(due, issued, year if named else None)
    text = f"{shown}{words}{closing}"
    return Phrase(text, Meaning(kind, due, doubts=doubts), year if named else None)


@st.composite
def _open_ends_in_words(draw: st.DrawFn, issued: date) -> Phrase:
    """
    Draw a span of time whose end is not named: 5月前, 6月下旬, 到2025年.
    """
    year, month = issued.year + 1, draw(st.integers(1, 12))
    third = draw(st.integers(1, 3))
    last = _end(year, month) if third == 3 else date(year, month, 10 * third)  # noqa: PLR2004 -- the last ten days
    forms = [
        (
            f"{year}年{month}月前",
            "month_end",
            "doubt.before-or-end",
            _end(year, month),
            date(year, month, 1) - timedelta(days=1),
        ),
        (
            f"{year}年前",
            "year_end",
            "doubt.before-or-end",
            date(year, 12, 31),
            date(year - 1, 12, 31),
        ),
        (f"到{year}年，", "year_end", "doubt.by-its-end", date(year, 12, 31), date(year, 12, 31)),
        (
            f"{year}年{month}月{'上中下'[third - 1]}旬",
            "ten_day",
            "doubt.by-its-end",
            last,
            date(year, month, 10 * third - 9),
        ),
        (
            f"于{year}年{month}月",
            "month_end",
            "doubt.by-its-end",
            _end(year, month),
            date(year, month, 1),
        ),
    ]
    words, kind, code, due, other = draw(st.sampled_from(forms))
    return Phrase(words, Meaning(kind, due, doubts=(code,), candidates=(due, other)), year)


_EVENTS = (
    ("收到申请", "自{}之日起{}内"),
    ("受理", "自{}之日起{}内"),
    ("执法决定作出", "在{}之日起{}内"),
    ("收到通知", "{}后{}内"),
    ("接到举报", "应当在{}后{}内"),
    ("信息形成", "自{}之日起，{}内"),
)
_COUNTS = (
    ("个工作日", "workdays_after"),
    ("日", "days_after"),
    ("天", "days_after"),
    ("个月", "months_after"),
)


@st.composite
def _counted_in_words(draw: st.DrawFn, issued: date) -> Phrase:
    """
    Draw a counted period from an event, or back from one.
    """
    del issued
    n = draw(st.integers(1, 30))
    shown = draw(st.sampled_from((str(n), chinese(n))))
    if draw(st.integers(0, 3)) == 0:
        unit = draw(st.sampled_from(("个工作日", "日", "天")))
        event = draw(st.sampled_from(("期限届满", "许可证到期", "会议召开")))
        return Phrase(f"在{event}前{shown}{unit}", Meaning("before", None))
    event, form = draw(st.sampled_from(_EVENTS))
    unit, kind = draw(st.sampled_from(_COUNTS))
    return Phrase(form.format(event, f"{shown}{unit}"), Meaning(kind, None))


def _next(days: list[date], issued: date) -> date:
    return min(day for day in days if day >= issued)


@st.composite
def _recurring_in_words(draw: st.DrawFn, issued: date) -> Phrase:
    """
    Draw a deadline that comes back: every year, quarter, month or week.
    """
    years = (issued.year, issued.year + 1)
    month, day = draw(st.integers(1, 12)), draw(st.integers(1, 28))
    ends = [_end(year, each) for year in years for each in range(1, 13)]
    monthly = [date(year, each, day) for year in years for each in range(1, 13)]
    forms: list[tuple[str, str, list[date]]] = [
        (f"每年{month}月{day}日前", "annual", [date(y, month, day) for y in years]),
        (f"每年{month}月底前", "recurring", [_end(y, month) for y in years]),
        ("每年底前", "recurring", [date(y, 12, 31) for y in years]),
        ("每季度末前", "recurring", [end for end in ends if end.month % 3 == 0]),
        (f"每季度末月{day}日前", "recurring", [each for each in monthly if each.month % 3 == 0]),
        ("每月底前", "recurring", ends),
        (f"每月{day}日前", "recurring", monthly),
    ]
    words, kind, days = draw(st.sampled_from(forms))
    return Phrase(words, Meaning(kind, _next(days, issued)))


@st.composite
def _spans_in_words(draw: st.DrawFn, issued: date) -> Phrase:
    """
    Draw a span of days whose last is the deadline.
    """
    first = draw(st.dates(issued, issued + timedelta(days=200)))
    last = first + timedelta(days=draw(st.integers(1, 90)))
    to = draw(st.sampled_from("至—-~"))
    until = f"{last.month}月{last.day}日"
    if last.year != first.year and draw(st.booleans()):
        until = f"{last.year}年{until}"
    elif last.month == first.month and last.year == first.year and draw(st.booleans()):
        until = f"{last.day}日"
    words = f"{first.year}年{first.month}月{first.day}日{to}{until}"
    return Phrase(words, Meaning("fixed", last), last.year)


def _cuts(digits: str, year: int) -> list[date]:
    """
    List the days that a month and day without 月 may be: 112 is 12 January or 2 November.
    """
    ways = ((digits[:at], digits[at:]) for at in range(1, len(digits)))
    return [
        date(year, int(month), int(day))
        for month, day in ways
        if month[0] != "0" and day[0] != "0" and 1 <= int(month) <= 12  # noqa: PLR2004 -- a year's months
        if 1 <= int(day) <= monthrange(year, int(month))[1]
    ]


@st.composite
def _damaged_days(draw: st.DrawFn, issued: date) -> Phrase:
    """
    Draw a day of which a scraper lost characters: 2020630日, 2020年630日, 20206月30日, 6月30前.
    """
    day = draw(st.dates(issued, issued + timedelta(days=400)))
    digits = f"{day.month}{day.day}"
    whole = f"{day.year}年{day.month}月{day.day}日前"
    form = draw(st.sampled_from(("both", "month", "year", "day")))
    if form == "year":
        return Phrase(
            f"{day.year}{day.month}月{day.day}日前", Meaning("fixed", day), day.year, whole=whole
        )
    if form == "day":
        return Phrase(
            f"{day.year}年{day.month}月{day.day}前", Meaning("fixed", day), day.year, whole=whole
        )
    words = f"{day.year}{'' if form == 'both' else '年'}{digits}日前"
    found = _cuts(digits, day.year)
    if len(found) == 1:
        return Phrase(words, Meaning("fixed", day), day.year, whole=whole)
    meaning = Meaning("none", None, doubts=("doubt.compact-date",), candidates=tuple(found))
    return Phrase(words, meaning, day.year, whole=whole)


@st.composite
def _damaged_ends(draw: st.DrawFn, issued: date) -> Phrase:
    """
    Draw a month's or a year's end that lost 年 or 月: 20206月底, 2020年6底, 2020底.
    """
    year, month = issued.year + 1, draw(st.integers(1, 12))
    forms = (
        (f"{year}{month}月底前", f"{year}年{month}月底前", "month_end", _end(year, month)),
        (f"{year}年{month}底前", f"{year}年{month}月底前", "month_end", _end(year, month)),
        (f"{year}底前", f"{year}年底前", "year_end", date(year, 12, 31)),
    )
    words, whole, kind, due = draw(st.sampled_from(forms))
    return Phrase(words, Meaning(kind, due), year, whole=whole)


@st.composite
def _shared_in_words(draw: st.DrawFn, issued: date) -> Phrase:
    """
    Draw several deadlines in one phrase: 2025-2027年底前分别, 6月、12月底前各, 5月底前、6月底前.
    """
    year = issued.year + 1
    first, last = sorted(draw(st.lists(st.integers(1, 12), min_size=2, max_size=2, unique=True)))
    months = tuple(Meaning("month_end", _end(year, each)) for each in (first, last))
    years = [Meaning("year_end", date(year + n, 12, 31)) for n in range(3)]
    to = draw(st.sampled_from("—-至"))
    forms = (
        (f"{year}{to}{year + 2}年底前分别", tuple(years)),
        (f"{year}年、{year + 1}年底前分别", tuple(years[:2])),
        (f"{year}年{first}月、{last}月底前分别", months),
        (f"{year}年{first}月底、{last}月底前分别", months),
        (f"{year}年{first}月底前、{last}月底前各", months),
    )
    words, found = draw(st.sampled_from(forms))
    return Phrase(words, found[0], year, others=found[1:])


@st.composite
def _starts_in_words(draw: st.DrawFn, issued: date) -> Phrase:
    """
    Draw when something begins: on 从2021年3月1日起, or to go on without an end from 自2021年起.
    """
    day = draw(st.dates(issued, issued + timedelta(days=400)))
    year = day.year
    on_a_day, on = Meaning("fixed", day), Meaning("ongoing", None)
    forms = (
        (f"从{year}年{day.month}月{day.day}日起，", on_a_day, year),
        (f"自{year}年{day.month}月{day.day}日起，", on_a_day, year),
        (f"自{year + 1}年起，", on, year + 1),
        (f"{year + 1}年{day.month}月起，", on, year + 1),
    )
    words, meaning, named = draw(st.sampled_from(forms))
    return Phrase(words, meaning, named, begins=True)


@st.composite
def _weekdays_in_words(draw: st.DrawFn, issued: date) -> Phrase:
    """
    Draw a day told from the day of issue: 本周五, 下周一, 本月底, 下月10日.
    """
    monday = issued - timedelta(days=issued.weekday())
    n = draw(st.integers(0, 6))
    year, month = (issued.year, issued.month + 1) if issued.month < 12 else (issued.year + 1, 1)  # noqa: PLR2004 -- December
    day = draw(st.integers(1, 28))
    forms = [
        (f"下周{'一二三四五六日'[n]}前", "fixed", monday + timedelta(days=7 + n)),
        ("本月底前", "month_end", _end(issued.year, issued.month)),
        (f"下月{day}日前", "fixed", date(year, month, day)),
    ]
    if monday + timedelta(days=n) >= issued:
        forms.append((f"本周{'一二三四五六日'[n]}下班前", "fixed", monday + timedelta(days=n)))
    words, kind, due = draw(st.sampled_from(forms))
    return Phrase(words, Meaning(kind, due), None)


@st.composite
def _unnamed_in_words(draw: st.DrawFn, issued: date) -> Phrase:
    """
    Draw what has no date: a count without an event, a season, or a day that does not exist.
    """
    n = draw(st.integers(1, 30))
    season = draw(st.sampled_from(("春节", "汛期", "国庆节", "采暖季", "中秋、国庆“两节”")))
    forms = (
        (f"{n}个工作日内", Meaning("workdays_after", None, doubts=("doubt.no-event",))),
        (f"{n}天内", Meaning("days_after", None, doubts=("doubt.no-event",))),
        (f"{season}前", Meaning("none", None, doubts=("doubt.no-date",))),
        (f"{issued.year}年2月30日前", Meaning("none", None, doubts=("doubt.no-such-day",))),
    )
    words, meaning = draw(st.sampled_from(forms))
    return Phrase(words, meaning)


def deadline_phrases(issued: date) -> st.SearchStrategy[Phrase]:
    """
    Draw deadlines as words that can be read from the issue date *issued*.
    """
    return st.one_of(
        _days_in_words(issued),
        _damaged_days(issued),
        _damaged_ends(issued),
        _ends_in_words(issued),
        _shared_in_words(issued),
        _starts_in_words(issued),
        _weekdays_in_words(issued),
        _unnamed_in_words(issued),
        _spans_in_words(issued),
        _counted_in_words(issued),
        _recurring_in_words(issued),
        _open_ends_in_words(issued),
    )
