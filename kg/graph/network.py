"""The graph as a networkx multigraph: a node for each entity, an edge for each claim."""

from __future__ import annotations

from typing import Any

import networkx as nx

from kg.graph.rdf import Names
from kg.graph.store import Store
from kg.model import Claim, Entity, Quantity, Reading
from kg.ontology import Ontology, ontology
from kg.record import record

_GREY = "#8d99ae"


def network(store: Store) -> nx.MultiDiGraph:
    """Draw all claims of a store as edges between who and what they speak of.

    A node's id is its IRI, an edge's key the claim's, its attributes the claim record with IRIs for ids. A claim
    without object is a loop; a claim that others speak of is a node of kind "Claim".
    """
    graph = nx.MultiDiGraph(documents={})
    for reading in store.readings():
        names = Names(reading, store.base)
        graph.graph["documents"][reading.document.id] = _document(reading)
        spoken_of = {end for claim in reading.claims for end in (claim.subject, claim.object, *_speakers(claim))}
        for id, node in _nodes(reading):
            if id in spoken_of:
                _add_node(graph, names[id], node, reading)
        for claim in reading.claims:
            content = claim_record(reading, claim, names)
            subject = content["subject_id"]
            graph.add_edge(subject, content["object_id"] or subject, key=content["id"], **content)
    return graph


def claim_record(reading: Reading, claim: Claim, names: Names) -> dict[str, Any]:
    """Write the claim record with IRIs in the place of the reading's ids."""
    content = record(reading, claim)
    for name in ("id", "subject_id", "object_id"):
        if content[name] is not None:
            content[name] = names[content[name]]
    return content


def _speakers(claim: Claim) -> list[str]:
    return [link.entity for link in claim.chain]


def _nodes(reading: Reading) -> list[tuple[str, Entity | Quantity | Claim]]:
    return [(node.id, node) for group in (reading.entities, reading.quantities, reading.claims) for node in group]


def _document(reading: Reading) -> dict[str, str | None]:
    document = reading.document
    return {
        "title": document.title,
        "date": document.published.isoformat() if document.published else None,
        "source": document.source,
        "url": document.url,
        "text": document.text,
    }


def _add_node(graph: nx.MultiDiGraph, iri: str, node: Entity | Quantity | Claim, reading: Reading) -> None:
    known = graph.nodes[iri] if iri in graph else None
    if not isinstance(node, Entity):
        label = str(reading.name(node.id))
        graph.add_node(iri, **_attributes(label, type(node).__name__))
    elif known is None:
        more = {"aliases": list(node.aliases), "same_as": list(node.same_as), "anonymous": node.anonymous}
        graph.add_node(iri, **_attributes(node.name, node.kind) | more)
    else:
        known["aliases"] = sorted({*known["aliases"], *node.aliases})
        known["same_as"] = sorted({*known["same_as"], *node.same_as})


def _attributes(label: str, kind: str) -> dict[str, Any]:
    vocabulary = ontology()
    return {
        "label": label,
        "kind": kind,
        "kind_label": vocabulary.value("kg:" + kind, "rdfs:label") or kind,
        "colour": _colour(vocabulary, kind),
        "aliases": [],
        "same_as": [],
        "anonymous": False,
    }


def _colour(vocabulary: Ontology, kind: str) -> str:
    """Find the colour of the kind or of the nearest class above it."""
    colours = (vocabulary.value(term, "kg:colour") for term in vocabulary.ancestors("kg:" + kind))
    return next((colour for colour in colours if colour), _GREY)
