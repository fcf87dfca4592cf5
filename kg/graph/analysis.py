"""Network analysis where it answers a question: who is central, who belongs together, what ties two together.

Two are tied by the claims that speak of both, and a speaker to what is spoken of. A tie is as strong as what can be
believed of it: a certain claim weighs 1, a probable one .75, a possible one .5, else .25, times its confidence; a
sentence printed twice weighs once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise, takewhile
from typing import Final, NamedTuple

import networkx as nx

from kg.graph.query import rows
from kg.graph.store import Store
from kg.model import KgError

_WEIGHTS: Final = {"certain": 1.0, "probable": 0.75, "possible": 0.5}
_SAMPLE: Final = 500
"""Actors from which paths are followed to find who stands between; all, up to this number."""
_SHOWN: Final = 50

Row = tuple[str, ...]


class Tie(NamedTuple):
    """One claim that speaks of two."""

    one: str
    other: str
    says: str
    words: str
    weight: float


@dataclass(frozen=True, slots=True)
class Analysis:
    """A question answered by an algorithm rather than by SPARQL."""

    name: str
    title: str
    answer: str
    """What the columns mean."""
    ask: tuple[str, ...]
    columns: Row
    parameters: Mapping[str, str]
    """Parameters with example values."""
    run: Callable[..., list[Row]]


def ties(store: Store) -> list[Tie]:
    """Find all claims that speak of two entities that are somebody or something, the strongest of each sentence."""
    found: dict[tuple[str, str, str], Tie] = {}
    vague = {str(row["e"]) for row in rows(store, "SELECT ?e { ?e kg:indefinite true }")}
    for row in rows(store, _TIES):
        weight = _WEIGHTS.get(str(row["sure"]), 0.25) * float(row["confidence"] or 0)
        one, other = sorted((str(row["one"]), str(row["other"])))
        tie = Tie(one, other, str(row["says"]), str(row["words"]), weight)
        if one in vague or other in vague:
            continue
        key = (one, other, tie.words)
        if key not in found or (tie.weight, tie.says) > (found[key].weight, found[key].says):
            found[key] = tie
    return sorted(found.values())


def ties_graph(store: Store) -> nx.Graph:
    """Draw the ties as a simple graph: `weight` is their strength, `distance` its inverse, `claims` the ties."""
    graph = nx.Graph()
    for tie in ties(store):
        if graph.has_edge(tie.one, tie.other):
            edge = graph.edges[tie.one, tie.other]
            edge["weight"] += tie.weight
            edge["claims"].append(tie)
        else:
            graph.add_edge(tie.one, tie.other, weight=tie.weight, claims=[tie])
    for _, _, edge in graph.edges(data=True):
        edge["distance"] = 1 / max(edge["weight"], 1e-9)
    return graph


def central_actors(store: Store) -> list[Row]:
    """Rank actors by how many shortest chains of claims pass through them (Brandes 2001), then by their ties."""
    graph, names = ties_graph(store), _names(store)
    actors = {str(row["e"]) for row in rows(store, "SELECT DISTINCT ?e { ?e a kg:Agent }")}
    sample = min(len(graph), _SAMPLE)
    between = nx.betweenness_centrality(direct(graph), k=sample, weight="distance", seed=0) if sample > 2 else {}
    found = [
        (between.get(node, 0.0), graph.degree(node, weight="weight"), graph.degree(node), names.get(node, node))
        for node in graph
        if node in actors
    ]
    found.sort(key=lambda row: (-round(row[0], 9), -round(row[1], 9), row[3]))
    return [(name, f"{b:.4f}", f"{strength:.2f}", str(ties)) for b, strength, ties, name in found[:_SHOWN]]


def direct(graph: nx.Graph) -> nx.Graph:
    """Leave out ties that a way over a third is shorter than: no shortest path takes them.

    >>> graph = nx.Graph([("a", "b", {"distance": 1}), ("b", "c", {"distance": 1}), ("a", "c", {"distance": 3})])
    >>> sorted(direct(graph).edges)
    [('a', 'b'), ('b', 'c')]
    """
    distance = {node: {other: edge["distance"] for other, edge in ties.items()} for node, ties in graph.adjacency()}
    near = {node: sorted((far, other) for other, far in ties.items()) for node, ties in distance.items()}
    kept = nx.Graph()
    kept.add_nodes_from(graph)
    for one, other in graph.edges:
        far, back = distance[one][other], distance[other]
        closer = takewhile(lambda step, far=far: step[0] < far, near[one])  # type: ignore[misc]
        if not any(step + back.get(third, far) < far * (1 - 1e-9) for step, third in closer):
            kept.add_edge(one, other, distance=far)
    return kept


def communities(store: Store) -> list[Row]:
    """Part the actors and things into groups with stronger ties inside than outside (Louvain, Blondel et al. 2008)."""
    graph, names = ties_graph(store), _names(store)
    groups = nx.community.louvain_communities(graph, weight="weight", seed=0) if len(graph) else []
    ordered = sorted((sorted(group) for group in groups), key=lambda group: (-len(group), group))
    told: list[Row] = []
    for number, group in enumerate(ordered[:_SHOWN], 1):
        inside = graph.subgraph(group)
        strongest = sorted(group, key=lambda node: (-inside.degree(node, weight="weight"), names.get(node, node)))
        called = list(dict.fromkeys(names.get(node, node) for node in strongest))
        told.append((str(number), str(len(group)), ", ".join(called[:12])))
    return told


def chain(store: Store, one: str, other: str) -> list[Row]:
    """Find the chain of claims that ties two together, the most believable of the short ones (Dijkstra)."""
    graph, names = ties_graph(store), _names(store)
    starts, ends = _called(names, graph, one), _called(names, graph, other)
    paths = []
    for start in starts:
        lengths, found = nx.single_source_dijkstra(graph, start, weight="distance")
        paths += [(lengths[end], found[end]) for end in ends if end in lengths and end != start]
    if not paths:
        return []
    _, best = min(paths)
    told: list[Row] = []
    for step, (a, b) in enumerate(pairwise(best), 1):
        tie = max(graph.edges[a, b]["claims"], key=lambda claim: (claim.weight, claim.says))
        told.append((str(step), names.get(a, a), tie.says, names.get(b, b), f"{tie.weight:.2f}", tie.words))
    return told


def quoted_together(store: Store) -> list[Row]:
    """Count in how many reports two speakers are quoted; reports that share a sentence count once for it."""
    speakers: dict[str, dict[str, set[str]]] = {}
    for row in rows(store, _QUOTED):
        quoted = speakers.setdefault(str(row["doc"]), {})
        quoted.setdefault(str(row["speaker"]), set()).add(str(row["words"]))
    seen: set[tuple[str, str, frozenset[str]]] = set()
    pairs: Counter[tuple[str, str]] = Counter()
    for document in sorted(speakers):
        for one, other in combinations(sorted(speakers[document]), 2):
            told = frozenset(speakers[document][one] | speakers[document][other])
            if (one, other, told) not in seen:
                seen.add((one, other, told))
                pairs[one, other] += 1
    ranked = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))
    return [(one, other, str(count)) for (one, other), count in ranked[: 4 * _SHOWN]]


def _names(store: Store) -> dict[str, str]:
    return {
        str(row["e"]): str(row["name"]) for row in rows(store, "SELECT ?e ?name { ?e a kg:Entity ; rdfs:label ?name }")
    }


def _called(names: Mapping[str, str], graph: nx.Graph, name: str) -> list[str]:
    """Find the nodes of a name: those called so, else those whose name holds it."""
    exact = sorted(node for node in graph if names.get(node, "").casefold() == name.casefold())
    found = exact or sorted(node for node in graph if name.casefold() in names.get(node, "").casefold())
    if not found:
        raise KgError(f"no claim speaks of {name!r} and something else: see who is there with kg ask actors")
    return found


_TIES: Final = """
SELECT ?one ?other ?says ?words ?sure ?confidence {
  {
    ?claim rdf:subject ?one ; rdf:object|kg:argument/kg:value ?other ; kg:polarity kg:positive ; rdfs:label ?says ;
           kg:certainty ?certainty ; kg:confidence ?confidence ; kg:sentence ?sentence . ?sentence oa:exact ?words .
    ?one a kg:Entity . ?other a kg:Entity . FILTER(?one != ?other)
    FILTER NOT EXISTS { ?claim kg:antecedent true }
  } UNION {
    # Who speaks is tied to what is spoken of.
    ?claim kg:attribution ?said ; rdf:subject|rdf:object ?other ; rdfs:label ?told ; kg:certainty ?certainty ;
           kg:confidence ?confidence ; kg:sentence ?sentence . ?sentence oa:exact ?words . ?said kg:speaker ?one .
    ?one a kg:Entity ; rdfs:label ?speaker . ?other a kg:Entity . FILTER(?one != ?other)
    BIND(CONCAT(?speaker, ": ", ?told) AS ?says)
  }
  BIND(STRAFTER(STR(?certainty), "#") AS ?sure)
}
"""
_QUOTED: Final = """
SELECT DISTINCT ?doc ?speaker ?words {
  ?claim kg:attribution/kg:speaker ?who ; kg:document ?doc ; kg:sentence/oa:exact ?words .
  ?who a kg:Entity ; rdfs:label ?speaker .
}
"""

_ALL: Final = (
    Analysis("central", "Who stands at the centre",
             "Actors by how many of the shortest chains of claims between others pass through them (betweenness), with "
             "the strength (sum of belief) and the number of their ties.",
             ("who are the central actors", "who is central", "who stands at the centre"),
             ("actor", "betweenness", "strength", "ties"), {}, central_actors),
    Analysis("communities", "Who and what belongs together",
             "Groups with stronger ties inside than outside, the largest first; members by the strength of their ties.",
             ("who belongs together", "which groups are there", "what are the communities"),
             ("group", "size", "members"), {}, communities),
    Analysis("chain", "What ties two together",
             "The chain of claims from one to the other that is shortest and most believable.",
             ("how are {one} and {other} connected", "what connects {one} and {other}", "what ties {one} to {other}"),
             ("step", "from", "claim", "to", "belief", "words"), {"one": "NATO", "other": "Tony Blair"}, chain),
    Analysis("quoted_together", "Who is quoted with whom",
             "Pairs of speakers and the number of reports that quote both; a report copied counts once.",
             ("who is quoted with whom", "who is quoted together"),
             ("one", "other", "reports"), {}, quoted_together),
)  # fmt: skip


def analyses() -> dict[str, Analysis]:
    """The analyses there are, by name."""
    return {analysis.name: analysis for analysis in _ALL}
