"""How far a reader takes an event for a fact: the verdict and its cues as one number from -3 to 3.

The scale is that of Saurí and Pustejovsky 2009 as Lee et al. 2015 put it to readers: 3 it surely happened or will, -3
it surely did not, 0 open. The categories say what the words mean; this says what readers make of them, who take what is
planned or feared further than grammar does. A linear model on closed features, its weights plain numbers in a file that
`tests/bench/factuality.py` fits.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from kg.model import Span
    from kg.reading.parse import Parse, Token
    from kg.reading.qualify.certainty import Verdict

Feature = tuple[str, ...]

WEIGHTS: Final = Path(__file__).with_suffix(".json")
_BIAS: Final = ("bias",)
_STATES: Final = (("+0", "+1", "+2", "+3"), ("-0", "-1", "-2", "-3"))
_GROUP: Final = frozenset(("aux", "auxpass", "neg"))
_PLACES: Final = {
    **dict.fromkeys((*_GROUP, "det", "mark", "advmod", "prt", "preconj", "cc", "poss"), "child"),
    **dict.fromkeys(("nsubj", "nsubjpass"), "subject"),
    **dict.fromkeys(("dobj", "attr", "acomp"), "object"),
}


class Model(NamedTuple):
    """Weights by feature, and the values that fall on the borders -1 and 1 of the three classes."""

    weights: dict[Feature, float]
    low: float
    high: float


@cache
def model() -> Model:
    """Load the fitted weights once."""
    found = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return Model({tuple(f.split(" ")): w for f, w in found["weights"].items()}, *found["cuts"])


def factuality(parse: Parse, verdicts: tuple[Verdict, ...], i: int) -> float:
    """Rate the event of one token, from -3 (surely not) over 0 (open) to 3 (surely so)."""
    weights, low, high = model()
    known = weights.get
    value = sum([known(f, 0.0) for f in features(parse, verdicts, i)])
    if value >= high:
        value = 1.0 + (value - high) * 2.0 / (3.0 - high)
    elif value <= low:
        value = -1.0 - (low - value) * 2.0 / (3.0 + low)
    else:
        value = -1.0 + 2.0 * (value - low) / (high - low)
    return round(max(-3.0, min(3.0, value)), 2)


def features(parse: Parse, verdicts: tuple[Verdict, ...], i: int) -> list[Feature]:
    """Describe a token's event: its verdict, its cues, the words of its group, its place in the tree."""
    tokens = parse.tokens
    token, verdict = tokens[i], verdicts[i]
    dep, head = token.dep, tokens[token.head]
    state = _state(verdict)
    found: list[Feature] = [
        _BIAS,
        ("state", state),
        ("modality", state, verdict.modality),
        ("pos", state, token.pos),
        ("dep", state, dep),
        ("tense", state, verdict.tense),
        ("above", state, _state(verdicts[head.i])),
        ("place", dep, token.tag),
    ]
    if verdict.condition is not None:
        found.append(("condition", state))
    if verdict.antecedent:
        found.append(("antecedent", token.pos))
    if token.children:
        _children(tokens, token, state, found)
    if verdict.cues:
        _cues(parse, verdict, state, found)
    if head.i != i:
        found.append(("up", state, dep, head.pos))
        above = tokens[head.head]
        if above.i != head.i:
            found += ("up", dep, head.dep, above.pos), ("path", dep, head.dep, above.dep)
    return found


def _state(verdict: Verdict) -> str:
    return _STATES[verdict.negative][verdict.level]


def _children(tokens: tuple[Token, ...], token: Token, state: str, found: list[Feature]) -> None:
    """Add the function words of a group, and what kind its subject and object are of."""
    group = ["group", token.tag]
    for c in token.children:
        child = tokens[c]
        place = _PLACES.get(child.dep)
        if place == "child":
            found.append(("child", child.dep, child.lower))
            if child.dep in _GROUP:
                group.append(child.lower)
        elif place is not None:
            found.append((place, child.lower if child.pos in ("PRON", "DET") else child.pos))
            for d in child.children:
                if tokens[d].dep in ("det", "neg"):
                    found.append((place, "of", tokens[d].lower, state))
    found.append(tuple(group))


def _cues(parse: Parse, verdict: Verdict, state: str, found: list[Feature]) -> None:
    """Add the words the verdict rests on."""
    lemmas = [_lemma(parse, cue.span) for cue in verdict.cues]
    found += [(cue.kind, lemma) for cue, lemma in zip(verdict.cues, lemmas, strict=True)]
    found += [("earlier", lemma, state) for lemma in lemmas[:-1]]
    found += ("last", lemmas[-1], state), ("cues", str(min(len(lemmas), 4)))
    if len(lemmas) > 1:
        found.append(("pair", lemmas[-2], lemmas[-1]))


def _lemma(parse: Parse, span: Span) -> str:
    tokens = parse.tokens
    return tokens[min(bisect_left(tokens, span.start, key=lambda t: t.start), len(tokens) - 1)].lemma
