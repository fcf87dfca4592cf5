"""Clashes: links between claims that cannot both hold, or only look so, each with its reason.

They are drawn from the graph by the CONSTRUCT queries `ontology/clashes/*.rq`, stand in a named graph of their own,
and change nothing: no claim is dropped for one.
"""

from __future__ import annotations

from functools import cache
from typing import Final, cast

import pyoxigraph as ox

from kg.graph.terms import prefixes
from kg.ontology import folder

GRAPH: Final = "clashes"
"""Name, after the base, of the graph they stand in."""


@cache
def queries() -> tuple[str, ...]:
    """Read the queries that draw clashes, in the order of their names."""
    return tuple(path.read_text(encoding="utf-8") for path in sorted((folder() / "clashes").glob("*.rq")))


def clashes(graph: ox.Store, base: str) -> bytes:
    """Draw all clashes from a graph, as sorted N-Quads lines."""
    lines: set[str] = set()
    for query in queries():
        drawn = graph.query(query, prefixes=prefixes(base), use_default_graph_as_union=True)
        for triple in cast(ox.QueryTriples, drawn):
            lines.add(f"{triple.subject} {triple.predicate} {triple.object} <{base}{GRAPH}> .\n")
    return "".join(sorted(lines)).encode()
