# ruff: noqa: E501
"""Graphs the page's tests are drawn from: claims over the two seed articles, made by hand."""

from __future__ import annotations

import json
from pathlib import Path

import networkx as nx

HERE = Path(__file__).parent


def seeds_graph() -> nx.MultiDiGraph:
    """About 120 claims over the seeds in the shape `kg.graph.network.network` gives."""
    graph = nx.MultiDiGraph(documents={})
    for path in sorted((HERE.parent / "seeds").glob("*.txt")):
        date = "1999-05-24" if path.stem.startswith("000") else "1999-06-24"
        text = path.read_text(encoding="utf-8")
        graph.graph["documents"][path.stem] = {
            "title": None, "date": date, "source": None, "url": None, "text": text, "quantities": [],
        }  # fmt: skip
    for line in (HERE / "cases" / "page_claims.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if "node" in row:
            graph.add_node(row.pop("node"), **row)
        elif "quantity" in row:
            graph.graph["documents"][row.pop("quantity")]["quantities"].append(row)
        else:
            start, end = row["sentence_span"]
            row["sentence_text"] = graph.graph["documents"][row["doc"]]["text"][start:end]
            graph.add_edge(row["subject_id"], row["object_id"] or row["subject_id"], key=row["id"], **row)
    return graph


def one_claim(claims: int = 1) -> nx.MultiDiGraph:
    """The smallest graphs: one article with one claim, or with none."""
    text = "Ann Lee praised the Harbour Board."
    document = {"title": "Praise", "date": "2001-02-03", "source": None, "url": None, "text": text, "quantities": []}
    graph = nx.MultiDiGraph(documents={"d": document})
    if not claims:
        return graph
    for name, label, kind, colour in (
        ("ann", "Ann Lee", "Person", "#d1495b"),
        ("board", "Harbour Board", "Organization", "#1d4ed8"),
    ):
        graph.add_node(
            f"urn:x/{name}",
            label=label,
            kind=kind,
            kind_label=kind.lower(),
            colour=colour,
            aliases=[],
            same_as=[],
            anonymous=False,
        )
    claim = {
        "id": "urn:x/c", "doc": "d", "subject": "Ann Lee", "subject_id": "urn:x/ann", "relation": "praises", "object": "Harbour Board",
        "object_id": "urn:x/board", "object_phrase": None, "subject_span": [0, 7], "relation_span": [8, 15], "object_span": [20, 33],
        "cue_span": None, "arguments": [], "source": None, "source_chain": ["reporter"], "polarity": "positive", "certainty": "certain",
        "reporter_certainty": "certain", "modality": "none", "tense": "past", "condition": None, "antecedent": False,
        "time": {"said": "2001-02-03", "meant": None}, "sentence": 0, "sentence_span": [0, len(text)], "sentence_text": text,
        "cues": [], "confidence": 0.9, "rule": "verb:own",
    }  # fmt: skip
    graph.add_edge("urn:x/ann", "urn:x/board", key="urn:x/c", **claim)
    return graph
