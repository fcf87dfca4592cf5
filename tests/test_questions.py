"""Named questions: every one is valid SPARQL, its values can be replaced safely, and English finds it."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.graph.query import Question, question, questions, understand
from kg.graph.terms import VOCABULARIES
from kg.model import KgError

ENGLISH = [
    ("Who opposes ground troops?", "opponents", {"topic": "ground troops"}),
    ("who is against the evacuation", "opponents", {"topic": "evacuation"}),
    ("Who supports the closure of the dam?", "supporters", {"topic": "closure of the dam"}),
    ("who calls for an evacuation", "supporters", {"topic": "evacuation"}),
    ("What does the mayor say?", "said_by", {"speaker": "mayor"}),
    ("what did Anna Kessler say about the dam?", "said_by_about", {"speaker": "Anna Kessler", "topic": "dam"}),
    ("Who says what about NATO?", "about", {"topic": "NATO"}),
    ("How many troops are there?", "numbers", {"counted": "troops"}),
    ("how did the number of  soldiers change", "numbers", {"counted": "soldiers"}),
    ("Who is Paul Adler?", "role_of", {"name": "Paul Adler"}),
    ("Who welcomes what?", "reactions", {}),
    ("who changed position", "changes_of_position", {}),
    ("What is planned?", "planned", {}),
    ("what is denied", "denied", {}),
    ("Where does everyone stand on “ground troops”?", "positions", {"topic": "ground troops"}),
]


@pytest.mark.parametrize("asked", questions().values(), ids=lambda q: q.name)
def test_every_question_is_valid_and_documented(asked: Question) -> None:
    ox.Store().query(asked.sparql, prefixes=VOCABULARIES)
    assert asked.answer
    assert asked.ask
    assert "ORDER BY" in asked.sparql, "rows must come in one order"


@pytest.mark.parametrize(("text", "name", "values"), ENGLISH)
def test_english_finds_the_question(text: str, name: str, values: dict[str, str]) -> None:
    asked, found = understand(text)
    assert (asked.name, found) == (name, values)


@pytest.mark.parametrize("asked", questions().values(), ids=lambda q: q.name)
def test_every_declared_form_is_understood(asked: Question) -> None:
    for form in asked.ask:
        filled = form
        for name in asked.parameters:
            filled = filled.replace(f"{{{name}}}", "Zanzibar")
        found, values = understand(filled)
        assert found.name == asked.name, form
        assert set(values) <= set(asked.parameters), form


@pytest.mark.parametrize("value", ['"} SERVICE <http://127.0.0.1/> {', "\\", "a\nb", "it's", "}"])
def test_values_cannot_break_out(value: str) -> None:
    store = ox.Store()
    lines = question("about").with_values({"topic": value}).splitlines()
    placed = [line for line in lines if "VALUES ?topic" in line]
    assert len(placed) == 2, "one for names, one for phrases"
    for sparql in placed:
        [solution] = store.query(f"SELECT ?topic {{ {sparql} }}")
        assert solution["topic"].value == value


def test_unknown_names_are_told() -> None:
    with pytest.raises(KgError, match=r"no question 'nonsense'; there are: .*about"):
        question("nonsense")
    with pytest.raises(KgError, match="no parameter 'wrong'; it has: topic"):
        question("about").with_values({"wrong": "x"})
    with pytest.raises(KgError, match="cannot read the question"):
        understand("colourless green ideas sleep furiously")
