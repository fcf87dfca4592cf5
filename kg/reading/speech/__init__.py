"""Who says what: frames of source, cue and content, from syntax and quotation marks alone.

A frame is found once from the words that show somebody speaks, thinks or wants (the cues of `ontology/speech.ttl`)
and the grammar around them; quotations then widen contents over sentences and paragraphs, and frames nest:
reporter ← newspaper ← leaked draft ← NATO.
"""

from __future__ import annotations

from kg.reading.speech.frames import Frame, Sources, chain, frames
from kg.reading.speech.lexicon import Act, Force, lexicon

__all__ = ["Act", "Force", "Frame", "Sources", "chain", "frames", "lexicon"]
