"""Whose turn it is in an interview printed as questions and answers, a paragraph each."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kg.model import Form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.reading.parse import Parse
    from kg.reading.resolve.clusters import Board

LEAST: Final = 2
"""Paragraphs that ask; fewer make no interview."""


class Turn(StrEnum):
    """What a paragraph of an interview does."""

    INTRODUCES = "introduces"
    ASKS = "asks"
    ANSWERS = "answers"


def turns(parse: Parse) -> tuple[Turn, ...]:
    """Tell the turn of each paragraph; empty where the text is no interview."""
    text = parse.document.text
    asks = [span.of(text).endswith("?") for span in parse.paragraphs]
    if sum(asks) < LEAST:
        return ()
    first = asks.index(True)
    if not any(t.lower in ("you", "your") for t in parse.tokens if asks[parse.sentences[t.sent].paragraph]):
        return ()
    return tuple(
        Turn.INTRODUCES if n < first else Turn.ASKS if asking else Turn.ANSWERS for n, asking in enumerate(asks)
    )


def interviewee(board: Board, found: Sequence[Turn]) -> int | None:
    """Find the cluster of the person whom the headline and the introduction name as interviewed, or most."""
    counts: Counter[int] = Counter()
    sentences = board.parse.sentences
    told = {t.sent for t in board.tokens if t.lemma == "interview" or t.lower == "interview"}
    for c, x in enumerate(board.candidates):
        sentence = board.tokens[x.head].sent
        if found[sentences[sentence].paragraph] is not Turn.INTRODUCES:
            break
        if x.form is Form.NAME and x.kind == "Person":
            counts[board.cluster[c]] += 3 if sentence in told or sentences[sentence].paragraph == 0 else 1
    best = max(counts, key=lambda n: counts[n], default=None)
    return best if best is not None and counts[best] >= 3 else None
