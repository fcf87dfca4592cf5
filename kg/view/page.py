"""One offline HTML file of a graph: pyvis holds the data, our own template and script show them.

pyvis 0.3.2 (frozen since 2023) is the data model; its page loads third-party addresses and runs strings of
the data as script, so nothing of its template is used. Measurements: tests/bench/RESULTS-page.md.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import html
import os
import re
import tempfile
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import networkx as nx
from pyvis.network import Network

from kg.model import KgError
from kg.view import island
from kg.view.layout import Box, Points, Tie, small, whole
from kg.view.telling import LIMIT, Link, backbone, node_weights, rarity, telling

WHOLE: Final = 5000
"""Nodes up to which the whole graph can be drawn at once."""

MONTHS: Final = "January February March April May June July August September October November December".split()  # noqa: SIM905

_MODULES = re.compile(r"^import (?:\{(?P<names>[^}]*)\}|\* as (?P<all>\w+)) from '\./(?P<file>[\w-]+)\.js';\n", re.M)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class) ([\w$]+))", re.M)
_WORTH = {"Person": 1.8, "Organization": 1.3, "Quantity": 0.35, "Claim": 0.1, "Concept": 0.3, "Role": 0.4}


class GraphPage(Network):  # type: ignore[misc]  # pyvis has no types
    """A claim graph as pyvis data with a safe page of its own.

    >>> graph = nx.MultiDiGraph(documents={})
    >>> graph.add_node("urn:a", label="Ann", kind="Person", kind_label="person", colour="#1d4ed8")
    >>> "<title>Ann</title>" in GraphPage(graph, title="Ann").generate_html()
    True
    """

    def __init__(self, graph: nx.MultiDiGraph, *, title: str = "", focus: str | None = None) -> None:
        super().__init__(directed=True, cdn_resources="in_line")
        self.documents: dict[str, island.Record] = dict(sorted(dict(graph.graph.get("documents", {})).items()))
        self.title, self.focus = title or heading(self.documents), focus
        for name, attrs in sorted(graph.nodes(data=True), key=lambda pair: str(pair[0])):
            label = island.text(attrs.get("label")) or str(name)
            self.nodes.append({**attrs, "id": str(name), "label": label, "color": island.colour(attrs.get("colour"))})
        self.node_ids = [node["id"] for node in self.nodes]
        self.node_map = dict(zip(self.node_ids, self.nodes, strict=True))
        claims = [
            {**attrs, "id": str(attrs.get("id", key)), "subject_id": str(a), "from": str(a), "to": str(b)}
            for a, b, key, attrs in graph.edges(keys=True, data=True)
        ]
        self.edges.extend(sorted(claims, key=lambda claim: claim["id"]))
        self._name_claims()

    def data(self) -> dict[str, Any]:
        """Gather all that the page's script reads, in a fixed order."""
        at = {name: k for k, name in enumerate(self.node_ids)}
        base = island.prefix([*self.node_ids, *(claim["id"] for claim in self.edges)])
        cols, strings, chains = island.columns(self.edges, self.documents, at, lambda iri: iri[len(base) :])
        links = self._links(cols, strings, chains)
        worth = [self._worth(node) for node in self.nodes]
        focus = -1 if self.focus is None else self._find(self.focus)
        entities = [link for link in links if worth[link.subject] > 0 and (link.object < 0 or worth[link.object] > 0.1)]
        chosen = telling(node_weights(len(self.nodes), links, worth), entities, LIMIT, focus)
        kinds = island.Table()
        nodes = {
            "id": [name[len(base) :] for name in self.node_ids],
            "label": [node["label"] for node in self.nodes],
            "kind": [
                kinds([node.get("kind") or "", node.get("kind_label") or "", node["color"]]) for node in self.nodes
            ],
            "aliases": {k: list(map(str, n["aliases"])) for k, n in enumerate(self.nodes) if n.get("aliases")},
            "same": {k: list(map(str, n["same_as"])) for k, n in enumerate(self.nodes) if n.get("same_as")},
            "anonymous": [k for k, node in enumerate(self.nodes) if node.get("anonymous")],
            "worth": worth,
        }
        pairs = sorted(
            {(s, o) if s < o else (o, s) for s, o in zip(cols["s"], cols["o"], strict=True) if o not in (s, -1)}
        )
        return {
            "title": self.title,
            "prefix": base,
            "focus": focus,
            "kinds": kinds.values,
            "nodes": nodes,
            "strings": strings,
            "chains": chains,
            "claims": cols,
            "documents": [
                [
                    key,
                    *(island.text(doc.get(name)) for name in ("title", "date", "source", "url", "text")),
                    island.quantities(doc),
                ]
                for key, doc in self.documents.items()
            ],
            "start": self._picture(chosen, links, cols, strings),
            "whole": _flat(whole(len(self.nodes), pairs)) if len(self.nodes) <= WHOLE else None,
            "groups": communities(len(self.nodes), pairs),
        }

    def _name_claims(self) -> None:
        """Name the nodes that are claims in words, with their negation: "peace agreement not exists"."""
        claims = {claim["id"]: claim for claim in self.edges if claim["id"] in self.node_map}

        def name(node: str, depth: int = 0) -> str:
            claim = claims.get(node)
            if claim is None or depth > 8:
                return str(self.node_map[node]["label"])
            negation = ["not"] if claim.get("polarity") == "negative" else []
            end = [] if claim.get("object_id") is None else [name(claim["to"], depth + 1)]
            relation = island.text(claim.get("relation")).replace("_", " ")
            return " ".join([name(claim["from"], depth + 1), *negation, relation, *end])

        for node, label in {node: name(node) for node in claims}.items():
            self.node_map[node]["label"] = label

    def _find(self, focus: str) -> int:
        """Number of the node with the given IRI, name or alias; of several the one with most claims."""
        wanted = focus.lower()
        named = [[n["label"].lower(), *map(str.lower, n.get("aliases") or ())] for n in self.nodes]
        for names in ([[node.lower()] for node in self.node_ids], named):
            found = [k for k, mine in enumerate(names) if wanted in mine]
            if found:
                ends = [end for claim in self.edges for end in (claim["from"], claim["to"])]
                return max(found, key=lambda k: (ends.count(self.node_ids[k]), -k))
        raise KgError(f"no entity {focus!r} in the graph: give the name or the IRI of one of its entities")

    def _links(self, cols: dict[str, Any], strings: list[str], chains: list[list[int]]) -> list[Link]:
        named = {node["label"].lower(): k for k, node in reversed(list(enumerate(self.nodes)))}
        speakers = [named.get(strings[chain[-1]].lower(), -1) if len(chain) > 1 else -1 for chain in chains]
        rare = rarity(cols["r"])
        rows = zip(cols["s"], cols["o"], cols["r"], cols["antecedent"], cols["confidence"], cols["chain"], strict=True)
        return [
            Link(s, o, rare[r] * (0.5 if faint else 1.0) * (sure / 100.0 if sure else 0.5), speakers[chain])
            for s, o, r, faint, sure, chain in rows
        ]

    @staticmethod
    def _worth(node: dict[str, Any]) -> float:
        if node.get("indefinite"):
            return 0.0
        return _WORTH.get(str(node.get("kind")), 1.0) * (0.8 if node.get("anonymous") else 1.0)

    def _picture(
        self, chosen: list[int], links: list[Link], cols: dict[str, Any], strings: list[str]
    ) -> dict[str, Any]:
        """Place the first view by its strongest ties, each line as long as its label."""
        at = {node: k for k, node in enumerate(chosen)}
        lengths: dict[tuple[int, int], float] = {}
        weights: dict[tuple[int, int], float] = {}
        for r, link in zip(cols["r"], links, strict=True):
            s, o = link.subject, link.object
            if s in at and o in at and s != o:
                pair = (at[s], at[o]) if at[s] < at[o] else (at[o], at[s])
                lengths[pair] = max(lengths.get(pair, 0.0), tie_length(strings[r]))
                weights[pair] = weights.get(pair, 0.0) + link.weight
        ties = {pair: lengths[pair] for pair in backbone(weights, len(chosen))}
        boxes = [label_box(self.nodes[node]["label"]) for node in chosen]
        wide = small(boxes, [Tie(a, b, length) for (a, b), length in sorted(ties.items())])
        return {"nodes": chosen, "at": _flat(wide)}

    def generate_html(self, name: str = "index.html", local: bool = True, notebook: bool = False) -> str:
        """Write the whole page as one text; the parameters are pyvis's and change nothing."""
        script, style = bundle("main"), asset("style.css")
        policy = (
            f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; "
            "img-src data: blob:; base-uri 'none'; form-action 'none'"
        )
        slots = {
            "TITLE": html.escape(self.title),
            "POLICY": html.escape(policy, quote=True).replace("&#x27;", "'"),
            "STYLE": style,
            "DATA": island.element(self.data()),
            "SCRIPT": script,
        }
        return re.sub(r"%\{(\w+)\}", lambda slot: slots[slot[1]], asset("page.html"))

    def write_html(self, name: str, local: bool = True, notebook: bool = False, open_browser: bool = False) -> None:
        """Write the page to a file; the parameters but the first are pyvis's and change nothing."""
        write_text(Path(name), self.generate_html())

    def show(self, name: str = "", local: bool = True, notebook: bool = True) -> GraphPage:
        """Show the page inline in a notebook (the value is drawn there); with a name, write it as well."""
        if name:
            self.write_html(name)
        return self

    def _repr_html_(self) -> str:
        inner = html.escape(self.generate_html(), quote=True)
        return (
            f'<iframe title="{html.escape(self.title, quote=True)}" srcdoc="{inner}" '
            'style="width:100%;height:640px;border:1px solid #d5d9e0;border-radius:8px" '
            'sandbox="allow-scripts allow-downloads allow-popups"></iframe>'
        )


def heading(documents: Mapping[str, island.Record]) -> str:
    """Name a page that was given no title by its articles and their time.

    >>> heading({"a": {"date": "1999-05-24"}, "b": {"date": "1999-06-24"}})
    'Claims in 2 articles, May to June 1999'
    """
    dates = [str(document["date"]) for document in documents.values() if document.get("date")]
    days = sorted(day for day in map(_day, dates) if day)
    many = f"{len(documents):,} article{'' if len(documents) == 1 else 's'}"
    if not days:
        return f"Claims in {many}"
    first, last = (f"{MONTHS[day.month - 1]} {day.year}" for day in (days[0], days[-1]))
    begin = "" if first == last else f"{first.removesuffix(f' {days[-1].year}')} to "
    return f"Claims in {many}, {begin}{last}"


def _day(date: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(date[:10])
    except ValueError:
        return None


def page(graph: nx.MultiDiGraph, *, title: str = "", focus: str | None = None) -> str:
    """Make the page of a graph: one HTML text that needs nothing else, opened around `focus` if given."""
    return GraphPage(graph, title=title, focus=focus).generate_html()


def write_page(graph: nx.MultiDiGraph, path: str | Path, *, title: str = "", focus: str | None = None) -> None:
    """Write the page of a graph to a file, which is whole or untouched at every moment."""
    write_text(Path(path), page(graph, title=title, focus=focus))


def write_text(path: Path, content: str) -> None:
    """Write UTF-8 with plain newlines aside, then put it in place."""
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
            out.write(content)
        os.chmod(aside, 0o644)
        os.replace(aside, path)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise


def tie_length(relation: str) -> float:
    """Length of a line that carries the relation as its label."""
    return 92.0 + 6.2 * min(len(relation), 24)


def label_box(label: str) -> Box:
    """Room for a node and its label, which is broken into two lines."""
    shown = min(len(label), 40)
    across = shown if shown <= 18 else max(12, shown // 2 + 3)
    return Box(3.6 * across + 12.0, 25.0 if shown <= 18 else 32.0)


def communities(count: int, pairs: list[tuple[int, int]]) -> list[int]:
    """Give each node the number of its group, the largest group first; fixed seeds.

    Up to `WHOLE` nodes by Louvain (Blondel et al. 2008); above, by label propagation (Traag & Šubelj 2023), which
    finds smaller groups in about a twentieth of the time.
    """
    graph = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from(pairs)
    found = (
        nx.community.louvain_communities(graph, seed=7)
        if count <= WHOLE
        else nx.community.fast_label_propagation_communities(graph, seed=7)
    )
    groups = [0] * count
    for number, members in enumerate(sorted(map(sorted, found), key=lambda m: (-len(m), m[0]))):
        for node in members:
            groups[node] = number
    return groups


@cache
def asset(name: str) -> str:
    """Read a file of the page's template, style or script."""
    return files("kg.view").joinpath("assets", name).read_text(encoding="utf-8").replace("\r\n", "\n")


@cache
def bundle(entry: str) -> str:
    """Join the script's modules into one: each becomes a function that returns its exports.

    A page opened from a disk may not load modules from files, so the few imports are resolved here.
    """
    done: dict[str, str] = {}

    def take(name: str) -> None:
        source = asset(f"{name}.js")
        for needed in _MODULES.finditer(source):
            if needed["file"] not in done:
                take(needed["file"])
        exports = ", ".join(_EXPORT.findall(source))
        body = _EXPORT.sub("", _MODULES.sub(_bind, source))
        done[name] = f"const _{_name(name)} = (() => {{\n{body}return {{ {exports} }};\n}})();\n"

    take(entry)
    return "'use strict';\n" + "".join(done.values())


def _bind(found: re.Match[str]) -> str:
    source = f"_{_name(found['file'])}"
    return f"const {found['all']} = {source};\n" if found["all"] else f"const {{{found['names']}}} = {source};\n"


def _name(module: str) -> str:
    return module.replace("-", "_")


def _hash(content: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode("ascii") + "'"


def _flat(points: Points) -> list[float]:
    return [value for point in points for value in point]
