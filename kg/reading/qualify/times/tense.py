"""Whether the verb an expression of time stands with looks back or ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kg.reading.parse import Parse, Token
    from kg.reading.qualify.times.grammar import Words

_DEADLINES: Final = frozenset(["by", "until", "till"])
_MODALS: Final = frozenset(
    ["will", "'ll", "’ll", "wo", "would", "shall", "should", "can", "could", "ca", "may", "might", "must"]
)


def direction(parse: Parse, i: int, known: Words) -> int:
    """Say -1 if the governing verb of a token is past, +1 if it looks ahead, 0 if it is present or there is none."""
    tokens = parse.tokens
    if tokens[i].dep in ("compound", "nmod", "poss") and tokens[i].head > i:
        return 0  # "the December figures"
    at, until = i, tokens[i].dep == "pobj" and tokens[tokens[i].head].lower in _DEADLINES
    for _ in range(40):
        token = tokens[i]
        if token.pos in ("VERB", "AUX") and token.dep not in ("amod", "compound"):
            found = _of_verb(parse, token, at, known)
            if found is not None:
                return found or int(until)  # "is due by Friday"
        if token.head == i:
            return int(until)
        i = token.head
    return 0


def _of_verb(parse: Parse, verb: Token, at: int, known: Words) -> int | None:
    """Direction of one verb for a time at a token; None where its head decides (participles, infinitives)."""
    tokens = parse.tokens
    helpers = [tokens[c] for c in verb.children if tokens[c].dep in ("aux", "auxpass")]
    lowers = {t.lower for t in helpers}
    if lowers & _MODALS:
        return -1 if verb.tag == "VBN" and "have" in lowers else 1
    if "to" in lowers:
        head = tokens[verb.head]
        planned = head.lemma in known.ahead
        if planned and any(tokens[c].lower == "had" for c in (*head.children, *tokens[head.head].children)):
            return -1
        return 1 if planned or head.i == verb.i else None
    tags = {t.tag for t in helpers}
    if verb.lemma in known.scheduling and verb.tag in ("VBD", "VBN") and verb.i < at and "had" not in lowers:
        return 1
    if verb.tag == "VBD" or "VBD" in tags:
        return -1
    if verb.tag == "VBN":
        return -1 if not helpers or lowers & {"has", "have", "had", "'ve", "'s"} else 0
    if verb.tag == "VBG":
        return 1 if tags & {"VBZ", "VBP"} else None
    return 0 if verb.tag in ("VBZ", "VBP") else None
