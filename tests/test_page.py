# ruff: noqa: E501
"""The page in a real browser: offline, safe, the same each time, and of use."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pyoxigraph as ox
import pytest
from pyvis.network import Network

from kg.model import KgError
from kg.view.island import dump
from kg.view.layout import Box, Tie, large, small
from kg.view.page import GraphPage, page, write_page
from tests.browser import Visit
from tests.page_graph import seeds_graph

PAYLOADS = [
    "</script><script>window.hit=1</script>",
    "<img src=x onerror=window.hit=1>",
    '"><svg onload=window.hit=1>',
    "' onmouseover='window.hit=1",
    "<!--<script>window.hit=1//",
    "a\u2028window.hit=1\u2029b",
    "{{constructor.constructor('window.hit=1')()}}",
    "javascript:window.hit=1",
    "href <iframe srcdoc='<script>parent.hit=1</script>'>",
    '=HYPERLINK("http://example.org")',
    "</style><style>*{display:none}",
    "%{SCRIPT}",
    "\ud800 lone",
]


def hostile_graph() -> nx.MultiDiGraph:
    """Every field holds every payload somewhere."""
    text = "\n".join(PAYLOADS).replace("\ud800", "?")
    graph = nx.MultiDiGraph(documents={})
    for n, bad in enumerate(PAYLOADS):
        graph.graph["documents"][f"d{n}{bad}"] = {
            "title": bad, "date": bad, "source": bad, "url": bad, "text": text
        }  # fmt: skip
    for n, bad in enumerate(PAYLOADS):
        graph.add_node(
            f"urn:{n}{bad}", label=f"{bad}{n}", kind=bad, kind_label=bad, colour=bad, aliases=[bad], same_as=[bad],
            anonymous=bool(n % 2),
        )  # fmt: skip
    nodes = list(graph.nodes)
    for n, bad in enumerate(PAYLOADS):
        a, b = nodes[n], nodes[(n + 1) % len(nodes)]
        claim = {
            "id": f"urn:c{n}{bad}", "doc": f"d{n}{bad}", "subject": bad, "subject_id": a, "relation": bad, "object": bad,
            "object_id": b, "object_phrase": bad, "subject_span": [0, 5], "relation_span": [2, 9], "object_span": [3, 12],
            "cue_span": [1, 4], "arguments": [{"role": bad, "text": bad, "start": 0, "end": 3}], "source": bad,
            "source_chain": ["reporter", bad], "polarity": bad, "certainty": bad, "reporter_certainty": bad,
            "modality": bad, "tense": bad, "condition": bad, "antecedent": False, "time": {"said": bad, "meant": bad},
            "sentence": 0, "sentence_span": [0, 60], "sentence_text": text[:60] if n % 2 else bad,
            "cues": [{"kind": bad, "start": 0, "end": 4}], "confidence": 0.5, "rule": bad,
        }  # fmt: skip
        graph.add_edge(a, b, key=claim["id"], **claim)
    return graph


@pytest.fixture(scope="session")
def seeds_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "graph.html"
    write_page(seeds_graph(), path, title="Kosovo, spring 1999")
    return path


@pytest.fixture
def seeds(browser: Any, seeds_page: Path) -> Iterator[Visit]:
    visit = Visit(browser, seeds_page).ready()
    yield visit
    visit.close()


# --- without a browser -------------------------------------------------------------------------


def test_same_graph_same_bytes_in_any_order() -> None:
    graph = seeds_graph()
    turned = nx.MultiDiGraph(documents=dict(reversed(graph.graph["documents"].items())))
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    turned.add_edges_from(reversed(list(graph.edges(keys=True, data=True))))
    assert page(graph, title="t") == page(turned, title="t")


def test_page_is_a_pyvis_network() -> None:
    graph = seeds_graph()
    before = nx.MultiDiGraph(graph)
    made = GraphPage(graph, title="t")
    assert isinstance(made, Network)
    assert made.num_nodes() == len(graph)
    assert made.num_edges() == graph.number_of_edges()
    assert nx.utils.graphs_equal(graph, before), "the graph of the caller is changed"


def test_focus_must_be_a_node() -> None:
    with pytest.raises(KgError, match="urn:nowhere"):
        page(seeds_graph(), title="t", focus="urn:nowhere")


def test_focus_may_be_a_name_or_an_alias() -> None:
    made = [GraphPage(seeds_graph(), title="t", focus=name).data() for name in ("Tony Blair", "mr blair")]
    assert [data["nodes"]["label"][data["focus"]] for data in made] == ["Tony Blair", "Tony Blair"]
    assert made[0]["start"]["nodes"][0] == made[0]["focus"]


def test_empty_graph_still_gives_a_page() -> None:
    assert "<title>nothing</title>" in page(nx.MultiDiGraph(), title="nothing")


def test_file_is_utf8_with_plain_newlines_and_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "graph.html"
    path.write_text("old", encoding="utf-8")
    graph = seeds_graph()
    graph.graph["documents"]["bad"] = {"text": float("nan")}
    write_page(graph, path, title="Ünï – “t”")
    raw = path.read_bytes()
    assert b"\r" not in raw
    assert "Ünï – “t”".encode() in raw
    assert [p.name for p in tmp_path.iterdir()] == ["graph.html"]


def test_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "graph.html"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(KgError, match="urn:x"):
        write_page(seeds_graph(), path, title="t", focus="urn:x")
    assert path.read_text(encoding="utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["graph.html"]


def test_dump_cannot_end_its_element() -> None:
    assert not re.search("[<>&\u2028\u2029]", dump({"a": PAYLOADS}))


def test_script_never_parses_markup() -> None:
    for path in sorted((Path(__file__).parent.parent / "kg/view/assets").glob("*.js")):
        source = path.read_text(encoding="utf-8")
        for banned in (
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "new Function",
            "http://cdn",
        ):
            assert banned not in source, f"{path.name}: {banned}"


def test_notebook_shows_the_page_in_a_frame() -> None:
    shown = GraphPage(seeds_graph(), title='a "b"')._repr_html_()
    assert shown.startswith('<iframe title="a &quot;b&quot;" srcdoc="&lt;!DOCTYPE html&gt;')
    assert "allow-same-origin" not in shown


def test_labels_of_a_small_layout_do_not_overlap() -> None:
    boxes = [Box(60.0, 25.0)] * 25
    ties = [Tie(a, b, 150.0) for a in range(25) for b in range(a + 1, 25) if (a * 7 + b * 3) % 9 == 0]
    points = small(boxes, ties)
    for i, (x, y) in enumerate(points):
        for u, v in points[i + 1 :]:
            assert abs(x - u) > 118 or abs(y - v) > 48


def test_large_layout_keeps_neighbours_nearer_than_strangers() -> None:
    pairs = [(i, i + 1) for i in range(299) if i % 10 != 9]  # thirty chains of ten
    points = large(300, pairs)

    def gap(a: int, b: int) -> float:
        return ((points[a][0] - points[b][0]) ** 2 + (points[a][1] - points[b][1]) ** 2) ** 0.5

    near = sum(gap(a, b) for a, b in pairs) / len(pairs)
    far = sum(gap(a, (a + 150) % 300) for a in range(300)) / 300
    assert near < far / 3


@pytest.mark.skipif(shutil.which("node") is None and not os.environ.get("CI"), reason="needs node")
def test_modules_of_the_script() -> None:
    folder = Path(__file__).parent / "js"
    done = subprocess.run(["node", "--test", "page.test.js"], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


# --- in the browser ----------------------------------------------------------------------------


@pytest.mark.browser
def test_opens_offline_and_draws(seeds: Visit) -> None:
    assert seeds.requests == [seeds.page.url]
    drawn = """() => { const c = document.getElementById('canvas'); const k = document.createElement('canvas');
      k.width = c.width; k.height = c.height; const g = k.getContext('2d', {willReadFrequently: true});
      g.drawImage(c, 0, 0); const d = g.getImageData(0, 0, c.width, c.height).data; let n = 0;
      for (let i = 0; i < d.length; i += 4) if (d[i] !== d[0] || d[i+1] !== d[1] || d[i+2] !== d[2]) n++;
      return [n, c.width, c.height]; }"""
    pixels, wide, tall = seeds.page.evaluate(drawn)
    seeds.page.wait_for_timeout(400)
    assert pixels > 8000
    assert seeds.page.evaluate(drawn) == [pixels, wide, tall]


@pytest.mark.browser
@pytest.mark.parametrize("policy", [True, False], ids=["with policy", "without policy"])
def test_hostile_strings_run_nothing(browser: Any, tmp_path: Path, policy: bool) -> None:
    path = tmp_path / "hostile.html"
    made = page(hostile_graph(), title="".join(PAYLOADS).replace("\ud800", ""))
    if not policy:
        made, count = re.subn(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", made, count=1)
        assert count == 1
    path.write_text(made, encoding="utf-8")
    visit = Visit(browser, path).ready()
    at = visit.page
    for letter in ("s", "<", "x"):
        at.fill("#search", letter)
        at.wait_for_timeout(30)
    at.fill("#search", "")
    box = at.locator("#canvas").bounding_box()
    for n in range(len(PAYLOADS)):
        spot = at.evaluate("n => { const s = window.kgPage.stage.scene.nodes[n]; return s ? [s.sx, s.sy] : null }", n)
        if spot:
            at.mouse.move(box["x"] + spot[0], box["y"] + spot[1])
            at.mouse.click(box["x"] + spot[0], box["y"] + spot[1])
    for n in range(len(PAYLOADS)):
        at.evaluate("n => window.kgPage.go({claim: n, node: -1, line: null})", n)
        at.evaluate("n => window.kgPage.go({claim: -1, node: n, line: null})", n)
        at.evaluate("n => window.kgPage.go({tab: 'articles', article: n})", n)
    for tab in ("graph", "table", "timeline", "numbers"):
        at.evaluate("tab => window.kgPage.go({tab})", tab)
    at.wait_for_timeout(100)
    assert at.evaluate("window.hit") is None
    assert at.locator("a[href^='javascript']").count() == 0
    assert at.locator("#panel").is_visible()
    visit.close()


@pytest.mark.browser
def test_stock_pyvis_fails_the_same_checks(browser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: what these tests look for is found where it is."""
    monkeypatch.chdir(tmp_path)
    stock = Network(cdn_resources="in_line", heading="<img src=x onerror=window.hit=1>", directed=True)
    stock.add_node(1, label="a")
    (tmp_path / "stock.html").write_text(stock.generate_html(), encoding="utf-8")
    visit = Visit(browser, tmp_path / "stock.html")
    visit.page.wait_for_function("window.hit === 1", timeout=5000)
    assert len(visit.outside()) >= 2
    visit.context.close()


@pytest.mark.browser
def test_offline_and_hostile_tests_hold_without_any_network(browser: Any) -> None:
    """In a network namespace of its own, where not even a request nobody saw could leave."""
    if subprocess.run(["unshare", "-n", "true"], capture_output=True, check=False).returncode:
        pytest.skip("unshare -n is not permitted here")
    probe = "import socket; exit(socket.socket().connect_ex(('192.0.2.1', 80)) == 0)"  # cspell: a documentation address
    alone = "opens_offline or hostile_strings or stock_pyvis"
    tests = f"{sys.executable} -m pytest -q -p no:cacheprovider {__file__} -m browser -k '{alone}'"
    inside = f'! ip -brief address 2>/dev/null | grep -q UP && {sys.executable} -c "{probe}" && {tests}'
    done = subprocess.run(["unshare", "-n", "sh", "-c", inside], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "4 passed" in done.stdout


@pytest.mark.browser
def test_line_shows_sentence_speaker_and_certainty_in_one_action(seeds: Visit) -> None:
    at = seeds.page
    spot = at.evaluate(
        """() => { const e = window.kgPage.stage.scene.edges.find((e) => e.label && e.said && e.certainty !== 'certain');
        return [e.label.x + 8, e.label.y, e.claims[0]]; }"""
    )
    box = at.locator("#canvas").bounding_box()
    at.mouse.click(box["x"] + spot[0], box["y"] + spot[1])
    claim = at.evaluate("k => window.kgPage.model.claim(k)", spot[2])
    panel = at.locator("#panel")
    assert claim["text"][:40] in panel.inner_text()
    assert claim["speaker"] in panel.locator(".chain").first.inner_text()
    marked = panel.locator("mark.m-relation").first.inner_text()
    start, end = claim["spans"]["relation"]
    assert marked in seeds_graph().graph["documents"][claim["doc"]["id"]]["text"][start:end]


@pytest.mark.browser
def test_negated_and_unsure_lines_differ_by_more_than_colour(seeds: Visit) -> None:
    pieces = seeds.page.evaluate(
        """() => { const app = window.kgPage; app.go({mode: 'all'});
        return app.stage.scene.edges.map((e) => [e.negative, e.certainty, e.pieces.map((p) => p[0])]); }"""
    )
    assert any(negative for negative, _, _ in pieces)
    for negative, certainty, words in pieces:
        assert ("NOT" in words) == negative
        assert ("?" in words) == (certainty != "certain")


@pytest.mark.browser
def test_deep_link_opens_the_claim_and_back_leads_back(browser: Any, seeds_page: Path) -> None:
    visit = Visit(browser, seeds_page, "c=claim/c000-007").ready()
    assert "Tony Blair approves decision" in visit.page.locator(".statement").inner_text()
    visit.page.locator(".statement .name").first.click()
    assert visit.page.locator(".panel-title").inner_text() == "Tony Blair"
    visit.page.locator("#undo").click()
    visit.page.wait_for_selector(".statement")
    visit.close()


@pytest.mark.browser
def test_same_positions_after_reload(seeds: Visit) -> None:
    places = "() => window.kgPage.stage.scene.nodes.map((n) => [n.label, n.x, n.y])"
    before = seeds.page.evaluate(places)
    seeds.page.reload()
    seeds.ready()
    assert seeds.page.evaluate(places) == before


@pytest.mark.browser
def test_table_sorts_and_opens_the_claim(seeds: Visit) -> None:
    at = seeds.page
    at.locator("[data-tab=table]").click()
    assert at.locator("tbody tr").count() == 122
    at.locator("th button", has_text="Subject").click()
    subjects = at.locator("tbody tr td:first-child").all_inner_texts()
    assert subjects == sorted(subjects, key=str.lower)
    assert at.locator("th").first.get_attribute("aria-sort") == "ascending"
    at.locator("tbody .name").first.click()
    assert at.locator(".statement").is_visible()


@pytest.mark.browser
def test_taken_away_files_hold_the_visible_claims(seeds: Visit, tmp_path: Path) -> None:
    at = seeds.page
    got = {}
    at.evaluate("() => window.kgPage.go({mode: 'all'})")
    for label in ("Picture (SVG)", "CSV", "JSON", "Turtle", "SPARQL"):
        at.locator("#take summary").click()
        with at.expect_download() as waiting:
            at.get_by_role("button", name=label, exact=True).click()
        got[label] = Path(waiting.value.path()).read_text(encoding="utf-8")
        at.keyboard.press("Escape")
    ElementTree.fromstring(got["Picture (SVG)"])
    assert len(list(csv.reader(got["CSV"].splitlines()))) == 123
    assert len(json.loads(got["JSON"])) == 122
    graph = ox.Store()
    graph.load(got["Turtle"].encode(), format=ox.RdfFormat.TURTLE)
    assert (
        len(list(graph.quads_for_pattern(None, ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), None)))
        == 122
    )
    assert len(list(graph.query(got["SPARQL"]))) >= 122 * 5


@pytest.mark.browser
def test_filter_timeline_and_speaker_view_narrow_the_claims(seeds: Visit) -> None:
    at = seeds.page
    shown = "() => window.kgPage.claims().map((k) => [window.kgPage.model.polarity(k), window.kgPage.model.speaker(k)])"
    at.locator(".facet label", has_text="it is not so").click()
    found = at.evaluate(shown)
    assert len(found) == 16
    assert {polarity for polarity, _ in found} == {"negative"}
    at.evaluate("() => window.kgPage.world('Wesley Clark')")
    assert {speaker for _, speaker in at.evaluate(shown)} == {"Wesley Clark"}
    at.get_by_role("button", name="Clear all").click()
    at.locator("[data-tab=timeline]").click()
    at.locator(".chart g[role=button]").first.press("Enter")
    assert 0 < len(at.evaluate(shown)) < 122


@pytest.mark.browser
def test_search_by_alias_and_path_by_keyboard_alone(seeds: Visit) -> None:
    at = seeds.page
    at.keyboard.press("/")
    at.keyboard.type("mr blair")
    at.keyboard.press("Enter")
    assert at.locator(".panel-title").inner_text() == "Tony Blair"
    at.keyboard.press("p")
    at.keyboard.type("whitehall")
    assert at.locator("#hits [role=option]").first.is_visible()
    at.keyboard.press("Escape")
    at.keyboard.press("Escape")
    at.evaluate("() => { const m = window.kgPage.model; window.kgPage.finder.askPath(m.named('KFOR')); }")
    at.keyboard.type("kosovo")
    at.keyboard.press("Enter")
    focus = at.evaluate("() => window.kgPage.state.focus.map((i) => window.kgPage.model.labels[i])")
    assert (focus[0], focus[-1]) == ("KFOR", "Kosovo")
    at.locator("#canvas").focus()
    at.keyboard.press("ArrowRight")
    assert at.evaluate("() => window.kgPage.state.node") >= 0
    at.keyboard.press("Backspace")


@pytest.mark.browser
def test_phone_is_not_wider_than_its_screen(browser: Any, seeds_page: Path) -> None:
    visit = Visit(
        browser, seeds_page, viewport={"width": 390, "height": 844}, color_scheme="dark", has_touch=True
    ).ready()
    for tab in ("graph", "table", "timeline", "numbers", "articles"):
        visit.page.evaluate("tab => window.kgPage.go({tab})", tab)
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert visit.page.evaluate("document.documentElement.dataset.theme") == "dark"
    visit.close()


@pytest.mark.browser
def test_fingers_drag_and_pinch(browser: Any, seeds_page: Path) -> None:
    visit = Visit(browser, seeds_page, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).ready()
    camera = "() => window.kgPage.stage.camera"
    touch = visit.context.new_cdp_session(visit.page)
    box = visit.page.locator("#canvas").bounding_box()
    x, y = box["x"] + 150, box["y"] + 60

    def fingers(kind: str, *points: tuple[float, float]) -> None:
        spots = [{"x": x + dx, "y": y + dy, "id": n} for n, (dx, dy) in enumerate(points)]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": spots})

    before = visit.page.evaluate(camera)
    fingers("touchStart", (0, 0))
    for step in range(1, 6):
        fingers("touchMove", (12 * step, 8 * step))
    fingers("touchEnd")
    dragged = visit.page.evaluate(camera)
    assert dragged["zoom"] == before["zoom"]
    assert dragged["x"] < before["x"]
    assert dragged["y"] < before["y"]
    fingers("touchStart", (0, 0), (20, 0))
    for step in range(1, 6):
        fingers("touchMove", (-8 * step, 0), (20 + 8 * step, 0))
    fingers("touchEnd")
    assert visit.page.evaluate(camera)["zoom"] > 2 * dragged["zoom"]
    assert visit.page.evaluate("() => window.visualViewport.scale") == 1, "the page itself was zoomed"
    spot = visit.page.evaluate("() => { const [n] = window.kgPage.stage.scene.nodes; window.kgPage.stage.fit();"
                               " window.kgPage.stage.draw(true); return [n.sx, n.sy, n.label]; }")  # fmt: skip
    visit.page.touchscreen.tap(box["x"] + spot[0], box["y"] + spot[1])
    assert visit.page.locator(".panel-title").inner_text() == spot[2]
    visit.close()


@pytest.mark.browser
def test_any_mark_leads_to_its_words_in_two_actions(seeds: Visit) -> None:
    """From a line at once, from a circle by one of its claims; every claim of the picture is tried."""
    lost = seeds.page.evaluate(
        """() => { const app = window.kgPage; const lost = []; app.go({mode: 'all'});
        const words = () => document.querySelector('#panel .quote')?.textContent ?? '';
        for (const edge of app.stage.scene.edges) {
          app.pick({ edge });
          if (!words().includes(app.model.claimText([...edge.claims, ...edge.more][0]))) lost.push(edge.pieces);
        }
        for (const node of app.stage.scene.nodes) {
          app.pick({ node });
          const claim = document.querySelector('#panel .claim');
          if (claim) claim.click();
          if (!claim || !words()) lost.push(node.label);
        }
        return lost; }"""
    )
    assert lost == []


@pytest.mark.browser
def test_paper_is_white_and_motion_is_off_for_those_who_ask(browser: Any, seeds_page: Path) -> None:
    visit = Visit(browser, seeds_page, color_scheme="dark", reduced_motion="reduce").ready()
    moved = visit.page.evaluate("() => { const app = window.kgPage; app.open(app.model.named('NATO'));"
                                " const x = app.stage.scene.nodes.map((n) => n.x);"
                                " return new Promise((done) => setTimeout(() => done(app.stage.scene.nodes"
                                ".some((n, k) => n.x !== x[k])), 120)); }")  # fmt: skip
    assert not moved
    paper = "() => window.kgPage.stage.theme.paper"
    assert visit.page.evaluate(paper) == "#12151b"
    visit.page.emulate_media(media="print", color_scheme="dark", reduced_motion="reduce")
    visit.page.wait_for_function(f"() => ({paper})() === '#fbfaf7'")
    assert not visit.page.get_by_role("button", name="Take away").is_visible()
    visit.close()


@pytest.mark.browser
def test_notebook_frame_holds_the_same_page(browser: Any, tmp_path: Path) -> None:
    graph = GraphPage(seeds_graph(), title="Kosovo")
    (tmp_path / "notebook.html").write_text(f"<!DOCTYPE html><h1>Cell</h1>{graph._repr_html_()}", encoding="utf-8")
    visit = Visit(browser, tmp_path / "notebook.html")
    frame = visit.page.frame_locator("iframe")
    frame.locator("html[data-ready]").wait_for(state="attached")
    assert frame.get_by_role("button", name="Take away").or_(frame.get_by_text("Take away")).first.is_visible()
    inner = visit.page.locator("iframe").get_attribute("srcdoc")
    assert inner == page(seeds_graph(), title="Kosovo")
    visit.close()


@pytest.mark.browser
def test_groups_fold_and_open(seeds: Visit) -> None:
    at = seeds.page
    at.get_by_role("button", name="Groups").click()
    folded = at.evaluate("() => window.kgPage.stage.scene.nodes.map((n) => n.folded)")
    assert 2 <= len(folded) <= 24
    assert all(folded)
    at.evaluate("() => window.kgPage.choose(window.kgPage.stage.scene.nodes[0].id)")
    assert at.evaluate("() => window.kgPage.stage.scene.nodes.filter((n) => !n.folded).length") > 2
    at.locator("#undo").click()
    at.wait_for_function("() => window.kgPage.stage.scene.nodes.every((n) => n.folded)")
