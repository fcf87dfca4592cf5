"""Polarity, certainty and tense of every verb and noun, in the format of `kg annotate`, for MEANTIME's scorer.

meantime.py dump DIR --data D --split dev
python -m tests.bench.certainty_meantime DIR > pred.jsonl
meantime.py score --data D --split dev --pred pred.jsonl

Only the polarity, certainty, time and tense lines mean something: there are no entities in it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from kg.model import Document
from kg.ontology import ontology
from kg.reading.parse import Parser
from kg.reading.qualify.certainty import certainty

LAYERS = ("sentences", "mentions", "clusters", "attributions", "times", "quantities")


def main(folder: str) -> None:
    documents = [Document(p.stem, p.read_text(encoding="utf-8")) for p in sorted(Path(folder).glob("*.txt"))]
    for parse in Parser().read(documents):
        claims = [
            {
                "subject": "x", "relation": t.lemma, "object": None, "relation_span": [t.start, t.end],
                "polarity": v.polarity, "certainty": v.certainty, "tense": v.tense, "arguments": [], "confidence": 1.0,
            }
            for t, v in zip(parse.tokens, certainty(parse, ontology()), strict=True)
            if t.pos in ("VERB", "NOUN", "AUX", "ADJ", "PROPN") and t.dep not in ("aux", "auxpass")
        ]  # fmt: skip
        sys.stdout.write(json.dumps({"doc": parse.document.id, **{k: [] for k in LAYERS}, "claims": claims}) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
