"""The part of the vocabulary that queries need: hierarchies, labels and code lists, without the word lists."""

from __future__ import annotations

from functools import cache
from typing import Final

import pyoxigraph as ox

from kg.graph.terms import VOCABULARIES, XSD
from kg.ontology import FACT, ONTOLOGY, RELATION, folder

_WORD_LISTS: Final = ("given_names.ttl", "reference.ttl", "gazetteer.ttl", "shapes.ttl")
_LABEL = VOCABULARIES["rdfs"] + "label"


@cache
def vocabulary(base: str) -> tuple[bytes, ...]:
    """State classes, properties, relations and concepts as sorted N-Quads lines of the shared graph."""
    graph = ox.NamedNode(base + "shared")
    lines: set[str] = set()
    for path in sorted(folder().glob("*.ttl")):
        if path.name not in _WORD_LISTS:
            for triple in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
                if _is_structural(triple):
                    lines.add(f"{ox.Quad(triple.subject, triple.predicate, triple.object, graph)} .\n")
    return tuple(sorted(line.encode() for line in lines))


def _is_structural(triple: ox.Quad) -> bool:
    """Leave out words, and labels of relations, which the data give as plain text."""
    subject, predicate = triple.subject, triple.predicate.value
    if not isinstance(subject, ox.NamedNode) or isinstance(triple.object, ox.BlankNode):
        return False
    if subject.value.startswith((RELATION, FACT)) and predicate == _LABEL:
        return False
    ours = subject.value.startswith((ONTOLOGY, RELATION, FACT))
    is_word = isinstance(triple.object, ox.Literal) and triple.object.datatype.value == XSD + "string"
    return ours and not (is_word and predicate.startswith(ONTOLOGY))
