# ruff: noqa: E501
"""A sound store has no violation; each planted fault is found, by SHACL and by the queries for large stores alike."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph as ox
import pytest

from kg.graph.check import SHACL_LIMIT, check
from kg.graph.store import Store
from kg.graph.terms import prefixes
from kg.model import Mention, Span
from tests.readings import nasty, plan, reports

LIMITS = pytest.mark.parametrize("limit", [SHACL_LIMIT, 0], ids=["shacl", "sparql"])
CLAIM = "?c rdf:predicate rel:approves"
TROOPS = 'oa:exact "deployment"'

# (fault, update that plants it, places of the violations, words of one of them)
FAULTS = [
    ("corrupt span", f'DELETE {{ ?x oa:exact ?w }} INSERT {{ ?x oa:exact "tanks" }} WHERE {{ ?x {TROOPS}; oa:exact ?w }}',
     "/span/", "quotes 'tanks' where the text has 'deployment'"),
    ("moved span", f"DELETE {{ ?x oa:start ?s }} INSERT {{ ?x oa:start 0 }} WHERE {{ ?x {TROOPS}; oa:start ?s }}",
     "/span/", "quotes 'deployment' where the text has 'Mr Blair"),
    ("reversed offsets",
     f"DELETE {{ ?x oa:start ?s; oa:end ?e }} INSERT {{ ?x oa:start ?e; oa:end ?s }} WHERE {{ ?x {TROOPS}; oa:start ?s; oa:end ?e }}",
     "/span/", "must start before it ends"),
    ("offset that is no number", f'DELETE {{ ?x oa:end ?e }} INSERT {{ ?x oa:end "x" }} WHERE {{ ?x {TROOPS}; oa:end ?e }}',
     "/span/", "must end at one character"),
    ("negative offset", f"DELETE {{ ?x oa:start ?s }} INSERT {{ ?x oa:start -1 }} WHERE {{ ?x {TROOPS}; oa:start ?s }}",
     "/span/", "counted from 0 (found -1)"),
    ("span without words", f"DELETE {{ ?x oa:exact ?w }} WHERE {{ ?x {TROOPS}; oa:exact ?w }}",
     "/span/", "must quote its words once"),
    ("missing sentence", f"DELETE {{ ?c kg:sentence ?s }} WHERE {{ {CLAIM}; kg:sentence ?s }}",
     "/claim/", "must stand in one sentence"),
    ("bad polarity", f"DELETE {{ ?c kg:polarity ?p }} INSERT {{ ?c kg:polarity kg:maybe }} WHERE {{ {CLAIM}; kg:polarity ?p }}",
     "/claim/", "one polarity, kg:positive or kg:negative (found https://example.org/kg/ontology#maybe)"),
    ("two polarities", f"INSERT {{ ?c kg:polarity kg:negative }} WHERE {{ {CLAIM} }}", "/claim/", "one polarity"),
    ("claim without subject", f"DELETE {{ ?c rdf:subject ?s }} WHERE {{ {CLAIM}; rdf:subject ?s }}",
     "/claim/", "must have one subject"),
    ("undeclared relation", "DELETE { rel:approves a ?t } WHERE { rel:approves a ?t }", "/claim/", "a declared kg:Relation"),
    ("dangling object",
     f"DELETE {{ ?c rdf:object ?o }} INSERT {{ ?c rdf:object entity:Person:Nobody }} WHERE {{ {CLAIM}; rdf:object ?o }}",
     "/claim/", "refers to https://example.org/kg/data/entity/Person:Nobody"),
    ("object that is text", f'INSERT {{ ?c rdf:object "war" }} WHERE {{ {CLAIM} }}', "/claim/", "an IRI (found war)"),
    ("too sure", f"DELETE {{ ?c kg:confidence ?p }} INSERT {{ ?c kg:confidence 1.5 }} WHERE {{ {CLAIM}; kg:confidence ?p }}",
     "/claim/", "between 0 and 1 (found 1.5)"),
    ("more than a fact", f"DELETE {{ ?c kg:factuality ?p }} INSERT {{ ?c kg:factuality 4 }} WHERE {{ {CLAIM}; kg:factuality ?p }}",
     "/claim/", "between -3 and 3 (found 4)"),
    ("nobody speaks", 'DELETE { ?l kg:speaker ?s } WHERE { ?l kg:force "says"; kg:speaker ?s }',
     "/attribution/", "must have one speaker"),
    ("bounds the wrong way round", 'DELETE { ?q kg:high ?h } INSERT { ?q kg:high 1 } WHERE { ?q rdfs:label "55,000"; kg:high ?h }',
     "/quantity/", "not above the upper one (found 55000)"),
    ("unknown comparator", "DELETE { ?q kg:comparator ?k } INSERT { ?q kg:comparator kg:nearly } WHERE { ?q kg:comparator ?k }",
     "/quantity/", "one comparator"),
    ("day that is text",
     'DELETE { ?d schema:datePublished ?t } INSERT { ?d schema:datePublished "May" } WHERE { ?d schema:datePublished ?t }',
     "/doc/", "day of publication (found May)"),
    ("nameless entity", "DELETE { ?e rdfs:label ?n } WHERE { ?e a kg:Person; rdfs:label ?n }", "/entity/", "must have a label"),
]  # fmt: skip


@pytest.fixture(scope="module")
def sound() -> Store:
    store = Store()
    for reading in (plan(), nasty(), *reports()):
        store.add(reading)
    return store


@LIMITS
def test_a_sound_store_has_no_violation(sound: Store, limit: int) -> None:
    assert check(sound, limit) == []
    assert check(Store(), limit) == []


def planted(update: str) -> Store:
    """Make a small store and change its graph behind its back; each named graph is changed in itself."""
    store = Store()
    store.add(plan())
    before = set(store.oxigraph)
    loose = ox.Store()
    loose.extend(ox.Quad(q.subject, q.predicate, q.object) for q in before)
    loose.update(update, prefixes=prefixes())
    graphs = {(q.subject, q.predicate, q.object): q.graph_name for q in before}
    after = {(q.subject, q.predicate, q.object) for q in loose}
    for triple, graph in graphs.items():
        if triple not in after:
            store.oxigraph.remove(ox.Quad(*triple, graph))
    new = [ox.Quad(*triple, ox.NamedNode("https://example.org/planted")) for triple in after if triple not in graphs]
    assert new or len(after) < len(graphs), "nothing was planted"
    store.oxigraph.extend(new)
    return store


@LIMITS
@pytest.mark.parametrize(("fault", "update", "place", "words"), FAULTS, ids=[row[0] for row in FAULTS])
def test_a_planted_fault_is_found(fault: str, update: str, place: str, words: str, limit: int) -> None:
    found = check(planted(update), limit)
    assert [v for v in found if place in v.place and words in v.message and v.remedy], found


@pytest.mark.parametrize("update", [row[1] for row in FAULTS], ids=[row[0] for row in FAULTS])
def test_both_ways_find_the_same(update: str) -> None:
    store = planted(update)
    assert check(store) == check(store, 0)


def test_a_span_outside_the_text_is_found() -> None:
    reading = plan()
    end = len(reading.document.text)
    mention = replace(reading.mentions[0], span=Span(end - 1, end + 5))
    assert isinstance(mention, Mention)
    store = Store()
    store.add(replace(reading, mentions=(mention, *reading.mentions[1:])))
    (found,) = [v for v in check(store) if "mentions" in v.place]
    assert (
        str(found)
        == f"000_plan mentions {end - 1}-{end + 5}: does not lie inside the text of {end} characters; add its document again"
    )


def test_another_base_is_checked_too() -> None:
    store = Store(base="urn:news:")
    store.add(plan())
    assert check(store) == check(store, 0) == []
