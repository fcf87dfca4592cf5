"""The query half of the SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/), read-only."""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kg.model import KgError
from kg.serve.guard import refuse_reaching_out
from kg.serve.pool import Job, Limits, Pool

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"


class RefusedError(Exception):
    """A request the protocol does not allow, with its HTTP status."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


async def sparql(request: Request) -> Response:
    """Answer a SPARQL request: GET, POSTed form, or POSTed query."""
    pool: Pool = request.app.state.pool
    try:
        job = await _job(request, pool.limits)
    except RefusedError as refused:
        return PlainTextResponse(f"{refused}\n", status_code=refused.status)
    answer = await pool.run(job)
    return Response(answer.body, answer.status, media_type=answer.media, headers={"Vary": "Accept"})


async def _job(request: Request, limits: Limits) -> Job:
    parameters = _pairs(request.url.query, "query string")
    if request.method == "POST":
        body = await _body(request, limits)
        media = request.headers.get("content-type", "").split(";")[0].strip().lower()
        if media == FORM:
            parameters += _pairs(body, "form")
        elif media == QUERY:
            parameters.append(("query", body))
        else:
            raise RefusedError(415, f"content type {media or 'none'!r}: send {FORM} or {QUERY}")
    elif request.method not in ("GET", "HEAD"):
        raise RefusedError(405, f"method {request.method}: use GET or POST")
    return _read(parameters, request.headers.get("accept"), limits)


def _read(parameters: list[tuple[str, str]], accept: str | None, limits: Limits) -> Job:
    queries = [value for name, value in parameters if name == "query"]
    if any(name == "update" for name, _ in parameters):
        raise RefusedError(403, "this endpoint is read-only")
    if len(queries) != 1:
        raise RefusedError(400, f"{len(queries)} queries in one request: send exactly one")
    if len(queries[0]) > limits.query:
        raise RefusedError(413, f"a query of {len(queries[0]):,} characters; {limits.query:,} are allowed")
    try:
        refuse_reaching_out(queries[0])
    except KgError as error:
        raise RefusedError(403, str(error)) from error
    return Job(
        query=queries[0],
        accept=accept,
        default_graphs=tuple(value for name, value in parameters if name == "default-graph-uri"),
        named_graphs=tuple(value for name, value in parameters if name == "named-graph-uri"),
    )


async def _body(request: Request, limits: Limits) -> str:
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > 12 * limits.query:  # a character takes up to four bytes, each up to three in a form
            raise RefusedError(413, "the request is too large")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RefusedError(400, f"not UTF-8 at byte {error.start}") from error


def _pairs(text: str, where: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=1_000)
    except ValueError as error:
        raise RefusedError(400, f"the {where} is not properly encoded UTF-8") from error
