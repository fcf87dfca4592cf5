"""Who a speaking pronoun is where the discourse of speech itself says so, whatever stands nearer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.reading.parse import Parse
from kg.reading.speech.lexicon import Act, Lexicon
from kg.reading.speech.syntax import SUBJECTS

if TYPE_CHECKING:
    from kg.reading.speech.frames import Frame

_PERSONS: Final = frozenset(("he", "she", "they"))
_GOES_ON: Final = _PERSONS | {"it"}
_NEAR: Final = 3
"""Sentences after which a speaker no longer speaks through the same text."""


def continued(parse: Parse, found: list[Frame], words: Lexicon) -> list[Frame]:
    """Point "it" and "he" to the one who goes on speaking.

    Three signs are followed: a participle's "it" is the subject of its main clause ("Publishing what it said was a
    draft, the paper …"); "he added" is the last speaker; "It also proposed" after a text that spoke is that text,
    still under whoever quoted it.
    """
    tokens = parse.tokens
    out: list[Frame] = []
    speaker: Frame | None = None
    text: Frame | None = None
    for frame in found:
        head = frame.source_head
        if head is not None and tokens[head].pos == "PRON" and frame.source is not None:
            outer = _main_subject(parse, head)
            near = tokens[head].sent
            if outer is not None:
                frame = replace(frame, source_head=outer)
            elif frame.force == "adds" and tokens[head].lower in _PERSONS and _recent(parse, speaker, near):
                frame = replace(frame, source_head=speaker.source_head if speaker else None)
            elif text is not None and _resumes(parse, frame, head) and _recent(parse, text, near):
                frame = replace(frame, source_head=text.source_head, parent=text.parent)
        out.append(frame)
        if frame.source_head is None or frame.act is not Act.SPEECH:
            continue
        if tokens[frame.source_head].lemma in words.documents:
            text = frame
        elif frame.parent is None:
            speaker, text = frame, None
    return out


def published(parse: Parse, found: Sequence[Frame]) -> list[Frame]:
    """Keep a speaker on the text he spoke through, until another speaks or he falls silent."""
    tokens = parse.tokens
    texts = {f.parent: i for i, f in enumerate(found) if f.act is Act.MEDIUM and f.parent is not None}
    out = list(found)
    text, name, last = -1, "", 0
    for i, frame in enumerate(found):
        if frame.act is not Act.SPEECH or frame.parent is not None or frame.source_head is None:
            continue
        speaker, now = tokens[frame.source_head], tokens[frame.cue[0]].sent
        if i in texts:
            text, name = texts[i], speaker.lower
        elif text >= 0 and now - last <= _NEAR and (speaker.lower == name or speaker.lower in _GOES_ON):
            out[i] = replace(frame, through=text)
        else:
            text = -1
        last = now
    return out


def _resumes(parse: Parse, frame: Frame, head: int) -> bool:
    """ "It" opens the sentence, and nobody's words are around it."""
    token = parse.tokens[head]
    return token.lower == "it" and frame.parent is None and head == parse.sentences[token.sent].first


def _recent(parse: Parse, frame: Frame | None, sentence: int) -> bool:
    """Its cue stands in the same sentence or at most two before."""
    return frame is not None and sentence - parse.tokens[frame.cue[0]].sent <= 2


def _main_subject(parse: Parse, pronoun: int) -> int | None:
    """Subject of the main clause, for a pronoun inside a participle's clause that stands before it."""
    tokens = parse.tokens
    i = tokens[pronoun].head
    for _ in range(6):
        token = tokens[i]
        if token.dep == "advcl" and token.tag == "VBG":
            subjects = [c for c in tokens[token.head].children if tokens[c].dep in SUBJECTS]
            if len(subjects) == 1 and subjects[0] > pronoun and tokens[subjects[0]].pos in ("NOUN", "PROPN"):
                return subjects[0]
            return None
        if token.dep not in ("ccomp", "xcomp", "dobj", "pcomp"):
            return None
        i = token.head
    return None
