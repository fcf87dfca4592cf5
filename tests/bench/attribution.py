"""Frames of a folder of texts as predictions for the PolNeAR scorer.

python -m tests.bench.attribution DATA/PolNeAR/data/dev/text preds.jsonl
python3 attribution.py --data DATA --split dev --pred preds.jsonl      (the scorer, not part of the project)
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from kg.model import Document
from kg.ontology import ontology
from kg.reading.parse import Parser
from kg.reading.speech import Act, frames


def main(folder: str, out: str) -> None:
    paths = sorted(Path(folder).glob("*.txt"))
    documents = [Document(p.stem, p.read_bytes().decode("utf-8")) for p in paths]
    parses = list(Parser().read(documents))
    frames(parses[0], ontology())
    start = time.process_time()
    found = [frames(parse, ontology()) for parse in parses]
    spent = time.process_time() - start
    with Path(out).open("w", encoding="utf-8") as file:
        for parse, of in zip(parses, found, strict=True):
            for frame in of:
                if frame.act is Act.MEDIUM:
                    continue
                row = {
                    "doc": parse.document.id,
                    "source": parse.span(*frame.source) if frame.source else None,
                    "cue": [parse.tokens[i].span for i in frame.cue],
                    "content": [parse.span(*r) for r in frame.contents],
                }
                file.write(json.dumps(row) + "\n")
    tokens = sum(len(p.tokens) for p in parses)
    print(f"{sum(map(len, found))} frames, {1e6 * spent / tokens:.2f} microseconds a token after the parse")


if __name__ == "__main__":
    main(*sys.argv[1:])
