# ruff: noqa: E501
"""Expressions of time, resolved to TIMEX3 values against the document's date and the tense they stand with.

Conventions of TimeML (Saurí et al., TimeML annotation guidelines 1.2.1, 2006). A weekday that is the document date's
is that day; otherwise tense decides. Without a document date values stay underspecified: "XXXX-WXX-4", never a day.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.model import Span, TimeExpression, TimexType
from kg.reading.qualify.numerals import Lexeme, lexemes
from kg.reading.qualify.times import calendar
from kg.reading.qualify.times.grammar import Match, Words, matches, spell, words
from kg.reading.qualify.times.piece import Context, Piece, Timex
from kg.reading.qualify.times.resolve import FAR, resolved
from kg.reading.qualify.times.tense import direction

if TYPE_CHECKING:
    from kg.ontology import Ontology
    from kg.reading.parse import Parse

__all__ = ["times"]

_ABBREVIATED: Final = 4
"""Longest month or weekday that a full stop marks as abbreviated: "Sept."."""
_SIGNIFICANT: Final = re.compile("[ixXYjWwSPpuUzqtfay]|c-?c")
_BEFORE: Final = re.compile(r"(?:D?mOD?|m-|D?m|L)\Z")
"""What bounds an expression from the left: "the end of", "early", "mid-"."""
_CONTENT: Final = frozenset(("NOUN", "PROPN", "VERB"))


class Found(NamedTuple):
    """An expression in a paragraph: its lexemes, half-open, and its value."""

    first: int
    end: int
    timex: Timex


def times(parse: Parse, ontology: Ontology) -> tuple[TimeExpression, ...]:
    """Find the expressions of time of a document, in text order, numbered "t1", "t2" and so on."""
    known = words(ontology)
    context = Context(parse.document.published, known)
    starts = [token.start for token in parse.tokens]
    out: list[TimeExpression] = []
    for paragraph in parse.paragraphs:
        cut = lexemes(parse.document.text, paragraph.start, paragraph.end)
        for found in _read(_Paragraph(parse, cut, known, starts), context):
            span = Span(cut[found.first].start, cut[found.end - 1].end)
            first, last = found.timex.days or calendar.days(found.timex.value) or (None, None)
            kind, value, mod, _ = found.timex
            out.append(TimeExpression(f"t{len(out) + 1}", span, kind, value, first, last, mod))
    return tuple(out)


class _Paragraph(NamedTuple):
    parse: Parse
    cut: list[Lexeme]
    known: Words
    starts: list[int]

    def token(self, i: int) -> int:
        """Index of the parse's token that a lexeme lies in."""
        return max(bisect_right(self.starts, self.cut[i].start) - 1, 0)

    def lower(self, i: int) -> str:
        """Lexeme at a place, or "" outside the paragraph."""
        return self.cut[i].lower if 0 <= i < len(self.cut) else ""

    def piece(self, match: Match) -> Piece:
        """Hand a match over to its resolver."""

        def pos(letter: str) -> str:
            return self.parse.tokens[self.token(match.first + match.letters.index(letter))].pos

        return Piece(
            match.letters, self.cut[match.first : match.end], lambda: direction(self.parse, self.token(match.end - 1), self.known), pos,
            self.lower(match.first - 1), self.lower(match.end),
        )  # fmt: skip


def _read(page: _Paragraph, context: Context) -> list[Found]:
    """Find phrases, then patterns; widen them by what bounds them; join clock times with their days."""
    letters = spell(page.cut, page.parse.document.text, page.known)
    found = _phrases(page, letters, context)
    for one in found:
        letters = letters[: one.first] + "#" * (one.end - one.first) + letters[one.end :]
    if _SIGNIFICANT.search(letters):
        sentence = -1
        for match in matches(letters):
            if (now := page.parse.tokens[page.token(match.first)].sent) != sentence:
                context.here = None
                if now > sentence + 1:
                    context.day = None
                sentence = now
            match = _unstopped(match, page)
            timex = (
                None
                if _is_number(match, page) or _is_name(match, page)
                else resolved(match.kind, page.piece(match), context)
            )
            if timex is not None:
                context.note(match.kind, timex)
                found.append(_widened(Found(match.first, match.end, timex), letters, page))
    return _joined(sorted(found), page)


def _unstopped(match: Match, page: _Paragraph) -> Match:
    """Leave the full stop of the sentence out: "in May." but "Sept."."""
    last = page.lower(match.end - 2)
    if match.letters.endswith(".") and (len(last) > _ABBREVIATED or last in ("may", "june", "july")):
        return match._replace(end=match.end - 1, letters=match.letters[:-1])
    return match


def _is_number(match: Match, page: _Paragraph) -> bool:
    """Tell a bare year from any other number of four digits, by its surroundings."""
    if match.kind != "year":
        return False
    before, after = page.lower(match.first - 1), page.lower(match.end)
    if before in ("$", "£", "€", "#", ".", "/") or after in (
        "%",
        "percent",
        "/",
        "per",
        "people",
        "km",
        "miles",
    ):
        return True
    token = page.parse.tokens[page.token(match.first)]
    head = page.parse.tokens[token.head]
    return token.dep == "nummod" and head.i > token.i and head.tag in ("NNS",) and head.ent != "EVENT"


def _is_name(match: Match, page: _Paragraph) -> bool:
    """Tell a person's name and a title from a time: "Jan Kavan", "60 Minutes"."""
    tokens = page.parse.tokens
    if match.kind in ("month", "weekday", "season") and len(match.letters) == 1:
        return tokens[page.token(match.first)].ent == "PERSON"
    unit = next((i for i, c in enumerate(match.letters, match.first) if c in "uUzq"), None)
    if unit is None or unit == match.first or match.kind not in ("relative", "duration", "the"):
        return False
    token = tokens[page.token(unit)]
    return token.text[0].isupper() and not token.text.isupper() and not tokens[token.i - 1].text.isupper()


def _phrases(page: _Paragraph, letters: str, context: Context) -> list[Found]:
    """Find fixed expressions ("at the moment") and holidays."""
    found: list[Found] = []
    end = 0
    for i, lexeme in enumerate(page.cut):
        if i < end or lexeme.lower not in page.known.phrases:
            continue
        for parts, kind, value in page.known.phrases[lexeme.lower]:
            stop = i + len(parts)
            if stop > len(page.cut) or any(page.cut[i + n].lower != part for n, part in enumerate(parts)):
                continue
            if kind != "Holiday" and stop == i + 1 and page.parse.tokens[page.token(i)].pos in _CONTENT:
                continue
            ahead = direction(page.parse, page.token(i), page.known) if kind in ("Holiday", "AheadReference") else 0
            after = letters[stop : stop + 1] if kind != "AheadReference" else _more(page, i)
            timex = _phrase(kind, value, after, context, ahead)
            if timex is not None:
                found.append(Found(i, stop, timex))
                end = stop
                break
    return found


def _more(page: _Paragraph, i: int) -> str:
    """ "As soon as", "soon after": the word is part of another expression."""
    return "".join(w for w in (page.lower(i - 1), page.lower(i + 1)) if w in ("as", "after", "afterwards", "too"))


def _phrase(kind: str, value: str, after: str, context: Context, ahead: int) -> Timex | None:
    if kind == "AheadReference" and (ahead <= 0 or after):
        return None
    if kind == "RelativeDay":
        return Timex(TimexType.DATE, calendar.shifted(context.published, "D", int(value)))
    if kind != "Holiday":
        return None if after and after in "ucndvqUgOFMRz" else Timex(TimexType.DATE, value)
    year = context.published.year if context.published else None
    if year is None:
        known = not value.startswith("easter") and value.count("-") == 1
        return Timex(TimexType.DATE, f"XXXX-{value}" if known else "XXXX-XX-XX")
    days = [calendar.holiday(value, year + n) for n in (-1, 0, 1)]
    on = context.published or days[1]
    day = min(days, key=lambda d: abs((d - on).days))
    if ahead and abs((day - on).days) > FAR:
        day = max(d for d in days if d <= on) if ahead < 0 else min(d for d in days if d >= on)
    return Timex(TimexType.DATE, day.isoformat())


def _widened(found: Found, letters: str, page: _Paragraph) -> Found:
    """Take in what bounds an expression: "early", "the end of", "mid-"."""
    match = _BEFORE.search(letters, max(0, found.first - 4), found.first)
    if match is None or found.timex.type not in (TimexType.DATE, TimexType.TIME):
        return found
    word = next(page.lower(i) for i in range(match.start(), found.first) if letters[i] in "mL")
    return Found(match.start(), found.end, found.timex._replace(mod=page.known.mods.get(word)))


def _joined(found: list[Found], page: _Paragraph) -> list[Found]:
    """Join a time of day with the day next to it: "10 p.m. Wednesday", "Friday at noon"."""
    out: list[Found] = []
    for one in found:
        if out and (whole := _both(out[-1], one, page)) is not None:
            out[-1] = whole
        elif not out or one.first >= out[-1].end:
            out.append(one)
    return out


def _both(a: Found, b: Found, page: _Paragraph) -> Found | None:
    between = [page.lower(i) for i in range(a.end, b.first)]
    if (
        len(between) > 2
        or any(w not in (",", "on", "at") for w in between)
        or ("T" in b.timex.value and "T" in a.timex.value)
    ):
        return None
    day, hour = (a, b) if "T" in b.timex.value else (b, a)
    if TimexType.TIME not in (hour.timex.type,) or day.timex.type != TimexType.DATE:
        return None
    if not re.fullmatch(r"[\dX]{4}-[\dX]{2}-[\dX]{2}|[\dX]{4}-W[\dX]{2}-[1-7]", day.timex.value):
        return None
    part = hour.timex.value[hour.timex.value.index("T") :]
    return Found(a.first, b.end, Timex(TimexType.TIME, day.timex.value + part, hour.timex.mod or day.timex.mod))
