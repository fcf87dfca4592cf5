"""The vocabulary: every term of ours says what it means, and the page shows each."""

from __future__ import annotations

import pytest

from kg.graph.store import Store
from kg.graph.vocabulary import Term, page, terms
from kg.ontology import ONTOLOGY
from tests.readings import nasty, plan, reports

CLASSES = [term for term in terms() if term.sort == "class"]
PROPERTIES = [term for term in terms() if term.sort == "property"]


@pytest.mark.parametrize("term", CLASSES, ids=lambda term: term.name)
def test_every_class_is_documented(term: Term) -> None:
    assert term.label
    assert term.comment
    assert term.examples


@pytest.mark.parametrize("term", PROPERTIES, ids=lambda term: term.name)
def test_every_property_is_documented(term: Term) -> None:
    assert term.label
    assert term.comment
    assert term.domains
    assert term.ranges
    assert term.examples


def test_every_term_of_a_graph_is_in_the_vocabulary() -> None:
    store = Store()
    for reading in (plan(), nasty(), *reports()):
        store.add(reading)
    known = {ONTOLOGY + term.name for term in terms()}
    used = {
        iri
        for line in store.lines()
        for iri in (part.strip("<>") for part in line[:-2].split(" ", 2)[1:])
        if iri.startswith(ONTOLOGY)
    }
    assert used - known - {ONTOLOGY + made_up for made_up in ("NoSuchKind", "Text", "Bombing")} == set()


def test_the_page_shows_every_term() -> None:
    shown = page()
    assert all(f'id="{term.name}"' in shown for term in terms())
    assert "https://" not in shown.replace(ONTOLOGY, "").split("<main>")[0], "nothing is fetched"
