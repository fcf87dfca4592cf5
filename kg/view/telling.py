"""Chooses the part of a graph that says most: main actors and the claims that tie them together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Final

LIMIT: Final = 22
"""Nodes in the first view: what stays legible on a laptop with every label shown."""
ACTORS: Final = 5
"""The weightiest nodes, with which the first view begins whether or not they are tied to each other."""


@dataclass(frozen=True, slots=True)
class Link:
    """A claim, reduced to what the choice needs."""

    subject: int
    object: int
    weight: float
    speaker: int = -1


def rarity(relations: Sequence[int]) -> dict[int, float]:
    """Weigh relations: one that more than a fiftieth of all claims share tells less of each.

    >>> rarity([1, 1, 1, 2])[1] < rarity([1] + list(range(2, 100)))[1]
    True
    """
    often = 0.02 * len(relations)
    return {relation: min(1.0, max(often, 1.0) / count) for relation, count in Counter(relations).items()}


CROWD: Final = 1.5
"""Tied pairs for each node from which a picture shows its strongest ties alone."""
STRONGEST: Final = 2


def backbone(ties: Mapping[tuple[int, int], float], count: int) -> set[tuple[int, int]]:
    """Keep every tie of a picture of some nodes, or where they would crowd it each node's strongest.

    >>> ties = {(a, b): 10.0 * a + b for a in range(5) for b in range(a + 1, 5)}
    >>> sorted(backbone(ties, 5))
    [(0, 3), (0, 4), (1, 3), (1, 4), (2, 3), (2, 4), (3, 4)]
    """
    if len(ties) <= CROWD * count:
        return set(ties)
    kept: set[tuple[int, int]] = set()
    taken = dict.fromkeys((end for pair in ties for end in pair), 0)
    for pair in sorted(ties, key=lambda pair: (-ties[pair], pair)):
        if min(taken[pair[0]], taken[pair[1]]) < STRONGEST:
            kept.add(pair)
            for end in pair:
                taken[end] += 1
    return kept


def node_weights(count: int, links: Sequence[Link], worth: Sequence[float]) -> list[float]:
    """Weigh nodes by the claims they take part in and by what they are."""
    out = [0.0] * count
    for link in links:
        out[link.subject] += link.weight
        if link.object not in (link.subject, -1):
            out[link.object] += link.weight * 0.7
        if link.speaker not in (link.subject, link.object, -1):
            out[link.speaker] += link.weight * 0.7
    return [total * worth[i] for i, total in enumerate(out)]


def telling(weights: Sequence[float], links: Sequence[Link], limit: int = LIMIT, focus: int = -1) -> list[int]:
    """Grow from the weightiest nodes, always along the heaviest tie; a hub's further leaves count less.

    The result is in order of choice, so that any beginning of it is a good smaller view.

    >>> telling([3.0, 2.0, 1.0, 9.0], [Link(0, 1, 1.0), Link(1, 2, 1.0)], 2, focus=0)
    [0, 1]
    """
    ties: dict[int, dict[int, float]] = {}
    for link in links:
        if link.object not in (link.subject, -1):
            for a, b in ((link.subject, link.object), (link.object, link.subject)):
                row = ties.setdefault(a, {})
                row[b] = min(row.get(b, 0.0) + link.weight, 3.0)
    order = sorted(range(len(weights)), key=lambda i: (-weights[i], i))
    chosen: dict[int, None] = {}
    leaves = dict.fromkeys(range(len(weights)), 0)
    frontier: list[tuple[float, int, int, int]] = []

    def offer(a: int, b: int) -> None:
        score = (ties[a][b] + 0.5 * min(weights[b], 12.0)) / (1.0 + 0.4 * leaves[a])
        heappush(frontier, (-score, b, a, leaves[a]))

    def take(node: int) -> None:
        chosen[node] = None
        for other in sorted(ties.get(node, ())):
            if other not in chosen:
                offer(node, other)

    starts = iter([focus] if focus >= 0 else order)
    for node in [focus] if focus >= 0 else [node for node in order if node in ties and weights[node] > 0][:ACTORS]:
        take(node)
    while len(chosen) < min(limit, len(weights)):
        while frontier:
            _, b, a, then = heappop(frontier)
            if b in chosen:
                continue
            if leaves[a] != then:
                offer(a, b)
                continue
            leaves[a] += 1
            take(b)
            break
        else:
            start = next((i for i in starts if i not in chosen and weights[i] > 0), None)
            if start is None:
                break
            take(start)
    return list(chosen)[:limit]
