"""What reaches out of the store is refused; the same letters in strings, names and comments are free."""

from __future__ import annotations

import pytest

from kg.model import KgError
from kg.serve.guard import refuse_reaching_out
from kg.serve.negotiate import best

REFUSED = [
    "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "SELECT * { service\n<http://127.0.0.1/> {} }",
    "SELECT * { SERVICE SILENT ?where { ?s ?p ?o } }",
    'SELECT * { ?s ?p "\\"" . SERVICE <http://127.0.0.1/> {} }',
    "SELECT * { ?s ?p 'a' } # '\n LOAD <file:///etc/passwd>",
    "LOAD <http://127.0.0.1/> INTO GRAPH <urn:g>",
    "SELECT * { \\u0053ERVICE <http://127.0.0.1/> {} }",
    'SELECT * { ?s ?p """a"b""" SERVICE <http://127.0.0.1/> {} }',
    "SELECT * { ?s < 3 . SERVICE <http://127.0.0.1/> {} }",
    "SELECT * { ?s ?p ?o }SERVICE<http://127.0.0.1/>{}",
]
FREE = [
    'SELECT * { ?s rdfs:label "SERVICE <x>" }',
    "SELECT ?service { ?service service:load <http://example.org/SERVICE> }",
    "SELECT * { ?s ?p ?o } # SERVICE <x>",
    'SELECT * { ?s ?p """ SERVICE " LOAD """ }',
    "SELECT * { ?s ?p 'LOAD'@load , $load }",
    "SELECT * { ?s kg:service ?payload ; ex:re-load ?reload }",
    "SELECT * { ?s ?p '\\'SERVICE' }",
]
ACCEPTS = [
    (None, "application/json"),
    ("*/*", "application/json"),
    ("text/csv", "text/csv"),
    ("text/*", "text/csv"),
    ("application/json;q=0.2, text/csv;q=0.9", "text/csv"),
    ("*/*;q=0.1, text/csv", "text/csv"),
    ("text/*, application/json", "application/json"),
    ("application/json;q=0, */*", "text/csv"),
    ("image/png", None),
    ("text/csv;q=0", None),
    ("text/csv;q=oops", None),
    ("TEXT/CSV", "text/csv"),
]


@pytest.mark.parametrize("query", REFUSED)
def test_reaching_out_is_refused(query: str) -> None:
    with pytest.raises(KgError, match="not allowed"):
        refuse_reaching_out(query)


@pytest.mark.parametrize("query", FREE)
def test_words_in_strings_and_names_are_free(query: str) -> None:
    refuse_reaching_out(query)


@pytest.mark.parametrize(("header", "expected"), ACCEPTS)
def test_negotiation(header: str | None, expected: str | None) -> None:
    assert best(header, ["application/json", "text/csv"]) == expected
