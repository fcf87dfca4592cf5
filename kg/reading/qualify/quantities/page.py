"""A paragraph as its quantities are read: lexemes with one letter each, and the units and signs at a place."""

from __future__ import annotations

from bisect import bisect_right
from typing import Final, NamedTuple

from kg.model import Comparator, Span
from kg.reading.parse import Parse, Token
from kg.reading.qualify.numerals import Lexeme
from kg.reading.qualify.quantities.words import Words

_SHAPES: Final = {"number": "n", "ordinal": "o"}
_MARKS: Final = {"-": "-", "–": "-", "/": "/", "⁄": "/"}
_SCALES: Final = {"m": 1e6, "b": 1e9, "k": 1e3}
_DISTANCES: Final = frozenset(["ago", "earlier", "later", "before"])


class Draft(NamedTuple):
    """A quantity while it is read; places are lexemes of the paragraph."""

    first: int
    end: int
    low: float | None
    high: float | None
    unit: str | None = None
    comparator: Comparator = Comparator.EXACT
    increment: bool = False
    thing: tuple[int, int] | None = None
    """Half-open token range."""
    base: tuple[int, int] | None = None
    fraction: bool = False
    partitive: bool = False
    """The thing is the whole of which so many are: "one of the tasks"."""


def spell(cut: list[Lexeme], known: Words) -> str:
    """Write a paragraph as one letter for each lexeme: "n" digits, "c" number words, "_" all others."""
    table = known.letters
    return "".join(
        table.get(x.lower, "_") if x.shape == "word" else _SHAPES.get(x.shape) or _MARKS.get(x.lower, "_") for x in cut
    )


class Paragraph(NamedTuple):
    """A paragraph's lexemes and letters beside the parse, and the currency that a bare "$" stands for."""

    parse: Parse
    cut: list[Lexeme]
    known: Words
    starts: list[int]
    letters: str
    dollar: str

    def lower(self, i: int) -> str:
        """Lexeme at a place, or "" outside the paragraph."""
        return self.cut[i].lower if 0 <= i < len(self.cut) else ""

    def raw(self, i: int) -> str:
        """Lexeme at a place with its case, or ""."""
        return self.parse.document.text[self.cut[i].start : self.cut[i].end] if 0 <= i < len(self.cut) else ""

    def letter(self, i: int) -> str:
        """Letter of a place, or ""."""
        return self.letters[i] if 0 <= i < len(self.letters) else ""

    def glued(self, i: int) -> bool:
        """Tell whether nothing stands between a lexeme and the one before it."""
        return 0 < i < len(self.cut) and self.cut[i - 1].end == self.cut[i].start

    def token(self, i: int) -> Token:
        """The parse's token that a lexeme lies in."""
        return self.parse.tokens[max(bisect_right(self.starts, self.cut[i].start) - 1, 0)]

    def place(self, character: int) -> int:
        """First lexeme at or after a character."""
        return bisect_right(self.cut, character - 1, key=lambda x: x.start)

    def words(self, sentence: int) -> frozenset[str]:
        """Lower-case words and lemmas of a sentence."""
        s = self.parse.sentences[sentence]
        tokens = self.parse.tokens[s.first : s.end]
        return frozenset(t.lower for t in tokens) | frozenset(t.lemma for t in tokens)

    # ------------------------------------------------------------------ units at a place

    def named(self, at: int) -> tuple[str | None, int]:
        """Read a unit's words or symbol at a place: its name and where it ends."""
        best: tuple[str | None, int] = (None, at)
        for table, spelt in ((self.known.symbols, self.raw), (self.known.units, self.lower)):
            entries = table.get(spelt(at), ())
            for parts, name in entries:
                stop = at + len(parts)
                if stop > best[1] and all(spelt(at + n) == p for n, p in enumerate(parts)):
                    same = [other for others, other in entries if others == parts]
                    best = (name if len(same) == 1 else self._meant(same, at)), stop
                    break
        return best

    def _meant(self, names: list[str], at: int) -> str:
        """Choose among units that share a word, by the words of the sentence; else the one that needs none."""
        here = self.words(self.token(at).sent)
        contexts = self.known.contexts
        best = max(names, key=lambda name: len(here & contexts.get(name, frozenset())))
        if here & contexts.get(best, frozenset()):
            return best
        return min(names, key=lambda name: (name in contexts, name.isupper()))

    def sign(self, first: int) -> tuple[str | None, int]:
        """Read a sign or code of money before a number, or words that tell the unit: "US$", "RM", "aged"."""
        for parts, name in self.known.signs.get(self.raw(first - 1), ()):
            start = first - len(parts)
            if start >= 0 and all(self.raw(start + n) == p for n, p in enumerate(parts)):
                return (self.dollar if parts == ("$",) else name), start
        code = self.lower(first - 1)
        if len(code) == 3 and self.raw(first - 1).isupper():
            for parts, name in self.known.units.get(code, ()):
                if len(parts) == 1 and name == code.upper():
                    return name, first - 1
        return None, first

    def lead(self, first: int) -> str | None:
        """Unit that the words before a number tell: "aged", "the age of"."""
        for parts, name in self.known.leads.get(self.lower(first - 1), ()):
            if all(self.lower(first - len(parts) + n) == p for n, p in enumerate(parts)):
                return name
        return None

    def scale(self, end: int, signed: bool) -> float:
        """Read "m", "bn" or "B" after a number: of money, or before what is counted ("2.7m tonnes")."""
        raw = self.raw(end)
        if self.lower(end) not in _SCALES or len(raw) > 1:
            return 1.0
        glued = self.glued(end)
        if not (glued or raw == "B") or (raw == "k" and not signed):
            return 1.0
        if not signed and not self._counts(end + 1):
            return 1.0
        return _SCALES[self.lower(end)] if signed or raw in "mMB" else 1.0

    def _counts(self, at: int) -> bool:
        if at >= len(self.cut):
            return False
        name, _ = self.named(at)
        return name is not None or self.lower(at) == "of" or self.token(at).tag in ("NNS", "JJ", "VBN")

    def unit(self, end: int, sign: str | None) -> tuple[str | None, int]:
        """Read a unit after a number, and what it is counted by: "miles per hour", "a barrel", "a-day"."""
        at = end + (self.lower(end) == "-")
        name, stop = self.named(at)
        if (
            name is not None
            and self.known.signs.get(self.raw(at))
            and (stop < len(self.cut) and self.letter(stop) == "n")
        ):
            name = None  # the sign of the number that follows
        if name is None and not sign:
            return None, end
        stop = stop if name else end
        rate = self.rate(stop)
        return (f"{name or sign} per {rate[0]}", rate[1]) if rate else (name or sign, stop)

    def rate(self, at: int) -> tuple[str, int] | None:
        """Read what comes after "per", "a" or "/": the unit or noun, and where it ends."""
        at += self.lower(at) == "-" and self.lower(at + 1) in self.known.per
        if self.lower(at) not in self.known.per:
            return None
        at += 1 + (self.lower(at + 1) == "-")
        name, stop = self.named(at)
        if name is None:
            token = self.token(at) if at < len(self.cut) else None
            if token is None or token.tag != "NN" or self.lower(at - 1) not in ("per", "a", "an"):
                return None
            if self.lower(at - 1) != "per" and token.lower not in ("share", "piece", "head"):
                return None
            name, stop = token.lemma, at + 1
        return None if self.lower(stop) in _DISTANCES or name.isupper() else (name, stop)

    def span(self, draft: Draft) -> Span:
        """Characters of a draft, with the thing counted."""
        start, end = self.cut[draft.first].start, self.cut[draft.end - 1].end
        if draft.thing and not draft.partitive and (thing := self.parse.span(*draft.thing)).end > start:
            start, end = min(start, thing.start), max(end, thing.end)
        return Span(start, end)
