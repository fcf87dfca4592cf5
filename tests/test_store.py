"""The store: after any history it is what a fresh build gives, and no kill leaves half a document."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.graph.rdf import statements
from kg.graph.store import JUDGEMENTS, Store
from kg.graph.terms import BASE, encode_id
from kg.identity import Judgement, decided
from kg.model import KgError, Reading
from tests.readings import namesake, nasty, plan, reports

ALL = (plan(), nasty(), *reports())


def named(number: int) -> Reading:
    reading = ALL[number % len(ALL)]
    return replace(reading, document=replace(reading.document, id=f"{reading.document.id}-{number}"))


def turtle_of(readings: Iterable[Reading], base: str = BASE) -> bytes:
    """What a fresh store of the readings writes."""
    store = Store(base=base)
    for reading in readings:
        store.add(reading)
    return store.turtle()


def dump(store: Store) -> list[str]:
    """The graph in memory, without the vocabulary, which is the same for all."""
    empty = {str(quad) for quad in Store().oxigraph}
    return sorted(text for quad in store.oxigraph if (text := str(quad)) not in empty)


def test_a_store_is_its_readings(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "store", ALL)
    assert store.turtle() == turtle_of(ALL)
    mapped = [(reading, store.identities.names(encode_id(reading.document.id))) for reading in ALL]
    stated = {line for reading, names in mapped for line in statements(reading, identity=names)}
    assert stated < set(store.lines())
    drawn = ("/clash/", "contradicts", "TensionWith", "/judgement/", "/agent/", "prov#Entity")
    assert all(any(part in line for part in drawn) for line in set(store.lines()) - stated)
    assert set(store.readings()) == set(ALL)
    assert store.documents() == sorted(reading.document.id for reading in ALL)
    store.close()
    again = Store.open(tmp_path / "store", read_only=True)
    assert again.turtle() == turtle_of(ALL)
    assert again.reading("000_plan") == plan()


REFERENCES = ("entity/Person:Ann_Reilly", "entity/Person:Ann_Reilly@people0", "entity/Person:Ann_Reilly@people2",
              "entity/Person:Reilly", "entity/Person:Tom_Reilly", "entity/Organization:WTCA",
              "local/000_plan:Whitehall_sources", "local/other:Whitehall_sources",
              "local/other:leaked_plan")  # fmt: skip
PEOPLE = (*map(namesake, range(8)), plan(), plan("other"))


def judged(chance: random.Random) -> Judgement:
    one, other = chance.sample(REFERENCES, 2)
    return Judgement(chance.choice(["same", "different"]), one, other, "asked", "user")  # type: ignore[arg-type]


def filled(readings: Iterable[Reading], judgements: Iterable[Judgement] = ()) -> Store:
    """A fresh store of these."""
    store = Store()
    for reading in readings:
        store.add(reading)
    for judgement in judgements:
        store.judge(judgement)
    return store


@pytest.mark.parametrize("seed", range(12))
def test_identity_follows_any_history(seed: int) -> None:
    """Documents come and go, judgements too; a store asked all along equals one filled at the end."""
    chance, store, kept = random.Random(seed), Store(), dict[str, Reading]()
    store.query("ASK {}")
    said: tuple[Judgement, ...] = ()
    for _ in range(20):
        reading = chance.choice(PEOPLE)
        id = reading.document.id
        if chance.random() < 0.2:
            judgement = judged(chance)
            said = decided(said, judgement)
            store.judge(judgement)
        elif id in kept and chance.random() < 0.6:
            store.remove(id)
            del kept[id]
        else:
            kept[id] = reading
            store.add(reading)
    fresh = filled(kept.values(), said)
    assert store.turtle() == fresh.turtle()
    assert dump(store) == dump(fresh)
    triples = [str(ox.Triple(quad.subject, quad.predicate, quad.object)) for quad in store.oxigraph]
    assert len(triples) == len(set(triples))


def test_names_of_one_are_one_node() -> None:
    store = filled(map(namesake, (0, 1, 6, 7)))
    query = "SELECT ?l ?a { ?e a kg:Entity; rdfs:label ?l; skos:altLabel ?a } ORDER BY ?l"
    found = [(row["l"].value, row["a"].value) for row in store.query(query)]  # type: ignore[union-attr, index]
    assert found == [("Ann Reilly", "Reilly"), ("World Tyre Cutting Authority", "WTCA")]
    query = """SELECT ?why ?who { ?j a kg:Judgement; kg:verdict kg:same; rdfs:comment ?why;
        prov:wasAttributedTo/rdfs:label ?who; kg:judged ?a; kg:judgedAs ?b . ?a prov:alternateOf ?b } ORDER BY ?why"""
    rows = [(row["why"].value, row["who"].value) for row in store.query(query)]  # type: ignore[union-attr, index]
    assert rows == [
        ("'Reilly' is short for 'Ann Reilly': both beside Norwell Foods", "kg"),
        ("'WTCA' are the initials of 'World Tyre Cutting Authority', and of no other here", "kg"),
    ]


def test_the_network_calls_a_node_by_its_own_name() -> None:
    store = filled(replace(namesake(n), document=replace(namesake(n).document, id=f"{9 - n}")) for n in (0, 1))
    labels = {data["label"]: data["aliases"] for _, data in store.to_networkx().nodes(data=True)}
    assert labels["Ann Reilly"] == ["Reilly"]
    assert "Reilly" not in labels


def test_a_new_build_keeps_the_users_judgements(tmp_path: Path) -> None:
    people = [namesake(0), namesake(1)]
    split = Judgement("different", "entity/Person:Reilly", "entity/Person:Ann_Reilly", "asked", "user")
    with Store.create(tmp_path / "store", people) as store:
        store.judge(split)
    assert (tmp_path / "store" / JUDGEMENTS).is_file()
    with Store.create(tmp_path / "store", [namesake(0)]) as store:
        store.add(namesake(1))
        assert store.identities.user == (split,)
        assert store.identities.names("people1") == {}
        store.forget("entity/Person:Ann_Reilly", "entity/Person:Reilly")
        assert store.identities.names("people1") == {"entity/Person:Reilly": "entity/Person:Ann_Reilly"}
    assert Store.open(tmp_path / "store", read_only=True).turtle() == filled(people).turtle()


@pytest.mark.parametrize("loaded", [True, False], ids=["asked before", "not asked before"])
@pytest.mark.parametrize("seed", range(4))
def test_any_history_equals_a_fresh_build(tmp_path: Path, seed: int, loaded: bool) -> None:
    chance = random.Random(seed)
    store = Store.create(tmp_path / "store", [named(0)])
    kept = {named(0).document.id: named(0)}
    if loaded:
        store.query("ASK {}")
    for _ in range(25):
        reading = named(chance.randrange(8))
        if reading.document.id in kept and chance.random() < 0.6:
            store.remove(reading.document.id)
            del kept[reading.document.id]
        else:
            changed = replace(reading, document=replace(reading.document, title=chance.choice(["a", "b", None])))
            store.add(changed)
            kept[reading.document.id] = changed
    fresh = Store.create(tmp_path / "fresh", kept.values())
    assert store.turtle() == fresh.turtle() == turtle_of(kept.values())
    assert dump(store) == dump(fresh)
    assert list(store.quads()) == list(fresh.quads())


def test_no_triple_stands_in_two_graphs() -> None:
    store = Store()
    for number in range(10):
        store.add(named(number))
    triples = [str(ox.Triple(quad.subject, quad.predicate, quad.object)) for quad in store.oxigraph]
    assert len(triples) == len(set(triples))
    graphs = {quad.graph_name.value for quad in store.oxigraph}  # type: ignore[union-attr]
    assert len(graphs) == 12, "ten documents, what they share, and the clashes"


def test_the_same_article_twice_is_one(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "store", [plan()])
    before = store.turtle()
    store.add(plan())
    assert (len(store), store.turtle()) == (1, before)


def test_a_new_version_replaces_the_old(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "store", ALL)
    shorter = replace(plan(), claims=(), attributions=())
    store.query("ASK {}")
    store.update(shorter)
    assert store.turtle() == turtle_of([shorter, *ALL[1:]])
    found = store.query("SELECT ?c { ?c kg:document doc:000_plan; a kg:Claim }")
    assert list(found) == []  # type: ignore[arg-type]


def test_a_build_replaces_the_store_and_nothing_else(tmp_path: Path) -> None:
    Store.create(tmp_path / "store", ALL).close()
    Store.create(tmp_path / "store", [plan()]).close()
    assert Store.open(tmp_path / "store", read_only=True).turtle() == turtle_of([plan()])
    assert len(list((tmp_path / "store").glob("documents-*"))) == 1


def test_a_build_of_nothing_leaves_the_store(tmp_path: Path) -> None:
    Store.create(tmp_path / "store", ALL).close()
    Store.create(tmp_path / "store", []).close()
    assert Store.open(tmp_path / "store", read_only=True).turtle() == turtle_of(ALL)


def test_a_build_that_fails_leaves_the_store(tmp_path: Path) -> None:
    Store.create(tmp_path / "store", ALL).close()

    def failing() -> object:
        yield plan()
        raise RuntimeError("the parser broke")

    with pytest.raises(RuntimeError):
        Store.create(tmp_path / "store", failing())  # type: ignore[arg-type]
    assert Store.open(tmp_path / "store", read_only=True).turtle() == turtle_of(ALL)


def test_another_vocabulary_states_everything_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("kg.graph.store._signature", lambda: "older")
        patch.setattr("kg.graph.store.statements", lambda *given: replace(statements(*given), own=()))
        Store.create(tmp_path / "store", ALL).close()
    with Store.open(tmp_path / "store") as store:
        assert store.turtle() == turtle_of(ALL)


def test_base_iri_is_kept(tmp_path: Path) -> None:
    Store.create(tmp_path / "store", [plan()], base="https://kg.example.net/").close()
    with Store.open(tmp_path / "store") as store:
        store.add(ALL[1])
        assert store.turtle() == turtle_of(ALL[:2], "https://kg.example.net/")
        assert list(store.query("SELECT ?o { doc:000_plan schema:publisher ?o }"))  # type: ignore[arg-type]


def test_rdflib_sees_the_same_graph() -> None:
    store = Store()
    store.add(plan())
    found = store.graph().query('SELECT ?l { ?s rdfs:label "Tony Blair"; rel:approves/rdfs:label ?l }')
    assert [str(row[0]) for row in found] == ["deployment of ground troops"]  # type: ignore[index]
    assert len(store.graph()) == len(store.oxigraph)


def test_the_vocabulary_can_be_asked_but_is_not_exported() -> None:
    store = Store()
    store.add(plan())
    assert store.query("ASK { kg:Claim a owl:Class; rdfs:label ?l }")
    assert b"kg:Claim a owl:Class" not in store.turtle()


# (call, what the message says)
MISTAKES = [
    (lambda place: Store.open(place / "none"), "no store in .*none: make one with kg build"),
    (lambda place: Store.open(place / "store").remove("nobody"), "no document 'nobody'"),
    (lambda place: Store.open(place / "store", read_only=True).add(named(9)), "read-only"),
    (lambda place: Store.open(place / "store", read_only=True).reading("x"), "no document 'x'"),
    (lambda place: Store.open(place / "store", read_only=True).query("SELECT"), "query cannot be read"),
    (lambda place: Store.create(place, [plan()]), "holds other files"),
    (lambda place: Store.create(place / "file", [plan()]), "is a file"),
    (lambda place: Store.create(place / "new", [plan()], base="nonsense"), "base IRI 'nonsense'"),
]  # fmt: skip


@pytest.mark.parametrize(("call", "message"), MISTAKES, ids=[row[1] for row in MISTAKES])
def test_mistakes_are_told(tmp_path: Path, call: object, message: str) -> None:
    (tmp_path / "file").write_text("x")
    Store.create(tmp_path / "store", ALL).close()
    with pytest.raises(KgError, match=message):
        call(tmp_path)  # type: ignore[operator]


def test_a_second_writer_is_told_who_writes(tmp_path: Path) -> None:
    first = Store.create(tmp_path / "store", [plan()])
    code = "import sys; from kg.graph.store import Store; Store.open(sys.argv[1])"
    second = subprocess.run([sys.executable, "-c", code, str(tmp_path / "store")], capture_output=True, text=True)
    assert second.returncode != 0
    assert f"is being written by process {os.getpid()}" in second.stderr
    assert len(Store.open(tmp_path / "store", read_only=True)) == 1
    first.close()
    Store.open(tmp_path / "store").close()


WRITER = """
import random, sys
from kg.graph.store import Store
from tests.readings import namesake
from tests.test_store import judged, named
chance = random.Random(int(sys.argv[2]))
with Store.open(sys.argv[1]) as store:
    print("ready", flush=True)
    while True:
        reading = named(chance.randrange(6))
        if reading.document.id in store:
            store.remove(reading.document.id)
        else:
            store.add(reading)
        store.add(namesake(chance.randrange(8)))
        store.judge(judged(chance))
"""


def _kill_writers(place: Path, kills: int, seed: int) -> None:
    chance = random.Random(seed)
    known = [*map(named, range(6)), *map(namesake, range(8))]
    texts = {reading.document.id: reading for reading in known}
    for number in range(kills):
        with subprocess.Popen([sys.executable, "-c", WRITER, str(place), str(number)], stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            child.stdout.readline()
            time.sleep(chance.random() * 0.02)
            child.send_signal(signal.SIGKILL)
        store = Store.open(place, read_only=True)
        found = list(store.readings())
        assert all(texts[reading.document.id] == reading for reading in found)
        assert store.turtle() == filled(found, store.identities.user).turtle()


def test_a_kill_leaves_whole_documents(tmp_path: Path) -> None:
    Store.create(tmp_path / "store", [named(0), named(1)]).close()
    _kill_writers(tmp_path / "store", 4, seed=1)


@pytest.mark.slow
def test_many_kills_leave_whole_documents(tmp_path: Path) -> None:
    """KG_KILLS=500 is the full measure and takes eight minutes."""
    Store.create(tmp_path / "store", [named(0), named(1)]).close()
    _kill_writers(tmp_path / "store", int(os.environ.get("KG_KILLS", "50")), seed=2)
