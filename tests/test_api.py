"""The Python API: the same verbs as the command line, from a notebook."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.model import KgError

ARTICLE = "Anna Kessler opposed the closure of the dam on Monday. At least nine people were killed, the police said."


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("articles")
    (folder / "dam.txt").write_text(ARTICLE, encoding="utf-8")
    return folder


def test_build_ask_export_and_open(articles: Path, tmp_path: Path) -> None:
    graph = kg.build([articles], tmp_path / "store", base="https://news.example/")
    assert [row["who"] for row in graph.ask("who opposes the closure of the dam?")] == ["Anna Kessler"]
    assert graph.ask("opponents", topic="closure") == graph.ask("who opposes closure")
    assert graph.rows("SELECT ?n { ?e a kg:Person ; rdfs:label ?n }") == [{"n": "Anna Kessler"}]
    assert graph.check() == []
    graph.export("turtle", tmp_path / "graph.ttl")
    assert (tmp_path / "graph.ttl").read_bytes() == graph.turtle()
    assert graph.to_networkx().number_of_edges() == len(graph.claims_frame())
    graph.close()
    again = kg.open(tmp_path / "store")
    assert again.turtle() == graph.turtle()
    assert set(again.claims_frame()["id"]) == {key for *_, key in again.to_networkx().edges(keys=True)}


def test_a_notebook_shows_the_page(articles: Path, tmp_path: Path) -> None:
    kg.build([articles], tmp_path / "store").close()
    shown = kg.open(tmp_path / "store").show(focus="Anna Kessler")._repr_html_()
    assert shown.startswith("<iframe")
    assert "Anna Kessler" in shown
    with pytest.raises(KgError, match="Nobody"):
        kg.open(tmp_path / "store").show(focus="Nobody")._repr_html_()


def test_build_in_memory_and_of_nothing(articles: Path, tmp_path: Path) -> None:
    assert kg.build([articles]).documents() == ["dam"]
    with pytest.raises(KgError, match="nothing could be read"):
        kg.build([])
