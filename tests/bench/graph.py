"""Measure the store and the queries at a million triples beside bare pyoxigraph: `python -m tests.bench.graph`.

Articles are made up, by a seeded generator, of people, organisations, numbers, days and speakers; figures are CPU
seconds of this process, medians of several runs for queries, because the machine may be shared.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.graph.analysis import analyses
from kg.graph.check import check
from kg.graph.query import questions
from kg.graph.store import Store
from kg.graph.terms import prefixes, turtle
from kg.model import Argument, Certainty, Modality, Polarity, Reading, Role, Tense, When
from tests.readings import Scribe

VERBS = [("approves", "approved"), ("rejects", "rejected"), ("calls_for", "called for"), ("meets", "met"),
         ("sends", "sent"), ("supports", "supported"), ("attacks", "attacked"), ("visits", "visited")]  # fmt: skip
SURE = [Certainty.CERTAIN] * 6 + [Certainty.PROBABLE, Certainty.POSSIBLE, Certainty.UNKNOWN]

QUERIES = {
    "q1 who said what about X": """SELECT ?who ?says ?words { ?x rdfs:label "Organisation 7" .
        ?c rdf:object ?x ; rdfs:label ?says ; kg:source/rdfs:label ?who ; kg:sentence/oa:exact ?words }""",
    "q2 claims per source": "SELECT ?who (COUNT(?c) AS ?n) { ?c a kg:Claim ; kg:source ?who } GROUP BY ?who",
    "q3 two hops between entities": """SELECT (COUNT(*) AS ?n) { ?a a kg:Person ; rel:meets ?b . ?b a kg:Person ;
        rel:supports ?o . ?o a kg:Organization }""",
    "q4 certainty and time": """SELECT ?c ?d { ?c kg:certainty kg:probable ; kg:document/schema:datePublished ?d
        FILTER(?d >= "1999-03-01"^^xsd:date && ?d < "1999-04-01"^^xsd:date) }""",
    "q5 aggregate, HAVING, DISTINCT": """SELECT ?x (COUNT(DISTINCT ?who) AS ?n) { ?c rdf:object ?x ; kg:source ?who ;
        kg:polarity kg:positive } GROUP BY ?x HAVING (COUNT(DISTINCT ?who) > 2) ORDER BY DESC(?n) LIMIT 20""",
    "q6 property path": 'SELECT DISTINCT ?b { ?a rdfs:label "Person 3" . ?a rel:meets/rel:meets? ?b }',
    "q7 regex over sentences": 'SELECT ?s { ?s a kg:Sentence ; oa:exact ?w FILTER(REGEX(?w, "Person 3[0-9] sent")) }',
    "q8 five OPTIONALs": """SELECT ?c ?w ?a ?t ?m ?s { ?x rdfs:label "Person 5" . ?c rdf:subject ?x
        OPTIONAL { ?c kg:meant ?w } OPTIONAL { ?c kg:argument ?a } OPTIONAL { ?c kg:said ?t }
        OPTIONAL { ?c kg:modality ?m } OPTIONAL { ?c kg:attribution ?s } }""",
}


def article(number: int, claims: int = 10) -> Reading:
    """Make up an article of a few claims."""
    chance = random.Random(number)
    day = dt.date(1999, 1, 1) + dt.timedelta(days=number % 365)
    rows = []
    for _ in range(claims):
        a, b = (min(int(chance.expovariate(1 / 60)), 400) for _ in range(2))
        rows.append((f"Person {a}", chance.choice(VERBS), chance.choice([f"Person {b}", f"Organisation {b}"]),
                     f"Speaker {chance.randrange(200)}", chance.randrange(2, 90) * 100))  # fmt: skip
    text = "\n".join(f"{a} {v[1]} {b} with {n} troops, {who} said." for a, v, b, who, n in rows)
    s = Scribe(f"article-{number}", text, source=f"Paper {number % 20}", published=day)
    known: dict[str, str] = {}

    def entity(name: str) -> str:
        if name not in known:
            known[name] = s.entity(name, "Person" if name[0] in "PS" else "Organization", name)
        return known[name]

    said = When(day.isoformat(), first=day, last=day)
    for index, (a, (relation, verb), b, who, count) in enumerate(rows):
        _claim(s, chance, index, (a, relation, verb, b, who, count), entity, said)
    return s.reading()


def _claim(s: Scribe, chance: random.Random, index: int, row: Any, entity: Callable[[str], str], said: When) -> None:
    from kg.model import Claim, Evidence, Quantity, SourceLink, Span

    a, relation, verb, b, who, count = row
    sentence = s.sentences[index]

    def at(words: str, after: int = 0) -> Span:
        start = s.text.index(words, sentence.start + after)
        return Span(start, start + len(words))

    spans = at(a), at(f" {verb} "), at(b, len(a) + len(verb) + 1)
    quantity = f"q{index}"
    s.parts["quantities"].append(Quantity(quantity, at(f"{count} troops"), count, count, "person", "troops"))
    evidence = Evidence(index, Span(spans[0].start, spans[2].end), spans[0], Span(spans[1].start + 1, spans[1].end - 1),
                        spans[2], rule="verbs.object")  # fmt: skip
    sure = chance.choice(SURE)
    polarity = Polarity.NEGATIVE if chance.random() < 0.1 else Polarity.POSITIVE
    chain = (SourceLink(entity(who), at(who), at("said")),)
    beside = (Argument(Role.QUANTITY, at(f"{count} troops"), quantity),)
    s.parts["claims"].append(Claim(
        f"c{index}", entity(a), relation, entity(b), evidence, beside, chain, polarity,
        sure, Certainty.UNKNOWN, Modality.EPISTEMIC if sure is Certainty.POSSIBLE else Modality.NONE, Tense.PAST,
        said=said, meant=said if chance.random() < 0.5 else None, confidence=0.9))  # fmt: skip


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    started = time.process_time()
    found = work()
    return time.process_time() - started, found


def median(work: Callable[[], Any], times: int = 7) -> float:
    work()
    return statistics.median(timed(work)[0] for _ in range(times))


def row(name: str, ours: float, theirs: float | None = None, unit: str = "s") -> None:
    """Print a figure, with pyoxigraph's and the ratio where there is one."""
    ratio = f"{ours / theirs:9.2f}" if theirs else " " * 9
    print(f"{name:42}{ours:10.3f}{theirs or 0:12.3f}{ratio}  {unit}", flush=True)


def readings(triples: int) -> Iterator[Reading]:
    """Make up articles until they state so many triples, roughly."""
    from kg.graph.rdf import statements

    each = statistics.mean(len(list(statements(article(n)))) for n in range(20))
    return (article(number) for number in range(round(triples / each)))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--triples", type=int, default=1_000_000)
    options.add_argument("--documents", type=int, default=10_000, help="size of the store for add and remove")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        _measure_million(Path(folder) / "million", chosen.triples)
        _measure_changes(Path(folder) / "many", chosen.documents)


def _measure_million(place: Path, triples: int) -> None:
    seconds, store = timed(lambda: Store.create(place, readings(triples)))
    drawn, _ = timed(lambda: store.clashes())
    lines = store.lines()
    print(f"{len(store)} articles, {len(lines):,} triples; CPU seconds: ours, pyoxigraph, ratio")
    row("state and write the articles", seconds)
    row("load and draw clashes, once after a change", drawn)
    store.close()
    text = "\n".join(store.quads()).encode()
    bare = ox.Store()
    theirs, _ = timed(lambda: bare.load(text, format=ox.RdfFormat.N_QUADS))
    disk = ox.Store(str(place) + "-oxigraph")
    on_disk, _ = timed(lambda: disk.bulk_load(text, format=ox.RdfFormat.N_QUADS))
    opened = Store.open(place, read_only=True)
    ours, _ = timed(lambda: opened.oxigraph)
    row("load, beside pyoxigraph in memory", ours, theirs)
    row("load, beside pyoxigraph bulk on disk", ours, on_disk)
    shuffled = list(lines)
    random.Random(1).shuffle(shuffled)
    theirs, expected = timed(lambda: turtle(shuffled))
    ours, found = timed(lambda: Store.open(place, read_only=True).turtle())
    row("canonical Turtle, beside sort and serialise", ours, theirs)
    assert len(found) >= len(expected)
    for name, query in QUERIES.items():
        theirs = median(lambda q=query: list(_bare(bare, q)))  # type: ignore[misc]
        ours = median(lambda q=query: list(opened.query(q)))  # type: ignore[misc, arg-type]
        row(name, ours * 1000, theirs * 1000, "ms")

    for asked in questions().values():
        spent = timed(lambda q=asked: list(opened.query(q.sparql)))[0]  # type: ignore[misc, arg-type]
        row(f"kg ask {asked.name}", spent * 1000, unit="ms")
    for analysis in analyses().values():
        values = analysis.parameters and {"one": "Person 3", "other": "Organisation 7"}
        row(f"kg ask {analysis.name}", timed(lambda a=analysis, v=values: a.run(opened, **v))[0])  # type: ignore[misc]
    ours, found = timed(lambda: check(opened))
    row(f"kg check ({len(found)} violations)", ours)


def _bare(store: ox.Store, query: str) -> Any:
    return store.query(query, prefixes=prefixes(), use_default_graph_as_union=True)


def _measure_changes(place: Path, documents: int) -> None:
    Store.create(place, (article(n, 2) for n in range(documents))).close()
    new = article(documents + 1)

    def fresh() -> None:
        with Store.open(place) as store:
            store.add(new)

    def gone() -> None:
        with Store.open(place) as store:
            store.remove(new.document.id)

    for name, work in (("add", fresh), ("remove", gone)):
        started = time.perf_counter()
        work()
        row(f"{name} one of {documents:,} articles (wall)", time.perf_counter() - started)
    store = Store.open(place)
    store.query("ASK {}")
    for name, work in (("add", lambda: store.add(new)), ("remove", lambda: store.remove(new.document.id))):
        started = time.perf_counter()
        work()
        row(f"{name}, the graph in memory (wall)", time.perf_counter() - started)
    store.close()


if __name__ == "__main__":
    main()
