"""What a text says of a name that only a place, a team or a vessel is, has or does.

"The mayor of York", "flown to Darwin"; "Kosovo drew 1-1 with Albania in Pristina"; "the Estonia sank". A place for its
people is the commonest metonymy of place names: Markert and Nissim 2007, "SemEval-2007 Task 08".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kg.reading.parse import Parse, Token
from kg.reading.resolve.lexicon import Lexicon

_INSIDE: Final = frozenset(("in", "near", "outside"))
"""Words before a name that is a place's."""
_SCORE: Final = re.compile(r"\b\d{1,3} ?[-–] ?\d{1,3}\b(?! ?[-–])")
_ENOUGH: Final = 3
"""Words of sport that make a whole text one on sport; a single one or a score makes its sentence."""
_AGAINST: Final = frozenset(("against", "with", "to", "by", "over", "past", "at"))
_SUBJECTS: Final = ("nsubj", "nsubjpass")


def inside(tokens: Sequence[Token], first: int) -> bool:
    """Tell a name that stands behind a word for where something is: "in Liverpool"."""
    return first > 0 and tokens[first - 1].lower in _INSIDE


def has_parts(tokens: Sequence[Token], first: int, end: int, words: Lexicon) -> bool:
    """Tell a place by what only places have: "the mayor of York", "residents of Nokia"."""
    before = _before(tokens, first, end)
    return before is not None and before.lower == "of" and tokens[before.head].lemma in words.placing


def is_reached(tokens: Sequence[Token], first: int, end: int, words: Lexicon) -> bool:
    """Tell what is likely to be a place: "off Sabah", "flown to Darwin", "officials in Sabah"."""
    before = _before(tokens, first, end)
    if before is None:
        return False
    above = tokens[before.head].lemma
    if before.lower in ("to", "into", "from"):
        return above in words.travelling
    if before.lower == "in":
        return before.head == before.i - 1 and words.kinds.get(above, ("",))[0] == "Person"
    return before.lower == "off"


def _before(tokens: Sequence[Token], first: int, end: int) -> Token | None:
    """Give the preposition that a name hangs on, if it stands right before it."""
    head = tokens[end - 1]
    return tokens[first - 1] if first and head.dep == "pobj" and head.head == first - 1 else None


def sails(tokens: Sequence[Token], first: int, end: int, words: Lexicon) -> bool:
    """Tell a vessel: "aboard the Kursk", "the captain of the Vincennes", "the Estonia sank"."""
    head, articled = tokens[end - 1], first > 0 and tokens[first - 1].lower == "the"
    before = tokens[first - 1 - articled] if first > articled else None
    above = tokens[head.head]
    if head.tag == "NNPS":
        return False  # "the captain of the Rangers"
    if head.dep == "pobj" and before is not None and above.i == before.i:
        return before.lower == "aboard" or (articled and tokens[above.head].lemma in words.crew)
    by_much = any(tokens[c].dep == "npadvmod" or (tokens[c].dep == "dobj" and c != head.i) for c in above.children)
    does = (head.dep in _SUBJECTS and not by_much) or (head.dep == "dobj" and above.lemma == "sink")
    return articled and does and above.lemma in words.sailing


def entitled(tokens: Sequence[Token], names: Sequence[tuple[int, int, str]], words: Lexicon) -> frozenset[str]:
    """Find the keys of names that peers have from a place: "the Duke of Wellington", if nothing is in Wellington."""
    had = [(tokens[first - 2], tokens[first - 1], key) for first, _, key in names if first > 1]
    peers = {key for title, of, key in had if of.lower == "of" and title.lower in words.peers}
    return frozenset(peers - _lying(tokens, names))


def fielded(parse: Parse, words: Lexicon, names: Sequence[tuple[int, int, str]]) -> frozenset[str]:
    """Find the keys of teams that go by their places, but for those in which something lies or happens.

    Of names as first token, end and key: "Kosovo drew 1-1 with Albania", "the Liverpool striker", not "in Liverpool".
    """
    sporting, tokens = frozenset(_sporting(parse, words)), parse.tokens
    if not sporting:
        return frozenset()
    heads = [(tokens[end - 1], key) for _, end, key in names]
    manned = {key for head, key in heads if head.dep == "compound" and tokens[head.head].lemma in words.sporting}
    playing = {key for head, key in heads if head.sent in sporting and _plays(tokens, head, words)}
    return frozenset((manned | playing) - _lying(tokens, names))


def _lying(tokens: Sequence[Token], names: Sequence[tuple[int, int, str]]) -> set[str]:
    return {key for first, _, key in names if inside(tokens, first)}


def _sporting(parse: Parse, words: Lexicon) -> Iterator[int]:
    """Find the sentences that are about sport."""
    said, found = set[str](), list[int]()
    for n, sentence in enumerate(parse.sentences):
        tokens = parse.tokens[sentence.first : sentence.end]
        if any(token.lemma in words.hosting for token in tokens):
            continue
        here = {token.lemma.lower() for token in tokens if token.pos in ("NOUN", "PROPN")} & words.sport
        said |= here
        if here or any(_SCORE.search(parse.document.text, t.start, t.end + 6) for t in tokens if t.tag == "CD"):
            found.append(n)
    yield from range(len(parse.sentences)) if len(said) >= _ENOUGH else found


def _plays(tokens: Sequence[Token], head: Token, words: Lexicon) -> bool:
    """Tell a name that plays or is played against."""
    while head.dep == "conj":
        head = tokens[head.head]
    above = tokens[head.head]
    if head.dep in _SUBJECTS:
        rival = any(tokens[c].pos == "PROPN" and tokens[c].dep in ("dobj", "npadvmod") for c in above.children)
        return above.lemma in words.playing or (rival and above.lemma in words.beating)
    if head.dep == "pobj" and above.lower in _AGAINST:
        return tokens[above.head].lemma.lower() in words.playing | words.contests
    return above.lemma in words.beating
