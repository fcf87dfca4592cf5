"""The cue words of `ontology/cues.ttl` as look-ups: signatures of embedders, modals, negators, subordinators."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from kg.model import KgError, Modality, Tense
from kg.ontology import Ontology

LEVELS: Final = {
    "presupposed": (0, 0),
    "fact": (1, 0),
    "probable": (1, 1),
    "possible": (1, 2),
    "unknown": (1, 3),
    "doubtful": (-1, 2),
    "unlikely": (-1, 1),
    "counterfact": (-1, 0),
    "same": (2, 0),
}
"""Effect → (sign, level): sign 1 so, -1 not so, 0 so whatever happens to the embedder, 2 as the embedder."""


class Effect(NamedTuple):
    """What an embedder, modal or adverb does to the event in its scope."""

    sign: int
    level: int


class Signature(NamedTuple):
    """Effects of an embedder on its complement, affirmed and denied."""

    name: str
    affirmed: Effect
    denied: Effect
    modality: Modality | None


class Modal(NamedTuple):
    """Effects of a modal verb: bare, with the perfect, and negated."""

    plain: Effect
    perfect: Effect
    negated: Effect
    tense: Tense
    modality: Modality | None


class Lexicon(NamedTuple):
    """All cue words, each kind keyed by the word as it is looked up."""

    infinitive: dict[str, Signature]
    finite: dict[str, Signature]
    gerund: dict[str, Signature]
    bare: dict[str, Signature]
    nominal: dict[str, Signature]
    companions: dict[str, frozenset[str]]
    """Second word → the embedders that want it."""
    modals: dict[str, Modal]
    marks: dict[str, str]
    """Word → kind of mark, for the one look-up each token gets."""
    adverbs: dict[str, Effect]
    adjectives: dict[str, tuple[Effect, Modality | None]]
    subordinators: dict[str, str]
    circumstances: dict[str, Effect]
    words: dict[str, frozenset[str]]
    """Class of cue (local name) → its words, for the plain lists."""


_FRAMES: Final = ("infinitive", "finite", "gerund", "bare", "nominal")
_LISTS: Final = (
    "LightVerb", "Negator", "NegativeDeterminer", "NegativePronoun", "NegationFocus", "NegativeNoun",
    "Concessive", "InvertedCondition", "EllipticCondition", "ConditionPhrase", "Stative",
    "Adjunct", "Goal", "Occurrence", "SpeechNoun",
    "FailureAdjective", "Extent", "IdleNoun", "ConditionPreposition",
)  # fmt: skip

_MARKS: Final = (
    "Negator", "NegativeDeterminer", "NegativePronoun", "Subordinator", "InvertedCondition", "ExcessAdverb", "Rank",
    "ScarceQuantifier",
)  # fmt: skip


@lru_cache(maxsize=4)
def lexicon(ontology: Ontology) -> Lexicon:
    """Read the cue words of a vocabulary once."""
    frames = {frame: _signatures(ontology, frame) for frame in _FRAMES}
    adverbs = {w: _effect(ontology, iri, "kg:effect") for iri, w in _words(ontology, "kg:CertaintyAdverb")}
    adjectives = {
        w: (_effect(ontology, iri, "kg:effect"), _modality(ontology, iri))
        for iri, w in _words(ontology, "kg:CertaintyAdjective")
    }
    subordinators = {w: str(ontology.value(iri, "kg:opens")) for iri, w in _words(ontology, "kg:Subordinator")}
    return Lexicon(
        **frames,
        companions=_companions(frames),
        modals=_modals(ontology),
        marks=_marks(ontology, adverbs, adjectives),
        adverbs=adverbs,
        adjectives=adjectives,
        subordinators=subordinators,
        circumstances={w: _effect(ontology, iri, "kg:effect") for iri, w in _words(ontology, "kg:Circumstance")},
        words={name: frozenset(w for _, w in _words(ontology, "kg:" + name)) for name in _LISTS},
    )


def _words(ontology: Ontology, kind: str) -> list[tuple[str, str]]:
    return [(iri, w) for iri in ontology.instances(kind) for w in ontology.values(iri, "kg:word")]


def _effect(ontology: Ontology, iri: str, predicate: str) -> Effect:
    name = ontology.value(iri, predicate)
    if name not in LEVELS:
        raise KgError(f"{iri} in ontology/cues.ttl has {predicate} {name!r}: use one of {', '.join(LEVELS)}")
    return Effect(*LEVELS[name])


def _modality(ontology: Ontology, iri: str) -> Modality | None:
    name = ontology.value(iri, "kg:modality")
    return Modality(name) if name else None


def _signatures(ontology: Ontology, frame: str) -> dict[str, Signature]:
    found: dict[str, Signature] = {}
    for iri in ontology.instances("kg:Signature"):
        signature = Signature(
            iri.rsplit("/", 1)[-1],
            _effect(ontology, iri, "kg:affirmed"),
            _effect(ontology, iri, "kg:denied"),
            _modality(ontology, iri),
        )
        for word in ontology.values(iri, "kg:" + frame):
            if found.setdefault(word, signature).name != signature.name:
                raise KgError(
                    f"{word!r} has two signatures for kg:{frame} in ontology/cues.ttl, "
                    f"{found[word].name} and {signature.name}: keep one"
                )
    return found


def _companions(frames: dict[str, dict[str, Signature]]) -> dict[str, frozenset[str]]:
    out: dict[str, set[str]] = {}
    for table in frames.values():
        for word in table:
            first, _, second = word.partition(" ")
            if second:
                out.setdefault(second, set()).add(first)
    return {second: frozenset(firsts) for second, firsts in out.items()}


def _modals(ontology: Ontology) -> dict[str, Modal]:
    out: dict[str, Modal] = {}
    for iri, word in _words(ontology, "kg:Modal"):
        plain, perfect, negated = (_effect(ontology, iri, "kg:" + p) for p in ("plain", "perfect", "negated"))
        tense = Tense(ontology.value(iri, "kg:tense") or "future")
        out[word] = Modal(plain, perfect, negated, tense, _modality(ontology, iri))
    return out


def _marks(
    ontology: Ontology,
    adverbs: dict[str, Effect],
    adjectives: dict[str, tuple[Effect, Modality | None]],
) -> dict[str, str]:
    """Each word's kinds joined by a space, so that one look-up a token finds all there is to know."""
    out: dict[str, list[str]] = {}
    for kind in _MARKS:
        for _, word in _words(ontology, "kg:" + kind):
            out.setdefault(word, []).append(kind)
    for word in adverbs:
        out.setdefault(word, []).append("CertaintyAdverb")
    for word in adjectives:
        out.setdefault(word, []).append("CertaintyAdjective")
    return {word: " ".join(kinds) for word, kinds in out.items()}
