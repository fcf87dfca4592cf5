"""An exported graph taken back: the same graph, the same answers, and a store that goes on."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from kg.graph.check import check
from kg.graph.export import Format, claim_records, export, exported
from kg.graph.query import questions, rows
from kg.graph.store import Store
from kg.identity import Judgement, decided
from kg.model import KgError, Reading
from tests.readings import namesake, nasty, plan, reports

EXPORTS = Path(__file__).parent.parent / "exports"
SETS = {
    "reports": (plan(), nasty(), *reports()),
    "namesakes": tuple(map(namesake, range(8))),
}
STATED = (Format.TURTLE, Format.NTRIPLES, Format.NQUADS, Format.TRIG, Format.NANOPUB)
UNORDERED = ("arguments", "cues")
"""A graph keeps no order of these."""


def filled(readings: Iterable[Reading], base: str | None = None) -> Store:
    store = Store(base=base)
    for reading in readings:
        store.add(reading)
    return store


def returned(store: Store, place: Path, form: Format = Format.TURTLE) -> Store:
    ending = {Format.TURTLE: "ttl", Format.TRIG: "trig", Format.NQUADS: "nq", Format.NTRIPLES: "nt"}[form]
    file = place / f"graph.{ending}"
    export(store, form, file)
    return Store.of_graph(place / "store", file)


@pytest.mark.parametrize("form", [Format.TURTLE, Format.TRIG, Format.NQUADS, Format.NTRIPLES])
@pytest.mark.parametrize("name", SETS)
def test_a_graph_comes_back_the_same(name: str, form: Format, tmp_path: Path) -> None:
    store = filled(SETS[name], "https://news.example/")
    if name == "namesakes":
        one, other = "entity/Person:Ann_Reilly", "entity/Person:Tom_Reilly"
        store.judge_all(decided((), Judgement("same", one, other, "asked", "user")))
    again = returned(store, tmp_path, form)
    for stated in STATED:
        assert exported(again, stated) == exported(store, stated)
    assert again.documents() == store.documents()
    assert check(again) == check(store)
    for asked in questions().values():
        found, expected = (sorted(map(str, rows(one, asked.sparql))) for one in (again, store))
        assert found == expected, asked.name


def ordered(record: dict[str, object]) -> dict[str, object]:
    return {k: sorted(map(str, v)) if k in UNORDERED and isinstance(v, list) else v for k, v in record.items()}


def test_the_claims_are_shown_the_same(tmp_path: Path) -> None:
    store = filled(SETS["reports"])
    again = returned(store, tmp_path)
    assert list(map(ordered, claim_records(again))) == list(map(ordered, claim_records(store)))
    assert set(again.to_networkx()) == set(store.to_networkx())
    assert len(again.show().edges) == len(store.show().edges) > 0


def test_the_golden_graph_comes_back(tmp_path: Path) -> None:
    again = Store.of_graph(tmp_path / "store", EXPORTS / "graph.ttl")
    assert again.turtle() == (EXPORTS / "graph.ttl").read_bytes()


def test_documents_come_and_go_after_an_import(tmp_path: Path) -> None:
    first, *others = SETS["reports"]
    again = returned(filled(others), tmp_path)
    assert again.oxigraph is not None
    again.add(first)
    assert again.reading(first.document.id) == first
    again.remove(first.document.id)
    assert again.turtle() == filled(others).turtle()
    again.add(first)
    for reading in others:
        again.remove(reading.document.id)
    assert again.turtle() == filled([first]).turtle()
    again.add(others[0])
    again.close()
    reopened = Store.open(tmp_path / "store")
    assert reopened.turtle() == filled([first, others[0]]).turtle()


def test_an_import_outlives_a_change_of_the_vocabulary(tmp_path: Path) -> None:
    store = filled(SETS["reports"])
    returned(store, tmp_path).close()
    manifest = tmp_path / "store" / "store.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"made": "by another"}))
    assert Store.open(tmp_path / "store").turtle() == store.turtle()


def test_what_cannot_be_taken_back_is_told(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="no whole reading"):
        exported(returned(filled(SETS["reports"]), tmp_path), Format.READINGS)
    for text, told in [("<a:b> <a:c> <a:d> .", "no document"), ("nonsense", "cannot be read"), ("[] a [] .", "blank")]:
        (tmp_path / "bad.ttl").write_text(text)
        with pytest.raises(KgError, match=told):
            Store.of_graph(tmp_path / "bad", tmp_path / "bad.ttl")
    with pytest.raises(KgError, match="no such file"):
        Store.of_graph(tmp_path / "bad", tmp_path / "none.ttl")


def test_the_command_takes_a_graph_back(tmp_path: Path) -> None:
    store = filled(SETS["reports"])
    export(store, Format.TURTLE, tmp_path / "graph.ttl")
    command = [sys.executable, "-m", "kg", "import", str(tmp_path / "graph.ttl"), "--store", str(tmp_path / "copy")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert Store.open(tmp_path / "copy", read_only=True).turtle() == store.turtle()
