# ruff: noqa: E501
"""What an expression of time looks like: one letter for the class of each word, and patterns over the letters.

A paragraph becomes a string with a letter for every lexeme ("last two weeks" is "<cU"), so the patterns are short,
quick and independent of the tokenizer. Patterns are written with the names of the classes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple

from kg.ontology import Ontology, local
from kg.reading.qualify.numerals import Lexeme, Numerals, numerals

_CLASSES: Final = {
    "ISO": "i", "SLASH": "s", "CLOCK": "x", "AMPM": "a", "DECADE": "X", "YEAR": "Y", "DNUM": "d", "ORD": "[oz]",
    "CARD": "[ndYcz]", "WORDNUM": "c", "SCALE": "g", "MONTH": "j", "WEEKDAY": "W", "WEEKDAYS": "w", "SEASON": "S", "PART": "P",
    "PARTS": "p", "QUARTER": "q", "HALF": "H", "UNIT": "[uzq]", "UNITS": "U", "ANY": "[uzqU]", "DIR": "[<=>]", "LAST": "<",
    "THIS": "=", "NEXT": ">", "BOUND": "m", "VAGUE": "v", "NAMED": "t", "FREQ": "f", "THE": "D", "A": "A", "THAT": "J", "OF": "O",
    "AND": "&", "TO": "[T|-]", "EACH": "e", "AGO": "G", "LATER": "L", "COUPLE": "C", "FISCAL": "F", "PERIOD": "R",
    "AHEAD": "K", "OLD": "l", "MOD": "M", "LATEST": "Z", "OTHER": "E", "ZONE": "y",
}  # fmt: skip
_NUMBER: Final = (
    r"(?:(?:A(?=SCALE))?(?:CARD-?(?=WORDNUM|SCALE)|SCALE AND?(?=CARD|SCALE))*(?:CARD|SCALE)(?:DNUM/DNUM|AND A HALF)?)"
)
_COUNT: Final = rf"(?:{_NUMBER}(?:TO {_NUMBER})?|A?VAGUE(?=MOD*UNITS)|A?COUPLE(?:OF)?)"
_SPELT: Final = r"WORDNUM(?:-?(?:WORDNUM|SCALE)){1,3}"

_PATTERNS: Final = {
    "iso": r"ISO|SLASH",
    "weekof": r"THE?UNIT OF MONTH\.?(?:DNUM|ORD)(?:,?YEAR)?",
    "date": r"(?:THE?DIR{0,2}WEEKDAY,?|DIR)?(?:MONTH(?:\.?(?:DNUM|ORD)|WORDNUM(?!WORDNUM|-))(?:,?(?:YEAR|SPELT))?"
    r"|THE?(?:DNUM|ORD)OF?MONTH\.?(?:,?YEAR)?)",
    "month": r"(?:THE?DIR{1,2})?MONTH\.?(?:,?OF?YEAR|,?OF?DIR UNIT|,?SPELT)?",
    "weekdays": r"EACH WEEKDAY PART?|WEEKDAY PARTS|WEEKDAYS PARTS?|EACH(?:PART|MONTH|SEASON)",
    "weekday": r"(?:THE|A)?DIR{0,2}WEEKDAY(?:\.?PART)?",
    "clock": r"(?:CLOCK|DNUM|WORDNUM)-?AMPM ZONE?|CLOCK ZONE?|[Yn]ZONE",
    "daypart": r"(?:THE?DIR)?BOUND?-?PART|NAMED PART?|THE BOUND?PART",
    "yearago": r"THE?UNIT-(?:AGO|LATER)(?!-?(?:QUARTER|HALF|PERIOD|ORD))|THE YEAR-?(?:QUARTER|PERIOD)|THE?MOD*UNIT-?(?:AGO|LATER)-?(?:(?:QUARTER|HALF|PERIOD)|ORD-?QUARTER)|THE?MOD*PERIOD(?:DIR UNIT|A UNIT(?:AGO|LATER))"
    r"|THE?QUARTER A UNIT AGO|THE?DIR UNIT'?MOD*QUARTER",
    "ago": r"COUNT MOD*ANY-?(?:AGO|LATER)|A MOD*UNIT-?(?:AGO|LATER)|UNITS(?:AGO|LATER)|UNIT-?(?:AGO|LATER)",
    "quarter": r"(?:THE?DIR UNIT'?|(?:THE|A)?(?:YEAR|MOD)*)FISCAL?-?ORD-?(?:YEAR)?(?:QUARTER|HALF)(?:OF(?:THE?DIR?FISCAL?(?:YEAR|UNIT)))?",
    "fiscal": r"THE?DIR*FISCAL-?(?:YEAR|ORD?-?UNIT)",
    "during": r"THE?(?:DIR|ORD|LATEST)COUNT MOD*ANY|THE COUNT MOD*UNITS|THE?DIR UNITS|THE UNITS AHEAD?",
    "rate": r"EACH(?:COUNT|OTHER)?MOD*ANY",
    "relative": r"(?:THE|THAT)?(?:DIR|LATEST)+MOD*(?:UNIT|PERIOD)|THE?DIR+SEASON",
    "nth": r"(?:THE|A)?ORD-?MOD*UNIT",
    "duration": r"COUNT-?MOD*-?ANY(?:-?OLD)?(?:AND A HALF)?|A UNIT AND A HALF|HALF A?UNIT|HALF-UNIT",
    "one": r"A MOD*UNIT",
    "season": r"THE?SEASON(?:OF?YEAR|OF?DIR UNIT|OF SPELT)|THE SEASON|SEASON",
    "decade": r"THE?DECADE",
    "yearnamed": r"THE (?:YEAR|SPELT)UNIT|THE UNIT(?:YEAR|SPELT)",
    "the": r"(?:THE|THAT)MOD*(?:UNIT|PERIOD)",
    "frequency": r"FREQ",
    "plural": r"UNITS AHEAD?",
    "spelt": r"SPELT",
    "year": r"YEAR",
    "bound": r"UNIT-?BOUND",
}
"""Kinds of expression, the most particular first."""


def _compiled() -> re.Pattern[str]:
    def letters(pattern: str) -> str:
        whole = pattern.replace("COUNT", _COUNT).replace("SPELT", _SPELT).replace("NUMBER", _NUMBER)
        return re.sub(r"[A-Z]{2,}|\bA\b|A(?=\?)", lambda m: _CLASSES[m[0]], whole).replace(" ", "")

    return re.compile("|".join(f"(?P<{name}>{letters(p)})" for name, p in _PATTERNS.items()))


_PATTERN: Final = _compiled()
_WORD_CLASSES: Final = {
    "kg:Month": "j", "kg:Weekday": "W", "kg:Season": "S", "kg:PartOfDay": "P", "kg:TemporalUnit": "u", "kg:PartOfPeriod": "m",
    "kg:VagueCount": "v", "kg:Frequency": "f", "kg:NamedDay": "t", "kg:CardinalWord": "c", "kg:ScaleWord": "g",
    "kg:OrdinalWord": "o", "kg:DecadeWord": "X",
}  # fmt: skip
_PLURAL_LETTER: Final = {"W": "w", "P": "p", "u": "U", "S": "S", "g": "g"}
_DIRECTION_LETTER: Final = {"-1": "<", "0": "=", "+1": ">"}
_SHAPE_LETTER: Final = {
    "iso": "i",
    "slash": "s",
    "clock": "x",
    "decade": "X",
    "meridiem": "a",
    "ordinal": "o",
}
_MARK_LETTER: Final = {"-": "-", "–": "-", ",": ",", ".": ".", "/": "/", "'": "'", "’": "'"}
_FUNCTION_WORDS: Final = {
    "D": "the its their our his her", "A": "a an", "J": "that", "O": "of", "&": "and", "T": "to", "|": "or", "e": "each every",
    "G": "ago", "L": "later earlier hence", "C": "couple pair", "H": "half", "F": "fiscal fy", "R": "period",
    "K": "ahead", "l": "old long", "Z": "latest", "E": "other", "y": "gmt utc est edt pst pdt cst cdt et bst cet",
    "M": "full whole entire trading working business calendar additional more comparable corresponding same consecutive straight "
    "complete successive tumultuous budget",
}  # fmt: skip
"""Words that only hold an expression together, by letter: grammar, not vocabulary."""
CAPITALISED: Final = frozenset("jWw")
"""Letters of words that only count with a capital: "March", "Mon"."""


class Words(NamedTuple):
    """The words of time of an ontology, ready for reading."""

    letters: dict[str, str]
    """Word → letter of its class."""
    timex: dict[str, dict[str, str]]
    """Letter (singular) → word → its part of the TIMEX3 value."""
    phrases: dict[str, tuple[tuple[tuple[str, ...], str, str], ...]]
    """First word → phrases (all words, class, value), longest first."""
    mods: dict[str, str]
    """"early" → "START"."""
    numerals: Numerals
    ahead: frozenset[str]
    """Lemmas whose infinitive lies ahead: "was due to meet Monday", "a plan to vote in May"."""
    scheduling: frozenset[str]
    """Lemmas of verbs whose own time lies ahead: "an election set for May"."""


class Match(NamedTuple):
    """An expression found: its kind, its lexemes (indices in the paragraph) and their letters."""

    kind: str
    first: int
    end: int
    letters: str


@cache
def words(ontology: Ontology) -> Words:
    """Collect the words of time of an ontology."""
    letters: dict[str, str] = {}
    timex: dict[str, dict[str, str]] = {}
    for kind, letter in _WORD_CLASSES.items():
        for term in ontology.instances(kind):
            value = ontology.value(term, "kg:timex") or ontology.value(term, "kg:number") or ""
            plurals = ontology.values(term, "kg:pluralWord")
            for word in [*ontology.values(term, "kg:word"), *plurals]:
                letters[word] = _PLURAL_LETTER[letter] if word in plurals else letter
                timex.setdefault(letter, {})[word] = value
    for term in ontology.instances("kg:Direction"):
        value = ontology.value(term, "kg:timex") or "0"
        letters.update(dict.fromkeys(ontology.values(term, "kg:word"), _DIRECTION_LETTER[value]))
    letters.update({word: letter for letter, some in _FUNCTION_WORDS.items() for word in some.split()})
    letters.update({"second": "z", "quarter": "q"})
    mods = {
        word: ontology.value(term, "kg:timexMod") or ""
        for term in ontology.instances("kg:PartOfPeriod")
        for word in ontology.values(term, "kg:word")
    }
    ahead, scheduling = (
        frozenset(word for term in ontology.instances(kind) for word in ontology.values(term, "kg:word"))
        for kind in ("kg:AheadWord", "kg:SchedulingVerb")
    )
    return Words(letters, timex, _phrases(ontology), mods, numerals(ontology), ahead, scheduling)


def _phrases(ontology: Ontology) -> dict[str, tuple[tuple[tuple[str, ...], str, str], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for kind in ("kg:TimeReference", "kg:Holiday", "kg:RelativeDay", "kg:AheadReference"):
        for term in ontology.instances(kind):
            for phrase in ontology.values(term, "kg:word"):
                parts = tuple(re.findall(r"[^\W\d_]+|[^\s\w]", phrase))
                found.setdefault(parts[0], []).append((parts, local(kind[3:]), ontology.value(term, "kg:timex") or ""))
    return {first: tuple(sorted(some, key=lambda p: (-len(p[0]), p))) for first, some in found.items()}


def spell(lexemes: Sequence[Lexeme], text: str, known: Words) -> str:
    """Write a paragraph as the letters of its lexemes, "_" for words that time has no use for."""
    table, out = known.letters, []
    for start, _, lower, shape in lexemes:
        if shape == "word":
            letter = table.get(lower, "_")
            if letter in CAPITALISED and not text[start].isupper():
                letter = "_"
        elif shape == "number":
            letter = _number_letter(lower)
        elif shape == "mark":
            letter = _MARK_LETTER.get(lower, "_")
        else:
            letter = _SHAPE_LETTER[shape]
        out.append(letter)
    return "".join(out)


def _number_letter(digits: str) -> str:
    if not digits.isdigit():
        return "n"
    if len(digits) == 4 and "1000" <= digits < "2200":
        return "Y"
    return "d" if len(digits) <= 2 and 1 <= int(digits) <= 31 else "n"


def matches(letters: str) -> list[Match]:
    """Find the expressions in a paragraph's letters, left to right, none overlapping."""
    return [Match(m.lastgroup or "", m.start(), m.end(), m.group()) for m in _PATTERN.finditer(letters)]
