# ruff: noqa: E501
"""Measure the page: `python -m tests.bench.page` prints the table of RESULTS-page.md (Chromium, CPU seconds)."""

from __future__ import annotations

import hashlib
import random
import sys
import tempfile
import time
from itertools import accumulate
from pathlib import Path
from typing import Any

import networkx as nx
from playwright.sync_api import sync_playwright
from pyvis.network import Network

from kg.graph.network import network
from kg.graph.store import Store
from kg.reading.parse import load_model
from kg.view.page import write_page
from tests.browser import CHROMIUM, FLAGS


def vocabulary(size: int = 30_000) -> tuple[list[str], list[float]]:
    """Words of the language model, short ones first, and how often each is drawn (Zipf): harder to pack than news."""
    strings = load_model(None).vocab.strings
    words = {text for text in strings if text.isascii() and text.isalpha() and text.islower() and 1 < len(text) < 14}
    chosen = sorted(words, key=lambda word: hashlib.sha256(word.encode()).digest())[:size]
    chosen.sort(key=len)
    return chosen, list(accumulate(1.0 / (rank + 2.7) for rank in range(len(chosen))))


def synthetic(nodes: int, claims: int, documents: int) -> nx.MultiDiGraph:
    """Draw a scale-free graph whose claims stand in articles of words drawn as in a language."""
    draw = random.Random(5)
    words, often = vocabulary()
    graph = nx.MultiDiGraph(documents={})
    kinds = [("Person", "#c2410c"), ("Organization", "#1d4ed8"), ("Place", "#15803d"), ("Event", "#7c3aed")]
    for n in range(nodes):
        kind, colour = kinds[n % 4]
        label = " ".join(draw.choices(words[200:], k=2)).title() + f" {n}"
        graph.add_node(f"https://example.org/kg/data/entity/{n}", label=label, kind=kind, kind_label=kind.lower(), colour=colour,
                       aliases=[label.split()[0] + f" {n}"], same_as=[], anonymous=False)  # fmt: skip
    names = list(graph.nodes)
    each = claims // documents + 1
    hubs = [0, 1]
    k = 0
    for d in range(documents):
        sentences = [" ".join(draw.choices(words, cum_weights=often, k=22)).capitalize() + "." for _ in range(each)]
        doc, at = f"doc{d:05}", 0
        graph.graph["documents"][doc] = {"title": f"Article {d}", "date": f"1999-{1 + d % 12:02}-{1 + d % 28:02}", "source": "Wire",
                                         "url": None, "text": " ".join(sentences)}  # fmt: skip
        for s, sentence in enumerate(sentences):
            if k == claims:
                break
            a = names[k % nodes if k < nodes else draw.choice(hubs)]
            b = names[draw.choice(hubs)]
            hubs += [names.index(a) if nodes < 2000 else int(a.rsplit("/", 1)[1]), draw.randrange(nodes)]
            claim = {"id": f"https://example.org/kg/data/claim/{d}-{s}", "doc": doc, "subject_id": a, "object_id": b,
                     "subject": a, "object": b, "relation": words[int(draw.paretovariate(0.7)) % 3000] + "s", "object_phrase": None,
                     "subject_span": [at, at + 5], "relation_span": [at + 6, at + 12], "object_span": [at + 13, at + 20],
                     "cue_span": None, "arguments": [{"role": "time", "text": sentence[21:30], "start": at + 21, "end": at + 30}],
                     "source": None, "source_chain": ["reporter"] + ([graph.nodes[b]["label"]] if k % 2 else []),
                     "polarity": "negative" if k % 9 == 0 else "positive", "certainty": ["certain", "possible"][k % 3 == 0],
                     "reporter_certainty": "certain", "modality": "none", "tense": "past", "condition": None, "antecedent": False,
                     "time": {"said": "1999-05-24", "meant": None}, "sentence": s, "sentence_span": [at, at + len(sentence)],
                     "sentence_text": sentence, "cues": [], "confidence": 0.8, "rule": "verbs"}  # fmt: skip
            graph.add_edge(a, b, key=claim["id"], **claim)
            at += len(sentence) + 1
            k += 1
    return graph


def cpu(session: Any) -> float:
    """Sum the CPU seconds of all of the browser's processes."""
    return float(sum(p["cpuTime"] for p in session.send("SystemInfo.getProcessInfo")["processInfo"]))


def measure(browser: Any, path: Path, ready: str, prepare: str = "") -> dict[str, float]:
    """Open a page, then drag its picture for sixty steps."""
    session = browser.new_browser_cdp_session()
    page = browser.new_page(viewport={"width": 1280, "height": 780})
    page.goto("about:blank")
    before = cpu(session)
    page.goto(path.as_uri())
    page.wait_for_function(ready, timeout=90_000)
    if prepare:
        page.evaluate(prepare)
    page.evaluate("() => new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)))")
    out = {"MB": path.stat().st_size / 1e6, "CPU s to drawn": cpu(session) - before}
    page.wait_for_timeout(1500)
    page.mouse.move(560, 400)
    page.mouse.down()
    before = cpu(session)
    for step in range(60):
        page.mouse.move(560 + step * 3, 400 + step * 2)
        page.wait_for_timeout(16)
    out["CPU ms a step"] = (cpu(session) - before) * 1000 / 60
    page.mouse.up()
    if "kgPage" in ready or "ready" in ready:
        out["search ms"] = page.evaluate(
            """() => { const i = document.getElementById('search'); i.focus(); const ask = (text) => { i.value = text;
            const t = performance.now(); i.dispatchEvent(new Event('input')); return performance.now() - t; };
            const first = ask('tr'); const next = ['tra', 'in th', 'er a', 'xyz', 'qu'].map(ask);
            return [first, Math.max(...next)]; }"""
        )
        out["first search ms"], out["later search ms"] = out.pop("search ms")
    page.close()
    return out


def stock(graph: nx.MultiDiGraph, path: Path) -> None:
    """Write the same graph with pyvis as it is, its physics off and places given."""
    net = Network(directed=True, cdn_resources="in_line", height="760px")
    draw = random.Random(1)
    for name, attrs in graph.nodes(data=True):
        net.add_node(name, label=attrs["label"], x=draw.uniform(-2000, 2000), y=draw.uniform(-2000, 2000))
    for a, b in graph.edges():
        net.add_edge(a, b)
    net.toggle_physics(False)
    path.write_text(net.generate_html(), encoding="utf-8")


def main() -> None:
    """Print one line a page."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        at = Path(folder)
        small = synthetic(1000, 2000, 40)
        all_of_it = "() => window.kgPage.go({mode: 'all'})"
        ready = "() => document.documentElement.dataset.ready"
        write_page(small, at / "small.html", title="1,000 nodes")
        stock(small, at / "stock.html")
        rows = {
            "kg, first view of 1,000 nodes / 2,000 claims": measure(browser, at / "small.html", ready),
            "kg, all 1,000 nodes / 2,000 lines": measure(browser, at / "small.html", ready, all_of_it),
            "pyvis 0.3.2, physics off": measure(browser, at / "stock.html", "() => typeof network !== 'undefined'"),
        }
        large: dict[str, nx.MultiDiGraph] = {}
        if "--large" in sys.argv:
            large["50,000 claims of drawn words"] = synthetic(30_000, 50_000, 1000)
        if "--store" in sys.argv:
            store = sys.argv[sys.argv.index("--store") + 1]
            large[f"the store {store}"] = network(Store.open(store, read_only=True))
        for name, graph in large.items():
            start = time.process_time()
            write_page(graph, at / "large.html", title=name)
            size = f"{len(graph.graph['documents'])} articles, {len(graph)} nodes, {graph.number_of_edges()} claims"
            rows[f"kg, {name}: {size}, written in {time.process_time() - start:.1f} CPU s"] = measure(
                browser, at / "large.html", ready
            )
        for name, row in rows.items():
            print(f"| {name} | " + " | ".join(f"{key} {value:.2f}" for key, value in row.items()) + " |")
        browser.close()


if __name__ == "__main__":
    main()
