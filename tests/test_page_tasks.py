"""Ten tasks of a newcomer on the page of the seeds, by mouse and by keyboard alone.

The answers are written from the two articles. How a label is worded may change with the extraction, not what it says.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg.view.page import write_page
from tests.browser import Visit
from tests.newcomer import Newcomer

FLOOR = 8
"""Tasks of the ten that must be done; all ten is the aim."""

Task = Callable[[Newcomer], None]


def killed(reader: Newcomer) -> None:
    """Who was killed, and by what?"""
    reader.look_up("killed", re.compile("killed"))
    assert "two British soldiers, two others and a fifth person were killed" in reader.details()
    reader.open_claim(re.compile(r"two British soldiers.*kill|kill.*two British soldiers"))
    told = reader.details()
    sentence = re.search(r"On Monday two British soldiers.*?blew up\.", told)
    assert sentence
    claim = told.replace(sentence[0], "", 1)  # what is read from the sentence, without the sentence
    assert "unexploded NATO cluster bomblets" in claim, "the claim does not name what killed"
    assert "negative" not in claim


def against_ground_troops(reader: Newcomer) -> None:
    """Who is against ground troops, in whose words?"""
    reader.tick(re.compile("^it is not so"))
    reader.tab("Table")
    rows = [row for row in reader.rows() if "ground troops" in " ".join(row[:3]) and not row[5]]
    assert {row[6] for row in rows} == {"Lamberto Dini"}, "the ones who negate ground troops"
    reader.press(
        reader.page.get_by_role("row").filter(has_text=rows[0][2]).filter(has_text="Dini").get_by_role("button")
    )
    assert "We should not think of an intervention by ground troops" in reader.details()


def planned_number(reader: Newcomer) -> None:
    """How did the planned number of troops change?"""
    reader.tab("Numbers")
    said = reader.sheet()
    steps = [r"28,000.*originally planned", r"45,000 to 48,000 troops.*Whitehall sources", r"55,000.*earmarked"]
    for step in steps:
        assert any(re.search(step, line) for line in said), step
    first, last = (next(line for line in said if re.search(step, line)) for step in (steps[0], steps[2]))
    assert "24 May 1999" in first
    assert "24 Jun 1999" in last


def approval(reader: Newcomer) -> None:
    """Who could approve the dispatch of more troops, how surely, and who says so?"""
    reader.look_up("blair", "Tony Blair")
    reader.open_claim(re.compile(r"Tony Blair approves"))
    told = reader.details()
    assert re.search(r"Tony Blair approves (dispatch|decision)", told)
    assert "possible" in told.split("Whitehall sources said last night")[0]
    assert re.search(r"Who says so the reporter( → | )?Whitehall sources", told)
    assert "as soon as Thursday" in told
    assert "27 May 1999" in told


def clarks_call(reader: Newcomer) -> None:
    """What does General Clark call for?"""
    reader.look_up("clark", "Wesley Clark")
    reader.open_claim(re.compile(r"calls for acceleration"))
    assert "acceleration of the deployment of alliance peacekeeping troops in Kosovo" in reader.details()


def code_name(reader: Newcomer) -> None:
    """What is the takeover of the province called, and who says so?"""
    reader.look_up("joint guardian", re.compile("code-named"))
    reader.open_claim(re.compile(r"^\s*takeover of.* named Operation Joint Guardian"))
    assert "Kathimerini" in reader.details().split("Who says so")[1].split("Certainty")[0]


def other_options(reader: Newcomer) -> None:
    """Does President Clinton rule out other military options?"""
    reader.look_up("clinton", "Bill Clinton")
    reader.open_claim(re.compile(r"^\s*Bill Clinton not rules out other military options", re.I))
    told = reader.details()
    assert "negative: it is said not to be so" in told
    assert 'he did not rule out "other military options"' in told


def cooks_office(reader: Newcomer) -> None:
    """Who is Robin Cook, and what does he say of K-For fighting its way in?"""
    reader.look_up("cook", "Robin Cook")
    assert re.search(r"Robin Cook holds role (British )?Foreign Secretary", reader.details())
    reader.open_claim(re.compile(r"NOT is intended to fight", re.I))
    assert "K-For was not intended to fight its way in against organised opposition" in reader.details()


def peace_agreement(reader: Newcomer) -> None:
    """Is there a peace agreement in Kosovo, according to the senior NATO official?"""
    reader.open_claim(re.compile("^senior NATO official"))
    assert "The world according to senior NATO official" in reader.details()
    reader.open_claim(re.compile(r"peace agreement NOT exists|NOT .*peace agreement", re.I))
    assert "there is no peace agreement as there was in Bosnia" in reader.details()


def that_monday(reader: Newcomer) -> None:
    """What happened on Monday, 21 June 1999?"""
    reader.tab("Timeline")
    reader.press(reader.button("Meant"))
    reader.press(reader.button(re.compile("^21 Jun 1999")))
    [*claims] = [line for line in reader.sheet() if "NATO" in line or "soldiers" in line]
    assert claims
    assert all(re.search("kill", line) for line in claims)
    reader.press(reader.page.get_by_role("region", name="View").get_by_role("button", name=re.compile("kill")))
    assert "On Monday two British soldiers" in reader.details()


TASKS: list[Task] = [
    killed, against_ground_troops, planned_number, approval, clarks_call, code_name, other_options, cooks_office,
    peace_agreement, that_monday,
]  # fmt: skip


@pytest.fixture(scope="module")
def seeds_page(seeds_store: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tasks") / "graph.html"
    write_page(seeds_store.to_networkx(), path, title="Kosovo, spring 1999")
    return path


@pytest.fixture
def visit(browser: Any, seeds_page: Path) -> Iterator[Visit]:
    opened = Visit(browser, seeds_page, reduced_motion="reduce").ready()
    opened.page.set_default_timeout(8000)
    yield opened
    opened.close()


@pytest.mark.browser
@pytest.mark.parametrize("keys", [False, True], ids=["mouse", "keyboard alone"])
def test_tasks_of_a_newcomer(visit: Visit, keys: bool) -> None:
    from playwright.sync_api import Error

    failed = {}
    start = visit.page.url
    for task in TASKS:
        visit.page.goto("about:blank")
        visit.page.goto(start)
        visit.ready()
        try:
            task(Newcomer(visit.page, keys=keys))
        except (AssertionError, Error, IndexError) as error:
            failed[task.__doc__] = str(error).split("\n", 1)[0]
    print(f"{len(TASKS) - len(failed)} of {len(TASKS)} tasks done;", failed or "none failed")
    assert len(TASKS) - len(failed) >= FLOOR, failed


def taken(visit: Visit, what: str) -> str:
    """Take something away by the menu."""
    visit.page.get_by_text("Take away", exact=True).click()
    with visit.page.expect_download() as waiting:
        visit.page.get_by_role("button", name=what, exact=True).click()
    visit.page.keyboard.press("Escape")
    return Path(waiting.value.path()).read_text(encoding="utf-8")


@pytest.mark.browser
def test_selection_is_what_its_query_gives(visit: Visit, seeds_store: Any) -> None:
    reader = Newcomer(visit.page)
    reader.tick(re.compile("^it is not so"))
    reader.tab("Table")
    wanted = {claim["id"] for claim in json.loads(taken(visit, "JSON"))}
    assert len(wanted) == len(reader.rows()) > 5
    solutions = list(seeds_store.query(taken(visit, "SPARQL")))
    assert {solution["claim"].value for solution in solutions} == wanted
    properties = {solution["property"].value.rsplit("#")[-1] for solution in solutions}
    assert {"subject", "predicate", "polarity", "certainty", "sentence"} <= properties


@pytest.mark.browser
def test_turtle_of_the_selection_is_part_of_the_graph(visit: Visit, seeds_store: Any) -> None:
    visit.page.get_by_role("button", name="All", exact=True).click()
    graph = seeds_store.oxigraph
    read = list(ox.parse(taken(visit, "Turtle").encode(), format=ox.RdfFormat.TURTLE))
    comment = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#comment")
    ours = [quad for quad in read if quad.predicate != comment]
    known = [next(graph.quads_for_pattern(q.subject, q.predicate, q.object, None), None) for q in ours]
    assert len(read) > 500
    assert [quad for quad, found in zip(ours, known, strict=True) if found is None] == []
