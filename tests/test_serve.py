"""The endpoint: the query half of the SPARQL 1.1 Protocol, limits, pages and addresses, over a real server."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest
import uvicorn

from kg.graph.store import Store
from kg.graph.terms import BASE
from kg.serve.app import application
from kg.serve.pool import Limits
from tests.readings import plan, reports

READINGS = (plan(), *reports())
ASK = "ASK { ?s ?p ?o }"
SELECT = "SELECT ?s { ?s a kg:Claim } LIMIT 3"
CONSTRUCT = "CONSTRUCT { ?s a kg:Claim } { ?s a kg:Claim }"
DESCRIBE = "DESCRIBE ?s { ?s a kg:Claim }"
HEAVY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    place = tmp_path_factory.mktemp("serve") / "store"
    Store.create(place, READINGS).close()
    yield from serving(place)


def serving(place: Path, seconds: float = 2.0) -> Iterator[httpx.Client]:
    """Serve the store of a folder on a free port, for as long as the client is used."""
    limits = Limits(seconds=seconds, answer=200_000)
    app = application(place, BASE, lambda: "<!doctype html><title>page</title>", limits)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        yield client
    server.should_exit = True
    thread.join(timeout=10)


def test_filling_the_graph_is_in_no_query_s_time(tmp_path: Path) -> None:
    Store.create(tmp_path / "store", READINGS).close()
    for impatient in serving(tmp_path / "store", seconds=0.3):
        assert impatient.get("/sparql", params={"query": ASK}).status_code == 200


def document_graphs() -> list[str]:
    return [f"{BASE}doc/{reading.document.id}" for reading in READINGS]


def form(**fields: str) -> str:
    return urlencode(fields)


# Each row: method, query string, content type, body, accept → status, media type (None: any).
# The rows are those requests of the W3C's protocol tests that concern queries, put anew over our own data.
PROTOCOL = [
    ("GET", {"query": ASK}, None, None, None, 200, "application/sparql-results+json"),
    ("GET", {"query": SELECT}, None, None, "application/sparql-results+xml", 200, "application/sparql-results+xml"),
    ("GET", {"query": SELECT}, None, None, "text/csv", 200, "text/csv"),
    ("GET", {"query": SELECT}, None, None, "text/tab-separated-values", 200, "text/tab-separated-values"),
    ("GET", {"query": ASK}, None, None, "application/sparql-results+xml", 200, "application/sparql-results+xml"),
    ("GET", {"query": CONSTRUCT}, None, None, "text/turtle", 200, "text/turtle"),
    ("GET", {"query": DESCRIBE}, None, None, "application/rdf+xml", 200, "application/rdf+xml"),
    ("GET", {"query": CONSTRUCT}, None, None, "application/n-triples", 200, "application/n-triples"),
    ("GET", {"query": CONSTRUCT}, None, None, "application/ld+json", 200, "application/ld+json"),
    ("GET", {"query": SELECT}, None, None, "text/turtle", 406, None),
    ("GET", {"query": CONSTRUCT}, None, None, "text/csv", 406, None),
    ("POST", {}, FORM, form(query=ASK), None, 200, None),
    ("POST", {}, f"{FORM}; charset=UTF-8", form(query=ASK), None, 200, None),
    ("POST", {}, QUERY, ASK, None, 200, None),
    ("POST", {"default-graph-uri": "g"}, QUERY, ASK, None, 400, None),
    ("GET", {}, None, None, None, 400, None),
    ("GET", {"query": "SELECT"}, None, None, None, 400, None),
    ("GET", [("query", ASK), ("query", SELECT)], None, None, None, 400, None),
    ("POST", {}, FORM, form(query=ASK) + "&" + form(query=SELECT), None, 400, None),
    ("POST", {"query": ASK}, QUERY, ASK, None, 400, None),
    ("POST", {}, "text/plain", ASK, None, 415, None),
    ("POST", {}, None, form(query=ASK), None, 415, None),
    ("POST", {}, QUERY, "ASK { ?s ?p 'caf\xe9' }".encode("latin-1"), None, 400, None),
    ("POST", {}, FORM, b"query=ASK%20%7B%20%3Fs%20%3Fp%20'caf%E9'%20%7D", None, 400, None),
    ("PUT", {"query": ASK}, QUERY, ASK, None, 405, None),
    ("DELETE", {"query": ASK}, None, None, None, 405, None),
    ("POST", {}, FORM, form(update="CLEAR ALL"), None, 403, None),
    ("POST", {}, "application/sparql-update", "CLEAR ALL", None, 415, None),
    ("GET", {"update": "CLEAR ALL"}, None, None, None, 403, None),
    ("GET", {"query": "CLEAR ALL"}, None, None, None, 400, None),
    ("GET", {"query": "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"}, None, None, None, 403, None),
    ("GET", {"query": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }"}, None, None, None, 200, None),
]  # fmt: skip


@pytest.mark.parametrize(("method", "params", "kind", "body", "accept", "status", "media"), PROTOCOL)
def test_protocol(
    client: httpx.Client,
    method: str,
    params: dict[str, str] | list[tuple[str, str]],
    kind: str | None,
    body: str | bytes | None,
    accept: str | None,
    status: int,
    media: str | None,
) -> None:
    headers = {"Accept": accept or "*/*"} | ({"Content-Type": kind} if kind else {})
    response = client.request(method, "/sparql", params=params, headers=headers, content=body)
    assert response.status_code == status, response.text
    if media:
        assert response.headers["content-type"].split(";")[0] == media


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_graphs_narrow_the_dataset(client: httpx.Client, method: str) -> None:
    first, second, *_ = document_graphs()
    query = "SELECT (COUNT(*) AS ?n) { ?s a kg:Claim }"

    def count(*graphs: tuple[str, str], query: str = query) -> int:
        fields = [("query", query), *graphs]
        if method == "GET":
            answer = client.get("/sparql", params=fields)
        else:
            answer = client.post("/sparql", content=urlencode(fields), headers={"Content-Type": FORM})
        return int(answer.json()["results"]["bindings"][0]["n"]["value"])

    one, other = count(("default-graph-uri", first)), count(("default-graph-uri", second))
    assert one > 0
    assert count(("default-graph-uri", first), ("default-graph-uri", second)) == one + other
    named = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s a kg:Claim } }"
    assert count(("named-graph-uri", first), query=named) == one
    assert count(("named-graph-uri", first)) == 0, "a named graph is not in the default one"


def test_a_file_named_in_from_is_not_read(client: httpx.Client) -> None:
    query = "SELECT (COUNT(*) AS ?n) FROM <file:///etc/passwd> { ?s ?p ?o }"
    assert client.get("/sparql", params={"query": query}).json()["results"]["bindings"][0]["n"]["value"] == "0"


def test_a_percent_sign_survives_a_form(client: httpx.Client) -> None:
    answer = client.post("/sparql", data={"query": 'SELECT ("a%20b" AS ?x) {}'}).json()
    assert answer["results"]["bindings"][0]["x"]["value"] == "a%20b"


def test_a_heavy_query_is_stopped_and_others_go_on(client: httpx.Client) -> None:
    statuses: list[int] = []
    heavy = threading.Thread(target=lambda: statuses.append(client.get("/sparql", params={"query": HEAVY}).status_code))
    started = time.monotonic()
    heavy.start()
    time.sleep(0.3)
    assert client.get("/sparql", params={"query": ASK}).status_code == 200
    assert time.monotonic() - started < 1.9, "a light query waits for nobody"
    heavy.join()
    assert statuses == [503]
    assert time.monotonic() - started < 30
    assert client.get("/sparql", params={"query": ASK}).status_code == 200


def test_too_large_an_answer_is_refused(client: httpx.Client) -> None:
    query = "SELECT * { ?a ?b ?c . ?d a kg:Claim . ?e a kg:Claim }"
    response = client.get("/sparql", params={"query": query})
    assert response.status_code == 413
    assert "LIMIT" in response.text


def test_too_long_a_query_is_refused(client: httpx.Client) -> None:
    query = ASK + "#" * 100_001
    assert client.post("/sparql", content=query, headers={"Content-Type": QUERY}).status_code == 413


def test_no_other_origin_is_let_in(client: httpx.Client) -> None:
    headers = {"Origin": "https://elsewhere.example"}
    response = client.get("/sparql", params={"query": ASK}, headers=headers)
    assert not [h for h in response.headers if h.startswith("access-control")]
    assert response.headers["x-content-type-options"] == "nosniff"


def test_everything_named_has_an_address(client: httpx.Client) -> None:
    for kind in ("kg:Entity", "kg:Claim", "kg:Report"):
        query = f"SELECT ?s {{ ?s a {kind} }} ORDER BY ?s LIMIT 1"
        rows = client.get("/sparql", params={"query": query}).json()["results"]["bindings"]
        path = "/data/" + rows[0]["s"]["value"][len(BASE) :]
        page = client.get(path, headers={"Accept": "text/html"})
        assert page.status_code == 200, path
        assert "<h1>" in page.text
        triples = client.get(path, headers={"Accept": "application/n-triples"})
        assert triples.status_code == 200
        assert rows[0]["s"]["value"] in triples.text


def test_an_entity_has_its_page_of_facts(client: httpx.Client) -> None:
    page = client.get("/data/entity/Person:Wesley_Clark", headers={"Accept": "text/html"}).text
    assert "<h2>Names</h2>" in page
    assert "<h2>Claims about it</h2>" in page
    assert "Gen Clark called for an acceleration of the campaign." in page


def test_claims_come_page_by_page(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.serve.app._ROWS", 2)

    def page(number: int) -> str:
        address = f"/data/doc/000_plan?page={number}"
        return client.get(address, headers={"Accept": "text/html"}).text

    last = -(-len(plan().claims) // 2)
    assert 'href="?page=2"' in page(1)
    assert "Previous" not in page(1)
    assert f'href="?page={last - 1}"' in page(last)
    assert "More" not in page(last)
    claims = [
        line for number in range(1, last + 1) for line in page(number).splitlines() if "/data/claim/000_plan:" in line
    ]
    assert len(claims) == len(set(claims)) == len(plan().claims)
    for wrong in ("0", "x", "-1", "9" * 30):
        answer = client.get(f"/data/doc/000_plan?page={wrong}", headers={"Accept": "text/html"})
        assert (answer.status_code, answer.text) == (400, f"no page {wrong!r}: give a number from 1\n")


@pytest.mark.parametrize("path", ["/data/entity/Person:Nobody_At_All", "/assets/other.js", "/nowhere"])
def test_what_is_not_there_is_404(client: httpx.Client, path: str) -> None:
    assert client.get(path, headers={"Accept": "text/html"}).status_code == 404


@pytest.mark.parametrize("path", ["/data/%3E%20x", "/data/a%22b"])
def test_what_is_no_iri_is_400(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == 400


def test_search_finds_names_and_escapes_them(client: httpx.Client) -> None:
    name = client.get(
        "/sparql", params={"query": "SELECT ?n { ?s a kg:Person ; rdfs:label ?n } ORDER BY ?n LIMIT 1"}
    ).json()["results"]["bindings"][0]["n"]["value"]
    rows = client.get("/search", params={"q": name.upper()}, headers={"Accept": "application/json"}).json()
    assert name in [row["label"] for row in rows]
    page = client.get("/search", params={"q": "<script>\"'\\"}, headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert "<script>" not in page.text


def test_health_and_pages(client: httpx.Client) -> None:
    health = client.get("/health").json()
    assert health["status"] == "ok"
    assert health["claims"] > 0
    assert "page" in client.get("/").text
    editor = client.get("/query").text
    assert "Where everyone stands" in editor
    assert "http://" not in editor.replace("http://www.w3.org", "").replace("https://", ""), "works offline"


def test_the_vocabulary_has_an_address(client: httpx.Client) -> None:
    page = client.get("/ontology", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert 'id="Contradiction"' in page.text
    turtle = client.get("/ontology", headers={"Accept": "text/turtle"})
    assert "kg:Claim" in turtle.text
    assert client.get("/ontology", headers={"Accept": "image/png"}).status_code == 406


def test_the_page_of_a_report_lists_its_claims(client: httpx.Client) -> None:
    page = client.get("/data/doc/000_plan", headers={"Accept": "text/html"})
    assert "Tony Blair approves deployment of ground troops" in page.text
    assert page.text.count("/data/claim/000_plan:") >= len(plan().claims)
