"""Queries in worker processes with a deadline: a heavy one is killed, and the others do not notice.

The engine cannot be interrupted from inside, so each query runs in a process of its own that can be ended. A worker
loads the store once and lives on; one that overran is replaced.
"""

from __future__ import annotations

import asyncio
import io
import multiprocessing as mp
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.model import KgError
from kg.serve.negotiate import best

if TYPE_CHECKING:
    from kg.graph.store import Store

RESULTS: Final = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/xml": ox.QueryResultsFormat.XML,
}
GRAPHS: Final = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "text/plain": ox.RdfFormat.N_TRIPLES,
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may cost."""

    seconds: float = 10.0
    answer: int = 20_000_000
    """Bytes."""
    query: int = 100_000
    """Characters."""
    workers: int = 2


@dataclass(frozen=True, slots=True)
class Job:
    """A query with the dataset and the formats its client asked for."""

    query: str
    accept: str | None = None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back: an HTTP status, a media type and the bytes."""

    status: int
    media: str
    body: bytes


class _TooLargeError(Exception):
    pass


class _Bounded(io.BytesIO):
    """Refuses to grow beyond a limit."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def write(self, data: object) -> int:
        written = super().write(data)  # type: ignore[arg-type]
        if self.tell() > self._limit:
            raise _TooLargeError
        return written


def answer(store: Store, job: Job, limit: int) -> Answer:
    """Run one query and write its result in the format its client likes best."""
    try:
        result = store.query(
            job.query,
            default_graphs=job.default_graphs,
            named_graphs=job.named_graphs,
        )
        out = _Bounded(limit)
        if isinstance(result, ox.QueryTriples):
            media = best(job.accept, list(GRAPHS))
            if media:
                result.serialize(out, format=GRAPHS[media])
        else:
            media = best(job.accept, _offered(result))
            if media:
                result.serialize(out, format=RESULTS[media])
    except _TooLargeError:
        return _told(413, f"the answer is larger than {limit:,} bytes; add a LIMIT")
    except (SyntaxError, ValueError, KgError) as error:
        return _told(400, str(error))
    except OSError as error:
        return _told(500, f"the store could not answer: {error}")
    if media is None:
        return _told(406, f"none of the formats asked for is offered: {', '.join([*RESULTS, *GRAPHS])}")
    return Answer(200, media, out.getvalue())


def _offered(result: ox.QuerySolutions | ox.QueryBoolean) -> Sequence[str]:
    """A truth value has no CSV or TSV form."""
    return [m for m in RESULTS if isinstance(result, ox.QuerySolutions) or not m.startswith("text/")]


def _told(status: int, message: str) -> Answer:
    return Answer(status, "text/plain", f"{message}\n".encode())


def _work(place: Path, limit: int, pipe: Connection) -> None:
    """A worker's life: open the store, then answer until the pipe closes."""
    from kg.graph.store import Store

    store = Store.open(place, read_only=True)
    store.query("ASK {}")  # fills the graph, which no query's time should pay for
    pipe.send(None)
    while True:
        try:
            job = pipe.recv()
        except (EOFError, OSError, KeyboardInterrupt):
            return
        pipe.send(answer(store, job, limit))


class _Worker:
    def __init__(self, place: Path, limit: int) -> None:
        context = mp.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(place, limit, theirs), daemon=True)
        self._process.start()
        theirs.close()
        self._ready = False

    def run(self, job: Job, seconds: float) -> Answer | None:
        """Answer a job; None if the time ran out or the worker died. Loading the store is not counted."""
        try:
            if not self._ready:
                self._pipe.recv()
                self._ready = True
            self._pipe.send(job)
            if self._pipe.poll(seconds):
                received: Answer = self._pipe.recv()
                return received
        except (EOFError, OSError):
            pass
        return None

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self._pipe.close()


class Pool:
    """A few workers over one store, used as an asynchronous context manager."""

    def __init__(self, place: Path, limits: Limits) -> None:
        self.limits: Final = limits
        self._place = place
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        self._all: list[_Worker] = []

    async def __aenter__(self) -> Pool:
        for _ in range(self.limits.workers):
            self._start()
        return self

    async def __aexit__(self, *_: object) -> None:
        for worker in self._all:
            worker.end()

    def _start(self) -> None:
        worker = _Worker(self._place, self.limits.answer)
        self._all.append(worker)
        self._idle.put_nowait(worker)

    async def run(self, job: Job) -> Answer:
        """Answer a job within its time, waiting for a free worker no longer than that."""
        seconds = self.limits.seconds
        try:
            worker = await asyncio.wait_for(self._idle.get(), seconds)
        except TimeoutError:
            return _told(503, f"all {self.limits.workers} workers are busy; try again")
        result = await asyncio.to_thread(worker.run, job, seconds)
        if result is not None:
            self._idle.put_nowait(worker)
            return result
        self._all.remove(worker)
        await asyncio.to_thread(worker.end)
        self._start()
        return _told(503, f"stopped after {seconds:g} s; make the query narrower")
