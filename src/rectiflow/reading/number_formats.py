"""
Numbers and days of a spreadsheet, written the way its number formats show them.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from functools import lru_cache

import attrs

__all__ = ["BUILT_IN", "GENERAL", "shown"]

GENERAL = "General"

_DAY = 'yyyy"年"m"月"d"日"'
_MONTH = 'yyyy"年"m"月"'
_DAY_OF_YEAR = 'm"月"d"日"'
# Those that a file refers to by number; of the ones that depend on the country, China's.
BUILT_IN = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: _MONTH, 28: _DAY_OF_YEAR, 29: _DAY_OF_YEAR, 30: "m-d-yy", 31: _DAY,
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 36: _MONTH,
    37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 45: "mm:ss",
    49: "@", 50: _MONTH, 51: _DAY_OF_YEAR, 52: _MONTH, 53: _DAY_OF_YEAR, 54: _DAY_OF_YEAR,
    57: _MONTH, 58: _DAY_OF_YEAR,
}  # fmt: skip

# A format is literal texts, directions in brackets, and letters or digit places.
_TOKEN = re.compile(
    r"""
      "(?P<quoted>[^"]*)" | \\(?P<escaped>.) | _. | \*.
    | \[(?P<bracket>[^\]]*)\]
    | (?P<general>General|G/通用格式)
    | (?P<half>AM/PM|A/P|上午/下午)
    | (?P<letters>y+|m+|d+|h+|s+|a{3,4}|e+)
    | (?P<digits>[0\#?][0\#?,]*(?:\.[0\#?]*)?(?:E[+-]0+)?|\.[0\#?]+)
    | (?P<other>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
# Of what stands in brackets (colours, countries, conditions) only these change a text:
# Chinese numerals, and hours counted past the day.
_BRACKET = re.compile("DBNum1|h+|m+|s+", re.IGNORECASE)
_LONGEST = 255
# The long day of whatever country the program is set to, however it stands behind.
_LONG_DAY = re.compile(r"\[\$-F800\]", re.IGNORECASE)
_PLAIN = re.compile("0|-?[1-9][0-9]{0,13}", re.ASCII)
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_CHINESE = "〇一二三四五六七八九"
_WIDE = Context(prec=500)
_WEEKDAYS = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip
_NAMED = 3  # From so many letters on a format asks for a name.
_NOON = 12
_LAST_SERIAL = 2_958_466  # The day after 9999-12-31.
_FALSE_LEAP_DAY = 60  # 1900-02-29, which Excel has and the calendar has not.


def shown(number: str, number_format: str, *, since_1904: bool = False) -> str:
    """
    Write a number as its format shows it.

    Args:
        number: As it stands in the file.
        number_format: The format, e.g. ``"0.00"``; what it asks for that is not known here is
            passed over, and the number is then written in full.
        since_1904: Whether days are counted from 1904, as old Macs did.

    Returns:
        The text; of what is no number, itself.

    >>> shown("1.1000000000000001", "0.00"), shown("44012", 'yyyy"年"m"月"d"日"')
    ('1.10', '2020年6月30日')
    >>> shown("0.1", "General"), shown("3", '"第"0"项"'), shown("0.125", "0.0%")
    ('0.1', '第3项', '12.5%')
    """
    if number_format == GENERAL and _PLAIN.fullmatch(number):
        return number
    try:
        value = Decimal(number)
    except InvalidOperation:
        return number
    if not value.is_finite() or abs(value.adjusted()) > 400:  # noqa: PLR2004 -- beyond any float
        return number
    if _LONG_DAY.search(number_format):
        number_format = _DAY
    sections = _sections(number_format[:_LONGEST])
    section = _chosen(sections, value)
    if any(kind == "letters" for kind, _ in section):
        return _day(value, section, since_1904=since_1904)
    is_signed = value < 0 and len(sections) < 2  # noqa: PLR2004 -- else the section says it
    return ("-" if is_signed else "") + _number(abs(value), section)


_Section = tuple[tuple[str, str], ...]


@lru_cache(maxsize=256)
def _sections(number_format: str) -> tuple[_Section, ...]:
    sections: list[list[tuple[str, str]]] = [[]]
    for match in _TOKEN.finditer(number_format):
        kind = match.lastgroup or ""
        text = match[kind] if kind else ""
        if text == ";" and kind == "other":
            sections.append([])
        elif kind in {"quoted", "escaped"}:
            sections[-1].append(("literal", text))
        elif kind and (kind != "bracket" or _BRACKET.fullmatch(text)):
            sections[-1].append((kind, text))
    return tuple(tuple(section) for section in sections)


def _chosen(sections: tuple[_Section, ...], value: Decimal) -> _Section:
    if value < 0 and len(sections) > 1:
        return sections[1]
    if value == 0 and len(sections) > 2:  # noqa: PLR2004 -- the third is for zero
        return sections[2]
    return sections[0]


def _number(value: Decimal, section: _Section) -> str:
    places = [(kind, text) for kind, text in section if kind in {"digits", "general"}]
    if not places and _is_literal(section):
        return "".join(text for _, text in section).strip()
    if len(places) != 1 or _is_beyond_us(section):
        return _general(value)
    percent = sum(text.count("%") for kind, text in section if kind == "other")
    kind, pattern = places[0]
    value = value.scaleb(2 * percent)
    written = _general(value) if kind == "general" else _fixed(value, pattern)
    pieces = (written if kind in {"digits", "general"} else text for kind, text in section)
    return "".join(pieces).strip()


def _is_literal(section: _Section) -> bool:
    return bool(section) and all(kind == "literal" for kind, _ in section)


def _is_beyond_us(section: _Section) -> bool:
    # Fractions and powers of ten, which no list needs.
    return any(
        (kind == "other" and text == "/") or (kind == "digits" and "E" in text.upper())
        for kind, text in section
    )


def _general(value: Decimal) -> str:
    # Fifteen digits are what a spreadsheet keeps of a number.
    if value == value.to_integral_value() and abs(value) < Decimal(10) ** 15:
        return str(int(value))
    return f"{float(value):.15g}"


def _fixed(value: Decimal, pattern: str) -> str:
    whole, _, decimals = pattern.partition(".")
    # Excel rounds the fifteen digits, so that 1.005 in two places is 1.01.
    exact = Decimal(f"{float(value):.15g}")
    places = min(len(decimals), 30)
    rounded = f"{exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _WIDE):f}"
    left, _, right = rounded.partition(".")
    least = decimals.count("0")
    while len(right) > least and right.endswith("0"):
        right = right[:-1]
    left = left.lstrip("0").rjust(whole.replace(",", "").count("0"), "0")
    if "," in whole.rstrip(","):
        left = f"{int(left or 0):,}".rjust(len(left))
    return f"{left}.{right}" if right else left


def _day(value: Decimal, section: _Section, *, since_1904: bool) -> str:
    moment = _moment(value, since_1904=since_1904)
    brackets = {text.upper() for kind, text in section if kind == "bracket"}
    if moment is None or brackets - {"DBNUM1"}:
        return ("-" if value < 0 else "") + _general(abs(value))
    in_halves = any(kind == "half" for kind, _ in section)
    clock = _Clock(moment, in_chinese=bool(brackets), in_halves=in_halves)
    letters = [text[0].lower() for kind, text in section if kind == "letters"]
    pieces: list[str] = []
    seen = 0
    for kind, text in section:
        if kind == "letters":
            # "m" beside hours or seconds is minutes, else the month.
            follows_hour = seen > 0 and letters[seen - 1] == "h"
            is_minute = follows_hour or letters[seen + 1 : seen + 2] == ["s"]
            pieces.append(clock.part(text.lower(), is_minute=is_minute))
            seen += 1
        elif kind == "half":
            pieces.append(clock.half(text))
        elif kind in {"literal", "other"} and text != "@":
            pieces.append(text)
    return "".join(pieces).strip()


def _moment(value: Decimal, *, since_1904: bool) -> datetime | None:
    serial = value + (1_462 if since_1904 else 0)
    if not 0 <= serial < _LAST_SERIAL or int(serial) == _FALSE_LEAP_DAY:
        return None
    start = datetime(1899, 12, 31) if serial < _FALSE_LEAP_DAY else datetime(1899, 12, 30)  # noqa: DTZ001 -- a spreadsheet knows no zones
    return start + timedelta(seconds=round(float(serial) * 86_400))


@attrs.frozen
class _Clock:
    moment: datetime
    in_chinese: bool
    in_halves: bool

    def part(self, letters: str, *, is_minute: bool) -> str:
        letter, length = letters[0], len(letters)
        if letter in "ye":
            return self._year(length)
        if letter == "m" and not is_minute and length >= _NAMED:
            name = _MONTHS[self.moment.month - 1]
            return name[:_NAMED] if length == _NAMED else name
        if letter == "a" or (letter == "d" and length >= _NAMED):
            return self._weekday(letter, length)
        return self._number(self._value(letter, is_minute=is_minute), length)

    def half(self, written: str) -> str:
        is_afternoon = self.moment.hour >= _NOON
        return (("上午", "下午") if "午" in written else ("AM", "PM"))[is_afternoon]

    def _value(self, letter: str, *, is_minute: bool) -> int:
        hour = self.moment.hour
        return {
            "m": self.moment.minute if is_minute else self.moment.month,
            "d": self.moment.day,
            "h": (hour - 1) % _NOON + 1 if self.in_halves else hour,
            "s": self.moment.second,
        }[letter]

    def _year(self, length: int) -> str:
        year = f"{self.moment.year:04}"[-2 if length == len("yy") else 0 :]
        return "".join(_CHINESE[int(digit)] for digit in year) if self.in_chinese else year

    def _weekday(self, letter: str, length: int) -> str:
        day = self.moment.weekday()
        if letter == "a":
            return ("星期" if length > _NAMED else "") + "一二三四五六日"[day]
        return _WEEKDAYS[day][:_NAMED] if length == _NAMED else _WEEKDAYS[day]

    def _number(self, number: int, length: int) -> str:
        return _in_chinese(number) if self.in_chinese else f"{number:0{min(length, 2)}}"


def _in_chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    ten = "" if not tens else "十" if tens == 1 else f"{_CHINESE[tens]}十"
    return ten + (_CHINESE[ones] if ones or not tens else "")
