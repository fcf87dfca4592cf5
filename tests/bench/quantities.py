# ruff: noqa: E501
"""Score quantities on NewsQuant: `python -m tests.bench.quantities FOLDER [--errors]`.

FOLDER holds NewsQuant.json of satya77/CQE_Evaluation. A prediction is right in value if it equals a gold
value of its sentence (ranges as unordered pairs), right in unit if the unit's name or the counted noun agree after
singularising; counted one to one and as CQE's own evaluation counts. Gold predates any of our names, so units are
translated by the small table below.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import Any, NamedTuple

from kg.model import Document, Quantity
from kg.ontology import ontology
from kg.reading.parse import Parse, Parser
from kg.reading.qualify.quantities import quantities
from kg.reading.repair import repair

NAMES = {
    "percent": "percentage", "USD": "dollar", "AUD": "australian dollar", "JPY": "japanese yen", "GBP": "pound sterling",
    "CNY": "chinese yuan", "EUR": "euro", "MYR": "malaysian ringgit", "ILS": "shekel", "HKD": "hong kong dollar",
    "CAD": "canadian dollar", "NZD": "new zealand dollar", "SGD": "singaporean dollar", "DKK": "danish krone", "times": "count",
    "INR": "indian rupee", "ZAR": "south african rand", "HRK": "croatian kuna", "pound": "pound-mass", "tonne": "metric ton",
    "revolution per minute": "revolutions per minute", "degree Celsius": "celsius", "degree Fahrenheit": "fahrenheit",
    "pound-foot": "foot pound-force", "person": "people", "gigatonne": "gigaton", "square foot": "square foot", "part per billion": "parts-per-billion",
    "kilopound per square inch": "kilopound per square inch", "milliampere hour": "milliampere-hour",
}  # fmt: skip


def bounds(gold: str) -> tuple[float, ...]:
    """Read a gold value: one number, or the two ends of a range."""
    head, dash, tail = gold[1:].partition("-") if "E" not in gold else (gold[1:], "", "")
    return tuple(sorted((float(gold[0] + head), float(tail)))) if dash else (float(gold),)


_DROPPED = frozenset(["and", "or", "most", "the", "a", "an", "of", "my", "your", "his", "her", "its", "our", "their"])


def lemmas(words: str, parse: Parse) -> str:
    """Name things as the gold does: lemmas without function words, plurals of names taken off their "s"."""
    known = {t.text: t.lemma if t.tag != "NNPS" else t.text.rstrip("s") for t in parse.tokens}
    kept = [known.get(w, w).lower() for w in words.removesuffix("'s").split() if w.lower() not in _DROPPED]
    return " ".join(kept)


def units(q: Quantity, parse: Parse) -> frozenset[str]:
    """Names the gold may give a quantity's unit: the unit's, what is counted, or both."""
    thing = lemmas(q.thing, parse) if q.thing else ""
    if q.fraction_of:
        return frozenset(["% " + lemmas(q.fraction_of, parse), "percentage" if q.unit else "% -"])
    if not q.unit or (q.unit == "person" and thing):
        return frozenset([thing or "-", *(["% -"] if not thing and (q.low or 1) < 1 else [])])
    first, per, rest = q.unit.partition(" per ")
    name = (NAMES.get(q.unit) or NAMES.get(first, first) + per + rest).lower()
    both = [f"{thing} {name}" if name.startswith("per ") else f"{name} of {thing}"] if thing else []
    return frozenset([name, *both])


class Count(NamedTuple):
    """Right in value, right in value and unit."""

    value: int = 0
    unit: int = 0


Gold = list[tuple[str, tuple[float, ...]]]
Found = list[tuple[frozenset[str], tuple[float, ...]]]


def equal(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    """Compare values as CQE does, to five digits."""
    return len(a) == len(b) and all(math.isclose(x, y, rel_tol=1e-5, abs_tol=1e-8) for x, y in zip(a, b, strict=True))


def one_to_one(gold: Gold, found: Found) -> Count:
    """Pair each prediction with one gold value, the one of its unit first."""
    left, value, unit = list(gold), 0, 0
    for names, bounds in found:
        same = [g for g in left if equal(g[1], bounds)]
        best = next((g for g in same if g[0] in names), same[0] if same else None)
        if best is not None:
            left.remove(best)
            value, unit = value + 1, unit + (best[0] in names)
    return Count(value, unit)


def as_published(gold: Gold, found: Found) -> Count:
    """Count as CQE's evaluation does: a prediction may answer for several gold values until one has its unit."""
    left, value, unit = list(found), 0, 0
    for name, bounds in sorted(gold):
        for one in sorted((f for f in left if equal(bounds, f[1])), key=lambda f: min(f[0])):
            value = min(value + 1, len(gold))
            if name in one[0]:
                left.remove(one)
                unit += 1
                break
    return Count(value, unit)


def report(row: dict[str, Any], gold: Gold, found: Found, spans: list[str]) -> None:
    """Print what is extra, missed or has another unit."""
    for span, (names, bounds) in zip(spans, found, strict=True):
        same = [g[0] for g in gold if equal(g[1], bounds)]
        if not same:
            print("EXTRA", span, bounds, sorted(names), "|", row["text"][:200])
        elif not names & set(same):
            print("UNIT", same, "|", sorted(names), "|", span, "|", row["text"][:200])
    for name, bounds in gold:
        if not any(equal(bounds, f[1]) for f in found):
            print("MISSED", bounds, name, "|", row["text"][:200])


def main(folder: str, errors: bool) -> None:
    """Print value and value+unit F1, counted both ways."""
    rows = json.loads((Path(folder) / "NewsQuant.json").read_text(encoding="utf-8"))
    parses = Parser().read(Document(str(n), row["text"]) for n, row in enumerate(rows))
    wanted = predicted = 0
    counts: dict[str, list[Count]] = {"one to one": [], "as published": []}
    for row, parse in zip(rows, map(repair, parses), strict=True):
        some = quantities(parse, ontology())
        found = [(units(q, parse), tuple(sorted({v for v in (q.low, q.high) if v is not None}))) for q in some]
        gold = [(g["normalized_unit"].lower(), bounds(g["value"])) for g in row["quantities"]]
        wanted, predicted = wanted + len(gold), predicted + len(found)
        counts["one to one"].append(one_to_one(gold, found))
        counts["as published"].append(as_published(gold, found))
        if errors:
            report(row, gold, found, [q.span.of(row["text"]) for q in some])
    for way, some_counts in counts.items():
        for name, n in zip(("value", "value+unit"), map(sum, zip(*some_counts, strict=True)), strict=True):
            p, r, f = 100 * n / predicted, 100 * n / wanted, 200 * n / (predicted + wanted)
            print(f"{way:12} {name:11} P {p:.1f} R {r:.1f} F1 {f:.1f}")


if __name__ == "__main__":
    main(sys.argv[1], "--errors" in sys.argv)
