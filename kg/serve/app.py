"""The web application: routes, negotiation between people and programs, and security headers."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FunctionLoader
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve.negotiate import best
from kg.serve.pool import GRAPHS, Job, Limits, Pool
from kg.serve.protocol import sparql

ASSETS: Final = files("kg.serve") / "assets"
JSON: Final = "application/sparql-results+json"
HITS: Final = 50
"""Names a search shows at most."""
_ROWS: Final = 100
"""Claims that each section of an entity's page shows."""
_DIGITS: Final = 7


class SecurityHeaders:
    """Adds the headers that keep a browser from running or fetching anything that is not ours."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add the headers to what comes back."""

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "no-referrer"
                headers["X-Frame-Options"] = "DENY"
                # The graph page brings a stricter policy of its own, with the hashes of its scripts.
                if scope["path"] != "/":
                    headers["Content-Security-Policy"] = (
                        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
                        "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
                    )
            await send(message)

        await self._app(scope, receive, sending)


def application(store: Path, base: str, page: Callable[[], str], limits: Limits | None = None) -> Starlette:
    """Make the application over the store in a folder; `base` is the IRI under which its data are named."""

    @asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        async with Pool(store, limits or Limits()) as pool:
            app.state.pool = pool
            yield

    app = Starlette(
        routes=[
            Route("/", _graph_page),
            Route("/sparql", sparql, methods=["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH"]),
            Route("/query", _editor),
            Route("/search", _search),
            Route("/health", _health),
            Route("/ontology", _vocabulary),
            Route("/assets/{name}", _asset),
            Route("/data/{name:path}", _thing),
        ],
        middleware=[Middleware(SecurityHeaders)],
        lifespan=life,
    )
    app.state.base = base
    app.state.page = page
    app.state.html = None
    return app


def _template(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")


_TEMPLATES: Final = Environment(loader=FunctionLoader(_template), autoescape=True, trim_blocks=True, lstrip_blocks=True)


def _html(name: str, **values: Any) -> HTMLResponse:
    return HTMLResponse(_TEMPLATES.get_template(name).render(**values))


async def _graph_page(request: Request) -> Response:
    state = request.app.state
    if state.html is None:
        state.html = state.page()
    return HTMLResponse(state.html)


async def _asset(request: Request) -> Response:
    types = {"style.css": "text/css", "editor.js": "text/javascript"}
    name = request.path_params["name"]
    if name not in types:
        return PlainTextResponse("no such file\n", 404)
    return Response(_template(name), media_type=types[name])


async def _vocabulary(request: Request) -> Response:
    """Show the vocabulary: for people as a page, for programs as RDF."""
    from kg.graph.vocabulary import page, turtle

    media = best(request.headers.get("accept"), ["text/html", "text/turtle"])
    if media is None:
        return PlainTextResponse("offered are text/html, text/turtle\n", 406)
    content = page() if media == "text/html" else turtle()
    return Response(content, media_type=media, headers={"Vary": "Accept"})


async def _health(request: Request) -> Response:
    rows = await _select(request, "SELECT (COUNT(*) AS ?claims) { ?claim a kg:Claim }")
    if isinstance(rows, Response):
        return JSONResponse({"status": "failing"}, 503)
    return JSONResponse({"status": "ok", "claims": int(rows[0]["claims"])})


async def _editor(request: Request) -> Response:
    from kg.graph.query import questions

    examples = [{"name": q.name, "title": q.title, "sparql": q.example()} for q in questions().values()]
    return _html("editor.html", examples=examples)


async def _search(request: Request) -> Response:
    text = request.query_params.get("q", "").strip()
    rows: list[dict[str, str]] = []
    if text:
        found = await _select(request, _SEARCH.replace("$TEXT", json.dumps(text.lower(), ensure_ascii=False)))
        if isinstance(found, Response):
            return found
        rows = found
    if best(request.headers.get("accept"), ["text/html", "application/json"]) == "application/json":
        return JSONResponse(rows)
    return _html("search.html", text=text, rows=[{**row, "href": _href(request, row["iri"])} for row in rows])


async def _thing(request: Request) -> Response:
    """Show anything the graph names: for people as a page, for programs as RDF."""
    iri = request.app.state.base + request.path_params["name"]
    if any(c in iri for c in '<>"{}|^`\\') or any(ord(c) <= 0x20 for c in iri):
        return PlainTextResponse("not an IRI\n", 400)
    media = best(request.headers.get("accept"), ["text/html", *GRAPHS])
    if media is None:
        return PlainTextResponse(f"offered are text/html, {', '.join(GRAPHS)}\n", 406)
    if media != "text/html":
        answer = await request.app.state.pool.run(Job(_DESCRIBE.replace("$IRI", iri), media))
        if answer.status == 200 and not answer.body.strip():
            return PlainTextResponse(f"the graph names no {iri}\n", 404)
        return Response(answer.body, answer.status, media_type=answer.media, headers={"Vary": "Accept"})
    return await _thing_page(request, iri)


async def _thing_page(request: Request, iri: str) -> Response:
    from kg.graph.facts import SECTIONS, section

    text = request.query_params.get("page", "1")
    number = int(text) if text.isascii() and text.isdigit() and 0 < len(text) < _DIGITS else 0
    if not number:
        return PlainTextResponse(f"no page {text!r}: give a number from 1\n", 400)
    parts: dict[str, list[dict[str, str]]] = {}
    for name in ("facts", *SECTIONS):
        query = section(name, iri, _ROWS, number) if name in SECTIONS else _FACTS.replace("$IRI", iri)
        rows = await _select(request, query)
        if isinstance(rows, Response):
            return rows
        parts[name] = [_linked(request, row) for row in rows]
    if not parts["facts"]:
        return PlainTextResponse(f"the graph names no {iri}\n", 404)
    label = next((f["value"] for f in parts["facts"] if f["property"].endswith("#label")), iri)
    more = any(len(rows) > _ROWS and "claim" in rows[0] for name, rows in parts.items() if name in SECTIONS)
    return _html("thing.html", iri=iri, label=label, page=number, more=more, rows=_ROWS, **parts)


def _linked(request: Request, row: dict[str, str]) -> dict[str, str]:
    """Add, for each IRI under our base, the address that shows it here."""
    return row | {f"{name}_href": _href(request, value) for name, value in row.items() if "://" in value}


def _href(request: Request, iri: str) -> str:
    base: str = request.app.state.base
    return "/data/" + iri[len(base) :].replace("?", "%3F").replace("#", "%23") if iri.startswith(base) else ""


async def _select(request: Request, query: str) -> list[dict[str, str]] | Response:
    """Run a query of our own; its rows, or the response that says why not."""
    pool: Pool = request.app.state.pool
    answer = await pool.run(Job(query, JSON))
    if answer.status != 200:
        return Response(answer.body, answer.status, media_type=answer.media)
    bindings = json.loads(answer.body)["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in bindings]


def serve(store: Path, base: str, page: Callable[[], str], *, host: str, port: int, limits: Limits) -> None:
    """Serve until interrupted."""
    import uvicorn

    uvicorn.run(application(store, base, page, limits), host=host, port=port, log_level="warning")


Handler = Callable[[Request], Awaitable[Response]]

_SEARCH: Final = f"""
SELECT ?iri (SAMPLE(?name) AS ?label) (SAMPLE(?class) AS ?kind) (COUNT(DISTINCT ?claim) AS ?claims) {{
  ?iri a kg:Entity ; rdfs:label|skos:altLabel ?found ; rdfs:label ?name .
  FILTER CONTAINS(LCASE(?found), $TEXT)
  OPTIONAL {{ ?iri a/rdfs:label ?class }}
  OPTIONAL {{ ?claim rdf:subject|rdf:object|kg:source ?iri }}
}} GROUP BY ?iri ORDER BY DESC(?claims) ?label LIMIT {HITS}
"""
_DESCRIBE: Final = """
CONSTRUCT { <$IRI> ?p ?o . ?s ?q <$IRI> }
{ { <$IRI> ?p ?o } UNION { ?s ?q <$IRI> } }
"""
_FACTS: Final = """
SELECT DISTINCT ?property ?value ?label {
  <$IRI> ?property ?value . OPTIONAL { ?value rdfs:label ?label } FILTER (!STRSTARTS(STR(?property), STR(rel:)))
  FILTER (!STRSTARTS(STR(?property), STR(fact:)))
} ORDER BY ?property ?value LIMIT 200
"""
