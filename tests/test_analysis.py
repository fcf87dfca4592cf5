"""Network analysis: small graphs whose answers can be seen by eye."""

from __future__ import annotations

import datetime as dt
import random

import networkx as nx
import pytest

from kg.graph.analysis import analyses, central_actors, chain, communities, direct, quoted_together, ties
from kg.graph.query import understood
from kg.graph.store import Store
from kg.model import Certainty, KgError, Reading
from tests.readings import Scribe

# A line of meetings, a triangle apart from it, and one weak tie beside a strong way round.
MEETINGS = [("Ann", "Bob"), ("Bob", "Cid"), ("Cid", "Dan"), ("Xia", "Yan"), ("Yan", "Zoe"), ("Xia", "Zoe")]


def met(id: str, pairs: list[tuple[str, str]], sure: Certainty = Certainty.CERTAIN, speakers: str = "") -> Reading:
    """Each pair met, as the speaker of the same number says, if there are speakers."""
    told = speakers.split() or [""] * len(pairs)
    lines = [f"{a} met {b}{f', {who} said' if who else ''}." for (a, b), who in zip(pairs, told, strict=True)]
    s = Scribe(id, "\n".join(lines), published=dt.date(2024, 1, 1))
    names = dict.fromkeys([name for pair in pairs for name in pair] + [who for who in told if who])
    known = {name: s.entity(name, "Person", name) for name in names}
    for (a, b), who in zip(pairs, told, strict=True):
        said = (s.link(known[who], None, "said"),) if who else ()
        s.claim((known[a], a), ("meets", "met"), (known[b], b), certainty=sure, chain=said)
    return s.reading()


def filled(*readings: Reading) -> Store:
    store = Store()
    for reading in readings:
        store.add(reading)
    return store


@pytest.fixture(scope="module")
def store() -> Store:
    return filled(met("one", MEETINGS))


def test_who_stands_between_is_central(store: Store) -> None:
    ranked = [row[0] for row in central_actors(store)]
    assert set(ranked[:2]) == {"Bob", "Cid"}
    assert len(ranked) == 7


def test_ties_that_no_shortest_path_takes_change_no_rank() -> None:
    chance = random.Random(1)
    graph = nx.gnm_random_graph(40, 300, seed=1)
    for _, _, edge in graph.edges(data=True):
        edge["distance"] = chance.random() + 0.1
    lean = direct(graph)
    assert lean.number_of_edges() < 200
    whole, less = (nx.betweenness_centrality(one, weight="distance") for one in (graph, lean))
    assert less == pytest.approx(whole)


def test_groups_without_ties_between_them_are_communities(store: Store) -> None:
    groups = [set(row[2].split(", ")) for row in communities(store)]
    assert {"Xia", "Yan", "Zoe"} in groups
    assert all(not ({"Ann", "Bob", "Cid", "Dan"} & group and {"Xia"} & group) for group in groups)


def test_a_chain_names_its_claims(store: Store) -> None:
    assert [row[2] for row in chain(store, "Ann", "Dan")] == ["Ann meets Bob", "Bob meets Cid", "Cid meets Dan"]
    assert chain(store, "Ann", "Zoe") == []
    with pytest.raises(KgError, match="no claim speaks of 'Nobody'"):
        chain(store, "Ann", "Nobody")


def test_a_believable_way_round_beats_a_doubtful_short_cut() -> None:
    doubtful = met("two", [("Ann", "Cid")], Certainty.UNKNOWN)
    assert [row[2] for row in chain(filled(met("one", MEETINGS), doubtful), "Ann", "Cid")] == [
        "Ann meets Bob",
        "Bob meets Cid",
    ]


def test_a_sentence_printed_twice_weighs_once() -> None:
    once, twice = filled(met("one", MEETINGS)), filled(met("one", MEETINGS), met("copy", MEETINGS))
    assert ties(once) == ties(twice)


def test_what_only_a_pronoun_or_quantifier_names_ties_nobody() -> None:
    vague = met("three", [("Ann", "many"), ("many", "Zoe"), ("Hundreds", "Zoe"), ("Kim", "Zoe")])
    store = filled(vague)
    assert [row[0] for row in central_actors(store)] == ["Kim", "Zoe"]
    assert {row["entity"] for row in store.ask("actors")} == {"Ann", "Kim", "Zoe"}
    shown = store.show().data()
    names = [shown["nodes"]["label"][node] for node in shown["start"]["nodes"]]
    assert sorted(names) == ["Ann", "Kim", "Zoe"]


def test_who_is_quoted_with_whom_counts_reports_not_copies() -> None:
    two = [("Ann", "Bob"), ("Cid", "Dan")]
    first, copy = met("one", two, speakers="Kim Lee"), met("copy", two, speakers="Kim Lee")
    other = met("other", [("Ann", "Dan"), ("Bob", "Cid")], speakers="Lee Kim")
    assert quoted_together(filled(first, copy)) == [("Kim", "Lee", "1")]
    assert quoted_together(filled(first, copy, other)) == [("Kim", "Lee", "2")]


@pytest.mark.parametrize(
    ("text", "name", "values"),
    [
        ("Who is central?", "central", {}),
        ("how are Ann and Dan connected?", "chain", {"one": "Ann", "other": "Dan"}),
        ("who is quoted with whom", "quoted_together", {}),
        ("which groups are there?", "communities", {}),
    ],
)
def test_english_finds_the_analysis(text: str, name: str, values: dict[str, str]) -> None:
    asked, found = understood(text, analyses())
    assert (asked.name, found) == (name, values)


def test_an_empty_store_has_answers_too() -> None:
    assert central_actors(Store()) == communities(Store()) == quoted_together(Store()) == []
