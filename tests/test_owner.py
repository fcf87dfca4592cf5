"""The owner's two examples, asked of the graph of the seed articles."""

import csv
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.graph.store import Store
from kg.model import Document
from kg.reading.load import load
from kg.reading.parse import Parser
from kg.reading.pipeline import read

SEEDS = Path(__file__).parents[1] / "seeds"

TONY_BLAIR = """
SELECT ?certainty ?words WHERE {
  ?blair a kg:Person ; rdfs:label "Tony Blair" ; rel:approves ?what . ?what a kg:Deployment .
  ?claim a kg:Claim ; rdf:subject ?blair ; rdf:predicate rel:approves ; rdf:object ?what ;
    kg:certainty ?certainty ; kg:sentence/oa:exact ?words .
}"""
WESLEY_CLARK = """
SELECT ?certainty ?name WHERE {
  ?clark a kg:Person ; rdfs:label "Wesley Clark" ; rel:calls_for ?what .
  ?what a kg:Event ; rdfs:label ?name .
  ?claim a kg:Claim ; rdf:subject ?clark ; rdf:predicate rel:calls_for ; rdf:object ?what ;
    kg:certainty ?certainty .
}"""


@pytest.fixture(scope="module")
def store(parser: Parser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with (SEEDS / "metadata.tsv").open(encoding="utf-8", newline="") as rows:
        dates = {
            Path(row["file"]).stem: dt.date.fromisoformat(row["published"])
            for row in csv.DictReader(rows, delimiter="\t")
        }
    documents = [found for found in load([SEEDS], dates) if isinstance(found, Document)]
    assert {document.id: document.published for document in documents} == dates
    with Store.create(tmp_path_factory.mktemp("owner") / "seeds", read(documents, parser)) as made:
        yield made


def rows(store: Store, query: str) -> list[list[str]]:
    return [[term.value.rpartition("#")[2] for term in row] for row in store.query(query)]  # type: ignore[union-attr]


def test_tony_blair_possibly_approves_a_deployment(store: Store) -> None:
    [[certainty, words]] = rows(store, TONY_BLAIR)
    assert certainty == "possible"
    assert "Mr Tony Blair, and senior ministers could approve the decision" in words


def test_what_is_only_possible_is_no_fact(store: Store) -> None:
    assert not store.query('ASK { ?blair rdfs:label "Tony Blair" ; fact:approves ?what }')
    assert store.query('ASK { ?clark rdfs:label "Wesley Clark" ; fact:calls_for ?what }')


def test_wesley_clark_certainly_calls_for_acceleration(store: Store) -> None:
    [[certainty, name]] = rows(store, WESLEY_CLARK)
    assert (certainty, name.split()[0]) == ("certain", "acceleration")
