"""Namesakes told apart by what stands beside them: precision first, from raw text to nodes."""

from __future__ import annotations

from kg.reading.parse import Parser
from tests.bench.namesakes import CASES, pairs, scores


def test_namesakes_stay_apart(parser: Parser) -> None:
    found = pairs(CASES[0], parser)
    assert len(found) >= 200
    wrong = [f"{a.document.text} | {b.document.text}" for a, b, one in found if one and a.who != b.who]
    precision, recall = scores(found)
    assert precision >= 0.99, wrong
    assert recall >= 0.90
