"""Text to lexemes and numerals: the number words, digits and shapes that times and quantities are read from.

The lexemes are finer and steadier than a parser's tokens ("25km-wide" is "25", "km", "-", "wide"), so that one
grammar reads them whatever the tokenizer did.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from kg.ontology import Ontology

_LEXEME: Final = re.compile(
    r"""
      (?P<iso>(?<!\d)[12]\d{3}-[01]\d-[0-3]\d(?!\d))
    | (?P<slash>(?<![\d/])[0-3]?\d/[0-3]?\d/(?:[12]\d)?\d\d(?![\d/]))
    | (?P<clock>(?<![\d:.])[0-2]?\d:[0-5]\d(?::[0-5]\d)?(?![\d:]))
    | (?P<decade>['’]?(?:\b1\d|\b20|\b|(?<=['’]))\d0['’]?s\b)
    | (?P<ordinal>\d+(?:st|nd|rd|th)\b)
    | (?P<number>\d+(?:\.\d+)?\s?[×x*]\s?10(?:\^[-−–]?|[-−–])\d+
        |\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|(?<![\w.])\.\d+)
    | (?P<meridiem>\b[ap]\.\s?m\b\.?|(?<=\d)[ap]m\b|\b[ap]m\b)
    | (?P<word>[^\W\d_]+)
    | (?P<mark>[^\s\w]|_)
    """,
    re.VERBOSE | re.IGNORECASE,
)


class Lexeme(NamedTuple):
    """A word, number or mark: its characters in the text, its text in lower case, its shape."""

    start: int
    end: int
    lower: str
    shape: str
    """"word", "number", "ordinal", "clock", "decade", "iso", "slash", "meridiem" or "mark"."""


@lru_cache(maxsize=512)
def lexemes(text: str, start: int, end: int) -> list[Lexeme]:
    """Cut a stretch of text into lexemes.

    >>> [x.lower for x in lexemes("a 25km-wide zone, 5,000 more", 0, 28)]
    ['a', '25', 'km', '-', 'wide', 'zone', ',', '5,000', 'more']
    """
    return [
        Lexeme(m.start(), m.end(), m.group().lower(), m.lastgroup or "mark") for m in _LEXEME.finditer(text, start, end)
    ]


class Numerals(NamedTuple):
    """The number words of the ontology, each with its value."""

    cardinals: Mapping[str, float]
    """"one" to "ninety"."""
    scales: Mapping[str, float]
    """"hundred", "thousand", "million", also "bn"."""
    ordinals: Mapping[str, float]
    fractions: Mapping[str, float]
    """"half", "third", "quarter"."""
    multiples: Mapping[str, float]
    """"twice", "tenfold"."""


@cache
def numerals(ontology: Ontology) -> Numerals:
    """Collect the number words of an ontology."""

    def words(kind: str) -> dict[str, float]:
        return {
            word: float(ontology.value(term, "kg:number") or 0)
            for term in ontology.instances(kind)
            for word in ontology.values(term, "kg:word")
        }

    kinds = ("kg:CardinalWord", "kg:ScaleWord", "kg:OrdinalWord", "kg:FractionWord", "kg:MultipleWord")
    return Numerals(*(words(kind) for kind in kinds))


_POWER: Final = re.compile(r"\s?[×x*]\s?10\^?")


def _digits(word: str) -> float:
    """Read digits: "5,000", ".5", "1.5×10^8"."""
    plain, *power = _POWER.split(word.replace(",", "").replace("−", "-").replace("–", "-"))
    return float(f"{plain}e{power[0]}" if power else plain)


def value(words: Sequence[str], known: Numerals) -> float | None:
    """Read a numeral: "twenty-four", "a hundred and fifty thousand", "1.6 billion", "2 1/2"; None if it is none."""
    total = current = 0.0
    seen = False
    for word in words:
        if word[0].isdigit() or word[0] == ".":
            number = _digits(word)
            if seen and current:
                return None
            current += number
        elif word in known.cardinals:
            current += known.cardinals[word]
        elif word in known.scales:
            scale = known.scales[word]
            if scale == 100:
                current = (current or 1) * scale
            else:
                total, current = total + (current or 1) * scale, 0.0
        elif word in ("a", "an") and not seen:
            continue
        elif word not in ("and", "-"):
            return None
        seen = True
    return total + current if seen else None
