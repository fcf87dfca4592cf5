# ruff: noqa: E501
"""Score quantities on NewsQuant: `python -m tests.bench.quantities FOLDER [--errors]`.

FOLDER holds NewsQuant.json of satya77/CQE_Evaluation. Own scorer: a prediction is right in value if it equals a gold
value of its sentence (ranges as unordered pairs), one to one; right in unit if name or counted noun agree after
singularising. Gold predates any of our names, so units are translated by the small table below.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path

from kg.model import Document, Quantity
from kg.ontology import ontology
from kg.reading.parse import Parse, Parser
from kg.reading.qualify.quantities import quantities

NAMES = {
    "percent": "percentage", "USD": "dollar", "AUD": "australian dollar", "JPY": "japanese yen", "GBP": "pound sterling",
    "CNY": "chinese yuan", "EUR": "euro", "MYR": "malaysian ringgit", "ILS": "shekel", "HKD": "hong kong dollar",
    "CAD": "canadian dollar", "NZD": "new zealand dollar", "SGD": "singaporean dollar", "DKK": "danish krone", "times": "count",
    "INR": "indian rupee", "ZAR": "south african rand", "HRK": "croatian kuna", "pound": "pound-mass", "tonne": "metric ton",
    "revolution per minute": "revolutions per minute", "degree Celsius": "celsius", "degree Fahrenheit": "fahrenheit",
    "pound-foot": "foot pound-force", "gigatonne": "gigaton", "square foot": "square foot", "part per billion": "parts-per-billion",
    "kilopound per square inch": "kilopound per square inch", "milliampere hour": "milliampere-hour",
}  # fmt: skip


def bounds(gold: str) -> tuple[float, ...]:
    """Read a gold value: one number, or the two ends of a range."""
    head, dash, tail = gold[1:].partition("-") if "E" not in gold else (gold[1:], "", "")
    return tuple(sorted((float(gold[0] + head), float(tail)))) if dash else (float(gold),)


def unit(q: Quantity, parse: Parse) -> str:
    """Name a quantity's unit as the gold does: the unit's name, or the lemmas of what is counted."""
    if q.unit and (q.unit != "person" or not q.thing):
        first, per, rest = q.unit.partition(" per ")
        return (NAMES.get(q.unit) or NAMES.get(first, first) + per + rest).lower()
    inside = [t for t in parse.tokens if q.thing and q.span.start <= t.start < q.span.end]
    words = (q.thing or "").split()
    return " ".join(next((t.lemma for t in inside if t.text == w), w) for w in words).lower() or "-"


def main(folder: str, errors: bool) -> None:
    """Print value and value+unit F1."""
    rows = json.loads((Path(folder) / "NewsQuant.json").read_text(encoding="utf-8"))
    parses = Parser().read(Document(str(n), row["text"]) for n, row in enumerate(rows))
    gold = found = hits = units = 0
    for row, parse in zip(rows, parses, strict=True):
        left = list(row["quantities"])
        preds = quantities(parse, ontology())
        gold, found = gold + len(left), found + len(preds)
        for q in preds:
            have = sorted({v for v in (q.low, q.high) if v is not None})
            same = [
                g for g in left
                if len(b := bounds(g["value"])) == len(have) and all(math.isclose(x, y, rel_tol=1e-5) for x, y in zip(b, have, strict=True))
            ]  # fmt: skip
            mine = unit(q, parse)
            best = next(
                (g for g in same if g["normalized_unit"].lower() in (mine, mine + " -")), same[0] if same else None
            )
            if best is None:
                if errors:
                    print("EXTRA", q.span.of(row["text"]), have, mine, "|", row["text"][:200])
                continue
            left.remove(best)
            hits += 1
            units += (ok := best["normalized_unit"].lower() == mine)
            if errors and not ok:
                print("UNIT", best["normalized_unit"], "|", mine, "|", q.span.of(row["text"]))
        if errors:
            for g in left:
                print("MISSED", g["value"], g["unit"], "|", row["text"][:200])
    for name, n in (("value", hits), ("value+unit", units)):
        print(f"{name:11} P {100 * n / found:.1f} R {100 * n / gold:.1f} F1 {200 * n / (found + gold):.1f}")


if __name__ == "__main__":
    main(sys.argv[1], "--errors" in sys.argv)
