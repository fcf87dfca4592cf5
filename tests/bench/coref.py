"""Resolve raw texts for outside coreference scorers: clusters and mentions as JSON lines.

python -m tests.bench.coref texts.jsonl > pred.jsonl    rows {"doc", "text"} (`coref.py dump` makes them)
"""

import json
import sys

from kg.model import Document
from kg.ontology import ontology
from kg.reading.parse import Parser
from kg.reading.resolve import resolve
from kg.reading.speech import frames


def main(path: str) -> None:
    with open(path, encoding="utf-8") as file:
        documents = [Document(row["doc"], row["text"]) for row in map(json.loads, file)]
    for parse in Parser().read(documents):
        found = resolve(parse, frames(parse, ontology()), ontology())
        mentions = []
        for m in found.mentions:
            e = found.entity(m.entity)
            mentions.append({"start": m.span.start, "end": m.span.end, "entity": e.id, "name": e.name, "kind": e.kind,
                             "form": m.form})  # fmt: skip
        print(json.dumps({"doc": parse.document.id, "clusters": found.clusters, "mentions": mentions}))


if __name__ == "__main__":
    main(sys.argv[1])
