"""How likely a finding is right: logistic regressions on rules and shapes, their weights plain numbers in a file.

Three rankers: `chained` and `nary` for the plain extractions of `kg extract`, `claim` for the claims of the graph.
`tests/bench/fit.py` and `tests/bench/fit_claims.py` fit them on development data; `tests/bench/RESULTS-oie.md` and
`RESULTS-confidence.md` say how well what is told agrees with what is right.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kg.reading.extract import BareClaim
    from kg.reading.parse import Parse, Token

LEAST: Final = 0.2
"""Chained extractions below this confidence are not worth telling: the best F1 in cross-validation."""


@cache
def weights() -> dict[str, dict[str, float]]:
    """Load the fitted weights, by ranker and feature."""
    loaded: dict[str, dict[str, float]] = json.loads(
        (Path(__file__).parent / "confidence.json").read_text(encoding="utf-8")
    )
    return loaded


def confidence(ranker: str, features: Iterable[str]) -> float:
    """Probability that a finding with these features is right."""
    known = weights().get(ranker, {})
    total = known.get("bias", 0.0) + sum(map(known.get, features, repeat(0.0)))
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def claim_confidence(parse: Parse, bare: BareClaim) -> float:
    """Probability that a claim's relation, subject and object are rightly read."""
    return confidence("claim", claim_features(parse, bare))


def claim_features(parse: Parse, bare: BareClaim) -> list[str]:
    """What the ranker looks at: rule, parts of speech, and how far apart and how entangled the pieces are."""
    tokens = parse.tokens
    predicate = tokens[bare.predicate]
    sentence = parse.sentences[predicate.sent]
    family, _, how = bare.rule.partition(":")
    found = [
        f"family:{family}",
        f"rule:{bare.rule}",
        f"how:{how}",
        f"tag:{predicate.tag}",
        f"dep:{predicate.dep}",
        f"arguments:{min(len(bare.arguments), 3)}",
        f"length:{min(sentence.end - sentence.first, 60) // 10}",
        f"words:{min(len(bare.words), 3)}",
        f"copula:{predicate.lemma == 'be'}",
    ]
    if bare.subject is None:
        found.append("subject:none")
    else:
        found += _slot("subject", tokens, predicate, bare.subject.head)
    if bare.object is None:
        found.append("object:none")
    elif isinstance(bare.object, int):
        found.append("object:claim")
    else:
        found += _slot("object", tokens, predicate, bare.object.head)
        found.append(f"family:{family}:{tokens[bare.object.head].dep}")
    return found


def _slot(slot: str, tokens: tuple[Token, ...], predicate: Token, head: int) -> Iterable[str]:
    token = tokens[head]
    gap = head - predicate.i
    yield f"{slot}:{token.pos}"
    yield f"{slot}_dep:{token.dep}"
    yield f"{slot}_name:{token.ent or '-'}"
    yield f"{slot}_gap:{'-' if gap < 0 else '+'}{min(abs(gap), 32).bit_length()}"
    yield f"{slot}_held:{token.head == predicate.i}"
