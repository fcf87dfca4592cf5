"""The store: readings kept on disk, their statements in memory, one document added or removed at a time.

Each document is one file, its reading and the statements made of it. The graph in memory (Oxigraph) is filled from
these files when it is first asked: one named graph for each document, named by the document's IRI, and one for
what documents share. No statement stands in two of them, so the plain union of all is the default graph.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self, cast

import pyoxigraph as ox

from kg.archive import FORMAT, dump, load
from kg.graph import clashes as clashing
from kg.graph.judgements import judgement_lines
from kg.graph.keywords import keywords
from kg.graph.names import Names
from kg.graph.rdf import statements
from kg.graph.shelf import FolderShelf, MemoryShelf, Shelf
from kg.graph.sightings import Named, dump_head, load_named, load_summary, named, summary
from kg.graph.terms import BASE, checked_base, encode_id, prefixes, serialize
from kg.graph.vocabulary import vocabulary
from kg.identity import Change, Identities, Judgement, Summary, decided, parse_judgements, without, write_judgements
from kg.model import KgError, Reading
from kg.ontology import folder

if TYPE_CHECKING:
    import pandas
    import rdflib

LAYOUT: Final = 7
"""Number of the statements' layout; grows when `kg.graph.rdf` states something else for the same reading."""
JUDGEMENTS: Final = "judgements.jsonl"
"""The user's judgements on who is who, beside the documents; a new build keeps them."""
_CLASHES: Final = "clashes.nq"
_SHARED = b"# shared\n"
_RETURNED = b"# returned "
"""Begins the file of a document whose statements came from an export: they are kept as they are."""
_ID = re.compile(rb'"document":\{"id":("(?:[^"\\]|\\.)*")')
_CHUNK = 32_000_000

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


class Store:
    """A set of readings and the graph they make.

    >>> from kg.model import Document, Reading, Span
    >>> store = Store()
    >>> store.add(Reading(Document("note", "Hello."), (Span(0, 6),)))
    >>> store.documents()
    ['note']
    """

    def __init__(self, shelf: Shelf | None = None, base: str | None = None) -> None:
        self._shelf = shelf if shelf is not None else MemoryShelf(_settings(base or BASE))
        self.base = str(self._shelf.settings.get("base", base or BASE))
        self._graph: ox.Store | None = None
        self._clashes: bytes | None = None
        self._drawn: bytes | None = None
        self._identities: Identities | None = None
        self._shares: Counter[bytes] = Counter()

    @classmethod
    def create(cls, place: Path | str, readings: Iterable[Reading] = (), base: str | None = None) -> Self:
        """Fill the store of a folder afresh; what it held is replaced at the end, by one rename."""
        settings = _settings(checked_base(base) if base else BASE)
        shelf = FolderShelf(Path(place), create=True)
        contents = ((encode_id(r.document.id), _content(r, settings["base"])) for r in readings)
        if not shelf.replace_all(contents, settings) and "base" not in shelf.settings:
            shelf.settings |= settings
        return cls(shelf)

    @classmethod
    def of_graph(cls, place: Path | str, file: Path) -> Self:
        """Fill the store of a folder with a graph that kg exported as Turtle, TriG, N-Quads or N-Triples."""
        from kg.graph.returned import base_of, parse, parts, reading_of

        lines = parse(file)
        base = checked_base(base_of(lines, str(file)))
        found = ((part.key, _returned(reading_of(part), part.own, part.shared, base)) for part in parts(lines, base))
        shelf = FolderShelf(Path(place), create=True)
        shelf.replace_all(found, _settings(base))
        return cls(shelf)

    @classmethod
    def open(cls, place: Path | str, *, read_only: bool = False) -> Self:
        """Open the store of a folder; only one at a time may open it for writing."""
        store = cls(FolderShelf(Path(place), read_only=read_only))
        found = store._shelf.settings
        if found.get("format") != FORMAT:
            store.close()
            raise KgError(f"the store {place} has layout {found.get('format')}, this kg reads {FORMAT}: build it again")
        if read_only and found.get("layout") != LAYOUT:
            raise KgError(f"the store {place} was made by another kg: open it for writing once, or build it again")
        if not read_only and found.get("made") != _signature():
            store._make_again()
        return store

    def close(self) -> None:
        """Let others write; the store must not be changed any more."""
        self._shelf.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # ------------------------------------------------------------------ documents

    def add(self, reading: Reading) -> None:
        """Put a document in; one of the same id is replaced."""
        key = encode_id(reading.document.id)
        content, old = _content(reading, self.base), self._shelf.read(key)
        if content == old:
            return
        self._shelf.write(key, content)
        self._change(key, old, content)

    update = add

    def remove(self, document: str) -> None:
        """Take a document out."""
        key = encode_id(document)
        old = self._shelf.read(key)
        if old is None:
            raise KgError(f"no document {document!r} in the store: see the ids with kg query or Store.documents()")
        self._shelf.delete(key)
        self._change(key, old, None)

    def documents(self) -> list[str]:
        """Ids of the documents, sorted."""
        return sorted(_document_id(content) for _, content in self._contents())

    def __contains__(self, document: str) -> bool:
        return self._shelf.head(encode_id(document)) is not None

    def __len__(self) -> int:
        return len(self._shelf.keys())

    def reading(self, document: str) -> Reading:
        """What was read in a document."""
        content = self._shelf.read(encode_id(document))
        if content is None:
            raise KgError(f"no document {document!r} in the store")
        return _reading(content, document)

    def readings(self) -> Iterator[Reading]:
        """All readings, sorted by document."""
        for key, content in self._contents():
            yield _reading(content, key)

    def _contents(self) -> Iterator[tuple[str, bytes]]:
        for key in self._shelf.keys():  # noqa: SIM118
            content = self._shelf.read(key)
            if content is not None:
                yield key, content

    def _make_again(self) -> None:
        """State everything anew, because the vocabulary or the way of stating has changed since."""
        contents = ((key, _again(content, key, self.base)) for key, content in list(self._contents()))
        self._shelf.replace_all(contents, _settings(self.base))

    # ------------------------------------------------------------------ who is who

    @property
    def identities(self) -> Identities:
        """Who is who over all documents, worked out when first asked and kept up from then on.

        Files hold what each document states by itself: a mapping that follows from all of them and the user's
        judgements is no state of its own, so that no kill can leave it behind or ahead of them.
        """
        if self._identities is None:
            judgements = parse_judgements(self._shelf.note(JUDGEMENTS), JUDGEMENTS)
            self._identities = Identities(map(load_summary, self._heads()), judgements)
        return self._identities

    def names(self, reading: Reading) -> Names:
        """The IRIs of a reading's nodes, other documents considered."""
        key = encode_id(reading.document.id)
        if self.is_returned(reading.document.id):
            from kg.graph.returned import GivenNames

            return GivenNames(reading, self.base)
        return Names(reading, self.base, self.identities.names(key))

    def is_returned(self, document: str) -> bool:
        """Tell whether a document's statements came from an export, so that its reading is not whole."""
        return (self._shelf.head(encode_id(document)) or b"").startswith(_RETURNED)

    def judge(self, judgement: Judgement) -> None:
        """Keep a user's judgement on who is who; it takes the place of an earlier one on the same two."""
        self.judge_all(decided(self.identities.user, judgement))

    def forget(self, a: str, b: str) -> None:
        """Take a user's judgement on two nodes back."""
        self.judge_all(without(self.identities.user, a, b))

    def judge_all(self, judgements: tuple[Judgement, ...]) -> None:
        """Put these in the place of all judgements of the user."""
        identities = self.identities
        self._shelf.keep(JUDGEMENTS, write_judgements(judgements))
        self._follow(identities.judge(judgements))

    def _heads(self) -> Iterator[str]:
        for key in self._shelf.keys():  # noqa: SIM118
            head = self._shelf.head(key)
            if head is not None:
                yield _head(head)

    def named(self) -> Iterator[tuple[str, list[Named]]]:
        """Give each document's key with all that it names, without filling the graph."""
        return map(load_named, self._heads())

    def part(self, documents: Iterable[str]) -> Store:
        """Make a store of some documents, by key, in which identity is as in the whole."""
        made = Store(MemoryShelf(self._shelf.settings))
        made._identities, made._clashes = self.identities, b""
        for key in documents:
            if content := self._shelf.read(key):
                made._shelf.write(key, content)
        return made

    def _change(self, key: str, old: bytes | None, new: bytes | None) -> None:
        """Bring what is in memory up to the change of one document."""
        self._clashes = None
        if self._identities is None:
            return
        was = self._identities.names(key) if old is not None else {}
        change = self._identities.put(load_summary(_head(new))) if new is not None else self._identities.drop(key)
        if self._graph is not None and old is not None:
            self._forget(key, self._named(old, was))
        if self._graph is not None and new is not None:
            self._learn(self._named(new, self._identities.names(key)))
        self._follow(change)

    def _follow(self, change: Change) -> None:
        """Name the nodes of other documents in memory anew."""
        self._clashes = None
        if self._graph is None or self._identities is None:
            return
        for key, was in change.documents.items():
            content = self._shelf.read(key)
            assert content is not None
            self._forget(key, self._named(content, was))
            self._learn(self._named(content, self._identities.names(key)))
        self._forget_shared([line for judgement in change.gone for line in self._judged(judgement)])
        self._learn_judged(change.new)

    def _named(self, content: bytes, names: Mapping[str, str]) -> bytes:
        """State a document's file with other names for its nodes."""
        return _stated(_reading(content, "a document"), self.base, names) if names else content

    def _judged(self, judgement: Judgement) -> list[bytes]:
        return [f"{line[:-1]}<{self.base}shared> .\n".encode() for line in judgement_lines(judgement, self.base)]

    def _mapped(self) -> Iterator[tuple[str, bytes]]:
        """Give all documents' files with the names that identity gives their nodes."""
        for key, content in self._contents():
            yield key, self._named(content, self.identities.names(key))

    # ------------------------------------------------------------------ statements

    def quads(self) -> Iterator[str]:
        """All statements as sorted N-Quads lines without repeats."""
        return (line.decode() for line in self._sorted(named=True))

    def lines(self) -> list[str]:
        """All statements as sorted N-Triples lines without repeats."""
        return [line.decode() for line in self._sorted(named=False)]

    def _sorted(self, *, named: bool) -> list[bytes]:
        """Sort all lines, with or without the names of their graphs; only what documents share can repeat."""
        clashes = self.clashes()
        lines: list[bytes] = []
        shared = {line for judgement in self.identities.judgements for line in self._judged(judgement)}
        shared.update(clashes.splitlines(keepends=True))
        for key, content in self._mapped():
            own, common = _statements(content)
            lines += (own if named else self._plain(own, f"doc/{key}")).split(b"\n")[:-1]
            shared.update(common.splitlines(keepends=True))
        common = b"".join(shared)
        if not named:
            common = self._plain(self._plain(common, "shared"), clashing.GRAPH)
        lines += sorted(common.split(b"\n")[:-1])
        lines.sort()
        return lines

    def _plain(self, quads: bytes, graph: str) -> bytes:
        """Take the name of a graph off N-Quads lines, without looking at each line."""
        return quads.replace(f" <{self.base}{graph}> .\n".encode(), b" .\n")

    def clashes(self) -> bytes:
        """Links between claims that cannot both hold or only look so, as sorted N-Quads lines.

        They follow from all documents; the graph is needed only if these have changed since they were drawn.
        """
        if self._clashes is None:
            self._clashes = self._kept_clashes()
        if self._clashes is None:
            assert self.oxigraph is not None
        return self._clashes or b""

    def _kept_clashes(self) -> bytes | None:
        state, _, drawn = self._shelf.note(_CLASHES).partition(b"\n")
        return drawn if state and state == self._state() else None

    def _state(self) -> bytes:
        state = self._shelf.state()
        return state and hashlib.blake2b(state + self._shelf.note(JUDGEMENTS), digest_size=16).hexdigest().encode()

    def turtle(self) -> bytes:
        """Everything as canonical Turtle: the same bytes for the same documents, whatever their history."""
        ordered = ox.parse(b"\n".join(self._sorted(named=False)), format=ox.RdfFormat.N_TRIPLES)
        return serialize(ordered, ox.RdfFormat.TURTLE, self.base)

    @property
    def oxigraph(self) -> ox.Store:
        """The graph in memory; the union of its named graphs is what queries see."""
        if self._graph is None:
            self._graph, self._shares, self._drawn = ox.Store(), Counter(), None
            shared = vocabulary(self.base)
            self._shares.update(shared)
            self._load([b"".join(shared)])
            self._load(self._counted(content) for _, content in self._mapped())
            self._learn_judged(self.identities.judgements)
        if self._clashes is None or self._clashes is not self._drawn:
            self._draw(self._graph)
        return self._graph

    def _draw(self, graph: ox.Store) -> None:
        """Draw the links between claims anew, unless they were drawn from the documents as they are."""
        if self._clashes is None:
            self._clashes = self._kept_clashes()
        graph.remove_graph(ox.NamedNode(self.base + clashing.GRAPH))
        if self._clashes is None:
            self._clashes = clashing.clashes(graph, self.base)
            if self._shelf.writable and self._state():
                self._shelf.keep(_CLASHES, self._state() + b"\n" + self._clashes)
        graph.load(self._clashes, format=ox.RdfFormat.N_QUADS, lenient=True)
        self._drawn = self._clashes

    def _counted(self, content: bytes) -> bytes:
        self._shares.update(_shared(content))
        return content

    def _load(self, contents: Iterable[bytes]) -> None:
        assert self._graph is not None
        chunk, size = [], 0
        for content in contents:
            chunk.append(content)
            size += len(content)
            if size > _CHUNK:
                self._graph.load(b"".join(chunk), format=ox.RdfFormat.N_QUADS, lenient=True)
                chunk, size = [], 0
        self._graph.load(b"".join(chunk), format=ox.RdfFormat.N_QUADS, lenient=True)

    def _learn(self, content: bytes) -> None:
        self._load([self._counted(content)])

    def _learn_judged(self, judgements: Iterable[Judgement]) -> None:
        lines = [line for judgement in judgements for line in self._judged(judgement)]
        self._shares.update(lines)
        self._load([b"".join(lines)])

    def _forget(self, key: str, content: bytes) -> None:
        assert self._graph is not None
        self._graph.remove_graph(ox.NamedNode(f"{self.base}doc/{key}"))
        self._forget_shared(_shared(content))

    def _forget_shared(self, shared: list[bytes]) -> None:
        assert self._graph is not None
        self._shares.subtract(shared)
        gone = [line for line in dict.fromkeys(shared) if self._shares[line] <= 0]
        for quad in ox.parse(b"".join(gone), format=ox.RdfFormat.N_QUADS):
            self._graph.remove(quad)
        for line in gone:
            del self._shares[line]

    # ------------------------------------------------------------------ questions

    def query(
        self,
        sparql: str,
        substitutions: dict[str, str] | None = None,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> Answer:
        """Answer a SPARQL query over everything; the prefixes of the graph are known.

        `substitutions` gives variables a value before the query runs: name → N-Triples term. Graphs named by IRI
        narrow the dataset, as in the SPARQL protocol.
        """
        bound = {ox.Variable(name): _term(term) for name, term in (substitutions or {}).items()}
        given = bool(default_graphs or named_graphs)
        # The union would hide the dataset a query names itself.
        narrowed = given or "from" in keywords(sparql)
        try:
            return self.oxigraph.query(
                sparql,
                prefixes=prefixes(self.base),
                base_iri=self.base,
                use_default_graph_as_union=not narrowed,
                default_graph=[ox.NamedNode(g) for g in default_graphs] if given else None,
                named_graphs=[ox.NamedNode(g) for g in named_graphs] if given else None,
                substitutions=bound,
            )
        except (SyntaxError, ValueError) as error:
            raise KgError(f"the query cannot be read: {error}") from error

    def rows(self, sparql: str) -> list[dict[str, str | None]]:
        """Answer a SELECT query: each solution as variable → text."""
        from kg.graph.query import rows

        return rows(self, sparql)

    def ask(self, question: str, **values: str) -> list[dict[str, str | None]]:
        """Answer a question in plain English, or a named one with its values: `ask("positions", topic="the dam")`."""
        from kg.graph.query import questions, rows, understand

        asked, found = (questions()[question], values) if question in questions() else understand(question)
        return rows(self, asked.with_values(found))

    def check(self) -> list[Any]:
        """Find all faults of the store: shapes, quotes, references."""
        from kg.graph.check import check

        return list(check(self))

    def export(self, format: str, path: Path | str) -> None:
        """Write everything to a file, in one of the formats of `kg export`."""
        from kg.graph.export import Format, export

        export(self, Format(format), Path(path))

    def graph(self) -> rdflib.Dataset:
        """The graph behind rdflib's API, answered by Oxigraph."""
        import oxrdflib  # these two take longer to load than most questions to answer
        import rdflib

        backend = oxrdflib.OxigraphStore(store=self.oxigraph)
        dataset = rdflib.Dataset(store=backend, default_union=True)
        for prefix, namespace in prefixes(self.base).items():
            dataset.bind(prefix, namespace)
        return dataset

    def show(self, focus: str | None = None) -> Any:
        """The interactive page, which a notebook shows in place; around one entity if its name or IRI is given."""
        from kg.view.page import GraphPage

        return GraphPage(self.to_networkx(), focus=focus)

    def to_networkx(self) -> Any:
        """All claims as a `networkx.MultiDiGraph`: entities are nodes, claims are edges."""
        from kg.graph.network import network

        return network(self)

    def claims_frame(self) -> pandas.DataFrame:
        """All claims as a pandas table: a row for each claim record, in the order of documents and text."""
        try:
            import pandas
        except ImportError as error:
            raise KgError("claims_frame needs pandas: pip install pandas") from error
        from kg.graph.export import COLUMNS, claim_records

        return pandas.DataFrame(list(claim_records(self)), columns=list(COLUMNS))

    def count_entities(self) -> int:
        """Number of people, places, groups, concepts and events."""
        found = self.query("SELECT (COUNT(DISTINCT ?e) AS ?n) { ?e a kg:Entity }")
        return int(next(iter(cast(Any, found)))["n"].value)


def _settings(base: str) -> dict[str, Any]:
    return {"base": base, "format": FORMAT, "layout": LAYOUT, "made": _signature(), "documents": "documents-0"}


def _signature() -> str:
    """Stand for the way of stating: its layout and the vocabulary."""
    seen = hashlib.blake2b(str(LAYOUT).encode(), digest_size=8)
    for path in sorted(folder().glob("*.ttl")):
        seen.update(path.read_bytes())
    return seen.hexdigest()


def _content(reading: Reading, base: str) -> bytes:
    """Write a document's file: what it names and its reading in comment lines, then its statements as N-Quads."""
    names = Names(reading, base)
    heads = f"# {dump_head(summary(reading, names), named(reading, names))}\n# {dump(reading)}\n"
    return heads.encode("utf-8", "surrogatepass") + _stated(reading, base)


def _stated(reading: Reading, base: str, names: Mapping[str, str] | None = None) -> bytes:
    made = statements(reading, base, names)
    return _quads(reading, made.own, made.shared, base)


def _returned(reading: Reading, own: Iterable[str], shared: Iterable[str], base: str) -> bytes:
    """Write the file of a document whose statements came from an export; it tells identity nothing."""
    from kg.graph.returned import GivenNames

    head = dump_head(Summary(encode_id(reading.document.id), (), None), named(reading, GivenNames(reading, base)))
    heads = f"{_RETURNED.decode()}{head}\n# {dump(reading)}\n"
    return heads.encode("utf-8", "surrogatepass") + _quads(reading, own, shared, base)


def _again(content: bytes, key: str, base: str) -> bytes:
    """State a document's file anew, unless its statements came from an export."""
    return content if content.startswith(_RETURNED) else _content(_reading(content, key), base)


def _quads(reading: Reading, own: Iterable[str], shared: Iterable[str], base: str) -> bytes:
    own_graph, shared_graph = f"<{base}doc/{encode_id(reading.document.id)}> .\n", f"<{base}shared> .\n"
    parts = [line[:-1] + own_graph for line in own]
    parts += [_SHARED.decode(), *[line[:-1] + shared_graph for line in shared]]
    return "".join(parts).encode("utf-8", "surrogatepass")


def _head(content: bytes) -> str:
    head = content.partition(b"\n")[0]
    return head[head.index(b"[") :].decode("utf-8", "surrogatepass")


def _reading(content: bytes, place: str) -> Reading:
    start = 2 if content.startswith(b"# {") else content.index(b"\n") + 3  # layout 2 had no summary
    return load(content[start : content.index(b"\n", start)].decode("utf-8", "surrogatepass"), place)


def _document_id(content: bytes) -> str:
    found = _ID.search(content)
    assert found is not None, "the document comes first, and its id first of it"
    return str(json.loads(found[1]))


def _statements(content: bytes) -> tuple[bytes, bytes]:
    """Cut a document's file into its own statements and those that others may state too, without comment lines."""
    start = 0
    while content.startswith(b"#", start) and not content.startswith(_SHARED, start):
        start = content.index(b"\n", start) + 1
    own, _, shared = content[start:].rpartition(_SHARED)
    return own, shared


def _shared(content: bytes) -> list[bytes]:
    return content[content.rindex(_SHARED) + len(_SHARED) :].splitlines(keepends=True)


def _term(text: str) -> Term:
    term: Term = next(iter(ox.parse(f"<x:s> <x:p> {text} .", format=ox.RdfFormat.N_TRIPLES))).object
    return term
