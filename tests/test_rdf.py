"""Readings as RDF: what is stated, in which IRIs, and that the bytes never depend on chance."""

# ruff: noqa: E501
from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import unicodedata
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.archive import dump, load
from kg.graph.names import Names
from kg.graph.rdf import statements, triples, turtle_of
from kg.graph.terms import BASE, encode, literal, number, prefixes, turtle
from kg.model import Certainty, Document, Entity, KgError, Reading, Role, Scope
from tests.readings import nasty, plan, reports

ALL = (plan(), nasty(), *reports())
HEAD = "".join(f"PREFIX {name}: <{space}>\n" for name, space in prefixes().items())


@pytest.fixture(scope="module")
def store() -> ox.Store:
    store = ox.Store()
    store.load(turtle_of(ALL), format=ox.RdfFormat.TURTLE)
    return store


def rows(store: ox.Store, query: str) -> list[tuple[str, ...]]:
    found = store.query(HEAD + query)
    assert isinstance(found, ox.QuerySolutions)
    return sorted(tuple(getattr(value, "value", "") for value in row) for row in found)


# (what it shows, query body after SELECT, expected rows)
ANSWERS = [
    ("a possible claim stands as rel:", '?o { ?s rdfs:label "Tony Blair"; rel:approves/rdfs:label ?o }',
     [("deployment of ground troops",)]),
    ("a possible claim is no fact:", "?o { ?s fact:approves ?o }", []),
    ("what the document asserts is a fact:", "?n { ?s fact:calls_for ?o . ?s rdfs:label ?n }", [("Wesley Clark",)]),
    ("a negated claim has no plain triple", "?o { ?s rel:rules_out|fact:rules_out ?o }", []),
    ("a negated claim has its node", "?n { ?c rdf:predicate rel:rules_out; kg:polarity kg:negative; rdfs:label ?n }",
     [("not: Wesley Clark rules out ground war",)]),
    ("an antecedent has no plain triple", "?o { ?s rel:fails ?o }", []),
    ("a conditional claim is no fact:", "?v { entity:Organization:NATO fact:sends/kg:low ?v }",
     [("28000",), ("45000",)]),
    ("a conditional claim stands as rel:", "?v { entity:Organization:NATO rel:sends/kg:low ?v }",
     [("17000",), ("28000",), ("45000",)]),
    ("a condition is a claim", "?n { ?c kg:dependsOn/rdfs:label ?n }", [("bombing fails",)]),
    ("a condition's words", "?w { ?c kg:conditionSpan/oa:exact ?w }", [("If the bombing fails",)]),
    ("the speaker's own statement is not the document's", "?o { entity:Person:Robin_Cook fact:sends ?o }", []),
    ("innermost source", '?n { ?c rdf:predicate rel:approves; kg:source/rdfs:label ?n }', [("Whitehall sources",)]),
    ("chain from the inside out",
     "?n ?d { ?c rdf:predicate rel:sends; kg:attribution/kg:within* ?l; kg:document doc:000_plan . ?l kg:speaker/rdfs:label ?n "
     "{ SELECT ?l (COUNT(?up) AS ?d) { ?l kg:within* ?up } GROUP BY ?l } }",
     [("Kathimerini", "1"), ("leaked plan", "2")]),
    ("anonymous", "?n { ?s kg:anonymous true; rdfs:label ?n }", [("Whitehall sources",)]),
    ("a claim about a claim", "?n { entity:Organization:NATO rel:wants ?c . ?c a kg:Claim; rdfs:label ?n }",
     [("Robin Cook backs force of 55,000",)]),
    ("time meant", "?f ?l { ?c kg:meant ?w . ?w kg:firstDay ?f; kg:lastDay ?l }", [("1999-06-01", "1999-06-30")]),
    ("OWL-Time", "?f { ?c kg:meant/time:hasBeginning/time:inXSDDate ?f }", [("1999-06-01",)]),
    ("cue words", "?w { ?c kg:polarityCue/oa:exact ?w }", [("not",)]),
    ("argument", "?w { ?c kg:argument ?a . ?a kg:role kg:time; kg:span/oa:exact ?w }", [("June",)]),
    ("aliases", "?a { entity:Person:Tony_Blair skos:altLabel ?a }", [("Blair",), ("Mr Blair",)]),
    ("same thing elsewhere", "?a { entity:Person:Tony_Blair owl:sameAs ?a }", [("http://www.wikidata.org/entity/Q9545",)]),
    ("one node over documents", "(COUNT(DISTINCT ?d) AS ?n) { ?m kg:refersTo entity:Organization:NATO; kg:document ?d }", [("3",)]),
    ("comparator", "?l ?c { ?q kg:low ?l; kg:comparator ?c FILTER NOT EXISTS { ?q kg:high ?h } }",
     [("17000", "https://example.org/kg/ontology#just_over")]),
    ("provenance", "?n ?v { ?c rdf:predicate rel:wants; prov:wasGeneratedBy/prov:wasAssociatedWith ?t . ?t rdfs:label ?n; schema:softwareVersion ?v }",
     [("en_core_web_md", "3.8.0"), ("kg", "0.1.0")]),
    ("publication", "?d { doc:000_plan schema:datePublished ?d }", [("1999-05-24",)]),
    ("publisher is an entity", "?n { doc:000_plan schema:publisher ?p . doc:may schema:publisher ?p . ?p rdfs:label ?n }",
     [("The Daily",)]),
    ("relations are declared", "?l { fact:calls_for rdfs:subPropertyOf ?r . ?r a kg:Relation; rdfs:label ?l }", [("calls for",)]),
    ("no IRI is made of what is none", "?o { ?s owl:sameAs ?o FILTER(CONTAINS(STR(?o), 'not')) }", []),
]  # fmt: skip


@pytest.mark.parametrize(("name", "query", "expected"), ANSWERS, ids=[row[0] for row in ANSWERS])
def test_what_the_graph_says(store: ox.Store, name: str, query: str, expected: list[tuple[str, ...]]) -> None:
    assert rows(store, "SELECT DISTINCT " + query) == expected


def test_every_span_quotes_its_document(store: ox.Store) -> None:
    texts = {reading.document.id: reading.document.text for reading in ALL}
    found = rows(
        store, "SELECT ?id ?s ?e ?w { ?x oa:start ?s; oa:end ?e; oa:exact ?w; kg:document/dcterms:identifier ?id }"
    )
    assert len(found) > 70
    assert [row for row in found if texts[row[0]][int(row[1]) : int(row[2])] != row[3]] == []


def test_no_blank_node_and_no_two_claims_in_one() -> None:
    for reading in ALL:
        made = list(triples(reading))
        assert not any(isinstance(term, ox.BlankNode) for triple in made for term in triple)
        names = Names(reading)
        assert len({names[claim.id] for claim in reading.claims}) == len(reading.claims)


def test_every_own_statement_is_about_the_document_alone() -> None:
    own = [set(statements(reading).own) for reading in ALL]
    shared = [set(statements(reading).shared) for reading in ALL]
    assert not any(a & b for i, a in enumerate(own) for b in own[:i])
    assert not any(a & b for a in own for b in shared)


def test_any_order_gives_the_same_bytes() -> None:
    lines = [line for reading in ALL for line in statements(reading)]
    expected = turtle(lines)
    for seed in range(5):
        random.Random(seed).shuffle(lines)
        assert turtle(lines) == expected


def test_any_hash_seed_gives_the_same_bytes() -> None:
    code = "import sys; from tests.readings import *; from kg.graph.rdf import turtle_of; sys.stdout.buffer.write(turtle_of([plan(), nasty()]))"
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed, "LC_ALL": "C"},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert outputs == {turtle_of([plan(), nasty()])}


def doubled() -> Reading:
    """Two claims on the same words, with a number among their arguments, of different certainty."""
    claim = next(c for c in plan().claims if any(a.node and a.role is Role.QUANTITY for a in c.arguments))
    twin = replace(claim, id="c99", certainty=Certainty.UNKNOWN)
    return replace(plan(), claims=(*plan().claims, twin))


@pytest.mark.parametrize("reading", [plan(), doubled()], ids=["plan", "two claims on the same words"])
def test_ids_inside_a_reading_leave_no_trace(reading: Reading) -> None:
    """Other ids for the same nodes, as another run may give them, change no byte."""
    text = dump(reading)
    again = load(re.sub(r'"([ceqt]\d+)"', r'"x\1"', text))
    assert dump(again) != text
    assert turtle_of([again]) == turtle_of([reading])


# (reader, command that prints its count of triples)
READERS = [
    ("rapper", "rapper -q -i turtle -o ntriples {} | sort -u | wc -l"),
    ("serdi", "serdi -i turtle -o ntriples {} | sort -u | wc -l"),
]


@pytest.fixture(scope="module")
def turtle_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rdf") / "graph.ttl"
    path.write_bytes(turtle_of(ALL))
    return path


@pytest.mark.parametrize(("reader", "command"), READERS)
def test_readers_count_the_same_triples(turtle_file: Path, reader: str, command: str) -> None:
    if shutil.which(reader) is None:
        pytest.skip(f"{reader} is not installed")
    shell = ["bash", "-o", "pipefail", "-c", command.format(turtle_file)]
    found = subprocess.run(shell, check=True, capture_output=True, text=True)
    assert int(found.stdout) == len({line for reading in ALL for line in statements(reading)})


def test_rdflib_and_pyoxigraph_read_the_same_triples(turtle_file: Path) -> None:
    expected = {line for reading in ALL for line in statements(reading)}
    assert len(rdflib.Graph().parse(turtle_file)) == len(expected)
    assert {f"{t} ." for t in map(_triple, ox.parse(path=str(turtle_file)))} == expected


def _triple(quad: ox.Quad) -> ox.Triple:
    return ox.Triple(quad.subject, quad.predicate, quad.object)


def test_a_store_changes_no_literal(store: ox.Store) -> None:
    assert {f"{_triple(quad)} ." for quad in store} == {line for reading in ALL for line in statements(reading)}


def test_npm_n3_counts_the_same_triples(turtle_file: Path) -> None:
    place = os.environ.get("KG_N3", "")
    if not (Path(place) / "node_modules/n3").is_dir() or shutil.which("node") is None:
        pytest.skip("npm's n3 is not installed: set KG_N3 to the folder that holds its node_modules")
    code = (
        "const n3 = require('n3'), fs = require('fs');"
        f"console.log(new n3.Store(new n3.Parser().parse(fs.readFileSync({str(turtle_file)!r}, 'utf8'))).size)"
    )
    found = subprocess.run(["node", "-e", code], cwd=place, check=True, capture_output=True, text=True)
    assert int(found.stdout) == len({line for reading in ALL for line in statements(reading)})


def test_base_iri_is_the_users() -> None:
    made = turtle_of([plan()], "https://kg.example.net/news/").decode()
    assert "<https://kg.example.net/news/entity/>" in made
    assert BASE not in made


@pytest.mark.parametrize("base", ["", "no iri", "https://example.org/data", "https://example.org/a b/"])
def test_a_bad_base_is_refused(base: str) -> None:
    with pytest.raises(KgError, match="base IRI"):
        turtle_of([plan()], base)


def test_a_judgement_of_identity_moves_the_node() -> None:
    judged = turtle_of([plan()], identity={"entity/Person:Tony_Blair": "entity/Person:Anthony_Blair"})
    assert b"entity:Person:Tony_Blair" not in judged
    assert b"entity:Person:Anthony_Blair a kg:Agent" in judged
    assert b'rdfs:label "Tony Blair"' not in judged, "now one of its other names"
    again = turtle_of([plan()], identity={"entity/Person:Tony_Blair": "entity/Person:Tony_Blair:000_plan"})
    assert b'rdfs:label "Tony Blair"' in again, "a namesake keeps the name"


def test_homonyms_in_one_document_stay_apart() -> None:
    twins = tuple(Entity(f"e{i}", "diplomat", "Person", scope=Scope.DOCUMENT) for i in range(2))
    names = Names(Reading(Document("d", "x"), (), entities=twins))
    assert names["e0"] != names["e1"]


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=90)


@given(TEXT, TEXT)
def test_encoding_keeps_names_apart(one: str, other: str) -> None:
    same = unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)
    assert (encode(one) == encode(other)) == same
    ox.NamedNode(BASE + "entity/Person:" + encode(one))


@given(TEXT)
def test_literals_are_canonical(text: str) -> None:
    assert literal(text) == str(ox.Literal(text))


@settings(max_examples=200)
@given(st.floats(min_value=-1e15, max_value=1e15))
def test_numbers_are_canonical(value: float) -> None:
    line = f"<x:s> <x:p> {number(value)} ."
    store = ox.Store()
    store.load(line.encode(), format=ox.RdfFormat.N_TRIPLES)
    assert [f"{_triple(quad)} ." for quad in store] == [line]


def test_a_reading_without_anything_is_a_document() -> None:
    empty = replace(plan(), sentences=(), mentions=(), entities=(), times=(), quantities=(), attributions=(), claims=())
    assert len(list(triples(empty))) > 5


def test_a_unit_is_that_of_qudt_too() -> None:
    reading = plan()
    first, *rest = reading.quantities
    measured = replace(reading, quantities=(replace(first, unit="kilometre"), *rest))
    units = [t.object for t in triples(measured) if t.predicate.value.endswith("hasUnit")]
    assert units == [ox.NamedNode("http://qudt.org/vocab/unit/KiloM")]


def test_who_was_told_from_the_known_bearer_of_a_name_has_no_outside_id() -> None:
    key = "entity/Person:Tony_Blair"
    ids = [t for t in triples(plan(), identity={key: f"{key}:d2"}) if t.predicate.value.endswith("sameAs")]
    assert not [t for t in ids if "Tony_Blair" in str(t.subject)]
    assert [t for t in triples(plan()) if t.predicate.value.endswith("sameAs") and "Tony_Blair" in str(t.subject)]
