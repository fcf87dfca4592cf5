"""Reads `ontology/*.ttl`: the vocabulary of classes, relations and cue words, as plain look-ups.

The vocabulary lives in Turtle and nowhere else; Python names only structural terms. A new relation, cue
or kind is a new line of Turtle.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.model import KgError

ONTOLOGY: Final = "https://example.org/kg/ontology#"
"""Namespace of classes and structural properties; prefix `kg:`."""
RELATION: Final = "https://example.org/kg/relation/"
"""Namespace of relations as plain triples: some source claims it; prefix `rel:`."""
FACT: Final = "https://example.org/kg/fact/"
"""Namespace of their sub-properties: the document itself asserts it; prefix `fact:`."""
CUE: Final = "https://example.org/kg/cue/"
"""Namespace of cue words; prefix `cue:`."""

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_PREFIXES = {"kg:": ONTOLOGY, "rel:": RELATION, "fact:": FACT, "cue:": CUE, "rdf:": _RDF, "rdfs:": _RDFS}


@cache
def folder() -> Path:
    """Find the vocabulary: beside the package in a checkout, inside it in a wheel."""
    here = Path(__file__).resolve().parent
    for place in (here / "vocabulary", here.parent / "ontology"):
        if (place / "kg.ttl").is_file():
            return place
    raise KgError(f"no ontology/kg.ttl beside {here}: the installation is incomplete, install kg again")


@lru_cache(maxsize=1 << 14)
def expand(name: str) -> str:
    """Write a prefixed name of our own vocabularies out.

    >>> expand("kg:Person")
    'https://example.org/kg/ontology#Person'
    """
    for prefix, base in _PREFIXES.items():
        if name.startswith(prefix):
            return base + name[len(prefix) :]
    return name


def local(iri: str) -> str:
    """Cut an IRI to its local name.

    >>> local("https://example.org/kg/ontology#Person")
    'Person'
    """
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


class Ontology:
    """The vocabulary, indexed by subject and predicate; names may be prefixed (`kg:Person`) or whole IRIs."""

    def __init__(self, place: Path) -> None:
        self._of: dict[str, dict[str, list[str]]] = {}
        self._instances: dict[str, list[str]] = {}
        self._children: dict[str, list[str]] = {}
        self._lineage: dict[str, frozenset[str]] = {}
        """What `is_a` has been asked so far, with its ancestors."""
        for path in sorted(place.glob("*.ttl")):
            for triple in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
                s, p, o = (getattr(term, "value", str(term)) for term in triple.triple)
                self._of.setdefault(s, {}).setdefault(p, []).append(o)
                if p == _RDF + "type":
                    self._instances.setdefault(o, []).append(s)
                elif p in (_RDFS + "subClassOf", _RDFS + "subPropertyOf"):
                    self._children.setdefault(o, []).append(s)

    def instances(self, of: str) -> list[str]:
        """IRIs of the things with the given `rdf:type`, sorted."""
        return sorted(self._instances.get(expand(of), ()))

    def values(self, subject: str, predicate: str) -> list[str]:
        """Values of a property as text (literals without tag, IRIs whole), sorted."""
        return sorted(self._of.get(expand(subject), {}).get(expand(predicate), ()))

    def value(self, subject: str, predicate: str) -> str | None:
        """First value of a property, or None."""
        values = self.values(subject, predicate)
        return values[0] if values else None

    def lexicon(self, predicate: str) -> dict[str, list[str]]:
        """Turn a word property round: word → IRIs of the terms that have it, sorted.

        With `kg:Deployment kg:trigger "dispatch"`, `lexicon("kg:trigger")["dispatch"]` holds that class.
        """
        return self._lexicons.get(expand(predicate), {})

    @cached_property
    def _lexicons(self) -> dict[str, dict[str, list[str]]]:
        out: dict[str, dict[str, list[str]]] = {}
        for subject in sorted(self._of):
            for predicate, words in self._of[subject].items():
                for word in words:
                    out.setdefault(predicate, {}).setdefault(word, []).append(subject)
        return out

    def ancestors(self, term: str) -> Iterator[str]:
        """Yield the term and everything it specialises, nearest first, each once."""
        seen: dict[str, None] = {expand(term): None}
        queue = [expand(term)]
        while queue:
            iri = queue.pop(0)
            yield iri
            for relation in ("rdfs:subClassOf", "rdfs:subPropertyOf"):
                for parent in self.values(iri, relation):
                    if parent not in seen:
                        seen[parent] = None
                        queue.append(parent)

    def descendants(self, term: str) -> list[str]:
        """IRIs of the term and all that specialises it, sorted."""
        seen, queue = {expand(term)}, [expand(term)]
        for iri in queue:
            queue += [child for child in self._children.get(iri, ()) if child not in seen]
            seen.update(queue)
        return sorted(seen)

    def is_a(self, kind: str, ancestor: str) -> bool:
        """Tell whether one class or property (local name or IRI) specialises another or is the same."""
        whole = expand(ancestor if ":" in ancestor else "kg:" + ancestor)
        term = kind if ":" in kind else "kg:" + kind
        if term not in self._lineage:
            self._lineage[term] = frozenset(self.ancestors(term))
        return whole in self._lineage[term]

    def nouns(self, *kinds: str) -> frozenset[str]:
        """Head nouns (`kg:noun`) of some kinds and all that specialise them."""
        terms = self.lexicon("kg:noun")
        inside = {t for t in {t for some in terms.values() for t in some} if any(self.is_a(t, k) for k in kinds)}
        return frozenset(noun for noun, some in terms.items() if not inside.isdisjoint(some))


@cache
def ontology() -> Ontology:
    """Load the vocabulary of this installation once."""
    return Ontology(folder())
