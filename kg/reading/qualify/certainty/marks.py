"""The cue words of a sentence, filed under the words they bear on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.reading.qualify.certainty.walk import ARGUMENT, VERBAL, Walk

if TYPE_CHECKING:
    from kg.reading.parse import Token


DEFINITE: Final = frozenset({"the", "this", "that", "these", "those", "both", "such"})


def gather(walk: Walk, token: Token) -> None:
    """File a token under its head if it is a cue there."""
    dep, lower, head = token.dep, token.lower, token.head
    if dep in ("det", "poss", "punct", "compound"):
        if dep == "poss" or lower in DEFINITE:
            walk.of(head).definite = True
        elif lower == "any":
            walk.of(head).any = True
        elif dep == "det" and lower in walk.words.words["NegativeDeterminer"] and not idle(walk, head):
            negate(walk, token, head)
        if lower in walk.words.companions:
            walk.of(head).companions.append(token)
        return
    if dep in ("aux", "auxpass"):
        marks = walk.of(head)
        marks.aux.append(token)
        marks.to = marks.to or token.tag == "TO"
        return
    if lower in walk.words.companions:
        walk.of(head).companions.append(token)
    kinds = walk.words.marks.get(lower)
    if kinds is not None or dep == "neg":
        mark(walk, token, kinds or "Negator")


def mark(walk: Walk, token: Token, kinds: str) -> None:
    """File a cue word by the first of its kinds that its place allows."""
    dep, head = token.dep, token.head
    if "NegativePronoun" in kinds and dep not in ("preconj", "cc"):
        negate(walk, token, token.i)
    elif "Neg" in kinds and dep in ("neg", "advmod", "det", "preconj", "cc", "dep"):
        negation(walk, token)
    elif "Subordinator" in kinds and dep in ("mark", "advmod", "prep", "advcl"):
        subordinate(walk, token)
    elif "Rank" in kinds and dep == "amod":
        walk.of(head).rank = True
    elif "ExcessAdverb" in kinds and dep == "advmod":
        walk.of(head).excess = True
    elif "CertaintyAdverb" in kinds and dep == "advmod":
        walk.of(head).adverbs.append(token)
    elif "ScarceQuantifier" in kinds:
        scarce(walk, token)
    elif "CertaintyAdjective" in kinds and dep in ("amod", "compound"):
        walk.of(head).adjectives.append(token)


def negation(walk: Walk, token: Token) -> None:
    """File "not" and its kin, unless the next words take the negation away from the verb."""
    tokens, words = walk.tokens, walk.words.words
    after = tokens[token.i + 1] if token.i + 1 < len(tokens) else token
    before = tokens[token.i - 1] if token.i else token
    if after.lower in words["IdleNoun"] and after.pos not in VERBAL:
        return
    if after.lower in words["NegationFocus"] and after.sent == token.sent and after.dep != "aux":
        return
    if before.lower == "or" and before.i and tokens[before.i - 1].lower == "whether":
        return
    if token.lower in words["EllipticCondition"] and before.lower == "if" and tokens[token.head].pos in VERBAL:
        elliptic(walk, before, token)
        return
    if token.dep == "cc":
        heads = [c for c in tokens[token.head].children if tokens[c].dep == "conj" and c > token.i]
        if token.lower == "nor":
            walk.of(heads[0] if heads else token.head).negatives.append(token)
        return
    head = token.head
    if tokens[head].lower in words["NegationFocus"] and tokens[head].pos == "ADV":
        return
    if token.dep == "preconj" or (tokens[head].dep in ("nsubj", "nsubjpass") and token.i < head):
        negate(walk, token, head)
        return
    if tokens[head].dep in ("aux", "auxpass") or (tokens[head].pos == "ADV" and tokens[head].dep == "advmod"):
        head = tokens[head].head
    walk.of(head).negatives.append(token)
    if tokens[head].pos == "ADJ" and tokens[head].dep in ("acomp", "oprd") and tokens[tokens[head].head].pos in VERBAL:
        walk.of(tokens[head].head).negatives.append(token)  # "pleaded not guilty"


def idle(walk: Walk, noun: int) -> bool:
    """Tell "no matter who won" and "no wonder he left" from a negation."""
    token = walk.tokens[noun]
    return token.lower in walk.words.words["IdleNoun"] and token.dep not in ARGUMENT


def scarce(walk: Walk, token: Token) -> None:
    """File "little" under a noun that it takes back ("little hope of a deal")."""
    noun = walk.tokens[token.head]
    if token.dep == "amod" and noun.left == token.i and noun.tag == "NN":
        walk.of(noun.i).negatives.append(token)


def elliptic(walk: Walk, opener: Token, token: Token) -> None:
    """Take "if not, …" for a condition of the clause, not its negation."""
    walk.of(token.head).conditions.append(opener)


def negate(walk: Walk, token: Token, noun: int) -> None:
    """File "no" and "nothing" under the noun and under the verb it is an argument of."""
    tokens = walk.tokens
    walk.of(noun).negatives.append(token)
    head = tokens[tokens[noun].head]
    dep = tokens[noun].dep
    if dep == "pobj" and tokens[noun].lower in walk.words.words["NegativeNoun"]:
        walk.of(head.head).negatives.append(token)
    elif dep in ARGUMENT and head.pos in VERBAL:
        walk.of(head.i).negatives.append(token)


def subordinate(walk: Walk, token: Token) -> None:
    """File a clause's opener under the clause, and a condition under the verb that depends on it."""
    clause = walk.tokens[token.head]
    marks = walk.of(clause.i)
    if marks.opener is None:
        marks.opener = token
