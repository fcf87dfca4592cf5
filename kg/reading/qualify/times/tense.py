"""Whether the verb an expression of time stands with looks back or ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kg.reading.parse import Parse, Token

_AHEAD: Final = frozenset(
    [
        "plan",
        "schedule",
        "expect",
        "intend",
        "set",
        "hope",
        "agree",
        "want",
        "due",
        "propose",
        "aim",
        "prepare",
        "promise",
        "vow",
        "pledge",
        "plot",
        "ready",
        "likely",
        "poise",
        "seek",
    ]
)
"""Lemmas whose infinitive lies ahead of them: "was scheduled to meet Monday"."""
_MODALS: Final = frozenset(
    ["will", "'ll", "’ll", "wo", "would", "shall", "should", "can", "could", "ca", "may", "might", "must"]
)


def direction(parse: Parse, i: int) -> int:
    """Say -1 if the governing verb of a token is past, +1 if it looks ahead, 0 if it is present or there is none."""
    tokens = parse.tokens
    for _ in range(40):
        token = tokens[i]
        if token.pos in ("VERB", "AUX") and token.dep not in ("amod", "compound"):
            found = _of_verb(parse, token)
            if found is not None:
                return found
        if token.head == i:
            return 0
        i = token.head
    return 0


def _of_verb(parse: Parse, verb: Token) -> int | None:
    """Direction of one verb; None where its head decides (participles, infinitives)."""
    tokens = parse.tokens
    helpers = [tokens[c] for c in verb.children if tokens[c].dep in ("aux", "auxpass")]
    lowers = {t.lower for t in helpers}
    if lowers & _MODALS:
        return -1 if verb.tag == "VBN" and "have" in lowers else 1
    if "to" in lowers:
        head = tokens[verb.head]
        return 1 if head.lemma in _AHEAD or head.i == verb.i or head.pos == "NOUN" else None
    tags = {t.tag for t in helpers}
    if verb.tag == "VBD" or "VBD" in tags:
        return -1
    if verb.tag == "VBN":
        return -1 if not helpers or lowers & {"has", "have", "had", "'ve", "'s"} else 0
    if verb.tag == "VBG":
        return 1 if tags & {"VBZ", "VBP"} else None
    return 0 if verb.tag in ("VBZ", "VBP") else None
