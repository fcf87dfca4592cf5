"""What a conjunct shares with the first of its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.reading.qualify.certainty.signatures import apply, circumstance_of
from kg.reading.qualify.certainty.walk import FINITE, NONE, SUBJECT, VERBAL, Marks, Verdict, Walk

if TYPE_CHECKING:
    from kg.reading.parse import Token


TENSED: Final = frozenset({"VBD", "VBZ", "VBP", "MD"})


def conjoined(walk: Walk, token: Token, head: Token) -> Verdict:
    """A conjunct: under what the first stands under, and under its auxiliaries too if it has none."""
    marks = walk.marks.get(token.i, NONE)
    if token.i in walk.adopted:
        return walk.context[walk.adopted[token.i]]
    if is_finite(walk, token, marks):
        head = finite_above(walk, head)
    for c in head.children:
        if head.i < c < token.i and walk.tokens[c].dep == "cc":
            circumstance = circumstance_of(walk, walk.tokens[c])
            if circumstance is not None:
                outer = walk.own[head.i]._replace(negative=False)
                return apply(walk, token, outer, circumstance, None, walk.tokens[c])
    if token.pos not in VERBAL:
        own, context = walk.own[head.i], walk.context[head.i]
        if not own.negative:
            return context
        return context._replace(negative=False) if contrasts(walk, token, head) else own
    if not shares(walk, token, marks):
        loose = token.tag == "VBG" and head.tag == "VB"  # "met to talk, offering help"
        return walk.own[finite_above(walk, head).i]._replace(negative=False) if loose else walk.context[head.i]
    own = walk.own[head.i]
    if own.negative and contrasts(walk, token, head):
        return own._replace(negative=walk.context[head.i].negative)
    return own


def shares(walk: Walk, token: Token, marks: Marks) -> bool:
    """Whether a conjoined verb stands under the first one's auxiliaries."""
    if marks.aux or token.tag in FINITE:
        return False
    head = walk.tokens[token.head]
    if token.tag == "VB" or token.tag == head.tag:
        return not any(walk.tokens[c].dep in SUBJECT for c in token.children)
    return False


def finite_above(walk: Walk, verb: Token) -> Token:
    """The verb itself if it is finite, else the one it hangs on."""
    while not is_finite(walk, verb, walk.marks.get(verb.i, NONE)) and verb.dep in ("xcomp", "advcl", "conj"):
        verb = walk.tokens[verb.head]
    return verb


def is_finite(walk: Walk, token: Token, marks: Marks) -> bool:
    """Whether the verb group carries a tense or a modal."""
    return token.tag in FINITE or any(a.tag in TENSED for a in marks.aux)


def contrasts(walk: Walk, token: Token, head: Token) -> bool:
    """Whether "but" sets the conjunct against the first."""
    return any(walk.tokens[c].lower == "but" for c in range(head.i + 1, token.i) if walk.tokens[c].dep == "cc")
