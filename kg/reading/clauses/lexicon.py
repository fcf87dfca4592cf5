"""The words of the vocabulary that steer clause reading."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.model import Role
from kg.ontology import local

if TYPE_CHECKING:
    from kg.ontology import Ontology


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of the vocabulary that steer clause reading."""

    roles: dict[str, Role]
    time_nouns: frozenset[str]
    transparent_verbs: frozenset[str]
    transparent_adjectives: frozenset[str]
    opaque_passives: frozenset[str]
    """Verbs transparent in the active alone: "used to sing", not "is used to cut"."""
    opaque_actives: frozenset[str]
    """Verbs transparent in the passive alone: "is considered to be", not "considers selling"."""
    object_control: frozenset[str]
    object_gerund: frozenset[str]
    blames: frozenset[str]
    actor_nouns: frozenset[str]
    role_nouns: frozenset[str]
    light_verbs: frozenset[str]
    support_verbs: frozenset[str]
    standing: frozenset[str]
    """Adverbs that say where something stands: "down", "ahead"."""
    letting: frozenset[str]
    """Verbs that let or make somebody act."""
    installs: frozenset[str]
    """Verbs that put somebody in a role."""
    joint: frozenset[str]
    """Verbs that two sides do together: "reached between the two"."""
    lately: frozenset[str]
    """Adverbs by which a participle before its noun tells what happened: "the recently closed mill"."""
    verbs: frozenset[str]
    providing: frozenset[str]
    """Verbs whose object receives what "with" names: "provided the school with books"."""
    obtaining: frozenset[str]
    """Verbs whose object comes "from" somebody."""
    sending_verbs: frozenset[str]
    """Verbs whose object is meant to do what an infinitive of purpose says."""
    place_nouns: frozenset[str]
    prefixes: frozenset[str]
    people_verbs: frozenset[str]
    judging_verbs: frozenset[str]
    clause_verbs: frozenset[str]
    """Verbs that take a clause as what is said or thought, also before them."""
    aim_nouns: frozenset[str]
    """Nouns that an infinitive explains, and that do not act in it: "the goal is to win"."""
    oblique_control: frozenset[str]
    event_nouns: frozenset[str]
    event_verbs: frozenset[str]
    transitive: frozenset[str]
    """Those of them that need an object."""
    unit_words: frozenset[str]
    phase_verbs: frozenset[str]
    willing: frozenset[str]
    """Adjectives whose infinitive is done by their subject: "ready to leave", not "hard to find"."""
    manner_nouns: frozenset[str]


@lru_cache(maxsize=4)
def lexicon(ontology: Ontology) -> Lexicon:
    """Read the words once per vocabulary."""
    roles: dict[str, Role] = {}
    for marker, iris in ontology.lexicon("kg:marker").items():
        for iri in iris:
            name = local(iri)
            if name.startswith("role"):
                roles[marker] = Role(name[4:].lower())

    def words(term: str, predicate: str) -> frozenset[str]:
        return frozenset(ontology.values(term, predicate))

    def verbs(of: str) -> frozenset[str]:
        nouns = [e for e in ontology.instances("kg:EventNoun") if ontology.value(e, "kg:of") == of]
        return frozenset(v for e in nouns for v in ontology.values(e, "kg:verb"))

    return Lexicon(
        roles,
        words("kg:roleTime", "kg:noun"),
        words("kg:transparent", "kg:verb"),
        words("kg:transparent", "kg:adjective"),
        words("kg:transparentInActive", "kg:verb"),
        words("kg:transparentInPassive", "kg:verb"),
        words("kg:objectControl", "kg:verb"),
        words("kg:objectGerund", "kg:marker"),
        words("kg:objectGerund", "kg:verb"),
        words("kg:actorOfNoun", "kg:noun"),
        words("kg:roleNoun", "kg:noun"),
        words("kg:lightVerb", "kg:verb"),
        words("kg:supportVerb", "kg:verb"),
        words("kg:standing", "kg:word"),
        words("kg:lets", "kg:verb"),
        words("kg:installs", "kg:verb"),
        words("kg:doneTogether", "kg:verb"),
        words("kg:lately", "kg:word"),
        frozenset(ontology.lexicon("kg:verb")),
        words("kg:provides", "kg:verb"),
        words("kg:obtains", "kg:verb"),
        words("kg:sends", "kg:verb"),
        frozenset(
            noun
            for kind in ontology.instances("http://www.w3.org/2002/07/owl#Class")
            if ontology.is_a(kind, "Place")
            for noun in ontology.values(kind, "kg:noun")
        ),
        words("kg:verbPrefix", "kg:word"),
        words("kg:byPeople", "kg:verb"),
        words("kg:judges", "kg:verb"),
        frozenset((*ontology.lexicon("kg:clauseVerb"), *ontology.lexicon("kg:quoteVerb"))),
        words("kg:actorOfNoun", "kg:noun") | words("kg:aimNoun", "kg:noun"),
        words("kg:obliqueControl", "kg:verb"),
        frozenset(n for e in ontology.instances("kg:EventNoun") for n in ontology.values(e, "kg:noun")),
        verbs("object") | verbs("subject"),
        verbs("object") - verbs("subject"),
        frozenset(w for u in ontology.instances("kg:UnitOfMeasure") for w in ontology.values(u, "kg:word")),
        words("kg:phase", "kg:verb"),
        words("kg:willing", "kg:adjective"),
        words("kg:mannerNoun", "kg:noun"),
    )
