"""Annotate raw texts for outside coreference scorers, by the same way as `kg annotate`.

python -m tests.bench.coref texts.jsonl > pred.jsonl    rows {"doc", "text"} (`coref.py dump` makes them)
"""

import json
import sys

from kg.model import Document
from kg.reading.annotate import annotation
from kg.reading.parse import Parser
from kg.reading.pipeline import read


def main(path: str) -> None:
    with open(path, encoding="utf-8") as file:
        documents = [Document(row["doc"], row["text"]) for row in map(json.loads, file)]
    for reading in read(documents, Parser()):
        print(json.dumps(annotation(reading)))


if __name__ == "__main__":
    main(sys.argv[1])
