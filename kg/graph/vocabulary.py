"""The vocabulary: for queries its hierarchies, labels and code lists, without the word lists; for people a page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Final

import pyoxigraph as ox

from kg.graph.terms import BASE, VOCABULARIES, XSD
from kg.graph.terms import turtle as terms_as_turtle
from kg.ontology import FACT, ONTOLOGY, RELATION, folder, ontology

_WORD_LISTS: Final = ("common_nouns.ttl", "given_names.ttl", "reference.ttl", "shapes.ttl")
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


@dataclass(frozen=True, slots=True)
class Term:
    """A term of ours with what the vocabulary says of it."""

    name: str
    sort: str
    """ "class", "property" or "code"."""
    label: str
    comment: str
    parents: tuple[str, ...]
    domains: tuple[str, ...]
    ranges: tuple[str, ...]
    examples: tuple[str, ...]
    of: tuple[str, ...]
    """The closed lists a code belongs to."""


@cache
def terms() -> tuple[Term, ...]:
    """List the classes, properties and codes of `kg:`, sorted; the words of the word lists are none."""
    known = ontology()
    lists = known.descendants("kg:Code")
    found: dict[str, str] = {}
    for kind in ("owl#ObjectProperty", "owl#DatatypeProperty", "owl#AnnotationProperty"):
        found |= dict.fromkeys(known.instances(_W3C + "2002/07/" + kind), "property")
    found |= {term: "code" for each in lists for term in known.instances(each) if term not in found}
    found |= dict.fromkeys(known.instances(_W3C + "2002/07/owl#Class"), "class")
    return tuple(_term(iri, found[iri]) for iri in sorted(found) if iri.startswith(ONTOLOGY))


def _term(iri: str, sort: str) -> Term:
    known = ontology()

    def said(name: str) -> tuple[str, ...]:
        return tuple(known.values(iri, name))

    return Term(
        name=iri[len(ONTOLOGY) :],
        sort=sort,
        label=" / ".join(said("rdfs:label")),
        comment=" ".join(said("rdfs:comment")),
        parents=(*said("rdfs:subClassOf"), *said("rdfs:subPropertyOf")),
        domains=said("rdfs:domain"),
        ranges=said("rdfs:range"),
        examples=said(VOCABULARIES["skos"] + "example"),
        of=tuple(kind for kind in said("rdf:type") if kind.startswith(ONTOLOGY)),
    )


def turtle() -> bytes:
    """Write what the vocabulary says of its terms as one Turtle text."""
    lines = [line.decode().rpartition(" <")[0] + " ." for line in vocabulary(BASE)]
    return terms_as_turtle(lines)


def page() -> str:
    """Write the vocabulary as a page for people: one file that needs nothing else."""
    known = ontology()
    title = known.value(ONTOLOGY.rstrip("#"), "rdfs:label") or "kg"
    parts = [f"<h1>{escape(title)}</h1>", f"<p>{escape(known.value(ONTOLOGY.rstrip('#'), 'rdfs:comment') or '')}</p>"]
    parts.append(f"<p>Namespace <code>{escape(ONTOLOGY)}</code>, prefix <code>kg:</code></p>")
    for sort, heading in (("class", "Classes"), ("property", "Properties"), ("code", "Codes")):
        parts.append(f"<h2>{heading}</h2>")
        parts += [_section(term) for term in terms() if term.sort == sort]
    body = "\n".join(parts)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body><main>\n{body}\n</main></body></html>\n"
    )


def _section(term: Term) -> str:
    rows = (
        ("is a", term.parents),
        ("one of", term.of),
        ("domain", term.domains),
        ("range", term.ranges),
    )
    facts = "".join(f"<dt>{name}</dt><dd>{', '.join(map(_link, found))}</dd>" for name, found in rows if found)
    examples = "".join(f"<dt>example</dt><dd>{escape(example)}</dd>" for example in term.examples)
    return (
        f'<section id="{escape(term.name)}"><h3>kg:{escape(term.name)} <small>{escape(term.label)}</small></h3>'
        f"<p>{escape(term.comment)}</p><dl>{facts}{examples}</dl></section>"
    )


def _link(iri: str) -> str:
    for prefix, namespace in VOCABULARIES.items():
        if iri.startswith(namespace):
            name = iri[len(namespace) :]
            href = f"#{name}" if prefix == "kg" else iri
            return f'<a href="{escape(href)}">{prefix}:{escape(name)}</a>'
    return escape(iri)


_W3C: Final = "http://www.w3.org/"
_STYLE: Final = (
    "body{font:16px/1.5 system-ui,sans-serif;margin:0;color:#1d2733;background:#fff}main{max-width:46rem;margin:auto;"
    "padding:1rem}h3{margin-bottom:0}small{font-weight:400;color:#566}p{margin:.2rem 0}"
    "section{border-top:1px solid #dde;padding:.4rem 0}"
    "dl{display:grid;grid-template-columns:5rem 1fr;margin:.2rem 0}dt{color:#566}dd{margin:0}"
    "section:target{background:#fff8dc}"
)
