"""Files of the graph for other tools, each written whole or not at all, and the same for the same store."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from kg.archive import dump, load
from kg.graph.network import claim_record, gexf, graphml, kept_returns, network, xml_text
from kg.graph.shelf import write_aside
from kg.graph.store import Store
from kg.graph.table import csv_text, plain
from kg.graph.terms import VOCABULARIES, serialize
from kg.model import KgError, Reading

COLUMNS: Final = (
    "id", "doc", "subject", "subject_id", "relation", "object", "object_id", "event", "event_id", "object_phrase",
    "subject_span", "relation_span", "object_span", "cue_span", "arguments", "source", "source_chain", "polarity",
    "certainty", "reporter_certainty", "factuality", "modality", "tense", "condition", "antecedent", "time", "sentence",
    "sentence_span", "sentence_text", "cues", "confidence", "rule",
)  # fmt: skip
"""Names of what a claim record holds, in its order."""
_PARTS: Final = tuple(f"<{VOCABULARIES['rdf']}{part}>" for part in ("subject", "predicate", "object"))


class Format(StrEnum):
    """What the graph can be written as."""

    TURTLE = "turtle"
    TRIG = "trig"
    NQUADS = "nquads"
    NTRIPLES = "ntriples"
    JSONLD = "jsonld"
    RDFXML = "rdfxml"
    """XML 1.0 cannot hold some control characters even escaped; they become U+FFFD."""
    TURTLE12 = "turtle12"
    """Turtle 1.2, experimental: each claim with an object also reifies its triple, `rdf:reifies <<( s p o )>>`."""
    NANOPUB = "nanopub"
    """A nanopublication for each claim, as TriG (https://nanopub.net/guidelines/working_draft/)."""
    GRAPHML = "graphml"
    GEXF = "gexf"
    CSV = "csv"
    """The claims as a table."""
    PARQUET = "parquet"
    """The same table; needs pyarrow: pip install "kg[parquet]"."""
    NEO4J = "neo4j"
    """A folder with nodes.csv and relations.csv for neo4j-admin import (--multiline-fields=true)."""
    CLAIMS = "claims"
    """The claim records as JSON lines."""
    READINGS = "readings"
    """All that was read, as JSON lines: what `kg import` makes the same store of."""


def export(store: Store, format: Format, path: Path) -> None:
    """Write everything to a file, or for Neo4j to a folder."""
    if format is not Format.NEO4J:
        write_aside(path, exported(store, format))
        return
    for name, content in _neo4j(store).items():
        write_aside(path / name, content)


def exported(store: Store, format: Format) -> bytes:
    """Give everything as the bytes of one file; Turtle, N-Triples and JSON-LD hold the union of documents."""
    if format is Format.NEO4J:
        raise KgError("neo4j is two files: name a folder for them (--out)")
    return _WRITERS[format](store)


def write_turtle(store: Store, path: Path) -> None:
    """Write everything as canonical Turtle."""
    export(store, Format.TURTLE, path)


def write_claims(store: Store, path: Path) -> None:
    """Write the claim records as JSON lines, in the order of documents and text."""
    export(store, Format.CLAIMS, path)


def claim_records(store: Store) -> Iterator[dict[str, Any]]:
    """Give all claims as records, in the order of documents and text."""
    for reading in store.readings():
        names = store.names(reading)
        found = [claim_record(reading, claim, names) for claim in reading.claims]
        yield from sorted(found, key=lambda c: (c["sentence"], c["relation_span"], c["id"]))


def _trig(store: Store) -> bytes:
    by_graph = sorted(store.quads(), key=lambda line: (line[line.rindex(" <") :], line))
    quads = ox.parse("\n".join(by_graph), format=ox.RdfFormat.N_QUADS)
    return serialize(quads, ox.RdfFormat.TRIG, store.base)


def _nquads(store: Store) -> bytes:
    return _joined(store.quads())


def _ntriples(store: Store) -> bytes:
    return _joined(store.lines())


def _joined(lines: Iterator[str] | list[str]) -> bytes:
    return "".join(line + "\n" for line in lines).encode()


def _jsonld(store: Store) -> bytes:
    statements = ox.parse("\n".join(store.lines()), format=ox.RdfFormat.N_TRIPLES)
    return serialize(statements, ox.RdfFormat.JSON_LD, store.base)


def _rdfxml(store: Store) -> bytes:
    """XML cannot hold some control characters even escaped; they become U+FFFD."""
    statements = map(_xml_triple, ox.parse("\n".join(store.lines()), format=ox.RdfFormat.N_TRIPLES))
    return kept_returns(serialize(statements, ox.RdfFormat.RDF_XML, store.base))


def _xml_triple(quad: ox.Quad) -> ox.Triple:
    end = quad.object
    if isinstance(end, ox.Literal) and xml_text(end.value) != end.value:
        end = ox.Literal(xml_text(end.value), datatype=end.datatype)
    return ox.Triple(quad.subject, quad.predicate, end)


def _turtle12(store: Store) -> bytes:
    """Add the triple terms of RDF 1.2 to what the graph states."""
    lines = store.lines()
    ends: dict[str, dict[str, str]] = {}
    for line in lines:
        claim, part, end = line[:-2].split(" ", 2)
        if part in _PARTS:
            ends.setdefault(claim, {})[part] = end
    lines += [
        f"{claim} <{VOCABULARIES['rdf']}reifies> <<( {' '.join(found[part] for part in _PARTS)} )>> ."
        for claim, found in ends.items()
        if len(found) == len(_PARTS)
    ]
    statements = ox.parse("\n".join(sorted(lines)), format=ox.RdfFormat.N_TRIPLES)
    return serialize(statements, ox.RdfFormat.TURTLE, store.base)


def _nanopub(store: Store) -> bytes:
    from kg.graph.nanopub import nanopublications

    return nanopublications(store)


def _parquet(store: Store) -> bytes:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise KgError('parquet needs pyarrow: pip install "kg[parquet]", or take --format csv') from error
    rows = [{name: _cell(claim[name]) for name in COLUMNS} for claim in claim_records(store)]
    types = {"antecedent": pyarrow.bool_(), "sentence": pyarrow.int64()}
    types |= dict.fromkeys(("confidence", "factuality"), pyarrow.float64())
    schema = pyarrow.schema([(name, types.get(name, pyarrow.string())) for name in COLUMNS])
    out = pyarrow.BufferOutputStream()
    parquet.write_table(pyarrow.Table.from_pylist(rows, schema=schema), out)
    return bytes(out.getvalue())


def _cell(value: Any) -> Any:
    """Lists and mappings are JSON text, as in the other tables."""
    return value if value is None or isinstance(value, (str, bool, int, float)) else plain(value)


def _csv(store: Store) -> bytes:
    rows = ([plain(claim[name]) for name in COLUMNS] for claim in claim_records(store))
    return csv_text(COLUMNS, rows).encode()


def _claims(store: Store) -> bytes:
    return _joined(json.dumps(content, ensure_ascii=False) for content in claim_records(store))


def _readings(store: Store) -> bytes:
    if kept := [id for id in store.documents() if store.is_returned(id)]:
        raise KgError(f"{kept[0]} came from an exported graph, which is no whole reading: export turtle instead")
    return _joined(dump(reading) for reading in store.readings())


def imported(lines: Iterable[str], place: str) -> Iterator[Reading]:
    """Read back what was exported as readings; `place` names it in errors."""
    return (load(line, f"{place}:{number}") for number, line in enumerate(lines, 1) if line.strip())


def _neo4j(store: Store) -> dict[str, bytes]:
    """Write the network as the two tables that neo4j-admin imports; lists are JSON text."""
    graph = network(store)
    node_names = ("label", "aliases", "same_as", "anonymous")
    nodes = ([i, *(plain(graph.nodes[i][n]) for n in node_names), graph.nodes[i]["kind"]] for i in sorted(graph))
    claim_names = [name for name in COLUMNS if name not in ("subject_id", "object_id", "relation")]
    edges = sorted(graph.edges(data=True), key=lambda edge: str(edge[2]["id"]))
    relations = ([a, b, claim["relation"], *(plain(claim[n]) for n in claim_names)] for a, b, claim in edges)
    types = {"anonymous": "anonymous:boolean", "antecedent": "antecedent:boolean", "sentence": "sentence:int",
             "confidence": "confidence:double", "factuality": "factuality:double"}  # fmt: skip
    node_head = ["iri:ID", *(types.get(n, n) for n in node_names), ":LABEL"]
    claim_head = [":START_ID", ":END_ID", ":TYPE", *(types.get(n, n) for n in claim_names)]
    return {
        "nodes.csv": csv_text(node_head, nodes).encode(),
        "relations.csv": csv_text(claim_head, relations).encode(),
    }


_WRITERS: Final[dict[Format, Callable[[Store], bytes]]] = {
    Format.TURTLE: Store.turtle,
    Format.TRIG: _trig,
    Format.NQUADS: _nquads,
    Format.NTRIPLES: _ntriples,
    Format.JSONLD: _jsonld,
    Format.GRAPHML: graphml,
    Format.GEXF: gexf,
    Format.RDFXML: _rdfxml,
    Format.TURTLE12: _turtle12,
    Format.NANOPUB: _nanopub,
    Format.CSV: _csv,
    Format.PARQUET: _parquet,
    Format.CLAIMS: _claims,
    Format.READINGS: _readings,
}
