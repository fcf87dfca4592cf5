"""Lengths of time and what repeats: how long, how often, and the days a length covers where the text bounds it."""

from __future__ import annotations

import datetime as dt

from kg.reading.qualify import numerals
from kg.reading.qualify.times import calendar
from kg.reading.qualify.times.piece import DATE, DURATION, SET, Context, Piece, Timex


def unit_of(piece: Piece, context: Context) -> str:
    """Unit of time an expression tells, as in TIMEX3: "D", "TH", "10Y"."""
    word = next(
        (x.lower for x, c in zip(reversed(piece.lexemes), reversed(piece.letters), strict=True) if c in "uUzq"),
        "",
    )
    return context.known.timex["u"].get(word, "D")


def count_of(piece: Piece, context: Context) -> float | None:
    """Read the count; None where it is vague."""
    if "v" in piece.letters:
        return None
    if "C" in piece.letters:
        return 2
    some = [
        x.lower
        for x, c in zip(piece.lexemes, piece.letters, strict=True)
        if c in "ndYcg&" or (c == "z" and x.lower != "second")
    ]
    if "/" in piece.letters and len(some) >= 3:
        whole = numerals.value(some[:-2], context.known.numerals) if len(some) > 2 else 0
        return (whole or 0) + float(some[-2]) / float(some[-1])
    number = numerals.value(some, context.known.numerals) if some != ["and"] * len(some) else None
    if number is None and "A" in piece.letters and (piece.letters[0] == "A" or "H" not in piece.letters):
        number = 1.0
    if number is None and piece.letters[0] in "uzq":
        number = 1.0
    if number is not None and "H" in piece.letters:
        return number + 0.5 if "&" in piece.letters else 0.5
    return 0.5 if "H" in piece.letters else number


def length(number: float | None, unit: str) -> str:
    """Write a TIMEX3 duration.

    >>> length(2, "10Y"), length(None, "TH"), length(2.5, "Y")
    ('P20Y', 'PTXH', 'P2Y6M')
    """
    time, unit = ("T", unit[1:]) if unit.startswith("T") else ("", unit)
    digits = unit.rstrip("YMWDHSQE")
    unit = unit[len(digits) :]
    if number is None:
        return f"P{time}X{'D' if False else 'E' if digits == '10' else 'C' if digits == '100' else unit}"
    number *= int(digits or 1)
    whole, rest = divmod(number, 1)
    smaller = {"Y": ("M", 12), "H": ("M", 60), "M": ("S", 60)}.get(unit)
    if rest and smaller and (time or unit == "Y"):
        lead = f"{int(whole)}{unit}" if whole else ""
        return f"P{time}{lead}{round(rest * smaller[1])}{smaller[0]}"
    return f"P{time}{number:g}{unit}" if number < 1e6 else f"P{time}{int(number)}{unit}"


def duration(piece: Piece, context: Context) -> Timex | None:
    """Resolve "three weeks", "two to three years", "recent days"."""
    unit = unit_of(piece, context)
    letters = piece.letters
    if "l" in letters and piece.word("l") == "old":
        return None
    if piece.words("v") == ["recent"]:
        return Timex(DATE, "PAST_REF")
    if unit == "Q" and piece.after == "of" and "-" in letters:
        return None  # "three-quarters of it"
    if "T" in letters or "|" in letters:
        at = letters.index("T" if "T" in letters else "|")
        low = Piece(letters[:at], piece.lexemes[:at], piece.direction, piece.pos, "", "")
        high = Piece(letters[at + 1 :], piece.lexemes[at + 1 :], piece.direction, piece.pos, "", "")
        first, second = count_of(low, context), count_of(high, context)
        if first is not None and second is not None:
            return Timex(DURATION, f"{length(first, unit)}/{length(second, unit)}")
    number = count_of(piece, context)
    if number is not None and number > 100_000:
        return None
    return Timex(DURATION, length(number, unit))


def one(piece: Piece, context: Context) -> Timex | None:
    """Resolve "a week"; after "twice" it repeats."""
    if piece.word("z") or piece.word("q"):
        return None
    unit = unit_of(piece, context)
    if piece.before in ("once", "twice", "thrice", "times"):
        return Timex(SET, length(1, unit))
    return Timex(DURATION, length(1, unit))


def during(piece: Piece, context: Context) -> Timex | None:
    """Resolve "the past two months", "the first nine months"."""
    counts = any(c in "ndYcgvC" for c in piece.letters)
    unit = unit_of(piece, context)
    if not counts and piece.letters == ">U":
        return Timex(DATE, "FUTURE_REF")
    if not counts:
        return Timex(DURATION, length(None, unit))
    timex = duration(piece, context)
    return timex._replace(days=_bounded(piece, context)) if timex else None


def _bounded(piece: Piece, context: Context) -> tuple[dt.date, dt.date] | None:
    """Days of "the past two months", "the next ten days", "the 12 days since it began"; None without a date."""
    on, unit, number = context.published, unit_of(piece, context), count_of(piece, context)
    turn = -1 if piece.after == "since" else piece.turn()
    if (
        on is None
        or number is None
        or number % 1
        or turn not in (-1, 1)
        or "T" in piece.letters
        or "|" in piece.letters
    ):
        return None
    if unit not in ("D", "W", "2W", "M", "Q", "Y"):
        return None
    try:
        other = calendar.back(on, unit, turn * int(number))
    except (ValueError, OverflowError):
        return None
    return min(on, other), max(on, other)


def rate(piece: Piece, context: Context) -> Timex | None:
    """Resolve "every two weeks", "every other day"."""
    unit = unit_of(piece, context)
    number = 2 if "E" in piece.letters else count_of(piece, context) or 1
    return Timex(SET, length(number, unit))


def plural(piece: Piece, context: Context) -> Timex | None:
    """Resolve "weeks"."""
    return Timex(DURATION, length(None, unit_of(piece, context)))


def frequency(piece: Piece, context: Context) -> Timex | None:
    """Resolve "daily"."""
    if piece.pos("f") in ("NOUN", "PROPN") or (piece.lexemes[0].lower == "quarterly" and piece.pos("f") == "ADJ"):
        return None
    return Timex(SET, context.known.timex["f"][piece.lexemes[0].lower])
