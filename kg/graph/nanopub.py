"""Claims as nanopublications: for each claim four named graphs, after https://nanopub.net/guidelines/working_draft/.

The head ties the other three together; the assertion holds the claim node and, where some source claims it, the plain
triple; the provenance says whose words it stands on and who says so; the publication info, which tool made it of what.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from kg.graph.names import Names
from kg.graph.rdf import is_asserted
from kg.graph.store import Store
from kg.graph.terms import VOCABULARIES, iri, relation_name, serialize
from kg.model import Claim
from kg.ontology import RELATION

_NP: Final = "http://www.nanopub.org/nschema#"
_PROV: Final = VOCABULARIES["prov"]
_JUDGED: Final = (f"<{VOCABULARIES['kg']}contradicts>", f"<{VOCABULARIES['kg']}inTensionWith>")
_TYPE: Final = iri(VOCABULARIES["rdf"] + "type")


def nanopublications(store: Store) -> bytes:
    """Write all claims of a store as nanopublications in one TriG text."""
    told = _by_subject(store)
    lines = [
        line
        for reading in store.readings()
        for names in (store.names(reading),)
        for claim in reading.claims
        for line in _nanopublication(names, claim, told)
    ]
    by_graph = sorted(lines, key=lambda line: (line[line.rindex(" <") :], line))
    quads = ox.parse("\n".join(by_graph), format=ox.RdfFormat.N_QUADS)
    return serialize(quads, ox.RdfFormat.TRIG, store.base)


def _by_subject(store: Store) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for line in store.lines():
        subject, _, rest = line[:-2].partition(" ")
        told.setdefault(subject, []).append(rest)
    return told


def _nanopublication(names: Names, claim: Claim, told: dict[str, list[str]]) -> Iterator[str]:
    """State one claim; each line an N-Quads statement."""
    node = iri(names[claim.id])
    place = names[claim.id].removeprefix(names.base + "claim/")
    whole, head, assertion, provenance, info = (
        f"<{names.base}nanopub/{place}{part}>" for part in ("", "#head", "#assertion", "#provenance", "#info")
    )
    yield f"{whole} {_TYPE} <{_NP}Nanopublication> {head} ."
    for link, graph in (("hasAssertion", assertion), ("hasProvenance", provenance), ("hasPublicationInfo", info)):
        yield f"{whole} <{_NP}{link}> {graph} {head} ."
    for rest in told[node]:
        if not rest.startswith(_JUDGED):
            yield f"{node} {rest} {assertion} ."
    if is_asserted(claim) and claim.object is not None:
        relation = iri(RELATION + relation_name(claim.relation))
        yield f"{iri(names[claim.subject])} {relation} {iri(names[claim.object])} {assertion} ."
    speaker = claim.chain[-1].entity if claim.chain else None
    said_by = names[speaker] if speaker else names.reporter
    yield f"{assertion} <{_PROV}wasDerivedFrom> {iri(names.document)} {provenance} ."
    yield f"{assertion} <{_PROV}wasAttributedTo> {iri(said_by)} {provenance} ."
    for rest in told[iri(names.document)]:
        if "articleBody" not in rest:
            yield f"{iri(names.document)} {rest} {provenance} ."
    made_by = names.run or names.document
    how = "wasGeneratedBy" if names.run else "wasDerivedFrom"
    yield f"{whole} <{_PROV}{how}> {iri(made_by)} {info} ."
    for rest in told[iri(made_by)] if names.run else ():
        yield f"{iri(made_by)} {rest} {info} ."
