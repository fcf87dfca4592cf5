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
