"""Words per second of the whole reading wing as a ratio to the bare parser, both in CPU seconds of one run.

    python -m tests.bench.speed [FOLDER …]      default: seeds tests/articles

Prints a line for each repeat: words, words per CPU second of the bare spaCy pipeline over the same paragraphs and of
documents to readings, and their ratio.
"""

from __future__ import annotations

import sys
import time

from kg.model import Document
from kg.reading.load import load
from kg.reading.parse import Parser, paragraphs
from kg.reading.pipeline import read

COPIES, REPEATS = 6, 3


def main(places: list[str]) -> None:
    """Measure and print."""
    documents = [d for d in load(places) if isinstance(d, Document)] * COPIES
    words = sum(len(d.text.split()) for d in documents)
    parser = Parser()
    list(read(documents, parser))
    for _ in range(REPEATS):
        start = time.process_time()
        for document in documents:
            list(parser._nlp.pipe(span.of(document.text) for span in paragraphs(document.text)))
        bare = time.process_time() - start
        start = time.process_time()
        list(read(documents, parser))
        whole = time.process_time() - start
        print(f"{words} words: bare {words / bare:.0f}/s, whole {words / whole:.0f}/s, ratio {bare / whole:.3f}")


if __name__ == "__main__":
    main(sys.argv[1:] or ["seeds", "tests/articles"])
