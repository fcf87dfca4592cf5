"""Noun phrases: their extent, their concise core, and what is coordinated with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kg.reading.parse import Token

_NONE: Final = frozenset(("nothing", "nobody", "none"))
NOMINAL: Final = frozenset(("NOUN", "PROPN", "PRON", "NUM"))
_STOPS: Final = frozenset(("cc", "conj", "appos", "preconj"))
_QUOTES: Final = frozenset("\"'`“”‘’()[]") | {"``", "''", "-LRB-", "-RRB-"}


def conjuncts(tokens: tuple[Token, ...], head: int) -> tuple[int, ...]:
    """A head noun and those coordinated with it, in order: "Kosovo, Serbia and Montenegro"."""
    found = [head]
    at: int | None = head
    while at is not None:
        following = [
            c
            for c in tokens[at].children
            if c > at and tokens[c].pos not in ("VERB", "AUX") and (tokens[c].dep == "conj" or _beside(tokens, c))
        ]
        if following and _excepts(tokens, head, at):
            break
        if not following and at == head and tokens[head].tag not in ("NNS", "NNPS"):
            for c in tokens[head].children:
                if c > head and tokens[c].dep == "appos":
                    following = [g for g in tokens[c].children if tokens[g].dep == "conj" and tokens[g].pos in NOMINAL]
        found.extend(following)
        at = following[-1] if following else None
    return tuple(found)


def _beside(tokens: tuple[Token, ...], c: int) -> bool:
    """Tell a coordination taken for an apposition: "3 points or more than 2 percent"."""
    return tokens[c].dep in ("appos", "nummod") and tokens[tokens[c].left].dep == "cc"


def _excepts(tokens: tuple[Token, ...], head: int, at: int) -> bool:
    """Tell an exception from a list: "no one but the police", "nothing but trouble"."""
    none = tokens[head].lower in _NONE or any(tokens[c].lower == "no" for c in tokens[head].children if c < head)
    return none and any(tokens[c].dep == "cc" and tokens[c].lower == "but" for c in tokens[at].children)


def glued(tokens: tuple[Token, ...], i: int) -> int:
    """Last token of what is written without a space from a token on: "Plus" is not in, "-For" is."""
    last = len(tokens) - 1
    while (
        i + 2 <= last
        and tokens[i + 1].text in ("-", "/")
        and tokens[i].end == tokens[i + 1].start
        and tokens[i + 1].end == tokens[i + 2].start
        and tokens[i + 2].text[:1].isalnum()
    ):
        i += 2
    return i


def extent(tokens: tuple[Token, ...], head: int) -> tuple[int, int]:
    """A noun phrase from its determiner to its last modifier, without conjuncts, appositions and relative clauses."""
    token = tokens[head]
    first = head
    for child in token.children:
        if child > head:
            break
        if tokens[child].dep in ("cc", "preconj") or (tokens[child].dep == "punct" and first == head == child + 1):
            continue
        if tokens[child].dep == "appos":
            continue
        left = tokens[child].left
        first = min(first, left)
        if tokens[child].dep in ("cc", "punct", "preconj") and child == first and child + 1 <= head:
            first = child + 1
    while first < head and (
        tokens[first].dep in ("punct", "cc", "preconj") and tokens[first].text not in ("$", "£", "€")
    ):
        first += 1
    end = glued(tokens, head) + 1
    for child in token.children:
        if child < end:
            continue
        other = tokens[child]
        if (
            other.dep in _STOPS
            or other.dep in ("relcl", "advcl")
            or _beside(tokens, child)
            or (other.dep == "punct" and other.lower in (",", ";", ":", "-", "--"))
        ):
            break
        if other.dep == "punct" and other.right + 1 > token.right:
            break
        end = max(end, other.right + 1)
    while end > head + 1 and tokens[end - 1].pos == "PUNCT" and tokens[end - 1].text not in (".",):
        end -= 1
    return first, end


QUANTIFIERS: Final = frozenset(
    ("any", "some", "one", "many", "most", "all", "each", "none", "both", "half", "few", "several", "hundreds",
     "thousands", "dozens", "scores", "millions", "billions", "two", "three", "four", "five",
     "six", "much", "majority", "number")
)  # fmt: skip
"""Heads that name nothing without what follows: "hundreds of refugees"."""
_CORE: Final = frozenset(("amod", "compound", "nummod", "quantmod", "nmod", "advmod", "npadvmod", "punct"))


def core(tokens: tuple[Token, ...], head: int) -> tuple[int, int]:
    """A noun with the words that belong to its name: "ground troops" of "the ground troops in Kosovo"."""
    first = head
    for child in reversed(tokens[head].children):
        if child > head:
            continue
        other = tokens[child]
        if other.dep not in _CORE or other.right + 1 != first or other.text in _QUOTES:
            break
        first = other.left
    while first < head and (tokens[first].dep == "punct" or tokens[first].tag == "WRB"):
        first += 1
    if tokens[head].lower in QUANTIFIERS:
        for c in tokens[head].children:
            if c == head + 1 and tokens[c].lower == "of":
                of = next((g for g in tokens[c].children if tokens[g].dep == "pobj"), None)
                if of is not None:
                    return first, core(tokens, of)[1]
    for c in tokens[head].children:
        if tokens[c].dep == "appos" and tokens[c].pos == "PROPN" and tokens[c].left == head + 1:
            return first, core(tokens, c)[1]  # "flag carrier Aeroflot"
    if tokens[head].tag == "VBG":
        thing = next((c for c in tokens[head].children if c > head and tokens[c].dep == "dobj"), None)
        return head, core(tokens, thing)[1] if thing is not None else head + 1
    end = glued(tokens, head) + 1
    numbered = tokens[head].pos == "PROPN" and end in tokens[head].children and tokens[end].dep == "nummod"
    return first, end + numbered  # "Windows 95"


def small_subject(tokens: tuple[Token, ...], adjective: Token) -> int | None:
    """Subject of an adjective that has one of its own: "(makes) people wary of giving up"."""
    if adjective.pos != "ADJ":
        return None
    return next((c for c in adjective.children if tokens[c].dep == "nsubj"), None)
