"""Numbers with what they count or measure: value or range, unit, thing counted, comparator, increment, base.

Dates, clock times, ordinals and numbers that only name something ("Section 427") are no quantities.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.model import Comparator, Quantity, Span
from kg.reading.qualify.numerals import Lexeme, Numerals, lexemes, numerals, value

if TYPE_CHECKING:
    from kg.ontology import Ontology
    from kg.reading.parse import Parse, Token

_NUMBER: Final = re.compile(
    r"(?P<part>(?:[cn]|A)-?[fF](?!_?\Z)|f(?=[ADO]))"
    r"|(?P<vague>(?:GO)?G)"
    r"|(?P<plain>nn/n|n/n|n(?:-?g)*|(?:A(?=g))?[cg](?:-?[cg]|(?<=g)&c)*)"
)
_DIGITS: Final = re.compile("[ncgGfFo]")
Phrases = dict[str, tuple[tuple[tuple[str, ...], str], ...]]


class Words(NamedTuple):
    """The units, comparators and other words beside numbers, ready for reading."""

    numerals: Numerals
    letters: dict[str, str]
    units: Phrases
    symbols: Phrases
    """Matched with their case."""
    signs: Phrases
    before: Phrases
    """Comparators, by their last word, for reading leftwards."""
    after: Phrases
    more: frozenset[str]
    per: frozenset[str]
    sizes: frozenset[str]
    people: frozenset[str]
    months: frozenset[str]
    labels: frozenset[str]


@cache
def _words(ontology: Ontology) -> Words:
    known = numerals(ontology)
    letters = {"a": "A", "an": "A", "and": "&", "of": "O", "the": "D", "its": "D", "their": "D", "all": "D"}
    letters |= dict.fromkeys(known.cardinals, "c")
    for kind, single, plural in (("kg:ScaleWord", "g", "G"), ("kg:FractionWord", "f", "F")):
        for term in ontology.instances(kind):
            letters |= dict.fromkeys(ontology.values(term, "kg:word"), single)
            letters |= dict.fromkeys(ontology.values(term, "kg:pluralWord"), plural)

    def phrases(kinds: tuple[str, ...], word: str, name: str, first: int = 0) -> Phrases:
        found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for kind in kinds:
            for term in ontology.instances(kind):
                for phrase in ontology.values(term, word):
                    parts = tuple(phrase[x.start : x.end] for x in lexemes(phrase, 0, len(phrase)))
                    found.setdefault(parts[first], []).append((parts, ontology.value(term, name) or ""))
        return {w: tuple(sorted(some, key=lambda p: (-len(p[0]), p))) for w, some in found.items()}

    def flat(kind: str) -> frozenset[str]:
        return frozenset(w for term in ontology.instances(kind) for w in ontology.values(term, "kg:word"))

    units = ("kg:UnitOfMeasure", "kg:Currency")
    return Words(
        known,
        letters,
        phrases(units, "kg:word", "kg:unitName"),
        phrases(units, "kg:symbol", "kg:unitName"),
        phrases(("kg:Currency",), "kg:sign", "kg:unitName", -1),
        phrases(("kg:Comparator",), "kg:word", "kg:comparator", -1),
        phrases(("kg:Comparator",), "kg:wordAfter", "kg:comparator"),
        flat("kg:IncrementWord"),
        flat("kg:PerWord"),
        flat("kg:SizeWord"),
        flat("kg:PersonCount"),
        flat("kg:Month"),
        flat("kg:NumberlessHead"),
    )


def quantities(parse: Parse, ontology: Ontology) -> tuple[Quantity, ...]:
    """Find the quantities of a document, in text order, numbered "q1", "q2" and so on."""
    known = _words(ontology)
    starts = [token.start for token in parse.tokens]
    out: list[Quantity] = []
    for paragraph in parse.paragraphs:
        cut = lexemes(parse.document.text, paragraph.start, paragraph.end)
        reader = _Paragraph(parse, cut, known, starts, _spell(cut, known))
        if _DIGITS.search(reader.letters):
            for draft in reader.read():
                out.append(draft.quantity(f"q{len(out) + 1}", reader))
    return tuple(out)


def _spell(cut: list[Lexeme], known: Words) -> str:
    table = known.letters
    return "".join(
        table.get(x.lower, "_") if x.shape == "word"
        else "n" if x.shape == "number" else "o" if x.shape == "ordinal"
        else x.lower if x.lower in "-/" else "_"
        for x in cut
    )  # fmt: skip


class _Draft(NamedTuple):
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

    def quantity(self, id: str, page: _Paragraph) -> Quantity:
        """Turn places into characters."""
        start, end = page.cut[self.first].start, page.cut[self.end - 1].end
        text = page.parse.document.text
        thing = base = None
        if self.thing:
            span = page.parse.span(*self.thing)
            thing, start, end = span.of(text), min(start, span.start), max(end, span.end)
        if self.base:
            base = page.parse.text(*self.base).removeprefix("of ")
        low, high = self.low, self.high
        if self.comparator in (Comparator.MORE_THAN, Comparator.AT_LEAST, Comparator.JUST_OVER) and low == high:
            high = None
        elif self.comparator in (Comparator.LESS_THAN, Comparator.AT_MOST) and low == high:
            low = None
        unit = self.unit
        if unit is None and thing and thing.split()[-1].lower() in page.known.people:
            unit = "person"
        return Quantity(id, Span(start, end), low, high, unit, thing, self.comparator, self.increment, base)


class _Paragraph(NamedTuple):
    parse: Parse
    cut: list[Lexeme]
    known: Words
    starts: list[int]
    letters: str

    def lower(self, i: int) -> str:
        return self.cut[i].lower if 0 <= i < len(self.cut) else ""

    def raw(self, i: int) -> str:
        return self.parse.document.text[self.cut[i].start : self.cut[i].end] if 0 <= i < len(self.cut) else ""

    def token(self, i: int) -> Token:
        return self.parse.tokens[max(bisect_right(self.starts, self.cut[i].start) - 1, 0)]

    def read(self) -> list[_Draft]:
        """Read the numbers from left to right and join the two ends of a range."""
        out: list[_Draft] = []
        at = 0
        while match := _NUMBER.search(self.letters, at):
            at = match.end()
            draft = self._measured(match)
            if draft is None:
                continue
            at = max(at, draft.end)
            if out and (whole := self._range(out[-1], draft)) is not None:
                out[-1] = whole
            else:
                out.append(draft)
        found = [d for d in (self._finished(d) for d in out) if d is not None]
        return sorted([*found, *self._parallels()], key=lambda d: (d.first, d.end))

    def _parallels(self) -> list[_Draft]:
        """Read degrees of latitude: "the 44th parallel" measures, as no other ordinal does."""
        out = []
        for i, lexeme in enumerate(self.cut[:-1]):
            if lexeme.shape == "ordinal" and self.lower(i + 1) == "parallel":
                number = float(lexeme.lower[:-2])
                out.append(_Draft(i, i + 2, number, number, "degree of latitude"))
        return out

    def _measured(self, match: re.Match[str]) -> _Draft | None:
        """Read a number with the unit or currency beside it."""
        first, end = match.span()
        kind = match.lastgroup
        words = [x.lower for x in self.cut[first:end]]
        if kind == "vague":
            scales = [self.known.numerals.scales.get(w) or self._plural(w) for w in words if w != "of"]
            low = 1.0
            for scale in scales:
                low *= scale
            return _Draft(first, end, low, low * 10, comparator=Comparator.VAGUE)
        if kind == "part":
            return self._fraction(first, end, words)
        number = self._number(words)
        if number is None or words[0] in ("k", "m", "bn") or self._no_number(first, end):
            return None
        sign, start = self._sign(first)
        if sign and self.raw(end) in ("m", "M", "b", "B", "k", "K") and self.cut[end].start == self.cut[end - 1].end:
            number *= {"m": 1e6, "b": 1e9, "k": 1e3}[self.lower(end)]
            end += 1
        if not sign and self._millions(end):
            number *= 1e6
            end += 1
        if self._negative(first):
            start, number = first - 1 - (self.lower(first - 2) == "minus"), -number
        draft = _Draft(start, end, number, number, sign)
        unit, end = self._unit(end, sign)
        if not unit:
            return draft
        return draft._replace(end=end, unit=unit if not sign else self._per(sign, unit))

    def _millions(self, end: int) -> bool:
        """Tell "2.7m tonnes" from "2.7m"."""
        if self.lower(end) != "m" or self.cut[end].start != self.cut[end - 1].end or end + 1 >= len(self.cut):
            return False
        named, _ = self._named(end + 1)
        return named is not None or self.lower(end + 1) == "of" or self.token(end + 1).tag in ("NNS", "JJ", "VBN")

    def _negative(self, first: int) -> bool:
        if self.lower(first - 1) == "minus" or self.lower(first - 2) == "minus":
            return self.lower(first - 1) in ("minus", "-")
        if self.lower(first - 1) not in ("-", "−") or self.cut[first - 1].end != self.cut[first].start:
            return False
        at = self.cut[first - 1].start
        return at == 0 or self.parse.document.text[at - 1] in " (\n"

    @staticmethod
    def _per(sign: str, unit: str) -> str:
        return sign + unit[unit.index(" per ") :] if " per " in unit else sign

    def _plural(self, word: str) -> float:
        table = self.known.numerals.scales
        return {"tens": 10.0, "scores": 20.0}.get(word) or table.get(word.removesuffix("s"), 1.0)

    def _number(self, words: list[str]) -> float | None:
        if "/" in words:
            numbers = [float(w.replace(",", "")) for w in words if w != "/"]
            if not numbers[-1]:
                return None
            return (numbers[0] if len(numbers) == 3 else 0.0) + numbers[-2] / numbers[-1]
        return value(words, self.known.numerals)

    def _fraction(self, first: int, end: int, words: list[str]) -> _Draft | None:
        word = words[-1]
        single = self.known.numerals.fractions.get(word) or self.known.numerals.fractions.get(word.removesuffix("s"))
        if word == "halves":
            single = 0.5
        if single is None or (word in ("quarter", "quarters") and self.lower(end) not in ("of", "-")):
            return None
        if words[0] in ("a", "an") and word != "half" and self.lower(end) != "of":
            return None
        number = value([w for w in words[:-1] if w != "-"], self.known.numerals) or 1.0
        return _Draft(first, end, number * single, number * single, fraction=True)

    def _no_number(self, first: int, end: int) -> bool:
        """Tell a date, a clock time, a name's number or a pronoun from a count."""
        before, after = self.lower(first - 1), self.lower(end)
        word = self.lower(first)
        if word == "one" and end == first + 1:
            token = self.token(first)
            noun = token.head > token.i and token.dep == "nummod" and after != "-"
            return not (noun or (after == "of" and before not in ("no", "any", "every", "each")))
        if before in self.known.months or (before == "." and self.lower(first - 2) in self.known.months):
            return len(word) <= 2 or (len(word) == 4 and word.isdigit())
        if after in self.known.months and len(word) <= 2:
            return True
        if before == "," and len(word) == 4 and word.isdigit() and len(self.lower(first - 2)) <= 2:
            return True
        if (before in (":", "#") and self.cut[first - 1].end == self.cut[first].start) or after in (
            "am",
            "pm",
            "a.m.",
            "p.m.",
            "a.m",
            "p.m",
        ):
            return True
        if self.letters[first] != "n":
            return False
        sign, _ = self._sign(first)
        unit, _ = self._unit(end, None)
        if sign or unit:
            return False
        glued = first > 0 and self.cut[first - 1].end == self.cut[first].start
        if glued and self.raw(first - 1)[-1:].isalpha():
            return True
        if glued and before == "-" and first > 1 and self.raw(first - 2)[-1:].isalpha():
            return True
        if before in self.known.labels:
            return True
        token = self.token(first)
        counts = token.dep == "nummod" and token.head > token.i
        named = counts and self.parse.tokens[token.head].pos == "PROPN"
        if (not counts or named) and first > 0 and self.token(first - 1).tag in ("NNP", "NNPS"):
            return True
        if self._score(first, end):
            return True
        year = end == first + 1 and word.isdigit() and len(word) == 4 and "1400" <= word < "2150"
        return year and not (counts and self.parse.tokens[token.head].tag == "NNS" and token.ent != "DATE")

    def _score(self, first: int, end: int) -> bool:
        """Tell the result of a game, "2-0", from a range."""
        for a, dash, b in ((first, end, end + 1), (first - 2, first - 1, first)):
            if self.lower(dash) == "-" and self.lower(a).isdigit() and self.lower(b).isdigit():
                unit, _ = self._unit(b + 1, None)
                if unit is None and int(self.lower(a)) >= int(self.lower(b)):
                    return True
        return False

    def _sign(self, first: int) -> tuple[str | None, int]:
        for parts, name in self.known.signs.get(self.raw(first - 1), ()):
            start = first - len(parts)
            if start >= 0 and all(self.raw(start + n) == p for n, p in enumerate(parts)):
                return name, start
        code = self.lower(first - 1)
        if len(code) == 3 and self.raw(first - 1).isupper():
            for parts, name in self.known.units.get(code, ()):
                if len(parts) == 1 and name == code.upper():
                    return name, first - 1
        return None, first

    def _unit(self, end: int, sign: str | None) -> tuple[str | None, int]:
        """Read a unit after a number, and what it is counted by: "miles per hour", "a barrel"."""
        at = end + (self.lower(end) == "-")
        name, stop = self._named(at)
        if name is None and not sign:
            return None, end
        stop = stop if name else end
        if self.lower(stop) in self.known.per and not (name is None and self.lower(stop) in ("a", "an") and not sign):
            below = self._below(stop + 1)
            if below and self.lower(below[1]) not in ("ago", "earlier", "later", "before"):
                return f"{name or sign} per {below[0]}", below[1]
        return name or sign, stop

    def _named(self, at: int) -> tuple[str | None, int]:
        best: tuple[str | None, int] = (None, at)
        for table, spell in ((self.known.symbols, self.raw), (self.known.units, self.lower)):
            for parts, name in table.get(spell(at), ()):
                stop = at + len(parts)
                if stop > best[1] and all(spell(at + n) == p for n, p in enumerate(parts)):
                    best = name, stop
                    break
        return best

    def _below(self, at: int) -> tuple[str, int] | None:
        name, stop = self._named(at)
        if name:
            return name, stop
        if at < len(self.cut) and self.cut[at].shape == "word" and self.lower(at - 1) in ("per", "a", "an"):
            token = self.token(at)
            if token.tag == "NN" and (self.lower(at - 1) == "per" or token.lower in ("share", "piece", "head")):
                return token.lemma, at + 1
        return None

    def _range(self, a: _Draft, b: _Draft) -> _Draft | None:
        """Join "45,000 to 48,000", "between $62 and $68", "15-22 mph"; a unit or scale said once holds for both."""
        between = [x.lower for x in self.cut[a.end : b.first]]
        opened = self.lower(a.first - 1) == "between"
        if between not in (["to"], ["-"], ["–"]) and not (opened and between == ["and"]):
            return None
        if a.low is None or b.low is None or a.fraction or b.fraction:
            return None
        if a.unit and not (b.unit and b.unit.startswith(a.unit)):
            return None
        low, high = a.low, b.low
        last = self.lower(b.end - 1) if not b.unit else ""
        words = [self.lower(i) for i in range(b.first, b.end)]
        scale = next((self.known.numerals.scales[w] for w in words if w in self.known.numerals.scales), None)
        own = any(self.lower(i) in self.known.numerals.scales for i in range(a.first, a.end))
        if scale and not own and low < high / scale:
            low *= scale
        if between == ["-"] and not (b.unit or a.unit) and (low >= high or self._noun(b) is None) and last != "":
            return None
        first = a.first - opened
        return _Draft(first, b.end, min(low, high), max(low, high), b.unit or a.unit, Comparator.RANGE, False)

    def _noun(self, draft: _Draft) -> Token | None:
        """Find the noun that a number stands with."""
        token = self.token(draft.end - 1)
        while token.dep in ("nummod", "quantmod", "compound", "pobj", "prep", "conj", "nmod") and (
            token.pos in ("NUM", "SYM", "ADP") or token.lower in self.known.numerals.scales
        ):
            head = self.parse.tokens[token.head]
            if head.i == token.i:
                return None
            if head.i > token.i and head.pos in ("NOUN", "PROPN", "ADJ"):
                return head
            if head.pos != "NUM":
                return None
            token = head
        return None

    def _finished(self, draft: _Draft) -> _Draft | None:
        """Add the comparator, the increment, the size word, the thing counted and a fraction's base."""
        noun = self._noun(draft) if draft.unit is None else None
        number = self.token(draft.end - 1).i
        draft = self._compared(draft)
        if self.lower(draft.end) in self.known.more and draft.unit is None:
            draft = draft._replace(end=draft.end + 1, increment=True)
        elif self.lower(draft.first - 1) in self.known.more:
            draft = draft._replace(first=draft.first - 1, increment=True)
        at = draft.end + (self.lower(draft.end) == "-")
        if self.lower(at) == "strong":
            return draft._replace(end=at + 1, unit="person")
        if draft.unit and self.lower(at) in self.known.sizes:
            return draft._replace(end=at + 1)
        if self.lower(draft.end) == "of" and (draft.unit or draft.fraction or draft.comparator is Comparator.VAGUE):
            return self._of(draft)
        if self.lower(draft.end) == "of" and draft.low == 1:
            return self._of(draft)
        if noun is not None:
            start = number + 1
            for i in range(start, noun.i):
                token = self.parse.tokens[i]
                if token.pos in ("PUNCT", "CCONJ", "NUM", "SYM", "ADP") or token.lower in self.known.more:
                    start = i + 1
            return draft._replace(thing=(min(start, noun.i), noun.i + 1))
        return draft

    def _of(self, draft: _Draft) -> _Draft:
        """Read "hundreds of people", "two-thirds of a total of 55,000", "20 percent of sales"."""
        tokens = self.parse.tokens
        of = self.token(draft.end)
        inner = next((tokens[c] for c in of.children if tokens[c].dep == "pobj"), None)
        if inner is None:
            return draft
        if draft.comparator is Comparator.VAGUE or draft.low == 1:
            first = inner.left + (tokens[inner.left].pos == "DET" and inner.left < inner.i)
            return draft._replace(thing=(first, inner.i + 1))
        if draft.fraction or draft.unit == "percent":
            last = inner.i
            while last < inner.right and tokens[last + 1].pos not in ("PUNCT", "CCONJ", "SCONJ", "PRON"):
                last += 1
            first = inner.left + (tokens[inner.left].lower == "of")
            return draft._replace(base=(first, last + 1))
        return draft

    def _compared(self, draft: _Draft) -> _Draft:
        for parts, name in self.known.before.get(self.lower(draft.first - 1), ()):
            start = draft.first - len(parts)
            if start >= 0 and all(self.lower(start + n) == p for n, p in enumerate(parts)):
                keep = draft.comparator in (Comparator.RANGE, Comparator.VAGUE)
                return draft._replace(first=start, comparator=draft.comparator if keep else Comparator(name))
        for parts, name in self.known.after.get(self.lower(draft.end), ()):
            if all(self.lower(draft.end + n) == p for n, p in enumerate(parts)):
                return draft._replace(end=draft.end + len(parts), comparator=Comparator(name))
        return draft
