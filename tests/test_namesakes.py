"""Namesakes told apart by what stands beside them: precision first, from raw text to nodes."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.reading.parse import Parser
from tests.bench.namesakes import CASES, pairs, scores

RECALL = {"namesakes": 0.94, "namesakes-unseen": 0.80}


@pytest.mark.parametrize("path", [path for path in CASES if path.stem in RECALL], ids=lambda path: path.stem)
def test_namesakes_stay_apart(path: Path, parser: Parser) -> None:
    found = pairs(path, parser)
    assert len(found) >= 300
    wrong = [f"{a.document.text} | {b.document.text}" for a, b, one in found if one and a.who != b.who]
    precision, recall = scores(found)
    assert precision >= 0.97, wrong
    assert recall >= RECALL[path.stem]
