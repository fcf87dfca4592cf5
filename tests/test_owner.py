"""The owner's two examples, asked of the graph of the seed articles."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.graph.store import Store
from kg.reading.load import load
from kg.reading.parse import Parser
from kg.reading.pipeline import read

SEEDS = Path(__file__).parents[1] / "seeds"

CLAIMS = """
SELECT ?claim ?certainty ?sentence ?class WHERE {{
  ?s rdfs:label "{subject}" . ?s {relation} ?x . ?x a ?class .
  ?claim a kg:Claim ; rdf:subject ?s ; rdf:predicate {relation} ; rdf:object ?x ;
    kg:certainty ?certainty ; kg:sentence/oa:exact ?sentence .
}}"""


@pytest.fixture(scope="module")
def store(parser: Parser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    readings = read(load([str(SEEDS)]), parser)
    with Store.create(tmp_path_factory.mktemp("owner") / "seeds.kg", readings) as made:
        yield made
