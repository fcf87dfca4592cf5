"""How names, numbers and texts become RDF terms, and sorted statements become Turtle.

Terms are written in N-Triples, so that a statement is one line, a set of statements is a set of lines, and
sorting the lines is the canonical order.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Final

import pyoxigraph as ox

from kg.model import KgError
from kg.ontology import FACT, ONTOLOGY, RELATION

BASE: Final = "https://example.org/kg/data/"
"""Where the IRIs of data lie unless the user says otherwise."""
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
ROOMS: Final = (
    "doc", "reporter", "sentence", "span", "entity", "local", "claim", "attribution", "argument", "quantity",
    "when", "day", "geometry", "run", "tool", "judgement", "sighting", "agent", "clash", "nanopub",
)  # fmt: skip
"""What follows the base in a data IRI: one room, and one prefix, for each sort of node."""
VOCABULARIES: Final = {
    "kg": ONTOLOGY,
    "rel": RELATION,
    "fact": FACT,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": XSD,
    "owl": "http://www.w3.org/2002/07/owl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "schema": "https://schema.org/",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "time": "http://www.w3.org/2006/time#",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "qudt": "http://qudt.org/schema/qudt/",
    "unit": "http://qudt.org/vocab/unit/",
    "np": "http://www.nanopub.org/nschema#",
}
"""Prefix → namespace of every vocabulary the graph uses."""

_LONGEST = 72
_FORBIDDEN = re.compile(r'[\x00-\x20<>"{}|^`\\\x7f-\x9f]')
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20]+")
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]")
_SAFE_START = re.compile(r"[A-Za-z]")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9 .-]*", re.ASCII)
_NAMED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_ESCAPES = {i: f"\\u{i:04X}" for i in (*range(32), 127)} | {ord(c): escaped for c, escaped in _NAMED.items()}
_SPECIAL = re.compile(r'[\x00-\x1f\x7f"\\]')


def iri(value: str) -> str:
    """Write a whole IRI as an N-Triples term."""
    return f"<{value}>"


def is_iri(value: str) -> bool:
    """Tell whether a text is an absolute IRI that every reader accepts."""
    return bool(_ABSOLUTE.fullmatch(value)) and not _FORBIDDEN.search(value)


def checked_base(base: str) -> str:
    """Return the base IRI, or say what is wrong with it."""
    if not is_iri(base) or base[-1] not in "/#:":
        raise KgError(f"base IRI {base!r} cannot be used: give an absolute IRI that ends in '/', '#' or ':'")
    return base


@lru_cache(maxsize=65536)
def encode(name: str) -> str:
    """Write a name so that it can stand in an IRI: readable, and never the same for two names.

    >>> encode("Tony Blair"), encode("K-For"), encode("AT&T"), encode("a_b"), encode("café")
    ('Tony_Blair', 'K-For', 'AT%26T', 'a%5Fb', 'café')
    """
    if _PLAIN_NAME.fullmatch(name) and len(name) <= _LONGEST:
        return name.replace(" ", "_")
    name = unicodedata.normalize("NFC", name)
    out = "".join("_" if c == " " else c if _stays(c, ".-") else _percent(c) for c in name)
    return out if len(out) <= _LONGEST else _cut(out) + ":" + digest(name)


def encode_id(name: str) -> str:
    """Write a document's id so that it can stand in an IRI; underscores, common there, stay.

    >>> encode_id("000_e105"), encode_id("my file.txt")
    ('000_e105', 'my%20file.txt')
    """
    return "".join(c if _stays(c, "._-") else _percent(c) for c in unicodedata.normalize("NFC", name))


@lru_cache(maxsize=65536)
def relation_name(relation: str) -> str:
    """Write a relation's name so that it can be an XML name too (RDF/XML needs that), never the same for two names.

    A character that is not safe in every reader stands by its number, after a dot and before a hyphen; a cut name ends
    in a dot and a digest.

    >>> relation_name("calls_for"), relation_name("is-über_50%"), relation_name("50_cuts")
    ('calls_for', 'is-.fc-ber_50.25-', '_.35-0_cuts')
    """
    name = unicodedata.normalize("NFC", relation)
    out = _UNSAFE.sub(lambda match: f".{ord(match[0]):x}-", name)
    if not _SAFE_START.match(out):
        out = f"_{out}" if out.startswith(".") else f"_.{ord(name[0]):x}-{out[1:]}" if out else "_"
    return out if len(out) <= _LONGEST else re.sub(r"\.[0-9a-f]*\Z", "", out[:_LONGEST]) + "." + digest(name)


@lru_cache(maxsize=65536)
def slug(words: str) -> str:
    """Write a gist of some words for people; the rest of the IRI tells nodes apart.

    >>> slug("force of 55,000")
    'force_of_55000'
    """
    kept = "".join(c for c in unicodedata.normalize("NFC", words) if _stays(c, " ._-"))
    return _cut("_".join(kept.split()))


def _stays(character: str, marks: str) -> bool:
    return character in marks or (character.isalnum() and character.isprintable())


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "surrogatepass"))


def _cut(name: str) -> str:
    """Shorten an encoded name without leaving half a percent escape or half a word."""
    if len(name) <= _LONGEST:
        return name
    short = re.sub(r"%[0-9A-F]?\Z", "", name[:_LONGEST])
    return short.rsplit("_", 1)[0] if "_" in short[_LONGEST // 2 :] else short


def digest(text: str) -> str:
    """Eight hexadecimal digits that stand for a text."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


def literal(text: str) -> str:
    r"""Write a plain string literal.

    >>> print(literal('He said "no"'))
    "He said \"no\""
    """
    return f'"{text.translate(_ESCAPES)}"' if _SPECIAL.search(text) else f'"{text}"'


def number(value: float) -> str:
    """Write a number in its one canonical form: whole ones as xsd:integer, others as xsd:decimal.

    >>> number(28000.0), number(0.50)
    ('"28000"^^<http://www.w3.org/2001/XMLSchema#integer>', '"0.5"^^<http://www.w3.org/2001/XMLSchema#decimal>')
    """
    value = round(value, 12)
    if value == int(value):
        return f'"{int(value)}"^^<{XSD}integer>'
    digits = format(Decimal(repr(value)), "f")
    return f'"{digits}"^^<{XSD}decimal>'


def typed(text: str, datatype: str) -> str:
    """Write a literal of an XML Schema type: `typed("1999-05-24", "date")`."""
    return f'"{text}"^^<{XSD}{datatype}>'


def prefixes(base: str = BASE) -> dict[str, str]:
    """Name the prefixes of a graph: the vocabularies and the rooms of the data."""
    return VOCABULARIES | {room: f"{base}{room}/" for room in ROOMS}


def turtle(lines: Iterable[str], base: str = BASE) -> bytes:
    """Write N-Triples lines as canonical Turtle: the same bytes for the same statements in any order."""
    ordered = "\n".join(sorted(set(lines)))
    return serialize(ox.parse(ordered, format=ox.RdfFormat.N_TRIPLES), ox.RdfFormat.TURTLE, base)


def serialize(statements: Iterable[ox.Triple] | Iterable[ox.Quad], form: ox.RdfFormat, base: str = BASE) -> bytes:
    """Write statements in the order they come, with our prefixes in the order of their names."""
    out = ox.serialize(statements, format=form, prefixes=prefixes(base))
    assert out is not None, "pyoxigraph returns bytes when no output is named"
    if form not in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG):
        return out
    header, body = len(prefixes(base)), out.split(b"\n", len(prefixes(base)))
    return b"\n".join([*sorted(body[:header]), *body[header:]])
