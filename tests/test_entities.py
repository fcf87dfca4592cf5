"""Who is who from the command line: list, explain, merge, split, take back; and the page of facts."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kg.cli import app
from kg.graph.facts import facts
from kg.graph.query import rows
from kg.graph.store import Store
from kg.model import KgError
from tests.readings import namesake, plan

ANN = "https://example.org/kg/data/entity/Person:Ann_Reilly"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    Store.create(tmp_path / "store", [*map(namesake, range(8)), plan()]).close()
    return tmp_path / "store"


def kg(store: Path, *words: str) -> Result:
    return CliRunner().invoke(app, [*words, "--store", str(store)])


def test_the_list_has_kind_counts_and_other_names(store: Path) -> None:
    lines = kg(store, "entities").stdout.splitlines()
    assert lines[0] == "name,kind,mentions,documents,aliases,entity"
    assert f"Ann Reilly,person,2,2,Reilly,{ANN}:people2" in lines
    assert f"Ann Reilly,person,1,1,,{ANN}:people5" in lines
    assert kg(store, "entities", "tom reilly").stdout.count("Tom Reilly") == 2


def test_explain_tells_what_merged_and_parted(store: Path) -> None:
    told = kg(store, "entities", "Ann Reilly", "--explain").stdout
    assert "'Reilly' is short for 'Ann Reilly': both beside Harbour Choir (kg)" in told
    assert "possible: Ann Reilly in people5 and Ann Reilly: both are called" in told


# (commands, what the last one prints)
HISTORIES = [
    ([["merge", "Tom Reilly", "Ann Reilly@people0"]],
     "entity/Person:Tom_Reilly is entity/Person:Ann_Reilly\n"),
    ([["split", "Reilly@people4", "Ann Reilly@people2"]],
     "entity/Person:Reilly@people4 is entity/Person:Reilly:people4\n"),
    ([["split", "Reilly@people4", "Ann Reilly"]], "entity/Person:Reilly@people4 is entity/Person:Reilly:people4\n"),
    ([["split", "Ann Reilly@people2"]], "entity/Person:Ann_Reilly@people2 is entity/Person:Ann_Reilly:people2\n"),
    ([["merge", "Ann Reilly@people0", "Ann Reilly@people2", "--reason", "asked"]],
     "entity/Person:Ann_Reilly@people0 is entity/Person:Ann_Reilly\n"),
    ([["merge", "WTCA", "Tom Reilly"], ["split", "WTCA", "Tom Reilly"]],
     "entity/Organization:WTCA is entity/Organization:World"),
    ([["merge", "WTCA", "Tom Reilly"], ["merge", "WTCA", "Tom Reilly", "--undo"]],
     "entity/Organization:WTCA is entity/Organization:World"),
    ([["merge", "https://example.org/kg/data/entity/Person:Ann_Reilly:people5", "Tom Reilly"]],
     "entity/Person:Ann_Reilly@people5 is entity/Person:Tom_Reilly\n"),
    ([["merge", "whitehall sources@000_plan", "Tom Reilly"]],
     "local/000_plan:Whitehall_sources is entity/Person:Tom_Reilly\n"),
    ([["merge", "local/000_plan:Whitehall_sources", "Tom Reilly"],
      ["merge", "Whitehall sources@000_plan", "Tom Reilly", "--undo"]],
     "local/000_plan:Whitehall_sources is local/000_plan:Whitehall_sources\n"),
    ([["merge", "leaked plan@000_plan", "Tom Reilly"], ["split", "leaked plan@000_plan", "Tom Reilly"]],
     "local/000_plan:leaked_plan is local/000_plan:leaked_plan\n"),
]  # fmt: skip


@pytest.mark.parametrize(("commands", "printed"), HISTORIES)
def test_merge_and_split(store: Path, commands: list[list[str]], printed: str) -> None:
    for words in commands:
        result = kg(store, *words)
        assert result.exit_code == 0, result.exception
    assert result.stdout.startswith(printed)
    opened = Store.open(store, read_only=True)
    assert (b"asked" in opened.turtle()) == ("asked" in commands[-1])


MISTAKES = [
    (["merge", "Nobody", "Tom Reilly"], "no entity is named 'Nobody' in the store: kg entities lists them"),
    (["merge", "Ann Reily", "Tom Reilly"], "did you mean Ann Reilly"),
    (["split", "Ann Reilly@monday"], "no document 'monday' in the store"),
    (["split", "Tom Reilly", "Tom Reilly"], "both mean entity/Person:Tom_Reilly: name two"),
    (["split", "Tom Reilly@people0"], "no entity is named 'Tom Reilly' in document 'people0'"),
    (["merge", "rumour@000_plan", "Tom Reilly"], "no entity is named 'rumour' in document '000_plan'"),
    (["merge", "Tom Reilly", "Ann Reilly", "--undo"], "no judgement here says"),
    (["entities", "Nobody"], "no entity 'Nobody'"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "message"), MISTAKES)
def test_mistakes_are_told(store: Path, words: list[str], message: str) -> None:
    result = kg(store, *words)
    assert isinstance(result.exception, KgError)
    assert message in str(result.exception)


def test_a_judgement_against_an_earlier_one_is_refused_and_changes_nothing(store: Path) -> None:
    kg(store, "split", "WTCA", "Tom Reilly")
    kg(store, "merge", "WTCA", "Ann Reilly@people0")
    before = Store.open(store, read_only=True).turtle()
    refused = kg(store, "merge", "Ann Reilly@people0", "Tom Reilly")
    assert "take one back with --undo" in str(refused.exception)
    assert Store.open(store, read_only=True).turtle() == before


def test_what_one_document_speaks_of_goes_by_the_name_it_is_given(store: Path) -> None:
    before = Store.open(store, read_only=True).turtle()
    kg(store, "merge", "Whitehall sources@000_plan", "Tom Reilly", "--reason", "named on Tuesday")
    with Store.open(store) as opened:
        asked = "ASK { ?s kg:source ?e . ?e rdfs:label 'Tom Reilly' ; skos:altLabel 'Whitehall sources' }"
        assert opened.query(asked)
        opened.remove("000_plan")
        opened.add(plan())
        assert opened.query(asked)
    assert "named on Tuesday" in kg(store, "entities", "Tom Reilly", "--explain").stdout
    kg(store, "merge", "Whitehall sources@000_plan", "Tom Reilly", "--undo")
    assert Store.open(store, read_only=True).turtle() == before


def test_facts_come_with_their_sentences() -> None:
    store = Store()
    for number in range(8):
        store.add(namesake(number))
    found = facts(store, f"{ANN}:people2")
    assert [(row["name"], row["mentions"]) for row in found["names"]] == [("Ann Reilly", "1"), ("Reilly", "1")]
    assert [row["sentence"] for row in found["said_of"]] == [
        "Ann Reilly praised Harbour Choir.",
        "Reilly praised Harbour Choir.",
    ]
    assert [row["verdict"] for row in found["judgements"]] == ["possible", "same"]
    with pytest.raises(KgError, match="names no"):
        facts(store, ANN + "x")


def test_facts_tell_what_it_says() -> None:
    store = Store()
    store.add(plan())
    [speaker] = {row["s"] for row in rows(store, "SELECT ?s { ?s a kg:Organization; rdfs:label 'Kathimerini' }")}
    said = facts(store, str(speaker))["said"]
    assert said
    assert all(row["sentence"] and row["certainty"] and row["document"] for row in said)
