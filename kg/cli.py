"""The command line: `kg build`, `query`, `ask`, `view`, `export`, `serve`, `extract`, `annotate` and the rest.

Results go to stdout and pipe well; progress, notes and errors go to stderr. Exit status: 0 done, 1 something could
not be read, found or passed, 2 the call itself is wrong. Each command imports only the wing it needs.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from kg.cli_entities import entities, merge, split
from kg.model import Certainty, Document, KgError, Polarity, Reading

if TYPE_CHECKING:
    from kg.graph.store import Store

app = typer.Typer(
    name="kg",
    help="News text in, a knowledge graph of claims out: who said what, when, how surely, in which words.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

STORE: Final = Path("exports/store")

Places = Annotated[list[str], typer.Argument(help="Files (.txt .html .pdf .jsonl), folders, or - for stdin.")]
Model = Annotated[str | None, typer.Option(help="spaCy model: a package or a folder (also: KG_MODEL).")]
Date = Annotated[str | None, typer.Option(help="Publication date of the documents, YYYY-MM-DD.")]
Dates = Annotated[Path | None, typer.Option(help="Table of dates: a file stem, a tab, a date on each line.")]
StorePlace = Annotated[Path, typer.Option("--store", help="Folder of the store.")]
Base = Annotated[str | None, typer.Option(help="Base IRI of what the graph names; ends in / or #.")]


class TableFormat(StrEnum):
    """How `kg query` and `kg ask` print."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    TURTLE = "turtle"


@dataclass
class Tally:
    """What a run read: counts for the summary, and whether anything failed."""

    documents: int = 0
    words: int = 0
    claims: int = 0
    attributed: int = 0
    negated: int = 0
    uncertain: int = 0
    failed: int = 0
    started: float = field(default_factory=time.perf_counter)

    def count(self, reading: Reading) -> Reading:
        """Add one reading and hand it on."""
        self.documents += 1
        self.words += len(reading.document.text.split())
        self.claims += len(reading.claims)
        self.attributed += sum(bool(c.chain) for c in reading.claims)
        self.negated += sum(c.polarity is Polarity.NEGATIVE for c in reading.claims)
        self.uncertain += sum(c.certainty is not Certainty.CERTAIN for c in reading.claims)
        return reading

    def summary(self, entities: int | None = None) -> str:
        """Say it for people."""
        seconds = time.perf_counter() - self.started
        counted = "" if entities is None else f"{entities} entities, "
        return (
            f"{self.documents} documents, {counted}{self.claims} claims: "
            f"{self.attributed} attributed, {self.negated} negated, {self.uncertain} uncertain. "
            f"{self.words} words in {seconds:.1f} s ({self.words / seconds:.0f} words a second)."
        )


@app.command()
def build(
    places: Places,
    out: Annotated[Path, typer.Option(help="Folder for the store, graph.ttl, graph.html and claims.jsonl.")] = Path(
        "exports"
    ),
    base: Base = None,
    model: Model = None,
    date: Date = None,
    dates: Dates = None,
) -> None:
    """Read documents and write the graph: store, Turtle, page and claims.

    Example: kg build seeds/ --out exports/
    """
    from kg.graph.store import Store

    tally = Tally()
    store = Store.create(out / "store", _readings(places, model, date, dates, tally), base=base)
    if not tally.documents:
        raise KgError(f"nothing could be read in {', '.join(places)}; {out} is left as it was")
    _write_exports(store, out)
    _note(tally.summary(store.count_entities()))
    _note(f"Wrote {out / 'graph.ttl'}, {out / 'graph.html'}, {out / 'claims.jsonl'} and {out / 'store'}.")
    _leave(tally)


@app.command()
def add(places: Places, store: StorePlace = STORE, model: Model = None, date: Date = None, dates: Dates = None) -> None:
    """Add documents to a store, or replace those of the same id.

    Example: kg add today.html --store exports/store
    """
    from kg.graph.store import Store

    tally = Tally()
    opened = Store.open(store)
    for reading in _readings(places, model, date, dates, tally):
        opened.add(reading)
    _note(tally.summary())
    _leave(tally)


app.command("update", help="The same as add: a document of the same id is replaced.")(add)


@app.command()
def remove(
    documents: Annotated[list[str], typer.Argument(help="Ids of documents (their file stems).")],
    store: StorePlace = STORE,
) -> None:
    """Take documents out of a store.

    Example: kg remove 000_e105a922da9d1b16
    """
    from kg.graph.store import Store

    opened = Store.open(store)
    for document in documents:
        opened.remove(document)
        _note(f"removed {document}")


@app.command()
def query(
    sparql: Annotated[str | None, typer.Argument(help="A SPARQL query; prefixes kg: rel: fact: … are known.")] = None,
    file: Annotated[Path | None, typer.Option(help="Read the query from a file.")] = None,
    store: StorePlace = STORE,
    format: Annotated[TableFormat | None, typer.Option(help="Default: table on a terminal, else CSV.")] = None,
) -> None:
    """Ask the store in SPARQL.

    Example: kg query 'SELECT ?who ?what { ?who rel:approves ?what }'
    """
    if (sparql is None) == (file is None):
        raise typer.BadParameter("give either a query or --file")
    text = sparql if sparql is not None else _text(file)
    from kg.graph.store import Store

    _print_solutions(Store.open(store, read_only=True), text, format)


@app.command()
def view(
    entity: Annotated[str | None, typer.Argument(help="Name or IRI of an entity to start from.")] = None,
    store: StorePlace = STORE,
    out: Annotated[Path, typer.Option(help="Where the page goes.")] = Path("exports/graph.html"),
) -> None:
    """Write the interactive page, whole or around one entity.

    Example: kg view "Tony Blair" --out blair.html
    """
    from kg.graph.network import network
    from kg.graph.store import Store
    from kg.view.page import write_page

    graph = network(Store.open(store, read_only=True))
    write_page(graph, out, focus=entity)
    _note(f"Wrote {out}: {graph.number_of_nodes()} entities, {graph.number_of_edges()} claims.")


@app.command()
def export(
    format: Annotated[
        str,
        typer.Option(
            help="turtle trig nquads ntriples jsonld rdfxml turtle12 nanopub graphml gexf csv parquet neo4j claims "
            "readings."
        ),
    ],
    store: StorePlace = STORE,
    out: Annotated[Path | None, typer.Option(help="File to write, for neo4j a folder; default: stdout.")] = None,
) -> None:
    """Write the graph for other tools.

    Example: kg export --format graphml --out graph.graphml
    """
    from kg.graph.export import Format, exported
    from kg.graph.export import export as write
    from kg.graph.store import Store

    try:
        chosen = Format(format)
    except ValueError as error:
        raise typer.BadParameter(f"{format!r} is none of {', '.join(Format)}") from error
    if out is None and chosen is Format.NEO4J:
        raise typer.BadParameter("neo4j is two files: name a folder for them with --out")
    opened = Store.open(store, read_only=True)
    if out is None:
        sys.stdout.buffer.write(exported(opened, chosen))
        sys.stdout.flush()
        return
    write(opened, chosen, out)
    _note(f"Wrote {out}.")


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="What kg export wrote: readings (- for stdin), .ttl .trig .nq or .nt.")],
    store: StorePlace = STORE,
    base: Base = None,
) -> None:
    """Make the store that an export came from, without reading a text again.

    Example: kg import readings.jsonl --store copy/store   or   kg import graph.ttl --store copy/store

    Readings give the very store. A graph gives one that answers and exports the same graph, but keeps its statements
    as they are: documents can be added and removed, and who is who is judged anew only among those added later.
    """
    from kg.graph.export import imported
    from kg.graph.returned import FORMATS
    from kg.graph.store import Store

    if file.suffix in FORMATS:
        if base:
            raise typer.BadParameter("a graph keeps its own base IRI: leave --base out")
        with Store.of_graph(store, file) as kept:
            _note(f"{len(kept)} documents in {store}, their statements as in {file}")
        return
    with Store.create(store, imported(_text(file).split("\n"), str(file)), base=base) as made:
        _note(f"{len(made)} documents in {store}")


@app.command()
def extract(
    sentences: Annotated[Path, typer.Option(help="A file with one sentence a line, or - for stdin.")],
    style: Annotated[str, typer.Option(help="chained: binary triples; nary: one tuple a clause.")] = "chained",
    explain: Annotated[bool, typer.Option("--explain", help="Show for people how each one was found.")] = False,
    model: Model = None,
) -> None:
    """Extract from single sentences, as JSON lines.

    Example: kg extract --sentences sentences.txt --style nary

    With --explain, a trace for people instead: each clause with its verb group, its subject and how that was found,
    and its arguments with their roles; each claim with every judgement (polarity, certainty, modality, condition,
    source, time, quantity) and the words it rests on; each extraction with its confidence and its rule.

    Example: echo "NATO may send 5,000 troops, he said." | kg extract --sentences - --explain
    """
    from kg.reading.parse import Parser
    from kg.reading.render import Style, extract_lines

    try:
        chosen = Style(style)
    except ValueError as error:
        raise typer.BadParameter(f"{style!r} is none of {', '.join(s.value for s in Style)}") from error
    lines = _text(sentences).splitlines()
    parser = Parser(model)
    if explain:
        from kg.reading.explain import explain_lines

        for trace in explain_lines(lines, chosen, parser):
            print(trace)
        return
    for extraction in extract_lines(lines, chosen, parser):
        print(json.dumps(extraction.record(), ensure_ascii=False))


@app.command()
def annotate(places: Places, date: Date = None, dates: Dates = None, model: Model = None) -> None:
    """Print all layers of each document as JSON lines with character offsets.

    Example: kg annotate seeds/*.txt --date 1999-05-24
    """
    from kg.reading.annotate import annotation

    tally = Tally()
    for reading in _readings(places, model, date, dates, tally):
        print(json.dumps(annotation(reading), ensure_ascii=False))
    _leave(tally)


@app.command()
def vocabulary(
    out: Annotated[Path | None, typer.Option(help="File to write; default: stdout.")] = None,
) -> None:
    """Write the page of the vocabulary: what every class, property and code means, with examples.

    Example: kg vocabulary --out vocabulary.html
    """
    from kg.graph.shelf import write_aside
    from kg.graph.vocabulary import page

    if out is None:
        print(page(), end="")
        return
    write_aside(out, page().encode())
    _note(f"Wrote {out}.")


@app.command()
def check(store: StorePlace = STORE) -> None:
    """Check a store: SHACL shapes, every span quotes its text, no dangling reference.

    Example: kg check --store exports/store
    """
    from kg.graph.check import check as violations_of
    from kg.graph.store import Store

    violations = violations_of(Store.open(store, read_only=True))
    for violation in violations:
        print(violation)
    _note(f"{len(violations)} violations")
    if violations:
        raise typer.Exit(1)


def main() -> None:
    """Run the command line; a user's mistake is a message, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app()
    except KgError as error:
        print(f"kg: {error}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print("kg: interrupted; what was there before is unchanged", file=sys.stderr)
        sys.exit(130)


@app.command()
def ask(
    question: Annotated[list[str] | None, typer.Argument(help="English, or a name and NAME=VALUE.")] = None,
    store: StorePlace = STORE,
    format: Annotated[TableFormat | None, typer.Option(help="Default: table on a terminal, else CSV.")] = None,
    show: Annotated[bool, typer.Option("--show", help="Print the SPARQL that ran, to stderr.")] = False,
) -> None:
    """Ask a named question, or one in plain English; without one, list them.

    Example: kg ask "who opposes ground troops?"   or   kg ask positions topic="ground troops"
    """
    from kg.graph.analysis import Analysis, analyses
    from kg.graph.query import Question, questions, render_rows, understood
    from kg.graph.store import Store

    known: dict[str, Question | Analysis] = {**questions(), **analyses()}
    if not question:
        for one in known.values():
            print(f"{one.name:26}{one.title}" + "".join(f"  {name}=…" for name in one.parameters))
        return
    if question[0] in known:
        asked, values = known[question[0]], _values(question[1:], known[question[0]].parameters)
    else:
        asked, values = understood(" ".join(question), known)
        _note(f"kg ask {asked.name}" + "".join(f" {name}={value!r}" for name, value in values.items()))
    if isinstance(asked, Analysis):
        opened = Store.open(store, read_only=True)
        found = asked.run(opened, **{**asked.parameters, **values})
        if show:
            _note(asked.run.__doc__ or "")
        print(render_rows(asked.columns, found, _table_format(format), opened.base), end="")
        return
    sparql = asked.with_values(values)
    if show:
        _note(sparql)
    _print_solutions(Store.open(store, read_only=True), sparql, format)


def _values(words: list[str], parameters: Mapping[str, str]) -> dict[str, str]:
    """Read NAME=VALUE words."""
    pairs = [word.partition("=") for word in words]
    known = ", ".join(parameters) or "no values"
    if bad := [name for name, equals, _ in pairs if not equals]:
        raise typer.BadParameter(f"{bad[0]!r} is no NAME=VALUE; it takes: {known}")
    if bad := [name for name, _, _ in pairs if name not in parameters]:
        raise typer.BadParameter(f"{bad[0]!r} is no parameter; it takes: {known}")
    return {name: value for name, _, value in pairs}


@app.command()
def serve(
    store: StorePlace = STORE,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8765,
    seconds: Annotated[float, typer.Option(help="Time one query may take.")] = 10.0,
) -> None:
    """Serve the store read-only: SPARQL, the page, search, and an address for everything in it.

    Example: kg serve --store exports/store --port 8765
    """
    from kg.graph.network import network
    from kg.graph.store import Store
    from kg.serve.app import serve as listen
    from kg.serve.pool import Limits
    from kg.view.page import page

    opened = Store.open(store, read_only=True)
    _note(f"http://{host}:{port}/  (SPARQL at /sparql; stop with Control+C)")
    listen(
        store,
        opened.base,
        lambda: page(network(opened)),
        host=host,
        port=port,
        limits=Limits(seconds=seconds),
    )


for command in (entities, merge, split):
    app.command()(command)


def _readings(
    places: Iterable[str], model: str | None, date: str | None, dates: Path | None, tally: Tally
) -> Iterator[Reading]:
    """Load and read, with a progress bar; problems are told and counted, and the rest goes on."""
    from kg.reading.load import load, read_date, read_dates
    from kg.reading.parse import Parser
    from kg.reading.pipeline import read

    table, doubts = read_dates(dates) if dates else ({}, [])
    for doubt in doubts:
        _note(f"kg: {doubt}")
    day = read_date(date) if date else None
    found = list(_documents(load(places, table), tally))
    if day:
        found = [d if d.id in table else replace(d, published=day) for d in found]
    if not found:
        return
    parser = Parser(model)
    tally.started = time.perf_counter()
    for reading in _progress(read(found, parser), len(found)):
        yield tally.count(reading)


def _documents(found: Iterable[object], tally: Tally) -> Iterator[Document]:
    from kg.reading.load import Problem

    for one in found:
        if isinstance(one, Document):
            yield one
        elif isinstance(one, Problem):
            tally.failed += one.fatal
            _note(f"kg: {'cannot read ' if one.fatal else ''}{one}")


def _progress(readings: Iterable[Reading], total: int) -> Iterator[Reading]:
    from rich.console import Console
    from rich.progress import track

    yield from track(readings, "Reading", total=total, console=Console(stderr=True), transient=False)


def _write_exports(store: Store, out: Path) -> None:
    from kg.graph.export import write_claims, write_turtle
    from kg.graph.network import network
    from kg.view.page import write_page

    write_turtle(store, out / "graph.ttl")
    write_claims(store, out / "claims.jsonl")
    write_page(network(store), out / "graph.html")


def _print_solutions(store: Store, sparql: str, format: TableFormat | None) -> None:
    from kg.graph.query import render

    print(render(store, sparql, _table_format(format)), end="")


def _table_format(format: TableFormat | None) -> str:
    return (format or (TableFormat.TABLE if sys.stdout.isatty() else TableFormat.CSV)).value


def _text(path: Path | None) -> str:
    assert path is not None
    if str(path) == "-":
        return sys.stdin.read()
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise KgError(f"no such file: {path}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise KgError(f"{path} cannot be read as UTF-8 text: {error}") from error


def _note(text: str) -> None:
    print(text, file=sys.stderr)


def _leave(tally: Tally) -> None:
    """End with status 1 if any document could not be read."""
    if tally.failed:
        raise typer.Exit(1)
