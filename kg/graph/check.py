"""Checks a store: its graph has the shapes of `ontology/shapes.ttl`, its spans quote their texts, nothing dangles.

The shapes are SHACL (https://www.w3.org/TR/shacl/), validated by pySHACL. That takes memory and time for every node,
so above some size the same shapes are asked of the store in SPARQL, one query for each constraint.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any, Final, cast

import pyoxigraph as ox
import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH

from kg.graph.store import Store
from kg.graph.terms import encode_id
from kg.model import Span
from kg.ontology import folder

SHACL_LIMIT: Final = 50_000
"""Number of statements up to which pySHACL is used."""
_AGAIN = "add its document again"

# What each constraint forbids of a value, as a SPARQL pattern; {0} is the constraint's parameter.
_FORBIDDEN: Final = {
    SH.datatype: "FILTER(!isLiteral(?v) || datatype(?v) != {0})",
    SH["class"]: "FILTER NOT EXISTS {{ ?v a/rdfs:subClassOf* {0} }}",
    SH["in"]: "FILTER(?v NOT IN ({0}))",
    SH.minInclusive: "FILTER(!COALESCE(?v >= {0}, false))",
    SH.maxInclusive: "FILTER(!COALESCE(?v <= {0}, false))",
    SH.lessThan: "?x {0} ?w FILTER(!COALESCE(?v < ?w, false))",
    SH.lessThanOrEquals: "?x {0} ?w FILTER(!COALESCE(?v <= ?w, false))",
}
_NODE_KINDS: Final = {SH.IRI: "FILTER(!isIRI(?v))", SH.Literal: "FILTER(!isLiteral(?v))"}


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One fault of a store: where, what, and what helps."""

    place: str
    message: str
    remedy: str

    def __str__(self) -> str:
        return " ".join(f"{self.place}: {self.message}; {self.remedy}".split())


def check(store: Store, shacl_limit: int = SHACL_LIMIT) -> list[Violation]:
    """Find all faults of a store, sorted.

    >>> check(Store())
    []
    """
    by_shapes = _validated if len(store.oxigraph) <= shacl_limit else _asked
    found = {*by_shapes(store), *_unquoted(store), *_outside(store), *_dangling(store)}
    return sorted(found)


# ------------------------------------------------------------------ shapes


@cache
def _shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(folder() / "shapes.ttl", format="turtle")


def _violation(place: object, told: object, value: object = None) -> Violation:
    """Make a violation of a shape's message: the fault before the semicolon, the remedy after it."""
    message, _, remedy = str(told).partition("; ")
    return Violation(str(place), message if value is None else f"{message} (found {value})", remedy)


def _validated(store: Store) -> Iterator[Violation]:
    """Validate with pySHACL."""
    # Loaded here because it takes half a second, which a large store need not wait for.
    from pyshacl import validate

    triples = cast(ox.QueryTriples, store.query("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"))
    data = rdflib.Graph().parse(data=triples.serialize(format=ox.RdfFormat.N_TRIPLES), format="nt")
    _, report, _ = validate(data, shacl_graph=_shapes(), inference="none")
    for result in report.subjects(RDF.type, SH.ValidationResult):
        told, value = report.value(result, SH.resultMessage), report.value(result, SH.value)
        yield _violation(report.value(result, SH.focusNode), told, value)


def _asked(store: Store) -> Iterator[Violation]:
    """Ask for the same faults in SPARQL."""
    shapes = _shapes()
    for node, shape in shapes.subject_objects(SH.property):
        told, path = shapes.value(shape, SH.message), cast(rdflib.URIRef, shapes.value(shape, SH.path))
        for target in _targets(shapes, node):
            for pattern in _patterns(shapes, shape, path.n3()):
                for row in _rows(store, f"SELECT DISTINCT ?x ?v {{ {target} {pattern} }}"):
                    yield _violation(row["x"].value, told, row["v"].value if row["v"] else None)


def _targets(shapes: rdflib.Graph, node: rdflib.term.Node) -> Iterator[str]:
    """Turn the targets of a node shape into patterns that match its nodes."""
    for target in shapes.objects(node, SH.targetClass):
        yield f"?class rdfs:subClassOf* {cast(rdflib.URIRef, target).n3()} . ?x a ?class ."
    for target in shapes.objects(node, SH.targetObjectsOf):
        yield f"?referrer {cast(rdflib.URIRef, target).n3()} ?x ."


def _patterns(shapes: rdflib.Graph, shape: rdflib.term.Node, path: str) -> Iterator[str]:
    """Turn a property shape's constraints into patterns that match its violations."""
    if shapes.value(shape, SH.minCount):
        yield f"FILTER NOT EXISTS {{ ?x {path} ?any }}"
    if shapes.value(shape, SH.maxCount):
        yield f"?x {path} ?one, ?other FILTER(!sameTerm(?one, ?other))"
    for constraint, forbidden in _FORBIDDEN.items():
        parameter = shapes.value(shape, constraint)
        if parameter is not None:
            terms = Collection(shapes, parameter) if constraint == SH["in"] else [parameter]
            listed = ", ".join(cast(rdflib.URIRef, term).n3() for term in terms)
            yield f"?x {path} ?v . {forbidden.format(listed)}"
    kind = shapes.value(shape, SH.nodeKind)
    if kind is not None:
        yield f"?x {path} ?v . {_NODE_KINDS[cast(rdflib.URIRef, kind)]}"


def _rows(store: Store, sparql: str) -> Iterator[Any]:
    return iter(cast(ox.QuerySolutions, store.query(sparql)))


# ------------------------------------------------------------------ quotes


def _unquoted(store: Store) -> Iterator[Violation]:
    """Find spans and sentences of the graph whose words are not those of the text at their place."""
    query = "SELECT ?d ?x ?s ?e ?w { ?x oa:start ?s; oa:end ?e; oa:exact ?w; kg:document ?d }"
    texts = {f"{store.base}doc/{encode_id(r.document.id)}": r.document.text for r in store.readings()}
    for row in _rows(store, query):
        text = texts.get(row["d"].value)
        start, end = (row[name].value for name in "se")
        if text is None or not (start.isdecimal() and end.isdecimal()):
            continue  # the shapes tell
        words = text[int(start) : int(end)]
        if words != row["w"].value:
            yield Violation(row["x"].value, f"quotes {row['w'].value!r} where the text has {words!r}", _AGAIN)


def _outside(store: Store) -> Iterator[Violation]:
    """Find spans of the readings that do not lie inside their text."""
    for reading in store.readings():
        length = len(reading.document.text)
        for part in ("sentences", "mentions", "times", "quantities", "attributions", "claims"):
            for span in _spans(getattr(reading, part)):
                if not 0 <= span.start < span.end <= length:
                    place = f"{reading.document.id} {part} {span.start}-{span.end}"
                    yield Violation(place, f"does not lie inside the text of {length} characters", _AGAIN)


def _spans(value: object) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _spans(part)
    elif is_dataclass(value):
        for name in _field_names(cast(Any, type(value))):
            yield from _spans(getattr(value, name))


@cache
def _field_names(of: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(of))


# ------------------------------------------------------------------ references


def _dangling(store: Store) -> Iterator[Violation]:
    """Find IRIs of ours that something refers to and nothing describes."""
    query = f"""SELECT DISTINCT ?s ?o {{ ?s ?p ?o
        FILTER(isIRI(?o) && STRSTARTS(STR(?o), "{store.base}") && NOT EXISTS {{ ?o a ?class }}) }}"""
    for row in _rows(store, query):
        message = f"refers to {row['o'].value}, which nothing describes"
        yield Violation(row["s"].value, message, "add the documents that speak of it again")
