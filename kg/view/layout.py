"""Positions for the page, the same on every machine: only +, −, ×, ÷ and √, in a fixed order.

Small pictures are drawn by stress majorisation (Gansner, Koren & North 2004, localised), then labels are
pushed apart; `assets/layout.js` is the same algorithm, so a view opened in the browser looks the same.
Large graphs use springs with sampled repulsion (Gove 2019), which is linear in nodes and edges.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

APART: Final = 210.0
"""Distance wanted between nodes without any path between them."""
_COS, _SIN = -0.7373688780783197, 0.6754902942615238  # the golden angle, by which seeds of a sunflower turn


@dataclass(frozen=True, slots=True)
class Tie:
    """A line to draw between two nodes, with the length its label needs."""

    a: int
    b: int
    length: float


@dataclass(frozen=True, slots=True)
class Box:
    """Half the width and half the height a node needs with its label."""

    width: float
    height: float


Points = list[tuple[float, float]]


def sunflower(count: int, step: float = 60.0) -> Points:
    """Lay points out like the seeds of a sunflower: an even start in a fixed order."""
    out, c, s = [], 1.0, 0.0
    for k in range(count):
        radius = step * sqrt(k + 0.5)
        out.append((radius * c, radius * s))
        c, s = c * _COS - s * _SIN, c * _SIN + s * _COS
    return out


def distances(count: int, ties: Sequence[Tie]) -> list[list[float]]:
    """Shortest ways between all nodes (Floyd–Warshall), `APART` where there is none."""
    far = 1e9
    d = [[far] * count for _ in range(count)]
    for i in range(count):
        d[i][i] = 0.0
    for tie in ties:
        if tie.length < d[tie.a][tie.b]:
            d[tie.a][tie.b] = d[tie.b][tie.a] = tie.length
    for k in range(count):
        row_k = d[k]
        for row in d:
            via = row[k]
            if via < far:
                for j in range(count):
                    if via + row_k[j] < row[j]:
                        row[j] = via + row_k[j]
    return [[APART if x >= far else x for x in row] for row in d]


def stress(start: Points, d: list[list[float]], sweeps: int = 120) -> Points:
    """Move each node in turn to where its distances to all others fit best."""
    x, y = [p[0] for p in start], [p[1] for p in start]
    count = len(start)
    for _ in range(sweeps):
        for i in range(count):
            sx = sy = sw = 0.0
            row = d[i]
            for j in range(count):
                if j == i:
                    continue
                dx, dy = x[i] - x[j], y[i] - y[j]
                gap = sqrt(dx * dx + dy * dy)
                pull = row[j] / gap if gap > 1e-6 else 0.0
                w = 1.0 / (row[j] * row[j])
                sx += w * (x[j] + dx * pull)
                sy += w * (y[j] + dy * pull)
                sw += w
            if sw > 0.0:
                x[i], y[i] = sx / sw, sy / sw
    return list(zip(x, y, strict=True))


def settle(points: Points, wide: float) -> Points:
    """Turn the longest side level, centre, and stretch towards the wanted width-to-height ratio."""
    count = len(points)
    if count < 2:
        return [(0.0, 0.0)] * count
    mx, my = sum(p[0] for p in points) / count, sum(p[1] for p in points) / count
    xx = xy = yy = 0.0
    for px, py in points:
        dx, dy = px - mx, py - my
        xx, xy, yy = xx + dx * dx, xy + dx * dy, yy + dy * dy
    half = (xx - yy) / 2.0
    vx, vy = half + sqrt(half * half + xy * xy), xy  # the main axis of the cloud
    norm = sqrt(vx * vx + vy * vy)
    c, s = (vx / norm, vy / norm) if norm > 1e-9 else (1.0, 0.0)
    if wide < 1.0:
        c, s = -s, c
    turned = [((px - mx) * c + (py - my) * s, (py - my) * c - (px - mx) * s) for px, py in points]
    w = max(p[0] for p in turned) - min(p[0] for p in turned)
    h = max(p[1] for p in turned) - min(p[1] for p in turned)
    ratio = wide * h / w if w > 1e-9 and h > 1e-9 else 1.0
    ratio = min(max(ratio, 0.6), 1.7)
    across, down = (ratio, 1.0) if ratio > 1.0 else (1.0, 1.0 / ratio)
    return [(px * across, py * down) for px, py in turned]


def apart(points: Points, boxes: Sequence[Box], ties: Sequence[Tie], rounds: int = 90) -> Points:
    """Push labels off each other and nodes off lines that are not theirs."""
    x, y = [p[0] for p in points], [p[1] for p in points]
    count = len(points)
    for turn in range(rounds):
        if turn < rounds - 20:
            for tie in ties:
                for i in range(count):
                    if i not in (tie.a, tie.b):
                        _off_line(x, y, i, tie)
        for i in range(count):
            for j in range(i + 1, count):
                dx, dy = x[j] - x[i], y[j] - y[i]
                ox = boxes[i].width + boxes[j].width - abs(dx)
                oy = boxes[i].height + boxes[j].height - abs(dy)
                if ox > 0.0 and oy > 0.0:
                    if ox < oy:
                        push = (ox if dx >= 0.0 else -ox) / 2.0
                        x[i], x[j] = x[i] - push, x[j] + push
                    else:
                        push = (oy if dy >= 0.0 else -oy) / 2.0
                        y[i], y[j] = y[i] - push, y[j] + push
    return list(zip(x, y, strict=True))


def _off_line(x: list[float], y: list[float], i: int, tie: Tie, room: float = 26.0) -> None:
    ax, ay = x[tie.a], y[tie.a]
    ex, ey = x[tie.b] - ax, y[tie.b] - ay
    long = ex * ex + ey * ey
    if long < 1.0:
        return
    t = ((x[i] - ax) * ex + (y[i] - ay) * ey) / long
    if not 0.08 < t < 0.92:
        return
    nx, ny = x[i] - (ax + t * ex), y[i] - (ay + t * ey)
    gap = sqrt(nx * nx + ny * ny)
    if gap < room:
        if gap < 1e-6:
            nx, ny, gap = -ey, ex, sqrt(long)
        push = (room - gap) * 0.3 / gap if gap > 1e-6 else 0.0
        x[i], y[i] = x[i] + nx * push, y[i] + ny * push


def small(boxes: Sequence[Box], ties: Sequence[Tie], wide: float = 1.3) -> Points:
    """Lay out a picture of up to a hundred nodes so that every label can be read.

    >>> small([Box(40, 20), Box(40, 20)], [Tie(0, 1, 120.0)])
    [(60.0, 0.0), (-60.0, 0.0)]
    """
    count = len(boxes)
    points = stress(sunflower(count), distances(count, ties))
    points = apart(settle(points, wide), boxes, ties)
    return [(_tenth(px), _tenth(py)) for px, py in points]


def large(count: int, pairs: Sequence[tuple[int, int]], rounds: int = 260) -> Points:
    """Lay out thousands of nodes with springs; each round repels every node from a fixed sample of others."""
    if count == 0:
        return []
    ideal = 60.0
    at: NDArray[np.float64] = np.array(sunflower(count, ideal * 0.9), dtype=np.float64)
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    degree = np.maximum(np.bincount(ends.ravel(), minlength=count), 1).astype(np.float64)
    sample = min(count - 1, 24)
    shift, here = 1, np.arange(count)
    for turn in range(rounds):
        move = np.zeros_like(at)
        for _ in range(sample):
            shift = (shift * 48271 + 11) % 2147483647  # Lehmer's generator: the same sample everywhere
            delta = at - at[(here + 1 + shift % max(count - 1, 1)) % count]
            square = delta[:, 0] * delta[:, 0] + delta[:, 1] * delta[:, 1] + 25.0
            move += delta * (ideal * ideal * 0.8 * (count / 24.0) ** 0.5 / square)[:, None]
        if len(ends):
            delta = at[ends[:, 1]] - at[ends[:, 0]]
            gap = np.sqrt(delta[:, 0] * delta[:, 0] + delta[:, 1] * delta[:, 1])
            pull = delta * (gap / ideal / 3.0)[:, None]
            for axis in (0, 1):
                move[:, axis] += np.bincount(ends[:, 0], pull[:, axis], count) / np.sqrt(degree)
                move[:, axis] -= np.bincount(ends[:, 1], pull[:, axis], count) / np.sqrt(degree)
        move -= at * 0.012
        size = np.sqrt(move[:, 0] * move[:, 0] + move[:, 1] * move[:, 1]) + 1e-9
        limit = ideal * 2.5 * (1.0 - turn / rounds) + 0.5
        at = at + move * (np.minimum(size, limit) / size)[:, None]
    return [(_tenth(float(px)), _tenth(float(py))) for px, py in at]


def whole(count: int, pairs: Sequence[tuple[int, int]]) -> Points:
    """Lay out a whole graph: each connected part by itself, the parts side by side, the largest first."""
    parts = _components(count, pairs)
    home = {node: (n, k) for n, part in enumerate(parts) for k, node in enumerate(part)}
    inside: list[list[tuple[int, int]]] = [[] for _ in parts]
    for a, b in pairs:
        inside[home[a][0]].append((home[a][1], home[b][1]))
    drawn = [_part(len(part), ties) for part, ties in zip(parts, inside, strict=True)]
    corners = pack([_extent(points) for points in drawn])
    at: Points = [(0.0, 0.0)] * count
    for part, points, (left, top) in zip(parts, drawn, corners, strict=True):
        low_x, low_y = min(p[0] for p in points), min(p[1] for p in points)
        for node, (px, py) in zip(part, points, strict=True):
            at[node] = (_tenth(px - low_x + left), _tenth(py - low_y + top))
    return at


MARGIN: Final = 150.0
"""Room around a part of the whole graph, for the labels of its outer nodes."""


def _extent(points: Points) -> tuple[float, float]:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return max(xs) - min(xs) + MARGIN, max(ys) - min(ys) + MARGIN * 0.6


def _components(count: int, pairs: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Split nodes into connected parts, the largest first, in order of their first node."""
    near: list[list[int]] = [[] for _ in range(count)]
    for a, b in pairs:
        near[a].append(b)
        near[b].append(a)
    seen, parts = [False] * count, []
    for start in range(count):
        if seen[start]:
            continue
        seen[start], part = True, [start]
        for node in part:  # grows while it is walked
            for other in near[node]:
                if not seen[other]:
                    seen[other] = True
                    part.append(other)
        parts.append(sorted(part))
    return sorted(parts, key=lambda part: (-len(part), part[0]))


def _part(count: int, pairs: Sequence[tuple[int, int]]) -> Points:
    if count > 40:
        return large(count, pairs)
    ties = [Tie(a, b, 130.0) for a, b in pairs]
    return settle(stress(sunflower(count), distances(count, ties), 40), 1.6)


def pack(sizes: Sequence[tuple[float, float]], wide: float = 1.15) -> Points:
    """Put boxes, in their order, each at the lowest free place of a strip: the corners of all boxes.

    >>> pack([(30.0, 10.0), (10.0, 10.0), (10.0, 10.0)], wide=1.0)
    [(0.0, 0.0), (0.0, 10.0), (10.0, 10.0)]
    """
    across = max([sqrt(sum(w * h for w, h in sizes) * wide), *(w for w, _ in sizes)], default=0.0)
    skyline = [(0.0, 0.0, across)]  # stretches of (height, from, to) that fill the strip from left to right
    corners: Points = []
    for w, h in sizes:
        top, left = min(_resting(skyline, n, w) for n in range(len(skyline)) if skyline[n][1] + w <= across + 1e-6)
        corners.append((left, top))
        before = [(y, a, min(b, left)) for y, a, b in skyline if a < left]
        after = [(y, max(a, left + w), b) for y, a, b in skyline if b > left + w]
        skyline = [*before, (top + h, left, left + w), *after]
    return corners


def _resting(skyline: Sequence[tuple[float, float, float]], n: int, w: float) -> tuple[float, float]:
    """Height at which a box of some width comes to rest when its left side is at a stretch's."""
    left, top = skyline[n][1], 0.0
    for y, a, _ in skyline[n:]:
        if a >= left + w:
            break
        top = max(top, y)
    return top, left


def _tenth(value: float) -> float:
    return float(int(value * 10.0 + (0.5 if value >= 0 else -0.5))) / 10.0
