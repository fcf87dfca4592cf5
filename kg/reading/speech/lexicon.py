"""The words that show somebody speaks, thinks or wants, read from the ontology once."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Final

from kg.model import Certainty
from kg.ontology import Ontology, local


class Act(StrEnum):
    """What a source does with the content of a frame."""

    SPEECH = "speech"
    """Says, writes or shows it: a claim inside is the source's claim."""
    THOUGHT = "thought"
    """Holds it true, likely or false: a claim inside is the source's too, as certain as the verb makes it."""
    ATTITUDE = "attitude"
    """Wants, plans, backs or fears it: nobody claims that it is so."""
    TOPIC = "topic"
    """Speaks about it and claims nothing: "talked about the war"."""
    MEDIUM = "medium"
    """The text through which the enclosing source speaks: a leaked draft it publishes, its statement."""


@dataclass(frozen=True, slots=True)
class Force:
    """What a cue makes of the content it takes: says, denies, warns, promises, wants."""

    name: str
    act: Act
    certainty: Certainty
    """Of the source about the content, unless the content itself says otherwise."""
    committed: bool
    """The reporter vouches for the content by choosing the cue: "made it clear", "pointed to"."""


# What a cue takes as content: names of complements; a preposition stands for itself ("for" of "call for").
CLAUSE: Final = "clause"
QUOTE: Final = "quote"
OBJECT: Final = "object"
INFINITIVE: Final = "infinitive"
GERUND: Final = "gerund"
SUBJUNCTIVE: Final = "subjunctive"

_VERBS: Final = {
    "kg:clauseVerb": CLAUSE,
    "kg:quoteVerb": QUOTE,
    "kg:objectVerb": OBJECT,
    "kg:infinitiveVerb": INFINITIVE,
    "kg:gerundVerb": GERUND,
    "kg:subjunctiveVerb": SUBJUNCTIVE,
}
_NOUNS: Final = {"kg:clauseNoun": CLAUSE, "kg:infinitiveNoun": INFINITIVE}

Frames = dict[str, Force]
"""Complement → force of a cue that takes it."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Cue words by lemma; a verb's particle ("point out") or object ("make clear") keys its own entry."""

    verbs: dict[str, dict[str, Frames]]
    """Lemma → particle (or "") → what it takes."""
    nouns: dict[str, Frames]
    adjectives: dict[str, Frames]
    clear: dict[str, Frames]
    """Adjectives that make a cue with "make it …" or "it is …": lemma → what it takes."""
    according: dict[str, Force]
    """Prepositions that name a source: "according"."""
    citing: dict[str, Force]
    """Participles whose object is the source of the main clause's speech: "citing", "publishing"."""
    documents: frozenset[str]
    """Nouns of texts that speak: "report", "plan", "statement"."""
    agents: frozenset[str]
    """Nouns of persons and bodies: "police", "envoy"."""
    says: Force
    forces: dict[str, Force] = field(default_factory=dict)


@cache
def lexicon(ontology: Ontology) -> Lexicon:
    """Build the look-ups of an ontology's cues."""
    forces = {local(iri): _force(ontology, iri) for iri in ontology.instances("kg:Force")}
    verbs: dict[str, dict[str, Frames]] = {}
    nouns: dict[str, Frames] = {}
    adjectives: dict[str, Frames] = {}

    def words(force: str, predicate: str) -> list[str]:
        return ontology.values("kg:" + force, predicate)

    for name, force in forces.items():
        for predicate, complement in _VERBS.items():
            for word in words(name, predicate):
                lemma, _, particle = word.partition(" ")
                verbs.setdefault(lemma, {}).setdefault(particle, {})[complement] = force
        for word in words(name, "kg:prepositionVerb"):
            *verb, preposition = word.split(" ")
            verbs.setdefault(verb[0], {}).setdefault(" ".join(verb[1:]), {})[preposition] = force
        for predicate, complement in _NOUNS.items():
            for word in words(name, predicate):
                nouns.setdefault(word, {})[complement] = force
        for word in words(name, "kg:prepositionNoun"):
            noun, _, preposition = word.rpartition(" ")
            nouns.setdefault(noun, {})[preposition] = force
        for word in words(name, "kg:clauseAdjective"):
            adjectives.setdefault(word, {})[CLAUSE] = force
        for word in words(name, "kg:infinitiveAdjective"):
            adjectives.setdefault(word, {})[INFINITIVE] = force
        for word in words(name, "kg:prepositionAdjective"):
            adjective, _, preposition = word.rpartition(" ")
            adjectives.setdefault(adjective, {})[preposition] = force

    def table(predicate: str) -> dict[str, Force]:
        return {word: force for name, force in forces.items() for word in words(name, predicate)}

    return Lexicon(
        verbs=verbs,
        nouns=nouns,
        adjectives=adjectives,
        clear={word: {CLAUSE: force} for word, force in table("kg:clearAdjective").items()},
        according=table("kg:sourcePreposition"),
        citing=table("kg:citingVerb"),
        documents=frozenset(ontology.values("kg:TextThatSpeaks", "kg:sourceNoun")),
        agents=ontology.nouns("kg:Agent", "kg:Role"),
        says=forces["says"],
        forces=forces,
    )


def _force(ontology: Ontology, iri: str) -> Force:
    return Force(
        local(iri),
        Act(local(ontology.value(iri, "kg:act") or "kg:speech").lower()),
        Certainty(ontology.value(iri, "kg:impliedCertainty") or "certain"),
        ontology.value(iri, "kg:commitsReporter") == "true",
    )
