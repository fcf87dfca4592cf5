"""The IRIs of a reading's nodes: minted here and nowhere else, from the document's id, character offsets and names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from json import dumps
from typing import Final

from kg.graph.terms import BASE, VOCABULARIES, checked_base, digest, encode, encode_id, slug
from kg.model import Claim, Entity, Mention, Quantity, Reading, Scope, Span
from kg.ontology import ONTOLOGY, Ontology, local, ontology
from kg.record import record


@cache
def term(name: str) -> str:
    """Write a term of a vocabulary: `term("rdfs:label")`."""
    prefix, _, rest = name.partition(":")
    return f"<{VOCABULARIES[prefix]}{rest}>"


LABEL: Final = term("rdfs:label")
ALT_LABEL: Final = term("skos:altLabel")

Identity = Mapping[str, str]
"""Judgements on who is who: the key a name gives ("entity/Person:Blair") → the key to use instead."""


@lru_cache(maxsize=4096)
def classes(kind: str, vocabulary: Ontology) -> tuple[str, ...]:
    """Name the kind and every class of ours above it."""
    above = [one for one in vocabulary.ancestors("kg:" + kind) if one.startswith(ONTOLOGY)]
    return tuple(dict.fromkeys((*above, ONTOLOGY + "Entity")))


@lru_cache(maxsize=4096)
def family(kind: str, vocabulary: Ontology) -> str:
    """Name the broad class within which one name means one thing: Person, Organization, Place and so on."""
    above = classes(kind, vocabulary)
    families = vocabulary.instances("kg:Family")
    return local(next((one for one in above if one in families), above[0]))


@lru_cache(maxsize=65536)
def is_indefinite(name: str, vocabulary: Ontology) -> bool:
    """Tell a name that by itself says nothing of whom or what it means.

    >>> from kg.ontology import ontology
    >>> [name for name in ("We", "many", "Hundreds", "days", "NATO") if is_indefinite(name, ontology())]
    ['We', 'many', 'Hundreds']
    """
    word = name.casefold()
    lists = ((one, "kg:word") for one in ("kg:Indefinite", "kg:IndefinitePronoun", "kg:Demonstrative"))
    scales = ((one, "kg:pluralWord") for one in vocabulary.instances("kg:ScaleWord"))
    return word in vocabulary.lexicon("kg:form") or any(word in vocabulary.values(*one) for one in (*lists, *scales))


def organisation_key(name: str) -> str:
    """Mint the key of an organisation known by name alone."""
    return f"entity/Organization:{encode(name)}"


class Names:
    """The IRIs of one reading's nodes, by their ids in it."""

    def __init__(self, reading: Reading, base: str = BASE, identity: Identity | None = None) -> None:
        self.base, self.reading = checked_base(base), reading
        self.key = encode_id(reading.document.id)
        self.document = f"{base}doc/{self.key}"
        self.reporter = f"{base}reporter/{self.key}"
        self.run = f"{base}run/{':'.join(map(slug, reading.producer))}" if reading.producer else None
        self.vocabulary = ontology()
        self._identity = identity or {}
        self._shared = frozenset(self._identity.values())
        self._of: dict[str, str] = {}
        self._rooms = tuple(f"{base}{room}/{self.key}:" for room in ("local", "quantity", "claim"))
        self._first = _first_mentions(reading.mentions)
        self._add_entities()
        self._add_quantities()
        self._add_claims()
        self._minted = {e.id: self._of[e.id].removeprefix(base) for e in reading.entities}
        self._of |= {id: base + self._identity.get(key, key) for id, key in self._minted.items()}

    def __getitem__(self, id: str) -> str:
        return self._of[id]

    def __contains__(self, id: object) -> bool:
        return id in self._of

    def items(self) -> Iterable[tuple[str, str]]:
        """Pair every node's id with its IRI."""
        return self._of.items()

    def own(self, room: str, rest: str) -> str:
        """Mint the IRI of something only this document has."""
        return f"{self.base}{room}/{self.key}:{rest}"

    def owns(self, minted: str) -> bool:
        """Tell whether no other document can speak of the node."""
        return minted.startswith(self._rooms) and minted.removeprefix(self.base) not in self._shared

    def minted(self, id: str) -> str:
        """Give the key of an entity before any judgement: its IRI without the base."""
        return self._minted[id]

    def organisation(self, name: str) -> str:
        """Mint the IRI of an organisation known by name alone, such as a publisher."""
        key = organisation_key(name)
        return self.base + self._identity.get(key, key)

    def is_renamed(self, id: str) -> bool:
        """Tell whether an entity goes by the name that other documents give it."""
        key = self._minted.get(id)
        return key is not None and self.label_of(self[id], key) == ALT_LABEL

    def is_parted(self, id: str) -> bool:
        """Tell whether an entity was told from others of its name, of which one is what the gazetteer knows."""
        return self[id].startswith(f"{self.base}{self._minted.get(id)}:")

    def label_of(self, node: str, key: str) -> str:
        """Choose the property of a name: the label, or another name where the node goes by the name of others."""
        return LABEL if f"{node.removeprefix(self.base)}:".startswith(f"{key}:") else ALT_LABEL

    def _add_entities(self) -> None:
        homonyms: dict[str, list[Entity]] = {}
        for entity in self.reading.entities:
            if entity.scope is Scope.DOCUMENT:
                homonyms.setdefault(self.own("local", encode(entity.name)), []).append(entity)
            else:
                key = encode(entity.identity or entity.name)
                self._of[entity.id] = f"{self.base}entity/{family(entity.kind, self.vocabulary)}:{key}"
        for minted, entities in homonyms.items():
            for entity in entities:
                suffix = "" if len(entities) == 1 else ":" + self._place(entity)
                self._of[entity.id] = minted + suffix

    def _place(self, entity: Entity) -> str:
        """Tell homonyms apart by the place of their first mention."""
        span = self._first.get(entity.id)
        return f"{span.start}-{span.end}" if span else encode(entity.id)

    def _add_quantities(self) -> None:
        seen: dict[str, int] = {}
        for quantity in self.reading.quantities:
            minted = self.own("quantity", f"{quantity.span.start}-{quantity.span.end}")
            again = seen[minted] = seen.get(minted, 0) + 1
            self._of[quantity.id] = minted if again == 1 else f"{minted}:{again}"

    def _add_claims(self) -> None:
        homonyms: dict[str, list[Claim]] = {}
        for claim in self.reading.claims:
            homonyms.setdefault(self._claim(claim), []).append(claim)
        for minted, claims in homonyms.items():
            for claim in claims:
                self._of[claim.id] = minted if len(claims) == 1 else f"{minted}:{self._fingerprint(claim)}"

    def _claim(self, claim: Claim) -> str:
        node = self.reading.node
        end = node(claim.object) if claim.object is not None else None
        words = [slug(_gist(node(claim.subject))), slug(claim.relation)]
        words += [slug(_gist(end))] if end is not None else []
        span = claim.evidence.span
        return self.own("claim", f"{span.start}-{span.end}:{'.'.join(filter(None, words))}")

    def _fingerprint(self, claim: Claim) -> str:
        """Tell claims on the same words apart by everything judged of them."""
        content = record(self.reading, claim)
        for name in ("id", "subject_id", "object_id", "event_id"):
            content[name] = self._of.get(content[name] or "")
        for argument in content["arguments"]:
            argument["id"] = self._of.get(argument.get("id", ""))
        return digest(dumps(content, sort_keys=True))


def _gist(node: Entity | Quantity | Claim) -> str:
    if isinstance(node, Entity):
        return node.name
    return node.relation if isinstance(node, Claim) else ""


def _first_mentions(mentions: Sequence[Mention]) -> dict[str, Span]:
    first: dict[str, Span] = {}
    for mention in mentions:
        if mention.entity not in first or mention.span < first[mention.entity]:
            first[mention.entity] = mention.span
    return first
