"""Who is who from the command line: list, explain, merge, split, take back; and the page of facts."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kg.cli import app
from kg.graph.facts import facts
from kg.graph.listing import listing
from kg.graph.query import rows
from kg.graph.store import Store
from kg.model import Document, KgError
from kg.reading.parse import Parser
from kg.reading.pipeline import read
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


# (text, whose page, section, row as the command prints it)
PAGES = [
    ("Serbia withdrew its troops. The move was welcomed by Nato.", "Nato", "what is said of it",
     "NATO welcomes move [reporter, certain; what happened: Serbia withdraws troops]"),
    ("Serbia withdrew its troops. Russia did not condemn the move.", "Russia", "what is said of it",
     "not: Russia condemns move [reporter, certain; what happened: Serbia withdraws troops]"),
    ("Paul Adler was the prime minister of Norway from 1996 to 1999.", "Paul Adler", "roles",
     "prime minister of Norway [reporter, certain; time: 1996]"),
    ("Ann Reilly, the mayor of Velden, resigned.", "Ann Reilly", "roles", "mayor of Velden [reporter, certain]"),
    ("Mr Hart worked for Norwell Foods in 1999.", "Hart", "affiliations",
     "Hart works for Norwell Foods [reporter, certain; time: 1999]"),
    ("The Nato supreme commander, Gen Wesley Clark, resigned.", "Nato", "who and what belongs to it",
     "Wesley Clark is affiliated with NATO [reporter, certain]"),
    ("Ms Lindt said the dam may break in June.", "Lindt", "what it says",
     "dam breaks [Lindt, possible; time: 2024-06]"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "section", "row"), PAGES)
def test_the_page_of_facts(
    parser: Parser, tmp_path: Path, text: str, name: str, section: str, row: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    Store.create(tmp_path / "store", read([Document("t", text, published=dt.date(2024, 5, 5))], parser)).close()
    printed = kg(tmp_path / "store", "entities", name, "--facts").stdout
    sections = {head: set(map(str.strip, rest)) for head, *rest in map(str.splitlines, printed.split("\n\n  "))}
    assert row in sections[section], printed


def test_reactions_come_with_what_they_are_about(parser: Parser) -> None:
    store = Store()
    text = "Serbia withdrew its troops. The move was welcomed by Nato. Russia did not welcome it."
    for reading in read([Document("t", text)], parser):
        store.add(reading)
    found = [(row["who"], row["position"], row["relation"], row["what_happened"]) for row in store.ask("reactions")]
    assert found == [
        ("NATO", "support", "welcomes", "Serbia withdraws troops"),
        ("Russia", "opposition", "not: welcomes", "Serbia withdraws troops"),
    ]


def test_facts_and_the_list_come_page_by_page(store: Path) -> None:
    first, second, none = (kg(store, "entities", "--limit", "4", "--page", page).stdout for page in "129")
    assert [len(text.splitlines()) for text in (first, none)] == [5, 1]
    assert not set(first.splitlines()[1:]) & set(second.splitlines())
    page = kg(store, "entities", "Harbour Choir", "--facts", "--limit", "1").stdout
    assert page.count("praises") == 1
    assert "more: --page 2" in page
    last = kg(store, "entities", "Harbour Choir", "--facts", "--limit", "1", "--page", "3").stdout
    assert last.count("praises") == 1
    assert "more:" not in last
    assert "names" not in last


def test_the_list_and_the_page_of_facts_need_no_graph(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Store.open(store, read_only=True)
    [choir] = [one for one in listing(opened) if one.name == "Harbour Choir"]
    part = opened.part(choir.documents)
    assert sorted(part.documents()) == ["people2", "people4", "people7"]
    assert facts(part, choir.iri) == facts(opened, choir.iri)
    monkeypatch.setattr(Store, "oxigraph", None)
    assert kg(store, "entities").exit_code == 0
    assert kg(store, "entities", "Harbour Choir", "--explain").exit_code == 0


def test_an_entity_is_found_by_its_key_too(store: Path) -> None:
    told = kg(store, "entities", "local/000_plan:Whitehall_sources", "--facts").stdout
    assert told.startswith("Whitehall sources (")
    assert "what it says" in told


def test_facts_tell_what_it_says() -> None:
    store = Store()
    store.add(plan())
    [speaker] = {row["s"] for row in rows(store, "SELECT ?s { ?s a kg:Organization; rdfs:label 'Kathimerini' }")}
    said = facts(store, str(speaker))["said"]
    assert said
    assert all(row["sentence"] and row["certainty"] and row["document"] for row in said)
