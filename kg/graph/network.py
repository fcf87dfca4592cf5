"""The graph as a networkx multigraph: a node for each entity, an edge for each claim."""

from __future__ import annotations

import io
import re
from typing import Any, Final

import networkx as nx

from kg.graph.names import Names, is_indefinite
from kg.graph.store import Store
from kg.graph.table import plain
from kg.model import Claim, Entity, Quantity, Reading
from kg.ontology import Ontology, ontology
from kg.record import record

_GREY = "#8d99ae"
_NOT_XML: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STAMP: Final = re.compile(rb' lastmodifieddate="[^"]*"')


def network(store: Store) -> nx.MultiDiGraph:
    """Draw all claims of a store as edges between who and what they speak of.

    A node's id is its IRI, an edge's key the claim's, its attributes the claim record with IRIs for ids. A claim
    without object is a loop; a claim that others speak of is a node of kind "Claim".
    """
    graph = nx.MultiDiGraph(documents={})
    renamed: list[tuple[str, str]] = []
    for reading in store.readings():
        names = store.names(reading)
        graph.graph["documents"][reading.document.id] = _document(reading)
        spoken_of = {end for claim in reading.claims for end in (claim.subject, claim.object, *_speakers(claim))}
        for id, node in _nodes(reading):
            if id in spoken_of:
                _add_node(graph, names[id], node, reading)
                if names.is_renamed(id):
                    renamed.append((names[id], str(reading.name(id))))
        for claim in reading.claims:
            content = claim_record(reading, claim, names)
            subject = content["subject_id"]
            graph.add_edge(subject, content["object_id"] or subject, key=content["id"], **content)
    for iri, name in renamed:
        node = graph.nodes[iri]
        node["label"] = store.identities.text(iri.removeprefix(store.base)) if node["label"] == name else node["label"]
        node["aliases"] = sorted({*node["aliases"], name} - {node["label"]})
    return graph


def claim_record(reading: Reading, claim: Claim, names: Names) -> dict[str, Any]:
    """Write the claim record with IRIs in the place of the reading's ids."""
    content = record(reading, claim)
    for name in ("id", "subject_id", "object_id", "event_id"):
        if content[name] is not None:
            content[name] = names[content[name]]
    for argument in content["arguments"]:
        if "id" in argument:
            argument["id"] = names[argument["id"]]
    return content


def graphml(store: Store) -> bytes:
    """Write the network as GraphML; lists and mappings become JSON text."""
    out = io.BytesIO()
    nx.write_graphml_xml(_flat(network(store)), out)
    return kept_returns(out.getvalue())


def gexf(store: Store) -> bytes:
    """Write the network as GEXF, without the day of writing; lists and mappings become JSON text."""
    out = io.BytesIO()
    nx.write_gexf(_flat(network(store)), out)
    return kept_returns(_STAMP.sub(b"", out.getvalue(), count=1))


def xml_text(text: str) -> str:
    """Replace the characters that XML 1.0 cannot hold, even escaped."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def _flat(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """Copy the network in the order of its ids, with texts, numbers and truth values as its only attributes."""
    flat = nx.MultiDiGraph()
    flat.add_nodes_from((id, _flat_attributes(graph.nodes[id])) for id in sorted(graph))
    for start, end, key in sorted(graph.edges(keys=True), key=lambda edge: edge[2]):
        claim = graph.edges[start, end, key]
        # "id" is the key already, and both formats write the key.
        more = {name: value for name, value in claim.items() if name != "id"}
        flat.add_edge(start, end, key=key, **_flat_attributes(more | {"label": claim["relation"]}))
    return flat


def _flat_attributes(attributes: dict[str, Any]) -> dict[str, Any]:
    return {k: v if isinstance(v, (bool, int, float)) else xml_text(plain(v)) for k, v in attributes.items()}


def kept_returns(xml: bytes) -> bytes:
    """Write carriage returns by number: XML readers turn a bare one into a line feed."""
    return xml.replace(b"\r", b"&#13;")


def _speakers(claim: Claim) -> list[str]:
    return [link.entity for link in claim.chain]


def _nodes(reading: Reading) -> list[tuple[str, Entity | Quantity | Claim]]:
    return [(node.id, node) for group in (reading.entities, reading.quantities, reading.claims) for node in group]


def _document(reading: Reading) -> dict[str, Any]:
    document = reading.document
    return {
        "title": document.title,
        "date": document.published.isoformat() if document.published else None,
        "source": document.source,
        "url": document.url,
        "text": document.text,
        "quantities": [
            {"start": q.span.start, "end": q.span.end, "low": q.low, "high": q.high, "unit": q.unit, "thing": q.thing}
            for q in reading.quantities
        ],
    }


def _add_node(graph: nx.MultiDiGraph, iri: str, node: Entity | Quantity | Claim, reading: Reading) -> None:
    known = graph.nodes[iri] if iri in graph else None
    if not isinstance(node, Entity):
        label = str(reading.name(node.id))
        graph.add_node(iri, **_attributes(label, type(node).__name__))
    elif known is None:
        more = {
            "aliases": list(node.aliases),
            "same_as": list(node.same_as),
            "anonymous": node.anonymous,
            "indefinite": is_indefinite(node.name, ontology()),
        }
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
        "indefinite": False,
    }


def _colour(vocabulary: Ontology, kind: str) -> str:
    """Find the colour of the kind or of the nearest class above it."""
    colours = (vocabulary.value(term, "kg:colour") for term in vocabulary.ancestors("kg:" + kind))
    return next((colour for colour in colours if colour), _GREY)
