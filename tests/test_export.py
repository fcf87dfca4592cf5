"""Exports: other tools read back all that was written, and the bytes depend on the documents alone."""

# ruff: noqa: E501
from __future__ import annotations

import csv
import io
import json
import os
import random
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib

from kg.graph.export import COLUMNS, Format, claim_records, export, exported
from kg.graph.network import network
from kg.graph.store import Store
from kg.model import KgError, Polarity, Reading
from tests.readings import nasty, plan, reports

ALL = (plan(), nasty(), *reports())
SINGLE = [form for form in Format if form is not Format.NEO4J]
# format, pyoxigraph's name, rdflib's, rapper's, serdi's
RDF = [
    (Format.TURTLE, ox.RdfFormat.TURTLE, "turtle", "turtle", "turtle"),
    (Format.NTRIPLES, ox.RdfFormat.N_TRIPLES, "nt", "ntriples", "ntriples"),
    (Format.TRIG, ox.RdfFormat.TRIG, "trig", None, "trig"),
    (Format.NQUADS, ox.RdfFormat.N_QUADS, "nquads", None, "nquads"),
    (Format.JSONLD, ox.RdfFormat.JSON_LD, "json-ld", None, None),
    (Format.RDFXML, ox.RdfFormat.RDF_XML, "xml", "rdfxml", None),
]
QUADS = (Format.TRIG, Format.NQUADS)


@pytest.fixture(scope="module")
def store() -> Store:
    return filled(ALL)


def filled(readings: tuple) -> Store:
    store = Store()
    for reading in readings:
        store.add(reading)
    return store


def expected(store: Store, form: Format) -> int:
    if form is Format.NANOPUB:
        return len({str(quad) for quad in ox.parse(exported(store, form), format=ox.RdfFormat.TRIG)})
    return len(list(store.quads())) if form in QUADS else len(store.lines())


@pytest.mark.parametrize(("form", "name"), [(row[0], row[1]) for row in RDF])
def test_pyoxigraph_reads_it_back(store: Store, form: Format, name: ox.RdfFormat) -> None:
    found = {str(quad) for quad in ox.parse(exported(store, form), format=name)}
    assert len(found) == expected(store, form)


@pytest.mark.parametrize(("form", "name"), [(row[0], row[2]) for row in RDF])
def test_rdflib_reads_it_back(store: Store, form: Format, name: str) -> None:
    dataset = rdflib.Dataset()
    dataset.parse(data=exported(store, form), format=name)
    assert len(set(dataset.quads())) == expected(store, form)


TOOLS = [("rapper", form, ["-q", "-i", name, "-o", "ntriples"]) for form, _, _, name, _ in RDF if name]
TOOLS += [("serdi", form, ["-i", name, "-o", "nquads"]) for form, _, _, _, name in RDF if name]
TOOLS += [("serdi", Format.NANOPUB, ["-i", "trig", "-o", "nquads"])]


@pytest.mark.parametrize(("tool", "form", "options"), TOOLS)
def test_a_command_reads_it_back(store: Store, tmp_path: Path, tool: str, form: Format, options: list[str]) -> None:
    if shutil.which(tool) is None:
        needed(f"{tool} is not installed")
    export(store, form, tmp_path / "graph")
    if tool == "rapper":
        subprocess.run([tool, "-q", "-c", *options[1:3], tmp_path / "graph"], check=True)
        options = [*options, str(tmp_path / "graph"), "http://base.example/"]
    else:
        options = [*options, str(tmp_path / "graph")]
    done = subprocess.run([tool, *options], check=True, capture_output=True)
    assert len(set(done.stdout.splitlines())) == expected(store, form)


def needed(what: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(what)
    pytest.skip(what)


@pytest.mark.parametrize("form", [Format.TURTLE, Format.TRIG, Format.NTRIPLES, Format.NQUADS])
def test_npm_n3_reads_it_back(store: Store, tmp_path: Path, form: Format) -> None:
    places = [Path(os.environ.get("KG_N3", "/nowhere")), Path(__file__).parent / "js"]
    place = next((p for p in places if (p / "node_modules/n3").is_dir()), None)
    if place is None or shutil.which("node") is None:
        pytest.skip("npm's n3 is not installed: set KG_N3 to the folder that holds its node_modules")
    export(store, form, tmp_path / "graph")
    code = (
        "const n3 = require('n3'), fs = require('fs');"
        "console.log(new n3.Store(new n3.Parser().parse(fs.readFileSync(process.argv[1], 'utf8'))).size)"
    )
    shell = ["node", "-e", code, str(tmp_path / "graph")]
    done = subprocess.run(shell, cwd=place, check=True, capture_output=True, text=True)
    assert int(done.stdout) == expected(store, form)


@pytest.mark.parametrize(("form", "reader"), [(Format.GRAPHML, nx.read_graphml), (Format.GEXF, nx.read_gexf)])
def test_networkx_reads_it_back(store: Store, form: Format, reader) -> None:
    data = exported(store, form)
    assert b"lastmodifieddate" not in data
    options = {"force_multigraph": True} if form is Format.GRAPHML else {}
    found, graph = reader(io.BytesIO(data), **options), network(store)
    assert set(found) == set(graph)
    assert found.number_of_edges() == graph.number_of_edges() == sum(len(r.claims) for r in ALL)
    sentences = {claim["sentence_text"].replace("\x07", "\ufffd") for _, _, claim in graph.edges(data=True)}
    assert {claim["sentence_text"] for _, _, claim in found.edges(data=True)} == sentences
    labels = {node["label"] for _, node in found.nodes(data=True)}
    assert {"=SUM(A1)", "José Müller 👍", '"Anna \\ O\'Neil"'} <= labels


def test_rdf_xml_holds_every_predicate_and_says_what_it_cannot_hold(store: Store) -> None:
    found = {str(t.triple) for t in ox.parse(exported(store, Format.RDFXML), format=ox.RdfFormat.RDF_XML)}
    lost = {line[:-2] for line in store.lines()} - found
    assert lost
    assert all("\\u0007" in line for line in lost), "only a control character that XML forbids is replaced"
    assert {line.replace("\\u0007", "\ufffd") for line in lost} <= found
    assert "rel:is-.fc-ber_50.25- " in exported(store, Format.TURTLE).decode()


def test_turtle_12_reifies_every_claim_with_an_object(store: Store) -> None:
    graph = ox.Store()
    graph.load(exported(store, Format.TURTLE12), format=ox.RdfFormat.TURTLE)
    query = """PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> SELECT ?c {
        ?c rdf:reifies <<( ?s ?p ?o )>> ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }"""
    reified = {row["c"].value for row in graph.query(query)}
    assert reified == {claim["id"] for claim in claim_records(store) if claim["object_id"]}
    plain = {str(quad.triple) for quad in graph if not isinstance(quad.object, ox.Triple)}
    assert plain == {line[:-2] for line in store.lines()}


NP = "PREFIX np: <http://www.nanopub.org/nschema#> "
# The rules of https://nanopub.net/guidelines/working_draft/ that data can break: each asks for a breach.
NANOPUB_RULES = [
    ("one head, assertion, provenance and info each", """ASK { GRAPH ?h { ?n a np:Nanopublication }
        FILTER NOT EXISTS { GRAPH ?h { ?n np:hasAssertion ?a ; np:hasProvenance ?p ; np:hasPublicationInfo ?i } } }"""),
    ("no part twice", "ASK { ?n np:hasAssertion|np:hasProvenance|np:hasPublicationInfo ?x ; ?part ?x, ?y FILTER(?x != ?y) }"),
    ("the five names differ", """ASK { GRAPH ?h { ?n np:hasAssertion ?a ; np:hasProvenance ?p ; np:hasPublicationInfo ?i }
        FILTER(?h = ?n || ?a = ?p || ?p = ?i || ?a = ?i || ?h = ?a || ?n = ?a) }"""),
    ("every triple is in one of the graphs", """ASK { GRAPH ?g { ?s ?q ?o } FILTER NOT EXISTS {
        { GRAPH ?g { ?n a np:Nanopublication } } UNION { ?n np:hasAssertion|np:hasProvenance|np:hasPublicationInfo ?g } } }"""),
    ("no graph is empty", """ASK { ?n np:hasAssertion|np:hasProvenance|np:hasPublicationInfo ?g
        FILTER NOT EXISTS { GRAPH ?g { ?s ?q ?o } } }"""),
    ("the provenance speaks of the assertion", """ASK { ?n np:hasAssertion ?a ; np:hasProvenance ?p
        FILTER NOT EXISTS { { GRAPH ?p { ?a ?q ?o } } UNION { GRAPH ?p { ?s ?q ?a } } } }"""),
    ("the info speaks of the nanopublication", """ASK { ?n np:hasPublicationInfo ?i
        FILTER NOT EXISTS { { GRAPH ?i { ?n ?q ?o } } UNION { GRAPH ?i { ?s ?q ?n } } } }"""),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "breach"), NANOPUB_RULES, ids=[row[0] for row in NANOPUB_RULES])
def test_nanopublications_keep_the_rules(store: Store, rule: str, breach: str) -> None:
    graph = ox.Store()
    graph.load(exported(store, Format.NANOPUB), format=ox.RdfFormat.TRIG)
    assert not graph.query(NP + breach, use_default_graph_as_union=True), rule
    made = list(graph.query(NP + "SELECT ?n { ?n a np:Nanopublication }", use_default_graph_as_union=True))
    assert len(made) == sum(len(reading.claims) for reading in ALL)
    assert not [quad for quad in graph if quad.graph_name == ox.DefaultGraph()]


def test_pandas_and_pyarrow_read_the_parquet_table(store: Store) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(io.BytesIO(exported(store, Format.PARQUET)))
    assert tuple(table.column_names) == COLUMNS
    claims = list(claim_records(store))
    assert table["id"].to_pylist() == [claim["id"] for claim in claims]
    assert [json.loads(a) for a in table["arguments"].to_pylist()] == [claim["arguments"] for claim in claims]
    pandas = pytest.importorskip("pandas")
    frame = pandas.read_parquet(io.BytesIO(exported(store, Format.PARQUET)))
    assert list(frame["confidence"]) == [claim["confidence"] for claim in claims]


def test_without_pyarrow_the_message_names_the_remedy(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(KgError, match=r"pip install .*or take --format csv"):
        exported(store, Format.PARQUET)


def test_csv_reads_back(store: Store) -> None:
    rows = list(csv.DictReader(io.StringIO(exported(store, Format.CSV).decode(), newline="")))
    claims = list(claim_records(store))
    assert [row["id"] for row in rows] == [claim["id"] for claim in claims]
    assert all(tuple(claim) == COLUMNS for claim in claims)
    assert {row["subject"] for row in rows if "SUM" in row["subject"]} == {"'=SUM(A1)"}
    assert [row["sentence_text"].removeprefix("'") for row in rows] == [claim["sentence_text"] for claim in claims]
    assert any("<script>" in row["sentence_text"] for row in rows)


def test_neo4j_tables_fit_each_other(store: Store, tmp_path: Path) -> None:
    export(store, Format.NEO4J, tmp_path)
    with (tmp_path / "nodes.csv").open(newline="", encoding="utf-8") as file:
        nodes = list(csv.DictReader(file))
    with (tmp_path / "relations.csv").open(newline="", encoding="utf-8") as file:
        relations = list(csv.DictReader(file))
    ids = [node["iri:ID"] for node in nodes]
    assert len(ids) == len(set(ids)) == network(store).number_of_nodes()
    assert len(relations) == sum(len(r.claims) for r in ALL)
    assert {r[end] for r in relations for end in (":START_ID", ":END_ID")} <= set(ids)
    with pytest.raises(KgError, match="--out"):
        exported(store, Format.NEO4J)


def test_claims_are_the_records(store: Store) -> None:
    lines = exported(store, Format.CLAIMS).decode().split("\n")
    assert [json.loads(line) for line in lines if line] == list(claim_records(store))


@pytest.mark.parametrize("form", SINGLE)
def test_any_order_gives_the_same_bytes(store: Store, form: Format) -> None:
    readings = list(ALL)
    for seed in range(3):
        random.Random(seed).shuffle(readings)
        assert exported(filled(tuple(readings)), form) == exported(store, form)


def test_the_frame_has_a_row_for_each_claim(store: Store) -> None:
    pytest.importorskip("pandas")
    frame = store.claims_frame()
    assert list(frame["id"]) == [claim["id"] for claim in claim_records(store)]
    assert tuple(Store().claims_frame().columns) == COLUMNS
    assert store.to_networkx().number_of_edges() == len(frame)


@pytest.mark.parametrize("form", list(Format))
def test_the_command_writes_the_same_bytes_in_any_process(tmp_path: Path, form: Format) -> None:
    Store.create(tmp_path / "store", ALL).close()
    command = [sys.executable, "-m", "kg", "export", "--format", form, "--store", str(tmp_path / "store")]
    done = subprocess.run(command, capture_output=True, env=os.environ | {"PYTHONHASHSEED": "7"})
    if form is Format.NEO4J:
        assert done.returncode == 2
    else:
        assert (done.returncode, done.stdout) == (0, exported(filled(ALL), form))


def test_an_import_makes_the_same_store(store: Store, tmp_path: Path) -> None:
    export(store, Format.READINGS, tmp_path / "readings.jsonl")
    command = [sys.executable, "-m", "kg", "import", tmp_path / "readings.jsonl", "--store", tmp_path / "copy"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    again = Store.open(tmp_path / "copy", read_only=True)
    assert again.turtle() == store.turtle()
    assert set(again.readings()) == set(ALL)
    (tmp_path / "bad.jsonl").write_text("nonsense\n")
    done = subprocess.run([*command[:4], tmp_path / "bad.jsonl", *command[5:]], capture_output=True, text=True)
    assert done.returncode == 1
    assert "bad.jsonl:1" in done.stderr
    assert Store.open(tmp_path / "copy", read_only=True).turtle() == store.turtle(), "a failed import changes nothing"


def told_negation() -> Reading:
    """The plan, where a claim tells of another that is negated."""
    negated = next(claim for claim in plan().claims if claim.polarity is Polarity.NEGATIVE)
    teller = next(claim for claim in plan().claims if claim.object and claim.subject != negated.subject)
    return replace(plan(), claims=(*plan().claims, replace(teller, id="c98", object=negated.id)))


TABLES = {Format.CSV, Format.CLAIMS, Format.GRAPHML, Format.GEXF}


@pytest.mark.parametrize("form", sorted(set(Format) - {Format.READINGS, Format.NEO4J, Format.PARQUET}))
def test_a_claim_told_of_keeps_its_negation(form: Format) -> None:
    told = b"not: Wesley Clark rules_out ground war" if form in TABLES else b": not: Wesley Clark rules out ground war"
    assert told in exported(filled((told_negation(),)), form)


def test_a_claim_told_of_keeps_its_negation_in_two_files(tmp_path: Path) -> None:
    export(filled((told_negation(),)), Format.NEO4J, tmp_path)
    for name in ("nodes.csv", "relations.csv"):
        assert "not: Wesley Clark rules_out ground war" in (tmp_path / name).read_text(encoding="utf-8")
