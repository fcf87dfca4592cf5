"""Whose turn it is in an interview printed as questions and answers, a paragraph each."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kg.model import Form

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from kg.reading.parse import Parse
    from kg.reading.resolve.clusters import Board
    from kg.reading.resolve.lexicon import Lexicon

LEAST: Final = 2
"""Paragraphs that end in a question; fewer make no interview."""
_LONG: Final = 60
"""Words: who asks is seldom longer."""


class Turn(StrEnum):
    """What a paragraph of an interview does."""

    INTRODUCES = "introduces"
    ASKS = "asks"
    ANSWERS = "answers"


def turns(parse: Parse, words: Lexicon, quoted: Collection[int]) -> tuple[Turn, ...]:
    """Tell the turn of each paragraph; empty where the text is no interview. `quoted` are tokens in quotation marks."""
    text = parse.document.text
    size = len(parse.paragraphs)
    asks = [span.of(text).rstrip("\"”'’").endswith("?") for span in parse.paragraphs]
    if sum(asks) < LEAST:
        return ()
    mine, yours, long = [0] * size, [0] * size, [0] * size
    for token in parse.tokens:
        paragraph = parse.sentences[token.sent].paragraph
        long[paragraph] += 1
        if token.tag in ("PRP", "PRP$") and token.i not in quoted:
            person = words.pronouns[token.lower].person if token.lower in words.pronouns else ""
            mine[paragraph] += person == "1"
            yours[paragraph] += person == "2"
    if not any(yours):
        return ()
    first = next(n for n in range(size) if asks[n] or (n and (mine[n] or yours[n])))
    return tuple(
        Turn.INTRODUCES
        if n < first
        else Turn.ASKS
        if 2 * asks[n] + min(2, yours[n]) - min(3, mine[n]) - (long[n] > _LONG) > 0
        else Turn.ANSWERS
        for n in range(size)
    )


def interviewee(board: Board, found: Sequence[Turn]) -> int | None:
    """Find the cluster of the person whom headline and introduction name as interviewed, or name most, or alone."""
    counts: Counter[int] = Counter()
    met = False
    tokens, sentences = board.tokens, board.parse.sentences
    for c, x in enumerate(board.candidates):
        paragraph = sentences[tokens[x.head].sent].paragraph
        if found[paragraph] is not Turn.INTRODUCES:
            break
        if x.form is Form.NAME and x.kind == "Person" and (x.end - x.first > 1 or board.cluster[c] in counts):
            here = _met(board, x.head)
            met = met or here
            counts[board.cluster[c]] += 4 if here else 2 if paragraph == 0 else 1
    best = max(counts, key=lambda n: counts[n], default=None)
    if best is None or not (met or _told(board, found)):  # columns ask questions too
        return None
    return best if counts[best] >= 3 or len(counts) == 1 else None


def _told(board: Board, found: Sequence[Turn]) -> bool:
    """Tell whether headline or introduction speak of an interview."""
    sentences = board.parse.sentences
    return any(
        not board.words.interviews.isdisjoint((t.lower, t.lemma))
        and found[sentences[t.sent].paragraph] is Turn.INTRODUCES
        for t in board.tokens
    )


def several(board: Board, found: Sequence[Turn]) -> bool:
    """Tell answers of more than one person, or for a body: they say "we" more than "I"."""
    counts: Counter[str] = Counter()
    for x in board.candidates:
        sentence = board.parse.sentences[board.tokens[x.head].sent]
        if x.person == "1" and found[sentence.paragraph] is Turn.ANSWERS:
            counts[x.number] += 1
    return counts["plural"] > 2 * counts["singular"]


def _met(board: Board, head: int) -> bool:
    """Tell whom somebody interviewed, or spoke with or to."""
    token = board.tokens[head]
    while token.dep == "appos":
        token = board.tokens[token.head]
    verb = board.tokens[token.head]
    if token.dep == "pobj" and verb.lower in ("with", "to", "by"):
        verb = board.tokens[verb.head]
    elif token.dep not in ("dobj", "nsubjpass"):
        return False
    return verb.lemma in board.words.meeting
