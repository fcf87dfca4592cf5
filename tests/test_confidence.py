"""Confidence ranks: what is plainly said above what is found by a longer way; every claim and extraction has one."""

from __future__ import annotations

import math

import pytest

from kg.model import Document, Reading
from kg.reading.confidence import confidence, weights
from kg.reading.parse import Parser
from kg.reading.pipeline import read
from kg.reading.render import Style, extract_lines

TEXT = (
    "The council approved the plan on Monday. Acme Corp., a maker of boats in Bergen, denied that it had failed to pay "
    "its debts, and Mr Weir, who runs the port, said the deployment of 300 guards by the firm could be delayed if the "
    "talks, which were to open in May, broke down. NATO spokesman Jan Dahl left."
)


@pytest.fixture(scope="module")
def reading(parser: Parser) -> Reading:
    [found] = read([Document("d", TEXT)], parser)
    return found


def test_every_claim_is_told_with_its_own_confidence(reading: Reading) -> None:
    told = [claim.confidence for claim in reading.claims]
    assert all(0.0 < sure < 1.0 for sure in told)
    assert len(set(told)) > len(told) / 2


RANKED = [
    ("The council approved the plan.", "The boats the council the plan approved for were the sold approved."),
    ("Acme bought Norvik in 1999.",
     "Having bought, as critics of the board who met in Oslo and Bergen later put it, with money that was not its "
     "own, the smaller of the two rivals, the firm, in the view of most, fell."),
]  # fmt: skip


@pytest.mark.parametrize(("plain", "tangled"), RANKED)
def test_a_plain_sentence_is_surer_than_a_tangled_one(parser: Parser, plain: str, tangled: str) -> None:
    def mean(text: str) -> float:
        [found] = read([Document("d", text)], parser)
        return sum(claim.confidence for claim in found.claims) / len(found.claims)

    assert mean(plain) > mean(tangled) + 0.03


@pytest.mark.parametrize("style", list(Style))
def test_extractions_have_one_too(parser: Parser, style: Style) -> None:
    told = [found.confidence for found in extract_lines([TEXT], style, parser)]
    assert len(set(told)) > 1
    assert all(0.0 < sure < 1.0 for sure in told)


def test_weights_are_plain_numbers_for_each_ranker() -> None:
    assert set(weights()) == {"chained", "nary", "claim"}
    for known in weights().values():
        assert "bias" in known
        assert all(math.isfinite(weight) and abs(weight) < 5 for weight in known.values())


def test_an_unknown_feature_changes_nothing() -> None:
    assert confidence("claim", ["family:verb", "no:such"]) == confidence("claim", ["family:verb"])


def test_confidence_is_the_logistic_of_the_sum() -> None:
    known = weights()["claim"]
    total = known["bias"] + known["family:verb"]
    assert confidence("claim", ["family:verb"]) == pytest.approx(1 / (1 + math.exp(-total)))
