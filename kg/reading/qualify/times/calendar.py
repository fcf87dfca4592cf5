"""Arithmetic of TIMEX3 values: calendar units shifted, days covered, weekdays and holidays found."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import Final

SEASONS: Final = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}
"""First and last month of each season, as news of the northern half of the world has them."""

_UNKNOWN: Final = {
    "D": "XXXX-XX-XX", "W": "XXXX-WXX", "2W": "XXXX-WXX", "M": "XXXX-XX", "Q": "XXXX-QX", "Y": "XXXX",
    "10Y": "XXX", "100Y": "XX", "WE": "XXXX-WXX-WE", "H": "XXXX-HX",
}  # fmt: skip


def shifted(day: dt.date | None, unit: str, number: int) -> str:
    """Name the calendar unit that lies `number` units away from the one that holds the day.

    >>> shifted(dt.date(1999, 5, 24), "W", -1)
    '1999-W20'
    """
    if day is None:
        return _UNKNOWN.get(unit, "XXXX-XX-XX")
    try:
        return _shifted(day, unit, number)
    except (ValueError, OverflowError):
        return _UNKNOWN.get(unit, "XXXX-XX-XX")


def _shifted(day: dt.date, unit: str, number: int) -> str:
    if unit == "D":
        return (day + dt.timedelta(number)).isoformat()
    if unit in ("W", "2W", "WE"):
        year, week, _ = (day + dt.timedelta(weeks=number * (2 if unit == "2W" else 1))).isocalendar()
        return f"{year:04}-W{week:02}" + ("-WE" if unit == "WE" else "")
    if unit in ("M", "Q", "H"):
        size = {"M": 1, "Q": 3, "H": 6}[unit]
        months = (day.year * 12 + day.month - 1) // size + number
        year, place = divmod(months * size, 12)
        if not 1 <= year <= 9999:
            raise ValueError(year)
        return f"{year:04}-{place + 1:02}" if unit == "M" else f"{year:04}-{unit}{place // size + 1}"
    digits = {"Y": 4, "10Y": 3, "100Y": 2}[unit]
    return f"{day.year // 10 ** (4 - digits) + number:0{digits}}"


def back(day: dt.date, unit: str, number: int) -> dt.date:
    """Move a day by units of D, W, M, Q or Y, to the last day of the month where it has no such day."""
    if unit in ("D", "W", "2W"):
        return day + dt.timedelta(number * {"D": 1, "W": 7, "2W": 14}[unit])
    year, month = divmod(day.year * 12 + day.month - 1 + number * {"M": 1, "Q": 3}.get(unit, 12), 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def weekday(day: dt.date, number: int, direction: int) -> dt.date:
    """Find the nearest such weekday (1 Monday … 7) on or before (-1), on or after (+1) the day.

    >>> weekday(dt.date(1999, 5, 24), 4, 1)
    datetime.date(1999, 5, 27)
    """
    ahead = (number - day.isoweekday()) % 7
    return day + dt.timedelta(ahead if direction > 0 or not ahead else ahead - 7)


def holiday(rule: str, year: int) -> dt.date:
    """Date of a holiday: "12-25", "11-4-4" (the fourth Thursday of November; 9th: the last), "easter-2"."""
    if rule.startswith("easter"):
        return easter(year) + dt.timedelta(int(rule[6:]))
    month, *rest = (int(part) for part in rule.split("-"))
    if len(rest) == 1:
        return dt.date(year, month, rest[0])
    if rest[1] == 9:
        return weekday(dt.date(year, month, calendar.monthrange(year, month)[1]), rest[0], -1)
    return weekday(dt.date(year, month, 1), rest[0], 1) + dt.timedelta(weeks=rest[1] - 1)


def easter(year: int) -> dt.date:
    """Date of Western Easter (the anonymous Gregorian algorithm; Meeus, Astronomical Algorithms, 1991)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    h = (19 * a + b - d - (b - f + 1) // 3 + 15) % 30
    k = (32 + 2 * e + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return dt.date(year, month, day + 1)


_SHAPES: Final = tuple(
    re.compile(shape)
    for shape in (
        r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?:T.*)?\Z",
        r"(?P<y>\d{4})-W(?P<w>\d\d)(?:-(?P<wd>\d|WE))?(?:T.*)?\Z",
        r"(?P<y>\d{4})-(?P<m>\d\d)(?:-XX)?\Z",
        r"(?P<y>\d{4})-Q(?P<q>[1-4])\Z",
        r"(?P<y>\d{4})-H(?P<h>[12])\Z",
        r"(?P<y>\d{4})-(?P<s>SP|SU|FA|WI)\Z",
        r"(?P<y>\d{4})\Z",
        r"(?P<decade>\d{3})\Z",
        r"(?P<century>\d\d)\Z",
    )
)


def days(value: str) -> tuple[dt.date, dt.date] | None:
    """Find the first and last day that a TIMEX3 value covers; None for durations and vague values.

    >>> days("1999-W21")
    (datetime.date(1999, 5, 24), datetime.date(1999, 5, 30))
    """
    for shape in _SHAPES:
        if match := shape.match(value):
            try:
                return _days(match.groupdict())
            except ValueError:
                return None
    return None


def _days(part: dict[str, str | None]) -> tuple[dt.date, dt.date]:
    if decade := part.get("decade"):
        return _months(int(decade + "0"), 1, int(decade + "9"), 12)
    if century := part.get("century"):
        return _months(int(century + "00") or 1, 1, int(century + "99"), 12)
    year = int(part.get("y") or 0)
    if d := part.get("d"):
        day = dt.date(year, int(part["m"] or 0), int(d))
        return day, day
    if w := part.get("w"):
        wd = part.get("wd")
        first = dt.date.fromisocalendar(year, int(w), 6 if wd == "WE" else int(wd or 1))
        return first, first + dt.timedelta(1 if wd == "WE" else 0 if wd else 6)
    if m := part.get("m"):
        return _months(year, int(m), year, int(m))
    for key, size in (("q", 3), ("h", 6)):
        if number := part.get(key):
            return _months(year, int(number) * size - size + 1, year, int(number) * size)
    if s := part.get("s"):
        begin, end = SEASONS[s]
        return _months(year, begin, year + (end < begin), end)
    return _months(year, 1, year, 12)


def _months(year: int, month: int, last_year: int, last_month: int) -> tuple[dt.date, dt.date]:
    end = calendar.monthrange(last_year, last_month)[1]
    return dt.date(year, month, 1), dt.date(last_year, last_month, end)


VALUE: Final = re.compile(
    r"""(?x)
      (?:PAST|PRESENT|FUTURE)_REF
    | P(?:(?:\d+(?:\.\d+)?|X)[YMWDQ])*(?:T(?:(?:\d+(?:\.\d+)?|X)[HMS])+)?(?<!P)(?:/P[\dXTYMWDQHS]+)?
    | P(?:\d+|X)WE | PXX
    | [\dX]{2,3} | [\dX]{4}(?:-[\dX]{2}(?:-[\dX]{2})?)?(?:T(?:[\dX]{2}(?::[\dX]{2}(?::[\dX]{2})?)?|MO|AF|EV|NI|DT)Z?)?
    | [\dX]{4}-W[\dX]{2}(?:-(?:[1-7X]|WE))?(?:T(?:MO|AF|EV|NI|DT|[\d]{2}:[\d]{2}))?
    | [\dX]{4}-(?:Q[1-4X]|H[12X]|SP|SU|FA|WI)
    | T(?:\d\d(?::\d\d(?::\d\d)?)?|MO|AF|EV|NI|DT)Z?
    """
)
"""What a TIMEX3 value may look like."""
