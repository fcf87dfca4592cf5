"""The words beside numbers: units, signs of money, comparators, read from the ontology once."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kg.reading.qualify.numerals import Numerals, lexemes, numerals

if TYPE_CHECKING:
    from kg.ontology import Ontology

Phrases = dict[str, tuple[tuple[tuple[str, ...], str], ...]]
"""First (or last) word → phrases with their name, longest first."""


class Words(NamedTuple):
    """The units, comparators and other words beside numbers, ready for reading."""

    numerals: Numerals
    letters: dict[str, str]
    units: Phrases
    symbols: Phrases
    """Matched with their case."""
    signs: Phrases
    leads: Phrases
    """Words before a number that tell its unit, by their last word: "aged"."""
    before: Phrases
    """Comparators, by their last word, for reading leftwards."""
    after: Phrases
    contexts: dict[str, frozenset[str]]
    """Unit → words near it that decide for it where its word or sign is another's too."""
    homes: dict[str, frozenset[str]]
    """Dollar → names of the country whose it is."""
    periods: frozenset[str]
    """Units of time: "day"."""
    more: frozenset[str]
    per: frozenset[str]
    sizes: frozenset[str]
    people: frozenset[str]
    """Nouns, as they stand or as lemmas, whose count is a number of people."""
    bodies: frozenset[str]
    """Nouns of what people make up: "force", "crowd"."""
    of_people: frozenset[str]
    """Verbs whose bare number is one of people: "killed 12"."""
    months: frozenset[str]
    labels: frozenset[str]
    bases: frozenset[str]
    """Words after "twice" that open what is multiplied."""


@cache
def words(ontology: Ontology) -> Words:
    """Collect the words beside numbers of an ontology."""

    def flat(kind: str) -> frozenset[str]:
        return frozenset(w for term in ontology.instances(kind) for w in ontology.values(term, "kg:word"))

    known = numerals(ontology)
    letters = {"a": "A", "an": "A", "and": "&", "of": "O", "the": "D", "its": "D", "their": "D", "all": "D"}
    letters |= dict.fromkeys(known.cardinals, "c")
    for kind, single, plural in (("kg:ScaleWord", "g", "G"), ("kg:FractionWord", "f", "F")):
        for term in ontology.instances(kind):
            letters |= dict.fromkeys(ontology.values(term, "kg:word"), single)
            letters |= dict.fromkeys(ontology.values(term, "kg:pluralWord"), plural)
    letters |= dict.fromkeys(known.multiples, "x") | dict.fromkeys(flat("kg:VagueCount"), "v")

    def phrases(kinds: tuple[str, ...], word: str, name: str, first: int = 0) -> Phrases:
        found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for kind in kinds:
            for term in ontology.instances(kind):
                for phrase in ontology.values(term, word):
                    parts = tuple(phrase[x.start : x.end] for x in lexemes(phrase, 0, len(phrase)))
                    found.setdefault(parts[first], []).append((parts, ontology.value(term, name) or ""))
        return {w: tuple(sorted(some, key=lambda p: (-len(p[0]), p))) for w, some in found.items()}

    units = ("kg:UnitOfMeasure", "kg:Currency")
    return Words(
        known,
        letters,
        phrases(units, "kg:word", "kg:unitName"),
        phrases(units, "kg:symbol", "kg:unitName"),
        phrases(("kg:Currency",), "kg:sign", "kg:unitName", -1),
        phrases(("kg:UnitOfMeasure",), "kg:leadWord", "kg:unitName", -1),
        phrases(("kg:Comparator",), "kg:word", "kg:comparator", -1),
        phrases(("kg:Comparator",), "kg:wordAfter", "kg:comparator"),
        {
            ontology.value(term, "kg:unitName") or "": frozenset(near)
            for kind in units
            for term in ontology.instances(kind)
            if (near := ontology.values(term, "kg:contextWord"))
        },
        {
            ontology.value(term, "kg:unitName") or "": frozenset(places)
            for term in ontology.instances("kg:Currency")
            if (places := ontology.values(term, "kg:homeWord"))
        },
        flat("kg:TemporalUnit"),
        flat("kg:IncrementWord"),
        flat("kg:PerWord"),
        flat("kg:SizeWord"),
        flat("kg:PersonCount") | ontology.nouns("kg:Person", "kg:Role"),
        ontology.nouns("kg:Agent"),
        flat("kg:PersonVerb"),
        flat("kg:Month"),
        flat("kg:NumberlessHead"),
        flat("kg:MultipliedWord"),
    )
