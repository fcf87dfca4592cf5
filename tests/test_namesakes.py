"""Namesakes told apart by what stands beside them: precision first, from raw text to nodes."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.reading.parse import Parser
from tests.bench.namesakes import CASES, pairs, scores

FLOORS = {
    "namesakes": (0.99, 0.94),
    "namesakes-unseen": (0.99, 0.77),
    "namesakes-third": (0.99, 0.70),
    "namesakes-fourth": (0.99, 0.81),
    "namesakes-fifth": (0.90, 0.73),
    "namesakes-sixth": (0.95, 0.62),
    "namesakes-seventh": (0.93, 0.66),
    "namesakes-eighth": (0.95, 0.52),
    "namesakes-ninth": (0.95, 0.55),
    "namesakes-tenth": (0.99, 0.57),
}
"""Precision and recall of each file."""


LATER = ("seventh", "eighth", "ninth", "tenth")
CASED = [
    pytest.param(path, marks=pytest.mark.slow if path.stem.endswith(LATER) else (), id=path.stem) for path in CASES
]


@pytest.mark.parametrize("path", CASED)
def test_namesakes_stay_apart(path: Path, parser: Parser) -> None:
    found = pairs(path, parser)
    assert len(found) >= 100
    wrong = [f"{a.document.text} | {b.document.text}" for a, b, one in found if one and a.who != b.who]
    precision, recall = scores(found)
    assert precision >= FLOORS[path.stem][0], wrong
    assert recall >= FLOORS[path.stem][1]
