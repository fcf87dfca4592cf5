"""The W3C's own tests of the SPARQL 1.1 Protocol, where they are present.

KG_W3C names a folder with `manifest.ttl` and the data of sparql/sparql11/protocol of https://github.com/w3c/rdf-tests.
The endpoint is read-only: of the 34 tests those that make an update succeed are left out, by their names.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pyoxigraph as ox
import pytest
import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDF

from kg.graph.store import Store
from tests.readings import plan
from tests.test_serve import serving

FOLDER = Path(os.environ.get("KG_W3C", "/nowhere"))
MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = rdflib.Namespace("http://www.w3.org/2011/http#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
DATA = "http://kasei.us/2009/09/sparql/data/"
FORMATS = {"boolean": "sparql-results", "tabular": "sparql-results", "RDF": "text/turtle"}


def manifest() -> rdflib.Graph:
    path = FOLDER / "manifest.ttl"
    return rdflib.Graph().parse(path) if path.is_file() else rdflib.Graph()


GRAPH = manifest()
TESTS = sorted(
    (str(GRAPH.value(test, MF.name)), test)
    for test in GRAPH.subjects(RDF.type, MF.ProtocolTest)
    if not str(GRAPH.value(test, MF.name)).startswith(("update ", "test for service-defined BASE"))
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Serve a store that holds the data of the tests, as named graphs beside a document."""
    place = tmp_path_factory.mktemp("w3c") / "store"
    Store.create(place, [plan()]).close()
    [file] = place.glob("documents-*/*.nq")
    lines = [
        f"{quad.subject} {quad.predicate} {quad.object} <{DATA}data{n}.rdf> .\n"
        for n in (1, 2, 3)
        for quad in ox.parse(path=str(FOLDER / f"data{n}.nt"), base_iri=f"{DATA}data{n}.rdf")
    ]
    head, _, rest = file.read_text().partition("\n")
    file.write_text(head + "\n" + "".join(lines) + rest)
    yield from serving(place)


def requests(test: rdflib.term.Node) -> list[rdflib.term.Node]:
    action = GRAPH.value(test, MF.action)
    return list(Collection(GRAPH, GRAPH.value(action, HT.requests)))


def body(request: rdflib.term.Node) -> bytes | None:
    content = GRAPH.value(request, HT.body)
    if content is None:
        return None
    return str(GRAPH.value(content, CNT.chars)).encode(str(GRAPH.value(content, CNT.characterEncoding)))


@pytest.mark.skipif(not TESTS, reason="KG_W3C does not name the folder of the W3C's protocol tests")
def test_all_tests_are_found() -> None:
    assert len(set(GRAPH.subjects(RDF.type, MF.ProtocolTest))) == 34
    assert len(TESTS) == 27


@pytest.mark.parametrize(("name", "test"), TESTS, ids=[name for name, _ in TESTS])
def test_the_endpoint_keeps_the_protocol(client: httpx.Client, name: str, test: rdflib.term.Node) -> None:
    for request in requests(test):
        found = GRAPH.value(request, HT.headers)
        headers = {
            str(GRAPH.value(header, HT.fieldName)): str(GRAPH.value(header, HT.fieldValue))
            for header in (Collection(GRAPH, found) if found else ())
        }
        query = urlsplit(str(GRAPH.value(request, HT.absolutePath))).query
        address = "/sparql" + ("?" + query if query else "")
        response = client.request(
            str(GRAPH.value(request, HT.methodName)), address, headers=headers, content=body(request)
        )
        expected = GRAPH.value(request, HT.resp)
        allowed = {str(status)[-3] for status in GRAPH.objects(expected, MF.expectedStatus)}
        assert str(response.status_code)[0] in allowed, response.text
        form = GRAPH.value(expected, MF.expectedFormat)
        if form is not None:
            assert FORMATS[str(form)] in response.headers["content-type"]
        truth = GRAPH.value(expected, MF.expectedBoolean)
        if truth is not None:
            assert response.json()["boolean"] is truth.toPython()
