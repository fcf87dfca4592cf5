"""Competency questions with answers checked against the articles: `kg ask` in English, row by row.

The rows are in `tests/cases/competency.txt`: written by reading, not copied from the graph.
"""

from __future__ import annotations

import os
import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kg.graph.query import rows, understand
from kg.graph.store import Store
from kg.model import Document
from kg.reading.load import load, read_dates
from kg.reading.parse import Parser
from kg.reading.pipeline import read

ROOT = Path(__file__).parent.parent
MILLISECONDS = 50
"""What one answer may take of the processor, the graph being loaded."""


@dataclass(frozen=True)
class Case:
    """A question, the columns that count, the rows expected, and why it is known to fail, if it is."""

    place: str
    question: str
    columns: tuple[str, ...]
    expected: tuple[tuple[str, ...], ...]
    failing: str | None


def cases() -> list[Case]:
    found: list[Case] = []
    place = ""
    for block in re.split(r"\n\s*\n", (ROOT / "tests/cases/competency.txt").read_text(encoding="utf-8")):
        lines = [line for line in block.splitlines() if line.strip() and not line.startswith(("#", "--"))]
        if lines and lines[0].startswith("=="):
            place, lines = lines[0].strip("= "), lines[1:]
        if lines:
            found.append(_case(place, lines))
    return found


def _case(place: str, lines: list[str]) -> Case:
    question, _, columns = lines[0].partition(" | ")
    failing = next((line.strip()[2:] for line in lines if line.strip().startswith("! ")), None)
    expected = [line.strip() for line in lines[1:] if not line.strip().startswith("! ")]
    rows = tuple(tuple(cell.strip() for cell in row.split(";")) for row in expected)
    return Case(place, question, tuple(c.strip() for c in columns.split(";")), rows, failing)


class Places:
    """The stores the questions are asked of, each built once."""

    def __init__(self, parser: Parser) -> None:
        self._parser = parser
        self._stores: dict[str, Store] = {}

    def __getitem__(self, place: str) -> Store:
        if place not in self._stores:
            store = Store()
            for reading in read(self._documents(place), self._parser):
                store.add(reading)
            store.query("ASK {}")
            self._stores[place] = store
        return self._stores[place]

    def _documents(self, place: str) -> list[Document]:
        folder = ROOT / ("seeds" if place == "seeds" else "tests/articles")
        if place == "meantime":
            if not os.environ.get("KG_MEANTIME"):
                pytest.skip("KG_MEANTIME does not name a folder with MEANTIME's texts and dates.tsv")
            folder = Path(os.environ["KG_MEANTIME"])
        table = read_dates(folder / "dates.tsv")[0] if (folder / "dates.tsv").is_file() else {}
        return [document for document in load([str(folder)], table) if isinstance(document, Document)]


@pytest.fixture(scope="session")
def places(parser: Parser) -> Places:
    return Places(parser)


def answer(store: Store, case: Case) -> set[tuple[str, ...]]:
    asked, values = understand(case.question)
    found = rows(store, asked.with_values(values))
    return {tuple((row[column] or "").casefold() for column in case.columns) for row in found}


def fits(found: tuple[str, ...], expected: tuple[str, ...]) -> bool:
    """Each cell has one of the wordings that `/` parts."""
    wordings = [[w.strip().casefold() for w in cell.split(" / ")] for cell in expected]
    return len(found) == len(expected) and all(cell in w for cell, w in zip(found, wordings, strict=True))


def parameters() -> list[Any]:
    return [
        pytest.param(
            case,
            id=f"{case.place}: {case.question}",
            marks=[pytest.mark.xfail(strict=True, reason=case.failing)] if case.failing else [],
        )
        for case in cases()
    ]


@pytest.mark.parametrize("case", parameters())
def test_the_answer_is_what_the_articles_say(places: Places, case: Case) -> None:
    found = answer(places[case.place], case)
    missing = [row for row in case.expected if not any(fits(one, row) for one in found)]
    wrong = sorted(one for one in found if not any(fits(one, row) for row in case.expected))
    assert (missing, wrong) == ([], [])


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.place}: {case.question}")
def test_the_answer_is_quick(places: Places, case: Case) -> None:
    store = places[case.place]
    asked, values = understand(case.question)
    sparql = asked.with_values(values)
    spent = []
    for _ in range(3):
        started = time.process_time()
        list(store.query(sparql))  # type: ignore[arg-type]
        spent.append((time.process_time() - started) * 1000)
    assert min(spent) < MILLISECONDS


def test_there_are_sixty_questions() -> None:
    """The floor of what the graph must answer: most are right, and those that are not are known."""
    found = cases()
    assert len(found) >= 60
    assert sum(case.failing is None for case in found) >= 0.8 * len(found)


@pytest.mark.parametrize("place", ["seeds", "articles"])
def test_an_exported_graph_comes_back_with_its_answers(place: str, places: Places, tmp_path: Path) -> None:
    store = places[place]
    (tmp_path / "graph.ttl").write_bytes(store.turtle())
    again = Store.of_graph(tmp_path / "store", tmp_path / "graph.ttl")
    assert again.turtle() == store.turtle()
    assert again.check() == []
    for case in (case for case in cases() if case.place == place):
        assert answer(again, case) == answer(store, case)
