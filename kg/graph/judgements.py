"""Judgements on who is who as RDF: each a node of its own, with its reason and whose it is (PROV-O)."""

from __future__ import annotations

from collections.abc import Iterator

from kg.graph.names import term
from kg.graph.rdf import TYPE
from kg.graph.terms import BASE, digest, encode, iri, literal, slug
from kg.identity import AT, Judgement

_ENTITY, _LABEL, _COMMENT = term("prov:Entity"), term("rdfs:label"), term("rdfs:comment")


def judgement_lines(judgement: Judgement, base: str = BASE) -> tuple[str, ...]:
    """Write a judgement as N-Triples lines."""
    one, other = (_gist(x) for x in (judgement.a, judgement.b))
    rest = f"{judgement.verdict}:{slug(one)}.{slug(other)}:{digest('|'.join(judgement))}"
    node, agent = f"<{base}judgement/{rest}>", f"<{base}agent/{encode(judgement.by)}>"
    kind = "prov:SoftwareAgent" if judgement.by == "kg" else "prov:Person"
    a, b = (_judged(x, base) for x in (judgement.a, judgement.b))
    lines = [
        f"{node} {TYPE} {term('kg:Judgement')} .",
        f"{node} {TYPE} {_ENTITY} .",
        f"{node} {_LABEL} {literal(f'{one} and {other}: {judgement.verdict}')} .",
        f"{node} {term('kg:verdict')} {term(f'kg:{judgement.verdict}')} .",
        f"{node} {term('kg:judged')} {a} .",
        f"{node} {term('kg:judgedAs')} {b} .",
        f"{node} {term('prov:wasAttributedTo')} {agent} .",
        f"{agent} {TYPE} {term(kind)} .",
        f"{agent} {_LABEL} {literal(judgement.by)} .",
        *_described(judgement.a, base),
        *_described(judgement.b, base),
    ]
    if judgement.reason:
        lines.append(f"{node} {_COMMENT} {literal(judgement.reason)} .")
    if judgement.verdict == "same" and a != b:
        lines.append(f"{a} {term('prov:alternateOf')} {b} .")
    return tuple(lines)


def _gist(reference: str) -> str:
    """Name what is judged for people: "Tony Blair", "Tony Blair in 000_e105"."""
    key, _, document = reference.partition(AT)
    name = key.partition(":")[2].replace("_", " ")
    return f"{name} in {document}" if document else name


def _judged(reference: str, base: str) -> str:
    key, at, document = reference.partition(AT)
    return iri(f"{base}sighting/{key.partition('/')[2]}:{document}" if at else base + key)


def _described(reference: str, base: str) -> Iterator[str]:
    """Describe what no document may speak of by this name any more."""
    key, _, document = reference.partition(AT)
    yield f"{iri(base + key)} {TYPE} {_ENTITY} ."
    if document:
        node = _judged(reference, base)
        yield f"{node} {TYPE} {term('kg:Sighting')} ."
        yield f"{node} {term('prov:specializationOf')} {iri(base + key)} ."
        yield f"{node} {term('dcterms:identifier')} {literal(document)} ."
