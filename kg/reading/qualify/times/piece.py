"""An expression of time while it is resolved: its words, what the text said before it, and its value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.model import TimexType
from kg.reading.qualify.times import calendar

if TYPE_CHECKING:
    from kg.reading.qualify.numerals import Lexeme
    from kg.reading.qualify.times.grammar import Words

DATE, TIME, DURATION, SET = TimexType.DATE, TimexType.TIME, TimexType.DURATION, TimexType.SET


class Timex(NamedTuple):
    """Type, value and mod of an expression."""

    type: TimexType
    value: str
    mod: str | None = None
    days: tuple[dt.date, dt.date] | None = None
    """First and last day of a length that the document's date bounds: "the past two months"."""


@dataclass(slots=True)
class Context:
    """What the text has said of time so far: the document's date and the last date named."""

    published: dt.date | None
    known: Words
    anchor: dt.date | None = None
    """First day of the last date named, for "the following month"."""
    quarter: str | None = None
    """The last quarter named, for "the year-ago period"."""
    day: str | None = None
    """The last day named, as long as it is near: "shares fell on Monday … at the end of the day"."""
    month: str | None = None
    """The last month named, for "the same period last year"."""
    here: str | None = None
    """The quarter named in the same sentence; "" where it tells of another length."""

    def note(self, kind: str, timex: Timex) -> None:
        """Remember a date that later expressions may count from."""
        if timex.type in (DATE, TIME) and (covered := calendar.days(timex.value)):
            self.anchor = covered[0]
            if covered[0] == covered[1]:
                self.day = covered[0].isoformat()
            if len(timex.value) == 7 and timex.value[5:].isdigit():
                self.month = timex.value
            compared = kind in ("yearago", "ago")  # what is reported on stays the later quarter
            if (
                "-Q" in timex.value
                and not compared
                and (self.published is None or self.published.year - 1 <= covered[0].year)
            ):
                self.quarter = self.here = timex.value
        elif timex.type == DURATION and kind == "during" and timex.value.endswith("M"):
            self.here = ""  # "the first nine months": no quarter


class Piece(NamedTuple):
    """An expression as found: its letters, its lexemes, and which way its verb looks (-1, 0, +1)."""

    letters: str
    lexemes: list[Lexeme]
    direction: Callable[[], int]
    pos: Callable[[str], str]
    """Part of speech of the first lexeme of a letter."""
    before: str
    """Lexeme before, in lower case, or ""."""
    after: str

    def word(self, letters: str) -> str | None:
        """First lexeme of one of the letters."""
        return next((x.lower for x, c in zip(self.lexemes, self.letters, strict=True) if c in letters), None)

    def words(self, letters: str) -> list[str]:
        """All lexemes of the letters."""
        return [x.lower for x, c in zip(self.lexemes, self.letters, strict=True) if c in letters]

    def turn(self) -> int | None:
        """Direction word of the expression: -1 last, 0 this, +1 next; None if it has none."""
        return next((_TURN[c] for c in reversed(self.letters) if c in _TURN), None)


_TURN: Final = {"<": -1, "=": 0, ">": 1, "Z": -1}
