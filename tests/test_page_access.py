"""The page for everyone: axe-core finds nothing in any state, light and dark, on a desk and on a phone."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from kg.view.page import page, write_page
from tests.browser import Visit
from tests.page_graph import one_claim, seeds_graph

AXE = files("axe_playwright_python").joinpath("axe.min.js")
STATES = {
    "first view": "",
    "node": "app.choose(app.model.raw.start.nodes[0])",
    "edge": "app.pick({edge: app.stage.scene.edges.find((e) => e.said)})",
    "several claims of a line": "app.go({node: -1, claim: -1, line: [0, 5, 9]})",
    "a sentence": "app.openSentence(app.model.sentences.find((claims) => claims.length > 1))",
    "path": "app.findPath(app.model.named('KFOR'), app.model.named('Kosovo'))",
    "focus": "app.open(app.model.named('NATO'))",
    "groups": "app.go({mode: 'groups', node: -1, line: null})",
    "everything": "app.go({mode: 'all', open: []})",
    "speaker": "app.world('Wesley Clark')",
    "filter that leaves nothing": "app.filterBy({speaker: ['nobody']})",
    "table": "app.filterBy({}), app.go({tab: 'table'})",
    "timeline": "app.go({tab: 'timeline', filter: {by: 'meant'}})",
    "numbers": "app.go({tab: 'numbers', filter: {}})",
    "articles": "app.go({tab: 'articles'})",
    "article": "app.go({tab: 'articles', article: 0, claim: 6})",
    "search": "document.getElementById('search').focus(), app.finder.input.value = 'bl', app.finder.show()",
    "menu": "document.getElementById('search').blur(), document.getElementById('take').open = true",
    "legend": "document.getElementById('take').open = false, app.toggleLegend(true)",
    "keys": "app.toggleLegend(false), document.getElementById('help').showModal()",
}


def violations(visit: Visit) -> list[str]:
    """Run all of axe's rules over the page as it stands."""
    found = visit.page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [f"{rule['id']} ({rule['impact']}): {rule['nodes'][0]['html'][:120]}" for rule in found]


def opened(browser: Any, path: Path, theme: str, width: int) -> Visit:
    size = {"width": width, "height": 800 if width > 500 else 844}
    options: dict[str, Any] = {"viewport": size, "color_scheme": theme, "reduced_motion": "reduce"}
    visit = Visit(browser, path, bypass_csp=True, **options).ready()
    visit.page.evaluate(AXE.read_text(encoding="utf-8"))
    return visit


@pytest.mark.browser
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(browser: Any, tmp_path: Path, theme: str, width: int) -> None:
    write_page(seeds_graph(), tmp_path / "graph.html", title="Kosovo, spring 1999")
    visit = opened(browser, tmp_path / "graph.html", theme, width)
    found = {}
    for state, step in STATES.items():
        visit.page.evaluate(f"() => {{ const app = window.kgPage; {step}; }}")
        visit.page.wait_for_timeout(30)
        if wrong := violations(visit):
            found[state] = wrong
    assert found == {}
    visit.close()


@pytest.mark.browser
@pytest.mark.parametrize("claims", [0, 1])
def test_axe_finds_nothing_on_the_smallest_pages(browser: Any, tmp_path: Path, claims: int) -> None:
    write_page(one_claim(claims), tmp_path / "graph.html", title="Small")
    visit = opened(browser, tmp_path / "graph.html", "light", 1280)
    for tab in ("graph", "table", "timeline", "numbers", "articles"):
        visit.page.evaluate("tab => window.kgPage.go({tab})", tab)
        assert violations(visit) == [], tab
    visit.close()


@pytest.mark.browser
def test_axe_finds_what_is_wrong(browser: Any, tmp_path: Path) -> None:
    """The control: a page made worse is found out."""
    html = page(seeds_graph(), title="t").replace("</style>", ".lead { color: #eee !important }</style>", 1)
    html = html.replace('aria-label="Find a name or a word" placeholder="Find a name or a word …"', "")
    path = tmp_path / "worse.html"
    path.write_text(html.replace('<html lang="en">', "<html>"), encoding="utf-8")
    context = browser.new_context(bypass_csp=True)
    at = context.new_page()
    at.goto(path.as_uri())
    at.wait_for_selector("html[data-ready]")
    at.evaluate(AXE.read_text(encoding="utf-8"))
    rules = at.evaluate("async () => (await axe.run(document)).violations.map((rule) => rule.id)")
    assert {"html-has-lang", "color-contrast"} <= set(rules)
    context.close()
