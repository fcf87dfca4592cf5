"""Exports: other tools read back all that was written, and the bytes depend on the documents alone."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib

from kg.graph.export import COLUMNS, Format, claim_records, export, exported
from kg.graph.network import network
from kg.graph.store import Store
from kg.model import KgError
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
