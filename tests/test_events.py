"""Which clause "the move" and "this" take up: rows of `cases/events.txt`, and what the graph has of it."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.graph.rdf import triples
from kg.graph.terms import BASE
from kg.model import Certainty, Document, Reading
from kg.ontology import FACT, ONTOLOGY, RELATION
from kg.reading.parse import Parser
from kg.reading.pipeline import read as readings
from tests.test_resolve import mention, read

ROWS = [
    [part.strip() for part in line.split("|")]
    for line in (Path(__file__).parent / "cases" / "events.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def reading(parser: Parser, text: str) -> Reading:
    return next(readings([Document("d", text)], parser))


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[row[0][:50] for row in ROWS])
def test_rows(parser: Parser, text: str, expected: str) -> None:
    parse, resolution = read(parser, text)
    events = {resolution.event_at(t.i): t.text for t in parse.tokens if resolution.event_at(t.i) is not None}
    for check in expected.split(";"):
        anaphor, verb = (part.strip() for part in check.split("="))
        found = mention(parse, resolution, anaphor)
        entity = None if found is None else found.entity
        if verb == "-":
            assert entity not in events, check
            assert found is None or found.rule != "resumed event", check
        else:
            noun = mention(parse, resolution, verb)
            assert events.get(entity) == verb or (noun is not None and noun.entity == entity), check


def test_a_query_goes_from_the_move_to_who_made_it(parser: Parser) -> None:
    store = ox.Store()
    text = "Russia and Serbia withdrew their troops. The move was welcomed by Nato."
    store.extend(ox.Quad(*triple) for triple in triples(reading(parser, text)))
    found = store.query(f"""PREFIX kg: <{ONTOLOGY}> PREFIX rel: <{RELATION}>
        PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        SELECT ?name {{ ?praise rdf:predicate rel:welcomes ; rdf:object ?move .
                        ?act kg:event ?move ; rdf:predicate rel:withdraws ; rdf:subject/rdfs:label ?name }}""")
    assert isinstance(found, ox.QuerySolutions)
    assert {row["name"].value for row in found} == {"Russia", "Serbia"}


def test_what_is_only_planned_stays_so_when_it_is_praised(parser: Parser) -> None:
    found = reading(parser, "Nokia plans to cut 1,000 jobs. Investors welcomed the move.")
    praise = next(c for c in found.claims if c.relation == "welcomes")
    planned = next(c for c in found.claims if c.relation == "cuts")
    assert planned.event == praise.object
    assert planned.certainty is not Certainty.CERTAIN
    assert f"{FACT}cuts" not in {triple.predicate.value.removeprefix(BASE) for triple in triples(found)}


def test_a_noun_of_an_event_has_its_claims_too(parser: Parser) -> None:
    found = reading(parser, "The UN ordered the dispatch of troops. Mr Brown approved the decision.")
    approval = next(c for c in found.claims if c.relation == "approves")
    assert {c.relation for c in found.claims if c.event == approval.object} == {"dispatches"}


def test_a_pronoun_alone_names_its_event_by_the_clause(parser: Parser) -> None:
    found = reading(parser, "Mr Brown resigned on Friday. This surprised the party.")
    [surprise] = [c for c in found.claims if c.relation == "surprises"]
    assert found.name(surprise.subject) == "Mr Brown resigned"


def test_an_apposition_to_a_clause_is_none_to_its_object(parser: Parser) -> None:
    found = reading(parser, "The government raised taxes, a decision that angered unions.")
    assert [(found.name(c.subject), c.relation) for c in found.claims] == [
        ("government", "raises"),
        ("decision", "angers"),
    ]


def test_what_is_nobody_is_not_the_same_nobody_twice(parser: Parser) -> None:
    found = reading(parser, "It rained in Oslo. Later it snowed in Rome.")
    assert len({c.subject for c in found.claims}) == 2
