"""How likely an extraction is right: a logistic regression on rules and shapes, its weights plain numbers in a file.

`tests/bench/fit.py` fits the weights on the development halves of BenchIE (chained) and CaRB (nary).
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

LEAST: Final = 0.2
"""Chained extractions below this confidence are not worth telling: the best F1 in cross-validation."""


@cache
def weights() -> dict[str, dict[str, float]]:
    """Load the fitted weights, by style and feature."""
    loaded: dict[str, dict[str, float]] = json.loads(
        (Path(__file__).parent / "confidence.json").read_text(encoding="utf-8")
    )
    return loaded


def confidence(style: str, features: Iterable[str]) -> float:
    """Probability that an extraction with these features is right."""
    known = weights().get(style, {})
    total = known.get("bias", 0.0) + sum(known.get(feature, 0.0) for feature in features)
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))
