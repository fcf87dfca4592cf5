"""Values of expressions of time: one function for each kind that the grammar finds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Final

from kg.reading.qualify import numerals
from kg.reading.qualify.times import calendar, lengths
from kg.reading.qualify.times.calendar import shifted
from kg.reading.qualify.times.lengths import count_of, length, unit_of
from kg.reading.qualify.times.piece import DATE, DURATION, SET, TIME, Context, Piece, Timex

_OF_DAY: Final = frozenset(["after", "before", "when", "that", "of", "he", "she", "they", "it", "in", "the", "we", "i"])
"""Words after "the day" that tell which day it is."""
FAR: Final = 120
"""Days between a day named without its year and the document's date from which tense chooses the year."""
_OWNERS: Final = frozenset(["his", "her", "their", "my", "your", "our", "its"])


def resolved(kind: str, piece: Piece, context: Context) -> Timex | None:
    """Resolve an expression; None where it turns out to be none."""
    return _RESOLVERS[kind](piece, context)


# ------------------------------------------------------------------ days, months, years


def _iso(piece: Piece, context: Context) -> Timex | None:
    text = piece.lexemes[0].lower
    if "/" in text:
        month, day, year = (int(part) for part in text.split("/"))
        if month > 12:
            month, day = day, month
        if year < 100:
            year += 1900 if year > ((context.published or dt.date(2030, 1, 1)).year + 5) % 100 else 2000
        text = f"{year:04}-{month:02}-{day:02}"
    return Timex(DATE, text) if calendar.days(text) else None


def _date(piece: Piece, context: Context) -> Timex | None:
    month = int(context.known.timex["j"][piece.word("j") or ""])
    number = piece.word("d") or piece.word("o") or piece.word("zc")
    day = _day_number(number or "", context)
    if not 1 <= day <= 31:
        return None
    year = piece.word("Y") or _spelt_year(piece, context)
    if year is None and context.published is None:
        return Timex(DATE, f"XXXX-{month:02}-{day:02}")
    if year is None:
        year = _year_of(month, day, piece, context)
    value = f"{int(year):04}-{month:02}-{day:02}"
    return Timex(DATE, value) if calendar.days(value) else None


def _day_number(number: str, context: Context) -> int:
    known = context.known.numerals
    digits = number.rstrip("stndrh")
    return int(digits) if digits.isdigit() else int(known.ordinals.get(number) or known.cardinals.get(number, 0))


def _year_of(month: int, day: int, piece: Piece, context: Context) -> str:
    """Choose the year of a day and month: the nearest; of a weekday too, the one where it fits."""
    ref = context.published
    assert ref is not None
    near: list[tuple[int, int]] = []
    wanted = context.known.timex["W"].get(piece.word("W") or "")
    turn = {"ended": -1, "ending": 1}.get(piece.before, 0) or piece.turn() or 0
    for year in (ref.year - 1, ref.year, ref.year + 1):
        try:
            that = dt.date(year, month, day)
        except ValueError:
            continue
        off = wanted is not None and that.isoweekday() != int(wanted)
        near.append((abs((that - ref).days) + 1000 * off, year))
    best = min(near, default=(0, ref.year))
    if wanted is None and (turn or best[0] > FAR) and (turn := turn or piece.direction()):
        past = (month, day) <= (ref.month, ref.day)
        return str(ref.year - (turn < 0 and not past) + (turn > 0 and past))
    return str(best[1])


def _spelt_year(piece: Piece, context: Context) -> str | None:
    """Read "nineteen ninety-seven", "two thousand five" as a year."""
    known = context.known.numerals
    said = piece.words("cg")
    if len(said) >= 2 and said[1] in known.scales:
        number = numerals.value(said, known)
        return f"{int(number)}" if number and 1000 <= number < 2100 and said[1] == "thousand" else None
    if len(said) in (2, 3) and all(w in known.cardinals for w in said):
        hundreds, rest = known.cardinals[said[0]], [known.cardinals[w] for w in said[1:]]
        if 11 <= hundreds <= 20 and rest[0] >= 10 and (len(rest) == 1 or rest[0] >= 20 > 10 > rest[1]):
            return f"{int(hundreds * 100 + sum(rest))}"
    return None


def _month(piece: Piece, context: Context) -> Timex | None:
    word = piece.word("j") or ""
    month = int(context.known.timex["j"][word])
    ref, turn = context.published, piece.turn()
    year = piece.word("Y") or _spelt_year(piece, context)
    if year is not None:
        return Timex(DATE, f"{int(year):04}-{month:02}")
    if len(piece.letters) == 1 and word in ("may", "march") and piece.pos("j") != "PROPN":
        return None
    if ref is None:
        return Timex(DATE, f"XXXX-{month:02}")
    if "u" in piece.letters and turn is not None:
        return Timex(DATE, f"{ref.year + turn:04}-{month:02}")
    if turn is None:
        turn = 2 * piece.direction() or (2 if 0 < (month - ref.month) % 12 < 6 else -2)
    past = ref.year - (month > ref.month or (turn == -1 and month == ref.month))
    ahead = ref.year + (month < ref.month or (turn == 1 and month == ref.month))
    return Timex(DATE, f"{ref.year if turn == 0 else past if turn < 0 else ahead:04}-{month:02}")


def _weekday(piece: Piece, context: Context) -> Timex:
    number = int(context.known.timex["W"][piece.word("W") or ""])
    part = context.known.timex["P"].get(piece.word("P") or "", "")
    ref, turn = context.published, piece.turn()
    if ref is None:
        return Timex(TIME if part else DATE, f"XXXX-WXX-{number}{part}")
    if turn is None:
        turn = 1 if piece.direction() > 0 else -1
    elif turn < 0 or ">" in piece.letters:
        ref += dt.timedelta(turn)
    day = calendar.weekday(ref, number, 1 if turn >= 0 else -1)
    return Timex(TIME if part else DATE, day.isoformat() + part)


def _weekdays(piece: Piece, context: Context) -> Timex:
    table = context.known.timex
    part = table["P"].get(piece.word("Pp") or "", "")
    if day := piece.word("Ww"):
        return Timex(SET, f"XXXX-WXX-{table['W'][day]}{part}")
    if month := piece.word("j"):
        return Timex(SET, f"XXXX-{table['j'][month]}")
    if season := piece.word("S"):
        return Timex(SET, f"XXXX-{table['S'][season]}")
    return Timex(SET, f"XXXX-XX-XX{part}")


def _year(piece: Piece, context: Context) -> Timex | None:
    year = int(piece.lexemes[0].lower)
    return Timex(DATE, f"{year:04}") if 1400 <= year <= 2100 else None


def _spelt(piece: Piece, context: Context) -> Timex | None:
    year = _spelt_year(piece, context)
    return Timex(DATE, year) if year and "g" not in piece.letters else None


def _yearnamed(piece: Piece, context: Context) -> Timex | None:
    year = piece.word("Y") or _spelt_year(piece, context)
    return Timex(DATE, year) if year and piece.word("uR") in ("year", "period") else None


def _decade(piece: Piece, context: Context) -> Timex | None:
    if (word := piece.lexemes[-1].lower) in context.known.timex["X"]:
        return (
            Timex(DATE, context.known.timex["X"][word])
            if "D" in piece.letters and piece.lexemes[0].lower == "the"
            else None
        )
    digits = "".join(c for c in word if c.isdigit())
    if len(digits) < 4 and (piece.before in _OWNERS or piece.lexemes[0].lower in _OWNERS):
        return None
    return Timex(DATE, digits[:3] if len(digits) == 4 else f"19{digits[0]}")


# ------------------------------------------------------------------ hours and parts of the day


def _clock(piece: Piece, context: Context) -> Timex | None:
    first = piece.lexemes[0].lower
    if len(first) == 4 and first.isdigit():
        first = f"{first[:2]}:{first[2:]}"  # "0800 UTC"
    hour, _, minutes = (first if first[0].isdigit() else str(_day_number(first, context))).partition(":")
    half, number = piece.word("a"), int(hour)
    if number > 24 or (half and not 1 <= number <= 12):
        return None
    if half:
        number = number % 12 + (12 if half[0] == "p" else 0)
    day = context.published.isoformat() if context.published else "XXXX-XX-XX"
    zone = "Z" if piece.word("y") in ("utc", "gmt") else ""
    return Timex(TIME, f"{day}T{number:02}:{minutes or '00'}{zone}")


def _daypart(piece: Piece, context: Context) -> Timex | None:
    ref, word = context.published, piece.word("P")
    part = context.known.timex["P"].get(word or "", "")
    named = piece.word("t")
    if named:
        distance = context.known.timex["t"][named]
        offset, part = (
            int(distance.removesuffix("TNI")),
            part or distance[len(distance.removesuffix("TNI")) :],
        )
    elif (turn := piece.turn()) is not None:
        offset = turn
    elif (
        word in ("noon", "midday", "midnight", "overnight")
        or "m" in piece.letters
        or ("D" in piece.letters and word != "night")
    ):
        offset = 0
    else:
        return None
    day = shifted(ref, "D", offset)
    mod = None if ref else {-1: "BEFORE", 1: "AFTER"}.get(offset)
    return Timex(TIME if part else DATE, day + part, mod)


# ------------------------------------------------------------------ counted from the document's date


def _ago(piece: Piece, context: Context) -> Timex | None:
    unit = unit_of(piece, context)
    number = count_of(piece, context)
    back = "G" in piece.letters or piece.word("L") == "earlier"
    if (number is None or unit.startswith("T")) and "L" in piece.letters and piece.letters[0] not in "uzqU":
        return Timex(DURATION, length(number, unit))
    if number is None or unit.startswith("T") or (unit == "WE"):
        return Timex(DATE, "PAST_REF" if back else "FUTURE_REF")
    ref = context.published if "G" in piece.letters or unit == "Y" else context.anchor or context.published
    if unit == "Y" and number == 1 and back and (quarter := context.quarter if context.here is None else context.here):
        return Timex(DATE, f"{int(quarter[:4]) - 1:04}{quarter[4:]}")
    value = shifted(
        ref, "D" if unit == "W" and ref and "L" in piece.letters else unit, round(-number if back else number)
    )
    return Timex(DATE, value, None if ref else "BEFORE" if back else "AFTER")


def _relative(piece: Piece, context: Context) -> Timex | None:
    table, turn = context.known.timex, piece.turn() or 0
    word = piece.word("uzqRS") or ""
    ref = context.published
    if "S" in piece.letters:
        return _season_near(table["S"][word], turn, context)
    if word == "period":
        return Timex(DATE, context.quarter or _latest_quarter(context)) if "Z" in piece.letters else None
    unit = unit_of(piece, context)
    if unit.startswith("T"):
        return Timex(DURATION, f"P{unit[0]}1{unit[1]}")
    said = piece.word("<=>Z")
    if said in ("following", "previous", "preceding", "prior") or (unit == "D" and "D" in piece.letters):
        ref = context.anchor or ref
    if said == "past" and "=" not in piece.letters and unit in ("10Y", "100Y", "M", "W", "D"):
        return Timex(DURATION, length(1, unit))
    if said == "latest":
        return Timex(DATE, _latest_quarter(context) if unit == "Q" else shifted(ref, unit, -1))
    return Timex(DATE, shifted(ref, unit, turn), None if ref else {-1: "BEFORE", 1: "AFTER"}.get(turn))


def _week_of(piece: Piece, context: Context) -> Timex | None:
    """Read "the week of May 3" as the week that holds the day."""
    day = _date(piece, context)
    ref = calendar.days(day.value) if day else None
    return Timex(DATE, shifted(ref[0] if ref else None, unit_of(piece, context), 0)) if day else None


def _the(piece: Piece, context: Context) -> Timex | None:
    word = piece.word("uzqR") or ""
    if word == "period":
        return None
    unit = unit_of(piece, context)
    if unit in ("TS", "TM", "TH", "10Y", "100Y", "2W") or piece.after == "-":
        return None
    if unit == "Y" and piece.after in ("ended", "ending", "to"):
        return Timex(DURATION, "P1Y")
    if "J" in piece.letters:
        return Timex(DATE, shifted(context.anchor or context.published, unit, 0))
    if unit == "Q":
        return Timex(DATE, context.quarter or _latest_quarter(context))
    if unit == "D":
        return Timex(DATE, context.day) if context.day and piece.after not in _OF_DAY else None
    if unit == "WE" and context.published and piece.direction() <= 0 and context.published.isoweekday() < 6:
        return Timex(DATE, shifted(context.published, "WE", -1))
    return Timex(DATE, shifted(context.published, unit, 0))


def _nth(piece: Piece, context: Context) -> Timex | None:
    unit = unit_of(piece, context)
    number = _day_number(piece.word("oz") or "", context)
    if unit == "100Y":
        return Timex(DATE, f"{number - 1:02}") if 1 <= number <= 30 else None
    if unit.startswith("T") or piece.letters[0] not in "DA":
        return None
    return Timex(DATE, shifted(None, unit, 0))  # "the third day of the march": counted from what the text does not date


# ------------------------------------------------------------------ quarters, halves, seasons


def _latest_quarter(context: Context) -> str:
    return shifted(context.published, "Q", -1)


def _quarter(piece: Piece, context: Context) -> Timex | None:
    number = _day_number(piece.word("oz") or "", context)
    half = "H" in piece.letters
    letter, most = ("H", 2) if half else ("Q", 4)
    if piece.word("oz") in ("last", "latter"):
        number = most
    if not 1 <= number <= most:
        return None
    ref, turn = context.published, piece.turn()
    if year := piece.word("Y"):
        return Timex(DATE, f"{int(year):04}-{letter}{number}")
    if ref is None:
        return Timex(DATE, f"XXXX-{letter}{number}")
    if turn is not None or (half and "u" in piece.letters) or piece.letters.endswith("u"):
        return Timex(DATE, f"{ref.year + (turn or 0):04}-{letter}{number}")
    if half:
        return Timex(DATE, f"{ref.year:04}-{letter}{number}")
    current = (ref.month + 2) // 3
    ahead = piece.direction() > 0
    year_number = ref.year + (ahead and number < current - 1) - (not ahead and number > current)
    return Timex(DATE, f"{year_number:04}-{letter}{number}")


def _yearago(piece: Piece, context: Context) -> Timex | None:
    number = _day_number(piece.word("oz") or "", context)
    if context.published is None:
        return Timex(DATE, f"XXXX-Q{number or 'X'}")
    if "R" in piece.letters and context.month and not context.quarter and "M" in piece.letters:
        return Timex(DATE, f"{int(context.month[:4]) - 1:04}{context.month[4:]}")
    last = context.quarter or _latest_quarter(context)
    year, quarter = int(last[:4]), last[-1]
    if (named := piece.word("Y")) is not None:
        return Timex(DATE, f"{int(named):04}-Q{number or quarter}")
    if piece.turn() is not None and "q" not in piece.letters:
        return Timex(DATE, shifted(context.published, "Y", piece.turn() or 0))
    return Timex(DATE, f"{min(year, context.published.year) - 1:04}-Q{number or quarter}")


def _season(piece: Piece, context: Context) -> Timex | None:
    code = context.known.timex["S"][piece.word("S") or ""]
    year = piece.word("Y") or _spelt_year(piece, context)
    if year is not None:
        return Timex(DATE, f"{int(year):04}-{code}")
    if piece.pos("S") not in ("NOUN", "PROPN") or (
        "D" not in piece.letters and piece.before not in ("in", "by", "until", "early", "late")
    ):
        return None
    turn = piece.turn()
    if turn is None:
        turn = 2 if piece.direction() > 0 else -2
    return _season_near(code, turn, context)


def _season_near(code: str, turn: int, context: Context) -> Timex:
    ref = context.published
    if ref is None:
        return Timex(DATE, f"XXXX-{code}")
    begin, end = calendar.SEASONS[code]
    begun, over = ref.month >= begin, end >= begin and ref.month > end
    year = ref.year
    if turn == -1:
        year -= not over
    elif turn == 1:
        year += begun
    elif turn == -2:
        year -= not begun
    elif turn == 2:
        year += over
    return Timex(DATE, f"{year:04}-{code}")


def _fiscal(piece: Piece, context: Context) -> Timex | None:
    if year := piece.word("Y"):
        return Timex(DATE, f"{int(year):04}")
    if piece.word("uzq") != "year":
        return _relative(piece, context)
    return Timex(DATE, shifted(context.published, "Y", piece.turn() or 0))


def _bound(piece: Piece, context: Context) -> Timex | None:
    unit = unit_of(piece, context)
    if unit not in ("Y", "M", "Q", "W") or piece.word("m") != "end":
        return None
    return Timex(DATE, shifted(context.published, unit, 0), "END")


_RESOLVERS: Final[dict[str, Callable[[Piece, Context], Timex | None]]] = {
    "iso": _iso, "date": _date, "month": _month, "weekday": _weekday, "weekdays": _weekdays, "clock": _clock,
    "daypart": _daypart, "ago": _ago, "yearago": _yearago, "quarter": _quarter, "fiscal": _fiscal, "season": _season,
    "relative": _relative, "during": lengths.during, "rate": lengths.rate, "duration": lengths.duration,
    "one": lengths.one, "plural": lengths.plural, "frequency": lengths.frequency, "decade": _decade, "the": _the,
    "yearnamed": _yearnamed, "nth": _nth, "spelt": _spelt, "year": _year, "bound": _bound, "weekof": _week_of,
}  # fmt: skip
